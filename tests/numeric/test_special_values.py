"""Infinite and NaN scores follow IEEE: limits where there are any, NaN elsewhere, never a warning."""

import numpy
import pytest

import numeric
from numeric import log_loss, logistic_regression, softmax_cross_entropy

INF, NAN = numpy.inf, numpy.nan
SPECIAL = numpy.array([INF, -INF, NAN, 0.0])

EXPECTED = {
    "sigmoid": [1, 0, NAN, 0.5],
    "sigmoid_derivative": [0, 0, NAN, 0.25],
    "softplus": [INF, 0, NAN, numpy.log(2)],
    "log_sigmoid": [0, -INF, NAN, -numpy.log(2)],
}


@pytest.fixture(autouse=True)
def floating_point_errors_raise():
    with numpy.errstate(invalid="raise", divide="raise", over="raise"):
        yield


@pytest.mark.parametrize("dtype", [numpy.float32, numpy.float64])
@pytest.mark.parametrize("name", EXPECTED)
def test_elementary_functions_take_their_limits(name, dtype):
    given = getattr(numeric, name)(SPECIAL.astype(dtype))
    numpy.testing.assert_array_equal(given, numpy.array(EXPECTED[name], dtype))


@pytest.mark.parametrize("soft", [[], [0.5]], ids=["hard labels only", "with a soft label"])
@pytest.mark.parametrize(
    ("z", "y", "loss", "slope"),
    [
        (INF, 1.0, 0.0, 0.0),
        (INF, 0.0, INF, 1.0),
        (-INF, 1.0, INF, -1.0),
        (-INF, 0.0, 0.0, 0.0),
        (INF, 0.25, INF, 0.75),
        (NAN, 1.0, NAN, NAN),
        (1e308, 1.0, 0.0, 0.0),
    ],
)
def test_log_loss_takes_its_limits_whatever_the_other_labels(z, y, loss, slope, soft):
    scores, labels = numpy.array([z, *soft]), numpy.array([y, *soft])
    given_loss, given_slope = log_loss.value_and_gradient(scores, labels)
    assert numpy.array_equal([given_loss[0], given_slope[0]], [loss, slope], equal_nan=True)
    assert numpy.array_equal(log_loss.value(scores, labels), given_loss, equal_nan=True)
    assert numpy.array_equal(log_loss.gradient(scores, labels), given_slope, equal_nan=True)


def test_a_class_with_score_minus_infinity_has_probability_zero():
    z = numpy.array([[-INF, 0.0, 0.0]])
    numpy.testing.assert_array_equal(numeric.softmax(z), [[0, 0.5, 0.5]])
    numpy.testing.assert_allclose(numeric.log_softmax(z), [[-INF, -numpy.log(2), -numpy.log(2)]])
    loss, slope = softmax_cross_entropy.value_and_gradient(z, [1])
    numpy.testing.assert_allclose(loss, [numpy.log(2)])
    numpy.testing.assert_array_equal(slope, [[0, -0.5, 0.5]])
    assert softmax_cross_entropy.value(z, [0]) == INF
    assert numpy.isfinite(softmax_cross_entropy.value(z, [[0, 0.5, 0.5]])).all()


@pytest.mark.parametrize("row", [[NAN, 0.0, 1.0], [0.0, NAN, 1.0], [INF, 0.0, 1.0], [0.0, INF, 1.0]])
def test_softmax_rows_without_a_limit_are_nan_and_leave_other_rows_alone(row):
    z = numpy.array([row, [1.0, 2.0, 3.0]])
    given = numeric.softmax(z)
    assert numpy.isnan(given[0]).any()
    numpy.testing.assert_allclose(given[1], numeric.softmax(z[1:])[0], rtol=1e-15)
    for y in ([0, 2], [[1, 0, 0], [0, 0, 1]], [[0.5, 0.5, 0], [0, 0, 1]]):
        loss, slope = softmax_cross_entropy.value_and_gradient(z, y)
        assert numpy.isnan(loss[0])
        assert numpy.isnan(slope[0]).any()
        assert numpy.isfinite(loss[1])
        assert numpy.isfinite(slope[1]).all()


@pytest.mark.parametrize("columns", [3, 70])
@pytest.mark.parametrize("bad", [INF, -INF, NAN, 1e308])
@pytest.mark.parametrize("y", [[1, 0, 1, 1], [1, 0.5, 1, 0]], ids=["hard", "soft"])
def test_regressions_with_infinite_data_finish_without_a_warning(columns, bad, y):
    x = numpy.ones((4, columns))
    x[1, 0], x[1, 1] = bad, -bad
    theta, weights = numpy.full(columns + 1, 3.0), numpy.array([1.0, 0.0, 1.0, 2.0])
    options = {"intercept": True, "l2": 0.1, "sample_weight": weights}
    value, gradient = logistic_regression.value_and_gradient(theta, x, y, **options)
    assert isinstance(value, float)
    assert gradient.shape == theta.shape
    logistic_regression.value(theta, x, y, **options)
    logistic_regression.gradient(theta, x, y, **options)
    assert logistic_regression.hessian(theta, x, y, **options).shape == (columns + 1, columns + 1)
    logistic_regression.hessian_product(theta, theta, x, y, **options)


def test_the_logit_takes_its_limits_and_knows_no_probability_beyond_them():
    given = numeric.logit(numpy.array([0.0, 1.0, 0.5, -0.5, 2.0, NAN]))
    numpy.testing.assert_array_equal(given, [-INF, INF, 0, NAN, NAN, NAN])


def test_logsumexp_takes_its_limits():
    rows = numpy.array([[INF, 1.0], [-INF, -INF], [-INF, 3.0], [NAN, 1.0], [1000.0, 1000.0]])
    expected = [INF, -INF, 3.0, NAN, 1000 + numpy.log(2)]
    numpy.testing.assert_allclose(numeric.logsumexp(rows), expected, rtol=1e-15)


def test_subnormal_results_are_kept():
    assert numeric.sigmoid(-745.0) == 5e-324
    assert log_loss.gradient(numpy.array([745.0]), numpy.array([1.0]))[0] == -5e-324


@pytest.mark.parametrize("verb", ["value", "gradient"])
def test_labels_of_negative_zero_are_hard_to_the_last_bit(verb):
    z = numpy.linspace(-700, 700, 999)
    y = numpy.arange(999.0) % 2
    given = getattr(log_loss, verb)(z, numpy.where(y == 0, -0.0, y))
    numpy.testing.assert_array_equal(given, getattr(log_loss, verb)(z, y))
