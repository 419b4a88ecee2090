"""Order between numbers: signs prove it, balls refute it, and what neither sees stays undecided."""

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    a,
    bit,
    by,
    c,
    cost,
    direction,
    exp,
    half,
    i,
    log,
    log_loss,
    node,
    p,
    quarter,
    r,
    s,
    sigma,
    slope,
    softplus,
    sqrt,
    total,
    u,
    v,
    weights,
    x,
    y,
)

from derivations.kernel import judge
from derivations.language import Claim

PROVED, REFUTED = "proved", "refuted"


def quadratic_form():
    return total(SAMPLES, lambda n: slope(n) * total(FEATURES, lambda f: x[n, f] * direction[f]) ** 2)


def average():
    return total(CLASSES, lambda g: p(g) * weights[g])


@pytest.mark.parametrize(
    ("left", "relation", "right", "kind"),
    [
        (lambda: sigma(r), ">", 0, PROVED),
        (lambda: sigma(r), "<", 1, PROVED),
        (lambda: sigma(r) * (1 - sigma(r)), "<=", quarter, PROVED),
        (lambda: sigma(r) * (1 - sigma(r)), "<", quarter, REFUTED),
        (lambda: by(sigma(r), r), ">", 0, PROVED),
        (lambda: softplus(r), ">", 0, PROVED),
        (lambda: sqrt(u), ">", 0, PROVED),
        (quadratic_form, ">=", 0, PROVED),
        (quadratic_form, ">", 0, REFUTED),
        (lambda: total(CLASSES, lambda g: p(g) * (weights[g] - average()) ** 2), ">=", 0, PROVED),
        (lambda: cost, ">=", 0, PROVED),
        (lambda: cost, "<=", 0, REFUTED),
        (lambda: log_loss(sigma(r), bit), ">=", 0, PROVED),
        (lambda: p(c), ">", 0, PROVED),
        (lambda: r**2 + s**2, ">=", 2 * r * s, PROVED),
        (lambda: r**2 + s**2, ">", 2 * r * s, REFUTED),
        (lambda: y[i], "<=", 1, PROVED),
        (lambda: a, "<", 1, PROVED),
        (lambda: u + v, ">", v, PROVED),
        (lambda: exp(r), "!=", 0, PROVED),
        (lambda: r, "!=", 0, REFUTED),
        (lambda: p(c), "<", 1, "proved-where-defined"),  # one class has probability 1
        (lambda: exp(r), ">=", 1 + r, PROVED),
        (lambda: 1 / r, "<", 1 / r, REFUTED),
        (lambda: log(r), ">", log(r) - 1, "proved-where-defined"),
    ],
)
def test_an_inequality(left, relation, right, kind):
    assert judge(Claim(left().node, node(right), relation), CONTEXT).kind == kind


def test_a_bound_that_one_class_breaks_is_proved_for_more():
    """The condition is told: with one class the probability is 1."""
    verdict = judge(Claim(p(c).node, node(1), "<"), CONTEXT)
    assert verdict.conditions == ("K >= 2",)


def test_a_bound_that_two_classes_break_is_refuted():
    assert judge(Claim(p(c).node, node(half), "<"), CONTEXT).kind == REFUTED
