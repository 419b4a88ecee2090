"""The shape of a term, told from its parts; on the way its parts are told what they are."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from derivations.reading.names import Scope
from derivations.reading.shapes import SCALAR, Axis, Shape, Stage
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

if TYPE_CHECKING:
    from derivations.reading.infer import Inference


@singledispatch
def shape_of(term: Term, inference: Inference, scope: Scope) -> Shape | None:
    """The shape of `term` as far as it is known, None where it is not."""
    raise TypeError(f"shape_of: unknown term {type(term).__name__}")


@shape_of.register(NumberTerm)
@shape_of.register(SizeTerm)
def _(term: Term, inference: Inference, scope: Scope) -> Shape | None:
    return SCALAR


@shape_of.register(NameTerm)
def _(term: NameTerm, inference: Inference, scope: Scope) -> Shape | None:
    cell = inference.names[term.name]
    for position, index in enumerate(term.indices):
        inference.connect(index, cell.axis(position), scope)
    return None if cell.rank is None else inference.open_shape(cell, len(term.indices))


@shape_of.register(CallTerm)
def _(term: CallTerm, inference: Inference, scope: Scope) -> Shape | None:
    cell = inference.names.get(term.name)
    if cell is None or cell.definition is None:
        for argument in term.arguments:
            if inference.attempt(argument, scope) is None and inference.conventions:
                inference.expect(argument, SCALAR, scope)
        return SCALAR
    if term.name in inference.numeric and len(term.arguments) == 1:
        return _entrywise(term.arguments[0], inference, scope)
    for argument, parameter in zip(term.arguments, cell.definition.parameters, strict=False):
        given, wanted = inference.attempt(argument, scope), inference.names[parameter]
        if isinstance(argument, NumberTerm) and argument.value == 0:
            continue  # a vector of zeros is written so, too
        if given is not None:
            axes = [axis for axis in (given.row, given.column) if axis is not None]
            inference.learn(wanted.set_rank(len(axes)))
            for axis, ours in zip(axes, wanted.axes, strict=False):
                inference.join(axis, ours)
        elif wanted.rank is not None:
            inference.expect(argument, inference.open_shape(wanted, 0), scope)
    for position, index in enumerate(term.indices):
        inference.connect(index, cell.axis(position), scope)
    return None if cell.rank is None else inference.open_shape(cell, len(term.indices))


@shape_of.register(AddTerm)
def _(term: AddTerm, inference: Inference, scope: Scope) -> Shape | None:
    shapes = [inference.attempt(part, scope) for part in term.terms]
    known = [shape for shape in shapes if shape is not None]
    larger = next((shape for shape in known if not shape.is_scalar), None)
    if larger is None:
        beside = any(
            s is not None and s.is_scalar and _is_entry(t) for t, s in zip(term.terms, shapes, strict=True)
        )
        if len(known) == len(shapes) or beside or (known and inference.conventions):
            _expect_all(inference, term.terms, shapes, SCALAR, scope)
            return SCALAR
        return None
    for shape in known:
        inference.same(larger, shape)
    if inference.stage is not Stage.ENTRIES:
        _expect_all(inference, term.terms, shapes, larger, scope)
    return larger


def _expect_all(
    inference: Inference, terms: tuple[Term, ...], shapes: list[Shape | None], shape: Shape, scope: Scope
) -> None:
    for part, known in zip(terms, shapes, strict=True):
        if known is None:
            inference.expect(part, shape, scope)


@shape_of.register(MultiplyTerm)
def _(term: MultiplyTerm, inference: Inference, scope: Scope) -> Shape | None:
    return _product(inference, list(term.factors), scope)


@shape_of.register(InnerTerm)
def _(term: InnerTerm, inference: Inference, scope: Scope) -> Shape | None:
    left, right = inference.attempt(term.left, scope), inference.attempt(term.right, scope)
    if left is None and right is not None:
        inference.expect(term.left, right, scope)
    elif right is None and left is not None and not left.is_scalar:
        inference.expect(term.right, left, scope)
    if left is None or right is None:
        return None
    if _is_column(left) and _is_column(right):
        inference.same(left, right)
        return SCALAR
    return _product(inference, [term.left, term.right], scope)


def _product(inference: Inference, factors: list[Term], scope: Scope) -> Shape | None:
    """Scalars drop out of a product; the others are chained by their inner axes."""
    shapes = [inference.attempt(factor, scope) for factor in factors]
    result: Shape | None = SCALAR
    for position, shape in enumerate(shapes):
        if shape is None:
            shape = _guess_factor(inference, factors[position], shapes, position, scope)
            shapes[position] = shape
        result = _chain(inference, result, shape)
    return result


def _chain(inference: Inference, left: Shape | None, right: Shape | None) -> Shape | None:
    if left is None or right is None:
        return None
    if left.is_scalar or right.is_scalar:
        return right if left.is_scalar else left
    if left.column is not None and right.row is not None:
        inference.join(left.column, right.row)
        return Shape(left.row, right.column)
    if left.column is None and right.row is None:
        return Shape(left.row, right.column)
    return left if _is_column(left) and _is_column(right) else None


def _guess_factor(
    inference: Inference, factor: Term, shapes: list[Shape | None], position: int, scope: Scope
) -> Shape | None:
    """A factor of unknown shape beside matrices or rows, by convention: x in X x is a column vector."""
    before = next((s for s in reversed(shapes[:position]) if s is None or not s.is_scalar), SCALAR)
    after = next((s for s in shapes[position + 1 :] if s is None or not s.is_scalar), SCALAR)
    if inference.stage < Stage.PRODUCTS:
        return None
    if inference.stage is Stage.PRODUCTS and (
        before is None or before.row is not None or before.column is None
    ):
        return None
    inner = before.column if before is not None else None
    outer = after.row if after is not None else None
    if inner is None and outer is None:
        if before is not None and after is not None:
            inference.expect(factor, SCALAR, scope)
        return inference.attempt(factor, scope)
    name = _base_name(factor)
    matrix = name[:1].isupper() and name.isascii()
    if matrix or (inner is not None and outer is not None):
        inference.expect(factor, Shape(inner or Axis(origin=name), outer or Axis(origin=name)), scope)
    elif inner is not None:
        inference.expect(factor, Shape(inner), scope)
    else:
        inference.expect(factor, SCALAR, scope)
    return inference.attempt(factor, scope)


@shape_of.register(HadamardTerm)
def _(term: HadamardTerm, inference: Inference, scope: Scope) -> Shape | None:
    left, right = inference.attempt(term.left, scope), inference.attempt(term.right, scope)
    if left is not None and right is not None:
        inference.same(left, right)
    elif left is not None:
        inference.expect(term.right, left, scope)
    elif right is not None:
        inference.expect(term.left, right, scope)
    return left or right


@shape_of.register(DivideTerm)
def _(term: DivideTerm, inference: Inference, scope: Scope) -> Shape | None:
    above, below = inference.attempt(term.numerator, scope), inference.attempt(term.denominator, scope)
    if below is None and inference.conventions:
        inference.expect(term.denominator, SCALAR, scope)
    if above is not None and not above.is_scalar:
        return above
    if below is not None and not below.is_scalar:
        return below  # entry by entry: 1/(1 + e^{-Xw})
    return above if below is not None or inference.conventions else None


@shape_of.register(PowerTerm)
def _(term: PowerTerm, inference: Inference, scope: Scope) -> Shape | None:
    inference.expect(term.exponent, SCALAR, scope)
    base = inference.attempt(term.base, scope)
    if base is None and inference.conventions:
        inference.expect(term.base, SCALAR, scope)
    return base


@shape_of.register(InverseTerm)
def _(term: InverseTerm, inference: Inference, scope: Scope) -> Shape | None:
    shape = inference.attempt(term.operand, scope)
    if shape is None and inference.conventions:
        inference.expect(term.operand, SCALAR, scope)
    if shape is None or shape.row is None or shape.column is None:
        return shape
    inference.join(shape.row, shape.column)
    return Shape(shape.column, shape.row)


@shape_of.register(TransposeTerm)
def _(term: TransposeTerm, inference: Inference, scope: Scope) -> Shape | None:
    shape = inference.attempt(term.operand, scope)
    if shape is None and isinstance(term.operand, NameTerm):
        name = _base_name(term.operand)
        if name[:1].isupper() and name.isascii():
            if not inference.conventions:
                return None
            shape = Shape(Axis(origin=name), Axis(origin=name))
        else:
            shape = Shape(Axis(origin=name))
        inference.expect(term.operand, shape, scope)
        shape = inference.attempt(term.operand, scope)
    elif shape is None and inference.stage >= Stage.PRODUCTS and _is_of_vectors(term.operand):
        inference.expect(term.operand, Shape(Axis(origin="what is transposed")), scope)
        shape = inference.attempt(term.operand, scope)
    return None if shape is None else Shape(shape.column, shape.row)


@shape_of.register(EntryTerm)
def _(term: EntryTerm, inference: Inference, scope: Scope) -> Shape | None:
    shape = inference.attempt(term.operand, scope)
    if shape is None:
        return None
    axes = [axis for axis in (shape.row, shape.column) if axis is not None]
    for index, axis in zip(term.indices, axes, strict=False):
        inference.connect(index, axis, scope)
    rest = axes[len(term.indices) :]
    return Shape(rest[0]) if rest else SCALAR


@shape_of.register(FunctionTerm)
def _(term: FunctionTerm, inference: Inference, scope: Scope) -> Shape | None:
    return _entrywise(term.argument, inference, scope)


def _entrywise(argument: Term, inference: Inference, scope: Scope) -> Shape | None:
    """A function of a number has the shape of its argument."""
    shape = inference.attempt(argument, scope)
    if shape is None and inference.conventions:
        inference.expect(argument, SCALAR, scope)
    return shape


@shape_of.register(OperatorTerm)
def _(term: OperatorTerm, inference: Inference, scope: Scope) -> Shape | None:
    shape = inference.attempt(term.argument, scope)
    if term.name in _VECTOR_OPERATORS and shape is None:
        inference.expect(term.argument, Shape(Axis(origin=_base_name(term.argument))), scope)
        shape = inference.attempt(term.argument, scope)
    if term.name == "diag":
        return None if shape is None else Shape(shape.row or shape.column, shape.row or shape.column)
    return shape if term.name == "softmax" else SCALAR


@shape_of.register(BigTerm)
def _(term: BigTerm, inference: Inference, scope: Scope) -> Shape | None:
    return inference.attempt(term.body, inference.inner_scope(term, scope))


@shape_of.register(IdentityTerm)
def _(term: IdentityTerm, inference: Inference, scope: Scope) -> Shape | None:
    axis = inference.axis_of(term)
    return Shape(axis, axis)


@shape_of.register(OnesTerm)
def _(term: OnesTerm, inference: Inference, scope: Scope) -> Shape | None:
    return Shape(inference.axis_of(term))


@shape_of.register(StackTerm)
def _(term: StackTerm, inference: Inference, scope: Scope) -> Shape | None:
    inner = inference.inner_scope(term, scope)
    inference.expect(term.body, SCALAR, inner)
    return Shape(inner.indices[term.bounds.index].axis)


@shape_of.register(DeltaTerm)
def _(term: DeltaTerm, inference: Inference, scope: Scope) -> Shape | None:
    inference.compare(term.left, term.right, scope)
    return SCALAR


@shape_of.register(CasesTerm)
def _(term: CasesTerm, inference: Inference, scope: Scope) -> Shape | None:
    shapes = []
    for condition, value in term.branches:
        if isinstance(condition, ValueTest):
            inference.expect(condition.name, SCALAR, scope)
        elif condition is not None:
            inference.compare(condition.left, condition.right, scope)
        shapes.append(inference.attempt(value, scope))
    known = next((shape for shape in shapes if shape is not None), None)
    if known is not None:
        _expect_all(inference, tuple(v for _, v in term.branches), shapes, known, scope)
    return known


@shape_of.register(DerivativeTerm)
def _(term: DerivativeTerm, inference: Inference, scope: Scope) -> Shape | None:
    operand, variable = inference.attempt(term.operand, scope), inference.attempt(term.variable, scope)
    if operand is None or variable is None:
        return None
    if variable.is_scalar:
        return operand
    if operand.is_scalar:
        if variable.row is not None and variable.column is not None:
            return variable
        axis = variable.row or variable.column
        return Shape(None, axis) if inference.layout == "row" else Shape(axis)
    entries, variables = operand.row or operand.column, variable.row or variable.column
    return Shape(*inference.jacobian(entries, variables))


@shape_of.register(HessianTerm)
def _(term: HessianTerm, inference: Inference, scope: Scope) -> Shape | None:
    variable = inference.attempt(term.variable, scope)
    inference.attempt(term.operand, scope)
    if variable is None:
        return None
    return SCALAR if variable.is_scalar else Shape(variable.row, variable.row)


_VECTOR_OPERATORS = frozenset({"diag", "softmax", "logsumexp", "norm", "squared-norm"})


def _is_entry(term: Term) -> bool:
    """Whether a term is an entry of a tensor, or a multiple of one: what stands beside it in a sum is a
    number.
    """
    if isinstance(term, MultiplyTerm):
        return _is_entry(term.factors[-1])
    return isinstance(term, NameTerm) and bool(term.indices)


def _is_of_vectors(term: Term) -> bool:
    """Whether a term is a difference of names in small letters: transposed, these are vectors."""
    if isinstance(term, MultiplyTerm) and len(term.factors) == 2 and isinstance(term.factors[0], NumberTerm):
        return _is_of_vectors(term.factors[1])
    if isinstance(term, AddTerm):
        return all(map(_is_of_vectors, term.terms))
    return isinstance(term, NameTerm) and not _base_name(term)[:1].isupper()


def _is_column(shape: Shape) -> bool:
    return shape.row is not None and shape.column is None


def _base_name(term: Term) -> str:
    while isinstance(term, TransposeTerm | FunctionTerm):
        term = term.operand if isinstance(term, TransposeTerm) else term.argument
    return term.name if isinstance(term, NameTerm) else ""
