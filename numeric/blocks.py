"""Blocks of rows that stay in a core's cache while every pass of a kernel runs over them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy

from numeric.arguments import Array

ELEMENTS = 16_384
"""Elements of a block of an elementwise function."""

BYTES = 500_000
"""Bytes of a block of a matrix: a part of a common second-level cache, so that scratch fits beside it."""

LARGEST_SCORE = {numpy.dtype(numpy.float64): 709.0, numpy.dtype(numpy.float32): 88.0}
"""Scores below this have a finite exponential."""

QUIETLY = numpy.errstate(invalid="ignore", over="ignore")
"""Infinite and NaN data follow IEEE without a warning; a decorator of what multiplies them."""


def rows_in_block(columns: int, itemsize: int, most: int = ELEMENTS) -> int:
    """The number of rows of a matrix that make up one block."""
    return max(1, min(most, BYTES // (max(columns, 1) * itemsize)))


def blocks(size: int, step: int) -> Iterator[tuple[int, int]]:
    """The bounds of successive blocks of `step` out of `size` rows."""
    for start in range(0, size, step):
        yield start, min(start + step, size)


def scratch(count: int, step: int, dtype: numpy.dtype[Any]) -> list[Array]:
    """`count` buffers of `step` elements."""
    return list(numpy.empty((count, step), dtype))


def trimmed(buffers: list[Array], size: int) -> list[Array]:
    """The first `size` elements of each buffer."""
    return buffers if buffers[0].shape[0] == size else [buffer[:size] for buffer in buffers]
