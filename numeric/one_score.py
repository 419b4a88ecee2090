"""Sums over samples for regressions with one score a sample, block by block.

Each function takes a loss and a problem and the bounds of a range of samples, and keeps no state, so ranges
may be computed at the same time and added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy

from numeric.arguments import AnyArray, Array
from numeric.blocks import blocks, ones, trimmed
from numeric.kernels import linear
from numeric.problem import Problem

VECDOT_COLUMNS = 64
"""From this width on a row's own dot product reads memory as fast as BLAS does, or twice as fast."""

GRAM_BYTES = 2_000_000
"""Bytes of a block for the Hessian: the product of a matrix with its transpose wants many rows."""

GRAM_ROWS = 1024
"""Rows of such a block, of a wide matrix as many as columns, where they take more bytes."""


@dataclass(frozen=True, slots=True)
class ScoreLoss:
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
    for first, last, _, scores, (losses, *rest) in _scored(problem, loss.scratch + 1, start, stop):
        total += loss.value(scores, problem.y[first:last], _weights(problem, first, last), losses, rest)
    return numpy.array([total])


def gradient(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """The sum of the gradients by theta, in float64."""
    total = numpy.zeros(problem.theta.size)
    for first, last, rows, scores, (slopes, *rest) in _scored(problem, loss.scratch + 1, start, stop):
        loss.gradient(scores, problem.y[first:last], slopes, rest)
        _add_gradient(total, problem, first, last, rows, slopes)
    return total


def value_and_gradient(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """Both sums in one pass over X, the one of the losses first."""
    sums = numpy.zeros(1 + problem.theta.size)
    total = sums[1:]
    for first, last, rows, scores, (losses, slopes, *rest) in _scored(problem, loss.scratch + 2, start, stop):
        weights = _weights(problem, first, last)
        sums[0] += loss.value_and_gradient(scores, problem.y[first:last], weights, losses, slopes, rest)
        _add_gradient(total, problem, first, last, rows, slopes)
    return sums


def hessian(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """The sum of the Hessians by theta, in float64."""
    size, columns = problem.theta.size, problem.X.shape[1]
    fitting = GRAM_BYTES // (max(size, 1) * problem.dtype.itemsize)
    step = min(stop - start, max(fitting, min(size, GRAM_ROWS), 1))
    total = numpy.zeros((size, size))
    buffer, product = numpy.empty((step, size), problem.dtype), numpy.empty((size, size), problem.dtype)
    for first, last, rows, scores, (curvature, *rest) in _scored(
        problem, loss.scratch + 1, start, stop, step
    ):
        loss.curvature(scores, problem.y[first:last], curvature, rest)
        if problem.weights is not None:
            numpy.multiply(curvature, problem.weights[first:last], curvature)
        factors = numpy.sqrt(curvature, curvature)
        design = buffer[: last - first]
        linear.scaled(factors, rows, design[:, :columns])
        if problem.intercept:
            design[:, -1] = factors
        linear.hessian(design, product)
        numpy.add(total, product, total)
    return total


def hessian_product(loss: ScoreLoss, problem: Problem, start: int, stop: int) -> Array:
    """The sum of the products of the samples' Hessians with the problem's direction, in float64."""
    total = numpy.zeros(problem.theta.size)
    for first, last, rows, scores, (curvature, along, *rest) in _scored(
        problem, loss.scratch + 2, start, stop
    ):
        loss.curvature(scores, problem.y[first:last], curvature, rest)
        score(problem, problem.direction, rows, along)
        _add_gradient(total, problem, first, last, rows, numpy.multiply(along, curvature, along))
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
        numpy.add(out, parameters[columns:], out)


def _scored(
    problem: Problem, count: int, start: int, stop: int, step: int | None = None
) -> Iterator[tuple[int, int, Array, Array, Sequence[Array]]]:
    """Bounds, rows, scores and `count` buffers of successive blocks; the next block overwrites them."""
    step = min(step or problem.step, stop - start)
    whole = list(numpy.empty((count + 1, step), problem.dtype))
    for first, last in blocks(start, stop, step):
        rows = problem.rows(first, last)
        scores, *buffers = trimmed(whole, last - first)
        score(problem, problem.theta, rows, scores)
        yield first, last, rows, scores, buffers


def _weights(problem: Problem, first: int, last: int) -> Array:
    weights = problem.weights
    return ones(last - first, problem.dtype) if weights is None else weights[first:last]


def _add_gradient(total: Array, problem: Problem, first: int, last: int, rows: Array, slopes: Array) -> None:
    """Add the rows, weighted by `slopes` and the sample weights, to `total`; the intercept's entry is 1."""
    if problem.weights is not None:
        numpy.multiply(slopes, problem.weights[first:last], slopes)
    columns = rows.shape[1]
    if problem.intercept:
        own = total[:columns]
        numpy.add(own, slopes.dot(rows), own)
        total[columns] += ones(last - first, problem.dtype).dot(slopes)
    else:
        numpy.add(total, slopes.dot(rows), total)
