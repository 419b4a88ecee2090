"""Sums over samples for regressions with a score for each class, block by block."""

from __future__ import annotations

from collections.abc import Iterator

import numpy

from numeric.arguments import Array
from numeric.blocks import blocks, rows_in_block
from numeric.kernels import linear
from numeric.problem import Problem
from numeric.rows import block_softmax, row_sums
from numeric.softmax_cross_entropy import block_value_and_gradient, labelled, probabilities

DESIGN_BYTES = 8_000_000
"""Bytes of the matrix that holds every class's rows while a block of the Hessian is computed."""


def value(problem: Problem, start: int, stop: int) -> Array:
    """The weighted sum of the losses, (1,)."""
    return value_and_gradient(problem, start, stop)[:1]


def gradient(problem: Problem, start: int, stop: int) -> Array:
    """The sum of the gradients by theta, flattened, in float64."""
    return value_and_gradient(problem, start, stop)[1:]


def value_and_gradient(problem: Problem, start: int, stop: int) -> Array:
    """Both sums in one pass over X, the one of the losses first."""
    sums = numpy.zeros(1 + problem.theta.size)
    total = sums[1:].reshape(problem.theta.shape)
    for first, last, rows, scores in _scored(problem, start, stop):
        slopes = numpy.empty_like(scores)
        losses = block_value_and_gradient(labelled(scores, problem.y[first:last]), slopes)
        if problem.weights is None:
            sums[0] += float(numpy.add.reduce(losses))
        else:
            weights = problem.weights[first:last]
            sums[0] += float(weights.dot(losses))
            numpy.multiply(slopes, weights[:, None], slopes)
        _add_gradient(total, problem, rows, slopes)
    return sums


def hessian(problem: Problem, start: int, stop: int) -> Array:
    """The sum of the Hessians by the entries of theta, (K n, K n), in float64."""
    classes, size = problem.theta.shape
    total = numpy.zeros((classes * size, classes * size))
    row_bytes = classes * size * problem.dtype.itemsize
    step = max(1, min(problem.step, DESIGN_BYTES // max(row_bytes, 1)))
    for first, last, rows, scores in _scored(problem, start, stop, step):
        labelled(scores, problem.y[first:last])
        design = numpy.ones((rows.shape[0], size), rows.dtype)
        design[:, : rows.shape[1]] = rows
        own, complement = probabilities(scores)
        weights = None if problem.weights is None else problem.weights[first:last, None]
        roots = own if weights is None else own * numpy.sqrt(weights)
        spread = (roots[:, :, None] * design[:, None, :]).reshape(rows.shape[0], -1)
        product = spread.T @ spread
        curvatures = numpy.sqrt(own * complement if weights is None else own * complement * weights)
        for k in range(classes):
            scaled = curvatures[:, k, None] * design
            same = slice(k * size, (k + 1) * size)
            product[same, same] = -(scaled.T @ scaled)
        numpy.subtract(total, product, total)
    return total


def hessian_product(problem: Problem, start: int, stop: int) -> Array:
    """The sum of the products of the Hessians with the problem's direction, flattened, in float64."""
    total = numpy.zeros(problem.theta.shape)
    for first, last, rows, scores in _scored(problem, start, stop):
        labelled(scores, problem.y[first:last])
        own, along = numpy.empty_like(scores), numpy.empty_like(scores)
        block_softmax(scores, own)
        score(problem, problem.direction, rows, along)
        along -= row_sums(own * along)[:, None]
        numpy.multiply(own, along, own)
        if problem.weights is not None:
            numpy.multiply(own, problem.weights[first:last, None], own)
        _add_gradient(total, problem, rows, own)
    return total.ravel()


def score(problem: Problem, parameters: Array, rows: Array, out: Array) -> None:
    """The scores of `rows` for each class into `out`."""
    columns = rows.shape[1]
    linear.class_scores(parameters[:, :columns], rows, out)
    if problem.intercept:
        numpy.add(out, parameters[:, columns], out)


def _scored(
    problem: Problem, start: int, stop: int, step: int | None = None
) -> Iterator[tuple[int, int, Array, Array]]:
    """Bounds, rows and scores of successive blocks; the next block overwrites the scores."""
    classes, size = problem.theta.shape
    fitting = rows_in_block(size + 2 * classes, problem.dtype.itemsize)
    step = min(step or fitting, stop - start)
    whole = numpy.empty((step, classes), problem.dtype)
    for first, last in blocks(start, stop, step):
        rows, scores = problem.rows(first, last), whole[: last - first]
        score(problem, problem.theta, rows, scores)
        yield first, last, rows, scores


def _add_gradient(total: Array, problem: Problem, rows: Array, slopes: Array) -> None:
    """Add the rows, weighted by the `slopes` of each class, to `total`; the intercept's entry is 1."""
    columns = rows.shape[1]
    part = numpy.empty((total.shape[0], columns), slopes.dtype)
    linear.class_gradient(slopes, rows, part)
    total[:, :columns] += part
    if problem.intercept:
        total[:, columns] += numpy.add.reduce(slopes, axis=0)
