"""Random inequalities: a sound combination of lemmas is never refuted, what fails in numbers never proved."""

from __future__ import annotations

import os
import sys
from collections import Counter
from random import Random

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_notation import CONTEXT
from kernel_oracle import Point, value
from random_inequalities import DIGITS, TINY, Inequality, changed, combined, fails_at, fails_somewhere

from derivations.kernel import judge
from derivations.language import Claim

PROVED = {"proved", "proved-where-defined"}
DRAWN = settings(max_examples=20, deadline=None)
LONG = int(os.environ.get("RANDOM_INEQUALITIES", "20000"))
"""Claims of the long run."""


def judged(claim: Inequality):
    return judge(Claim(claim.left.node, claim.right.node, claim.relation), CONTEXT)


def is_witness(verdict, claim: Inequality) -> bool:
    """Whether plain arithmetic finds the relation violated at the witness, or both sides equal."""
    at = Point.of(verdict.witness.assignment)
    at = at.put("last of K()", at.numbers.get("K", mpmath.mpf(1)))
    if fails_at(claim, at, least=0):  # the sides may both be tiny
        return True
    with mpmath.workdps(DIGITS):
        left, right = value(claim.left.node, at), value(claim.right.node, at)
        return claim.relation in ("<", ">") and abs(left - right) <= TINY * (1 + abs(left))


@DRAWN
@given(st.integers(0, 10**9))
def test_a_sound_combination_of_lemmas_is_not_refuted(seed):
    assert judged(combined(Random(seed))).kind != "refuted"


@DRAWN
@given(st.integers(0, 10**9))
def test_what_fails_in_numbers_is_not_proved(seed):
    claim = changed(Random(seed))
    found = judged(claim)
    if found.kind == "refuted":
        assert is_witness(found, claim)
    elif found.kind == "proved":
        assert not fails_somewhere(claim, seed)


def test_many_combinations_are_proved():
    """The laws above could not fail if nothing were proved."""
    kinds = [judged(combined(Random(seed))).kind for seed in range(24)]
    assert sum(kind in PROVED for kind in kinds) >= 12


@pytest.mark.slow
def test_a_long_run_of_random_inequalities_finds_no_false_verdict(capsys):
    """``RANDOM_INEQUALITIES=20000 pytest -m slow tests/kernel/test_random_inequalities.py`` is long."""
    found: Counter[str] = Counter()
    wrong: list[tuple[str, int]] = []
    for seed in range(LONG // 2):
        kind = judged(combined(Random(seed))).kind
        found[f"true claims {kind}"] += 1
        wrong += [("refuted", seed)] if kind == "refuted" else []
        claim = changed(Random(seed))
        verdict, fails = judged(claim), fails_somewhere(claim, seed)
        found[f"{'false' if fails else 'other'} claims {verdict.kind}"] += 1
        if fails and verdict.kind == "proved":
            wrong.append(("proved", seed))
        if verdict.kind == "refuted" and not is_witness(verdict, claim):
            wrong.append(("witness", seed))
        if seed % 250 == 0:
            with capsys.disabled():
                sys.stdout.write(f"{seed} {dict(sorted(found.items()))} {wrong}\n")
    with capsys.disabled():
        sys.stdout.write(f"{LONG} {dict(sorted(found.items()))} {wrong}\n")
    assert wrong == []
