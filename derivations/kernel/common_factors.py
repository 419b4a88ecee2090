"""The largest common factor of two polynomials in many variables, most of which go together.

FLINT's algorithms take a time that grows with the number of variables, and powers of sums of logarithms bring
in hundreds. In a quotient of few terms most of them occur in fixed powers of each other: where both
polynomials are made of ``a^2 b^3`` and constants, nothing is lost by writing u for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from math import gcd

from flint import fmpq_mpoly, fmpq_mpoly_ctx

from derivations.kernel.budget import Budget, Meter

FEW = 10
"""Up to this many variables nothing is gained."""

Exponents = tuple[int, ...]


def common_factor(above: fmpq_mpoly, below: fmpq_mpoly, budget: Budget) -> fmpq_mpoly:
    """The largest common factor of two polynomials of one ring, up to a constant.

    Guarantees: a common factor, and no polynomial but constants divides what is left of both. For variables
    whose exponents less the lowest are proportional in all terms, with the quotients ``c_j`` without a common
    divisor, u, the product of their powers ``c_j``, is part of a basis of all monomials. So factors of what
    is written in u are, but for a monomial, written in it; and no monomial divides what has lost its lowest
    exponents. Raises `BudgetExceeded` where too many variables are left.
    """
    context = above.context()
    if context.nvars() <= FEW or len(above) == 1 or len(below) == 1:
        return above.gcd(below)
    terms = [polynomial.to_dict() for polynomial in (above, below)]
    lowest = [tuple(map(min, zip(*rows, strict=True))) for rows in terms]
    primitive = [
        {_less(row, low): factor for row, factor in rows.items()}
        for rows, low in zip(terms, lowest, strict=True)
    ]
    bases = _bases([row for rows in primitive for row in rows])
    Meter.hold("variables of a common factor", len(bases), budget.variables)
    merged = fmpq_mpoly_ctx.get([f"u{place}" for place in range(len(bases))], "degrevlex")
    first, second = (
        merged.from_dict(
            {
                tuple(row[places[0]] // powers[0] for places, powers in bases): factor
                for row, factor in rows.items()
            }
        )
        for rows in primitive
    )
    shared = tuple(map(min, *lowest))
    found = first.gcd(second).to_dict()
    return context.from_dict({_in_all(row, bases, shared): factor for row, factor in found.items()})


Base = tuple[tuple[int, ...], tuple[int, ...]]
"""The places of variables that go together, and the powers in which they do."""


def _bases(rows: list[Exponents]) -> list[Base]:
    """The variables of the exponents `rows` that go together; those that never occur are in none."""
    together: dict[Exponents, list[tuple[int, int]]] = {}
    for place, column in enumerate(zip(*rows, strict=True)):
        size = reduce(gcd, column)
        if size:
            together.setdefault(tuple(exponent // size for exponent in column), []).append((place, size))
    found = []
    for pairs in together.values():
        shared = reduce(gcd, (size for _, size in pairs))
        found.append((tuple(place for place, _ in pairs), tuple(size // shared for _, size in pairs)))
    return found


def _less(row: Exponents, low: Exponents) -> Exponents:
    return tuple(exponent - least for exponent, least in zip(row, low, strict=True))


def _in_all(row: Exponents, bases: Iterable[Base], shared: Exponents) -> Exponents:
    """The exponents `row` of bases as those of the variables, times the monomial `shared`."""
    result = list(shared)
    for exponent, (places, powers) in zip(row, bases, strict=True):
        for place, power in zip(places, powers, strict=True):
            result[place] += exponent * power
    return tuple(result)
