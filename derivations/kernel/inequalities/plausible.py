"""Goals that fail at some point in floating-point numbers are given up at once; nothing else is concluded.

A point gives a number to every atom by its structure alone: entries by their names, the others from their
parts, sums over small sets.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import singledispatchmethod
from itertools import product

from derivations.kernel.atoms import (
    Atom,
    CardinalityAtom,
    DeltaAtom,
    EntryAtom,
    ExpAtom,
    FrozenRational,
    GapAtom,
    InverseAtom,
    LogAtom,
    MaximumAtom,
    Monomial,
    RootAtom,
    SumAtom,
)
from derivations.kernel.inequalities.goal import Goal
from derivations.kernel.polynomials import Polynomial
from derivations.kernel.sign import NEGATIVE, NONNEGATIVE, Sign, within
from derivations.kernel.workspace import Workspace
from derivations.language.declarations import Domain
from derivations.language.indices import Index, IndexElement, IndexFunction, IndexSet, IndexVariable

POINTS = 8
SHARING = 20
"""Points at which terms are compared."""
SPECIAL = (1.0, 1.0, 0.004, 9.0)
"""Near these many a bound is reached; nearer to 0, rounding would speak against what is true."""
TOLERANCE = 1e-9
"""Relative to the largest term: less than that is rounding."""

Environment = Mapping[str, int]


class _Unknown(Exception):
    """The point has no number for an atom."""


@dataclass(slots=True)
class Point:
    """One choice of numbers, drawn when they are asked for."""

    number: int
    work: Workspace
    entries: dict[tuple[object, ...], float] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    known: dict[Atom, float] = field(default_factory=dict)
    """The numbers of entries, and those of atoms that stand under no sum."""

    def terms(self, polynomial: Polynomial) -> list[float]:
        """The values of the monomials."""
        return [
            float(coefficient.p) / float(coefficient.q) * self._monomial(m, {})
            for m, coefficient in polynomial.items()
        ]

    def sum_of(self, polynomial: Polynomial) -> float | None:
        """The value of a polynomial, None where the point has none."""
        try:
            value = math.fsum(self.terms(polynomial))
        except (_Unknown, ArithmeticError, ValueError, IndexError):
            return None
        return value if math.isfinite(value) else None

    def _monomial(self, monomial: Monomial, environment: Environment) -> float:
        result = 1.0
        for atom, exponent in monomial:
            base = self._value(atom, environment)
            if isinstance(base, complex) or (base < 0 and exponent.denominator != 1):
                raise _Unknown
            result *= base ** float(exponent)
        return result

    def _polynomial(self, polynomial: Polynomial, environment: Environment) -> float:
        terms = polynomial.items()
        return math.fsum(float(c.p) / float(c.q) * self._monomial(m, environment) for m, c in terms)

    def _rational(self, key: FrozenRational, environment: Environment) -> float:
        return self._polynomial(dict(key[0]), environment) / self._polynomial(dict(key[1]), environment)

    def _draw(self, *what: object) -> random.Random:
        return random.Random(f"{self.number} {what}")

    def _elements(self, index_set: IndexSet) -> range:
        size = index_set.size
        if isinstance(size, str):
            if size not in self.sizes:
                self.sizes[size] = self.work.least_size(size) + self._draw("size", size).randrange(3)
            size = self.sizes[size]
        return range(index_set.start, size - index_set.short + 1)

    def _index(self, index: Index, environment: Environment) -> int:
        match index:
            case IndexElement():
                return index.value
            case IndexVariable():
                if index.name in environment:
                    return environment[index.name]
                return self._draw("index", index.name).choice(self._elements(index.index_set))
            case IndexFunction():
                arguments = [self._index(argument, environment) for argument in index.arguments]
                return self._draw("label", index.name, arguments).choice(self._elements(index.index_set))
        raise _Unknown

    def _value(self, atom: Atom, environment: Environment) -> float:
        """The number of an atom, looked up if it was asked for before."""
        if environment:
            return self.value(atom, environment)
        if atom not in self.known:
            self.known[atom] = self.value(atom, environment)
        return self.known[atom]

    @singledispatchmethod
    def value(self, atom: Atom, environment: Environment) -> float:
        """The number of an atom; raises `_Unknown`."""
        raise _Unknown

    @value.register
    def _entry(self, atom: EntryAtom, environment: Environment) -> float:
        places = tuple(self._index(index, environment) for index in atom.indices)
        if atom.domain.sums_to_one:
            row = [self._number(atom, (*places[:-1], k)) for k in self._elements(atom.indices[-1].index_set)]
            return self._number(atom, places) / math.fsum(row)
        return self._number(atom, places)

    def _number(self, atom: EntryAtom, places: tuple[int, ...]) -> float:
        key = (atom.name, atom.domain, places)
        if key not in self.entries:
            drawn = self._draw("entry", atom.name, places)
            size = self._size(drawn)
            positive = within(atom.sign, NONNEGATIVE) or atom.domain is Domain.SUM_ONE
            signed = size if positive or drawn.random() < 0.5 else -size
            self.entries[key] = drawn.choice(atom.values) if atom.values else signed
        return self.entries[key]

    def _size(self, drawn: random.Random) -> float:
        """A positive number, every other time a special one at points of odd number."""
        if self.number % 2 and drawn.random() < 0.5:
            return drawn.choice(SPECIAL)
        return math.exp(drawn.uniform(-2.5, 1.8))

    @value.register
    def _gap(self, atom: GapAtom, environment: Environment) -> float:
        if not isinstance(atom.origin, str):
            return self._rational(atom.origin, environment)
        drawn = self._draw("gap", atom.origin)
        size = self._size(drawn)
        return _signed(size, atom.signs, drawn)

    @value.register
    def _delta(self, atom: DeltaAtom, environment: Environment) -> float:
        equal = self._index(atom.left, environment) == self._index(atom.right, environment)
        return float(equal != atom.apart)

    @value.register
    def _cardinality(self, atom: CardinalityAtom, environment: Environment) -> float:
        return float(len(self._elements(IndexSet(atom.size))))

    @value.register
    def _exp(self, atom: ExpAtom, environment: Environment) -> float:
        return math.exp(self._monomial(atom.argument, environment))

    @value.register
    def _log(self, atom: LogAtom, environment: Environment) -> float:
        return math.log(self._rational(atom.argument, environment))

    @value.register
    def _root(self, atom: RootAtom, environment: Environment) -> float:
        inside = self._rational(atom.argument, environment)
        if inside < 0:
            raise _Unknown
        return float(inside ** (1 / atom.degree))

    @value.register
    def _inverse(self, atom: InverseAtom, environment: Environment) -> float:
        return 1 / self._polynomial(dict(atom.polynomial), environment)

    @value.register
    def _maximum(self, atom: MaximumAtom, environment: Environment) -> float:
        elements = self._elements(atom.index.index_set)
        return max(self._rational(atom.body, {**environment, atom.index.name: e}) for e in elements)

    @value.register
    def _sum(self, atom: SumAtom, environment: Environment) -> float:
        names = [index.name for index in atom.indices]
        ranges = [self._elements(index.index_set) for index in atom.indices]
        places = ({**environment, **dict(zip(names, values, strict=True))} for values in product(*ranges))
        return math.fsum(self._monomial(atom.body, place) for place in places)


def _signed(size: float, sign: Sign, drawn: random.Random) -> float:
    if within(sign, NONNEGATIVE):
        return size
    return -size if not sign & ~NEGATIVE or drawn.random() < 0.5 else size


def more_points(work: Workspace) -> list[Point]:
    """The points at which terms are compared, whatever facts say."""
    return [Point(number, work) for number in range(SHARING)]


def plausible(goal: Goal, at: list[Point]) -> bool:
    """Whether no point speaks against the goal."""
    return all(value > 0 or abs(value) <= TOLERANCE for value in _values(goal, at))


def _values(goal: Goal, at: list[Point]) -> Iterator[float]:
    """The values at the points, each as a share of its largest term."""
    for point in at:
        try:
            above = point.terms(goal.value.numerator)
            below = math.fsum(point.terms(goal.value.denominator))
            largest = max(map(abs, above), default=0.0)
            yield math.fsum(above) / largest * (1 if below > 0 else -1) if largest else 0.0
        except (_Unknown, ArithmeticError, ValueError, IndexError):
            continue
