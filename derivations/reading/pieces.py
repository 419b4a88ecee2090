"""A document as prose and mathematics in order: Markdown or LaTeX, with places in the original text.

Code blocks, comments, verbatim text and what stands outside a LaTeX document's body are masked first, so
that no dollar sign in them starts a formula; masking keeps every offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivations.reading.chains import Chain, split_chains
from derivations.reading.commands import RELATIONS
from derivations.reading.token_habits import TokenHabits
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
    reader = _Formulas(masked, macros, TokenHabits.of(masked, list(_spans(markup))))
    pieces: list[Piece] = []
    position = 0
    fenced = list(markup.displays)
    for match in _MATH.finditer(masked):
        while fenced and fenced[0].start <= match.start():
            pieces += _prose(markup, position, fenced[0].start)
            pieces.append(reader.read(fenced[0], display=True))
            position = fenced.pop(0).end
        if match.start() < position:
            continue
        pieces += _prose(markup, position, match.start())
        group = next(name for name in _GROUPS if match[name])
        span = Span(match.start(group), match.end(group))
        pieces.append(reader.read(span, display=group in _DISPLAYS))
        position = match.end()
    for span in fenced:
        pieces += _prose(markup, position, span.start)
        pieces.append(reader.read(span, display=True))
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


def _spans(markup: Markup) -> Iterator[Span]:
    """All formulas of a document."""
    yield from markup.displays
    for match in _MATH.finditer(markup.text):
        group = next(name for name in _GROUPS if match[name])
        yield Span(match.start(group), match.end(group))


@dataclass(frozen=True, slots=True)
class _Formulas:
    """Reads stretches of a text as mathematics, with what the whole text says of its macros and names."""

    text: str
    macros: list[Macro]
    habits: TokenHabits

    def read(self, span: Span, *, display: bool) -> Mathematics:
        """The formula at `span` as chains, or with the problem that prevents it."""
        length = span.end - span.start
        if length > MAXIMUM_DISPLAY:
            return Mathematics(span, display, (), f"a formula of {length} characters is too long to be read")
        try:
            written = self.habits.applied(list(scan(self.text[span.start : span.end], span.start)))
            tokens = Expander(known_at(self.macros, span.start)).expand(written)
            chains = tuple(split_chains(tokens))
            related = any(token.text in RELATIONS for token in tokens)
            if display and related and not any(chain.relations for chain in chains):
                return Mathematics(span, display, (), "this display could not be split into statements")
            return Mathematics(span, display, chains)
        except FormulaError as error:
            return Mathematics(span, display, (), str(error))
        except RecursionError:
            return Mathematics(span, display, (), "the formula is nested too deeply")
