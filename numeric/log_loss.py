"""The log-loss of raw scores: ``-y log(sigmoid(z)) - (1 - y) log(1 - sigmoid(z))`` for each score."""

from __future__ import annotations

import numpy
from numpy import maximum, minimum
from numpy.typing import ArrayLike

from numeric.arguments import Array, floating, hard_labels, real, require_shape
from numeric.blocks import ELEMENTS, LARGEST_SCORE, blocks, scratch, trimmed
from numeric.elementary import sigmoid_derivative
from numeric.kernels import log_loss as kernels

CERTAIN = 800.0
"""A score whose sigmoid is 0 or 1 in every float type; it stands for an infinite one with the right label."""

HARD = {"value": kernels.value_hard, "gradient": kernels.gradient_hard}
SOFT = {"value": kernels.value_soft, "gradient": kernels.gradient_soft}
UNBOUNDED = {"value": kernels.value_unbounded, "gradient": kernels.gradient_unbounded}


def value(z: ArrayLike, y: ArrayLike) -> Array:
    """The loss of each score in `z` for its label in `y`, which is in [0, 1]; both have one shape."""
    return _elementwise("value", z, y)


def gradient(z: ArrayLike, y: ArrayLike) -> Array:
    """The derivative of each loss by its score: ``sigmoid(z) - y`` without cancellation."""
    return _elementwise("gradient", z, y)


def value_and_gradient(z: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Losses and derivatives in one pass."""
    scores, labels = _arguments(z, y)
    losses, slopes = numpy.empty(scores.size, scores.dtype), numpy.empty(scores.size, scores.dtype)
    buffers = scratch(kernels.SCRATCH, min(ELEMENTS, scores.size), scores.dtype)
    flat_scores, flat_labels = scores.ravel(), labels.ravel()
    for start, stop in blocks(scores.size, ELEMENTS):
        block_value_and_gradient(
            flat_scores[start:stop],
            flat_labels[start:stop],
            losses[start:stop],
            slopes[start:stop],
            trimmed(buffers, stop - start),
        )
    return losses.reshape(scores.shape), slopes.reshape(scores.shape)


def hessian(z: ArrayLike, y: ArrayLike) -> Array:
    """The second derivative of each loss by its score: the diagonal of the Hessian."""
    scores, labels = _arguments(z, y)
    hard_labels(labels)
    return sigmoid_derivative(scores)


def block_value_and_gradient(z: Array, y: Array, losses: Array, slopes: Array, buffers: list[Array]) -> None:
    """Losses and derivatives of one block into `losses` and `slopes`."""
    labels = y if y.dtype == z.dtype else y.astype(z.dtype)
    hard = hard_labels(labels)
    if _bounded(z):
        kernel = kernels.value_and_gradient_hard if hard else kernels.value_and_gradient_soft
        kernel(z, labels, losses, slopes, buffers)
    else:
        scores = _finite_where_certain(z, labels)
        kernels.value_and_gradient_unbounded(scores, labels, losses, slopes, buffers)


def block_single(verb: str, z: Array, y: Array, out: Array, buffers: list[Array]) -> None:
    """The losses or the derivatives of one block into `out`."""
    labels = y if y.dtype == z.dtype else y.astype(z.dtype)
    hard = hard_labels(labels)
    if _bounded(z):
        (HARD if hard else SOFT)[verb](z, labels, out, buffers)
    else:
        UNBOUNDED[verb](_finite_where_certain(z, labels), labels, out, buffers)


def _elementwise(verb: str, z: ArrayLike, y: ArrayLike) -> Array:
    scores, labels = _arguments(z, y)
    result = numpy.empty(scores.size, scores.dtype)
    buffers = scratch(kernels.SCRATCH, min(ELEMENTS, scores.size), scores.dtype)
    flat_scores, flat_labels = scores.ravel(), labels.ravel()
    for start, stop in blocks(scores.size, ELEMENTS):
        block = trimmed(buffers, stop - start)
        block_single(verb, flat_scores[start:stop], flat_labels[start:stop], result[start:stop], block)
    return result.reshape(scores.shape)


def _arguments(z: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    scores, labels = floating("z", z), real("y", y)
    require_shape("y", labels, scores.shape)
    if scores.size == 0:
        raise ValueError(f"z: expected at least one score, given shape {scores.shape}")
    return scores, labels


def _bounded(z: Array) -> bool:
    """Whether both exponentials are finite; NaN fails the comparison, as it should."""
    bound = LARGEST_SCORE[z.dtype]
    return bool(maximum.reduce(z) < bound and minimum.reduce(z) > -bound)


def _finite_where_certain(z: Array, y: Array) -> Array:
    """`z` without the infinities whose label is certain: their loss is 0, not the NaN of 0 times infinity."""
    certain = ((z == numpy.inf) & (y == 1)) | ((z == -numpy.inf) & (y == 0))
    return numpy.where(certain, numpy.copysign(CERTAIN, z), z) if certain.any() else z
