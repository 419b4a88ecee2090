"""Argument checks: what the public functions accept, and errors that name argument, expected and given."""

from __future__ import annotations

import sys
from math import inf, isfinite
from typing import Any

import numpy
from numpy.typing import ArrayLike, NDArray

Array = NDArray[numpy.floating[Any]]
AnyArray = NDArray[Any]
Indices = NDArray[numpy.intp]

FLOATS = (numpy.dtype(numpy.float64), numpy.dtype(numpy.float32))
CODING = "the accepted coding is 0 and 1 (or probabilities between them)"
SUM_TOLERANCE = {FLOATS[0]: 1e-6, FLOATS[1]: 1e-4}
"""How far the labels of a row may be from the sum 1."""


def floating(name: str, value: ArrayLike, dtype: numpy.dtype[Any] | None = None) -> Array:
    """`value` as an array of `dtype`, without it of float32 or float64 as given; the rest become float64.

    Raises `TypeError` for what is not an array of real numbers.
    """
    array = real(name, value)
    if dtype is None:
        dtype = array.dtype if array.dtype in FLOATS else FLOATS[0]
    return array if array.dtype == dtype else array.astype(dtype)


def real(name: str, value: ArrayLike) -> AnyArray:
    """`value` as an array of real numbers of whatever type, not converted; raises `TypeError`."""
    array = value if type(value) is numpy.ndarray else _converted(name, value)
    if array.dtype.kind not in "fiub":
        given = f"an array of {array.dtype}" if array.ndim else type(value).__name__
        raise TypeError(f"{name}: expected real numbers, given {given}")
    return array


def _converted(name: str, value: ArrayLike) -> AnyArray:
    masked = sys.modules.get("numpy.ma")
    if masked and masked.is_masked(value):
        raise ValueError(f"{name}: expected no masked entries, given some; drop or fill them")
    try:
        return numpy.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name}: expected a rectangular array of numbers ({error})") from None


def output(out: AnyArray | None, like: Array) -> Array:
    """`out` where it fits the result, or a new array; raises `ValueError` or `TypeError`."""
    if out is None:
        return numpy.empty_like(like)
    if not isinstance(out, numpy.ndarray):
        raise TypeError(f"out: expected an array, given {type(out).__name__}")
    if out.dtype != like.dtype:
        raise TypeError(f"out: expected {like.dtype}, given {out.dtype}")
    if out.shape != like.shape:
        raise ValueError(f"out: expected shape {like.shape}, given {out.shape}")
    if not out.flags.writeable:
        raise ValueError("out: expected a writeable array, given a read-only one")
    return out


def apart(scores: Array, out: Array) -> Array:
    """`scores`, or a copy where a block that is written to `out` would change one that is not yet read."""
    if not numpy.may_share_memory(scores, out):
        return scores
    ours, theirs = ((array.__array_interface__["data"], array.strides) for array in (scores, out))
    return scores if ours == theirs else scores.copy()


def require_shape(name: str, array: AnyArray, expected: tuple[int, ...]) -> None:
    """Raise `ValueError` unless `array` has the shape `expected`."""
    if array.shape != expected:
        raise ValueError(f"{name}: expected shape {expected}, given {array.shape}")


def require_matrix(name: str, array: AnyArray) -> tuple[int, int]:
    """The shape of `array`, which must be a matrix with at least one row; raises `ValueError`."""
    if array.ndim != 2:
        raise ValueError(f"{name}: expected two dimensions, given shape {array.shape}")
    if array.shape[0] == 0:
        raise ValueError(f"{name}: expected at least one row, given shape {array.shape}")
    return array.shape[0], array.shape[1]


def require_probabilities(y: AnyArray) -> None:
    """Raise `ValueError` for a label outside [0, 1] and for NaN."""
    if (y >= 0).all() and (y <= 1).all():
        return
    if numpy.isnan(y).any():
        raise ValueError(f"y: expected labels in [0, 1], given NaN; {CODING}")
    if ((y == -1) | (y == 1)).all():
        raise ValueError(f"y: expected labels in [0, 1], given -1 and +1; {CODING}: (y + 1) / 2")
    wrong = y[(y < 0) | (y > 1)].flat[0]
    raise ValueError(f"y: expected labels in [0, 1], given {wrong}; {CODING}")


def class_indices(y: AnyArray, classes: int) -> Indices:
    """`y` as indices 0..classes-1; raises `TypeError` for other types and `ValueError` outside the range."""
    if y.dtype.kind == "f":
        if not (y == numpy.floor(y)).all():
            raise ValueError("y: expected whole class indices, given fractions, infinity or NaN")
    elif y.dtype.kind == "b":
        raise TypeError("y: expected class indices, given booleans; convert them with y.astype(int)")
    low, high = y.min(), y.max()
    if low < 0 or high >= classes:
        wrong = low if low < 0 else high
        raise ValueError(f"y: expected class indices in 0..{classes - 1}, given {wrong}")
    return y.astype(numpy.intp, copy=False)


def require_distributions(y: Array) -> None:
    """Raise `ValueError` unless every row of `y` is in [0, 1] with sum 1."""
    require_probabilities(y)
    off = float(numpy.abs(y.sum(axis=1) - 1).max())
    if off > SUM_TOLERANCE[y.dtype]:
        raise ValueError(f"y: expected rows with sum 1, given one whose sum is off by {off:.3g}")


def weights_of_samples(sample_weight: ArrayLike, rows: int, dtype: numpy.dtype[Any]) -> Array:
    """The sample weights, nonnegative with a positive finite sum; raises `ValueError`."""
    weights = floating("sample_weight", sample_weight, dtype)
    require_shape("sample_weight", weights, (rows,))
    if not weights.min() >= 0 or not 0 < float(weights.sum(dtype=float)) < numpy.inf:
        wrong = weights[~((weights >= 0) & (weights < numpy.inf))]
        given = str(wrong[0]) if wrong.size else "only zeros" if not weights.any() else "an infinite sum"
        raise ValueError(f"sample_weight: expected finite weights >= 0 with a finite sum > 0, given {given}")
    return weights


def penalty(l2: float) -> float:
    """`l2` as a number; raises `ValueError` where it is negative or not finite, `TypeError` for others."""
    try:
        strength = l2.__float__()
    except (AttributeError, TypeError):
        raise TypeError(f"l2: expected a number, given {type(l2).__name__}") from None
    except OverflowError:
        strength = inf
    if strength < 0 or not isfinite(strength):
        raise ValueError(f"l2: expected a finite number >= 0, given {strength}")
    return strength


def switch(name: str, value: bool) -> bool:
    """`value`, which must be a truth value; raises `TypeError`."""
    if value is True or value is False:
        return value
    if not isinstance(value, numpy.bool):
        raise TypeError(f"{name}: expected True or False, given {type(value).__name__}")
    return bool(value)
