"""Every regression is the mean of its losses, and every derivative the slope of what it is derived from."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numeric_oracles import close, slopes
from regression_cases import MODULES, plain_value, regressions

from numeric import logistic_regression, softmax_regression
from numeric.blocks import ELEMENTS

NAMES = pytest.mark.parametrize("name", MODULES)


@NAMES
@given(st.data())
def test_the_value_is_the_mean_of_the_losses_and_the_penalty(name, data):
    theta, x, y, options = data.draw(regressions(name))
    expected = plain_value(name, theta, x, y, **options)
    assert MODULES[name].value(theta, x, y, **options) == pytest.approx(expected, rel=1e-13, abs=1e-300)


@NAMES
@given(st.data())
def test_the_gradient_is_the_slope_of_the_value(name, data):
    theta, x, y, options = data.draw(regressions(name))
    expected = slopes(lambda at: MODULES[name].value(at, x, y, **options), theta, step=1e-4)
    assert close(MODULES[name].gradient(theta, x, y, **options), expected, 500.0)


@NAMES
@given(st.data())
def test_the_hessian_is_the_slope_of_the_gradient(name, data):
    theta, x, y, options = data.draw(regressions(name))

    def gradient(at):
        return MODULES[name].gradient(at.reshape(theta.shape), x, y, **options).ravel()

    hessian = MODULES[name].hessian(theta, x, y, **options)
    scale = 100.0 * (1.0 + numpy.abs(x).max() ** 2)
    assert hessian.shape == (theta.size, theta.size)
    assert close(hessian, slopes(gradient, theta.ravel(), step=1e-4), scale)
    numpy.testing.assert_allclose(hessian, hessian.T, rtol=1e-12, atol=1e-13 * scale)


@NAMES
@given(st.data())
def test_the_hessian_product_is_the_product_with_the_hessian(name, data):
    theta, x, y, options = data.draw(regressions(name))
    p = numpy.random.default_rng(data.draw(st.integers(0, 99))).standard_normal(theta.shape)
    hessian = MODULES[name].hessian(theta, x, y, **options)
    given_product = MODULES[name].hessian_product(theta, p, x, y, **options)
    assert given_product.shape == theta.shape
    assert close(given_product.ravel(), hessian @ p.ravel(), 100.0)


@NAMES
@given(st.data())
def test_value_and_gradient_are_those_of_the_single_verbs(name, data):
    theta, x, y, options = data.draw(regressions(name))
    value, gradient = MODULES[name].value_and_gradient(theta, x, y, **options)
    assert value == MODULES[name].value(theta, x, y, **options)
    numpy.testing.assert_array_equal(gradient, MODULES[name].gradient(theta, x, y, **options))


@NAMES
@given(st.data())
def test_float32_is_computed_in_float32(name, data):
    theta, x, y, options = data.draw(regressions(name))
    expected = MODULES[name].gradient(theta, x, y, **options)
    given_gradient = MODULES[name].gradient(theta, x.astype(numpy.float32), y, **options)
    assert given_gradient.dtype == numpy.float32
    scale = 1 + numpy.abs(x).max() * (numpy.abs(x).sum(axis=1).max() * 5 + 30)
    numpy.testing.assert_allclose(given_gradient, expected, atol=1e-6 * scale)
    hessian = MODULES[name].hessian(theta, x.astype(numpy.float32), y, **options)
    assert hessian.dtype == numpy.float32


@NAMES
@given(st.data())
def test_integer_weights_count_repeated_samples(name, data):
    theta, x, y, options = data.draw(regressions(name))
    counts = numpy.arange(1, len(x) + 1)
    options["sample_weight"] = None
    x_repeated, y_repeated = x.repeat(counts, axis=0), y.repeat(counts, axis=0)
    for verb in ("value", "gradient", "hessian"):
        function = getattr(MODULES[name], verb)
        repeated = function(theta, x_repeated, y_repeated, **options)
        options["sample_weight"] = counts
        weighted = function(theta, x, y, **options)
        options["sample_weight"] = None
        numpy.testing.assert_allclose(weighted, repeated, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("columns", [1, 3, 70])
@NAMES
def test_many_blocks_are_the_sum_of_their_parts(name, columns):
    rng = numpy.random.default_rng(columns)
    rows = 2 * ELEMENTS + 5
    x, classes = rng.standard_normal((rows, columns)), 3
    y = rng.integers(0, classes, rows) if name == "softmax_regression" else rng.integers(0, 2, rows)
    theta = rng.standard_normal((classes, columns) if name == "softmax_regression" else columns)
    parts = [slice(0, 5000), slice(5000, 20001), slice(20001, rows)]
    shares = [len(range(rows)[part]) / rows for part in parts]
    p = rng.standard_normal(theta.shape)
    for verb, first in (("value", ()), ("gradient", ()), ("hessian", ()), ("hessian_product", (p,))):
        function = getattr(MODULES[name], verb)
        whole = function(theta, *first, x, y)
        summed = sum(
            share * function(theta, *first, x[part], y[part])
            for part, share in zip(parts, shares, strict=True)
        )
        numpy.testing.assert_allclose(whole, summed, rtol=1e-10, atol=1e-12)


def test_without_columns_the_intercept_is_all_there_is():
    x, y, theta = numpy.empty((4, 0)), numpy.array([0.0, 1.0, 1.0, 1.0]), numpy.array([0.5])
    ones = numpy.ones((4, 1))
    for verb in ("value", "gradient", "hessian"):
        function = getattr(logistic_regression, verb)
        assert function(theta, x, y, intercept=True) == pytest.approx(function(theta, ones, y))
    assert logistic_regression.hessian(theta[:0], x, y).shape == (0, 0)


def test_two_classes_with_one_score_at_zero_are_logistic_regression():
    rng = numpy.random.default_rng(3)
    x, y, theta = rng.standard_normal((30, 4)), rng.integers(0, 2, 30), rng.standard_normal(4)
    both = numpy.array([numpy.zeros(4), theta])
    expected = logistic_regression.value_and_gradient(theta, x, y)
    value, gradient = softmax_regression.value_and_gradient(both, x, y)
    assert value == pytest.approx(expected[0], rel=1e-14)
    numpy.testing.assert_allclose(gradient[1], expected[1], rtol=1e-12)
    numpy.testing.assert_allclose(
        softmax_regression.hessian(both, x, y)[4:, 4:], logistic_regression.hessian(theta, x, y), rtol=1e-12
    )


@pytest.mark.parametrize("y", [[0, 2], [[0.2, 0.3, 0.5], [0, 0, 1]]], ids=["classes", "soft"])
def test_theta_may_be_flat_and_the_gradient_is_shaped_like_it(y):
    rng = numpy.random.default_rng(4)
    x, theta = rng.standard_normal((2, 4)), rng.standard_normal((3, 5))
    matrix = softmax_regression.gradient(theta, x, y, intercept=True)
    flat = softmax_regression.gradient(theta.ravel(), x, y, intercept=True)
    assert (matrix.shape, flat.shape) == ((3, 5), (15,))
    numpy.testing.assert_array_equal(matrix.ravel(), flat)
