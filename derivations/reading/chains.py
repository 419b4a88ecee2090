"""A display or an inline formula as chains of relations: rows split and joined, annotations set aside.

``a &= b \\\\ &= c`` is the chain a = b = c. Each side keeps its own stretch of the source; what could not be
parsed is a problem of that side only. So is a row that does not say how it continues the one above.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from derivations.reading.commands import SIGNS
from derivations.reading.formula import Parser
from derivations.reading.mistakes import between, explained
from derivations.reading.rows import rows_of
from derivations.reading.scan import FormulaError, Token
from derivations.reading.segments import TRAILING, Segment, meaningful, segments_of
from derivations.reading.tree import Span, Syntax


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: its source stretch, and its syntax or the problem with it."""

    span: Span
    syntax: Syntax | None
    problem: str | None = None
    problem_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """``side relation side relation ...``; `kind` is plain, or where (binds backwards)."""

    sides: tuple[Side, ...]
    relations: tuple[str, ...]
    kind: str = "plain"
    conditions: tuple[Chain, ...] = ()
    """What the row says it holds for: "if i = j:" before it, ``\\quad i \\neq j`` behind it."""


def split_chains(tokens: list[Token]) -> list[Chain]:
    """The chains of a formula's tokens, in order."""
    joined = _Chains()
    for row in rows_of(tokens):
        for number, segment in enumerate(segments_of(row)):
            joined.add(segment, first=number == 0)
    # "if we add: x + x = 3x" is a statement and no condition of one.
    joined.finished += [Segment("plain", one.parts, one.relations) for one in joined.pending if one.relations]
    return [chain for segment in joined.finished for chain in _named_at_last(_chain(segment))]


def _named_at_last(chain: Chain) -> Iterator[Chain]:
    """``a = b =: c`` claims that a is b and calls that c."""
    if chain.relations[-1:] != ("=:",):
        yield chain
        return
    if len(chain.relations) > 1:
        yield replace(chain, sides=chain.sides[:-1], relations=chain.relations[:-1])
    yield replace(chain, sides=(chain.sides[-1], chain.sides[-2]), relations=(":=",))


@dataclass
class _Chains:
    finished: list[Segment] = field(default_factory=list)
    open: Segment | None = None
    """The chain that the next row may continue."""
    target: Segment | None = None
    """The statement that a condition behind it speaks of."""
    pending: list[Segment] = field(default_factory=list)
    """Conditions said before their statement."""

    def add(self, segment: Segment, *, first: bool) -> None:
        """Take in the next segment; `first` if it begins a row."""
        if segment.kind == "condition":
            self.pending.append(segment)
            return
        if segment.kind == "after-condition" or (not first and _is_bare_condition(segment)):
            if self.target is not None:
                self.target.conditions.append(segment)
            return
        starts_open = not meaningful(segment.parts[0]) and bool(segment.relations)
        if first and segment.kind == "plain" and not self.pending and self.open is not None:
            if _continues(self.open, segment, starts_open):
                self.target = self.open
                return
            if meaningful(segment.parts[0]) and not segment.relations:
                self.open.problem = self.open.problem or "the next row does not say how it continues this one"
                return
        if not segment.relations and not meaningful(segment.parts[0]):
            if segment.problem is not None and self.target is not None:
                self.target.problem = segment.problem
            return
        if not first and starts_open and self.finished:
            _continues(self.finished[-1], segment, True)
            return
        if not first and not segment.relations and self.target is not None and segment.kind == "plain":
            self.target.problem = self.target.problem or "what stands behind this statement is not understood"
            return
        segment.conditions = [*self.pending, *segment.conditions]
        self.pending = []
        self.finished.append(segment)
        self.target = segment
        if segment.kind == "plain":
            self.open = segment


def _is_bare_condition(segment: Segment) -> bool:
    """``i \\\\neq j`` behind a statement, a relation between two single letters."""
    if segment.kind != "plain" or len(segment.relations) != 1 or segment.relations[0] not in ("=", "!="):
        return False
    sides = [meaningful(part) for part in segment.parts]
    return all(len(side) == 1 and side[0].text.isalpha() and side[0].text.islower() for side in sides)


def _continues(chain: Segment, segment: Segment, starts_open: bool) -> bool:
    """Append a row to the chain above if a relation or a sign stands between the two."""
    first = meaningful(segment.parts[0])
    if chain.relations and not meaningful(chain.parts[-1]):
        if starts_open and segment.relations[0] == chain.relations[-1]:
            chain.relations.pop()
            chain.parts.pop()
            chain.parts += segment.parts[1:]
        else:
            chain.parts[-1:] = segment.parts
    elif starts_open:
        chain.parts += segment.parts[1:]
    elif first and chain.relations and (first[0].text in ("+", "-") or first[0].text in SIGNS):
        if first[0].text in ("+", "-") and segment.relations:
            return False
        chain.parts[-1] = chain.parts[-1] + segment.parts[0]
        chain.parts += segment.parts[1:]
    else:
        return False
    chain.relations += segment.relations
    chain.problem = chain.problem or segment.problem
    chain.conditions += segment.conditions
    return True


def _chain(segment: Segment) -> Chain:
    sides = [_side(part) for part in segment.parts]
    for number, (side, part) in enumerate(zip(sides[1:-1], segment.parts[1:-1], strict=True)):
        if side.problem is not None and not part:
            problem = between(*segment.relations[number : number + 2])
            sides[number + 1] = Side(side.span, None, problem)
    for number, (part, relation) in enumerate(zip(segment.parts, segment.relations, strict=False)):
        if relation == ">" and part and part[-1].text == "-":
            sides[number] = Side(sides[number].span, None, between("-", ">"))
    if segment.problem is not None:
        sides[-1] = Side(sides[-1].span, None, segment.problem)
    kind = "where" if segment.kind == "where" else "plain"
    return Chain(tuple(sides), tuple(segment.relations), kind, tuple(map(_chain, segment.conditions)))


def _side(tokens: list[Token]) -> Side:
    while tokens and tokens[0].text in TRAILING:
        tokens = tokens[1:]
    while tokens and tokens[-1].text in TRAILING:
        tokens = tokens[:-1]
    if not tokens:
        return Side(Span(0, 0), None, "a side of the relation is empty")
    span = Span(min(t.span.start for t in tokens), max(t.span.end for t in tokens))
    parser = Parser(tokens, span.end)
    try:
        return Side(span, parser.parse())
    except FormulaError as error:
        return Side(span, None, explained(error, parser), error.span)
    except RecursionError:
        return Side(span, None, "the formula is nested too deeply")
