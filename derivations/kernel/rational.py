"""Rational functions in lowest terms, and their form as polynomials with inverse atoms."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from derivations.kernel.atoms import Atom, AtomTable, Exponent, FrozenRational, InverseAtom, Monomial
from derivations.kernel.budget import BudgetExceeded, Meter, Unsupported
from derivations.kernel.common_factors import common_factor
from derivations.kernel.polynomials import (
    NOTHING,
    ONE,
    UNIT,
    Polynomial,
    Ring,
    add,
    atoms_of,
    constant,
    content,
    factor_sign,
    factors,
    free_of,
    frozen,
    is_constant,
    leading,
    monomial_of,
    multiply,
    polynomial_sign,
    scale,
    times_monomials,
)
from derivations.kernel.sign import NEGATIVE, POSITIVE, Sign, raised, times


class Undefined(Unsupported):
    """Something that has no value anywhere: a division by zero, the logarithm of a negative number."""


class Field:
    """The arithmetic of rational functions over one table of atoms, under one budget."""

    def __init__(self, meter: Meter) -> None:
        """A field with no atoms yet."""
        self.meter = meter
        self.table = AtomTable(meter)

    def constant(self, value: Fraction | fmpq | int) -> Rational:
        """A number."""
        return Rational(self, constant(value), ONE)

    def atom(self, atom: Atom, exponent: Exponent = 1) -> Rational:
        """A power of an atom."""
        if exponent < 0:
            return Rational(self, ONE, {((atom, -exponent),): fmpq(1)})
        return Rational(self, {monomial_of([(atom, exponent)]): fmpq(1)}, ONE)

    def polynomial(self, polynomial: Polynomial) -> Rational:
        """A polynomial without inverses."""
        return Rational(self, polynomial, ONE)

    def thaw(self, key: FrozenRational) -> Rational:
        """The rational function of a key."""
        below = dict(key[1])
        return Rational(self, dict(key[0]), ONE if is_constant(below) else below)

    def quotient(self, numerator: Polynomial, denominator: Polynomial) -> Rational:
        """``numerator / denominator`` in lowest terms."""
        if not denominator:
            raise Undefined("a division by zero")
        if not numerator:
            return Rational(self, NOTHING, ONE)
        if is_constant(denominator):
            return Rational(self, scale(numerator, 1 / denominator[UNIT]), ONE)
        self.meter.hold("monomials", len(denominator), self.meter.budget.monomials)
        ring = Ring((numerator, denominator))
        above, below = ring.enter(numerator), ring.enter(denominator)
        common = common_factor(above, below, self.meter.budget)
        if not common.is_constant():
            numerator = ring.leave(divmod(above, common)[0])
            denominator = ring.leave(divmod(below, common)[0])
        size = content(denominator)
        denominator = scale(denominator, 1 / size)
        if is_constant(denominator):
            denominator = ONE
        return Rational(self, scale(numerator, 1 / size), denominator)

    def inverse_atom(self, polynomial: Polynomial) -> InverseAtom:
        """The atom ``1/polynomial``."""

        def sign() -> Sign:
            return raised(polynomial_sign(polynomial), -1)

        return self.table.make(InverseAtom, frozen(polynomial), sign=sign)

    def inverse_form(self, value: Rational) -> Polynomial:
        """`value` as a polynomial over atoms, their negative powers and inverse atoms, reduced."""
        if value.denominator is ONE:
            return value.numerator
        number, parts = factors(value.denominator, self.meter.budget)
        inverse: list[tuple[Atom, Exponent]] = []
        for part, multiplicity in parts:
            if len(part) == 1:
                ((monomial, _),) = part.items()
                inverse += [(atom, -exponent * multiplicity) for atom, exponent in monomial]
            else:
                inverse.append((self.inverse_atom(part), multiplicity))
        inverse.sort(key=lambda row: row[0])
        form = multiply(value.numerator, {tuple(inverse): 1 / number}, self.meter)
        return self.reduce_inverses(form)

    def reduce_inverses(self, form: Polynomial) -> Polynomial:
        """Rewrites ``lead(f) * (1/f)`` as ``(1 - rest(f) * (1/f)) / c`` until nothing changes."""
        work, done = dict(form), dict[Monomial, fmpq]()
        steps = 0
        while work:
            monomial, coefficient = work.popitem()
            hit = _reducible(monomial)
            if hit is None:
                done = _put(done, monomial, coefficient)
                continue
            steps += 1
            self.meter.multiply(1)
            self.meter.hold("monomials", steps, self.meter.budget.monomials)
            inverse, lead = hit
            polynomial = dict(inverse.polynomial)
            down = tuple((atom, -exponent) for atom, exponent in lead)
            base = times_monomials(times_monomials(monomial, down), ((inverse, -1),))
            head = coefficient / polynomial[lead]
            work = _put(work, base, head)
            for other, factor in polynomial.items():
                if other != lead:
                    product = times_monomials(times_monomials(base, other), ((inverse, 1),))
                    work = _put(work, product, -head * factor)
        return done

    def from_inverse_form(self, form: Polynomial) -> Rational:
        """The rational function of a polynomial with negative powers and inverse atoms."""
        total = self.constant(0)
        plain: dict[Monomial, fmpq] = {}
        for monomial, coefficient in form.items():
            if all(e > 0 and not isinstance(atom, InverseAtom) for atom, e in monomial):
                plain[monomial] = coefficient
            else:
                total = total + self.from_monomial(monomial).scaled(coefficient)
        return total + self.polynomial(plain)

    def from_monomial(self, monomial: Monomial) -> Rational:
        """The rational function of a monomial with negative powers and inverse atoms."""
        above = tuple((a, e) for a, e in monomial if e > 0 and not isinstance(a, InverseAtom))
        below: Polynomial = {tuple((a, -e) for a, e in monomial if e < 0): fmpq(1)}
        for atom, exponent in monomial:
            if isinstance(atom, InverseAtom):
                for _ in range(int(exponent)):
                    below = multiply(below, dict(atom.polynomial), self.meter)
        return self.quotient({above: fmpq(1)}, below)


def _put(polynomial: dict[Monomial, fmpq], monomial: Monomial, coefficient: fmpq) -> dict[Monomial, fmpq]:
    total = polynomial.get(monomial, 0) + coefficient
    if total:
        polynomial[monomial] = total
    else:
        polynomial.pop(monomial, None)
    return polynomial


def _reducible(monomial: Monomial) -> tuple[InverseAtom, Monomial] | None:
    for atom, _ in monomial:
        if isinstance(atom, InverseAtom):
            exponents = dict(monomial)
            lead = leading(dict(atom.polynomial))
            if all(exponents.get(part, 0) >= exponent for part, exponent in lead):
                return atom, lead
    return None


class Rational:
    """A quotient of coprime polynomials; the denominator is primitive with a positive leading coefficient."""

    __slots__ = ("denominator", "field", "numerator")

    def __init__(self, field: Field, numerator: Polynomial, denominator: Polynomial) -> None:
        """Trusts that the quotient is in lowest terms; `Field.quotient` makes it so."""
        self.field, self.numerator, self.denominator = field, numerator, denominator

    def __add__(self, other: Rational) -> Rational:
        """The sum."""
        if self.denominator == other.denominator:
            above = add(self.numerator, other.numerator)
            if self.denominator is ONE:
                return Rational(self.field, above, ONE)
            return self.field.quotient(above, self.denominator)
        meter = self.field.meter
        above = add(
            multiply(self.numerator, other.denominator, meter),
            multiply(other.numerator, self.denominator, meter),
        )
        return self.field.quotient(above, multiply(self.denominator, other.denominator, meter))

    def __sub__(self, other: Rational) -> Rational:
        """The difference."""
        return self + other.scaled(-1)

    def __mul__(self, other: Rational) -> Rational:
        """The product."""
        meter = self.field.meter
        above = multiply(self.numerator, other.numerator, meter)
        if self.denominator is ONE and other.denominator is ONE:
            return Rational(self.field, above, ONE)
        return self.field.quotient(above, multiply(self.denominator, other.denominator, meter))

    def scaled(self, factor: fmpq | int | Fraction) -> Rational:
        """A rational multiple."""
        number = fmpq(factor.numerator, factor.denominator) if isinstance(factor, Fraction) else factor
        if not number:
            return self.field.constant(0)
        return Rational(self.field, scale(self.numerator, number), self.denominator)

    def inverse(self) -> Rational:
        """The reciprocal; raises `Undefined` for 0."""
        return self.field.quotient(self.denominator, self.numerator)

    def power(self, exponent: int) -> Rational:
        """An integer power."""
        if abs(exponent) > self.field.meter.budget.degree and not self.is_monomial:
            raise BudgetExceeded("degree")
        if exponent < 0:
            return self.inverse().power(-exponent)
        if self.is_monomial:
            return self.monomial_power(exponent)
        result = self.field.constant(1)
        for _ in range(exponent):
            result = result * self
        return result

    @property
    def is_monomial(self) -> bool:
        """Whether it is one term over one term."""
        return len(self.numerator) == 1 and len(self.denominator) == 1

    def monomial_power(self, exponent: Exponent) -> Rational:
        """A power of one term over one term; a fractional one only with coefficient 1 and positive atoms."""
        ((above, number),) = self.numerator.items()
        ((below, _),) = self.denominator.items()
        if exponent == 0:
            return self.field.constant(1)
        if number != 1:
            size = (int(abs(number.p)).bit_length() + int(number.q).bit_length()) * int(exponent)
            self.field.meter.hold("size of numbers", size, self.field.meter.budget.digits)
            number **= int(exponent)
        raised_above, raised_below = (
            monomial_of((atom, _plain(e * exponent)) for atom, e in part) for part in (above, below)
        )
        if not raised_below:
            return Rational(self.field, {raised_above: number}, ONE)
        return Rational(self.field, {raised_above: number}, {raised_below: fmpq(1)})

    @property
    def is_zero(self) -> bool:
        """Whether it is 0."""
        return not self.numerator

    @property
    def number(self) -> Fraction | None:
        """Its value if it is a number."""
        if self.denominator is not ONE or not is_constant(self.numerator):
            return None
        value = self.numerator.get(UNIT, fmpq(0))
        return Fraction(int(value.p), int(value.q))

    @property
    def free(self) -> frozenset[str]:
        """The names of its free indices."""
        return free_of(self.numerator) | free_of(self.denominator)

    @property
    def atoms(self) -> list[Atom]:
        """Its atoms, in order."""
        return sorted({*atoms_of(self.numerator), *atoms_of(self.denominator)})

    @property
    def key(self) -> FrozenRational:
        """The rational function as a key."""
        return frozen(self.numerator), frozen(self.denominator)

    def sign(self, by_factors: bool = False) -> Sign:
        """The signs that it can have where it is defined, from its terms, or also from its factors."""
        sign = POSITIVE
        for part, exponent in ((self.numerator, 1), (self.denominator, -1)):
            one = polynomial_sign(part)
            if by_factors and one & (one - 1) and len(part) > 1:
                one = _sign_by_factors(part, self.field)
            sign = times(sign, raised(one, exponent))
        return sign


def _sign_by_factors(polynomial: Polynomial, field: Field) -> Sign:
    number, parts = factors(polynomial, field.meter.budget)
    sign: Sign = POSITIVE if number > 0 else NEGATIVE
    for part, multiplicity in parts:
        sign = times(sign, raised(factor_sign(part, polynomial), multiplicity))
    return sign


def _plain(exponent: Exponent) -> Exponent:
    return exponent.numerator if exponent.denominator == 1 else exponent
