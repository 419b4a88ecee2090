"""The kernels beside their peers; ``pytest -m slow tests/benchmarks`` where pytest-benchmark is installed."""

import numpy
import peers
import pytest

pytest.importorskip("pytest_benchmark")
pytestmark = pytest.mark.slow

SIZE = (20_000, 50)


@pytest.mark.parametrize("name", [name for name in peers.installed() if name != "X read once"])
def test_peers_compute_the_same_function(name):
    data = peers.problem(500, 4)
    expected_value, expected_gradient = peers.ours(*data)()
    value, gradient = peers.PEERS[name][1](*data)()
    assert float(value) == pytest.approx(expected_value, rel=1e-9)
    numpy.testing.assert_allclose(gradient, expected_gradient, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", ["ours", *peers.installed()])
def test_value_and_gradient(benchmark, name):
    data = peers.problem(*SIZE)
    make = peers.ours if name == "ours" else peers.PEERS[name][1]
    benchmark(make(*data))
