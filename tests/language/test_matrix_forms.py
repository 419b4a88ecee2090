"""Matrix notation found again in entries: what people write comes back as it was and means the same."""

from __future__ import annotations

import pytest

from derivations import check_text
from derivations.checking.notation import Notation
from derivations.language import (
    ONE,
    Add,
    Claim,
    Delta,
    Entry,
    IndexSet,
    IndexVariable,
    Multiply,
    Power,
    Sum,
    number,
)
from derivations.language.latex import expression_latex
from derivations.language.matrix_forms import NoForm, matrix_form, open_indices
from derivations.reading import read

NAMES = (
    "Let $X \\in \\mathbb{R}^{m \\times n}$, $w \\in \\mathbb{R}^n$ and $y, v \\in \\mathbb{R}^m$, let "
    "$A, B \\in \\mathbb{R}^{n \\times n}$ and $\\lambda > 0$, and let $x_i \\in \\mathbb{R}^n$. "
)
FORMULAS = (
    "X w",
    "X^\\top (X w - y)",
    "\\frac{1}{m} X^\\top (X w - y)",
    "2 X^\\top X w - 2 X^\\top y + \\frac{2 \\lambda}{m} w",
    "X^\\top X",
    "X^\\top X + \\lambda I",
    "(A + A^\\top) w",
    "(A B)^\\top w",
    "B^\\top A^\\top w",
    "w^\\top A w",
    "w^\\top X^\\top X w - 2 y^\\top X w + y^\\top y",
    "\\|X w - y\\|^2",
    "\\operatorname{tr}(A B)",
    "w w^\\top",
    "y w^\\top",
    "y \\odot (1 - v)",
    "X^\\top (y \\odot v)",
    "\\sum_{i=1}^{m} y_i x_i x_i^\\top",
    "\\sum_{i=1}^{m} y_i x_i",
    "\\log(1 + e^{w^\\top x_i})",
    "(w^\\top A w)^2 w",
    "(X^\\top X + \\lambda I)^{-1} X^\\top y",
    "\\operatorname{tr}(A)",
    "\\nabla_{w} (w^\\top A w)",
    "\\frac{d}{d w} (A w)",
    "\\frac{1}{1 + e^{-X w}}",
)
"""The right sides of definitions, in the spelling in which they are written again."""


def claim_of(formula: str) -> tuple[Claim, Notation]:
    """The equation of `formula` with itself."""
    text = f"{NAMES}Then\n\n$$\n{formula} = {formula}\n$$\n"
    claim = next(s.claim for s in reversed(read(text, "md").statements) if s.claim is not None)
    return claim, Notation(text, step=formula)


def written(formula: str) -> str:
    claim, notation = claim_of(formula)
    return expression_latex(matrix_form(claim.right, *notation.axes(claim.right, formula)), notation)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_matrix_formula_comes_back(formula: str) -> None:
    """Factors in their order, transposed where they were, and nothing by entries; brackets may be opened."""
    opened = formula.replace("(A B)^\\top w", "B^\\top A^\\top w")
    assert written(formula) == opened


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_comes_back_is_equal(formula: str) -> None:
    """Read anew, it is proved to be what it came from."""
    report = check_text(f"{NAMES}Then\n\n$$\n{formula} = {written(formula)}\n$$\n")
    assert [s.verdict for s in report.statements if s.role == "claim"] == ["proved"]


i, k = (IndexVariable(name, IndexSet("n")) for name in ("_1", "_2"))


@pytest.mark.parametrize(
    "expression",
    [
        Entry("A", (i, i)),
        Sum(k, Multiply((Entry("A", (i, k)), Entry("B", (i, k))))),
        Multiply((Entry("a", (i,)), Entry("b", (k,)))),
        Sum(k, Entry("A", (i, k))),
        Delta(i, k),
        Power(Add((ONE, Entry("A", (i, k)))), number(-1)),
        Entry("a"),
        Sum(k, Entry("A", (i, k)), (i,)),
    ],
)
def test_what_has_no_notation_is_said(expression: object) -> None:
    """One row index for what depends on more, on less, or in no way that products of matrices do."""
    with pytest.raises(NoForm):
        matrix_form(expression, i)


def test_the_open_indices_are_those_that_nobody_wrote() -> None:
    """In order of appearance."""
    j = IndexVariable("j", IndexSet("n"))
    assert open_indices(Multiply((Entry("b", (k,)), Entry("A", (j, i))))) == [k, i]
