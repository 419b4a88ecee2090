"""What a formula is read as: one row a construct, its canonical text by hand."""

from __future__ import annotations

import pytest

from derivations.language import Role
from derivations.reading import read

READINGS = {
    # implicit multiplication, fractions, brackets
    r"$2ab = \frac12 ab$": "2*a*b = 1/2*a*b",
    r"$\frac a b = \dfrac{a}{b}$": "a/b = a/b",
    r"${a \over b} = a/b$": "a/b = a/b",
    r"$\left[ a + b \right] c = \big( a + b \bigr) c$": "(a + b)*c = (a + b)*c",
    r"$\{a + b\}^2 = (a+b)^2$": "(a + b)^2 = (a + b)^2",
    r"$a \cdot -b = - a \times b$": "a*(-b) = -a*b",
    r"$a b^2c = c\,b^{2} a$": "a*b^2*c = c*b^2*a",
    # functions
    r"$e^{-z} = \exp(-z)$": "exp(-z) = exp(-z)",
    r"$\log z^2 = 2\ln z$": "log(z^2) = 2*log(z)",
    r"$\log(a) b = b \log a$": "log(a)*b = b*log(a)",
    r"$\sigma(z)(1-\sigma(z)) = \sigma'(z)$": "sigma(z)*(1 - sigma(z)) = sigma'(z)",
    r"$p(1-p) = p - p^2$": "p*(1 - p) = p - p^2",
    r"$\tanh^2(u) = \tanh(u)\tanh(u)$": "tanh(u)^2 = tanh(u)*tanh(u)",
    r"$\sqrt{q} = q^{1/2}$": "sqrt(q) = q^(1/2)",
    # sums
    r"$\sum_{i=1}^m a_i = \sum^m_{i=1} a_i$": "sum_{i=1..m} a[i] = sum_{i=1..m} a[i]",
    r"$\sum_{i=1}^m a_i + b = b + \sum_{i=1}^m a_i$": "sum_{i=1..m} a[i] + b = b + sum_{i=1..m} a[i]",
    r"$\sum_{k \neq l} \sum_{i=1}^{m} z_{ik} = c$": ("sum_{k=1..size of z, k != l} sum_{i=1..m} z[i, k] = c"),
    r"$\prod_{i=1}^n q_i = \prod\limits_{i=1}^n q_i$": "prod_{i=1..n} q[i] = prod_{i=1..n} q[i]",
    r"$\sum_{i,j=1}^n a_{ij} = \sum_{j=1}^n \sum_{i=1}^n a_{ij}$": (
        "sum_{i=1..n} sum_{j=1..n} a[i, j] = sum_{j=1..n} sum_{i=1..n} a[i, j]"
    ),
    # scripts
    r"$\sum_{i=1}^m x^{(i)} = \sum_{i=1}^m x^{(i)}$": "sum_{i=1..m} x[i] = sum_{i=1..m} x[i]",
    r"$\sum_{i=1}^m x_j^{(i)} = \sum_{i=1}^m x^{(i)}_j$": ("sum_{i=1..m} x[i, j] = sum_{i=1..m} x[i, j]"),
    r"$w_{\text{new}}^2 = v$": "w_new^2 = v",
    r"$\hat y^2 = \bar y \tilde y$": "hat y^2 = bar y*tilde y",
    r"$\mathcal{L}^2 = \mathbf{q}$": "cal L^2 = q",
    # derivatives
    r"$\frac{\partial}{\partial b} (a b)^2 = 2 a^2 b$": "d/db ((a*b)^2) = 2*a^2*b",
    r"$\frac{d (ab)}{db} = \partial_b (ab)$": "d/db (a*b) = d/db (a*b)",
    r"$\frac{\partial^2 (ab)}{\partial a \partial b} = 1$": "d/da (d/db (a*b)) = 1",
    r"$\frac{d^2}{db^2} e^{b} = e^b$": "d/db (d/db exp(b)) = exp(b)",
    r"$\frac{d}{db} a \log b = \frac{a}{b}$": "d/db (a*log(b)) = a/b",
    r"$\frac{d}{db}(\log b) \cdot b = 1$": "(d/db log(b))*b = 1",
    # deltas and indicators
    r"$\sum_{k=1}^K \delta_{kj} a_k = a_j$": "sum_{k=1..K} delta[k, j]*a[k] = a[j]",
    r"$\sum_{k=1}^K 1\{k = j\} a_k = \sum_{k=1}^K \mathbb{1}[k = j] a_k$": (
        "sum_{k=1..K} delta[k, j]*a[k] = sum_{k=1..K} delta[k, j]*a[k]"
    ),
    # Unicode
    "$σ(z) = 1 − σ(−z)$": "sigma(z) = 1 - sigma(-z)",
    "$∑_{i=1}^m θ_i = λ · b$": "sum_{i=1..m} theta[i] = lambda*b",
    # decoration
    r"$\boxed{a} + \cancel{b} = \color{red}{a} + \underbrace{b}_{\text{bias}}$": "a + b = a + b",
    r"$a = a \tag{3}$": "a = a",
}


@pytest.mark.parametrize("source", READINGS)
def test_a_construct_is_read_with_its_meaning(source: str) -> None:
    """The echo of the one claim is the text that a person wrote for it."""
    claims = [s for s in read(f"We have {source}.", "md").statements if s.role is Role.CLAIM]
    assert [(claim.reading, claim.problem) for claim in claims] == [(READINGS[source], None)]
