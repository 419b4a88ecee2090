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


MEMBERS = (
    ("Some books use $y \\in \\{0, 1\\}$. ", "We use $y \\in \\{0, 1\\}$. "),
    ("We plot $y \\in \\{0, 1\\}$. ", "We take $y \\in \\{0, 1\\}$. "),
    ("Labels $y \\in \\{0, 1\\}$ are treated elsewhere. ", "Labels $y \\in \\{0, 1\\}$ are treated. "),
    ("Is $y \\in \\{0, 1\\}$? ", "Here $y \\in \\{0, 1\\}$. "),
    ("Unless $y \\in \\{0, 1\\}$, ", "As $y \\in \\{0, 1\\}$, "),
    ("Instead of $y \\in \\{0, 1\\}$ we allow more. ", "Besides, $y \\in \\{0, 1\\}$ we allow more. "),
    ("The choice $y \\in \\{0, 1\\}$ is common; ours differs. ", "The choice $y \\in \\{0, 1\\}$ is ours. "),
    ("There is $y \\in \\{0, 1\\}$ with $f(y) = c$. ", "There, $y \\in \\{0, 1\\}$ with $f(y) = c$. "),
    ("Binary $y$ are for the next chapter. ", "Binary $y$ are for this. "),
    ("The binary $y$ was the topic of chapter 1. ", "The binary $y$ is the topic. "),
    ("We hoped that $y$ is binary. ", "We see that $y$ is binary. "),
)
"""Sentences before ``y^2 = y`` that do not say what y is, each with one that does."""


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


@pytest.mark.parametrize("words", [mention for mention, _ in MEMBERS])
def test_a_set_that_is_mentioned_restricts_nothing(words: str) -> None:
    """The claim is false for other values."""
    assert verdict(words + "$$y^2 = y$$") not in ("proved", "proved-where-defined")


@pytest.mark.parametrize("words", [statement for _, statement in MEMBERS])
def test_a_set_that_is_stated_is_used(words: str) -> None:
    """The same claim is right for labels."""
    assert verdict(words + "$$y^2 = y$$") == "proved"


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        ("f(w) - w_0 = w_1 x", True),
        ("f(w_0) = w_0 + w_1 x", False),
        ("f(v) = w_0 + w_1 x", False),
        ("f(w) = f(v)", False),
    ],
)
def test_a_function_of_numbered_parts_is_known_at_its_own_argument_only(claim: str, right: bool) -> None:
    """Nothing says which numbers stand for the parts of another argument."""
    found = verdict(f"Let $f(w) = w_0 + w_1 x$. $${claim}$$")
    assert (found == "proved") is right
