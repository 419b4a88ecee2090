"""The cell magic: registered only on request, a report for a derivation and one line for anything else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import derivations
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


def test_the_hook_runs_a_command_that_exists() -> None:
    """Its entry, with a file behind it, is understood."""
    (entry,) = [
        line.split(": ", 1)[1]
        for line in (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8").splitlines()
        if line.strip().startswith("entry: ")
    ]
    command = [sys.executable, "-m", *entry.split(), "derivations/examples/logistic-regression.md"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
