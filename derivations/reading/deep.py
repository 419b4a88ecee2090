"""The one guard against formulas that are nested deeper than the stages behind the parser can go.

Those stages walk over terms by recursion. The parser bounds the nesting that is written; a chain of slashes
nests without any.
"""

from __future__ import annotations

from derivations.reading.resolve import Frame, Resolver
from derivations.reading.term_walk import parts
from derivations.reading.terms import Term
from derivations.reading.tree import Syntax
from derivations.reading.unreadable import Unreadable

DEEPEST = 130
"""Levels of a term."""


def whole_term(node: Syntax, frame: Frame, resolver: Resolver) -> Term:
    """The term of a whole side; raises `Unreadable`, also where it is nested too deeply."""
    too_deep = Unreadable(node.span, "this is nested too deeply; give a part of it a name")
    try:
        term = resolver.resolve(node, frame)
    except RecursionError:
        raise too_deep from None
    level: list[object] = [term]
    for _ in range(DEEPEST):
        level = [part for one in level for part in parts(one)]
        if not level:
            return term
    raise too_deep
