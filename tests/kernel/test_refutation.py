"""A witness is right by arithmetic that shares no code with the kernel, and no true claim has one."""

from fractions import Fraction

import mpmath
import pytest
from false_identities import FALSE
from flint import fmpq
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    Term,
    a,
    by,
    c,
    claim,
    d,
    exp,
    j,
    log,
    p,
    q,
    r,
    real,
    sqrt,
    theta,
    total,
    u,
)
from kernel_oracle import Point, value
from true_identities import TRUE

from derivations.kernel import judge
from derivations.kernel.budget import Unsupported
from derivations.kernel.decimals import decimals
from derivations.kernel.question import opened
from derivations.kernel.refutation import refute
from derivations.kernel.sampling import rounds
from derivations.language import Apply, Claim, Declaration, Entry, Part, Sum

DIGITS = 60
TINY = mpmath.mpf(10) ** -7


@pytest.fixture(autouse=True)
def digits():
    with mpmath.workdps(DIGITS):
        yield


def as_point(instance):
    """An instance as a witness writes it."""
    entries = {(name, at): number for (name, at), number in instance.entries.items()}
    shown = {f"{n}[{','.join(map(str, at))}]" if at else n: number for (n, at), number in entries.items()}
    labels = {f"{n}({','.join(map(str, at))})": number for (n, at), number in instance.labels.items()}
    return Point.of({**instance.sizes, **instance.indices, **labels, **shown}.items())


def close(left, right):
    return abs(left - right) <= TINY * (1 + abs(left))


@pytest.mark.parametrize("name", FALSE)
def test_a_witness_is_right_by_plain_arithmetic(name):
    stated = claim(*FALSE[name]())
    witness = judge(stated, CONTEXT).witness
    point = Point.of(witness.assignment)
    left, right = value(stated.left, point), value(stated.right, point)
    assert close(left, mpmath.mpf(witness.left))
    assert close(right, mpmath.mpf(witness.right))
    assert witness.left != witness.right


@pytest.mark.parametrize("name", TRUE)
def test_a_right_step_agrees_with_plain_arithmetic_and_has_no_witness(name):
    stated = claim(*TRUE[name]())
    assert refute(stated, CONTEXT, 6) is None
    for instance in rounds(opened(stated, CONTEXT), 3):
        point = as_point(instance)
        assert close(value(stated.left, point), value(stated.right, point))


def test_a_witness_names_only_what_the_claim_uses_with_sizes_first():
    witness = refute(claim(total(FEATURES, lambda f: theta[f]), theta[j]), CONTEXT)
    names = [name for name, _ in witness.assignment]
    assert names[:2] == ["n", "j"]
    assert {name.partition("[")[0] for name in names[2:]} == {"theta"}


def test_the_first_witness_is_small_enough_to_read():
    witness = refute(claim(r**2, r), CONTEXT)
    assert len(dict(witness.assignment)["r"]) <= len("-3/2")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda: log(r), lambda: log(r) + 0 * (1 / (r - r))),
        (lambda: by(log(r), r), lambda: 1 / r),
        (lambda: sqrt(r) ** 2, lambda: r),
        (lambda: total(CLASSES, lambda g: by(log(q[g]), q[g])), lambda: total(CLASSES, lambda g: 1 / q[g])),
        (lambda: log(real - real + r) - log(r), lambda: 0 * log(-exp(r))),
    ],
)
def test_no_witness_where_a_side_is_undefined(left, right):
    assert refute(claim(left(), right()), CONTEXT, 40) is None


def test_what_was_differentiated_must_be_defined_at_a_witness():
    """Both sides are 0 and 1 for every r, but log(-exp(r)) has no derivative."""
    left = by(log(-exp(r)), r) - 1
    assert refute(claim(left, 1), CONTEXT, 40) is None


def test_a_bound_body_of_a_derivative_must_be_defined_for_all_values_of_its_index():
    """The free d of the right side is not the bound one: log q must be defined for all classes."""
    left = Term(Sum(d, by(log(q[d]), q[d]).node))
    witness = refute(claim(left, q[d]), CONTEXT, 60)
    entries = {name: number for name, number in witness.assignment if name.startswith("q[")}
    assert len(entries) == dict(witness.assignment)["K"]
    assert not any(number.startswith("-") for number in entries.values())


@pytest.mark.parametrize(
    ("left", "relation", "right", "refuted"),
    [
        (a, "<", 1 + a, False),
        (a, "<", a, True),
        (a, "<=", a, False),
        (u, ">", 0 * u, False),
        (u, "<=", 0 * u, True),
        (r**2, ">=", r, True),
        (p(c), "<=", exp(0 * r), False),
    ],
)
def test_inequalities(left, relation, right, refuted):
    assert (refute(Claim(left.node, right.node, relation), CONTEXT) is not None) == refuted


def test_a_relation_that_is_none_between_numbers_is_not_judged():
    with pytest.raises(Unsupported):
        refute(Claim(r.node, r.node, "propto"), CONTEXT)
    assert judge(Claim(r.node, r.node, "propto"), CONTEXT).kind == "undecided"


def applied(order):
    return Term(Apply("f", (r.node,), (order,)))


def test_an_opaque_function_is_refuted_by_a_polynomial_that_the_witness_names():
    assert refute(claim(by(applied(0), r), applied(1)), CONTEXT) is None
    witness = refute(claim(applied(0), applied(1)), CONTEXT)
    assert any(name == "f(t)" for name, _ in witness.assignment)


def test_the_derivative_of_an_unknown_name_refutes_nothing():
    context = CONTEXT.with_rows(Declaration("g", part=Part.UNKNOWN))
    g = Term(Entry("g"))
    assert judge(claim(by(g**2, r), 2 * g), context).kind == "undecided"
    assert judge(claim(by(g**2, r), 2 * g * by(g, r)), context).kind == "proved"


@pytest.mark.parametrize(
    ("left", "right", "shown"),
    [
        ("1/3", "2", ("0.3333333333", "2")),
        ("-5/2", "1/1000000000", ("-2.5", "1e-9")),
        ("1/4", "250000000001/1000000000000", ("0.25", "0.250000000001")),
        ("0", "123456789012345678901", ("0", "1.23456789e+20")),
    ],
)
def test_decimals_differ_and_every_digit_is_right(left, right, shown):
    written = decimals(*(fmpq(*map(int, Fraction(number).as_integer_ratio())) for number in (left, right)))
    assert written[0] != written[1]
    for text, exact in zip(written, (left, right), strict=True):
        exact_number = mpmath.mpf(Fraction(exact).numerator) / Fraction(exact).denominator
        digits = len(text.partition("e")[0].replace("-", "").replace(".", "").lstrip("0"))
        error = abs(mpmath.mpf(text) - exact_number)
        assert error <= abs(exact_number) * mpmath.mpf(10) ** (1 - digits) / 2
    assert written[0] == shown[0]
