"""``derivations kernel`` writes files that need NumPy only and compute what was proved."""

import subprocess
import sys
from pathlib import Path

import numpy
import pytest
import sympy
from click.testing import CliRunner
from written_modules import functions

from derivations import catalogue
from derivations.cli import main
from derivations.kernel_files import NoKernelError, kernel_source
from numeric import least_squares, logistic_regression, softmax_cross_entropy, softmax_regression

RNG = numpy.random.default_rng(5)
X, Y, THETA = RNG.standard_normal((7, 3)), RNG.integers(0, 2, 7).astype(float), RNG.standard_normal(3)
W, SOFT = RNG.standard_normal((4, 3)), RNG.dirichlet(numpy.ones(4), 7)
ENTRIES = {
    "log-loss-gradient": (logistic_regression, {"theta": THETA, "x": X, "y": Y}, {}),
    "log-loss-hessian": (logistic_regression, {"theta": THETA, "x": X, "y": Y}, {}),
    "log-loss-l2-gradient": (
        logistic_regression,
        {"theta": THETA, "x": X, "y": Y, "lambda_": 0.3},
        {"l2": 0.3},
    ),
    "log-loss-l2-hessian": (
        logistic_regression,
        {"theta": THETA, "x": X, "y": Y, "lambda_": 0.3},
        {"l2": 0.3},
    ),
    "squared-error-gradient": (least_squares, {"theta": THETA, "x": X, "y": Y}, {}),
    "squared-error-hessian": (least_squares, {"theta": THETA, "x": X, "y": Y}, {}),
    "softmax-regression-gradient": (softmax_regression, {"W": W, "x": X, "y": SOFT}, {}),
    "softmax-regression-hessian": (softmax_regression, {"W": W, "x": X, "y": SOFT}, {}),
}


def called(function, tensors):
    wanted = function.__code__.co_varnames[: function.__code__.co_argcount]
    return function(**{name: tensors[name] for name in wanted})


@pytest.mark.parametrize("name", ENTRIES)
def test_a_data_sets_file_computes_what_numeric_does(name):
    module, tensors, options = ENTRIES[name]
    verb = name.rpartition("-")[2]
    names = functions(kernel_source(name))
    theta = tensors.get("theta", tensors.get("W"))
    expected = getattr(module, verb)(theta, tensors["x"], tensors["y"], **options)
    given_result = called(names[verb], tensors)
    if given_result.ndim == 4:
        given_result = given_result.reshape(expected.shape)
    numpy.testing.assert_allclose(given_result, expected, rtol=1e-11, atol=1e-13)
    assert called(names["value"], tensors) == pytest.approx(
        module.value(theta, tensors["x"], tensors["y"], **options), rel=1e-12
    )


def test_the_softmax_gradient_of_a_file_does_not_overflow():
    names = functions(kernel_source("softmax-cross-entropy-gradient"))
    scores, labels = numpy.array([1000.0, -1000.0, 3.0]), numpy.array([0.0, 1.0, 0.0])
    expected = softmax_cross_entropy.value_and_gradient(scores[None], labels[None])
    assert names["value"](scores, labels) == pytest.approx(expected[0][0])
    numpy.testing.assert_allclose(names["gradient"](scores, labels), expected[1][0], atol=1e-300)


def test_what_differs_in_its_indices_only_is_computed_once():
    hessian = kernel_source("softmax-regression-hessian").partition("def hessian")[2]
    assert hessian.count("softmax(") == 1
    assert hessian.count("numpy.einsum(") == 2


COMPUTED = [
    name
    for name, entry in catalogue.entries().items()
    if isinstance(entry.left, sympy.Derivative) and "indicator" not in name
]
"""Entries about a derivative, of arrays of numbers: an array of class labels has no code yet."""


@pytest.mark.parametrize("name", COMPUTED)
def test_every_entry_has_a_file_whose_header_states_its_proof(name):
    source = kernel_source(name)
    assert f"({name})" in source
    assert ": proved" in source.partition('"""\n')[0]


@pytest.mark.parametrize("name", sorted(set(catalogue.entries()) - set(COMPUTED)))
def test_an_entry_without_code_is_refused_in_one_line(name):
    with pytest.raises(NoKernelError):
        kernel_source(name)


def test_a_documents_proved_lines_are_computed():
    names = functions(kernel_source("derivations/examples/logistic-regression.md"))
    expected = logistic_regression.gradient(THETA, X, Y)
    numpy.testing.assert_allclose(names["line_93"](X=X, y=Y, theta=THETA), expected, rtol=1e-12)
    numpy.testing.assert_allclose(names["line_103"](X=X, y=Y, theta=THETA), expected, rtol=1e-12)
    hessian = logistic_regression.hessian(THETA, X, Y)
    numpy.testing.assert_allclose(names["line_160"](X, THETA), hessian, rtol=1e-12)


def test_a_documents_wrong_lines_are_left_out(tmp_path):
    note = tmp_path / "note.md"
    note.write_text("Let $f(z) = z^2$. Then\n\n$$f'(z) = 2 z$$\n\n$$f'(z) = 3 z$$\n", "utf-8")
    names = functions(kernel_source(str(note)))
    assert [name for name in names if name.startswith("line")] == ["line_3"]
    assert names["line_3"](1.5) == 3


def test_a_document_without_proofs_has_no_file(tmp_path):
    note = tmp_path / "note.md"
    note.write_text("Let $f(z) = z^2$. Then $f'(z) = 3 z$.\n", "utf-8")
    with pytest.raises(NoKernelError, match="no proved equation"):
        kernel_source(str(note))


def test_the_command_writes_a_file_that_needs_numpy_only(tmp_path):
    out = tmp_path / "mine.py"
    run = CliRunner().invoke(main, ["kernel", "log_loss_gradient", "-o", str(out)])
    assert run.exit_code == 0, run.output
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import mine; print('sympy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize("name", ["log-los", "missing.md"])
def test_what_cannot_be_written_is_said_in_one_line(name):
    run = CliRunner().invoke(main, ["kernel", name])
    assert run.exit_code == 2
    assert run.stderr.startswith("derivations: ")
    assert run.stderr.count("\n") == 1


def test_nothing_in_a_document_ends_a_files_docstring(tmp_path):
    note = tmp_path / 'a"""b.md'
    note.write_text('Let $f(z) = z^2$. Then $$f\'(z) = 2 z \\quad \\text{"""; raise SystemExit}$$\n', "utf-8")
    assert functions(kernel_source(str(note)))["line_1"](1.5) == 3


def test_a_document_is_not_replaced_by_its_file(tmp_path):
    note = tmp_path / "note.md"
    note.write_text(text := "Let $f(z) = z^2$. Then\n\n$$f'(z) = 2 z$$\n", "utf-8")
    run = CliRunner().invoke(main, ["kernel", str(note), "-o", str(tmp_path / "." / "note.md")])
    assert run.exit_code == 2
    assert "is the document itself" in run.stderr
    assert note.read_text("utf-8") == text


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    run = CliRunner().invoke(main, ["kernel", "sigmoid-derivative", "-o", str(tmp_path / "no" / "x.py")])
    assert run.exit_code == 2
    assert "x.py" in run.stderr
    assert not Path(tmp_path / "no").exists()
