"""Two things said of one name: both places are told, and nothing is judged by one of them alone."""

from __future__ import annotations

import pytest

from derivations import check_text

CONFLICTS = {
    "sizes": (
        "Let $w \\in \\mathbb{R}^n$.\n\nLet $w, a \\in \\mathbb{R}^m$. Then $a^T w = w^T a$.",
        "w is said to be a vector of size n (line 1, column 6) "
        "and to be a vector of size m (line 3, column 6)",
    ),
    "axes": (
        "Let $w \\in \\mathbb{R}^n$.\n\nLet $w \\in \\mathbb{R}^{n \\times n}$. Then $w + w = 2w$.",
        "w is said to be a vector of size n (line 1, column 6) "
        "and to be a matrix of size n x n (line 3, column 6)",
    ),
    "transposes": (
        "Let $W \\in \\mathbb{R}^{n \\times m}$ and $a \\in \\mathbb{R}^m$.\n"
        "Let $W \\in \\mathbb{R}^{m \\times n}$. Then $W a = W a$.",
        "W is said to be a matrix of size n x m (line 1, column 6) "
        "and to be a matrix of size m x n (line 2, column 6)",
    ),
    "rows and columns": (
        "Let $w \\in \\mathbb{R}^{1 \\times n}$.\n\nLet $w \\in \\mathbb{R}^n$. Then $w w^T = w w^T$.",
        "w is said to be a row of size n (line 1, column 6) and to be a vector of size n (line 3, column 6)",
    ),
    "values": (
        "Let $y \\in \\{0, 1\\}$.\n\nThe label $y \\in \\{-1, 1\\}$ has $y^2 = 1$.",
        "y is said to be 0 or 1 (line 1, column 6) and to be -1 or 1 (line 3, column 12)",
    ),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_is_told_with_both_places(name: str) -> None:
    """What fails by the first statement only is not refuted."""
    text, reason = CONFLICTS[name]
    last = check_text(text, "md").statements[-1]
    assert (last.verdict, last.reason) == ("unreadable", reason)


@pytest.mark.parametrize(
    "text",
    [
        "Let $w \\in \\mathbb{R}^n$. Again $w \\in \\mathbb{R}^n$, and $w^T w = \\sum_{i=1}^n w_i^2$.",
        "Take a vector $w$. Let $w \\in \\mathbb{R}^n$. Then $w^T w = \\sum_{i=1}^n w_i^2$.",
        "Let $p > 0$ and $p \\in (0, 1)$. Then $\\sqrt{p^2} = p$.",
    ],
)
def test_what_is_said_twice_is_no_conflict(text: str) -> None:
    """Nor what holds together."""
    assert check_text(text, "md").statements[-1].verdict == "proved"
