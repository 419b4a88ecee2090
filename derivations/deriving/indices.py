"""Letters for indices that matrix notation left unnamed, and for the second index of a Hessian."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from derivations.language.indices import Index, IndexSet, IndexVariable
from derivations.language.matrix_forms import unwritten
from derivations.language.nodes import Entry, Expression, Product, Sum
from derivations.language.substitution import replace_indices
from derivations.language.traversal import free_indices, index_names, rebuild

BOUND: Mapping[str, str] = MappingProxyType({"m": "irs", "n": "lrs", "K": "crs"})
"""The letters that people sum with over samples, features and classes."""

FREE = "jkirs"
"""The letters of indices that are not summed over."""

OTHERS = "rsuklijcd"


def lettered(expression: Expression, used: set[str]) -> Expression:
    """`expression` with a letter for every index that has no name of its author's, none of `used`."""
    names: dict[str, Index] = {}
    taken = used | {name for name in index_names(expression) if not unwritten(name)}
    for name, variable in free_indices(expression).items():
        if unwritten(name):
            letter = _letter(FREE, taken)
            names[name] = IndexVariable(letter, variable.index_set)
            taken.add(letter)
    return _bound_lettered(replace_indices(expression, names), taken)


def _bound_lettered(expression: Expression, taken: set[str]) -> Expression:
    if isinstance(expression, Sum | Product) and unwritten(expression.index.name):
        letter = _letter(BOUND.get(str(expression.index.index_set.size), ""), taken)
        index = IndexVariable(letter, expression.index.index_set)
        body = replace_indices(expression.body, {expression.index.name: index})
        return type(expression)(index, _bound_lettered(body, taken | {letter}), expression.excluding)
    inner = taken | {expression.index.name} if isinstance(expression, Sum | Product) else taken
    return rebuild(expression, lambda part: _bound_lettered(part, inner))


def _letter(preferred: str, taken: set[str]) -> str:
    free = (letter for letter in preferred + OTHERS if letter not in taken)
    return next(free, "i'")


def other_entry(variable: Entry) -> Entry:
    """The same variable at other indices: ``theta_k`` for ``theta_j``; a number is itself."""
    taken = {index.name for index in variable.indices if isinstance(index, IndexVariable)}
    indices: list[Index] = []
    for index in variable.indices:
        if isinstance(index, IndexVariable):
            letter = _letter("kjr", taken)
            taken.add(letter)
            index = IndexVariable(letter, IndexSet(index.index_set.size, index.index_set.start))
        indices.append(index)
    return Entry(variable.name, tuple(indices))
