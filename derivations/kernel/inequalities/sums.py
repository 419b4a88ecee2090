"""Sums that are not negative because their terms are not: all sums over one set become one sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from flint import fmpq

from derivations.kernel.atoms import CardinalityAtom, EntryAtom, Monomial, SumAtom
from derivations.kernel.deltas import cardinality
from derivations.kernel.deltas import entry as entry_of
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.polynomials import ONE, Polynomial
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import reindex_monomial
from derivations.kernel.sign import never_empty
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.declarations import Domain
from derivations.language.indices import Index, IndexSet, IndexVariable


@dataclass(slots=True)
class Merged:
    """``sum over index of body, plus rest``."""

    index: IndexVariable
    body: Rational
    rest: Rational
    weights: list[Rational] = field(default_factory=list)
    """What is positive and sums to 1 over the index."""


def by_terms(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """All sums over one index set are one sum; its terms, and what is no sum, are settled.

    What is no sum may also go into the sum, as a share: by probabilities that occur there, or equally.
    """
    if goal.value.denominator is not ONE:
        return
    for index_set in sorted(index_sets(goal.value.numerator), key=str):
        merged = merge(goal.value.numerator, index_set, work)
        surely = never_empty(index_set, work.context)
        if merged.rest.is_zero:
            if surely or not goal.strict:
                yield Reduction("a sum, term by term", (Goal(merged.body, goal.strict),))
            continue
        for strict_body, strict_rest in _strictness(goal.strict, surely):
            goals = (Goal(merged.rest, strict_rest), Goal(merged.body, strict_body))
            yield Reduction("a sum, term by term, and the rest", goals)
        for weight in merged.weights:
            whole = Goal(merged.body + weight * merged.rest, goal.strict)
            yield Reduction("a sum, term by term, with shares of the rest", (whole,))
        if surely:
            share = merged.rest * cardinality(index_set, work).inverse()
            whole = Goal(merged.body + share, goal.strict)
            yield Reduction("a sum, term by term, with equal shares of the rest", (whole,))


def _strictness(strict: bool, surely: bool) -> tuple[tuple[bool, bool], ...]:
    """Which of the body and the rest is to be positive."""
    if not strict:
        return ((False, False),)
    return ((False, True), (True, False)) if surely else ((False, True),)


def index_sets(polynomial: Polynomial) -> set[IndexSet]:
    """The sets over which something is summed."""
    return {
        index.index_set
        for monomial in polynomial
        for atom, exponent in monomial
        if isinstance(atom, SumAtom) and exponent == 1
        for index in atom.indices
    }


def merge(polynomial: Polynomial, index_set: IndexSet, work: Workspace) -> Merged:
    """A polynomial with one sum over `index_set` of every monomial opened.

    Guarantees: the sum of the body over the index, plus the rest, is the polynomial.
    """
    index = work.open_index(index_set)
    merged = Merged(index, work.field.constant(0), work.field.constant(0))
    for monomial, coefficient in polynomial.items():
        opened = _opened(monomial, index, work)
        if opened is None:
            merged.rest = merged.rest + work.field.polynomial({monomial: coefficient})
        else:
            merged.body = merged.body + opened.scaled(coefficient)
    merged.weights = list(_weights(merged.body, index, work))
    return merged


def _opened(monomial: Monomial, index: IndexVariable, work: Workspace) -> Rational | None:
    """The term at `index` of the first sum over its set in a monomial, times the other factors."""
    whole = index.index_set
    for atom, exponent in monomial:
        others: dict[Monomial, fmpq] = {tuple(part for part in monomial if part[0] is not atom): fmpq(1)}
        if isinstance(atom, SumAtom) and exponent == 1:
            term = term_at(atom, index, work)
            if term is not None:
                return term * work.field.polynomial(others)
        elif isinstance(atom, CardinalityAtom) and exponent == 1 and whole == IndexSet(atom.size):
            return work.field.polynomial(others)
    return None


def term_at(atom: SumAtom, index: IndexVariable, work: Workspace) -> Rational | None:
    """The term of a sum at `index`, summed over its other indices; None if it has no index over that set."""
    place = next((n for n, bound in enumerate(atom.indices) if bound.index_set == index.index_set), None)
    if place is None:
        return None
    names: dict[str, Index] = {atom.indices[place].name: index}
    others = []
    for number, bound in enumerate(atom.indices):
        if number != place:
            others.append(work.open_index(bound.index_set))
            names[bound.name] = others[-1]
    term = reindex_monomial(atom.body, names, work)
    for other in others:
        term = sum_over(other, term, work)
    return term


def _weights(body: Rational, index: IndexVariable, work: Workspace) -> Iterator[Rational]:
    """The probabilities at `index` that occur, each of a whole row."""
    for atom in body.atoms:
        if isinstance(atom, EntryAtom) and atom.domain is Domain.PROBABILITIES and atom.indices[-1] == index:
            whole = work.context.declaration(atom.name).index_sets[-1]
            if whole == index.index_set and all(index.name not in _names(i) for i in atom.indices[:-1]):
                yield entry_of(atom.name, atom.indices, atom.domain, work)


def _names(index: Index) -> set[str]:
    return {index.name} if isinstance(index, IndexVariable) else set(repr(index).split("'"))
