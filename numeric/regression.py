"""The verbs of every regression: arguments checked, sums over ranges of samples, the cost from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce
from operator import add
from typing import Any, NamedTuple

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import Array
from numeric.blocks import QUIETLY
from numeric.problem import Problem
from numeric.threads import over_rows

Sums = Callable[[Problem, int, int], Array]
"""A sum over the samples start..stop of a problem, in float64; that of losses comes before any other."""
Argument = ArrayLike | float | bool | None
"""theta, X, y, l2, intercept and sample_weight, in this order."""


class Regression(NamedTuple):
    """A regression: how its arguments are checked, and its sums over the samples start..stop of a problem.

    The methods are the verbs that `numeric.logistic_regression` and its siblings document.
    """

    problem: Callable[[ArrayLike, ArrayLike, ArrayLike, float, bool, ArrayLike | None], Problem]
    sum_value: Sums
    sum_gradient: Sums
    sum_value_and_gradient: Sums
    sum_hessian: Sums
    sum_hessian_product: Sums

    @QUIETLY
    def value(self, *arguments: Argument) -> float:
        """The cost."""
        problem, total = self._summed(self.sum_value, arguments)
        return problem.cost(float(total[0]))

    @QUIETLY
    def gradient(self, *arguments: Argument) -> Array:
        """The gradient of the cost."""
        problem, total = self._summed(self.sum_gradient, arguments)
        return problem.slope(total, problem.theta)

    @QUIETLY
    def value_and_gradient(self, *arguments: Argument) -> tuple[float, Array]:
        """Both in one pass over the samples."""
        problem, total = self._summed(self.sum_value_and_gradient, arguments)
        return problem.cost(float(total[0])), problem.slope(total[1:], problem.theta)

    @QUIETLY
    def hessian(self, *arguments: Argument) -> Array:
        """The Hessian of the cost."""
        problem, total = self._summed(self.sum_hessian, arguments)
        return problem.curvature(total)

    @QUIETLY
    def hessian_product(self, p: ArrayLike, *arguments: Argument) -> Array:
        """The product of the Hessian with `p`."""
        problem, total = self._summed(self.sum_hessian_product, arguments, (p,))
        return problem.slope(total, problem.direction)

    def _summed(
        self, function: Sums, arguments: Sequence[Any], direction: tuple[ArrayLike, ...] = ()
    ) -> tuple[Problem, Array]:
        """The problem that the arguments describe, and `function` of all its samples.

        `direction` is that of a product.
        """
        if type(arguments[1]) is not numpy.ndarray and hasattr(arguments[1], "__dask_graph__"):
            from numeric import dask_rows

            return dask_rows.summed(self.problem, function, arguments, direction)
        problem = self.problem(*arguments)
        if direction:
            problem.along(*direction)
        rows, columns = problem.X.shape
        if rows <= problem.step:
            return problem, function(problem, 0, rows)
        parts = over_rows(partial(function, problem), rows, problem.step, rows * columns)
        return problem, reduce(add, parts)
