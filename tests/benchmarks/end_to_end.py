"""SciPy's optimisers on our functions beside scikit-learn's LogisticRegression, as the README shows it.

``taskset -c 0 python tests/benchmarks/end_to_end.py`` minimises the same cost on 200,000 x 100 with the same
solver and the same tolerance of the gradient: scikit-learn's gradient is ours times C m, and so is its `tol`.
Pinned to one core both have one thread. Seconds are the least of rounds in which they alternate.
"""

from __future__ import annotations

import sys
import warnings
from time import perf_counter

import numpy
from peers import problem
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from numeric import logistic_regression

SIZE = (200_000, 100)
TOLERANCE = 1e-6
L2 = 1e-4
ROUNDS = 5
SOLVERS = {"L-BFGS-B": "lbfgs", "Newton-CG": "newton-cg"}


def mine(method, x, y):
    """Seconds, cost and size of the gradient at the end."""
    options = {"l2": L2, "intercept": True}

    def product(theta, p):
        return logistic_regression.hessian_product(theta, p, x, y, **options)

    limits = (
        {"gtol": TOLERANCE, "ftol": 64 * numpy.finfo(float).eps}
        if method == "L-BFGS-B"
        else {"xtol": TOLERANCE}
    )
    curved = {} if method == "L-BFGS-B" else {"hessp": product}
    start = perf_counter()
    found = minimize(
        lambda theta: logistic_regression.value_and_gradient(theta, x, y, **options),
        numpy.zeros(x.shape[1] + 1),
        jac=True,
        method=method,
        options={"maxiter": 1000, **limits},
        **curved,
    )
    return perf_counter() - start, *at(found.x, x, y)


def theirs(solver, x, y):
    """The same for scikit-learn."""
    model = LogisticRegression(C=1 / (L2 * len(x)), solver=solver, tol=TOLERANCE, max_iter=1000)
    start = perf_counter()
    model.fit(x, y)
    return perf_counter() - start, *at(numpy.append(model.coef_, model.intercept_), x, y)


def at(theta, x, y):
    value, gradient = logistic_regression.value_and_gradient(theta, x, y, l2=L2, intercept=True)
    return value, float(numpy.abs(gradient).max())


def main():
    warnings.simplefilter("ignore")
    x, y, _ = problem(*SIZE)
    sys.stdout.write("| solver | | seconds | minimum | largest slope there |\n|---|---|---|---|---|\n")
    for method, solver in SOLVERS.items():
        rounds = [(mine(method, x, y), theirs(solver, x, y)) for _ in range(ROUNDS)]
        for name, results in zip(("numeric + SciPy", "scikit-learn"), zip(*rounds, strict=True), strict=True):
            seconds, value, slope = min(results)
            sys.stdout.write(f"| {method} | {name} | {seconds:.2f} | {value:.12f} | {slope:.0e} |\n")


if __name__ == "__main__":
    main()
