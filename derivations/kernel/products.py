"""Finite products of normal forms: likelihoods.

``prod_i f_i = exp(sum_i log f_i)`` where every f_i is proven positive. Otherwise a product splits over the
factors of its body, and what is left of each is an opaque atom.
"""

from __future__ import annotations

from derivations.kernel.atoms import ProductAtom
from derivations.kernel.budget import Unsupported
from derivations.kernel.deltas import delta, elements
from derivations.kernel.exponentials import exponential, logarithm
from derivations.kernel.finite import branches
from derivations.kernel.polynomials import factors
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import Mapped, reindex, reindex_key, remake
from derivations.kernel.sets import taken_apart
from derivations.kernel.sign import NONNEGATIVE, NONZERO, POSITIVE, REAL, Sign, within
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index, IndexVariable


def product_over(
    index: IndexVariable, value: Rational, excluding: tuple[Index, ...], work: Workspace
) -> Rational:
    """The product of `value` over the open variable `index`, without the values in `excluding`.

    Guarantees: equal to the product wherever `value` is defined for all values of the index.
    """
    one = work.field.constant(1)
    outside = one
    for excluded in excluding:
        outside = outside * (one - delta(index, excluded, work))
    known = elements(index.index_set)
    if known is not None:
        total = one
        for value_of_index in known:
            at = {index.name: value_of_index}
            share = reindex(outside, at, work)
            total = total * (one + share * (reindex(value, at, work) - one))
        return total
    if all(branch.sign(by_factors=True) == POSITIVE for branch in branches(value, work)):
        return exponential(sum_over(index, outside * logarithm(value, work), work), work)
    if excluding:
        raise Unsupported("a product without one of its factors, which may be negative or zero")
    return _by_factors(index, value, work)


def _by_factors(index: IndexVariable, value: Rational, work: Workspace) -> Rational:
    """The product split over the irreducible factors of its body."""
    total = work.field.constant(1)
    beside, base = taken_apart(index.index_set, work)
    if beside:
        for value_of_index in beside:
            total = total * reindex(value, {index.name: value_of_index}, work)
        narrow = work.open_index(base)
        return total * product_over(narrow, reindex(value, {index.name: narrow}, work), (), work)
    for polynomial, side in ((value.numerator, 1), (value.denominator, -1)):
        number, parts = factors(polynomial, work.meter.budget) if polynomial else (0, [])
        if not number:
            return work.field.constant(0)
        total = total * _of_one(index, work.field.constant(number), work).power(side)
        for part, multiplicity in parts:
            factor = _of_one(index, work.field.polynomial(part), work)
            total = total * factor.power(side * multiplicity)
    return total


def _of_one(index: IndexVariable, value: Rational, work: Workspace) -> Rational:
    if value.number == 1:
        return value
    if value.sign() == POSITIVE:
        return exponential(sum_over(index, logarithm(value, work), work), work)
    return _atom(index, value, work)


def _atom(index: IndexVariable, value: Rational, work: Workspace) -> Rational:
    bound = IndexVariable(f"#{max((a.height for a in value.atoms), default=0) + 1:03d}", index.index_set)
    body = reindex(value, {index.name: bound}, work)

    def sign() -> Sign:
        own = body.sign()
        return own if own in (POSITIVE, NONNEGATIVE) else NONZERO if within(own, NONZERO) else REAL

    closed = frozenset((bound.name,))
    return work.field.atom(work.field.table.make(ProductAtom, bound, body.key, sign=sign, closed=closed))


@remake.register
def _product(atom: ProductAtom, mapping: Mapped, work: Workspace) -> Rational:
    fresh = work.open_index(atom.index.index_set)
    body = reindex_key(atom.body, {**mapping, atom.index.name: fresh}, work)
    return product_over(fresh, body, (), work)
