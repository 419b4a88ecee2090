"""What is supposed of values holds from where it is said to where it is taken back."""

from __future__ import annotations

import pytest

from derivations import check_text

PAIRS = (
    # words that take a supposition back, and words that do not
    (
        r"Let $a > 0$. Then $\sqrt{a^2} = a$. We no longer assume that $a$ is positive. $$\sqrt{a^2} = a$$",
        r"Let $a > 0$. Then $\sqrt{a^2} = a$. We still assume that $a$ is positive. $$\sqrt{a^2} = a$$",
    ),
    (
        r"Suppose $x > 0$. Then $|x| = x$. We now drop this assumption. $$|x| = x$$",
        r"Suppose $x > 0$. Then $|x| = x$. We now drop the factor $c$. $$|x| = x$$",
    ),
    (
        r"Assume for now that $x > 0$. Then $|x| = x$. This assumption is now removed. $$|x| = x$$",
        r"Assume that $x > 0$. Without loss of generality, suppose that $c > 0$. $$|x| = x$$",
    ),
    (
        r"Let $v > 0$. Then $|v| = v$. Dropping positivity, $$|v| = v$$",
        r"Let $v > 0$. Then $|v| = v$. Dropping positivity, $$|v|^2 = v^2$$",
    ),
    (
        r"Let $x > 0$. Then $|x| = x$. From here on, $x$ may be negative. $$|x| = x$$",
        r"Let $x > 0$. Then $|x| = x$. From here on, $u$ may be negative. $$|x| = x$$",
    ),
    (
        r"Let $y$ be binary. $$y^2 = y$$ Now relax this. $$y^2 = y$$",
        r"Let $y$ be binary. $$y^2 = y$$ Now use this. $$y^3 = y$$",
    ),
    (
        r"Let $A$ be symmetric. $$A^\top = A$$ Now drop symmetry. $$A^\top = A$$",
        r"Let $A$ be symmetric. $$A^\top = A$$ Now use symmetry. $$A^\top A = A^2$$",
    ),
    (
        r"Let $y$ be binary. $$y^2 = y$$ In regression, $y$ is real. $$y^2 = y$$",
        r"Let $y$ be binary. $$y^2 = y$$ In regression, $u$ is real. $$y^2 + u = y + u$$",
    ),
    (
        r"Let $y$ be binary. $$y^2 = y$$ For continuous $y$, $$y^2 = y$$",
        r"Let $y$ be binary. $$y^2 = y$$ For continuous $u$, $$y^2 u = y u$$",
    ),
    (
        r"Let $y$ be one-hot. $$\sum_k y_k c = c$$ In multi-label problems, $$\sum_k y_k c = c$$",
        r"Let $y$ be one-hot. $$\sum_k y_k c = c$$ In multi-class problems, $$\sum_k y_k c = c$$",
    ),
    (
        r"Let $A$ be symmetric. $$A^\top = A$$ For nonsymmetric $A$, $$A^\top = A$$",
        r"Let $A$ be symmetric. $$A^\top = A$$ For symmetric $A$, $$A^\top = A$$",
    ),
    (
        r"Let $0 < p < 1$. Then $-\log p > 0$. Allowing $p > 1$, we still have $$-\log p > 0.$$",
        r"Let $0 < p < 1$. Then $-\log p > 0$. Doubling it, we still have $$-2 \log p > 0.$$",
    ),
    (
        r"For the moment $w > 0$. $$|w| = w$$ Now for the real thing. It holds. $$|w| = w$$",
        r"For this moment $w > 0$. $$|w| = w$$ Now for the real thing. It holds. $$|w| = w$$",
    ),
    # names that are brought in again with less said of them
    (
        r"Let $a > 0$. $$\sqrt{a^2} = a$$ Now let $a \in \mathbb{R}$. $$\sqrt{a^2} = a$$",
        r"Let $a \in \mathbb{R}$. Let $a > 0$. $$\sqrt{a^2} = a$$",
    ),
    (
        r"Let $x > 0$. $$|x| = x$$ Let $x \neq 0$. $$|x| = x$$",
        r"Let $x \neq 0$. Let $x > 0$. $$|x| = x$$",
    ),
    (
        r"Let $y$ be binary. $$y^2 = y$$ Now let $y$ be a real number. $$y^2 = y$$",
        r"Let $y$ be binary. $$y^2 = y$$ Now let $u$ be a real number. $$y^2 + u = y + u$$",
    ),
    (
        r"Let $A$ be symmetric. $$A^\top = A$$ Now let $A$ be any square matrix. $$A^\top = A$$",
        r"Let $A$ be symmetric. $$A^\top = A$$ Now let $B$ be any square matrix. $$(A B)^\top = B^\top A$$",
    ),
    # suppositions do not hold for what stands before them
    (
        r"$$\sqrt{x^2} = x$$ Now suppose that $x > 0$.",
        r"Now suppose that $x > 0$. $$\sqrt{x^2} = x$$",
    ),
    (
        r"Let $a \in \mathbb{R}$. Then $$|a| = a.$$ Let $a > 0$.",
        r"We see that $$|a| = a,$$ where $a > 0$.",
    ),
    # what contradicts a declaration does not leave it in force
    (
        r"Let $x > 0$. Then $|x| = x$. The same holds if $x < 0$: $$|x| = x$$",
        r"Let $x > 0$. Then $|x| = x$. The same holds if $c < 0$: $$|x| = x$$",
    ),
)
"""Documents whose last claim is false, each with one whose last claim is right."""


def verdict(text: str) -> str:
    """The verdict of the last claim."""
    return [s.verdict for s in check_text(text).statements if s.verdict][-1]


@pytest.mark.parametrize("text", [false for false, _ in PAIRS])
def test_what_does_not_stand_proves_nothing(text: str) -> None:
    """The claim is false for some values that its author allows there."""
    assert verdict(text) not in ("proved", "proved-where-defined")


@pytest.mark.parametrize("text", [true for _, true in PAIRS])
def test_what_stands_is_used(text: str) -> None:
    """Beside it stands one that needs what was supposed, and has it."""
    assert verdict(text) == "proved"
