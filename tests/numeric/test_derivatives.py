"""Every derivative by scores agrees with finite differences of what it is the derivative of."""

import numpy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numeric_oracles import close, slopes

import numeric
from numeric import log_loss, softmax_cross_entropy

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
