"""The closed set of expression nodes: scalars in index notation, kept as their author wrote them.

Nothing here simplifies. Operations on expressions are modules of their own (`traversal`, `substitution`,
`differentiation`, `text`), each a function dispatched over these classes; an unknown node raises there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from derivations.language.indices import Index, IndexSet, IndexVariable


class Expression:
    """A real number that depends on the entries and free indices in it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Number(Expression):
    """A rational constant."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Entry(Expression):
    """An entry of a declared tensor, ``x[i, j]``; a declared scalar has no indices."""

    name: str
    indices: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class Add(Expression):
    """The sum of its terms."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Multiply(Expression):
    """The product of its factors."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Power(Expression):
    """``base ** exponent`` in real numbers; a quotient is a power with exponent -1."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True, slots=True)
class Exp(Expression):
    """The exponential function."""

    argument: Expression


@dataclass(frozen=True, slots=True)
class Log(Expression):
    """The natural logarithm, defined for positive arguments only."""

    argument: Expression


@dataclass(frozen=True, slots=True)
class Sum(Expression):
    """The sum of `body` over `index`, without the values in `excluding` (``k != i``); empty sums are 0."""

    index: IndexVariable
    body: Expression
    excluding: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class Product(Expression):
    """The product of `body` over `index`, without the values in `excluding`; empty products are 1."""

    index: IndexVariable
    body: Expression
    excluding: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta(Expression):
    """Kronecker's delta: 1 where the two indices agree, otherwise 0."""

    left: Index
    right: Index


@dataclass(frozen=True, slots=True)
class Cardinality(Expression):
    """The number of elements of an index set, an integer of at least 1."""

    index_set: IndexSet


@dataclass(frozen=True, slots=True)
class IndexCondition:
    """``left = right`` between indices, or ``left != right``."""

    left: Index
    right: Index
    equal: bool = True


@dataclass(frozen=True, slots=True)
class ValueCondition:
    """``entry = value`` for an entry with finitely many values (a label), or ``entry != value``."""

    entry: Entry
    value: Fraction
    equal: bool = True


Condition = IndexCondition | ValueCondition


@dataclass(frozen=True, slots=True)
class Cases(Expression):
    """The value of the first branch whose condition holds; evaluated lazily. None is "otherwise"."""

    branches: tuple[tuple[Condition | None, Expression], ...]


@dataclass(frozen=True, slots=True)
class Abstraction:
    """A vector or matrix as a function of its indices: the argument ``x`` of ``h(x)`` is ``j -> x[i, j]``."""

    indices: tuple[IndexVariable, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class Inverse(Expression):
    """An entry of the inverse of a square matrix, a function of two indices; defined where that exists."""

    matrix: Abstraction
    indices: tuple[Index, Index]
    written: str = field(default="", compare=False)
    """The matrix as its author wrote it, for messages."""


@dataclass(frozen=True, slots=True)
class Maximum(Expression):
    """The largest value of a function of one index; the smallest is the opposite of the largest opposite."""

    function: Abstraction


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A use of a named definition, ``p[k]``, ``sigma(z)``, ``h(x)[k]``; folded until `unfold` opens it."""

    name: str
    indices: tuple[Index, ...] = ()
    arguments: tuple[Abstraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Apply(Expression):
    """An opaque smooth function of scalars; `orders` counts the derivatives taken by each argument."""

    name: str
    arguments: tuple[Expression, ...]
    orders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Derivative(Expression):
    """The partial derivative of `body` by one entry, or by one value of a definition, not yet taken."""

    body: Expression
    variable: Entry | Call


ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
MINUS_ONE = Number(Fraction(-1))


def number(value: int | Fraction) -> Number:
    """The constant `value`."""
    return Number(Fraction(value))


def add(*terms: Expression) -> Expression:
    """The sum of `terms` as they stand; one term is itself, none is 0."""
    return terms[0] if len(terms) == 1 else Add(terms) if terms else ZERO


def multiply(*factors: Expression) -> Expression:
    """The product of `factors` as they stand; one factor is itself, none is 1."""
    return factors[0] if len(factors) == 1 else Multiply(factors) if factors else ONE


def negate(expression: Expression) -> Expression:
    """``-expression``."""
    return Multiply((MINUS_ONE, expression))


def subtract(left: Expression, right: Expression) -> Expression:
    """``left - right``."""
    return Add((left, negate(right)))


def divide(numerator: Expression, denominator: Expression) -> Expression:
    """``numerator / denominator``."""
    return Multiply((numerator, Power(denominator, MINUS_ONE)))
