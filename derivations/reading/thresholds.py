"""Conditions that compare numbers: ``\\mathbb{1}[z > 0]``, ``|r| \\leq \\delta`` in cases, ``sign(z)``.

Away from where its two sides agree, ``a > b`` is ``(1 + s)/2`` with ``s = (a - b)/|a - b|``, and that is how
it is read: the kernel then says of a step that it is proved where ``a - b`` is not 0. So whether an author
writes ``>`` or ``\\geq`` makes no difference to what is said.

Not read are comparisons of names that take a few values only (what holds where a label is not 0 need not
hold), and cases whose conditions might leave something out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from derivations.language import Domain
from derivations.reading.syntax import skeleton
from derivations.reading.term_walk import parts
from derivations.reading.terms import (
    AddTerm,
    CasesTerm,
    DeltaTerm,
    DivideTerm,
    FunctionTerm,
    MultiplyTerm,
    NumberTerm,
    Term,
)
from derivations.reading.tree import Related, Span, Syntax
from derivations.reading.unreadable import Unreadable
from derivations.reading.vocabulary import Spec, free_names, used_names

if TYPE_CHECKING:
    from derivations.reading.resolve import Frame, Resolver

_GREATER = {">": True, ">=": True, "<": False, "<=": False}


def compares(node: Syntax | None) -> bool:
    """Whether a condition compares two numbers."""
    return isinstance(node, Related) and len(node.sides) == 2 and node.relations[0] in _GREATER


def sign_of(argument: Term, span: Span) -> Term:
    """``x/|x|``, the sign of any number but 0."""
    return DivideTerm(span, argument, FunctionTerm(span, "abs", argument))


_WITH_LIMIT = frozenset(
    {
        Domain.NONNEGATIVE,
        Domain.NONPOSITIVE,
        Domain.CLOSED_UNIT,
        Domain.BELOW_ONE,
        Domain.UP_TO_ONE,
        Domain.FROM_ONE,
        Domain.AT_MOST_ONE,
    }
)
"""What may be the limit with which it is compared."""


def threshold(node: Syntax, resolver: Resolver, frame: Frame) -> Term:
    """1 where the condition holds, 0 where not; raises `Unreadable` for names that take a few values."""
    assert isinstance(node, Related)
    left, right = (resolver.resolve(side, frame) for side in node.sides)
    _check_crossing(left, right, node.span, resolver)
    above, below = (left, right) if _GREATER[node.relations[0]] else (right, left)
    difference = difference_of(above, below, node.span)
    resolver.note("a comparison is read where its two sides differ")
    both = AddTerm(node.span, (NumberTerm(node.span, Fraction(1)), sign_of(difference, node.span)))
    return _times(node.span, Fraction(1, 2), both)


def _check_crossing(left: Term, right: Term, span: Span, resolver: Resolver) -> None:
    """Raise `Unreadable` where two sides may agree on more than single points: for labels and counts, and for
    what is flat somewhere, such as ``\\max(0, z) > 0``.
    """
    vocabulary = resolver.vocabulary
    specs = vocabulary.specs
    names = free_names(left, specs) | free_names(right, specs)
    domains = [specs[name].domain for name in names if name in specs]
    few = [domain is not None and (domain.finite or domain in _WITH_LIMIT) for domain in domains]
    if (few and all(few)) or (vocabulary.counts and len(names) <= 1 and not names & _REAL):
        raise Unreadable(
            span, "what is compared may take a few values only: write the condition with = or \\neq"
        )
    used = used_names(left, specs), used_names(right, specs)
    for side, other in ((left, right), (right, left)):
        size = isinstance(side, FunctionTerm) and side.name == "abs" and used[0].isdisjoint(used[1])
        smooth = isinstance(side, FunctionTerm) and not _has_corners(side.argument, specs)
        if size and smooth and not _has_corners(other, specs):
            return
    if _has_corners(left, specs) or _has_corners(right, specs):
        raise Unreadable(span, "what is compared may be the same on a whole interval")


_REAL = frozenset({"z", "u"})
"""Letters for scores, which nobody counts."""


def _has_corners(term: Term, specs: Mapping[str, Spec]) -> bool:
    """Whether an absolute value, or what is made of one, stands in a term or in its names' definitions."""
    bodies = [term]
    for name in used_names(term, specs):
        definition = specs[name].definition if name in specs else None
        if definition is not None:
            bodies.append(definition.body)
    return any(_holds_corner(body) for body in bodies)


def _holds_corner(term: object) -> bool:
    if isinstance(term, CasesTerm | DeltaTerm) or (
        isinstance(term, FunctionTerm) and term.name in ("abs", "relu")
    ):
        return True
    return any(_holds_corner(part) for part in parts(term))


def piecewise(
    rows: Sequence[tuple[Syntax, Syntax | None]], span: Span, resolver: Resolver, frame: Frame
) -> Term:
    """The value of the first case whose condition holds; the cases must leave nothing out."""
    conditions = [condition for _, condition in rows]
    if conditions[-1] is not None:
        if len(rows) != 2 or not _opposite(conditions[0], conditions[1]):
            raise Unreadable(span, "these cases may leave something out: end them with an 'otherwise'")
        conditions[-1] = None
    values: list[Term] = []
    rest: list[Term] = []
    for (value, _), condition in zip(rows, conditions, strict=True):
        if condition is not None and not compares(condition):
            raise Unreadable(
                condition.span, "cases by indices and cases by comparisons are not read together"
            )
        factors = [*rest, resolver.resolve(value, frame)]
        if condition is not None:
            holds = threshold(condition, resolver, frame)
            factors = [holds, *factors]
            one = NumberTerm(span, Fraction(1))
            rest.append(AddTerm(span, (one, _times(span, Fraction(-1), holds))))
        values.append(MultiplyTerm(span, tuple(factors)))
    return AddTerm(span, tuple(values))


def difference_of(above: Term, below: Term, span: Span) -> Term:
    """``above - below``, a zero left out."""
    if isinstance(below, NumberTerm) and not below.value:
        return above
    minus = _times(span, Fraction(-1), below)
    return minus if isinstance(above, NumberTerm) and not above.value else AddTerm(span, (above, minus))


def _times(span: Span, factor: Fraction, term: Term) -> Term:
    return MultiplyTerm(span, (NumberTerm(span, factor), term))


def _opposite(first: Syntax | None, second: Syntax | None) -> bool:
    """Whether of two comparisons exactly one holds, wherever the sides differ."""
    if not (
        isinstance(first, Related) and isinstance(second, Related) and compares(first) and compares(second)
    ):
        return False
    sides = [skeleton(side) for side in first.sides], [skeleton(side) for side in second.sides]
    up = [_GREATER[node.relations[0]] for node in (first, second)]
    return (sides[0] == sides[1] and up[0] != up[1]) or (sides[0] == sides[1][::-1] and up[0] == up[1])
