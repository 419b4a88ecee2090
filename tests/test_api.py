"""The Python interface: paths and texts in, frozen reports out."""

from __future__ import annotations

import dataclasses
import doctest
import json
from pathlib import Path

import pytest

import derivations

RIGHT = "Let $s(z) = \\frac{1}{1 + e^{-z}}$. Then\n\n$$\ns(-z) = 1 - s(z).\n$$\n"


def test_a_text_is_checked() -> None:
    """The report tells definitions from claims and is clean."""
    report = derivations.check_text(RIGHT)
    assert [(s.role, s.verdict) for s in report.statements] == [("definition", None), ("claim", "proved")]
    assert report.ok


def test_a_file_is_checked_like_its_text(tmp_path: Path) -> None:
    """Only the path differs; a path may be a string or a `Path`."""
    path = tmp_path / "notes.md"
    path.write_text(RIGHT)
    assert derivations.check(path).statements
    assert derivations.check(str(path)).documents[0].path == str(path)
    from_text, from_file = (
        json.loads(r.to_json()) for r in (derivations.check_text(RIGHT), derivations.check(path))
    )
    assert from_text["documents"][0]["statements"] == from_file["documents"][0]["statements"]


def test_latex_is_checked_when_asked_for() -> None:
    """In LaTeX a percent sign begins a comment."""
    report = derivations.check_text("\\[ 2 + 2 = 4 \\] % $1 = 2$", format="tex")
    assert [s.verdict for s in report.statements] == ["proved"]


def test_a_report_is_frozen() -> None:
    """Nobody can turn a refuted claim into a proved one."""
    report = derivations.check_text(RIGHT.replace("1 - s", "2 - s"))
    assert not report.ok
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.statements[-1].verdict = "proved"


def test_what_cannot_be_checked_raises() -> None:
    """A missing file as the operating system says, an empty text and an unknown format by name."""
    with pytest.raises(FileNotFoundError):
        derivations.check("no-such-file.md")
    with pytest.raises(derivations.DocumentError, match="empty"):
        derivations.check_text(" ")
    with pytest.raises(ValueError, match="'md' or 'tex'"):
        derivations.check_text(RIGHT, format="docx")


def test_unknown_names_are_attribute_errors() -> None:
    """The lazy import tells a missing name as every module does, and lists the names it has."""
    assert not hasattr(derivations, "chekc")
    assert set(derivations.__all__) <= set(dir(derivations))


def test_the_docstring_of_the_package_runs() -> None:
    """With the result that it shows."""
    results = doctest.testmod(derivations)
    assert (results.failed, results.attempted) == (0, 3)
