"""Operations on whole matrices by name: trace, norm, softmax of a vector."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from derivations.language import (
    Abstraction,
    Call,
    Expression,
    Matrix,
    Power,
    ShapeError,
    Sum,
    number,
)
from derivations.language import matrices as notation
from derivations.language.functions import call_scalar, logsumexp, softmax

if TYPE_CHECKING:
    from derivations.reading.build import Builder


def abstraction(matrix: Matrix) -> Abstraction:
    """A vector or matrix as the argument of a definition."""
    return Abstraction(tuple(v for v in (matrix.row, matrix.column) if v is not None), matrix.body)


def _squared_norm(builder: Builder, argument: Matrix) -> Matrix:
    if argument.row is not None and argument.column is not None:
        raise ShapeError(f"the norm of a {argument.shape} has several meanings: write \\|A\\|_F")
    return _squared_frobenius(builder, argument)


def _squared_frobenius(builder: Builder, argument: Matrix) -> Matrix:
    axes = [v for v in (argument.row, argument.column) if v is not None]
    body: Expression = Power(argument.body, number(2))
    for axis in axes:
        body = Sum(axis, body)
    return notation.scalar(body)


def _norm(builder: Builder, argument: Matrix) -> Matrix:
    squared = _squared_norm(builder, argument)
    return notation.scalar(Power(squared.body, number(Fraction(1, 2))))


def _frobenius(builder: Builder, argument: Matrix) -> Matrix:
    return notation.scalar(Power(_squared_frobenius(builder, argument).body, number(Fraction(1, 2))))


def _absolute(builder: Builder, argument: Matrix) -> Matrix:
    if not argument.is_scalar:
        raise ShapeError(f"bars around a {argument.shape} mean a norm or its entries: write which")
    return notation.scalar(call_scalar("abs", argument.body))


def _softmax(builder: Builder, argument: Matrix) -> Matrix:
    if argument.row is None or argument.column is not None:
        raise ShapeError(f"softmax of a {argument.shape}")
    definition = softmax(argument.row.index_set)
    builder.definitions[definition.name] = definition
    inner = argument.with_index_names({argument.row.name})
    return Matrix(argument.row, None, Call(definition.name, (argument.row,), (abstraction(inner),)))


def _logsumexp(builder: Builder, argument: Matrix) -> Matrix:
    if argument.row is None or argument.column is not None:
        raise ShapeError(f"logsumexp of a {argument.shape}")
    definition = logsumexp(argument.row.index_set)
    builder.definitions[definition.name] = definition
    return notation.scalar(Call(definition.name, (), (abstraction(argument),)))


OPERATORS: dict[str, Callable[[Builder, Matrix], Matrix]] = {
    "diag": lambda builder, argument: notation.diagonal(argument),
    "trace": lambda builder, argument: notation.trace(argument),
    "squared-norm": _squared_norm,
    "norm": _norm,
    "squared-frobenius": _squared_frobenius,
    "frobenius": _frobenius,
    "absolute": _absolute,
    "softmax": _softmax,
    "logsumexp": _logsumexp,
}
"""One row an operation on whole matrices."""
