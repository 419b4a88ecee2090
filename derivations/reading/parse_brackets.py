"""Numbers and brackets: groups, bars, indicators."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivations.reading.commands import (
    CLOSERS,
    EVALUATED,
    KINDS,
    OPENERS,
    RELATIONS,
)
from derivations.reading.scan import FormulaError, is_digit
from derivations.reading.tree import (
    Evaluated,
    Group,
    Indicator,
    Numeral,
    Span,
    Syntax,
)

if TYPE_CHECKING:
    from derivations.reading.formula import Parser


MAXIMUM_DIGITS = 300


def read_numeral(parser: Parser) -> Syntax:
    """A number, or an indicator that begins with a 1."""
    start = parser.here
    text = parser.take().text
    while (
        is_digit(parser.text) and parser.tokens[parser.at].span.start == parser.tokens[parser.at - 1].span.end
    ):
        text += parser.take().text
    following = parser.tokens[parser.at + 1].text if parser.at + 1 < len(parser.tokens) else ""
    if parser.text == "." and is_digit(following):
        text += parser.take().text
        while is_digit(parser.text):
            text += parser.take().text
    if len(text) > MAXIMUM_DIGITS:
        raise FormulaError(start, f"a number of {len(text)} digits is too long to be read")
    number = Numeral(parser.since(start), Fraction(text))
    if text == "1" and parser.text in ("\\{", "\\lbrace"):
        return read_indicator(parser, start)
    return number


def read_indicator(parser: Parser, start: Span) -> Syntax:
    """``1{...}``: the condition in brackets."""
    group = read_group(parser)
    assert isinstance(group, Group)
    if len(group.items) != 1:
        raise FormulaError(group.span, "an indicator needs one condition")
    return Indicator(parser.since(start), group.items[0])


def read_group(parser: Parser) -> Syntax:
    """Brackets and what commas, semicolons and bars separate in them."""
    start = parser.here
    opening = parser.take().text
    closing = OPENERS[opening]
    kind = KINDS.get(opening, opening)
    parser.inside.append(closing)
    items, marks = [parser.related()], ""
    while (mark := _take_separator(parser, closing)) is not None:
        marks += mark
        items.append(parser.related())
    parser.inside.pop()
    if parser.text == closing:
        parser.take()
    elif kind in ("[", "(") and parser.text in (")", "]"):
        # An interval with one end; as brackets around a formula the two do not fit.
        kind += parser.take().text
    else:
        raise FormulaError(
            start, f"{opening} is not closed: {closing} is expected before {parser.text or 'the end'}"
        )
    return Group(parser.since(start), kind, tuple(items), marks)


_SEPARATORS = {
    **{mark: mark for mark in (",", ";", "|")},
    **dict.fromkeys(("\\mid", "\\vert"), "|"),
    **dict.fromkeys(("\\|", "\\Vert", "\\parallel"), ";"),
}
"""What stands between items in brackets, and the mark for it; ``D(p \\| q)`` has just two arguments."""


def _take_separator(parser: Parser, closing: str) -> str | None:
    """The mark that comes next, taken; None where no mark does."""
    if parser.text not in _SEPARATORS or parser.text == closing:
        return None
    mark = parser.take()
    if mark.text == "|" and parser.text == "|" and parser.here.start == mark.span.end:
        parser.take()
        return ";"
    return _SEPARATORS[mark.text]


def bar_divides(parser: Parser) -> bool:
    """Whether the bar at hand stands between two items of its bracket, and opens nothing.

    Bars that open have a partner: in ``(\\lambda |w|)`` an even number of bars is left, in ``(y | x)`` an odd
    one.
    """
    bar, depth, count, at = parser.text, 0, 0, parser.at
    double = bar == "|" and _doubled(parser, at)
    while at < len(parser.tokens):
        text = parser.tokens[at].text
        if text == bar and depth == 0:
            after = parser.tokens[at + 1].text if at + 1 < len(parser.tokens) else ""
            if _doubled(parser, at) == double and after != "_":
                count += 1
            at += _doubled(parser, at)
        elif text != "\\|" and text != "\\Vert":
            depth += (text in OPENERS or text == "{") - (text in CLOSERS)
            if depth < 0:
                break
        at += 1
    return count % 2 == 1


def _doubled(parser: Parser, at: int) -> bool:
    """Whether the bar at `at` and the next one are a double bar."""
    pair = parser.tokens[at : at + 2]
    return [token.text for token in pair] == ["|", "|"] and pair[0].span.end == pair[1].span.start


def read_bars_group(parser: Parser) -> Syntax:
    """Bars: an absolute value or a norm."""
    start = parser.take().span
    double = parser.text == "|"
    if double:
        parser.take()
    parser.inside.append("|")
    found = parser.related()
    parser.inside.pop()
    parser.take("|")
    if double:
        parser.take("|")
        return Group(parser.since(start), "\\|", (found,))
    return Group(parser.since(start), "|", (found,))


def read_evaluated(parser: Parser) -> Syntax:
    """``\\left. ... \\right|_{x = 0}``."""
    start = parser.take().span
    parser.inside.append(EVALUATED)
    found = parser.related()
    parser.inside.pop()
    if not parser.evaluates:
        raise FormulaError(start, "\\left. opens what a bar with a point below it closes")
    parser.take()
    parser.take("_")
    return Evaluated(parser.since(start), found, parser.script())


def relation_ahead(parser: Parser) -> bool:
    """Whether the bracket that opens here holds a relation of its own."""
    depth = 0
    for token in parser.tokens[parser.at :]:
        depth += (token.text in OPENERS or token.text == "{") - (token.text in CLOSERS)
        if depth == 1 and token.text in RELATIONS:
            return True
        if depth == 0:
            return False
    return False
