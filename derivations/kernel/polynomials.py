"""Polynomials over atoms with rational coefficients; greatest common divisors and factors come from FLINT.

A polynomial is a dictionary from monomials to coefficients and is never changed once made. A monomial is its
atoms in structural order with their exponents. Exponents are fractions only on positive atoms; negative ones
occur only in the inverse form of `inverse_form`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from derivations.kernel.atoms import Atom, Exponent, FrozenPolynomial, Monomial
from derivations.kernel.budget import Budget, BudgetExceeded, Meter
from derivations.kernel.sign import (
    NEGATIVE,
    NONNEGATIVE,
    POSITIVE,
    REAL,
    ZERO,
    Sign,
    opposite,
    plus,
    raised,
    times,
)

Polynomial: TypeAlias = Mapping[Monomial, fmpq]

UNIT: Monomial = ()
ONE: Polynomial = {UNIT: fmpq(1)}
NOTHING: Polynomial = {}
LARGEST_EXPONENT = 10_000


def constant(value: Fraction | fmpq | int) -> Polynomial:
    """The constant polynomial."""
    number = fmpq(value.numerator, value.denominator) if isinstance(value, Fraction) else fmpq(value)
    return {UNIT: number} if number else NOTHING


def frozen(polynomial: Polynomial) -> FrozenPolynomial:
    """The polynomial as a key."""
    return tuple(sorted(polynomial.items(), key=lambda item: item[0]))


def is_constant(polynomial: Polynomial) -> bool:
    """Whether no atom occurs."""
    return not polynomial or (len(polynomial) == 1 and UNIT in polynomial)


def atoms_of(polynomial: Polynomial) -> list[Atom]:
    """The atoms that occur, in order."""
    return sorted({atom for monomial in polynomial for atom, _ in monomial})


def free_of(polynomial: Polynomial) -> frozenset[str]:
    """The names of the free indices."""
    return frozenset().union(*(atom.free for monomial in polynomial for atom, _ in monomial))


def add(left: Polynomial, right: Polynomial, factor: fmpq | int = 1) -> Polynomial:
    """``left + factor * right``."""
    result = dict(left)
    for monomial, coefficient in right.items():
        total = result.get(monomial, 0) + factor * coefficient
        if total:
            result[monomial] = total
        else:
            result.pop(monomial, None)
    return result


def scale(polynomial: Polynomial, factor: fmpq | int) -> Polynomial:
    """``factor * polynomial``."""
    if factor == 1:
        return polynomial
    return {monomial: factor * coefficient for monomial, coefficient in polynomial.items()} if factor else {}


def times_monomials(left: Monomial, right: Monomial) -> Monomial:
    """The product, with y^2 = y and (+-1)^2 = 1."""
    if not left or not right:
        return left or right
    exponents: dict[Atom, Exponent] = dict(left)
    for atom, exponent in right:
        exponents[atom] = exponents.get(atom, 0) + exponent
    return monomial_of(exponents.items())


def monomial_of(factors: Iterable[tuple[Atom, Exponent]]) -> Monomial:
    """The monomial of different atoms with their exponents, in order and reduced."""
    result: list[tuple[Atom, Exponent]] = []
    for atom, exponent in factors:
        values = atom.values
        if values == (0, 1):
            exponent = 1
        elif values:
            exponent %= 2
        if exponent:
            result.append((atom, exponent))
    result.sort()
    return tuple(result)


def multiply(left: Polynomial, right: Polynomial, meter: Meter) -> Polynomial:
    """``left * right``."""
    if left is ONE or right is ONE:
        return right if left is ONE else left
    meter.multiply(len(left) * len(right))
    result: dict[Monomial, fmpq] = {}
    for monomial, coefficient in left.items():
        for other, factor in right.items():
            product = times_monomials(monomial, other)
            total = result.get(product, 0) + coefficient * factor
            if total:
                result[product] = total
            else:
                result.pop(product, None)
    meter.hold("monomials", len(result), meter.budget.monomials)
    return result


def leading(polynomial: Polynomial) -> Monomial:
    """The monomial of highest degree, the last in structural order among those."""
    return max(polynomial, key=lambda monomial: (sum(e for _, e in monomial), monomial))


def content(polynomial: Polynomial) -> fmpq:
    """The number by which to divide for coprime integer coefficients, the leading one positive."""
    numerator, denominator = 0, 1
    for coefficient in polynomial.values():
        numerator = _gcd(numerator, abs(int(coefficient.p)))
        denominator = lcm(denominator, int(coefficient.q))
    size = fmpq(numerator, denominator)
    return -size if polynomial[leading(polynomial)] < 0 else size


def _gcd(left: int, right: int) -> int:
    while right:
        left, right = right, left % right
    return left


class Ring:
    """A polynomial ring of FLINT over the atoms of some polynomials, fractional exponents cleared."""

    def __init__(self, polynomials: Iterable[Polynomial]) -> None:
        """The ring in which all of `polynomials` lie."""
        scales: dict[Atom, int] = {}
        for polynomial in polynomials:
            for monomial in polynomial:
                for atom, exponent in monomial:
                    scales[atom] = lcm(scales.get(atom, 1), exponent.denominator)
        self._atoms = sorted(scales)
        self._scales = [scales[atom] for atom in self._atoms]
        self._places = {atom: place for place, atom in enumerate(self._atoms)}
        names = [f"v{place}" for place in range(max(1, len(self._atoms)))]
        self._context = fmpq_mpoly_ctx.get(names, "degrevlex")
        self._width = len(names)

    def enter(self, polynomial: Polynomial) -> fmpq_mpoly:
        """The polynomial as one of FLINT's."""
        terms: dict[tuple[int, ...], fmpq] = {}
        for monomial, coefficient in polynomial.items():
            exponents = [0] * self._width
            for atom, exponent in monomial:
                place = self._places[atom]
                exponents[place] = int(exponent * self._scales[place])
                if exponents[place] > LARGEST_EXPONENT:
                    raise BudgetExceeded("degree")
            terms[tuple(exponents)] = coefficient
        return self._context.from_dict(terms)

    def leave(self, polynomial: fmpq_mpoly) -> Polynomial:
        """FLINT's polynomial over atoms."""
        result: dict[Monomial, fmpq] = {}
        for exponents, coefficient in polynomial.to_dict().items():
            monomial = tuple(
                (atom, int(e) if scale == 1 else _exponent(int(e), scale))
                for atom, scale, e in zip(self._atoms, self._scales, exponents, strict=False)
                if e
            )
            result[monomial] = coefficient
        return result


def _exponent(numerator: int, denominator: int) -> Exponent:
    value = Fraction(numerator, denominator)
    return value.numerator if value.denominator == 1 else value


def factors(polynomial: Polynomial, budget: Budget) -> tuple[fmpq, list[tuple[Polynomial, int]]]:
    """The content of a polynomial and its irreducible primitive factors with multiplicities, in order."""
    if len(polynomial) == 1:
        ((monomial, coefficient),) = polynomial.items()
        return coefficient, [_root(atom, exponent) for atom, exponent in monomial]
    if len(polynomial) > budget.factored:
        raise BudgetExceeded("monomials to factor")
    ring = Ring((polynomial,))
    number, found = ring.enter(polynomial).factor()
    parts: list[tuple[FrozenPolynomial, Polynomial, int]] = []
    for factor, multiplicity in found:
        part = ring.leave(factor)
        size = content(part)
        part = scale(part, 1 / size)
        number *= size ** int(multiplicity)
        parts.append((frozen(part), part, int(multiplicity)))
    parts.sort(key=lambda row: [monomial for monomial, _ in row[0]])
    return number, [(part, multiplicity) for _, part, multiplicity in parts]


def _root(atom: Atom, exponent: Exponent) -> tuple[Polynomial, int]:
    """An atom's power as a power with an integer exponent."""
    return {((atom, _exponent(1, exponent.denominator)),): fmpq(1)}, exponent.numerator


def monomial_sign(monomial: Monomial) -> Sign:
    """The signs that a monomial can have where it is defined."""
    sign = POSITIVE
    for atom, exponent in monomial:
        sign = times(sign, raised(atom.sign, exponent))
    return sign


def polynomial_sign(polynomial: Polynomial) -> Sign:
    """The signs that a polynomial can have, term by term.

    Guarantees: no other sign occurs where the atoms are defined. The result may be too wide.
    """
    total = ZERO
    for monomial, coefficient in polynomial.items():
        sign = monomial_sign(monomial)
        total = plus(total, sign if coefficient > 0 else opposite(sign))
    return total


def factor_sign(factor: Polynomial, whole: Polynomial) -> Sign:
    """The signs of a factor of `whole`, which also knows that no factor of a positive polynomial vanishes.

    Terms that show `whole` to be positive show it on the convex set of all values that the signs of its atoms
    allow. A factor has one sign there: the one at the point where every atom is 1. A nonzero atom has no
    convex set (a^2 is positive, a is not), so it rules this out.
    """
    sign = polynomial_sign(factor)
    convex = all(atom.sign in (POSITIVE, NONNEGATIVE, REAL) for m in whole for atom, _ in m)
    if sign in (POSITIVE, NEGATIVE) or not convex or polynomial_sign(whole) not in (POSITIVE, NEGATIVE):
        return sign
    return POSITIVE if sum(factor.values()) > 0 else NEGATIVE
