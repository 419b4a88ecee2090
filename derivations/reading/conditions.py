"""Conditions in cases, indicators and sentences: ``i = j`` between indices, ``y = 1`` of a label's value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.reading.syntax import name_of
from derivations.reading.terms import EquationTest, IndexTerm, IndexTest, NameTerm, NumberTerm, ValueTest
from derivations.reading.tree import Related, Scripted, Symbol, Syntax
from derivations.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from derivations.reading.resolve import Frame, Resolver

EQUAL = {"=": True, "!=": False}


def test_of(node: Syntax, resolver: Resolver, frame: Frame) -> IndexTest | ValueTest:
    """The condition that `node` writes; raises `Unreadable` where it is neither of indices nor of a value."""
    if not isinstance(node, Related) or len(node.sides) != 2 or node.relations[0] not in EQUAL:
        raise Unreadable(node.span, "this condition is not understood")
    return relation_test(node.sides[0], node.relations[0], node.sides[1], resolver, frame)


def supposition(
    left: Syntax, relation: str, right: Syntax, resolver: Resolver, frame: Frame
) -> IndexTest | ValueTest | EquationTest:
    """``left relation right`` as an author supposes it, which may be any equation between numbers."""
    try:
        return relation_test(left, relation, right, resolver, frame)
    except Unreadable:
        if relation != "=":
            raise
        return EquationTest(resolver.resolve(left, frame), resolver.resolve(right, frame))


def relation_test(
    left: Syntax, relation: str, right: Syntax, resolver: Resolver, frame: Frame
) -> IndexTest | ValueTest:
    """``left relation right`` as a condition."""
    equal = EQUAL[relation]
    reader = resolver.vocabulary.reader
    ours, theirs = (reader.indices(side) or _letter(side, resolver) for side in (left, right))
    if ours is not None and theirs is not None and len(ours) == len(theirs) == 1:
        return IndexTest(ours[0], theirs[0], equal)
    base = left.base if isinstance(left, Scripted) else left
    if name_of(base) is None:
        raise Unreadable(left.span, "a condition needs an index or a label on its left")
    name, value = resolver.resolve(left, frame), resolver.resolve(right, frame)
    if not isinstance(name, NameTerm) or not isinstance(value, NumberTerm):
        raise Unreadable(left.span, "this condition is not understood")
    return ValueTest(name, value.value, equal)


def _letter(node: Syntax, resolver: Resolver) -> tuple[IndexTerm, ...] | None:
    """A letter that the document writes below names as well: the y of ``k = y`` beside ``z_y``."""
    name = node.name if isinstance(node, Symbol) and not node.accent and not node.font else ""
    scripted = name in resolver.vocabulary.survey.scripted and name not in resolver.vocabulary.specs
    return (IndexTerm(name),) if scripted else None
