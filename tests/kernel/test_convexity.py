"""Why the losses are convex: each quadratic form is an expression whose sign can be seen, which is proved.

A bound is two claims: what is to be bounded equals a certificate, and the certificate is not negative.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    Tensor,
    Term,
    W,
    bit,
    by,
    claim,
    cost,
    cross_entropy,
    direction,
    h,
    half,
    lam,
    log_loss,
    mean,
    node,
    p,
    predicted,
    q,
    quarter,
    r,
    ridge,
    sigma,
    size,
    slope,
    soft,
    softmax_cost,
    softplus,
    term,
    theta,
    total,
    weights,
    x,
)

from derivations.kernel import judge
from derivations.language import Claim, Declaration

V = Tensor("V")
WITH_WAYS = CONTEXT.with_rows(Declaration("V", (CLASSES, FEATURES)))


def along(sample):
    return total(FEATURES, lambda f: x[sample, f] * direction[f])


def form(body):
    """``v^T H v`` of a loss of theta."""
    return total(
        FEATURES,
        lambda f: total(FEATURES, lambda g: direction[f] * by(body, theta[f], theta[g]) * direction[g]),
    )


def spread(probability: Callable, value: Callable):
    """The variance of a value over the classes."""
    average = total(CLASSES, lambda g: probability(g) * value(g))
    return total(CLASSES, lambda g: probability(g) * (value(g) - average) ** 2)


def form_of_scores():
    loss = cross_entropy(soft)
    return total(CLASSES, lambda f: total(CLASSES, lambda g: weights[f] * by(loss, q[f], q[g]) * weights[g]))


def form_of_weights():
    def inner(f, g):
        return total(
            FEATURES,
            lambda a: total(FEATURES, lambda b: V[f, a] * by(softmax_cost, W[f, a], W[g, b]) * V[g, b]),
        )

    return total(CLASSES, lambda f: total(CLASSES, lambda g: inner(f, g)))


def spreads():
    def seen(sample, index):
        return total(FEATURES, lambda f: V[index, f] * x[sample, f])

    return total(SAMPLES, lambda n: spread(lambda g: predicted(n, g), lambda g: seen(n, g)))


def weighted(weight: Callable):
    """A mean of squares along the direction."""
    return mean * total(SAMPLES, lambda n: weight(n) * along(n) ** 2)


def length():
    return total(FEATURES, lambda f: direction[f] ** 2)


@dataclass(frozen=True)
class Bound:
    """What is to be bounded, and the certificate that it equals."""

    bounded: Callable[[], Term]
    certificate: Callable[[], Term]
    relation: str = ">="


BOUNDS = {
    "the logistic loss is convex": Bound(lambda: form(cost), lambda: weighted(slope)),
    "with a ridge, strongly": Bound(
        lambda: form(ridge) - lam / size(SAMPLES) * length(), lambda: weighted(slope)
    ),
    "cross-entropy is convex in the scores": Bound(form_of_scores, lambda: spread(p, lambda g: weights[g])),
    "and in all weights together": Bound(form_of_weights, spreads),
    "the sigmoid's slope is at most a quarter": Bound(
        lambda: quarter - by(sigma(r), r), lambda: (sigma(r) - half) ** 2
    ),
    "the sigmoid increases": Bound(lambda: by(sigma(r), r), lambda: sigma(r) * (1 - sigma(r)), ">"),
    "softplus is convex": Bound(lambda: by(softplus(r), r, r), lambda: sigma(r) * (1 - sigma(r)), ">"),
    "the Hessian lies below that of a quarter": Bound(
        lambda: weighted(lambda n: quarter) - form(cost),
        lambda: weighted(lambda n: (h(n) - half) ** 2),
    ),
    "the sigmoid is below one": Bound(lambda: 1 - sigma(r), lambda: sigma(-r), ">"),
    "the log-loss is not negative": Bound(
        lambda: log_loss(sigma(r), bit), lambda: bit * softplus(-r) + (1 - bit) * softplus(r)
    ),
}

WRONG = {
    "a bound of a fifth": Bound(lambda: term(Fraction(1, 5)) - by(sigma(r), r), lambda: term(0)),
    "squared error of a sigmoid is convex": Bound(lambda: by((sigma(r) - 1) ** 2, r, r), lambda: term(0)),
    "a Hessian is positive along every way": Bound(lambda: form(cost), lambda: term(0), ">"),
    "twice the ridge": Bound(lambda: form(ridge) - 2 * lam / size(SAMPLES) * length(), lambda: term(0)),
    "below an eighth": Bound(lambda: weighted(lambda n: quarter / 2) - form(cost), lambda: term(0)),
    "concave in the scores": Bound(form_of_scores, lambda: term(0), "<="),
    "the log-loss of a score is above one": Bound(lambda: log_loss(sigma(r), bit), lambda: term(1)),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_a_bounded_form_is_its_certificate(name):
    bound = BOUNDS[name]
    assert judge(claim(bound.bounded(), bound.certificate()), WITH_WAYS).kind == "proved"


@pytest.mark.parametrize("name", BOUNDS)
def test_a_certificate_has_its_sign(name):
    bound = BOUNDS[name]
    found = judge(Claim(bound.certificate().node, node(0), bound.relation), WITH_WAYS)
    assert found.kind == "proved"


@pytest.mark.parametrize("name", BOUNDS)
def test_twice_a_certificate_is_another_form(name):
    """The first law could not fail if all were called equal."""
    bound = BOUNDS[name]
    assert judge(claim(bound.bounded(), 2 * bound.certificate()), WITH_WAYS).kind == "refuted"


@pytest.mark.parametrize("name", BOUNDS)
def test_no_form_is_refuted_and_none_has_the_other_sign(name):
    bound = BOUNDS[name]
    assert judge(Claim(bound.bounded().node, node(0), bound.relation), WITH_WAYS).kind != "refuted"
    assert judge(Claim(bound.bounded().node, node(0), "<"), WITH_WAYS).kind == "refuted"


@pytest.mark.parametrize("name", WRONG)
def test_a_bound_that_does_not_hold_is_refuted(name):
    bound = WRONG[name]
    found = judge(Claim(bound.bounded().node, bound.certificate().node, bound.relation), WITH_WAYS)
    assert found.kind == "refuted"


def test_where_squared_error_bends_the_other_way():
    bent = 2 * sigma(r) * (1 - sigma(r)) ** 2 * (3 * sigma(r) - 1)
    wrong = 2 * sigma(r) * (1 - sigma(r)) ** 2 * (1 - 3 * sigma(r))
    second = by((sigma(r) - 1) ** 2, r, r)
    assert judge(claim(second, bent), WITH_WAYS).kind == "proved"
    assert judge(claim(second, wrong), WITH_WAYS).kind == "refuted"
