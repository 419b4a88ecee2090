"""Values put in for atoms, wherever these occur: in exponentials, logarithms and sums too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatch

from flint import fmpq

from derivations.kernel.atoms import (
    Atom,
    ExpAtom,
    InverseAtom,
    LogAtom,
    MaximumAtom,
    Monomial,
    RootAtom,
    SumAtom,
)
from derivations.kernel.budget import Unsupported
from derivations.kernel.exponentials import exponential, logarithm, rational_power
from derivations.kernel.maxima import maximum_over, value_at
from derivations.kernel.polynomials import ONE, Polynomial
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import power, reindex_monomial
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index

Values = Mapping[Atom, Rational]


def contains(whole: Atom, part: Atom) -> bool:
    """Whether `part` occurs in `whole`, which may be the same atom."""
    return whole is part or any(contains(atom, part) for atom in inside(whole))


def inside(atom: Atom) -> frozenset[Atom]:
    """The atoms right inside of an atom."""
    match atom:
        case ExpAtom() | SumAtom():
            monomials = [atom.argument if isinstance(atom, ExpAtom) else atom.body]
        case LogAtom() | RootAtom():
            monomials = [monomial for side in atom.argument for monomial, _ in side]
        case MaximumAtom():
            monomials = [monomial for side in atom.body for monomial, _ in side]
        case InverseAtom():
            monomials = [monomial for monomial, _ in atom.polynomial]
        case _:
            monomials = []
    return frozenset(part for monomial in monomials for part, _ in monomial)


def put(value: Rational, values: Values, work: Workspace) -> Rational:
    """`value` with each atom of `values` replaced by its value, all at once.

    Guarantees: equal to `value` wherever the atoms have these values and `value` is defined. Raises
    `Unsupported` for an atom that keeps what is to be replaced, and `Undefined` for what has no value.
    """
    return _rational(value, _Put(values, work))


@dataclass(slots=True)
class _Put:
    """What is put in, and what the atoms that were met became: None for those that do not change."""

    values: Values
    work: Workspace
    images: dict[Atom, Rational | None] = field(default_factory=dict)

    def image(self, atom: Atom) -> Rational | None:
        """The new value of an atom that changes."""
        if atom not in self.images:
            if atom in self.values:
                self.images[atom] = self.values[atom]
            else:
                changes = any(contains(atom, part) for part in self.values)
                self.images[atom] = _remade(atom, self) if changes else None
        return self.images[atom]


def _rational(value: Rational, new: _Put) -> Rational:
    above = _polynomial(value.numerator, new)
    if value.denominator is ONE:
        return above
    return above * _polynomial(value.denominator, new).inverse()


def _polynomial(polynomial: Polynomial, new: _Put) -> Rational:
    total = new.work.field.constant(0)
    unchanged: dict[Monomial, fmpq] = {}
    for monomial, coefficient in polynomial.items():
        if all(new.image(atom) is None and not isinstance(atom, InverseAtom) for atom, _ in monomial):
            unchanged[monomial] = coefficient
        else:
            total = total + _monomial(monomial, new).scaled(coefficient)
    return total + new.work.field.from_inverse_form(unchanged)


def _monomial(monomial: Monomial, new: _Put) -> Rational:
    unchanged = tuple((atom, exponent) for atom, exponent in monomial if new.image(atom) is None)
    result = new.work.field.from_monomial(unchanged)
    for atom, exponent in monomial:
        image = new.image(atom)
        if image is not None:
            result = result * power(image, exponent)
    return result


@singledispatch
def _remade(atom: Atom, new: _Put) -> Rational:
    """The atom made anew from its parts."""
    raise Unsupported(f"a value put into a {type(atom).__name__}")


@_remade.register
def _exp(atom: ExpAtom, new: _Put) -> Rational:
    return exponential(_monomial(atom.argument, new), new.work)


@_remade.register
def _log(atom: LogAtom, new: _Put) -> Rational:
    return logarithm(_rational(new.work.field.thaw(atom.argument), new), new.work)


@_remade.register
def _root(atom: RootAtom, new: _Put) -> Rational:
    radicand = _rational(new.work.field.thaw(atom.argument), new)
    return rational_power(radicand, Fraction(1, atom.degree), new.work)


@_remade.register
def _inverse(atom: InverseAtom, new: _Put) -> Rational:
    return _polynomial(dict(atom.polynomial), new).inverse()


@_remade.register
def _maximum(atom: MaximumAtom, new: _Put) -> Rational:
    fresh = new.work.open_index(atom.index.index_set)
    return maximum_over(fresh, _rational(value_at(atom, fresh, new.work), new), new.work)


@_remade.register
def _sum(atom: SumAtom, new: _Put) -> Rational:
    """What is put in depends on no bound index: no atom outside of the sum does."""
    fresh = [new.work.open_index(variable.index_set) for variable in atom.indices]
    names: dict[str, Index] = {old.name: open_ for old, open_ in zip(atom.indices, fresh, strict=True)}
    body = _rational(reindex_monomial(atom.body, names, new.work), new)
    for index in fresh:
        body = sum_over(index, body, new.work)
    return body
