"""What words grant, and no more: conditions of one entry, of one case, or that nobody says to hold."""

from __future__ import annotations

import pytest

from derivations import check_text

PAIRS = (
    # words that grant nothing
    (r"Except for $x < 0$, $|x| = -x$.", r"For $x < 0$, $|x| = -x$."),
    (r"Hardly ever is $x > 0$. $$|x| = x$$", r"Always, $x > 0$. $$|x| = x$$"),
    (r"Only some $x_i$ satisfy $x_i > 0$. $$|x_i| = x_i$$", r"All $x_i$ satisfy $x_i > 0$. $$|x_i| = x_i$$"),
    (r"Far from $x > 0$ we have $|x| = x$.", r"On $x > 0$ we have $|x| = x$."),
    (r"Forget that $x > 0$. $$|x| = x$$", r"Remember that $x > 0$. $$|x| = x$$"),
    (r"Assume the contrary, $x > 0$. $$|x| = x$$", r"Assume the usual, $x > 0$. $$|x| = x$$"),
    (r"Let us look at $x > 0$ later. $$|x| = x$$", r"Let us look at $x > 0$. $$|x| = x$$"),
    (
        r"The vector $y$ is one-hot only when there are two classes. $$\sum_k y_k c = c$$",
        r"The vector $y$ is one-hot. There are two classes. $$\sum_k y_k c = c$$",
    ),
    # conditions of one entry, of a power, of another name
    (r"If $x_i > 0$, then $|x_j| = x_j$.", r"If $x_i > 0$, then $|x_i| = x_i$."),
    (
        r"If $x_i > 0$, then $\sum_j |x_j| = \sum_j x_j$.",
        r"If $x_i > 0$ for all $i$, then $\sum_j |x_j| = \sum_j x_j$.",
    ),
    (r"If $x^a > 0$, then $|x| = x$.", r"If $x > 0$, then $|x^a| = x^a$."),
    (r"If $x' > 0$, then $|x| = x$.", r"If $x > 0$, then $x' |x| = x' x$."),
    (r"Let $x_1$ be binary. $$x_i^2 = x_i$$", r"Let $x_i$ be binary. $$x_1^2 = x_1$$"),
    # two conditions of one claim
    (r"$|x| = x$ holds for $x > 0$ and for $x < 0$.", r"$|x| = x$ holds for $x > 0$."),
    (
        r"We have $|x| = x$ for $x > 0$, and for $x < 0$ we have $|x| = x$.",
        r"We have $|x| = x$ for $x > 0$, and for $x < 0$ we have $|x| = -x$.",
    ),
    # what is made of labels, and what is only called by a word
    (
        r"The label $y$ is the mean of binary labels. $$y^2 + c = y + c$$",
        r"The label $y$ is one of the binary labels. $$y + c = c + y$$",
    ),
    (
        r"Let $g$ be a sigmoid function, such as $\tanh$. $$g'(z) = g(z) (1 - g(z))$$",
        r"Let $g$ be the sigmoid function. $$g'(z) = g(z) (1 - g(z))$$",
    ),
    (
        r"In probit regression, $\Phi(x)$ maps inputs to features. $$\Phi(-x) = 1 - \Phi(x)$$",
        r"In probit regression, $P(y = 1) = \Phi(x)$. $$\Phi(-x) = 1 - \Phi(x)$$",
    ),
    (
        r"Let $c$ be piecewise constant. $$\frac{d}{dx} (c x) = c$$",
        r"Let $c$ be constant. $$\frac{d}{dx} (c x) = c$$",
    ),
    # definitions under a condition
    (r"Define $c = a + b$ for $n > 1$. $$c - a = b$$", r"Define $c = a + b$ for $a > 1$. $$c - a = b$$"),
    (r"$c = a + b$ unless $u > 1$. $$c - a = b$$", r"$c = a + b$ with $u > 1$. $$c - a = b$$"),
    (
        r"$c = a + b$ when $u = 1$, and $J = c^2$. $$J = (a + b)^2$$",
        r"$c = a + b$, and $J = c^2$. $$J = (a + b)^2$$",
    ),
    (r"If $u > 1$, put $c = a + b$. $$c - a = b$$", r"If $u > 1$, put $c = a + b$, so that $c - a = b$."),
    (
        r"The unit is $a = z$ if $z > 0$. $$\frac{da}{dz} = 1$$",
        r"The unit is $a = z$ if $z > 0$. For $z > 0$, $$\frac{da}{dz} = 1$$",
    ),
    (
        r"Let $h_i = \sigma(z_i)$ for $i \neq 1$. $$h_1 = \sigma(z_1)$$",
        r"Let $h_i = \sigma(z_i)$ for $i = 1, \dots, m$. $$h_1 = \sigma(z_1)$$",
    ),
    # equations that others state, or nobody
    (r"Perhaps $c = a + b$. $$c - a = b$$", r"Recall that $c = a + b$. $$c - a = b$$"),
    (
        r"Some authors define $c = a + b$; we do not. $$c - a = b$$",
        r"Many authors define $c = a + b$. $$c - a = b$$",
    ),
    (r"Bob claims $c = a + b$. $$c - a = b$$", r"Bob defines $c = a + b$. $$c - a = b$$"),
    (r"In the old notation $c = a + b$. $$c - a = b$$", r"In this notation $c = a + b$. $$c - a = b$$"),
    # convexity in two variables at once
    (
        r"We have $a + a = 2a + b$. Let $f(u, v) = u v$. Then $f$ is convex in $u$ and $v$.",
        r"Let $f(u, v) = u v$. Then $f$ is convex in $u$.",
    ),
    # words in formulas that change what they say
    (r"$$|x| = x \text{ unless } x > 0$$", r"$$|x| = x \text{ if } x > 0$$"),
    (r"$$a = a \text{ plus one}$$", r"$$a = a \text{ by definition}$$"),
    (r"$$\text{half of } 2a = 2a$$", r"$$\text{hence } 2a = a + a$$"),
    (r"$$a = \text{ twice } a$$", r"$$2a = \text{ (see above) } a + a$$"),
    (r"$$\text{minus } a = a$$", r"$$\text{so } a = a$$"),
)
"""Documents whose last claim is false as it is meant, each with one whose last claim is right."""


def verdict(text: str) -> str:
    """The verdict of the last claim."""
    return [s.verdict for s in check_text(text).statements if s.verdict][-1]


@pytest.mark.parametrize("text", [false for false, _ in PAIRS])
def test_what_is_not_granted_proves_nothing(text: str) -> None:
    """It is refuted, undecided or unreadable."""
    assert verdict(text) not in ("proved", "proved-where-defined")


@pytest.mark.parametrize("text", [true for _, true in PAIRS])
def test_what_is_granted_is_used(text: str) -> None:
    """The reader does not simply give up."""
    assert verdict(text) in ("proved", "proved-where-defined")
