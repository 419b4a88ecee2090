"""A document as prose and mathematics in order: Markdown or LaTeX, with places in the original text.

Code blocks, comments, verbatim text and what stands outside a LaTeX document's body are masked first, so
that no dollar sign in them starts a formula; masking keeps every offset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from derivations.reading.chains import Chain, split_chains
from derivations.reading.commands import RELATIONS
from derivations.reading.markup import Markup, blank, markup_of, without_comments
from derivations.reading.scan import Expander, FormulaError, Macro, find_macros, known_at, scan
from derivations.reading.tree import Span

MAXIMUM_LENGTH = 2_000_000
MAXIMUM_DISPLAY = 40_000


@dataclass(frozen=True, slots=True)
class Prose:
    """Plain text between formulas."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or a paragraph set in bold: a new part of the document."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Mathematics:
    """A formula in the running text or displayed, as chains; a problem where it could not be split."""

    span: Span
    display: bool
    chains: tuple[Chain, ...]
    problem: str | None = None


Piece = Prose | Heading | Mathematics

_ENVIRONMENTS = (
    "equation align gather multline flalign alignat eqnarray displaymath math aligned split gathered dmath "
    "subequations IEEEeqnarray"
)
_NAMES = "|".join(_ENVIRONMENTS.split())
_MATH = re.compile(
    r"\$\$(?P<dollars>.+?)\$\$"
    r"|\\?\\\[(?P<bracket>.+?)\\?\\\]"
    rf"|\\begin\{{(?P<name>(?:{_NAMES})\*?)\}}(?P<environment>.+?)\\end\{{(?P=name)\}}"
    r"|\\?\\\((?P<inline>.+?)\\?\\\)"
    r"|(?<![\\$])\$`(?P<quoted>[^`\n]+)`\$"
    r"|(?<![\\$])\$(?P<dollar>(?:[^$\\\n]|\\.|\n(?!\s*\n))+?)\$(?!\d)",
    re.DOTALL,
)


_DISPLAYS = ("dollars", "bracket", "environment")
_GROUPS = (*_DISPLAYS, "inline", "quoted", "dollar")


def read_pieces(text: str, format: str) -> list[Piece]:
    """The pieces of a document in ``md`` or ``tex``; never raises on what it finds in one."""
    commented = without_comments(text, format)
    macros, stretches = find_macros(commented)
    markup = markup_of(blank(commented, stretches), format)
    masked = markup.text
    pieces: list[Piece] = []
    position = 0
    fenced = list(markup.displays)
    for match in _MATH.finditer(masked):
        while fenced and fenced[0].start < match.start():
            pieces += _prose(markup, position, fenced[0].start)
            pieces.append(_mathematics(masked, fenced[0].start, fenced[0].end, True, macros))
            position = fenced.pop(0).end
        if match.start() < position:
            continue
        pieces += _prose(markup, position, match.start())
        group = next(name for name in _GROUPS if match[name])
        display = group in _DISPLAYS
        pieces.append(_mathematics(masked, match.start(group), match.end(group), display, macros))
        position = match.end()
    for span in fenced:
        pieces += _prose(markup, position, span.start)
        pieces.append(_mathematics(masked, span.start, span.end, True, macros))
        position = span.end
    return pieces + _prose(markup, position, len(masked))


def _prose(markup: Markup, start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    position = start
    for heading in markup.headings:
        if not start <= heading.start < end:
            continue
        if heading.start > position:
            pieces.append(Prose(Span(position, heading.start), markup.text[position : heading.start]))
        position = min(heading.end, end)
        pieces.append(Heading(Span(heading.start, position), markup.text[heading.start : position]))
    if position < end and markup.text[position:end].strip():
        pieces.append(Prose(Span(position, end), markup.text[position:end]))
    return pieces


def _mathematics(text: str, start: int, end: int, display: bool, macros: list[Macro]) -> Mathematics:
    span = Span(start, end)
    if end - start > MAXIMUM_DISPLAY:
        return Mathematics(span, display, (), f"a formula of {end - start} characters is too long to be read")
    try:
        tokens = Expander(known_at(macros, start)).expand(list(scan(text[start:end], start)))
        chains = tuple(split_chains(tokens))
        related = any(token.text in RELATIONS for token in tokens)
        if display and related and not any(chain.relations for chain in chains):
            return Mathematics(span, display, (), "this display could not be split into statements")
        return Mathematics(span, display, chains)
    except FormulaError as error:
        return Mathematics(span, display, (), str(error))
    except RecursionError:
        return Mathematics(span, display, (), "the formula is nested too deeply")
