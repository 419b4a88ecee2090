"""A report as a LaTeX document: the author's displays again, each line with its verdict in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from derivations.checking.report import DocumentReport, Report, StatementReport
from derivations.writing.macros import Macro, macros_of, opened
from derivations.writing.mathml import tidied
from derivations.writing.safe_latex import escaped, is_safe

MARKS = {
    "proved": "\\checkmark",
    "proved-where-defined": "(\\checkmark)",
    "refuted": "\\times",
    "undecided": "?",
    "unreadable": "\\dots",
    "definition": ":=",
    "assumption": "\\because",
}
"""The sign of each verdict in the margin, and of what is not judged."""

RELATIONS = {
    "<=": "\\leq",
    ">=": "\\geq",
    "!=": "\\neq",
    "prec": "\\prec",
    "preceq": "\\preceq",
    "succ": "\\succ",
    "succeq": "\\succeq",
    "in": "\\in",
    "is": "\\mathrel{\\text{is}}",
    "<": "<",
    ">": ">",
    "=": "=",
    ":=": ":=",
}
"""The relations as LaTeX."""

BEGIN = r"""\documentclass[leqno]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp,amsmath,amssymb,cancel}
\setlength{\oddsidemargin}{0pt}
\setlength{\textwidth}{16cm}
\setlength{\parindent}{0pt}
\allowdisplaybreaks
\newcommand{\verdict}[2]{\tag*{\makebox[3em][l]{$#1$ \textsf{\footnotesize #2}}}}
\begin{document}
\section*{Checked derivations}
"""
END = "\\end{document}\n"


def latex_document(report: Report) -> str:
    """The whole report; it compiles with pdflatex."""
    return BEGIN + _legend(report) + "".join(map(_document, report.documents)) + END


def _legend(report: Report) -> str:
    counts = report.summary
    found = (f"${MARKS[name]}$ {name} {count}" for name, count in counts.items() if name in MARKS and count)
    return f"{counts['claims']} claims: {', '.join(found)}. Beside a sign stands the line in the source.\n\n"


def _document(document: DocumentReport) -> str:
    macros = macros_of(document.source)
    blocks = "".join(_block(rows, macros) for rows in _chains(document.statements))
    return f"\\subsection*{{{escaped(document.path)}}}\n{blocks or 'No formula that states anything.'}\n\n"


def _chains(statements: tuple[StatementReport, ...]) -> Iterator[list[StatementReport]]:
    """Statements that go on with one another, together."""
    rows: list[StatementReport] = []
    for statement in statements:
        if rows and (rows[-1].rhs != statement.lhs or rows[-1].role != statement.role):
            yield rows
            rows = []
        rows.append(statement)
    if rows:
        yield rows


def _block(rows: list[StatementReport], macros: Mapping[str, Macro]) -> str:
    """One display, and below it what is to be told of its lines."""
    shown = " \\\\\n".join(_row(row, macros, first=position == 0) for position, row in enumerate(rows))
    told = "".join(_remarks(row, macros) for row in rows)
    remarks = f"\\begin{{itemize}}\n{told}\\end{{itemize}}\n" if told else ""
    return f"\\begin{{align*}}\n{shown}\n\\end{{align*}}\n{remarks}"


def _row(row: StatementReport, macros: Mapping[str, Macro], *, first: bool) -> str:
    left = _side(row, row.lhs, macros) if first else ""
    relation = RELATIONS.get(row.relation, f"\\mathrel{{\\text{{{escaped(row.relation)}}}}}")
    right = _side(row, row.rhs, macros)
    mark = MARKS.get(row.verdict or row.role, "")
    return f"{left} &{relation} {right} \\verdict{{{mark}}}{{{row.line_of_right}}}"


def _side(row: StatementReport, source: str, macros: Mapping[str, Macro]) -> str:
    """A side as a formula, or as the text that it is."""
    formula = tidied(opened(source, macros))
    if row.verdict != "unreadable" and is_safe(formula):
        return formula
    return f"\\text{{\\ttfamily {escaped(source)}}}" if source else ""


def _remarks(row: StatementReport, macros: Mapping[str, Macro]) -> str:
    """An item with what there is to say of one line; nothing where there is nothing."""
    told: list[str] = []
    if row.diagnosis:
        message = "".join(_with_formulas(row.diagnosis.message, macros))
        told.append(f"\\textbf{{{escaped(f'{row.diagnosis.code} {row.diagnosis.mistake}')}}}: {message}.")
        if row.diagnosis.repair is not None:
            told.append(f"Proved instead: {_formula(row.diagnosis.repair, macros)}.")
    told += [f"{escaped(fact[:1].upper() + fact[1:])}." for fact in row.facts]
    if not told:
        return ""
    label = f"{escaped(row.where)}, {escaped(row.verdict or row.role)}:"
    return f"\\item \\raggedright {label} {' '.join(told)}\n"


def _with_formulas(text: str, macros: Mapping[str, Macro]) -> Iterator[str]:
    """The parts of a message, its formulas between dollar signs drawn, with the blanks between them."""
    for position, part in enumerate(text.split("$")):
        if position % 2:
            yield _formula(part, macros)
        else:
            after = " " if part.strip() and part.endswith(" ") else ""
            yield f"{' ' * part.startswith(' ')}{escaped(part)}{after}"


def _formula(latex: str, macros: Mapping[str, Macro]) -> str:
    formula = tidied(opened(latex, macros))
    return f"${formula}$" if is_safe(formula) else f"\\texttt{{{escaped(latex)}}}"
