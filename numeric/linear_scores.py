"""Scores that are linear in the parameters, block by block: what every regression shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    weights_of_samples,
)
from numeric.blocks import blocks, rows_in_block


@dataclass(slots=True)
class Block:
    """Some rows of a problem with their scores."""

    rows: Array
    scores: Array
    labels: AnyArray
    weights: Array | None


@dataclass(slots=True)
class LinearProblem:
    """Checked arguments of a regression with one score a sample, and the sums over samples that it needs.

    Means are over samples, or over the sum of the sample weights where there are any.
    """

    theta: Array
    X: AnyArray
    y: AnyArray
    l2: float
    intercept: bool
    sample_weight: Array | None

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
        """The problem that the arguments describe; raises `ValueError` or `TypeError` where they fail."""
        matrix, labels = real("X", X), real("y", y)
        rows, columns = require_matrix("X", matrix)
        dtype = matrix.dtype if matrix.dtype in FLOATS else FLOATS[0]
        parameters = floating("theta", theta, dtype)
        require_shape("theta", parameters, (columns + bool(intercept),))
        require_shape("y", labels, (rows,))
        weights = weights_of_samples(sample_weight, rows, dtype)
        return cls(parameters, matrix, labels, penalty(l2), bool(intercept), weights)

    @property
    def dtype(self) -> numpy.dtype[Any]:
        """The floating type of the arithmetic."""
        return self.theta.dtype

    @property
    def step(self) -> int:
        """Rows of a block."""
        rows, columns = self.X.shape
        return min(int(rows), rows_in_block(columns, self.dtype.itemsize))

    @property
    def normaliser(self) -> float:
        """What a sum over samples is divided by."""
        return float(self.X.shape[0] if self.sample_weight is None else self.sample_weight.sum())

    def blocks(self, step: int) -> Iterator[Block]:
        """The samples in blocks of `step` rows; the scores of a block are overwritten by the next."""
        dtype, weights = self.theta.dtype, self.sample_weight
        buffer = numpy.empty(step, dtype)
        for start, stop in blocks(self.X.shape[0], step):
            rows = self.X[start:stop]
            if rows.dtype != dtype:
                rows = rows.astype(dtype)
            scores = buffer[: stop - start]
            self.linear(rows, self.theta, scores)
            chosen = None if weights is None else weights[start:stop]
            yield Block(rows, scores, self.y[start:stop], chosen)

    def linear(self, rows: Array, parameters: Array, out: Array) -> None:
        """``rows @ parameters`` into `out`, plus the last parameter where there is an intercept."""
        if self.intercept:
            rows.dot(parameters[:-1], out)
            numpy.add(out, parameters[-1], out)
        else:
            rows.dot(parameters, out)

    def add_combination(self, total: Array, block: Block, coefficients: Array) -> None:
        """Add the block's rows, weighted by `coefficients`, to `total`; the intercept's row entry is 1."""
        if self.intercept:
            total[:-1] += coefficients.dot(block.rows)
            total[-1] += numpy.add.reduce(coefficients)
        else:
            total += coefficients.dot(block.rows)

    def mean_value(self, total: float) -> float:
        """The cost whose sum over samples is `total`."""
        mean = total / self.normaliser
        if not self.l2:
            return mean
        weights = self.theta[:-1] if self.intercept else self.theta
        return mean + self.l2 / 2 * float(weights.dot(weights))

    def mean_gradient(self, total: Array, parameters: Array) -> Array:
        """`total` over the normaliser, plus the penalty's part for `parameters`."""
        total /= self.normaliser
        if self.l2:
            penalised = slice(-1) if self.intercept else slice(None)
            total[penalised] += self.l2 * parameters[penalised]
        return total.astype(self.dtype, copy=False)
