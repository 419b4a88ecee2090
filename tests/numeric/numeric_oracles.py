"""Oracles for the numeric kernels that share no code with them: mpmath and finite differences."""

from __future__ import annotations

import mpmath
import numpy

mpmath.mp.dps = 60


def sigmoid(z):
    return 1 / (1 + mpmath.exp(-z))


def softplus(z):
    return z + mpmath.log1p(mpmath.exp(-z)) if z > 0 else mpmath.log1p(mpmath.exp(z))


def log_loss(z, y):
    return (1 - y) * softplus(z) + y * softplus(-z)


def residual(z, y):
    return (1 - y) * sigmoid(z) - y * sigmoid(-z)


def softmax(z):
    exponentials = [mpmath.exp(score - max(z)) for score in z]
    total = mpmath.fsum(exponentials)
    return [value / total for value in exponentials]


def log_softmax(z):
    top = z.index(max(z))
    others = mpmath.fsum(mpmath.exp(score - z[top]) for k, score in enumerate(z) if k != top)
    return [score - z[top] - mpmath.log1p(others) for score in z]


def ulps(given, expected):
    """How far the float `given` is from the number `expected`, in units in the last place of `expected`."""
    spacing = numpy.spacing(abs(type(given)(expected)))
    return float(abs(mpmath.mpf(float(given)) - expected) / mpmath.mpf(float(spacing)))


def slopes(function, point, step=1e-3):
    """The derivatives of `function` at the array `point`, entry by entry, by central differences.

    One step of Richardson's extrapolation leaves an error of the order ``step**4``.
    """
    columns = []
    for place in numpy.ndindex(point.shape):
        unit = numpy.zeros_like(point)
        unit[place] = 1.0

        def central(width, unit=unit):
            ahead, behind = function(point + width * unit), function(point - width * unit)
            return (numpy.asarray(ahead) - numpy.asarray(behind)) / (2 * width)

        columns.append((4 * central(step) - central(2 * step)) / 3)
    return numpy.array(columns).reshape(point.shape + numpy.shape(columns[0]))


def close(given, expected, scale=1.0):
    """Whether two results agree as well as differences of step 1e-3 of values of size `scale` allow."""
    given, expected = numpy.asarray(given), numpy.asarray(expected)
    return given.shape == expected.shape and bool(
        numpy.all(numpy.abs(given - expected) <= 1e-8 * scale + 1e-8 * numpy.abs(expected))
    )
