"""What an expression is at a point: ``\\left. \\frac{dJ}{dt} \\right|_{t=0}``.

The expression becomes a nameless function of what stands before the equals sign, which is called with what
stands behind it: so a derivative is taken before its variable gets a value.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivations.reading.names import DefinitionTerm
from derivations.reading.opening import opened
from derivations.reading.term_walk import free_letters
from derivations.reading.terms import CallTerm, IndexTerm, NameTerm, Term
from derivations.reading.tree import Evaluated, Related
from derivations.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from derivations.reading.resolve import Frame, Resolver


def evaluated(resolver: Resolver, node: Evaluated, frame: Frame) -> Term:
    """The value of `node`; raises `Unreadable` where the point is not given as ``name = value``."""
    point = node.point
    if not isinstance(point, Related) or point.relations != ("=",):
        raise Unreadable(node.span, "at which point? Write it as \\left. ... \\right|_{t = 0}")
    name, value = (resolver.resolve(side, frame) for side in point.sides)
    if not isinstance(name, NameTerm) or name.indices or name.name in resolver.vocabulary.functions:
        raise Unreadable(point.span, "only a name can be given a value here")
    key = f"{resolver.written(node.span)} (at {node.span.start})"
    formal = f"{name.name}@{key}@"
    specs = resolver.vocabulary.specs
    formals: dict[tuple[str, tuple[IndexTerm, ...]], str] = {(name.name, ()): formal}
    specs[formal] = replace(resolver.vocabulary.spec(name.name), name=formal, definition=None)
    body = opened(
        resolver.resolve(node.body, replace(frame, formals={**frame.formals, **formals})), formals, specs
    )
    letters = tuple(free_letters(body))
    specs.pop(key, None)
    spec = resolver.vocabulary.spec(key)
    spec.definition = DefinitionTerm(letters, (formal,), body, 0)
    return CallTerm(node.span, key, (value,), tuple(IndexTerm(letter) for letter in letters))
