"""Inference of shapes by unification across the whole document.

Every formula is visited again and again, each visit telling names what their neighbours are, until nothing new
is learned. Certain knowledge spreads first (declared shapes, equal shapes in a sum, matching axes in a product);
only when that rests are conventions applied: a capital letter in a product of matrices is a matrix, a small one
a column vector, and what nothing speaks of is a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatchmethod

from derivations.language import IndexSet
from derivations.reading.names import IndexCell, NameCell, Scope
from derivations.reading.shapes import Axis, ShapeClash
from derivations.reading.terms import (
    AddTerm,
    BigTerm,
    Bounds,
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

MAXIMUM_ROUNDS = 12
ENTRIES, CERTAIN, PRODUCTS, CONVENTIONS = range(4)
"""The stages of inference: numbers beside entries, equal shapes, vectors beside rows, conventions."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The axes of rows and columns; None is an axis of length one."""

    row: Axis | None = None
    column: Axis | None = None

    @property
    def is_scalar(self) -> bool:
        """Whether this is the shape of a number."""
        return self.row is None and self.column is None


SCALAR = Shape()


def bounds_set(bounds: Bounds) -> IndexSet | None:
    """The index set that written bounds give, None where the upper one is not written."""
    return None if bounds.upper is None else IndexSet(bounds.upper, 1 if bounds.lower is None else bounds.lower)


@dataclass
class Inference:
    """One run of inference over the terms of a document; `names` is filled in."""

    names: dict[str, NameCell]
    layout: str = "column"
    stage: int = ENTRIES
    news: bool = False
    bound: dict[tuple[object, str], IndexCell] = field(default_factory=dict)
    """The cells of bound indices, by the place of their binder."""

    @property
    def conventions(self) -> bool:
        """Whether conventions may decide what certain knowledge left open."""
        return self.stage == CONVENTIONS

    def run(
        self,
        equations: list[tuple[Term, Term, Scope]],
        comparisons: list[tuple[IndexTerm, IndexTerm, Scope]],
        values: list[tuple[Term, Scope]],
    ) -> None:
        """Infer until nothing changes; raises nothing: clashes are met again, and told, when building.

        Definitions go first: a slip in a claim does not spoil what the names in it are.
        """
        for known in ([], equations):
            for self.stage in (ENTRIES, CERTAIN, PRODUCTS, CONVENTIONS) if known else (ENTRIES, CERTAIN, PRODUCTS):
                for _ in range(MAXIMUM_ROUNDS):
                    self.news = False
                    for cell in self.names.values():
                        self.define(cell)
                    for left, right, scope in known:
                        self.equate(left, right, scope)
                    if known:
                        self._compare_all(comparisons)
                        for term, scope in values:
                            self.attempt(term, scope)
                    if not self.news:
                        break

    def _compare_all(self, comparisons: list[tuple[IndexTerm, IndexTerm, Scope]]) -> None:
        for left, right, scope in comparisons:
            try:
                self._compare(left, right, scope)
            except ShapeClash:
                continue

    def attempt(self, term: Term, scope: Scope) -> Shape | None:
        """The shape of `term`, or None where it is not known or clashes."""
        try:
            return self.shape(term, scope)
        except ShapeClash:
            return None

    def equate(self, left: Term, right: Term, scope: Scope) -> None:
        """Both sides of a relation have one shape."""
        ours, theirs = self.attempt(left, scope), self.attempt(right, scope)
        try:
            if ours is not None and theirs is not None:
                self.same(ours, theirs)
            elif ours is not None:
                self.expect(right, ours, scope)
            elif theirs is not None:
                self.expect(left, theirs, scope)
        except ShapeClash:
            return

    def define(self, cell: NameCell) -> None:
        """A defined name has the shape of its body beyond its own indices."""
        definition = cell.definition
        if definition is None:
            return
        scope = self.definition_scope(cell)
        shape = self.attempt(definition.body, scope)
        count = len(definition.indices)
        if shape is None:
            if cell.rank is not None:
                self._quietly_expect(definition.body, self._open_shape(cell, count), scope)
            return
        axes = [axis for axis in (shape.row, shape.column) if axis is not None]
        cell.row_vector = shape.row is None and shape.column is not None
        self.news |= cell.set_rank(count + len(axes), not self.conventions)
        for position, axis in enumerate(axes[: (cell.rank or 0) - count]):
            self._join(cell.axis(count + position), axis)

    def definition_scope(self, cell: NameCell) -> Scope:
        """The scope of a definition's body: its own indices, on the axes of the name."""
        assert cell.definition is not None
        scope = Scope()
        for position, name in enumerate(cell.definition.indices):
            scope.indices[name] = IndexCell(cell.axis(position))
        return scope

    def _quietly_expect(self, term: Term, shape: Shape, scope: Scope) -> None:
        try:
            self.expect(term, shape, scope)
        except ShapeClash:
            return

    def _join(self, left: Axis, right: Axis) -> None:
        self.news |= left.join(right)

    def same(self, left: Shape, right: Shape) -> None:
        """Join the axes of two equal shapes; shapes of different kinds are left for building to judge."""
        for ours, theirs in ((left.row, right.row), (left.column, right.column)):
            if ours is not None and theirs is not None:
                self._join(ours, theirs)

    def connect(self, index: IndexTerm, axis: Axis, scope: Scope) -> None:
        """An index stands on an axis: an unbounded one ranges over it, a bounded one lies in it."""
        if index.value is not None:
            axis.root.elements.add(index.value)
            return
        if index.arguments is not None:
            label = self.names[index.name]
            for position, argument in enumerate(index.arguments):
                self.connect(argument, label.axis(position), scope)
            if label.label_values is not None:
                axis.learn(label.label_values)
            return
        cell = scope.find(index.name)
        if not cell.bounded:
            self._join(axis, cell.axis)
        elif cell.axis.known is not None:
            before = axis.known
            axis.learn(cell.axis.known)
            self.news |= axis.known != before

    def _open_shape(self, cell: NameCell, used: int) -> Shape:
        """The shape of a name of known rank that carries `used` indices."""
        assert cell.rank is not None
        rest = [cell.axis(position) for position in range(used, cell.rank)]
        if not rest:
            return SCALAR
        if len(rest) == 1:
            return Shape(None, rest[0]) if cell.row_vector and used + 1 == cell.rank else Shape(rest[0])
        return Shape(rest[0], rest[1])

    # The shape of a term, told from its parts -------------------------------------------------------

    @singledispatchmethod
    def shape(self, term: Term, scope: Scope) -> Shape | None:
        """The shape of `term` as far as it is known; tells its parts what they are on the way."""
        raise TypeError(f"shape: unknown term {type(term).__name__}")

    @shape.register(NumberTerm)
    @shape.register(SizeTerm)
    def _(self, term: Term, scope: Scope) -> Shape | None:
        return SCALAR

    @shape.register
    def _(self, term: NameTerm, scope: Scope) -> Shape | None:
        cell = self.names[term.name]
        for position, index in enumerate(term.indices):
            self.connect(index, cell.axis(position), scope)
        return None if cell.rank is None else self._open_shape(cell, len(term.indices))

    @shape.register
    def _(self, term: CallTerm, scope: Scope) -> Shape | None:
        cell = self.names.get(term.name)
        if cell is None or cell.definition is None:
            for argument in term.arguments:
                if self.attempt(argument, scope) is None and self.conventions:
                    self.expect(argument, SCALAR, scope)
            return SCALAR
        for argument, parameter in zip(term.arguments, cell.definition.parameters, strict=False):
            given, wanted = self.attempt(argument, scope), self.names[parameter]
            if given is not None:
                axes = [axis for axis in (given.row, given.column) if axis is not None]
                self.news |= wanted.set_rank(len(axes), not self.conventions)
                for axis, ours in zip(axes, wanted.axes, strict=False):
                    self._join(axis, ours)
            elif wanted.rank is not None:
                self.expect(argument, self._open_shape(wanted, 0), scope)
        for position, index in enumerate(term.indices):
            self.connect(index, cell.axis(position), scope)
        return None if cell.rank is None else self._open_shape(cell, len(term.indices))

    @shape.register
    def _(self, term: AddTerm, scope: Scope) -> Shape | None:
        shapes = [self.attempt(part, scope) for part in term.terms]
        known = [shape for shape in shapes if shape is not None]
        larger = next((shape for shape in known if not shape.is_scalar), None)
        if larger is None:
            beside = any(s is not None and s.is_scalar and _is_entry(t) for t, s in zip(term.terms, shapes, strict=True))
            if len(known) == len(shapes) or beside or (known and self.conventions):
                self._expect_all(term.terms, shapes, SCALAR, scope)
                return SCALAR
            return None
        for shape in known:
            self.same(larger, shape)
        if self.stage != ENTRIES:
            self._expect_all(term.terms, shapes, larger, scope)
        return larger

    def _expect_all(
        self, terms: tuple[Term, ...], shapes: list[Shape | None], shape: Shape, scope: Scope
    ) -> None:
        for part, known in zip(terms, shapes, strict=True):
            if known is None:
                self.expect(part, shape, scope)

    @shape.register
    def _(self, term: MultiplyTerm, scope: Scope) -> Shape | None:
        return self._product(list(term.factors), scope)

    @shape.register
    def _(self, term: InnerTerm, scope: Scope) -> Shape | None:
        left, right = self.attempt(term.left, scope), self.attempt(term.right, scope)
        if left is None and right is not None:
            self.expect(term.left, right, scope)
        elif right is None and left is not None and not left.is_scalar:
            self.expect(term.right, left, scope)
        if left is None or right is None:
            return None
        if _is_column(left) and _is_column(right):
            self.same(left, right)
            return SCALAR
        return self._product([term.left, term.right], scope)

    def _product(self, factors: list[Term], scope: Scope) -> Shape | None:
        """Scalars drop out of a product; the others are chained by their inner axes."""
        shapes = [self.attempt(factor, scope) for factor in factors]
        result: Shape | None = SCALAR
        for position, shape in enumerate(shapes):
            if shape is None:
                shape = self._guess_factor(factors[position], shapes, position, scope)
                shapes[position] = shape
            result = self._chain(result, shape)
        return result

    def _chain(self, left: Shape | None, right: Shape | None) -> Shape | None:
        if left is None or right is None:
            return None
        if left.is_scalar or right.is_scalar:
            return right if left.is_scalar else left
        if left.column is not None and right.row is not None:
            self._join(left.column, right.row)
            return Shape(left.row, right.column)
        if left.column is None and right.row is None:
            return Shape(left.row, right.column)
        return left if _is_column(left) and _is_column(right) else None

    def _guess_factor(
        self, factor: Term, shapes: list[Shape | None], position: int, scope: Scope
    ) -> Shape | None:
        """A factor of unknown shape beside matrices or rows, by convention: x in X x is a column vector."""
        before = next((s for s in reversed(shapes[:position]) if s is None or not s.is_scalar), SCALAR)
        after = next((s for s in shapes[position + 1 :] if s is None or not s.is_scalar), SCALAR)
        if self.stage < PRODUCTS:
            return None
        if self.stage == PRODUCTS and (before is None or before.row is not None or before.column is None):
            return None
        inner = before.column if before is not None else None
        outer = after.row if after is not None else None
        if inner is None and outer is None:
            if before is not None and after is not None:
                self.expect(factor, SCALAR, scope)
            return self.attempt(factor, scope)
        name = _base_name(factor)
        matrix = name[:1].isupper() and name.isascii()
        if matrix or (inner is not None and outer is not None):
            self.expect(factor, Shape(inner or Axis(origin=name), outer or Axis(origin=name)), scope)
        elif inner is not None:
            self.expect(factor, Shape(inner), scope)
        else:
            self.expect(factor, SCALAR, scope)
        return self.attempt(factor, scope)

    @shape.register
    def _(self, term: HadamardTerm, scope: Scope) -> Shape | None:
        left, right = self.attempt(term.left, scope), self.attempt(term.right, scope)
        if left is not None and right is not None:
            self.same(left, right)
        elif left is not None:
            self.expect(term.right, left, scope)
        elif right is not None:
            self.expect(term.left, right, scope)
        return left or right

    @shape.register
    def _(self, term: DivideTerm, scope: Scope) -> Shape | None:
        self.attempt(term.denominator, scope)
        if self.conventions:
            self.expect(term.denominator, SCALAR, scope)
        return self.attempt(term.numerator, scope)

    @shape.register
    def _(self, term: PowerTerm, scope: Scope) -> Shape | None:
        self.expect(term.exponent, SCALAR, scope)
        base = self.attempt(term.base, scope)
        if base is None and self.conventions:
            self.expect(term.base, SCALAR, scope)
        return base

    @shape.register
    def _(self, term: TransposeTerm, scope: Scope) -> Shape | None:
        shape = self.attempt(term.operand, scope)
        if shape is None and isinstance(term.operand, NameTerm):
            name = _base_name(term.operand)
            if name[:1].isupper() and name.isascii():
                if not self.conventions:
                    return None
                shape = Shape(Axis(origin=name), Axis(origin=name))
            else:
                shape = Shape(Axis(origin=name))
            self.expect(term.operand, shape, scope)
            shape = self.attempt(term.operand, scope)
        return None if shape is None else Shape(shape.column, shape.row)

    @shape.register
    def _(self, term: EntryTerm, scope: Scope) -> Shape | None:
        shape = self.attempt(term.operand, scope)
        if shape is None:
            return None
        axes = [axis for axis in (shape.row, shape.column) if axis is not None]
        for index, axis in zip(term.indices, axes, strict=False):
            self.connect(index, axis, scope)
        rest = axes[len(term.indices) :]
        return Shape(rest[0]) if rest else SCALAR

    @shape.register
    def _(self, term: FunctionTerm, scope: Scope) -> Shape | None:
        shape = self.attempt(term.argument, scope)
        if shape is None and self.conventions:
            self.expect(term.argument, SCALAR, scope)
        return shape

    @shape.register
    def _(self, term: OperatorTerm, scope: Scope) -> Shape | None:
        shape = self.attempt(term.argument, scope)
        if term.name in _VECTOR_OPERATORS and shape is None:
            self.expect(term.argument, Shape(Axis(origin=_base_name(term.argument))), scope)
            shape = self.attempt(term.argument, scope)
        if term.name == "diag":
            return None if shape is None else Shape(shape.row or shape.column, shape.row or shape.column)
        return shape if term.name == "softmax" else SCALAR

    @shape.register
    def _(self, term: BigTerm, scope: Scope) -> Shape | None:
        return self.attempt(term.body, self.inner_scope(term, scope))

    def inner_scope(self, term: BigTerm | StackTerm, scope: Scope) -> Scope:
        """The scope in the body of a sum or product."""
        key = (term.span, term.bounds.index)
        if key not in self.bound:
            known = bounds_set(term.bounds)
            axis = Axis(known, origin=f"the index {term.bounds.index}")
            self.bound[key] = IndexCell(axis, bounded=known is not None)
        for index in term.bounds.excluding:
            if not self.bound[key].bounded:
                self.connect(index, self.bound[key].axis, scope)
            elif index.value is None and index.arguments is None and not scope.find(index.name).bounded:
                self._join(scope.find(index.name).axis, self.bound[key].axis)
        return Scope({term.bounds.index: self.bound[key]}, scope)

    @shape.register
    def _(self, term: IdentityTerm, scope: Scope) -> Shape | None:
        axis = self.axis_of(term)
        return Shape(axis, axis)

    @shape.register
    def _(self, term: OnesTerm, scope: Scope) -> Shape | None:
        return Shape(self.axis_of(term))

    def axis_of(self, term: IdentityTerm | OnesTerm) -> Axis:
        """The axis of a matrix or vector that is known but for its size."""
        return self.bound.setdefault((term.span, ""), IndexCell(Axis(origin="the identity"))).axis

    @shape.register
    def _(self, term: StackTerm, scope: Scope) -> Shape | None:
        inner = self.inner_scope(term, scope)
        self.expect(term.body, SCALAR, inner)
        return Shape(inner.indices[term.bounds.index].axis)

    @shape.register
    def _(self, term: DeltaTerm, scope: Scope) -> Shape | None:
        self._compare(term.left, term.right, scope)
        return SCALAR

    def _compare(self, left: IndexTerm, right: IndexTerm, scope: Scope) -> None:
        """Two compared indices range over one set, whichever of them is known."""
        for one, other in ((left, right), (right, left)):
            if other.value is None and other.arguments is None:
                self.connect(one, scope.find(other.name).axis, scope)

    @shape.register
    def _(self, term: CasesTerm, scope: Scope) -> Shape | None:
        shapes = []
        for condition, value in term.branches:
            if isinstance(condition, ValueTest):
                self.expect(condition.name, SCALAR, scope)
            elif condition is not None:
                self._compare(condition.left, condition.right, scope)
            shapes.append(self.attempt(value, scope))
        known = next((shape for shape in shapes if shape is not None), None)
        if known is not None:
            self._expect_all(tuple(v for _, v in term.branches), shapes, known, scope)
        return known

    @shape.register
    def _(self, term: DerivativeTerm, scope: Scope) -> Shape | None:
        operand, variable = self.attempt(term.operand, scope), self.attempt(term.variable, scope)
        if operand is None or variable is None:
            return None
        if variable.is_scalar:
            return operand
        if operand.is_scalar:
            if variable.row is not None and variable.column is not None:
                return variable
            axis = variable.row or variable.column
            return Shape(None, axis) if self.layout == "row" else Shape(axis)
        return Shape(operand.row or operand.column, variable.row or variable.column)

    @shape.register
    def _(self, term: HessianTerm, scope: Scope) -> Shape | None:
        variable = self.attempt(term.variable, scope)
        self.attempt(term.operand, scope)
        if variable is None:
            return None
        return SCALAR if variable.is_scalar else Shape(variable.row, variable.row)

    # What a term must be, told to its parts ----------------------------------------------------------

    @singledispatchmethod
    def expect(self, term: Term, shape: Shape, scope: Scope) -> None:
        """Tell `term` that it has `shape`; where its own shape is known the axes are joined."""
        known = self.attempt(term, scope)
        if known is not None:
            self.same(known, shape)

    @expect.register
    def _(self, term: NameTerm, shape: Shape, scope: Scope) -> None:
        cell = self.names[term.name]
        axes = [axis for axis in (shape.row, shape.column) if axis is not None]
        self.shape(term, scope)
        if cell.rank is None and cell.definition is None:
            cell.row_vector = shape.row is None and shape.column is not None
            self.news |= cell.set_rank(len(term.indices) + len(axes), not self.conventions)
        if cell.rank == len(term.indices) + len(axes):
            self.same(self._open_shape(cell, len(term.indices)), shape)

    @expect.register
    def _(self, term: AddTerm, shape: Shape, scope: Scope) -> None:
        for part in term.terms:
            if self.attempt(part, scope) is None:
                self.expect(part, shape, scope)

    @expect.register
    def _(self, term: MultiplyTerm, shape: Shape, scope: Scope) -> None:
        shapes = [self.attempt(factor, scope) for factor in term.factors]
        open_factors = [f for f, s in zip(term.factors, shapes, strict=True) if s is None]
        known = [s for s in shapes if s is not None]
        if shape.is_scalar and all(s.is_scalar for s in known) and self.conventions:
            for factor in open_factors:
                self.expect(factor, SCALAR, scope)
        elif len(open_factors) == 1 and all(s.is_scalar for s in known):
            self.expect(open_factors[0], shape, scope)

    @expect.register
    def _(self, term: TransposeTerm, shape: Shape, scope: Scope) -> None:
        self.expect(term.operand, Shape(shape.column, shape.row), scope)

    @expect.register
    def _(self, term: FunctionTerm, shape: Shape, scope: Scope) -> None:
        self.expect(term.argument, shape, scope)

    @expect.register
    def _(self, term: DivideTerm, shape: Shape, scope: Scope) -> None:
        self.expect(term.numerator, shape, scope)

    @expect.register
    def _(self, term: BigTerm, shape: Shape, scope: Scope) -> None:
        self.expect(term.body, shape, self.inner_scope(term, scope))


_VECTOR_OPERATORS = frozenset({"diag", "softmax", "logsumexp", "norm", "squared-norm"})


def _is_entry(term: Term) -> bool:
    """Whether a term is an entry of a tensor, or a multiple of one: what stands beside it in a sum is a number."""
    if isinstance(term, MultiplyTerm):
        return _is_entry(term.factors[-1])
    return isinstance(term, NameTerm) and bool(term.indices)


def _is_column(shape: Shape) -> bool:
    return shape.row is not None and shape.column is None


def _base_name(term: Term) -> str:
    while isinstance(term, TransposeTerm | FunctionTerm):
        term = term.operand if isinstance(term, TransposeTerm) else term.argument
    return term.name if isinstance(term, NameTerm) else ""
