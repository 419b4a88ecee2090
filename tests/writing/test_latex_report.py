"""The LaTeX report: the author's displays with verdicts in the margin, and nothing that TeX would run."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from derivations import check
from derivations.checking.report import VERDICTS, Diagnosis, DocumentReport, Report, StatementReport
from derivations.writing.latex import MARKS, latex_document
from derivations.writing.safe_latex import escaped, is_safe

DOCUMENTS = Path(__file__).parent.parent / "documents"
CLAIM = StatementReport(6, 3, 6, 11, "claim", "=", "b", "c + d", verdict="refuted")
DIAGNOSIS = Diagnosis("D102", "sign", "the sign of $d$ is wrong", "c - d")
HOSTILE = [
    "\\input{/etc/passwd}",
    "\\write18{rm -rf /}",
    "\\immediate\\openout1=x",
    "\\end{align*}\\end{document}",
    "\\catcode`\\%=12",
    "^^5cinput{x}",
    "\\csname input\\endcsname{x}",
    "\\def\\x{\\x}\\x",
    "\\text{\\input{x}}",
    "{",
    "}",
    "a & b",
    "$x$",
    "%",
    "#1",
    "\\left( x",
    "\\begin{filecontents}{x}\\end{filecontents}",
    "\\href{javascript:x}{y}",
    "x^a^b",
    "x_a^b_c",
    "x^",
    "αβ𝔸\0",
]
needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")


def written(*claims: StatementReport, path: str = "notes.md", source: str = "") -> str:
    return latex_document(Report((DocumentReport(path, (), claims, source),)))


def compiles(text: str, folder: Path) -> bool:
    """Whether pdflatex, stopping at the first error, makes a document of `text`."""
    (folder / "report.tex").write_text(text, "utf-8")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "report.tex"]
    run = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    return run.returncode == 0 and (folder / "report.pdf").exists()


def test_a_chain_is_one_display_with_its_marks() -> None:
    """The left side once, then a row a step with sign and line, then what is told of the wrong one."""
    first = StatementReport(5, 1, 5, 9, "claim", "=", "a", "b", verdict="proved")
    text = written(first, replace(CLAIM, diagnosis=DIAGNOSIS))
    assert (
        "a &= b \\verdict{\\checkmark}{5} \\\\\n &= c + d \\verdict{\\times}{6}\n\\end{align*}\n"
        "\\begin{itemize}\n\\item \\raggedright line 6, refuted: \\textbf{D102 sign}:"
        " the sign of $d$ is wrong. Proved instead: $c - d$.\n"
    ) in text


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_its_mark(verdict: str) -> None:
    """In the margin of its row."""
    assert f"\\verdict{{{MARKS[verdict]}}}{{6}}" in written(replace(CLAIM, verdict=verdict))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_only_known_formulas_are_formulas(hostile: str) -> None:
    """What is more than that is shown as text, its commands taken apart."""
    assert not is_safe(hostile)
    assert not re.search(r"(?<!\\)[%#]|\\(?:input|write|def|catcode|csname)", escaped(hostile))


@pytest.mark.parametrize(
    "formula",
    [
        "\\frac{a}{b}",
        "\\left( x \\right)_i",
        "\\begin{cases} a & b \\\\ c & d \\end{cases}",
        "\\text{if } x < y",
    ],
)
def test_formulas_are_formulas(formula: str) -> None:
    """With alignment inside of environments only."""
    assert is_safe(formula)


@needs_tex
def test_hostile_documents_compile(tmp_path: Path) -> None:
    """Whatever stands in any of their texts."""
    claims = [
        replace(CLAIM, lhs=h, rhs=h, relation=h, notes=(h,), reason=h, diagnosis=Diagnosis("D101", h, h, h))
        for h in HOSTILE
    ]
    assert compiles(written(*claims, path="a_b%{c}.md", source="".join(HOSTILE)), tmp_path)


@needs_tex
def test_reports_on_what_people_write_compile(tmp_path: Path) -> None:
    """All labelled documents in one report."""
    paths = sorted(path for path in DOCUMENTS.iterdir() if path.suffix in (".md", ".tex"))
    assert compiles(latex_document(check(*paths)), tmp_path)


@pytest.mark.parametrize(
    ("text", "latex"),
    [("50% of x_i", "50\\% of x\\_i"), ("σ'", "\\ensuremath{\\sigma}\\textquotesingle{}"), ("漢", "[6F22]")],
)
def test_text_is_escaped(text: str, latex: str) -> None:
    """Greek letters are kept; what TeX's fonts lack is named by its number."""
    assert escaped(text) == latex
