"""Which signs an expression can have, read off its structure before anything is multiplied out.

A sign is the set of what is possible, as bits: negative, zero, positive. Squares, sums of positives, products
and exponentials keep their signs here that a normal form would lose by expansion.
"""

from __future__ import annotations

from fractions import Fraction
from functools import singledispatch
from typing import TypeAlias

from derivations.language.context import Context
from derivations.language.declarations import Domain
from derivations.language.indices import IndexSet
from derivations.language.nodes import (
    ONE,
    Add,
    Cardinality,
    Cases,
    Delta,
    Entry,
    Exp,
    Expression,
    Log,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
)

Sign: TypeAlias = int
NEGATIVE, ZERO, POSITIVE = 1, 2, 4
NONPOSITIVE, NONZERO, NONNEGATIVE, REAL = 3, 5, 6, 7

DOMAIN_SIGNS: dict[Domain, Sign] = {
    Domain.REAL: REAL,
    Domain.NONZERO: NONZERO,
    Domain.NONNEGATIVE: NONNEGATIVE,
    Domain.POSITIVE: POSITIVE,
    Domain.NONZERO_ROW: REAL,
    Domain.NONPOSITIVE: NONPOSITIVE,
    Domain.NEGATIVE: NEGATIVE,
    Domain.UNIT: POSITIVE,
    Domain.CLOSED_UNIT: NONNEGATIVE,
    Domain.BELOW_ONE: NONNEGATIVE,
    Domain.UP_TO_ONE: POSITIVE,
    Domain.ABOVE_ONE: POSITIVE,
    Domain.FROM_ONE: POSITIVE,
    Domain.LESS_THAN_ONE: REAL,
    Domain.AT_MOST_ONE: REAL,
    Domain.BIT: NONNEGATIVE,
    Domain.SIGN: NONZERO,
    Domain.ONE_HOT: NONNEGATIVE,
    Domain.SUM_ONE: REAL,
    Domain.PROBABILITIES: POSITIVE,
}

_BITS = ((NEGATIVE, -1), (ZERO, 0), (POSITIVE, 1))


def sign_of(value: Fraction | int) -> Sign:
    """The sign of a number."""
    return ZERO if value == 0 else NEGATIVE if value < 0 else POSITIVE


def _product(left: Sign, right: Sign) -> Sign:
    found = 0
    for bit, value in _BITS:
        for other_bit, other in _BITS:
            if left & bit and right & other_bit:
                found |= sign_of(value * other)
    return found


def _sum(left: Sign, right: Sign) -> Sign:
    found = 0
    for bit, value in _BITS:
        for other_bit, other in _BITS:
            if left & bit and right & other_bit:
                found |= REAL if value * other < 0 else sign_of(value + other)
    return found


_TIMES = [[_product(left, right) for right in range(8)] for left in range(8)]
_PLUS = [[_sum(left, right) for right in range(8)] for left in range(8)]


def times(left: Sign, right: Sign) -> Sign:
    """The signs that a product can have."""
    return _TIMES[left][right]


def plus(left: Sign, right: Sign) -> Sign:
    """The signs that a sum can have."""
    return _PLUS[left][right]


def opposite(sign: Sign) -> Sign:
    """The signs of the negative."""
    return _TIMES[sign][NEGATIVE]


def within(sign: Sign, allowed: Sign) -> bool:
    """Whether every possible sign is among the allowed ones."""
    return not sign & ~allowed


def raised(sign: Sign, exponent: Fraction | int) -> Sign:
    """The signs of a power with a rational exponent, where it is defined."""
    if exponent == 0:
        return POSITIVE
    if exponent < 0:
        sign &= ~ZERO
    if exponent.denominator != 1:
        return sign & NONNEGATIVE
    if exponent.numerator % 2:
        return sign
    return (sign & ZERO) | (POSITIVE if sign & NONZERO else 0)


def never_empty(index_set: IndexSet, context: Context) -> bool:
    """Whether the set has an element for all sizes that the context allows."""
    if isinstance(index_set.size, int):
        return index_set.start <= index_set.size - index_set.short
    return index_set.start + index_set.short <= max(1, context.minimum_sizes.get(index_set.size, 1))


@singledispatch
def expression_sign(expression: Expression, context: Context) -> Sign:
    """The signs that an opened expression can have at the points where it is defined.

    Guarantees: no sign outside the result occurs within the declarations. The result may be too wide; an
    unknown node may have any sign.
    """
    return REAL


@expression_sign.register
def _number(expression: Number, context: Context) -> Sign:
    return sign_of(expression.value)


@expression_sign.register
def _entry(expression: Entry, context: Context) -> Sign:
    declaration = context.declarations.get(expression.name)
    return REAL if declaration is None else DOMAIN_SIGNS[declaration.domain]


@expression_sign.register
def _add(expression: Add, context: Context) -> Sign:
    match expression.terms:
        case (Number(one), Multiply((Number(minus), Exp(argument)))) if one == 1 and minus == -1:
            return opposite(expression_sign(argument, context))  # 1 - exp(a)
        case (Exp(argument), Number(minus) | Multiply((Number(minus), Number(1)))) if minus == -1:
            return expression_sign(argument, context)  # exp(a) - 1
    total = ZERO
    for term in expression.terms:
        total = plus(total, expression_sign(term, context))
    return total


@expression_sign.register
def _multiply(expression: Multiply, context: Context) -> Sign:
    total = POSITIVE
    for factor in expression.factors:
        repeated = expression.factors.count(factor) == 2  # r*r is a square
        sign = expression_sign(factor, context)
        total = times(total, raised(sign, 2) if repeated else sign)
    return total


@expression_sign.register
def _power(expression: Power, context: Context) -> Sign:
    base = expression_sign(expression.base, context)
    if isinstance(expression.exponent, Number):
        return raised(base, expression.exponent.value)
    return POSITIVE if base == POSITIVE else NONNEGATIVE if within(base, NONNEGATIVE) else REAL


@expression_sign.register
def _exp(expression: Exp, context: Context) -> Sign:
    return POSITIVE


@expression_sign.register
def _log(expression: Log, context: Context) -> Sign:
    argument = expression.argument
    if isinstance(argument, Add) and ONE in argument.terms:  # log(1 + a) has the sign of a
        rest = list(argument.terms)
        rest.remove(ONE)
        return expression_sign(Add(tuple(rest)), context)
    return REAL


@expression_sign.register
def _summation(expression: Sum, context: Context) -> Sign:
    body = expression_sign(expression.body, context)
    total = REAL if within(NONZERO, body) else body
    if expression.excluding or not never_empty(expression.index.index_set, context):
        total |= ZERO
    return total


@expression_sign.register
def _finite_product(expression: Product, context: Context) -> Sign:
    body = expression_sign(expression.body, context)
    return body if body in (POSITIVE, NONNEGATIVE) else NONZERO if within(body, NONZERO) else REAL


@expression_sign.register
def _delta(expression: Delta, context: Context) -> Sign:
    return NONNEGATIVE


@expression_sign.register
def _cardinality(expression: Cardinality, context: Context) -> Sign:
    return POSITIVE if never_empty(expression.index_set, context) else NONNEGATIVE


@expression_sign.register
def _cases(expression: Cases, context: Context) -> Sign:
    found = 0
    for _, value in expression.branches:
        found |= expression_sign(value, context)
    return found
