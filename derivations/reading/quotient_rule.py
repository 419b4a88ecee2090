"""How far derivatives reach in the numerator of a quotient rule: ``\\frac{f' (g) - f (g')}{(g)^2}``.

In ``\\frac{\\partial}{\\partial v} e^{v} (\\sum_c e^{v_c})`` nobody can tell whether the bracket belongs to
what is differentiated. Above its own square, and beside a term with its derivative, it is a factor by itself.
"""

from __future__ import annotations

from dataclasses import replace

from derivations.reading.syntax import skeleton, walk
from derivations.reading.tree import (
    Group,
    Juxtaposition,
    Numeral,
    Operator,
    Quotient,
    Scripted,
    Syntax,
    Terms,
)


def with_factors_apart(node: Quotient) -> Quotient:
    """`node` with the divisor outside of the derivatives before it, if this is a quotient rule."""
    divisor = _squared(node.denominator)
    above = node.numerator
    if divisor is None or not isinstance(above, Terms) or len(above.terms) != 2:
        return node
    names = {skeleton(divisor), skeleton(divisor.items[0])}
    derived = [
        any(isinstance(n, Operator) and skeleton(n.operand) in names for n in walk(t)) for t in above.terms
    ]
    if derived.count(True) != 1:
        return node
    terms = tuple(
        term if is_derived else _apart(term, divisor)
        for term, is_derived in zip(above.terms, derived, strict=True)
    )
    return replace(node, numerator=replace(above, terms=terms))


def _squared(node: Syntax) -> Group | None:
    """The bracket of ``(g)^2``."""
    if not isinstance(node, Scripted) or not isinstance(node.base, Group) or node.subscript is not None:
        return None
    power = node.superscript
    square = isinstance(power, Numeral) and power.value == 2 and not node.primes
    return node.base if square and node.base.kind == "(" and len(node.base.items) == 1 else None


def _apart(term: Syntax, divisor: Group) -> Syntax:
    operator = term.factors[-1] if isinstance(term, Juxtaposition) else term
    if not isinstance(operator, Operator) or not isinstance(operator.operand, Juxtaposition):
        return term
    *factors, last = operator.operand.factors
    if skeleton(last) != skeleton(divisor) or operator.operand.signs[-1]:
        return term
    rest = replace(operator.operand, factors=tuple(factors), signs=operator.operand.signs[:-1])
    inner = replace(operator, operand=factors[0] if len(factors) == 1 else rest)
    if isinstance(term, Juxtaposition):
        return replace(term, factors=(*term.factors[:-1], inner, last), signs=(*term.signs, ""))
    return Juxtaposition(term.span, (inner, last), ("", ""))
