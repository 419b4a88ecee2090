"""Comparisons, signs and maxima as people write them, where an expression has them by absolute values.

``a > b`` is read as ``(1 + s)/2`` with ``s = (a - b)/|a - b|``, and the larger one of two numbers as
``(a + b + |a - b|)/2``: proofs need that, and nobody wants to read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derivations.language.matrix_forms import Form
from derivations.language.nodes import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Call,
    Expression,
    Multiply,
    Number,
    Power,
    multiply,
    subtract,
)
from derivations.language.traversal import rebuild

HALF = Number(Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Comparison(Form):
    """1 where `above` is larger than `below`, 0 where it is smaller: only to be shown."""

    above: Expression
    below: Expression


def folded(expression: Expression) -> Expression:
    """`expression` with comparisons, signs, maxima and minima in the place of what they were read as.

    Guarantees: the same value wherever `expression` is defined. The result is for printing only.
    """
    if not isinstance(expression, Multiply):
        return rebuild(expression, folded)
    compared = _of_a_sign(expression)
    if compared is not None:
        return _function("sign", compared)
    halved = [_halved(factor) for factor in expression.factors]
    found = next((at for at, meant in enumerate(halved) if meant is not None), None)
    if found is None or HALF not in expression.factors:
        return rebuild(expression, folded)
    factors = [halved[found] if at == found else factor for at, factor in enumerate(expression.factors)]
    factors.remove(HALF)
    return folded(multiply(*(factor for factor in factors if factor is not None)))


def _halved(expression: Expression) -> Expression | None:
    """Half of `expression`, where that is a comparison, a maximum or a minimum."""
    match expression:
        case Add((first, second, Call("abs", (), (inside,)))):
            return _function("max", first, second) if _differ(inside.body, first, second) else None
        case Add((first, second, Multiply((minus, Call("abs", (), (inside,)))))) if minus == MINUS_ONE:
            return _function("min", first, second) if _differ(inside.body, first, second) else None
        case Add((one, quotient)) if one == ONE:
            compared = _of_a_sign(quotient)
            return None if compared is None else _comparison(compared)
    return None


def _function(name: str, *arguments: Expression) -> Expression:
    return Apply(name, tuple(map(folded, arguments)), (0,) * len(arguments))


def _of_a_sign(expression: Expression) -> Expression | None:
    """``d`` of ``d / |d|``."""
    match expression:
        case Multiply((above, Power(Call("abs", (), (inside,)), exponent))):
            return above if exponent == MINUS_ONE and inside.body == above else None
    return None


def _comparison(difference: Expression) -> Comparison:
    match difference:
        case Add((first, Multiply((minus, second)))) if minus == MINUS_ONE:
            return Comparison(folded(first), folded(second))
        case Multiply((minus, second)) if minus == MINUS_ONE:
            return Comparison(ZERO, folded(second))
    return Comparison(folded(difference), ZERO)


def _differ(difference: Expression, first: Expression, second: Expression) -> bool:
    """Whether `difference` is ``first - second``, a zero perhaps left out."""
    without_zeros = {
        subtract(first, second),
        *((Multiply((MINUS_ONE, second)),) if first == ZERO else ()),
        *((first,) if second == ZERO else ()),
    }
    return difference in without_zeros
