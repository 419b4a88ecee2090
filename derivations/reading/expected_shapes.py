"""What a term must be, told to its parts: a sum that is a vector has vectors for terms."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from derivations.reading.names import Scope
from derivations.reading.shapes import SCALAR, Shape
from derivations.reading.terms import (
    AddTerm,
    BigTerm,
    CallTerm,
    DivideTerm,
    FunctionTerm,
    InverseTerm,
    MultiplyTerm,
    NameTerm,
    Term,
    TransposeTerm,
)

if TYPE_CHECKING:
    from derivations.reading.infer import Inference


@singledispatch
def expect_of(term: Term, inference: Inference, shape: Shape, scope: Scope) -> None:
    """Tell `term` that it has `shape`; where its own shape is known the axes are joined."""
    known = inference.attempt(term, scope)
    if known is not None:
        inference.same(known, shape)


@expect_of.register(NameTerm)
def _(term: NameTerm, inference: Inference, shape: Shape, scope: Scope) -> None:
    cell = inference.names[term.name]
    axes = [axis for axis in (shape.row, shape.column) if axis is not None]
    inference.shape(term, scope)
    if cell.rank is None and cell.definition is None:
        cell.row_vector = shape.row is None and shape.column is not None
        cell.guessed = inference.conventions and shape.is_scalar and not term.indices
        inference.learn(cell.set_rank(len(term.indices) + len(axes)))
    if cell.rank == len(term.indices) + len(axes):
        inference.same(inference.open_shape(cell, len(term.indices)), shape)


@expect_of.register(AddTerm)
def _(term: AddTerm, inference: Inference, shape: Shape, scope: Scope) -> None:
    for part in term.terms:
        if inference.attempt(part, scope) is None:
            inference.expect(part, shape, scope)


@expect_of.register(MultiplyTerm)
def _(term: MultiplyTerm, inference: Inference, shape: Shape, scope: Scope) -> None:
    shapes = [inference.attempt(factor, scope) for factor in term.factors]
    open_factors = [f for f, s in zip(term.factors, shapes, strict=True) if s is None]
    known = [s for s in shapes if s is not None]
    if shape.is_scalar and all(s.is_scalar for s in known) and inference.conventions:
        for factor in open_factors:
            inference.expect(factor, SCALAR, scope)
    elif len(open_factors) == 1 and all(s.is_scalar for s in known):
        inference.expect(open_factors[0], shape, scope)


@expect_of.register(InverseTerm)
@expect_of.register(TransposeTerm)
def _(term: InverseTerm | TransposeTerm, inference: Inference, shape: Shape, scope: Scope) -> None:
    inference.expect(term.operand, Shape(shape.column, shape.row), scope)


@expect_of.register(FunctionTerm)
def _(term: FunctionTerm, inference: Inference, shape: Shape, scope: Scope) -> None:
    inference.expect(term.argument, shape, scope)


@expect_of.register(CallTerm)
def _(term: CallTerm, inference: Inference, shape: Shape, scope: Scope) -> None:
    known = inference.attempt(term, scope)
    if known is not None:
        inference.same(known, shape)
    elif term.name in inference.numeric and len(term.arguments) == 1:
        inference.expect(term.arguments[0], shape, scope)


@expect_of.register(DivideTerm)
def _(term: DivideTerm, inference: Inference, shape: Shape, scope: Scope) -> None:
    inference.expect(term.numerator, shape, scope)


@expect_of.register(BigTerm)
def _(term: BigTerm, inference: Inference, shape: Shape, scope: Scope) -> None:
    inference.expect(term.body, shape, inference.inner_scope(term, scope))
