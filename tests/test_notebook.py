"""The cell magic: registered only on request, a report for a derivation and one line for anything else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sympy

import derivations
from derivations import catalogue
from derivations.notebook import derivation

WRONG = "Let $s(z) = \\frac{1}{1 + e^{-z}}$. Then\n\n$$\ns(-z) = 1 + s(z).\n$$\n"
ROOT = Path(__file__).parent.parent


class Shell:
    """An IPython shell as far as an extension needs one."""

    def __init__(self) -> None:
        self.magics: dict[tuple[str, str], object] = {}

    def register_magic_function(self, function: object, magic_kind: str, magic_name: str) -> None:
        self.magics[magic_kind, magic_name] = function


def test_the_magic_is_registered_on_load() -> None:
    """Under its name, as a cell magic."""
    shell = Shell()
    derivations.load_ipython_extension(shell)
    assert shell.magics == {("cell", "derivation"): derivation}


def test_nothing_of_it_is_loaded_before() -> None:
    """Neither IPython nor the module of the magic."""
    script = "import sys, derivations; print({'IPython', 'derivations.notebook'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


@pytest.mark.parametrize("line", ["", "md", "tex"])
def test_a_cell_is_checked_and_shown(line: str) -> None:
    """As HTML with formulas, or as text; the report is there to work with."""
    shown = derivation(line, WRONG)
    assert shown is not None
    assert shown.report.summary["refuted"] == 1
    assert "<math" in shown._repr_html_()
    assert "D102 sign" in repr(shown)


@pytest.mark.parametrize(("line", "cell"), [("", " \n"), ("docx", WRONG), ("", "no formula")])
def test_what_cannot_be_checked_is_one_line(line: str, cell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And no report."""
    assert derivation(line, cell) is None
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("derivations: ")


def shown() -> dict[str, object]:
    """What the public functions return, by what it must show."""
    report = derivations.check_text(WRONG)
    (slip,) = (s for s in report.statements if s.verdict == "refuted")
    z, y = sympy.symbols("z y", real=True)
    p = 1 / (1 + sympy.exp(-z))
    loss = -y * sympy.log(p) - (1 - y) * sympy.log(1 - p)
    return {
        "refuted 1": report,
        "definitions 1": report.documents[0],
        "D102 sign": slip,
        "definition": report.statements[0],
        ">gradient<": derivations.compile(loss, wrt=z),
        "<strong>proved</strong>": derivations.prove_equal(sympy.Derivative(p, z), p * (1 - p)),
        "the left side is": derivations.prove_equal(p, 1 - p),
        "holds where": derivations.prove_equal("\\frac{a}{a}", "1"),
        "<math": derivation("", WRONG),
    }


def test_what_has_something_to_show_shows_it() -> None:
    """As HTML, complete and without anything that runs."""
    for part, value in shown().items():
        page = value._repr_html_()
        assert part in page
        assert "<script" not in page


def test_a_result_of_the_catalogue_is_drawn() -> None:
    """Notebooks draw LaTeX themselves."""
    assert "aligned" in catalogue.get("sigmoid-derivative")._repr_latex_()


def test_a_symbol_is_no_markup() -> None:
    """The names of symbols are as foreign as a document's."""
    z, hostile = sympy.symbols("z <script>", real=True)
    page = derivations.compile(hostile * z**2, wrt=z)._repr_html_()
    assert "<script>" not in page


def test_the_hook_runs_a_command_that_exists() -> None:
    """Its entry, with a file behind it, is understood."""
    (entry,) = [
        line.split(": ", 1)[1]
        for line in (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8").splitlines()
        if line.strip().startswith("entry: ")
    ]
    files = ["derivations/examples/logistic-regression.md", "derivations/kernel/README.md"]
    command = [sys.executable, "-m", *entry.split(), *files]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
