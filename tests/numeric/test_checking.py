"""A wrong gradient is found, the wrong component named, and a right one accepted at any scale."""

import doctest

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from regression_cases import MODULES

import numeric.checking
from numeric import check_gradient, logistic_regression

FUNCTIONS = {
    "exp": (numpy.exp, numpy.exp, [0.0, 1.0, -5.0, 10.0, 300.0]),
    "sin": (numpy.sin, numpy.cos, [0.0, 1e-8, 1e5, 3.0]),
    "square": (numpy.square, lambda x: 2 * x, [0.0, 1e-9, 1e9, -3.0]),
    "log": (numpy.log, lambda x: 1 / x, [1e-8, 1e-3, 1.0, 1e12]),
    "root": (numpy.sqrt, lambda x: 0.5 / numpy.sqrt(x), [1e-4, 2.0, 1e8]),
    "arctan": (numpy.arctan, lambda x: 1 / (1 + x * x), [0.0, 1e-3, 7.0, -40.0]),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_right_gradients_are_accepted_at_any_scale(name):
    value, gradient, x = FUNCTIONS[name]
    check = check_gradient(value, gradient, x)
    assert check, str(check)
    assert not check.unsure.any()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_relative_error_of_2e_8_is_seen_and_its_component_named(name):
    value, gradient, x = FUNCTIONS[name]
    for component in range(len(x)):
        if gradient(numpy.array(x))[component] == 0:
            continue
        factors = numpy.ones(len(x))
        factors[component] += 2e-8
        check = check_gradient(value, lambda at, factors=factors: gradient(at) * factors, x)
        assert check.wrong == ((component,),)
        assert f"component {component}: given" in str(check)


@st.composite
def problems(draw):
    seed, size = draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from([0.01, 1.0, 10.0]))
    rng = numpy.random.default_rng(seed)
    x, y = size * rng.standard_normal((20, 3)), rng.integers(0, 2, 20)
    return x, y, rng.standard_normal(3) / size


@given(problems())
def test_the_gradient_of_logistic_regression_passes_and_a_slip_in_it_does_not(problem):
    x, y, theta = problem
    check = check_gradient(
        lambda at: logistic_regression.value(at, x, y, l2=0.1),
        lambda at: logistic_regression.gradient(at, x, y, l2=0.1),
        theta,
    )
    assert check, str(check)
    forgotten = check_gradient(
        lambda at: logistic_regression.value(at, x, y, l2=0.1),
        lambda at: logistic_regression.gradient(at, x, y),
        theta,
    )
    assert not forgotten


@pytest.mark.parametrize("name", MODULES)
def test_every_regression_passes(name):
    rng = numpy.random.default_rng(2)
    x, y = rng.standard_normal((30, 4)), rng.integers(0, 2, 30)
    theta = rng.standard_normal((2, 5) if name == "softmax_regression" else 5)
    module, options = MODULES[name], {"intercept": True, "l2": 0.2}
    check = check_gradient(
        lambda at: module.value(at, x, y, **options), lambda at: module.gradient(at, x, y, **options), theta
    )
    assert check, str(check)
    assert check.error.shape == theta.shape


def test_a_gradient_that_is_nan_is_wrong():
    check = check_gradient(numpy.sum, lambda x: x * numpy.nan, [1.0, 2.0])
    assert set(check.wrong) == {(0,), (1,)}


def test_a_value_that_cannot_be_differenced_is_never_right():
    assert not check_gradient(lambda x: numpy.nan, lambda x: x, [1.0])


def test_noise_is_told_as_unsure():
    rng = numpy.random.default_rng(3)
    check = check_gradient(lambda x: x.sum() + 1e-3 * rng.standard_normal(), numpy.ones_like, [1.0])
    assert check.unsure.all()


def test_a_single_number_will_do():
    assert check_gradient(lambda x: x**2, lambda x: 2 * x, 3.0)
    wrong = check_gradient(lambda x: x**2, lambda x: x, 3.0)
    assert wrong.wrong == ((),)
    assert str(wrong).startswith("the derivative: given 3, expected 6")


def test_x_is_left_alone():
    x = numpy.array([1.0, 2.0])
    x.flags.writeable = False
    assert check_gradient(lambda at: at.dot(at), lambda at: 2 * at, x)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((numpy.sum, numpy.ones_like, []), "x: expected finite numbers"),
        ((numpy.sum, numpy.ones_like, [numpy.inf]), "x: expected finite numbers"),
        ((numpy.sum, lambda x: [1.0], [1.0, 2.0]), r"gradient\(x\): expected shape \(2,\), given \(1,\)"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        check_gradient(*arguments)


def test_a_tolerance_must_be_positive():
    with pytest.raises(ValueError, match="tolerance"):
        check_gradient(numpy.sum, numpy.ones_like, [1.0], tolerance=0.0)


def test_the_example_in_the_docstring_runs():
    assert doctest.testmod(numeric.checking).failed == 0
