"""From terms to the language: every formula by its entries, once all shapes are known.

Nothing is guessed here. What does not fit raises `Unreadable` with the place, or `ShapeError` naming both
shapes; the usual conventions that are applied (``Xw + b`` entry by entry) are noted, so that the report can
tell them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from derivations.language import (
    Abstraction,
    Call,
    Entry,
    Expression,
    Index,
    IndexElement,
    IndexFunction,
    IndexSet,
    IndexVariable,
    Matrix,
    last,
)
from derivations.language import matrices as notation
from derivations.language.declarations import Definition
from derivations.language.substitution import fresh_name
from derivations.language.traversal import index_names
from derivations.reading.build_terms import build_of
from derivations.reading.infer import Inference
from derivations.reading.names import IndexCell, NameCell, Scope
from derivations.reading.shapes import Axis
from derivations.reading.terms import AddTerm, IndexTerm, InverseTerm, MultiplyTerm, NameTerm, Term
from derivations.reading.tree import Span
from derivations.reading.unreadable import Unreadable

_OF_MATRICES = frozenset("ABCDHMPQRSUVWXY")
"""Letters that stand for matrices more often than for numbers."""


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
        if index.size is not None:
            if on.size != index.size or on.short:
                raise Unreadable(span, f"the index {index.size} is outside {on}")
            return last(on)
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
        if cell.within is not None:
            return IndexVariable(name, cell.within)
        return IndexVariable(name, self.index_set(cell.axis))

    # Terms -------------------------------------------------------------------------------------------

    def build(self, term: Term, scope: Scope) -> Matrix:
        """The matrix that `term` denotes; raises `Unreadable` or `ShapeError` where it does not fit."""
        return build_of(term, self, scope)

    def check_matrices(self, factors: Sequence[Term]) -> None:
        """Ask what two capital letters, or the inverse of one, are that nothing tells.

        Numbers commute, and a claim on matrices would be proved as one on numbers.
        """
        guessed = [set(self._guessed(factor)) for factor in factors]
        letters = set().union(*guessed)
        inverted = any(g and isinstance(f, InverseTerm) for f, g in zip(factors, guessed, strict=True))
        if len(factors) > 1 and (inverted or (len(letters) > 1 and sum(map(bool, guessed)) > 1)):
            span = next(factor.span for factor, found in zip(factors, guessed, strict=True) if found)
            raise Unreadable(span, f"is {' or '.join(sorted(letters))} a number or a matrix? Say which")

    def _guessed(self, factor: Term) -> Iterator[str]:
        """The capital letters of a factor of which nobody says that they are numbers."""
        if isinstance(factor, AddTerm | MultiplyTerm):
            for part in factor.terms if isinstance(factor, AddTerm) else factor.factors:
                yield from self._guessed(part)
        elif isinstance(factor, InverseTerm):
            yield from self._guessed(factor.operand)
        elif isinstance(factor, NameTerm) and factor.name in _OF_MATRICES:
            yield from [factor.name] if self.inference.names[factor.name].guessed else []

    def number_of(self, term: Term, scope: Scope, what: str) -> Expression:
        """The expression of a term that must be a number."""
        matrix = self.build(term, scope)
        if not matrix.is_scalar:
            raise Unreadable(term.span, f"{what} must be a number, and is {matrix.shape}")
        return matrix.body

    def reference(
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
        if cell.sums_over is not None and self.index_set(cell.axis(rank - 1)) != cell.sums_over:
            told, whole = cell.sums_over, self.index_set(cell.axis(rank - 1))
            raise Unreadable(span, f"the sum of {cell.name} is given over {told}, and its range is {whole}")
        if rank - len(indices) > 2:
            raise Unreadable(span, f"{cell.name} needs more indices here")
        given = tuple(
            self.index(index, self.index_set(cell.axis(position)), scope, span)
            for position, index in enumerate(indices)
        )
        used = {v.name for i in given for v in _variables(i)}
        for argument in arguments:
            used |= index_names(argument.body)
        opened: list[IndexVariable] = []
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

    def compared(self, left: IndexTerm, right: IndexTerm, scope: Scope, span: Span) -> tuple[Index, Index]:
        """Two index terms that are compared, on the set that one of them tells."""
        ours, theirs = self.set_of(left, scope), self.set_of(right, scope)
        known = ours or theirs
        if known is None:
            raise Unreadable(span, "two numbers are compared as indices")
        ours, theirs = ours or known, theirs or known
        if not ours.compatible(theirs):
            raise Unreadable(span, f"an index over {ours} is compared with one over {theirs}")
        return self.index(left, ours, scope, span), self.index(right, theirs, scope, span)

    def set_of(self, index: IndexTerm, scope: Scope) -> IndexSet | None:
        """The index set that an index term ranges over, None for a number."""
        if index.value is not None:
            return None
        if index.size is not None:
            return IndexSet(index.size)
        if index.arguments is not None:
            return self.inference.names[index.name].label_values
        return self.variable(index.name, scope.find(index.name)).index_set


def _variables(index: Index) -> list[IndexVariable]:
    if isinstance(index, IndexVariable):
        return [index]
    return [v for a in index.arguments for v in _variables(a)] if isinstance(index, IndexFunction) else []
