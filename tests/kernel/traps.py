"""Claims on which a checker is easily wrong: each with the verdicts that may be given."""

from __future__ import annotations

from kernel_notation import (
    CLASSES,
    FEATURES,
    SAMPLES,
    TWO,
    W2,
    WITH_INTERCEPT,
    Term,
    bit,
    by,
    c,
    d,
    delta,
    e,
    element,
    exp,
    half,
    hard,
    i,
    j,
    k,
    kind_of,
    log,
    mean,
    p,
    q,
    r,
    real,
    s,
    score,
    sigma,
    size,
    soft,
    sqrt,
    summing,
    term,
    theta,
    theta0,
    total,
    u,
    v,
    x,
    x0,
    y,
)

from derivations.language import IndexSet, IndexVariable, Sum

ZEROTH = element(0, WITH_INTERCEPT)
ANY = IndexVariable("f", WITH_INTERCEPT)


FIRST, SECOND = element(1, TWO), element(2, TWO)
CLASS_ONE, CLASS_TWO = element(1, CLASSES), element(2, CLASSES)
ABOVE_ONE = IndexSet("K", 2)

PROVED, WHERE_DEFINED, REFUTED, UNDECIDED = "proved", "proved-where-defined", "refuted", "undecided"
UNSURE = f"{WHERE_DEFINED} {UNDECIDED}"


def score_of_two(sample, index):
    return total(FEATURES, lambda f: W2[index, f] * x[sample, f])


def one_of_two(sample, index):
    return exp(score_of_two(sample, index)) / total(TWO, lambda g: exp(score_of_two(sample, g)))


def binary(sample):
    return delta(FIRST, kind_of(sample)) * log(one_of_two(sample, FIRST)) + (
        1 - delta(FIRST, kind_of(sample))
    ) * log(1 - one_of_two(sample, FIRST))


def pairwise(index):
    return total(CLASSES, lambda g: 1 / (q[g] - q[index]), index)


TWO_CLASSES = {
    "softmax of two is a sigmoid": (
        PROVED,
        lambda: (
            one_of_two(i, FIRST),
            sigma(total(FEATURES, lambda f: (W2[FIRST, f] - W2[SECOND, f]) * x[i, f])),
        ),
    ),
    "loss of two is the log-loss": (
        PROVED,
        lambda: (
            -total(SAMPLES, lambda n: total(TWO, lambda g: delta(g, kind_of(n)) * log(one_of_two(n, g)))),
            -total(SAMPLES, binary),
        ),
    ),
    "variance of two": (
        PROVED,
        lambda: (
            total(TWO, lambda g: one_of_two(i, g) * (1 - one_of_two(i, g))),
            2 * one_of_two(i, FIRST) * one_of_two(i, SECOND),
        ),
    ),
    "a second class is there": (
        WHERE_DEFINED,
        lambda: (total(CLASSES, lambda g: delta(g, CLASS_TWO) * q[g]), q[CLASS_TWO]),
    ),
    "the first apart": (
        PROVED,
        lambda: (q[CLASS_ONE] + total(ABOVE_ONE, lambda g: q[g]), total(CLASSES, lambda g: q[g])),
    ),
    "bounds off by one": (
        REFUTED,
        lambda: (total(ABOVE_ONE, lambda g: q[g]), total(CLASSES, lambda g: q[g])),
    ),
    "all but one": (
        PROVED,
        lambda: (q[c] + total(CLASSES, lambda g: q[g], c), total(CLASSES, lambda g: q[g])),
    ),
    "all but one, forgotten": (
        REFUTED,
        lambda: (total(CLASSES, lambda g: q[g], c), total(CLASSES, lambda g: q[g])),
    ),
}

UNDEFINED = {
    "exponential of a logarithm": (WHERE_DEFINED, lambda: (exp(log(r)), r)),
    "logarithm of an exponential": (PROVED, lambda: (log(exp(r)), r)),
    "a logarithm less itself": (WHERE_DEFINED, lambda: (log(r) - log(r), 0)),
    "log of a square": (UNSURE, lambda: (log(r**2), 2 * log(r))),
    "log of a square, twice": (REFUTED, lambda: (log(r**2), 2 * log(r**2))),
    "log of a negative": (UNDECIDED, lambda: (log(-u), -log(u))),
    "log of a reciprocal": (REFUTED, lambda: (log(1 / u), log(u))),
    "log of a product of any signs": (UNSURE, lambda: (log(r * s), log(r) + log(s))),
    "a quotient of equals": (WHERE_DEFINED, lambda: (r / r, 1)),
    "a quotient of equal sums": (
        WHERE_DEFINED,
        lambda: (total(FEATURES, lambda f: theta[f]) / total(FEATURES, lambda f: theta[f]), 1),
    ),
    "a factor cancelled": (WHERE_DEFINED, lambda: ((r**2 - 1) / (r - 1), r + 1)),
    "a bit by itself": (UNDECIDED, lambda: (bit / bit, 1)),
    "a bit and its inverse": (UNDECIDED, lambda: (1 / bit, bit)),
    "a bit times its logarithm": (UNDECIDED, lambda: (bit * log(bit), 0)),
    "zero to the zero": (UNDECIDED, lambda: (bit**bit, 1)),
    "square of a root, positive": (PROVED, lambda: (sqrt(u) * sqrt(u), u)),
    "square of a root": (UNSURE, lambda: (sqrt(r) ** 2, r)),
    "root of a square, absolute": (REFUTED, lambda: (sqrt(r**2), r)),
    "logarithm nowhere": (UNDECIDED, lambda: (log(-exp(r)), log(-exp(r)))),
    "conditions nowhere together": (UNDECIDED, lambda: (log(r) + log(-r), log(-r) + log(r))),
    "differentiated where undefined": (UNSURE, lambda: (by(log(r), r), 1 / r)),
    "sums without a difference": (UNSURE, lambda: (pairwise(c) - pairwise(c), 0)),
}

INDICES = {
    "deltas joined by a sum": (
        PROVED,
        lambda: (total(CLASSES, lambda g: delta(c, g) * delta(g, d)), delta(c, d)),
    ),
    "trace of the identity": (PROVED, lambda: (total(CLASSES, lambda g: delta(g, g)), size(CLASSES))),
    "a delta in a logarithm": (
        PROVED,
        lambda: (total(CLASSES, lambda g: log(1 + delta(g, c) * exp(q[g]))), log(1 + exp(q[c]))),
    ),
    "a delta below": (
        PROVED,
        lambda: (total(CLASSES, lambda g: 1 / (1 + delta(g, c))), size(CLASSES) - half),
    ),
    "one-hot entries are bits": (PROVED, lambda: (hard[c] ** 2, hard[c])),
    "one-hot entries exclude each other": (
        PROVED,
        lambda: (hard[c] * hard[d], delta(c, d) * hard[c]),
    ),
    "a bit below": (PROVED, lambda: (1 / (1 + bit), 1 - bit / 2)),
    "a real number below": (REFUTED, lambda: (1 / (1 + real**2), 1 - real**2 / 2)),
    "zeroth feature apart": (
        PROVED,
        lambda: (
            total(WITH_INTERCEPT, lambda f: theta0[f] ** 2),
            theta0[ZEROTH] ** 2 + total(FEATURES, lambda f: theta0[f] ** 2),
        ),
    ),
    "intercept in the ridge": (
        REFUTED,
        lambda: (by(total(FEATURES, lambda f: theta0[f] ** 2), theta0[ZEROTH]), 2 * theta0[ZEROTH]),
    ),
    "intercept not in the ridge": (
        PROVED,
        lambda: (by(total(FEATURES, lambda f: theta0[f] ** 2), theta0[ZEROTH]), 0),
    ),
    "a bound index equal to the derivative's": (
        PROVED,
        lambda: (by(Term(Sum(j, (theta[j] * x[i, j]).node)), theta[j]), x[i, j]),
    ),
    "the index captured": (
        REFUTED,
        lambda: (by(Term(Sum(j, (theta[j] * x[i, j]).node)), theta[j]), total(FEATURES, lambda f: x[i, f])),
    ),
    "the derivative by an entry of either kind": (
        PROVED,
        lambda: (by(total(WITH_INTERCEPT, lambda f: theta0[f] * x0[i, f]), theta0[ANY]), x0[i, ANY]),
    ),
    "the zeroth feature's derivative everywhere": (
        REFUTED,
        lambda: (by(total(WITH_INTERCEPT, lambda f: theta0[f] * x0[i, f]), theta0[ANY]), x0[i, ZEROTH]),
    ),
    "the logarithm of a likelihood by exponentials": (
        PROVED,
        lambda: (
            log(exp(total(SAMPLES, lambda n: y[n] * score(n)))),
            total(SAMPLES, lambda n: y[n] * score(n)),
        ),
    ),
    "labels with sum one": (PROVED, lambda: (total(CLASSES, lambda g: summing[g]), term(1))),
    "deltas joined without a sum": (REFUTED, lambda: (delta(c, d) * delta(d, e), delta(c, e))),
    "deviations from the mean": (
        PROVED,
        lambda: (total(SAMPLES, lambda n: score(n) - mean * total(SAMPLES, score)), 0),
    ),
    "the same, without 1/m": (
        REFUTED,
        lambda: (total(SAMPLES, lambda n: score(n) - total(SAMPLES, score)), 0),
    ),
    "a mean of means": (PROVED, lambda: (mean * total(SAMPLES, lambda n: r), r)),
    "true of one sample only": (REFUTED, lambda: (total(SAMPLES, lambda n: y[n]), y[i])),
    "true of one class only": (REFUTED, lambda: (p(c), 1)),
}

DIFFERENTIATED = {
    "bits squared by their score": (
        REFUTED,
        lambda: (by(sigma(r) ** 2 - sigma(r), r), 0),
    ),
    "a sum of one, differentiated": (REFUTED, lambda: (by(u + v, u), 0)),
    "soft labels held": (PROVED, lambda: (by(total(CLASSES, lambda g: soft[g] * q[g]), q[c]), soft[c])),
    "a factor of two in a Hessian": (
        REFUTED,
        lambda: (by(total(FEATURES, lambda f: theta[f] ** 2), theta[j], theta[k]), delta(j, k)),
    ),
    "its right form": (
        PROVED,
        lambda: (by(total(FEATURES, lambda f: theta[f] ** 2), theta[j], theta[k]), 2 * delta(j, k)),
    ),
}

TRAPS = {**TWO_CLASSES, **UNDEFINED, **INDICES, **DIFFERENTIATED}
