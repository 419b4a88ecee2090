"""Gaps: what is known to be larger is the smaller plus a number of which only the sign is known.

``e^s = 1 + gap`` for s >= 0, a sum of what is never negative is one of its terms plus a gap, and a
probability is ``1/(1 + gap)``.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.kernel.atoms import Atom, EntryAtom, ExpAtom, FrozenRational, GapAtom, Monomial, SumAtom
from derivations.kernel.budget import Unsupported
from derivations.kernel.deltas import cardinality
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.polynomials import monomial_sign
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import Mapped, reindex_monomial, remake, substituted
from derivations.kernel.sign import NONNEGATIVE, NONPOSITIVE, POSITIVE, Sign, opposite, within
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.declarations import Domain
from derivations.language.indices import Index, IndexSet


def gap(origin: FrozenRational, sign: Sign, work: Workspace) -> Rational:
    """The number that is left of `origin` when the known part is taken away."""
    return work.field.atom(work.field.table.make(GapAtom, origin, sign, sign=sign))


def fresh(sign: Sign, work: Workspace) -> Rational:
    """A number of which nothing but its sign is known, not used before."""
    index = work.open_index(IndexSet(1))
    return work.field.atom(work.field.table.make(GapAtom, index.name, sign, sign=sign))


def by_gaps(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """An exponential, a sum or a probability is written with its gap."""
    for atom in goal.value.atoms:
        for lemma, value in _written(atom, goal.value, work):
            yield Reduction(lemma, (Goal(substituted(goal.value, atom, value, work), goal.strict),))


def _written(atom: Atom, value: Rational, work: Workspace) -> Iterator[tuple[str, Rational]]:
    if isinstance(atom, ExpAtom):
        yield from _exponential(atom, work)
    elif isinstance(atom, SumAtom):
        yield from _sum(atom, value, work)
        yield from _squares(atom, work)
    elif isinstance(atom, EntryAtom) and atom.domain is Domain.PROBABILITIES:
        key = work.field.atom(atom).key
        one = work.field.constant(1)
        others = (
            POSITIVE if _has_two(work.context.declaration(atom.name).index_sets[-1], work) else NONNEGATIVE
        )
        yield "a probability is at most 1", (one + gap(key, others, work)).inverse()


def _exponential(atom: ExpAtom, work: Workspace) -> Iterator[tuple[str, Rational]]:
    """``e^s >= 1`` for s >= 0, and ``e^s = 1/(1 + gap)`` for s <= 0."""
    sign, one, key = monomial_sign(atom.argument), work.field.constant(1), work.field.atom(atom).key
    if within(sign, NONNEGATIVE):
        yield "e^s >= 1 for s >= 0", one + gap(key, sign, work)
    elif within(sign, NONPOSITIVE):
        yield "e^s <= 1 for s <= 0", (one + gap(key, opposite(sign), work)).inverse()


def _sum(atom: SumAtom, value: Rational, work: Workspace) -> Iterator[tuple[str, Rational]]:
    """A sum is one of its terms, at an index that occurs in the goal, plus the others."""
    body_sign = monomial_sign(atom.body)
    if len(atom.indices) != 1 or not within(body_sign, NONNEGATIVE):
        return
    (bound,) = atom.indices
    others = POSITIVE if body_sign == POSITIVE and _has_two(bound.index_set, work) else NONNEGATIVE
    present = {monomial for part in (value.numerator, value.denominator) for monomial in part}
    for index in sorted(indices_in(value), key=repr):
        if index.index_set != bound.index_set:
            continue
        term = reindex_monomial(atom.body, {bound.name: index}, work)
        if _occurs(term, present):
            key = (work.field.atom(atom) - term).key
            yield "a sum is at least any of its terms", term + gap(key, others, work)


def _squares(atom: SumAtom, work: Workspace) -> Iterator[tuple[str, Rational]]:
    """A sum of squares of what sums to 1 is at least one over the number of its terms."""
    if len(atom.indices) != 1 or not all(exponent == 2 for _, exponent in atom.body):
        return
    index = work.open_index(atom.indices[0].index_set)
    root = tuple((part, exponent // 2) for part, exponent in atom.body)
    whole = sum_over(index, reindex_monomial(root, {atom.indices[0].name: index}, work), work)
    if whole.number is not None:
        least = (whole * whole) * cardinality(index.index_set, work).inverse()
        key = (work.field.atom(atom) - least).key
        yield "the mean of squares is at least the square of the mean", least + gap(key, NONNEGATIVE, work)


def _occurs(term: Rational, present: set[Monomial]) -> bool:
    """Whether some atom of a term occurs in one of the monomials."""
    atoms = set(term.atoms)
    return any(atom in atoms for monomial in present for atom, _ in monomial)


def _has_two(index_set: IndexSet, work: Workspace) -> bool:
    if isinstance(index_set.size, int):
        return index_set.size - index_set.short > index_set.start
    return work.least_size(index_set.size) - index_set.short > index_set.start


def indices_in(value: Rational) -> set[Index]:
    """The index terms at the places of entries that stand under no sum."""
    found: set[Index] = set()
    waiting = list(value.atoms)
    while waiting:
        atom = waiting.pop()
        if isinstance(atom, EntryAtom):
            found.update(atom.indices)
        elif isinstance(atom, ExpAtom):
            waiting += [part for part, _ in atom.argument]
    return {index for index in found if not getattr(index, "name", "").startswith("#")}


@remake.register
def _gap(atom: GapAtom, mapping: Mapped, work: Workspace) -> Rational:
    raise Unsupported("another index for a number of which only the sign is known")
