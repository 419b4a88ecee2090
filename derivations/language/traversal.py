"""Walking over expressions: their parts, the indices that are free in them, the names they use.

`rebuild` is the one place that knows how a node is put together again; an operation that leaves most
nodes alone handles its own and rebuilds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import singledispatch

from derivations.language.indices import Index, IndexVariable, index_variables
from derivations.language.nodes import (
    Abstraction,
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
    Inverse,
    Log,
    Maximum,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
)

Transform = Callable[[Expression], Expression]


@singledispatch
def rebuild(expression: Expression, transform: Transform) -> Expression:
    """`expression` with `transform` applied to each direct part; indices and binders stay as they are."""
    raise TypeError(f"rebuild: unknown node {type(expression).__name__}")


@rebuild.register(Number)
@rebuild.register(Entry)
@rebuild.register(Delta)
@rebuild.register(Cardinality)
def _rebuild_leaf(expression: Expression, transform: Transform) -> Expression:
    return expression


@rebuild.register
def _rebuild_add(expression: Add, transform: Transform) -> Expression:
    return Add(tuple(transform(term) for term in expression.terms))


@rebuild.register
def _rebuild_multiply(expression: Multiply, transform: Transform) -> Expression:
    return Multiply(tuple(transform(factor) for factor in expression.factors))


@rebuild.register
def _rebuild_power(expression: Power, transform: Transform) -> Expression:
    return Power(transform(expression.base), transform(expression.exponent))


@rebuild.register
def _rebuild_exp(expression: Exp, transform: Transform) -> Expression:
    return Exp(transform(expression.argument))


@rebuild.register
def _rebuild_log(expression: Log, transform: Transform) -> Expression:
    return Log(transform(expression.argument))


@rebuild.register
def _rebuild_sum(expression: Sum, transform: Transform) -> Expression:
    return Sum(expression.index, transform(expression.body), expression.excluding)


@rebuild.register
def _rebuild_product(expression: Product, transform: Transform) -> Expression:
    return Product(expression.index, transform(expression.body), expression.excluding)


@rebuild.register
def _rebuild_cases(expression: Cases, transform: Transform) -> Expression:
    return Cases(tuple((condition, transform(value)) for condition, value in expression.branches))


@rebuild.register
def _rebuild_inverse(expression: Inverse, transform: Transform) -> Expression:
    matrix = Abstraction(expression.matrix.indices, transform(expression.matrix.body))
    return Inverse(matrix, expression.indices, expression.written)


@rebuild.register
def _rebuild_maximum(expression: Maximum, transform: Transform) -> Expression:
    return Maximum(Abstraction(expression.function.indices, transform(expression.function.body)))


@rebuild.register
def _rebuild_call(expression: Call, transform: Transform) -> Expression:
    arguments = tuple(Abstraction(a.indices, transform(a.body)) for a in expression.arguments)
    return Call(expression.name, expression.indices, arguments)


@rebuild.register
def _rebuild_apply(expression: Apply, transform: Transform) -> Expression:
    arguments = tuple(transform(argument) for argument in expression.arguments)
    return Apply(expression.name, arguments, expression.orders)


@rebuild.register
def _rebuild_derivative(expression: Derivative, transform: Transform) -> Expression:
    return Derivative(transform(expression.body), expression.variable)


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of `expression`, in order; those of most nodes without putting them together again."""
    match expression:
        case Number() | Entry() | Delta() | Cardinality():
            return ()
        case Add(several) | Multiply(several):
            return several
    found: list[Expression] = []

    def note(part: Expression) -> Expression:
        found.append(part)
        return part

    rebuild(expression, note)
    return tuple(found)


def subexpressions(expression: Expression) -> Iterator[Expression]:
    """`expression` and everything in it, outermost first, derivative variables included."""
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Derivative):
            waiting.append(node.variable)
        waiting.extend(reversed(parts(node)))


def abstractions(expression: Expression) -> tuple[Abstraction, ...]:
    """The functions of indices at this very node: the arguments of a call, the matrix of an inverse, what a
    maximum is of.
    """
    if isinstance(expression, Call):
        return expression.arguments
    if isinstance(expression, Maximum):
        return (expression.function,)
    return (expression.matrix,) if isinstance(expression, Inverse) else ()


def condition_indices(condition: Condition | None) -> tuple[Index, ...]:
    """The indices that a branch condition mentions."""
    if condition is None:
        return ()
    if isinstance(condition, IndexCondition):
        return (condition.left, condition.right)
    return condition.entry.indices


def own_indices(expression: Expression) -> tuple[Index, ...]:
    """The index terms that stand at this very node, not in its parts and not as its binder."""
    match expression:
        case Entry(_, indices) | Call(_, indices, _) | Inverse(_, indices):
            return indices
        case Delta(left, right):
            return (left, right)
        case Sum(_, _, excluding) | Product(_, _, excluding):
            return excluding
        case Cases(branches):
            return tuple(i for condition, _ in branches for i in condition_indices(condition))
        case _:
            return ()


def free_indices(expression: Expression) -> dict[str, IndexVariable]:
    """The index variables that are free in `expression`, by name, in order of first appearance."""
    found: dict[str, IndexVariable] = {}
    for index in own_indices(expression):
        for variable in index_variables(index):
            found.setdefault(variable.name, variable)
    if isinstance(expression, Sum | Product):
        inner = free_indices(expression.body)
        inner.pop(expression.index.name, None)
        found.update({name: v for name, v in inner.items() if name not in found})
        return found
    if isinstance(expression, Call | Inverse | Maximum):
        for argument in abstractions(expression):
            bound = {v.name for v in argument.indices}
            for name, variable in free_indices(argument.body).items():
                if name not in bound:
                    found.setdefault(name, variable)
        return found
    for part in parts(expression):
        for name, variable in free_indices(part).items():
            found.setdefault(name, variable)
    if isinstance(expression, Derivative):
        for name, variable in free_indices(expression.variable).items():
            found.setdefault(name, variable)
    return found


def index_names(expression: Expression) -> set[str]:
    """Every index name in `expression`, free or bound: what a fresh name must avoid."""
    names: set[str] = set()
    for node in subexpressions(expression):
        names.update(v.name for index in own_indices(node) for v in index_variables(index))
        if isinstance(node, Sum | Product):
            names.add(node.index.name)
        else:
            names.update(v.name for argument in abstractions(node) for v in argument.indices)
    return names


def entry_names(expression: Expression) -> set[str]:
    """The names of all tensors whose entries occur in `expression`, conditions of cases included."""
    names = set()
    for node in subexpressions(expression):
        if isinstance(node, Entry):
            names.add(node.name)
        elif isinstance(node, Cases):
            names.update(
                c.entry.name for c, _ in node.branches if c is not None and not isinstance(c, IndexCondition)
            )
    return names


def call_names(expression: Expression) -> set[str]:
    """The names of all definitions that `expression` uses directly."""
    return {node.name for node in subexpressions(expression) if isinstance(node, Call)}
