"""Data in dask arrays give the single machine's results, on a cluster that may lose a worker."""

import os
import signal

import numpy
import pytest
from regression_cases import MODULES

from numeric import logistic_regression

dask = pytest.importorskip("dask")
da = pytest.importorskip("dask.array")
distributed = pytest.importorskip("distributed")

ROWS, COLUMNS, CLASSES, CHUNKS = 4_000, 6, 3, 20
VERBS = ("value", "gradient", "value_and_gradient", "hessian", "hessian_product")
CASES = [(name, verb) for name in MODULES for verb in VERBS]

pytestmark = pytest.mark.filterwarnings("ignore")


def problem(name):
    rng = numpy.random.default_rng(8)
    x, weights = rng.standard_normal((ROWS, COLUMNS)), rng.uniform(0, 2, ROWS)
    weights[:1000] = 0
    y = rng.integers(0, CLASSES if name == "softmax_regression" else 2, ROWS)
    theta = rng.standard_normal((CLASSES, COLUMNS + 1) if name == "softmax_regression" else COLUMNS + 1)
    return theta, x, y, weights


def computed(name, verb, theta, x, y, **options):
    first = (theta,) if verb == "hessian_product" else ()
    result = getattr(MODULES[name], verb)(theta, *first, x, y, l2=0.2, intercept=True, **options)
    return numpy.hstack([numpy.ravel(part) for part in result]) if isinstance(result, tuple) else result


@pytest.mark.parametrize("weighted", [False, True], ids=["alike", "weighted"])
@pytest.mark.parametrize(("name", "verb"), CASES)
def test_chunks_of_rows_give_the_single_machines_result(name, verb, weighted):
    theta, x, y, weights = problem(name)
    options = {"sample_weight": weights} if weighted else {}
    expected = computed(name, verb, theta, x, y, **options)
    chunked = da.from_array(x, chunks=(700, 4)), da.from_array(y, chunks=900)
    numpy.testing.assert_allclose(
        computed(name, verb, theta, *chunked, **options), expected, rtol=1e-11, atol=1e-13
    )


def test_wrong_arguments_are_named_as_on_a_single_machine():
    theta, x, y, _ = problem("logistic_regression")
    chunked = da.from_array(x, chunks=(700, -1))
    with pytest.raises(ValueError, match="y: expected 4000 rows as in X"):
        logistic_regression.value(theta, chunked, y[1:], intercept=True)
    with pytest.raises(ValueError, match=r"theta: expected shape \(6,\), given \(7,\)"):
        logistic_regression.value(theta, chunked, y)
    with pytest.raises(ValueError, match=r"y: expected labels in \[0, 1\], given -1"):
        logistic_regression.value(theta, chunked, 2 * y - 1, intercept=True)
    with pytest.raises(ValueError, match=r"sample_weight: expected finite weights .* given only zeros"):
        logistic_regression.value(theta, chunked, y, intercept=True, sample_weight=0.0 * y)
    with pytest.raises(ValueError, match=r"sample_weight: expected shape \(4000,\), given \(4000, 1\)"):
        logistic_regression.value(theta, chunked, y, intercept=True, sample_weight=y[:, None])
    with pytest.raises(ValueError, match=r"y: expected shape \(4000,\), given \(4000, 1\)"):
        logistic_regression.value(theta, chunked, y[:, None], intercept=True)
    with pytest.raises(ValueError, match=r"X: expected two dimensions, given shape \(4000,\)"):
        logistic_regression.value(theta, chunked[:, 0], y)


def test_rows_that_nobody_has_counted_are_refused():
    theta, x, y, _ = problem("logistic_regression")
    uncounted = da.from_array(x, chunks=(700, -1))
    uncounted = uncounted[uncounted[:, 0] > 0]
    with pytest.raises(ValueError, match=r"X: expected a known number of rows.*compute_chunk_sizes"):
        logistic_regression.value(theta, uncounted, y, intercept=True)
    with pytest.raises(TypeError, match="X: expected a dask array, given Delayed"):
        logistic_regression.value(theta, dask.delayed(x), y, intercept=True)


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes on loopback."""
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with (
        distributed.LocalCluster(host="127.0.0.1", silence_logs=50, **options) as running,
        distributed.Client(running) as client,
    ):
        yield client


def dying_once(block, marker, block_info=None):
    """The rows themselves, at first at the price of the worker's life where they are in the middle."""
    if block_info[None]["chunk-location"][0] == CHUNKS // 2 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return block


def test_a_cluster_that_loses_a_worker_still_gives_the_right_answer(cluster, tmp_path):
    theta, x, y, _ = problem("logistic_regression")
    expected = computed("logistic_regression", "value_and_gradient", theta, x, y)
    workers, marker = set(cluster.run(os.getpid).values()), tmp_path / "killed"
    chunked = da.from_array(x, chunks=(ROWS // CHUNKS, -1)).map_blocks(dying_once, marker, dtype=float)
    given_result = computed("logistic_regression", "value_and_gradient", theta, chunked, y)
    numpy.testing.assert_allclose(given_result, expected, rtol=1e-12)
    cluster.wait_for_workers(2)
    assert marker.exists()
    assert len(workers & set(cluster.run(os.getpid).values())) == 1


def resident():
    """The memory of the worker that has most."""
    import psutil

    return psutil.Process().memory_info().rss


def test_a_workers_memory_is_bounded_by_its_chunks(cluster):
    rows, columns, chunk = 400_000, 50, 10_000
    x = da.random.default_rng(1).standard_normal((rows, columns), chunks=(chunk, columns))
    y = da.zeros(rows, chunks=chunk)
    theta = numpy.zeros(columns)
    logistic_regression.value_and_gradient(theta, x[:chunk], y[:chunk])
    before = max(cluster.run(resident).values())
    logistic_regression.value_and_gradient(theta, x, y)
    assert max(cluster.run(resident).values()) - before < 20 * chunk * columns * 8 < rows * columns * 8
