"""Letters that count: the n of a mean is the number of what is summed, if everything in the text agrees."""

from __future__ import annotations

import pytest

from derivations import check_text

PROVED = (
    r"$$\frac1n \sum_i (a_i + c) = \frac1n \sum_i a_i + c$$",
    r"$$\frac{\sum_i c}{m} = c$$",
    r"$$\sum_k \frac{1}{K} = 1$$",
    r"Let $q_k = (1 - s) y_k + \frac{s}{K}$ with a one-hot $y$. $$\sum_k q_k = 1$$",
    r"Let $E(v) = \frac1n \sum_i \log(1 + e^{-t_i v^\top x_i})$. $$E(0) = \log 2$$",
)
REFUTED = (
    r"$$\frac1n \sum_i (a_i + c) = \frac1n \sum_i a_i + nc$$",
    r"$$\sum_k \frac{1}{K} = K$$",
    r"Let $q_k = (1 - s) y_k + \frac{s}{K}$ with a one-hot $y$. $$\sum_k q_k = 1 + s$$",
)
OPEN = (
    # two sets that one letter would count
    r"$$\frac1n \sum_i a_i + \frac1n \sum_j b_j = \frac1n \sum_i a_i + \frac1n \sum_j b_j + c - c$$"
    r" $$\frac1n \sum_i c = c$$",
    # a letter of which something is said
    r"Let $n = 3$. $$\frac1n \sum_i c = c$$",
    r"Let $0 < K < 1$. $$\sum_k \frac{1}{K} = 1$$",
    # a divisor that stands before something else
    r"$$\frac{c}{m} \sum_j a = ca$$",
)


@pytest.mark.parametrize("text", PROVED)
def test_a_mean_is_over_all_terms(text: str) -> None:
    """It is proved, and the convention is told."""
    last = check_text(text, "md").statements[-1]
    assert last.verdict in ("proved", "proved-where-defined")


@pytest.mark.parametrize("text", REFUTED)
def test_a_slip_in_a_mean_is_found(text: str) -> None:
    """The letter is not free to make it true."""
    assert check_text(text, "md").statements[-1].verdict == "refuted"


@pytest.mark.parametrize("text", OPEN)
def test_nothing_is_counted_where_the_text_disagrees(text: str) -> None:
    """Such a step is not proved by a convention."""
    assert check_text(text, "md").statements[-1].verdict not in ("proved", "proved-where-defined")


def test_the_convention_is_told() -> None:
    """In the notes of the step."""
    (statement,) = check_text(r"$$\frac1n \sum_i c = c$$", "md").statements
    assert "n is the size of the range of a sum" in statement.notes
