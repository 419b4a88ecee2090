"""Every gradient and Hessian agrees with finite differences of what it is the derivative of."""

import numpy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numeric_oracles import close, slopes

import numeric
from numeric import log_loss, logistic_regression, softmax_cross_entropy

SCORES = st.floats(-700, 700) | st.floats(-5, 5)
HARD = st.sampled_from([0.0, 1.0])
LABELS = HARD | st.floats(0, 1)
SIZES = st.integers(1, 5)
SLOPE_SCALE = 20.0
"""Losses reach 700, so their differences lose that much; a slope is of size 1."""


@st.composite
def scored(draw):
    size = draw(SIZES)
    return draw(arrays(float, size, elements=SCORES)), draw(arrays(float, size, elements=LABELS))


@st.composite
def class_scores(draw):
    m, classes = draw(SIZES), draw(SIZES)
    z = draw(arrays(float, (m, classes), elements=SCORES))
    kind = draw(st.sampled_from(["indices", "one-hot", "soft"]))
    if kind == "soft":
        raw = draw(arrays(float, (m, classes), elements=st.floats(0.0, 1.0))) + 1e-3
        return z, raw / raw.sum(axis=1, keepdims=True)
    indices = draw(arrays(int, m, elements=st.integers(0, classes - 1)))
    return z, indices if kind == "indices" else numpy.eye(classes)[indices]


@st.composite
def regressions(draw):
    m, n = draw(SIZES), draw(SIZES)
    intercept = draw(st.booleans())
    size = n + intercept
    scale = draw(st.sampled_from([1.0, 20.0]))
    theta = draw(arrays(float, size, elements=st.floats(-5, 5)))
    x = scale * draw(arrays(float, (m, n), elements=st.floats(-1, 1)))
    y = draw(arrays(float, m, elements=draw(st.sampled_from([HARD, LABELS]))))
    weights = draw(st.none() | arrays(float, m, elements=st.floats(0.1, 3)))
    options = {"l2": draw(st.sampled_from([0.0, 0.3])), "intercept": intercept, "sample_weight": weights}
    return theta, x, y, options


@given(arrays(float, SIZES, elements=SCORES))
def test_sigmoid_derivative_is_the_slope_of_the_sigmoid(z):
    assert close(numpy.diag(numeric.sigmoid_derivative(z)), slopes(numeric.sigmoid, z))


@given(scored())
def test_log_loss_gradient_is_the_slope_of_the_value(case):
    z, y = case
    expected = slopes(lambda at: log_loss.value(at, y), z)
    assert close(numpy.diag(log_loss.gradient(z, y)), expected, SLOPE_SCALE)


@given(scored())
def test_log_loss_hessian_is_the_slope_of_the_gradient(case):
    z, y = case
    assert close(numpy.diag(log_loss.hessian(z, y)), slopes(lambda at: log_loss.gradient(at, y), z))


@given(class_scores())
def test_softmax_gradient_is_the_slope_of_the_value(case):
    z, y = case
    expected = slopes(lambda at: softmax_cross_entropy.value(at, y).sum(), z)
    assert close(softmax_cross_entropy.gradient(z, y), expected, SLOPE_SCALE * z.shape[0])


@given(class_scores())
def test_softmax_hessian_is_the_slope_of_the_gradient(case):
    z, y = case
    given_hessian = softmax_cross_entropy.hessian(z, y)
    expected = slopes(lambda at: softmax_cross_entropy.gradient(at, y), z)
    for row in range(z.shape[0]):
        assert close(given_hessian[row], expected[row, :, row, :])


@given(class_scores(), st.integers(0, 2**32 - 1))
def test_softmax_hessian_product_is_the_product_with_the_hessian(case, seed):
    z, y = case
    p = numpy.random.default_rng(seed).standard_normal(z.shape)
    expected = numpy.einsum("ijk,ik->ij", softmax_cross_entropy.hessian(z, y), p)
    assert close(softmax_cross_entropy.hessian_product(z, p, y), expected)


@given(regressions())
def test_logistic_gradient_is_the_slope_of_the_value(case):
    theta, x, y, options = case
    expected = slopes(lambda at: logistic_regression.value(at, x, y, **options), theta, step=1e-4)
    assert close(logistic_regression.gradient(theta, x, y, **options), expected, 100.0)


@given(regressions())
def test_logistic_hessian_is_the_slope_of_the_gradient(case):
    theta, x, y, options = case
    expected = slopes(lambda at: logistic_regression.gradient(at, x, y, **options), theta, step=1e-4)
    scale = 100.0 * (1.0 + numpy.abs(x).max() ** 2)
    assert close(logistic_regression.hessian(theta, x, y, **options), expected, scale)


@given(regressions(), st.integers(0, 2**32 - 1))
def test_logistic_hessian_product_is_the_product_with_the_hessian(case, seed):
    theta, x, y, options = case
    p = numpy.random.default_rng(seed).standard_normal(theta.shape)
    expected = logistic_regression.hessian(theta, x, y, **options) @ p
    assert close(logistic_regression.hessian_product(theta, p, x, y, **options), expected, 10.0)


@given(regressions())
def test_value_and_gradient_are_those_of_the_single_verbs(case):
    theta, x, y, options = case
    value, gradient = logistic_regression.value_and_gradient(theta, x, y, **options)
    assert value == logistic_regression.value(theta, x, y, **options)
    numpy.testing.assert_array_equal(gradient, logistic_regression.gradient(theta, x, y, **options))


def test_integer_weights_count_repeated_samples():
    rng = numpy.random.default_rng(1)
    x, y, theta = rng.standard_normal((4, 2)), numpy.array([0, 1, 1, 0]), rng.standard_normal(2)
    counts = numpy.array([1, 3, 2, 1])
    repeated = logistic_regression.value(theta, x.repeat(counts, axis=0), y.repeat(counts))
    assert numpy.isclose(logistic_regression.value(theta, x, y, sample_weight=counts), repeated, rtol=1e-14)


def test_the_intercept_is_a_column_of_ones_without_penalty():
    rng = numpy.random.default_rng(2)
    x, y, theta = rng.standard_normal((6, 3)), numpy.array([0, 1, 1, 0, 1, 0]), rng.standard_normal(4)
    ones = numpy.hstack([x, numpy.ones((6, 1))])
    given_value = logistic_regression.value(theta, x, y, l2=0.5, intercept=True)
    expected = logistic_regression.value(theta, ones, y) + 0.25 * float(theta[:-1] @ theta[:-1])
    assert numpy.isclose(given_value, expected, rtol=1e-14)
