"""Maxima over an index set: one of the values, and at least any of them."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.kernel.atoms import Atom, MaximumAtom
from derivations.kernel.inequalities.gaps import gap, indices_in
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.inequalities.putting import inside, put
from derivations.kernel.maxima import value_at
from derivations.kernel.rational import Rational
from derivations.kernel.sign import NONNEGATIVE
from derivations.kernel.workspace import Workspace


def by_maxima(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """What holds for all values holds for the largest; ``max_k b_k`` is ``b_j`` plus what is not negative."""
    for atom in _maxima(goal.value):
        fresh = work.open_index(atom.index.index_set)
        chosen = put(goal.value, {atom: value_at(atom, fresh, work)}, work)
        yield Reduction("a maximum is one of its values", (Goal(chosen, goal.strict),))
        for index in sorted(indices_in(goal.value), key=repr):
            if index.index_set == atom.index.index_set:
                value = value_at(atom, index, work)
                more = gap((work.field.atom(atom) - value).key, NONNEGATIVE, work)
                written = put(goal.value, {atom: value + more}, work)
                yield Reduction("a maximum is at least any of its values", (Goal(written, goal.strict),))


def _maxima(value: Rational) -> list[MaximumAtom]:
    """The maxima anywhere in a goal that depend on no bound index."""
    found: set[MaximumAtom] = set()
    waiting: list[Atom] = value.atoms
    while waiting:
        atom = waiting.pop()
        if isinstance(atom, MaximumAtom) and not any(name.startswith("#") for name in atom.free):
            found.add(atom)
        waiting += inside(atom)
    return sorted(found)
