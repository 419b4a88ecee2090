"""How far signs reach and what letters stand for: where another reading would refute a right step."""

from __future__ import annotations

import pytest

from derivations import check_text
from derivations.language import Role
from derivations.reading import read

SOFTMAX = r"Let $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$."
NORMAL = r"Let $\Phi$ be the standard normal distribution function and $\phi$ its density."
LOGISTIC = (
    r"Let $\sigma(z) = \frac{1}{1 + e^{-z}}$, $X \in \mathbb{R}^{m \times n}$, $y \in \{0, 1\}^m$, "
    r"$\theta \in \mathbb{R}^n$, $h = \sigma(X\theta)$ and "
    r"$J(\theta) = -\frac1m (y^\top \log h + (1 - y)^\top \log(1 - h))$."
)

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
    # bars and extrema
    ("", r"\log(1 + e^z) = \max(z, 0) + \log(1 + e^{-|z|})"): "proved",
    ("", r"\log(1 + e^z) = \max\{0, z\} + \log(1 + e^{|z|})"): "refuted",
    ("", r"\min(a, b) = a + b - \max(a, b)"): "proved",
    ("", r"|A|^2 = A^2"): "unreadable",
    (r"Let $x \in \mathbb{R}^n$.", r"|x|^2 = x^\top x"): "unreadable",
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
