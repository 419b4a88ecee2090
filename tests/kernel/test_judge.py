"""The verdict ladder: what a verdict rests on, and what is never a verdict."""

import time
from dataclasses import FrozenInstanceError
from fractions import Fraction
from importlib import import_module

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    Term,
    a,
    by,
    c,
    claim,
    class_of,
    cost,
    cross_entropy,
    d,
    delta,
    element,
    exp,
    gradient,
    h,
    hard,
    i,
    j,
    log,
    log_loss,
    p,
    pm,
    q,
    r,
    s,
    score,
    sigma,
    soft,
    sqrt,
    summing,
    theta,
    total,
    u,
    v,
    weights,
    x,
    y,
)

from derivations.kernel import Proved, Refuted, Undecided, judge
from derivations.kernel.prove import Proof
from derivations.language import (
    Abstraction,
    Assumption,
    Call,
    Claim,
    Context,
    Definition,
    Entry,
    EntryFact,
    Exp,
    IndexCondition,
    Parameter,
)

LADDER = import_module("derivations.kernel.judge")


def verdict(left, right, *assumptions, context=CONTEXT):
    return judge(claim(left, right, *assumptions), context)


EQUAL = Assumption(IndexCondition(c, d), "if i = j")
APART = Assumption(IndexCondition(c, d, equal=False), "for i != j")
TRUE_CLASS = Assumption(EntryFact(hard[c].node, Fraction(1)), "let i be the true class")
LABELLED = Assumption(IndexCondition(class_of(i), c), "y_i = k")


@pytest.mark.parametrize(
    ("left", "right", "assumptions", "used"),
    [
        (lambda: by(p(c), q[d]), lambda: p(c) * (1 - p(c)), (EQUAL,), ("if i = j",)),
        (lambda: by(p(c), q[d]), lambda: -p(c) * p(d), (APART,), ("for i != j",)),
        (lambda: by(p(c), q[c]), lambda: p(c) * (1 - p(c)), (APART,), ()),
        (
            lambda: cross_entropy(hard),
            lambda: -log(p(c)),
            (TRUE_CLASS,),
            ("let i be the true class", "hard is one-hot"),
        ),
        (lambda: delta(class_of(i), c), lambda: 1 + 0 * r, (LABELLED, APART), ("y_i = k",)),
        (
            lambda: total(CLASSES, lambda g: soft[g]),
            lambda: r / r * 1,
            (),
            ("sum over the last index of soft is 1",),
        ),
        (lambda: log(soft[c] * u), lambda: log(soft[c]) + log(u), (), ("soft > 0", "u > 0")),
        (lambda: pm**2 * r, lambda: r, (), ("pm is -1 or 1",)),
        (lambda: log(a / (1 - a)), lambda: log(a) - log(1 - a), (), ("0 < a < 1",)),
        (lambda: by(log_loss(sigma(r), y[i]), r), lambda: sigma(r) - y[i], (), ()),
    ],
)
def test_a_proof_names_the_assumptions_that_it_needs(left, right, assumptions, used):
    found = verdict(left(), right(), *assumptions)
    assert found.kind in ("proved", "proved-where-defined")
    assert found.assumptions_used == used


@pytest.mark.parametrize(
    ("left", "right", "assumptions"),
    [
        (lambda: by(p(c), q[d]), lambda: p(c) * (1 - p(c)), ()),
        (lambda: by(p(c), q[d]), lambda: p(c) * (1 - p(c)), (APART,)),
        (lambda: by(p(c), q[d]), lambda: -p(c) * p(d), (EQUAL,)),
        (lambda: by(cross_entropy(hard), q[d]), lambda: p(d) - 1, (TRUE_CLASS,)),
        (lambda: total(CLASSES, lambda g: hard[g] * q[g]), lambda: q[d], (TRUE_CLASS,)),
    ],
)
def test_an_assumption_says_no_more_than_it_says(left, right, assumptions):
    assert verdict(left(), right(), *assumptions).kind == "refuted"


@pytest.mark.parametrize(
    ("left", "right", "conditions"),
    [
        (lambda: r / r, lambda: 1, ("r != 0",)),
        (lambda: q[element(2, CLASSES)] - q[element(2, CLASSES)], lambda: 0, ("K >= 2",)),
        (lambda: exp(log(weights[c])), lambda: weights[c], ("weights[c] > 0",)),
        (
            lambda: total(CLASSES, lambda g: exp(log(weights[g]))),
            lambda: total(CLASSES, lambda g: weights[g]),
            ("weights[b0] > 0 for all b0 in 1..K",),
        ),
    ],
)
def test_conditions_are_those_of_definedness(left, right, conditions):
    assert verdict(left(), right()).conditions == conditions


def test_a_declared_size_is_no_condition():
    second = q[element(2, CLASSES)]
    assert verdict(second, second, context=CONTEXT.with_minimum_size("K", 2)).kind == "proved"


def test_a_definition_is_opened_and_its_meaning_counts():
    context = CONTEXT.with_rows(Definition("hypothesis", h(i).node, (i,)))
    folded = Term(Call("hypothesis", (i,)))
    assert verdict(by(folded, theta[j]), folded * (1 - folded) * x[i, j], context=context).kind == "proved"
    assert verdict(by(folded, theta[j]), folded * x[i, j], context=context).kind == "refuted"


@pytest.mark.parametrize(
    "context",
    [
        CONTEXT,
        CONTEXT.with_rows(Definition("f", Call("f"))),
        CONTEXT.with_rows(Definition("f", Call("g")), Definition("g", Call("f"))),
    ],
)
def test_a_name_without_a_meaning_is_undecided(context):
    assert verdict(Term(Call("f")), Term(Call("f")), context=context).kind == "undecided"


def test_an_undeclared_name_is_undecided():
    assert verdict(Term(Entry("nobody")), Term(Entry("nobody")) + 0, context=Context()).kind != "refuted"


def test_a_time_limit_stops_the_work():
    started = time.monotonic()
    found = judge(claim(gradient(cost), gradient(cost)), CONTEXT, deadline=started)
    assert found == Undecided("the time limit was reached")
    assert judge(claim(gradient(cost), gradient(cost)), CONTEXT, started + 60).kind == "proved"


def test_too_much_work_is_undecided_and_says_so():
    power = (1 + u + v + exp(r) + exp(s)) ** 60
    found = verdict(power, power * (1 + u) / (1 + u) + 0 * r)
    assert found.kind == "undecided"
    assert "budget" in found.reason


def test_deep_nesting_is_undecided():
    nested = r.node
    for _ in range(3_000):
        nested = Exp(nested)
    assert judge(Claim(nested, nested), CONTEXT).kind == "undecided"


def test_a_false_proof_is_an_internal_disagreement(monkeypatch):
    """Were the normal form wrong, the instances would contradict it."""
    monkeypatch.setattr(LADDER, "QUICK", 0)
    monkeypatch.setattr(LADDER, "prove", lambda *_: Proof())
    found = verdict(r, r + 1)
    assert found.kind == "undecided"
    assert "internal disagreement" in found.reason


def test_a_failure_inside_is_undecided_in_one_line(monkeypatch):
    def fails(*_):
        raise ValueError("two\nlines")

    monkeypatch.setattr(LADDER, "prove", fails)
    assert verdict(r, r) == Undecided("internal error: ValueError: two lines")


def test_verdicts_are_frozen_and_name_their_kind():
    proved = verdict(r, r)
    assert isinstance(proved, Proved)
    assert isinstance(verdict(r, s), Refuted)
    with pytest.raises(FrozenInstanceError):
        proved.kind = "refuted"


def test_the_same_claim_has_the_same_verdict():
    assert verdict(score(i), r) == verdict(score(i), r)
    assert verdict(sqrt(summing[c] ** 2), summing[c]) == verdict(sqrt(summing[c] ** 2), summing[c])


def test_a_derivative_inside_a_definition_is_presupposed_of_the_arguments():
    """``slope(t) = d/dt log t`` is 1/t, and defined for positive t only."""
    t = Term(Entry("t"))
    context = CONTEXT.with_rows(Definition("rate", by(log(t), t).node, (), (Parameter("t"),)))

    def rate(argument):
        return Term(Call("rate", (), (Abstraction((), argument.node),)))

    assert verdict(rate(u), 1 / u, context=context).kind == "proved"
    assert "r > 0" in verdict(rate(r), 1 / r, context=context).conditions
    assert verdict(rate(-u), -1 / u, context=context).kind == "undecided"
    assert verdict(rate(-u), 1 / u, context=context).kind == "undecided"
