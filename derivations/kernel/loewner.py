"""The order between matrices: ``A <= B`` says that ``v^T (B - A) v >= 0`` for all v, and B - A is symmetric.

Such a claim is two claims between numbers, so nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from derivations.kernel.budget import Unsupported
from derivations.kernel.question import fact_indices
from derivations.language.context import Context
from derivations.language.declarations import Declaration, Domain
from derivations.language.derivation import Claim
from derivations.language.indices import Index, IndexVariable
from derivations.language.nodes import ZERO, Entry, Expression, Sum, multiply, subtract
from derivations.language.substitution import fresh_name, replace_indices
from derivations.language.traversal import entry_names, free_indices, index_names

RELATIONS: Mapping[str, str] = MappingProxyType({"preceq": "<=", "succeq": ">=", "prec": "<", "succ": ">"})
"""The order between matrices, and that between their quadratic forms."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What a claim between matrices says in numbers."""

    form: Claim
    """The quadratic forms, at a vector of which nothing is known, or only that it is not 0."""
    symmetric: Claim
    context: Context
    vector: str


def forms(claim: Claim, context: Context) -> Forms:
    """The two claims between numbers that a claim between matrices comes to.

    Raises `Unsupported` unless the sides are square matrices over one set.

    Guarantees: the claim holds exactly if both of them do.
    """
    row, column = _axes(claim)
    names = entry_names(claim.left) | entry_names(claim.right) | {*context.declarations, *context.definitions}
    vector = fresh_name("v", names)
    strict = claim.relation in ("prec", "succ")
    domain = Domain.NONZERO_ROW if strict else Domain.REAL
    known = context.with_rows(Declaration(vector, (row.index_set,), domain))

    def form(side: Expression) -> Expression:
        if side == ZERO:
            return ZERO
        body = multiply(Entry(vector, (row,)), side, Entry(vector, (column,)))
        return Sum(row, Sum(column, body))

    sides = form(claim.left), form(claim.right)
    relation = RELATIONS[claim.relation]
    numbers = replace(claim, left=sides[0], right=sides[1], relation=relation, axes=(None, None))
    difference = subtract(claim.left, claim.right)
    swap = IndexVariable(fresh_name("swap", index_names(difference)), row.index_set)
    first: dict[str, Index] = {row.name: swap}
    turned = replace_indices(replace_indices(difference, first), {column.name: row})
    turned = replace_indices(turned, {swap.name: column})
    return Forms(numbers, replace(claim, left=difference, right=turned, relation="="), known, vector)


def _axes(claim: Claim) -> tuple[IndexVariable, IndexVariable]:
    """The indices of rows and columns."""
    free = {**free_indices(claim.left), **free_indices(claim.right)}
    row, column = (free.get(name) if name else None for name in claim.axes)
    if row is None or column is None or row.index_set != column.index_set:
        raise Unsupported("the order of what is no square matrix")
    supposed = {name for assumption in claim.assumptions for name in fact_indices(assumption.fact)}
    if supposed & {row.name, column.name}:
        raise Unsupported("an assumption on the rows or columns of a matrix")
    return row, column
