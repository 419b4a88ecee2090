"""SymPy's matrix expressions by entries: products, transposes, inverses and their like.

Guarantees: as `sympy_reading`. An axis of length 1 is no axis here, so a 1 x 1 matrix is a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce, singledispatch
from types import MappingProxyType

import sympy
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.diagonal import DiagMatrix
from sympy.matrices.expressions.hadamard import HadamardProduct

from derivations.language import matrices
from derivations.language.context import Context
from derivations.language.declarations import Declaration
from derivations.language.derivation import Claim
from derivations.language.indices import Index, IndexElement, IndexSet, IndexVariable
from derivations.language.matrices import Matrix
from derivations.language.nodes import ONE, ZERO, Entry, Expression, subtract
from derivations.language.substitution import replace_entries
from derivations.language.sympy_reading import BridgeError, Scope, from_sympy, read
from derivations.language.traversal import free_indices

LARGEST_POWER = 8
ARGUMENT = "argument of a function"
"""The formal name of what a function is applied to, entry by entry."""

VALUES: Mapping[type[sympy.Basic], Callable[[IndexSet | None, IndexSet | None], Matrix]] = MappingProxyType(
    {
        sympy.ZeroMatrix: lambda rows, columns: matrices.constant(ZERO, rows, columns),
        sympy.OneMatrix: lambda rows, columns: matrices.constant(ONE, rows, columns),
        sympy.Identity: lambda rows, columns: (
            matrices.scalar(ONE) if rows is None else matrices.identity(rows)
        ),
    }
)
"""Matrices that a shape determines."""


def matrix_claim(left: sympy.Basic, right: sympy.Basic, context: Context) -> Claim:
    """``left = right`` entry by entry; raises `BridgeError`, and `matrices.ShapeError` for unlike shapes."""
    first, second = (matrix_from_sympy(side, context) for side in (left, right))
    fresh = matrices.entrywise(subtract, first, second)
    left, right = (matrix.entry(fresh.row, fresh.column) for matrix in (first, second))
    return Claim(left, right, axes=fresh.axes)


def matrix_from_sympy(expression: sympy.Basic, context: Context) -> Matrix:
    """A matrix expression, or a number, by entries; raises `BridgeError` or `matrices.ShapeError`."""
    if not isinstance(expression, sympy.MatrixExpr):
        return matrices.scalar(from_sympy(expression, context))
    return _matrix(expression, context)


@singledispatch
def _matrix(expression: sympy.Basic, context: Context) -> Matrix:
    maker = VALUES.get(type(expression))
    if maker is None:
        raise BridgeError(f"{type(expression).__name__} has no counterpart in the language: {expression}")
    return maker(*(_side(size) for size in expression.shape))


def _side(size: sympy.Expr) -> IndexSet | None:
    if not (size.is_Integer or size.is_Symbol):
        raise BridgeError(f"a side of length {size}: it must be a symbol or a number")
    return None if size == 1 else IndexSet(int(size) if size.is_Integer else size.name)


@_matrix.register
def _(expression: sympy.MatrixSymbol, context: Context) -> Matrix:
    axes: list[IndexVariable | None] = []
    indices: list[Index] = []
    for name, index_set in zip(
        ("row", "column"), context.declaration(expression.name).index_sets, strict=True
    ):
        values, variable = index_set.elements, IndexVariable(name, index_set)
        alone = values is not None and len(values) == 1
        axes.append(None if alone else variable)
        indices.append(IndexElement(index_set.start, index_set) if alone else variable)
    return Matrix(axes[0], axes[1], Entry(expression.name, tuple(indices)))


@_matrix.register
def _(expression: sympy.MatAdd, context: Context) -> Matrix:
    return matrices.sum_of(*(matrix_from_sympy(part, context) for part in expression.args))


@_matrix.register
def _(expression: sympy.MatMul, context: Context) -> Matrix:
    return reduce(matrices.product, (matrix_from_sympy(part, context) for part in expression.args))


@_matrix.register
def _(expression: sympy.MatPow, context: Context) -> Matrix:
    base, exponent = matrix_from_sympy(expression.base, context), expression.exp
    if not exponent.is_Integer or not 0 < abs(exponent) <= LARGEST_POWER:
        raise BridgeError(f"a matrix to the power {exponent}")
    if exponent < 0:
        base = matrices.inverse(base, str(expression.base))
    return reduce(matrices.product, [base] * int(abs(exponent)))


@_matrix.register
def _(expression: sympy.Transpose, context: Context) -> Matrix:
    return matrices.transpose(matrix_from_sympy(expression.arg, context))


@_matrix.register
def _(expression: HadamardProduct, context: Context) -> Matrix:
    return reduce(matrices.hadamard, (matrix_from_sympy(part, context) for part in expression.args))


@_matrix.register
def _(expression: DiagMatrix, context: Context) -> Matrix:
    return matrices.diagonal(matrix_from_sympy(expression.args[0], context))


@_matrix.register
def _(expression: ElementwiseApplyFunction, context: Context) -> Matrix:
    inner = context.with_rows(Declaration(ARGUMENT))
    body = from_sympy(expression.function(sympy.Symbol(ARGUMENT)), inner)

    def applied(entry: Expression) -> Expression:
        return replace_entries(
            body, lambda found: entry if found.name == ARGUMENT else None, frozenset(free_indices(entry))
        )

    return matrices.entrywise(applied, matrix_from_sympy(expression.expr, context))


@read.register
def _(expression: sympy.Trace, scope: Scope) -> Expression:
    return matrices.trace(matrix_from_sympy(expression.arg, scope.context)).body
