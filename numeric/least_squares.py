"""Least squares: half the mean squared error of linear scores with an L2 penalty, and its derivatives.

The cost is ``sum(w * (X @ theta - y)**2) / (2 * sum(w)) + l2 / 2 * sum(theta**2)``.

theta is (n,); with ``intercept=True`` it is (n + 1,) and its last entry is the intercept, which is not
penalised. X is (m, n). y is (m,), any real numbers but NaN.

`sample_weight` is (m,), nonnegative with a positive sum; without it every weight is 1. Arithmetic is done in
the floating type of X, float32 or float64 (float64 for other numbers), and arrays that are returned have it.
Samples are read in blocks that stay in cache, many of them by several threads (`numeric.set_threads`); no
argument is modified. X and y may be dask arrays chunked by rows.

Raises `TypeError` where an argument is no array of real numbers (`l2` no number, `intercept` no truth value),
and `ValueError` where a shape, a label, a weight or the penalty is wrong, or entries are masked; each names
argument, expected and given. Infinite and NaN data in X follow IEEE without a warning.

The formulas are the results ``squared-error-gradient`` and ``squared-error-hessian`` of the catalogue.
Residuals are rounded once; sums over samples add the rounding of BLAS, and are taken over blocks in float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy
from numpy.typing import ArrayLike

from numeric import one_score
from numeric.arguments import AnyArray, Array
from numeric.kernels import squared_error
from numeric.problem import Problem
from numeric.regression import Regression


def _value(z: Array, y: AnyArray, weights: Array, losses: Array, buffers: Sequence[Array]) -> float:
    squared_error.value(z, _targets(y, z), losses, buffers)
    return float(weights.dot(losses))


def _gradient(z: Array, y: AnyArray, slopes: Array, buffers: Sequence[Array]) -> None:
    squared_error.gradient(z, _targets(y, z), slopes)


def _value_and_gradient(
    z: Array, y: AnyArray, weights: Array, losses: Array, slopes: Array, buffers: Sequence[Array]
) -> float:
    squared_error.value_and_gradient(z, _targets(y, z), losses, slopes, buffers)
    return float(weights.dot(losses))


def _curvature(z: Array, y: AnyArray, out: Array, buffers: Sequence[Array]) -> None:
    _targets(y, z)
    out.fill(1)


def _targets(y: AnyArray, z: Array) -> Array:
    """`y` in the type of the scores; raises `ValueError` for NaN."""
    targets = y.astype(z.dtype, copy=False)
    if numpy.isnan(targets).any():
        raise ValueError("y: expected real numbers, given NaN")
    return targets


LOSS = one_score.ScoreLoss(_value, _gradient, _value_and_gradient, _curvature, squared_error.SCRATCH)
"""Half the squared error of a block."""

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

    It is ``X.T @ (w * (X @ theta - y)) / sum(w)`` and the penalty's part.
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

    It is ``X.T @ diag(w) @ X / sum(w)`` and the penalty's part.
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
