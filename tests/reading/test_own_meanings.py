"""Names and signs to which words give another meaning: nothing is judged by the old one."""

from __future__ import annotations

import pytest

from derivations import check_text

PAIRS = (
    # names that words rename
    (
        r"Define $s = a + b$. From now on $s$ denotes $a - b$. $$s = a + b$$",
        r"Define $s = a + b$. Here $s$ denotes a sum. $$s = b + a$$",
    ),
    (
        r"Define $s = a + b$. Henceforth, $s$ stands for the sum of squares. $$s = a + b$$",
        r"Define $s = a + b$, which stands for the sum. $$s = b + a$$",
    ),
    (
        r"Let $g(t) = t^2$. Now replace $g$ by its derivative. $$g(t) = t^2$$",
        r"Let $g(t) = t^2$. Now replace $g$ by its definition. $$g'(t) = 2t$$",
    ),
    (
        r"Let $a = 3$. We then change $a$ to $4$. $$a + 1 = 4$$",
        r"Let $a = 3$. We then add $a$ to $4$. $$a + 1 = 4$$",
    ),
    (
        r"Let $u = x + 1$. Swap the roles of $u$ and $x$. $$u = x + 1$$",
        r"Let $u = x + 1$. Mind the roles of $u$ and $x$. $$u - 1 = x$$",
    ),
    (
        r"Let $L = -\log p$ be the loss. We now switch the sign of $L$. $$-L = \log p$$",
        r"Let $L = -\log p$ be the loss. We now look at the sign of $L$. $$-L = \log p$$",
    ),
    (
        "# Ridge\nLet $J = w^2 + c w$.\n\n# Lasso\nHere $J$ is different.\n$$\\frac{dJ}{dw} = 2w + c$$",
        "# Ridge\nLet $J = w^2 + c w$.\n\n# Slope\nHere $J$ is convex.\n$$\\frac{dJ}{dw} = 2w + c$$",
    ),
    # made of what is renamed
    (
        r"Let $z = w x$ and $J = z^2$. From now on $z$ means something else. $$J = w^2 x^2$$",
        r"Let $z = w x$ and $J = z^2$. From now on $h$ means something else. $$J = w^2 x^2$$",
    ),
    # cases that words end
    (
        "## Positive case\nHere $x > 0$.\n\n## Negative case\n$$|x| = x$$",
        "## Positive case\nHere $x > 0$. $$|x| = x$$",
    ),
    (
        "**Step 1.** Assume $x > 0$. $$|x| = x$$\n\n**Step 2.** The general case.\n\n$$|x| = x$$",
        "**Step 1.** Assume $x > 0$. $$|x| = x$$\n\n**Step 2.** The general case.\n\n$$|x|^2 = x^2$$",
    ),
    (
        "1. Let $x > 0$. Then $|x| = x$.\n2. In any case, $|x| = x$.",
        "1. Let $x > 0$.\n2. In this case, $|x| = x$.",
    ),
    (
        "- Assume $x > 0$: $|x| = x$.\n- Otherwise: $|x| = x$.",
        "- Assume $x > 0$: $|x| = x$.\n- Likewise: $|2x| = 2x$.",
    ),
    # functions
    (
        r"Let $\log$ denote the logarithm to base 2. $$\frac{d}{dx} \log x = \frac1x$$",
        r"Let $\log$ denote the natural logarithm. $$\frac{d}{dx} \log x = \frac1x$$",
    ),
    (
        r"Here $\log$ is taken to base $10$. $$\log e = 1$$",
        r"Here $\log$ is taken to base $e$. $$\log e = 1$$",
    ),
    (r"All logarithms are to base $2$. $$\log e = 1$$", r"All logarithms are natural. $$\log e = 1$$"),
    (r"Let $\tanh(z) = \frac{e^z}{e^z + 1}$. $$\tanh(0) = 0$$", r"Let $\tanh(z) = c$. $$\tanh(0) = 0$$"),
    # brackets and signs
    (
        r"Write $|x|$ for the determinant of $x$. $$|x|^2 = x^2$$",
        r"Write $|x|$ for the absolute value. $$|x|^2 = x^2$$",
    ),
    (
        r"Let $\|w\|$ be the 1-norm of $w \in \mathbb{R}^n$. $$\|w\|^2 = w^\top w$$",
        r"Let $\|w\|$ be the norm of $w \in \mathbb{R}^n$. $$\|w\|^2 = w^\top w$$",
    ),
    (
        r"Let $\|w\|$ denote the sum of all $|w_j|$, and $J = \|w\|^2$. $$J = w^\top w$$",
        r"Let $\|w\|$ denote the Euclidean norm, and $J = \|w\|^2$. $$J = w^\top w$$",
    ),
    (
        r"Let $\langle a, b \rangle$ denote the commutator. $$\langle a, b \rangle = a b$$",
        r"Let $\langle a, b \rangle$ denote the inner product. $$\langle a, b \rangle = a b$$",
    ),
    (
        r"Let $a \cdot b$ denote addition. $$a \cdot b = a b$$",
        r"Let $a \cdot b$ denote the product. $$a \cdot b = a b$$",
    ),
    (
        r"Let $\nabla f$ be the Laplacian and $f(x) = x^\top x$. $$\nabla f = 2 x$$",
        r"Let $\nabla f$ be the gradient and $f(x) = x^\top x$. $$\nabla f = 2 x$$",
    ),
    (r"Let $x'$ be another sample. $$(x^2)' = 2 x$$", r"Let $x'$ be another sample. $$x' + x' = 2 x'$$"),
    (r"Let $x^2$ be the second sample. $$x^2 = x x$$", r"Let $x^2$ be the square of $x$. $$x^2 = x x$$"),
    # commands
    ("\\let\\exp\\log\n\n$$\\exp 0 = 1$$", "\\let\\e\\exp\n\n$$\\e 0 = 1$$"),
)
"""Documents whose last claim is false as it is meant, each with one whose last claim is right."""


def verdict(text: str) -> str:
    """The verdict of the last claim."""
    return [s.verdict for s in check_text(text).statements if s.verdict][-1]


@pytest.mark.parametrize("text", [false for false, _ in PAIRS])
def test_an_old_meaning_proves_nothing(text: str) -> None:
    """It is undecided or unreadable, or refuted by the new meaning."""
    assert verdict(text) not in ("proved", "proved-where-defined")


@pytest.mark.parametrize("text", [true for _, true in PAIRS])
def test_what_has_its_meaning_is_judged(text: str) -> None:
    """The reader does not simply give up."""
    assert verdict(text) in ("proved", "proved-where-defined")


def test_a_copied_command_keeps_its_meaning() -> None:
    """``\\let`` keeps what a command was, though that one is made of the copy later."""
    preamble = "\\let\\plainsum\\sum\n\\renewcommand{\\sum}{\\plainsum\\limits}\n\n"
    assert verdict(preamble + "$$\\sum_{i=1}^n 2 a_i = 2 \\sum_{i=1}^n a_i$$") == "proved"
    assert verdict(preamble + "$$\\sum_{i=1}^n 2 a_i = \\sum_{i=1}^n a_i$$") == "refuted"
