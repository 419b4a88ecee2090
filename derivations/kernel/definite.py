"""Which matrices surely have an inverse: those that are said to, and those that are positive definite.

A matrix is positive definite if it is a sum of ``w u u^T`` with w >= 0 and of diagonal matrices with entries
>= 0, and one of these is positive definite alone: a diagonal with positive entries, or a sum of
``w_i u_i u_i^T`` with positive weights whose Gram matrix ``sum u_i u_i^T`` is said to have an inverse.
"""

from __future__ import annotations

from collections.abc import Iterable

from derivations.kernel.atoms import Atom, Exponent, Monomial, SumAtom
from derivations.kernel.budget import Unsupported
from derivations.kernel.definedness import record
from derivations.kernel.deltas import delta_atom, elements
from derivations.kernel.finite import branches
from derivations.kernel.inverses import (
    SquareMatrix,
    core_atom,
    determinant,
    diagonal_of,
    inverse_entry,
    split,
)
from derivations.kernel.polynomials import monomial_of, monomial_sign
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import reindex_monomial
from derivations.kernel.rules import normal_form, rule
from derivations.kernel.sign import NONNEGATIVE, NONZERO, POSITIVE, Sign, within
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Scope, Workspace
from derivations.language.indices import Index, IndexElement
from derivations.language.nodes import Abstraction, Inverse
from derivations.language.text import index_text

__all__ = ["has_inverse"]

Factors = list[tuple[Atom, Exponent]]


@rule.register
def _inverse(expression: Inverse, scope: Scope, work: Workspace) -> Rational:
    """An entry of an inverse, on the condition that there is one."""
    matrix = square(expression.matrix, scope, work)
    place = tuple(work.index(index, scope.environment) for index in expression.indices)
    for index in place:
        _check_place(index, matrix)
    if not has_inverse(matrix, work):
        _record(expression, matrix, scope, work)
    return inverse_entry(matrix, (place[0], place[1]), work)


def _record(expression: Inverse, matrix: SquareMatrix, scope: Scope, work: Workspace) -> None:
    """Note that the matrix must have an inverse, once for a matrix, its transpose and its multiples."""
    outside, core = split(matrix, work)
    key = _key(core, work) if not core.body.is_zero else None
    everywhere = not scope.guards and not any(name[0] == "@" for name in core.body.free - _names(core))
    if everywhere and _surely(outside, NONZERO, work):
        if key in work.conditioned:
            work.undischarged += 1
            return
        work.conditioned.add(key)
    first = IndexElement(matrix.row.index_set.start, matrix.row.index_set)
    record("invertible", Inverse(expression.matrix, (first, first), expression.written), scope, work)


def _names(matrix: SquareMatrix) -> set[str]:
    return {matrix.row.name, matrix.column.name}


def square(matrix: Abstraction, scope: Scope, work: Workspace) -> SquareMatrix:
    """The normal form of a matrix; what its entries need to be defined is noted."""
    first, second = matrix.indices
    if first.index_set != second.index_set or first.name == second.name:
        raise Unsupported("the inverse of a matrix that is not square")
    if first.index_set.start > 1:
        raise Unsupported(f"the inverse of a matrix over {first.index_set}")
    row, column = (work.open_index(variable.index_set) for variable in matrix.indices)
    inner = Scope(
        {**scope.environment, first.name: row, second.name: column},
        (*scope.binders, first, second),
        scope.guards,
        scope.depth,
    )
    return SquareMatrix(row, column, normal_form(matrix.body, inner, work))


def _check_place(index: Index, matrix: SquareMatrix) -> None:
    whole = matrix.row.index_set
    if isinstance(index, IndexElement):
        known = whole.elements
        fits = index.value in known if known is not None else index.value >= whole.start and not whole.short
        fits = fits and index.index_set.compatible(whole)
    else:
        fits = whole.contains(index.index_set)
    if not fits:
        raise Unsupported(f"the index {index_text(index)} of an inverse does not range over {whole}")


def has_inverse(matrix: SquareMatrix, work: Workspace) -> bool:
    """Whether `matrix` is proven to have an inverse.

    Guarantees: true only if it has one at all points within the declarations and facts at which its entries
    are defined. False says nothing.
    """
    known = elements(matrix.row.index_set)
    if known is not None:
        entries = [[matrix.entry(row, column, work) for column in known] for row in known]
        return len(known) <= 3 and _surely(determinant(entries, work), NONZERO, work)
    diagonal = diagonal_of(matrix, work)
    if diagonal is not None and _surely(diagonal, NONZERO, work):
        return True
    outside, core = split(matrix, work)
    if core.body.is_zero or not _surely(outside, NONZERO, work):
        return False
    said = said_invertible(work)
    if _key(core, work) in said:
        return True
    return any(
        _positive_definite(SquareMatrix(core.row, core.column, core.body.scaled(sign)), said, work)
        for sign in (1, -1)
    )


def _surely(value: Rational, allowed: Sign, work: Workspace) -> bool:
    return all(within(branch.sign(), allowed) for branch in branches(value, work))


def _key(core: SquareMatrix, work: Workspace) -> object:
    """What two matrices have in common whose inverses are the same or transposes of each other."""
    atom = core_atom(core, (core.row, core.row), work)
    return atom.bound, atom.body


def said_invertible(work: Workspace) -> frozenset[object]:
    """The matrices that the facts say to have an inverse, without the factors of all their entries."""
    if work.invertible is None:
        found = set()
        work.invertible = frozenset()
        for matrix in work.facts.invertible:
            _, core = split(square(matrix, Scope(), work), work)
            if not core.body.is_zero:
                found.add(_key(core, work))
        work.invertible = frozenset(found)
    return work.invertible


def _positive_definite(matrix: SquareMatrix, said: frozenset[object], work: Workspace) -> bool:
    """Whether ``v^T A v`` is a sum of terms that are never negative, one of them positive for v != 0."""
    definite = False
    for monomial, coefficient in work.field.inverse_form(matrix.body).items():
        if coefficient < 0:
            return False
        found = _of_monomial(monomial, matrix, said, work)
        if found is None:
            return False
        definite |= found
    return definite


def _of_monomial(
    monomial: Monomial, matrix: SquareMatrix, said: frozenset[object], work: Workspace
) -> bool | None:
    """Whether a monomial of a matrix is positive definite, None if it may not even be semidefinite."""
    names = _names(matrix)
    diagonal = delta_atom(matrix.row, matrix.column, False, work)
    if any(atom is diagonal for atom, _ in monomial):
        rest = tuple(part for part in monomial if part[0] is not diagonal)
        sign = reindex_monomial(rest, {matrix.column.name: matrix.row}, work).sign()
        return within(sign, POSITIVE) if within(sign, NONNEGATIVE) else None
    shared = tuple(part for part in monomial if not part[0].free & names)
    inner = [part for part in monomial if part[0].free & names]
    if not within(monomial_sign(shared), NONNEGATIVE):
        return None
    if len(inner) == 1 and isinstance(inner[0][0], SumAtom) and inner[0][1] == 1:
        return _of_sum(inner[0][0], shared, matrix, said, work)
    halves = _halves(inner, matrix, work)
    return None if halves is None else False


def _of_sum(
    atom: SumAtom, shared: Monomial, matrix: SquareMatrix, said: frozenset[object], work: Workspace
) -> bool | None:
    fresh = [work.open_index(variable.index_set) for variable in atom.indices]
    names: dict[str, Index] = {old.name: new for old, new in zip(atom.indices, fresh, strict=True)}
    form = work.field.inverse_form(reindex_monomial(atom.body, names, work))
    if len(form) != 1:
        return None
    ((body, coefficient),) = form.items()
    halves = _halves(body, matrix, work)
    if halves is None or coefficient < 0 or not within(monomial_sign(halves[0]), NONNEGATIVE):
        return None
    gram = work.field.from_monomial(halves[1])
    for index in fresh:
        if index.name not in gram.free:
            return False
        gram = sum_over(index, gram, work)
    known = _key(SquareMatrix(matrix.row, matrix.column, gram), work) in said
    return known and within(monomial_sign((*shared, *halves[0])), POSITIVE)


def _halves(
    body: Iterable[tuple[Atom, Exponent]], matrix: SquareMatrix, work: Workspace
) -> tuple[Monomial, Monomial] | None:
    """The factors without an index of the matrix, and ``u(row) u(column)`` if that is what the others are."""
    row, column, neither = Factors(), Factors(), Factors()
    for part in body:
        at_row, at_column = matrix.row.name in part[0].free, matrix.column.name in part[0].free
        if at_row and at_column:
            return None
        (row if at_row else column if at_column else neither).append(part)
    first = reindex_monomial(monomial_of(row), {matrix.row.name: matrix.column}, work)
    second = work.field.from_monomial(monomial_of(column))
    if not (first - second).is_zero:
        return None
    return monomial_of(neither), monomial_of([*row, *column])
