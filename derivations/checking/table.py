"""A report as one small table of HTML, for notebooks; everything from the document is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivations.checking.report import Report, StatementReport

COLOURS = {
    "proved": "#1a7f37",
    "proved-where-defined": "#4d7c0f",
    "refuted": "#b42318",
    "undecided": "#9a6700",
    "unreadable": "#6e7781",
}
"""One colour a verdict."""


def html_table(report: Report) -> str:
    """The claims of `report` as a table with one row a claim, and the summary as its caption."""
    rows = "".join(
        _row(document.path_of(claim.part), claim)
        for document in report.documents
        for claim in document.claims
    )
    caption = escape(", ".join(f"{name} {count}" for name, count in report.summary.items() if count))
    head = "<tr><th>place</th><th>verdict</th><th>claim</th><th>remarks</th></tr>"
    return f"<table><caption>{caption or 'no statements'}</caption>{head}{rows}</table>"


def _row(path: str, claim: StatementReport) -> str:
    verdict = claim.verdict or ""
    step = f"{claim.lhs} {claim.relation} {claim.rhs}"
    cells = (
        escape(f"{path}:{claim.line}:{claim.column}"),
        f'<span style="color:{COLOURS.get(verdict, "inherit")}">{escape(verdict)}</span>',
        f"<code>{escape(step)}</code>",
        "<br>".join(escape(remark) for remark in claim.remarks),
    )
    return "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>"
