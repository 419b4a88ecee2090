"""Capture-avoiding substitution: of indices by indices, and of entries by expressions.

Bound indices are renamed whenever what is put in mentions them. Fresh names are derived from the names in
use, never from a counter, so that the same input gives the same output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from derivations.language.indices import Index, IndexVariable, index_variables, replace_in_index
from derivations.language.nodes import (
    Abstraction,
    Call,
    Cases,
    Condition,
    Delta,
    Derivative,
    Entry,
    Expression,
    IndexCondition,
    Inverse,
    Maximum,
    Product,
    Sum,
    ValueCondition,
)
from derivations.language.traversal import free_indices, index_names, rebuild

Replacement = Callable[[Entry], Expression | None]


def fresh_name(name: str, used: Iterable[str]) -> str:
    """`name` with as many primes as it takes to differ from all names in `used`."""
    taken = set(used)
    while name in taken:
        name += "'"
    return name


def _mentioned(replacements: Mapping[str, Index]) -> set[str]:
    """The names on both sides of a replacement: a renamed binder may be called like none of them.

    One that is called like a name to be replaced would be replaced with it, in the renamed body.
    """
    images = {v.name for index in replacements.values() for v in index_variables(index)}
    return images | replacements.keys()


def _open_binder(
    index: IndexVariable, body: Expression, clashing: set[str]
) -> tuple[IndexVariable, Expression]:
    """The binder renamed, and its body with it, when its name is among `clashing`."""
    if index.name not in clashing:
        return index, body
    renamed = IndexVariable(fresh_name(index.name, clashing | index_names(body)), index.index_set)
    return renamed, replace_indices(body, {index.name: renamed})


def _replace_condition(condition: Condition | None, mapping: Mapping[str, Index]) -> Condition | None:
    if condition is None:
        return None
    if isinstance(condition, IndexCondition):
        left, right = (replace_in_index(i, mapping) for i in (condition.left, condition.right))
        return IndexCondition(left, right, condition.equal)
    indices = tuple(replace_in_index(i, mapping) for i in condition.entry.indices)
    return ValueCondition(Entry(condition.entry.name, indices), condition.value, condition.equal)


def replace_indices(expression: Expression, mapping: Mapping[str, Index]) -> Expression:
    """`expression` with its free indices replaced by name, bound ones renamed where they would capture."""
    if not mapping:
        return expression
    match expression:
        case Entry(name, indices):
            return Entry(name, tuple(replace_in_index(i, mapping) for i in indices))
        case Delta(left, right):
            return Delta(replace_in_index(left, mapping), replace_in_index(right, mapping))
        case Sum(index, body, excluding) | Product(index, body, excluding):
            inner = {name: i for name, i in mapping.items() if name != index.name}
            index, body = _open_binder(index, body, _mentioned(inner))
            outside = tuple(replace_in_index(i, mapping) for i in excluding)
            return type(expression)(index, replace_indices(body, inner), outside)
        case Cases(branches):
            return Cases(
                tuple(
                    (_replace_condition(condition, mapping), replace_indices(value, mapping))
                    for condition, value in branches
                )
            )
        case Call(name, indices, arguments):
            replaced = tuple(_replace_in_abstraction(a, mapping) for a in arguments)
            return Call(name, tuple(replace_in_index(i, mapping) for i in indices), replaced)
        case Inverse(matrix, (row, column)):
            at = replace_in_index(row, mapping), replace_in_index(column, mapping)
            return Inverse(_replace_in_abstraction(matrix, mapping), at, expression.written)
        case Maximum(function):
            return Maximum(_replace_in_abstraction(function, mapping))
        case Derivative(body, variable):
            target = replace_indices(variable, mapping)
            if not isinstance(target, Entry | Call):
                raise TypeError(f"a derivative by a {type(target).__name__}")
            return Derivative(replace_indices(body, mapping), target)
    return rebuild(expression, lambda part: replace_indices(part, mapping))


def _replace_in_abstraction(argument: Abstraction, mapping: Mapping[str, Index]) -> Abstraction:
    bound = {v.name for v in argument.indices}
    inner = {name: i for name, i in mapping.items() if name not in bound}
    indices, body = rename_binders(argument, _mentioned(inner))
    return Abstraction(indices, replace_indices(body, inner))


def rename_binders(argument: Abstraction, clashing: set[str]) -> tuple[tuple[IndexVariable, ...], Expression]:
    """The indices and the body of an abstraction, with no index named as one of `clashing`."""
    indices, body = list(argument.indices), argument.body
    for position, index in enumerate(indices):
        if index.name in clashing:
            used = clashing | index_names(body) | {v.name for v in indices}
            renamed = IndexVariable(fresh_name(index.name, used), index.index_set)
            indices[position] = renamed
            body = replace_indices(body, {index.name: renamed})
    return tuple(indices), body


def replace_entries(
    expression: Expression, replacement: Replacement, mentions: frozenset[str] = frozenset()
) -> Expression:
    """`expression` with every entry for which `replacement` gives an expression replaced by it.

    `mentions` names the free indices of everything that may be put in; binders of those names are renamed
    first. Derivative variables are not replaced: take derivatives before, or keep their names out.
    """
    match expression:
        case Entry():
            replaced = replacement(expression)
            return expression if replaced is None else replaced
        case Sum(index, body, excluding) | Product(index, body, excluding):
            index, body = _open_binder(index, body, set(mentions))
            return type(expression)(index, replace_entries(body, replacement, mentions), excluding)
        case Call(name, indices, arguments):
            opened = [rename_binders(argument, set(mentions)) for argument in arguments]
            replaced_arguments = tuple(
                Abstraction(bound, replace_entries(body, replacement, mentions)) for bound, body in opened
            )
            return Call(name, indices, replaced_arguments)
        case Inverse(matrix, at):
            bound, body = rename_binders(matrix, set(mentions))
            return Inverse(
                Abstraction(bound, replace_entries(body, replacement, mentions)), at, expression.written
            )
        case Maximum(function):
            bound, body = rename_binders(function, set(mentions))
            return Maximum(Abstraction(bound, replace_entries(body, replacement, mentions)))
    return rebuild(expression, lambda part: replace_entries(part, replacement, mentions))


def instantiate(argument: Abstraction, indices: tuple[Index, ...]) -> Expression:
    """The entry of `argument` at `indices`."""
    if len(indices) != len(argument.indices):
        raise ValueError(f"{len(indices)} indices given for {len(argument.indices)}")
    return replace_indices(argument.body, {v.name: i for v, i in zip(argument.indices, indices, strict=True)})


def free_names(argument: Abstraction) -> set[str]:
    """The names of the indices that are free in an abstraction."""
    return set(free_indices(argument.body)) - {v.name for v in argument.indices}
