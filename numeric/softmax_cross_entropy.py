"""The cross-entropy of a softmax over raw scores: ``-sum_k y[k] log softmax(z)[k]`` for each row.

z is (m, K). y is class indices (m,) in 0..K-1, or one-hot or soft labels (m, K) whose rows sum to 1. float32
and float64 scores keep their type, other real numbers become float64. A wrong argument raises `TypeError`
where it is no array of real numbers, or booleans stand for classes, and `ValueError` where its shape or a
label is wrong. A score of minus infinity is a class without probability; NaN and plus infinity make NaN of
their row.

The formulas are the results ``softmax-cross-entropy-gradient`` and ``softmax-cross-entropy-hessian`` of the
catalogue.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import (
    AnyArray,
    Array,
    Indices,
    class_indices,
    floating,
    real,
    require_distributions,
    require_matrix,
    require_shape,
)
from numeric.blocks import QUIETLY, blocks, rows_in_block
from numeric.kernels import softmax as kernels
from numeric.rows import block_log_softmax, block_softmax, bounded, row_sums, shifted
from numeric.threads import over_rows


class ClassRows(NamedTuple):
    """Some rows of scores with their class indices."""

    scores: Array
    classes: Indices


class SoftRows(NamedTuple):
    """Some rows of scores with labels that sum to 1."""

    scores: Array
    labels: Array


def value(z: ArrayLike, y: ArrayLike) -> Array:
    """The loss of each row, (m,), accurate to 4 ulp for class indices."""
    return _over(z, y, slope=False)[0]


def gradient(z: ArrayLike, y: ArrayLike) -> Array:
    """The derivatives of each row's loss by its scores, ``softmax(z) - y``, (m, K).

    The entries of the classes that `y` names are accurate to 4 ulp.
    """
    return value_and_gradient(z, y)[1]


def value_and_gradient(z: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Losses (m,) and their derivatives (m, K) in one pass."""
    return _over(z, y, slope=True)


@QUIETLY
def hessian(z: ArrayLike, y: ArrayLike) -> Array:
    """The second derivatives of each row's loss, ``diag(p) - p p^T`` with p = softmax(z): (m, K, K).

    Saturated classes keep their digits: ``p (1 - p)`` is computed without the difference.
    """
    scores, labels = _arguments(z, y)
    m, classes = scores.shape
    result = numpy.empty((m, classes, classes), scores.dtype)
    diagonal = numpy.arange(classes)
    for first, last in blocks(0, m, rows_in_block(classes * classes, scores.itemsize)):
        rows, block = scores[first:last], result[first:last]
        labelled(rows, labels[first:last])
        p, complement = probabilities(rows)
        numpy.multiply(-p[:, :, None], p[:, None, :], block)
        block[:, diagonal, diagonal] = p * complement
    return result


@QUIETLY
def hessian_product(z: ArrayLike, p: ArrayLike, y: ArrayLike) -> Array:
    """The product of each row's Hessian with the row of `p`, (m, K), without building the Hessians."""
    scores, labels = _arguments(z, y)
    direction = floating("p", p, scores.dtype)
    require_shape("p", direction, scores.shape)
    result = numpy.empty(scores.shape, scores.dtype)
    for first, last in blocks(0, scores.shape[0], rows_in_block(scores.shape[1], scores.itemsize)):
        rows, along, own = scores[first:last], direction[first:last], result[first:last]
        labelled(rows, labels[first:last])
        block_softmax(rows, own)
        own *= along - row_sums(own * along)[:, None]
    return result


def labelled(scores: Array, labels: AnyArray) -> ClassRows | SoftRows:
    """A block of rows with its labels, checked; one-hot labels become class indices."""
    if labels.ndim == 1:
        return ClassRows(scores, class_indices(labels, scores.shape[1]))
    soft = labels.astype(scores.dtype, copy=False)
    require_distributions(soft)
    if ((soft == 0) | (soft == 1)).all():
        return ClassRows(scores, soft.argmax(axis=1))
    return SoftRows(scores, soft)


def block_value_and_gradient(rows: ClassRows | SoftRows, slopes: Array) -> Array:
    """The losses of a block; their derivatives go into `slopes`, which is one run of memory."""
    if isinstance(rows, SoftRows):
        return _soft(rows, slopes)
    return (_classes_bounded if bounded(rows.scores) else _classes_shifted)(rows, slopes)


@QUIETLY
def _over(z: ArrayLike, y: ArrayLike, slope: bool) -> tuple[Array, Array]:
    """The losses, and where `slope` is set the derivatives, otherwise an empty array."""
    scores, labels = _arguments(z, y)
    m, classes = scores.shape
    losses = numpy.empty(m, scores.dtype)
    slopes = numpy.empty((m if slope else 0, classes), scores.dtype)
    step = min(m, rows_in_block(classes, scores.itemsize))

    def fill(start: int, stop: int) -> None:
        buffer = numpy.empty((0 if slope else step, classes), scores.dtype)
        for first, last in blocks(start, stop, step):
            target = slopes[first:last] if slope else buffer[: last - first]
            rows = labelled(scores[first:last], labels[first:last])
            losses[first:last] = block_value_and_gradient(rows, target)

    over_rows(fill, m, step, scores.size)
    return losses, slopes


def _arguments(z: ArrayLike, y: ArrayLike) -> tuple[Array, AnyArray]:
    scores, labels = floating("z", z), real("y", y)
    m, classes = require_matrix("z", scores)
    if classes == 0:
        raise ValueError(f"z: expected at least one class, given shape {scores.shape}")
    require_shape("y", labels, scores.shape if labels.ndim == 2 else (m,))
    return scores, labels


def _classes_bounded(rows: ClassRows, slopes: Array) -> Array:
    """Losses, and the derivatives into `slopes`, where no exponential overflows."""
    numpy.exp(rows.scores, slopes)
    own, others = _split(slopes, rows.classes)
    losses = numpy.empty_like(own)
    kernels.value(own, others, losses, [numpy.empty_like(own)])
    return losses


def _classes_shifted(rows: ClassRows, slopes: Array) -> Array:
    """The same for any scores; the loss is minus the log-softmax, whose class may have no exponential."""
    relative = shifted(rows.scores)
    slopes[...] = relative.exponentials
    _split(slopes, rows.classes)
    logarithms = numpy.empty_like(slopes)
    block_log_softmax(relative, logarithms)
    return -logarithms[numpy.arange(slopes.shape[0]), rows.classes]


def _split(exponentials: Array, classes: Indices) -> tuple[Array, Array]:
    """Each row's exponential of its class and the sum of the others; the array becomes the gradient."""
    m, columns = exponentials.shape
    flat = exponentials.reshape(-1)
    places = numpy.arange(0, m * columns, columns)
    places += classes
    own = flat.take(places)
    flat[places] = numpy.where(numpy.isnan(own), own, 0) if numpy.isnan(own).any() else 0
    others = row_sums(exponentials)
    kernels.probability(exponentials, (own + others)[:, None], exponentials)
    slopes = numpy.empty_like(own)
    kernels.class_gradient(own, others, slopes, [numpy.empty_like(own)])
    flat[places] = slopes
    return own, others


def _soft(rows: SoftRows, slopes: Array) -> Array:
    """Losses, and the derivatives into `slopes`, for labels with sum 1; 0 times infinity is 0."""
    logarithms = numpy.empty_like(slopes)
    block_log_softmax(shifted(rows.scores), logarithms)
    block_softmax(rows.scores, slopes)
    numpy.subtract(slopes, rows.labels, slopes)
    terms = numpy.multiply(rows.labels, logarithms, where=rows.labels != 0, out=numpy.zeros_like(slopes))
    return -row_sums(terms)


def probabilities(z: Array) -> tuple[Array, Array]:
    """The softmax p of the rows and 1 - p without cancellation for the largest."""
    relative = shifted(z)
    samples = numpy.arange(z.shape[0])
    p = numpy.empty_like(z)
    kernels.probability(relative.exponentials, (1 + relative.others)[:, None], p)
    complement = 1 - p
    top = relative.exponentials[samples, relative.largest]
    slopes = numpy.empty_like(top)
    kernels.class_gradient(top, relative.others, slopes, [numpy.empty_like(top)])
    complement[samples, relative.largest] = -slopes
    return p, complement
