"""SciPy's optimisers reach scikit-learn's minimum with these values, gradients and Hessian products.

scikit-learn minimises ``C sum(loss) + |w|^2 / 2``, we the mean of the losses and ``l2 / 2 |w|^2``: the same
for l2 = 1 / (C m), apart from the factor C m.
"""

import numpy
import pytest

from numeric import least_squares, logistic_regression, softmax_regression

optimize = pytest.importorskip("scipy.optimize")
datasets = pytest.importorskip("sklearn.datasets")
linear_model = pytest.importorskip("sklearn.linear_model")

C = 0.5
METHODS = {
    "L-BFGS-B": {"maxiter": 10_000, "maxfun": 20_000, "ftol": 1e-13, "gtol": 1e-7},
    "trust-ncg": {"gtol": 1e-9},
    "Newton-CG": {"xtol": 1e-12},
}
NEAR = {"L-BFGS-B": 2e-2, "trust-ncg": 1e-3, "Newton-CG": 1e-3}
"""How near a method without curvature comes in weights that the data hardly determine, and one with it."""


def standardised(load):
    x, y = load(return_X_y=True)
    spread = x.std(axis=0)
    return (x - x.mean(axis=0)) / numpy.where(spread > 0, spread, 1), y


@pytest.fixture(scope="module", params=["breast cancer", pytest.param("digits", marks=pytest.mark.slow)])
def task(request):
    """A module, its data, the start, and scikit-learn's minimum as theta."""
    load = datasets.load_breast_cancer if request.param == "breast cancer" else datasets.load_digits
    x, y = standardised(load)
    model = linear_model.LogisticRegression(C=C, tol=1e-10, max_iter=10_000, solver="newton-cg").fit(x, y)
    theirs = numpy.hstack([model.coef_, model.intercept_[:, None]])
    if request.param == "breast cancer":
        return logistic_regression, x, y, theirs[0]
    return softmax_regression, x, y, theirs.ravel()


@pytest.mark.parametrize("method", METHODS)
def test_scipy_reaches_the_minimum_of_scikit_learn(task, method):
    module, x, y, theirs = task
    options = {"l2": 1 / (C * len(x)), "intercept": True}

    def product(theta, p):
        return module.hessian_product(theta, p, x, y, **options)

    curved = {} if method == "L-BFGS-B" else {"hessp": product}
    found = optimize.minimize(
        lambda theta: module.value_and_gradient(theta, x, y, **options),
        numpy.zeros(theirs.size),
        jac=True,
        method=method,
        options=METHODS[method],
        **curved,
    )
    least = module.value(theirs, x, y, **options)
    assert found.fun <= least * (1 + 1e-8)
    assert found.fun >= least * (1 - 1e-6)
    shown = found.x.reshape(-1, x.shape[1] + 1)[:, :-1]
    numpy.testing.assert_allclose(shown, theirs.reshape(shown.shape[0], -1)[:, :-1], atol=NEAR[method])


def test_newtons_method_solves_least_squares_in_one_step():
    x, y = standardised(datasets.load_diabetes)
    options = {"l2": 0.1, "intercept": True}
    theta = numpy.zeros(x.shape[1] + 1)
    hessian = least_squares.hessian(theta, x, y, **options)
    theta -= numpy.linalg.solve(hessian, least_squares.gradient(theta, x, y, **options))
    assert numpy.abs(least_squares.gradient(theta, x, y, **options)).max() < 1e-10
    ridge = linear_model.Ridge(alpha=0.1 * len(x)).fit(x, y)
    numpy.testing.assert_allclose(theta, [*ridge.coef_, ridge.intercept_], rtol=1e-9)


def test_sample_weights_are_those_of_scikit_learn():
    x, y = standardised(datasets.load_breast_cancer)
    weights = numpy.random.default_rng(1).uniform(0.1, 3, len(y))
    model = linear_model.LogisticRegression(C=C, tol=1e-10, max_iter=10_000, solver="newton-cg")
    model.fit(x, y, sample_weight=weights)
    theirs = numpy.append(model.coef_, model.intercept_)
    gradient = logistic_regression.gradient(
        theirs, x, y, l2=1 / (C * weights.sum()), intercept=True, sample_weight=weights
    )
    assert numpy.abs(gradient).max() < 1e-6
