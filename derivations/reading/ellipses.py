"""Sums that are written out with an ellipsis: ``w_1 x_1 + \\dots + w_n x_n`` is a sum of ``w_i x_i``.

The terms around the dots must differ in their indices only, all of which count on together; powers that count
on (``x + x^2 + \\dots + x^n``) are no indices, and stay unread.
"""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from derivations.reading.syntax import skeleton, walk
from derivations.reading.tree import (
    Big,
    Dots,
    Group,
    Juxtaposition,
    Numeral,
    Related,
    Scripted,
    Symbol,
    Syntax,
    Terms,
)

_LETTERS = "ijklrst"


def with_sum(node: Terms) -> Syntax:
    """`node` with what its dots stand for as one sum; the same where the terms around them do not fit."""
    dots = [position for position, term in enumerate(node.terms) if isinstance(term, Dots)]
    if len(dots) != 1 or not 0 < dots[0] < len(node.terms) - 1:
        return node
    at = dots[0]
    before, last = node.terms[at - 1], node.terms[at + 1]
    sign = node.signs[at - 1]
    if node.signs[at] != sign or node.signs[at + 1] != sign:
        return node
    used = {part.name for term in node.terms for part in walk(term) if isinstance(part, Symbol)}
    letter = next((letter for letter in _LETTERS if letter not in used), None)
    counts: set[tuple[Fraction, str]] = set()
    body = None if letter is None else _between(before, last, letter, counts)
    if body is None or letter is None or not isinstance(body, Syntax) or len(counts) != 1:
        return node
    ((number, size),) = counts
    first = at - 1
    while first > 0 and node.signs[first - 1] == sign and number > 0:
        if skeleton(node.terms[first - 1]) != skeleton(_at(body, letter, number - 1)):
            break
        first, number = first - 1, number - 1
    if first > 0 and _between(node.terms[first - 1], last, letter, set()) is not None:
        return node  # x_1 + x_3 + ... + x_n counts in another way
    span = replace(node.terms[first].span, end=last.span.end)
    start = Related(span, (Symbol(span, letter), Numeral(span, number)), ("=",))
    total = Big(span, "sum", start, Symbol(span, size), body)
    terms = (*node.terms[:first], total, *node.terms[at + 2 :])
    signs = (*node.signs[:first], sign, *node.signs[at + 2 :])
    return total if signs == (1,) else replace(node, terms=terms, signs=signs)


def _between(first: object, last: object, letter: str, counts: set[tuple[Fraction, str]]) -> object:
    """What `first` and `last` are instances of; None where they differ in more than indices.

    The number in one and the size in the other are noted in `counts`.
    """
    if isinstance(first, Scripted) and isinstance(last, Scripted):
        base = _between(first.base, last.base, letter, counts)
        below = _index(first.subscript, last.subscript, letter, counts)
        above = first.superscript
        if isinstance(above, Group) and above.kind == "(":
            above = _index(above, last.superscript, letter, counts)
        elif skeleton(above) != skeleton(last.superscript):
            return None
        if not isinstance(base, Syntax) or first.primes != last.primes:
            return None
        fits = (below is None) == (first.subscript is None)
        fits = fits and (above is None) == (first.superscript is None)
        return replace(first, base=base, subscript=below, superscript=above) if fits else None
    if isinstance(first, Syntax) and type(first) is type(last):
        names = [field.name for field in fields(first) if field.name != "span"]
        parts: dict[str, Any] = {
            n: _between(getattr(first, n), getattr(last, n), letter, counts) for n in names
        }
        kept = all((parts[n] is None) == (getattr(first, n) is None) for n in names)
        return replace(first, **parts) if kept else None
    if isinstance(first, tuple) and isinstance(last, tuple) and len(first) == len(last):
        items = tuple(_between(a, b, letter, counts) for a, b in zip(first, last, strict=True))
        return None if any(item is None for item in items) else items
    return first if skeleton(first) == skeleton(last) else None


def _index(
    first: Syntax | None, last: Syntax | None, letter: str, counts: set[tuple[Fraction, str]]
) -> Syntax | None:
    """The script between two scripts: the letter between 1 and n, what they share elsewhere."""
    if isinstance(first, Numeral) and isinstance(last, Symbol) and not last.accent and not last.font:
        counts.add((first.value, last.name))
        return Symbol(first.span, letter)
    if isinstance(first, Group) and isinstance(last, Group):
        items = _indices(first.items, last.items, letter, counts)
        return None if items is None else replace(first, items=items)
    if isinstance(first, Juxtaposition) and isinstance(last, Juxtaposition):
        factors = _indices(first.factors, last.factors, letter, counts)
        return None if factors is None else replace(first, factors=factors)
    return first if skeleton(first) == skeleton(last) else None


def _indices(
    first: tuple[Syntax, ...], last: tuple[Syntax, ...], letter: str, counts: set[tuple[Fraction, str]]
) -> tuple[Syntax, ...] | None:
    if len(first) != len(last):
        return None
    items = [_index(a, b, letter, counts) for a, b in zip(first, last, strict=True)]
    found = tuple(item for item in items if item is not None)
    return found if len(found) == len(items) else None


def _at(node: object, letter: str, number: Fraction) -> object:
    """`node` with the letter as a number."""
    if isinstance(node, Symbol) and node.name == letter:
        return Numeral(node.span, number)
    if isinstance(node, Syntax):
        parts: dict[str, Any] = {f.name: _at(getattr(node, f.name), letter, number) for f in fields(node)}
        return replace(node, **parts)
    return tuple(_at(item, letter, number) for item in node) if isinstance(node, tuple) else node
