"""Sums over samples for regressions with one score a sample, block by block.

Each function takes a loss and a problem and the bounds of a range of samples, and keeps no state, so ranges
may be computed at the same time and added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy

from numeric.arguments import AnyArray, Array
from numeric.blocks import blocks, ones, scratch, trimmed
from numeric.kernels import linear
from numeric.problem import Problem

VECDOT_COLUMNS = 64
"""From this width on a row's own dot product reads memory as fast as BLAS does, or twice as fast."""

GRAM_BYTES = 2_000_000
"""Bytes of a block for the Hessian: the product of a matrix with its transpose wants many rows."""

GRAM_ROWS = 1024
"""Rows of such a block, of a wide matrix as many as columns, where they take more bytes."""


class ScoreLoss(NamedTuple):
    """A loss of one score, as functions of a block: scores, labels, what they fill, scratch.

    `value` and `value_and_gradient` also take weights and return the weighted sum of the losses.
    """

    value: Callable[[Array, AnyArray, Array, Array, Sequence[Array]], float]
    gradient: Callable[[Array, AnyArray, Array, Sequence[Array]], None]
    value_and_gradient: Callable[[Array, AnyArray, Array, Array, Array, Sequence[Array]], float]
    curvature: Callable[[Array, AnyArray, Array, Sequence[Array]], None]
    scratch: int


def value(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """The weighted sum of the losses, (1,)."""
    total = 0.0
    for _, scores, y, weights, (losses, *rest) in _scored(problem, loss.scratch + 1, start, stop):
        total += loss.value(scores, y, weights, losses, rest)
    return numpy.array([total])


def gradient(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """The sum of the gradients by theta, in float64."""
    total, part = numpy.zeros(problem.theta.size), numpy.empty(problem.X.shape[1], problem.dtype)
    for rows, scores, y, weights, (slopes, *rest) in _scored(problem, loss.scratch + 1, start, stop):
        loss.gradient(scores, y, slopes, rest)
        _add_gradient(total, part, problem, rows, slopes, weights)
    return total


def value_and_gradient(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """Both sums in one pass over X, the one of the losses first."""
    sums, part = numpy.zeros(1 + problem.theta.size), numpy.empty(problem.X.shape[1], problem.dtype)
    total, cost = sums[1:], 0.0
    for rows, scores, y, weights, (losses, slopes, *rest) in _scored(problem, loss.scratch + 2, start, stop):
        cost += loss.value_and_gradient(scores, y, weights, losses, slopes, rest)
        _add_gradient(total, part, problem, rows, slopes, weights)
    sums[0] = cost
    return sums


def hessian(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """The sum of the Hessians by theta, in float64."""
    size, columns = problem.theta.size, problem.X.shape[1]
    fitting = GRAM_BYTES // (max(size, 1) * problem.dtype.itemsize)
    step = min(stop - start, max(fitting, min(size, GRAM_ROWS), 1))
    total = numpy.zeros((size, size))
    inner, border = total[:columns, :columns], total[-1:, :columns]
    design, product = (numpy.empty((rows, columns), problem.dtype) for rows in (step, columns))
    part = numpy.empty(columns, problem.dtype)
    for rows, scores, y, weights, (factors, *rest) in _scored(problem, loss.scratch + 1, start, stop, step):
        loss.curvature(scores, y, factors, rest)
        if problem.weights is not None:
            numpy.multiply(factors, weights, factors)
        numpy.sqrt(factors, factors)
        scaled = design[: len(rows)]
        linear.scaled(factors, rows, scaled)
        linear.hessian(scaled, product)
        numpy.add(inner, product, inner)
        if problem.intercept:
            linear.gradient(factors, scaled, part)
            numpy.add(border, part, border)
            total[-1, -1] += factors.dot(factors)
    if problem.intercept:
        total[:columns, -1:] = border.T
    return total


def hessian_product(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """The sum of the products of the samples' Hessians with the problem's direction, in float64."""
    total, part = numpy.zeros(problem.theta.size), numpy.empty(problem.X.shape[1], problem.dtype)
    for rows, scores, y, weights, (curvature, along, *rest) in _scored(
        problem, loss.scratch + 2, start, stop
    ):
        loss.curvature(scores, y, curvature, rest)
        score(problem, problem.direction, rows, along)
        _add_gradient(total, part, problem, rows, numpy.multiply(along, curvature, along), weights)
    return total


def score(problem: Problem, parameters: Array, rows: Array, out: Array) -> None:
    """The scores of `rows` for `parameters` into `out`."""
    columns = rows.shape[1]
    own = parameters[:columns]
    if columns >= VECDOT_COLUMNS and rows.flags.c_contiguous:
        numpy.vecdot(rows, own, out)
    else:
        linear.scores(own, rows, out)
    if problem.intercept:
        numpy.add(out, parameters[-1, ...], out)


def _scored(
    problem: Problem, count: int, start: int, stop: int, step: int | None = None
) -> Iterator[tuple[Array, Array, AnyArray, Array, Sequence[Array]]]:
    """Rows, scores, labels, weights and `count` buffers of successive blocks.

    The weights are ones where the problem has none. The next block overwrites scores and buffers.
    """
    step = min(step or problem.step, stop - start)
    whole = scratch(count + 1, step, problem.dtype)
    for first, last in blocks(start, stop, step):
        rows = problem.rows(first, last)
        scores, *buffers = trimmed(whole, last - first)
        score(problem, problem.theta, rows, scores)
        if problem.weights is None:
            weights = ones(last - first, problem.dtype)
        else:
            weights = problem.weights[first:last]
        yield rows, scores, problem.y[first:last], weights, buffers


def _add_gradient(
    total: Array, part: Array, problem: Problem, rows: Array, slopes: Array, weights: Array
) -> None:
    """Add the rows, weighted by `slopes` and `weights`, to `total`; the intercept's entry is 1.

    `part` holds the sum of this block; `slopes` are overwritten.
    """
    if problem.intercept:
        total[-1] += weights.dot(slopes)
    if problem.weights is not None:
        numpy.multiply(slopes, weights, slopes)
    linear.gradient(slopes, rows, part)
    own = total[: part.size]
    numpy.add(own, part, own)
