"""Polynomials in one atom: their coefficients, completed squares, and roots where these are numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from flint import fmpq, fmpq_poly

from derivations.kernel.atoms import Atom, Exponent
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.polynomials import ONE, UNIT, Polynomial, atoms_of, is_constant
from derivations.kernel.rational import Rational
from derivations.kernel.sign import NONNEGATIVE, POSITIVE, within
from derivations.kernel.workspace import Workspace


def coefficients(polynomial: Polynomial, atom: Atom) -> dict[Exponent, Polynomial]:
    """The coefficient of every power of `atom`."""
    found: dict[Exponent, dict[tuple[tuple[Atom, Exponent], ...], fmpq]] = {}
    for monomial, number in polynomial.items():
        exponent = next((e for a, e in monomial if a is atom), 0)
        rest = tuple(part for part in monomial if part[0] is not atom)
        found.setdefault(exponent, {})[rest] = number
    return dict(found)


def by_coefficients(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """A polynomial in an atom that is never negative, coefficient by coefficient."""
    if goal.value.denominator is not ONE:
        return
    for atom in goal.value.atoms:
        if not within(atom.sign, NONNEGATIVE):
            continue
        parts = coefficients(goal.value.numerator, atom)
        if len(parts) < 2:
            continue
        values = {exponent: work.field.polynomial(part) for exponent, part in parts.items()}
        for chosen in _strict_ones(values, atom, goal):
            goals = (Goal(value, goal.strict and exponent == chosen) for exponent, value in values.items())
            yield Reduction("a polynomial in a nonnegative number, by its coefficients", tuple(goals))


def _strict_ones(values: dict[Exponent, Rational], atom: Atom, goal: Goal) -> list[Exponent]:
    """The powers of which one coefficient is to be positive."""
    if not goal.strict:
        return [0]
    return sorted(values) if atom.sign == POSITIVE else [0] if 0 in values else []


def by_completing_squares(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``A x^2 + B x + C`` is not negative if ``A > 0`` and ``4 A C >= B^2``."""
    if goal.value.denominator is not ONE:
        return
    for atom in goal.value.atoms:
        parts = coefficients(goal.value.numerator, atom)
        top = max(parts)
        if top % 2 or not set(parts) <= {top, top / 2, 0} or top < 2 or int(top) != top:
            continue
        above, middle, below = (work.field.polynomial(parts.get(e, {})) for e in (top, top // 2, 0))
        lead = Goal(above, True)
        rest = (above * below).scaled(4) - middle * middle
        yield Reduction("a square is completed", (lead, Goal(rest, goal.strict)))


def by_roots(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """A polynomial in one atom, with rational coefficients, has no root where the atom has its values."""
    if goal.value.denominator is not ONE or is_constant(goal.value.numerator):
        return
    atoms = atoms_of(goal.value.numerator)
    if len(atoms) != 1:
        return
    parts = coefficients(goal.value.numerator, atoms[0])
    if any(exponent.denominator != 1 for exponent in parts):
        return
    numbers = [parts.get(power, {}).get(UNIT, fmpq(0)) for power in range(int(max(parts)) + 1)]
    nonnegative = within(atoms[0].sign, NONNEGATIVE)
    polynomial = fmpq_poly(numbers)
    if polynomial(fmpq(1)) > 0 and not _has_root(polynomial, nonnegative, atoms[0].sign == POSITIVE):
        yield Reduction("a polynomial without a root")


def _has_root(polynomial: fmpq_poly, nonnegative: bool, positive: bool) -> bool:
    """Whether there is a root among all numbers, among those that are not negative, or the positive ones."""
    if nonnegative and not positive and polynomial[0] == 0:
        return True
    chain = [polynomial, polynomial.derivative()]
    while chain[-1].degree() >= 0:
        chain.append(-(chain[-2] % chain[-1]))
    below = [p[0] for p in chain] if nonnegative else [p[p.degree()] * (-1) ** p.degree() for p in chain[:-1]]
    above = [p[p.degree()] for p in chain[:-1]]
    return _changes(below) != _changes(above)


def _changes(values: list[fmpq]) -> int:
    """How often the sign changes, zeros left out."""
    signs = [value > 0 for value in values if value != 0]
    return sum(one != other for one, other in pairwise(signs))
