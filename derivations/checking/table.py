"""A report as one small table of HTML, for notebooks; everything from the document is escaped."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from derivations.checking.report import printable

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


AS_IT_IS = "mathjax_ignore tex2jax_ignore"
"""The classes by which notebooks are told to leave text between dollar signs as it is: it is a document's."""


def escape(text: str) -> str:
    """`text` as HTML that shows it."""
    return html.escape(printable(text))


def html_table(report: Report) -> str:
    """The claims of `report` as a table with one row a claim, and the summary as its caption.

    A definition or an assumption has a row only where nothing else is to be shown.
    """
    shown = ((document, claim) for document in report.documents for claim in document.claims)
    others = ((document, one) for document in report.documents for one in document.statements)
    rows = "".join(
        _row(document.path_of(one.part), one) for document, one in (list(shown) or list(others)[:1])
    )
    caption = escape(", ".join(f"{name} {count}" for name, count in report.summary.items() if count))
    head = "<tr><th>place</th><th>verdict</th><th>claim</th><th>remarks</th></tr>"
    return f'<table class="{AS_IT_IS}"><caption>{caption or "no statements"}</caption>{head}{rows}</table>'


def _row(path: str, claim: StatementReport) -> str:
    verdict = claim.verdict or claim.role
    place = f"{path}:{claim.line}:{claim.column}" if path else f"line {claim.line}"
    step = f"{claim.lhs} {claim.relation} {claim.rhs}"
    cells = (
        escape(place),
        f'<span style="color:{COLOURS.get(verdict, "inherit")}">{escape(verdict)}</span>',
        f"<code>{escape(step)}</code>",
        "<br>".join(map(_with_formulas, claim.remarks)),
    )
    return "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>"


def _with_formulas(text: str) -> str:
    """A remark with its formulas, which stand between dollar signs, set apart."""
    parts = map(escape, text.split("$"))
    return "".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))
