"""The probability of a binary label by that of 1: ``P(y | x)`` where a document defines ``P(y = 1 | x)``.

It is spelt out as ``P(1)(x)^y (1 - P(1)(x))^{1 - y}``, with P(1) for the probability of 1: no more than that
y is 0 or 1. A P(y | x) that the document defines itself keeps its own meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from derivations.language import Domain
from derivations.reading.chains import Chain
from derivations.reading.drafts import Draft
from derivations.reading.heads import head_of
from derivations.reading.syntax import name_of, walk
from derivations.reading.tree import Group, Juxtaposition, Numeral, Related, Scripted, Symbol, Syntax, Terms

_Key = tuple[str, str | None]
"""The letters of a probability and of its label."""


def binary_labels(drafts: list[Draft]) -> Iterator[str]:
    """The names that relations say to be 0 or 1."""
    for said in (said for draft in drafts for said in draft.said):
        head = head_of(said.target)
        if said.domain is Domain.BIT and head is not None:
            yield head.base


def spell_out_labels(drafts: list[Draft], binary: set[str]) -> set[str]:
    """Spell out the probabilities of the labels `binary` in all drafts; returns the letters of those found.

    Guarantees: nothing is changed in a document that gives ``P(y | x)`` a meaning of its own, or in which y
    is not said to be 0 or 1.
    """
    heads = [d.head for d in drafts if d.head is not None and d.head.group is not None]
    groups = [(head.base, head.group) for head in heads if head.group is not None]
    own = {(base, _label(group.items[0])) for base, group in groups}
    labelled = {(base, _label_of_one(group)) for base, group in groups}
    found: set[_Key] = {key for key in labelled if key[1] in binary} - own
    chains = {id(draft.chain): draft.chain for draft in drafts}.values() if found else ()
    found &= {key for chain in chains for side in chain.sides for key in _used(side.syntax)}
    spelt = {id(chain): _spelt_chain(chain, found) for chain in chains} if found else {}
    for draft in drafts if spelt else ():
        draft.chain = spelt[id(draft.chain)]
        draft.head = head_of(draft.left.syntax) if draft.head is not None else None
    return {base for base, _ in found}


def _label(node: Syntax) -> str | None:
    """The letter of a label, with whatever indices."""
    return name_of(node.base if isinstance(node, Scripted) else node)


def _label_of_one(group: Group) -> str | None:
    """The y of ``P(y = 1 | x)``."""
    first = group.items[0]
    if len(group.items) < 2 or not isinstance(first, Related) or first.relations != ("=",):
        return None
    one = first.sides[1]
    return _label(first.sides[0]) if isinstance(one, Numeral) and one.value == 1 else None


def _used(node: Syntax | None) -> Iterator[_Key]:
    """The probabilities of a whole label, ``P(y | x)``, in a formula."""
    for part in walk(node) if node is not None else ():
        if isinstance(part, Juxtaposition):
            for function, group in zip(part.factors, part.factors[1:], strict=False):
                if isinstance(group, Group) and len(group.items) > 1:
                    yield _label(function) or "", _label(group.items[0])


def _spelt_chain(chain: Chain, known: set[_Key]) -> Chain:
    sides = (
        side if side.syntax is None else replace(side, syntax=_spelt(side.syntax, known))
        for side in chain.sides
    )
    return replace(chain, sides=tuple(sides))


def _spelt(node: Syntax, known: set[_Key]) -> Syntax:
    changes: dict[str, Any] = {f.name: _spelt_part(getattr(node, f.name), known) for f in fields(node)}
    node = replace(node, **changes)
    if not isinstance(node, Juxtaposition):
        return node
    factors: list[Syntax] = []
    signs: list[str] = []
    for factor, sign in zip(node.factors, node.signs, strict=True):
        spelt = _probability(factors[-1], factor, known) if factors and not sign else None
        if spelt is None:
            factors.append(factor)
            signs.append(sign)
        else:
            factors[-1:] = spelt
            signs += [""] * (len(spelt) - 1)
    return factors[0] if len(factors) == 1 else replace(node, factors=tuple(factors), signs=tuple(signs))


def _spelt_part(value: object, known: set[_Key]) -> object:
    if isinstance(value, Syntax):
        return _spelt(value, known)
    return tuple(_spelt_part(item, known) for item in value) if isinstance(value, tuple) else value


def _probability(function: Syntax, group: Syntax, known: set[_Key]) -> tuple[Syntax, ...] | None:
    """What stands for ``P(y = 1 | x)`` or ``P(y | x)``; None for anything else."""
    base = _label(function) if isinstance(function, Symbol) else None
    if base is None or not isinstance(group, Group) or len(group.items) < 2:
        return None
    span = replace(group.span, start=function.span.start)
    given = replace(group, items=group.items[1:], marks=group.marks[1:])
    of_one = (Symbol(function.span, f"{base}(1)"), given)
    if (base, _label_of_one(group)) in known:
        return of_one
    label = group.items[0]
    if (base, _label(label)) not in known:
        return None
    one, value = Numeral(span, Fraction(1)), Juxtaposition(span, of_one, ("", ""))
    rest = Group(span, "(", (Terms(span, (one, value), (1, -1)),))
    powers = (
        Scripted(span, Group(span, "(", (value,)), None, label),
        Scripted(span, rest, None, Terms(span, (one, label), (1, -1))),
    )
    return (Group(span, "(", (Juxtaposition(span, powers, ("", "")),)),)
