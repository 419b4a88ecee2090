"""How far signs reach and what letters stand for: where another reading would refute a right step."""

from __future__ import annotations

import pytest

from derivations import check_text
from derivations.language import Role
from derivations.reading import read

SOFTMAX = r"Let $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$."
REFERENCE = (
    r"Let $p_k = \frac{e^{z_k}}{1 + \sum_{j=1}^{K-1} e^{z_j}}$ for $k = 1, \dots, K-1$ "
    r"and $p_K = \frac{1}{1 + \sum_{j=1}^{K-1} e^{z_j}}$."
)
VECTOR = r"Let $z \in \mathbb{R}^K$."
NORMAL = r"Let $\Phi$ be the standard normal distribution function and $\phi$ its density."
SQUARE = r"Let $A, B \in \mathbb{R}^{n \times n}$."
SHAPES = r"Let $X \in \mathbb{R}^{m \times n}$ and $w \in \mathbb{R}^n$."
LOGISTIC = (
    r"Let $\sigma(z) = \frac{1}{1 + e^{-z}}$, $X \in \mathbb{R}^{m \times n}$, $y \in \{0, 1\}^m$, "
    r"$\theta \in \mathbb{R}^n$, $h = \sigma(X\theta)$ and "
    r"$J(\theta) = -\frac1m (y^\top \log h + (1 - y)^\top \log(1 - h))$."
)

CONSTANTS = "Let $a$ and $b$ be constants. Let $a + b = 1$."
VERDICTS = {
    # K below a name that letters index is its last entry
    (SOFTMAX, r"\sum_{k=1}^{K-1} p_k = 1 - p_K"): "proved",
    (SOFTMAX, r"\sum_{k=1}^{K-1} p_k = 1 - p_1"): "refuted",
    (SOFTMAX, r"\frac{\partial p_K}{\partial z_j} = p_K(\delta_{jK} - p_j)"): "proved",
    (SOFTMAX, r"\frac{\partial p_K}{\partial z_j} = p_K(1 - p_j)"): "refuted",
    ("", r"\sum_{j=1}^n x_j = \sum_{j=1}^{n-1} x_j + x_n"): "proved",
    ("", r"\sum_{j=1}^n x_j = \sum_{j=1}^{n-1} x_j + x_k"): "refuted",
    (
        r"Fix $z_K = 0$ and " + SOFTMAX[0].lower() + SOFTMAX[1:],
        r"p_k = \frac{e^{z_k}}{1 + \sum_{j=1}^{K-1} e^{z_j}}",
    ): ("proved"),
    (SOFTMAX, r"p_k = \frac{e^{z_k}}{1 + \sum_{j=1}^{K-1} e^{z_j}}"): "refuted",
    (SOFTMAX, r"p_K = 1 - \sum_{k=1}^{K-1} p_k"): "proved",
    (SOFTMAX, r"p_K = 1 - \sum_{k=1}^K p_k"): "refuted",
    # beside a formula for k < K, one for K has a name of its own, and the others end at K - 1
    (REFERENCE, r"p_K + \sum_{k=1}^{K-1} p_k = 1"): "proved",
    (REFERENCE, r"\frac{\partial p_K}{\partial z_j} = -p_K p_j"): "proved",
    (REFERENCE, r"\frac{\partial p_K}{\partial z_j} = p_K p_j"): "refuted",
    (REFERENCE, r"\sum_{k=1}^K 2 p_k = 2"): "unreadable",
    # logits are no functions of the temperature
    (
        r"Let $z_k$ be logits, $T > 0$.",
        r"\frac{\partial}{\partial T} e^{z_k/T} = -\frac{z_k}{T^2} e^{z_k/T}",
    ): "proved",
    (r"Let $T > 0$.", r"\frac{\partial}{\partial T} e^{z_k/T} = -\frac{z_k}{T^2} e^{z_k/T}"): "undecided",
    # a delta or a hole beside another index leaves the bounds of a sum as they are written
    (VECTOR, r"\sum_{k=1}^{K-1} \delta_{kl} z_k = z_l"): "refuted",
    (VECTOR, r"\sum_{k=2}^K \delta_{kl} z_k = z_l"): "refuted",
    (VECTOR, r"\sum_{k=1}^{K-1} 1\{k = l\} z_k = z_l"): "refuted",
    (VECTOR, r"\sum_{k=1}^K \delta_{kl} z_k = z_l"): "proved",
    (VECTOR, r"\sum_{k=1}^{K-1} \sum_{l=1}^K \delta_{kl} z_l = \sum_{k=1}^K z_k"): "refuted",
    (VECTOR, r"\sum_{k=1}^{K-1} \sum_{l=1}^K \delta_{kl} z_l = \sum_{k=1}^{K-1} z_k"): "proved",
    # what has the sum 1 has it over the range that is said, or over all classes
    ("Let $t$ be one-hot.", r"2 \sum_{k=1}^{K-1} t_k = 2"): "refuted",
    ("Let $t$ be one-hot.", r"2 \sum_{k=2}^K t_k = 2"): "refuted",
    ("Let $t$ be one-hot.", r"\sum_{k=1}^{K-1} t_k = 1 - t_K"): "proved",
    (r"Let $\sum_{k=1}^{K-1} t_k = 1$.", r"2 \sum_{k=1}^K t_k = 2"): "undecided",
    (r"Let $\sum_{k=1}^K t_k = 1$.", r"2 \sum_{k=0}^K t_k = 2"): "unreadable",
    (r"Let $\sum_{k=1}^K t_k = 1$.", r"\sum_{k=1}^K 2 t_k = 2"): "proved",
    # a product ends where its index is bound anew, and asks where its index is not used
    ("", r"\prod_{i=1}^m a_i b_i = \prod_{i=1}^m a_i \prod_{i=1}^m b_i"): "proved",
    ("", r"\prod_{i=1}^m a_i b_i = \prod_{i=1}^m a_i \sum_{i=1}^m b_i"): "refuted",
    ("", r"q \prod_{i=1}^m a_i = \prod_{i=1}^m a_i q"): "unreadable",
    ("", r"\prod_{i=1}^m a_i \prod_{j=1}^m b_j = \prod_{i=1}^m a_i b_i"): "unreadable",
    # a function of a number, defined so, is applied to a vector entry by entry
    (LOGISTIC, r"\nabla J(\theta) = \frac1m X^\top (h - y)"): "proved",
    (LOGISTIC, r"\nabla J(\theta) = \frac1m X^\top (\sigma(X\theta) - y)"): "proved",
    (LOGISTIC, r"\nabla J(\theta) = X^\top (h - y)"): "refuted",
    (LOGISTIC, r"\sigma'(t) = \sigma(t)(1 - \sigma(t))"): "proved",
    # numbered names beside the variable are variables, unless something says otherwise
    ("", r"\frac{\partial}{\partial z_1} e^{z_1 + z_2} = e^{z_1 + z_2}"): "proved",
    ("", r"\frac{\partial}{\partial z_1} (z_1 + a_1 z_2) = 1"): "undecided",
    ("Here $z_2$ depends on $z_1$.", r"\frac{\partial}{\partial z_1} (z_1 + z_2) = 1"): "undecided",
    ("", r"\frac{d}{dz} \sigma(az + b) = a \sigma(az + b)(1 - \sigma(az + b))"): "undecided",
    ("For constants $a$ and $b$:", r"\frac{d}{dz} e^{az + b} = a e^{az + b}"): "proved",
    # what is called invertible, square, symmetric or a matrix is no number; two capital letters are asked for
    ("Let $A$ and $B$ be matrices.", "A B = B A"): "refuted",
    ("For square matrices $A$, $B$ and $C$:", "A B C = C B A"): "refuted",
    ("Let $A$ be invertible.", "A^{-1} B A = B"): "refuted",
    ("If $A$ is not singular, then:", "A^{-1} B A = B"): "refuted",
    ("For invertible $A$ and $B$:", "(A B)^{-1} = A^{-1} B^{-1}"): "refuted",
    ("For invertible $A$ and $B$:", "(A B)^{-1} = B^{-1} A^{-1}"): "proved-where-defined",
    ("", "A B = B A"): "unreadable",
    ("", "(A + B)(A - B) = A^2 - B^2"): "unreadable",
    ("", "H^{-1} g = g H^{-1}"): "unreadable",
    ("Let $A, B \\in \\mathbb{R}$.", "A B = B A"): "proved",
    # powers of square matrices are products; of others it is asked what they are
    (SQUARE, "(A + B)^2 = A^2 + A B + B A + B^2"): "proved",
    (SQUARE, "(A + B)^2 = A^2 + 2 A B + B^2"): "refuted",
    (LOGISTIC, "X^2 = X X"): "unreadable",
    # a Hessian ends before a vector, a gradient before its own transposition
    (
        LOGISTIC,
        r"v^\top \nabla^2 J(\theta) v = \frac1m \sum_{i=1}^m h_i (1 - h_i) ((X v)_i)^2",
    ): "proved",
    (LOGISTIC, r"v^\top \nabla^2 J(\theta) v = \frac1m \sum_{i=1}^m h_i ((X v)_i)^2"): "refuted",
    (LOGISTIC, r"\nabla J(\theta)^\top v = \frac1m (h - y)^\top X v"): "proved",
    (LOGISTIC, r"\nabla J(\theta)^\top v = \frac1m (y - h)^\top X v"): "refuted",
    # a quotient by a vector is one; what is said of several names is said of each
    (SHAPES + r" Let $h = \frac{1}{1 + e^{-X w}}$.", r"1 - h = \frac{1}{1 + e^{X w}}"): "proved",
    (SHAPES + r" Let $h = \frac{1}{1 + e^{-X w}}$.", r"1 - h = \frac{1}{1 + e^{-X w}}"): "refuted",
    ("Let $A$ and $B$ be symmetric.", r"(A B)^\top = B A"): "proved",
    ("Let $A$ be symmetric and $B$ be square.", r"(A B)^\top = B A"): "refuted",
    ("Let $a$, $b$ and $c$ be positive.", r"\log(a b c) = \log a + \log b + \log c"): "proved",
    ("Let $a = b$ and $c$ be positive.", r"\sqrt{b^2 c^2} = b c"): "undecided",
    # an equation between numbers that is supposed holds where the claim speaks
    ("Let $a + b = 1$.", "a^2 - b^2 = a - b"): "proved",
    ("Let $a + b = 1$.", "a^2 - b^2 = a + b"): "refuted",
    ("Let $a^2 + b^2 = 1$.", "a^2 - b^2 = 1 + b^2"): "undecided",
    (CONSTANTS, r"\frac{\partial}{\partial b} (a b) = a"): "proved",
    (
        CONSTANTS,
        r"\frac{\partial}{\partial b} (a b) = 1 - 2 b",
    ): "undecided",  # it may be meant along a + b = 1
    (CONSTANTS, r"\frac{\partial}{\partial c} (a c^2 + b c) = 2 a c + 1 - a"): "proved",
    (CONSTANTS, r"\frac{\partial}{\partial c} (a c^2 + b c) = 2 a c + a"): "refuted",
    # bars and extrema
    ("", r"\log(1 + e^z) = \max(z, 0) + \log(1 + e^{-|z|})"): "proved",
    ("", r"\log(1 + e^z) = \max\{0, z\} + \log(1 + e^{|z|})"): "refuted",
    ("", r"\min(a, b) = a + b - \max(a, b)"): "proved",
    ("", r"|A|^2 = A^2"): "unreadable",
    (r"Let $x \in \mathbb{R}^n$.", r"|x|^2 = x^\top x"): "unreadable",
    # factorials of counts
    (
        r"Let $\mu > 0$ and $y \geq 0$.",
        r"\log \frac{\mu^y e^{-\mu}}{y!} = y \log \mu - \mu - \log y!",
    ): "proved",
    (
        r"Let $\mu > 0$ and $y \geq 0$.",
        r"\log \frac{\mu^y e^{-\mu}}{y!} = y \log \mu - \mu + \log y!",
    ): "refuted",
    ("", "y!! = y!"): "unreadable",
    # the normal distribution, where words say so, and the number pi
    (NORMAL, r"\Phi'(z) = \phi(z)"): "proved",
    (NORMAL, r"\Phi(-z) = 1 - \Phi(z)"): "proved",
    (NORMAL, r"\phi'(z) = z \phi(z)"): "refuted",
    (NORMAL, r"2\pi \phi(z)^2 = e^{-z^2}"): "proved",
    ("", r"\Phi(-z) = 1 - \Phi(z)"): "undecided",
    (r"Let $\sigma$ be the standard normal distribution function.", r"\sigma'(z) = \sigma(z)(1-\sigma(z))"): (
        "undecided"
    ),
}


@pytest.mark.parametrize(("before", "claim"), VERDICTS)
def test_a_sign_reaches_as_far_as_its_author_means(before: str, claim: str) -> None:
    """Or the line is unreadable; a false neighbour shows that the claim says something."""
    report = check_text(f"{before}\n\nWe have\n$${claim}$$\n")
    assert [s.verdict for s in report.statements if s.role == "claim"] == [VERDICTS[before, claim]]


def test_a_name_that_is_defined_for_the_last_class_is_a_name_of_its_own() -> None:
    """``p_K = ...`` beside ``p_k`` for the other classes."""
    text = (
        r"Let $p_k = e^{z_k} q$ for $k = 1, \dots, K - 1$ and $p_K = q$, where "
        r"$q = (1 + \sum_{j=1}^{K-1} e^{z_j})^{-1}$. Then $$p_k / p_K = e^{z_k}.$$"
    )
    claims = [s for s in read(text, "md").statements if s.role is Role.CLAIM]
    assert [claim.reading for claim in claims] == ["p[k]/p_K = exp(z[k])"]


IN_WORDS = {
    "If $a + b = 1$, then $a^2 - b^2 = a - b$.": ["proved"],
    "If $a + b = 1$, then $a^2 - b^2 = a + 2 b$.": ["refuted"],
    "We have $a^2 - b^2 = a - b$ if $a + b = 1$.": ["proved"],
    "If $a + b = 1$, then $a^2 - b^2 = a - b$. We have $a^2 - b^2 = a - b$.": ["proved", "refuted"],
    r"Let $x, u \in \mathbb{R}^n$. If $x - u = u$, then $x^\top u = u^\top u$.": ["refuted"],
    r"Let $x, u \in \mathbb{R}^n$. If $x - u = u$, then $x^\top u = 2 u^\top u$.": ["proved"],
    "Setting the slope to zero, $x + x - c - c = 0$. Hence $2 c = 3 x$.": ["undecided", "undecided"],
}


@pytest.mark.parametrize("text", IN_WORDS)
def test_an_equation_in_words_holds_where_its_author_says(text: str) -> None:
    """It is no claim, and what does not follow from it as it is read is refuted only if all of it is read."""
    report = check_text(text)
    assert [s.verdict for s in report.statements if s.role == "claim"] == IN_WORDS[text]
