"""Values at a concrete instance: exact where rational, missing where undefined, nothing looked at in vain."""

from fractions import Fraction

import pytest
from flint import arb, fmpq
from kernel_notation import CLASSES, CONTEXT, FEATURES, a, c, d, exp, log, q, r, sqrt, term, theta, total, x

from derivations.kernel.evaluation import Evaluation, Instance, NotDefined
from derivations.kernel.functions import coefficients, polynomial_value
from derivations.kernel.sharing import Sharing
from derivations.language import ONE, ZERO, Cases, IndexCondition, IndexVariable, divide, unfold

INSTANCE = Instance(
    sizes={"K": 3, "n": 2, "m": 1},
    indices={"c": 1, "d": 2, "i": 1},
    entries={
        **{("q", (g,)): Fraction(g, 2) for g in (1, 2, 3)},
        **{("theta", (f,)): Fraction(f) for f in (1, 2)},
        ("r", ()): Fraction(-2),
        ("a", ()): Fraction(1, 4),
    },
)


def evaluated(written, instance=INSTANCE):
    sharing = Sharing()
    return Evaluation(instance, sharing).value(sharing.share(written.node), instance.indices)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (total(CLASSES, lambda g: q[g]), 3),
        (total(CLASSES, lambda g: q[g], c), Fraction(5, 2)),
        (total(FEATURES, lambda f: theta[f]) ** -2, Fraction(1, 9)),
        (r**3 / 5, Fraction(-8, 5)),
        (exp(0 * r), 1),
        (log(r - r + 1), 0),
        (sqrt(a), Fraction(1, 2)),
    ],
)
def test_rational_values_are_exact(written, expected):
    sharing = Sharing()

    node = sharing.share(unfold(written.node, CONTEXT))
    found = Evaluation(INSTANCE, sharing).value(node, INSTANCE.indices)
    assert found == fmpq(*Fraction(expected).as_integer_ratio())


@pytest.mark.parametrize(
    "written",
    [
        1 / (r + 2),
        (r + 2) ** 0,
        log(r),
        log(r + 2),
        r**a,
        1 / (exp(r) * exp(-r) - 1),
        log(exp(r) * exp(-r) - 1),
        x[IndexVariable("c", CLASSES), IndexVariable("d", CLASSES)],
    ],
)
def test_what_is_not_certainly_defined_has_no_value(written):
    with pytest.raises(NotDefined):
        evaluated(written)


def test_nothing_is_evaluated_where_a_guard_is_false():
    reciprocal = divide(ONE, (q[c] - q[d]).node)
    same = Instance(INSTANCE.sizes, {"c": 2, "d": 2}, INSTANCE.entries)
    cases = type(r)(Cases(((IndexCondition(c, d), ZERO), (None, reciprocal))))
    assert evaluated(cases, same) == 0
    assert evaluated(cases) == -2
    assert evaluated(total(CLASSES, lambda g: 1 / (q[g] - q[c]), c)) == 3
    with pytest.raises(NotDefined):
        evaluated(total(CLASSES, lambda g: 1 / (q[g] - q[c])))


def test_cases_that_cover_nothing_have_no_value():
    with pytest.raises(NotDefined):
        evaluated(type(r)(Cases(((IndexCondition(c, d), ONE),))))


def test_a_ball_contains_the_value():
    found = evaluated(exp(a) * exp(-a))
    assert isinstance(found, arb)
    assert found.contains(1)


def test_equal_subexpressions_are_one_object():
    sharing = Sharing()
    first, second = (sharing.share((exp(q[c]) + r).node) for _ in range(2))
    assert first is second
    assert sharing.place(first)[1] == ("c",)
    assert sharing.share((exp(q[d]) + r).node) is not first


@pytest.mark.parametrize("orders", [(0, 0), (1, 0), (0, 2), (1, 1)])
def test_a_polynomial_and_its_derivatives_fit_together(orders):
    """Against the difference quotient of the polynomial, written out."""
    step = fmpq(1, 10**8)

    def difference(function, position):
        def quotient(*at):
            ahead, behind = (
                [t + sign * step * (p == position) for p, t in enumerate(at)] for sign in (1, -1)
            )
            return (function(*ahead) - function(*behind)) / (2 * step)

        return quotient

    def function(s, t):
        terms = coefficients("f", 2).items()
        return sum((fmpq(*v.as_integer_ratio()) * s**e * t**f for (e, f), v in terms), start=fmpq(0))

    for position, order in enumerate(orders):
        for _ in range(order):
            function = difference(function, position)
    at = [fmpq(3, 2), fmpq(-1, 3)]
    assert abs(polynomial_value("f", orders, at) - function(*at)) < fmpq(1, 10**6)


def test_a_large_power_of_a_rational_number_is_a_ball():
    assert isinstance(evaluated(r ** term(10**6)), arb)
