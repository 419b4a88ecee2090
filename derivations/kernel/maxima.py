"""Maxima over an index set: what does not depend on the index stands outside, as does a positive factor."""

from __future__ import annotations

from flint import fmpq

from derivations.kernel.atoms import MaximumAtom, Monomial
from derivations.kernel.budget import Unsupported
from derivations.kernel.polynomials import ONE, content
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import Mapped, reindex, reindex_key, remake
from derivations.kernel.sign import Sign, never_empty
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index, IndexVariable


def maximum_over(index: IndexVariable, value: Rational, work: Workspace) -> Rational:
    """The largest `value` over the open variable `index`.

    Guarantees: equal to it wherever `value` is defined for all values of the index. Raises `Unsupported` for
    a set that may be empty.
    """
    if not never_empty(index.index_set, work.context):
        raise Unsupported("a maximum over a set that may be empty")
    if index.name not in value.free:
        return value
    if value.denominator is not ONE:
        return _atom(index, value, work)
    beside: dict[Monomial, fmpq] = {}
    inside: dict[Monomial, fmpq] = {}
    for monomial, coefficient in value.numerator.items():
        depends = any(index.name in atom.free for atom, _ in monomial)
        (inside if depends else beside)[monomial] = coefficient
    size = abs(content(inside))
    largest = _atom(index, work.field.polynomial(inside).scaled(1 / size), work)
    return largest.scaled(size) + work.field.polynomial(beside)


def value_at(atom: MaximumAtom, index: Index, work: Workspace) -> Rational:
    """One of the values of which `atom` is the largest."""
    return reindex_key(atom.body, {atom.index.name: index}, work)


def _atom(index: IndexVariable, value: Rational, work: Workspace) -> Rational:
    bound = IndexVariable(f"#{max((a.height for a in value.atoms), default=0) + 1:03d}", index.index_set)
    body = reindex(value, {index.name: bound}, work)

    def sign() -> Sign:
        return body.sign()  # the largest value is one of the values

    closed = frozenset((bound.name,))
    return work.field.atom(work.field.table.make(MaximumAtom, bound, body.key, sign=sign, closed=closed))


@remake.register
def _maximum(atom: MaximumAtom, mapping: Mapped, work: Workspace) -> Rational:
    fresh = work.open_index(atom.index.index_set)
    body = reindex_key(atom.body, {**mapping, atom.index.name: fresh}, work)
    return maximum_over(fresh, body, work)
