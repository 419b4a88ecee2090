"""Inference of shapes by unification across the whole document.

Every formula is visited again and again, each visit telling names what their neighbours are, until nothing
new is learned. Certain knowledge spreads first (declared shapes, equal shapes in a sum, matching axes in a
product); only when that rests are conventions applied: a capital letter in a product of matrices is a
matrix, a small one a column vector, and what nothing speaks of is a number.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import TypeVar

from derivations.language import IndexSet
from derivations.reading.entrywise import numeric_functions
from derivations.reading.expected_shapes import expect_of
from derivations.reading.names import IndexCell, NameCell, Scope
from derivations.reading.shapes import SCALAR, Axis, Shape, ShapeClash, Stage
from derivations.reading.term_shapes import shape_of
from derivations.reading.terms import BigTerm, Bounds, IdentityTerm, IndexTerm, OnesTerm, StackTerm, Term

MAXIMUM_ROUNDS = 12

Along = TypeVar("Along")
"""What an axis is given by."""


def bounds_set(bounds: Bounds) -> IndexSet | None:
    """The index set that written bounds give, None where the upper one is not written."""
    if bounds.upper is None:
        return None
    return IndexSet(bounds.upper, 1 if bounds.lower is None else bounds.lower, bounds.short)


@dataclass
class Inference:
    """One run of inference over the terms of a document; `names` is filled in."""

    names: dict[str, NameCell]
    layout: str = "column"
    stage: Stage = Stage.ENTRIES
    news: bool = False
    bound: dict[tuple[object, str], IndexCell] = field(default_factory=dict)
    """The cells of bound indices, by the place of their binder."""
    found: dict[tuple[int, int], tuple[Term, Scope, Shape | None]] = field(default_factory=dict)
    """Shapes that were found since something new was learned, so that nested terms are not gone through again
    and again; the term and the scope are kept because their identities are the key.
    """
    clashes: dict[str, str] = field(default_factory=dict)
    """Names whose definition has axes that do not fit their use, and which."""
    numeric: set[str] = field(default_factory=set)
    """The functions of a number, which are applied to vectors entry by entry."""

    def jacobian(self, entries: Along, variables: Along) -> tuple[Along, Along]:
        """Rows and columns of the derivatives of a vector by a vector: exchanged in denominator layout."""
        return (variables, entries) if self.layout == "denominator" else (entries, variables)

    @property
    def conventions(self) -> bool:
        """Whether conventions may decide what certain knowledge left open."""
        return self.stage is Stage.CONVENTIONS

    def run(
        self,
        equations: list[tuple[Term, Term, Scope]],
        comparisons: list[tuple[IndexTerm, IndexTerm, Scope]],
        values: Sequence[tuple[Term, Scope]],
    ) -> None:
        """Infer until nothing changes; raises nothing: clashes are met again, and told, when building.

        Definitions go first: a slip in a claim does not spoil what the names in it are.
        """
        self.numeric = numeric_functions(self.names)
        for name in self.numeric:
            definition = self.names[name].definition
            for parameter in definition.parameters if definition is not None else ():
                self.names[parameter].set_rank(0)
        for known in ([], equations):
            for self.stage in Stage if known else tuple(Stage)[:-1]:
                for _ in range(MAXIMUM_ROUNDS):
                    self.news = False
                    self.found.clear()
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

    def complete(self, stated: Set[IndexSet], *, every: bool) -> None:
        """Give vectors an entry at K that sums to K - 1 only show, unless their range is `stated`.

        What has the sum 1 sums so over all classes; other names are completed if `every` is asked for.
        """
        for cell in self.names.values():
            if cell.sums_over is not None and cell.axes and cell.axes[-1].known is None:
                cell.axes[-1].learn(cell.sums_over)
            for axis in cell.axes if every else cell.axes[-1:] if cell.domain.sums_to_one else []:
                if axis.known is not None and axis.known not in stated:
                    axis.learn(axis.known.whole)

    def _compare_all(self, comparisons: list[tuple[IndexTerm, IndexTerm, Scope]]) -> None:
        for left, right, scope in comparisons:
            try:
                self.compare(left, right, scope)
            except ShapeClash:
                continue

    def attempt(self, term: Term, scope: Scope) -> Shape | None:
        """The shape of `term`, or None where it is not known or clashes."""
        key = (id(term), id(scope))
        if key not in self.found:
            try:
                shape = self.shape(term, scope)
            except ShapeClash:
                shape = None
            self.found[key] = term, scope, shape
        return self.found[key][2]

    def learn(self, changed: bool) -> None:
        """Note whether something new is known: what was found before may be known better now."""
        if changed:
            self.news = True
            self.found.clear()

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
                self._quietly_expect(definition.body, self.open_shape(cell, count), scope)
            return
        axes = [axis for axis in (shape.row, shape.column) if axis is not None]
        cell.row_vector = shape.row is None and shape.column is not None
        self.learn(cell.set_rank(count + len(axes)))
        try:
            for position, axis in enumerate(axes[: (cell.rank or 0) - count]):
                self.join(cell.axis(count + position), axis)
        except ShapeClash as error:
            self.clashes[cell.name] = str(error)

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

    def join(self, left: Axis, right: Axis) -> None:
        """Make two axes one."""
        self.learn(left.join(right))

    def same(self, left: Shape, right: Shape) -> None:
        """Join the axes of two equal shapes; shapes of different kinds are left for building to judge."""
        for ours, theirs in ((left.row, right.row), (left.column, right.column)):
            if ours is not None and theirs is not None:
                self.join(ours, theirs)

    def connect(self, index: IndexTerm, axis: Axis, scope: Scope) -> None:
        """An index stands on an axis: an unbounded one ranges over it, a bounded one lies in it."""
        if index.value is not None:
            axis.root.elements.add(index.value)
            return
        if index.size is not None:
            axis.learn(IndexSet(index.size))
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
            self.join(axis, cell.axis)
        elif cell.within is not None:
            before = axis.known
            axis.learn(cell.within)
            self.learn(axis.known != before)

    def open_shape(self, cell: NameCell, used: int) -> Shape:
        """The shape of a name of known rank that carries `used` indices."""
        assert cell.rank is not None
        rest = [cell.axis(position) for position in range(used, cell.rank)]
        if not rest:
            return SCALAR
        if len(rest) == 1:
            return Shape(None, rest[0]) if cell.row_vector and used + 1 == cell.rank else Shape(rest[0])
        return Shape(rest[0], rest[1])

    def shape(self, term: Term, scope: Scope) -> Shape | None:
        """The shape of `term` as far as it is known; raises `ShapeClash` where its parts cannot fit."""
        return shape_of(term, self, scope)

    def expect(self, term: Term, shape: Shape, scope: Scope) -> None:
        """Tell `term` that it has `shape`."""
        expect_of(term, self, shape, scope)

    def inner_scope(self, term: BigTerm | StackTerm, scope: Scope) -> Scope:
        """The scope in the body of a sum or product."""
        key = (term.span, term.bounds.index)
        if key not in self.bound:
            known = bounds_set(term.bounds)
            axis = Axis(known, origin=f"the index {term.bounds.index}")
            self.bound[key] = IndexCell(axis, known)
        for index in term.bounds.excluding:
            if not self.bound[key].bounded:
                self.connect(index, self.bound[key].axis, scope)
            else:
                self._ranges_over(index, self.bound[key], scope)
        return Scope({term.bounds.index: self.bound[key]}, scope)

    def axis_of(self, term: IdentityTerm | OnesTerm) -> Axis:
        """The axis of a matrix or vector that is known but for its size."""
        return self.bound.setdefault((term.span, ""), IndexCell(Axis(origin="the identity"))).axis

    def compare(self, left: IndexTerm, right: IndexTerm, scope: Scope) -> None:
        """Two compared indices range over one set, whichever of them is known."""
        for one, other in ((left, right), (right, left)):
            if other.value is None and other.arguments is None:
                self._ranges_over(one, scope.find(other.name), scope)

    def _ranges_over(self, index: IndexTerm, beside: IndexCell, scope: Scope) -> None:
        """An index is compared with another: written bounds tell of it, and are not changed by it."""
        if beside.within is None:
            self.connect(index, beside.axis, scope)
        elif index.arguments is not None:
            self.connect(index, Axis(beside.within), scope)
        elif index.value is None and not scope.find(index.name).bounded:
            axis = scope.find(index.name).axis
            before = axis.known
            axis.learn(beside.within)
            self.news |= axis.known != before
