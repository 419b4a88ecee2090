"""SymPy expressions into the language, exactly as the SymPy object stands.

Guarantees. Nothing is rewritten, evaluated or assumed: each SymPy node becomes the node of the same
meaning, or `BridgeError` is raised. SymPy's own assumptions on symbols are not read; only the `Context` says
what a name means. Two different SymPy symbols of one name are refused: here a name has one meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch

import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

from derivations.language.context import Context
from derivations.language.indices import (
    Index,
    IndexElement,
    IndexFunction,
    IndexSet,
    IndexVariable,
    last,
)
from derivations.language.nodes import (
    ONE,
    Add,
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
    ValueCondition,
)


class BridgeError(ValueError):
    """A SymPy expression without a counterpart here, or one whose names the context does not explain."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean at one place: the context, the index variables in force, the names of sizes."""

    context: Context
    variables: Mapping[str, IndexSet]
    sizes: frozenset[str]

    def binding(self, name: str, index_set: IndexSet) -> Scope:
        """This scope inside a sum or a product over `name`."""
        return Scope(self.context, {**self.variables, name: index_set}, self.sizes)


def from_sympy(
    expression: sympy.Basic, context: Context, indices: Mapping[str, IndexSet] | None = None
) -> Expression:
    """`expression` in the language; raises `BridgeError`.

    Free indices range as `indices` says, otherwise over the index sets of the places where they stand.
    """
    expression = sympy.sympify(expression, strict=True)
    _refuse_namesakes(expression)
    variables = {**free_indices(expression, context), **(indices or {})}
    return read(expression, Scope(context, variables, _sizes(expression, context)))


def free_indices(expression: sympy.Basic, context: Context) -> dict[str, IndexSet]:
    """The free indices of `expression` with the smallest index set of the places where they stand."""
    variables: dict[str, IndexSet] = {}
    for name, index_set in _free_places(expression, context, _sizes(expression, context)):
        known = variables.setdefault(name, index_set)
        if not known.compatible(index_set):
            raise BridgeError(f"the index {name} ranges over {known} and over {index_set}")
        variables[name] = index_set if known.contains(index_set) else known
    return variables


def place_sets(name: str, context: Context) -> tuple[IndexSet, ...]:
    """The index sets of the places of the tensor, definition or label `name`; raises `BridgeError`."""
    if name in context.declarations:
        return context.declarations[name].index_sets
    if name in context.labels:
        return context.labels[name].index_sets
    if name in context.definitions:
        return tuple(variable.index_set for variable in context.definitions[name].indices)
    raise BridgeError(f"{name} is neither declared nor defined")


def index_set_of(limits: sympy.Tuple) -> tuple[str, IndexSet]:
    """The name and the index set of a summation index with its limits."""
    variable, start, end = limits
    short = 0
    if end.is_Add and len(end.args) == 2 and end.args[0] == -1 and end.args[1].is_Symbol:
        short, end = 1, end.args[1]
    if not (start.is_Integer and (end.is_Integer or end.is_Symbol)):
        raise BridgeError(f"{variable} runs from {start} to {end}: bounds must be integers or sizes")
    # SymPy lets a sum run backwards (Karr's convention); here such a sum is empty.
    if (end.is_Integer and end < start - 1) or (end.is_Symbol and start > 2 - short):
        raise BridgeError(f"{variable} runs from {start} to {limits[2]}, which may be backwards")
    return variable.name, IndexSet(int(end) if end.is_Integer else end.name, int(start), short)


def _array_name(entry: sympy.Basic) -> str:
    """The name of the array of which `entry` is one."""
    array = entry.parent if isinstance(entry, MatrixElement) else entry.base
    name = getattr(array, "name", None)
    if not isinstance(name, str):
        raise BridgeError(f"an entry of {array}: name the matrix first")
    return name


def _refuse_namesakes(expression: sympy.Basic) -> None:
    seen: dict[str, sympy.Basic] = {}
    for symbol in expression.atoms(sympy.Symbol, sympy.Idx):
        plain = symbol.label if isinstance(symbol, sympy.Idx) else symbol
        if seen.setdefault(plain.name, plain) != plain:
            raise BridgeError(f"two different SymPy symbols are called {plain.name}")


def _free_places(
    expression: sympy.Basic, context: Context, bound: frozenset[str]
) -> Iterator[tuple[str, IndexSet]]:
    """The free indices of `expression`, each time with the index set of its place."""
    if isinstance(expression, sympy.Indexed | MatrixElement):
        places = place_sets(_array_name(expression), context)
        if len(places) != len(expression.indices):
            raise BridgeError(f"{expression} should have {len(places)} indices")
        for index, index_set in zip(expression.indices, places, strict=True):
            if isinstance(index, sympy.Symbol | sympy.Idx):
                if index.name not in bound:
                    yield index.name, index_set
            else:
                yield from _free_places(index, context, bound)
    elif isinstance(expression, sympy.Sum | sympy.Product):
        inner = bound | {index_set_of(limits)[0] for limits in expression.limits}
        yield from _free_places(expression.function, context, inner)
    else:
        for part in expression.args:
            yield from _free_places(part, context, bound)


def _sizes(expression: sympy.Basic, context: Context) -> frozenset[str]:
    sets = [index_set for row in context.declarations.values() for index_set in row.index_sets]
    sets += [index_set for label in context.labels.values() for index_set in label.index_sets]
    sets += [variable.index_set for row in context.definitions.values() for variable in row.indices]
    sets += [label.values for label in context.labels.values()]
    for part in expression.atoms(sympy.Sum, sympy.Product):
        sets += [index_set_of(limits)[1] for limits in part.limits]
    return frozenset(index_set.size for index_set in sets if isinstance(index_set.size, str))


def _index(index: sympy.Basic, place: IndexSet | None, scope: Scope) -> Index:
    """An index term at a place over `place`, None where the place does not say."""
    if isinstance(index, sympy.Symbol | sympy.Idx):
        if place is not None and index.name == place.size and index.name not in scope.variables:
            return last(place)
        index_set = scope.variables.get(index.name)
        if index_set is None:
            raise BridgeError(f"nothing says over what the index {index} ranges")
        return IndexVariable(index.name, index_set)
    if index.is_Integer and place is not None:
        return IndexElement(int(index), place)
    if isinstance(index, sympy.Indexed) and index.base.name in scope.context.labels:
        label = scope.context.labels[index.base.name]
        arguments = zip(index.indices, label.index_sets, strict=True)
        return IndexFunction(label.name, tuple(_index(a, s, scope) for a, s in arguments), label.values)
    raise BridgeError(f"{index} cannot be read as an index")


def _index_pair(left: sympy.Basic, right: sympy.Basic, scope: Scope) -> tuple[Index, Index]:
    """Two indices that are compared; a number takes the index set of the other one."""
    if left.is_Integer:
        second, first = _index_pair(right, left, scope)
        return first, second
    first = _index(left, None, scope)
    return first, _index(right, first.index_set, scope)


@singledispatch
def read(expression: sympy.Basic, scope: Scope) -> Expression:
    """The node of one SymPy object; modules for further kinds of objects register here."""
    kind = type(expression).__name__
    raise BridgeError(f"{kind} has no counterpart in the language: {expression}")


@read.register
def _(expression: sympy.Rational, scope: Scope) -> Expression:
    return Number(Fraction(int(expression.p), int(expression.q)))


@read.register(type(sympy.E))
def _(expression: sympy.Basic, scope: Scope) -> Expression:
    return Exp(ONE)


@read.register
def _(expression: sympy.Symbol, scope: Scope) -> Expression:
    name, context = expression.name, scope.context
    if name in scope.variables:
        raise BridgeError(f"{name} is an index here and cannot be a number too")
    if name in scope.sizes:
        if name in context.declarations or name in context.definitions:
            raise BridgeError(f"{name} is a size and something else")
        return Cardinality(IndexSet(name))
    if name in context.definitions:
        return Call(name)
    if name in context.declarations:
        return Entry(name)
    raise BridgeError(f"{name} is neither declared nor defined")


@read.register(sympy.Indexed)
@read.register(MatrixElement)
def _(expression: sympy.Basic, scope: Scope) -> Expression:
    name = _array_name(expression)
    places = place_sets(name, scope.context)
    if name in scope.context.labels:
        raise BridgeError(f"{expression} is an index, not a number")
    pairs = zip(expression.indices, places, strict=True)
    indices = tuple(_index(index, place, scope) for index, place in pairs)
    return Entry(name, indices) if name in scope.context.declarations else Call(name, indices)


@read.register
def _(expression: sympy.Add, scope: Scope) -> Expression:
    return Add(tuple(read(term, scope) for term in expression.args))


@read.register
def _(expression: sympy.Mul, scope: Scope) -> Expression:
    return Multiply(tuple(read(factor, scope) for factor in expression.args))


@read.register
def _(expression: sympy.Pow, scope: Scope) -> Expression:
    return Power(read(expression.base, scope), read(expression.exp, scope))


@read.register
def _(expression: sympy.exp, scope: Scope) -> Expression:
    return Exp(read(expression.args[0], scope))


@read.register
def _(expression: sympy.log, scope: Scope) -> Expression:
    return Log(read(expression.args[0], scope))


@read.register(sympy.Sum)
@read.register(sympy.Product)
def _(expression: sympy.Sum | sympy.Product, scope: Scope) -> Expression:
    node = Sum if isinstance(expression, sympy.Sum) else Product
    binders = [index_set_of(limits) for limits in expression.limits]
    for name, index_set in reversed(binders):
        scope = scope.binding(name, index_set)
    body = read(expression.function, scope)
    for name, index_set in binders:
        body = node(IndexVariable(name, index_set), body)
    return body


@read.register
def _(expression: sympy.KroneckerDelta, scope: Scope) -> Expression:
    if len(expression.args) != 2:
        raise BridgeError(f"a Kronecker delta with a range has no counterpart: {expression}")
    return Delta(*_index_pair(expression.args[0], expression.args[1], scope))


@read.register
def _(expression: sympy.Piecewise, scope: Scope) -> Expression:
    return Cases(tuple((_condition(condition, scope), read(e, scope)) for e, condition in expression.args))


def read_index_condition(
    condition: sympy.Basic, context: Context, indices: Mapping[str, IndexSet]
) -> IndexCondition:
    """``Eq(i, j)`` or ``Ne(i, j)`` between indices; raises `BridgeError`."""
    scope = Scope(context, indices, _sizes(condition, context))
    pair = _index_pair(condition.args[0], condition.args[1], scope)
    return IndexCondition(*pair, isinstance(condition, sympy.Eq))


def _condition(condition: sympy.Basic, scope: Scope) -> Condition | None:
    if condition == sympy.true:
        return None
    if not isinstance(condition, sympy.Eq | sympy.Ne):
        raise BridgeError(f"cases are told apart by = and !=, not by {condition}")
    equal = isinstance(condition, sympy.Eq)
    try:
        return IndexCondition(*_index_pair(condition.lhs, condition.rhs, scope), equal)
    except BridgeError:
        left, right = (read(side, scope) for side in condition.args)
    if isinstance(left, Number):
        left, right = right, left
    if isinstance(left, Entry) and isinstance(right, Number):
        return ValueCondition(left, right.value, equal)
    raise BridgeError(f"{condition} compares neither indices nor an entry with a number")


@read.register
def _(expression: sympy.Derivative, scope: Scope) -> Expression:
    body = read(expression.expr, scope)
    for variable, count in expression.variable_count:
        by = read(variable, scope)
        if not isinstance(by, Entry | Call) or not count.is_Integer:
            raise BridgeError(f"cannot differentiate {count} times by {variable}")
        for _ in range(int(count)):
            body = Derivative(body, by)
    return body
