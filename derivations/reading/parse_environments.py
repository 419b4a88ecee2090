"""Environments inside a formula: ``cases``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.reading.scan import FormulaError
from derivations.reading.tree import (
    CaseRows,
    Syntax,
)

if TYPE_CHECKING:
    from derivations.reading.formula import Parser


def read_environment(parser: Parser) -> Syntax:
    """The rows of ``cases``."""
    start = parser.take().span
    name = environment_name(parser)
    if name not in ("cases", "dcases", "rcases"):
        raise FormulaError(
            start, f"the environment {name} is not read inside a formula; name the entries: A_{{ij}} = ..."
        )
    rows: list[tuple[Syntax, Syntax | None]] = []
    while parser.text != "\\end":
        value = parser.related()
        condition: Syntax | None = None
        if parser.text in ("&", ","):
            while parser.text in ("&", ","):
                parser.take()
            condition = read_condition(parser)
        rows.append((value, condition))
        if parser.text in (",", ".", ";"):
            parser.take()
        while parser.text in ("\\\\", "\\cr"):
            parser.take()
            if parser.text == "[":
                while parser.take().text != "]":
                    pass
    parser.take("\\end")
    environment_name(parser)
    return CaseRows(parser.since(start), tuple(rows))


def read_condition(parser: Parser) -> Syntax | None:
    """The condition behind a case; None is "otherwise"."""
    if parser.text in ("\\text", "\\mbox", "\\textrm"):
        parser.take()
        words = text_content(parser).strip().lower()
        if words in ("otherwise", "else", "otherwise.", "sonst"):
            return None
        if words not in ("if", "for", "when", "if ", "for all"):
            raise FormulaError(parser.here, f"the condition {words!r} is not understood")
    return parser.related()


def text_content(parser: Parser) -> str:
    """The text of a braced argument."""
    parser.take("{")
    depth, found = 1, ""
    while True:
        text = parser.take().text
        depth += {"{": 1, "}": -1}.get(text, 0)
        if depth == 0:
            return found
        found += text


def environment_name(parser: Parser) -> str:
    """The name in ``\\begin{...}``."""
    return text_content(parser)
