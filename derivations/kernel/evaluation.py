"""The value of an opened expression at one concrete instance: exact where it is rational, otherwise a ball.

A ball of `flint.arb` certainly contains the real value, so two disjoint balls are two different numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatch
from math import isqrt
from typing import TypeAlias

from flint import arb, arb_mat, fmpq, fmpq_mat

from derivations.kernel.functions import free_value, polynomial_value
from derivations.kernel.known_functions import KNOWN, known_value
from derivations.kernel.sharing import Sharing
from derivations.language.indices import Index, IndexElement, IndexSet, IndexVariable, is_last
from derivations.language.nodes import (
    Abstraction,
    Add,
    Apply,
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

Value: TypeAlias = fmpq | arb
Environment: TypeAlias = Mapping[str, int]
Place: TypeAlias = tuple[str, tuple[int, ...]]
"""An entry of a tensor, or a label: its name and the values of its indices."""

EXACT_DEGREE = 64
"""Rational numbers are raised to larger powers as balls: their digits would not end."""


class NotDefined(Exception):
    """The expression has no value at the instance, or not certainly."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A concrete case of a claim: sizes, free indices, and values for all entries and labels."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    indices: Mapping[str, int] = field(default_factory=dict)
    entries: Mapping[Place, Fraction] = field(default_factory=dict)
    labels: Mapping[Place, int] = field(default_factory=dict)

    def elements(self, index_set: IndexSet) -> range:
        """The elements of `index_set`, perhaps none."""
        size = index_set.size
        end = size if isinstance(size, int) else self.sizes[size]
        return range(index_set.start, end - index_set.short + 1)


class Evaluation:
    """The values of expressions at one instance, at the precision that is set while it is used."""

    def __init__(self, instance: Instance, sharing: Sharing) -> None:
        """Nothing evaluated yet; expressions must come from `sharing`."""
        self.instance = instance
        self.entries: set[Place] = set()
        self.labels: set[Place] = set()
        """What was asked for so far: a witness names no more."""
        self._sharing = sharing
        self._known: dict[tuple[int, ...], Value] = {}
        self._inverses: dict[tuple[object, ...], list[list[Value]]] = {}

    def value(self, expression: Expression, environment: Environment) -> Value:
        """The value of `expression`; raises `NotDefined`.

        Guarantees: the exact value, or a ball that contains it, if the expression is defined at the
        instance. Nothing is evaluated in a branch or a term whose guard is false.
        """
        number, free = self._sharing.place(expression)
        key = (number, *(environment[name] for name in free))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _value(expression, environment, self)
        return known

    def inverse(self, matrix: Abstraction, environment: Environment) -> list[list[Value]]:
        """The inverse of a square matrix; raises `NotDefined` unless it certainly has one.

        Guarantees: as `value`, entry by entry.
        """
        row, column = matrix.indices
        number, free = self._sharing.place(matrix.body)
        outside = tuple(environment[name] for name in free if name not in (row.name, column.name))
        key = (number, row, column, outside)
        known = self._inverses.get(key)
        if known is None:
            elements = self.instance.elements(row.index_set)
            inner = dict(environment)
            entries = [
                [self.value(matrix.body, {**inner, row.name: r, column.name: c}) for c in elements]
                for r in elements
            ]
            known = self._inverses[key] = _inverted(entries)
        return known

    def index(self, index: Index, environment: Environment) -> int:
        """The value of an index; raises `NotDefined` for a label outside its range."""
        if isinstance(index, IndexVariable):
            return environment[index.name]
        if isinstance(index, IndexElement):
            return index.value
        if is_last(index):
            return self.instance.elements(index.index_set)[-1]
        place = (index.name, tuple(self.index(argument, environment) for argument in index.arguments))
        self.labels.add(place)
        try:
            return self.instance.labels[place]
        except KeyError:
            raise NotDefined(index.name) from None

    def entry(self, entry: Entry, environment: Environment) -> Fraction:
        """The value of an entry; raises `NotDefined` outside its tensor."""
        place = (entry.name, tuple(self.index(index, environment) for index in entry.indices))
        self.entries.add(place)
        try:
            return self.instance.entries[place]
        except KeyError:
            raise NotDefined(entry.name) from None

    def holds(self, condition: Condition | None, environment: Environment) -> bool:
        """Whether the condition of a branch holds; None always does."""
        if condition is None:
            return True
        if isinstance(condition, IndexCondition):
            left, right = (self.index(index, environment) for index in (condition.left, condition.right))
            return (left == right) == condition.equal
        return (self.entry(condition.entry, environment) == condition.value) == condition.equal


def exact(value: Fraction) -> fmpq:
    """A fraction as FLINT's rational number."""
    return fmpq(value.numerator, value.denominator)


@singledispatch
def _value(expression: Expression, environment: Environment, evaluation: Evaluation) -> Value:
    raise TypeError(f"evaluation: unknown node {type(expression).__name__}")


@_value.register
def _number(expression: Number, environment: Environment, evaluation: Evaluation) -> Value:
    return exact(expression.value)


@_value.register
def _entry(expression: Entry, environment: Environment, evaluation: Evaluation) -> Value:
    return exact(evaluation.entry(expression, environment))


@_value.register
def _add(expression: Add, environment: Environment, evaluation: Evaluation) -> Value:
    total: Value = fmpq(0)
    for term in expression.terms:
        total = total + evaluation.value(term, environment)
    return total


@_value.register
def _multiply(expression: Multiply, environment: Environment, evaluation: Evaluation) -> Value:
    total: Value = fmpq(1)
    for factor in expression.factors:
        total = total * evaluation.value(factor, environment)
    return total


@_value.register
def _power(expression: Power, environment: Environment, evaluation: Evaluation) -> Value:
    base = evaluation.value(expression.base, environment)
    return power(base, evaluation.value(expression.exponent, environment))


def power(base: Value, exponent: Value) -> Value:
    """``base ** exponent`` in real numbers; raises `NotDefined` for 0^0 and what may not be real."""
    if isinstance(exponent, fmpq) and exponent.q == 1:
        if exponent <= 0 and (base == 0 if isinstance(base, fmpq) else base.contains(0)):
            raise NotDefined("a power of 0")
        ball = abs(exponent) > EXACT_DEGREE and isinstance(base, fmpq)
        return (arb(base) if ball else base) ** int(exponent.p)
    if base == 0 and exponent > 0:
        return fmpq(0)
    if not base > 0:
        raise NotDefined("a power of a negative number")
    if exponent == fmpq(1, 2):
        return _square_root(base)
    return (arb(base).log() * exponent).exp()


def _square_root(base: Value) -> Value:
    """The root of a positive number, exact for squares: so absolute values stay exact."""
    if isinstance(base, fmpq):
        roots = isqrt(int(base.p)), isqrt(int(base.q))
        if fmpq(roots[0], roots[1]) ** 2 == base:
            return fmpq(*roots)
    return arb(base).sqrt()


@_value.register
def _exp(expression: Exp, environment: Environment, evaluation: Evaluation) -> Value:
    argument = evaluation.value(expression.argument, environment)
    if isinstance(argument, fmpq):
        return arb(argument).exp() if argument else fmpq(1)
    return argument.exp()


@_value.register
def _log(expression: Log, environment: Environment, evaluation: Evaluation) -> Value:
    argument = evaluation.value(expression.argument, environment)
    if not argument > 0:
        raise NotDefined("a logarithm")
    if isinstance(argument, fmpq):
        return fmpq(0) if argument == 1 else arb(argument).log()
    return argument.log()


def _terms(expression: Sum | Product, environment: Environment, evaluation: Evaluation) -> Iterator[Value]:
    excluded = {evaluation.index(index, environment) for index in expression.excluding}
    for element in evaluation.instance.elements(expression.index.index_set):
        if element not in excluded:
            yield evaluation.value(expression.body, {**environment, expression.index.name: element})


@_value.register
def _sum(expression: Sum, environment: Environment, evaluation: Evaluation) -> Value:
    return sum(_terms(expression, environment, evaluation), start=fmpq(0))


@_value.register
def _product(expression: Product, environment: Environment, evaluation: Evaluation) -> Value:
    total: Value = fmpq(1)
    for factor in _terms(expression, environment, evaluation):
        total = total * factor
    return total


@_value.register
def _maximum(expression: Maximum, environment: Environment, evaluation: Evaluation) -> Value:
    (index,), body = expression.function.indices, expression.function.body
    elements = evaluation.instance.elements(index.index_set)
    values = [evaluation.value(body, {**environment, index.name: element}) for element in elements]
    if not values:
        raise NotDefined("the maximum of nothing")
    largest = values[0]
    for value in values[1:]:
        if isinstance(largest, fmpq) and isinstance(value, fmpq):
            largest = max(largest, value)
        else:
            largest = arb(largest).max(arb(value))
    return largest


@_value.register
def _delta(expression: Delta, environment: Environment, evaluation: Evaluation) -> Value:
    left, right = (evaluation.index(index, environment) for index in (expression.left, expression.right))
    return fmpq(left == right)


@_value.register
def _cardinality(expression: Cardinality, environment: Environment, evaluation: Evaluation) -> Value:
    return fmpq(len(evaluation.instance.elements(expression.index_set)))


@_value.register
def _cases(expression: Cases, environment: Environment, evaluation: Evaluation) -> Value:
    for condition, branch in expression.branches:
        if evaluation.holds(condition, environment):
            return evaluation.value(branch, environment)
    raise NotDefined("cases")


def _inverted(entries: list[list[Value]]) -> list[list[Value]]:
    numbers = [[value for value in row if isinstance(value, fmpq)] for row in entries]
    try:
        if all(len(row) == len(entries) for row in numbers):
            return [list(row) for row in fmpq_mat(numbers).inv().tolist()]
        balls = arb_mat([list(map(arb, row)) for row in entries]).inv().tolist()
    except ZeroDivisionError:
        raise NotDefined("the inverse of a matrix") from None
    if not all(value.is_finite() for row in balls for value in row):
        raise NotDefined("the inverse of a matrix")
    return [list(row) for row in balls]


@_value.register
def _inverse(expression: Inverse, environment: Environment, evaluation: Evaluation) -> Value:
    row, column = (evaluation.index(index, environment) for index in expression.indices)
    elements = evaluation.instance.elements(expression.matrix.indices[0].index_set)
    if row not in elements or column not in elements:
        raise NotDefined("an entry outside an inverse")
    inverse = evaluation.inverse(expression.matrix, environment)
    return inverse[elements.index(row)][elements.index(column)]


@_value.register
def _apply(expression: Apply, environment: Environment, evaluation: Evaluation) -> Value:
    arguments = [evaluation.value(argument, environment) for argument in expression.arguments]
    if expression.name in KNOWN:
        known = known_value(expression.name, expression.orders, arguments)
        if not known.is_finite():
            raise NotDefined(f"{expression.name} outside of its domain")
        return known
    return polynomial_value(expression.name, expression.orders, arguments)


@_value.register
def _derivative(expression: Derivative, environment: Environment, evaluation: Evaluation) -> Value:
    """The derivative of a name of unknown part is a number of its own; the order of variables is none."""
    variables: list[tuple[str, ...]] = []
    body: Expression = expression
    while isinstance(body, Derivative):
        if not isinstance(body.variable, Entry):
            raise NotDefined("a derivative by a definition")
        indices = (evaluation.index(index, environment) for index in body.variable.indices)
        variables.append((body.variable.name, *map(str, indices)))
        body = body.body
    if not isinstance(body, Entry):
        raise NotDefined("a derivative that was not taken")
    indices = (evaluation.index(index, environment) for index in body.indices)
    return exact(free_value(repr((body.name, *indices, sorted(variables)))))
