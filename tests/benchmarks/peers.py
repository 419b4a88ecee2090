"""What people use instead of the kernels, and the table of times that the README shows.

``taskset -c 0 python tests/benchmarks/peers.py`` prints it, pinned to one core so that everybody has one
thread; peers that are not installed are left out. Ratios are medians of rounds in which ours and theirs
alternate.
"""

from __future__ import annotations

import statistics
import sys
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter

import numpy

from numeric import logistic_regression

SIZES = ((1_000_000, 10), (200_000, 100), (20_000, 1000), (1000, 20), (100, 5))
L2 = 0.01
REPEATED = 20_000
"""Elements below which a call is repeated within a round."""


def problem(m, n):
    """Data, labels and parameters of a regression, the same in every run."""
    rng = numpy.random.default_rng(0)
    x, theta = rng.standard_normal((m, n)), 0.3 * rng.standard_normal(n) / n**0.5
    return x, (rng.random(m) < 1 / (1 + numpy.exp(-x @ theta))).astype(float), theta


def ours(x, y, theta):
    return lambda: logistic_regression.value_and_gradient(theta, x, y, l2=L2)


def scikit_learn(x, y, theta):
    losses = import_module("sklearn._loss.loss")
    linear = import_module("sklearn.linear_model._linear_loss")
    model = linear.LinearModelLoss(base_loss=losses.HalfBinomialLoss(), fit_intercept=False)
    return lambda: model.loss_gradient(theta, x, y, l2_reg_strength=L2, n_threads=1)


def scipy(x, y, theta):
    special = import_module("scipy.special")

    def call():
        scores = x @ theta
        value = numpy.mean(numpy.logaddexp(0, scores) - y * scores) + L2 / 2 * theta @ theta
        return value, x.T @ (special.expit(scores) - y) / len(y) + L2 * theta

    return call


def plain_lambdify(x, y, theta):
    sympy = import_module("sympy")
    z, label = sympy.symbols("z label")
    p = 1 / (1 + sympy.exp(-z))
    loss = -label * sympy.log(p) - (1 - label) * sympy.log(1 - p)
    value = sympy.lambdify((z, label), loss, "numpy", cse=True)
    slope = sympy.lambdify((z, label), sympy.simplify(sympy.diff(loss, z)), "numpy", cse=True)

    def call():
        scores = x @ theta
        cost = numpy.mean(value(scores, y)) + L2 / 2 * theta @ theta
        return cost, slope(scores, y) @ x / len(y) + L2 * theta

    return call


def jax(x, y, theta):
    library = import_module("jax")
    library.config.update("jax_enable_x64", True)
    array = library.numpy

    def cost(at):
        scores = x @ at
        return array.mean(array.logaddexp(0, scores) - y * scores) + L2 / 2 * at @ at

    compiled = library.jit(library.value_and_grad(cost))
    return lambda: library.block_until_ready(compiled(theta))


def torch(x, y, theta):
    library = import_module("torch")
    data, labels = library.from_numpy(x), library.from_numpy(y)

    def call():
        at = library.tensor(theta, requires_grad=True)
        cost = library.nn.functional.binary_cross_entropy_with_logits(data @ at, labels) + L2 / 2 * at @ at
        cost.backward()
        return cost.item(), at.grad.numpy()

    return call


def reading_memory(x, y, theta):
    """The bound: X read once, by the fastest pass over it that NumPy has."""
    out = numpy.empty(len(x))
    return lambda: x.dot(theta, out)


PEERS = {
    "scikit-learn": ("sklearn", scikit_learn),
    "SciPy": ("scipy", scipy),
    "plain lambdify": ("sympy", plain_lambdify),
    "JAX": ("jax", jax),
    "torch": ("torch", torch),
    "X read once": ("numpy", reading_memory),
}


def installed():
    return {name: make for name, (package, make) in PEERS.items() if find_spec(package)}


def seconds(call, times):
    start = perf_counter()
    for _ in range(times):
        call()
    return (perf_counter() - start) / times


def alternating(first, second, times, rounds=9):
    """The median time of `first`, and the median of its ratio to `second`."""
    first(), second()
    pairs = [(seconds(first, times), seconds(second, times)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(a / b for a, b in pairs)


def table():
    """Rows of the README's table: our time, and its ratio to each peer's."""
    peers = installed()
    yield f"| m x n | ours | {' | '.join(f'/ {name}' for name in peers)} |"
    yield "|---" * (len(peers) + 2) + "|"
    for m, n in SIZES:
        data = problem(m, n)
        times = 200 if m * n <= REPEATED else 1
        results = [alternating(ours(*data), make(*data), times) for make in peers.values()]
        ratios = " | ".join(f"{ratio:.2f}" for _, ratio in results)
        yield f"| {m:,} x {n:,} | {1e3 * min(time for time, _ in results):.3f} ms | {ratios} |"


if __name__ == "__main__":
    for line in table():
        sys.stdout.write(f"{line}\n")
