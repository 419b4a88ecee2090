"""Derivatives of normal forms by one atom, all atoms that do not contain it held constant."""

from __future__ import annotations

from functools import singledispatch

from flint import fmpq

from derivations.kernel.atoms import Atom, ExpAtom, Exponent, InverseAtom, LogAtom, Monomial, RootAtom
from derivations.kernel.budget import Unsupported
from derivations.kernel.inequalities.putting import contains
from derivations.kernel.polynomials import ONE, Polynomial, polynomial_sign
from derivations.kernel.rational import Rational
from derivations.kernel.sign import NONZERO, POSITIVE, raised, times, within
from derivations.kernel.workspace import Workspace


def rate(value: Rational, atom: Atom, work: Workspace) -> Rational:
    """The derivative of `value` by `atom`.

    Guarantees: right wherever `value` is differentiable in `atom`. Raises `Unsupported` for atoms that
    contain it and have no rule.
    """
    above = _polynomial(value.numerator, atom, work)
    if value.denominator is ONE:
        return above
    below = work.field.polynomial(value.denominator)
    slope = _polynomial(value.denominator, atom, work)
    numerator = work.field.polynomial(value.numerator)
    return above * below.inverse() - numerator * slope * (below * below).inverse()


def _polynomial(polynomial: Polynomial, atom: Atom, work: Workspace) -> Rational:
    total = work.field.constant(0)
    for monomial, coefficient in polynomial.items():
        total = total + _monomial(monomial, atom, work).scaled(coefficient)
    return total


def _monomial(monomial: Monomial, atom: Atom, work: Workspace) -> Rational:
    """The product rule: each factor f^e gives ``e f'/f`` times the monomial."""
    total = work.field.constant(0)
    for part, exponent in monomial:
        if not contains(part, atom):
            continue
        if part is atom:
            others = tuple((a, e - 1 if a is atom else e) for a, e in monomial if a is not atom or e != 1)
            slope = work.field.from_monomial(others)
        else:
            slope = work.field.from_monomial(monomial) * _relative(part, atom, work)
        total = total + slope.scaled(fmpq(exponent.numerator, exponent.denominator))
    return total


@singledispatch
def _relative(part: Atom, atom: Atom, work: Workspace) -> Rational:
    """``f'/f`` of an atom that contains another one."""
    raise Unsupported(f"the derivative of a {type(part).__name__}")


@_relative.register
def _exp(part: ExpAtom, atom: Atom, work: Workspace) -> Rational:
    return _monomial(part.argument, atom, work)


@_relative.register
def _log(part: LogAtom, atom: Atom, work: Workspace) -> Rational:
    argument = work.field.thaw(part.argument)
    return rate(argument, atom, work) * (argument * work.field.atom(part)).inverse()


@_relative.register
def _root(part: RootAtom, atom: Atom, work: Workspace) -> Rational:
    argument = work.field.thaw(part.argument)
    return rate(argument, atom, work) * argument.inverse().scaled(fmpq(1, part.degree))


@_relative.register
def _inverse(part: InverseAtom, atom: Atom, work: Workspace) -> Rational:
    below = work.field.polynomial(dict(part.polynomial))
    return (rate(below, atom, work) * below.inverse()).scaled(-1)


def regular(value: Rational, atom: Atom) -> bool:
    """Whether `value` is defined and smooth for all values that the sign of `atom` allows, the others fixed.

    Guarantees: true only if it is, at all points at which the atoms that do not contain `atom` are defined.
    """
    return _nonzero(value.denominator) and all(
        _monomial_is_regular(monomial, atom)
        for side in (value.numerator, value.denominator)
        for monomial in side
    )


def _nonzero(polynomial: Polynomial) -> bool:
    return within(polynomial_sign(polynomial), NONZERO)


def _monomial_is_regular(monomial: Monomial, atom: Atom) -> bool:
    return all(_is_regular(part, exponent, atom) for part, exponent in monomial if contains(part, atom))


def _is_regular(part: Atom, exponent: Exponent, atom: Atom) -> bool:
    """Whether a power of an atom is; one that may be 0 has whole positive exponents only."""
    if (exponent < 0 or exponent.denominator != 1) and not within(part.sign, POSITIVE):
        return False
    match part:
        case ExpAtom():
            return _monomial_is_regular(part.argument, atom)
        case LogAtom() | RootAtom():
            above, below = (dict(side) for side in part.argument)
            sign = times(polynomial_sign(above), raised(polynomial_sign(below), -1))
            inside = all(_monomial_is_regular(monomial, atom) for m in (above, below) for monomial in m)
            return sign == POSITIVE and _nonzero(below) and inside
        case InverseAtom():
            polynomial = dict(part.polynomial)
            return _nonzero(polynomial) and all(_monomial_is_regular(m, atom) for m in polynomial)
    return part is atom
