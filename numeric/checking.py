"""Checking a gradient against differences of the value, to about ten digits and component by component."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy
from numpy.typing import ArrayLike

from numeric.arguments import AnyArray, Array, floating, real, require_shape

LEVELS = 8
"""Rows of the table of extrapolations."""

SHRINK = 2.0
"""How much smaller each step is than the one before."""

FIRST_STEPS = (1e-5, 1e-3, 1e-1)
"""The longest step of a table for a component of size 1; short steps are for values that change fast."""

SMALL = 0.1
"""A component below this may be one whose size matters, as that of a logarithm's argument does."""

EPSILON = float(numpy.finfo(float).eps)

Value = Callable[[Array], Any]


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """What `check_gradient` found, in arrays of the shape of x.

    `error` is relative: how far `given` is from `expected` beyond what the differences leave uncertain,
    divided by the larger of both sizes. `uncertainty` is absolute. `unsure` says where the differences know
    fewer digits than `tolerance` asks for.
    """

    given: Array
    expected: Array
    uncertainty: Array
    error: Array
    tolerance: float

    @property
    def ok(self) -> bool:
        """Whether no component is wrong."""
        return not self.wrong

    @property
    def wrong(self) -> tuple[tuple[int, ...], ...]:
        """The indices of the components that are off by more than the tolerance, the worst first."""
        error = numpy.nan_to_num(self.error, nan=numpy.inf)
        places = (place for place in numpy.ndindex(error.shape) if error[place] > self.tolerance)
        return tuple(sorted(places, key=lambda place: float(-error[place])))

    @property
    def unsure(self) -> AnyArray:
        """Where a relative error as large as the tolerance could not have been seen."""
        size = numpy.maximum(numpy.abs(self.given), numpy.abs(self.expected))
        return self.uncertainty > self.tolerance * size

    def __bool__(self) -> bool:
        """Whether no component is wrong."""
        return self.ok

    def __str__(self) -> str:
        """One sentence; at most five wrong components are named."""
        if self.ok:
            return f"the gradient is right to {self.tolerance:g} in all of {self.error.size} components"
        shown = [
            f"{_named(place)}: given {self.given[place]:.10g}, expected "
            f"{self.expected[place]:.10g}, off by {self.error[place]:.2g}"
            for place in self.wrong[:5]
        ]
        more = [f"and {len(self.wrong) - 5} more"] if len(self.wrong) > 5 else []
        return "; ".join(shown + more)


def check_gradient(
    value: Value, gradient: Callable[[Array], ArrayLike], x: ArrayLike, *, tolerance: float = 1e-8
) -> GradientCheck:
    """Compare ``gradient(x)`` with differences of `value` around x, component by component.

    `value` takes an array of the shape of x and returns a real number, or an array whose sum is meant;
    `gradient` returns an array of that shape. Every component is differenced with steps that suit its size
    and extrapolated to step 0 (Ridders' method), which sees a relative error of 1e-8 in a smooth function.
    The result is true where no component is off by more than `tolerance`; its text says which are.

    Raises `TypeError` where x, a value or the gradient is no array of real numbers, where `value` or
    `gradient` is no function or `tolerance` no number, and `ValueError` where x is empty or not finite,
    where ``gradient(x)`` has another shape, or where `tolerance` is not positive.

    >>> import numpy
    >>> str(check_gradient(lambda x: (x**3).sum(), lambda x: 3 * x**2 * [1, 1 + 1e-7], [2.0, 1.0]))
    'component 1: given 3.0000003, expected 3, off by 1e-07'
    """
    point = numpy.array(floating("x", x, numpy.dtype(numpy.float64)))
    if point.size == 0 or not numpy.isfinite(point).all():
        raise ValueError(f"x: expected finite numbers, at least one, given {point}")
    for name, function in (("value", value), ("gradient", gradient)):
        if not callable(function):
            raise TypeError(f"{name}: expected a function, given {type(function).__name__}")
    if not isinstance(tolerance, Real):
        raise TypeError(f"tolerance: expected a number, given {type(tolerance).__name__}")
    if not tolerance > 0:
        raise ValueError(f"tolerance: expected a positive number, given {tolerance}")
    given = real("gradient(x)", gradient(point.copy())).astype(float)
    require_shape("gradient(x)", given, point.shape)
    expected, uncertainty = numpy.empty_like(point), numpy.empty_like(point)
    with numpy.errstate(all="ignore"):
        for place in numpy.ndindex(point.shape):
            expected[place], uncertainty[place] = _slope(value, point, place)
        off = numpy.maximum(numpy.abs(given - expected) - uncertainty, 0)
        error = numpy.divide(off, numpy.maximum(numpy.abs(given), numpy.abs(expected)))
    error = numpy.where(given == expected, 0, error)
    return GradientCheck(given, expected, uncertainty, error, tolerance)


def _named(place: tuple[int, ...]) -> str:
    """How a component is called in a sentence; that of a single number has no index."""
    return f"component {', '.join(map(str, place))}" if place else "the derivative"


def _slope(value: Value, point: Array, place: tuple[int, ...]) -> tuple[float, float]:
    """The derivative by one component, and how uncertain it is.

    A table with longer steps knows more digits, unless the value changes much within a step: it is believed
    only where it lies within the uncertainty of the tables with shorter steps.
    """
    size = abs(float(point[place]))
    scales = (size, 1.0) if 0 < size < SMALL else (max(1.0, size),)
    slope, uncertainty = numpy.nan, numpy.inf
    for step in sorted(first * scale for scale in scales for first in FIRST_STEPS):
        better, remaining = _extrapolated(value, point, place, step)
        near = not numpy.isfinite(uncertainty) or abs(better - slope) <= uncertainty + remaining
        if near and remaining < uncertainty:
            slope, uncertainty = better, remaining
    return slope, uncertainty


def _extrapolated(value: Value, point: Array, place: tuple[int, ...], step: float) -> tuple[float, float]:
    """Central differences with shrinking steps, extrapolated to step 0.

    The estimate of the table that agrees best with its neighbours is returned, and as uncertainty four
    times its distance to them, or the rounding of the values where that is larger.
    """
    best, uncertainty = numpy.nan, numpy.inf
    previous: list[float] = []
    for _ in range(LEVELS):
        slope, rounding = _central(value, point, place, step)
        row = [slope]
        for depth, coarser in enumerate(previous, start=1):
            factor = SHRINK ** (2 * depth)
            row.append((factor * row[-1] - coarser) / (factor - 1))
            distance = max(abs(row[-1] - row[-2]), abs(row[-1] - coarser))
            if 4 * max(distance, rounding) < uncertainty:
                best, uncertainty = row[-1], 4 * max(distance, rounding)
        previous, step = row, step / SHRINK
    return best, uncertainty


def _central(value: Value, point: Array, place: tuple[int, ...], step: float) -> tuple[float, float]:
    """The slope between two points around `point`, and the part of it that rounding can make up."""
    ahead, behind = point.copy(), point.copy()
    ahead[place] += step
    behind[place] -= step
    high, low = (real("value(x)", value(at)).astype(float) for at in (ahead, behind))
    width = float(ahead[place]) - float(behind[place])
    rounding = EPSILON * numpy.sum(numpy.maximum(numpy.abs(high), numpy.abs(low)), where=high != low)
    return float(numpy.sum(high - low)) / width, float(rounding) / width
