"""Case distinctions: each branch weighted with the indicator of its condition, as a polynomial.

A branch is looked at only where its condition holds: an equal index is put in, a label has its value.
Branches that do not cover everything are not supported, since nothing says what holds elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from derivations.kernel.budget import Unsupported
from derivations.kernel.conditions import Guard
from derivations.kernel.deltas import apart, check_indices, delta, entry
from derivations.kernel.rational import Rational
from derivations.kernel.rules import normal_form
from derivations.kernel.workspace import Facts, Scope, Workspace
from derivations.language.indices import Index, IndexVariable, index_variables, replace_in_index
from derivations.language.nodes import Cases, IndexCondition, ValueCondition
from derivations.language.text import condition_text


def cases(expression: Cases, scope: Scope, work: Workspace) -> Rational:
    """The sum of the branches, each times the indicator of its condition.

    Guarantees: equal to the branch whose condition holds first. Raises `Unsupported` unless one always does.
    """
    total, covered = work.field.constant(0), work.field.constant(0)
    earlier: list[Guard] = []
    for condition, value in expression.branches:
        inner, facts = scope, work.facts
        for guard in (*map(negated, earlier), *([] if condition is None else [condition])):
            inner, facts = _under(guard, inner, facts, work)
        before = work.undischarged
        with knowing(facts, work):
            branch = normal_form(value, inner, work)
        lazy = work.undischarged > before
        weight = work.field.constant(1)
        for guard in (*map(negated, earlier), *([] if condition is None else [condition])):
            weight = weight * _indicator(guard, lazy, scope, work)
        total = total + weight * branch
        covered = covered + _weight(earlier, condition, scope, work)
        if condition is None:
            break
        earlier.append(condition)
    if covered.number != 1:
        raise Unsupported("cases that may not cover everything")
    return total


def negated(condition: Guard) -> Guard:
    """The opposite condition."""
    return replace(condition, equal=not condition.equal)


def _weight(earlier: list[Guard], condition: Guard | None, scope: Scope, work: Workspace) -> Rational:
    """The indicator of a branch, multiplied out."""
    weight = work.field.constant(1)
    for guard in (*map(negated, earlier), *([] if condition is None else [condition])):
        weight = weight * _indicator(guard, False, scope, work)
    return weight


def _indicator(condition: Guard, lazy: bool, scope: Scope, work: Workspace) -> Rational:
    """1 where the condition holds, otherwise 0."""
    if isinstance(condition, IndexCondition):
        left, right = (work.index(i, scope.environment) for i in (condition.left, condition.right))
        if not condition.equal and lazy:
            return apart(left, right, work)
        equal = delta(left, right, work)
    else:
        equal = _has_value(condition, scope, work)
    return equal if condition.equal else work.field.constant(1) - equal


def _has_value(condition: ValueCondition, scope: Scope, work: Workspace) -> Rational:
    """1 where an entry with finitely many values has the given one."""
    name, domain = condition.entry.name, check_indices(condition.entry.name, condition.entry.indices, work)
    indices = tuple(work.index(index, scope.environment) for index in condition.entry.indices)
    value = entry(name, indices, domain, work)
    if value.number is not None:
        return work.field.constant(int(value.number == condition.value))
    if not domain.finite:
        raise Unsupported(f"the case {condition_text(condition)} of a real number")
    low, high = (-1, 1) if domain.value == "-1 or 1" else (0, 1)
    if condition.value not in (low, high):
        return work.field.constant(0)
    share = (value - work.field.constant(low)) * work.field.constant(high - low).inverse()
    return share if condition.value == high else work.field.constant(1) - share


def _under(condition: Guard, scope: Scope, facts: Facts, work: Workspace) -> tuple[Scope, Facts]:
    """The scope and the facts where the condition holds."""
    inner = replace(scope, guards=(*scope.guards, condition))
    if isinstance(condition, ValueCondition):
        if not condition.equal:
            return inner, facts
        indices = tuple(work.index(index, scope.environment) for index in condition.entry.indices)
        entries = {**facts.entries, (condition.entry.name, indices): condition.value}
        return inner, replace(facts, entries=entries)
    left, right = (work.index(i, scope.environment) for i in (condition.left, condition.right))
    if not condition.equal:
        return inner, replace(facts, apart=facts.apart | {frozenset((left, right))})
    for this, other in ((left, right), (right, left)):
        if isinstance(this, IndexVariable) and this not in index_variables(other):
            return replace(inner, environment=_identified(this, other, scope)), facts
    return inner, facts


def _identified(variable: IndexVariable, other: Index, scope: Scope) -> dict[str, Index]:
    """The environment in which `variable` stands for `other`."""
    mapping = {variable.name: other}
    environment = {name: replace_in_index(index, mapping) for name, index in scope.environment.items()}
    return environment if variable.name[0] == "@" else {**environment, variable.name: other}


@contextmanager
def knowing(facts: Facts, work: Workspace) -> Iterator[None]:
    """Work under other facts; what was remembered under the old ones is set aside."""
    if facts == work.facts:
        yield
        return
    outside, remembered = work.facts, work.substitutions
    work.facts, work.substitutions = facts, {}
    try:
        yield
    finally:
        work.facts, work.substitutions = outside, remembered
