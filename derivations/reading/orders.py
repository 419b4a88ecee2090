"""Directives at work: which statements they concern, and what to say of those that concern none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from derivations.language import Derivation, Ignored, Role, Statement
from derivations.reading.directives import Directive
from derivations.reading.pieces import Piece
from derivations.reading.places import Places
from derivations.reading.sentences import Sentence
from derivations.reading.tree import Span

_NOTHING_DECLARED = (
    "nothing in this sentence is understood as a declaration; write one such as "
    '"Let $X \\in \\mathbb{R}^{m \\times n}$." or "Let $\\lambda > 0$."'
)


@dataclass(frozen=True, slots=True)
class _Order:
    directive: Directive
    region: Span | None = None
    """Statements that end in it are concerned."""
    problem: str | None = None


def with_orders(
    derivation: Derivation,
    directives: tuple[Directive, ...],
    displays: list[Span],
    places: Places,
    idle: frozenset[Span],
    missing: tuple[tuple[Span, str], ...],
) -> Derivation:
    """`derivation` under the directives of its document; one without effect is a claim with a problem.

    `displays` are the document's displays in order, `idle` the directives whose sentence declares nothing,
    `missing` the places at which something could not be put in, and why.
    """
    statements, problems = list(derivation.statements), []
    for order in _orders(directives, displays, places, idle):
        problem = order.problem
        if order.region is not None:
            concerned = [n for n, s in enumerate(statements) if _ends_in(s, order.region)]
            for number in concerned:
                statements[number] = _ordered(statements[number], order.directive, places)
            if not concerned:
                problem = f'"{order.directive.verb}" concerns no claim: move it to the claim, or remove it'
        if problem is not None:
            problems.append(_claim(order.directive.span, problem, places))
    problems += [_claim(span, problem, places) for span, problem in missing]
    told = sorted([*statements, *problems], key=lambda statement: statement.location.start)
    return replace(derivation, statements=tuple(told if problems else statements))


def idle_directives(
    directives: Sequence[Directive], speaking: Sequence[Sentence], pieces: Sequence[Piece]
) -> frozenset[Span]:
    """The directives with a sentence that declares nothing and states nothing: it is not among `speaking`."""
    starts = {pieces[sentence.formulas[0]].span.start for sentence in speaking if sentence.formulas}
    return frozenset(
        directive.span
        for directive in directives
        if directive.sentence is not None
        and not any(directive.sentence.start <= start < directive.sentence.end for start in starts)
    )


def _orders(
    directives: tuple[Directive, ...], displays: list[Span], places: Places, idle: frozenset[Span]
) -> Iterator[_Order]:
    opened: Directive | None = None
    for directive in directives:
        if directive.verb == "begin ignore":
            if opened is not None:
                yield _Order(opened, problem='"begin ignore" has no "end ignore" behind it')
            opened = directive
        elif directive.verb == "end ignore":
            if opened is None:
                yield _Order(directive, problem='"end ignore" has no "begin ignore" before it')
            else:
                yield _Order(opened, Span(opened.span.end, directive.span.start))
            opened = None
        elif directive.verb in ("ignore", "time limit"):
            region = _concerned(directive.span, displays, places)
            alone = f'"{directive.verb}" has no display behind it: move it before one, or remove it'
            yield _Order(directive, region, None if region is not None else alone)
        elif directive.span in idle:
            yield _Order(directive, problem=_NOTHING_DECLARED)
        else:
            yield _Order(directive, problem=directive.problem)
    if opened is not None:
        yield _Order(opened, problem='"begin ignore" has no "end ignore" behind it')


def _concerned(place: Span, displays: list[Span], places: Places) -> Span | None:
    """The line of the display around `place`, or else the next display."""
    for display in displays:
        if display.start <= place.start < display.end:
            return places.line_of(place.start)
        if display.start >= place.start:
            return Span(display.start, display.end + 1)
    return None


def _ends_in(statement: Statement, region: Span) -> bool:
    return statement.role is Role.CLAIM and region.start < statement.location.end <= region.end


def _ordered(statement: Statement, directive: Directive, places: Places) -> Statement:
    if directive.verb == "time limit":
        return replace(statement, time_limit=directive.seconds)
    return replace(statement, ignored=Ignored(directive.reason, places.told(directive.span)))


def _claim(span: Span, problem: str, places: Places) -> Statement:
    return Statement(places.location(span), Role.CLAIM, "=", "", places.slice(span), problem=problem)
