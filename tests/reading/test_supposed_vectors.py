"""Equations between vectors that are supposed: they hold where they are said to, for all entries."""

from __future__ import annotations

import pytest

from derivations import check_text

SHAPES = (
    r"Let $A \in \mathbb{R}^{n \times n}$, $v \in \mathbb{R}^n$ and $b \in \mathbb{R}^n$. "
    r"Let $f(v) = b^\top v$."
)

VERDICTS = {
    r"Suppose that $A v = b$. Then $$b^\top b = v^\top A^\top A v.$$": "proved",
    r"Suppose that $A v = b$. Then $$b^\top v = v^\top A v.$$": "proved",
    r"Suppose that $A v - b = 0$. Then $$b^\top v = v^\top A v.$$": "proved",
    r"Suppose that $A v = b$. Then $$b^\top b = 2 v^\top A^\top A v.$$": "refuted",
    r"Suppose that $A v = b$. Then $$b^\top b = v^\top A A v.$$": "refuted",
    r"$$b^\top b = v^\top A^\top A v.$$": "refuted",
}


@pytest.mark.parametrize("text", VERDICTS)
def test_a_supposed_equation_of_vectors(text: str) -> None:
    assert check_text(f"{SHAPES}\n\n{text}", format="md").statements[-1].verdict == VERDICTS[text]


@pytest.mark.parametrize(
    "text",
    [
        r"Suppose that $A v = b$. Then $$\nabla_v (b^\top v) = 2 A v.$$",
        r"Suppose that $A v = b$. Then $$b = v.$$ In general, $$A v = b.$$",
        "Suppose that $A v = b$.\n\n## Another system\n\n$$b^\\top b = v^\\top A^\\top A v.$$",
        r"Suppose that $A v = b$ does not hold. Then $$b^\top b = v^\top A^\top A v.$$",
    ],
)
def test_it_says_no_more_than_it_says(text: str) -> None:
    found = check_text(f"{SHAPES}\n\n{text}", format="md").statements[-1]
    assert found.verdict not in ("proved", "proved-where-defined")
