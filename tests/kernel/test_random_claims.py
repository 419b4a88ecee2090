"""Random claims: what is rewritten soundly is never refuted, what is wrong in numbers is never proved."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass
from random import Random

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_notation import CONTEXT, Term, claim
from kernel_oracle import Point, value
from random_claims import (
    DIGITS,
    FREE,
    differentiated,
    differentiates,
    differs,
    expression,
    mutated,
    rewritten,
)
from random_facts import SIMPLEX, SUPPOSED, Supposed, added

from derivations.kernel import Refuted, Verdict, judge
from derivations.language import Apply, Expression
from derivations.language.traversal import subexpressions

PROVED = {"proved", "proved-where-defined"}
DRAWN = settings(max_examples=150, deadline=None)
LONG = int(os.environ.get("RANDOM_CLAIMS", "50000"))
"""Claims of the long run."""
FIRST = int(os.environ.get("RANDOM_CLAIMS_FROM", "0"))
"""Its first seed: two halves may run side by side."""


@dataclass(frozen=True)
class Drawn:
    """A random claim."""

    left: Expression
    right: Expression
    supposed: Supposed | None = None

    @property
    def verdict(self) -> Verdict:
        said = () if self.supposed is None else (self.supposed.assumption,)
        return judge(claim(Term(self.left), Term(self.right), *said), CONTEXT)

    def differs(self, seed: int) -> bool:
        return differs(self.left, self.right, seed, self.supposed)

    def refuted_by(self, verdict: Refuted) -> bool:
        """Whether plain arithmetic sees it too; of an opaque function it has another one."""
        sides = (self.left, self.right)
        opaque = any(isinstance(part, Apply) for side in sides for part in subexpressions(side))
        return opaque or differ_at(verdict.witness, *sides)


def sound(seed: int) -> Drawn:
    """Two sides that are equal, many of them under an assumption."""
    random = Random(seed)
    left, supposed = drawn(random)
    right = rewritten(left, random)
    zeros = (SIMPLEX, supposed.nothing if supposed else SIMPLEX)[random.random() < 0.7]
    return Drawn(left, added(right, zeros, random) if supposed else right, supposed)


def unsound(seed: int) -> Drawn:
    """Two sides that are mostly different."""
    random = Random(seed)
    left, supposed = drawn(random)
    right = rewritten(left, random)
    if supposed and random.random() < 0.6:
        return Drawn(left, added(right, supposed.tempting, random), supposed)
    return Drawn(left, mutated(right, random), supposed)


def drawn(random: Random) -> tuple[Expression, Supposed | None]:
    """An expression, half of them under an assumption and some of them differentiated."""
    supposed = random.choice(SUPPOSED) if random.random() < 0.5 else None
    if random.random() < 0.1:
        return differentiated(random, 2, FREE).node, supposed
    return expression(random, 2 if supposed else 3, FREE).node, supposed


def differ_at(witness, left, right) -> bool:
    """Whether plain arithmetic finds the two sides different at the witness too: Phi(16) is close to 1."""
    with mpmath.workdps(4 * DIGITS):
        point = Point.of(witness.assignment)
        point = point.put("last of K()", point.numbers.get("K", mpmath.mpf(1)))
        first, second = value(left, point), value(right, point)
        accuracy = 12 if any(map(differentiates, (left, right))) else 3 * DIGITS
        return abs(first - second) > mpmath.mpf(10) ** -accuracy * (abs(first) + abs(second))


@DRAWN
@given(st.integers(0, 10**9))
def test_what_is_rewritten_soundly_is_not_refuted(seed):
    assert sound(seed).verdict.kind != "refuted"


@DRAWN
@given(st.integers(0, 10**9))
def test_what_differs_in_numbers_is_not_proved(seed):
    false = unsound(seed)
    found = false.verdict
    assert found.kind not in PROVED or not false.differs(seed)
    assert found.kind != "refuted" or false.refuted_by(found)


def test_most_sound_rewritings_are_proved():
    """The laws above could not fail if nothing were proved."""
    kinds = [sound(seed).verdict.kind for seed in range(60)]
    assert kinds.count("proved") >= 50


@pytest.mark.slow
def test_a_long_run_of_random_claims_finds_no_false_verdict(capsys):
    """``RANDOM_CLAIMS=50000 pytest -m slow tests/kernel/test_random_claims.py`` prints its figures."""
    found: Counter[str] = Counter()
    wrong: list[tuple[str, int]] = []
    for seed in range(FIRST, FIRST + LONG // 2):
        kind = sound(seed).verdict.kind
        found[f"true claims {kind}"] += 1
        wrong += [("refuted", seed)] if kind == "refuted" else []
        false = unsound(seed)
        verdict, different = false.verdict, false.differs(seed)
        found[f"{'false' if different else 'other'} claims {verdict.kind}"] += 1
        if different and verdict.kind in PROVED:
            wrong.append(("proved", seed))
        if verdict.kind == "refuted" and not false.refuted_by(verdict):
            wrong.append(("witness", seed))
        if seed % 500 == 0:
            with capsys.disabled():
                sys.stdout.write(f"{seed} {dict(sorted(found.items()))} {wrong}\n")
    with capsys.disabled():
        sys.stdout.write(f"{LONG} {dict(sorted(found.items()))} {wrong}\n")
    assert wrong == []
