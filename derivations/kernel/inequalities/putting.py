"""Values put in for atoms, wherever these occur: in exponentials, logarithms and sums too."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import singledispatch

from derivations.kernel.atoms import (
    Atom,
    ExpAtom,
    FrozenRational,
    InverseAtom,
    LogAtom,
    Monomial,
    RootAtom,
    SumAtom,
)
from derivations.kernel.budget import Unsupported
from derivations.kernel.exponentials import exponential, logarithm, rational_power
from derivations.kernel.polynomials import ONE, Polynomial
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import power, reindex_monomial
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index

Values = Mapping[Atom, Rational]


def contains(whole: Atom, part: Atom) -> bool:
    """Whether `part` occurs in `whole`, which may be the same atom."""
    return whole is part or any(contains(atom, part) for atom in _inside(whole))


def _inside(atom: Atom) -> frozenset[Atom]:
    """The atoms right inside of an atom."""
    match atom:
        case ExpAtom() | SumAtom():
            monomials = [atom.argument if isinstance(atom, ExpAtom) else atom.body]
        case LogAtom() | RootAtom():
            monomials = [monomial for side in atom.argument for monomial, _ in side]
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
    above = _polynomial(value.numerator, values, work)
    if value.denominator is ONE:
        return above
    return above * _polynomial(value.denominator, values, work).inverse()


def _polynomial(polynomial: Polynomial, values: Values, work: Workspace) -> Rational:
    total = work.field.constant(0)
    for monomial, coefficient in polynomial.items():
        total = total + _monomial(monomial, values, work).scaled(coefficient)
    return total


def _monomial(monomial: Monomial, values: Values, work: Workspace) -> Rational:
    result = work.field.constant(1)
    for atom, exponent in monomial:
        result = result * power(_atom(atom, values, work), exponent)
    return result


def _atom(atom: Atom, values: Values, work: Workspace) -> Rational:
    if atom in values:
        return values[atom]
    if any(contains(atom, part) for part in values):
        return _remade(atom, values, work)
    return work.field.from_monomial(((atom, 1),)) if isinstance(atom, InverseAtom) else work.field.atom(atom)


def _key(key: FrozenRational, values: Values, work: Workspace) -> Rational:
    return put(work.field.thaw(key), values, work)


@singledispatch
def _remade(atom: Atom, values: Values, work: Workspace) -> Rational:
    """The atom made anew from its parts."""
    raise Unsupported(f"a value put into a {type(atom).__name__}")


@_remade.register
def _exp(atom: ExpAtom, values: Values, work: Workspace) -> Rational:
    return exponential(_monomial(atom.argument, values, work), work)


@_remade.register
def _log(atom: LogAtom, values: Values, work: Workspace) -> Rational:
    return logarithm(_key(atom.argument, values, work), work)


@_remade.register
def _root(atom: RootAtom, values: Values, work: Workspace) -> Rational:
    return rational_power(_key(atom.argument, values, work), Fraction(1, atom.degree), work)


@_remade.register
def _inverse(atom: InverseAtom, values: Values, work: Workspace) -> Rational:
    return _polynomial(dict(atom.polynomial), values, work).inverse()


@_remade.register
def _sum(atom: SumAtom, values: Values, work: Workspace) -> Rational:
    """What is put in depends on no bound index: no atom outside of the sum does."""
    fresh = [work.open_index(variable.index_set) for variable in atom.indices]
    names: dict[str, Index] = {old.name: new for old, new in zip(atom.indices, fresh, strict=True)}
    body = put(reindex_monomial(atom.body, names, work), values, work)
    for index in fresh:
        body = sum_over(index, body, work)
    return body
