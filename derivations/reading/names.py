"""What is known of every name while a document is read: one cell a name, filled in by inference.

A cell starts with what the author stated and with how often the name carries indices; the shapes of the
formulas it stands in tell the rest. When inference ends, cells become declarations and definitions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from derivations.language import Domain, IndexSet, Origin, Part
from derivations.reading.shapes import Axis
from derivations.reading.terms import Term

FREE = " (free)"
"""Ends the name of the tensor that carries what a definition made by words leaves open."""

NUMBER_PI = "pi (the number)"
"""The number pi in a document that has weights pi_k."""


@dataclass(frozen=True, slots=True)
class DefinitionTerm:
    """``name[indices](parameters) = body``; `parameters` are names of cells that only the body sees."""

    indices: tuple[str, ...]
    parameters: tuple[str, ...]
    body: Term
    line: int


@dataclass(slots=True)
class NameCell:
    """A tensor, a label or a defined name. Its axes are those of its indices, then those left open."""

    name: str
    axes: list[Axis] = field(default_factory=list)
    rank: int | None = None
    """The number of axes once known; until then there are at least as many as indices were seen."""
    guessed: bool = False
    """Whether it is taken for a number since nothing speaks of it."""
    row_vector: bool = False
    """Whether the one axis left open is that of a row."""
    domain: Domain = Domain.REAL
    sums_over: IndexSet | None = None
    """The range over which the entries are said to add up to 1."""
    part: Part | None = None
    origin: Origin = Origin.INFERRED
    line: int | None = None
    label_values: IndexSet | None = None
    """For a label: the classes that it takes its values in."""
    definition: DefinitionTerm | None = None
    counts: IndexSet | None = None
    """The index set whose size the name is, by convention."""

    @property
    def is_pi(self) -> bool:
        """Whether this is the number pi: the letter, of which the author says nothing."""
        unexplained = self.definition is None and self.origin is Origin.CONVENTIONAL
        return self.name in ("pi", NUMBER_PI) and unexplained and self.domain is Domain.POSITIVE

    def axis(self, position: int) -> Axis:
        """The axis at `position`, made if it was not seen before."""
        while len(self.axes) <= position:
            self.axes.append(Axis(origin=self.name))
        return self.axes[position]

    def set_rank(self, rank: int) -> bool:
        """Note the number of axes; returns whether that is news, raises nothing: a clash shows later."""
        if self.rank is not None:
            return False
        self.rank = max(rank, len(self.axes))
        self.axis(self.rank - 1) if self.rank else None
        return True


@dataclass(slots=True)
class IndexCell:
    """An index in its scope; where bounds were written it keeps to them, and tensors adapt to it."""

    axis: Axis
    within: IndexSet | None = None
    """The written bounds: nothing that is learned of the axis makes a sum longer."""

    @property
    def bounded(self) -> bool:
        """Whether bounds were written."""
        return self.within is not None


@dataclass(slots=True)
class Scope:
    """The indices that are visible in a statement: its own free ones, then those of the binders around."""

    indices: dict[str, IndexCell] = field(default_factory=dict)
    outer: Scope | None = None

    def find(self, name: str) -> IndexCell:
        """The cell of the index `name`; a name seen first is free and belongs to the outermost scope."""
        scope: Scope = self
        while True:
            if name in scope.indices:
                return scope.indices[name]
            if scope.outer is None:
                return scope.indices.setdefault(name, IndexCell(Axis(origin=f"the index {name}")))
            scope = scope.outer
