"""Mistakes that people make: each must be refuted."""

from __future__ import annotations

from fractions import Fraction

from kernel_notation import (
    CLASSES,
    FEATURES,
    SAMPLES,
    WITH_INTERCEPT,
    W,
    a,
    bit,
    by,
    c,
    class_of,
    cost,
    cross_entropy,
    d,
    delta,
    design,
    e,
    element,
    exp,
    gradient,
    h,
    hessian,
    i,
    j,
    k,
    labels,
    lam,
    log,
    log_loss,
    margin_loss,
    mean,
    normaliser,
    p,
    parameters,
    predicted,
    predictions,
    q,
    r,
    real,
    ridge,
    s,
    score,
    shift,
    sigma,
    sign,
    size,
    slope,
    slopes,
    soft,
    softmax_cost,
    softplus,
    sqrt,
    tanh,
    term,
    theta,
    theta0,
    total,
    u,
    v,
    weights,
    x,
    x0,
    y,
)

ZEROTH = element(0, WITH_INTERCEPT)

SIGMOID = {
    "derivative with a plus": lambda: (by(sigma(r), r), sigma(r) * (1 + sigma(r))),
    "derivative's sign": lambda: (by(sigma(r), r), -exp(-r) / (1 + exp(-r)) ** 2),
    "derivative without the square": lambda: (by(sigma(r), r), exp(-r) / (1 + exp(-r))),
    "tanh without the half": lambda: (sigma(r), (1 + tanh(r)) / 2),
    "log-odds upside down": lambda: (log((1 - sigma(r)) / sigma(r)), r),
    "softplus derivative at -z": lambda: (by(softplus(r), r), sigma(-r)),
    "minus log sigmoid at z": lambda: (-log(sigma(r)), softplus(r)),
    "a part in a million million": lambda: (
        by(sigma(r), r),
        sigma(r) * (1 - sigma(r)) + term(Fraction(1, 10**12)),
    ),
    "likelihood of any number": lambda: (
        a**real * (1 - a) ** (1 - real),
        real * a + (1 - real) * (1 - a),
    ),
    "loss by the prediction, sign": lambda: (
        -real / a + (1 - real) / (1 - a),
        (real - a) / (a * (1 - a)),
    ),
    "loss by the score, swapped": lambda: (by(log_loss(sigma(r), real), r), real - sigma(r)),
    "a chain factor too many": lambda: (
        by(log_loss(sigma(r), real), r),
        (sigma(r) - real) * sigma(r) * (1 - sigma(r)),
    ),
    "loss of the score, sign": lambda: (log_loss(sigma(r), real), log(1 + exp(r)) + real * r),
    "margin form with a bit": lambda: (log(1 + exp(-bit * r)), log_loss(sigma(r), bit)),
    "margin form, sign": lambda: (log(1 + exp((2 * bit - 1) * r)), log_loss(sigma(r), bit)),
    "square of a real label": lambda: (real**2, real),
    "log of a sum": lambda: (log(u + v), log(u) + log(v)),
    "root of a square": lambda: (sqrt(r**2), r),
    "epsilon forgotten": lambda: (log(a), log(a + term(Fraction(1, 10**12)))),
}

DATA_SET = {
    "margin gradient without the label": lambda: (
        by(margin_loss, theta[j]),
        -total(SAMPLES, lambda n: x[n, j] * sigma(-sign[n] * score(n))),
    ),
    "gradient's sign": lambda: (
        by(cost, theta[j]),
        mean * total(SAMPLES, lambda n: (y[n] - h(n)) * x[n, j]),
    ),
    "gradient without 1/m": lambda: (
        by(cost, theta[j]),
        total(SAMPLES, lambda n: (h(n) - y[n]) * x[n, j]),
    ),
    "gradient with 1/n": lambda: (
        by(cost, theta[j]),
        1 / size(FEATURES) * total(SAMPLES, lambda n: (h(n) - y[n]) * x[n, j]),
    ),
    "gradient without x": lambda: (by(cost, theta[j]), mean * total(SAMPLES, lambda n: h(n) - y[n])),
    "gradient with another index": lambda: (
        by(cost, theta[j]),
        mean * total(SAMPLES, lambda n: (h(n) - y[n]) * x[n, k]),
    ),
    "gradient with a free sample": lambda: (
        by(cost, theta[j]),
        mean * total(SAMPLES, lambda n: h(n) - y[n]) * x[i, j],
    ),
    "a bound index taken for a free one": lambda: (
        total(SAMPLES, lambda n: y[n] * h(i)),
        total(SAMPLES, lambda n: y[n] * h(n)),
    ),
    "gradient vector, swapped": lambda: (
        gradient(cost),
        mean * (design.transposed @ (labels - predictions)),
    ),
    "ridge forgotten": lambda: (
        gradient(ridge),
        mean * (design.transposed @ (predictions - labels)),
    ),
    "ridge twice": lambda: (
        gradient(ridge),
        mean * (design.transposed @ (predictions - labels)) + (2 * lam / size(SAMPLES)) * parameters,
    ),
    "ridge without 1/m": lambda: (
        gradient(ridge),
        mean * (design.transposed @ (predictions - labels)) + lam * parameters,
    ),
    "Hessian without 1 - h": lambda: (
        hessian(cost),
        mean * (design.transposed @ predictions.diagonal @ design),
    ),
    "Hessian's sign": lambda: (hessian(cost), (-mean) * (design.transposed @ slopes @ design)),
    "Hessian's diagonal everywhere": lambda: (
        by(cost, theta[j], theta[k]),
        mean * total(SAMPLES, lambda n: slope(n) * x[n, j] ** 2),
    ),
    "ridge Hessian forgotten": lambda: (
        hessian(ridge),
        mean * (design.transposed @ slopes @ design),
    ),
    "square of a sum": lambda: (
        total(FEATURES, lambda f: theta[f]) ** 2,
        total(FEATURES, lambda f: theta[f] ** 2),
    ),
    "intercept lost": lambda: (
        total(WITH_INTERCEPT, lambda f: theta0[f] * x0[i, f]),
        total(FEATURES, lambda f: theta0[f] * x0[i, f]),
    ),
    "a constant summed once": lambda: (total(SAMPLES, lambda n: r), r),
    "squared error without 2": lambda: (
        by(mean * total(SAMPLES, lambda n: (h(n) - y[n]) ** 2), theta[j]),
        mean * total(SAMPLES, lambda n: (h(n) - y[n]) * slope(n) * x[n, j]),
    ),
    "squared error without a chain factor": lambda: (
        by(mean * total(SAMPLES, lambda n: (h(n) - y[n]) ** 2), theta[j]),
        2 * mean * total(SAMPLES, lambda n: (h(n) - y[n]) * x[n, j]),
    ),
    "the mean twice": lambda: (cost, mean * cost),
    "coincident free indices": lambda: (by(score(i), theta[k]), x[i, j]),
    "a double sum made single": lambda: (
        total(SAMPLES, lambda n: score(n) * total(SAMPLES, score)),
        total(SAMPLES, lambda n: score(n) * score(n)),
    ),
    "exponential of a sum": lambda: (
        exp(total(FEATURES, lambda f: theta[f])),
        total(FEATURES, lambda f: exp(theta[f])),
    ),
    "signs are not bits": lambda: (sign[i] ** 2, sign[i]),
    "zeroth feature outside": lambda: (
        total(WITH_INTERCEPT, lambda f: delta(f, ZEROTH) * theta0[f]),
        0,
    ),
}

SOFTMAX = {
    "Jacobian without a delta": lambda: (by(p(c), q[d]), p(c) * (1 - p(d))),
    "Jacobian's sign": lambda: (by(p(c), q[d]), p(c) * (p(d) - delta(c, d))),
    "Jacobian off the diagonal": lambda: (by(p(c), q[d]), -p(c) * p(d)),
    "sum of probabilities": lambda: (total(CLASSES, p), size(CLASSES)),
    "shift below only": lambda: (p(c), exp(q[c]) / total(CLASSES, lambda g: exp(q[g] - shift))),
    "log-sum-exp as a sum": lambda: (log(normaliser), total(CLASSES, lambda g: q[g])),
    "log into a sum": lambda: (
        log(total(CLASSES, lambda g: exp(q[g]))),
        total(CLASSES, lambda g: log(exp(q[g]))),
    ),
    "labels with any sum": lambda: (by(cross_entropy(weights), q[d]), p(d) - weights[d]),
    "cross-entropy's sign": lambda: (by(cross_entropy(soft), q[d]), soft[d] - p(d)),
    "soft labels pick no class": lambda: (
        cross_entropy(soft),
        -log(total(CLASSES, lambda g: soft[g] * p(g))),
    ),
    "weight gradient's sign": lambda: (
        by(softmax_cost, W[c, j]),
        total(SAMPLES, lambda n: x[n, j] * (delta(c, class_of(n)) - predicted(n, c))),
    ),
    "weight gradient without x": lambda: (
        by(softmax_cost, W[c, j]),
        -total(SAMPLES, lambda n: delta(c, class_of(n)) - predicted(n, c)),
    ),
    "weight gradient of another class": lambda: (
        by(softmax_cost, W[c, j]),
        -total(SAMPLES, lambda n: x[n, j] * (delta(c, class_of(n)) - predicted(n, d))),
    ),
    "weight gradient without an indicator": lambda: (
        by(softmax_cost, W[c, j]),
        -total(SAMPLES, lambda n: x[n, j] * (1 - predicted(n, c))),
    ),
    "Hessian on the diagonal only": lambda: (
        by(cross_entropy(soft), q[c], q[d]),
        p(c) * (1 - p(d)),
    ),
    "Hessian as a product": lambda: (by(cross_entropy(soft), q[c], q[d]), p(c) * p(d)),
    "two classes, swapped": lambda: (exp(r) / (exp(r) + exp(s)), sigma(s - r)),
    "soft labels are not bits": lambda: (soft[c] ** 2, soft[c]),
    "any labels have any sum": lambda: (total(CLASSES, lambda g: weights[g]), 1),
    "a chain of deltas": lambda: (delta(c, d) * delta(d, e), delta(c, e)),
    "a delta summed": lambda: (total(CLASSES, lambda g: delta(c, g)), size(CLASSES)),
    "true of two classes only": lambda: (
        total(CLASSES, lambda g: predicted(i, g) * (1 - predicted(i, g))),
        2 * predicted(i, c) * predicted(i, d),
    ),
}

FALSE = {**SIGMOID, **DATA_SET, **SOFTMAX}
