"""Inequalities that hold in a part of a document: what is proved by them, and what is not."""

from __future__ import annotations

import pytest

from derivations import check_text


def verdicts(text: str) -> list[str]:
    """The verdicts of a document's claims."""
    return [s.verdict or "" for s in check_text(text, "md").statements if s.role == "claim"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If $t < 0$, then $t^3 < 0$.", "proved"),
        ("If $t < 0$, then $t^3 > 0$.", "refuted"),
        ("For $t \\le 0$ we have $t^3 \\le 0$.", "proved"),
        ("For $t \\le 0$ we have $t^3 < 0$.", "refuted"),
        ("If $t < 0$, then $\\sigma(t) < \\frac12$.", "proved"),
        ("If $t \\le 0$, then $\\sigma(t) < \\frac12$.", "refuted"),
        ("If $t \\ge 0$, then $\\sigma(t) \\ge \\frac12$.", "proved"),
        ("If $t \\ge 0$, then $\\sigma(t) > \\frac12$.", "refuted"),
        ("If $t < 0$, then $e^t > 1$.", "refuted"),
        ("If $t < 0$, then $\\frac{d}{dt} t^2 < 0$.", "proved"),
        ("If $t < 0$, then $\\frac{d}{dt} t^3 < 0$.", "refuted"),
        ("If $t < -2$, then $t^3 < 0$.", "proved"),
        ("If $t > 2$, then $2 t > 0$.", "proved"),
        ("If $t \\ge 1$, then $2 t > 0$.", "proved"),
        ("If $-1 < t < 0$, then $t^3 < 0$.", "proved"),
        ("If $0 \\le t \\le 1$, then $2 t \\ge 0$.", "proved"),
        ("$$t^3 < 0 \\quad \\text{if } t < 0$$", "proved"),
        ("Let $q \\in [0, \\infty)$. Then $2 q \\ge 0$.", "proved"),
        ("Let $q \\in (0, 1]$. Then $2 q > 0$.", "proved"),
        ("Let $s < 0$. We have $2 s < 0$.", "proved"),
        ("Let $s < 0$. We have $2 s > 0$.", "refuted"),
    ],
)
def test_a_condition_says_what_follows_from_its_sign(text: str, expected: str) -> None:
    """Exactly, where its limit is 0; less than all, where it is another number."""
    assert verdicts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "If $t > 2$, then $t^3 > 8$.",
        "If $0 \\le t \\le 1$, then $t^2 \\le t$.",
        "Let $q \\in [0, 1]$. Then $q^2 \\le 1$.",
        "Let $y \\in \\{0, 1\\}$. If $y > 0$, then $y^2 = 1$.",
    ],
)
def test_what_a_condition_says_beyond_its_sign_refutes_nothing(text: str) -> None:
    """True as its author means it, though not for every number of that sign."""
    assert verdicts(text) != ["refuted"]


@pytest.mark.parametrize(
    "text",
    [
        "- If $u \\ge 0$ then $u^3 \\ge 0$;\n- if $u < 0$ then $u^3 < 0$.\n\nAlways $u^3 \\le 0$.",
        "If $t > 2$, then $t^3 > 1$ and $t > 0$.\n\nFor every t we have $2 t > 0$.",
        "If $t < 0$, then $t^3 < 0$. Moreover $t^5 < 0$.",
    ],
)
def test_nothing_is_proved_by_a_condition_of_another_sentence(text: str) -> None:
    """Neither behind the list in whose item it stands, nor by what was concluded from it."""
    assert verdicts(text)[-1] != "proved"


def test_the_condition_of_a_sentence_goes_before_that_of_an_item_above() -> None:
    """Both may speak of one name."""
    items = "- If $u \\ge 0$ then $2 u \\ge 0$;\n- if $u < 0$ then $2 u < 0$."
    assert verdicts(f"{items}\n\nFor $u \\ge 0$ also $u^3 \\ge 0$.") == ["proved"] * 3


def test_a_size_has_at_least_what_is_stated() -> None:
    """And no more: a bound that needs three classes fails for two."""
    text = (
        "Let $K \\ge 2$, $z \\in \\mathbb{R}^K$. Then $\\frac1K \\le \\frac12$. But $\\frac1K \\le \\frac13$."
    )
    first, second = verdicts(text)
    assert (first == "refuted", second) == (False, "refuted")
