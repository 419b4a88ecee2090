"""Maxima over an index set: what is said of them is proved or refuted, and they have no derivative."""

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    SAMPLES,
    WITH_INTERCEPT,
    a,
    by,
    c,
    claim,
    exp,
    i,
    j,
    largest,
    log,
    node,
    normaliser,
    q,
    r,
    s,
    size,
    theta0,
    total,
    u,
    weights,
    x,
    y,
)

from derivations.kernel import judge
from derivations.language import Claim, IndexSet

TOP = largest(CLASSES, lambda g: q[g])


def smallest(index_set, body):
    return -largest(index_set, lambda g: -body(g))


PROVED = [
    (TOP, ">=", q[c]),
    (TOP, "<=", log(normaliser)),
    (log(normaliser), "<=", TOP + log(size(CLASSES))),
    (TOP, ">=", total(CLASSES, lambda g: q[g]) / size(CLASSES)),
    (smallest(CLASSES, lambda g: q[g]), "<=", TOP),
    (largest(CLASSES, lambda g: exp(q[g])), ">", 0),
    (largest(CLASSES, lambda g: q[g] + r), "=", TOP + r),
    (largest(CLASSES, lambda g: 2 * q[g]), "=", 2 * TOP),
    (largest(CLASSES, lambda g: r + s), "=", r + s),
    (log(normaliser), "=", TOP + log(total(CLASSES, lambda g: exp(q[g] - TOP)))),
    (
        largest(CLASSES, lambda g: q[g] + weights[g]),
        "<=",
        TOP + largest(CLASSES, lambda g: weights[g]),
    ),
    (total(CLASSES, lambda g: q[g] ** 2), "<=", size(CLASSES) * largest(CLASSES, lambda g: q[g] ** 2)),
    (total(SAMPLES, lambda n: largest(SAMPLES, lambda k: y[k])), "<=", size(SAMPLES)),
]

REFUTED = [
    (TOP, ">", q[c]),
    (TOP, "<", log(normaliser) - a / 10),
    (log(normaliser), "<", TOP + log(size(CLASSES))),
    (log(normaliser), "<=", TOP),
    (TOP, "<=", total(CLASSES, lambda g: q[g])),
    (largest(CLASSES, lambda g: -q[g]), "=", -TOP),
    (largest(CLASSES, lambda g: r * q[g]), "=", r * TOP),
    (largest(CLASSES, lambda g: q[g] ** 2), "=", TOP**2),
    (largest(CLASSES, lambda g: q[g] + weights[g]), "=", TOP + largest(CLASSES, lambda g: weights[g])),
    (TOP, "=", q[c]),
    (largest(WITH_INTERCEPT, lambda f: theta0[f]), "<=", u),
]


@pytest.mark.parametrize(("left", "relation", "right"), PROVED)
def test_it_is_proved(left, relation, right):
    assert judge(Claim(left.node, node(right), relation), CONTEXT).kind == "proved"


@pytest.mark.parametrize(("left", "relation", "right"), REFUTED)
def test_it_is_refuted(left, relation, right):
    assert judge(Claim(left.node, node(right), relation), CONTEXT).kind == "refuted"


def test_one_class_is_the_exception_to_a_strict_bound():
    verdict = judge(Claim(TOP.node, log(normaliser).node, "<"), CONTEXT)
    assert verdict.kind == "proved-where-defined"
    assert verdict.conditions == ("K >= 2",)


def test_a_maximum_has_no_derivative_by_what_it_is_of():
    found = judge(claim(by(TOP, q[c]), r), CONTEXT)
    assert found.kind == "undecided"
    assert "no derivative" in found.reason
    assert judge(claim(by(TOP + r**2, r), 2 * r), CONTEXT).kind == "proved"


def test_bound_names_do_not_matter_and_free_ones_do():
    rows = largest(CLASSES, lambda g: q[g] * x[i, j])
    assert judge(claim(rows, largest(CLASSES, lambda g: x[i, j] * q[g])), CONTEXT).kind == "proved"
    other = largest(CLASSES, lambda g: q[g] * weights[c])
    assert judge(claim(other, largest(CLASSES, lambda g: q[g] * weights[g])), CONTEXT).kind == "refuted"


def test_a_set_that_may_be_empty_has_no_maximum():
    beyond = largest(IndexSet("K", 2), lambda g: q[g])
    assert judge(Claim(beyond.node, TOP.node, "<="), CONTEXT).kind == "undecided"
