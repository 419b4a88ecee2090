"""What follows is told apart from what is supposed: a relation that is concluded is judged, or told."""

from __future__ import annotations

import pytest

from derivations import check_text
from derivations.checking.report import StatementReport

FALSE = {
    "behind a condition": r"We have $x + x = 2x$ for $x > 0$, and $\sigma(t) > \frac12$.",
    "an equation for what is supposed": r"Let $\gamma^t = b$. $\gamma = b$ and $\gamma + 1 = b + 1$.",
    "a logarithm that is supposed": r"Let $\log u = v$. $$u = v$$ $$u + 1 = v + 1$$",
    "an exponent that is supposed": r"Let $2^k = m$. $$k = m$$ $$k + 1 = m + 1$$",
    "a parameter": r"The minimum lies where $w = c$. $$w = 2c$$ $$w + c = 3c$$",
    "the step of a parameter": r"With the rate $\alpha$, $w := w - \alpha g$. $$w = w_0 + \alpha g$$",
    "a sign": r"Let $a > 0$. We get $a > 1$.",
    "a sign that is clear": r"Let $a > 0$. Clearly, $a > 1$.",
    "a sign under a condition": r"For $x > 0$ we have $x \ge 1$.",
    "a value": r"Let $y \in \{0, 1\}$. Hence $y = 1$.",
    "a value behind another": r"Let $x = 2$. Then $x = 3$.",
    "the other way round": r"If $x = 2$, then $x^2 = 4$. Conversely, if $x^2 = 4$, then $x = 2$.",
}
"""Documents whose last relation is false, and is no longer passed over as something that is supposed."""

TRUE = {
    "behind a condition": r"We have $|x| = x$ for $x > 0$, and $\sigma(t) > 0$.",
    "a definition of what is used above": r"Let $\gamma^t = b$, where $\gamma = e^c$. $$\log \gamma = c$$",
    "a step of its own": r"Let $w = w_0 - \alpha g$. $$w_0 - w = \alpha g$$",
    "a sign": r"Let $a > 0$. We get $2a > 0$.",
    "a sign under a condition": r"For $x > 0$ we have $x \ge 0$.",
    "a value": r"Let $y = 1$. Hence $y + 1 = 2$.",
    "a condition with another": r"If $x > 0$ and $c = 1$, then $c |x| = x$.",
}
"""Documents whose last relation is right, and is judged."""


def last(text: str) -> StatementReport:
    """The last statement of a document."""
    return check_text(text).statements[-1]


@pytest.mark.parametrize("name", FALSE)
def test_what_is_concluded_is_not_passed_over(name: str) -> None:
    """It is a claim, and not proved."""
    assert last(FALSE[name]).verdict in ("refuted", "undecided", "unreadable")


@pytest.mark.parametrize("name", TRUE)
def test_what_is_concluded_rightly_is_proved(name: str) -> None:
    """The reader does not simply give up."""
    assert last(TRUE[name]).verdict == "proved"


def test_a_value_that_is_found_is_told_and_used() -> None:
    """It is a claim of its own, and what follows may rest on it."""
    found = check_text(r"The label $t$ is one-hot. Suppose $t_j = 1$, so that $t_j = 1$. $$2 t_j = 2$$")
    assert [s.verdict for s in found.statements if s.verdict][-1] == "proved"
