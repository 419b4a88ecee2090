"""Partial derivatives of raw expressions by one entry: one rule a node.

The rules work on what the author wrote, never on a normal form, and below assumptions: an equation that holds
only for labels in {0, 1} or for sum t = 1 is not differentiated.
"""

from __future__ import annotations

from functools import singledispatch

from derivations.language.context import Context
from derivations.language.declarations import Part
from derivations.language.indices import IndexVariable
from derivations.language.nodes import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Call,
    Cardinality,
    Cases,
    Delta,
    Derivative,
    Entry,
    Exp,
    Expression,
    Inverse,
    Log,
    Maximum,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
    ValueCondition,
    add,
    multiply,
    negate,
    number,
    subtract,
)
from derivations.language.substitution import fresh_name, rename_binders, replace_indices
from derivations.language.traversal import free_indices, index_names


class DifferentiationError(ValueError):
    """A derivative whose meaning is not certain."""


def _total(terms: list[Expression]) -> Expression:
    return add(*(term for term in terms if term != ZERO))


def _times(*factors: Expression) -> Expression:
    if ZERO in factors:
        return ZERO
    return multiply(*(factor for factor in factors if factor != ONE))


@singledispatch
def differentiate(expression: Expression, variable: Entry, context: Context) -> Expression:
    """d expression / d variable, for an expression without calls and derivatives.

    The indices of `variable` are fixed; a bound index of the same name is renamed. What a name of
    unknown part depends on is not known: its derivative is left as a `Derivative` node.

    Guarantees: where `expression` is differentiable, the value of the result is the derivative of its value.
    The result may be defined where `expression` is not.
    """
    raise TypeError(f"differentiate: unknown node {type(expression).__name__}")


@differentiate.register(Number)
@differentiate.register(Delta)
@differentiate.register(Cardinality)
def _constant(expression: Expression, variable: Entry, context: Context) -> Expression:
    return ZERO


@differentiate.register
def _entry(expression: Entry, variable: Entry, context: Context) -> Expression:
    if expression.name != variable.name:
        declaration = context.declarations.get(expression.name)
        if declaration is not None and declaration.part is Part.UNKNOWN:
            return Derivative(expression, variable)
        return ZERO
    pairs = zip(expression.indices, variable.indices, strict=True)
    return _times(*(Delta(ours, theirs) for ours, theirs in pairs if ours != theirs))


@differentiate.register
def _derivative(expression: Derivative, variable: Entry, context: Context) -> Expression:
    return Derivative(expression, variable)


@differentiate.register
def _add(expression: Add, variable: Entry, context: Context) -> Expression:
    return _total([differentiate(term, variable, context) for term in expression.terms])


@differentiate.register
def _multiply(expression: Multiply, variable: Entry, context: Context) -> Expression:
    terms = []
    for position, factor in enumerate(expression.factors):
        others = expression.factors[:position] + expression.factors[position + 1 :]
        terms.append(_times(differentiate(factor, variable, context), *others))
    return _total(terms)


@differentiate.register
def _power(expression: Power, variable: Entry, context: Context) -> Expression:
    base, exponent = expression.base, expression.exponent
    by_base = differentiate(base, variable, context)
    by_exponent = differentiate(exponent, variable, context)
    lowered = number(exponent.value - 1) if isinstance(exponent, Number) else subtract(exponent, ONE)
    inner = ONE if lowered == ZERO else Power(base, lowered)
    return _total([_times(exponent, inner, by_base), _times(expression, Log(base), by_exponent)])


@differentiate.register
def _exp(expression: Exp, variable: Entry, context: Context) -> Expression:
    return _times(expression, differentiate(expression.argument, variable, context))


@differentiate.register
def _log(expression: Log, variable: Entry, context: Context) -> Expression:
    return _relative(expression.argument, variable, context)


def _relative(expression: Expression, variable: Entry, context: Context) -> Expression:
    """``f'/f``: of a product the sum over its factors, none of which is 0 where the product is not."""
    if isinstance(expression, Product):
        index, body = _apart(expression, variable)
        inner = _relative(body, variable, context)
        return ZERO if inner == ZERO else Sum(index, inner, expression.excluding)
    if isinstance(expression, Multiply) and any(isinstance(factor, Product) for factor in expression.factors):
        return _total([_relative(factor, variable, context) for factor in expression.factors])
    return _times(differentiate(expression, variable, context), Power(expression, MINUS_ONE))


def _apart(expression: Sum | Product, variable: Entry) -> tuple[IndexVariable, Expression]:
    """The bound index and the body, the index renamed if `variable` mentions its name."""
    index, body = expression.index, expression.body
    mentioned = set(free_indices(variable))
    if index.name not in mentioned:
        return index, body
    renamed = IndexVariable(fresh_name(index.name, mentioned | index_names(body)), index.index_set)
    return renamed, replace_indices(body, {index.name: renamed})


@differentiate.register
def _sum(expression: Sum, variable: Entry, context: Context) -> Expression:
    index, body = _apart(expression, variable)
    inner = differentiate(body, variable, context)
    return ZERO if inner == ZERO else Sum(index, inner, expression.excluding)


@differentiate.register
def _product(expression: Product, variable: Entry, context: Context) -> Expression:
    index, body = _apart(expression, variable)
    inner = differentiate(body, variable, context)
    if inner == ZERO:
        return ZERO
    used = index_names(expression) | index_names(inner) | {index.name}
    other = IndexVariable(fresh_name(index.name, used), index.index_set)
    others = Product(other, replace_indices(body, {index.name: other}), (*expression.excluding, index))
    return Sum(index, multiply(inner, others), expression.excluding)


@differentiate.register
def _cases(expression: Cases, variable: Entry, context: Context) -> Expression:
    for condition, _ in expression.branches:
        if isinstance(condition, ValueCondition) and not _is_constant(condition.entry, variable, context):
            raise DifferentiationError(f"the cases depend on {condition.entry.name}")
    return Cases(tuple((c, differentiate(value, variable, context)) for c, value in expression.branches))


def _is_constant(entry: Entry, variable: Entry, context: Context) -> bool:
    """Whether an entry is another variable, of which it is known what it is."""
    declaration = context.declarations.get(entry.name)
    unknown = declaration is not None and declaration.part is Part.UNKNOWN
    return entry.name != variable.name and not unknown


@differentiate.register
def _inverse(expression: Inverse, variable: Entry, context: Context) -> Expression:
    """d(A^-1) = -A^-1 dA A^-1."""
    mentioned = set(free_indices(variable)) | index_names(expression)
    (row, column), body = rename_binders(expression.matrix, mentioned)
    inner = differentiate(body, variable, context)
    if inner == ZERO:
        return ZERO
    first, second = expression.indices
    left = Inverse(expression.matrix, (first, row), expression.written)
    right = Inverse(expression.matrix, (column, second), expression.written)
    return negate(Sum(row, Sum(column, multiply(left, inner, right))))


@differentiate.register
def _maximum(expression: Maximum, variable: Entry, context: Context) -> Expression:
    mentioned = set(free_indices(variable)) | index_names(expression)
    _, body = rename_binders(expression.function, mentioned)
    if differentiate(body, variable, context) == ZERO:
        return ZERO
    raise DifferentiationError("a maximum over an index has no derivative where two values are the largest")


@differentiate.register
def _apply(expression: Apply, variable: Entry, context: Context) -> Expression:
    terms = []
    for position, argument in enumerate(expression.arguments):
        orders = tuple(o + (p == position) for p, o in enumerate(expression.orders))
        outer = Apply(expression.name, expression.arguments, orders)
        terms.append(_times(outer, differentiate(argument, variable, context)))
    return _total(terms)


@differentiate.register
def _call(expression: Call, variable: Entry, context: Context) -> Expression:
    raise DifferentiationError(f"{expression.name} depends on what it is differentiated with")
