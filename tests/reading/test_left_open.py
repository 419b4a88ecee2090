"""What a text says of names and no domain expresses: a step that is right with it is never refuted, and a
false one never proved by it.

Rows are pairs: beside the right step stands a false sibling under the same words.
"""

from __future__ import annotations

import pytest

from derivations import check_text

DESCENT = (
    r"Let $A = X^\top D X + c I$ ($c > 0$, $D$ diagonal with entries in $(0, 1)$) be the Hessian, where "
    r"$X \in \mathbb{R}^{m \times n}$. "
)
SEPARATED = r"Suppose the two groups are apart with margin $\delta > 0$: $t_i u_i \ge \delta$ for all $i$. "
CONSTRAINED = r"Minimise $\sum_k r_k^2$ under $\sum_k r_k = 1$, and let $r_k = s_k + \frac1K$. "
LINE = r"$$\frac{v_1 - v_0}{s} x + \frac{v_0^2 - v_1^2}{2s} = ux + b$$ with $u = \frac{v_1 - v_0}{s}$ and "
NORMAL = (
    r"Let $x$ have the law $\mathcal{N}(m, \Sigma)$. "
    r"$$(x - m)^\top \Sigma^{-1} (x - m) = x^\top \Sigma^{-1} x "
)
SMALL = r" so the sum is small for each $m$."
PAIRS = (
    # a name that is told in words only
    (
        r"Let $u_1, \dots, u_n$ and $v_1, \dots, v_n$ be positive, with sums $S$ and $T$. "
        r"$$\sum_k u_k \log\frac{u_k}{v_k} \ge S \log\frac{S}{T}$$",
        r"Let $u_1, \dots, u_n$ and $v_1, \dots, v_n$ be positive, with sums $S$ and $T$. "
        r"$$\sum_k u_k \log\frac{u_k}{v_k} < S \log\frac{S}{T}$$",
    ),
    # some number between two others
    (
        r"Let $g(t) = \log(1 + e^t)$. With some $c$ between $0$ and $t$, $$g(t) = \log 2 + \frac{t}{2} + "
        r"\frac{g''(c)}{2} t^2$$",
        r"Let $g(t) = \log(1 + e^t)$. With some $c$ between $0$ and $t$, $$g(t) = \log 2 + t + "
        r"\frac{g''(c)}{2} t^2$$",
    ),
    # what minimises
    (
        r"Let $\tilde v$ minimise $E(v) = e^{-v} + \frac{c}{2} v^2$ with $c > 0$. Hence $\tilde v^2 \le "
        r"\frac{2}{c}$.",
        r"Let $\tilde v$ minimise $E(v) = e^{-v} + \frac{c}{2} v^2$ with $c > 0$. Hence $\tilde v^2 > "
        r"\frac{2}{c}$.",
    ),
    # what a definition is made of
    (DESCENT + r"Then $A \succ 0$.", DESCENT + r"Then $A \prec 0$."),
    # what is supposed behind a colon, and words behind a claim that speak of something else
    (
        SEPARATED + r"Then $$\sum_{i=1}^m e^{-t_i u_i} \le m e^{-\delta},$$" + SMALL,
        SEPARATED + r"Then $$\sum_{i=1}^m e^{-t_i u_i} \le e^{-\delta},$$" + SMALL,
    ),
    (
        r"Assume that the two inputs are centred: $a + b = 0$. Then $a^2 = b^2$.",
        r"Assume that the two inputs are centred: $a + b = 0$. Then $a^3 = b^3$.",
    ),
    # a constraint
    (
        CONSTRAINED + r"Then $\sum_k r_k = 1$.",
        CONSTRAINED + r"Then $\sum_k r_k = 2$.",
    ),
    # a letter that is written with indices is no number
    (
        r"Let $\pi_k = \frac{e^{s_k}}{\sum_{j=1}^K e^{s_j}}$. $$\frac{\partial \pi_k}{\partial s_l} = "
        r"\pi_k (\delta_{kl} - \pi_l)$$",
        r"Let $\pi_k \ge 0$ be the weights, $k = 1, \dots, K$. $$\sum_{k=1}^K \pi_k = K \pi_1$$",
    ),
    (
        r"Let $f(x) = \sum_{k=1}^K \pi_k \frac{1}{\sqrt{2\pi}} e^{-(x - c_k)^2/2}$. $$f(0) = "
        r"\frac{1}{\sqrt{2\pi}} \sum_{k=1}^K \pi_k e^{-c_k^2/2}$$",
        r"Let $f(x) = \sum_{k=1}^K \pi_k \frac{1}{\sqrt{2\pi}} e^{-(x - c_k)^2/2}$. $$f(0) = "
        r"\frac{1}{2} \sum_{k=1}^K \pi_k e^{-c_k^2/2}$$",
    ),
    # a word in front of a letter
    (r"$$\operatorname{Cov} s \le 1$$", r"$$\operatorname{Cov} s = s \operatorname{Cov}$$"),
    # the list behind "with"
    (
        LINE + r"$b = \frac{v_0^2 - v_1^2}{2s}$.",
        LINE + r"$b = \frac{v_1^2 - v_0^2}{2s}$.",
    ),
    # the law N(m, Sigma)
    (
        NORMAL + r"- 2 m^\top \Sigma^{-1} x + m^\top \Sigma^{-1} m$$",
        NORMAL + r"- m^\top \Sigma^{-1} x + m^\top \Sigma^{-1} m$$",
    ),
    (
        r"Let $S$ be a symmetric matrix. $$(u - v)^\top S x = x^\top S (u - v)$$",
        r"Let $S$ be a matrix. $$(u - v)^\top S x = x^\top S (u - v)$$",
    ),
    # functions at 0
    (
        r"Let $E(v) = \sum_{i=1}^m \log(1 + e^{-v^\top x_i}) + \|v\|^2$. $$E(0) = m \log 2$$",
        r"Let $E(v) = \sum_{i=1}^m \log(1 + e^{-v^\top x_i}) + \|v\|^2$. $$E(0) = m + \log 2$$",
    ),
    # what is called logistic
    (
        r"Let $b$ be a score and $S$ the logistic sigmoid. $$S(-a) = 1 - S(a)$$",
        r"Let $b$ be a score and $S$ the logistic sigmoid. $$S(-a) = S(a)$$",
    ),
    (
        r"Let $S$ be the logistic sigmoid. $$S'(0) = \frac14$$",
        r"Let $S$ be the logistic loss. $$S(-a) = 1 - S(a)$$",
    ),
    (
        r"Let $S$ be the sigmoid activation. $$S(0) = \frac12$$",
        r"Let $S$ be the logistic density. $$S(-a) = 1 - S(a)$$",
    ),
    # indices that are interchanged, and one that a definition does not have
    (
        r"Let $p_i = \sigma(\sum_k x_{ik} w_k)$. Interchanging $j$ and $k$ changes nothing: "
        r"$\sum_i p_i x_{ik} x_{ij} = \sum_i p_i x_{ij} x_{ik}$.",
        r"Let $p_i = \sigma(\sum_k x_{ik} w_k)$. Interchanging $p$ and $q$, "
        r"$\sum_i p_i = \sum_i \sigma(\sum_k x_{ik} w_k)$.",
    ),
    (
        r"Let $y_i = e^{a_i}/\sum_k e^{a_k}$ and $i \ne j$. $$\frac{\partial y_i}{\partial a_j} = -y_i y_j$$",
        r"Let $H_{jk} = a_j a_k$ for $j \ne k$. $$H_{jj} = a_j^2$$",
    ),
    # labels by their squares
    (r"With $y_i^2 = 1$, $$y_i^3 + y_i = 2 y_i$$", r"With $y_i^2 = 1$, $$y_i^2 + y_i = 2 y_i$$"),
    (
        r"When is $x^2 = 1$? $$(x - 1)(x + 1) = x^2 - 1$$",
        r"When is $x^2 = 1$? $$(x - 1)(x + 1) = 0$$",
    ),
)


def verdicts(text: str) -> list[str]:
    """The verdicts of the claims of a text."""
    return [statement.verdict for statement in check_text(text, "md").statements if statement.verdict]


@pytest.mark.parametrize("text", [right for right, _ in PAIRS])
def test_what_is_right_is_not_refuted(text: str) -> None:
    """With what the words say of its names every step holds."""
    assert "refuted" not in verdicts(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in PAIRS])
def test_what_is_false_is_not_proved(text: str) -> None:
    """The same words make no false step true."""
    assert verdicts(text)[-1] not in ("proved", "proved-where-defined")


def test_what_is_left_open_is_not_always_in_doubt() -> None:
    """Many of the steps are decided all the same."""
    proved = [right for right, _ in PAIRS if verdicts(right)[-1] in ("proved", "proved-where-defined")]
    refuted = [wrong for _, wrong in PAIRS if verdicts(wrong)[-1] == "refuted"]
    assert len(proved) >= len(PAIRS) // 2
    assert len(refuted) >= len(PAIRS) // 3
