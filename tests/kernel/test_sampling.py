"""Instances lie within declarations and assumptions, and are the same for the same claim."""

from fractions import Fraction

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    TWO,
    Y,
    a,
    bit,
    c,
    claim,
    class_of,
    d,
    element,
    hard,
    i,
    j,
    p,
    pm,
    q,
    r,
    sign,
    size,
    soft,
    summing,
    theta,
    total,
    u,
    x,
    y,
)

from derivations.kernel import judge
from derivations.kernel.question import opened
from derivations.kernel.sampling import model, rounds
from derivations.language import Assumption, Declaration, Domain, EntryFact, IndexCondition

EVERYTHING = claim(
    total(CLASSES, lambda g: hard[g] + soft[g] + summing[g] * q[g]) + x[i, j] * y[i] * sign[i] * theta[j],
    Y[i, c] + a + u + bit + pm + r,
)
ROUNDS = 40


def instances(stated, context=CONTEXT):
    return list(rounds(opened(stated, context), ROUNDS))


def values(instance, name):
    return [number for (n, _), number in instance.entries.items() if n == name]


def test_every_entry_is_in_its_domain():
    for instance in instances(EVERYTHING):
        assert set(values(instance, "y")) | set(values(instance, "bit")) <= {0, 1}
        assert set(values(instance, "sign")) | set(values(instance, "pm")) <= {-1, 1}
        assert all(0 < number < 1 for number in values(instance, "a"))
        assert all(number > 0 for number in values(instance, "u") + values(instance, "soft"))
        assert sorted(values(instance, "hard"))[-2:] in ([0, 1], [1])
        assert sum(values(instance, "soft")) == sum(values(instance, "summing")) == 1
        for n in range(1, instance.sizes["m"] + 1):
            row = [instance.entries["Y", (n, g)] for g in range(1, instance.sizes["K"] + 1)]
            assert sorted(row) == [0] * (len(row) - 1) + [1]


def test_every_index_is_in_its_set():
    for instance in instances(EVERYTHING):
        for index in (i, j, c):
            assert 1 <= instance.indices[index.name] <= instance.sizes[index.index_set.size]


def test_the_first_sizes_differ_and_hide_nothing():
    first, *rest = instances(EVERYTHING)
    assert len(set(first.sizes.values())) == 3
    assert min(first.sizes.values()) >= 2
    assert first.sizes["K"] >= 3
    assert any(set(instance.sizes.values()) == {1} for instance in rest)


def test_the_same_claim_has_the_same_instances():
    assert instances(EVERYTHING) == instances(EVERYTHING)


def test_a_concrete_index_and_a_declared_size_are_respected():
    stated = claim(q[element(3, CLASSES)], size(CLASSES))
    assert all(instance.sizes["K"] >= 3 for instance in instances(stated))
    large = CONTEXT.with_minimum_size("K", 4)
    assert all(instance.sizes["K"] >= 4 for instance in instances(claim(p(c), r), large))


def assumed(*facts):
    return tuple(Assumption(fact, f"fact {number}") for number, fact in enumerate(facts))


EQUAL, APART = IndexCondition(c, d), IndexCondition(c, d, equal=False)
LABELLED = IndexCondition(class_of(i), c)
FIRST = EntryFact(hard[c].node, Fraction(1))


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ((EQUAL,), lambda at: at.indices["c"] == at.indices["d"]),
        ((APART,), lambda at: at.indices["c"] != at.indices["d"]),
        ((LABELLED,), lambda at: at.labels["class", (at.indices["i"],)] == at.indices["c"]),
        ((FIRST,), lambda at: at.entries["hard", (at.indices["c"],)] == 1),
        ((FIRST, APART), lambda at: at.entries["hard", (at.indices["d"],)] == 0),
        ((EntryFact(hard[c].node, Fraction(0)),), lambda at: at.entries["hard", (at.indices["c"],)] == 0),
        ((EntryFact(y[i].node, Fraction(1)),), lambda at: at.entries["y", (at.indices["i"],)] == 1),
        (
            (EntryFact(summing[c].node, Fraction(1, 3)),),
            lambda at: sum(values(at, "summing")) == 1 and Fraction(1, 3) in values(at, "summing"),
        ),
    ],
)
def test_assumptions_hold_in_every_instance(facts, holds):
    stated = claim(q[c] + hard[d], q[d] + summing[c], *assumed(*facts))
    found = instances(stated)
    assert len(found) > 5
    assert all(holds(instance) for instance in found)
    assert holds(model(stated, CONTEXT))


@pytest.mark.parametrize(
    "facts",
    [
        (EQUAL, APART),
        (FIRST, EntryFact(hard[d].node, Fraction(1)), APART),
        (EntryFact(y[i].node, Fraction(2)),),
        (EntryFact(u.node, Fraction(-1)),),
        (FIRST, EntryFact(hard[c].node, Fraction(0))),
        (IndexCondition(element(1, TWO), element(2, TWO)),),
    ],
)
def test_what_has_no_model_proves_nothing(facts):
    stated = claim(q[c] + hard[d], q[c] + hard[d], *assumed(*facts))
    assert model(stated, CONTEXT) is None
    assert judge(stated, CONTEXT).kind == "undecided"


def test_an_assumption_about_other_names_needs_a_model_too():
    context = CONTEXT.with_rows(Declaration("mass", (), Domain.NONNEGATIVE))
    mass = EntryFact(type(r.node)("mass"), Fraction(-1))
    assert judge(claim(r, r, *assumed(mass)), context).kind == "undecided"
