"""Several things said of one number hold together: what is proved needs all of them, and nothing else."""

from __future__ import annotations

import pytest

from derivations import check_text
from derivations.kernel.sampling import ADMITS
from derivations.language import Domain
from derivations.reading.domains import LIMITS, together

NUMBERS = (-2, -1, -0.5, 0, 0.5, 1, 1.5, 2)


@pytest.mark.parametrize("first", [*LIMITS, Domain.NONZERO])
@pytest.mark.parametrize("second", [*LIMITS, Domain.NONZERO])
def test_two_limits_together_are_both(first: Domain, second: Domain) -> None:
    """A number is in the domain that says both exactly if it is in both."""
    found = together(first, second)
    for number in NUMBERS if found is not None else ():
        assert ADMITS[found](number) == (ADMITS[first](number) and ADMITS[second](number))


PROVED = (
    r"Let $q > 0$. Suppose also $q \le 1$. $$\log q \le 0$$",
    r"Let $0 < \kappa \leq 1$ and $u \in \mathbb{R}$. $$\kappa u^2 \le u^2$$",
    r"Let $h \in (0, 1]$. For $h < 1$ one has $\log h < 0$. $$-\log h \ge 0$$",
    r"Let $\gamma \ge 0$ and $r > 1$. $$r^2 \ge r$$",
    r"Let $p_k \in (0, 1]$ with $\sum_k p_k = 1$. $$\sum_k p_k (a_k + c) = \sum_k p_k a_k + c$$",
)
NOT_PROVED = (
    r"Let $q > 0$. If $q \le 1$, then $\log q \le 0$. In general, $\log q \le 0$.",
    r"Let $\kappa \geq 0$ and $u \in \mathbb{R}$. $$\kappa u^2 \le u^2$$",
    r"Let $h > 0$. For $h \le 1$ one has $\log h \le 0$. Now let $h > 0$. $$\log h \le 0$$",
    r"Let $r > 0$. It is not true that $r > 1$. $$r^2 \ge r$$",
    r"Either $r \ge 1$ or $r < 0$. $$r^2 \ge 1$$",
    r"Let $f(x) \in [0, 1]$. $$f(x) \ge f(x)^3 + f(x)$$",
)


@pytest.mark.parametrize("text", PROVED)
def test_what_is_said_of_a_number_is_used(text: str) -> None:
    """In one sentence or in several."""
    assert check_text(text, "md").statements[-1].verdict in ("proved", "proved-where-defined")


@pytest.mark.parametrize("text", NOT_PROVED)
def test_what_is_not_said_is_not(text: str) -> None:
    """Nor what is said under a condition, or denied."""
    assert check_text(text, "md").statements[-1].verdict not in ("proved", "proved-where-defined")


def test_a_function_within_limits_is_not_refuted_outside_of_them() -> None:
    """What nothing defines takes no values that the text excludes."""
    text = r"Let $f(x) \in [0, 1]$. $$f(x)^2 \le f(x)$$"
    assert check_text(text, "md").statements[-1].verdict != "refuted"


def test_nothing_said_is_read() -> None:
    """A name that is said to be real, and then again, has no limits and no conflict."""
    text = r"Let $x \in \mathbb{R}$. We no longer assume that $x > 0$. Let $x \in \mathbb{R}$. $$x + x = 2x$$"
    assert check_text(text, "md").statements[-1].verdict == "proved"
