"""A report as one page of HTML that needs nothing else: formulas in MathML, no script, everything escaped.

A verdict is told by a sign and a word as well as by its colour, so that it survives print and any eye.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib import resources

from derivations.checking.report import (
    VERDICTS,
    Diagnosis,
    DocumentReport,
    Report,
    StatementReport,
)
from derivations.checking.table import AS_IT_IS, escape
from derivations.writing.macros import Macro, macros_of, opened
from derivations.writing.mathml import NoMathML, mathml, tidied

SIGNS = {
    "proved": "✓",
    "proved-where-defined": "(✓)",
    "refuted": "✗",
    "undecided": "?",
    "unreadable": "…",
    "definition": ":=",
    "assumption": "∵",
}
"""The sign of each verdict, and of what is not judged."""

WORDS = {"proved-where-defined": "proved where defined"}
"""Verdicts that read otherwise to people."""

FEW = 8
"""Statements that need no list of findings."""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}</main>
</body>
</html>
"""


def html_page(report: Report) -> str:
    """The whole report as a page."""
    return PAGE.format(title="Checked derivations", style=style(), body=body(report))


def html_fragment(report: Report) -> str:
    """The report as a part of another page, such as a notebook: its style touches itself only."""
    shown = body(report, _mark(report))
    return f'<div class="derivations-report {AS_IT_IS}"><style>{_scoped(style())}</style>\n{shown}</div>\n'


def _scoped(sheet: str) -> str:
    """`sheet` for what stands inside of the fragment."""
    inner = sheet.replace(":root", ":scope").replace("body {", ":scope {")
    return f"@scope (.derivations-report) {{\n{inner}}}\n"


def style() -> str:
    """The style sheet of the page."""
    return (resources.files("derivations.writing") / "report.css").read_text("utf-8")


def _mark(report: Report) -> str:
    """What sets the anchors of one report apart from those of others in the same page."""
    return f"r{sha256(report.to_json().encode('utf-8', 'backslashreplace')).hexdigest()[:10]}"


def body(report: Report, mark: str = "") -> str:
    """What stands in the page: the summary, then document by document; anchors begin with `mark`."""
    counts = report.summary
    claims = f"{counts['claims']} claim{'s' * (counts['claims'] != 1)}"
    found = "".join(f"<li>{_badge(v)} {counts[v]}</li>" for v in VERDICTS if counts[v])
    return (
        f"<p>{claims}{':' * bool(found)}</p>\n"
        + (f'<ul class="summary">{found}</ul>\n' if found else "")
        + "".join(
            _document(f"{mark}d{number}", document)
            for number, document in enumerate(report.documents, start=1)
        )
    )


def _findings(mark: str, document: DocumentReport) -> str:
    """Links to what is not proved; nothing for a document that is seen at one glance."""
    rows = "".join(
        f'<li><a href="#{mark}s{position}">{_badge(statement.verdict or "")} '
        f'<span class="place">line {statement.line_of_right}</span>{_word(statement.diagnosis)}</a></li>\n'
        for position, statement in enumerate(document.statements, start=1)
        if not statement.accepted
    )
    if not rows or len(document.statements) <= FEW:
        return ""
    label = f"findings in {escape(document.path)}"
    return f'<nav aria-label="{label}"><ul class="findings">\n{rows}</ul></nav>\n'


def _word(diagnosis: Diagnosis | None) -> str:
    return "" if diagnosis is None else f" {escape(diagnosis.mistake)}"


def _badge(kind: str) -> str:
    """A verdict as a sign and a word."""
    sign, word = SIGNS.get(kind, ""), WORDS.get(kind, kind)
    return (
        f'<span class="badge {escape(kind)}"><span aria-hidden="true">{escape(sign)}</span> '
        f"{escape(word)}</span>"
    )


def _document(mark: str, document: DocumentReport) -> str:
    macros = macros_of(document.source)
    steps = ""
    for position, statement in enumerate(document.statements, start=1):
        kind, shown = escape(statement.verdict or statement.role), "".join(_statement(statement, macros))
        steps += f'<li class="{kind}" id="{mark}s{position}">{shown}</li>\n'
    empty = "" if steps else "<p>No formula that states anything.</p>\n"
    listed = f'<ol class="statements">\n{steps}</ol>\n' if steps else empty
    title = "" if document.path == "<text>" else f"<h2>{escape(document.path)}</h2>\n"
    head = f"{title}{_findings(mark, document)}"
    return f"<section>\n{head}{listed}{_names(document)}</section>\n"


def _names(document: DocumentReport) -> str:
    """How every name was understood, folded away."""
    rows = "".join(
        f'<tr><th scope="row">{escape(n.name)}</th><td>{escape(n.reading)}</td><td>{escape(n.origin)}</td>'
        f"<td>{escape(n.where)}</td></tr>"
        for n in document.declarations
    )
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{title}</th>' for title in ("name", "read as", "how known", "where"))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<details class="names"><summary>How the names were read</summary>{table}</details>\n'


def _statement(statement: StatementReport, macros: Mapping[str, Macro]) -> Iterator[str]:
    kind = statement.verdict or statement.role
    yield f'<p class="head">{_badge(kind)} <span class="place">{escape(statement.where)}</span></p>\n'
    yield _step(statement, macros)
    if statement.diagnosis:
        yield from _diagnosis(statement.diagnosis, macros)
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in statement.facts)
    if facts:
        yield f'<ul class="facts">{facts}</ul>\n'
    yield from _details(statement)


def _step(statement: StatementReport, macros: Mapping[str, Macro]) -> str:
    """The step as its author wrote it, drawn where that can be done."""
    try:
        sides = (tidied(opened(side, macros)) for side in (statement.lhs, statement.rhs))
        drawn = mathml(f" {RELATIONS.get(statement.relation, statement.relation)} ".join(sides), block=True)
    except NoMathML:
        plain = " ".join(f"{statement.lhs} {statement.relation} {statement.rhs}".split())
        drawn = f"<code>{escape(plain)}</code>"
    return f'<div class="step" {scrolled("step")}>{drawn}</div>\n'


def scrolled(label: str) -> str:
    """The attributes of a box that may be wider than a phone: the keyboard must reach it."""
    return f'role="group" tabindex="0" aria-label="{label}"'


RELATIONS = {"<=": "\\leq", ">=": "\\geq", "!=": "\\neq", "in": "\\in"} | {
    sign: f"\\{sign}" for sign in ("prec", "preceq", "succ", "succeq")
}
"""Relations that LaTeX writes otherwise."""


def _diagnosis(diagnosis: Diagnosis, macros: Mapping[str, Macro]) -> Iterator[str]:
    told = f"<strong>{escape(diagnosis.code)} {escape(diagnosis.mistake)}</strong>"
    message = "".join(with_formulas(diagnosis.message, macros))
    yield f'<div class="wide" {scrolled("mistake")}>{told}: {message}</div>\n'
    if diagnosis.repair is not None:
        repair = _inline(diagnosis.repair, macros)
        yield f'<div class="wide" {scrolled("repair")}>Proved instead: {repair}</div>\n'


def with_formulas(text: str, macros: Mapping[str, Macro]) -> Iterable[str]:
    """The parts of a message, its formulas between dollar signs drawn."""
    for position, part in enumerate(text.split("$")):
        yield _inline(part, macros) if position % 2 else escape(part)


def _inline(latex: str, macros: Mapping[str, Macro]) -> str:
    try:
        return mathml(tidied(opened(latex, macros)))
    except NoMathML:
        return f"<code>{escape(latex)}</code>"


def _details(statement: StatementReport) -> Iterator[str]:
    """The source and the reading, folded away."""
    source = f"{statement.lhs} {statement.relation} {statement.rhs}".strip()
    parts = f"<dt>source</dt><dd><code>{escape(source)}</code></dd>"
    if statement.reading:
        parts += f"<dt>read as</dt><dd><code>{escape(statement.reading)}</code></dd>"
    if statement.diagnosis and statement.diagnosis.repair is not None:
        parts += f"<dt>proved instead</dt><dd><code>{escape(statement.diagnosis.repair)}</code></dd>"
    yield f"<details><summary>source and reading</summary><dl>{parts}</dl></details>\n"
