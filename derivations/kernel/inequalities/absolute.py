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
from derivations.kernel.polynomials import ONE, UNIT, Polynomial, factors, multiply, polynomial_sign
from derivations.kernel.sign import NONNEGATIVE, within
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


def by_bounds_of_roots(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``w |u| >= w u`` and ``w |u| >= -w u`` for w >= 0."""
    if goal.value.denominator is not ONE:
        return
    for root in goal.value.atoms:
        inside = _squared(root, work)
        if inside is None:
            continue
        bounded, rest = work.field.constant(0), dict(goal.value.numerator)
        for monomial, coefficient in goal.value.numerator.items():
            others = tuple(part for part in monomial if part[0] is not root)
            if (root, 1) in monomial and within(polynomial_sign({others: coefficient}), NONNEGATIVE):
                bounded = bounded + work.field.polynomial({others: rest.pop(monomial)})
        if not bounded.is_zero:
            size, left = bounded * work.field.polynomial(inside), work.field.polynomial(rest)
            for side in (1, -1):
                yield Reduction("|u| >= u", (Goal(left + size.scaled(side), goal.strict),))


def _squared(atom: Atom, work: Workspace) -> Polynomial | None:
    """The u of ``sqrt(u^2)``."""
    if not isinstance(atom, RootAtom) or atom.degree != 2 or dict(atom.argument[1]) != dict(ONE):
        return None
    number, parts = factors(dict(atom.argument[0]), work.meter.budget)
    if number != 1 or any(multiplicity % 2 for _, multiplicity in parts):
        return None
    inside: Polynomial = ONE
    for part, multiplicity in parts:
        for _ in range(multiplicity // 2):
            inside = multiply(inside, part, work.meter)
    return inside


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
