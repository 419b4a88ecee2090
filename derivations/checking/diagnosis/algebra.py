"""The small rewritings of which repairs are made: signs turned, factors cancelled, brackets opened.

They keep a repaired line close to what its author wrote. That it is right is for the kernel to say.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import islice, product
from math import prod

from derivations.language import (
    MINUS_ONE,
    ONE,
    Add,
    Expression,
    Multiply,
    Number,
    Power,
    Sum,
    add,
    multiply,
    negate,
    number,
    subtract,
)

MOST_TERMS = 40
"""Terms of one opened bracket; there is no diagnosis in more."""


def factors(expression: Expression) -> tuple[Expression, ...]:
    """The factors of a product; anything else is its own."""
    if not isinstance(expression, Multiply):
        return (expression,)
    return tuple(inner for factor in expression.factors for inner in factors(factor))


def terms(expression: Expression) -> tuple[Expression, ...]:
    """The terms of a sum of several; anything else is its own."""
    return expression.terms if isinstance(expression, Add) else (expression,)


def negated(expression: Expression) -> Expression:
    """``-expression``, without a second minus where there is one."""
    if isinstance(expression, Number):
        return number(-expression.value)
    own = factors(expression)
    if MINUS_ONE in own:
        return multiply(*_without(own, own.index(MINUS_ONE)))
    if isinstance(expression, Add) and all(_minus(term) for term in expression.terms):
        return add(*map(negated, expression.terms))
    return Multiply((MINUS_ONE, *own)) if isinstance(expression, Multiply) else negate(expression)


def _minus(expression: Expression) -> bool:
    return MINUS_ONE in factors(expression)


def complement(expression: Expression) -> Expression:
    """``1 - expression``, and ``e`` for ``1 - e``."""
    return complemented(expression) or subtract(ONE, expression)


def complemented(expression: Expression) -> Expression | None:
    """``e`` where `expression` is ``1 - e``."""
    match expression:
        case Add((first, second)) if first == ONE and _minus(second):
            return negated(second)
    return None


def inverse(expression: Expression) -> Expression:
    """``1 / expression``."""
    if isinstance(expression, Power) and expression.exponent == MINUS_ONE:
        return expression.base
    if isinstance(expression, Number):
        return number(1 / expression.value)
    return Power(expression, MINUS_ONE)


def scaled(expression: Expression, factor: Expression) -> Expression:
    """``factor * expression``, cancelled against what is there where that can be seen."""
    cancelled = _combined(expression, factor)
    if cancelled is not None:
        return cancelled
    if set(factors(expression)) <= {ONE, MINUS_ONE}:
        return multiply(*(f for f in factors(expression) if f == MINUS_ONE), factor)
    own = expression.factors if isinstance(expression, Multiply) else (expression,)
    own = tuple(f for f in own if f != ONE)
    first = 0
    if not isinstance(factor, Number):
        while first < len(own) and isinstance(own[first], Number):
            first += 1
    elif own[:1] == (MINUS_ONE,):
        first = 1
    if first < len(own) and isinstance(own[first], Multiply) and not isinstance(factor, Number):
        return Multiply((*own[:first], scaled(own[first], factor), *own[first + 1 :]))
    return Multiply((*own[:first], factor, *own[first:]))


def _combined(present: Expression, factor: Expression) -> Expression | None:
    """The product of two factors as one, where they are numbers or one undoes the other, however deep."""
    if isinstance(present, Multiply):
        for position, inner in enumerate(present.factors):
            combined = None if inner == MINUS_ONE else _combined(inner, factor)
            if combined is not None:
                kept = () if combined == ONE else (combined,)
                return multiply(*present.factors[:position], *kept, *present.factors[position + 1 :])
        return None
    if isinstance(present, Number) and isinstance(factor, Number):
        return number(present.value * factor.value)
    if present == inverse(factor):
        return ONE
    if isinstance(present, Power) and present.exponent == MINUS_ONE:
        below = factors(present.base)
        for position, divisor in enumerate(below):
            if isinstance(divisor, Number) and isinstance(factor, Number):
                quotient = divisor.value / factor.value
                if quotient.denominator == 1:
                    kept = () if quotient == 1 else (number(quotient),)
                    return inverse(multiply(*kept, *_without(below, position)))
            elif divisor == factor:
                return inverse(multiply(*_without(below, position)))
    return None


def _without(items: tuple[Expression, ...], position: int) -> tuple[Expression, ...]:
    return items[:position] + items[position + 1 :]


def dropped(items: tuple[Expression, ...], position: int) -> tuple[Expression, ...]:
    """`items` without the one at `position`."""
    return _without(items, position)


def expanded(expression: Expression) -> tuple[Expression, ...]:
    """The terms of `expression` with its brackets opened, under sums too; no more than a few."""
    if isinstance(expression, Add):
        found = (inner for term in expression.terms for inner in expanded(term))
        return tuple(islice(found, MOST_TERMS))
    if isinstance(expression, Sum):
        return tuple(Sum(expression.index, term, expression.excluding) for term in expanded(expression.body))
    if isinstance(expression, Power) and expression.exponent in (number(2), number(3)):
        count = int(expression.exponent.value)
        return (
            expanded(Multiply((expression.base,) * count))
            if len(expanded(expression.base)) > 1
            else (expression,)
        )
    if isinstance(expression, Multiply):
        choices = islice(product(*map(expanded, factors(expression))), MOST_TERMS)
        return tuple(_signed(choice) for choice in choices)
    return (expression,)


def collected(items: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """`items`, products that differ in the order and number of their factors only counted together."""
    found: dict[frozenset[tuple[Expression, int]], tuple[Expression, Fraction]] = {}
    for item in items:
        own = factors(item)
        rest = [factor for factor in own if not isinstance(factor, Number)]
        value = prod((f.value for f in own if isinstance(f, Number)), start=Fraction(1))
        key = frozenset(Counter(rest).items())
        first, before = found.get(key, (multiply(*rest), Fraction(0)))
        found[key] = (first, before + value)
    return tuple(_times(value, first) for first, value in found.values() if value)


def _times(value: Fraction, expression: Expression) -> Expression:
    if abs(value) == 1:
        return expression if value > 0 else negated(expression)
    scaled_up = scaled(expression, number(abs(value)))
    return scaled_up if value > 0 else negated(scaled_up)


def _signed(choice: tuple[Expression, ...]) -> Expression:
    """The product of `choice` with one sign in front and no factors 1."""
    flat = tuple(inner for item in choice for inner in factors(item) if inner != ONE)
    minus = flat.count(MINUS_ONE) % 2
    rest = tuple(item for item in flat if item != MINUS_ONE)
    return multiply(*(MINUS_ONE,) * minus, *rest)
