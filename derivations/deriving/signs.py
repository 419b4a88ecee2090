"""Where a minus sign stands: ``1 - f`` rather than ``f - 1``, ``b - a`` rather than ``-(a - b)``."""

from __future__ import annotations

from fractions import Fraction

from derivations.deriving.products import Powers, power, powers_of, terms_of
from derivations.language.nodes import (
    MINUS_ONE,
    Add,
    Expression,
    Multiply,
    Number,
    Sum,
    add,
    multiply,
    negate,
    number,
)


def turned_over(base: Expression) -> Expression:
    """``1 - f`` for ``f - 1``."""
    if isinstance(base, Add) and any(powers_of(t) == Powers(Fraction(-1), ()) for t in base.terms):
        return negated(base) or base
    return base


def negated(base: Expression) -> Expression | None:
    """A bracket with the opposite sign, or a sum of such, where that has no more minus signs than before."""
    if isinstance(base, Add):
        terms = [powers_of(term) for term in terms_of(base)]
        minus = sum(term.coefficient < 0 for term in terms)
        if (
            minus > 0
            and 2 * minus >= len(terms)
            and not any(not t.factors and t.coefficient > 0 for t in terms)
        ):
            return add(*map(_opposite, terms_of(base)))
        return None
    if isinstance(base, Sum):
        powers = powers_of(base.body)
        for factor, exponent in powers.factors:
            inner = negated(factor) if exponent == 1 else None
            if inner is not None:
                body = multiply(
                    number(powers.coefficient),
                    *(inner if b == factor else power(b, e) for b, e in powers.factors),
                )
                return Sum(base.index, body, base.excluding)
    return None


def _opposite(term: Expression) -> Expression:
    """``-term``, without two minus signs."""
    if isinstance(term, Number):
        return Number(-term.value)
    if isinstance(term, Multiply) and term.factors[:1] == (MINUS_ONE,):
        return multiply(*term.factors[1:])
    return negate(term)
