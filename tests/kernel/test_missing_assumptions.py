"""A usual assumption that would help is named beside the verdict, and never changes it."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    Tensor,
    Term,
    by,
    claim,
    cross_entropy,
    d,
    delta,
    exp,
    i,
    log,
    node,
    p,
    q,
    r,
    real,
    s,
    score,
    shift,
    sigma,
    sqrt,
    term,
    total,
    u,
    weights,
)

from derivations.kernel import judge
from derivations.kernel.budget import TimeExceeded
from derivations.language import Declaration, Domain, Part

CONTEXT = CONTEXT.with_rows(
    Declaration("t", (CLASSES,)),
    Declaration("rate", (), Domain.POSITIVE),
    Declaration("h", part=Part.UNKNOWN),
)
t, rate, h = Tensor("t"), Tensor("rate").value, Tensor("h").value


LADDER = import_module("derivations.kernel.judge")
SUM_ONE = "it would hold if sum over the last index of t is 1"


@pytest.mark.parametrize(
    ("left", "right", "note"),
    [
        (lambda: real**2, lambda: real, "it would hold if real is 0 or 1"),
        (lambda: real**2, lambda: term(1), "it would hold if real is -1 or 1"),
        (
            lambda: total(CLASSES, lambda g: t[g]),
            lambda: term(1),
            SUM_ONE,
        ),
        (
            lambda: by(cross_entropy(t), q[d]),
            lambda: p(d) - t[d],
            SUM_ONE,
        ),
        (lambda: t[d] ** 2, lambda: t[d], "it would hold if t is 0 or 1"),
        (lambda: sqrt(r**2), lambda: r, "it would hold if r > 0"),
        (
            lambda: log(1 + exp(-(2 * real - 1) * r)),
            lambda: -(real * log(sigma(r)) + (1 - real) * log(1 - sigma(r))),
            "it would hold if real is 0 or 1",
        ),
    ],
)
def test_a_refuted_claim_says_what_it_lacks(left, right, note):
    found = judge(claim(left(), right()), CONTEXT)
    assert found.kind == "refuted"
    assert found.note == note


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda: r, lambda: s),
        (lambda: sigma(r), lambda: sigma(r) ** 2),
        (lambda: weights[d] * r, lambda: 2 * weights[d] * r + u),
        (lambda: score(i), lambda: score(i) + 1),
        (lambda: delta(d, d) * shift, lambda: shift + 1),
    ],
)
def test_a_mistake_is_not_excused(left, right):
    found = judge(claim(left(), right()), CONTEXT)
    assert found.kind == "refuted"
    assert found.note is None


def test_parameters_are_not_taken_for_labels():
    """theta in {0, 1} would make it true, and nobody assumes that."""
    assert judge(claim(r**2, r), CONTEXT).note is None


def test_an_undecided_claim_says_what_it_lacks():
    found = judge(claim(Term(node(-1)) ** real * Term(node(-1)) ** real, 1), CONTEXT)
    assert found.kind == "undecided"
    assert found.reason.endswith("it would hold if real is 0 or 1")


def test_a_remark_that_fails_leaves_the_verdict(monkeypatch):
    def too_slow(*_):
        raise TimeExceeded

    monkeypatch.setattr(LADDER, "missing_assumption", too_slow)
    assert judge(claim(real**2, real), CONTEXT).kind == "refuted"


def test_with_the_assumption_it_is_proved():
    for name, domain, left, right in (
        ("real", Domain.BIT, real**2, real),
        ("r", Domain.POSITIVE, sqrt(r**2), r),
    ):
        stated = CONTEXT.redeclared(replace(CONTEXT.declaration(name), domain=domain))
        assert judge(claim(left, right), stated).kind == "proved"


def test_no_assumption_explains_a_name_that_nothing_explains():
    assert "would" not in judge(claim(by(h * real**2, r), by(h * real, r)), CONTEXT).reason
