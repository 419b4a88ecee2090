"""What a proved claim contributes to a later one, and all that it must not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from functions_met import absolute
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    Tensor,
    Term,
    bit,
    by,
    c,
    claim,
    d,
    delta,
    exp,
    hard,
    i,
    j,
    log,
    node,
    q,
    r,
    real,
    s,
    score,
    sigma,
    term,
    theta,
    total,
    u,
    x,
    y,
)

from derivations.kernel import Proved, Undecided, judge, judge_after, lemma
from derivations.kernel.lemmas import Lemma, rewritten
from derivations.language import (
    Assumption,
    Claim,
    Declaration,
    Domain,
    EntryFact,
    IndexCondition,
    IndexSet,
    IndexVariable,
    Part,
    Sum,
)

FLAGGED = CONTEXT.with_rows(Declaration("flag", (), Domain.BIT, Part.PARAMETER))
flag = Tensor("flag").value
EQUAL = Assumption(IndexCondition(c, d), "if i = j")
LABEL_ONE = Assumption(EntryFact(y[i].node, Fraction(1)), "for y = 1")
SHORT = IndexVariable("c", IndexSet("K", 1, 1))


def known(left, right, *assumptions, context=CONTEXT) -> Lemma:
    """A lemma, proved by the kernel."""
    stated = claim(left, right, *assumptions)
    found = lemma(stated, judge(stated, context), "line 1")
    assert found is not None
    return found


def after(left, right, *lemmas, assumptions=(), context=CONTEXT):
    return judge_after(claim(left, right, *assumptions), context, lemmas)


def doubled(sample):
    return absolute(2 * score(sample))


DOUBLED = (doubled(i), 2 * absolute(score(i)))


def test_a_proved_claim_serves_for_every_index_and_is_named():
    left = total(SAMPLES, lambda n: doubled(n) * x[n, j])
    right = 2 * total(SAMPLES, lambda n: absolute(score(n)) * x[n, j])
    assert judge(claim(left, right), CONTEXT).kind == "undecided"
    assert after(left, right, known(*DOUBLED)) == Proved(("line 1",))


def test_it_serves_from_right_to_left_too():
    left = total(SAMPLES, lambda n: absolute(score(n)) * x[n, j])
    right = total(SAMPLES, lambda n: doubled(n) * x[n, j]) / 2
    assert after(right, left, known(DOUBLED[1] / 2, DOUBLED[0] / 4 + DOUBLED[0] / 4)).kind == "undecided"
    assert after(right, left, known(*DOUBLED)).kind == "proved"


@pytest.mark.parametrize(
    ("left", "right"),
    [(r, u), (log(r**2), 2 * log(r)), (r / r, term(2))],
)
def test_what_is_not_proved_never_serves(left, right):
    stated = claim(left, right)
    assert lemma(stated, judge(stated, CONTEXT), "line 1") is None or judge(stated, CONTEXT).kind != "refuted"
    assert lemma(claim(r, u), judge(claim(r, u), CONTEXT), "line 1") is None
    assert lemma(stated, Undecided("nothing is known"), "line 1") is None


def test_only_equalities_serve():
    bound = Claim(exp(r).node, node(0), ">")
    assert lemma(bound, judge(bound, CONTEXT), "line 1") is None


NOT_SERVED = {
    "inside of a derivative": (
        by(flag**2, flag),
        term(1),
        known(flag**2, flag, context=FLAGGED),
    ),
    "a sum of one, differentiated": (
        by(total(CLASSES, lambda g: hard[g] * q[g] ** 2), q[c]),
        2 * q[c],
        known(hard[c] ** 2, hard[c]),
    ),
    "without its assumption": (q[c] - q[d], term(0), known(q[c], q[d], EQUAL)),
    "a particular label under a sum": (
        Term(Sum(i, (y[i] * theta[j]).node)),
        total(SAMPLES, lambda n: theta[j]),
        known(y[i], term(1), LABEL_ONE),
    ),
    "another index of a particular fact": (
        total(SAMPLES, lambda n: y[n]),
        total(SAMPLES, lambda n: term(1)),
        known(y[i] * r, r, LABEL_ONE),
    ),
    "an index of a wider set": (
        total(CLASSES, lambda g: hard[g] * absolute(2 * q[g])),
        2 * total(CLASSES, lambda g: hard[g] * absolute(q[g])) + 1,
        known(absolute(2 * q[SHORT]), 2 * absolute(q[SHORT])),
    ),
    "a bound index for a free one": (
        total(SAMPLES, lambda n: y[n] * y[n]),
        y[i] * total(SAMPLES, lambda n: y[n]),
        known(total(SAMPLES, lambda n: y[n] * y[i]), y[i] * total(SAMPLES, lambda n: y[n])),
    ),
}


@pytest.mark.parametrize("name", NOT_SERVED)
def test_a_false_claim_is_not_proved_by_a_lemma(name):
    left, right, served = NOT_SERVED[name]
    assert after(left, right, served, context=FLAGGED).kind == "undecided"


@pytest.mark.parametrize(
    "name", ["inside of a derivative", "without its assumption", "a particular label under a sum"]
)
def test_such_a_lemma_is_not_even_tried(name):
    """Nothing is put in, so that nothing rests on the instances that would contradict it."""
    left, right, served = NOT_SERVED[name]
    assert list(rewritten(claim(left, right), served)) == []


def test_a_wider_set_takes_nothing_from_a_narrower_one():
    served = known(absolute(2 * q[SHORT]), 2 * absolute(q[SHORT]))
    whole = claim(total(CLASSES, lambda g: absolute(2 * q[g])), term(0))
    assert list(rewritten(whole, served)) == []
    short = claim(total(SHORT.index_set, lambda g: absolute(2 * q[g])), term(0))
    assert list(rewritten(short, served))


def test_no_index_escapes_its_binder():
    """``sum_n y_n y_i`` is no ``sum_n y_n y_n``, and a free i is no bound one of its name."""
    served = known(total(SAMPLES, lambda n: y[n] * y[i]), y[i] * total(SAMPLES, lambda n: y[n]))
    squares = claim(total(SAMPLES, lambda n: y[n] * y[n]), term(0))
    captured = claim(Term(Sum(i, (y[i] * y[i]).node)), term(0))
    assert list(rewritten(squares, served)) == list(rewritten(captured, served)) == []


def test_its_conditions_and_assumptions_travel():
    under = known(log(r * u) - log(u), log(r))
    assert under.conditions
    found = judge_after(
        claim(absolute(2 * s) * (log(r * u) - log(u)), absolute(2 * s) * log(r)), CONTEXT, [under]
    )
    assert found.kind == "proved-where-defined"
    assert set(under.conditions) <= set(found.conditions)
    assert {"u > 0", "line 1"} <= set(found.assumptions_used)
    bits = known(bit**2, bit)
    assert "bit is 0 or 1" in after(bit**2 * r, bit * r, bits).assumptions_used


def test_a_lemma_with_conditions_serves_its_own_index_only():
    under = known(log(q[c] * u) - log(u), log(q[c]))
    own = claim((log(q[c] * u) - log(u)) * real, log(q[c]) * real)
    others = claim(total(CLASSES, lambda g: log(q[g] * u) - log(u)), total(CLASSES, lambda g: log(q[g])))
    assert list(rewritten(own, under))
    assert list(rewritten(others, under)) == []


def test_a_false_claim_beside_a_true_lemma_stays_undecided():
    left = total(SAMPLES, lambda n: doubled(n) * x[n, j])
    right = total(SAMPLES, lambda n: absolute(score(n)) * x[n, j])
    assert after(left, right, known(*DOUBLED)).kind == "undecided"
    assert after(left, right + delta(c, d) + sigma(r), known(*DOUBLED)).kind == "undecided"
    assert after(left, total(FEATURES, lambda f: theta[f]), known(*DOUBLED)).kind == "undecided"
