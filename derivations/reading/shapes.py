"""Shapes under inference: axes and ranks that are found out by use, and told to each other.

An axis is a cell that may come to know its index set; two axes that must agree are joined, so what is learned
of one is known of both. A clash raises with both index sets, for the report to name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from derivations.language import IndexSet, ShapeError


class Stage(IntEnum):
    """The stages of inference: what is certain spreads before what is usual."""

    ENTRIES = 0
    """What stands beside an entry in a sum is a number."""
    CERTAIN = 1
    """Terms of a sum have one shape, axes of a product match."""
    PRODUCTS = 2
    """What stands beside a row is a vector."""
    CONVENTIONS = 3
    """A capital letter is a matrix, and what nothing speaks of is a number."""


class ShapeClash(ValueError):
    """Two axes that must agree and cannot."""


class SidesDiffer(ShapeError):
    """The two sides of a relation have different shapes."""

    def __init__(self, message: str, transposed: bool) -> None:
        """`transposed` tells whether they differ by rows and columns only."""
        super().__init__(message)
        self.transposed = transposed


class Axis:
    """An axis whose index set may not be known yet; joined axes share one root."""

    __slots__ = ("_known", "_parent", "apart", "elements", "origin")

    def __init__(self, known: IndexSet | None = None, origin: str = "") -> None:
        """A new axis; `origin` names where it was first seen, for messages and for a last-resort name."""
        self._parent: Axis | None = None
        self._known = known
        self.origin = origin
        self.elements: set[int] = set()
        """Concrete indices seen on this axis, for the root to know."""
        self.apart: str | None = None
        """The size whose last element is kept apart, for the root to know: p_K has a formula of its own."""

    @property
    def root(self) -> Axis:
        """The representative of all axes joined with this one."""
        axis = self
        while axis._parent is not None:
            axis = axis._parent
        return axis

    @property
    def known(self) -> IndexSet | None:
        """The index set, once known."""
        return self.root._known

    def learn(self, index_set: IndexSet) -> None:
        """Note that this axis ranges over `index_set`; a set of the same family with a smaller start wins."""
        root = self.root
        root._known = _wider(root._known, root._without_last(index_set), self.origin)

    def _without_last(self, index_set: IndexSet) -> IndexSet:
        """`index_set` without the element that is kept apart."""
        kept = self.apart is not None and index_set.size == self.apart and not index_set.short
        return IndexSet(index_set.size, index_set.start, 1) if kept else index_set

    def join(self, other: Axis) -> bool:
        """Make the two axes one; returns whether that is news."""
        ours, theirs = self.root, other.root
        if ours is theirs:
            return False
        if ours._known is not None or theirs._known is not None:
            known = ours._known if theirs._known is None else theirs._known
            assert known is not None
            known = _wider(ours._known, known, ours.origin)
            ours._known = known
        ours.elements |= theirs.elements
        ours.apart = ours.apart or theirs.apart
        if ours._known is not None:
            ours._known = ours._without_last(ours._known)
        theirs._parent = ours
        return True


def _wider(known: IndexSet | None, index_set: IndexSet, origin: str) -> IndexSet:
    if known is None or index_set.contains(known):
        return index_set
    if known.contains(index_set):
        return known
    raise ShapeClash(f"{origin or 'an axis'} ranges over {known} and over {index_set}")


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
