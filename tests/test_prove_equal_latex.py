"""Equalities in LaTeX: read as a document reads them, but asked, so that no side is a definition."""

from __future__ import annotations

import contextlib

import pytest

from derivations import binary, one_hot, prove_equal, simplex, unit_interval
from derivations.language.matrices import ShapeError
from derivations.reading import UnreadableEquality

SOFTMAX = r"p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}"
SHAPES = (r"X \in \mathbb{R}^{m \times n}", r"y \in \mathbb{R}^m", r"w \in \mathbb{R}^n")

PROVED = {
    "a derivative": (r"\frac{d}{dz} \sigma(z)", r"\sigma(z)(1 - \sigma(z))"),
    "a definition that is given": ("h", r"\frac{e^z}{1 + e^z}", r"h = \sigma(z)"),
    "an entry of a family": ("p_K", r"1 - \sum_{k=1}^{K-1} p_k", SOFTMAX),
    "labels": (r"\frac{\partial L}{\partial z_j}", "p_j - t_j", SOFTMAX, r"L = -\sum_{k=1}^K t_k \log p_k",
               r"\sum_{k=1}^K t_k = 1"),
    "labels in words": (r"\sum_{k=1}^K t_k z_k^2", r"\left(\sum_{k=1}^K t_k z_k\right)^2", "$t$ is one-hot"),
    "indices": (r"\delta_{ij} x_i", "x_j", "i = j"),
    "shapes": (r"\nabla_w \|Xw - y\|^2", r"2 X^\top (X w - y)", *SHAPES),
    "an equation": ("a^2 - b^2", "a - b", "a + b = 1"),
    "a domain": (r"\sqrt{x^2}", "x", "x > 0"),
}  # fmt: skip


@pytest.mark.parametrize("name", PROVED)
def test_a_true_equality_is_proved(name):
    left, right, *given = PROVED[name]
    assert prove_equal(left, right, given=given).kind == "proved"
    assert prove_equal(right, left, given=given).kind == "proved"


@pytest.mark.parametrize("name", sorted(PROVED.keys() - {"a derivative", "shapes"}))
def test_it_is_not_without_what_is_given(name):
    left, right, *_ = PROVED[name]
    with contextlib.suppress(UnreadableEquality):
        assert prove_equal(left, right).kind in ("refuted", "undecided")


REFUTED = {
    "no definition": ("h", r"\sigma(z)"),
    "no assumption": ("x", "2"),
    "no equation to be solved": ("x - x^2", "0"),
    "a wrong sign": (r"\frac{d}{dz} \log \sigma(z)", r"\sigma(z) - 1"),
    "a missing factor": (r"\nabla_w \|Xw - y\|^2", r"X^\top (X w - y)", *SHAPES),
}


@pytest.mark.parametrize("name", REFUTED)
def test_a_false_equality_is_refuted(name):
    left, right, *given = REFUTED[name]
    assert prove_equal(left, right, given=given).kind == "refuted"


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        ("y^2", "y", binary("y")),
        (r"\sum_{k=1}^K t_k", "1", one_hot("t")),
        (r"\sum_{k=1}^K t_k", "1", simplex("t")),
        (r"\sqrt{(1 - q)^2}", "1 - q", unit_interval("q")),
    ],
)
def test_values_can_be_said_as_in_sympy(left, right, given):
    assert prove_equal(left, right, given=[given]).kind == "proved"
    assert prove_equal(left, right).kind == "refuted"


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        (r"\frac{\partial}{\partial w_j} (h h)", "0", []),
        (r"\frac{\partial J}{\partial w_j}", "x_j", []),
        ("f(2x)", "2f(x)", []),
        ("a", "1", ["a^2 = 1"]),
        (r"\sum_{k=1}^{K-1} \delta_{kl} z_k", "z_l", []),
    ],
)
def test_what_nothing_is_said_of_is_undecided(left, right, given):
    """Names that may depend on others, functions, and what is given but not understood."""
    assert prove_equal(left, right, given=given).kind == "undecided"


@pytest.mark.parametrize(
    ("left", "right", "given", "named"),
    [
        ("a = b", "c", [], "relation"),
        ("a $ b", "c", [], "dollar"),
        ("a % b", "c", [], "dollar"),
        ("", "c", [], "one formula"),
        (r"a \\ b", "b", [], "one formula"),
        (r"\frac{a", "c", [], "one formula"),
        ("a)", "c", [], "left side, character 2"),
        ("a", "c + )", [], "right side, character 5"),
        ("a", "a", ["a > 0", "b) < 1"], "number 2"),
        ("a^2", "a", [binary("b")], "b"),
        ("a^2", "a", [one_hot("a")], "one-hot"),
        ("a^2", "a", ["a > 0", binary("a")], "two domains"),
        ("a", "b", ["We have $(a + b)^2 = a$."], "assumed"),
    ],
)
def test_what_is_not_understood_is_named(left, right, given, named):
    with pytest.raises(UnreadableEquality, match=named):
        prove_equal(left, right, given=given)


def test_shapes_that_do_not_fit_are_an_error():
    with pytest.raises(ShapeError):
        prove_equal("X w", "w X", given=SHAPES)


@pytest.mark.parametrize(("left", "right", "given"), [("a", 1, []), (1, "a", []), ("a", "a", [1])])
def test_latex_and_sympy_do_not_mix(left, right, given):
    with pytest.raises(TypeError, match="LaTeX"):
        prove_equal(left, right, given=given)
