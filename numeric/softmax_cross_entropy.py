"""The cross-entropy of a softmax over raw scores: ``-sum_k y[k] log softmax(z)[k]`` for each row.

z is (m, K). y is class indices (m,), or one-hot or soft labels (m, K) whose rows sum to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import (
    Array,
    Indices,
    class_indices,
    floating,
    real,
    require_distributions,
    require_matrix,
    require_shape,
)
from numeric.blocks import blocks, rows_in_block
from numeric.kernels import softmax as kernels
from numeric.rows import block_log_softmax, block_softmax, bounded, row_sums, shifted


@dataclass(slots=True)
class ClassRows:
    """Some rows with their class indices; `place` is where they stand among all."""

    place: slice
    scores: Array
    classes: Indices


@dataclass(slots=True)
class SoftRows:
    """Some rows with labels that sum to 1; `place` is where they stand among all."""

    place: slice
    scores: Array
    labels: Array


def value(z: ArrayLike, y: ArrayLike) -> Array:
    """The loss of each row, (m,)."""
    return value_and_gradient(z, y)[0]


def gradient(z: ArrayLike, y: ArrayLike) -> Array:
    """The derivatives of each row's loss by its scores, ``softmax(z) - y``, (m, K)."""
    return value_and_gradient(z, y)[1]


def value_and_gradient(z: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Losses (m,) and their derivatives (m, K) in one pass."""
    scores = floating("z", z)
    m, _ = require_matrix("z", scores)
    losses, slopes = numpy.empty(m, scores.dtype), numpy.empty(scores.shape, scores.dtype)
    for rows in _blocks(scores, y):
        block_slopes = slopes[rows.place]
        if isinstance(rows, SoftRows):
            losses[rows.place] = _soft(rows, block_slopes)
        elif bounded(rows.scores):
            losses[rows.place] = _classes_bounded(rows, block_slopes)
        else:
            losses[rows.place] = _classes_shifted(rows, block_slopes)
    return losses, slopes


def hessian(z: ArrayLike, y: ArrayLike) -> Array:
    """The second derivatives of each row's loss, ``diag(p) - p p^T`` with p = softmax(z): (m, K, K)."""
    scores = floating("z", z)
    m, classes = require_matrix("z", scores)
    result = numpy.empty((m, classes, classes), scores.dtype)
    diagonal = numpy.arange(classes)
    for rows in _blocks(scores, y):
        p, complement = _probabilities(rows.scores)
        block = result[rows.place]
        numpy.multiply(-p[:, :, None], p[:, None, :], block)
        block[:, diagonal, diagonal] = p * complement
    return result


def hessian_product(z: ArrayLike, p: ArrayLike, y: ArrayLike) -> Array:
    """The product of each row's Hessian with the row of `p`, (m, K), without building the Hessians."""
    scores = floating("z", z)
    direction = floating("p", p, scores.dtype)
    require_matrix("z", scores)
    require_shape("p", direction, scores.shape)
    result = numpy.empty(scores.shape, scores.dtype)
    for rows in _blocks(scores, y):
        probabilities, along = result[rows.place], direction[rows.place]
        block_softmax(rows.scores, probabilities)
        probabilities *= along - row_sums(probabilities * along)[:, None]
    return result


def _blocks(scores: Array, y: ArrayLike) -> Iterator[ClassRows | SoftRows]:
    """Checked blocks of rows."""
    m, classes = require_matrix("z", scores)
    if classes == 0:
        raise ValueError(f"z: expected at least one class, given shape {scores.shape}")
    labels = real("y", y)
    require_shape("y", labels, scores.shape if labels.ndim == 2 else (m,))
    for start, stop in blocks(m, rows_in_block(classes, scores.itemsize)):
        place = slice(start, stop)
        block = labels[place]
        if labels.ndim == 1:
            yield ClassRows(place, scores[place], class_indices(block, classes))
            continue
        soft = block.astype(scores.dtype, copy=False)
        require_distributions(soft)
        if ((soft == 0) | (soft == 1)).all():
            yield ClassRows(place, scores[place], soft.argmax(axis=1))
        else:
            yield SoftRows(place, scores[place], soft)


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


def _probabilities(z: Array) -> tuple[Array, Array]:
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
