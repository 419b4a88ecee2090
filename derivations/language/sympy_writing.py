"""Expressions of the language as SymPy objects, for printing and for deriving; never for deciding.

Guarantees. What comes back is unevaluated as far as SymPy allows, so that a person sees the author's order,
and means what went in wherever that is defined. Nothing here may reach a claim: SymPy still rewrites some.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from types import MappingProxyType

import sympy

from derivations.language.context import Context
from derivations.language.declarations import Domain
from derivations.language.functions import PI
from derivations.language.indices import Index, IndexElement, IndexFunction, IndexSet, IndexVariable, is_last
from derivations.language.nodes import (
    Add,
    Apply,
    Call,
    Cardinality,
    Cases,
    Condition,
    Delta,
    Derivative,
    Entry,
    Exp,
    Expression,
    IndexCondition,
    Log,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
)
from derivations.language.sympy_reading import BridgeError
from derivations.language.traversal import subexpressions

ASSUMPTIONS: Mapping[Domain, Mapping[str, bool]] = MappingProxyType(
    {
        Domain.POSITIVE: {"positive": True},
        Domain.UNIT: {"positive": True},
        Domain.CLOSED_UNIT: {"nonnegative": True},
        Domain.BELOW_ONE: {"nonnegative": True},
        Domain.UP_TO_ONE: {"positive": True},
        Domain.ABOVE_ONE: {"positive": True},
        Domain.FROM_ONE: {"positive": True},
        Domain.PROBABILITIES: {"positive": True},
        Domain.NONNEGATIVE: {"nonnegative": True},
        Domain.NONPOSITIVE: {"nonpositive": True},
        Domain.NEGATIVE: {"negative": True},
        Domain.NONZERO: {"real": True, "zero": False},
        Domain.BIT: {"integer": True, "nonnegative": True},
        Domain.SIGN: {"integer": True, "zero": False},
    }
)
"""What SymPy may know of a scalar; of anything else only that it is real."""

KNOWN = MappingProxyType({"tanh": sympy.tanh, "sinh": sympy.sinh, "cosh": sympy.cosh})


def to_sympy(expression: Expression, context: Context) -> sympy.Expr:
    """`expression` as a SymPy expression; raises `BridgeError` for what SymPy cannot say."""
    return _write(expression, context)


def size_to_sympy(size: str | int) -> sympy.Expr:
    """The upper end of an index set."""
    if isinstance(size, int):
        return sympy.Integer(size)
    return sympy.Symbol(size, integer=True, positive=True)


def index_to_sympy(index: Index) -> sympy.Expr:
    """An index as a symbol, an integer or an indexed label."""
    if isinstance(index, IndexElement):
        return sympy.Integer(index.value)
    if is_last(index):
        return size_to_sympy(index.index_set.size)
    if isinstance(index, IndexFunction):
        return sympy.IndexedBase(index.name)[tuple(map(index_to_sympy, index.arguments))]
    sign = "positive" if index.index_set.start > 0 else "nonnegative"
    return sympy.Symbol(index.name, integer=True, **{sign: True})


def _limits(variable: IndexVariable) -> tuple[sympy.Expr, sympy.Expr, sympy.Expr]:
    index_set: IndexSet = variable.index_set
    start = sympy.Integer(index_set.start)
    return index_to_sympy(variable), start, size_to_sympy(index_set.size) - index_set.short


@singledispatch
def _write(expression: Expression, context: Context) -> sympy.Expr:
    raise BridgeError(f"SymPy has no counterpart of {type(expression).__name__}")


@_write.register
def _(expression: Number, context: Context) -> sympy.Expr:
    return sympy.Rational(expression.value.numerator, expression.value.denominator)


@_write.register
def _(expression: Entry, context: Context) -> sympy.Expr:
    if expression.indices:
        return sympy.IndexedBase(expression.name)[tuple(map(index_to_sympy, expression.indices))]
    row = context.declarations.get(expression.name)
    known = ASSUMPTIONS.get(row.domain, {}) if row is not None else {}
    return sympy.Symbol(expression.name, **(known or {"real": True}))


@_write.register
def _(expression: Add, context: Context) -> sympy.Expr:
    return sympy.Add(*(_write(term, context) for term in expression.terms), evaluate=False)


@_write.register
def _(expression: Multiply, context: Context) -> sympy.Expr:
    return sympy.Mul(*(_write(factor, context) for factor in expression.factors), evaluate=False)


@_write.register
def _(expression: Power, context: Context) -> sympy.Expr:
    base, exponent = _write(expression.base, context), _write(expression.exponent, context)
    return sympy.Pow(base, exponent, evaluate=False)


@_write.register
def _(expression: Exp, context: Context) -> sympy.Expr:
    return sympy.exp(_write(expression.argument, context), evaluate=False)


@_write.register
def _(expression: Log, context: Context) -> sympy.Expr:
    return sympy.log(_write(expression.argument, context), evaluate=False)


@_write.register(Sum)
@_write.register(Product)
def _(expression: Sum | Product, context: Context) -> sympy.Expr:
    node, neutral = (sympy.Sum, 0) if isinstance(expression, Sum) else (sympy.Product, 1)
    body = _write(expression.body, context)
    if expression.excluding:
        index = index_to_sympy(expression.index)
        others = (sympy.Ne(index, index_to_sympy(other)) for other in expression.excluding)
        body = sympy.Piecewise((body, sympy.And(*others)), (neutral, True))
    return node(body, _limits(expression.index))


@_write.register
def _(expression: Delta, context: Context) -> sympy.Expr:
    return sympy.KroneckerDelta(index_to_sympy(expression.left), index_to_sympy(expression.right))


@_write.register
def _(expression: Cardinality, context: Context) -> sympy.Expr:
    index_set = expression.index_set
    return size_to_sympy(index_set.size) + (1 - index_set.start - index_set.short)


@_write.register
def _(expression: Cases, context: Context) -> sympy.Expr:
    branches = ((_write(e, context), _condition(c, context)) for c, e in expression.branches)
    return sympy.Piecewise(*branches)


def _condition(condition: Condition | None, context: Context) -> sympy.Basic:
    if condition is None:
        return sympy.true
    if isinstance(condition, IndexCondition):
        sides = index_to_sympy(condition.left), index_to_sympy(condition.right)
    else:
        sides = _write(condition.entry, context), _write(Number(condition.value), context)
    return (sympy.Eq if condition.equal else sympy.Ne)(*sides)


@_write.register
def _(expression: Call, context: Context) -> sympy.Expr:
    if any(argument.indices for argument in expression.arguments):
        raise BridgeError(f"SymPy has no function of a whole vector: {expression.name}")
    arguments = [_write(argument.body, context) for argument in expression.arguments]
    indices = tuple(map(index_to_sympy, expression.indices))
    if arguments and indices:
        raise BridgeError(f"SymPy has no entry of a function's value: {expression.name}")
    if arguments:
        function = KNOWN.get(expression.name) or sympy.Function(expression.name)
        return function(*arguments)
    if indices:
        return sympy.IndexedBase(expression.name)[indices]
    return sympy.Symbol(expression.name, real=True)


@_write.register
def _(expression: Apply, context: Context) -> sympy.Expr:
    if any(expression.orders):
        raise BridgeError(f"the derivative of {expression.name} is not written to SymPy")
    if expression == PI:
        return sympy.pi
    arguments = (_write(argument, context) for argument in expression.arguments)
    return sympy.Function(expression.name)(*arguments)


@_write.register
def _(expression: Derivative, context: Context) -> sympy.Expr:
    from derivations.language.sympy_rates import Rate

    variables = list[Expression]()
    body: Expression = expression
    while isinstance(body, Derivative):
        variables.insert(0, body.variable)
        body = body.body
    by = [_write(variable, context) for variable in variables]
    named = any(isinstance(part, Call) and not part.arguments for part in subexpressions(body))
    return (Rate if named else sympy.Derivative)(_write(body, context), *by)
