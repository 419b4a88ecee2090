"""Inequalities in one real number, by its derivatives.

Where f(c) >= 0, f'(c) = 0 and f'' >= 0, f is never negative: a convex function lies above its tangent. Where
f(c) >= 0 and f increases away from c, the same. The number is any atom; all others are held constant, so what
is shown is shown for all its values, whatever the others are.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

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

MOST_TERMS = 40
"""Terms of a function that is differentiated."""
MOST_TERMS_OF_SLOPES = 150
"""Terms of a derivative that is differentiated again."""

CONVEX = (REAL, NONNEGATIVE, POSITIVE)
"""The signs whose numbers have all numbers between them: a path from one to another stays inside."""


def by_tangent(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """A function that is convex in a number lies above its tangent."""
    for atom in _variables(goal.value):
        if atom.sign in CONVEX:
            yield from _tangents(goal, atom, work)


def _tangents(goal: Goal, atom: Atom, work: Workspace) -> Iterator[Reduction]:
    """The tangents at all points at which the function may be least, where these are level."""
    free = fresh(atom.sign, work)
    (variable,) = free.atoms

    @cache
    def slope() -> Rational | None:
        """The first derivative, if the function is smooth and the derivative not long."""
        moved = put(goal.value, {atom: free}, work)
        found = rate(moved, variable, work) if regular(moved, variable) else None
        return None if found is None or _terms(found) > MOST_TERMS_OF_SLOPES else found

    @cache
    def bend() -> Rational:
        """The second derivative."""
        first = slope()
        assert first is not None
        return rate(first, variable, work)

    def convex(point: Rational) -> tuple[Goal, ...] | None:
        """That the function is convex, if its tangent is level at the point."""
        first = slope()
        if first is None or not is_zero(put(first, {variable: point}, work), work):
            return None
        return (Goal(bend()),)

    for point in _points(atom, goal.value, work):
        if point.is_zero and atom.sign == POSITIVE:
            continue
        at_point = _put(goal.value, atom, point, work)
        if at_point is not None:
            first = Goal(at_point, goal.strict)
            yield Reduction("a convex function lies above its tangent", (first,), partial(convex, point))


def by_monotonicity(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """A function that increases away from a point is at least what it is there."""
    for atom in _variables(goal.value):
        for point in _points(atom, goal.value, work):
            at_end = atom.sign in (POSITIVE, NONNEGATIVE) and point.is_zero
            at_point = _put(goal.value, atom, point, work) if at_end or atom.sign == REAL else None
            if at_point is not None:
                above = goal.strict and at_end and atom.sign == POSITIVE  # the point itself is left out
                first = Goal(at_point, goal.strict and not above)
                later = partial(_slopes, goal.value, atom, point, work, (1,) if at_end else (1, -1), above)
                yield Reduction("a function that increases away from a point", (first,), later)


def _slopes(
    value: Rational, atom: Atom, point: Rational, work: Workspace, sides: tuple[int, ...], strict: bool
) -> tuple[Goal, ...] | None:
    """The slopes away from a point on its sides; None where the function may not be smooth."""
    beyond = fresh(POSITIVE if atom.sign == POSITIVE else NONNEGATIVE, work)
    (variable,) = beyond.atoms
    found = []
    for side in sides:
        moved = put(value, {atom: point + beyond.scaled(side)}, work)
        closed = fresh(NONNEGATIVE, work)
        (end,) = closed.atoms
        if not regular(put(moved, {variable: closed}, work), end):
            return None
        found.append(Goal(rate(moved, variable, work), strict))
    return tuple(found)


def _put(value: Rational, atom: Atom, point: Rational, work: Workspace) -> Rational | None:
    try:
        return put(value, {atom: point}, work)
    except (Unsupported, BudgetExceeded):
        return None


def _terms(value: Rational) -> int:
    return len(value.numerator) + len(value.denominator)


def _variables(value: Rational) -> list[Atom]:
    """The atoms that occur in exponentials, logarithms or roots, and could vary alone."""
    if _terms(value) > MOST_TERMS:
        return []
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
