"""Matrix notation found again in entries: ``sum_j X[i, j] w[j]`` is the i-th entry of ``X w``.

Claims are kept by entries. A repaired line, or a reading, is shown to the author of ``X^T (X w - y)`` as a
product of matrices again. The nodes of this module are for writing only: no other operation knows them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from derivations.language.derivation import Claim
from derivations.language.indices import IndexVariable
from derivations.language.nodes import (
    Abstraction,
    Add,
    Call,
    Delta,
    Derivative,
    Entry,
    Exp,
    Expression,
    Inverse,
    Log,
    Multiply,
    Number,
    Power,
    Sum,
    multiply,
    number,
)
from derivations.language.substitution import fresh_name, replace_indices
from derivations.language.traversal import Transform, free_indices, index_names, rebuild, subexpressions


class Form(Expression):
    """A vector, a matrix, or a number made of them, as it is written without its open indices."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Whole(Form):
    """A tensor or a defined name as a whole, or all its entries for the indices that are written."""

    name: Entry | Call


@dataclass(frozen=True, slots=True)
class Transposed(Form):
    """Rows and columns exchanged."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Entrywise(Form):
    """The product entry by entry."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class SquaredNorm(Form):
    """A vector times itself."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Trace(Form):
    """The sum of the diagonal."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Diagonal(Form):
    """The matrix with a vector on its diagonal."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Identity(Form):
    """The identity matrix."""


@dataclass(frozen=True, slots=True)
class Inverted(Form):
    """The inverse of a matrix."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Gradient(Form):
    """The derivatives of a number by all entries of a vector or matrix, or twice by those of a vector."""

    variable: Whole
    body: Expression
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Jacobian(Form):
    """The derivatives of all entries of a vector by all of another: a row for each entry."""

    variable: Whole
    body: Expression


@rebuild.register
def _rebuild_form(expression: Form, transform: Transform) -> Expression:
    return expression  # a leaf: nothing in it is changed any more


Axis = IndexVariable | None
"""The open index of the rows or of the columns; None is an axis of length one."""


class NoForm(ValueError):
    """The entries are not those of a matrix expression that this module knows."""


def unwritten(name: str) -> bool:
    """Whether an index has no name of its author's: matrix notation does not write it."""
    return name.startswith("_")


def open_indices(expression: Expression) -> list[IndexVariable]:
    """The free indices of `expression` that nobody wrote, in order of appearance."""
    return [variable for name, variable in free_indices(expression).items() if unwritten(name)]


def axes_of(claim: Claim) -> tuple[Axis, Axis]:
    """The row and the column of the entries that a claim on matrices speaks of."""
    free = {**free_indices(claim.left), **free_indices(claim.right)}
    row, column = (None if name is None else free.get(name) for name in claim.axes)
    return row, column


def matrix_form(expression: Expression, row: Axis = None, column: Axis = None) -> Expression:
    """`expression`, the entry at `row` and `column`, in matrix notation; None is an axis of length one.

    What nobody's unwritten index occurs in stays as it is. Raises `NoForm` where there is no such notation.

    Guarantees: the matrix that the form denotes has these entries.
    """
    axes = [axis for axis in (row, column) if axis is not None]
    if not {v.name for v in open_indices(expression)} <= {axis.name for axis in axes}:
        raise NoForm("another index is open")
    if not any(map(unwritten, index_names(expression))):
        if axes and expression != number(0):
            raise NoForm("the same for all entries")
        return expression
    if not axes:
        return _number(expression)
    match expression:
        case Add(terms):
            return Add(tuple(_term(term, row, column) for term in terms))
        case Exp(argument) | Log(argument):
            return type(expression)(matrix_form(argument, row, column))
        case Call(_, (), arguments) if arguments and not any(a.indices for a in arguments):
            bodies = tuple(replace(a, body=matrix_form(a.body, row, column)) for a in arguments)
            return Call(expression.name, (), bodies)
        case Call():
            return _whole(_applied(expression), row, column)
        case Entry():
            return _whole(expression, row, column)
        case Inverse(matrix, own) if set(own) == set(axes):
            inverted = Inverted(matrix_form(matrix.body, *matrix.indices))
            return inverted if own == (row, column) else Transposed(inverted)
        case Delta(left, right) if {left, right} == set(axes):
            return Identity()
        case Sum(index, body, excluding) if not unwritten(index.name):
            return Sum(index, matrix_form(body, row, column), excluding)
        case Derivative():
            return _gradient(expression, row, column)
        case Power(base, exponent) if exponent != number(2):
            if row is not None and column is not None:
                raise NoForm("an entry's power, which no power of the matrix is")
            return Power(matrix_form(base, row, column), matrix_form(exponent))
        case Multiply() | Sum() | Power():
            product = _Product.of(expression)
            if product.factors == [expression]:
                raise NoForm("no product that can be taken apart")
            return product.form(row, column)
    raise NoForm(type(expression).__name__)


def _number(expression: Expression) -> Expression:
    """A number in which vectors and matrices occur, under whatever functions."""
    if isinstance(expression, Multiply) or (isinstance(expression, Sum) and unwritten(expression.index.name)):
        return _Product.of(expression).form(None, None)
    return _applied(expression) if isinstance(expression, Call) else rebuild(expression, matrix_form)


def _applied(call: Call) -> Call:
    """`call` with vectors and matrices as its arguments, which are functions of indices otherwise."""
    arguments = []
    for argument in call.arguments:
        row, column, *more = (*argument.indices, None, None)
        if any(more):
            raise NoForm("an argument with more indices")
        arguments.append(Abstraction((), matrix_form(argument.body, row, column)))
    return replace(call, arguments=tuple(arguments))


def _term(term: Expression, row: Axis, column: Axis) -> Expression:
    """A term of a sum of matrices; a plain number stands for itself at every entry, as in ``1 - h``."""
    constant = all(isinstance(node, Number | Multiply) for node in subexpressions(term))
    return term if constant else matrix_form(term, row, column)


def _whole(expression: Entry | Call, row: Axis, column: Axis) -> Expression:
    axes = tuple(axis for axis in (row, column) if axis is not None)
    written, own = expression.indices[: -len(axes)], expression.indices[-len(axes) :]
    if any(isinstance(i, IndexVariable) and unwritten(i.name) for i in written):
        raise NoForm("an index in front is open")
    whole = Whole(replace(expression, indices=written))
    if own == axes:
        return whole if row is not None else Transposed(whole)
    if own == axes[::-1]:
        return Transposed(whole)
    raise NoForm("other indices")


def _gradient(expression: Derivative, row: Axis, column: Axis) -> Expression:
    inner, variable = expression.body, expression.variable
    axes = tuple(axis for axis in (row, column) if axis is not None)
    if len(axes) == 2 and variable.indices[-2:] in (axes, axes[::-1]):
        gradient: Expression = Gradient(_name(variable, 2), matrix_form(inner))
        return gradient if variable.indices[-2:] == axes else Transposed(gradient)
    if not variable.indices or variable.indices[-1] not in axes:
        raise NoForm("a derivative by other indices")
    by = _name(variable, 1)
    if len(axes) == 1:
        gradient = Gradient(by, matrix_form(inner))
        return gradient if row is not None else Transposed(gradient)
    (other,) = (axis for axis in axes if axis != variable.indices[-1])
    if (
        isinstance(inner, Derivative)
        and inner.variable.indices[-1:] == (other,)
        and _name(inner.variable, 1) == by
    ):
        return Gradient(by, matrix_form(inner.body), twice=True)
    jacobian = Jacobian(by, matrix_form(inner, other))
    return jacobian if other == row else Transposed(jacobian)


def _name(variable: Entry | Call, count: int) -> Whole:
    """A variable without its last indices."""
    return Whole(replace(variable, indices=variable.indices[:-count]))


@dataclass
class _Product:
    """Factors and the indices that are summed over; it is taken apart path by path."""

    numbers: list[Expression]
    factors: list[Expression]

    @classmethod
    def of(cls, expression: Expression) -> _Product:
        """The factors of a product under its sums, each with all indices that it depends on.

        Raises `NoForm` where there is nothing to take apart, as in a sum that leaves a term out.
        """
        found = cls([], [])
        found._take(expression, index_names(expression))
        if expression in (*found.numbers, *found.factors):
            raise NoForm("neither a product nor a sum of products")
        return found

    def _take(self, expression: Expression, used: set[str]) -> None:
        if not any(map(unwritten, index_names(expression))):
            self.numbers.append(expression)
        elif isinstance(expression, Multiply):
            for factor in expression.factors:
                self._take(factor, used)
        elif isinstance(expression, Sum) and unwritten(expression.index.name) and not expression.excluding:
            fresh = IndexVariable(fresh_name(expression.index.name, used), expression.index.index_set)
            used.add(fresh.name)
            self._take(replace_indices(expression.body, {expression.index.name: fresh}), used)
        elif isinstance(expression, Power) and expression.exponent == number(2) and open_indices(expression):
            self._take(expression.base, used)
            self._take(expression.base, used)
        else:
            (self.factors if open_indices(expression) else self.numbers).append(expression)

    def form(self, row: Axis, column: Axis) -> Expression:
        """The product as numbers, then what is closed, then the way from the row to the column."""
        path: list[Expression] = []
        if row is not None:
            path, end = self._walk(row, column)
            if column is not None and end is None:
                back, _ = self._walk(column, None)
                path += _turned(back)
        elif column is not None:
            back, _ = self._walk(column, None)
            path = _turned(back)
        closed: list[Expression] = []
        while self.factors:
            closed.append(self._closed())
        numbers = [matrix_form(factor) for factor in self.numbers]
        return _joined([*numbers, *closed, *path])

    def _at(self, index: IndexVariable) -> list[Expression]:
        return [f for f in self.factors if index in open_indices(f)]

    def _walk(self, start: IndexVariable, goal: Axis) -> tuple[list[Expression], Axis]:
        """The factors from one index on, until a vector or `goal` ends the way."""
        path: list[Expression] = []
        here = start
        while True:
            found = self._at(here)
            vectors = [f for f in found if open_indices(f) == [here]]
            matrices = [f for f in found if f not in vectors]
            if len(matrices) > 1 or not found or any(len(open_indices(f)) > 2 for f in found):
                raise NoForm("no way on")
            for factor in found:
                self.factors.remove(factor)
            columns = [matrix_form(vector, here) for vector in vectors]
            if not matrices:
                path.append(columns[0] if len(columns) == 1 else Entrywise(tuple(columns)))
                return path, None
            path += [Diagonal(vector) for vector in columns]
            (there,) = (v for v in open_indices(matrices[0]) if v != here)
            path.append(matrix_form(matrices[0], here, there))
            here = there
            if here == goal:
                if self._at(here):
                    raise NoForm("more at the column")
                return path, here
            if here == start:
                return path, here

    def _closed(self) -> Expression:
        """What has no open end: an inner product, or the trace of a way round."""
        ends = [f for f in self.factors if len(open_indices(f)) == 1]
        if not ends:
            start = open_indices(self.factors[0])[0]
            first = self.factors[0]
            if len(self._at(start)) != 2 or len(open_indices(first)) != 2:
                raise NoForm("no trace")
            path, end = self._walk_round(first, start)
            return Trace(_joined(path))
        first = ends[0]
        (here,) = open_indices(first)
        if isinstance(first, Entry) and first.indices[-2:] == (here, here):
            self.factors.remove(first)
            return Trace(Whole(Entry(first.name, first.indices[:-2])))
        self.factors.remove(first)
        path, end = self._walk(here, None)
        if end is not None:
            raise NoForm("no end")
        left = matrix_form(first, here)
        return SquaredNorm(left) if path == [left] else _joined([*_turned([left]), *path])

    def _walk_round(self, first: Expression, start: IndexVariable) -> tuple[list[Expression], Axis]:
        self.factors.remove(first)
        (there,) = (v for v in open_indices(first) if v != start)
        if not self.factors:
            raise NoForm("no way round")
        path, end = self._walk(there, start)
        if end != start:
            raise NoForm("no way round")
        return [matrix_form(first, start, there), *path], end


def _turned(path: list[Expression]) -> list[Expression]:
    """The transpose of a product."""
    return [_transpose(factor) for factor in reversed(path)]


def _transpose(factor: Expression) -> Expression:
    if isinstance(factor, Transposed):
        return factor.inner
    return factor if isinstance(factor, Diagonal | Identity) else Transposed(factor)


def _joined(factors: Iterable[Expression]) -> Expression:
    flat: list[Expression] = []
    for factor in factors:
        flat += factor.factors if isinstance(factor, Multiply) else [factor]
    return multiply(*flat)
