"""Products as lists of powers, and the order in which people write factors and terms.

SymPy and calculus give sums and products in an order of their own; here they get the one of a blackboard:
numbers, constants, labels and predictions, brackets, data, derivatives, sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derivations.language.context import Context
from derivations.language.declarations import Part
from derivations.language.indices import IndexVariable
from derivations.language.nodes import (
    MINUS_ONE,
    ONE,
    Add,
    Apply,
    Cardinality,
    Delta,
    Derivative,
    Entry,
    Exp,
    Expression,
    Log,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
    add,
    multiply,
    negate,
    number,
)
from derivations.language.spelling import GREEK
from derivations.language.text import expression_text
from derivations.language.traversal import parts, rebuild, subexpressions

CONSTANT, QUANTITY, FUNCTION, DATA, DERIVATIVE, SUM = range(6)
"""Where a factor stands in a product."""


@dataclass(frozen=True, slots=True)
class Powers:
    """``coefficient * base ** exponent * ...`` with numeric exponents, in order, nothing merged."""

    coefficient: Fraction
    factors: tuple[tuple[Expression, Fraction], ...]

    def merged(self) -> Powers:
        """Equal bases taken together, what cancels left out."""
        exponents: dict[Expression, Fraction] = {}
        for base, exponent in self.factors:
            exponents[base] = exponents.get(base, Fraction(0)) + exponent
        for base in tuple(exponents):
            if isinstance(base, Power) and exponents.get(base) == 1 and exponents.get(base.base):
                del exponents[base]
                raised = raised_by(base, exponents.pop(base.base))
                exponents[raised] = exponents.get(raised, Fraction(0)) + 1
        return Powers(self.coefficient, tuple((b, e) for b, e in exponents.items() if e))


def raised_by(power: Power, exponent: Fraction) -> Expression:
    """``b^(a + exponent)`` for ``b^a``."""
    terms = powers_of_exponent(power.exponent)
    whole = sum((term.value for term in terms if isinstance(term, Number)), start=exponent)
    others = tuple(term for term in terms if not isinstance(term, Number))
    return Power(power.base, add(*others, *([number(whole)] if whole else [])))


def powers_of_exponent(exponent: Expression) -> tuple[Expression, ...]:
    """The terms of an exponent, a negative number as one."""
    found = []
    for term in terms_of(exponent):
        powers = powers_of(term)
        found.append(number(powers.coefficient) if not powers.factors else term)
    return tuple(found)


def powers_of(expression: Expression) -> Powers:
    """A product, quotient or power taken apart down to its bases."""
    if isinstance(expression, Number):
        return Powers(expression.value, ())
    if isinstance(expression, Multiply):
        coefficient, factors = Fraction(1), list[tuple[Expression, Fraction]]()
        for factor in expression.factors:
            inner = powers_of(factor)
            coefficient *= inner.coefficient
            factors += inner.factors
        return Powers(coefficient, tuple(factors))
    if isinstance(expression, Power) and isinstance(expression.exponent, Number):
        exponent = expression.exponent.value
        if exponent.denominator == 1:
            inner = powers_of(expression.base)
            if inner.coefficient or exponent > 0:
                whole = int(exponent)
                return Powers(inner.coefficient**whole, tuple((b, e * exponent) for b, e in inner.factors))
        return Powers(Fraction(1), ((expression.base, exponent),))
    return Powers(Fraction(1), ((expression, Fraction(1)),))


def terms_of(expression: Expression) -> tuple[Expression, ...]:
    """The terms of a sum, those of sums in it too."""
    if not isinstance(expression, Add):
        return (expression,)
    return tuple(term for part in expression.terms for term in terms_of(part))


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a blackboard in one context."""

    context: Context

    def arranged(self, expression: Expression) -> Expression:
        """`expression` with the factors and terms in order; its value is the same."""
        if isinstance(expression, Derivative):
            return expression
        if isinstance(expression, Delta):
            return _ordered(expression)
        expression = rebuild(expression, self.arranged)
        if isinstance(expression, Add):
            return self.total(terms_of(expression))
        if isinstance(expression, Multiply | Power):
            return self.product(powers_of(expression))
        return expression

    def total(self, terms: Iterable[Expression]) -> Expression:
        """The sum of `terms` in order, those that are 0 left out."""
        kept = [term for term in terms if term != number(0)]
        return add(*sorted(kept, key=self._term_key))

    def product(self, powers: Powers) -> Expression:
        """A product in order: a fraction of constants, one of quantities, derivatives, sums."""
        if not powers.coefficient:
            return number(0)
        ranked = sorted(powers.factors, key=lambda factor: self._factor_key(factor[0]))
        constants = [f for f in ranked if self.rank(f[0]) == CONSTANT]
        behind = [f for f in ranked if self.rank(f[0]) >= DERIVATIVE and f[1] > 0]
        quantities = [f for f in ranked if f not in constants and f not in behind]
        written = [
            *_fractions(abs(powers.coefficient), constants, quantities),
            *(power(base, exponent) for base, exponent in behind),
        ]
        flat = [inner for part in written if part != ONE for inner in _flat(part)]
        if powers.coefficient > 0:
            return multiply(*flat)
        return negate(multiply(*flat)) if flat else MINUS_ONE

    def rank(self, factor: Expression) -> int:
        """The class of a factor."""
        match factor:
            case Number() | Cardinality():
                return CONSTANT
            case Entry(name, ()) if name in GREEK or len(name) > 1:
                return CONSTANT if self._is_data(name) else QUANTITY
            case Entry(name, (_, *_)) if name in ("x", "X"):
                return DATA
            case Derivative():
                return DERIVATIVE
            case Sum() | Product():
                return SUM
            case Log() | Apply():
                return FUNCTION
            case Multiply() | Power():
                return max(map(self.rank, parts(factor)), default=QUANTITY)
        return QUANTITY

    def _is_data(self, name: str) -> bool:
        row = self.context.declarations.get(name)
        return row is not None and row.part is Part.DATA

    def _factor_key(self, factor: Expression) -> tuple[int, bool, int, int, str]:
        text = expression_text(factor)
        return self.rank(factor), isinstance(factor, Add), _precedence(factor), len(text), text

    def _term_key(self, term: Expression) -> tuple[bool, bool, bool, int, str]:
        powers = powers_of(term)
        constants = len(powers.factors) > 1 and any(
            isinstance(b, Entry) and self.rank(b) == CONSTANT for b, _ in powers.factors
        )
        plain = not powers.factors
        size = sum(1 for _ in subexpressions(term))
        return constants, powers.coefficient < 0, not plain, size, expression_text(term)


def _ordered(delta: Delta) -> Delta:
    """The delta of two index variables in the order of the alphabet."""
    left, right = delta.left, delta.right
    if isinstance(left, IndexVariable) and isinstance(right, IndexVariable) and left.name > right.name:
        return Delta(right, left)
    return delta


def _precedence(factor: Expression) -> int:
    """Labels before names, names before deltas, deltas before exponentials."""
    if isinstance(factor, Entry) and factor.name in ("y", "t"):
        return 0
    if isinstance(factor, Delta):
        return 2
    return 3 if isinstance(factor, Exp) else 1


def _flat(part: Expression) -> tuple[Expression, ...]:
    """The factors of a product without denominators; a fraction stays one."""
    if isinstance(part, Multiply) and not any(_is_reciprocal(factor) for factor in part.factors):
        return part.factors
    return (part,)


def _is_reciprocal(factor: Expression) -> bool:
    return isinstance(factor, Power) and isinstance(factor.exponent, Number) and factor.exponent.value < 0


def power(base: Expression, exponent: Fraction) -> Expression:
    """``base ** exponent``, a first power as its base."""
    return base if exponent == 1 else Power(base, number(exponent))


def _fractions(
    coefficient: Fraction,
    constants: Sequence[tuple[Expression, Fraction]],
    quantities: Sequence[tuple[Expression, Fraction]],
) -> list[Expression]:
    """A number, constants and quantities as one fraction where that reads well, otherwise as two."""
    above = [number(coefficient.numerator)] if coefficient.numerator != 1 else []
    below = [number(coefficient.denominator)] if coefficient.denominator != 1 else []
    quotient = any(exponent < 0 for _, exponent in quantities)
    constant_quotient = bool(below) or any(exponent < 0 for _, exponent in constants)
    halved = len(quantities) == 1 and isinstance(quantities[0][0], Entry) and not constants
    if (quotient and not constant_quotient) or (halved and below):
        return [_fraction(above, below, [*constants, *quantities])]
    return [_fraction(above, below, constants), _fraction([], [], quantities)]


def _fraction(
    above: Sequence[Expression],
    below: Sequence[Expression],
    factors: Sequence[tuple[Expression, Fraction]],
) -> Expression:
    """Numerators over denominators as one fraction."""
    numerators = [*above, *(power(b, e) for b, e in factors if e > 0)]
    denominators = [*below, *(power(b, -e) for b, e in factors if e < 0)]
    if not denominators:
        return multiply(*numerators)
    under = Power(multiply(*denominators), MINUS_ONE)
    if (
        len(denominators) == 1
        and isinstance(denominators[0], Power)
        and isinstance(denominators[0].exponent, Number)
    ):
        under = Power(denominators[0].base, number(-denominators[0].exponent.value))
    if not numerators:
        return under
    return Multiply((multiply(*numerators), under))
