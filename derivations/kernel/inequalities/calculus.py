"""Inequalities in one real number, by its derivatives.

Where f(c) >= 0, f'(c) = 0 and f'' >= 0, f is never negative: a convex function lies above its tangent. Where
f(c) >= 0 and f increases away from c, the same. The number is any atom; all others are held constant, so what
is shown is shown for all its values, whatever the others are.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.kernel.atoms import Atom, EntryAtom, ExpAtom, GapAtom, LogAtom, RootAtom, SumAtom
from derivations.kernel.budget import BudgetExceeded, Unsupported
from derivations.kernel.chances import is_zero
from derivations.kernel.inequalities.gaps import fresh
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.inequalities.putting import put
from derivations.kernel.inequalities.rates import rate, regular
from derivations.kernel.rational import Rational
from derivations.kernel.sign import NONNEGATIVE, POSITIVE, REAL
from derivations.kernel.workspace import Workspace

VARIABLES = (EntryAtom, SumAtom, GapAtom)
"""What may vary by itself."""

CONVEX = (REAL, NONNEGATIVE, POSITIVE)
"""The signs whose numbers have all numbers between them: a path from one to another stays inside."""


def by_tangent(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """A function that is convex in a number lies above its tangent."""
    for atom in _variables(goal.value):
        if atom.sign not in CONVEX:
            continue
        free = fresh(atom.sign, work)
        try:
            moved = put(goal.value, {atom: free}, work)
        except (Unsupported, BudgetExceeded):
            continue
        (variable,) = free.atoms
        if not regular(moved, variable):
            continue
        slope = rate(moved, variable, work)
        bend = Goal(rate(slope, variable, work))
        for point in _points(atom, goal.value, work):
            if point.is_zero and atom.sign == POSITIVE:
                continue
            try:
                at_point, flat = (put(value, {variable: point}, work) for value in (moved, slope))
            except (Unsupported, BudgetExceeded):
                continue
            if is_zero(flat, work):
                goals = (Goal(at_point, goal.strict), bend)
                yield Reduction("a convex function lies above its tangent", goals)


def by_monotonicity(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """A function that increases away from a point is at least what it is there."""
    for atom in _variables(goal.value):
        for point in _points(atom, goal.value, work):
            try:
                goals = tuple(_away(goal, atom, point, work))
            except (Unsupported, BudgetExceeded):
                continue
            if goals:
                yield Reduction("a function that increases away from a point", goals)


def _away(goal: Goal, atom: Atom, point: Rational, work: Workspace) -> Iterator[Goal]:
    """The goal at the point, and the slopes on its sides; nothing where the function may not be smooth."""
    at_point = put(goal.value, {atom: point}, work)
    one_sided = atom.sign in (POSITIVE, NONNEGATIVE) and point.is_zero
    if not one_sided and atom.sign != REAL:
        return
    beyond = fresh(POSITIVE, work) if one_sided and atom.sign == POSITIVE else fresh(NONNEGATIVE, work)
    found = [Goal(at_point, goal.strict)]
    for side in (1,) if one_sided else (1, -1):
        moved = put(goal.value, {atom: point + beyond.scaled(side)}, work)
        (variable,) = beyond.atoms
        closed = fresh(NONNEGATIVE, work)
        at_end = put(moved, {variable: closed}, work)
        (end,) = closed.atoms
        if not regular(at_end, end):
            return
        found.append(Goal(rate(moved, variable, work)))
    if goal.strict and one_sided and atom.sign == POSITIVE:
        found = [Goal(at_point), Goal(found[1].value, True)]
    yield from found


def _variables(value: Rational) -> list[Atom]:
    """The atoms that occur in exponentials, logarithms or roots, and could vary alone."""
    outer = [atom for atom in value.atoms if isinstance(atom, ExpAtom | LogAtom | RootAtom)]
    inner: set[Atom] = set()
    for atom in outer:
        inner |= {part for part in _within(atom) if isinstance(part, VARIABLES)}
    return sorted(inner)


def _within(atom: Atom) -> set[Atom]:
    """The atoms inside of an atom, sums unopened."""
    match atom:
        case ExpAtom():
            inside = {part for part, _ in atom.argument}
        case LogAtom() | RootAtom():
            inside = {part for side in atom.argument for monomial, _ in side for part, _ in monomial}
        case _:
            return {atom}
    return set().union(*(_within(part) for part in inside))


def _points(atom: Atom, value: Rational, work: Workspace) -> Iterator[Rational]:
    """Where the function may be least: 0, 1, and the other numbers of the same kind."""
    if atom.sign in CONVEX:
        yield work.field.constant(0)
        yield work.field.constant(1)
    for other in _variables(value):
        if other is not atom and type(other) is type(atom) and not other.sign & ~atom.sign:
            yield work.field.atom(other)
