"""SymPy's matrix expressions as formulas: their entries for the kernel, and LaTeX as people write it.

A tensor ``x`` over (m, n) is the matrix ``X``; a tensor or a definition over one index set is a column. The
gradient of a number has the shape of what it is taken by.
"""

from __future__ import annotations

from functools import reduce, singledispatch

import sympy
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.diagonal import DiagMatrix
from sympy.matrices.expressions.hadamard import HadamardProduct
from sympy.printing.pretty.stringpict import prettyForm
from sympy.printing.printer import Printer
from sympy.printing.str import StrPrinter

from derivations.deriving.products import Order
from derivations.deriving.proof import Formula
from derivations.language import matrices
from derivations.language.context import Context
from derivations.language.functions import call_scalar
from derivations.language.indices import IndexSet, IndexVariable
from derivations.language.latex import bracketed, expression_latex
from derivations.language.matrices import Matrix
from derivations.language.nodes import (
    ZERO,
    Call,
    Derivative,
    Entry,
    Expression,
    multiply,
)
from derivations.language.spelling import name_latex
from derivations.language.sympy_bridge import from_sympy
from derivations.language.sympy_reading import BridgeError, place_sets

TOTAL, FACTOR, BASE = range(3)
"""How tightly a place binds: a sum, a product, what an exponent or a function stands at."""


class CostGradient(sympy.MatrixExpr):
    """The derivatives of a number by all entries of a matrix or vector, in the shape of that."""

    @property
    def shape(self) -> tuple[sympy.Expr, sympy.Expr]:
        """The shape of what is differentiated by."""
        rows, columns = self.args[1].shape
        return rows, columns

    def _pretty(self, printer: Printer) -> prettyForm:
        return prettyForm(f"∇_{self.args[1]} {self.args[0]}")


class CostHessian(sympy.MatrixExpr):
    """The second derivatives of a number by the entries of a vector."""

    @property
    def shape(self) -> tuple[sympy.Expr, sympy.Expr]:
        """Square."""
        size = self.args[1].shape[0]
        return size, size

    def _pretty(self, printer: Printer) -> prettyForm:
        return prettyForm(f"∇²_{self.args[1]} {self.args[0]}")


class MatrixPrinter(StrPrinter):
    """Matrix expressions as Python writes them: a function of entries is an ``applyfunc``."""

    def _print_ElementwiseApplyFunction(self, expression: ElementwiseApplyFunction) -> str:
        return f"({self._print(expression.expr)}).applyfunc({expression.function.expr.func.__name__})"


class TextPrinter(MatrixPrinter):
    """The same for people."""

    def _print_CostGradient(self, expression: CostGradient) -> str:
        return f"gradient of {self._print(expression.args[0])} by {self._print(expression.args[1])}"

    def _print_CostHessian(self, expression: CostHessian) -> str:
        return f"Hessian of {self._print(expression.args[0])} by {self._print(expression.args[1])}"


def matrix_formula(expression: sympy.Basic, context: Context) -> Formula:
    """`expression`, a matrix or a number, as a formula; raises `BridgeError` or `ShapeError`."""
    matrix, written = _read(expression, context, TOTAL)
    row = None if matrix.row is None else IndexVariable("row", matrix.row.index_set)
    column = None if matrix.column is None else IndexVariable("column", matrix.column.index_set)
    return Formula(matrix.entry(row, column), written, expression, TextPrinter().doprint(expression))


Read = tuple[Matrix, str]


def _read(expression: sympy.Basic, context: Context, place: int) -> Read:
    matrix, text, binding = _matrix(expression, context)
    return matrix, bracketed(text) if binding < place else text


@singledispatch
def _matrix(expression: sympy.Basic, context: Context) -> tuple[Matrix, str, int]:
    """The entries, the LaTeX and how tightly that binds."""
    if isinstance(expression, sympy.MatrixExpr):
        raise BridgeError(f"{type(expression).__name__} has no matrix notation")
    number = Order(context).arranged(from_sympy(expression, context))
    return matrices.scalar(number), expression_latex(number), BASE if expression.is_Symbol else FACTOR


@_matrix.register
def _(expression: sympy.MatrixSymbol, context: Context) -> tuple[Matrix, str, int]:
    name, sets = _named(expression.name, context)
    row = IndexVariable("row", sets[0])
    column = IndexVariable("column", sets[1]) if len(sets) > 1 else None
    indices = (row,) if column is None else (row, column)
    known = name in context.declarations
    entry: Expression = Entry(name, indices) if known else Call(name, indices)
    return Matrix(row, column, entry), name_latex(expression.name), BASE


def _named(name: str, context: Context) -> tuple[str, tuple[IndexSet, ...]]:
    """The tensor that a matrix is called after: X has the entries x."""
    known = {*context.declarations, *context.definitions}
    tensor = name if name in known else name.lower()
    return tensor, place_sets(tensor, context)


@_matrix.register
def _(expression: sympy.MatAdd, context: Context) -> tuple[Matrix, str, int]:
    terms = sorted(expression.args, key=lambda term: (not _is_product(term), _is_negative(term)))
    text, found = "", list[Matrix]()
    for term in terms:
        negative = _is_negative(term)
        _, written = _read(-term if negative else term, context, FACTOR)
        found.append(_read(term, context, FACTOR)[0])
        text += f" {'-' if negative else '+'} {written}" if text else f"{'-' * negative}{written}"
    return matrices.sum_of(*found), text, TOTAL


def _is_product(expression: sympy.Basic) -> bool:
    """Whether a term is more than a multiple of one name: such terms come first, a penalty last."""
    return not isinstance(expression, sympy.MatMul) or len(expression.as_coeff_matrices()[1]) > 1


def _is_negative(expression: sympy.Basic) -> bool:
    return isinstance(expression, sympy.MatMul) and bool(expression.args[0].could_extract_minus_sign())


@_matrix.register
def _(expression: sympy.MatMul, context: Context) -> tuple[Matrix, str, int]:
    if _is_negative(expression):
        matrix, text = _read(-expression, context, FACTOR)
        return (
            matrices.product(matrices.scalar(from_sympy(sympy.Integer(-1), context)), matrix),
            f"-{text}",
            TOTAL,
        )
    parts = [_read(part, context, FACTOR) for part in expression.args if part != 1]
    texts = [text for _, text in parts]
    return reduce(matrices.product, (matrix for matrix, _ in parts)), " ".join(texts), FACTOR


@_matrix.register
def _(expression: sympy.Transpose, context: Context) -> tuple[Matrix, str, int]:
    matrix, text = _read(expression.arg, context, BASE)
    return matrices.transpose(matrix), f"{text}^{{\\top}}", FACTOR


@_matrix.register(sympy.Inverse)
@_matrix.register(sympy.MatPow)
def _(expression: sympy.MatPow, context: Context) -> tuple[Matrix, str, int]:
    if expression.exp != -1:
        raise BridgeError(f"a matrix to the power {expression.exp}")
    matrix, text = _read(expression.base, context, TOTAL)
    return matrices.inverse(matrix, f"${text}$"), f"{bracketed(text)}^{{-1}}", FACTOR


@_matrix.register
def _(expression: HadamardProduct, context: Context) -> tuple[Matrix, str, int]:
    parts = [_read(part, context, FACTOR) for part in expression.args]
    return matrices.entrywise(multiply, *(m for m, _ in parts)), " \\odot ".join(t for _, t in parts), FACTOR


@_matrix.register
def _(expression: DiagMatrix, context: Context) -> tuple[Matrix, str, int]:
    matrix, text = _read(expression.args[0], context, TOTAL)
    return matrices.diagonal(matrix), f"\\operatorname{{diag}}{bracketed(text)}", BASE


@_matrix.register
def _(expression: sympy.Identity, context: Context) -> tuple[Matrix, str, int]:
    (size, _) = expression.shape
    return matrices.identity(IndexSet(size.name)), "I", BASE


@_matrix.register
def _(expression: sympy.ZeroMatrix, context: Context) -> tuple[Matrix, str, int]:
    rows, columns = (None if size == 1 else IndexSet(size.name) for size in expression.shape)
    return matrices.constant(ZERO, rows, columns), "0", BASE


@_matrix.register
def _(expression: sympy.OneMatrix, context: Context) -> tuple[Matrix, str, int]:
    return matrices.ones(IndexSet(expression.shape[0].name)), "\\mathbf{1}", BASE


@_matrix.register
def _(expression: ElementwiseApplyFunction, context: Context) -> tuple[Matrix, str, int]:
    name = expression.function.expr.func.__name__
    matrix, text = _read(expression.expr, context, TOTAL)
    applied = matrices.entrywise(lambda entry: call_scalar(name, entry), matrix)
    return applied, f"{name_latex(name)}{bracketed(text)}", BASE


@_matrix.register
def _(expression: CostGradient, context: Context) -> tuple[Matrix, str, int]:
    cost, written = _read(expression.args[0], context, BASE)
    matrix, text = _read(expression.args[1], context, BASE)
    entry = matrix.body
    assert isinstance(entry, Entry)
    body = Derivative(cost.body, entry)
    return Matrix(matrix.row, matrix.column, body), f"\\nabla_{{{text}}} {written}", FACTOR


@_matrix.register
def _(expression: CostHessian, context: Context) -> tuple[Matrix, str, int]:
    cost, written = _read(expression.args[0], context, BASE)
    vector, text = _read(expression.args[1], context, BASE)
    assert vector.row is not None
    column = IndexVariable("column", vector.row.index_set)
    first, second = vector.body, vector.entry(column, None)
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    body = Derivative(Derivative(cost.body, first), second)
    return Matrix(vector.row, column, body), f"\\nabla_{{{text}}}^{{2}} {written}", FACTOR
