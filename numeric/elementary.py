"""Elementwise functions of a score: sigmoid, its derivative, softplus and log-sigmoid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import AnyArray, Array, floating, output
from numeric.blocks import ELEMENTS, LARGEST_SCORE, blocks, scratch, trimmed
from numeric.kernels import sigmoid as kernels

Kernel = Callable[[Array, Array, list[Array]], None]


def sigmoid(z: ArrayLike, out: AnyArray | None = None) -> Array:
    """``1 / (1 + exp(-z))``, accurate to 2.1 ulp in both tails."""
    return _apply(z, out, kernels.sigmoid_bounded, kernels.sigmoid, _exp_is_finite)


def sigmoid_derivative(z: ArrayLike, out: AnyArray | None = None) -> Array:
    """``sigmoid(z) * (1 - sigmoid(z))``, accurate to 2.5 ulp in both tails."""
    return _apply(z, out, kernels.sigmoid_derivative, kernels.sigmoid_derivative, _always)


def softplus(z: ArrayLike, out: AnyArray | None = None) -> Array:
    """``log(1 + exp(z))``, accurate to 1.5 ulp in both tails."""
    return _apply(z, out, kernels.softplus_bounded, kernels.softplus, _exp_is_finite)


def log_sigmoid(z: ArrayLike, out: AnyArray | None = None) -> Array:
    """``log(sigmoid(z))``, accurate to 1.5 ulp in both tails."""
    return _apply(z, out, kernels.log_sigmoid_bounded, kernels.log_sigmoid, _reciprocal_is_finite)


def _always(_: Array) -> bool:
    return True


def _exp_is_finite(z: Array) -> bool:
    """Whether ``exp(z)`` is finite; NaN fails the comparison, as it should."""
    return bool(z.max() < LARGEST_SCORE[z.dtype])


def _reciprocal_is_finite(z: Array) -> bool:
    return bool(z.min() > -LARGEST_SCORE[z.dtype])


def _apply(
    z: ArrayLike,
    out: AnyArray | None,
    bounded: Kernel,
    unbounded: Kernel,
    fits: Callable[[Array], bool],
) -> Array:
    """Run `bounded` on the blocks of `z` that `fits` admits and `unbounded` on the others."""
    scores = floating("z", z)
    result = output(out, scores)
    order = _common_order(scores, result)
    source = scores.ravel(order or "C")
    target = result.ravel(order) if order else numpy.empty_like(source)
    buffers = scratch(kernels.SCRATCH, min(ELEMENTS, source.size), scores.dtype)
    for start, stop in blocks(source.size, ELEMENTS):
        block = source[start:stop]
        kernel = bounded if fits(block) else unbounded
        kernel(block, target[start:stop], trimmed(buffers, stop - start))
    if not order:
        result[...] = target.reshape(scores.shape)
    return result[()] if result.ndim == 0 and out is None else result


def _common_order(scores: Array, result: Array) -> Literal["C", "F"] | None:
    """The order in which both arrays are one run of memory, so that flattening them copies nothing."""
    if scores.flags.c_contiguous and result.flags.c_contiguous:
        return "C"
    if scores.flags.f_contiguous and result.flags.f_contiguous:
        return "F"
    return None
