"""Inequalities that are conditions: what is supposed of a defined name is no claim that can fail."""

from __future__ import annotations

import pytest

from derivations import check_text

MODEL = "Let $p = \\frac{1}{1 + e^{-z}}$. "

SUPPOSED = (
    "We predict $y = 1$ if $p \\ge 0.5$ and $y = 0$ if $p < 0.5$.",
    "Predict the first class when $p > 1/2$, and the second one otherwise.",
    "Predict the first class whenever the probability is such that $p > 1/2$.",
    "Suppose $p < 1/2$. Then $z < 0$.",
    "Assume that $p > 1/2$. Then $z > 0$.",
    "For $p > \\frac12$ we have $1 - p < p$.",
    "If $p > \\frac12$, then $z > 0$.",
    "If $p > \\frac12$ and $2 p < 3/2$, we stop.",
    "Let $|p - \\frac12| < \\epsilon$.",
    "Hence $p > \\frac12$ if $z > 0$.",
    "Hence $p > \\frac12$ if and only if $z > 0$.",
    "Hence $p > \\frac12$ exactly when $z > 0$.",
    "The decision is easy with $p > 9/10$.",
    "$$p > \\frac12 \\iff z > 0$$",
    "$$p > \\frac12 \\quad \\text{if } z > 0$$",
)
"""True as their authors mean them; as claims about every z all would fail."""

CLAIMED = (
    "Then $p > \\frac12$.",
    "We have $p > \\frac12$ for all $z$.",
    "It follows that $p < \\frac12$.",
    "Whatever z is, we find that $p > \\frac12$.",
    "If we look closely, $p > \\frac12$.",
)


@pytest.mark.parametrize("text", SUPPOSED)
def test_what_is_supposed_is_not_refuted(text: str) -> None:
    """Nor is what follows from it."""
    assert "refuted" not in [statement.verdict for statement in check_text(MODEL + text, "md").statements]


@pytest.mark.parametrize("text", CLAIMED)
def test_what_is_claimed_is(text: str) -> None:
    """Other words before an inequality do not hide that it is false."""
    assert check_text(MODEL + text, "md").statements[-1].verdict == "refuted"
