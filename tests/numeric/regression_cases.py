"""Regressions drawn by Hypothesis, and what they must equal, written plainly and without blocks."""

import numpy
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from numeric import least_squares, log_loss, logistic_regression, softmax_cross_entropy, softmax_regression

SIZES = st.integers(1, 5)
MODULES = {
    "logistic_regression": logistic_regression,
    "softmax_regression": softmax_regression,
    "least_squares": least_squares,
}


def losses(name, scores, y):
    """The loss of each sample by the elementwise modules, which have tests of their own."""
    if name == "logistic_regression":
        return log_loss.value(scores, y)
    if name == "softmax_regression":
        return softmax_cross_entropy.value(scores, y)
    return (scores - y) ** 2 / 2


def plain_value(name, theta, x, y, l2=0.0, intercept=False, sample_weight=None):
    """The cost as its definition says it."""
    design = numpy.hstack([x, numpy.ones((len(x), 1))]) if intercept else x
    matrix = theta.reshape(-1, design.shape[1])
    scores = design @ matrix.T
    each = losses(name, scores if name == "softmax_regression" else scores[:, 0], y)
    penalised = matrix[:, :-1] if intercept else matrix
    return numpy.average(each, weights=sample_weight) + l2 / 2 * (penalised**2).sum()


@st.composite
def labels(draw, name, m, classes):
    if name == "least_squares":
        return draw(arrays(float, m, elements=st.floats(-9, 9)))
    soft = draw(st.booleans())
    if name == "logistic_regression":
        return draw(arrays(float, m, elements=st.floats(0, 1) if soft else st.sampled_from([0.0, 1.0])))
    if not soft:
        return draw(arrays(int, m, elements=st.integers(0, classes - 1)))
    raw = draw(arrays(float, (m, classes), elements=st.floats(0.0, 1.0))) + 1e-3
    return raw / raw.sum(axis=1, keepdims=True)


@st.composite
def regressions(draw, name):
    """theta, X, y and options of the module `name`."""
    m, n, classes = draw(SIZES), draw(SIZES), draw(SIZES)
    intercept = draw(st.booleans())
    shape = (n + intercept,)
    if name == "softmax_regression":
        shape = draw(st.sampled_from([(classes, *shape), (classes * shape[0],)]))
    theta = draw(arrays(float, shape, elements=st.floats(-5, 5)))
    x = draw(st.sampled_from([1.0, 20.0])) * draw(arrays(float, (m, n), elements=st.floats(-1, 1)))
    weights = draw(st.none() | arrays(float, m, elements=st.floats(0.1, 3)))
    options = {"l2": draw(st.sampled_from([0.0, 0.3])), "intercept": intercept, "sample_weight": weights}
    return theta, x, draw(labels(name, m, classes)), options
