"""Kernels of softmax: generated, do not edit.

Printed from proved formulas by ``python -m derivations.generating``; each function names the equalities
that the kernel certified. Arguments are arrays of one floating type, float32 or float64, of shapes
that broadcast to that of the result; results go to the given buffers, and nothing is checked or raised.
Accuracies are in units in the last place (ulp) of float64.
"""

from __future__ import annotations

from collections.abc import Sequence

from numpy import add, divide, log1p, negative, subtract

from numeric.arguments import Array

SCRATCH = 1
"""Scratch buffers that the functions need at most."""


def probability(own: Array, total: Array, out: Array) -> None:
    """For any scores.

    softmax-total: own/(others + own) = own/total with total = others + own
    Accuracy: one rounding an operation.
    """
    divide(own, total, out)


def log_probability(z: Array, others: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For any scores.

    log-softmax-others: log(exp(z)/(others + 1)) = z - log(others + 1)
    Accuracy: one rounding an operation.
    """
    scratch_0 = scratch[0]
    log1p(others, scratch_0)
    subtract(z, scratch_0, out)


def logarithm_of_sum(z: Array, others: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For any scores.

    logsumexp-others: log((others + 1)*exp(z)) = z + log(others + 1)
    Accuracy: one rounding an operation.
    """
    scratch_0 = scratch[0]
    log1p(others, scratch_0)
    add(z, scratch_0, out)


def value(own: Array, others: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For any scores.

    cross-entropy-others: -log(own/(others + own)) = log(others/own + 1)
    Accuracy: one rounding an operation.
    """
    scratch_0 = scratch[0]
    divide(others, own, scratch_0)
    log1p(scratch_0, out)


def class_gradient(own: Array, others: Array, out: Array, scratch: Sequence[Array]) -> None:
    """For any scores.

    class-residual-others: own/(others + own) - 1 = -others/(others + own)
    Accuracy: one rounding an operation.
    """
    scratch_0 = scratch[0]
    add(others, own, scratch_0)
    divide(others, scratch_0, scratch_0)
    negative(scratch_0, out)
