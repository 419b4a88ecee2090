"""Assumptions of a claim as facts: equal indices are put in, labels of known class get their value.

A particular fact speaks of free indices only. ``t_j = 1`` never rewrites an entry with a bound index; for a
one-hot t it says that the class is j.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from derivations.kernel.budget import Budget, Unsupported
from derivations.kernel.workspace import Facts, Workspace
from derivations.language.context import Context
from derivations.language.declarations import Domain
from derivations.language.definitions import unfold
from derivations.language.derivation import Claim, EntryFact, InvertibleFact
from derivations.language.indices import (
    Index,
    IndexFunction,
    IndexVariable,
    index_variables,
    is_last,
    replace_in_index,
)
from derivations.language.nodes import Abstraction, Expression, IndexCondition
from derivations.language.substitution import rename_binders, replace_indices
from derivations.language.text import index_text
from derivations.language.traversal import free_indices, index_names


def facts_of(claim: Claim, context: Context) -> tuple[dict[str, Index], Facts]:
    """A renaming of free indices, to be done in the claim first, and the facts that hold then.

    Raises `Unsupported` for assumptions that contradict each other on their face.
    """
    renaming: dict[str, Index] = {}
    facts = Facts()
    conditions = [a.fact for a in claim.assumptions if isinstance(a.fact, IndexCondition)]
    for condition in sorted(conditions, key=lambda c: not c.equal):
        left, right = (_known(i, renaming, facts) for i in (condition.left, condition.right))
        if not condition.equal:
            if left == right:
                raise Unsupported("the assumptions contradict each other")
            facts = replace(facts, apart=facts.apart | {frozenset((left, right))})
        elif left != right:
            renaming, facts = _identify(left, right, renaming, facts)
    for assumption in claim.assumptions:
        if isinstance(assumption.fact, EntryFact):
            facts = _entry_fact(assumption.fact, renaming, facts, context)
        elif isinstance(assumption.fact, InvertibleFact):
            facts = _invertible(assumption.fact, renaming, facts, context)
    return renaming, facts


def _invertible(fact: InvertibleFact, renaming: Mapping[str, Index], facts: Facts, context: Context) -> Facts:
    """A matrix is invertible: opened, with the same indices put in as in the claim."""
    body = unfold(fact.matrix.body, context)
    check_names([body])
    clashing = set(renaming) | {v.name for index in renaming.values() for v in index_variables(index)}
    bound, body = rename_binders(Abstraction(fact.matrix.indices, body), clashing)
    matrix = Abstraction(bound, replace_indices(body, renaming))
    return replace(facts, invertible=(*facts.invertible, matrix))


def check_names(expressions: Iterable[Expression]) -> None:
    """Raise unless every free index has one range and no name looks like one of the kernel's own."""
    ranges: dict[str, IndexVariable] = {}
    for expression in expressions:
        for name, variable in free_indices(expression).items():
            if ranges.setdefault(name, variable) != variable:
                raise Unsupported(f"the index {name} has two ranges")
        if any(not name or name[0] in "@#" for name in index_names(expression)):
            raise Unsupported("an index name that begins with a sign")


def _known(index: Index, renaming: Mapping[str, Index], facts: Facts) -> Index:
    return Workspace(Context(), facts, Budget()).index(index, renaming)


def _identify(
    left: Index, right: Index, renaming: dict[str, Index], facts: Facts
) -> tuple[dict[str, Index], Facts]:
    """Two index terms that are equal from now on: a variable is put in for, or a function gets a value."""
    pairs = [(left, right), (right, left)]
    if not left.index_set.contains(right.index_set):
        pairs.reverse()
    for this, other in pairs:
        if isinstance(this, IndexVariable) and this not in index_variables(other):
            step: dict[str, Index] = {this.name: other}
            renamed = {name: replace_in_index(index, step) for name, index in renaming.items()}
            moved = Facts(
                {replace_in_index(k, step): replace_in_index(v, step) for k, v in facts.indices.items()},
                facts.entries,
                facts.apart,
                facts.invertible,
            )
            return {**renamed, **step}, moved
    for this, other in pairs:
        if isinstance(this, IndexFunction) and this not in facts.indices and other != this:
            if is_last(this) or (isinstance(other, IndexFunction) and not is_last(other)):
                continue
            return renaming, replace(facts, indices={**facts.indices, this: other})
    raise Unsupported(f"the assumption {index_text(left)} = {index_text(right)}")


def _entry_fact(fact: EntryFact, renaming: Mapping[str, Index], facts: Facts, context: Context) -> Facts:
    name = fact.entry.name
    declaration = context.declaration(name)
    indices = tuple(_known(index, renaming, facts) for index in fact.entry.indices)
    if len(indices) != len(declaration.index_sets):
        raise Unsupported(f"the assumption on {name} does not fit its shape")
    if declaration.domain is Domain.ONE_HOT:
        label = IndexFunction(f"class of {name}", indices[:-1], declaration.index_sets[-1])
        if fact.value == 1:
            if facts.indices.get(label, indices[-1]) != indices[-1]:
                raise Unsupported("two classes for one sample")
            return replace(facts, indices={**facts.indices, label: indices[-1]})
        return replace(facts, apart=facts.apart | {frozenset((label, indices[-1]))})
    if facts.entries.get((name, indices), fact.value) != fact.value:
        raise Unsupported("the assumptions contradict each other")
    return replace(facts, entries={**facts.entries, (name, indices): fact.value})
