"""Elementwise functions of a score: sigmoid, its derivative, softplus, log-sigmoid and the inverse, logit.

Each takes an array of real numbers of any shape and returns an array of that shape, which is `out` where that
is given (of the same shape and type; it may be the input). float32 and float64 are kept, other numbers become
float64. `TypeError` is raised for what is no array of real numbers and for an `out` of another type,
`ValueError` for an `out` of another shape. Infinite arguments have the limits of the function, NaN has NaN.
The accuracies are those in float64; in float32, whose exponential NumPy rounds less well, they are 4 ulp.

The formula of the derivative is the catalogue's result ``sigmoid-derivative``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import AnyArray, Array, apart, floating, output
from numeric.blocks import ELEMENTS, LARGEST_SCORE, QUIETLY, blocks, scratch, trimmed
from numeric.kernels import sigmoid as kernels
from numeric.threads import over_rows

LOWER_QUARTER, UPPER_QUARTER = 0.25, 0.75
"""Between these ``2 p - 1`` is exact, and the logit may vanish."""

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


def logit(p: ArrayLike, out: AnyArray | None = None) -> Array:
    """``log(p / (1 - p))``, the inverse of the sigmoid, accurate to 3.5 ulp; NaN outside of [0, 1]."""
    return _apply(p, out, _logit, _logit, _always, "p")


@QUIETLY
def _logit(p: Array, out: Array, buffers: list[Array]) -> None:
    middle, *rest = buffers
    inside = (p > LOWER_QUARTER) & (p < UPPER_QUARTER)
    kernels.logit_middle(p, middle, rest)
    kernels.logit_outer(p, out, rest)
    numpy.copyto(out, middle, where=inside)


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
    name: str = "z",
) -> Array:
    """Run `bounded` on the blocks of `z` that `fits` admits and `unbounded` on the others."""
    scores = floating(name, z)
    result = output(out, scores)
    scores = scores if out is None else apart(scores, result)
    order = _common_order(scores, result)
    source = scores.ravel(order or "C")
    target = result.ravel(order) if order else numpy.empty_like(source)

    def fill(start: int, stop: int) -> None:
        buffers = scratch(kernels.SCRATCH + 1, min(ELEMENTS, stop - start), scores.dtype)
        for first, last in blocks(start, stop, ELEMENTS):
            block = source[first:last]
            kernel = bounded if fits(block) else unbounded
            kernel(block, target[first:last], trimmed(buffers, last - first))

    over_rows(fill, source.size, ELEMENTS, source.size)
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
