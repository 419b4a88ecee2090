"""Terms by their entries: one rule a kind of term."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import TYPE_CHECKING

from derivations.language import (
    MINUS_ONE,
    Abstraction,
    Apply,
    Call,
    Cardinality,
    Cases,
    Delta,
    Derivative,
    Domain,
    Entry,
    Exp,
    Expression,
    IndexCondition,
    IndexSet,
    Log,
    Matrix,
    Power,
    Product,
    ShapeError,
    Sum,
    ValueCondition,
    add,
    multiply,
    number,
)
from derivations.language import matrices as notation
from derivations.language.declarations import Definition, Parameter
from derivations.language.functions import PI, call_scalar
from derivations.language.nodes import Condition
from derivations.language.traversal import index_names
from derivations.reading.build_operators import OPERATORS, abstraction
from derivations.reading.extrema import EXTREMA, extremum
from derivations.reading.fitting import fitting
from derivations.reading.names import NameCell, Scope
from derivations.reading.terms import (
    AddTerm,
    BigTerm,
    CallTerm,
    CasesTerm,
    DeltaTerm,
    DerivativeTerm,
    DivideTerm,
    EntryTerm,
    FunctionTerm,
    HadamardTerm,
    HessianTerm,
    IdentityTerm,
    InnerTerm,
    InverseTerm,
    MultiplyTerm,
    NameTerm,
    NumberTerm,
    OnesTerm,
    OperatorTerm,
    PowerTerm,
    SizeTerm,
    StackTerm,
    Term,
    TransposeTerm,
    ValueTest,
)
from derivations.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from derivations.reading.build import Builder


@singledispatch
def build_of(term: Term, builder: Builder, scope: Scope) -> Matrix:
    """The matrix that `term` denotes; raises `Unreadable` or `ShapeError` where it does not fit."""
    raise TypeError(f"build_of: unknown term {type(term).__name__}")


@build_of.register(NumberTerm)
def _(term: NumberTerm, builder: Builder, scope: Scope) -> Matrix:
    return notation.scalar(number(term.value))


@build_of.register(SizeTerm)
def _(term: SizeTerm, builder: Builder, scope: Scope) -> Matrix:
    return notation.scalar(Cardinality(IndexSet(term.name)))


@build_of.register(NameTerm)
def _(term: NameTerm, builder: Builder, scope: Scope) -> Matrix:
    cell = builder.inference.names[term.name]
    if cell.is_pi:
        return notation.scalar(PI)
    if cell.counts is not None:
        builder.note(f"{cell.name} is the size of the range of a sum")
        return notation.scalar(Cardinality(cell.counts))
    if cell.label_values is not None:
        raise Unreadable(term.span, f"the class label {term.name} stands where a number belongs")
    return builder.reference(cell, term.indices, (), scope, term.span)


@build_of.register(CallTerm)
def _(term: CallTerm, builder: Builder, scope: Scope) -> Matrix:
    cell = builder.inference.names.get(term.name)
    if cell is None or cell.definition is None:
        numbers = tuple(
            builder.number_of(argument, scope, f"the argument of {term.name}") for argument in term.arguments
        )
        if term.indices:
            raise Unreadable(term.span, f"{term.name} is not defined: what do its indices mean?")
        orders = (term.primes,) if len(numbers) == 1 else tuple(0 for _ in numbers)
        return notation.scalar(_within(cell, Apply(term.name, numbers, orders)))
    built = [builder.build(argument, scope) for argument in term.arguments]
    if len(built) != len(cell.definition.parameters):
        wanted = len(cell.definition.parameters)
        raise Unreadable(term.span, f"{term.name} takes {wanted} arguments, not {len(built)}")
    if (
        len(built) == 1
        and builder.inference.names[cell.definition.parameters[0]].rank == 0
        and not built[0].is_scalar
        and cell.rank == 0
    ):
        builder.note(f"{term.name} is applied entry by entry")
        return notation.entrywise(lambda e: _call_scalar(builder, cell, term.primes, e), built[0])
    names = cell.definition.parameters
    built = [
        fitting(argument, name, term, builder, scope) for name, argument in zip(names, built, strict=True)
    ]
    if term.primes:
        return notation.scalar(_call_scalar(builder, cell, term.primes, built[0].body))
    arguments = tuple(abstraction(matrix) for matrix in built)
    return builder.reference(cell, term.indices, arguments, scope, term.span)


def _call_scalar(builder: Builder, cell: NameCell, primes: int, argument: Expression) -> Expression:
    """``f'(argument)``: the derivative of the definition by its one scalar argument."""
    assert cell.definition is not None
    name = cell.name
    if primes:
        name = cell.name + "'" * primes
        free = Entry(cell.definition.parameters[0])
        body: Expression = Call(cell.name, (), (Abstraction((), free),))
        for _ in range(primes):
            body = Derivative(body, free)
        parameter = Parameter(cell.definition.parameters[0])
        builder.definitions[name] = Definition(name, body, (), (parameter,))
    return Call(name, (), (Abstraction((), argument),))


@build_of.register(AddTerm)
def _(term: AddTerm, builder: Builder, scope: Scope) -> Matrix:
    built = [builder.build(part, scope) for part in term.terms]
    large = next((matrix for matrix in built if not matrix.is_scalar), None)
    if large is None:
        return notation.scalar(add(*(matrix.body for matrix in built)))
    for position, matrix in enumerate(built):
        if matrix.is_scalar and not _is_zero(matrix):
            builder.note("a number is added to every entry")
        if matrix.is_scalar:
            built[position] = _spread(builder, matrix, large)
    return notation.sum_of(*built)


def _spread(builder: Builder, matrix: Matrix, like: Matrix) -> Matrix:
    like = like.with_index_names(index_names(matrix.body))
    return Matrix(like.row, like.column, matrix.body)


@build_of.register(MultiplyTerm)
def _(term: MultiplyTerm, builder: Builder, scope: Scope) -> Matrix:
    builder.check_matrices(term.factors)
    result = notation.scalar(number(1))
    first = True
    for factor in term.factors:
        matrix = builder.build(factor, scope)
        if term.cross and not first and not matrix.is_scalar and not result.is_scalar:
            raise Unreadable(term.span, "is this a cross product? Write \\cdot for the matrix product")
        result = matrix if first else _times(builder, result, matrix)
        first = False
    return result


def _times(builder: Builder, left: Matrix, right: Matrix) -> Matrix:
    columns = left.column is None and right.column is None
    if columns and left.rows is not None and left.rows == right.rows:
        builder.note("a product of two column vectors is taken entry by entry")
        return notation.hadamard(left, right)
    return notation.product(left, right)


@build_of.register(InnerTerm)
def _(term: InnerTerm, builder: Builder, scope: Scope) -> Matrix:
    left, right = builder.build(term.left, scope), builder.build(term.right, scope)
    if left.row is not None and right.row is not None and not left.column and not right.column:
        return notation.product(notation.transpose(left), right)
    return notation.product(left, right)


@build_of.register(HadamardTerm)
def _(term: HadamardTerm, builder: Builder, scope: Scope) -> Matrix:
    left, right = builder.build(term.left, scope), builder.build(term.right, scope)
    if left.is_scalar or right.is_scalar:
        return notation.product(left, right)
    return notation.hadamard(left, right)


@build_of.register(DivideTerm)
def _(term: DivideTerm, builder: Builder, scope: Scope) -> Matrix:
    below = builder.build(term.denominator, scope)
    above = builder.build(term.numerator, scope)
    if below.is_scalar:
        return notation.product(above, notation.scalar(Power(below.body, MINUS_ONE)))
    if above.is_scalar:
        above = _spread(builder, above, below)
    builder.note("a quotient of vectors is taken entry by entry")
    return notation.entrywise(lambda a, b: multiply(a, Power(b, MINUS_ONE)), above, below)


@build_of.register(PowerTerm)
def _(term: PowerTerm, builder: Builder, scope: Scope) -> Matrix:
    base = builder.build(term.base, scope)
    exponent = builder.number_of(term.exponent, scope, "an exponent")
    if base.is_square and isinstance(term.exponent, NumberTerm) and term.exponent.value in (2, 3, 4):
        return notation.power(base, int(term.exponent.value))
    if not base.is_scalar:
        raise Unreadable(term.span, f"is this power of a {base.shape} one of matrices or of entries?")
    return notation.scalar(Power(base.body, exponent))


@build_of.register(InverseTerm)
def _(term: InverseTerm, builder: Builder, scope: Scope) -> Matrix:
    return notation.inverse(builder.build(term.operand, scope), term.written)


@build_of.register(TransposeTerm)
def _(term: TransposeTerm, builder: Builder, scope: Scope) -> Matrix:
    operand = builder.build(term.operand, scope)
    if term.doubtful and operand.is_scalar:
        raise Unreadable(term.span, "is T a power or a transpose here? Write \\top for the transpose")
    return notation.transpose(operand)


@build_of.register(EntryTerm)
def _(term: EntryTerm, builder: Builder, scope: Scope) -> Matrix:
    matrix = builder.build(term.operand, scope)
    axes = [v for v in (matrix.row, matrix.column) if v is not None]
    if len(term.indices) != len(axes):
        raise Unreadable(term.span, f"an entry of a {matrix.shape} has {len(axes)} indices")
    found = [
        builder.index(index, axis.index_set, scope, term.span)
        for index, axis in zip(term.indices, axes, strict=True)
    ]
    row = found[0] if matrix.row is not None else None
    column = found[-1] if matrix.column is not None else None
    return notation.scalar(matrix.entry(row, column))


@build_of.register(FunctionTerm)
def _(term: FunctionTerm, builder: Builder, scope: Scope) -> Matrix:
    argument = builder.build(term.argument, scope)
    if not argument.is_scalar:
        builder.note(f"{term.name} is applied entry by entry")
    function = _FUNCTIONS.get(term.name, _known(term.name))
    if term.primes:
        function = _primed(builder, term.name + "'" * term.primes, function, term.primes)
    return notation.entrywise(function, argument)


def _primed(
    builder: Builder, name: str, function: Callable[[Expression], Expression], primes: int
) -> Callable[[Expression], Expression]:
    """The derivative of a known function, as a definition of its own."""
    body = function(Entry("t"))
    for _ in range(primes):
        body = Derivative(body, Entry("t"))
    builder.definitions[name] = Definition(name, body, (), (Parameter("t"),))
    return _known(name)


@build_of.register(OperatorTerm)
def _(term: OperatorTerm, builder: Builder, scope: Scope) -> Matrix:
    argument = builder.build(term.argument, scope)
    try:
        return OPERATORS[term.name](builder, argument)
    except ShapeError as error:
        raise Unreadable(term.span, str(error)) from None


@build_of.register(BigTerm)
def _(term: BigTerm, builder: Builder, scope: Scope) -> Matrix:
    inner = builder.inference.inner_scope(term, scope)
    index = builder.variable(term.bounds.index, inner.indices[term.bounds.index])
    body = builder.build(term.body, inner)
    body = body.with_index_names({index.name})
    excluding = tuple(builder.index(i, index.index_set, scope, term.span) for i in term.bounds.excluding)
    if term.kind in EXTREMA:
        return extremum(term, index, body)
    node = Sum if term.kind == "sum" else Product
    if node is Product and not body.is_scalar:
        raise Unreadable(term.span, "a product over matrices")
    return Matrix(body.row, body.column, node(index, body.body, excluding))


@build_of.register(IdentityTerm)
def _(term: IdentityTerm, builder: Builder, scope: Scope) -> Matrix:
    return notation.identity(builder.index_set(builder.inference.axis_of(term)))


@build_of.register(OnesTerm)
def _(term: OnesTerm, builder: Builder, scope: Scope) -> Matrix:
    return notation.ones(builder.index_set(builder.inference.axis_of(term)))


@build_of.register(StackTerm)
def _(term: StackTerm, builder: Builder, scope: Scope) -> Matrix:
    inner = builder.inference.inner_scope(term, scope)
    index = builder.variable(term.bounds.index, inner.indices[term.bounds.index])
    return Matrix(index, None, builder.number_of(term.body, inner, "an entry"))


@build_of.register(DeltaTerm)
def _(term: DeltaTerm, builder: Builder, scope: Scope) -> Matrix:
    return notation.scalar(Delta(*builder.compared(term.left, term.right, scope, term.span)))


@build_of.register(CasesTerm)
def _(term: CasesTerm, builder: Builder, scope: Scope) -> Matrix:
    branches: list[tuple[Condition | None, Expression]] = []
    for condition, value in term.branches:
        body = builder.number_of(value, scope, "the value of a case")
        if condition is None:
            branches.append((None, body))
        elif isinstance(condition, ValueTest):
            entry = builder.build(condition.name, scope).body
            if not isinstance(entry, Entry):
                raise Unreadable(term.span, "a case needs a label on its left")
            branches.append((ValueCondition(entry, condition.value, condition.equal), body))
        else:
            left, right = builder.compared(condition.left, condition.right, scope, term.span)
            branches.append((IndexCondition(left, right, condition.equal), body))
    return notation.scalar(Cases(tuple(branches)))


@build_of.register(DerivativeTerm)
def _(term: DerivativeTerm, builder: Builder, scope: Scope) -> Matrix:
    operand, variable = builder.build(term.operand, scope), builder.build(term.variable, scope)
    variable = variable.with_index_names(
        index_names(operand.body) | {v.name for v in (operand.row, operand.column) if v}
    )
    if not isinstance(variable.body, Entry | Call):
        raise Unreadable(term.span, "a derivative by something that is not a name")
    body = Derivative(operand.body, variable.body)
    if variable.is_scalar:
        return Matrix(operand.row, operand.column, body)
    if operand.is_scalar:
        matrix = Matrix(variable.row, variable.column, body)
        vector = variable.column is None
        return notation.transpose(matrix) if vector and builder.inference.layout == "row" else matrix
    if operand.column is not None or variable.column is not None:
        raise Unreadable(
            term.span, f"the derivative of a {operand.shape} by a {variable.shape} has no usual layout"
        )
    return Matrix(*builder.inference.jacobian(operand.row, variable.row), body)


@build_of.register(HessianTerm)
def _(term: HessianTerm, builder: Builder, scope: Scope) -> Matrix:
    operand = builder.number_of(term.operand, scope, "what a Hessian is taken of")
    variable = builder.build(term.variable, scope).with_index_names(index_names(operand))
    other = variable.with_index_names(index_names(operand) | index_names(variable.body))
    if not isinstance(variable.body, Entry | Call) or not isinstance(other.body, Entry | Call):
        raise Unreadable(term.span, "a Hessian by something that is not a name")
    if variable.column is not None:
        raise Unreadable(term.span, f"a Hessian by a {variable.shape}")
    return Matrix(variable.row, other.row, Derivative(Derivative(operand, variable.body), other.body))


def _within(cell: NameCell | None, value: Expression) -> Expression:
    """An opaque function's value, put inside the domain that the author states for it."""
    if cell is not None and cell.domain is Domain.UNIT:
        return call_scalar("sigma", value)
    if cell is not None and cell.domain is Domain.POSITIVE:
        return Exp(value)
    return value


def _is_zero(matrix: Matrix) -> bool:
    return matrix.body == number(0)


def _known(name: str) -> Callable[[Expression], Expression]:
    return lambda argument: call_scalar(name, argument)


_FUNCTIONS: dict[str, Callable[[Expression], Expression]] = {"exp": Exp, "log": Log}
