"""Refutations that rest on what nobody said are doubts, and only these: who states the name is refuted.

Every row is a step that fails as it is read and may be meant otherwise, and what makes it certain.
"""

from __future__ import annotations

import pytest

from derivations import check_text

SOFTMAX = r"Let $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$. "
DOUBTS = (
    (
        "two names are written x[1]",
        r"Let $w \in \mathbb{R}^n$ and $q = e^{x \cdot w}$. $$\frac{\partial q}{\partial w_j} = 2 q x_j$$",
        r"Let $w, x \in \mathbb{R}^n$ and $q = e^{x \cdot w}$. $$\frac{\partial q}{\partial w_j} = 2 q x_j$$",
    ),
    (
        "nothing says what y is",
        r"$$y^2 v = v$$",
        r"Let $y \in \mathbb{R}$. $$y^2 v = v$$",
    ),
    (
        "nothing says whether q adds up to 1",
        SOFTMAX + r"$$\sum_{k=1}^K q_k p_j = p_j$$",
        SOFTMAX + r"Let $q \in \mathbb{R}^K$. $$\sum_{k=1}^K q_k p_j = p_j$$",
    ),
    (
        "nothing says how A and a go together",
        r"Let $a_k > 0$ for $k = 1, \dots, n$. $$\sum_{k=1}^n a_k = A$$",
        r"Let $a_k > 0$ for $k = 1, \dots, n$ and $A > 0$. $$\sum_{k=1}^n a_k = A$$",
    ),
    (
        "C may be the size of u",
        r"Let $v_j = u_j - \frac{1}{C}$ where $u$ is a probability vector. $$\sum_j v_j = 0 \cdot C$$",
        r"Let $C \in \mathbb{R}$ and $v_j = u_j - \frac{1}{C}$ where $u$ is a probability vector. "
        r"$$\sum_j v_j = 0 \cdot C$$",
    ),
    (
        "nothing says what c is",
        r"$$x^2 - x \ge c$$",
        r"Let $c, x \in \mathbb{R}$. $$x^2 - x \ge c$$",
    ),
)


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, text, _ in DOUBTS])
def test_what_nobody_introduced_is_a_doubt(reason: str, text: str) -> None:
    """The reason names it."""
    last = check_text(text, "md").statements[-1]
    assert last.verdict == "undecided"
    assert reason in (last.reason or "")


@pytest.mark.parametrize("text", [certain for _, _, certain in DOUBTS])
def test_what_is_introduced_is_refuted(text: str) -> None:
    """The same step, of names that the text introduces."""
    assert check_text(text, "md").statements[-1].verdict == "refuted"


def test_a_count_that_cannot_help_is_no_doubt() -> None:
    """A step that fails whatever a letter counts is refuted."""
    text = r"Let $v_j = u_j - \frac{1}{C}$ where $u$ is a probability vector. $$\sum_j v_j = 1$$"
    assert check_text(text, "md").statements[-1].verdict == "refuted"


SUPPOSED = r"Let $E(v) = \|v\|^2 + c$. Every $v$ with $E(v) \le E(u)$ has $\|v\|^2 \le \|u\|^2$."
CONCLUSIONS = (
    (SUPPOSED + r" Thus $\|v\| \le \|u\|$.", "undecided"),
    (SUPPOSED + r" But $\|v\| \le \|u\|$ for all $v$.", "refuted"),
    (r"Let $w, h \in \mathbb{R}^n$. " + SUPPOSED + r" Thus $\|w\| \le \|h\|$.", "refuted"),
    (r"Let $E(v) = \|v\|^2 + c$. We have $E(v) \ge c$. Thus $\|v\| \ge 1$.", "refuted"),
)


@pytest.mark.parametrize(("text", "verdict"), CONCLUSIONS)
def test_a_conclusion_may_rest_on_what_was_not_understood(text: str, verdict: str) -> None:
    """If it is one, and if the line above speaks of its names."""
    assert check_text(text, "md").statements[-1].verdict == verdict
