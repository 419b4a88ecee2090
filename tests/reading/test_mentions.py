"""An inequality that is only mentioned supposes nothing; one that words grant is used."""

from __future__ import annotations

import pytest

from derivations import check_text

MENTIONED = (
    "We plot $x > 0$ in red. ",
    "We leave $x > 0$ to the reader. ",
    "Points with $x > 0$ are blue. ",
    "The set of $x > 0$ is open. ",
    "The region $x > 0$ lies to the right. ",
    "The half-line $x > 0$ is convex. ",
    "We loop while $x > 0$. After the loop, ",
    "The model outputs $1$ where $x > 0$. ",
    "We predict the positive class for $x > 0$. ",
    "In contrast to the case $x > 0$, ",
    "Beyond the case $x > 0$: ",
    "Under the assumption $x > 0$, Lemma 2 holds. Lemma 3: ",
    "As it decreases, $x > 0$ ceases to hold. ",
    "Since $x > 0$ is impossible, ",
    "Is $x > 0$? ",
    "There is an $x > 0$ with $f(x) = c$. ",
    "| case | value |\n|---|---|\n| $x > 0$ | $x$ |\n\n",
)
"""Sentences before ``|x| = x`` that do not grant it."""

GRANTED = (
    "Let $x > 0$. ",
    "We have chosen $x > 0$. ",
    "Consider a weight $x > 0$. ",
    "Take a sample with temperature $x > 0$. ",
    "Let $c > 1$ and $x > 0$. ",
    "We predict $\\hat y$ and assume $x > 0$. ",
    "Under the assumption $x > 0$, ",
    "Every observation carries a weight $x > 0$. ",
    "In the case $x > 0$, ",
    "Here $x > 0$. ",
)
"""Sentences before it that do."""


def verdict(text: str) -> str:
    """The verdict of the last claim."""
    return [s.verdict for s in check_text(text).statements if s.verdict][-1]


@pytest.mark.parametrize("words", MENTIONED)
def test_a_mention_supposes_nothing(words: str) -> None:
    """The claim is false for some x, and nobody excludes those."""
    assert verdict(words + "$$|x| = x$$") not in ("proved", "proved-where-defined", "refuted")


@pytest.mark.parametrize("words", GRANTED)
def test_what_words_grant_is_used(words: str) -> None:
    """The same claim is right where x is positive."""
    assert verdict(words + "$$|x| = x$$") == "proved"


def test_the_kronecker_delta_is_judged_where_it_has_a_value() -> None:
    """Its values are claims, in the case that they stand in."""
    assert verdict(r"When $i = j$, $\delta_{ij} = 1$.") == "proved"
    assert verdict(r"When $i = j$, $\delta_{ij} = 1$; when not, $\delta_{ij} = 1$.") != "proved"
