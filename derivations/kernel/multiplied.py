"""A claim about the entries of ``A^-1 ...`` for all rows, multiplied by A: it holds if and only if that does.

So ``(A B)^-1 = B^-1 A^-1``, the push-through identity and Woodbury's are proved from ``A A^-1 = I`` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivations.kernel.atoms import Atom, InverseEntryAtom, SumAtom
from derivations.kernel.inverses import matrix_of
from derivations.kernel.polynomials import atoms_of
from derivations.kernel.rational import Rational
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
    above = work.field.polynomial(value.numerator)
    for atom in _inverse_entries(atoms_of(value.numerator)):
        for this, row_is_summed in ((atom.row, False), (atom.column, True)):
            if not isinstance(this, IndexVariable) or this.name[0] == "#" or this.name in spoken_of:
                continue
            matrix = matrix_of(atom, {}, work)
            closed = any(name[0] == "#" or name == this.name for name in matrix.body.free)
            if closed or this.index_set != matrix.row.index_set:
                continue
            other = work.open_index(this.index_set)
            pair = (this, other) if row_is_summed else (other, this)
            yield sum_over(this, matrix.entry(*pair, work) * above, work)


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
