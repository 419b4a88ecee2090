"""A document as prose and mathematics in order: Markdown or LaTeX, with places in the original text.

Code blocks, comments, verbatim text and what stands outside a LaTeX document's body are masked first, so
that no dollar sign in them starts a formula; masking keeps every offset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from derivations.reading.chains import Chain, split_chains
from derivations.reading.commands import MAXIMUM_DEPTH, RELATIONS
from derivations.reading.directives import Directive, directives_in
from derivations.reading.displays import Formula, formulas_in
from derivations.reading.frames import moved_on
from derivations.reading.macros import Macros, find_macros
from derivations.reading.markup import Markup, blank, markup_of
from derivations.reading.mistakes import unbalanced
from derivations.reading.scan import FormulaError, Token, scan
from derivations.reading.token_habits import TokenHabits
from derivations.reading.tree import Span

MAXIMUM_DISPLAY = 20_000
"""Characters of one formula."""

_MARKS = str.maketrans("⟦⟧", "[]")
"""The signs that stand for formulas in sentences are none of the author's."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Plain text between formulas; an aside is a directive's sentence, which interrupts no other."""

    span: Span
    text: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or a paragraph set in bold: a new part of the document."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where a theorem or proof begins or ends; `frame` is the number of what stands behind it."""

    span: Span
    frame: int
    kind: str = ""
    """What stands behind it, "theorem" or "example"."""


@dataclass(frozen=True, slots=True)
class Mathematics:
    """A formula in the running text or displayed, as chains; a problem where it could not be split."""

    span: Span
    display: bool
    chains: tuple[Chain, ...]
    problem: str | None = None
    problem_span: Span | None = None
    aside: bool = False


Piece = Prose | Heading | Boundary | Mathematics


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a document in order, and the directives in its comments."""

    pieces: tuple[Piece, ...]
    directives: tuple[Directive, ...]


def read_pieces(text: str, format: str, breaks: tuple[int, ...] = ()) -> Pieces:
    """The pieces of a document in ``md`` or ``tex``; never raises on what it finds in one.

    `breaks` are offsets that no formula and no code block crosses: where the cells of a notebook begin.
    """
    whole = _markup(text, format, breaks)
    macros, defining = find_macros(whole.commands)
    markup = replace(whole, text=blank(whole.text, defining))
    directives = tuple(directives_in(text, markup.comments, format))
    formulas = list(_formulas(markup, format, breaks))
    habits = TokenHabits.of(markup.text, [formula.inside for formula in formulas])
    reader = _Reader(text, format, markup, macros, habits, directives)
    return Pieces(tuple(reader.pieces(formulas)), directives)


def _markup(text: str, format: str, breaks: tuple[int, ...]) -> Markup:
    """The markup of every stretch between two breaks, put together."""
    bounds = (*sorted({0, *breaks}), len(text))
    if len(bounds) == 2:
        return markup_of(text, format)
    found = [(start, markup_of(text[start:end], format)) for start, end in pairwise(bounds)]

    def spans(name: str) -> tuple[Span, ...]:
        return tuple(
            Span(start + span.start, start + span.end)
            for start, part in found
            for span in getattr(part, name)
        )

    text, commands = ("".join(getattr(part, name) for _, part in found) for name in ("text", "commands"))
    frames = moved_on((start, part.frames) for start, part in found)
    return Markup(text, commands, spans("headings"), spans("displays"), spans("comments"), tuple(frames))


def _formulas(markup: Markup, format: str, breaks: tuple[int, ...]) -> Iterator[Formula]:
    """The formulas in order, those that the markup fences among them."""
    bounds = (*sorted({0, *breaks}), len(markup.text))
    fenced = list(markup.displays)[::-1]
    for start, end in pairwise(bounds):
        for formula in formulas_in(markup.text, start, end, format):
            while fenced and fenced[-1].start <= formula.whole.start:
                span = fenced.pop()
                yield Formula(span, span, display=True)
            yield formula
    yield from (Formula(span, span, display=True) for span in reversed(fenced))


@dataclass(frozen=True, slots=True)
class _Reader:
    source: str
    format: str
    markup: Markup
    macros: Macros
    habits: TokenHabits
    directives: tuple[Directive, ...]

    def pieces(self, formulas: list[Formula]) -> Iterator[Piece]:
        """Everything in order: prose, what marks the text, formulas, and the asides between them."""
        position = 0
        marks = self._marks()
        asides = [d.sentence for d in self.directives if d.sentence is not None][::-1]
        for formula in formulas:
            if formula.whole.start < position:
                continue
            yield from self._prose(marks, position, formula.whole.start)
            position = formula.whole.end
            while asides and asides[-1].start < position:
                yield from self._aside(asides.pop())
            yield self._mathematics(formula)
        yield from self._prose(marks, position, len(self.markup.text))
        while asides:
            yield from self._aside(asides.pop())

    def _marks(self) -> list[Heading | Boundary]:
        """Headings and the boundaries of theorems, the last one first."""
        text = self.markup.text
        marks: list[Heading | Boundary] = [Heading(s, text[s.start : s.end]) for s in self.markup.headings]
        marks += [Boundary(edge.span, edge.frame, edge.kind) for edge in self.markup.frames]
        return sorted(marks, key=lambda mark: (mark.span.start, isinstance(mark, Heading)), reverse=True)

    def _prose(self, marks: list[Heading | Boundary], start: int, end: int) -> Iterator[Piece]:
        """The stretch between two formulas, with the marks in it; marks inside of formulas are left out."""
        text = self.markup.text
        while marks and marks[-1].span.start < start:
            marks.pop()
        while marks and marks[-1].span.start < end:
            mark = marks.pop()
            if mark.span.start > start:
                yield Prose(Span(start, mark.span.start), text[start : mark.span.start].translate(_MARKS))
            start = min(mark.span.end, end)
            inside = Span(mark.span.start, start)
            yield (
                replace(mark, span=inside)
                if isinstance(mark, Boundary)
                else Heading(inside, text[inside.start : start].translate(_MARKS))
            )
        if start < end and text[start:end].strip():
            yield Prose(Span(start, end), text[start:end].translate(_MARKS))

    def _aside(self, span: Span) -> Iterator[Piece]:
        """The sentence of a directive."""
        position = span.start
        for formula in formulas_in(self.source, span.start, span.end, self.format):
            yield Prose(
                Span(position, formula.whole.start), self.source[position : formula.whole.start], True
            )
            yield replace(self._mathematics(formula, self.source), aside=True)
            position = formula.whole.end
        yield Prose(Span(position, span.end), self.source[position : span.end], True)

    def _mathematics(self, formula: Formula, text: str | None = None) -> Mathematics:
        span, display = formula.inside, formula.display
        length = span.end - span.start
        problem = formula.problem
        if problem is None and length > MAXIMUM_DISPLAY:
            problem = f"a formula of {length:,} characters is too long to be read; {MAXIMUM_DISPLAY:,} are"
        if problem is not None:
            return Mathematics(span, display, (), problem)
        try:
            written = (text or self.markup.text)[span.start : span.end]
            tokens = self.habits.applied(list(scan(written, span.start)))
            tokens = self.macros.expanded(tokens, span.start)
            _check_depth(tokens)
            chains = tuple(split_chains(tokens))
        except FormulaError as error:
            return Mathematics(span, display, (), str(error), error.span)
        except RecursionError:
            return Mathematics(span, display, (), "the formula is nested too deeply")
        if display and not any(chain.relations for chain in chains):
            return _without_relation(Mathematics(span, display, chains), tokens)
        return Mathematics(span, display, chains)


def _without_relation(display: Mathematics, tokens: list[Token]) -> Mathematics:
    """A display that states nothing: as it is where it is a formula, with its problem where it is none."""
    wrong = unbalanced(tokens)
    if wrong is not None:
        return replace(display, chains=(), problem=wrong[1], problem_span=wrong[0].span)
    if any(token.text in RELATIONS for token in tokens):
        return replace(display, chains=(), problem="this display could not be split into statements")
    sides = [side for chain in display.chains for side in chain.sides if side.problem is not None]
    if sides:
        return replace(display, chains=(), problem=sides[0].problem, problem_span=sides[0].problem_span)
    return display


def _check_depth(tokens: list[Token]) -> None:
    """Raise `FormulaError` where braces are nested deeper than any reader would follow."""
    depth = 0
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth > 2 * MAXIMUM_DEPTH:
            raise FormulaError(token.span, f"braces are nested more than {2 * MAXIMUM_DEPTH} deep")
