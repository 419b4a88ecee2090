"""Random claims: what is rewritten soundly is never refuted, what is wrong in numbers is never proved."""

from __future__ import annotations

import os
import sys
from collections import Counter
from random import Random

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_notation import CONTEXT, Term, claim
from kernel_oracle import Point, value
from random_claims import DIGITS, FREE, differs, expression, mutated, rewritten

from derivations.kernel import judge

PROVED = {"proved", "proved-where-defined"}
DRAWN = settings(max_examples=150, deadline=None)
LONG = int(os.environ.get("RANDOM_CLAIMS", "50000"))
"""Claims of the long run."""


def sound(seed: int):
    """Two sides that are equal."""
    random = Random(seed)
    left = expression(random, 3, FREE).node
    return left, rewritten(left, random)


def unsound(seed: int):
    """Two sides that are mostly different."""
    random = Random(seed)
    left = expression(random, 3, FREE).node
    return left, mutated(rewritten(left, random), random)


def judged(left, right):
    return judge(claim(Term(left), Term(right)), CONTEXT)


def differ_at(witness, left, right) -> bool:
    """Whether plain arithmetic finds the two sides different at the witness too: Phi(16) is close to 1."""
    with mpmath.workdps(4 * DIGITS):
        point = Point.of(witness.assignment)
        point = point.put("last of K()", point.numbers.get("K", mpmath.mpf(1)))
        first, second = value(left, point), value(right, point)
        return abs(first - second) > mpmath.mpf(10) ** (-3 * DIGITS) * (abs(first) + abs(second))


@DRAWN
@given(st.integers(0, 10**9))
def test_what_is_rewritten_soundly_is_not_refuted(seed):
    assert judged(*sound(seed)).kind != "refuted"


@DRAWN
@given(st.integers(0, 10**9))
def test_what_differs_in_numbers_is_not_proved(seed):
    left, right = unsound(seed)
    found = judged(left, right)
    assert found.kind not in PROVED or not differs(left, right, seed)
    assert found.kind != "refuted" or differ_at(found.witness, left, right)


def test_most_sound_rewritings_are_proved():
    """The laws above could not fail if nothing were proved."""
    kinds = [judged(*sound(seed)).kind for seed in range(60)]
    assert kinds.count("proved") >= 50


@pytest.mark.slow
def test_a_long_run_of_random_claims_finds_no_false_verdict(capsys):
    """``RANDOM_CLAIMS=50000 pytest -m slow tests/kernel/test_random_claims.py`` prints its figures."""
    found: Counter[str] = Counter()
    wrong: list[tuple[str, int]] = []
    for seed in range(LONG // 2):
        left, right = sound(seed)
        kind = judged(left, right).kind
        found[f"true claims {kind}"] += 1
        wrong += [("refuted", seed)] if kind == "refuted" else []
        left, right = unsound(seed)
        verdict = judged(left, right)
        different = differs(left, right, seed)
        found[f"{'false' if different else 'other'} claims {verdict.kind}"] += 1
        if different and verdict.kind in PROVED:
            wrong.append(("proved", seed))
        if verdict.kind == "refuted" and not differ_at(verdict.witness, left, right):
            wrong.append(("witness", seed))
        if seed % 500 == 0:
            with capsys.disabled():
                sys.stdout.write(f"{seed} {dict(sorted(found.items()))} {wrong}\n")
    with capsys.disabled():
        sys.stdout.write(f"{LONG} {dict(sorted(found.items()))} {wrong}\n")
    assert wrong == []
