"""Finite products of normal forms: likelihoods.

``prod_i f_i = exp(sum_i log f_i)`` where every f_i is proven positive. Otherwise a product splits over the
factors of its body, and what is left of each is an opaque atom, which knows its holes.
"""

from __future__ import annotations

from collections.abc import Sequence

from derivations.kernel.atoms import DeltaAtom, ProductAtom
from derivations.kernel.budget import Unsupported
from derivations.kernel.deltas import delta, elements, index_key
from derivations.kernel.exponentials import exponential, logarithm
from derivations.kernel.finite import assign, branches
from derivations.kernel.polynomials import factors
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import Mapped, reindex, reindex_key, remake, substituted
from derivations.kernel.sets import taken_apart
from derivations.kernel.sign import NONNEGATIVE, NONZERO, POSITIVE, REAL, Sign, never_empty, within
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index, IndexElement, IndexVariable, index_variables

ROUNDS = 6
"""How often a product is written with one hole more."""


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
        return _times_at(one, index, known, value, outside, work)
    if all(branch.sign(by_factors=True) == POSITIVE for branch in branches(value, work)):
        return exponential(sum_over(index, outside * logarithm(value, work), work), work)
    beside, base = taken_apart(index.index_set, work)
    if beside:
        narrow = work.open_index(base)
        rest = product_over(narrow, reindex(value, {index.name: narrow}, work), excluding, work)
        return _times_at(rest, index, beside, value, outside, work)
    picked = _picked(index, value)
    if picked is not None:
        atom, other = picked
        rest = product_over(index, assign(value, atom, 0), (*excluding, other), work)
        return _times_at(rest, index, [other], value, outside, work)
    holes = [hole for hole in excluding if delta(index, hole, work).number != 0]
    return _by_factors(index, value, tuple(sorted(set(holes), key=index_key)), work)


def _times_at(
    rest: Rational,
    index: IndexVariable,
    places: Sequence[Index],
    value: Rational,
    outside: Rational,
    work: Workspace,
) -> Rational:
    """`rest` times the factors at some places."""
    for place in places:
        rest = rest * _factor_at(index, place, value, outside, work)
    return rest


def _picked(index: IndexVariable, value: Rational) -> tuple[DeltaAtom, Index] | None:
    """A delta of the index and of an element of its set without it."""
    for atom in value.atoms:
        if isinstance(atom, DeltaAtom) and not atom.apart:
            for this, other in ((atom.left, atom.right), (atom.right, atom.left)):
                inside = this == index and index not in index_variables(other)
                if (
                    inside
                    and not isinstance(other, IndexElement)
                    and index.index_set.contains(other.index_set)
                ):
                    return atom, other
    return None


def _factor_at(
    index: IndexVariable, at: Index, value: Rational, outside: Rational, work: Workspace
) -> Rational:
    """The factor at one index; 1 where that is excluded."""
    one, place = work.field.constant(1), {index.name: at}
    return one + reindex(outside, place, work) * (reindex(value, place, work) - one)


def _by_factors(
    index: IndexVariable, value: Rational, excluding: tuple[Index, ...], work: Workspace
) -> Rational:
    """The product split over the irreducible factors of its body."""
    total = work.field.constant(1)
    if value.is_zero:
        if excluding or not never_empty(index.index_set, work.context):
            raise Unsupported("a product of zeros, which may be empty")
        return value
    for polynomial, side in ((value.numerator, 1), (value.denominator, -1)):
        number, parts = factors(polynomial, work.meter.budget)
        if number < 0:
            total = total * _of_one(index, work.field.constant(-1), excluding, work)
        total = total * _of_one(index, work.field.constant(abs(number)), excluding, work).power(side)
        for part, multiplicity in parts:
            factor = _of_one(index, work.field.polynomial(part), excluding, work)
            total = total * factor.power(side * multiplicity)
    return total


def _of_one(index: IndexVariable, value: Rational, excluding: tuple[Index, ...], work: Workspace) -> Rational:
    if value.number == 1:
        return value
    if value.sign() == POSITIVE:
        outside = work.field.constant(1)
        for hole in excluding:
            outside = outside * (work.field.constant(1) - delta(index, hole, work))
        return exponential(sum_over(index, outside * logarithm(value, work), work), work)
    straight = _atom(index, value, excluding, work)
    inner = _alone(value)
    if excluding or inner is None or inner.excluding:
        return straight
    # Two products may be taken in either order; the one that comes first is kept.
    other = work.open_index(inner.index.index_set)
    factor = reindex_key(inner.body, {inner.index.name: other}, work)
    turned = _atom(other, _atom(index, factor, (), work), (), work)
    return min(straight, turned, key=lambda one: one.key)


def _alone(value: Rational) -> ProductAtom | None:
    """The product that `value` is, None where it is anything else."""
    if not value.is_monomial or len(value.atoms) != 1:
        return None
    (atom,) = value.atoms
    ((monomial, coefficient),) = value.numerator.items()
    single = coefficient == 1 and [exponent for _, exponent in monomial] == [1]
    return atom if single and isinstance(atom, ProductAtom) else None


def _atom(index: IndexVariable, value: Rational, excluding: tuple[Index, ...], work: Workspace) -> Rational:
    bound = IndexVariable(f"#{max((a.height for a in value.atoms), default=0) + 1:03d}", index.index_set)
    body = reindex(value, {index.name: bound}, work)

    def sign() -> Sign:
        own = body.sign()
        return own if own in (POSITIVE, NONNEGATIVE) else NONZERO if within(own, NONZERO) else REAL

    closed = frozenset((bound.name,))
    table = work.field.table
    return work.field.atom(table.make(ProductAtom, bound, body.key, excluding, sign=sign, closed=closed))


@remake.register
def _product(atom: ProductAtom, mapping: Mapped, work: Workspace) -> Rational:
    fresh = work.open_index(atom.index.index_set)
    body = reindex_key(atom.body, {**mapping, atom.index.name: fresh}, work)
    holes = tuple(work.index(hole, mapping) for hole in atom.excluding)
    return product_over(fresh, body, holes, work)


def with_holes(value: Rational, work: Workspace) -> Rational:
    """A product with fewer holes than another, written with one hole more and the factor for it."""
    for _ in range(ROUNDS):
        found = _nested_pair(value)
        if found is None:
            return value
        whole, hole = found
        fresh = work.open_index(whole.index.index_set)
        factor = reindex_key(whole.body, {whole.index.name: fresh}, work)
        outside = work.field.constant(1)
        for other in whole.excluding:
            outside = outside * (work.field.constant(1) - delta(fresh, other, work))
        filled = _factor_at(fresh, hole, factor, outside, work)
        holed = product_over(fresh, factor, (*whole.excluding, hole), work)
        value = substituted(value, whole, holed * filled, work)
    return value


def _nested_pair(value: Rational) -> tuple[ProductAtom, Index] | None:
    """A product and a hole that it lacks and another one of the same factors has."""
    products = [atom for atom in value.atoms if isinstance(atom, ProductAtom)]
    for holed in products:
        for whole in products:
            same = (whole.index, whole.body) == (holed.index, holed.body)
            if same and set(whole.excluding) < set(holed.excluding):
                missing = [hole for hole in holed.excluding if hole not in whole.excluding]
                inside = whole.index.index_set.contains(missing[0].index_set)
                if inside and not isinstance(missing[0], IndexElement):
                    return whole, missing[0]
    return None
