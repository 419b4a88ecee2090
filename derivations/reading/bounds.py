"""The bounds of sums and products: ``i=1`` with ``m`` above, ``k \\neq i``, a bare ``i``, ``i, j``."""

from __future__ import annotations

from dataclasses import replace

from derivations.reading.syntax import letters
from derivations.reading.terms import Bounds
from derivations.reading.tree import Big, Group, Numeral, Related, Symbol, Syntax, Terms
from derivations.reading.unreadable import Unreadable
from derivations.reading.vocabulary import Vocabulary

LARGEST = 100
"""The largest number that is read as a bound."""


def bounds_of(node: Big, vocabulary: Vocabulary) -> list[Bounds]:
    """One row an index that the sign binds, outermost first."""
    upper = _upper(node.upper)
    short = _short(node.upper)
    if short and isinstance(upper, str):
        return [replace(bounds, short=short) for bounds in _bounds(node, upper, vocabulary)]
    return _bounds(node, upper, vocabulary)


def _bounds(node: Big, upper: str | int | None, vocabulary: Vocabulary) -> list[Bounds]:
    lower = node.lower
    if lower is None:
        raise Unreadable(node.span, "over which index does this sum run? Write it below the sign")
    if isinstance(lower, Group) and lower.kind == ",":
        last = lower.items[-1]
        if isinstance(last, Related) and all(isinstance(item, Symbol) for item in lower.items[:-1]):
            # i, j = 1 gives every index the same bounds.
            ends = _one(last, upper, vocabulary)
            names = [item.name for item in lower.items[:-1] if isinstance(item, Symbol)]
            return [*(replace(ends, index=name) for name in names), ends]
        if upper is not None and not all(isinstance(item, Symbol) for item in lower.items):
            raise Unreadable(lower.span, "these bounds are not understood")
        return [_one(item, upper, vocabulary) for item in lower.items]
    if not isinstance(lower, Related):
        names = letters(lower)
        if not names:
            raise Unreadable(lower.span, "these bounds are not understood")
        return [Bounds(name, None if upper is None else 1, upper) for name in names]
    return [_one(lower, upper, vocabulary)]


def _one(lower: Syntax, upper: str | int | None, vocabulary: Vocabulary) -> Bounds:
    if isinstance(lower, Symbol):
        return Bounds(lower.name, None if upper is None else 1, upper)
    if not isinstance(lower, Related) or len(lower.sides) != 2 or not isinstance(lower.sides[0], Symbol):
        raise Unreadable(lower.span, "these bounds are not understood")
    index, relation, value = lower.sides[0].name, lower.relations[0], lower.sides[1]
    if relation == "=" and isinstance(value, Numeral) and value.value.denominator == 1:
        if upper is None:
            raise Unreadable(lower.span, f"up to where does {index} run?")
        return Bounds(index, int(value.value), upper)
    if relation == "!=":
        excluding = vocabulary.reader.indices(value)
        if excluding is not None and len(excluding) == 1:
            return Bounds(index, None if upper is None else 1, upper, excluding)
    raise Unreadable(lower.span, "these bounds are not understood")


def _short(node: Syntax | None) -> int:
    """The number that an upper bound ``K - 1`` takes away; 0 where it takes nothing away."""
    if not isinstance(node, Terms) or len(node.terms) != 2 or node.signs != (1, -1):
        return 0
    taken = node.terms[1]
    small = isinstance(taken, Numeral) and taken.value.denominator == 1 and taken.value <= LARGEST
    return int(taken.value) if isinstance(taken, Numeral) and small else 0


def _upper(node: Syntax | None) -> str | int | None:
    if node is None:
        return None
    if isinstance(node, Numeral) and node.value.denominator == 1:
        if node.value > LARGEST:
            raise Unreadable(node.span, f"sums of more than {LARGEST} terms are not read")
        return int(node.value)
    if isinstance(node, Symbol) and not node.accent and not node.font:
        return node.name
    if isinstance(node, Terms) and _short(node):
        return _upper(node.terms[0])
    raise Unreadable(node.span, "the upper bound must be a letter, a number, or a letter less a number")
