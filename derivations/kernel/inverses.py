"""Entries of inverse matrices as normal forms.

An inverse is known by its matrix, a normal form in two bound indices without the factors that depend on
neither; ``(A^T)^-1`` is ``(A^-1)^T``, so a symmetric matrix has a symmetric inverse. The inverse of a
diagonal matrix is diagonal, and over a set of known size Cramer's rule writes it out. What is left is an
atom, of which `contraction` knows that ``A A^-1 = I = A^-1 A``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from derivations.kernel.atoms import InverseEntryAtom
from derivations.kernel.budget import Unsupported
from derivations.kernel.deltas import delta, delta_atom, elements, index_key
from derivations.kernel.exponentials import rational_power
from derivations.kernel.finite import assign
from derivations.kernel.polynomials import factors
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import Mapped, reindex, reindex_key, remake
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index, IndexElement, IndexVariable

LARGEST_WRITTEN_OUT = 3
"""Rows of the largest matrix that Cramer's rule inverts."""

Place = tuple[Index, Index]


@dataclass(frozen=True, slots=True)
class SquareMatrix:
    """The entries of a matrix in terms of two open index variables over one set."""

    row: IndexVariable
    column: IndexVariable
    body: Rational

    def entry(self, row: Index, column: Index, work: Workspace) -> Rational:
        """One entry."""
        return reindex(self.body, {self.row.name: row, self.column.name: column}, work)


def inverse_entry(matrix: SquareMatrix, place: Place, work: Workspace) -> Rational:
    """The entry of the inverse of `matrix` at `place`, two indices within the set of its rows.

    Guarantees: equal to that entry wherever the inverse exists.
    """
    known = elements(matrix.row.index_set)
    if known is not None:
        return _written_out(matrix, place, known, work)
    diagonal = diagonal_of(matrix, work)
    if diagonal is not None:
        at_row = reindex(diagonal, {matrix.row.name: place[0]}, work)
        return delta(*place, work) * rational_power(at_row, Fraction(-1), work)
    outside, core = split(matrix, work)
    inner = _inverted_twice(core, place, work)
    if inner is not None:
        return inner * outside.inverse()
    return work.field.atom(core_atom(core, place, work)) * outside.inverse()


def diagonal_of(matrix: SquareMatrix, work: Workspace) -> Rational | None:
    """The entries on the diagonal, by the row's index, of a matrix that has no others."""
    atom = delta_atom(matrix.row, matrix.column, False, work)
    if atom not in matrix.body.atoms or not assign(matrix.body, atom, 0).is_zero:
        return None
    return reindex(assign(matrix.body, atom, 1), {matrix.column.name: matrix.row}, work)


def _inverted_twice(core: SquareMatrix, place: Place, work: Workspace) -> Rational | None:
    """The entry of A at `place`, where `core` is the inverse of A."""
    if len(core.body.atoms) != 1 or not isinstance(core.body.atoms[0], InverseEntryAtom):
        return None
    atom = core.body.atoms[0]
    places: dict[Place, Place] = {
        (core.row, core.column): place,
        (core.column, core.row): (place[1], place[0]),
    }
    at = places.get((atom.row, atom.column))
    if at is None or core.body.key != work.field.atom(atom).key:
        return None
    inner = matrix_of(atom, {}, work)
    return None if inner.body.free & {core.row.name, core.column.name} else inner.entry(*at, work)


def split(matrix: SquareMatrix, work: Workspace) -> tuple[Rational, SquareMatrix]:
    """The factors of all entries, and the rest; where the inverse exists, they are not 0."""
    names = {matrix.row.name, matrix.column.name}
    outside = inside = work.field.constant(1)
    for polynomial, side in ((matrix.body.numerator, 1), (matrix.body.denominator, -1)):
        number, parts = factors(polynomial, work.meter.budget) if polynomial else (0, [])
        outside = outside * work.field.constant(number).power(side) if number else outside
        inside = inside if number else work.field.constant(0)
        for part, multiplicity in parts:
            atoms = {atom for monomial in part for atom, _ in monomial}
            shared = not any(atom.values or atom.free & names for atom in atoms)
            power = work.field.polynomial(part).power(side * multiplicity)
            outside, inside = (outside * power, inside) if shared else (outside, inside * power)
    return outside, SquareMatrix(matrix.row, matrix.column, inside)


def core_atom(matrix: SquareMatrix, place: Place, work: Workspace) -> InverseEntryAtom:
    """The atom of an entry of the inverse of a matrix without factors of all entries."""
    height = max((atom.height for atom in matrix.body.atoms), default=0)
    first, second = (IndexVariable(f"#{height + n:03d}", matrix.row.index_set) for n in (1, 2))
    body, transposed = matrix.entry(first, second, work).key, matrix.entry(second, first, work).key
    symmetric = body == transposed
    row, column = place
    if symmetric:
        row, column = sorted(place, key=index_key)
    elif transposed < body:
        row, column, body = column, row, transposed
    closed = frozenset((first.name, second.name))
    return work.field.table.make(InverseEntryAtom, row, column, (first, second), body, closed=closed)


def matrix_of(atom: InverseEntryAtom, mapping: Mapped, work: Workspace) -> SquareMatrix:
    """The matrix whose inverse has the entry `atom`, other free indices replaced by name."""
    row, column = (work.open_index(variable.index_set) for variable in atom.bound)
    names = {old.name: new for old, new in zip(atom.bound, (row, column), strict=True)}
    return SquareMatrix(row, column, reindex_key(atom.body, {**mapping, **names}, work))


@remake.register
def _inverse_entry(atom: InverseEntryAtom, mapping: Mapped, work: Workspace) -> Rational:
    place = work.index(atom.row, mapping), work.index(atom.column, mapping)
    return inverse_entry(matrix_of(atom, mapping, work), place, work)


def _written_out(
    matrix: SquareMatrix, place: Place, known: Sequence[IndexElement], work: Workspace
) -> Rational:
    """Cramer's rule: the cofactors over the determinant."""
    if len(known) > LARGEST_WRITTEN_OUT:
        raise Unsupported(f"the inverse of a matrix with {len(known)} rows")
    entries = [[matrix.entry(row, column, work) for column in known] for row in known]
    inverse = rational_power(determinant(entries, work), Fraction(-1), work)
    total = work.field.constant(0)
    for r, row in enumerate(known):
        for c, column in enumerate(known):
            rest = [line[:r] + line[r + 1 :] for n, line in enumerate(entries) if n != c]
            cofactor = determinant(rest, work).scaled((-1) ** (r + c))
            total = total + delta(place[0], row, work) * delta(place[1], column, work) * cofactor
    return total * inverse


def determinant(entries: list[list[Rational]], work: Workspace) -> Rational:
    """The determinant of a matrix of known size, by Leibniz's formula."""
    total = work.field.constant(0)
    for order in permutations(range(len(entries))):
        inversions = sum(first > second for first, second in combinations(order, 2))
        term = work.field.constant((-1) ** inversions)
        for row, column in enumerate(order):
            term = term * entries[row][column]
        total = total + term
    return total
