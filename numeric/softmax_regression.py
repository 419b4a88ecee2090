"""Softmax regression: the mean cross-entropy of linear scores of K classes with an L2 penalty.

The cost is ``sum(w * softmax_cross_entropy(X @ theta.T, y)) / sum(w) + l2 / 2 * sum(theta**2)``.

theta is (K, n), or flattened to (K * n,) as optimisers keep it; with ``intercept=True`` each row has n + 1
entries, whose last is the intercept, which is not penalised. X is (m, n). y is class indices (m,) in 0..K-1,
or one-hot or soft labels (m, K) whose rows sum to 1.

`sample_weight` is (m,), nonnegative with a positive sum; without it every weight is 1. Arithmetic is done in
the floating type of X, float32 or float64 (float64 for other numbers), and arrays that are returned have it.
Samples are read in blocks that stay in cache, many of them by several threads (`numeric.set_threads`); no
argument is modified. X and y may be dask arrays chunked by rows.

Raises `TypeError` where an argument is no array of real numbers (`l2` no number, `intercept` no truth value),
and `ValueError` where a shape, a label, a weight or the penalty is wrong, or entries are masked; each names
argument, expected and given. Infinite and NaN data in X follow IEEE without a warning.

The formulas are the results ``softmax-regression-gradient`` and ``softmax-regression-hessian`` of the
catalogue. Losses and residuals are accurate as in `numeric.softmax_cross_entropy`; sums over samples add the
rounding of BLAS, and are taken over blocks in float64.
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from numeric import class_scores
from numeric.arguments import Array
from numeric.problem import Problem
from numeric.regression import Regression

REGRESSION = Regression(
    Problem.with_classes,
    class_scores.value,
    class_scores.gradient,
    class_scores.value_and_gradient,
    class_scores.hessian,
    class_scores.hessian_product,
)
"""The verbs."""


def value(
    theta: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    l2: float = 0.0,
    intercept: bool = False,
    sample_weight: ArrayLike | None = None,
) -> float:
    """The cost at `theta`."""
    return REGRESSION.value(theta, X, y, l2, intercept, sample_weight)


def gradient(
    theta: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    l2: float = 0.0,
    intercept: bool = False,
    sample_weight: ArrayLike | None = None,
) -> Array:
    """The gradient of the cost, in the shape of `theta`.

    It is ``(w * (P - Y)).T @ X / sum(w)`` and the penalty's part.
    """
    return REGRESSION.gradient(theta, X, y, l2, intercept, sample_weight)


def value_and_gradient(
    theta: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    l2: float = 0.0,
    intercept: bool = False,
    sample_weight: ArrayLike | None = None,
) -> tuple[float, Array]:
    """Cost and gradient in one pass over X, as ``scipy.optimize.minimize(..., jac=True)`` wants them."""
    return REGRESSION.value_and_gradient(theta, X, y, l2, intercept, sample_weight)


def hessian(
    theta: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    l2: float = 0.0,
    intercept: bool = False,
    sample_weight: ArrayLike | None = None,
) -> Array:
    """The Hessian of the cost, a square matrix of the size of `theta`.

    It is ``X.T @ diag(w p[k] ((k == c) - p[c])) @ X / sum(w)`` for each two classes k and c, taken row by
    row of theta, and the penalty's part.
    """
    return REGRESSION.hessian(theta, X, y, l2, intercept, sample_weight)


def hessian_product(
    theta: ArrayLike,
    p: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    l2: float = 0.0,
    intercept: bool = False,
    sample_weight: ArrayLike | None = None,
) -> Array:
    """The product of the Hessian at `theta` with `p`, which has its shape, without building the Hessian."""
    return REGRESSION.hessian_product(p, theta, X, y, l2, intercept, sample_weight)
