"""Where SciPy and scikit-learn are accurate they agree with `numeric`."""

import numpy
import pytest

import numeric
from numeric import log_loss, logistic_regression, softmax_cross_entropy, softmax_regression

RNG = numpy.random.default_rng(12)
SCORES = RNG.uniform(-30, 30, 1000)
ROWS = RNG.uniform(-3, 3, (100, 7))


@pytest.mark.parametrize(
    ("ours", "theirs"), [("sigmoid", "expit"), ("log_sigmoid", "log_expit")], ids=lambda name: name
)
def test_functions_of_a_score_are_those_of_scipy(ours, theirs):
    special = pytest.importorskip("scipy.special")
    given = getattr(numeric, ours)(SCORES)
    numpy.testing.assert_allclose(given, getattr(special, theirs)(SCORES), rtol=1e-14)


def test_the_logit_is_that_of_scipy():
    special = pytest.importorskip("scipy.special")
    p = RNG.uniform(0, 1, 1000)
    numpy.testing.assert_allclose(numeric.logit(p), special.logit(p), rtol=1e-13)


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
def test_functions_of_rows_are_those_of_scipy(name):
    special = pytest.importorskip("scipy.special")
    numpy.testing.assert_allclose(
        getattr(numeric, name)(ROWS), getattr(special, name)(ROWS, axis=1), rtol=1e-13
    )


def test_losses_are_those_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    y = RNG.integers(0, 2, SCORES.size)
    expected = metrics.log_loss(y, numeric.sigmoid(SCORES / 10))
    assert log_loss.value(SCORES / 10, y).mean() == pytest.approx(expected, rel=1e-12)
    classes = RNG.integers(0, 7, len(ROWS))
    expected = metrics.log_loss(classes, numeric.softmax(ROWS), labels=range(7))
    assert softmax_cross_entropy.value(ROWS, classes).mean() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("intercept", [False, True])
def test_regressions_are_those_of_scikit_learn(intercept):
    """Its losses, gradients and Hessians are private, and what its LogisticRegression minimises."""
    losses = pytest.importorskip("sklearn._loss.loss")
    linear = pytest.importorskip("sklearn.linear_model._linear_loss")
    x = RNG.standard_normal((60, 4))
    for module, loss, classes in (
        (logistic_regression, losses.HalfBinomialLoss(), 1),
        (softmax_regression, losses.HalfMultinomialLoss(n_classes=3), 3),
    ):
        y = RNG.integers(0, max(classes, 2), 60).astype(float)
        model = linear.LinearModelLoss(base_loss=loss, fit_intercept=intercept)
        theta = RNG.standard_normal((classes, 4 + intercept))
        theirs = theta[0] if classes == 1 else theta
        value, gradient = model.loss_gradient(theirs, x, y, l2_reg_strength=0.1)
        ours = module.value_and_gradient(theirs, x, y, l2=0.1, intercept=intercept)
        assert ours[0] == pytest.approx(value, rel=1e-12)
        numpy.testing.assert_allclose(ours[1], gradient, rtol=1e-10, atol=1e-14)
