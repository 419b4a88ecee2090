"""The kernels keep nearly all digits in both tails, where the textbook formulas lose all of them."""

import mpmath
import numeric_oracles as oracles
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import numeric
from numeric import log_loss, softmax_cross_entropy
from numeric.kernels import squared_error

SCORES = st.floats(-800, 800) | st.floats(-40, 40) | st.floats(-1e-3, 1e-3)

ELEMENTARY = {
    "sigmoid": (numeric.sigmoid, oracles.sigmoid, 2.1),
    "sigmoid_derivative": (
        numeric.sigmoid_derivative,
        lambda z: oracles.sigmoid(z) * oracles.sigmoid(-z),
        2.5,
    ),
    "softplus": (numeric.softplus, oracles.softplus, 1.5),
    "log_sigmoid": (numeric.log_sigmoid, lambda z: -oracles.softplus(-z), 1.5),
}


@pytest.mark.parametrize("name", ELEMENTARY)
@given(SCORES)
def test_elementary_functions_are_accurate(name, z):
    function, oracle, limit = ELEMENTARY[name]
    assert oracles.ulps(function(z), oracle(mpmath.mpf(z))) <= limit


@pytest.mark.parametrize("z", [-745.0, -709.5, -708.5, -36.8, 36.8, 708.5, 709.5, 745.0, 1e300])
@pytest.mark.parametrize("name", ELEMENTARY)
def test_elementary_functions_are_accurate_where_the_form_changes(name, z):
    function, oracle, limit = ELEMENTARY[name]
    assert oracles.ulps(function(z), oracle(mpmath.mpf(z))) <= limit


@given(SCORES, st.sampled_from([0.0, 1.0]))
def test_hard_labels_lose_no_digits(z, y):
    scores, labels, exact = numpy.array([z]), numpy.array([y]), mpmath.mpf(z)
    assert oracles.ulps(log_loss.value(scores, labels)[0], oracles.log_loss(exact, y)) <= 1.5
    assert oracles.ulps(log_loss.gradient(scores, labels)[0], oracles.residual(exact, y)) <= 2.1


@given(SCORES, st.floats(0, 1))
def test_the_value_for_soft_labels_is_accurate(z, y):
    given_value = log_loss.value(numpy.array([z]), numpy.array([y]))[0]
    assert oracles.ulps(given_value, oracles.log_loss(mpmath.mpf(z), mpmath.mpf(y))) <= 4


@given(SCORES, st.floats(0, 1))
def test_the_gradient_for_soft_labels_is_accurate_to_its_terms(z, y):
    given_slope = log_loss.gradient(numpy.array([z]), numpy.array([y]))[0]
    exact, label = mpmath.mpf(z), mpmath.mpf(y)
    terms = (1 - label) * oracles.sigmoid(exact) + label * oracles.sigmoid(-exact)
    error = abs(mpmath.mpf(float(given_slope)) - oracles.residual(exact, label))
    assert error <= 4 * 2.3e-16 * terms + 1e-320


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_the_logit_is_accurate_also_where_it_vanishes(p):
    exact = mpmath.log(mpmath.mpf(p) / (1 - mpmath.mpf(p)))
    assert oracles.ulps(numeric.logit(p), exact) <= 3.5


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_squared_errors_are_accurate(z, y):
    value, slope, scratch = numpy.empty(1), numpy.empty(1), [numpy.empty(1)]
    squared_error.value_and_gradient(numpy.array([z]), numpy.array([y]), value, slope, scratch)
    exact = mpmath.mpf(z) - mpmath.mpf(y)
    assert oracles.ulps(slope[0], exact) <= 0.5
    assert abs(exact) < 1e-150 or oracles.ulps(value[0], exact**2 / 2) <= 3


SUM_OF_EIGHT = 3 + 8 / 2
"""The exponentials and the quotient round, and so does each addition of up to eight terms."""

ROWS = st.lists(st.floats(-1e4, 1e4) | st.floats(-30, 30), min_size=1, max_size=8)


@given(ROWS)
def test_softmax_rows_are_accurate(row):
    exact = [mpmath.mpf(score) for score in row]
    for given_value, expected in zip(numeric.softmax(numpy.array(row)), oracles.softmax(exact), strict=True):
        assert expected < 1e-300 or oracles.ulps(given_value, expected) <= SUM_OF_EIGHT
    total = max(exact) + mpmath.log(mpmath.fsum(mpmath.exp(score - max(exact)) for score in exact))
    largest = max(numpy.log(len(row)), *map(abs, row))
    assert abs(numeric.logsumexp(numpy.array(row)) - float(total)) <= 2 * numpy.spacing(largest)
    logarithms = numeric.log_softmax(numpy.array(row))
    for given_value, expected in zip(logarithms, oracles.log_softmax(exact), strict=True):
        assert -expected < 1e-300 or oracles.ulps(given_value, expected) <= 3


@given(ROWS, st.data())
def test_class_labels_lose_no_digits(row, data):
    label = data.draw(st.integers(0, len(row) - 1))
    z, y = numpy.array([row]), numpy.array([label])
    exact = [mpmath.mpf(score) for score in row]
    loss, slope = softmax_cross_entropy.value_and_gradient(z, y)
    expected_loss = -oracles.log_softmax(exact)[label]
    assert expected_loss < 1e-300 or oracles.ulps(loss[0], expected_loss) <= 4
    p = oracles.softmax(exact)
    expected = -mpmath.fsum(value for k, value in enumerate(p) if k != label)
    assert -expected < 1e-300 or oracles.ulps(slope[0, label], expected) <= 4


@given(ROWS)
def test_hessians_keep_the_digits_of_a_saturated_class(row):
    hessian = softmax_cross_entropy.hessian(numpy.array([row]), numpy.array([0]))[0]
    p = oracles.softmax([mpmath.mpf(score) for score in row])
    for k, own in enumerate(p):
        expected = own * mpmath.fsum(value for other, value in enumerate(p) if other != k)
        assert expected < 1e-290 or oracles.ulps(hessian[k, k], expected) <= 8


def float32_ulps(given_values, expected):
    """The largest error of float32 numbers, in their units in the last place."""
    assert given_values.dtype == numpy.float32
    spacing = numpy.spacing(numpy.abs(expected).astype(numpy.float32)).astype(float)
    return numpy.max(numpy.abs(given_values - expected) / spacing)


def float32_numbers(largest):
    """Numbers of all sizes from the subnormal ones to `largest`, of both signs."""
    last = numpy.float32(largest).view(numpy.uint32)
    numbers = numpy.arange(1, last, 5003, numpy.uint32).view(numpy.float32)
    return numpy.concatenate([numbers, -numbers])


@pytest.mark.parametrize("name", ELEMENTARY)
def test_float32_is_computed_and_accurate_in_float32(name):
    """Float64 is the oracle, which the tests above hold to mpmath."""
    z, function = float32_numbers(104), getattr(numeric, name)
    assert float32_ulps(function(z), function(z.astype(float))) <= 4


@pytest.mark.parametrize("label", [0, 1])
def test_float32_losses_of_hard_labels_are_accurate(label):
    z = float32_numbers(104)
    y = numpy.full(z.shape, label)
    exact = log_loss.value_and_gradient(z.astype(float), y)
    for given_values, expected in zip(log_loss.value_and_gradient(z, y), exact, strict=True):
        assert float32_ulps(given_values, expected) <= 4


def test_the_logit_is_accurate_in_float32():
    p = float32_numbers(1)
    p = p[p > 0]
    assert float32_ulps(numeric.logit(p), numeric.logit(p.astype(float))) <= 4
