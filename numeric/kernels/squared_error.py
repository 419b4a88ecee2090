"""Kernels of squared_error: generated, do not edit.

Printed from proved formulas by ``python -m derivations.generating``; each function names the equalities
that the kernel certified. Arguments are arrays of one floating type, float32 or float64, of shapes
that broadcast to that of the result; results go to the given buffers, and nothing is checked or raised.
Accuracies are in units in the last place (ulp) of float64.
"""

from __future__ import annotations

from collections.abc import Sequence

from numpy import divide, square, subtract

from numeric.arguments import Array

SCRATCH = 1
"""Scratch buffers that the functions need at most."""


def value(z: Array, y: Array, value: Array, scratch: Sequence[Array]) -> None:
    """For any scores.

    squared-error: (-y + z)**2/2 = r**2/2 with r = -y + z
    Accuracy: 3 ulp.
    """
    scratch_0 = scratch[0]
    subtract(z, y, scratch_0)
    square(scratch_0, scratch_0)
    divide(scratch_0, 2, value)


def gradient(z: Array, y: Array, gradient: Array) -> None:
    """For any scores.

    squared-error-residual: -y + z = -y + z
    Accuracy: 0.5 ulp.
    Proved in the catalogue: squared-error-score-gradient.
    """
    subtract(z, y, gradient)


def value_and_gradient(
    z: Array, y: Array, value: Array, gradient: Array, scratch: Sequence[Array]
) -> None:
    """For any scores.

    squared-error: (-y + z)**2/2 = r**2/2 with r = -y + z
    squared-error-residual: -y + z = -y + z
    Accuracy: the value 3 ulp, the gradient 0.5 ulp.
    Proved in the catalogue: squared-error-score-gradient.
    """
    scratch_0 = scratch[0]
    subtract(z, y, gradient)
    square(gradient, scratch_0)
    divide(scratch_0, 2, value)
