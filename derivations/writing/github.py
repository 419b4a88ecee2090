"""A report as annotations of a pull request: GitHub shows each beside the line of the wrong step.

The form is that of workflow commands, ``::error file=notes.md,line=6::message``.
"""

from __future__ import annotations

from derivations.checking.report import Report, StatementReport, printable

LEVELS = {"refuted": "error", "undecided": "warning", "unreadable": "warning"}
"""How loud a finding is; what is proved is not annotated."""


def github_annotations(report: Report) -> str:
    """One line a finding."""
    return "".join(
        _annotation(document.path_of(claim.part), claim) + "\n"
        for document in report.documents
        for claim in document.claims
        if claim.verdict in LEVELS
    )


def _annotation(path: str, claim: StatementReport) -> str:
    verdict = claim.verdict or ""
    title = f"{verdict}: {claim.diagnosis.mistake}" if claim.diagnosis else verdict
    place = {
        "file": path,
        "line": claim.line,
        "endLine": claim.end_line,
        "col": claim.column,
        "endColumn": claim.end_column,
        "title": title,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    step = f"{claim.lhs} {claim.relation} {claim.rhs}"
    return f"::{LEVELS[verdict]} {properties}::{_data(chr(10).join((step, *claim.remarks)))}"


def _data(text: str) -> str:
    """`text` with what would end the command escaped, and nothing that steers a terminal."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
