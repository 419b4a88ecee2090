"""``A A^-1 = I = A^-1 A`` inside of sums.

The sum over b of ``A[r, b] A^-1[b, c]`` is ``delta(r, c)``. A normal form does not keep A together, so the
sum over b of its leading monomial times ``A^-1[b, c]`` is taken for delta less the sums of the other
monomials, as a denominator's inverse is rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import permutations

from flint import fmpq

from derivations.kernel.atoms import Atom, DeltaAtom, Exponent, InverseEntryAtom, Monomial, SumAtom
from derivations.kernel.deltas import delta
from derivations.kernel.inverses import SquareMatrix, matrix_of
from derivations.kernel.polynomials import monomial_of, monomial_sign
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import reindex_monomial
from derivations.kernel.sign import NONZERO, within
from derivations.kernel.workspace import Workspace, element
from derivations.language.indices import (
    Index,
    IndexElement,
    IndexFunction,
    IndexVariable,
    index_variables,
    last,
)

Factors = list[tuple[Atom, Exponent]]


@dataclass(frozen=True, slots=True)
class Contracted:
    """`aside`, summed already, and `under`, still to be summed over the index; `used` are summed in both."""

    used: frozenset[str]
    aside: Rational
    under: Rational


@dataclass(frozen=True, slots=True)
class _Site:
    """An entry of an inverse at the summed `index` and at `other`, and the matrix as it faces it."""

    atom: InverseEntryAtom
    index: IndexVariable
    other: Index
    matrix: SquareMatrix
    fixed: IndexVariable
    """The matrix's index that stays, where `summed` is put to `index`."""
    summed: IndexVariable

    def entry(self, fixed: Index, summed: Index, work: Workspace) -> Rational:
        """An entry of the matrix."""
        places = {self.fixed.name: fixed, self.summed.name: summed}
        return self.matrix.entry(places[self.matrix.row.name], places[self.matrix.column.name], work)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The leading monomial of the matrix, ``coefficient * shared * sum over indices of body``."""

    coefficient: fmpq
    shared: Monomial
    """What depends on no index of the matrix, and is not 0."""
    indices: tuple[IndexVariable, ...]
    body: Monomial
    lead: Monomial


def contraction(
    index: IndexVariable, others: list[IndexVariable], atoms: Factors, work: Workspace
) -> Contracted | None:
    """The product of `atoms`, to be summed over `index` and `others`, where ``A A^-1`` is found in it.

    Guarantees: summed over `others` without `used`, and `under` over `index` too, both parts together equal
    the sum wherever the inverse exists.
    """
    for atom, exponent in atoms:
        if not isinstance(atom, InverseEntryAtom) or exponent != 1:
            continue
        site = _site(atom, index, work)
        pattern = None if site is None else _pattern(site, work)
        if site is not None and pattern is not None:
            rest = [part for part in atoms if part[0] is not atom]
            found = _contracted(site, pattern, others, rest, work)
            if found is not None:
                return found
    return None


def _site(atom: InverseEntryAtom, index: IndexVariable, work: Workspace) -> _Site | None:
    """Where the matrix would stand beside `atom`; None unless `index` is one of its places, nowhere else."""
    for this, other, row_is_summed in ((atom.row, atom.column, False), (atom.column, atom.row, True)):
        if this == index and index not in index_variables(other):
            matrix = matrix_of(atom, {}, work)
            whole = matrix.row.index_set
            if index.name in matrix.body.free or not whole.contains(index.index_set):
                return None
            if index.index_set.short - whole.short not in (0, 1) or index.index_set.start > 1:
                return None
            fixed, summed = matrix.row, matrix.column
            if row_is_summed:
                fixed, summed = summed, fixed
            return _Site(atom, index, other, matrix, fixed, summed)
    return None


def _pattern(site: _Site, work: Workspace) -> _Pattern | None:
    """The leading one of the monomials that can be recognised in a sum."""
    names = {site.fixed.name, site.summed.name}
    form = work.field.inverse_form(site.matrix.body)
    for lead in sorted(form, key=lambda m: (sum(e for _, e in m), m), reverse=True):
        shared = tuple(part for part in lead if not part[0].free & names)
        inner = [part for part in lead if part[0].free & names]
        sums = [part for part in inner if isinstance(part[0], SumAtom) and site.summed.name in part[0].free]
        plain = all(exponent == 1 for _, exponent in sums)
        if _is_identity(inner) or not plain or not within(monomial_sign(shared), NONZERO):
            continue
        if any(site.summed.name not in atom.free for atom, _ in inner) or not inner:
            continue  # what does not depend on the summed index is not found beside it
        opened = _opened([part for part in inner if part not in sums], [atom for atom, _ in sums], work)
        if opened is not None:
            return _Pattern(form[lead] * opened[0], shared, opened[1], opened[2], lead)
    return None


def _is_identity(inner: Factors) -> bool:
    return any(isinstance(atom, DeltaAtom) for atom, _ in inner)


def _opened(
    plain: Factors, sums: list[Atom], work: Workspace
) -> tuple[fmpq, tuple[IndexVariable, ...], Monomial] | None:
    """A product of atoms and of sums as one sum of one monomial."""
    product, indices = work.field.from_monomial(monomial_of(plain)), list[IndexVariable]()
    for atom in sums:
        assert isinstance(atom, SumAtom)
        fresh = [work.open_index(variable.index_set) for variable in atom.indices]
        names: dict[str, Index] = {old.name: new for old, new in zip(atom.indices, fresh, strict=True)}
        product = product * reindex_monomial(atom.body, names, work)
        indices += fresh
    form = work.field.inverse_form(product)
    if len(form) != 1:
        return None
    ((body, number),) = form.items()
    return number, tuple(indices), body


def _contracted(
    site: _Site, pattern: _Pattern, others: list[IndexVariable], rest: Factors, work: Workspace
) -> Contracted | None:
    """The pattern found in `rest` for some index that stays and some sum indices."""
    for chosen in _choices(pattern.indices, [v for v in others if v.name not in site.atom.free]):
        used = {variable.name for variable in chosen}
        for kept in _index_terms(rest):
            names = {variable.name for variable in index_variables(kept)}
            if names & (used | {site.index.name}) or not _lies_in(kept, site.fixed):
                continue
            mapping: dict[str, Index] = {
                old.name: new for old, new in zip(pattern.indices, chosen, strict=True)
            }
            mapping |= {site.fixed.name: kept, site.summed.name: site.index}
            found = _quotient(rest, reindex_monomial(pattern.body, mapping, work), work)
            if found is not None and not any(atom.free & (used | {site.index.name}) for atom, _ in found[1]):
                factor = work.field.from_monomial(found[1]).scaled(1 / (pattern.coefficient * found[0]))
                factor = factor * work.field.from_monomial(pattern.shared).inverse()
                return _replaced(site, pattern, kept, frozenset(used), factor, work)
    return None


def _replaced(
    site: _Site, pattern: _Pattern, kept: Index, used: frozenset[str], factor: Rational, work: Workspace
) -> Contracted:
    """Delta less what the sum over the matrix's whole row holds besides the pattern."""
    aside = delta(kept, site.other, work)
    for missing in _missing(site):
        aside = aside - site.entry(kept, missing, work) * _inverse_at(site, missing, work)
    form = work.field.inverse_form(site.matrix.body)
    remaining = work.field.from_inverse_form({m: c for m, c in form.items() if m != pattern.lead})
    others = _Site(
        site.atom,
        site.index,
        site.other,
        SquareMatrix(site.matrix.row, site.matrix.column, remaining),
        site.fixed,
        site.summed,
    )
    under = others.entry(kept, site.index, work).scaled(-1) * work.field.atom(site.atom)
    return Contracted(used, aside * factor, under * factor)


def _missing(site: _Site) -> list[Index]:
    """The elements of the matrix's index set over which the sum does not run."""
    whole, part = site.fixed.index_set, site.index.index_set
    missing: list[Index] = [element(value, whole) for value in range(whole.start, part.start)]
    return missing if whole.short == part.short else [*missing, last(whole)]


def _inverse_at(site: _Site, value: Index, work: Workspace) -> Rational:
    return reindex_monomial(((site.atom, 1),), {site.index.name: value}, work)


def _quotient(rest: Factors, image: Rational, work: Workspace) -> tuple[fmpq, Monomial] | None:
    """``(c, q)`` with ``product of rest = image / c * q``, q without any division; None if there is none."""
    form = work.field.inverse_form(image)
    if len(form) != 1:
        return None
    ((monomial, coefficient),) = form.items()
    left: dict[Atom, Exponent] = dict(rest)
    for atom, exponent in monomial:
        remaining = left.get(atom, 0) - exponent
        if remaining * exponent < 0:
            return None
        left[atom] = remaining
    return coefficient, monomial_of((atom, exponent) for atom, exponent in left.items() if exponent)


def _choices(
    wanted: tuple[IndexVariable, ...], offered: list[IndexVariable]
) -> Iterator[tuple[IndexVariable, ...]]:
    """Different indices of the wanted sets, in every way."""
    for choice in permutations(offered, len(wanted)):
        if all(old.index_set == new.index_set for old, new in zip(wanted, choice, strict=True)):
            yield choice


def _lies_in(index: Index, variable: IndexVariable) -> bool:
    """Whether `index` is certainly a row of the matrix that `variable` runs over."""
    whole = variable.index_set
    if isinstance(index, IndexElement):
        return index.index_set.size == whole.size and whole.start <= index.value and not whole.short
    return whole.contains(index.index_set)


def _index_terms(atoms: Factors) -> list[Index]:
    """The index terms that stand free in `atoms`, each once, in order."""
    free = frozenset().union(*(atom.free for atom, _ in atoms))
    found: dict[Index, None] = {}

    def visit(part: object) -> None:
        if isinstance(part, IndexVariable | IndexElement | IndexFunction):
            if {variable.name for variable in index_variables(part)} <= free:
                found.setdefault(part)
        elif isinstance(part, tuple):
            for piece in part:
                visit(piece)
        elif isinstance(part, Atom):
            for field in fields(part):
                if field.name not in ("order", "free", "height", "sign"):
                    visit(getattr(part, field.name))

    for atom, _ in atoms:
        visit(atom)
    return list(found)
