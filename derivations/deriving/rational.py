"""SymPy's algebra on what stands between sums: every other part is a fresh symbol for the time being.

SymPy never sees an index or a sum here, only polynomials, powers and exponentials of symbols without
assumptions that could mislead it. What it proposes is a proposal; the kernel judges the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import sympy

from derivations.deriving.products import terms_of
from derivations.language.nodes import (
    MINUS_ONE,
    Add,
    Derivative,
    Entry,
    Exp,
    Expression,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
    add,
    multiply,
)
from derivations.language.traversal import parts, rebuild

LARGEST = 150
"""Nodes of a formula that SymPy is asked about."""


class Exchange:
    """Both ways between an expression and a SymPy expression of fresh symbols, for one formula."""

    def __init__(self) -> None:
        """With no symbols yet."""
        self._symbols: dict[Expression, sympy.Symbol] = {}

    def out(self, expression: Expression) -> sympy.Expr:
        """`expression` for SymPy."""
        match expression:
            case Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Add(terms):
                return sympy.Add(*map(self.out, terms))
            case Multiply(factors):
                return sympy.Mul(*map(self.out, factors))
            case Power(base, Number() as exponent):
                return sympy.Pow(self.out(base), self.out(exponent))
            case Power(base, exponent):
                return self._symbolic_power(base, exponent)
            case Exp(argument):
                return sympy.exp(self.out(argument))
        return self._symbol(expression)

    def _symbolic_power(self, base: Expression, exponent: Expression) -> sympy.Expr:
        """``b^(a - 1)`` as ``b^a`` over b, so that powers of one base are seen to belong together."""
        terms = terms_of(exponent)
        whole = sum(term.value for term in terms if isinstance(term, Number))
        rest = add(*(term for term in terms if not isinstance(term, Number)))
        if not whole or whole.denominator != 1:
            return self._symbol(Power(base, exponent))
        return self._symbol(Power(base, rest)) * self.out(base) ** int(whole)

    def _symbol(self, expression: Expression) -> sympy.Symbol:
        symbol = self._symbols.get(expression)
        if symbol is None:
            symbol = sympy.Symbol(f"a{len(self._symbols):03}", positive=True)
            self._symbols[expression] = symbol
        return symbol

    def back(self, formula: sympy.Expr) -> Expression:
        """What SymPy's `formula` stands for; raises `ValueError` for a function that it brought in."""
        known = {symbol: expression for expression, symbol in self._symbols.items()}

        def read(part: sympy.Expr) -> Expression:
            if part in known:
                return known[part]
            if part.is_Rational:
                return Number(Fraction(int(part.p), int(part.q)))
            if part.is_Add:
                return add(*map(read, part.args))
            if part.is_Mul:
                return multiply(*map(read, part.args))
            if isinstance(part, sympy.exp):
                return Exp(read(part.args[0]))
            if part.is_Pow:
                return Power(read(part.base), read(part.exp))
            raise ValueError(f"SymPy proposes {part}")

        return read(formula)


def cost(expression: Expression) -> int:
    """How long a formula is for a reader: its nodes, more for quotients, derivatives and minus signs."""
    if isinstance(expression, Number):
        return 3 if expression.value < 0 else 1
    own = {Derivative: 6, Sum: 3, Product: 3}.get(type(expression), 1)
    if isinstance(expression, Multiply) and expression.factors[:1] == (MINUS_ONE,):
        return own + 1 + sum(map(cost, expression.factors[1:]))
    return own + sum(map(cost, parts(expression)))


def size(expression: Expression) -> int:
    """The nodes between sums."""
    if isinstance(expression, Add | Multiply | Power | Exp):
        return 1 + sum(map(size, parts(expression)))
    return 1


Proposal = Callable[[sympy.Expr], sympy.Expr]


def proposed(expression: Expression, *proposals: Proposal) -> Iterator[Expression]:
    """What SymPy makes of `expression`, where that can be told again."""
    if size(expression) > LARGEST:
        return
    exchange = Exchange()
    formula = exchange.out(expression)
    for proposal in proposals:
        try:
            yield exchange.back(proposal(formula))
        except (ValueError, TypeError, AttributeError, sympy.PolynomialError, ZeroDivisionError):
            continue


def collected(formula: sympy.Expr) -> sympy.Expr:
    """Multiplied out, like terms together."""
    return sympy.expand(formula)


def factored(formula: sympy.Expr) -> sympy.Expr:
    """As a product."""
    return sympy.factor(formula)


def cancelled(formula: sympy.Expr) -> sympy.Expr:
    """Numerator and denominator without a common factor, as products."""
    return sympy.factor(sympy.cancel(sympy.together(formula)))


def powers_combined(formula: sympy.Expr) -> sympy.Expr:
    """Powers of one base taken together."""
    return sympy.factor_terms(sympy.powsimp(sympy.expand(formula)))


def simplified(formula: sympy.Expr) -> sympy.Expr:
    """What SymPy finds simplest."""
    return sympy.simplify(formula)


def walk_regions(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """`change` applied to every formula between sums, the innermost first."""
    if isinstance(expression, Derivative | Entry | Number):
        return expression

    def inner(part: Expression) -> Expression:
        """Go through a formula down to the sums in it."""
        if isinstance(part, Add | Multiply | Power | Exp):
            return rebuild(part, inner)
        return rebuild(part, lambda deeper: walk_regions(deeper, change)) if not _is_leaf(part) else part

    return change(inner(expression))


def _is_leaf(part: Expression) -> bool:
    return not parts(part) or isinstance(part, Derivative)
