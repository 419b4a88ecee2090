"""Certificates for people: every goal of a proof as a formula, with the lemma that settles or reduces it.

Nothing here decides anything. A goal with an atom that has no formula is told by its lemma alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatchmethod

from flint import fmpq

from derivations.kernel.atoms import (
    Atom,
    CardinalityAtom,
    DeltaAtom,
    EntryAtom,
    ExpAtom,
    Exponent,
    GapAtom,
    InverseAtom,
    LogAtom,
    MaximumAtom,
    Monomial,
    RootAtom,
    SumAtom,
)
from derivations.kernel.inequalities.goal import Certificate
from derivations.kernel.polynomials import Polynomial, factors, is_constant, scale
from derivations.kernel.rational import Rational
from derivations.kernel.sign import POSITIVE
from derivations.language.indices import Index, IndexElement, IndexFunction, IndexSet, IndexVariable
from derivations.language.nodes import (
    ONE,
    Abstraction,
    Cardinality,
    Delta,
    Entry,
    Exp,
    Expression,
    Log,
    Maximum,
    Number,
    Power,
    Sum,
    add,
    divide,
    multiply,
    negate,
    number,
    subtract,
)

PARAMETERS: Mapping[str, Callable[[Expression], Expression]] = {
    "odds of ": lambda entry: divide(entry, subtract(ONE, entry)),
    "odds against ": lambda entry: divide(subtract(ONE, entry), entry),
    "excess of ": lambda entry: subtract(entry, ONE),
    "distance of ": lambda entry: subtract(ONE, entry),
    "opposite of ": negate,
}
"""What stands for an entry within limits in normal forms, see `intervals`."""
LETTERS = ("k", "l", "i", "j", "c", "d", "e", "q")
"""What indices are called that nobody named."""
MOST_STEPS = 80
"""Goals of one certificate that are told."""


@dataclass(frozen=True, slots=True)
class Step:
    """``value >= 0``, or ``value > 0`` where `strict`, by a lemma and what it asks for."""

    value: Expression | None
    """None where there is no formula for it."""
    strict: bool
    lemma: str
    parts: tuple[Step, ...] = ()
    gaps: tuple[tuple[str, bool], ...] = ()
    """Numbers of which only the sign is known, new in this goal: not negative, or positive."""

    @property
    def relation(self) -> str:
        """The relation to 0."""
        return ">" if self.strict else ">="


class _NoFormula(Exception):
    """An atom that no expression of the language stands for."""


def told(certificate: Certificate, names: Iterable[str] = ()) -> Step:
    """`certificate` as steps; `names` are those of the claim, which no index and no number gets."""
    return _Teller(frozenset(names)).step(certificate)


@dataclass(slots=True)
class _Teller:
    """What indices and gaps are called in one certificate."""

    taken: frozenset[str]
    gaps: dict[Atom, str] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    bound: list[str] = field(default_factory=list)
    steps: int = 0

    def step(self, certificate: Certificate) -> Step:
        self.steps += 1
        before = len(self.gaps)
        apart = certificate.lemma == "the signs of the factors"
        value = certificate.written or self._told(certificate.goal.value, apart)
        new = tuple((name, atom.sign == POSITIVE) for atom, name in list(self.gaps.items())[before:])
        parts = tuple(self.step(part) for part in certificate.parts if self.steps < MOST_STEPS)
        return Step(value, certificate.goal.strict, certificate.lemma, parts, new)

    def _told(self, value: Rational, apart: bool) -> Expression | None:
        try:
            if apart and not value.is_zero:
                return self._factored(value)
            return self.rational(value.numerator, value.denominator)
        except _NoFormula:
            return None

    def _factored(self, value: Rational) -> Expression:
        """The factors by which a sign was found, those of the denominator too."""
        sides: list[Expression] = []
        for polynomial in (value.numerator, value.denominator):
            size, parts = factors(polynomial, value.field.meter.budget)
            odd = next((n for n, (_, exponent) in enumerate(parts) if size < 0 and exponent % 2), None)
            if odd is not None:  # the sign goes into a factor
                size, parts[odd] = -size, (scale(parts[odd][0], -1), parts[odd][1])
            powers = [
                base if exponent == 1 else Power(base, number(exponent))
                for base, exponent in ((self.polynomial(part), exponent) for part, exponent in parts)
            ]
            coefficient = Fraction(int(abs(size).p), int(size.q))
            body = multiply(*([number(coefficient)] if coefficient != 1 or not powers else []), *powers)
            sides.append(negate(body) if size < 0 else body)
        above, below = sides
        return above if is_constant(value.denominator) else divide(above, below)

    def rational(self, numerator: Polynomial, denominator: Polynomial) -> Expression:
        above = self.polynomial(numerator)
        return above if is_constant(denominator) else divide(above, self.polynomial(denominator))

    def polynomial(self, polynomial: Polynomial) -> Expression:
        """The terms that are added first, then those that are taken away."""
        rows = sorted(polynomial.items(), key=lambda row: (row[1] < 0, row[0]))
        return add(*(self._term(monomial, coefficient) for monomial, coefficient in rows))

    def _term(self, monomial: Monomial, coefficient: fmpq) -> Expression:
        size = Fraction(int(abs(coefficient).p), int(coefficient.q))
        factors = [self._power(atom, exponent) for atom, exponent in monomial]
        body = multiply(*([number(size)] if size != 1 or not factors else []), *factors)
        return negate(body) if coefficient < 0 else body

    def monomial(self, monomial: Monomial) -> Expression:
        return multiply(*(self._power(atom, exponent) for atom, exponent in monomial))

    def _power(self, atom: Atom, exponent: Exponent) -> Expression:
        base = self.formula(atom)
        if isinstance(base, Exp) and exponent.denominator == 1 and exponent > 0:
            return Exp(multiply(number(exponent), base.argument)) if exponent != 1 else base
        return base if exponent == 1 else Power(base, number(exponent))

    @singledispatchmethod
    def formula(self, atom: Atom) -> Expression:
        """What an atom stands for; raises `_NoFormula`."""
        raise _NoFormula

    @formula.register
    def _entry(self, atom: EntryAtom) -> Expression:
        indices = tuple(map(self.index, atom.indices))
        for prefix, formula in PARAMETERS.items():
            if atom.name.startswith(prefix):
                return formula(Entry(atom.name.removeprefix(prefix), indices))
        if " " in atom.name:
            raise _NoFormula
        return Entry(atom.name, indices)

    @formula.register
    def _gap(self, atom: GapAtom) -> Expression:
        if atom not in self.gaps:
            self.gaps[atom] = self._fresh(f"g_{len(self.gaps) + 1}")
        return Entry(self.gaps[atom])

    @formula.register
    def _delta(self, atom: DeltaAtom) -> Expression:
        equal = Delta(self.index(atom.left), self.index(atom.right))
        return subtract(ONE, equal) if atom.apart else equal

    @formula.register
    def _cardinality(self, atom: CardinalityAtom) -> Expression:
        return Cardinality(IndexSet(atom.size))

    @formula.register
    def _exp(self, atom: ExpAtom) -> Expression:
        return Exp(self.monomial(atom.argument))

    @formula.register
    def _log(self, atom: LogAtom) -> Expression:
        return Log(self.rational(*map(dict, atom.argument)))

    @formula.register
    def _root(self, atom: RootAtom) -> Expression:
        return Power(self.rational(*map(dict, atom.argument)), Number(Fraction(1, atom.degree)))

    @formula.register
    def _inverse(self, atom: InverseAtom) -> Expression:
        return divide(ONE, self.polynomial(dict(atom.polynomial)))

    @formula.register
    def _maximum(self, atom: MaximumAtom) -> Expression:
        name = self._letter()
        self.opened[atom.index.name] = name
        body = self.rational(*map(dict, atom.body))
        del self.opened[atom.index.name]
        return Maximum(Abstraction((IndexVariable(name, atom.index.index_set),), body))

    @formula.register
    def _sum(self, atom: SumAtom) -> Expression:
        names = []
        for index in atom.indices:
            names.append(self._letter())
            self.opened[index.name] = names[-1]
            self.bound.append(names[-1])
        body = self.monomial(atom.body)
        for index, name in reversed(list(zip(atom.indices, names, strict=True))):
            body = Sum(IndexVariable(name, index.index_set), body)
            del self.opened[index.name]
            self.bound.remove(name)
        return body

    def index(self, index: Index) -> Index:
        """An index under the name that people see."""
        if isinstance(index, IndexElement):
            return index
        if isinstance(index, IndexFunction):
            return IndexFunction(index.name, tuple(map(self.index, index.arguments)), index.index_set)
        if not isinstance(index, IndexVariable):
            raise _NoFormula
        if index.name[0] not in "@#":
            return index
        if index.name not in self.opened:
            self.opened[index.name] = self._letter()
        return IndexVariable(self.opened[index.name], index.index_set)

    def _letter(self) -> str:
        used = {*self.taken, *self.opened.values(), *self.bound}
        return next((letter for letter in LETTERS if letter not in used), None) or self._fresh("k'")

    def _fresh(self, name: str) -> str:
        while name in {*self.taken, *self.gaps.values(), *self.opened.values()}:
            name += "'"
        return name
