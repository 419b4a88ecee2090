"""Plain arithmetic on claims as they stand: mpmath, sums written out, derivatives as differences.

It shares no code with the kernel: no definition is opened and no derivative is taken by rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import mpmath
from mpmath import mpf

from derivations.language import (
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
    Index,
    IndexCondition,
    IndexElement,
    IndexSet,
    IndexVariable,
    Inverse,
    Log,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
)


def real(number) -> mpf:
    """A real number; what is complex has no value here."""
    if not isinstance(number, mpf):
        raise ZeroDivisionError("not a real number")
    return number


STEP = mpf(10) ** -12
FUNCTIONS = {
    "sigma": lambda t: 1 / (1 + mpmath.exp(-t)),
    "softplus": lambda t: mpmath.log1p(mpmath.exp(t)),
    "tanh": mpmath.tanh,
    "sqrt": lambda t: real(mpmath.sqrt(t)),
    "abs": abs,
    "relu": lambda t: max(t, mpf(0)),
    "normal_cdf": mpmath.ncdf,
}


@dataclass(frozen=True)
class Point:
    """Numbers for every name, as a witness writes them: sizes, indices, ``x[1,2]``, ``class(1)``."""

    numbers: Mapping[str, mpf]

    @classmethod
    def of(cls, assignment) -> Point:
        return cls({name: _number(value) for name, value in assignment})

    def elements(self, index_set: IndexSet) -> range:
        size = index_set.size if isinstance(index_set.size, int) else int(self.numbers[index_set.size])
        return range(index_set.start, size - index_set.short + 1)

    def put(self, name: str, value) -> Point:
        return replace(self, numbers={**self.numbers, name: value})


def _number(value) -> mpf:
    fraction = Fraction(value)
    return mpf(fraction.numerator) / fraction.denominator


def index_value(index: Index, point: Point) -> int:
    if isinstance(index, IndexVariable):
        return int(point.numbers[index.name])
    if isinstance(index, IndexElement):
        return index.value
    arguments = ",".join(str(index_value(a, point)) for a in index.arguments)
    return int(point.numbers[f"{index.name}({arguments})"])


def place(entry: Entry, point: Point) -> str:
    indices = ",".join(str(index_value(index, point)) for index in entry.indices)
    return f"{entry.name}[{indices}]" if indices else entry.name


def value(expression: Expression, point: Point) -> mpf:
    """The value with about 20 right digits; derivatives of second order with fewer."""
    match expression:
        case Number(number):
            return _number(number)
        case Entry():
            return point.numbers[place(expression, point)]
        case Add(terms):
            return mpmath.fsum(value(term, point) for term in terms)
        case Multiply(factors):
            return mpmath.fprod(value(factor, point) for factor in factors)
        case Power(base, exponent):
            return real(mpmath.power(value(base, point), value(exponent, point)))
        case Exp(argument):
            return mpmath.exp(value(argument, point))
        case Log(argument):
            return real(mpmath.log(value(argument, point)))
        case Sum():
            return mpmath.fsum(_bodies(expression, point))
        case Product():
            return mpmath.fprod(_bodies(expression, point))
        case Delta(left, right):
            return mpf(index_value(left, point) == index_value(right, point))
        case Cardinality(index_set):
            return mpf(len(point.elements(index_set)))
        case Inverse(matrix, (row, column)):
            first, second = matrix.indices
            places = point.elements(first.index_set)
            rows = [
                [value(matrix.body, point.put(first.name, at).put(second.name, to)) for to in places]
                for at in places
            ]
            at, to = (places.index(index_value(index, point)) for index in (row, column))
            return (mpmath.matrix(rows) ** -1)[at, to]
        case Call(name, (), (argument,)):
            return FUNCTIONS[name](value(argument.body, point))
        case Apply(name, (argument,), (order,)):
            at = value(argument, point) + len(name)
            return 1 / (1 + at**2) if order else mpmath.atan(at)
        case Cases(branches):
            return next(value(body, point) for test, body in branches if holds(test, point))
        case Derivative(body, variable):
            name = place(variable, point)
            if name not in point.numbers:  # then the body has a value without it
                return value(body, point) * 0
            ahead, behind = (point.put(name, point.numbers[name] + step) for step in (STEP, -STEP))
            return (value(body, ahead) - value(body, behind)) / (2 * STEP)
    raise TypeError(type(expression).__name__)


def holds(condition, point: Point) -> bool:
    if condition is None:
        return True
    if isinstance(condition, IndexCondition):
        return (index_value(condition.left, point) == index_value(condition.right, point)) == condition.equal
    return (point.numbers[place(condition.entry, point)] == condition.value) == condition.equal


def _bodies(expression: Sum | Product, point: Point) -> Iterator[mpf]:
    excluded = {index_value(index, point) for index in expression.excluding}
    for element in point.elements(expression.index.index_set):
        if element not in excluded:
            yield value(expression.body, point.put(expression.index.name, element))
