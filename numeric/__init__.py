"""Losses of logistic and softmax models: values, gradients and Hessians in plain NumPy.

The formulas come from derivations that a kernel proved; they were printed into `numeric.kernels`
beforehand, so nothing but NumPy is imported here.
"""

from numeric import log_loss, logistic_regression, softmax_cross_entropy
from numeric.elementary import log_sigmoid, sigmoid, sigmoid_derivative, softplus
from numeric.rows import log_softmax, softmax

__all__ = [
    "log_loss",
    "log_sigmoid",
    "log_softmax",
    "logistic_regression",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_cross_entropy",
    "softplus",
]
