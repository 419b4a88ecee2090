"""Of which names words speak: an adjective ends where another thing is spoken of."""

from __future__ import annotations

import pytest

from derivations import check_text

SQUARE, ROOT, TOTAL = "$$p^2 + y = p + y$$", r"$$\sqrt{x^2} a = x a$$", r"$$2 \sum_{k=1}^K p_k = 2$$"
TURNED = r"$$(A B)^\top = B A$$"

SPOKEN = {
    ("Let $y$ and $p$ be binary.", SQUARE),
    ("For binary labels $y$ and binary $p$:", SQUARE),
    ("The binary class label $y$ and the binary $p$ are given.", SQUARE),
    ("Let $a$ and $x$ be positive.", ROOT),
    ("Here $a$ is real and $x$ is a positive number.", ROOT),
    ("For positive step sizes $x$:", ROOT),
    ("Let $p$ be one-hot.", TOTAL),
    ("For a one-hot label vector $p$:", TOTAL),
    ("For one-hot encoded labels $p$:", TOTAL),
    ("Let $q$ and $p$ be probability vectors.", TOTAL),
    ("Let $A$ and $B$ be symmetric.", TURNED),
    ("For symmetric matrices $A$ and $B$:", TURNED),
    ("Let $A$ be symmetric and let $B$ be symmetric.", TURNED),
    ("The entries of $x$ are positive.", r"$$\sqrt{x_i^2} = x_i$$"),
}
"""Words, and what holds because of them."""

UNSPOKEN = {
    ("Let $y$ be binary and $p$ be a number.", SQUARE),
    ("Let $y$ be binary and $p$ real.", SQUARE),
    ("The labels are binary and the scores $p$ are real.", SQUARE),
    ("Let $a$ be positive and $x$ be real.", ROOT),
    ("With $a$ positive and $x$ given:", ROOT),
    ("Let $a = x$ and $c$ be positive.", r"$$\sqrt{x^2} c = x c$$"),
    ("The norm of $x$ is positive.", ROOT),
    ("The product of $a$ and $x$ is positive.", ROOT),
    ("Let $t$ be one-hot and $p$ be a vector.", TOTAL),
    ("Suppose $t$ is one-hot and $p$ is a vector of scores.", TOTAL),
    ("Labels are one-hot and logits $p$ are real.", TOTAL),
    ("The cross-entropy of logits $p$ with one-hot labels $t$:", TOTAL),
    ("Let $q$ be a probability vector and $p$ a vector.", TOTAL),
    ("Let $A$ be symmetric and $B$ be square.", TURNED),
    ("Let $A$ be symmetric, $B$ square.", TURNED),
}
"""Words that say nothing of the name that matters."""


def verdict(words: str, claim: str) -> str | None:
    report = check_text(f"{words}\n\nWe get\n{claim}\n")
    return [s.verdict for s in report.statements if s.role == "claim"][-1]


@pytest.mark.parametrize(("words", "claim"), sorted(SPOKEN))
def test_what_words_say_of_a_name_counts(words: str, claim: str) -> None:
    """The claim is proved with them, and not without."""
    assert verdict(words, claim) == "proved"
    assert verdict("", claim) in ("refuted", "undecided", "unreadable")


@pytest.mark.parametrize(("words", "claim"), sorted(UNSPOKEN))
def test_what_words_say_of_another_name_does_not(words: str, claim: str) -> None:
    """A name behind "and" has an adjective of its own."""
    assert verdict(words, claim) in ("refuted", "undecided", "unreadable")
