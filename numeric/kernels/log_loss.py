"""Kernels of log_loss: generated, do not edit.

Printed from proved formulas by ``python -m derivations.generating``; each function names the equalities
that the kernel certified. Arguments are arrays of one floating type, float32 or float64, of shapes
that broadcast to that of the result; results go to the given buffers, and nothing is checked or raised.
Accuracies are in units in the last place (ulp) of float64.
"""

from __future__ import annotations

from collections.abc import Sequence

from numpy import absolute, add, divide, exp, log1p, multiply, negative, subtract, where

from numeric.arguments import Array
from numeric.blocks import ONE

SCRATCH = 4
"""Scratch buffers that the functions need at most."""


def value_hard(z: Array, y: Array, u: Array, value: Array, scratch: Sequence[Array]) -> None:
    """For scores whose size is below the logarithm of the largest float.

    log-loss-hard: -y*log(sigma(z)) - (1 - y)*log(1 - sigma(z)) = log(t + 1) with u = 1 - y, s = u -
        y, t = exp(s*z)
    Accuracy: the value 1.5 ulp.
    """
    scratch_0 = scratch[0]
    subtract(u, y, scratch_0)
    multiply(z, scratch_0, scratch_0)
    exp(scratch_0, scratch_0)
    log1p(scratch_0, value)


def gradient_hard(z: Array, y: Array, u: Array, gradient: Array, scratch: Sequence[Array]) -> None:
    """For scores whose size is below the logarithm of the largest float.

    residual-hard: -y + sigma(z) = s*t/(t + 1) with u = 1 - y, s = u - y, t = exp(s*z)
    Accuracy: the gradient 2.1 ulp.
    Proved in the catalogue: log-loss-score-gradient.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    subtract(u, y, scratch_0)
    multiply(scratch_0, z, scratch_1)
    exp(scratch_1, scratch_1)
    multiply(scratch_0, scratch_1, scratch_0)
    add(scratch_1, one, scratch_1)
    divide(scratch_0, scratch_1, gradient)


def value_and_gradient_hard(
    z: Array, y: Array, u: Array, value: Array, gradient: Array, scratch: Sequence[Array]
) -> None:
    """For scores whose size is below the logarithm of the largest float.

    log-loss-hard: -y*log(sigma(z)) - (1 - y)*log(1 - sigma(z)) = log(t + 1) with u = 1 - y, s = u -
        y, t = exp(s*z)
    residual-hard: -y + sigma(z) = s*t/(t + 1) with u = 1 - y, s = u - y, t = exp(s*z)
    Accuracy: the value 1.5 ulp, the gradient 2.1 ulp.
    Proved in the catalogue: log-loss-score-gradient.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    subtract(u, y, scratch_0)
    multiply(scratch_0, z, scratch_1)
    exp(scratch_1, scratch_1)
    log1p(scratch_1, value)
    multiply(scratch_0, scratch_1, scratch_0)
    add(scratch_1, one, scratch_1)
    divide(scratch_0, scratch_1, gradient)


def value_soft(z: Array, y: Array, u: Array, value: Array, scratch: Sequence[Array]) -> None:
    """For scores whose size is below the logarithm of the largest float.

    log-loss-soft: -y*log(sigma(z)) - (1 - y)*log(1 - sigma(z)) = u*log(t + 1) + y*log(1 + 1/t) with
        t = exp(z), u = 1 - y
    Accuracy: the value 4 ulp.
    """
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    exp(z, scratch_0)
    log1p(scratch_0, scratch_0)
    multiply(u, scratch_0, scratch_0)
    negative(z, scratch_1)
    exp(scratch_1, scratch_1)
    log1p(scratch_1, scratch_1)
    multiply(y, scratch_1, scratch_1)
    add(scratch_0, scratch_1, value)


def gradient_soft(z: Array, y: Array, u: Array, gradient: Array, scratch: Sequence[Array]) -> None:
    """For scores whose size is below the logarithm of the largest float.

    residual-soft: -y + sigma(z) = (t*u - y)/(t + 1) with t = exp(z), u = 1 - y
    Accuracy: the gradient 4 ulp of the larger of its two terms.
    Proved in the catalogue: log-loss-score-gradient.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    exp(z, scratch_0)
    multiply(scratch_0, u, scratch_1)
    subtract(scratch_1, y, scratch_1)
    add(scratch_0, one, scratch_0)
    divide(scratch_1, scratch_0, gradient)


def value_and_gradient_soft(
    z: Array, y: Array, u: Array, value: Array, gradient: Array, scratch: Sequence[Array]
) -> None:
    """For scores whose size is below the logarithm of the largest float.

    log-loss-soft: -y*log(sigma(z)) - (1 - y)*log(1 - sigma(z)) = u*log(t + 1) + y*log(1 + 1/t) with
        t = exp(z), u = 1 - y
    residual-soft: -y + sigma(z) = (t*u - y)/(t + 1) with t = exp(z), u = 1 - y
    Accuracy: the value 4 ulp, the gradient 4 ulp of the larger of its two terms.
    Proved in the catalogue: log-loss-score-gradient.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    scratch_2 = scratch[2]
    exp(z, scratch_0)
    log1p(scratch_0, scratch_1)
    multiply(u, scratch_1, scratch_1)
    negative(z, scratch_2)
    exp(scratch_2, scratch_2)
    log1p(scratch_2, scratch_2)
    multiply(y, scratch_2, scratch_2)
    add(scratch_1, scratch_2, value)
    multiply(scratch_0, u, scratch_1)
    subtract(scratch_1, y, scratch_1)
    add(scratch_0, one, scratch_0)
    divide(scratch_1, scratch_0, gradient)


def value_unbounded(z: Array, y: Array, value: Array, scratch: Sequence[Array]) -> None:
    """For any score z >= 0; any score z < 0.

    log-loss-nonnegative: -y*log(sigma(z)) - (1 - y)*log(1 - sigma(z)) = a*w + log(t + 1) with t =
        exp(-z), a = z, w = 1 - y
    log-loss-negative: -y*log(sigma(z)) - (1 - y)*log(1 - sigma(z)) = a*w + log(t + 1) with t =
        exp(z), a = -z, w = y
    Accuracy: the value 4 ulp.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    absolute(z, scratch_0)
    subtract(one, y, scratch_1)
    scratch_1[...] = where(z >= 0, scratch_1, y)
    multiply(scratch_0, scratch_1, scratch_1)
    negative(scratch_0, scratch_0)
    exp(scratch_0, scratch_0)
    log1p(scratch_0, scratch_0)
    add(scratch_1, scratch_0, value)


def gradient_unbounded(z: Array, y: Array, gradient: Array, scratch: Sequence[Array]) -> None:
    """For any score z >= 0; any score z < 0.

    residual-nonnegative: -y + sigma(z) = (q*u - r*y)/(t + 1) with t = exp(-z), q = 1, r = t, u = 1
        - y
    residual-negative: -y + sigma(z) = (q*u - r*y)/(t + 1) with t = exp(z), q = t, r = 1, u = 1 - y
    Accuracy: the gradient 4 ulp of the larger of its two terms.
    Proved in the catalogue: log-loss-score-gradient.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    scratch_2 = scratch[2]
    absolute(z, scratch_0)
    negative(scratch_0, scratch_0)
    exp(scratch_0, scratch_0)
    subtract(one, y, scratch_1)
    scratch_2[...] = where(z >= 0, one, scratch_0)
    multiply(scratch_1, scratch_2, scratch_1)
    scratch_2[...] = where(z >= 0, scratch_0, one)
    multiply(y, scratch_2, scratch_2)
    subtract(scratch_1, scratch_2, scratch_1)
    add(scratch_0, one, scratch_0)
    divide(scratch_1, scratch_0, gradient)


def value_and_gradient_unbounded(
    z: Array, y: Array, value: Array, gradient: Array, scratch: Sequence[Array]
) -> None:
    """For any score z >= 0; any score z < 0.

    log-loss-nonnegative: -y*log(sigma(z)) - (1 - y)*log(1 - sigma(z)) = a*w + log(t + 1) with t =
        exp(-z), a = z, w = 1 - y
    log-loss-negative: -y*log(sigma(z)) - (1 - y)*log(1 - sigma(z)) = a*w + log(t + 1) with t =
        exp(z), a = -z, w = y
    residual-nonnegative: -y + sigma(z) = (q*u - r*y)/(t + 1) with t = exp(-z), q = 1, r = t, u = 1
        - y
    residual-negative: -y + sigma(z) = (q*u - r*y)/(t + 1) with t = exp(z), q = t, r = 1, u = 1 - y
    Accuracy: the value 4 ulp, the gradient 4 ulp of the larger of its two terms.
    Proved in the catalogue: log-loss-score-gradient.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    scratch_2 = scratch[2]
    scratch_3 = scratch[3]
    absolute(z, scratch_0)
    subtract(one, y, scratch_1)
    negative(scratch_0, scratch_2)
    exp(scratch_2, scratch_2)
    scratch_3[...] = where(z >= 0, scratch_1, y)
    multiply(scratch_0, scratch_3, scratch_0)
    log1p(scratch_2, scratch_3)
    add(scratch_0, scratch_3, value)
    scratch_0[...] = where(z >= 0, one, scratch_2)
    multiply(scratch_1, scratch_0, scratch_0)
    scratch_1[...] = where(z >= 0, scratch_2, one)
    multiply(y, scratch_1, scratch_1)
    subtract(scratch_0, scratch_1, scratch_0)
    add(scratch_2, one, scratch_1)
    divide(scratch_0, scratch_1, gradient)
