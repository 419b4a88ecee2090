"""Documents of several cells or files: one derivation, every place told where its author knows it, and no
file read that is not the document's own.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Literal

import pytest

from derivations import DocumentError, check, check_text
from derivations.checking.report import Report, StatementReport

SIGMOID = "Let $s(z) = \\frac{1}{1 + e^{-z}}$."


def notebook(*cells: tuple[str, str]) -> str:
    """A notebook with cells of the given kinds; every second source is a list of lines, as Jupyter has it."""
    rows = [
        {"cell_type": kind, "source": text if number % 2 else text.splitlines(keepends=True)}
        for number, (kind, text) in enumerate(cells)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": rows})


def claims(report: Report) -> list[StatementReport]:
    return [statement for statement in report.statements if statement.role == "claim"]


# Notebooks ---------------------------------------------------------------------------------------------


def test_names_are_carried_from_cell_to_cell_and_places_told_in_them(tmp_path: Path) -> None:
    """Code cells are counted and not read."""
    path = tmp_path / "notes.ipynb"
    path.write_text(
        notebook(
            ("markdown", SIGMOID),
            ("code", "s = $$ 1 = 2 $$"),
            ("markdown", "Then\n\n$$ s(-z) = 1 - s(z) $$\n\nand\n\n$$ s(z) = 2 + s(z). $$"),
        )
    )
    right, wrong = claims(check(path))
    assert (right.part, right.line, right.column, right.verdict) == ("cell 3", 3, 4, "proved")
    assert (wrong.part, wrong.line, wrong.verdict) == ("cell 3", 7, "refuted")


@pytest.mark.parametrize("opening", ["$$ a = b", "```\n$", "`", "<!-- ", "\\begin{align} a = b", "$a = b"])
def test_what_is_not_closed_ends_with_its_cell(tmp_path: Path, opening: str) -> None:
    """The next cell is read as if nothing were wrong with the one before."""
    path = tmp_path / "notes.ipynb"
    path.write_text(notebook(("markdown", opening), ("markdown", SIGMOID + " So $$ s(-z) = 1 - s(z). $$")))
    assert [claim.verdict for claim in claims(check(path)) if claim.part == "cell 2"] == ["proved"]


def test_a_macro_of_one_cell_is_known_in_the_next(tmp_path: Path) -> None:
    """As MathJax has it."""
    path = tmp_path / "notes.ipynb"
    path.write_text(
        notebook(("markdown", "$\\newcommand{\\two}{2}$"), ("markdown", "We have $a + a = \\two a$."))
    )
    assert [claim.verdict for claim in claims(check(path))] == ["proved"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"cells": 3}',
        '{"cells": [{"cell_type": "markdown", "source": [1]}]}',
        "[" * 100_000,
        '{"cells": []}',
    ],
)
def test_what_is_no_notebook_is_said_in_one_line(tmp_path: Path, text: str) -> None:
    """With the path."""
    path = tmp_path / "notes.ipynb"
    path.write_text(text)
    with pytest.raises(DocumentError, match=r"notes\.ipynb: ") as caught:
        check(path)
    assert "\n" not in str(caught.value)


# LaTeX projects ----------------------------------------------------------------------------------------

MAIN = (
    "\\documentclass{article}\n\\input{macros}\n\\begin{document}\n"
    "Before: $b + b = 2b$.\n\\include{sections/loss}\n% \\input{missing}\n"
    "After: $c + c = \\two c$.\n\\end{document}\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a document that consists of three files."""
    folder = tmp_path / "paper"
    (folder / "sections").mkdir(parents=True)
    (folder / "main.tex").write_text(MAIN)
    (folder / "macros.tex").write_text("\\newcommand{\\two}{2}\n")
    (folder / "sections" / "loss.tex").write_text(f"{SIGMOID}\n\\[ s(-z) = 1 - s(z) \\]\n")
    return folder


def test_included_files_are_read_in_their_place(project: Path) -> None:
    """Every place is told in its own file, and lines behind an included file are those of the document."""
    found = [(claim.part, claim.line, claim.verdict) for claim in claims(check(project / "main.tex"))]
    assert found == [(None, 4, "proved"), ("sections/loss.tex", 2, "proved"), (None, 7, "proved")]


def test_a_subfile_gives_its_body_only(project: Path) -> None:
    """The end of its document is not the end of the whole."""
    inner = "\\documentclass{subfiles}\n\\begin{document}\n$d + d = 2d$\n\\end{document}\nnot $e = f$ this"
    (project / "sections" / "loss.tex").write_text(inner)
    found = [(claim.part, claim.line) for claim in claims(check(project / "main.tex"))]
    assert found == [(None, 4), ("sections/loss.tex", 3), (None, 7)]


OUTSIDE = "$o + o = 3o$"


def refused(project: Path, command: str) -> StatementReport:
    """The one unreadable claim about `command`, in a document that is otherwise read."""
    (project / "main.tex").write_text(MAIN.replace("% \\input{missing}", command))
    report = check(project / "main.tex")
    assert "o + o" not in report.to_json(), "a file outside of the folder was read"
    right, wrong = (
        [c for c in claims(report) if (c.verdict == "proved") == proved] for proved in (True, False)
    )
    assert len(right) == 3
    (one,) = wrong
    assert (one.verdict, one.line, one.rhs) == ("unreadable", 6, command)
    return one


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("\\input{missing}", "No such file"),
        ("\\input{../outside}", "below the folder"),
        ("\\input{sections/../../outside}", "below the folder"),
        ("\\input{/etc/passwd}", "below the folder"),
        ("\\input{/dev/zero}", "below the folder"),
        ("\\input{/dev/stdin}", "below the folder"),
        ("\\input{~/outside}", "below the folder"),
        ("\\input{|cat outside}", "below the folder"),
        ("\\input{`cat outside`}", "below the folder"),
        ("\\input{$HOME/outside}", "below the folder"),
        ("\\input{link}", "leads out of the folder"),
        ("\\input{linked/outside}", "leads out of the folder"),
        ("\\input{round}", "cannot be opened"),
        ("\\input{pipe}", "no regular file"),
        ("\\input{sections}", "No such file"),
        ("\\input{folder}", "no regular file"),
        ("\\input{main}", "includes itself"),
        ("\\input ./main.tex", "includes itself"),
        ("\\input{binary}", "not a text file"),
        ("\\input{latin}", "not UTF-8"),
    ],
)
def test_a_file_that_is_not_the_documents_own_is_refused(project: Path, command: str, reason: str) -> None:
    """At the place that asks for it, and the rest is read."""
    (project.parent / "outside.tex").write_text(OUTSIDE)
    (project / "link.tex").symlink_to(project.parent / "outside.tex")
    (project / "linked").symlink_to(project.parent)
    (project / "round.tex").symlink_to("round.tex")
    os.mkfifo(project / "pipe.tex")
    (project / "folder.tex").mkdir()
    (project / "binary.tex").write_bytes(b"a\0b")
    (project / "latin.tex").write_bytes("größe".encode("latin-1"))
    assert reason in (refused(project, command).reason or "")


def test_a_circle_of_files_and_a_flood_of_files_end(project: Path) -> None:
    """Both are told once or for every file that is too many, and take no time."""
    (project / "a.tex").write_text("$a + a = 2a$ \\input{b}")
    (project / "b.tex").write_text("\\input{a}")
    (project / "main.tex").write_text("\\input{a}")
    circle = claims(check(project / "main.tex"))
    assert [(c.verdict, c.part) for c in circle] == [("proved", "a.tex"), ("unreadable", "b.tex")]
    for number in range(9):
        (project / f"f{number}.tex").write_text(f"\\input{{f{number + 1}}}\\input{{f{number + 1}}} x")
    (project / "f9.tex").write_text("text")
    (project / "main.tex").write_text("$a + a = 2a$ \\input{f0}")
    flood = claims(check(project / "main.tex"))
    assert {c.reason for c in flood if c.verdict == "unreadable"} != set()
    assert all("more than 200 files" in (c.reason or "") for c in flood if c.verdict == "unreadable")


def test_a_text_without_a_file_includes_nothing() -> None:
    """Whatever lies in the current folder is none of its business."""
    assert [c.verdict for c in claims(check_text("\\input{README} $a + a = 2a$", "tex"))] == ["proved"]


# What hides ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["\x07", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800"])
@pytest.mark.parametrize("format", ["md", "tex"])
def test_a_control_character_is_refused_with_its_place(letter: str, format: Literal["md", "tex"]) -> None:
    """What is shown would not be what is read."""
    with pytest.raises(DocumentError, match="line 2, column 5: a control character"):
        check_text(f"We have\n$a +{letter} a = 2a$", format)
