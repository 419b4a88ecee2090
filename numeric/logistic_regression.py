"""Logistic regression: the mean log-loss of linear scores with an L2 penalty, and its derivatives.

The cost is ``sum(w * log_loss(X @ theta, y)) / sum(w) + l2 / 2 * sum(theta**2)``.

theta is (n,); with ``intercept=True`` it is (n + 1,) and its last entry is the intercept, which is not
penalised. X is (m, n). y is (m,), 0 or 1, or between them for soft labels; -1 and +1 are refused.

`sample_weight` is (m,), nonnegative with a positive sum; without it every weight is 1. Arithmetic is done in
the floating type of X, float32 or float64 (float64 for other numbers), and arrays that are returned have it.
Samples are read in blocks that stay in cache, many of them by several threads (`numeric.set_threads`); no
argument is modified. X and y may be dask arrays chunked by rows.

Raises `TypeError` where an argument is no array of real numbers (`l2` no number, `intercept` no truth value),
and `ValueError` where a shape, a label, a weight or the penalty is wrong, or entries are masked; each names
argument, expected and given. Infinite and NaN data in X follow IEEE without a warning.

The formulas are the results ``log-loss-gradient``, ``log-loss-hessian``, ``log-loss-l2-gradient`` and ``log-
loss-l2-hessian`` of the catalogue. Losses and residuals are accurate as in `numeric.log_loss`; sums over
samples add the rounding of BLAS, and are taken over blocks in float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from numpy.typing import ArrayLike

from numeric import log_loss, one_score
from numeric.arguments import AnyArray, Array, require_probabilities
from numeric.kernels.sigmoid import SCRATCH as SIGMOID_SCRATCH
from numeric.kernels.sigmoid import sigmoid_derivative
from numeric.problem import Problem
from numeric.regression import Regression


def _curvature(z: Array, y: AnyArray, out: Array, buffers: Sequence[Array]) -> None:
    require_probabilities(y)
    sigmoid_derivative(z, out, buffers)


LOSS = one_score.ScoreLoss(
    log_loss.block_value,
    log_loss.block_gradient,
    log_loss.block_value_and_gradient,
    _curvature,
    max(log_loss.SCRATCH, SIGMOID_SCRATCH),
)
"""The log-loss of a block."""

REGRESSION = Regression(
    Problem.of,
    partial(one_score.value, LOSS),
    partial(one_score.gradient, LOSS),
    partial(one_score.value_and_gradient, LOSS),
    partial(one_score.hessian, LOSS),
    partial(one_score.hessian_product, LOSS),
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

    It is ``X.T @ (w * (sigmoid(X @ theta) - y)) / sum(w)`` and the penalty's part.
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

    It is ``X.T @ diag(w s (1 - s)) @ X / sum(w)`` and the penalty's part.
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
