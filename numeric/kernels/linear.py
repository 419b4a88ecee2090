"""Sums of linear models: generated, do not edit.

Printed from proved formulas by ``python -m derivations.generating``; each function names the equalities
that the kernel certified. Arguments are arrays of one floating type, float32 or float64, of shapes
that broadcast to that of the result; results go to the given buffers, and nothing is checked or raised.
Accuracies are in units in the last place (ulp) of float64.
"""

from __future__ import annotations

import numpy

from numeric.arguments import Array


def scores(theta: Array, x: Array, out: Array) -> None:
    """The scores of the samples.

    out[i] = Sum(theta[l]*x[i, l], (l, 1, n))
    """
    x.dot(theta, out)


def gradient(r: Array, x: Array, out: Array) -> None:
    """The samples' rows, weighted and summed; the mean divides by m.

    out[j] = Sum(r[i]*x[i, j], (i, 1, m))

    log-loss-gradient: Sum(r[i]*x[i, j], (i, 1, m))/m with r[i] = sigma(z[i]) - y[i], z[i] =
        Sum(theta[l]*x[i, l], (l, 1, n))
    squared-error-gradient: Sum(r[i]*x[i, j], (i, 1, m))/m with r[i] = -y[i] + z[i], z[i] =
        Sum(theta[l]*x[i, l], (l, 1, n))
    log-loss-hessian, times p: Sum(r[i]*x[i, j], (i, 1, m))/m with r[i] = (1 -
        sigma(z[i]))*sigma(z[i])*Sum(p[l]*x[i, l], (l, 1, n)), z[i] = Sum(theta[l]*x[i, l], (l, 1,
        n))
    """
    r.dot(x, out)


def scaled(s: Array, x: Array, out: Array) -> None:
    """The samples' rows, each times its factor.

    out[i, j] = s[i]*x[i, j]
    """
    numpy.multiply(s[:, None], x, out)


def hessian(a: Array, out: Array) -> None:
    """The product of a matrix with its own transpose; the mean divides by m.

    out[j, k] = Sum(a[i, j]*a[i, k], (i, 1, m))

    log-loss-hessian: Sum(a[i, j]*a[i, k], (i, 1, m))/m with a[i, j] = s[i]*x[i, j], s[i] = sqrt((1
        - sigma(z[i]))*sigma(z[i])), z[i] = Sum(theta[l]*x[i, l], (l, 1, n))
    squared-error-hessian: Sum(a[i, j]*a[i, k], (i, 1, m))/m with a[i, j] = x[i, j]
    softmax-regression-hessian: (-(1 - KroneckerDelta(k, u))*Sum(a[i, k, j]*a[i, u, t], (i, 1, m)) +
        KroneckerDelta(k, u)*Sum((1 - q[i, k])*q[i, k]*x[i, j]*x[i, t], (i, 1, m)))/m with a[i, k,
        j] = q[i, k]*x[i, j], q[i, k] = exp(z[i, k])/Sum(exp(z[i, c]), (c, 1, K)), z[i, k] =
        Sum(W[k, l]*x[i, l], (l, 1, n))
    """
    a.T.dot(a, out)


def class_scores(W: Array, x: Array, out: Array) -> None:
    """The scores of the samples for each class.

    out[i, k] = Sum(W[k, l]*x[i, l], (l, 1, n))
    """
    x.dot(W.T, out)


def class_gradient(r: Array, x: Array, out: Array) -> None:
    """The samples' rows, weighted for each class and summed; the mean divides by m.

    out[k, j] = Sum(r[i, k]*x[i, j], (i, 1, m))

    softmax-regression-gradient: Sum(r[i, k]*x[i, j], (i, 1, m))/m with r[i, k] = q[i, k] - y[i, k],
        q[i, k] = exp(z[i, k])/Sum(exp(z[i, c]), (c, 1, K)), z[i, k] = Sum(W[k, l]*x[i, l], (l, 1,
        n))
    softmax-regression-hessian, times p: Sum(r[i, k]*x[i, j], (i, 1, m))/m with r[i, k] = (s[i, k] -
        Sum(q[i, g]*s[i, g], (g, 1, K)))*q[i, k], s[i, k] = Sum(p[k, h]*x[i, h], (h, 1, n)), q[i, k]
        = exp(z[i, k])/Sum(exp(z[i, c]), (c, 1, K)), z[i, k] = Sum(W[k, l]*x[i, l], (l, 1, n))
    """
    r.T.dot(x, out)
