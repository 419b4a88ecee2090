"""What may be taken for known: for every rule of assumptions, names and scope, a claim that it keeps out.

Each claim here is false, or says nothing, and would be proved by a kernel without the rule beside it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    Grid,
    Tensor,
    Term,
    bit,
    by,
    c,
    claim,
    class_of,
    cross_entropy,
    d,
    delta,
    element,
    exp,
    grid,
    hard,
    i,
    j,
    k,
    log,
    p,
    q,
    r,
    real,
    soft,
    summing,
    theta,
    total,
    u,
    x,
    y,
)

from derivations.kernel import judge
from derivations.language import (
    ONE,
    Abstraction,
    Apply,
    Assumption,
    Call,
    Claim,
    ContextError,
    Declaration,
    Definition,
    Domain,
    EntryFact,
    IndexCondition,
    Parameter,
    Part,
    matrices,
)

TRUE_CLASS = EntryFact(hard[c].node, Fraction(1))
LABEL_ONE = EntryFact(y[i].node, Fraction(1))
SECOND = element(2, CLASSES)
EQUAL = Assumption(IndexCondition(c, d), "if i = j")
APART = Assumption(IndexCondition(c, d, equal=False), "if i != j")
PROVED = ("proved", "proved-where-defined")

UNKNOWN = CONTEXT.with_rows(
    Declaration("h", part=Part.UNKNOWN),
    Declaration("g", (SAMPLES,), part=Part.UNKNOWN),
    Declaration("M", (FEATURES, FEATURES), part=Part.UNKNOWN),
    Declaration("eta", (), Domain.UNIT, Part.PARAMETER),
)
h, g, M = Tensor("h").value, Tensor("g"), Tensor("M")
M_inverse = Grid(matrices.inverse(grid(FEATURES, FEATURES, lambda f, e: M[f, e]).matrix))


def judged(left, right, *assumptions, context=CONTEXT):
    return judge(claim(left, right, *assumptions), context)


def opaque(argument: Term, order: int = 0) -> Term:
    return Term(Apply("f", (argument.node,), (order,)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda: by(h * h, r), lambda: 0),
        (lambda: by(h, theta[j]), lambda: 0),
        (lambda: by(total(SAMPLES, lambda n: g[n] * x[n, j]), theta[k]), lambda: 0),
        (lambda: by(h * r, r), lambda: h),
        (lambda: by(log(1 + exp(h)), r), lambda: 0),
        (lambda: by(opaque(h), r), lambda: 0),
        (lambda: by(M[j, k], r), lambda: 0),
        (lambda: by(Term(M_inverse.matrix.entry(j, k)), r), lambda: 0),
    ],
)
def test_what_is_not_known_to_be_constant_has_a_derivative(left, right):
    """The claim is not decided either, since the name may be constant: the reason asks what it is."""
    found = judged(left(), right(), context=UNKNOWN)
    assert found.kind == "undecided"
    assert "depends on" in found.reason


def test_a_symbolic_derivative_is_the_same_on_both_sides():
    assert judged(by(h * h, r), 2 * h * by(h, r), context=UNKNOWN).kind == "proved"


@pytest.mark.parametrize("name", ["x", "y", "shift"])
def test_data_is_constant(name):
    entries = {"x": x[i, j], "y": y[i], "shift": Tensor("shift").value}
    assert judged(by(entries[name], r), 0).kind == "proved"


def test_another_parameter_is_constant_and_the_variable_is_not():
    assert judged(by(theta[j] * r, r), theta[j]).kind == "proved"
    assert judged(by(theta[j], theta[k]), 0).kind == "refuted"


def test_an_opaque_function_depends_on_its_argument():
    assert judged(by(opaque(r), r), 0).kind == "refuted"
    assert judged(by(opaque(r * u), r), u * opaque(r * u, 1)).kind == "proved"
    assert judged(by(opaque(r * u), r), opaque(r * u, 1)).kind == "refuted"


def test_a_definition_depends_on_what_stands_in_it():
    context = CONTEXT.with_rows(Definition("score", (r * u).node))
    assert judged(by(Term(Call("score")), r), 0, context=context).kind == "refuted"


@pytest.mark.parametrize(
    ("left", "right", "assumption"),
    [
        (lambda: by(p(c), q[d]), lambda: p(c) * (1 - p(c)), EQUAL),
        (lambda: by(p(c), q[d]), lambda: -p(c) * p(d), APART),
        (
            lambda: cross_entropy(hard),
            lambda: -log(p(c)),
            Assumption(TRUE_CLASS, "i"),
        ),
        (lambda: y[i] * r, lambda: r, Assumption(LABEL_ONE, "for y = 1")),
    ],
)
def test_an_assumption_ends_with_its_claim(left, right, assumption):
    """The next claim, without it, is false."""
    assert judged(left(), right(), assumption).kind == "proved"
    assert judged(left(), right()).kind == "refuted"


def test_a_declaration_holds_for_every_claim_under_it():
    assert judged(bit**2, bit).kind == "proved"
    real_bit = CONTEXT.redeclared(replace(CONTEXT.declaration("bit"), domain=Domain.REAL))
    assert judged(bit**2, bit, context=real_bit).kind == "refuted"


def test_a_name_is_declared_once():
    """Were the later declaration to count, r would be positive in what stands above it."""
    with pytest.raises(ContextError):
        CONTEXT.with_rows(Declaration("r", (), Domain.POSITIVE))


@pytest.mark.parametrize(
    "facts",
    [
        (LABEL_ONE, EntryFact(y[i].node, Fraction(0))),
        (EntryFact(y[i].node, Fraction(2)),),
        (IndexCondition(c, d), IndexCondition(c, d, equal=False)),
        (IndexCondition(class_of(i), c), IndexCondition(class_of(i), d), APART.fact),
        (TRUE_CLASS, EntryFact(hard[d].node, Fraction(1)), APART.fact),
        (EntryFact(hard[c].node, Fraction(0)), TRUE_CLASS),
    ],
)
def test_contradictory_assumptions_prove_nothing(facts):
    assumptions = [Assumption(fact, "so it is said") for fact in facts]
    assert judged(r, r + 1, *assumptions).kind == "undecided"
    assert judged(r, r, *assumptions).kind == "undecided"


@pytest.mark.parametrize(
    ("left", "right", "fact"),
    [
        (
            lambda: total(CLASSES, lambda e: hard[e] * q[e]),
            lambda: q[d],
            TRUE_CLASS,
        ),
        (
            lambda: total(CLASSES, lambda e: hard[e]),
            lambda: total(CLASSES, lambda e: r / r),
            TRUE_CLASS,
        ),
        (
            lambda: total(SAMPLES, lambda n: y[n]),
            lambda: total(SAMPLES, lambda n: y[n] ** 0),
            LABEL_ONE,
        ),
        (lambda: total(CLASSES, lambda e: delta(e, d) * q[e]), lambda: q[c], IndexCondition(class_of(i), c)),
        (lambda: by(cross_entropy(hard), q[d]), lambda: p(d) - 1, TRUE_CLASS),
    ],
)
def test_a_particular_fact_says_nothing_of_bound_indices(left, right, fact):
    assert judged(left(), right(), Assumption(fact, "of one index")).kind not in PROVED


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda: by(Tensor("flag").value ** 2, Tensor("flag").value), lambda: 1),
        (lambda: by(total(CLASSES, lambda e: Tensor("share")[e]), Tensor("share")[c]), lambda: 0),
        (lambda: by(Tensor("share")[c], Tensor("share")[d]), lambda: -1),
        (lambda: by(Tensor("mark").value ** 2, Tensor("mark").value), lambda: 0),
        (lambda: by(Tensor("mark").value ** 3, Tensor("mark").value), lambda: 1),
    ],
)
def test_an_equation_that_holds_under_constraints_is_not_differentiated(left, right):
    """y^2 = y and sum t = 1 hold for the values, not along the line on which one differentiates."""
    context = CONTEXT.with_rows(
        Declaration("flag", (), Domain.BIT, Part.PARAMETER),
        Declaration("mark", (), Domain.SIGN, Part.PARAMETER),
        Declaration("share", (CLASSES,), Domain.SUM_ONE, Part.PARAMETER),
    )
    assert judged(left(), right(), context=context).kind == "refuted"


def test_an_earlier_claim_serves_no_later_one():
    """Each claim stands alone: what was refuted, or only claimed, is not known below it."""
    assert judged(r, u).kind == "refuted"
    assert judged(2 * r, 2 * u).kind == "refuted"


def others(index):
    return total(CLASSES, lambda e: exp(q[e]), index)


def test_a_sum_that_may_be_empty_is_not_positive():
    """At K = 1 there is no other class."""
    assert judged(log(others(c)) - log(others(c)), 0).kind == "proved-where-defined"
    assert judged(others(c) / others(c), 1).kind == "proved-where-defined"
    assert judge(Claim(others(c).node, (r - r).node, ">"), CONTEXT).conditions == ("K >= 2",)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda: bit**bit, lambda: 1),
        (lambda: real**bit, lambda: 1 - bit + bit * real),
        (lambda: real**0, lambda: 1),
        (lambda: bit * log(bit), lambda: 0),
    ],
)
def test_zero_to_the_zero_has_no_value(left, right):
    assert judged(left(), right()).kind != "proved"


def test_what_fails_for_one_class_only_is_no_proof_for_one():
    """A probability is below 1, but for the only class of one; an equation has no such excuse."""
    assert judge(Claim(soft[c].node, ONE, "<"), CONTEXT).conditions == ("K >= 2",)
    assert judge(Claim(p(c).node, ONE, "<"), CONTEXT).conditions == ("K >= 2",)
    assert judged(p(c), 1).kind == "refuted"


def test_a_size_that_the_notation_implies_is_a_condition():
    found = judged(q[SECOND] - q[SECOND] + soft[c] - soft[c], 0)
    assert found.kind == "proved-where-defined"
    assert found.conditions == ("K >= 2",)


def test_a_formal_argument_takes_no_assumption_of_a_namesake():
    """The y of ``f(y) = y^2`` is any number, though the labels are called y too."""
    body = (Term(Tensor("w").value.node) ** 2).node
    context = CONTEXT.with_rows(Definition("square", body, (), (Parameter("w"),)))
    called = Term(Call("square", (), (Abstraction((), real.node),)))
    assert judged(called, real, context=context).kind == "refuted"


def test_labels_with_sum_one_are_not_therefore_bits():
    assert judged(summing[c] ** 2, summing[c]).kind == "refuted"
    assert judged(log(summing[c]) - log(summing[c]), 0).kind == "proved-where-defined"
