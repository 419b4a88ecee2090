"""Steps with the functions that people meet in this field: right ones, and ones that are almost right."""

from __future__ import annotations

from kernel_notation import (
    CLASSES,
    FEATURES,
    SAMPLES,
    Term,
    _function,
    a,
    by,
    d,
    exp,
    half,
    i,
    j,
    log,
    log_loss,
    mean,
    node,
    normaliser,
    p,
    q,
    r,
    real,
    s,
    score,
    sigma,
    sign,
    size,
    soft,
    softplus,
    sqrt,
    tanh,
    term,
    theta,
    total,
    u,
    v,
    x,
    y,
)

from derivations.language import Apply
from derivations.language.functions import PI, maximum, minimum

sinh, cosh, absolute, relu, density, normal, logit = (
    _function(name) for name in ("sinh", "cosh", "abs", "relu", "normal_density", "normal_cdf", "logit")
)
pi = Term(PI)
z = score(i)


def larger(left, right):
    return Term(maximum(node(left), node(right)))


def smaller(left, right):
    return Term(minimum(node(left), node(right)))


def opaque(name, argument, order=0):
    return Term(Apply(name, (argument.node,), (order,)))


def cloglog(score_of):
    return 1 - exp(-exp(score_of))


def probit(sample):
    return log_loss(normal(score(sample)), y[sample])


def stable(score_of, label):
    return relu(score_of) - score_of * label + log(1 + exp(-absolute(score_of)))


def poisson(sample):
    """With a real number of counts; what is counted enters linearly."""
    return real * score(sample) - exp(score(sample)) - log(opaque("factorial", real) ** 2)


def divergence(from_shares):
    return total(CLASSES, lambda g: from_shares[g] * log(from_shares[g] / p(g)))


HYPERBOLIC = {
    "cosh and sinh": lambda: (cosh(r) ** 2 - sinh(r) ** 2, term(1)),
    "derivative of tanh": lambda: (by(tanh(r), r), 1 - tanh(r) ** 2),
    "derivative of tanh by cosh": lambda: (by(tanh(r), r), 1 / cosh(r) ** 2),
    "derivative of sinh": lambda: (by(sinh(r), r), cosh(r)),
    "derivative of cosh": lambda: (by(cosh(r), r), sinh(r)),
    "tanh of the double": lambda: (tanh(2 * r), 2 * tanh(r) / (1 + tanh(r) ** 2)),
    "inverse of tanh": lambda: (half * log((1 + tanh(r)) / (1 - tanh(r))), r),
    "log cosh": lambda: (log(cosh(r)), softplus(2 * r) - r - log(term(2))),
    "derivative of log cosh": lambda: (by(log(cosh(r)), r), tanh(r)),
    "logit": lambda: (by(logit(a), a), 1 / (a * (1 - a))),
}

BY_CASES = {
    "softplus, stable": lambda: (softplus(z), relu(z) + log(1 + exp(-absolute(z)))),
    "softplus by a maximum": lambda: (softplus(r), larger(r, 0) + log(1 + exp(-absolute(r)))),
    "loss, stable": lambda: (log_loss(sigma(z), y[i]), stable(z, y[i])),
    "mean loss, stable": lambda: (
        mean * total(SAMPLES, lambda n: log_loss(sigma(score(n)), y[n])),
        mean * total(SAMPLES, lambda n: stable(score(n), y[n])),
    ),
    "log-sum-exp of two": lambda: (
        log(exp(r) + exp(s)),
        larger(r, s) + log(1 + exp(-absolute(r - s))),
    ),
    "a maximum either way": lambda: (larger(r, s), larger(s, r)),
    "maximum and minimum, added": lambda: (larger(r, s) + smaller(r, s), r + s),
    "maximum and minimum, multiplied": lambda: (larger(r, s) * smaller(r, s), r * s),
    "absolute value of a product": lambda: (absolute(r * s), absolute(r) * absolute(s)),
    "square of an absolute value": lambda: (absolute(r) ** 2, r**2),
    "absolute value of a positive number": lambda: (absolute(u), u),
    "absolute value of a negative number": lambda: (absolute(-u), u),
    "positive and negative part": lambda: (relu(r) - relu(-r), r),
    "root of a square": lambda: (sqrt(u**2 * v), u * sqrt(v)),
}

NORMAL = {
    "derivative of Phi": lambda: (by(normal(r), r), density(r)),
    "second derivative of Phi": lambda: (by(normal(r), r, r), -r * density(r)),
    "third derivative of Phi": lambda: (by(normal(r), r, r, r), (r**2 - 1) * density(r)),
    "derivative of the density": lambda: (by(density(r), r), -r * density(r)),
    "density": lambda: (density(r), exp(-(r**2) / 2) / sqrt(2 * pi)),
    "an even density": lambda: (density(-r), density(r)),
    "symmetry of Phi": lambda: (normal(-r), 1 - normal(r)),
    "Phi at 0": lambda: (normal(term(0)), half),
    "inverse Mills ratio": lambda: (
        by(density(r) / normal(r), r),
        -(density(r) / normal(r)) * (r + density(r) / normal(r)),
    ),
    "probit gradient": lambda: (
        by(total(SAMPLES, probit), theta[j]),
        total(
            SAMPLES,
            lambda n: (
                (normal(score(n)) - y[n])
                / (normal(score(n)) * (1 - normal(score(n))))
                * density(score(n))
                * x[n, j]
            ),
        ),
    ),
    "probit by margins": lambda: (
        by(-log(normal(sign[i] * z)), theta[j]),
        -sign[i] * density(z) / normal(sign[i] * z) * x[i, j],
    ),
    "probit in one": lambda: (-probit(i), log(normal((2 * y[i] - 1) * z))),
}

OTHER_MODELS = {
    "Poisson gradient": lambda: (
        by(total(SAMPLES, lambda n: real * score(n) - exp(score(n))), theta[j]),
        total(SAMPLES, lambda n: (real - exp(score(n))) * x[n, j]),
    ),
    "Poisson, logarithm of the density": lambda: (log(exp(-u) * u**real), real * log(u) - u),
    "complementary log-log": lambda: (
        log_loss(cloglog(r), y[i]),
        -y[i] * log(cloglog(r)) + (1 - y[i]) * exp(r),
    ),
    "complementary log-log, link": lambda: (log(-log(1 - cloglog(r))), r),
    "complementary log-log, gradient": lambda: (
        by(log_loss(cloglog(r), y[i]), r),
        exp(r) * (1 - y[i] / cloglog(r)),
    ),
    "focal loss with any exponent": lambda: (
        by(-((1 - sigma(r)) ** u) * log(sigma(r)), r),
        (1 - sigma(r)) ** u * (u * sigma(r) * log(sigma(r)) - (1 - sigma(r))),
    ),
    "divergence": lambda: (
        divergence(soft),
        total(CLASSES, lambda g: soft[g] * log(soft[g])) - total(CLASSES, lambda g: soft[g] * log(p(g))),
    ),
    "divergence by the scores": lambda: (by(divergence(soft), q[d]), p(d) - soft[d]),
    "entropy of two": lambda: (-(a * log(a) + (1 - a) * log(1 - a)), -a * log(a / (1 - a)) - log(1 - a)),
    "entropy by the score": lambda: (by(entropy_of(sigma(r)), r), -r * sigma(r) * (1 - sigma(r))),
    "entropy of equal shares": lambda: (
        -total(CLASSES, lambda g: 1 / size(CLASSES) * log(1 / size(CLASSES))),
        log(size(CLASSES)),
    ),
    "tempered log-sum-exp": lambda: (
        by(u * log(total(CLASSES, lambda g: exp(q[g] / u))), q[d]),
        exp(q[d] / u) / total(CLASSES, lambda g: exp(q[g] / u)),
    ),
    "an opaque link": lambda: (
        by(log(1 + opaque("f", z) ** 2), theta[j]),
        2 * opaque("f", z) * opaque("f", z, 1) * x[i, j] / (1 + opaque("f", z) ** 2),
    ),
}


def entropy_of(share):
    return -(share * log(share) + (1 - share) * log(1 - share))


TRUE = {**HYPERBOLIC, **BY_CASES, **NORMAL, **OTHER_MODELS}

WHERE_DEFINED = {
    "derivative of an absolute value": lambda: (by(absolute(r), r), r / absolute(r)),
    "logarithm of an absolute value": lambda: (log(absolute(r)), half * log(r**2)),
    "Poisson with a factorial": lambda: (
        by(total(SAMPLES, poisson), theta[j]),
        total(SAMPLES, lambda n: (real - exp(score(n))) * x[n, j]),
    ),
    "gradient of a norm": lambda: (
        by(sqrt(total(FEATURES, lambda f: theta[f] ** 2)), theta[j]),
        theta[j] / sqrt(total(FEATURES, lambda f: theta[f] ** 2)),
    ),
}

FALSE = {
    "cosh and sinh, added": lambda: (cosh(r) ** 2 + sinh(r) ** 2, term(1)),
    "derivative of tanh without a square": lambda: (by(tanh(r), r), 1 - tanh(r)),
    "derivative of cosh, signed": lambda: (by(cosh(r), r), -sinh(r)),
    "log cosh without its constant": lambda: (log(cosh(r)), softplus(2 * r) - r),
    "softplus with a growing exponential": lambda: (softplus(r), relu(r) + log(1 + exp(absolute(r)))),
    "loss, not stable": lambda: (log_loss(sigma(z), y[i]), relu(z) - z * y[i] + log(1 + exp(-z))),
    "absolute value of a sum": lambda: (absolute(r + s), absolute(r) + absolute(s)),
    "absolute value of a number": lambda: (absolute(r), r),
    "absolute value, negative": lambda: (absolute(r), -r),
    "a sum of absolute values": lambda: (
        total(SAMPLES, lambda n: absolute(score(n))),
        absolute(total(SAMPLES, score)),
    ),
    "a maximum is a minimum": lambda: (larger(r, s), smaller(r, s)),
    "a maximum without signs": lambda: (larger(r, s) - larger(-r, -s), r + s + u),
    "a maximum is the first": lambda: (larger(r, s), r),
    "derivative of Phi at another place": lambda: (by(normal(2 * r), r), density(2 * r)),
    "symmetry of Phi, signed": lambda: (normal(-r), -normal(r)),
    "density without its constant": lambda: (density(r), exp(-(r**2) / 2)),
    "density with a wrong constant": lambda: (density(r), exp(-(r**2) / 2) / sqrt(pi)),
    "pi is not 22/7": lambda: (7 * pi, term(22)),
    "derivative of the density, signed": lambda: (by(density(r), r), r * density(r)),
    "probit is not logit": lambda: (normal(r), sigma(r)),
    "probit gradient without the density": lambda: (
        by(total(SAMPLES, probit), theta[j]),
        total(SAMPLES, lambda n: (normal(score(n)) - y[n]) * x[n, j]),
    ),
    "probit by margins, signed": lambda: (
        by(-log(normal(sign[i] * z)), theta[j]),
        sign[i] * density(z) / normal(sign[i] * z) * x[i, j],
    ),
    "Poisson gradient without the exponential": lambda: (
        by(total(SAMPLES, lambda n: real * score(n) - exp(score(n))), theta[j]),
        total(SAMPLES, lambda n: (real - score(n)) * x[n, j]),
    ),
    "complementary log-log is not log-log": lambda: (cloglog(r), exp(-exp(-r))),
    "complementary log-log, gradient": lambda: (
        by(log_loss(cloglog(r), y[i]), r),
        exp(r) * (1 - y[i] * cloglog(r)),
    ),
    "focal loss without its factor": lambda: (
        by(-((1 - sigma(r)) ** u) * log(sigma(r)), r),
        -((1 - sigma(r)) ** (u + 1)),
    ),
    "divergence the other way round": lambda: (
        divergence(soft),
        total(CLASSES, lambda g: p(g) * log(p(g) / soft[g])),
    ),
    "tempered gradient over the temperature": lambda: (
        by(log(total(CLASSES, lambda g: exp(q[g] / u))), q[d]),
        exp(q[d] / u) / total(CLASSES, lambda g: exp(q[g] / u)),
    ),
    "softmax without its maximum": lambda: (log(normaliser), larger(q[d], 0)),
    "an opaque link without its chain factor": lambda: (by(opaque("f", z), theta[j]), opaque("f", z, 1)),
}
