"""Finite sums of normal forms over symbolic index sets.

A sum is taken monomial by monomial: deltas are eliminated, factors without the index move out, nested sums
are hoisted, and the bound indices split into connected components. What remains is an atom with canonical
bound names, so equality is up to renaming and swapping of sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, permutations, product

from flint import fmpq

from derivations.kernel.atoms import Atom, DeltaAtom, EntryAtom, Exponent, InverseAtom, Monomial, SumAtom
from derivations.kernel.budget import BudgetExceeded, Unsupported
from derivations.kernel.contraction import Contracted, contraction
from derivations.kernel.deltas import cardinality, elements, indicator
from derivations.kernel.polynomials import (
    Polynomial,
    content,
    factors,
    leading,
    monomial_of,
    monomial_sign,
    multiply,
    scale,
    times_monomials,
)
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import (
    Mapped,
    reindex,
    reindex_atom,
    reindex_monomial,
    reindex_polynomial,
    remake,
)
from derivations.kernel.sets import taken_apart
from derivations.kernel.sign import NONZERO, POSITIVE, REAL, ZERO, Sign, never_empty, within
from derivations.kernel.workspace import Workspace
from derivations.language.declarations import Domain
from derivations.language.indices import Index, IndexSet, IndexVariable, index_variables, last

Factors = list[tuple[Atom, Exponent]]
MOST_COPIES = 3
"""The highest power of a nested sum that is spelled out with indices of its own."""


def sum_over(index: IndexVariable, value: Rational, work: Workspace) -> Rational:
    """The sum of `value` over the open variable `index`.

    Guarantees: equal to the sum wherever `value` is defined for every value of the index, or where it is not,
    vanishes by a guard.
    """
    known = elements(index.index_set)
    if known is not None:
        total = work.field.constant(0)
        for value_of_index in known:
            total = total + reindex(value, {index.name: value_of_index}, work)
        return total
    if index.name not in value.free:
        return value * cardinality(index.index_set, work)
    outside, form = _split(value, index, work)
    total = work.field.constant(0)
    for monomial, coefficient in form.items():
        total = total + _sum_monomial(index, monomial, work).scaled(coefficient)
    return total * outside


def _split(value: Rational, index: IndexVariable, work: Workspace) -> tuple[Rational, Polynomial]:
    """The factors of the denominator without the index, and the rest in inverse form."""
    number, parts = factors(value.denominator, work.meter.budget)
    outside: Polynomial = {(): number}
    inside: Factors = []
    for part, multiplicity in parts:
        if not any(index.name in atom.free for monomial in part for atom, _ in monomial):
            for _ in range(multiplicity):
                outside = multiply(outside, part, work.meter)
        elif len(part) == 1:
            ((monomial, _),) = part.items()
            inside += [(atom, -exponent * multiplicity) for atom, exponent in monomial]
        else:
            inside.append((work.field.inverse_atom(part), multiplicity))
    form = multiply(value.numerator, {monomial_of(inside): fmpq(1)}, work.meter)
    return work.field.polynomial(outside).inverse(), work.field.reduce_inverses(form)


def _sum_monomial(index: IndexVariable, monomial: Monomial, work: Workspace) -> Rational:
    """The sum of a monomial with coefficient 1."""
    found = _delta_of(index, monomial)
    if found is not None:
        atom, other = found
        rest = tuple(part for part in monomial if part[0] is not atom)
        share = indicator(other, index.index_set, work)
        return share * reindex_monomial(rest, {index.name: other}, work)
    free = tuple(part for part in monomial if index.name not in part[0].free)
    bound = [part for part in monomial if index.name in part[0].free]
    return work.field.from_monomial(free) * _sum_factors(index, bound, work)


def _delta_of(index: IndexVariable, monomial: Iterable[tuple[Atom, Exponent]]) -> tuple[Atom, Index] | None:
    """A delta of the index and of an index term without it."""
    for atom, _ in monomial:
        if isinstance(atom, DeltaAtom) and not atom.apart:
            for this, other in ((atom.left, atom.right), (atom.right, atom.left)):
                if this == index and index not in index_variables(other):
                    return atom, other
    return None


def _sum_factors(index: IndexVariable, bound: Factors, work: Workspace) -> Rational:
    """The sum of a product of atoms that all contain the index."""
    if not bound:
        return cardinality(index.index_set, work)
    assert isinstance(index.index_set.size, str)
    beside, base = taken_apart(index.index_set, work)
    if not beside:
        return _hoisted(index, bound, work)
    if _sums_to_one(index, bound, work):
        return work.field.constant(1)
    total = work.field.constant(0)
    for value in beside:
        total = total + reindex_monomial(tuple(bound), {index.name: value}, work)
    narrow = work.open_index(base)
    return total + sum_over(narrow, reindex_monomial(tuple(bound), {index.name: narrow}, work), work)


def _hoisted(index: IndexVariable, bound: Factors, work: Workspace) -> Rational:
    """Nested sums opened, so that all bound indices stand side by side."""
    indices, atoms = [index], Factors()
    for atom, exponent in bound:
        if isinstance(atom, SumAtom) and exponent in range(1, MOST_COPIES + 1):
            for _ in range(int(exponent)):
                opened, body = _opened(atom, work)
                indices += opened
                atoms += body
        else:
            atoms.append((atom, exponent))
    return _components(indices, _gathered(atoms), work)


def _opened(atom: SumAtom, work: Workspace) -> tuple[list[IndexVariable], Factors]:
    """The bound indices of a sum and its body with fresh names."""
    fresh = [work.open_index(variable.index_set) for variable in atom.indices]
    mapping = {old.name: new for old, new in zip(atom.indices, fresh, strict=True)}
    coefficient, body = _renamed(atom.body, mapping, work)
    if coefficient != 1:
        raise Unsupported("a sum changed its sign by renaming")
    return fresh, body


def _gathered(atoms: Factors) -> Factors:
    """Equal atoms together, finite values reduced."""
    result: Monomial = ()
    for part in atoms:
        result = times_monomials(result, (part,)) if result else monomial_of([part])
    return list(result)


def _renamed(body: Iterable[tuple[Atom, Exponent]], mapping: Mapped, work: Workspace) -> tuple[fmpq, Factors]:
    """A monomial under a renaming of indices: each atom becomes one atom, perhaps with a sign."""
    number, result = fmpq(1), Factors()
    for atom, exponent in body:
        if not atom.free & mapping.keys():
            result.append((atom, exponent))
            continue
        if isinstance(atom, InverseAtom):
            image = reindex_polynomial(dict(atom.polynomial), mapping, work)
            size = content(image.numerator)
            other: Atom = work.field.inverse_atom(scale(image.numerator, 1 / size))
            factor, single = 1 / size, image.denominator == work.field.constant(1).numerator
        else:
            image = reindex_atom(atom, mapping, work)
            single = len(image.numerator) == 1 and image.denominator == work.field.constant(1).numerator
            ((monomial, factor),) = image.numerator.items() if single else (((), fmpq(1)),)
            single &= len(monomial) == 1 and monomial[0][1] == 1
            other = monomial[0][0] if single else atom
        if not single or (factor != 1 and exponent.denominator != 1):
            raise Unsupported("renaming an index changed the structure")
        number *= factor ** int(exponent) if factor != 1 else 1
        result.append((other, exponent))
    return number, result


def _components(indices: list[IndexVariable], atoms: Factors, work: Workspace) -> Rational:
    """A sum over several indices as the product of the sums over its connected components."""
    result = work.field.constant(1)
    groups: list[tuple[set[str], Factors]] = []
    names = {index.name for index in indices}
    loose = Factors()
    for part in atoms:
        mine = set(part[0].free & names)
        if not mine:
            loose.append(part)
            continue
        joined = [group for group in groups if group[0] & mine]
        groups = [group for group in groups if not group[0] & mine]
        groups.append((mine.union(*(g[0] for g in joined)), [f for g in joined for f in g[1]] + [part]))
    for index in indices:
        if not any(index.name in group[0] for group in groups):
            result = result * cardinality(index.index_set, work)
    result = result * work.field.from_monomial(monomial_of(loose))
    for group_names, factors_of_group in groups:
        mine_indices = [index for index in indices if index.name in group_names]
        result = result * _component(mine_indices, sorted(factors_of_group), work)
    return result


def _component(indices: list[IndexVariable], atoms: Factors, work: Workspace) -> Rational:
    """A sum over indices that belong together: one simplified, or an atom."""
    for index in indices:
        others = [other for other in indices if other is not index]
        here = [part for part in atoms if index.name in part[0].free]
        rest = [part for part in atoms if index.name not in part[0].free]
        if _delta_of(index, here) is not None:
            return _sum_in_turn(others, _sum_monomial(index, tuple(atoms), work), work)
        if _sums_to_one(index, here, work):
            return _components(others, rest, work)
        remainder = _sums_to_rest(index, here, work)
        if remainder is not None:
            return _sum_in_turn(others, remainder * work.field.from_monomial(monomial_of(rest)), work)
        contracted = contraction(index, others, atoms, work)
        if contracted is not None:
            return _contracted(index, others, contracted, work)
        if others:
            collapsed = _collapsed(index, here, rest, work)
            if collapsed is not None:
                return _sum_in_turn(others, collapsed, work)
    return _sum_atom(indices, atoms, work)


def _contracted(
    index: IndexVariable, others: list[IndexVariable], found: Contracted, work: Workspace
) -> Rational:
    """What is left to sum after a matrix has met its inverse."""
    left = [other for other in others if other.name not in found.used]
    work.rewritings += 1
    work.meter.hold("products with an inverse", work.rewritings, work.meter.budget.rewritings)
    return _sum_in_turn(left, found.aside, work) + _sum_in_turn([index, *left], found.under, work)


def _sum_in_turn(indices: list[IndexVariable], value: Rational, work: Workspace) -> Rational:
    for index in indices:
        value = sum_over(index, value, work)
    return value


def _sums_to_one(index: IndexVariable, here: Factors, work: Workspace) -> bool:
    """Whether all that depends on the index is one entry of a row with sum 1, over the row's whole range."""
    if len(here) != 1 or here[0][1] != 1:
        return False
    atom = here[0][0]
    if not isinstance(atom, EntryAtom) or atom.domain not in (Domain.SUM_ONE, Domain.PROBABILITIES):
        return False
    *before, last = atom.indices
    whole = work.context.declaration(atom.name).index_sets[-1]
    inside = {variable.name for other in before for variable in index_variables(other)}
    return last == index and index.index_set == whole and index.name not in inside


def _sums_to_rest(index: IndexVariable, here: Factors, work: Workspace) -> Rational | None:
    """1 less the last entry, where all of a row with sum 1 but its last entry is summed."""
    beside = IndexSet(index.index_set.size), IndexSet(index.index_set.size, 1, 1)
    if index.index_set != beside[1]:
        return None
    whole = IndexVariable(index.name, beside[0])
    renamed = reindex_monomial(tuple(here), {index.name: whole}, work)
    if renamed.denominator != work.field.constant(1).numerator or len(renamed.numerator) != 1:
        return None
    ((monomial, coefficient),) = renamed.numerator.items()
    if coefficient != 1 or not _sums_to_one(whole, list(monomial), work):
        return None
    return work.field.constant(1) - reindex_monomial(tuple(here), {index.name: last(whole.index_set)}, work)


def _collapsed(index: IndexVariable, here: Factors, rest: Factors, work: Workspace) -> Rational | None:
    """``sum_k e_k / Z``, with Z the sum of the e_k, becomes ``Z / Z``: the body summed over `index`."""
    divisors = {atom for atom, exponent in rest if exponent < 0 and isinstance(atom, SumAtom)}
    for atom, _ in rest:
        if isinstance(atom, InverseAtom):
            divisors |= {part for part, _ in leading(dict(atom.polynomial)) if isinstance(part, SumAtom)}
    if not divisors:
        return None
    total = _sum_atom([index], here, work)
    ((monomial, coefficient),) = total.numerator.items()
    if len(monomial) != 1 or monomial[0][0] not in divisors:
        return None
    joined = times_monomials(monomial_of(rest), monomial)
    body = work.field.reduce_inverses({joined: coefficient})
    if monomial[0] in joined and joined in body:
        return None
    return work.field.from_inverse_form(body)


def _sum_atom(indices: list[IndexVariable], atoms: Factors, work: Workspace) -> Rational:
    """The atom of a sum, its bound indices named in the order that makes the body come first."""
    height = max(atom.height for atom, _ in atoms)
    best: tuple[list[tuple[str, Exponent]], fmpq, Monomial, tuple[IndexVariable, ...]] | None = None
    for order in _orders(indices, atoms, work):
        names = tuple(
            IndexVariable(f"#{height + 1 + place:03d}", index.index_set) for place, index in enumerate(order)
        )
        mapping = {old.name: new for old, new in zip(order, names, strict=True)}
        number, renamed = _renamed(atoms, mapping, work)
        body = monomial_of(_gathered(renamed))
        key = [(atom.order, exponent) for atom, exponent in body]
        if best is None or key < best[0]:
            best = key, number, body, names
    assert best is not None
    _, number, body, names = best
    closed = frozenset(name.name for name in names)
    empty = any(not never_empty(index.index_set, work.context) for index in indices)

    def sign() -> Sign:
        if _is_squared_length(names, body, work):
            return POSITIVE
        return _sum_sign(body) | (ZERO if empty else 0)

    atom = work.field.table.make(SumAtom, names, body, sign=sign, closed=closed)
    return work.field.atom(atom).scaled(number)


def _is_squared_length(indices: tuple[IndexVariable, ...], body: Monomial, work: Workspace) -> bool:
    """Whether a sum is that of the squares of a whole row that is not 0."""
    if len(body) != 1 or body[0][1] != 2 or len(indices) != 1:
        return False
    atom = body[0][0]
    if not isinstance(atom, EntryAtom) or atom.domain is not Domain.NONZERO_ROW:
        return False
    *before, last_index = atom.indices
    whole = work.context.declaration(atom.name).index_sets[-1]
    inside = {variable.name for other in before for variable in index_variables(other)}
    return last_index == indices[0] and whole == indices[0].index_set and indices[0].name not in inside


def _sum_sign(body: Monomial) -> Sign:
    """The sign of a sum over a set that is not empty."""
    sign = monomial_sign(body)
    return REAL if within(NONZERO, sign) else sign


def _orders(
    indices: list[IndexVariable], atoms: Factors, work: Workspace
) -> Iterable[tuple[IndexVariable, ...]]:
    """The orders of bound indices to try: those that look alike are permuted, the others have their place."""
    if len(indices) > work.meter.budget.bound_indices:
        raise BudgetExceeded("bound indices that belong together")

    def look(index: IndexVariable) -> tuple[str, list[tuple[str, Exponent]]]:
        shapes = [(a.order.partition("|")[0], e) for a, e in atoms if index.name in a.free]
        return str(index.index_set), sorted(shapes)

    ranked = sorted(indices, key=look)
    alike = [list(group) for _, group in groupby(ranked, key=look)]
    for choice in product(*(permutations(group) for group in alike)):
        yield tuple(index for group in choice for index in group)


@remake.register
def _sum(atom: SumAtom, mapping: Mapped, work: Workspace) -> Rational:
    fresh = [work.open_index(variable.index_set) for variable in atom.indices]
    names: dict[str, Index] = {old.name: new for old, new in zip(atom.indices, fresh, strict=True)}
    body = reindex_monomial(atom.body, {**mapping, **names}, work)
    return _sum_in_turn(fresh, body, work)
