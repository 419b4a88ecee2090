"""Derivatives that may mean less than is read: their reach, and which entries are told apart.

Derivatives by one of two entries that differ in their letters only: ``\\partial C / \\partial s_i`` where
C is made of s_i and s_j.

Whoever writes so thinks of two variables, and does not say that i and j differ. Where they agree the claim
may fail, and that is no refutation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from derivations.reading.drafts import Draft
from derivations.reading.resolve import Frame, Resolver
from derivations.reading.syntax import walk
from derivations.reading.term_walk import parts
from derivations.reading.terms import BigTerm, DerivativeTerm, IndexTerm, NameTerm, StackTerm, Term
from derivations.reading.tree import Juxtaposition, Operator, Terms
from derivations.reading.vocabulary import Spec

MAXIMUM_DEPTH = 20


def doubtful_reach(draft: Draft, resolver: Resolver) -> str | None:
    """What makes ``\\frac{d}{dx} x^2 + x^3 = ...`` no statement that can be refuted: where it ends."""
    left = draft.left.syntax
    if draft.position or not isinstance(left, Terms) or len(left.terms) < 2:
        return None
    first = left.terms[0].factors[-1] if isinstance(left.terms[0], Juxtaposition) else left.terms[0]
    rest = left.terms[1:]
    if not isinstance(first, Operator) or not first.variables:
        return None
    if any(isinstance(node, Operator) for term in rest for node in walk(term)):
        return None
    if any(resolver.derivatives.depends(term, first.variables[0], Frame()) for term in rest):
        return "the derivative is read to the end of its term; put what it differentiates in brackets"
    return None


def coincidence(term: Term | None, specs: Mapping[str, Spec]) -> str | None:
    """What makes a derivative in `term` one of two variables that an author tells apart by their letters."""
    for derivative in _derivatives(term):
        variable = derivative.variable
        if not isinstance(variable, NameTerm) or len(variable.indices) != 1:
            continue
        by = variable.indices[0]
        found = {index.name for index in _entries(derivative.operand, variable.name, specs, {}, 0)}
        others = sorted(found - {by.name, ""})
        if by.name in found and others:
            return f"it may speak of {by.name} != {others[0]} only"
    return None


def _derivatives(term: object) -> Iterator[DerivativeTerm]:
    if isinstance(term, DerivativeTerm):
        yield term
    for part in parts(term):
        yield from _derivatives(part)


def _entries(
    term: object, name: str, specs: Mapping[str, Spec], letters: Mapping[str, str], depth: int
) -> Iterator[IndexTerm]:
    """The free indices at which entries of `name` stand in `term`, definitions opened; `letters` says what
    those of a definition stand for at the place where it is used, "" for what a sum binds.
    """
    if depth > MAXIMUM_DEPTH:
        return
    if isinstance(term, BigTerm | StackTerm):
        letters = {**letters, term.bounds.index: ""}
    if isinstance(term, NameTerm):
        indices = [IndexTerm(letters.get(index.name, index.name)) for index in term.indices]
        if term.name == name and len(indices) == 1:
            yield indices[0]
        spec = specs.get(term.name)
        definition = spec.definition if spec is not None else None
        if definition is not None:
            inner = dict(zip(definition.indices, (index.name for index in indices), strict=False))
            yield from _entries(definition.body, name, specs, inner, depth + 1)
    for part in parts(term):
        yield from _entries(part, name, specs, letters, depth + 1)
