"""True steps that stress the normal form: products of denominators in sums, roots, third derivatives."""

from __future__ import annotations

from kernel_notation import (
    CLASSES,
    FEATURES,
    SAMPLES,
    W,
    by,
    c,
    d,
    delta,
    design,
    e,
    exp,
    grid,
    h,
    hard,
    i,
    j,
    k,
    log,
    mean,
    normaliser,
    p,
    parameters,
    predicted,
    q,
    r,
    real,
    running,
    score,
    sigma,
    size,
    slope,
    slopes,
    softmax_cost,
    sqrt,
    tanh,
    theta,
    total,
    u,
    v,
    weights,
    x,
    y,
)


def tempered(index):
    return exp(q[index] / u) / total(CLASSES, lambda g: exp(q[g] / u))


def hidden(sample):
    return total(FEATURES, lambda f: theta[f] * sigma(score(sample) * x[sample, f]))


def smoothed():
    return -total(CLASSES, lambda g: ((1 - u) * hard[g] + u / size(CLASSES)) * log(p(g)))


def entropy():
    return -total(CLASSES, lambda g: p(g) * log(p(g)))


HARDER = {
    "two denominators in a sum": lambda: (
        total(SAMPLES, lambda n: sigma(score(n)) * sigma(2 * score(n))),
        total(
            SAMPLES,
            lambda n: exp(3 * score(n)) / ((1 + exp(score(n))) * (1 + exp(2 * score(n)))),
        ),
    ),
    "a difference of denominators": lambda: (
        total(SAMPLES, lambda n: 1 / (1 + exp(score(n))) - 1 / (1 + exp(2 * score(n)))),
        total(
            SAMPLES,
            lambda n: (exp(2 * score(n)) - exp(score(n))) / ((1 + exp(score(n))) * (1 + exp(2 * score(n)))),
        ),
    ),
    "a difference of sums": lambda: (
        total(SAMPLES, lambda n: 1 / (1 + exp(score(n)))) - total(SAMPLES, lambda n: 1 / (2 + exp(score(n)))),
        total(SAMPLES, lambda n: 1 / ((1 + exp(score(n))) * (2 + exp(score(n))))),
    ),
    "tanh in a sum": lambda: (
        total(SAMPLES, lambda n: tanh(score(n)) * x[n, j]),
        total(SAMPLES, lambda n: (2 * sigma(2 * score(n)) - 1) * x[n, j]),
    ),
    "gradient of a length": lambda: (
        by(sqrt(1 + total(FEATURES, lambda f: theta[f] ** 2)), theta[j]),
        theta[j] / sqrt(1 + total(FEATURES, lambda f: theta[f] ** 2)),
    ),
    "sum of outer products": lambda: (
        design.transposed @ slopes @ design,
        grid(FEATURES, FEATURES, lambda f, g: total(SAMPLES, lambda n: slope(n) * x[n, f] * x[n, g])),
    ),
    "transpose of four factors": lambda: (
        (design.transposed @ slopes @ design @ parameters).transposed,
        parameters.transposed @ design.transposed @ slopes.transposed @ design,
    ),
    "trace of a product": lambda: (
        (design.transposed @ design).trace,
        (design @ design.transposed).trace,
    ),
    "focal loss": lambda: (
        by(-((1 - sigma(r)) ** 2) * log(sigma(r)), r),
        (1 - sigma(r)) ** 2 * (2 * sigma(r) * log(sigma(r)) - (1 - sigma(r))),
    ),
    "label smoothing": lambda: (
        by(smoothed(), q[d]),
        p(d) - (1 - u) * hard[d] - u / size(CLASSES),
    ),
    "temperature": lambda: (
        by(tempered(c), q[d]),
        tempered(c) * (delta(c, d) - tempered(d)) / u,
    ),
    "derivative by the temperature": lambda: (
        by(q[c] / u - log(total(CLASSES, lambda g: exp(q[g] / u))), u),
        (total(CLASSES, lambda g: tempered(g) * q[g]) - q[c]) / u**2,
    ),
    "divergence": lambda: (
        total(CLASSES, lambda g: p(g) * log(p(g) / exp(q[g]))),
        -log(normaliser),
    ),
    "entropy gradient": lambda: (
        by(entropy(), q[d]),
        -p(d) * (log(p(d)) - total(CLASSES, lambda g: p(g) * log(p(g)))),
    ),
    "class weights": lambda: (
        by(
            -mean * total(SAMPLES, lambda n: u * y[n] * log(h(n)) + v * (1 - y[n]) * log(1 - h(n))),
            theta[j],
        ),
        mean * total(SAMPLES, lambda n: (v * (1 - y[n]) * h(n) - u * y[n] * (1 - h(n))) * x[n, j]),
    ),
    "two layers": lambda: (
        by(sigma(hidden(i)), theta[k]),
        sigma(hidden(i))
        * (1 - sigma(hidden(i)))
        * (
            sigma(score(i) * x[i, k])
            + total(
                FEATURES,
                lambda f: (
                    theta[f] * sigma(score(i) * x[i, f]) * (1 - sigma(score(i) * x[i, f])) * x[i, f] * x[i, k]
                ),
            )
        ),
    ),
    "third derivative of the softmax": lambda: (
        by(p(c), q[d], q[e]),
        p(c) * ((delta(c, e) - p(e)) * (delta(c, d) - p(d)) - p(d) * (delta(d, e) - p(e))),
    ),
    "gradients of all classes cancel": lambda: (
        total(CLASSES, lambda g: by(softmax_cost, W[g, k])),
        0,
    ),
    "log-odds of two classes": lambda: (
        log(predicted(i, c) / predicted(i, d)),
        total(FEATURES, lambda f: (W[c, f] - W[d, f]) * x[i, f]),
    ),
    "covariance with a constant": lambda: (
        total(CLASSES, lambda f: total(CLASSES, lambda g: p(f) * (delta(f, g) - p(g)) * weights[f])),
        0,
    ),
    "Gaussian log-likelihood": lambda: (
        by(total(SAMPLES, lambda n: -((real - score(n)) ** 2) / (2 * u)), theta[j]),
        total(SAMPLES, lambda n: (real - score(n)) * x[n, j]) / u,
    ),
    "half a logarithm": lambda: (exp(log(1 + exp(r)) / 2) ** 2, 1 + exp(r)),
    "a likelihood of all samples": lambda: (
        log(running(SAMPLES, lambda n: h(n) ** y[n] * (1 - h(n)) ** (1 - y[n]))),
        total(SAMPLES, lambda n: y[n] * log(h(n)) + (1 - y[n]) * log(1 - h(n))),
    ),
    "derivative of a product of sigmoids": lambda: (
        by(log(running(SAMPLES, h)), theta[j]),
        total(SAMPLES, lambda n: (1 - h(n)) * x[n, j]),
    ),
}
