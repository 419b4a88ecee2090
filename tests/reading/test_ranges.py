"""A sentence that speaks of some values of an index makes claims about those only, and no others do."""

from __future__ import annotations

import pytest

from derivations import check_text

SETTING = (
    r"Let $\beta \in \mathbb{R}^{K \times d}$, $x \in \mathbb{R}^d$ and "
    r"$p_k = \frac{e^{\beta_k^\top x}}{1 + \sum_{l=1}^{K-1} e^{\beta_l^\top x}}$ for $k = 1, \dots, K-1$."
    "\n\n"
)
STEP = r"\nabla_{\beta_k} \log\left(1 + \sum_{l=1}^{K-1} e^{\beta_l^\top x}\right) = p_k x"


def verdicts(text: str) -> list[str | None]:
    return [one.verdict for one in check_text(SETTING + text).statements if one.role == "claim"]


@pytest.mark.parametrize(
    "sentence",
    [
        "For $k = 1, \\dots, K-1$, $$<S>.$$",
        "For $k \\in \\{1, \\dots, K-1\\}$ we have $$<S>.$$",
        "We have $<S>$ for $k = 1, \\dots, K-1$.",
        "$$<S>, \\qquad k = 1, \\dots, K-1.$$",
    ],
)
def test_what_a_sentence_leaves_out_is_no_witness(sentence: str) -> None:
    assert verdicts(sentence.replace("<S>", STEP)) == ["proved"]


def test_the_reading_says_what_is_left_out() -> None:
    report = check_text(f"{SETTING}For $k = 1, \\dots, K-1$, $${STEP}.$$")
    assert report.statements[-1].reading.endswith("for k in 1..K-1")


def test_what_is_wrong_within_the_range_is_refuted() -> None:
    assert verdicts(f"For $k = 1, \\dots, K-1$, $${STEP.replace('= p_k', '= -p_k')}.$$") == ["refuted"]


@pytest.mark.parametrize(
    "sentence",
    [
        "For $k = 1, \\dots, K$, $$<S>.$$",
        "$$<S>.$$",
        "Let $k = 1, \\dots, K-1$.\n\nThen for all $k = 1, \\dots, K$, $$<S>.$$",
        "For $k = 1, \\dots, K-1$, $p_k > 0$, and for $k = K$, $<S>$.",
        "For $k = 1, \\dots, K-1$, $p_k > 0$, and for $k = K$ as well, $<S>$.",
        "This $p_k$ is positive for $k = 1, \\dots, K-1$, and for every $k$ it is true that $<S>$.",
        "As $p_k$ is one of $k = 1, \\dots, K-1$, in all of the classes $<S>$.",
    ],
)
def test_no_range_of_something_else_leaves_out_the_last_class(sentence: str) -> None:
    assert verdicts(sentence.replace("<S>", STEP))[-1] not in ("proved", "proved-where-defined")
