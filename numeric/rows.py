"""Softmax, its logarithm and log-sum-exp over the last axis, in blocks of rows.

Each takes an array of real numbers with at least one class along its last axis, and returns float32 or
float64 as given, float64 for other numbers; `out` is filled and returned where it is given, and must have the
result's shape and type. `TypeError` and `ValueError` name the argument that is wrong. A score of minus
infinity is a class without probability; a NaN, or a score of plus infinity, makes NaN of its row's
probabilities.

Scores up to `SAFE_SCORE` need no shift. Others are shifted by the largest of their row; what the
subtraction rounds away is computed exactly (Knuth's TwoSum) and put back, because ``exp`` turns it into a
relative error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import AnyArray, Array, Indices, apart, floating, output
from numeric.blocks import QUIETLY, blocks, rows_in_block
from numeric.kernels import softmax as kernels
from numeric.threads import over_rows

SAFE_SCORE = {numpy.dtype(numpy.float64): 340.0, numpy.dtype(numpy.float32): 40.0}
"""Scores up to this size have exponentials whose sums and quotients stay normal floats."""

DOT_COLUMNS = 32
"""Up to this width a row is summed faster by a product with ones, and as accurately."""


class Shifted(NamedTuple):
    """Rows less their largest score: the differences, what rounding lost of them, the exponentials,
    the place of the largest score and the sum of all exponentials but that one, which is 1.
    """

    differences: Array
    lost: Array
    exponentials: Array
    largest: Indices
    others: Array


def softmax(z: ArrayLike, out: AnyArray | None = None) -> Array:
    """``exp(z[k]) / sum_c exp(z[c])`` over the last axis, accurate to a few ulp at any scale."""
    return _apply(z, out, block_softmax)


def log_softmax(z: ArrayLike, out: AnyArray | None = None) -> Array:
    """``z[k] - log sum_c exp(z[c])`` over the last axis, accurate to a few ulp at any scale."""
    return _apply(z, out, _block_log_softmax)


@QUIETLY
def logsumexp(z: ArrayLike, out: AnyArray | None = None) -> Array:
    """``log sum_c exp(z[c])`` over the last axis, which the result lacks.

    It is accurate to 2 ulp of the larger of max |z| and the logarithm of the number of classes.
    """
    scores = _scores(z)
    result = output(out, numpy.empty(scores.shape[:-1], scores.dtype))
    source = scores.reshape(-1, scores.shape[-1])
    target = numpy.empty(source.shape[0], scores.dtype)
    step = rows_in_block(source.shape[1], scores.itemsize)

    def fill(start: int, stop: int) -> None:
        for first, last in blocks(start, stop, step):
            rows = shifted(source[first:last])
            top = source[first:last][numpy.arange(last - first), rows.largest]
            kernels.logarithm_of_sum(top, rows.others, target[first:last], [numpy.empty_like(top)])
            numpy.copyto(target[first:last], top, where=numpy.isinf(top))

    over_rows(fill, source.shape[0], step, source.size)
    result[...] = target.reshape(result.shape)
    return result[()] if result.ndim == 0 and out is None else result


def bounded(z: Array) -> bool:
    """Whether the exponentials need no shift; NaN fails the comparison, as it should."""
    bound = SAFE_SCORE[z.dtype]
    return bool(z.max() <= bound and z.min() >= -bound)


def row_sums(rows: Array) -> Array:
    """The sum of each row."""
    sums = numpy.empty(rows.shape[0], rows.dtype)
    if rows.shape[1] <= DOT_COLUMNS:
        numpy.dot(rows, numpy.ones(rows.shape[1], rows.dtype), sums)
    else:
        numpy.add.reduce(rows, axis=1, out=sums)
    return sums


def shifted(z: Array) -> Shifted:
    """The rows of `z` shifted by their largest score; an infinite or NaN score follows IEEE, silently."""
    samples = numpy.arange(z.shape[0])
    largest = z.argmax(axis=1)
    top = z[samples, largest][:, None]
    with numpy.errstate(invalid="ignore", over="ignore"):
        differences = z - top
        back = differences - z
        lost = (z - (differences - back)) - (top + back)
        lost[~numpy.isfinite(lost)] = 0
        exponentials = numpy.exp(differences)
        exponentials += exponentials * lost
    own = exponentials[samples, largest]
    exponentials[samples, largest] = numpy.where(numpy.isnan(own), own, 0)
    others = row_sums(exponentials)
    exponentials[samples, largest] = own
    return Shifted(differences, lost, exponentials, largest, others)


def block_softmax(z: Array, out: Array) -> None:
    """The softmax of the rows of `z` into `out`."""
    if bounded(z):
        numpy.exp(z, out)
        kernels.probability(out, row_sums(out)[:, None], out)
    else:
        rows = shifted(z)
        kernels.probability(rows.exponentials, (1 + rows.others)[:, None], out)


def block_log_softmax(rows: Shifted, out: Array) -> None:
    """The log-softmax of shifted rows into `out`."""
    others = rows.others[:, None]
    kernels.log_probability(rows.differences, others, out, [numpy.empty_like(others)])
    numpy.add(out, rows.lost, out)


def _block_log_softmax(z: Array, out: Array) -> None:
    block_log_softmax(shifted(z), out)


def _apply(z: ArrayLike, out: AnyArray | None, function: Callable[[Array, Array], None]) -> Array:
    scores = _scores(z)
    result = output(out, scores)
    scores = scores if out is None else apart(scores, result)
    columns = scores.shape[-1]
    source = scores.reshape(-1, columns)
    direct = result.flags.c_contiguous
    target = result.reshape(-1, columns) if direct else numpy.empty(source.shape, scores.dtype)
    step = rows_in_block(columns, scores.itemsize)

    def fill(start: int, stop: int) -> None:
        for first, last in blocks(start, stop, step):
            function(source[first:last], target[first:last])

    over_rows(fill, source.shape[0], step, source.size)
    if not direct:
        result[...] = target.reshape(scores.shape)
    return result


def _scores(z: ArrayLike) -> Array:
    scores = floating("z", z)
    if scores.ndim == 0 or scores.shape[-1] == 0:
        raise ValueError(f"z: expected at least one class along the last axis, given {scores.shape}")
    return scores
