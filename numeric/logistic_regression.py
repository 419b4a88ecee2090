"""Logistic regression: the mean log-loss of ``X @ theta`` with an L2 penalty, and its derivatives.

The cost is ``sum(w * log_loss) / sum(w) + l2 / 2 * sum(weights**2)`` with w = 1 unless `sample_weight` says
otherwise. With ``intercept=True`` the last entry of theta is the intercept, which is not penalised. X is
(m, n), y is (m,) in [0, 1]. The arithmetic is done in the floating type of X.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import Array, floating, hard_labels, require_shape
from numeric.blocks import QUIETLY, scratch, trimmed
from numeric.kernels import log_loss as kernels
from numeric.kernels.sigmoid import SCRATCH as SIGMOID_SCRATCH
from numeric.kernels.sigmoid import sigmoid_derivative
from numeric.linear_scores import Block, LinearProblem
from numeric.log_loss import block_single, block_value_and_gradient

FACTOR_COLUMNS = 32
"""From this width on the Hessian is faster as a product of a matrix with its own transpose."""


@QUIETLY
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
    problem = LinearProblem.of(theta, X, y, l2, intercept, sample_weight)
    total = 0.0
    for block, losses in _singles(problem, "value"):
        total += _sum(losses, block)
    return problem.mean_value(total)


@QUIETLY
def gradient(
    theta: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    l2: float = 0.0,
    intercept: bool = False,
    sample_weight: ArrayLike | None = None,
) -> Array:
    """The gradient of the cost, in the shape of `theta`."""
    problem = LinearProblem.of(theta, X, y, l2, intercept, sample_weight)
    total = numpy.zeros(problem.theta.size)
    for block, slopes in _singles(problem, "gradient"):
        problem.add_combination(total, block, _weighted(slopes, block))
    return problem.mean_gradient(total, problem.theta)


@QUIETLY
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
    problem = LinearProblem.of(theta, X, y, l2, intercept, sample_weight)
    step = problem.step
    buffers = scratch(kernels.SCRATCH + 2, step, problem.dtype)
    cost, total = 0.0, numpy.zeros(problem.theta.size)
    for block in problem.blocks(step):
        losses, slopes, *rest = trimmed(buffers, block.scores.size)
        block_value_and_gradient(block.scores, block.labels, losses, slopes, rest)
        cost += _sum(losses, block)
        problem.add_combination(total, block, _weighted(slopes, block))
    return problem.mean_value(cost), problem.mean_gradient(total, problem.theta)


@QUIETLY
def hessian(
    theta: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    l2: float = 0.0,
    intercept: bool = False,
    sample_weight: ArrayLike | None = None,
) -> Array:
    """The Hessian of the cost, a square matrix of the size of `theta`."""
    problem = LinearProblem.of(theta, X, y, l2, intercept, sample_weight)
    size, columns = problem.theta.size, problem.X.shape[1]
    total = numpy.zeros((size, size))
    for block, curvature in _curvatures(problem):
        total[:columns, :columns] += _gram(block.rows, curvature)
        if problem.intercept:
            problem.add_combination(total[-1], block, curvature)
    if problem.intercept:
        total[:-1, -1] = total[-1, :-1]
    total /= problem.normaliser
    total[numpy.diag_indices(columns)] += problem.l2
    return total.astype(problem.dtype, copy=False)


@QUIETLY
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
    """The product of the Hessian at `theta` with the vector `p`, without building the Hessian."""
    problem = LinearProblem.of(theta, X, y, l2, intercept, sample_weight)
    direction = floating("p", p, problem.dtype)
    require_shape("p", direction, problem.theta.shape)
    total = numpy.zeros(problem.theta.size)
    projections = numpy.empty(problem.step, problem.dtype)
    for block, curvature in _curvatures(problem):
        along = projections[: curvature.size]
        problem.linear(block.rows, direction, along)
        problem.add_combination(total, block, numpy.multiply(along, curvature, along))
    return problem.mean_gradient(total, direction)


def _singles(problem: LinearProblem, verb: str) -> Iterator[tuple[Block, Array]]:
    """Each block with its losses or slopes."""
    step = problem.step
    buffers = scratch(kernels.SCRATCH + 1, step, problem.dtype)
    for block in problem.blocks(step):
        result, *rest = trimmed(buffers, block.scores.size)
        block_single(verb, block.scores, block.labels, result, rest)
        yield block, result


def _curvatures(problem: LinearProblem) -> Iterator[tuple[Block, Array]]:
    """Each block with the second derivatives of its losses by the scores, sample weights included."""
    step = problem.step
    buffers = scratch(SIGMOID_SCRATCH + 1, step, problem.dtype)
    for block in problem.blocks(step):
        hard_labels(block.labels)
        curvature, *rest = trimmed(buffers, block.scores.size)
        sigmoid_derivative(block.scores, curvature, rest)
        yield block, _weighted(curvature, block)


def _weighted(values: Array, block: Block) -> Array:
    return values if block.weights is None else numpy.multiply(values, block.weights, values)


def _sum(losses: Array, block: Block) -> float:
    return float(numpy.add.reduce(_weighted(losses, block)))


def _gram(rows: Array, curvature: Array) -> Array:
    """``rows.T @ diag(curvature) @ rows``; BLAS does half the work for a matrix and its own transpose."""
    if rows.shape[1] < FACTOR_COLUMNS:
        return (rows * curvature[:, None]).T @ rows
    factor = rows * numpy.sqrt(curvature)[:, None]
    return factor.T @ factor
