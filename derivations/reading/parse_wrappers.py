"""Letters in fonts and under accents, words, and what is only decoration."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivations.reading.commands import (
    ACCENTS,
    FONTS,
    WORD_PREFIXES,
)
from derivations.reading.parse_brackets import read_indicator, relation_ahead
from derivations.reading.parse_signs import read_applied
from derivations.reading.scan import FormulaError
from derivations.reading.tree import (
    Dots,
    Group,
    Indicator,
    Numeral,
    Related,
    Span,
    Symbol,
    Syntax,
    Terms,
    Word,
)

if TYPE_CHECKING:
    from derivations.reading.formula import Parser


def read_font(parser: Parser) -> Syntax:
    """A letter in a font, an indicator, or a word."""
    start = parser.here
    command = parser.take().text
    font = FONTS[command]
    content = plain_content(parser)
    if font == "bb" and content in ("1", "I"):
        if parser.text in ("\\{", "[", "(", "\\lbrace"):
            return read_indicator(parser, start)
        if parser.text == "_":
            mark = parser.at
            parser.take()
            condition = parser.script()
            if isinstance(condition, Related):
                return Indicator(parser.since(start), condition)
            parser.at = mark
        return Symbol(parser.since(start), "1", font="bb")
    if command in ("\\mathbf", "\\boldsymbol", "\\bm") and content == "1":
        if parser.text == "\\{" or (parser.text in ("[", "(") and relation_ahead(parser)):
            return read_indicator(parser, start)
        return Symbol(parser.since(start), "1", font="bb")
    if content is not None and command == "\\mathrm" and len(content) > 1:
        return read_named(parser, content, start)
    if content is not None and len(content) == 1 and content.isalpha():
        return Symbol(parser.since(start), content, font=font)
    inner = parser.single() if content is None else None
    if inner is None:
        if content is not None and content.isdigit():
            return Numeral(parser.since(start), Fraction(content))
        raise FormulaError(start, f"the name {content} is not read")
    if isinstance(inner, Symbol):
        return Symbol(inner.span, inner.name, inner.accent, font or inner.font)
    return inner


def plain_content(parser: Parser) -> str | None:
    """The letters of a braced argument or the one letter that follows, None if there is more to it."""
    if parser.text != "{":
        if len(parser.text) == 1 and parser.text.isalnum():
            return parser.take().text
        return None
    position = parser.at + 1
    letters = ""
    while position < len(parser.tokens) and len(parser.tokens[position].text) >= 1:
        text = parser.tokens[position].text
        if text == "}":
            parser.at = position + 1
            return letters if letters else None
        if not text.isalnum():
            return None
        letters += text
        position += 1
    return None


def read_named(parser: Parser, content: str, start: Span) -> Syntax:
    """An upright word: a known function or a name."""
    if content in WORD_PREFIXES:
        return read_applied(parser, WORD_PREFIXES[content], start)
    return Word(parser.since(start), content)


def read_word(parser: Parser) -> Syntax:
    """``\\operatorname`` and the like."""
    start = parser.here
    parser.take()
    content = plain_content(parser)
    if content is None:
        raise FormulaError(start, "text that stands inside a formula")
    return read_named(parser, content, start)


def read_accent(parser: Parser) -> Syntax:
    """A letter with a hat or a bar."""
    start = parser.here
    accent = ACCENTS[parser.take().text]
    base = parser.single()
    if not isinstance(base, Symbol):
        raise FormulaError(start, "an accent on something that is not a letter")
    return Symbol(parser.since(start), base.name, accent, base.font)


def read_wrapped(parser: Parser) -> Syntax:
    """What ``\\boxed``, ``\\cancel`` or ``\\underbrace`` goes around."""
    command = parser.take().text
    if (
        parser.text == "{"
        and parser.tokens[parser.at + 1 : parser.at + 2]
        and parser.tokens[parser.at + 1].text in ("+", "-")
    ):
        raise FormulaError(parser.here, f"{command} around a signed term")
    found = parser.single()
    if command in ("\\underbrace", "\\overbrace") and parser.text in ("_", "^"):
        parser.take()
        skip_argument(parser)
    return Group(found.span, "(", (found,)) if isinstance(found, Terms) else found


def skip_argument(parser: Parser) -> None:
    """Pass over one argument."""
    if parser.text != "{":
        parser.take()
        return
    depth = 0
    while True:
        depth += {"{": 1, "}": -1}.get(parser.take().text, 0)
        if depth == 0:
            return


def read_colour(parser: Parser) -> Syntax:
    """What is coloured, without its colour."""
    parser.take()
    skip_argument(parser)
    return parser.single()


def read_dots(parser: Parser) -> Syntax:
    """An ellipsis."""
    return Dots(parser.take().span)
