"""Right steps of this field, as people write them: each must be proved for all m, n and K."""

from __future__ import annotations

from kernel_notation import (
    CLASSES,
    FEATURES,
    SAMPLES,
    WITH_INTERCEPT,
    W,
    Y,
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
    direction,
    element,
    exp,
    gradient,
    grid,
    h,
    half,
    hard,
    hessian,
    i,
    intercept,
    j,
    k,
    labels,
    lam,
    log,
    log_loss,
    margin_loss,
    mean,
    normaliser,
    one_hot_cost,
    p,
    parameters,
    pm,
    predicted,
    predictions,
    q,
    quarter,
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
    summing,
    tanh,
    term,
    theta,
    theta0,
    total,
    u,
    v,
    vector,
    weights,
    x,
    x0,
    y,
)

ZEROTH = element(0, WITH_INTERCEPT)
way = vector(direction, FEATURES)

SIGMOID = {
    "sigmoid derivative": lambda: (by(sigma(r), r), sigma(r) * (1 - sigma(r))),
    "sigmoid derivative by exponentials": lambda: (by(sigma(r), r), exp(-r) / (1 + exp(-r)) ** 2),
    "sigmoid derivative, symmetric": lambda: (by(sigma(r), r), 1 / (exp(r / 2) + exp(-r / 2)) ** 2),
    "sigmoid derivative as s(z)s(-z)": lambda: (by(sigma(r), r), sigma(r) * sigma(-r)),
    "sigmoid derivative by tanh": lambda: (by(sigma(r), r), quarter * (1 - tanh(r / 2) ** 2)),
    "adding and subtracting one": lambda: (
        exp(-r) / (1 + exp(-r)) ** 2,
        ((1 + exp(-r)) - 1) / (1 + exp(-r)) ** 2,
    ),
    "quotient rule": lambda: (
        by(sigma(r), r),
        ((1 + exp(-r)) * 0 - 1 * (-exp(-r))) / (1 + exp(-r)) ** 2,
    ),
    "complement": lambda: (1 - sigma(r), sigma(-r)),
    "sigmoid, other form": lambda: (sigma(r), exp(r) / (1 + exp(r))),
    "sigmoid by tanh": lambda: (sigma(r), (1 + tanh(r / 2)) / 2),
    "second derivative": lambda: (
        by(sigma(r), r, r),
        sigma(r) * (1 - sigma(r)) * (1 - 2 * sigma(r)),
    ),
    "log-odds of the sigmoid": lambda: (log(sigma(r) / (1 - sigma(r))), r),
    "sigmoid of the log-odds": lambda: (sigma(log(a / (1 - a))), a),
    "log-odds derivative": lambda: (by(log(u / (1 + u) / (1 - u / (1 + u))), u), 1 / u),
    "distance from a quarter": lambda: (
        quarter - sigma(r) * (1 - sigma(r)),
        (sigma(r) - half) ** 2,
    ),
    "softplus derivative": lambda: (by(softplus(r), r), sigma(r)),
    "softplus difference": lambda: (softplus(r) - softplus(-r), r),
    "minus log sigmoid": lambda: (-log(sigma(r)), softplus(-r)),
    "log of the complement": lambda: (log(1 - sigma(r)), -r + log(sigma(r))),
}

LOSS = {
    "likelihood, combined": lambda: (a**bit * (1 - a) ** (1 - bit), bit * a + (1 - bit) * (1 - a)),
    "log-likelihood": lambda: (
        log(a**bit * (1 - a) ** (1 - bit)),
        bit * log(a) + (1 - bit) * log(1 - a),
    ),
    "loss by the prediction": lambda: (by(-(real * log(u) + (1 - real) * log(v)), u), -real / u),
    "common denominator": lambda: (
        -real / a + (1 - real) / (1 - a),
        (a - real) / (a * (1 - a)),
    ),
    "chain rule cancels": lambda: (
        (-real / sigma(r) + (1 - real) / (1 - sigma(r))) * (sigma(r) * (1 - sigma(r))),
        sigma(r) - real,
    ),
    "loss by the score": lambda: (by(log_loss(sigma(r), real), r), sigma(r) - real),
    "loss of the score": lambda: (log_loss(sigma(r), real), log(1 + exp(r)) - real * r),
    "loss, stable": lambda: (log_loss(sigma(r), real), softplus(-r) + (1 - real) * r),
    "two label conventions": lambda: (
        log(1 + exp(-(2 * bit - 1) * r)),
        log_loss(sigma(r), bit),
    ),
    "margin probability": lambda: (
        1 / (1 + exp(-pm * r)),
        (1 + pm) / 2 * sigma(r) + (1 - pm) / 2 * (1 - sigma(r)),
    ),
    "margin gradient": lambda: (
        by(margin_loss, theta[j]),
        -total(SAMPLES, lambda n: sign[n] * x[n, j] * sigma(-sign[n] * score(n))),
    ),
    "margin Hessian": lambda: (
        by(margin_loss, theta[j], theta[k]),
        total(
            SAMPLES,
            lambda n: x[n, j] * x[n, k] * sigma(sign[n] * score(n)) * (1 - sigma(sign[n] * score(n))),
        ),
    ),
    "margin Hessian without labels": lambda: (
        by(margin_loss, theta[j], theta[k]),
        total(SAMPLES, lambda n: x[n, j] * x[n, k] * slope(n)),
    ),
}

DATA_SET = {
    "score derivative": lambda: (by(score(i), theta[j]), x[i, j]),
    "prediction derivative": lambda: (by(h(i), theta[j]), slope(i) * x[i, j]),
    "derivative inside the sum": lambda: (
        by(cost, theta[j]),
        -mean * total(SAMPLES, lambda n: (y[n] / h(n) - (1 - y[n]) / (1 - h(n))) * by(h(n), theta[j])),
    ),
    "after the sigmoid's derivative": lambda: (
        by(cost, theta[j]),
        -mean * total(SAMPLES, lambda n: (y[n] * (1 - h(n)) - (1 - y[n]) * h(n)) * x[n, j]),
    ),
    "gradient": lambda: (
        by(cost, theta[j]),
        mean * total(SAMPLES, lambda n: (h(n) - y[n]) * x[n, j]),
    ),
    "gradient, split": lambda: (
        by(cost, theta[j]),
        mean * (total(SAMPLES, lambda n: h(n) * x[n, j]) - total(SAMPLES, lambda n: y[n] * x[n, j])),
    ),
    "gradient vector": lambda: (
        gradient(cost),
        mean * (design.transposed @ (predictions - labels)),
    ),
    "gradient vector, transposed": lambda: (
        gradient(cost),
        mean * ((predictions - labels).transposed @ design).transposed,
    ),
    "ridge gradient": lambda: (
        gradient(ridge),
        mean * (design.transposed @ (predictions - labels)) + (lam / size(SAMPLES)) * parameters,
    ),
    "Hessian entries": lambda: (
        by(cost, theta[j], theta[k]),
        mean * total(SAMPLES, lambda n: slope(n) * x[n, j] * x[n, k]),
    ),
    "Hessian matrix": lambda: (hessian(cost), mean * (design.transposed @ slopes @ design)),
    "ridge Hessian": lambda: (
        hessian(ridge),
        mean * (design.transposed @ slopes @ design)
        + (lam / size(SAMPLES)) * grid(FEATURES, FEATURES, delta),
    ),
    "loss as inner products": lambda: (
        cost,
        (
            -mean
            * (
                labels.transposed @ predictions.map(log)
                + labels.map(lambda entry: 1 - entry).transposed @ predictions.map(lambda t: log(1 - t))
            )
        ).number,
    ),
    "quadratic form": lambda: (
        (way.transposed @ (design.transposed @ slopes @ design) @ way).number,
        total(SAMPLES, lambda n: slope(n) * total(FEATURES, lambda f: x[n, f] * direction[f]) ** 2),
    ),
    "scores as a product": lambda: (design @ parameters, grid(SAMPLES, None, lambda n, _: score(n))),
    "transposed product": lambda: (
        ((design @ parameters).transposed @ labels).number,
        (parameters.transposed @ design.transposed @ labels).number,
    ),
    "sums swapped": lambda: (
        total(SAMPLES, lambda n: total(FEATURES, lambda f: y[n] * x[n, f] * theta[f])),
        total(FEATURES, lambda f: theta[f] * total(SAMPLES, lambda n: x[n, f] * y[n])),
    ),
    "product of sums": lambda: (
        total(FEATURES, lambda f: theta[f]) ** 2,
        total(FEATURES, lambda f: total(FEATURES, lambda g: theta[f] * theta[g])),
    ),
    "gradient of a norm": lambda: (
        gradient((parameters.transposed @ parameters).number),
        term(2) * parameters,
    ),
    "intercept taken out": lambda: (
        total(WITH_INTERCEPT, lambda f: theta0[f] * x0[i, f]),
        theta0[ZEROTH] * x0[i, ZEROTH] + total(FEATURES, lambda f: theta0[f] * x0[i, f]),
    ),
    "intercept gradient": lambda: (
        by(mean * total(SAMPLES, lambda n: log_loss(sigma(intercept + score(n)), y[n])), intercept),
        mean * total(SAMPLES, lambda n: sigma(intercept + score(n)) - y[n]),
    ),
    "squared error": lambda: (
        by(mean * total(SAMPLES, lambda n: (h(n) - y[n]) ** 2), theta[j]),
        2 * mean * total(SAMPLES, lambda n: (h(n) - y[n]) * slope(n) * x[n, j]),
    ),
    "bits are their squares": lambda: (
        total(SAMPLES, lambda n: (h(n) - y[n]) ** 2),
        total(SAMPLES, lambda n: h(n) ** 2 - 2 * y[n] * h(n) + y[n]),
    ),
    "log of a likelihood": lambda: (
        exp(total(SAMPLES, lambda n: log(h(n)))) * exp(total(SAMPLES, lambda n: log(1 - h(n)))),
        exp(total(SAMPLES, lambda n: log(h(n) * (1 - h(n))))),
    ),
    "root of a square": lambda: (sqrt(u**2), u),
    "log of a product": lambda: (log(u * v), log(u) + log(v)),
}

SOFTMAX = {
    "Jacobian": lambda: (by(p(c), q[d]), p(c) * (delta(c, d) - p(d))),
    "Jacobian, diagonal": lambda: (by(p(c), q[c]), p(c) * (1 - p(c))),
    "sum of probabilities": lambda: (total(CLASSES, p), 1),
    "shift": lambda: (p(c), exp(q[c] - shift) / total(CLASSES, lambda g: exp(q[g] - shift))),
    "log-sum-exp shift": lambda: (
        log(normaliser),
        shift + log(total(CLASSES, lambda g: exp(q[g] - shift))),
    ),
    "log-softmax": lambda: (log(p(c)), q[c] - log(normaliser)),
    "cross-entropy, probabilities": lambda: (by(cross_entropy(soft), q[d]), p(d) - soft[d]),
    "cross-entropy, sum one": lambda: (by(cross_entropy(summing), q[d]), p(d) - summing[d]),
    "cross-entropy, any labels": lambda: (
        by(cross_entropy(weights), q[d]),
        p(d) * total(CLASSES, lambda g: weights[g]) - weights[d],
    ),
    "cross-entropy, one-hot": lambda: (by(cross_entropy(hard), q[d]), p(d) - hard[d]),
    "step with the Jacobian": lambda: (
        by(cross_entropy(soft), q[d]),
        -total(CLASSES, lambda g: soft[g] / p(g) * p(g) * (delta(g, d) - p(d))),
    ),
    "step with the delta summed": lambda: (
        by(cross_entropy(soft), q[d]),
        -soft[d] + total(CLASSES, lambda g: soft[g]) * p(d),
    ),
    "one-hot picks a class": lambda: (
        cross_entropy(hard),
        -log(total(CLASSES, lambda g: hard[g] * p(g))),
    ),
    "cross-entropy of scores": lambda: (
        cross_entropy(soft),
        log(normaliser) - total(CLASSES, lambda g: soft[g] * q[g]),
    ),
    "weight gradient, labels as classes": lambda: (
        by(softmax_cost, W[c, j]),
        -total(SAMPLES, lambda n: x[n, j] * (delta(c, class_of(n)) - predicted(n, c))),
    ),
    "weight gradient, one-hot": lambda: (
        by(one_hot_cost, W[c, j]),
        -total(SAMPLES, lambda n: x[n, j] * (Y[n, c] - predicted(n, c))),
    ),
    "weight gradient as a matrix": lambda: (
        grid(CLASSES, FEATURES, lambda g, f: by(one_hot_cost, W[g, f])),
        grid(SAMPLES, CLASSES, lambda n, g: predicted(n, g) - Y[n, g]).transposed @ design,
    ),
    "Hessian by scores": lambda: (
        by(cross_entropy(soft), q[c], q[d]),
        p(c) * (delta(c, d) - p(d)),
    ),
    "Hessian by weights": lambda: (
        by(softmax_cost, W[c, j], W[d, k]),
        total(SAMPLES, lambda n: predicted(n, c) * (delta(c, d) - predicted(n, d)) * x[n, j] * x[n, k]),
    ),
    "Hessian is singular": lambda: (total(CLASSES, lambda g: p(c) * (delta(c, g) - p(g))), 0),
    "quadratic form is a variance": lambda: (
        total(
            CLASSES,
            lambda f: total(CLASSES, lambda g: weights[f] * p(f) * (delta(f, g) - p(g)) * weights[g]),
        ),
        total(CLASSES, lambda f: p(f) * (weights[f] - total(CLASSES, lambda g: p(g) * weights[g])) ** 2),
    ),
    "variance by pairs": lambda: (
        total(CLASSES, lambda f: p(f) * weights[f] ** 2) - total(CLASSES, lambda g: p(g) * weights[g]) ** 2,
        half
        * total(
            CLASSES,
            lambda f: total(CLASSES, lambda g: p(f) * p(g) * (weights[f] - weights[g]) ** 2),
        ),
    ),
    "two classes": lambda: (exp(r) / (exp(r) + exp(s)), sigma(r - s)),
    "two classes' loss": lambda: (
        -(bit * log(exp(r) / (exp(r) + exp(s))) + (1 - bit) * log(exp(s) / (exp(r) + exp(s)))),
        log_loss(sigma(r - s), bit),
    ),
    "classes summed out": lambda: (
        total(CLASSES, lambda g: total(SAMPLES, lambda n: x[n, j] * predicted(n, g))),
        total(SAMPLES, lambda n: x[n, j]),
    ),
    "an indicator picks a class": lambda: (
        total(CLASSES, lambda g: delta(g, class_of(i)) * log(predicted(i, g))),
        log(predicted(i, class_of(i))),
    ),
}

TRUE = {**SIGMOID, **LOSS, **DATA_SET, **SOFTMAX}
