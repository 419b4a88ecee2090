"""Threads change how long a sum takes and nothing else, however many threads call at once."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy
import pytest
from regression_cases import MODULES

import numeric
from numeric import blocks, logistic_regression, softmax_cross_entropy
from numeric.kernels import linear
from numeric.threads import WORTH, over_rows

ROWS, COLUMNS, CLASSES = 3 * WORTH // 24 + 24, 24, 4
FLOAT = numpy.dtype(float)
NAMES = pytest.mark.parametrize("name", MODULES)


@pytest.fixture
def threads():
    """Sets the number of threads for one test."""
    before = numeric.set_threads(1)
    yield numeric.set_threads
    numeric.set_threads(before)


@pytest.fixture(scope="module")
def data():
    rng = numpy.random.default_rng(9)
    x = rng.standard_normal((ROWS, COLUMNS))
    return x, rng.integers(0, 2, ROWS), rng.standard_normal((CLASSES, COLUMNS))


def calls(name, data):
    x, y, theta = data
    theta = theta if name == "softmax_regression" else theta[0]
    module = MODULES[name]
    return [
        lambda: module.value(theta, x, y),
        lambda: module.gradient(theta, x, y),
        lambda: module.value_and_gradient(theta, x, y)[1],
        lambda: module.hessian(theta, x, y),
        lambda: module.hessian_product(theta, theta, x, y),
    ]


@NAMES
def test_results_do_not_depend_on_the_number_of_threads(name, data, threads):
    alone = [call() for call in calls(name, data)]
    threads(3)
    for call, expected in zip(calls(name, data), alone, strict=True):
        numpy.testing.assert_allclose(call(), expected, rtol=1e-11, atol=1e-13)


@NAMES
def test_the_same_number_of_threads_gives_the_same_bits(name, data, threads):
    threads(3)
    for call in calls(name, data):
        numpy.testing.assert_array_equal(call(), call())


@pytest.mark.parametrize("function", ["sigmoid", "softplus", "logit", "softmax", "log_softmax", "logsumexp"])
def test_elementwise_results_are_the_same_bits(function, threads):
    z = numpy.random.default_rng(1).normal(0, 300, (3 * WORTH // 10, 10))
    alone = getattr(numeric, function)(z)
    threads(4)
    numpy.testing.assert_array_equal(getattr(numeric, function)(z), alone)


def test_several_threads_may_call_at_once(data, threads):
    threads(2)
    tasks = [call for name in MODULES for call in calls(name, data)[:3]] * 2
    expected = [call() for call in tasks]
    with ThreadPoolExecutor(6) as pool:
        rounds = [[pool.submit(call) for call in tasks] for _ in range(2)]
        for futures in rounds:
            for future, wanted in zip(futures, expected, strict=True):
                numpy.testing.assert_allclose(future.result(), wanted, rtol=1e-11, atol=1e-13)


def blas():
    """How many threads each BLAS may use at this moment."""
    threadpoolctl = pytest.importorskip("threadpoolctl")
    return [row["num_threads"] for row in threadpoolctl.threadpool_info() if row["user_api"] == "blas"]


def test_blas_has_one_thread_while_a_call_has_several(threads):
    threads(2)
    several = over_rows(lambda start, stop: blas(), 2, 1, 4 * WORTH)
    assert len(several) == 2
    assert {number for seen in several for number in seen} == {1}


@pytest.mark.parametrize("callers", [1, 4])
def test_blas_gets_its_threads_back(callers, data, threads):
    threads(2)
    before = blas()
    for _ in range(3):
        with ThreadPoolExecutor(callers) as pool:
            list(pool.map(lambda call: call(), calls("logistic_regression", data)[:3] * 3))
            assert blas() == before
    assert blas() == before


def test_a_call_among_threads_stays_in_its_own(threads):
    threads(2)
    inner = over_rows(lambda start, stop: over_rows(lambda *ends: ends, 2, 1, 4 * WORTH), 2, 1, 4 * WORTH)
    assert inner == [[(0, 2)], [(0, 2)]]


def test_an_error_in_a_thread_reaches_the_caller(data, threads):
    x, y, theta = data
    threads(2)
    wrong = numpy.where(numpy.arange(ROWS) == ROWS - 1, -1, y)
    with pytest.raises(ValueError, match=r"y: expected labels in \[0, 1\], given -1"):
        logistic_regression.value(theta[0], x, wrong)
    with pytest.raises(ValueError, match=r"y: expected class indices in 0\.\.3, given 9"):
        softmax_cross_entropy.value(numpy.zeros((WORTH, 4)), numpy.full(WORTH, 9))


def test_threads_do_not_warn(data, threads):
    x, y, theta = data
    threads(2)
    bad = x.copy()
    bad[-1, :2] = numpy.inf, -numpy.inf
    assert not numpy.isfinite(logistic_regression.value(theta[0], bad, y))


@pytest.mark.parametrize(("rows", "step", "count"), [(10, 3, 4), (9, 3, 2), (7, 2, 3), (5, 5, 4), (1, 1, 8)])
def test_ranges_are_whole_blocks_that_cover_all_rows_once(rows, step, count, threads):
    threads(count)
    ranges = over_rows(lambda start, stop: (start, stop), rows, step, 10**9)
    assert ranges[0][0] == 0
    assert ranges[-1][1] == rows
    assert all(left[1] == right[0] and left[1] % step == 0 for left, right in pairwise(ranges))
    assert 1 <= len(ranges) <= count


def test_small_problems_stay_in_the_calling_thread(threads):
    threads(8)
    assert over_rows(lambda start, stop: (start, stop), 1000, 1, WORTH) == [(0, 1000)]


@pytest.mark.parametrize(
    ("count", "error"), [(0, ValueError), (-1, ValueError), (1.5, TypeError), (True, TypeError)]
)
def test_a_wrong_number_of_threads_is_refused(count, error):
    with pytest.raises(error, match="count: expected"):
        numeric.set_threads(count)


def test_a_whole_number_of_numpys_will_do(threads):
    threads(numpy.int64(3))
    assert threads(1) == 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_can_compute(data, threads):
    x, y, theta = data
    threads(2)
    expected = logistic_regression.value(theta[0], x, y)
    child = os.fork()
    if child == 0:
        os._exit(0 if logistic_regression.value(theta[0], x, y) == expected else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_scratch_belongs_to_one_caller_until_it_is_given_up():
    mine = blocks.scratch(2, 5, FLOAT)
    blocks.spare(mine)
    assert blocks.scratch(2, 5, FLOAT)[0] is mine[0]
    theirs = blocks.scratch(2, 5, FLOAT)
    assert not any(numpy.shares_memory(a, b) for a in mine for b in theirs)


def test_spare_scratch_fits_the_next_call():
    blocks.spare(blocks.scratch(2, 5, FLOAT))
    assert [buffer.shape for buffer in blocks.scratch(2, 6, FLOAT)] == [(6,), (6,)]
    blocks.spare(blocks.scratch(2, 5, FLOAT))
    assert blocks.scratch(2, 5, numpy.dtype(numpy.float32))[0].dtype == numpy.float32


def test_large_scratch_is_not_kept():
    large = blocks.scratch(1, blocks.ELEMENTS + 1, FLOAT)
    blocks.spare(large)
    assert blocks.scratch(1, blocks.ELEMENTS + 1, FLOAT)[0] is not large[0]


def test_a_call_that_interrupts_another_in_its_thread_leaves_it_alone(monkeypatch):
    rng = numpy.random.default_rng(8)
    x, y, theta = rng.standard_normal((30, 3)), rng.integers(0, 2, 30), rng.standard_normal(3)
    alone = logistic_regression.value_and_gradient(theta, x, y)
    gradient = linear.gradient

    def interrupted(r, rows, out):
        monkeypatch.setattr(linear, "gradient", gradient)
        logistic_regression.value_and_gradient(-theta, x, y)
        gradient(r, rows, out)

    monkeypatch.setattr(linear, "gradient", interrupted)
    value, slope = logistic_regression.value_and_gradient(theta, x, y)
    assert value == alone[0]
    numpy.testing.assert_array_equal(slope, alone[1])
