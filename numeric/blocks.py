"""Blocks of rows that stay in a core's cache while every pass of a kernel runs over them."""

from __future__ import annotations

from threading import local
from typing import Any

import numpy

from numeric.arguments import FLOATS, Array

ELEMENTS = 16_384
"""Elements of a block of an elementwise function, and the most rows of a block of a matrix."""

BYTES = 1_600_000
"""Bytes of a block of a matrix: the fastest; smaller ones show Python, larger ones leave the caches."""

LARGEST_SCORE = {FLOATS[0]: 709.0, FLOATS[1]: 88.0}
"""Scores below this have a finite exponential."""

QUIETLY = numpy.errstate(all="ignore")
"""Infinite and NaN data follow IEEE without a warning; a decorator of what multiplies them."""

_ONES = {dtype: numpy.ones(ELEMENTS, dtype) for dtype in FLOATS}
for _ones in _ONES.values():
    _ones.flags.writeable = False

ONE = {dtype: ones[0, ...] for dtype, ones in _ONES.items()}
"""The number 1 as an array: NumPy takes longer to convert Python's than to add it to 500 numbers."""


def rows_in_block(columns: int, itemsize: int) -> int:
    """The number of rows of a matrix that make up one block."""
    fitting = BYTES // (columns * itemsize or 1) or 1
    return fitting if fitting < ELEMENTS else ELEMENTS


def blocks(start: int, stop: int, step: int) -> list[tuple[int, int]]:
    """The bounds of successive blocks of `step` rows from `start` to `stop`."""
    return [(first, min(first + step, stop)) for first in range(start, stop, step)]


def scratch(count: int, step: int, dtype: numpy.dtype[Any]) -> list[Array]:
    """`count` buffers of `step` elements; the caller's until it hands them to `spare`, if it does."""
    size = count, step, dtype
    idle, _SPARE.scratch = _SPARE.scratch, None
    return idle[1] if idle and idle[0] == size else list(numpy.empty((count, step), dtype))


def spare(buffers: list[Array]) -> None:
    """Keep all buffers of one `scratch` for the next, which with few samples saves a twentieth of a call.

    Each thread keeps those that it gave up last, if they have at most `ELEMENTS` elements each. Who takes
    them has them alone, so a signal handler or finaliser that computes in between gets others.
    """
    first = buffers[0]
    if first.shape[0] <= ELEMENTS:
        _SPARE.scratch = (len(buffers), first.shape[0], first.dtype), buffers


class _Spare(local):
    """What a thread keeps: number, elements and type of the buffers, and the buffers."""

    scratch: tuple[tuple[int, int, numpy.dtype[Any]], list[Array]] | None = None


_SPARE = _Spare()


def trimmed(buffers: list[Array], size: int) -> list[Array]:
    """The first `size` elements of each buffer."""
    return buffers if buffers[0].shape[0] == size else [buffer[:size] for buffer in buffers]


def ones(size: int, dtype: numpy.dtype[Any]) -> Array:
    """Up to `ELEMENTS` ones, read-only: a product with them sums a block faster than a reduction."""
    return _ONES[dtype][:size]
