"""How inequalities are read: their signs, their chains, and the order between matrices."""

from __future__ import annotations

import pytest

from derivations import check_text
from derivations.language import Claim, Role
from derivations.reading import read

MATRICES = (
    "Let $X \\in \\mathbb{R}^{m \\times n}$, $v \\in \\mathbb{R}^n$, $\\lambda > 0$ and "
    "$p = \\frac{1}{1 + e^{-z}}$.\n\n"
)


def claims(text: str) -> list[tuple[str, str | None]]:
    """The readings and problems of a document's claims."""
    found = [s for s in read(MATRICES + text, "md").statements if s.role is Role.CLAIM]
    return [(s.reading, s.problem) for s in found]


@pytest.mark.parametrize(
    ("sign", "meaning"),
    [
        *((sign, "<=") for sign in ("\\le", "\\leq", "\\leqslant", "≤", "⩽")),
        *((sign, ">=") for sign in ("\\ge", "\\geq", "\\geqslant", "≥", "⩾")),
        ("<", "<"), ("\\lt", "<"), (">", ">"), ("\\gt", ">"),
    ],
)  # fmt: skip
def test_a_sign_is_read(sign: str, meaning: str) -> None:
    """In all the ways in which people type it."""
    assert claims(f"We have $p (1 - p) {sign} \\frac14$.") == [(f"p*(1 - p) {meaning} 1/4", None)]


@pytest.mark.parametrize(
    ("sign", "meaning"),
    [
        ("\\preceq", "preceq"), ("\\preccurlyeq", "preceq"), ("⪯", "preceq"), ("≼", "preceq"),
        ("\\succeq", "succeq"), ("\\succcurlyeq", "succeq"), ("⪰", "succeq"), ("≽", "succeq"),
        ("\\prec", "prec"), ("≺", "prec"), ("\\succ", "succ"), ("≻", "succ"),
    ],
)  # fmt: skip
def test_the_order_between_matrices_is_read(sign: str, meaning: str) -> None:
    """With the entries of both sides by the same two indices."""
    text = f"We have $X^T X {sign} X^T X + \\lambda I$."
    assert claims(text) == [(f"X^T*X {meaning} X^T*X + lambda*I", None)]


@pytest.mark.parametrize("text", ["$X^T X + \\lambda I \\succ 0$", "$0 \\prec X^T X + \\lambda I$"])
def test_a_zero_on_either_side_is_the_zero_matrix(text: str) -> None:
    """And the claim knows which indices are those of rows and of columns."""
    claim = read(f"{MATRICES}We have {text}.", "md").statements[-1].claim
    assert isinstance(claim, Claim)
    assert None not in claim.axes


def test_a_chain_of_signs_is_one_claim_a_step() -> None:
    """Each between its neighbours."""
    assert claims("$$0 < p (1 - p) = p - p^2 \\le \\frac14 < 1$$") == [
        ("0 < p*(1 - p)", None),
        ("p*(1 - p) = p - p^2", None),
        ("p - p^2 <= 1/4", None),
        ("1/4 < 1", None),
    ]


def test_rows_of_a_display_go_on_with_any_sign() -> None:
    """The left side of a row is the right side of the row above."""
    text = "\\begin{aligned} p (1 - p) &= p - p^2 \\\\ &\\le \\tfrac14 \\\\ &< 1 \\end{aligned}"
    assert claims(f"$${text}$$") == [
        ("p*(1 - p) = p - p^2", None),
        ("p - p^2 <= 1/4", None),
        ("1/4 < 1", None),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("$X^T X \\ge 0$", "one of entries or of quadratic forms"),
        ("$2 X^T X \\ge X^T X$", "one of entries or of quadratic forms"),
        ("$v^T v \\succeq 0$", "compares matrices"),
        ("$2 v \\succeq 0$", "compares square matrices"),
        ("$2 X \\succeq X$", "compares square matrices"),
        ("$X^T X \\preceq \\frac14$", "write it times I"),
    ],
)
def test_what_has_two_meanings_is_asked_for(text: str, problem: str) -> None:
    """Authors differ on what these say; a claim that is read the wrong way may be called wrong."""
    ((_, told),) = claims(f"We have {text}.")
    assert problem in (told or "")


@pytest.mark.parametrize(
    "text", ["Let $A \\succ 0$.", "Suppose that $X^T X \\succ 0$.", "If $X^T X \\succ 0$, we stop."]
)
def test_an_order_that_is_supposed_is_no_claim(text: str) -> None:
    """Neither of a name that nothing defines nor of what the document knows."""
    assert claims(text) == []


def test_a_number_bounds_a_vector_entry_by_entry() -> None:
    """As it does in print."""
    derivation = read("Let $u \\in \\mathbb{R}^n$. We have $\\sigma(u) \\le 1$.", "md")
    claim = derivation.statements[-1]
    assert (claim.problem, "entry by entry" in " ".join(claim.notes)) == (None, True)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Both exponents are $\\le 0$.", []),
        ("The values $p$ are $\\ge 0$ and $\\le 1$.", []),
        ("$p (1 - p) = p - p^2$, which is $\\le 1/4$.", ["p*(1 - p) = p - p^2", "p - p^2 <= 1/4"]),
        ("$p (1 - p) \\le 1/4$ for $p$ that is $\\ge 0$.", ["p*(1 - p) <= 1/4"]),
    ],
)
def test_an_order_without_a_left_side_goes_on_from_no_other_formula(text: str, readings: list[str]) -> None:
    """Its subject is a word, unless it is said to be what stands before."""
    assert claims(text) == [(reading, None) for reading in readings]


@pytest.mark.parametrize("text", ["$\\sigma(z) \\le 1$", "$h (1 - h) \\le \\frac14$", "$\\tanh(z) < 1$"])
def test_what_everyone_knows_the_value_of_is_claimed(text: str) -> None:
    """Though the document does not define it, an inequality about it is no assumption."""
    assert len(claims(f"We have {text}.")) == 1


@pytest.mark.parametrize("words", ["except for", "but not for", "not for", "even if"])
def test_a_condition_that_is_turned_round_is_asked_for(words: str) -> None:
    """What is claimed where the condition fails is not proved where it holds."""
    ((_, problem),) = claims(f"$$u^3 > 0 \\quad \\text{{{words} }} u > 0$$")
    assert problem is not None


def test_a_condition_that_says_real_restricts_nothing() -> None:
    """A failure under it is a refutation; one under a sign is judged with the sign."""
    report = check_text(
        "$$u^2 < 0 \\quad \\forall u \\in \\mathbb{R}$$ $$w^3 \\ge 0 \\quad \\forall w \\ge 0$$", "md"
    )
    assert [s.verdict for s in report.statements] == ["refuted", "proved"]


@pytest.mark.parametrize(
    "text",
    [
        "Let $q(w) = w^2$. Look at $a = -6$ and $b = 0$. Then $q(a) > q(b)$.",
        "Let $v \\in \\mathbb{R}^K$. Its mean: $\\bar v^2 \\le \\frac1K \\sum_{k=1}^K v_k^2$.",
        "Let $J = \\frac1m \\sum_i e^{a_i}$. Then $J > 0$.",
        "Let $J = \\frac1m \\sum_i e^{a_i}$. Then $J \\ge \\frac1m e^{a_1}$.",
        "We have $\\frac{K - 1}{K} \\ge 0$.",
    ],
)
def test_points_means_and_numbers_of_things_are_no_variables(text: str) -> None:
    """True as their authors mean them, and false of every real number."""
    assert "refuted" not in [s.verdict for s in check_text(text, "md").statements]
