"""From terms to the language: every formula by its entries, once all shapes are known.

Nothing is guessed here. What does not fit raises `Unreadable` with the place, or `ShapeError` naming both shapes;
the usual conventions that are applied (``Xw + b`` entry by entry) are noted, so that the report can tell them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatchmethod

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
    Index,
    IndexCondition,
    IndexElement,
    IndexFunction,
    IndexSet,
    IndexVariable,
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
from derivations.language.functions import call_scalar, logsumexp, softmax
from derivations.language.declarations import Definition, Parameter
from derivations.language.substitution import fresh_name
from derivations.language.traversal import index_names
from derivations.reading.infer import Inference
from derivations.reading.names import IndexCell, NameCell, Scope
from derivations.reading.shapes import Axis
from derivations.reading.tree import Span
from derivations.reading.unreadable import Unreadable
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
    IndexTerm,
    InnerTerm,
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


@dataclass
class Builder:
    """Builds the expressions of one document; collects notes and the definitions it needs."""

    inference: Inference
    notes: list[str] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    minimum_sizes: dict[str, int] = field(default_factory=dict)
    sizes: dict[Axis, IndexSet] = field(default_factory=dict)

    def note(self, text: str) -> None:
        """Keep a note about how the statement at hand was read, once."""
        if text not in self.notes:
            self.notes.append(text)

    # Index sets and indices --------------------------------------------------------------------------

    def index_set(self, axis: Axis) -> IndexSet:
        """The index set of an axis; one that nothing names gets a size symbol of its own."""
        root = axis.root
        if root not in self.sizes:
            known = root.known or IndexSet(f"size of {root.origin or 'an axis'}")
            least = min(root.elements, default=known.start)
            if least < known.start:
                known = IndexSet(known.size, least)
            self.sizes[root] = known
        known = self.sizes[root]
        if isinstance(known.size, str) and root.elements:
            largest = max(root.elements)
            self.minimum_sizes[known.size] = max(largest, self.minimum_sizes.get(known.size, 1))
        return known

    def index(self, index: IndexTerm, on: IndexSet, scope: Scope, span: Span) -> Index:
        """An index term as an index of the language, standing on an axis over `on`."""
        if index.value is not None:
            if on.elements is not None and index.value not in on.elements:
                raise Unreadable(span, f"the index {index.value} is outside {on}")
            return IndexElement(index.value, on)
        if index.arguments is not None:
            label = self.inference.names[index.name]
            arguments = tuple(
                self.index(argument, self.index_set(label.axis(position)), scope, span)
                for position, argument in enumerate(index.arguments)
            )
            return IndexFunction(index.name, arguments, label.label_values or on)
        variable = self.variable(index.name, scope.find(index.name))
        if not on.contains(variable.index_set):
            raise Unreadable(
                span, f"the index {index.name} over {variable.index_set} stands where one over {on} belongs"
            )
        return variable

    def variable(self, name: str, cell: IndexCell) -> IndexVariable:
        """The index variable of a cell."""
        if cell.bounded and cell.axis.known is not None:
            return IndexVariable(name, cell.axis.known)
        return IndexVariable(name, self.index_set(cell.axis))

    # Terms -------------------------------------------------------------------------------------------

    @singledispatchmethod
    def build(self, term: Term, scope: Scope) -> Matrix:
        """The matrix that `term` denotes."""
        raise TypeError(f"build: unknown term {type(term).__name__}")

    def number_of(self, term: Term, scope: Scope, what: str) -> Expression:
        """The expression of a term that must be a number."""
        matrix = self.build(term, scope)
        if not matrix.is_scalar:
            raise Unreadable(term.span, f"{what} must be a number, and is {matrix.shape}")
        return matrix.body

    @build.register
    def _(self, term: NumberTerm, scope: Scope) -> Matrix:
        return notation.scalar(number(term.value))

    @build.register
    def _(self, term: SizeTerm, scope: Scope) -> Matrix:
        return notation.scalar(Cardinality(IndexSet(term.name)))

    @build.register
    def _(self, term: NameTerm, scope: Scope) -> Matrix:
        cell = self.inference.names[term.name]
        if cell.label_values is not None:
            raise Unreadable(term.span, f"the class label {term.name} stands where a number belongs")
        return self._reference(cell, term.indices, (), scope, term.span)

    def _reference(
        self,
        cell: NameCell,
        indices: tuple[IndexTerm, ...],
        arguments: tuple[Abstraction, ...],
        scope: Scope,
        span: Span,
    ) -> Matrix:
        """An entry or slice of a tensor, or a use of a definition, its open axes as rows and columns."""
        rank = len(indices) if cell.rank is None else cell.rank
        if len(indices) > rank:
            raise Unreadable(span, f"{cell.name} has {rank} indices, not {len(indices)}")
        if rank - len(indices) > 2:
            raise Unreadable(span, f"{cell.name} needs more indices here")
        given = tuple(
            self.index(index, self.index_set(cell.axis(position)), scope, span)
            for position, index in enumerate(indices)
        )
        used = {v.name for i in given for v in _variables(i)}
        for argument in arguments:
            used |= index_names(argument.body)
        opened = []
        for position in range(len(indices), rank):
            name = fresh_name(f"_{len(opened) + 1}", used)
            opened.append(IndexVariable(name, self.index_set(cell.axis(position))))
        every = (*given, *opened)
        body: Expression = (
            Entry(cell.name, every) if cell.definition is None else Call(cell.name, every, arguments)
        )
        if len(opened) == 2:
            return Matrix(opened[0], opened[1], body)
        if len(opened) == 1:
            row = cell.row_vector and len(indices) + 1 == rank
            return Matrix(None, opened[0], body) if row else Matrix(opened[0], None, body)
        return notation.scalar(body)

    @build.register
    def _(self, term: CallTerm, scope: Scope) -> Matrix:
        cell = self.inference.names.get(term.name)
        built = [self.build(argument, scope) for argument in term.arguments]
        if cell is None or cell.definition is None:
            numbers = tuple(
                self.number_of(argument, scope, f"the argument of {term.name}") for argument in term.arguments
            )
            if term.indices:
                raise Unreadable(term.span, f"{term.name} is not defined: what do its indices mean?")
            orders = (term.primes,) if len(numbers) == 1 else tuple(0 for _ in numbers)
            return notation.scalar(_within(cell, Apply(term.name, numbers, orders)))
        if len(built) != len(cell.definition.parameters):
            wanted = len(cell.definition.parameters)
            raise Unreadable(term.span, f"{term.name} takes {wanted} arguments, not {len(built)}")
        if (
            len(built) == 1
            and self.inference.names[cell.definition.parameters[0]].rank == 0
            and not built[0].is_scalar
            and cell.rank == 0
        ):
            self.note(f"{term.name} is applied entry by entry")
            return notation.entrywise(lambda e: self._call_scalar(cell, term.primes, e), built[0])
        for parameter, argument in zip(cell.definition.parameters, built, strict=True):
            self._check_argument(term, parameter, argument)
        if term.primes:
            return notation.scalar(self._call_scalar(cell, term.primes, built[0].body))
        arguments = tuple(_abstraction(matrix) for matrix in built)
        return self._reference(cell, term.indices, arguments, scope, term.span)

    def _check_argument(self, term: CallTerm, parameter: str, argument: Matrix) -> None:
        cell = self.inference.names[parameter]
        wanted = [self.index_set(cell.axis(p)) for p in range(cell.rank or 0)]
        given = [v.index_set for v in (argument.row, argument.column) if v is not None]
        if wanted != given:
            raise Unreadable(
                term.span, f"the argument of {term.name} is {argument.shape}, which does not fit its definition"
            )

    def _call_scalar(self, cell: NameCell, primes: int, argument: Expression) -> Expression:
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
            self.definitions[name] = Definition(name, body, (), (parameter,))
        return Call(name, (), (Abstraction((), argument),))

    @build.register
    def _(self, term: AddTerm, scope: Scope) -> Matrix:
        built = [self.build(part, scope) for part in term.terms]
        large = next((matrix for matrix in built if not matrix.is_scalar), None)
        if large is None:
            return notation.scalar(add(*(matrix.body for matrix in built)))
        for position, matrix in enumerate(built):
            if matrix.is_scalar and not _is_zero(matrix):
                self.note("a number is added to every entry")
            if matrix.is_scalar:
                built[position] = self._spread(matrix, large)
        return notation.sum_of(*built)

    def _spread(self, matrix: Matrix, like: Matrix) -> Matrix:
        like = like.with_index_names(index_names(matrix.body))
        return Matrix(like.row, like.column, matrix.body)

    @build.register
    def _(self, term: MultiplyTerm, scope: Scope) -> Matrix:
        result = notation.scalar(number(1))
        first = True
        for factor in term.factors:
            matrix = self.build(factor, scope)
            result = matrix if first else self._times(result, matrix)
            first = False
        return result

    def _times(self, left: Matrix, right: Matrix) -> Matrix:
        columns = left.column is None and right.column is None
        if columns and left.rows is not None and left.rows == right.rows:
            self.note("a product of two column vectors is taken entry by entry")
            return notation.hadamard(left, right)
        return notation.product(left, right)

    @build.register
    def _(self, term: InnerTerm, scope: Scope) -> Matrix:
        left, right = self.build(term.left, scope), self.build(term.right, scope)
        if left.row is not None and right.row is not None and not left.column and not right.column:
            return notation.product(notation.transpose(left), right)
        return notation.product(left, right)

    @build.register
    def _(self, term: HadamardTerm, scope: Scope) -> Matrix:
        left, right = self.build(term.left, scope), self.build(term.right, scope)
        if left.is_scalar or right.is_scalar:
            return notation.product(left, right)
        return notation.hadamard(left, right)

    @build.register
    def _(self, term: DivideTerm, scope: Scope) -> Matrix:
        below = self.build(term.denominator, scope)
        above = self.build(term.numerator, scope)
        if below.is_scalar:
            return notation.product(above, notation.scalar(Power(below.body, MINUS_ONE)))
        if above.is_scalar:
            above = self._spread(above, below)
        self.note("a quotient of vectors is taken entry by entry")
        return notation.entrywise(lambda a, b: multiply(a, Power(b, MINUS_ONE)), above, below)

    @build.register
    def _(self, term: PowerTerm, scope: Scope) -> Matrix:
        base = self.build(term.base, scope)
        exponent = self.number_of(term.exponent, scope, "an exponent")
        if not base.is_scalar:
            raise Unreadable(
                term.span, f"a power of a {base.shape}: inverses and powers of matrices are not read yet"
            )
        return notation.scalar(Power(base.body, exponent))

    @build.register
    def _(self, term: TransposeTerm, scope: Scope) -> Matrix:
        return notation.transpose(self.build(term.operand, scope))

    @build.register
    def _(self, term: EntryTerm, scope: Scope) -> Matrix:
        matrix = self.build(term.operand, scope)
        axes = [v for v in (matrix.row, matrix.column) if v is not None]
        if len(term.indices) != len(axes):
            raise Unreadable(term.span, f"an entry of a {matrix.shape} has {len(axes)} indices")
        found = [
            self.index(index, axis.index_set, scope, term.span)
            for index, axis in zip(term.indices, axes, strict=True)
        ]
        row = found[0] if matrix.row is not None else None
        column = found[-1] if matrix.column is not None else None
        return notation.scalar(matrix.entry(row, column))

    @build.register
    def _(self, term: FunctionTerm, scope: Scope) -> Matrix:
        argument = self.build(term.argument, scope)
        if not argument.is_scalar:
            self.note(f"{term.name} is applied entry by entry")
        function = _FUNCTIONS.get(term.name, _known(term.name))
        if term.primes:
            function = self._primed(term.name + "'" * term.primes, function, term.primes)
        return notation.entrywise(function, argument)

    def _primed(
        self, name: str, function: Callable[[Expression], Expression], primes: int
    ) -> Callable[[Expression], Expression]:
        """The derivative of a known function, as a definition of its own."""
        body = function(Entry("t"))
        for _ in range(primes):
            body = Derivative(body, Entry("t"))
        self.definitions[name] = Definition(name, body, (), (Parameter("t"),))
        return _known(name)

    @build.register
    def _(self, term: OperatorTerm, scope: Scope) -> Matrix:
        argument = self.build(term.argument, scope)
        try:
            return _OPERATORS[term.name](self, argument)
        except ShapeError as error:
            raise Unreadable(term.span, str(error)) from None

    @build.register
    def _(self, term: BigTerm, scope: Scope) -> Matrix:
        inner = self.inference.inner_scope(term, scope)
        index = self.variable(term.bounds.index, inner.indices[term.bounds.index])
        body = self.build(term.body, inner)
        body = body.with_index_names({index.name})
        excluding = tuple(self.index(i, index.index_set, scope, term.span) for i in term.bounds.excluding)
        node = Sum if term.kind == "sum" else Product
        if node is Product and not body.is_scalar:
            raise Unreadable(term.span, "a product over matrices")
        return Matrix(body.row, body.column, node(index, body.body, excluding))

    @build.register
    def _(self, term: IdentityTerm, scope: Scope) -> Matrix:
        return notation.identity(self.index_set(self.inference.axis_of(term)))

    @build.register
    def _(self, term: OnesTerm, scope: Scope) -> Matrix:
        return notation.ones(self.index_set(self.inference.axis_of(term)))

    @build.register
    def _(self, term: StackTerm, scope: Scope) -> Matrix:
        inner = self.inference.inner_scope(term, scope)
        index = self.variable(term.bounds.index, inner.indices[term.bounds.index])
        return Matrix(index, None, self.number_of(term.body, inner, "an entry"))

    @build.register
    def _(self, term: DeltaTerm, scope: Scope) -> Matrix:
        return notation.scalar(Delta(*self._compared(term.left, term.right, scope, term.span)))

    def _compared(
        self, left: IndexTerm, right: IndexTerm, scope: Scope, span: Span
    ) -> tuple[Index, Index]:
        ours, theirs = self._set_of(left, scope), self._set_of(right, scope)
        known = ours or theirs
        if known is None:
            raise Unreadable(span, "two numbers are compared as indices")
        ours, theirs = ours or known, theirs or known
        if not ours.compatible(theirs):
            raise Unreadable(span, f"an index over {ours} is compared with one over {theirs}")
        return self.index(left, ours, scope, span), self.index(right, theirs, scope, span)

    def _set_of(self, index: IndexTerm, scope: Scope) -> IndexSet | None:
        if index.value is not None:
            return None
        if index.arguments is not None:
            return self.inference.names[index.name].label_values
        return self.variable(index.name, scope.find(index.name)).index_set

    @build.register
    def _(self, term: CasesTerm, scope: Scope) -> Matrix:
        branches = []
        for condition, value in term.branches:
            body = self.number_of(value, scope, "the value of a case")
            if condition is None:
                branches.append((None, body))
            elif isinstance(condition, ValueTest):
                entry = self.build(condition.name, scope).body
                if not isinstance(entry, Entry):
                    raise Unreadable(term.span, "a case needs a label on its left")
                branches.append((ValueCondition(entry, condition.value, condition.equal), body))
            else:
                left, right = self._compared(condition.left, condition.right, scope, term.span)
                branches.append((IndexCondition(left, right, condition.equal), body))
        return notation.scalar(Cases(tuple(branches)))

    @build.register
    def _(self, term: DerivativeTerm, scope: Scope) -> Matrix:
        operand, variable = self.build(term.operand, scope), self.build(term.variable, scope)
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
            return notation.transpose(matrix) if vector and self.inference.layout == "row" else matrix
        if operand.column is not None or variable.column is not None:
            raise Unreadable(
                term.span, f"the derivative of a {operand.shape} by a {variable.shape} has no usual layout"
            )
        return Matrix(operand.row, variable.row, body)

    @build.register
    def _(self, term: HessianTerm, scope: Scope) -> Matrix:
        operand = self.number_of(term.operand, scope, "what a Hessian is taken of")
        variable = self.build(term.variable, scope).with_index_names(index_names(operand))
        other = variable.with_index_names(index_names(operand) | index_names(variable.body))
        if not isinstance(variable.body, Entry | Call) or not isinstance(other.body, Entry | Call):
            raise Unreadable(term.span, "a Hessian by something that is not a name")
        if variable.column is not None:
            raise Unreadable(term.span, f"a Hessian by a {variable.shape}")
        return Matrix(
            variable.row, other.row, Derivative(Derivative(operand, variable.body), other.body)
        )


def _variables(index: Index) -> list[IndexVariable]:
    if isinstance(index, IndexVariable):
        return [index]
    return [v for a in index.arguments for v in _variables(a)] if isinstance(index, IndexFunction) else []


def _abstraction(matrix: Matrix) -> Abstraction:
    return Abstraction(tuple(v for v in (matrix.row, matrix.column) if v is not None), matrix.body)


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


def _squared_norm(builder: Builder, argument: Matrix) -> Matrix:
    axes = [v for v in (argument.row, argument.column) if v is not None]
    body: Expression = Power(argument.body, number(2))
    for axis in axes:
        body = Sum(axis, body)
    return notation.scalar(body)


def _norm(builder: Builder, argument: Matrix) -> Matrix:
    squared = _squared_norm(builder, argument)
    return notation.scalar(Power(squared.body, number(Fraction(1, 2))))


def _softmax(builder: Builder, argument: Matrix) -> Matrix:
    if argument.row is None or argument.column is not None:
        raise ShapeError(f"softmax of a {argument.shape}")
    definition = softmax(argument.row.index_set)
    builder.definitions[definition.name] = definition
    inner = argument.with_index_names({argument.row.name})
    return Matrix(argument.row, None, Call(definition.name, (argument.row,), (_abstraction(inner),)))


def _logsumexp(builder: Builder, argument: Matrix) -> Matrix:
    if argument.row is None or argument.column is not None:
        raise ShapeError(f"logsumexp of a {argument.shape}")
    definition = logsumexp(argument.row.index_set)
    builder.definitions[definition.name] = definition
    return notation.scalar(Call(definition.name, (), (_abstraction(argument),)))


_OPERATORS: dict[str, Callable[[Builder, Matrix], Matrix]] = {
    "diag": lambda builder, argument: notation.diagonal(argument),
    "trace": lambda builder, argument: notation.trace(argument),
    "squared-norm": _squared_norm,
    "norm": _norm,
    "softmax": _softmax,
    "logsumexp": _logsumexp,
}
"""One row an operation on whole matrices."""
