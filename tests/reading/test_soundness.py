"""What no reading may turn round: a claim that is false as its author means it is never proved, a right one
never refuted.

Every row is a text whose last claim is meant. Most rows are pairs: beside what must not be proved stands
what shows that the reader does not simply give up.
"""

from __future__ import annotations

import pytest

from derivations import check_text

SOFTMAX = r"Let $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$."

FALSE = (
    # what is no distribution of classes, or none at all
    r"For distributions $p$ and $q$, $$\sum_{k=1}^K (p_k - q_k)^2 = \sum_{k=1}^K (p_k^2 - q_k^2)$$",
    r"For distributions $p, q$, $$\sum_{k=1}^K (p_k + q_k) = 1$$",
    r"The values $p_k$ do not form distributions. $$\sum_{k=1}^K p_k = 1$$",
    r"Given the distributions of $p_k$ over the samples, $$\sum_{k=1}^K p_k z = z$$",
    # a C that is a cost depends on the parameters
    r"With the cost $C$, let $F(w) = C + \lambda w^2$. $$F'(w) = 2 \lambda w$$",
    r"Let $F(w) = \lambda C(w) + w^2$. $$F'(w) = 2 w$$",
    # what is claimed is a property of what the claim brings in
    r"**Claim.** $f(z) = z^3$ is convex.",
    # a sign below a name is part of it; below a bracket it is the positive part
    r"Let $w_+ = w - 2 \eta w$. $$w_+ + 2 \eta w = w_+$$",
    r"For $z \in \mathbb{R}$, $$(z)_+ = |z|$$",
    r"For $z \in \mathbb{R}$, $$3 z_+ = z + 2 z_-$$",
    # a step of an iteration is no identity
    r"The update is $w = w - \eta g$. $$g \eta = 0$$",
    # counts without an end are no classes
    r"Let $y \in \{0, 1, 2, \dots\}$. $$y (y - 1) (y - 2) + \lambda = \lambda$$",
    # names of several letters
    r"Let $MSE = 3a$ be the error, and $ESM = 3b$ something else. $$MSE = ESM$$",
    r"Let $loss(w) = (w - 1)^2$ and $cost(w) = (w - 2)^2$. $$loss(w) = cost(w)$$",
    # numbered arguments name classes
    r"Let $P(C_1) = a$ and $P(C_2) = b$. $$P(C_1) = P(C_2)$$",
    # a letter that everyone knows, used for something else
    r"Let the error be $e$, and $J = \frac12 e^2$. $$\log J = 2 - \log 2$$",
    r"Let $e = y - t$ be the error. $$e^{-z} e^{z} = e$$",
    # functions that every item of a list defines anew
    "- **Logistic**: $f(x) = \\frac{1}{1 + e^{-x}}$\n- **Hyperbolic**: $f(x) = \\tanh x$, $f'(x) = "
    "f(x)(1 - f(x))$\n",
    "- **Square**: $f(x) = x^2$\n- **Cube**: $f(x) = x^3$\n\nIn general, $f'(x) = 3x^2$.",
    # negations and denials
    r"The vector $y$ is not one-hot. " + SOFTMAX + r" $$\sum_{k=1}^K y_k p_j = p_j$$",
    r"It is wrong that $x + x = 3x$. Is it true that $x + x = 3x$?",
    # conditions end where their case ends
    r"If $y = 1$, then $-y \log p = -\log p$. In general, $-y \log p = -\log p$.",
    "**Case 1**: $i = j$.\n\n$$\\delta_{ij} = 1$$\n\n**Case 2**: $i \\neq j$.\n\n$$\\delta_{ij} = 1$$",
    r"Suppose $x > 0$; then $\sqrt{x^2} = x$. For every real $x$, $\sqrt{x^2} = x$.",
    # a definition never acts backwards, and a new one not on what was built from the old
    r"$$q = 2$$ holds for all numbers $q$. Now let $q = 2$ instead.",
    r"Let $s = a + b$. Now let $a = 5$ instead, so that $$s = a - b$$",
    # what is summed stays in the sum
    r"$$\sum_{i=1}^m a_i b_i = a_i \sum_{i=1}^m b_i$$",
    r"$$\sum_{i=1}^m a_i + c = \sum_{i=1}^m (a_i + c)$$",
    r"$$\sum_{i=1}^m -a_i + c = -\sum_{i=1}^m (a_i + c)$$",
    # indices that are computed, raised or summed
    r"$$\sum_{t=1}^T x_{t+1} = \sum_{t=1}^T x_t$$",
    r"$$\frac{d}{dg} \sum_{t=1}^T g^t r_t = 0$$",
    # the reach of derivatives
    r"$$\frac{d}{dx} (x^2) (x^3) = 2x \cdot 3x^2$$",
    r"Let $s(z) = \frac{1}{1 + e^{-z}}$. $$\frac{d}{dz} s(z) \Big|_{z = 0} = \frac12$$",
    r"$$\left. \frac{d}{dx} x^2 \right|_{x = 3} = 9$$",
    r"$$\left. \frac{d}{dx} x^2 \right|_{x = 3} = 0$$",
    r"Let $\ell(\sigma) = -\log \sigma - \frac{a}{2\sigma^2}$. $$\frac{\partial \ell}{\partial \sigma^2} = "
    r"-\frac{1}{\sigma} + \frac{a}{\sigma^3}$$",
    # what a name depends on
    r"$$\frac{\partial h}{\partial w} = 0$$",
    r"Let $c = \max_k z_k$. $$\frac{\partial}{\partial z_j} (c z_j) = c$$",
    r"Let $E = \frac12 (a - t)^2$, where $a$ is the activation of the neuron. $$\frac{\partial "
    r"E}{\partial w} = 0$$",
    # definitions by way of other names: the argument reaches all of them
    r"Let $a = w x$ and $h(x) = e^a$. $$h(2x) = h(x)$$",
    r"Let $a = \sum_i w_i x_i$ and $y(x; w) = \sigma(a)$. $$y(u; w) = \sigma\left(\sum_i w_i x_i\right)$$",
    # matrices and their transposes
    r"Let $A, B \in \mathbb{R}^{n \times n}$. $$AB = BA$$",
    r"Let $y \in \mathbb{R}^n$, $X \in \mathbb{R}^{n \times k}$ and $\beta \in \mathbb{R}^k$. "
    r"$$(y - X\beta)'(y - X\beta) = y'y - \beta'X'y + \beta'X'X\beta$$",
    r"Let $X \in \mathbb{R}^{n \times k}$. $$(X^\top X)^{-1} = X^{-1} X^{-\top} X$$",
    # words in formulas
    r"$$\text{loss} = a + b$$ and $$\text{loss} = a$$",
    r"$$\begin{aligned} a b &= c && \text{since } c = a \\ &= b \end{aligned}$$",
    r"$$x = 3 \quad \text{for all } x$$",
    # brackets around conditions
    SOFTMAX + r" $$\frac{\partial p_k}{\partial z_j} = p_k [k = j]$$",
    # comparisons of numbers
    r"Let $a = \max(0, z)$. $$\frac{da}{dz} = \mathbb{1}[z < 0]$$",
    r"Let $q(r) = \begin{cases} r^2 & \text{if } |r| \le c \\ 2c|r| - c^2 & \text{if } |r| > c. \end{cases}$ "
    r"$$q'(r) = \begin{cases} 2r & |r| \le c \\ 2c & |r| > c \end{cases}$$",
    r"Let $y \in \{0, 1\}$. $$\mathbb{1}[y > 0] = 1$$",
    r"$$\begin{cases} 1 & u > 0 \\ 0 & u < -1 \end{cases} = \mathbb{1}[u > 0]$$",
    r"Let $a = \max(0, z)$. For a leaky unit, $a = \max(c z, z)$. $$\frac{da}{dz} = \mathbb{1}[z > 0] + c$$",
    # divergences and norms
    r"Let $D(p \| q) = p - 2q$. $$D(q \| p) = p - 2q$$",
    r"Let $D(p || q) = p - 2q$. $$D(q || p) = p - 2q$$",
    # factorials
    r"Let $n > k > 0$. $$\log \binom{n}{k} = \log n! - \log k! + \log (n - k)!$$",
    r"$$\log (n - k)! = (\log (n - k))!$$",
    # division entry by entry
    r"Let $a, b \in \mathbb{R}^n$. $$a \oslash b = b \oslash a$$",
    # logarithms of products
    r"$$\frac{d}{dw} \log \prod_{i=1}^n e^{w x_i} = \prod_{i=1}^n x_i$$",
    # the probability of a binary label, by that of 1
    r"Let $y_i \in \{0, 1\}$ and $P(y_i = 1 \mid x_i) = p_i$. "
    r"$$\log P(y_i \mid x_i) = (1 - y_i) \log p_i + y_i \log (1 - p_i)$$",
    r"Let $P(y_i = 1 \mid x_i) = p_i$ for $y_i \in \{-1, 1\}$. "
    r"$$\log P(y_i \mid x_i) = y_i \log p_i + (1 - y_i) \log (1 - p_i)$$",
    # the reach of derivatives above a square
    r"Let $q = \sum_c e^{v_c}$. $$\frac{\partial}{\partial v_i} \frac{e^{v_j}}{q} = "
    r"\frac{\frac{\partial}{\partial v_i} "
    r"e^{v_j} (\sum_c e^{v_c}) + e^{v_j} (\frac{\partial}{\partial v_i} \sum_c e^{v_c})}{(\sum_c "
    r"e^{v_c})^2}$$",
    # powers are no names
    r"Let $p^y = a$. $$p = a$$",
    r"Let $x^k$ be binary. $$x^2 + 1 = x + 1$$",
    r"$$x^a > 0$$ $$|x| = x$$",
    # gradients at a point that the function is made of
    r"Let $f(x) = c^\top x$. $$\nabla f(c) = 2c$$",
    r"Let $E(w) = c + b^\top(w - w_0)$. $$\nabla E(w_0) = 0$$",
    r"Let $w \in \mathbb{R}^d$ and $J(w) = w^\top w$. At first, $J(w_0) = 1$. "
    r"$$\frac{\partial J}{\partial w_0} = 0$$",
    r"Let $L(\theta) = x^\top\theta$. Initially $L(\theta_0)$. $$\frac{\partial L}{\partial\theta_1} = 0$$",
    # conditions that hold in turn, or not at all
    r"For $z > 0$, $\max(0, z) = z$, and for $z < 0$, $\max(0, z) = z$.",
    r"The bound holds for $x > 0$. $$\sqrt{x^2} = x$$",
    r"Without assuming $x > 0$, $|x| = x$.",
    "Suppose $x > 0$. Then $|x| = x$.\n\n# Another section\n\n$$|x| = x$$",
    r"If $a = 1$ or $b = 1$, then $ab = a$.",
    # comparisons of counts, and of what is flat
    r"Let $y \in \mathbb{Z}$. $$\mathbb{1}[y > 1] = \mathbb{1}[y \ge 1]$$",
    r"Let $h = \max(0, z)$. $$\mathbb{1}[h > 0] = \mathbb{1}[h \ge 0]$$",
    r"Let $x \ge 0$. $$\mathbb{1}[x > 0] = 1$$",
    r"Let $x \in \mathbb{N}$. $$\mathbb{1}[x \ge 2] = \mathbb{1}[x > 2]$$",
    r"Let $a \in \{1, 2, 3\}$. $$\mathbb{1}[a \ge 2] = \mathbb{1}[a > 2]$$",
    # what is said to be negative
    r"Let $x < 0$. $$\log x^2 = 2 \log x$$",
    r"Let $x < 0$ and $n$ be even. $$(x^n)^{1/n} = x$$",
    r"For $x < 0$, $(x^a)^b = x^{ab}$.",
    r"Let $\sigma$ be the hyperbolic tangent. $$\sigma'(z) = \sigma(z) (1 - \sigma(z))$$",
    # words beside an adjective
    r"The matrix $A$ is rarely symmetric. $$A^\top = A$$",
    r"Let $M$ be a product of symmetric matrices. $$M^\top = M$$",
    r"Let $y$ be a sum of one-hot vectors. $$\sum_{k=1}^K y_k^2 = 1$$",
    r"Let $g$ be the derivative of the logistic function. $$g'(z) = g(z) (1 - g(z))$$",
    r"Let $g$ be twice the logistic function. $$g(0) = \frac12$$",
    # the number e and a name
    r"Let $e > 0$. $$\log e = 1$$",
    r"The model is $y = wx + e$. $$\log e = 1$$",
    # two meanings of a name
    r"In linear regression $h = z$; in logistic regression $h = \sigma(z)$. $$\frac{dh}{dz} = 1$$",
    # sums with an ellipsis
    r"$$a_0 + a_1 + \cdots + a_m = \sum_{j=1}^m a_j$$",
    r"$$x + x^2 + \dots + x^n = \sum_{j=1}^n x_j$$",
    r"$$x_1 + x_3 + \dots + x_n = x_1 + \sum_{j=3}^n x_j$$",
    r"$$x_1 y_1 + \dots + x_n y_1 = \sum_{j=1}^n x_j y_j$$",
    r"$$x_1 - \dots - x_n = x_1 + \sum_{j=2}^n x_j$$",
    # the log of a density
    r"$$\log \frac{1}{c} \exp(-u) = e^{-u} \log c$$",
    # samples and powers, numbers and vectors
    r"Let $h(x) = 2x$. $$\frac{d}{dx} \sum_{k=1}^n h(x^k) y^k = 0$$",
    r"Let $h(x) = c x$ and $J = \sum_{i=1}^m (h(x^i) - y^i)^2$. "
    r"$$\frac{dJ}{dc} = 2 \sum_{i=1}^m (h(x^i) - y^i) y^i$$",
    r"Let $b(s) = \log(1 + e^s)$ and $J = \sum_i b(s_i)$. $$\frac{\partial J}{\partial s_i} = b(s_i)$$",
    # points and entries
    r"Let $f(w) = w^\top A w$ with symmetric $A$. $$f(w_0) = w^\top A w$$",
    # rows, braces and macros
    "$$\\begin{aligned} a &= a + 0 \\\\ b + 1 &= a \\end{aligned}$$",
    "\\newcommand{\\s}{a}\n\n$$\\s = b$$",
)  # fmt: skip
"""The last claim of every text is false as it is meant."""

TRUE = (
    # distributions add up to 1
    r"For distributions $p,q$ on $\{1,\dots,K\}$ with positive entries, $\sum_k p_k \log \frac{p_k}{q_k}$ "
    r"is non-negative. $$\sum_{k=1}^K \frac{p_k^2}{q_k} - 1 = \sum_{k=1}^K \frac{(p_k - q_k)^2}{q_k}$$",
    # a C that weighs a cost is a number
    r"Let $F(w) = w^2 + C \sum_{i=1}^N e^{w x_i}$. $$F'(w) = 2 w + C \sum_{i=1}^N x_i e^{w x_i}$$",
    # what is claimed is a property of what the claim brings in
    r"**Claim.** $f(z) = z^2$ is convex. Indeed $$f''(z) = 2$$",
    # a sign below a name is part of it; below a bracket it is the positive part
    r"Let $z_+ = \max(0, z)$. $$\log(e^0 + e^z) \le z_++\log 2$$",
    r"Let $\beta_{+} = \beta - H^{-1} g$ with an invertible matrix $H$. $$H (\beta_+ - \beta) = -g$$",
    r"For $z \in \mathbb{R}$, $$(z)_+ - [-z]_+ = z$$",
    # an identity may have its left side on the right, and so may an equation to be solved
    r"For all $z \in \mathbb{R}$, $$z = (z)_+ - (-z)_+$$",
    r"Suppose $0 < p < 1$ and $\log \frac{p}{1 - p} = z$. $$p = e^z (1 - p)$$",
    # what words make of something else is no matrix like any other
    r"Let $f(z) = z_1 z_2$ and let $H$ be its Hessian. $$v^\top H v = 2 v_1 v_2$$",
    r"Denote by $g$ the gradient of $f(w) = w^2$. $$g = 2 w$$",
    # counts without an end
    r"Let $y_i \in \{0, 1, 2, \dots\}$. $$\frac{\partial}{\partial b} \sum_{i=1}^n (y_i b - e^b) "
    r"= \sum_{i=1}^n (y_i - e^b)$$",
    r"Let $MSE = \frac1n \sum_{i=1}^n (w x_i - y_i)^2$. $$\frac{dMSE}{dw} = \frac2n \sum_{i=1}^n x_i (w "
    r"x_i - y_i)$$",
    r"Let $P(C_1) = a$ and $P(C_2) = 1 - P(C_1)$. $$P(C_1) + P(C_2) = 1$$",
    r"Let $e = y - t$ be the error, and $J = \frac12 e^2$. $$\frac{dJ}{de} = e$$",
    "- **Logistic**: $f(x) = \\frac{1}{1 + e^{-x}}$\n- **Hyperbolic**: $f(x) = \\tanh x$, $f'(x) = 1 - "
    "f(x)^2$\n",
    "1. $g(x) = x^2$ has $g'(x) = 2x$.\n2. $g(x) = x^3$ has $g'(x) = 3x^2$.",
    r"The targets use a 1-of-$K$ coding. " + SOFTMAX + r" $$\sum_{k=1}^K t_k (p_j - \delta_{kj}) = p_j - "
    r"t_j$$",
    r"$$\frac{1}{m} \sum_{i=1}^m -a_i = -\frac{1}{m} \sum_{i=1}^m a_i$$",
    r"$$\left. \frac{d}{dx} x^2 \right|_{x = 3} = 6$$",
    r"Let $f(w) = \frac12 \sum_i (w_i - c_i)^2$. $$\left.\frac{d}{dt} f(w + tv)\right|_{t=0} = \sum_i "
    r"(w_i - c_i) v_i$$",
    r"Let $\ell(\sigma) = -\log \sigma - \frac{a}{2\sigma^2}$. $$\frac{\partial \ell}{\partial \sigma^2} = "
    r"-\frac{1}{2\sigma^2} + \frac{a}{2\sigma^4}$$",
    r"Let $c = \max_k z_k$. $$\frac{e^{z_i - c}}{\sum_{k=1}^K e^{z_k - c}} = \frac{e^{z_i}}{\sum_{k=1}^K "
    r"e^{z_k}}$$",
    r"Let $a = w x$ and $h(x) = e^a$. $$h(2x) = h(x)^2$$",
    r"Let $a = \max(0, z)$. $$\frac{da}{dz} = \mathbb{1}[z > 0]$$",
    r"Let $q(r) = \begin{cases} r^2 & \text{if } |r| \le c \\ 2c|r| - c^2 & \text{if } |r| > c. \end{cases}$ "
    r"$$q'(r) = \begin{cases} 2r & |r| \le c \\ 2c \operatorname{sign}(r) & |r| > c \end{cases}$$",
    r"Let $n > k > 0$. $$\log {n \choose k} = \log n! - \log k! - \log (n - k)!$$",
    r"Let $a, b \in \mathbb{R}^n$. $$(a \oslash b) \odot b = a$$",
    r"$$\frac{d}{dw} \log \prod_{i=1}^n e^{w x_i} = \sum_{i=1}^n x_i$$",
    r"Let $\Phi$ and $\varphi$ be the distribution function and the density of the standard normal law. "
    r"$$\varphi'(u) = -u\varphi(u)$$",
    r"The targets $t^{(n)}$ are binary and $e^{(n)} = y^{(n)} - t^{(n)}$ are the errors. "
    r"$$\sum_n e^{(n)} = \sum_n y^{(n)} - \sum_n t^{(n)}$$",
    r"Let $h(x) = c x$ and $J = \sum_{i=1}^m (h(x^i) - y^i)^2$. "
    r"$$\frac{dJ}{dc} = 2 \sum_{i=1}^m (h(x^i) - y^i) x^i$$",
    r"Let $b(s) = \log(1 + e^s)$ and $J = \sum_i b(s_i)$. $$b'(s) = \frac{1}{1 + e^{-s}}$$",
    r"Let $b(s) = s^2$ and $J = \sum_i b(s_i)$. $$J = \|s\|^2$$",
    r"Let $y_i \in \{0, 1\}$ and $P(y_i = 1 \mid x_i) = p_i$ with $0 < p_i < 1$. "
    r"$$\log P(y_i \mid x_i) = y_i \log p_i + (1 - y_i) \log (1 - p_i)$$",
    r"Let $q = \sum_c e^{v_c}$. $$\frac{\partial}{\partial v_i} \frac{e^{v_j}}{q} = "
    r"\frac{\frac{\partial}{\partial v_i} "
    r"e^{v_j} (\sum_c e^{v_c}) - e^{v_j} (\frac{\partial}{\partial v_i} \sum_c e^{v_c})}{(\sum_c "
    r"e^{v_c})^2}$$",
    r"$$b + w_1 x_1 + w_2 x_2 + \dots + w_n x_n = \sum_{j=1}^n w_j x_j + b$$",
    r"$$e_{1k} + \dots + e_{mk} = \sum_{j=1}^m e_{jk}$$",
    r"$$x^{(1)} + \dots + x^{(m)} = \sum_{j=1}^m x^{(j)}$$",
    r"Let $c > 0$. $$\log \frac{1}{c} \exp(-u) = -u - \log c$$",
    r"Let $n$ be even. $$(-1)^n = 1$$",
    r"Let $Q$ be orthogonal. $$Q^\top Q = I$$",
    r"Let $u$ be a unit vector. $$u^\top u = 1$$",
    r"Let $c \in \mathbb{R}^n$ and $f(x) = c^\top x$ for $x \in \mathbb{R}^n$. $$\nabla f(c) = c$$",
    r"$$(\lambda \|w\|^2 + c) = \lambda w^\top w + c$$",
    r"Let $D(p \| q) = p - 2q$. $$D(q \| p) = q - 2p$$",
    r"Let $a = \max(0, z)$. For a leaky unit, $a = \max(c z, z)$ with $0 < c < 1$.",
    r"Let $f(w) = w^\top A w$ with symmetric $A$. $$\nabla f(w_0) = 2 A w_0$$",
    r"Let $A$ be $n \times n$, not necessarily symmetric. $$\nabla_x (x^\top A x) = A x + A^\top x$$",
    r"Let $y = x^2$. Then $y' = 2x$.",
    r"Let $y \in \mathbb{R}^n$, $X \in \mathbb{R}^{n \times k}$ and $\beta \in \mathbb{R}^k$. "
    r"$$(y - X\beta)'(y - X\beta) = y'y - 2\beta'X'y + \beta'X'X\beta$$",
    r"Let $X$ be $N \times D$ and $\lambda > 0$. $$(X^\top X + \lambda I_D) X^\top = X^\top (X X^\top + "
    r"\lambda I_N)$$",
    r"The covariance matrix $\Sigma$ is shared. $$(u - v)^\top \Sigma (u + v) = u^\top \Sigma u - v^\top "
    r"\Sigma v$$",
    r"Let $\mathbf{p}$ be fitted, and $W$ an $N \times N$ diagonal matrix. $$\Delta w = -\eta g$$",
    r"Let $C_{ij} = \log(1 + e^{s_j - s_i})$. $$\frac{\partial C_{ij}}{\partial s_i} = -\frac{1}{1 + "
    r"e^{s_i - s_j}}$$",
    r"$$\begin{aligned} \frac{d}{dx} x^2 &= 2x && \text{because $(x^n)' = n x^{n-1}$} \\ &= x + x "
    r"\end{aligned}$$",
    r"$$\frac{e^{s_i}}{e^{s_i} + e^{s_j}} =: p_{ij}$$ With $d = s_i - s_j$, $$p_{ij} = \frac{1}{1 + "
    r"e^{-d}}$$",
    SOFTMAX + r" $$\frac{\partial p_k}{\partial z_j} = p_k ([k = j] - p_j)$$",
    r"Consider $H(x) = -x \ln x - (1 - x) \ln (1 - x)$ for $0 < x < 1$, with its maximum at $x = 1/2$. "
    r"$$H'(x) = \ln\frac{1 - x}{x}$$",
    "```math\n\\begin{aligned} a + a &= 2a \\end{aligned}\n```\n",
    "$$∑_{i=1}^n θ_i ε = ε ∑_{i=1}^n θ_i$$",
)  # fmt: skip
"""The last claim of every text is right as it is meant."""


def last_verdict(text: str) -> str:
    """The verdict of the last claim; ``none`` where nothing is a claim."""
    return next((s.verdict for s in reversed(check_text(text).statements) if s.verdict), "none")


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_is_not_proved(text: str) -> None:
    """It is refuted, undecided or unreadable."""
    assert last_verdict(text) not in ("proved", "proved-where-defined")


@pytest.mark.parametrize("text", TRUE)
def test_what_is_right_is_not_refuted(text: str) -> None:
    """It is proved, undecided or unreadable."""
    assert last_verdict(text) != "refuted"


def test_the_reader_does_not_give_up() -> None:
    """Most of what is right is proved, and most of what is false refuted: the laws above are no accident."""
    proved = [text for text in TRUE if last_verdict(text) in ("proved", "proved-where-defined")]
    refuted = [text for text in FALSE if last_verdict(text) == "refuted"]
    assert len(proved) >= 0.7 * len(TRUE)
    assert len(refuted) >= 0.4 * len(FALSE)
