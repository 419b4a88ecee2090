"""Sums over samples for regressions with one score a sample, block by block.

Each function takes a loss and a problem and the bounds of a range of samples, and keeps no state, so ranges
may be computed at the same time and added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy

from numeric.arguments import AnyArray, Array
from numeric.blocks import ones, scratch, spare
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
    for _, y, weights, (scores, losses, *rest) in _scored(problem, loss.scratch + 2, start, stop):
        total += loss.value(scores, y, weights, losses, rest)
    return numpy.array([total])


def gradient(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """The sum of the gradients by theta, in float64."""
    total = numpy.zeros(problem.theta.size)
    own, part = _parts(problem, total, stop - start)
    for rows, y, weights, (scores, slopes, *rest) in _scored(problem, loss.scratch + 2, start, stop):
        loss.gradient(scores, y, slopes, rest)
        if problem.intercept:
            total[-1] += weights.dot(slopes)
        _add_rows(own, part, problem, rows, slopes, weights)
    return total


def value_and_gradient(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """Both sums in one pass over X, the one of the losses first."""
    sums, cost = numpy.zeros(1 + problem.theta.size), 0.0
    own, part = _parts(problem, sums[1:], stop - start)
    for rows, y, weights, (scores, losses, slopes, *rest) in _scored(problem, loss.scratch + 3, start, stop):
        cost += loss.value_and_gradient(scores, y, weights, losses, slopes, rest)
        if problem.intercept:
            sums[-1] += weights.dot(slopes)
        _add_rows(own, part, problem, rows, slopes, weights)
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
    for rows, y, weights, (scores, factors, *rest) in _scored(problem, loss.scratch + 2, start, stop, step):
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
    total = numpy.zeros(problem.theta.size)
    own, part = _parts(problem, total, stop - start)
    for rows, y, weights, (scores, curvature, along, *rest) in _scored(
        problem, loss.scratch + 3, start, stop
    ):
        loss.curvature(scores, y, curvature, rest)
        score(problem, problem.direction, rows, along)
        numpy.multiply(along, curvature, along)
        if problem.intercept:
            total[-1] += weights.dot(along)
        _add_rows(own, part, problem, rows, along, weights)
    return total


def score(problem: Problem, parameters: Array, rows: Array, out: Array) -> None:
    """The scores of `rows` for `parameters` into `out`."""
    own = parameters[:-1] if problem.intercept else parameters
    if own.shape[0] >= VECDOT_COLUMNS and rows.flags.c_contiguous:
        numpy.vecdot(rows, own, out)
    else:
        linear.scores(own, rows, out)
    if problem.intercept:
        numpy.add(out, parameters[-1, ...], out)


def _scored(
    problem: Problem, count: int, start: int, stop: int, step: int | None = None
) -> Iterator[tuple[Array, AnyArray, Array, Sequence[Array]]]:
    """Rows, labels, weights and `count` buffers of successive blocks, the first of them filled with scores.

    The weights are ones where the problem has none. The next block overwrites the buffers.
    """
    step = min(step or problem.step, stop - start)
    buffers = whole = scratch(count, step, problem.dtype)
    weights = ones(step, problem.dtype)
    for first in range(start, stop, step):
        last = min(first + step, stop)
        if last - first < step:
            buffers = [buffer[: last - first] for buffer in whole]
            weights = weights[: last - first]
        rows = problem.rows(first, last)
        score(problem, problem.theta, rows, buffers[0])
        if problem.weights is not None:
            weights = problem.weights[first:last]
        yield rows, problem.y[first:last], weights, buffers
    spare(whole)


def _parts(problem: Problem, total: Array, rows: int) -> tuple[Array, Array]:
    """The entries of `total` without the intercept's, and a buffer for what one block adds to them.

    They are the same where there is one block of `rows`, whose sum needs not be added to zeros.
    """
    own = total[:-1] if problem.intercept else total
    if rows <= problem.step and problem.dtype == own.dtype:
        return own, own
    return own, numpy.empty(own.shape, problem.dtype)


def _add_rows(own: Array, part: Array, problem: Problem, rows: Array, slopes: Array, weights: Array) -> None:
    """Add the rows, weighted by `slopes` and `weights`, to `own`, by way of `part`; overwrites `slopes`."""
    if problem.weights is not None:
        numpy.multiply(slopes, weights, slopes)
    linear.gradient(slopes, rows, part)
    if part is not own:
        numpy.add(own, part, own)
