"""Checked arguments of a regression; sums over its samples turned into the cost and its derivatives."""

from __future__ import annotations

from typing import Any, Self

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import (
    FLOATS,
    AnyArray,
    Array,
    floating,
    penalty,
    real,
    require_matrix,
    require_shape,
    switch,
    weights_of_samples,
)
from numeric.blocks import rows_in_block


class Problem:
    """The arguments of a verb; `theta` is (n,) or (K, n) with the intercepts, if any, in its last column.

    Means are over samples, or over the sum of the sample weights where there are any. `theta` is kept in the
    floating type of X, which is that of all arithmetic.
    """

    __slots__ = (
        "X",
        "direction",
        "dtype",
        "intercept",
        "l2",
        "normaliser",
        "shape",
        "step",
        "theta",
        "weights",
        "y",
    )

    theta: Array
    X: AnyArray
    y: AnyArray
    l2: float
    intercept: bool
    weights: Array | None
    dtype: numpy.dtype[Any]
    shape: tuple[int, ...]
    step: int
    normaliser: float
    direction: Array

    @classmethod
    def of(
        cls,
        theta: ArrayLike,
        X: ArrayLike,
        y: ArrayLike,
        l2: float,
        intercept: bool,
        sample_weight: ArrayLike | None,
    ) -> Self:
        """The problem with one score a sample; raises `ValueError` or `TypeError` where arguments fail."""
        self = cls._with_data(theta, X, y, l2, intercept, sample_weight)
        require_shape("theta", self.theta, (self.X.shape[1] + self.intercept,))
        require_shape("y", self.y, (self.X.shape[0],))
        return self

    @classmethod
    def with_classes(
        cls,
        theta: ArrayLike,
        X: ArrayLike,
        y: ArrayLike,
        l2: float,
        intercept: bool,
        sample_weight: ArrayLike | None,
    ) -> Self:
        """The problem with a score for each class; raises `ValueError` or `TypeError`."""
        self = cls._with_data(theta, X, y, l2, intercept, sample_weight)
        size = self.X.shape[1] + self.intercept
        if size == 0:
            raise ValueError(f"X: expected at least one column, given shape {self.X.shape}")
        if self.theta.size == 0 or self.theta.size % size:
            raise ValueError(
                f"theta: expected shape (K, {size}) or K * {size} entries, given {self.theta.shape}"
            )
        classes = self.theta.size // size
        if self.theta.ndim != 1:
            require_shape("theta", self.theta, (classes, size))
        self.theta = self.theta.reshape(classes, size)
        rows = self.X.shape[0]
        require_shape("y", self.y, (rows, classes) if self.y.ndim == 2 else (rows,))
        return self

    @classmethod
    def _with_data(
        cls,
        theta: ArrayLike,
        X: ArrayLike,
        y: ArrayLike,
        l2: float,
        intercept: bool,
        sample_weight: ArrayLike | None,
    ) -> Self:
        self = cls()
        self.X = matrix = real("X", X)
        self.y = real("y", y)
        rows, columns = require_matrix("X", matrix)
        self.dtype = dtype = matrix.dtype if matrix.dtype in FLOATS else FLOATS[0]
        self.theta = floating("theta", theta, dtype)
        self.shape = self.theta.shape
        self.intercept = switch("intercept", intercept)
        self.l2 = penalty(l2)
        if sample_weight is None:
            self.weights, self.normaliser = None, float(rows)
        else:
            self.weights = weights_of_samples(sample_weight, rows, dtype)
            self.normaliser = float(self.weights.sum(dtype=float))
        fitting = rows_in_block(columns, dtype.itemsize)
        self.step = fitting if fitting < rows else rows
        return self

    def rows(self, start: int, stop: int) -> Array:
        """Some rows of X in the floating type of the arithmetic."""
        rows = self.X if stop - start == len(self.X) else self.X[start:stop]
        return rows if rows.dtype == self.dtype else rows.astype(self.dtype)

    def along(self, p: ArrayLike) -> None:
        """Take `p`, which must have the shape that theta was given in, for the direction of a product."""
        array = floating("p", p, self.dtype)
        require_shape("p", array, self.shape)
        self.direction = array.reshape(self.theta.shape)

    def cost(self, total: float) -> float:
        """The cost whose weighted losses add up to `total`."""
        mean = total / self.normaliser
        if not self.l2:
            return mean
        weights = self.theta[..., :-1] if self.intercept else self.theta
        if weights.ndim != 1:
            weights = weights.ravel()
        return mean + self.l2 / 2 * float(weights.dot(weights))

    def slope(self, total: Array, parameters: Array) -> Array:
        """The mean of a `total` with an entry for each of theta, plus the penalty's part for `parameters`.

        The result has the shape in which theta was given; `total` is overwritten.
        """
        numpy.divide(total, self.normaliser, total)
        if self.theta.ndim != 1:
            total = total.reshape(self.theta.shape)
        if self.l2:
            weights = parameters * self.l2
            if self.intercept:
                weights[..., -1] = 0
            numpy.add(total, weights, total)
        if total.dtype != self.dtype:
            total = total.astype(self.dtype)
        return total if total.shape == self.shape else total.reshape(self.shape)

    def curvature(self, total: Array) -> Array:
        """The mean of a `total` with a row and a column for every entry of theta, plus the penalty's part."""
        numpy.divide(total, self.normaliser, total)
        if self.l2:
            penalised = numpy.ones(self.theta.shape, bool)
            if self.intercept:
                penalised[..., -1] = False
            places = numpy.flatnonzero(penalised)
            total[places, places] += self.l2
        return total.astype(self.dtype, copy=False)
