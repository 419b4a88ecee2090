"""Indices put in for the free indices of a normal form: each atom is made anew from its parts.

Rules for atoms are registered here by the modules that make them. What a monomial's delta or guard makes 0 is
not looked at further: a guarded factor need not be defined there.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import singledispatch

from flint import fmpq

from derivations.kernel.atoms import (
    Atom,
    CardinalityAtom,
    DeltaAtom,
    EntryAtom,
    ExpAtom,
    Exponent,
    FrozenRational,
    InverseAtom,
    LogAtom,
    Monomial,
    RootAtom,
)
from derivations.kernel.budget import Unsupported
from derivations.kernel.deltas import apart, delta, entry
from derivations.kernel.exponentials import exponential, logarithm, rational_power
from derivations.kernel.polynomials import ONE, Polynomial, monomial_of, times_monomials
from derivations.kernel.rational import Rational
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index

Mapped = Mapping[str, Index]


def reindex(value: Rational, mapping: Mapped, work: Workspace) -> Rational:
    """`value` with its free indices replaced by name, all at once.

    Guarantees: equal to `value` at the new indices wherever that is defined. Raises `Undefined` where the
    structure shows that it is defined nowhere.
    """
    if not value.free & mapping.keys():
        return value
    above = reindex_polynomial(value.numerator, mapping, work)
    if value.denominator is ONE:
        return above
    return above * reindex_polynomial(value.denominator, mapping, work).inverse()


def reindex_key(key: FrozenRational, mapping: Mapped, work: Workspace) -> Rational:
    """The rational function of a key, reindexed."""
    return reindex(work.field.thaw(key), mapping, work)


def reindex_polynomial(polynomial: Polynomial, mapping: Mapped, work: Workspace) -> Rational:
    """A polynomial, also one with negative powers and inverse atoms, reindexed."""
    total = work.field.constant(0)
    plain: dict[Monomial, fmpq] = {}
    for monomial, coefficient in polynomial.items():
        image = reindex_monomial(monomial, mapping, work).scaled(coefficient)
        if image.denominator is ONE and len(image.numerator) == 1:
            ((product, number),) = image.numerator.items()
            number += plain.pop(product, 0)
            if number:
                plain[product] = number
        else:
            total = total + image
    return total + work.field.polynomial(plain)


def reindex_monomial(monomial: Monomial, mapping: Mapped, work: Workspace) -> Rational:
    """A monomial, also one with negative powers and inverse atoms, reindexed; guards first."""
    result = work.field.constant(1)
    untouched: list[tuple[Atom, Exponent]] = []
    guarded = sorted(monomial, key=lambda part: not isinstance(part[0], DeltaAtom))
    for atom, exponent in guarded:
        if not atom.free & mapping.keys():
            untouched.append((atom, exponent))
            continue
        result = result * power(reindex_atom(atom, mapping, work), exponent)
        if result.is_zero:
            return result
    untouched.sort(key=lambda part: part[0])
    if all(e > 0 and not isinstance(a, InverseAtom) for a, e in untouched):
        return result * work.field.polynomial({times_monomials(tuple(untouched), ()): fmpq(1)})
    return result * work.field.from_monomial(tuple(untouched))


def power(value: Rational, exponent: Exponent) -> Rational:
    """A power of what an atom became; a fractional one only of a positive monomial."""
    if exponent == 1:
        return value
    if exponent.denominator == 1:
        return value.power(int(exponent))
    coefficients = [*value.numerator.values(), *value.denominator.values()]
    if not value.is_monomial or any(c != 1 for c in coefficients):
        raise Unsupported("a fractional power of a sum")
    if exponent < 0:
        return value.inverse().monomial_power(-exponent)
    return value.monomial_power(exponent)


def lowered(polynomial: Polynomial, atom: Atom, degree: int, base: Rational, work: Workspace) -> Rational:
    """`polynomial` with ``atom ** degree`` written as `base`."""
    total = work.field.constant(0)
    for monomial, coefficient in polynomial.items():
        exponents: dict[Atom, Exponent] = dict(monomial)
        times = int(exponents.get(atom, 0) // degree)
        if times:
            exponents[atom] -= times * degree
        rest = work.field.polynomial({monomial_of(exponents.items()): coefficient})
        total = total + rest * base.power(times)
    return total


def substituted(value: Rational, atom: Atom, replacement: Rational, work: Workspace) -> Rational:
    """`value` with every power of `atom` written as one of `replacement`, which is equal to it."""
    above = lowered(value.numerator, atom, 1, replacement, work)
    return above * lowered(value.denominator, atom, 1, replacement, work).inverse()


def reindex_atom(atom: Atom, mapping: Mapped, work: Workspace) -> Rational:
    """An atom with its free indices replaced."""
    relevant = {name: index for name, index in mapping.items() if name in atom.free}
    if not relevant:
        if isinstance(atom, InverseAtom):
            return work.field.from_monomial(((atom, 1),))
        return work.field.atom(atom)
    key = (atom, tuple(sorted(relevant.items(), key=lambda item: item[0])))
    known = work.substitutions.get(key)
    if known is None:
        known = remake(atom, relevant, work)
        work.substitutions[key] = known
    return known


@singledispatch
def remake(atom: Atom, mapping: Mapped, work: Workspace) -> Rational:
    """The atom made anew with other free indices."""
    raise TypeError(f"reindexing: unknown atom {type(atom).__name__}")


@remake.register
def _entry(atom: EntryAtom, mapping: Mapped, work: Workspace) -> Rational:
    indices = tuple(work.index(index, mapping) for index in atom.indices)
    return entry(atom.name, indices, atom.domain, work)


@remake.register
def _delta(atom: DeltaAtom, mapping: Mapped, work: Workspace) -> Rational:
    left, right = work.index(atom.left, mapping), work.index(atom.right, mapping)
    return apart(left, right, work) if atom.apart else delta(left, right, work)


@remake.register
def _cardinality(atom: CardinalityAtom, mapping: Mapped, work: Workspace) -> Rational:
    return work.field.atom(atom)


@remake.register
def _exp(atom: ExpAtom, mapping: Mapped, work: Workspace) -> Rational:
    return exponential(reindex_monomial(atom.argument, mapping, work), work)


@remake.register
def _log(atom: LogAtom, mapping: Mapped, work: Workspace) -> Rational:
    return logarithm(reindex_key(atom.argument, mapping, work), work)


@remake.register
def _root(atom: RootAtom, mapping: Mapped, work: Workspace) -> Rational:
    return rational_power(reindex_key(atom.argument, mapping, work), Fraction(1, atom.degree), work)


@remake.register
def _inverse(atom: InverseAtom, mapping: Mapped, work: Workspace) -> Rational:
    value = reindex_polynomial(dict(atom.polynomial), mapping, work)
    return rational_power(value, Fraction(-1), work)
