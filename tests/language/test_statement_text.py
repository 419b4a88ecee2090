"""What is told of a statement: its author's notation, whatever the reader calls what nobody wrote."""

from __future__ import annotations

import re

import pytest

from derivations import check_text
from derivations.checking.report import StatementReport

NAMES = (
    "Let $X \\in \\mathbb{R}^{m \\times n}$, $x, w \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$ and "
    "$A \\in \\mathbb{R}^{n \\times n}$.\n\n"
)
CONDITIONS = {
    "a number made of vectors": ("\\frac{w^T x}{w^T x} = 1", ("w^T*x != 0",)),
    "a square": ("\\frac{x^T x}{x^T x} = 1", ("|x|^2 != 0",)),
    "a quadratic form": ("\\sqrt{w^T A w}^2 = w^T A w", ("w^T*A*w >= 0",)),
    "a norm": (
        "\\nabla_w \\|X w - y\\| = \\frac{X^T (X w - y)}{\\|X w - y\\|}",
        ("|X*w - y|^2 > 0", "|X*w - y| != 0"),
    ),
    "an entry": ("\\log x + \\log x = 2 \\log x", ("x[i] > 0",)),
    "a matrix": ("A^{-1} A = I", ("A is invertible",)),
}
READINGS = {
    "an index that is written on one side": (
        "\\sum_{i=1}^m X_{ij} y_i = \\left(X^T y\\right)_j",
        "sum_{i=1..m} X[i, j]*y[i] = sum_{k=1..m} X[k, j]*y[k]",
    ),
    "a letter in use": (
        "\\sum_{i=1}^m X_{ik} y_i = \\left(X^T y\\right)_k",
        "sum_{i=1..m} X[i, k]*y[i] = sum_{j=1..m} X[j, k]*y[j]",
    ),
}


def claim(formula: str) -> StatementReport:
    (found,) = (s for s in check_text(f"{NAMES}$${formula}$$\n").statements if s.role == "claim")
    return found


@pytest.mark.parametrize("kind", CONDITIONS)
def test_conditions_are_told_in_matrix_notation(kind: str) -> None:
    """Where they have one."""
    formula, conditions = CONDITIONS[kind]
    assert claim(formula).conditions == conditions


@pytest.mark.parametrize("kind", READINGS)
def test_what_nobody_wrote_has_a_letter_that_is_free(kind: str) -> None:
    """Entries of matrices beside entries that the author writes."""
    formula, reading = READINGS[kind]
    assert claim(formula).reading == reading


@pytest.mark.parametrize("formula", [formula for formula, _ in (*CONDITIONS.values(), *READINGS.values())])
def test_no_name_is_the_readers_own(formula: str) -> None:
    """In whatever is told."""
    told = claim(formula)
    assert not re.search(r"_\d|''", " ".join((told.reading, *told.remarks)))
