"""Kernels of sigmoid: generated, do not edit.

Printed from proved formulas by ``python -m derivations.generating``; each function names the equalities
that the kernel certified. Arguments are arrays of one floating type, float32 or float64, of shapes
that broadcast to that of the result; results go to the given buffers, and nothing is checked or raised.
Accuracies are in units in the last place (ulp) of float64.
"""

from __future__ import annotations

from collections.abc import Sequence

from numpy import absolute, add, divide, exp, log, log1p, maximum, multiply, negative, subtract, where

from numeric.arguments import Array
from numeric.blocks import ONE

SCRATCH = 2
"""Scratch buffers that the functions need at most."""


def sigmoid_bounded(z: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For scores whose size is below the logarithm of the largest float.

    sigmoid-bounded: sigma(z) = t/(t + 1) with t = exp(z)
    Accuracy: 2.1 ulp.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    exp(z, scratch_0)
    add(scratch_0, one, scratch_1)
    divide(scratch_0, scratch_1, out)


def sigmoid(z: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For any score z >= 0; any score z < 0.

    sigmoid-nonnegative: sigma(z) = q/(t + 1) with t = exp(-z), q = 1
    sigmoid-negative: sigma(z) = q/(t + 1) with t = exp(z), q = t
    Accuracy: 2.1 ulp.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    absolute(z, scratch_0)
    negative(scratch_0, scratch_0)
    exp(scratch_0, scratch_0)
    scratch_1[...] = where(z >= 0, one, scratch_0)
    add(scratch_0, one, scratch_0)
    divide(scratch_1, scratch_0, out)


def sigmoid_derivative(z: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For any score z >= 0; any score z < 0.

    sigmoid-derivative-nonnegative: (1 - sigma(z))*sigma(z) = t/(t*(t + 2) + 1) with t = exp(-z)
    sigmoid-derivative-negative: (1 - sigma(z))*sigma(z) = t/(t*(t + 2) + 1) with t = exp(z)
    Accuracy: 2.5 ulp.
    Proved in the catalogue: sigmoid-derivative, log-loss-score-hessian.
    """
    one = ONE[z.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    absolute(z, scratch_0)
    negative(scratch_0, scratch_0)
    exp(scratch_0, scratch_0)
    add(scratch_0, 2, scratch_1)
    multiply(scratch_0, scratch_1, scratch_1)
    add(scratch_1, one, scratch_1)
    divide(scratch_0, scratch_1, out)


def softplus_bounded(z: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For scores whose size is below the logarithm of the largest float.

    softplus-bounded: log(exp(z) + 1) = log(t + 1) with t = exp(z)
    Accuracy: 1.5 ulp.
    """
    scratch_0 = scratch[0]
    exp(z, scratch_0)
    log1p(scratch_0, out)


def softplus(z: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For any score z >= 0; any score z < 0.

    softplus-nonnegative: log(exp(z) + 1) = a + log(t + 1) with t = exp(-z), a = z
    softplus-negative: log(exp(z) + 1) = a + log(t + 1) with t = exp(z), a = 0
    Accuracy: 1.5 ulp.
    """
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    maximum(z, 0, out=scratch_0)
    absolute(z, scratch_1)
    negative(scratch_1, scratch_1)
    exp(scratch_1, scratch_1)
    log1p(scratch_1, scratch_1)
    add(scratch_0, scratch_1, out)


def log_sigmoid_bounded(z: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For scores whose size is below the logarithm of the largest float.

    log-sigmoid-bounded: log(sigma(z)) = -log(t + 1) with t = exp(-z)
    Accuracy: 1.5 ulp.
    """
    scratch_0 = scratch[0]
    negative(z, scratch_0)
    exp(scratch_0, scratch_0)
    log1p(scratch_0, scratch_0)
    negative(scratch_0, out)


def log_sigmoid(z: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For any score z >= 0; any score z < 0.

    log-sigmoid-nonnegative: log(sigma(z)) = -a - log(t + 1) with t = exp(-z), a = 0
    log-sigmoid-negative: log(sigma(z)) = -a - log(t + 1) with t = exp(z), a = -z
    Accuracy: 1.5 ulp.
    """
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    negative(z, scratch_0)
    maximum(scratch_0, 0, out=scratch_0)
    negative(scratch_0, scratch_0)
    absolute(z, scratch_1)
    negative(scratch_1, scratch_1)
    exp(scratch_1, scratch_1)
    log1p(scratch_1, scratch_1)
    subtract(scratch_0, scratch_1, out)


def logit_outer(p: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For p below 1/4 or above 3/4.

    logit-outer: log(p/(1 - p)) = log(p/u) with u = 1 - p
    Accuracy: 3.5 ulp.
    """
    one = ONE[p.dtype]
    scratch_0 = scratch[0]
    subtract(one, p, scratch_0)
    divide(p, scratch_0, scratch_0)
    log(scratch_0, out)


def logit_middle(p: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For p between 1/4 and 3/4, where the numerator is exact.

    logit-middle: log(p/(1 - p)) = log(1 + (2*p - 1)/u) with u = 1 - p
    Accuracy: 3.5 ulp.
    """
    one = ONE[p.dtype]
    scratch_0 = scratch[0]
    scratch_1 = scratch[1]
    multiply(p, 2, scratch_0)
    subtract(scratch_0, one, scratch_0)
    subtract(one, p, scratch_1)
    divide(scratch_0, scratch_1, scratch_0)
    log1p(scratch_0, out)
