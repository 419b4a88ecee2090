"""Lists with dots, ``(a_1, \\dots, a_m)``: vectors whose ends tell what every entry is."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from derivations.reading.survey import INDEX_LETTERS
from derivations.reading.syntax import skeleton
from derivations.reading.terms import (
    Bounds,
    StackTerm,
    Term,
)
from derivations.reading.tree import (
    Dots,
    Group,
    Juxtaposition,
    Numeral,
    Scripted,
    Symbol,
    Syntax,
)
from derivations.reading.unreadable import Unreadable
from derivations.reading.widening import used_letters

if TYPE_CHECKING:
    from derivations.reading.resolve import Frame, Resolver


def stacked(resolver: Resolver, node: Group, frame: Frame) -> Term:
    """``(a_1, \\dots, a_m)``: the vector of all a_l, if its ends are the same but for the index."""
    if len(node.items) < 3 or not isinstance(node.items[-2], Dots):
        raise Unreadable(node.span, "this list is not understood: write its first and last entries")
    last = node.items[-1]
    for size in sorted(resolver.vocabulary.survey.sizes):
        for start in (0, 1):
            pattern = skeleton(with_letter(last, size))
            between = enumerate(node.items[:-2], start=start)
            if all(skeleton(with_letter(item, str(number))) == pattern for number, item in between):
                letter = _fresh_letter(last, size, resolver)
                body = resolver.resolve(
                    with_letter(last, size, letter), replace(frame, bound=frame.bound | {letter})
                )
                return StackTerm(node.span, Bounds(letter, start, size), body)
    raise Unreadable(node.span, "the first and the last entry of this list differ by more than an index")


def _fresh_letter(entry: Syntax, size: str, resolver: Resolver) -> str:
    """An index letter of the document that does not stand in `entry`."""
    survey = resolver.vocabulary.survey
    taken = used_letters(entry) | {size}
    letters = sorted((survey.bound | survey.scripted) & INDEX_LETTERS - taken)
    if not letters:
        raise Unreadable(entry.span, "this list is not understood: nothing says how its index is called")
    return letters[0]


def with_letter(node: Syntax, old: str, new: str = "\N{WHITE SQUARE}") -> Syntax:
    """`node` with the number or letter `old` in scripts replaced by the letter `new`."""
    if isinstance(node, Scripted):
        return replace(
            node,
            base=with_letter(node.base, old, new),
            subscript=None if node.subscript is None else _letter(node.subscript, old, new),
            superscript=None if node.superscript is None else _letter(node.superscript, old, new),
        )
    changes: dict[str, object] = {}
    for one in fields(node):
        value = getattr(node, one.name)
        if isinstance(value, Syntax):
            changes[one.name] = with_letter(value, old, new)
        elif isinstance(value, tuple):
            changes[one.name] = tuple(with_letter(v, old, new) if isinstance(v, Syntax) else v for v in value)
    return type(node)(**{one.name: getattr(node, one.name) for one in fields(node)} | changes)


def _letter(node: Syntax, old: str, new: str) -> Syntax:
    if (isinstance(node, Numeral) and str(node.value) == old) or (
        isinstance(node, Symbol) and node.name == old
    ):
        return Symbol(node.span, new)
    if isinstance(node, Juxtaposition):
        return replace(node, factors=tuple(_letter(part, old, new) for part in node.factors))
    if isinstance(node, Group):
        return replace(node, items=tuple(_letter(part, old, new) for part in node.items))
    return node
