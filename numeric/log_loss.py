"""The log-loss of raw scores: ``-y log(sigmoid(z)) - (1 - y) log(1 - sigmoid(z))`` for each score.

z and y have one shape, which every result has too; y is 0 or 1, or anything between for soft labels. float32
and float64 scores keep their type, other real numbers become float64. A wrong argument raises `TypeError`
where it is no array of real numbers and `ValueError` where its shape or a label is wrong; labels -1 and +1
are refused. Infinite scores have the limits of the loss, NaN has NaN, without a warning. The accuracies are
those in float64; in float32, whose exponential NumPy rounds less well, they are 4 ulp.

The formulas are the results ``log-loss-score-gradient`` and ``log-loss-score-hessian`` of the catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import isfinite

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import Array, floating, real, require_probabilities, require_shape
from numeric.blocks import ELEMENTS, ONE, QUIETLY, blocks, ones, scratch, trimmed
from numeric.elementary import sigmoid_derivative
from numeric.kernels import log_loss as kernels
from numeric.threads import over_rows

CERTAIN = 800.0
"""A score whose sigmoid is 0 or 1 in every float type; it stands for an infinite one with the right label."""

SCRATCH = kernels.SCRATCH
"""Scratch buffers that a block needs; one of them holds 1 - y where the kernel takes that."""


def value(z: ArrayLike, y: ArrayLike) -> Array:
    """The losses, accurate to 1.5 ulp for hard labels and to 4 ulp for soft ones."""
    return _elementwise(z, y, value=True)[0]


def gradient(z: ArrayLike, y: ArrayLike) -> Array:
    """The derivative of each loss by its score, ``sigmoid(z) - y``, accurate to 2.1 ulp for hard labels.

    Soft labels are accurate to 4 ulp of the larger of ``(1 - y) sigmoid(z)`` and ``y sigmoid(-z)``.
    """
    return _elementwise(z, y, slope=True)[1]


def value_and_gradient(z: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """What `value` and `gradient` return, in one pass."""
    return _elementwise(z, y, value=True, slope=True)


def hessian(z: ArrayLike, y: ArrayLike) -> Array:
    """The second derivative of each loss by its score, ``sigmoid(z) sigmoid(-z)``, accurate to 2.5 ulp.

    It is the diagonal of the Hessian, whose other entries are 0, and does not depend on y.
    """
    scores, labels = _arguments(z, y)
    require_probabilities(labels)
    return sigmoid_derivative(scores)


def block_value(z: Array, y: Array, weights: Array, losses: Array, buffers: Sequence[Array]) -> float:
    """The losses of one block into `losses`; returns their sum, weighted.

    That sum tells whether an exponential was infinite, or a score; then any scores are right.
    """
    complement, *rest = buffers
    labels = y if y.dtype == z.dtype else y.astype(z.dtype)
    hard = _are_hard(labels, complement, rest[0])
    (kernels.value_hard if hard else kernels.value_soft)(z, labels, complement, losses, rest)
    total = float(weights.dot(losses))
    if not isfinite(total):
        kernels.value_unbounded(_finite_where_certain(z, labels), labels, losses, buffers)
        total = float(weights.dot(losses))
    return total


def block_gradient(z: Array, y: Array, slopes: Array, buffers: Sequence[Array]) -> None:
    """The derivatives of one block into `slopes`."""
    complement, *rest = buffers
    labels = y if y.dtype == z.dtype else y.astype(z.dtype)
    hard = _are_hard(labels, complement, rest[0])
    (kernels.gradient_hard if hard else kernels.gradient_soft)(z, labels, complement, slopes, rest)
    if not isfinite(slopes.dot(slopes)):
        kernels.gradient_unbounded(_finite_where_certain(z, labels), labels, slopes, buffers)


def block_value_and_gradient(
    z: Array, y: Array, weights: Array, losses: Array, slopes: Array, buffers: Sequence[Array]
) -> float:
    """Losses and derivatives of one block; returns the sum of the losses, weighted."""
    complement, *rest = buffers
    labels = y if y.dtype == z.dtype else y.astype(z.dtype)
    hard = _are_hard(labels, complement, rest[0])
    kernel = kernels.value_and_gradient_hard if hard else kernels.value_and_gradient_soft
    kernel(z, labels, complement, losses, slopes, rest)
    total = float(weights.dot(losses))
    if not isfinite(total):
        scores = _finite_where_certain(z, labels)
        kernels.value_and_gradient_unbounded(scores, labels, losses, slopes, buffers)
        total = float(weights.dot(losses))
    return total


@QUIETLY
def _elementwise(
    z: ArrayLike, y: ArrayLike, *, value: bool = False, slope: bool = False
) -> tuple[Array, Array]:
    """Losses where `value` is set and derivatives where `slope` is; what is not is an empty array."""
    scores, labels = _arguments(z, y)
    size = scores.size
    losses = numpy.empty(size if value else 0, scores.dtype)
    slopes = numpy.empty(size if slope else 0, scores.dtype)
    over = partial(_fill, scores.ravel(), labels.ravel(), losses, slopes)
    over_rows(over, size, min(ELEMENTS, size), size)
    return (
        losses.reshape(scores.shape)[()] if value else losses,
        slopes.reshape(scores.shape)[()] if slope else slopes,
    )


def _fill(z: Array, y: Array, losses: Array, slopes: Array, start: int, stop: int) -> None:
    step = min(ELEMENTS, stop - start)
    buffers = scratch(SCRATCH, step, z.dtype)
    for first, last in blocks(start, stop, step):
        rest = trimmed(buffers, last - first)
        block_z, block_y, weights = z[first:last], y[first:last], ones(last - first, z.dtype)
        if not slopes.size:
            block_value(block_z, block_y, weights, losses[first:last], rest)
        elif not losses.size:
            block_gradient(block_z, block_y, slopes[first:last], rest)
        else:
            block_losses, block_slopes = losses[first:last], slopes[first:last]
            block_value_and_gradient(block_z, block_y, weights, block_losses, block_slopes, rest)


def _arguments(z: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    scores, labels = floating("z", z), real("y", y)
    require_shape("y", labels, scores.shape)
    if scores.size == 0:
        raise ValueError(f"z: expected at least one score, given shape {scores.shape}")
    return scores, labels


def _are_hard(y: Array, complement: Array, products: Array) -> bool:
    """Whether all labels are 0 or 1; raises `ValueError` for a label outside [0, 1] and for NaN.

    Writes 1 - y into `complement`; y (1 - y) is 0 for 0 and 1 and for no other float. Comparing bytes takes
    two thirds of the time in which NumPy counts floats, but tells -0.0 from 0.
    """
    numpy.subtract(ONE[y.dtype], y, complement)
    numpy.multiply(complement, y, products)
    if products.tobytes() == bytes(products.nbytes) or not numpy.count_nonzero(products):
        return True
    require_probabilities(y)
    return False


def _finite_where_certain(z: Array, y: Array) -> Array:
    """`z` without the infinities whose label is certain: their loss is 0, not the NaN of 0 times infinity."""
    certain = ((z == numpy.inf) & (y == 1)) | ((z == -numpy.inf) & (y == 0))
    return numpy.where(certain, numpy.copysign(CERTAIN, z), z) if certain.any() else z
