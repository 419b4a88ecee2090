"""Absolute values by cases: where ``u >= 0``, ``|u|`` is u, and the goal is settled for such numbers only.

The case is put in: u is linear in some atom t, and t becomes what makes u a number of known sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from flint import fmpq

from derivations.kernel.atoms import Atom, EntryAtom, GapAtom, RootAtom, SumAtom
from derivations.kernel.inequalities.gaps import fresh
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.inequalities.putting import contains, put
from derivations.kernel.inequalities.squares import coefficients
from derivations.kernel.polynomials import ONE, UNIT, Polynomial, factors
from derivations.kernel.sign import NONNEGATIVE
from derivations.kernel.workspace import Workspace

MOST_SOLVED = 2
"""Atoms for which an absolute value is solved."""


def by_cases(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``|u|`` is u for u >= 0 and -u for u <= 0."""
    for root in goal.value.atoms:
        inside = _squared(root, work)
        if inside is None:
            continue
        for one, other in product(list(_linear(inside))[:MOST_SOLVED], repeat=2):
            above, below = (
                _case(goal, root, (inside, *solved), side, work) for solved, side in ((one, 1), (other, -1))
            )
            yield Reduction("|u| is u or -u", (above, below))


def _squared(atom: Atom, work: Workspace) -> Polynomial | None:
    """The u of ``sqrt(u^2)``."""
    if not isinstance(atom, RootAtom) or atom.degree != 2 or dict(atom.argument[1]) != dict(ONE):
        return None
    number, parts = factors(dict(atom.argument[0]), work.meter.budget)
    if number != 1 or len(parts) != 1 or parts[0][1] != 2:
        return None
    return parts[0][0]


def _linear(polynomial: Polynomial) -> Iterator[tuple[Atom, fmpq]]:
    """The atoms in which a polynomial is linear, with a number for coefficient."""
    whole = {atom for monomial in polynomial for atom, _ in monomial}
    for atom in sorted(whole):
        if not isinstance(atom, EntryAtom | SumAtom | GapAtom):
            continue
        parts = coefficients(polynomial, atom)
        alone = not any(contains(other, atom) for other in whole if other is not atom)
        if alone and set(parts) <= {0, 1} and set(parts[1]) == {UNIT}:
            yield atom, parts[1][UNIT]


def _case(goal: Goal, root: Atom, solved: tuple[Polynomial, Atom, fmpq], side: int, work: Workspace) -> Goal:
    """The goal where u is `side` times a number that is not negative."""
    inside, atom, factor = solved
    size = fresh(NONNEGATIVE, work)
    rest = work.field.polynomial(coefficients(inside, atom).get(0, {}))
    value = (size.scaled(side) - rest).scaled(1 / factor)
    return Goal(put(goal.value, {root: size, atom: value}, work), goal.strict)
