"""A claim about the entries of ``A^-1 ...`` for all rows, multiplied by A: it holds if and only if that does.

So ``(A B)^-1 = B^-1 A^-1``, the push-through identity and Woodbury's are proved from ``A A^-1 = I`` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flint import fmpq

from derivations.kernel.atoms import Atom, InverseEntryAtom, Monomial, SumAtom
from derivations.kernel.deltas import delta
from derivations.kernel.inverses import SquareMatrix, matrix_of
from derivations.kernel.polynomials import atoms_of
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import reindex_monomial
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index, IndexVariable, index_variables
from derivations.language.traversal import condition_indices, free_indices

MOST_FACTORS = 3
"""How many matrices a claim is multiplied by."""

MOST_PRODUCTS = 16
"""How many such products are tried in all."""


def vanishes_multiplied(value: Rational, work: Workspace, factors: int = MOST_FACTORS) -> bool:
    """Whether `value`, for all values of a free index, is 0 since a product with a matrix is.

    Guarantees: true only if `value` is 0 for all values of its free indices wherever it is defined. A matrix
    is used only if it has an inverse there, and an index only if no fact and no condition speaks of it.
    """
    if not factors or not work.universal:
        return False
    for product in _products(value, work):
        work.multiplied += 1
        if work.multiplied > MOST_PRODUCTS:
            return False
        if product.is_zero or vanishes_multiplied(product, work, factors - 1):
            return True
    return False


def _products(value: Rational, work: Workspace) -> Iterator[Rational]:
    """``sum over p of A[r, p] value[p]`` for the entries ``A^-1[p, q]`` and ``A^-1[q, p]`` in `value`."""
    spoken_of = _spoken_of(work)
    for atom in _inverse_entries(atoms_of(value.numerator)):
        for this, row_is_summed in ((atom.row, False), (atom.column, True)):
            if not isinstance(this, IndexVariable) or this.name[0] == "#" or this.name in spoken_of:
                continue
            matrix = matrix_of(atom, {}, work)
            closed = any(name[0] == "#" or name == this.name for name in matrix.body.free)
            if closed or this.index_set != matrix.row.index_set:
                continue
            other = work.open_index(this.index_set)
            yield _Product(atom, matrix, row_is_summed, this, other).of(value, work)


@dataclass(frozen=True, slots=True)
class _Product:
    """The product of a matrix A with values at an index, ``A[kept, summed]`` or ``A[summed, kept]``."""

    atom: InverseEntryAtom
    matrix: SquareMatrix
    row_is_summed: bool
    summed: IndexVariable
    kept: IndexVariable

    def of(self, value: Rational, work: Workspace) -> Rational:
        """The sum over `summed` of the matrix times the numerator of `value`, inverses met first."""
        total = work.field.constant(0)
        others: dict[Monomial, fmpq] = {}
        for monomial, coefficient in value.numerator.items():
            met = self._met(monomial, work)
            if met is None:
                others[monomial] = coefficient
            else:
                total = total + met.scaled(coefficient)
        pair = (self.summed, self.kept) if self.row_is_summed else (self.kept, self.summed)
        rest = self.matrix.entry(*pair, work) * work.field.polynomial(others)
        return total + sum_over(self.summed, rest, work)

    def _met(self, monomial: Monomial, work: Workspace) -> Rational | None:
        """The product with a monomial that depends on the index by one entry of the inverse only."""
        parts = [part for part in monomial if self.summed.name in part[0].free]
        if len(parts) != 1 or parts[0][1] != 1:
            return None
        found = self._with_atom(parts[0][0], work)
        rest = tuple(part for part in monomial if part is not parts[0])
        return None if found is None else found * work.field.from_monomial(rest)

    def _with_atom(self, atom: Atom, work: Workspace) -> Rational | None:
        if isinstance(atom, InverseEntryAtom):
            at = self._facing(atom)
            return None if at is None else delta(self.kept, at, work)
        if not isinstance(atom, SumAtom):
            return None
        fresh = [work.open_index(variable.index_set) for variable in atom.indices]
        names: dict[str, Index] = {old.name: new for old, new in zip(atom.indices, fresh, strict=True)}
        form = work.field.inverse_form(reindex_monomial(atom.body, names, work))
        if len(form) != 1:
            return None
        ((body, coefficient),) = form.items()
        total = self._met(body, work)
        if total is None:
            return None
        for index in fresh:
            total = sum_over(index, total, work)
        return total.scaled(coefficient)

    def _facing(self, atom: InverseEntryAtom) -> Index | None:
        """The other place of an entry of the same inverse that stands where the matrix meets it."""
        if (atom.bound, atom.body) != (self.atom.bound, self.atom.body):
            return None
        this, other = (atom.column, atom.row) if self.row_is_summed else (atom.row, atom.column)
        return other if this == self.summed and self.summed not in index_variables(other) else None


def _inverse_entries(atoms: Iterable[Atom]) -> Iterator[InverseEntryAtom]:
    """The entries of inverses among `atoms` and in the sums among them."""
    for atom in atoms:
        if isinstance(atom, InverseEntryAtom):
            yield atom
        elif isinstance(atom, SumAtom):
            yield from _inverse_entries(inner for inner, _ in atom.body)


def _spoken_of(work: Workspace) -> set[str]:
    """The free indices of which facts or conditions speak."""
    facts = work.facts
    indices: list[Index] = [*facts.indices, *facts.indices.values()]
    indices += [index for pair in facts.apart for index in pair]
    indices += [index for _, places in facts.entries for index in places]
    names = {variable.name for index in indices for variable in index_variables(index)}
    for matrix in facts.invertible:
        names |= set(free_indices(matrix.body))
    for condition in work.conditions:
        names |= set(free_indices(condition.expression))
        names |= {
            v.name for guard in condition.guards for i in condition_indices(guard) for v in index_variables(i)
        }
    return names
