"""Matrix notation by entries: a matrix is a body with a row index and a column index.

A missing index is an axis of length one: a column vector has no column index, a scalar has neither. Every
operation gives the entries of its result; two matrices are equal when their entries are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derivations.language.derivation import InvertibleFact
from derivations.language.indices import Index, IndexSet, IndexVariable
from derivations.language.nodes import (
    MINUS_ONE,
    ONE,
    ZERO,
    Abstraction,
    Delta,
    Expression,
    Inverse,
    Multiply,
    Number,
    Power,
    Sum,
    add,
    multiply,
)
from derivations.language.substitution import fresh_name, replace_indices
from derivations.language.traversal import index_names


class ShapeError(ValueError):
    """Two shapes that cannot fit."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The entries ``body`` for all values of ``row`` and ``column``; None is an axis of length one."""

    row: IndexVariable | None
    column: IndexVariable | None
    body: Expression

    @property
    def rows(self) -> IndexSet | None:
        """The index set of the rows."""
        return self.row.index_set if self.row else None

    @property
    def columns(self) -> IndexSet | None:
        """The index set of the columns."""
        return self.column.index_set if self.column else None

    @property
    def axes(self) -> tuple[str | None, str | None]:
        """The names of the indices of rows and of columns."""
        return (self.row.name if self.row else None, self.column.name if self.column else None)

    @property
    def is_scalar(self) -> bool:
        """Whether there is one entry only."""
        return self.row is None and self.column is None

    @property
    def is_square(self) -> bool:
        """Whether rows and columns are of one index set."""
        return self.row is not None and self.rows == self.columns

    @property
    def shape(self) -> str:
        """The shape for people: ``m x n``, ``scalar``."""
        if self.is_scalar:
            return "scalar"
        return " x ".join("1" if s is None else _size(s) for s in (self.rows, self.columns))

    def entry(self, row: Index | None, column: Index | None) -> Expression:
        """The entry at `row` and `column`, None on an axis of length one."""
        pairs = ((self.row, row), (self.column, column))
        if any((v is None) != (i is None) for v, i in pairs):
            raise ShapeError(f"an entry of a {self.shape} needs other indices")
        return replace_indices(self.body, {v.name: i for v, i in pairs if v is not None and i is not None})

    def with_index_names(self, used: set[str]) -> Matrix:
        """The same matrix, its indices named as none of `used` is."""
        taken = used | index_names(self.body)
        row, column = self.row, self.column
        if row is not None:
            row = IndexVariable(fresh_name(row.name, used | (taken - {row.name})), row.index_set)
        if column is not None:
            others = used | (taken - {column.name}) | ({row.name} if row else set())
            column = IndexVariable(fresh_name(column.name, others), column.index_set)
        return Matrix(row, column, self.entry(row, column))


def _size(index_set: IndexSet) -> str:
    return index_set.end if index_set.start == 1 else str(index_set)


def scalar(expression: Expression) -> Matrix:
    """A number as a matrix."""
    return Matrix(None, None, expression)


def identity(index_set: IndexSet) -> Matrix:
    """The identity matrix over `index_set`."""
    row, column = IndexVariable("row", index_set), IndexVariable("column", index_set)
    return Matrix(row, column, Delta(row, column))


def transpose(matrix: Matrix) -> Matrix:
    """Rows and columns exchanged."""
    return Matrix(matrix.column, matrix.row, matrix.body)


def entrywise(function: Callable[..., Expression], *matrices: Matrix) -> Matrix:
    """`function` of the entries of matrices of one shape; raises `ShapeError` for different shapes."""
    first = matrices[0].with_index_names(_names(*matrices[1:]))
    others = []
    for matrix in matrices[1:]:
        if (matrix.rows, matrix.columns) != (first.rows, first.columns):
            raise ShapeError(f"{first.shape} and {matrix.shape} do not fit entry by entry")
        others.append(matrix.entry(first.row, first.column))
    return Matrix(first.row, first.column, function(first.body, *others))


def _names(*matrices: Matrix) -> set[str]:
    names: set[str] = set()
    for matrix in matrices:
        names |= index_names(matrix.body)
        names |= {v.name for v in (matrix.row, matrix.column) if v is not None}
    return names


def sum_of(*matrices: Matrix) -> Matrix:
    """The entrywise sum."""
    return entrywise(add, *matrices) if matrices else scalar(ZERO)


def hadamard(left: Matrix, right: Matrix) -> Matrix:
    """The entrywise product."""
    return entrywise(multiply, left, right)


def scaled(factor: Expression, matrix: Matrix) -> Matrix:
    """A number times a matrix; the number may not mention the matrix's indices by name."""
    matrix = matrix.with_index_names(index_names(factor))
    return Matrix(matrix.row, matrix.column, multiply(factor, matrix.body))


def product(left: Matrix, right: Matrix) -> Matrix:
    """The matrix product; a scalar on either side scales. Raises `ShapeError` when the shapes do not fit."""
    if left.is_scalar:
        return scaled(left.body, right)
    if right.is_scalar:
        right = right.with_index_names(_names(left))
        return Matrix(left.row, left.column, multiply(left.body, right.body))
    if left.columns != right.rows:
        raise ShapeError(f"{left.shape} times {right.shape} does not fit")
    left = left.with_index_names(_names(right))
    right = right.with_index_names(_names(left))
    if left.column is None:
        return Matrix(left.row, right.column, multiply(left.body, right.body))
    body = multiply(left.body, right.entry(left.column, right.column))
    return Matrix(left.row, right.column, Sum(left.column, body))


def diagonal(vector: Matrix) -> Matrix:
    """The square matrix with the entries of a vector on its diagonal."""
    column = vector if vector.column is None else transpose(vector)
    if column.row is None or column.column is not None:
        raise ShapeError(f"diag needs a vector, not a {vector.shape}")
    other = IndexVariable(fresh_name(column.row.name, _names(column)), column.row.index_set)
    return Matrix(column.row, other, Multiply((Delta(column.row, other), column.body)))


def power(matrix: Matrix, exponent: int) -> Matrix:
    """The product of a square matrix with itself, `exponent` factors, at least one."""
    result = matrix
    for _ in range(exponent - 1):
        result = product(result, matrix)
    return result


def trace(matrix: Matrix) -> Matrix:
    """The sum of the diagonal entries; the trace of a number is that number."""
    if matrix.is_scalar:
        return matrix
    if matrix.rows != matrix.columns or matrix.row is None:
        raise ShapeError(f"the trace of a {matrix.shape}")
    matrix = matrix.with_index_names(set())
    assert matrix.row is not None
    return scalar(Sum(matrix.row, matrix.entry(matrix.row, matrix.row)))


def constant(value: Number, rows: IndexSet | None, columns: IndexSet | None) -> Matrix:
    """The matrix all of whose entries are `value`."""
    row = IndexVariable("row", rows) if rows else None
    column = IndexVariable("column", columns) if columns else None
    return Matrix(row, column, value)


def ones(rows: IndexSet) -> Matrix:
    """The all-ones column vector."""
    return constant(ONE, rows, None)


def inverse(matrix: Matrix, written: str = "") -> Matrix:
    """The inverse of a square matrix, `written` as its author wrote the matrix; of a number, its reciprocal.

    Its entries are `Inverse` nodes, defined where the inverse exists. Raises `ShapeError` for a matrix that
    is not square: the two index sets must be one.
    """
    if matrix.is_scalar:
        return Matrix(None, None, Power(matrix.body, MINUS_ONE))
    function = _square(matrix, "the inverse")
    first, second = function.indices
    row = IndexVariable(fresh_name(first.name, _names(matrix)), first.index_set)
    column = IndexVariable(fresh_name(second.name, _names(matrix) | {row.name}), second.index_set)
    return Matrix(row, column, Inverse(function, (row, column), written))


def invertible(matrix: Matrix) -> InvertibleFact:
    """The fact that a square matrix has an inverse, for an `Assumption`. Raises `ShapeError`."""
    return InvertibleFact(_square(matrix, "an inverse"))


def full_column_rank(matrix: Matrix) -> InvertibleFact:
    """The fact that the columns of `matrix` are linearly independent: its Gram matrix has an inverse."""
    return invertible(product(transpose(matrix), matrix))


def _square(matrix: Matrix, what: str) -> Abstraction:
    """A square matrix as a function of two indices of different names."""
    if matrix.row is None or matrix.column is None or matrix.rows != matrix.columns:
        raise ShapeError(f"{what} of a {matrix.shape}")
    matrix = matrix.with_index_names(set())
    assert matrix.row is not None
    assert matrix.column is not None
    return Abstraction((matrix.row, matrix.column), matrix.body)
