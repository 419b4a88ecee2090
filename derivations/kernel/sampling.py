"""Concrete instances of a claim, within its declarations and assumptions: the same ones for the same claim.

The first ones have different sizes of at least 2 and small values, since people read them as witnesses. A
size of 1 hides a missing ``1/m`` and two classes hide mistakes with deltas, so these come later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from itertools import product

from flint import ctx, fmpq

from derivations.kernel.equations import Solved
from derivations.kernel.evaluation import Evaluation, Instance, NotDefined, Place, Value
from derivations.kernel.functions import Stream
from derivations.kernel.question import Question, opened
from derivations.language.context import Context
from derivations.language.declarations import Declaration, Domain
from derivations.language.derivation import Claim, EntryFact
from derivations.language.indices import Index, IndexFunction, IndexVariable, is_last
from derivations.language.nodes import IndexCondition

ATTEMPTS = 40
"""How often free indices and labels are drawn before an instance is given up."""

PRECISION = 128
"""In bits, for looking whether a matrix has an inverse."""

MOST_ENTRIES = 4_000
"""No instance has more numbers than this."""


def _fractions(*texts: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(text) for text in texts)


MIXED = _fractions("1", "-1", "2", "1/2", "-2", "3/2", "-1/2", "3", "-3/2")
POSITIVE = _fractions("1", "2", "1/2", "3", "3/2", "5/2", "1/3")
BETWEEN = _fractions("1/2", "1/3", "1/4", "2/3", "3/4", "1/5", "2/5")
WILD = tuple(Fraction(sign * value, 7) for value in (1, 3, 5, 9, 11, 16, 23) for sign in (1, -1))
WEIGHTS = _fractions("1", "2", "3", "4", "5")
POOLS = (MIXED, POSITIVE, MIXED, BETWEEN, WILD, (*MIXED, Fraction(0)), _fractions("0"))
"""Where real numbers come from, round by round; logarithms want positive ones or ones below 1, bounds 0."""

ZEROS = len(POOLS) - 1
"""The first round in which all real numbers are 0."""


def rounds(question: Question, count: int, first: int = 0) -> Iterator[Instance]:
    """The instances number `first` to ``first + count - 1``, without those that the assumptions forbid.

    Guarantees: each is within the declarations and the assumptions. There may be none even if the claim has
    a model, never the other way round.
    """
    seed = sha256(question.text.encode()).hexdigest()
    for number in range(first, first + count):
        instance = _drawn(question, number, Stream(f"{seed} {number}"))
        if instance is not None:
            yield instance


def first_rounds(question: Question, count: int) -> Iterator[Instance]:
    """A few instances for a first look; an inequality may fail only where all real numbers are 0.

    Guarantees: as `rounds`.
    """
    yield from rounds(question, count)
    if question.claim.relation != "=":
        yield from rounds(question, 1, ZEROS)


def model(claim: Claim, context: Context) -> Instance | None:
    """An instance within the declarations and all assumptions of `claim`, or None if none was found."""
    return next(rounds(opened(claim, context), 24), None)


def sizes(question: Question, number: int, stream: Stream) -> dict[str, int]:
    """The sizes of one round: different ones first, then mixed ones, all 1 in round 2."""
    least, classes = question.names.sizes, _classes(question)
    names = sorted(least, key=lambda name: (name in classes, name))
    if number < 2:
        chosen = {name: 2 + position for position, name in enumerate(names)}
        chosen |= {name: max(3, chosen[name]) for name in classes}
        if number == 1:
            chosen = dict(zip(names, reversed(chosen.values()), strict=True))
    elif number == 2:
        chosen = dict.fromkeys(names, 1)
    else:
        chosen = {name: 1 + stream.below(3) for name in names}
    return {name: max(chosen[name], least[name]) for name in names}


def _classes(question: Question) -> set[str]:
    """The sizes of sets of classes: what labels range over, and rows that sum to 1."""
    found = [index.index_set.size for index in question.names.labels.values()]
    for row in question.names.tensors.values():
        if row.domain.sums_to_one and row.index_sets:
            found.append(row.index_sets[-1].size)
    return {size for size in found if isinstance(size, str)}


def _drawn(question: Question, number: int, stream: Stream) -> Instance | None:
    frame = Instance(sizes(question, number, stream))
    if any(not frame.elements(v.index_set) for v in question.free.values()):
        return None
    for _ in range(ATTEMPTS):
        drawn = _Drawing(question, frame, POOLS[number % len(POOLS)], stream).instance()
        if drawn is not None:
            return drawn
    return None


def solved_entries(found: Solved, evaluation: Evaluation) -> Iterator[tuple[Place, Value]]:
    """The entries that an equation determines, with their values; raises `NotDefined`."""
    elements = (evaluation.instance.elements(index.index_set) for index in found.indices)
    for at in product(*elements):
        environment = {index.name: number for index, number in zip(found.indices, at, strict=True)}
        yield (found.row.name, at), evaluation.value(found.value, environment)


class _Contradiction(Exception):
    """The numbers drawn so far do not fit the assumptions."""


@dataclass(slots=True)
class _Drawing:
    """One attempt at an instance."""

    question: Question
    frame: Instance
    pool: tuple[Fraction, ...]
    stream: Stream
    indices: dict[str, int] = field(default_factory=dict)
    labels: dict[Place, int] = field(default_factory=dict)
    fixed: dict[Place, Fraction] = field(default_factory=dict)
    entries: dict[Place, Fraction] = field(default_factory=dict)
    waiting: list[Fraction] = field(default_factory=list)

    def instance(self) -> Instance | None:
        try:
            self._draw_indices()
            self._draw_labels()
            self._impose()
            for name in sorted(self.question.names.tensors):
                self._draw_tensor(self.question.names.tensors[name])
        except _Contradiction:
            return None
        instance = Instance(self.frame.sizes, self.indices, self.entries, self.labels)
        return instance if self._invertible(instance) and self._solved(instance) else None

    def _solved(self, instance: Instance) -> bool:
        """Whether the numbers that equations determine certainly are what they are declared to be."""
        evaluation = Evaluation(instance, self.question.sharing)
        try:
            with ctx.workprec(PRECISION):
                return all(
                    admits(found.row.domain, value)
                    for found in self.question.solved
                    for _, value in solved_entries(found, evaluation)
                )
        except NotDefined:
            return False

    def _invertible(self, instance: Instance) -> bool:
        """Whether the matrices that are assumed to have an inverse certainly have one."""
        evaluation = Evaluation(instance, self.question.sharing)
        try:
            with ctx.workprec(PRECISION):
                for matrix in self.question.invertible:
                    evaluation.inverse(matrix, self.indices)
        except NotDefined:
            return False
        return True

    def _draw_indices(self) -> None:
        for name, variable in sorted(self.question.free.items()):
            elements = self.frame.elements(variable.index_set)
            self.indices[name] = elements[self.stream.below(len(elements))]

    def _draw_labels(self) -> None:
        for name, label in sorted(self.question.names.labels.items()):
            values = self.frame.elements(label.index_set)
            if not values:
                raise _Contradiction
            for arguments in product(*(self.frame.elements(a.index_set) for a in label.arguments)):
                self.labels[name, arguments] = values[self.stream.below(len(values))]

    def _impose(self) -> None:
        """Make the assumptions true, as far as that is possible, and make sure that they are."""
        facts = [assumption.fact for assumption in self.question.claim.assumptions]
        conditions = [fact for fact in facts if isinstance(fact, IndexCondition)]
        for equal in (condition for condition in conditions if condition.equal):
            self._identify(equal.left, equal.right) or self._identify(equal.right, equal.left)
        if any((self._index(c.left) == self._index(c.right)) != c.equal for c in conditions):
            raise _Contradiction
        for fact in facts:
            if isinstance(fact, EntryFact):
                place = (fact.entry.name, tuple(map(self._index, fact.entry.indices)))
                if self.fixed.setdefault(place, fact.value) != fact.value:
                    raise _Contradiction

    def _identify(self, this: Index, other: Index) -> bool:
        """Give `this` the value of `other` where it may have it; whether that was done."""
        if is_last(this):
            return False
        value = self._index(other)
        if value not in self.frame.elements(this.index_set):
            return False
        if isinstance(this, IndexVariable):
            self.indices[this.name] = value
        elif isinstance(this, IndexFunction):
            self.labels[this.name, tuple(map(self._index, this.arguments))] = value
        else:
            return False
        return True

    def _index(self, index: Index) -> int:
        try:
            instance = Instance(self.frame.sizes, self.indices, {}, self.labels)
            return Evaluation(instance, self.question.sharing).index(index, self.indices)
        except NotDefined:
            raise _Contradiction from None

    def _draw_tensor(self, row: Declaration) -> None:
        ranges = [self.frame.elements(index_set) for index_set in row.index_sets]
        total = len(self.entries)
        for elements in ranges:
            total += total * len(elements)
        if total > MOST_ENTRIES:
            raise _Contradiction
        if not row.domain.sums_to_one:
            for indices in product(*ranges):
                self.entries[row.name, indices] = self._number(row.domain, (row.name, indices))
            if row.domain is Domain.NONZERO_ROW:
                self._not_all_zero(row, ranges)
        elif not ranges or not ranges[-1]:
            raise _Contradiction
        else:
            for start in product(*ranges[:-1]):
                places = [(row.name, (*start, last)) for last in ranges[-1]]
                self.entries.update(zip(places, self._row(row.domain, places), strict=True))

    def _not_all_zero(self, row: Declaration, ranges: Sequence[range]) -> None:
        """A row of zeros gets a 1 in its first place, unless an assumption forbids that."""
        for start in product(*ranges[:-1]):
            places = [(row.name, (*start, last)) for last in ranges[-1]]
            if all(self.entries[place] == 0 for place in places):
                if not places or places[0] in self.fixed:
                    raise _Contradiction
                self.entries[places[0]] = Fraction(1)

    def _number(self, domain: Domain, place: Place) -> Fraction:
        if place in self.fixed:
            if not ADMITS[domain](self.fixed[place]):
                raise _Contradiction
            return self.fixed[place]
        if domain in FINITE:
            return FINITE[domain][self.stream.below(2)]
        value = self._next()
        if domain in _UNITS:
            return value if ADMITS[domain](value) else BETWEEN[self.stream.below(len(BETWEEN))]
        if domain in _BESIDE_ONE:
            return value if ADMITS[domain](value) else 1 + _BESIDE_ONE[domain] * (abs(value) or Fraction(1))
        if domain not in _WITH_ZERO and value == 0:
            return Fraction(-1 if domain is Domain.NEGATIVE else 1)
        if domain in (Domain.NONPOSITIVE, Domain.NEGATIVE):
            return -abs(value)
        return value if domain in _OF_ANY_SIGN else abs(value)

    def _next(self) -> Fraction:
        """The next real number; none comes twice before all have come."""
        if not self.waiting:
            self.waiting = self.stream.shuffled(self.pool)
        return self.waiting.pop()

    def _row(self, domain: Domain, places: list[Place]) -> list[Fraction]:
        """Entries with the sum 1."""
        fixed = {place: self.fixed[place] for place in places if place in self.fixed}
        open_places = [place for place in places if place not in fixed]
        rest = 1 - sum(fixed.values(), start=Fraction(0))
        if domain is Domain.ONE_HOT:
            drawn = self._one_hot(len(open_places), rest)
        elif domain is Domain.SUM_ONE:
            drawn = [self._next() for _ in open_places[1:]]
            drawn = [rest - sum(drawn, start=Fraction(0)), *drawn] if open_places else drawn
        else:
            weights = [WEIGHTS[self.stream.below(len(WEIGHTS))] for _ in open_places]
            drawn = [rest * weight / sum(weights) for weight in weights]
        values = {**fixed, **dict(zip(open_places, drawn, strict=True))}
        if sum(values.values()) != 1 or not all(map(ADMITS[domain], values.values())):
            raise _Contradiction
        return [values[place] for place in places]

    def _one_hot(self, count: int, rest: Fraction) -> list[Fraction]:
        drawn = [Fraction(0)] * count
        if count and rest:
            drawn[self.stream.below(count)] = rest
        return drawn


_UNITS = frozenset({Domain.UNIT, Domain.CLOSED_UNIT, Domain.BELOW_ONE, Domain.UP_TO_ONE})
_BESIDE_ONE: Mapping[Domain, int] = {
    Domain.ABOVE_ONE: 1,
    Domain.FROM_ONE: 1,
    Domain.LESS_THAN_ONE: -1,
    Domain.AT_MOST_ONE: -1,
}
_OF_ANY_SIGN = frozenset({Domain.REAL, Domain.NONZERO, Domain.NONZERO_ROW})
_WITH_ZERO = frozenset({Domain.REAL, Domain.NONZERO_ROW, Domain.NONNEGATIVE, Domain.NONPOSITIVE})

FINITE: Mapping[Domain, tuple[Fraction, Fraction]] = {
    Domain.BIT: (Fraction(0), Fraction(1)),
    Domain.SIGN: (Fraction(-1), Fraction(1)),
}


def admits(domain: Domain, value: Value) -> bool:
    """Whether a number certainly is one that an entry may have."""
    if isinstance(value, fmpq):
        return ADMITS[domain](Fraction(int(value.p), int(value.q)))
    checks = {
        Domain.REAL: bool(value.is_finite()),
        Domain.NONZERO: bool(value > 0 or value < 0),
        Domain.NONNEGATIVE: bool(value >= 0),
        Domain.POSITIVE: bool(value > 0),
        Domain.NONPOSITIVE: bool(value <= 0),
        Domain.NEGATIVE: bool(value < 0),
        Domain.UNIT: bool(value > 0 and value < 1),
        Domain.CLOSED_UNIT: bool(value >= 0 and value <= 1),
        Domain.BELOW_ONE: bool(value >= 0 and value < 1),
        Domain.UP_TO_ONE: bool(value > 0 and value <= 1),
        Domain.ABOVE_ONE: bool(value > 1),
        Domain.FROM_ONE: bool(value >= 1),
        Domain.LESS_THAN_ONE: bool(value < 1),
        Domain.AT_MOST_ONE: bool(value <= 1),
    }
    return checks.get(domain, False)


ADMITS: Mapping[Domain, Callable[[Fraction], bool]] = {
    Domain.REAL: lambda value: True,
    Domain.NONZERO: lambda value: value != 0,
    Domain.NONZERO_ROW: lambda value: True,
    Domain.NONNEGATIVE: lambda value: value >= 0,
    Domain.POSITIVE: lambda value: value > 0,
    Domain.NONPOSITIVE: lambda value: value <= 0,
    Domain.NEGATIVE: lambda value: value < 0,
    Domain.UNIT: lambda value: 0 < value < 1,
    Domain.CLOSED_UNIT: lambda value: 0 <= value <= 1,
    Domain.BELOW_ONE: lambda value: 0 <= value < 1,
    Domain.UP_TO_ONE: lambda value: 0 < value <= 1,
    Domain.ABOVE_ONE: lambda value: value > 1,
    Domain.FROM_ONE: lambda value: value >= 1,
    Domain.LESS_THAN_ONE: lambda value: value < 1,
    Domain.AT_MOST_ONE: lambda value: value <= 1,
    Domain.BIT: lambda value: value in (0, 1),
    Domain.SIGN: lambda value: value in (-1, 1),
    Domain.ONE_HOT: lambda value: value in (0, 1),
    Domain.SUM_ONE: lambda value: True,
    Domain.PROBABILITIES: lambda value: value > 0,
}
"""Whether one entry may have a value, its row apart."""
