"""What is told of the point at which a step fails: in names that people know, and rightly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy
import pytest
import sympy

from derivations import check_text, prove_equal
from derivations.kernel import Refuted

Point = Mapping[str, int | str]

n = sympy.Symbol("n", integer=True, positive=True)
A, B = sympy.MatrixSymbol("A", n, n), sympy.MatrixSymbol("B", n, n)

SQUARE = "Let $A, B \\in \\mathbb{R}^{n \\times n}$ and $x \\in \\mathbb{R}^n$.\n\n"
DATA = (
    "Let $X \\in \\mathbb{R}^{m \\times n}$, $y \\in \\mathbb{R}^m$, $w \\in \\mathbb{R}^n$ and "
    "$C = \\|X w - y\\|^2$.\n\n"
)
SOFTMAX = (
    "Let $z = W x$ with $W \\in \\mathbb{R}^{K \\times n}$, $x \\in \\mathbb{R}^n$, and "
    "$p_k = e^{z_k} / \\sum_{l=1}^K e^{z_l}$.\n\n"
)


def array(point: Point, name: str, *sizes: str) -> numpy.ndarray:
    """The tensor `name` at `point`; what is not named does not matter."""
    found = numpy.zeros([int(point[size]) for size in sizes])
    for entry, value in point.items():
        place = re.fullmatch(rf"{name}\[([\d,]+)\]", entry)
        if place:
            found[tuple(int(at) - 1 for at in place[1].split(","))] = float(Fraction(value))
    return found


def squares(compute: Callable[..., numpy.ndarray]) -> Callable[[Point], numpy.ndarray]:
    """`compute` of A, B and x."""
    return lambda point: compute(
        array(point, "A", "n", "n"), array(point, "B", "n", "n"), array(point, "x", "n")
    )


def softmax(point: Point) -> numpy.ndarray:
    powers = numpy.exp(array(point, "W", "K", "n") @ array(point, "x", "n"))
    return powers / powers.sum()


WRONG: Mapping[str, tuple[str, Callable[[Point], numpy.ndarray]]] = {
    "a transposed product": (f"{SQUARE}$$(A B)^T = A^T B^T$$", squares(lambda a, b, x: (a @ b).T)),
    "a product that is turned": (f"{SQUARE}$$A B^T = B A^T$$", squares(lambda a, b, x: a @ b.T)),
    "a product and a sum": (f"{SQUARE}$$B A + A = A B + A$$", squares(lambda a, b, x: b @ a + a)),
    "an outer product": (f"{SQUARE}$$A x x^T = x x^T A$$", squares(lambda a, b, x: a @ numpy.outer(x, x))),
    "a vector": (f"{SQUARE}$$A^T x = A x$$", squares(lambda a, b, x: a.T @ x)),
    "a row": (f"{SQUARE}$$x^T A = x^T A^T$$", squares(lambda a, b, x: x @ a)),
    "a gradient": (f"{SQUARE}$$\\nabla_A \\operatorname{{tr}}(A B) = B$$", squares(lambda a, b, x: b.T)),
    "a vector that is transposed": (
        f"{DATA}$$\\nabla_w C = X^T (X w - y)$$",
        lambda p: (
            2
            * array(p, "X", "m", "n").T
            @ (array(p, "X", "m", "n") @ array(p, "w", "n") - array(p, "y", "m"))
        ),
    ),
    "a Jacobian": (
        f"{DATA}$$\\frac{{\\partial (X w)}}{{\\partial w}} = 2 X$$",
        lambda p: array(p, "X", "m", "n"),
    ),
    "a softmax": (
        f"{SOFTMAX}$$\\frac{{\\partial p}}{{\\partial W_{{kj}}}} = x_j p_k (1 - p)$$",
        lambda p: (
            float(Fraction(p[f"x[{p['j']}]"]))
            * softmax(p)[int(p["k"]) - 1]
            * (numpy.eye(int(p["K"]))[int(p["k"]) - 1] - softmax(p))
        ),
    ),
}  # fmt: skip
"""A document with one wrong step on matrices, and its left side."""


def place(point: Point) -> tuple[int, ...]:
    """The entry that `point` names, counted from zero."""
    return tuple(int(point[name]) - 1 for name in ("row", "column", "entry") if name in point)


@pytest.mark.parametrize("kind", WRONG)
def test_the_entry_that_is_named_has_the_value_that_is_told(kind: str) -> None:
    """Rows and columns are those of the author's formula, whatever the reader calls them."""
    text, compute = WRONG[kind]
    (slip,) = (s for s in check_text(text).statements if s.verdict == "refuted")
    assert slip.witness is not None
    point = dict(slip.witness.assignment)
    assert float(slip.witness.lhs) == pytest.approx(float(compute(point)[place(point)]))


@pytest.mark.parametrize("kind", WRONG)
def test_no_name_is_the_readers_own(kind: str) -> None:
    """Every name is in the document, or says what it is."""
    text, _ = WRONG[kind]
    (slip,) = (s for s in check_text(text).statements if s.verdict == "refuted")
    assert slip.witness is not None
    for name, _ in slip.witness.assignment:
        assert name in ("row", "column", "entry") or re.match(r"[A-Za-z]+", name)[0] in text
        assert "_" not in name
        assert "'" not in name


def test_a_name_of_the_authors_is_left_to_him() -> None:
    """Where he calls something a row, the row of the entry is called otherwise."""
    verdict = prove_equal(sympy.Symbol("row") * A * B, B * A)
    assert isinstance(verdict, Refuted)
    names = [name for name, _ in verdict.witness.assignment]
    assert len(set(names)) == len(names)
    assert {"row", "row'", "column"} <= set(names)


@pytest.mark.parametrize(
    ("left", "right"), [((A * B).T, A.T * B.T), ("(A B)^T", "A^T B^T")], ids=["SymPy", "LaTeX"]
)
def test_equalities_are_refuted_in_the_same_words(left: object, right: object) -> None:
    """By whatever way the question came."""
    given = ["A, B \\in \\mathbb{R}^{n \\times n}"] if isinstance(left, str) else []
    verdict = prove_equal(left, right, given=given)
    assert isinstance(verdict, Refuted)
    point = dict(verdict.witness.assignment)
    product = array(point, "A", "n", "n") @ array(point, "B", "n", "n")
    assert float(verdict.witness.left) == pytest.approx(float(product.T[place(point)]))
    assert "row" in verdict._repr_html_()
