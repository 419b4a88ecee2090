"""Formats for machines: JSON reports fit their schema, an annotation is one line whatever a document says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations import check, cli
from derivations.checking.diagnosis.mistakes import WORDS
from derivations.checking.report import VERDICTS, Diagnosis, DocumentReport, Report, StatementReport, Witness
from derivations.writing.formats import FORMATS, Style
from derivations.writing.github import github_annotations

DOCUMENTS = Path(__file__).parent.parent / "documents"
SCHEMA = json.loads(
    resources.files("derivations.checking").joinpath("report-v1.schema.json").read_text("utf-8")
)
CLAIM = StatementReport(
    6,
    3,
    7,
    11,
    "claim",
    "=",
    "b",
    "c + d",
    verdict="refuted",
    witness=Witness((("m", 2), ("c", "3/2")), "0.25", "1.75"),
    diagnosis=Diagnosis("D102", "sign", "the sign of $d$ is wrong", "c - d"),
)


def report(*claims: StatementReport, path: str = "notes.md") -> Report:
    return Report((DocumentReport(path, (), claims, ""),))


def valid(text: str) -> bool:
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(json.loads(text))


def test_every_format_of_the_command_has_a_writer() -> None:
    """And no writer is hidden."""
    assert set(cli.FORMATS) == set(FORMATS)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_writes_every_report(name: str) -> None:
    """Even one without documents; what is not empty ends in a line break."""
    for some in (Report(()), report(), report(CLAIM, replace(CLAIM, verdict="proved", diagnosis=None))):
        text = FORMATS[name](some, Style())
        assert not text or text.endswith("\n")


# JSON -------------------------------------------------------------------------------------------------


def test_the_schema_is_a_schema() -> None:
    """And its words are those of the table of mistakes."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["$defs"]["diagnosis"]["properties"]["mistake"]["enum"]) == WORDS
    assert set(SCHEMA["properties"]["summary"]["properties"]) > set(VERDICTS)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("s*.*")), ids=lambda path: path.name)
def test_reports_fit_the_schema(path: Path) -> None:
    """With timings and without."""
    found = check(path)
    assert valid(found.to_json())
    assert valid(found.to_json(timings=True))


@pytest.mark.parametrize(
    "changed",
    [
        {"verdict": "wrong"},
        {"verdict": None},
        {"role": "definition"},
        {"line": 0},
        {"verdict": "proved"},
        {"diagnosis": Diagnosis("sign", "sign", "", None)},
        {"diagnosis": Diagnosis("D101", "slip", "", None)},
    ],
)
def test_the_schema_tells_what_is_no_report(changed: dict) -> None:
    """A verdict that does not exist, a definition with a verdict, a proof with a witness."""
    assert valid(report(CLAIM).to_json())
    assert not valid(report(replace(CLAIM, **changed)).to_json())


# GitHub -----------------------------------------------------------------------------------------------


def test_a_finding_is_annotated_at_its_place() -> None:
    """A refuted step is an error with its mistake; the proved is not annotated."""
    text = github_annotations(report(CLAIM, replace(CLAIM, verdict="proved")))
    assert text == (
        "::error file=notes.md,line=6,endLine=7,col=3,endColumn=11,title=refuted%3A sign::b = c + d%0A"
        "D102 sign: the sign of $d$ is wrong; proved with the right side $c - d$%0A"
        "at m = 2, c = 3/2: the left side is 0.25, the right side 1.75\n"
    )


@pytest.mark.parametrize("verdict", VERDICTS)
def test_only_findings_are_annotated(verdict: str) -> None:
    """Errors for the refuted, warnings for what is in doubt."""
    text = github_annotations(report(replace(CLAIM, verdict=verdict)))
    assert text[:8].strip(": ").split()[:1] == {
        "refuted": ["error"],
        "undecided": ["warnin"],
        "unreadable": ["warnin"],
    }.get(verdict, [])


@given(path=st.text(max_size=20), source=st.text(max_size=40), message=st.text(max_size=40))
def test_a_document_cannot_write_an_annotation_of_its_own(path: str, source: str, message: str) -> None:
    """Whatever its text and name are, there is one line, one command and one message."""
    diagnosis = Diagnosis("D102", "sign", message, None)
    text = github_annotations(report(replace(CLAIM, rhs=source, diagnosis=diagnosis), path=path))
    assert re.fullmatch(r"::error file=[^\r\n:]*::[^\r\n]*\n", text)
