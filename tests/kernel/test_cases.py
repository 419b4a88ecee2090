"""Case distinctions: between indices, between the values of a label, and nothing beyond the case at hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    Term,
    by,
    c,
    claim,
    class_of,
    d,
    delta,
    e,
    i,
    j,
    log,
    log_loss,
    p,
    q,
    r,
    score,
    sigma,
    term,
    theta,
    total,
    x,
    y,
)

from derivations.kernel import judge
from derivations.language import Cases, IndexCondition, ValueCondition


def by_cases(*branches):
    return Term(Cases(tuple((condition, value.node) for condition, value in branches)))


def equal(left, right):
    return IndexCondition(left, right)


POSITIVE = ValueCondition(y[i].node, Fraction(1))
NEGATIVE = ValueCondition(y[i].node, Fraction(0))
loss = by_cases((POSITIVE, -log(sigma(score(i)))), (None, -log(1 - sigma(score(i)))))

TRUE = {
    "Jacobian of the softmax": lambda: (
        by(p(c), q[d]),
        by_cases((equal(c, d), p(c) * (1 - p(c))), (IndexCondition(c, d, equal=False), -p(c) * p(d))),
    ),
    "loss by the label": lambda: (
        log_loss(sigma(r), y[i]),
        by_cases((POSITIVE, -log(sigma(r))), (NEGATIVE, -log(1 - sigma(r)))),
    ),
    "gradient of a loss by cases": lambda: (by(loss, theta[j]), (sigma(score(i)) - y[i]) * x[i, j]),
    "a case under a sum": lambda: (
        total(CLASSES, lambda g: by_cases((equal(g, c), q[g]), (None, term(0)))),
        q[c],
    ),
    "a case of a class": lambda: (
        by_cases((equal(class_of(i), c), q[c]), (None, term(0))),
        delta(class_of(i), c) * q[c],
    ),
    "cases inside of cases": lambda: (
        by_cases((equal(c, d), by_cases((equal(d, e), q[c]), (None, q[d]))), (None, q[c])),
        q[c],
    ),
}

FALSE = {
    "Jacobian with a sign": lambda: (
        by(p(c), q[d]),
        by_cases((equal(c, d), p(c) * (1 - p(c))), (None, p(c) * p(d))),
    ),
    "cases exchanged": lambda: (
        by(p(c), q[d]),
        by_cases((equal(c, d), -p(c) * p(d)), (None, p(c) * (1 - p(c)))),
    ),
    "labels exchanged": lambda: (
        log_loss(sigma(r), y[i]),
        by_cases((NEGATIVE, -log(sigma(r))), (None, -log(1 - sigma(r)))),
    ),
    "what holds in one case only": lambda: (by_cases((equal(c, d), q[c]), (None, term(0))), q[d]),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_right_step_by_cases_is_proved(name):
    assert judge(claim(*TRUE[name]()), CONTEXT).kind == "proved"


@pytest.mark.parametrize("name", FALSE)
def test_a_mistake_by_cases_is_refuted(name):
    assert judge(claim(*FALSE[name]()), CONTEXT).kind == "refuted"


def test_what_is_undefined_in_another_case_is_no_condition_here():
    quotient = by_cases((equal(c, d), term(0)), (None, 1 / (q[c] - q[d])))
    found = judge(claim(quotient * (q[c] - q[d]), 1 - delta(c, d)), CONTEXT)
    assert found.conditions == ("q[c] - q[d] != 0 where c != d",)


def test_cases_that_may_not_cover_everything_are_undecided():
    part = by_cases((equal(c, d), q[c]))
    assert judge(claim(part, q[c]), CONTEXT).kind == "undecided"
