"""Losses of logistic and softmax models: values, gradients and Hessians in plain NumPy.

The formulas come from derivations that a kernel proved; they were printed into `numeric.kernels`
beforehand, so nothing but NumPy is imported here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from numeric import least_squares, log_loss, logistic_regression, softmax_cross_entropy, softmax_regression
from numeric.elementary import log_sigmoid, logit, sigmoid, sigmoid_derivative, softplus
from numeric.rows import log_softmax, logsumexp, softmax
from numeric.threads import set_threads

if TYPE_CHECKING:
    from numeric.checking import GradientCheck, check_gradient

__all__ = [
    "GradientCheck",
    "check_gradient",
    "least_squares",
    "log_loss",
    "log_sigmoid",
    "log_softmax",
    "logistic_regression",
    "logit",
    "logsumexp",
    "set_threads",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_cross_entropy",
    "softmax_regression",
    "softplus",
]

_LATER = frozenset({"GradientCheck", "check_gradient"})
"""What is imported from `numeric.checking` when it is first used."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("numeric.checking"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
