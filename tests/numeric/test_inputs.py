"""Whatever its memory looks like, an input is left alone and gives the result of a plain array."""

import subprocess
import sys

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import numeric
from numeric import log_loss, logistic_regression, softmax_cross_entropy
from numeric.blocks import ELEMENTS

ELEMENTARY = ["sigmoid", "sigmoid_derivative", "softplus", "log_sigmoid"]
ROWWISE = ["softmax", "log_softmax"]


def strided(array):
    """A view with gaps that equals `array`."""
    roomy = numpy.zeros([2 * size for size in array.shape], array.dtype)
    view = roomy[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view


def frozen(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def unaligned(array):
    return numpy.frombuffer(b" " + array.tobytes(), numpy.uint8)[1:].view(array.dtype).reshape(array.shape)


LAYOUTS = {
    "Fortran order": numpy.asfortranarray,
    "strided": strided,
    "read-only": frozen,
    "reversed": lambda array: array[::-1].copy()[::-1],
    "big-endian": lambda array: array.astype(array.dtype.newbyteorder(">")),
    "unaligned": unaligned,
    "nested lists": lambda array: array.tolist(),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ELEMENTARY + ROWWISE)
def test_layouts_give_the_same_functions(name, layout):
    z = numpy.random.default_rng(3).normal(0, 300, (7, 5))
    function, given_z = getattr(numeric, name), LAYOUTS[layout](z)
    before = numpy.array(given_z)
    numpy.testing.assert_array_equal(function(given_z), function(z))
    numpy.testing.assert_array_equal(given_z, before)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_give_the_same_losses(layout):
    rng = numpy.random.default_rng(4)
    x, y, theta = rng.standard_normal((9, 4)), rng.integers(0, 2, 9), rng.standard_normal(4)
    change = LAYOUTS[layout]
    arguments = change(theta), change(x), change(y)
    before = [numpy.array(argument) for argument in arguments]
    for verb in ("value", "gradient", "hessian"):
        function = getattr(logistic_regression, verb)
        numpy.testing.assert_allclose(function(*arguments), function(theta, x, y), rtol=1e-13)
    z, classes = 400 * x, rng.integers(0, 4, 9)
    for verb in ("value", "gradient", "hessian"):
        function = getattr(softmax_cross_entropy, verb)
        numpy.testing.assert_array_equal(function(change(z), change(classes)), function(z, classes))
    for argument, same in zip(arguments, before, strict=True):
        numpy.testing.assert_array_equal(argument, same)


@pytest.mark.parametrize("layout", ["Fortran order", "strided"])
@pytest.mark.parametrize("name", ELEMENTARY + ROWWISE)
def test_out_is_filled_and_returned_whatever_its_layout(name, layout):
    z = numpy.random.default_rng(5).normal(0, 9, (6, 4))
    function = getattr(numeric, name)
    out = LAYOUTS[layout](numpy.zeros_like(z))
    assert function(z, out=out) is out
    numpy.testing.assert_array_equal(out, function(z))


@pytest.mark.parametrize("name", ELEMENTARY + ROWWISE)
def test_out_may_be_the_input(name):
    z = numpy.random.default_rng(6).normal(0, 500, (6, 4))
    function = getattr(numeric, name)
    expected = function(z)
    numpy.testing.assert_array_equal(function(z, out=z), expected)


@pytest.mark.parametrize("name", ELEMENTARY + ROWWISE)
def test_out_may_overlap_the_input(name):
    rows = numpy.random.default_rng(8).normal(0, 5, (3 * ELEMENTS, 2))
    function = getattr(numeric, name)
    expected = function(rows[:-1])
    numpy.testing.assert_array_equal(function(rows[:-1], out=rows[1:]), expected)


@pytest.mark.parametrize("name", ELEMENTARY)
@pytest.mark.parametrize("size", [ELEMENTS - 1, ELEMENTS, ELEMENTS + 1, 2 * ELEMENTS + 3])
def test_blocks_meet_without_a_seam(name, size):
    z = numpy.linspace(-800, 800, size)
    function = getattr(numeric, name)
    parts = [function(part) for part in numpy.array_split(z, 7)]
    numpy.testing.assert_allclose(function(z), numpy.concatenate(parts), rtol=1e-15)


@given(st.sampled_from([1, 3, 40, 70, 200]), st.booleans(), st.sampled_from([1, 30]))
def test_regressions_over_many_blocks_are_sums_of_their_parts(columns, intercept, scale):
    rng = numpy.random.default_rng(columns)
    rows = 2 * (1_000_000 // (8 * columns)) + 5 if columns > 1 else 40_000
    x, y = scale * rng.standard_normal((rows, columns)), rng.integers(0, 2, rows).astype(float)
    theta = rng.standard_normal(columns + intercept)
    design = numpy.hstack([x, numpy.ones((rows, 1))]) if intercept else x
    scores = design @ theta
    value, gradient = logistic_regression.value_and_gradient(theta, x, y, intercept=intercept)
    assert numpy.isclose(value, log_loss.value(scores, y).mean(), rtol=1e-10)
    expected = log_loss.gradient(scores, y) @ design / rows
    numpy.testing.assert_allclose(gradient, expected, rtol=1e-8, atol=1e-11 * scale)


@pytest.mark.parametrize("dtype", [numpy.float32, numpy.float64])
def test_floating_types_are_kept(dtype):
    z = numpy.array([[-1.5, 0.5, 400.0], [1.0, 2.0, 3.0]], dtype)
    y = numpy.array([[0.25, 0.25, 0.5], [0, 1, 0]])
    results = [getattr(numeric, name)(z) for name in ELEMENTARY + ROWWISE]
    results += [getattr(log_loss, verb)(z, y) for verb in ("value", "gradient", "hessian")]
    results += [getattr(softmax_cross_entropy, verb)(z, y) for verb in ("value", "gradient", "hessian")]
    results += [softmax_cross_entropy.hessian_product(z, y, y)]
    theta = numpy.zeros(3)
    results += [getattr(logistic_regression, verb)(theta, z, [0, 1]) for verb in ("gradient", "hessian")]
    assert {result.dtype for result in results} == {numpy.dtype(dtype)}


@pytest.mark.parametrize("dtype", [bool, numpy.int8, numpy.uint8, numpy.int64, numpy.float16])
def test_other_numbers_become_float64(dtype):
    ones = numpy.array([[1, 0], [0, 1]], dtype)
    floats = ones.astype(float)
    assert numeric.sigmoid(ones).dtype == numpy.float64
    numpy.testing.assert_array_equal(numeric.sigmoid(ones), numeric.sigmoid(floats))
    numpy.testing.assert_array_equal(log_loss.value(ones, ones), log_loss.value(floats, floats))
    theta = numpy.array([0.5, -1.0])
    expected = logistic_regression.gradient(theta, floats, floats[0])
    numpy.testing.assert_array_equal(logistic_regression.gradient(theta, ones, ones[0]), expected)


def test_scalars_give_scalars_and_nothing_gives_nothing():
    assert numeric.sigmoid(0.0) == 0.5
    assert numpy.ndim(numeric.softplus(1)) == 0
    assert isinstance(log_loss.gradient(0.3, 1), float)
    assert numeric.sigmoid(numpy.empty((0, 3))).shape == (0, 3)
    assert numeric.softmax(numpy.empty((0, 3))).shape == (0, 3)


def test_softmax_works_on_the_last_axis_of_any_array():
    z = numpy.random.default_rng(7).normal(0, 5, (2, 3, 4))
    numpy.testing.assert_array_equal(numeric.softmax(z)[1], numeric.softmax(z[1]))
    numpy.testing.assert_allclose(numeric.softmax(z).sum(axis=-1), 1, rtol=1e-15)


def modules_loaded_by(statement):
    """The modules that `statement` adds to those of NumPy, in a fresh process."""
    code = f"import sys, numpy; b = set(sys.modules); {statement}; print(*sorted(set(sys.modules) - b))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.split()


def test_all_of_numeric_needs_numpy_only():
    loaded = {name.partition(".")[0] for name in modules_loaded_by("from numeric import *")}
    assert loaded - {"numeric", "numpy"} <= set(sys.stdlib_module_names)


def test_importing_numeric_loads_what_is_used_only():
    assert [name for name in modules_loaded_by("import numeric") if "numeric" in name] == ["numeric"]
    assert "numeric.softmax_regression" not in modules_loaded_by("import numeric; numeric.least_squares")


def test_every_exported_name_is_there_and_no_other():
    assert set(numeric.__all__) <= set(dir(numeric))
    assert all(getattr(numeric, name).__doc__ for name in numeric.__all__)
    assert not hasattr(numeric, "sigmoids")
