"""Data beyond one machine: the sums of a regression over dask arrays that are chunked by rows.

Each chunk of rows is one task, which runs the same functions over its own blocks as a single machine does;
the sums are added in a tree. Everything that schedules, retries and moves data is Dask, and whichever
scheduler is active runs the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import FLOATS, AnyArray, Array, require_matrix, require_shape

if TYPE_CHECKING:
    from numeric.problem import Problem

DaskArray = Any
"""An array of the package dask, which this package does not need otherwise."""

FAN_IN = 8
"""How many partial sums one task adds."""


def summed(
    problem_of: Callable[..., Problem],
    function: Callable[[Problem, int, int], Array],
    arguments: Sequence[Any],
    direction: tuple[ArrayLike, ...],
) -> tuple[Problem, Array]:
    """A problem that stands for all samples, and `function` of them, computed by the active scheduler.

    X is a dask array of real numbers; y and the sample weights may be dask or NumPy arrays. Raises
    `ValueError` or `TypeError` as for NumPy arrays: for shapes at once, for labels when their chunk is read.
    """
    theta, X, y, l2, intercept, sample_weight = arguments
    sizes = _rows_of_chunks(X)
    X, y = _by_rows("X", X, sizes), _by_rows("y", y, sizes)
    dtype = X.dtype if X.dtype in FLOATS else FLOATS[0]
    without_memory = (numpy.broadcast_to(numpy.zeros((), dtype), array.shape) for array in (X, y))
    stands_for_all = problem_of(theta, *without_memory, l2, intercept, None)
    if direction:
        stands_for_all.along(*direction)
    weights = [None] * len(sizes)
    if sample_weight is not None:
        chunked = _by_rows("sample_weight", sample_weight, sizes)
        require_shape("sample_weight", chunked, X.shape[:1])
        weights = chunked.to_delayed().ravel()
    delayed = import_module("dask").delayed
    part, add = delayed(_part, pure=True), delayed(_added, pure=True)
    parts = [
        part(problem_of, function, theta, rows, labels, intercept, own, direction)
        for rows, labels, own in zip(X.to_delayed().ravel(), y.to_delayed().ravel(), weights, strict=True)
    ]
    while len(parts) > 1:
        parts = [add(parts[first : first + FAN_IN]) for first in range(0, len(parts), FAN_IN)]
    stands_for_all.normaliser, total = parts[0].compute()
    if not 0 < stands_for_all.normaliser < numpy.inf:
        given = "an infinite sum" if stands_for_all.normaliser else "only zeros"
        raise ValueError(f"sample_weight: expected finite weights >= 0 with a finite sum > 0, given {given}")
    return stands_for_all, total


def _rows_of_chunks(X: DaskArray) -> tuple[int, ...]:
    """The number of rows of each chunk of a matrix; raises `TypeError` or `ValueError`."""
    if not isinstance(X, import_module("dask.array").Array):
        raise TypeError(f"X: expected a dask array, given {type(X).__name__}")
    rows, _ = require_matrix("X", X)
    if isnan(rows):
        raise ValueError("X: expected a known number of rows, given NaN; call X.compute_chunk_sizes()")
    sizes: tuple[int, ...] = X.chunks[0]
    return sizes


def _by_rows(name: str, value: DaskArray, chunks: tuple[int, ...]) -> DaskArray:
    """`value` as a dask array whose chunks are rows, of the sizes `chunks`, and whole otherwise."""
    array = import_module("dask.array").asarray(value)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name}: expected real numbers, given an array of {array.dtype}")
    if array.ndim == 0 or array.shape[0] != sum(chunks):
        raise ValueError(f"{name}: expected {sum(chunks)} rows as in X, given shape {array.shape}")
    return array.rechunk((chunks, *((size,) for size in array.shape[1:])))


def _part(
    problem_of: Callable[..., Problem],
    function: Callable[[Problem, int, int], Array],
    theta: ArrayLike,
    rows: AnyArray,
    labels: AnyArray,
    intercept: bool,
    weights: AnyArray | None,
    direction: tuple[ArrayLike, ...],
) -> tuple[float, Array]:
    """The sum of the weights of one chunk, which may be 0, and the sum that `function` computes of it."""
    nothing = weights is not None and not weights.any()
    problem = problem_of(theta, rows, labels, 0.0, intercept, None if nothing else weights)
    if nothing:
        problem.weights, problem.normaliser = numpy.zeros(rows.shape[0], problem.dtype), 0.0
    if direction:
        problem.along(*direction)
    return problem.normaliser, function(problem, 0, rows.shape[0])


def _added(parts: Sequence[tuple[float, Array]]) -> tuple[float, Array]:
    """The sums of several parts as those of one."""
    weights, totals = zip(*parts, strict=True)
    return sum(weights), sum(totals[1:], start=totals[0])
