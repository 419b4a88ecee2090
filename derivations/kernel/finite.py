"""What has finitely many values is taken out of functions by interpolation, ``f(y) = f(0)(1 - y) + f(1)y``.

Labels and Kronecker deltas thus never stand in a denominator, an exponential or a logarithm, below binders
too. A function that is undefined at one of the values stops the proof: its value there would be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flint import fmpq

from derivations.kernel.atoms import Atom, Monomial
from derivations.kernel.polynomials import Polynomial, add
from derivations.kernel.rational import Rational
from derivations.kernel.workspace import Workspace

MOST_ATOMS = 7


def finite_atoms(value: Rational) -> list[Atom]:
    """The atoms with finitely many values, in order."""
    return [atom for atom in value.atoms if atom.values]


def assign(value: Rational, atom: Atom, number: int) -> Rational:
    """`value` where `atom` has the value `number`."""
    field = value.field
    return field.quotient(_put(value.numerator, atom, number), _put(value.denominator, atom, number))


def _put(polynomial: Polynomial, atom: Atom, number: int) -> Polynomial:
    result: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        rest: Monomial = tuple(part for part in monomial if part[0] is not atom)
        factor = coefficient if len(rest) == len(monomial) else coefficient * number
        result = add(result, {rest: factor}) if factor else result
    return result


def branches(value: Rational, work: Workspace) -> Iterator[Rational]:
    """`value` for every choice of its finite-valued atoms, some of which may be impossible together."""
    atoms = finite_atoms(value)
    work.meter.hold("finite-valued atoms", len(atoms), MOST_ATOMS)
    if not atoms:
        yield value
        return
    for number in atoms[0].values:
        yield from branches(assign(value, atoms[0], number), work)


def interpolate(value: Rational, function: Callable[[Rational], Rational], work: Workspace) -> Rational:
    """``function(value)``, `function` applied only where nothing finite-valued is left.

    Guarantees: equal to the function's value at every point at which it is defined for all choices of the
    finite-valued atoms. Raises what `function` raises at any of them.
    """
    atoms = finite_atoms(value)
    work.meter.hold("finite-valued atoms", len(atoms), MOST_ATOMS)
    if not atoms:
        return function(value)
    atom = atoms[0]
    low, high = atom.values
    at_low = interpolate(assign(value, atom, low), function, work)
    at_high = interpolate(assign(value, atom, high), function, work)
    share = (work.field.atom(atom) - work.field.constant(low)).scaled(fmpq(1, high - low))
    return at_low + (at_high - at_low) * share
