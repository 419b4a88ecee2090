"""The zero test, with second chances for what a normal form of monomials does not see.

Each chance is an equality, tried in turn; none can make a nonzero value vanish.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flint import fmpq

from derivations.kernel.atoms import (
    Atom,
    DeltaAtom,
    ExpAtom,
    FrozenRational,
    InverseAtom,
    LogAtom,
    Monomial,
    RootAtom,
    SumAtom,
)
from derivations.kernel.budget import Unsupported
from derivations.kernel.multiplied import vanishes_multiplied
from derivations.kernel.polynomials import atoms_of
from derivations.kernel.products import with_holes
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import lowered, reindex, reindex_monomial
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index, IndexVariable, index_variables

ROUNDS = 6
"""How often powers of roots are lowered."""


def is_zero(value: Rational, work: Workspace) -> bool:
    """Whether `value` is proven to be 0 wherever it is defined.

    Guarantees: true only if it is. False says nothing.
    """
    if value.is_zero:
        return True
    for chance in CHANCES:
        try:
            value = chance(value, work)
        except Unsupported:
            continue
        if value.is_zero:
            return True
    return vanishes_multiplied(value, work)


def with_equal_indices(value: Rational, work: Workspace) -> Rational:
    """``delta(a, b) g(b)`` becomes ``delta(a, b) g(a)`` in the numerator."""
    for atom in atoms_of(value.numerator):
        if isinstance(atom, DeltaAtom) and not atom.apart:
            for this, other in ((atom.left, atom.right), (atom.right, atom.left)):
                if isinstance(this, IndexVariable) and this not in index_variables(other):
                    value = _identified(value, atom, this, other, work)
                    break
    return value


def _identified(
    value: Rational, atom: DeltaAtom, this: IndexVariable, other: Index, work: Workspace
) -> Rational:
    with_it: dict[Monomial, fmpq] = {}
    without: dict[Monomial, fmpq] = {}
    for monomial, coefficient in value.numerator.items():
        rest = tuple(part for part in monomial if part[0] is not atom)
        (without if len(rest) == len(monomial) else with_it)[rest] = coefficient
    if not with_it:
        return value
    inside = reindex(work.field.quotient(with_it, value.denominator), {this.name: other}, work)
    return work.field.quotient(without, value.denominator) + work.field.atom(atom) * inside


def without_roots(value: Rational, work: Workspace) -> Rational:
    """``sqrt(u) sqrt(u)`` becomes u: where a root is defined, u is not negative."""
    for _ in range(ROUNDS):
        found = _first_root(value)
        if found is None:
            return value
        atom, degree, argument = found
        base = work.field.thaw(argument)
        above = lowered(value.numerator, atom, degree, base, work)
        value = above * lowered(value.denominator, atom, degree, base, work).inverse()
    return value


def _first_root(value: Rational) -> tuple[Atom, int, FrozenRational] | None:
    """A root that occurs with a power that can be taken, the power and what stands under it."""
    for polynomial in (value.numerator, value.denominator):
        for monomial in polynomial:
            for atom, exponent in monomial:
                if isinstance(atom, RootAtom) and exponent >= atom.degree:
                    return atom, atom.degree, atom.argument
                if isinstance(atom, ExpAtom) and exponent >= 1 and len(atom.argument) == 1:
                    inner, power = atom.argument[0]
                    if isinstance(inner, LogAtom) and power == 1:
                        return atom, 1, inner.argument
    return None


def with_merged_sums(value: Rational, work: Workspace) -> Rational:
    """Sums over the same sets become one sum of one rational body, whose parts may cancel."""
    groups: dict[tuple[str, ...], list[tuple[SumAtom, Rational]]] = {}
    rest: dict[Monomial, fmpq] = {}
    for monomial, coefficient in value.numerator.items():
        sums = [(atom, e) for atom, e in monomial if isinstance(atom, SumAtom) and _has_inverse(atom)]
        if len(sums) == 1 and sums[0][1] == 1:
            atom = sums[0][0]
            others = tuple(part for part in monomial if part[0] is not atom)
            kind = tuple(str(index.index_set) for index in atom.indices)
            factor = work.field.polynomial({others: coefficient})
            groups.setdefault(kind, []).append((atom, factor))
        else:
            rest[monomial] = coefficient
    total = work.field.polynomial(rest)
    for kind in sorted(groups):
        total = total + _merged(groups[kind], work)
    return total


def _has_inverse(atom: SumAtom) -> bool:
    return any(isinstance(part, InverseAtom) or exponent < 0 for part, exponent in atom.body)


def _merged(group: list[tuple[SumAtom, Rational]], work: Workspace) -> Rational:
    """The sum of multiples of sums over the same sets."""
    fresh = [work.open_index(index.index_set) for index in group[0][0].indices]
    body = work.field.constant(0)
    for atom, factor in group:
        names: dict[str, Index] = {old.name: new for old, new in zip(atom.indices, fresh, strict=True)}
        body = body + factor * reindex_monomial(atom.body, names, work)
    for index in fresh:
        body = sum_over(index, body, work)
    return body


CHANCES: Sequence[Callable[[Rational, Workspace], Rational]] = (
    with_equal_indices,
    with_holes,
    without_roots,
    with_merged_sums,
    with_equal_indices,
)
