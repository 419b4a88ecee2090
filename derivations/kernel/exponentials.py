"""Exponentials, logarithms, powers and roots of normal forms.

``exp`` of a sum splits into factors, each the power of ``exp`` of one monomial; ``log`` splits only over
factors that are proven positive and is otherwise one opaque atom; ``p^y = exp(y log p)`` only for positive p.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from flint import fmpq, fmpz

from derivations.kernel.atoms import Atom, ExpAtom, Exponent, LogAtom, Monomial, RootAtom
from derivations.kernel.finite import interpolate
from derivations.kernel.polynomials import Polynomial, factor_sign, factors, scale
from derivations.kernel.rational import Rational, Undefined
from derivations.kernel.sign import NONNEGATIVE, NONPOSITIVE, POSITIVE, Sign, opposite, within
from derivations.kernel.workspace import Workspace

LARGEST_FACTORED = 64
"""Binary digits of a number whose prime factors are sought."""


def exponential(value: Rational, work: Workspace) -> Rational:
    """``exp(value)``.

    Guarantees: equal to the exponential wherever `value` is defined.
    """
    result = work.field.constant(1)
    for powers, number in work.field.inverse_form(value).items():
        monomial, coefficient = _without_roots_of_numbers(powers, number, work)
        finite = tuple(atom for atom, _ in monomial if atom.values)
        rest = tuple(part for part in monomial if not part[0].values)
        result = result * _finite_power(finite, rest, coefficient, work)
    return result


def _without_roots_of_numbers(
    monomial: Monomial, coefficient: fmpq, work: Workspace
) -> tuple[Monomial, fmpq]:
    """A multiple of a monomial, in which ``sqrt(2) ^ 3`` is ``2 sqrt(2)``."""
    rest: list[tuple[Atom, Exponent]] = []
    for atom, exponent in monomial:
        number = _number_under_root(atom, work)
        whole = 0 if number is None else floor(exponent)
        if number is not None and -LARGEST_FACTORED < whole < LARGEST_FACTORED:
            coefficient = coefficient * number**whole
            exponent -= whole
        if exponent:
            rest.append((atom, exponent))
    return tuple(rest), coefficient


def _number_under_root(atom: Atom, work: Workspace) -> fmpq | None:
    """The 2 of ``sqrt(2)``, a power of ``exp(log(2))``."""
    if isinstance(atom, ExpAtom) and len(atom.argument) == 1:
        inner, power = atom.argument[0]
        if isinstance(inner, LogAtom) and power == 1:
            number = work.field.thaw(inner.argument).number
            return None if number is None else fmpq(number.numerator, number.denominator)
    return None


def _finite_power(finite: tuple[Atom, ...], rest: Monomial, factor: fmpq, work: Workspace) -> Rational:
    """``exp(factor * finite * rest)`` by interpolation over the finite-valued atoms."""
    if not finite:
        return _exp_monomial(rest, factor, work)
    atom = finite[0]
    low, high = atom.values
    at_low = _finite_power(finite[1:], rest, factor * low, work) if low else work.field.constant(1)
    at_high = _finite_power(finite[1:], rest, factor * high, work)
    share = (work.field.atom(atom) - work.field.constant(low)).scaled(fmpq(1, high - low))
    return at_low + (at_high - at_low) * share


def _exp_monomial(monomial: Monomial, factor: fmpq, work: Workspace) -> Rational:
    """``exp(factor * monomial)``; ``exp(c log p) = p^c``."""
    exponent = Fraction(int(factor.p), int(factor.q))
    if len(monomial) == 1 and monomial[0][1] == 1 and isinstance(monomial[0][0], LogAtom):
        argument = work.field.thaw(monomial[0][0].argument)
        if exponent.denominator == 1:
            return argument.power(int(exponent))
        if _is_positive_monomial(argument):
            return argument.monomial_power(exponent) if exponent > 0 else _inverted(argument, exponent)
    atom = work.field.table.make(ExpAtom, monomial, sign=POSITIVE)
    return work.field.atom(atom, exponent.numerator if exponent.denominator == 1 else exponent)


def _inverted(argument: Rational, exponent: Fraction) -> Rational:
    return argument.inverse().monomial_power(-exponent)


def _is_positive_monomial(value: Rational) -> bool:
    parts = (value.numerator, value.denominator)
    return value.is_monomial and all(
        coefficient == 1 and all(atom.sign == POSITIVE for atom, _ in monomial)
        for part in parts
        for monomial, coefficient in part.items()
    )


def logarithm(value: Rational, work: Workspace) -> Rational:
    """``log(value)``.

    Guarantees: equal to the logarithm wherever `value` is positive for all values of the labels in it.
    Raises `Undefined` for what is never positive.
    """
    return interpolate(value, lambda branch: _logarithm(branch, work), work)


def _logarithm(value: Rational, work: Workspace) -> Rational:
    if value.is_zero:
        raise Undefined("the logarithm of 0")
    total, number, opaque = work.field.constant(0), fmpq(1), work.field.constant(1)
    for whole, side in ((value.numerator, 1), (value.denominator, -1)):
        size, parts = factors(whole, work.meter.budget)
        number *= size**side
        for part, multiplicity in parts:
            sign = factor_sign(part, whole)
            if within(sign, NONPOSITIVE):  # nothing that has a logarithm has a factor 0
                part, sign = scale(part, -1), opposite(sign)
                number *= (-1) ** multiplicity
            if within(sign, NONNEGATIVE):
                total = total + _log_of_positive(part, work).scaled(side * multiplicity)
            else:
                opaque = opaque * work.field.polynomial(part).power(side * multiplicity)
    if opaque.number == 1:
        return total + _log_of_number(number, work)
    if number < 0:
        opaque, number = opaque.scaled(-1), -number
    return total + _log_of_number(number, work) + _log_of_opaque(opaque, work)


def _log_of_opaque(value: Rational, work: Workspace) -> Rational:
    """``log(1/f) = -log(f)``: one of the two is kept."""
    turned = value.inverse()
    return _log_atom(turned, work).scaled(-1) if turned.key < value.key else _log_atom(value, work)


def _log_atom(value: Rational, work: Workspace) -> Rational:
    """A logarithm has the sign of its argument minus 1."""

    def sign() -> Sign:
        return (value - work.field.constant(1)).sign()

    return work.field.atom(work.field.table.make(LogAtom, value.key, sign=sign))


def _log_of_positive(part: Polynomial, work: Workspace) -> Rational:
    """The logarithm of an irreducible polynomial that is positive wherever it is not 0."""
    if len(part) == 1:
        ((monomial, coefficient),) = part.items()
        if coefficient == 1 and len(monomial) == 1:
            atom, exponent = monomial[0]
            if isinstance(atom, RootAtom):
                root = _logarithm(work.field.thaw(atom.argument), work)
                return root.scaled(Fraction(exponent) / atom.degree)
            if isinstance(atom, ExpAtom):
                return work.field.from_monomial(atom.argument).scaled(Fraction(exponent))
            alone = work.field.atom(atom)
            return _log_atom(alone, work).scaled(Fraction(exponent))
    return _log_atom(work.field.polynomial(part), work)


def _log_of_number(number: fmpq, work: Workspace) -> Rational:
    """The logarithm of a rational number by its prime factors."""
    if number <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    total = work.field.constant(0)
    for part, side in ((int(number.p), 1), (int(number.q), -1)):
        if part.bit_length() > LARGEST_FACTORED:
            total = total + _log_atom(work.field.constant(part), work).scaled(side)
            continue
        for prime, multiplicity in fmpz(part).factor():
            log = _log_atom(work.field.constant(int(prime)), work)
            total = total + log.scaled(side * int(multiplicity))
    return total


def rational_power(value: Rational, exponent: Fraction, work: Workspace) -> Rational:
    """``value ** exponent`` for a rational number as exponent.

    Guarantees: equal to the power wherever it is defined: `value` nonzero for a negative integer, nonnegative
    for a fraction, positive for a negative fraction.
    """
    if exponent.denominator == 1:
        if exponent >= 0:
            return value.power(int(exponent))
        return interpolate(value, lambda branch: branch.power(int(exponent)), work)
    return interpolate(value, lambda branch: _root(branch, exponent, work), work)


def _root(value: Rational, exponent: Fraction, work: Workspace) -> Rational:
    if value.is_zero:
        if exponent < 0:
            raise Undefined("a negative power of 0")
        return value
    if value.sign() == POSITIVE:
        return exponential(_logarithm(value, work).scaled(exponent), work)
    if not value.sign() & NONNEGATIVE:
        raise Undefined("the root of a negative number")
    atom = work.field.table.make(RootAtom, value.key, exponent.denominator, sign=NONNEGATIVE)
    return work.field.atom(atom, exponent.numerator)


def symbolic_power(base: Rational, exponent: Rational, work: Workspace) -> Rational:
    """``base ** exponent`` for an exponent that is no number.

    Guarantees: equal to the power wherever the base is positive, which the caller has to require.
    """
    return exponential(exponent * logarithm(base, work), work)
