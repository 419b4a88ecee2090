"""Losses of logistic and softmax models: values, gradients and Hessians in plain NumPy.

The formulas come from derivations that a kernel proved; they were printed into `numeric.kernels`
beforehand, so nothing but NumPy is needed. A module is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numeric import (
        least_squares,
        log_loss,
        logistic_regression,
        softmax_cross_entropy,
        softmax_regression,
    )
    from numeric.checking import GradientCheck, check_gradient
    from numeric.elementary import log_sigmoid, logit, sigmoid, sigmoid_derivative, softplus
    from numeric.rows import log_softmax, logsumexp, softmax
    from numeric.threads import set_threads

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

_HOMES = {
    "numeric.checking": ("GradientCheck", "check_gradient"),
    "numeric.elementary": ("log_sigmoid", "logit", "sigmoid", "sigmoid_derivative", "softplus"),
    "numeric.rows": ("log_softmax", "logsumexp", "softmax"),
    "numeric.threads": ("set_threads",),
}
"""The modules that define what is exported; the other names are modules themselves."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = next((module for module, names in _HOMES.items() if name in names), None)
    found = getattr(import_module(home), name) if home else import_module(f"{__name__}.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
