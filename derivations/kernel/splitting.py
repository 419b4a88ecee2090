"""Absolute values by cases: ``sqrt(u^2)`` is u or -u, so a claim that holds with either one holds.

Each case is proved for all values, not only where it applies; that is more than is needed and mostly true.
Only a u that depends on no bound index is split, since a bound index stands for many numbers; its sign is the
product of the signs of its factors. Sums of the same form on both sides are taken for equal if their bodies
are, index by index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from math import prod
from typing import TypeAlias

from derivations.kernel.atoms import FrozenPolynomial
from derivations.kernel.budget import BudgetExceeded
from derivations.kernel.polynomials import factors, frozen, polynomial_sign
from derivations.kernel.rational import Rational
from derivations.kernel.sign import NONNEGATIVE, NONPOSITIVE, within
from derivations.language.indices import IndexVariable
from derivations.language.nodes import Expression, Multiply, Number, Power, Product, Sum, negate
from derivations.language.substitution import fresh_name, replace_indices
from derivations.language.traversal import abstractions, free_indices, index_names, rebuild, subexpressions

MOST_SPLIT = 3
"""Different absolute values in one claim; each doubles the cases."""

Sides: TypeAlias = tuple[Expression, Expression]
Signed: TypeAlias = tuple[int, frozenset[FrozenPolynomial]]


def cases(left: Expression, right: Expression, normal: Callable[[Expression], Rational]) -> tuple[Sides, ...]:
    """Claims ``left = right`` without absolute values that together give it; none where there are none.

    `normal` tells which arguments are one number, or its negative, and which have a known sign.

    Guarantees: if all of them hold at a point, ``left = right`` does; and each that applies there is defined
    where that is. Raises `BudgetExceeded` for too many cases.
    """
    bound, signs = _bound((left, right)), dict[Expression, Signed]()
    for part in (part for side in (left, right) for part in subexpressions(side)):
        base = split_at(part)
        if base is not None and not free_indices(base).keys() & bound:
            signs[base] = _sign(normal(base))
    if not signs:
        return ()
    unknown = sorted({factor for _, factors_of in signs.values() for factor in factors_of})
    if len(unknown) > MOST_SPLIT:
        raise BudgetExceeded("cases of absolute values")
    return tuple(
        (_put(left, case), _put(right, case))
        for chosen in product((1, -1), repeat=len(unknown))
        for case in [_case(signs, dict(zip(unknown, chosen, strict=True)))]
    )


def _case(
    signs: Mapping[Expression, Signed],
    chosen: Mapping[FrozenPolynomial, int],
) -> dict[Expression, int]:
    """The sign of each argument when those of the factors are as chosen."""
    return {base: own * prod(chosen[factor] for factor in of) for base, (own, of) in signs.items()}


def _sign(value: Rational) -> Signed:
    """The sign of a value as a number and the factors of unknown sign; where it is 0, any sign will do."""
    known, unknown = 1, set[FrozenPolynomial]()
    for polynomial in (value.numerator, value.denominator):
        number, parts = factors(polynomial, value.field.meter.budget) if polynomial else (1, [])
        known *= 1 if number > 0 else -1
        for part, multiplicity in parts:
            sign = polynomial_sign(part)
            if within(sign, NONPOSITIVE):
                known *= (-1) ** multiplicity
            elif not within(sign, NONNEGATIVE) and multiplicity % 2:
                unknown.add(frozen(part))
    return known, frozenset(unknown)


def split_at(expression: Expression) -> Expression | None:
    """The u of ``sqrt(u^2)``, for any power of u^2 with a fraction in halves."""
    match expression:
        case Power(Power(base, Number(square)), Number(root)) if square == 2 and root.denominator == 2:
            return base
    return None


def same_terms(left: Expression, right: Expression) -> Sides:
    """The bodies that must be equal, where both sides are sums or multiples in one and the same way."""
    match left, right:
        case Sum(index, body, excluding), Sum(other, other_body, other_excluding):
            if index.index_set == other.index_set and excluding == other_excluding == ():
                used = index_names(left) | index_names(right)
                fresh = IndexVariable(fresh_name(index.name, used), index.index_set)
                return same_terms(
                    replace_indices(body, {index.name: fresh}),
                    replace_indices(other_body, {other.name: fresh}),
                )
        case Multiply(factors), Multiply(others) if len(factors) == len(others):
            different = [n for n, (one, two) in enumerate(zip(factors, others, strict=True)) if one != two]
            if len(different) == 1:
                return same_terms(factors[different[0]], others[different[0]])
    return left, right


def _bound(expressions: Iterable[Expression]) -> set[str]:
    """The names that are bound anywhere in `expressions`."""
    found: set[str] = set()
    for expression in expressions:
        for part in subexpressions(expression):
            if isinstance(part, Sum | Product):
                found.add(part.index.name)
            found.update(v.name for argument in abstractions(part) for v in argument.indices)
    return found


def _put(expression: Expression, signs: dict[Expression, int]) -> Expression:
    """`expression` with each absolute value replaced by its argument with a sign."""
    base = split_at(expression)
    if base is None or base not in signs:
        return rebuild(expression, lambda part: _put(part, signs))
    assert isinstance(expression, Power)
    assert isinstance(expression.exponent, Number)
    inner = _put(base, signs)
    signed = inner if signs[base] == 1 else negate(inner)
    return Power(signed, Number(2 * expression.exponent.value))
