"""Sums of inequalities taken apart: ``f + g >= 0`` if ``f + d >= 0`` and ``g - d >= 0``.

What is added up in a claim is often some lemmas side by side. Which terms belong together, and which share of
the number among them, is guessed from values at points; a wrong guess leaves a goal that is not proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from flint import fmpq

from derivations.kernel.atoms import Atom, EntryAtom, Exponent, InverseAtom, LogAtom, Monomial
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.inequalities.plausible import Point
from derivations.kernel.inequalities.putting import inside
from derivations.kernel.polynomials import UNIT, Polynomial, factor_sign, factors, monomial_sign
from derivations.kernel.sign import NEGATIVE, NONNEGATIVE, NONPOSITIVE, POSITIVE, within
from derivations.kernel.workspace import Workspace

MOST_GROUPS = 11
"""Groups of terms, of which all subsets are looked at."""
FEWEST_POINTS = 6
MOST_SPLIT = 3
"""Splits of one goal that are tried."""
DENOMINATORS = (1, 2, 3, 4, 8)
"""The numbers that are shared out have one of these."""
TOLERANCE = 1e-9

Terms = dict[Monomial, fmpq]


@dataclass(frozen=True, slots=True)
class _Group:
    """Terms that stay together, their values at the points, and the names that they depend on."""

    terms: Terms
    values: tuple[float, ...]
    depends: frozenset[Atom | str]


@dataclass(frozen=True, slots=True)
class _Split:
    """Some of the groups, and the number that goes with them."""

    chosen: int
    number: Fraction
    shared: int
    """How many names both sides depend on."""

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The most promising split has the least."""
        return self.shared, self.number.denominator, self.chosen.bit_count(), self.chosen


def by_parts(goal: Goal, work: Workspace, at: Sequence[Point]) -> Iterator[Reduction]:
    """The terms of a positive multiple of the goal, in two parts, with the number among them shared out."""
    form = _without_factors(goal, work)
    if form is None:
        return
    number = form.pop(UNIT, fmpq(0))
    groups = _groups(form, at)
    if not 2 <= len(groups) <= MOST_GROUPS:
        return
    for split in _splits(groups, number)[:MOST_SPLIT]:
        share = fmpq(split.number.numerator, split.number.denominator)
        chosen, others = _joined(groups, split.chosen, share), _joined(groups, ~split.chosen, number - share)
        one, other = (work.field.from_inverse_form(terms) for terms in (chosen, others))
        for strict in ((True, False), (False, True)) if goal.strict else ((False, False),):
            goals = (Goal(one, strict[0]), Goal(other, strict[1]))
            yield Reduction("a sum of inequalities", goals, alone=not split.shared)
        if not split.shared:
            return


def _without_factors(goal: Goal, work: Workspace) -> Terms | None:
    """The inverse form of a positive multiple of the value, or of one that is positive where that counts."""
    value = goal.value
    negative, unknown = False, work.field.constant(1)
    size, parts = factors(value.numerator, work.meter.budget)
    negative ^= size < 0
    for part, multiplicity in parts:
        sign = factor_sign(part, value.numerator)
        if within(sign, POSITIVE) or (within(sign, NONNEGATIVE) and not goal.strict):
            continue
        if within(sign, NEGATIVE) or (within(sign, NONPOSITIVE) and not goal.strict):
            negative ^= bool(multiplicity % 2)
        elif multiplicity != 1 or unknown.number is None:
            return None
        else:
            unknown = work.field.polynomial(part)
    rest = unknown.scaled(-1 if negative else 1) * work.field.polynomial(value.denominator).inverse()
    form = work.field.inverse_form(rest)
    common = _common(form)
    return {_divided(monomial, common): number for monomial, number in form.items()}


def _common(form: Polynomial) -> dict[Atom, Exponent]:
    """The positive powers of atoms that all terms have for a factor."""
    monomials = [dict(monomial) for monomial in form]
    found: dict[Atom, Exponent] = {}
    for atom in {atom for monomial in monomials for atom in monomial}:
        exponents = [monomial.get(atom, 0) for monomial in monomials]
        exponent = max(0, min(exponents)) or min(0, max(exponents))
        if exponent and monomial_sign(((atom, exponent),)) == POSITIVE:
            found[atom] = exponent
    return found


def _divided(monomial: Monomial, common: dict[Atom, Exponent]) -> Monomial:
    exponents = dict(monomial)
    for atom, exponent in common.items():
        exponents[atom] = exponents.get(atom, 0) - exponent
    return tuple((atom, exponents[atom]) for atom in sorted(exponents) if exponents[atom])


def _groups(form: Polynomial, at: Sequence[Point]) -> list[_Group]:
    """The terms with their values; those with the same denominator stay together. Nothing without points."""
    together: dict[object, Terms] = {}
    for monomial, number in form.items():
        below = tuple(atom for atom, _ in monomial if isinstance(atom, InverseAtom))
        together.setdefault(below or monomial, {})[monomial] = number
    rows = [[point.sum_of(terms) for point in at] for terms in together.values()]
    defined = [place for place in range(len(at)) if all(row[place] is not None for row in rows)]
    if len(defined) < FEWEST_POINTS:
        return []
    groups = []
    for terms, row in zip(together.values(), rows, strict=True):
        values = tuple(value for place in defined if (value := row[place]) is not None)
        groups.append(_Group(terms, values, frozenset().union(*map(_depends, terms))))
    return groups


def _depends(monomial: Monomial) -> frozenset[Atom | str]:
    """What a monomial depends on: entries by their names only, whatever else has nothing inside."""
    found: set[Atom | str] = set()
    waiting = [atom for atom, _ in monomial]
    while waiting:
        atom = waiting.pop()
        parts = inside(atom)
        if isinstance(atom, EntryAtom):
            found.add(atom.name)
        elif not parts and not isinstance(atom, LogAtom):
            found.add(atom)
        waiting += parts
    return frozenset(found)


def _splits(groups: Sequence[_Group], number: fmpq) -> list[_Split]:
    """The splits against which no point speaks, the most promising first; the first group is never chosen."""
    whole = float(number.p) / float(number.q)
    columns = list(zip(*(group.values for group in groups), strict=True))
    totals = [sum(column) + whole for column in columns]
    slack = [TOLERANCE * max(1.0, *map(abs, column)) for column in columns]
    sums: list[tuple[float, ...]] = [tuple(0.0 for _ in columns)]
    found = []
    for chosen in range(2, 1 << len(groups), 2):
        last = chosen.bit_length() - 1
        here = tuple(map(float.__add__, sums[(chosen ^ 1 << last) >> 1], groups[last].values))
        sums.append(here)
        least = max(-one - rounding for one, rounding in zip(here, slack, strict=True))
        most = min(all_ - one + rounding for all_, one, rounding in zip(totals, here, slack, strict=True))
        share = _simplest(least, most)
        shared = _shared(groups, chosen)
        if share is not None and shared is not None:
            found.append(_Split(chosen, share, shared))
    return sorted(found, key=lambda split: split.rank)


def _shared(groups: Sequence[_Group], chosen: int) -> int | None:
    """How much both sides depend on, None if one of them depends on nothing."""
    sides: list[set[Atom | str]] = [set(), set()]
    for place, group in enumerate(groups):
        sides[chosen >> place & 1] |= group.depends
    return len(sides[0] & sides[1]) if all(sides) else None


def _simplest(least: float, most: float) -> Fraction | None:
    """The number between the two that has the smallest denominator, and is nearest to 0."""
    if least <= 0 <= most:
        return Fraction(0)
    for denominator in DENOMINATORS if least <= most else ():
        size = ceil(max(least, -most) * denominator)
        if size <= max(most, -least) * denominator:
            return Fraction(size if least > 0 else -size, denominator)
    return None


def _joined(groups: Sequence[_Group], chosen: int, number: fmpq) -> Terms:
    """The terms of the chosen groups, and a number."""
    terms: Terms = {UNIT: number} if number else {}
    for place, group in enumerate(groups):
        if chosen >> place & 1:
            terms.update(group.terms)
    return terms
