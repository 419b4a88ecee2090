"""Index sets and the terms that range over them.

An index set is an interval of integers ``start..size`` whose upper end is a symbol (m samples, n features,
K classes), one less than a symbol (``1..K-1`` beside a reference class) or a number. Two sets belong together
when their upper ends are of one symbol: ``0..n`` is ``1..n`` with the intercept's 0 adjoined. A transposed
product is then a mismatch of sets, even where the numbers agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class IndexSet:
    """The integers ``start..size - short``; not empty if `start` is 0 or 1, `size` a symbol and `short` 0."""

    size: str | int
    start: int = 1
    short: int = 0
    """How far below `size` the set ends: 1 for ``1..K-1``."""

    @property
    def elements(self) -> range | None:
        """The elements where they are known without knowing any symbol, otherwise None."""
        return range(self.start, self.size - self.short + 1) if isinstance(self.size, int) else None

    @property
    def whole(self) -> IndexSet:
        """The set that this one is a part of: ``1..K`` for ``2..K`` and for ``1..K-1``."""
        return IndexSet(self.size, min(self.start, 1)) if isinstance(self.size, str) else self

    def contains(self, other: IndexSet) -> bool:
        """Whether every element of `other` is one of this set, for every value of the symbols."""
        if isinstance(self.size, int) and isinstance(other.size, int):
            return self.start <= other.start and other.size - other.short <= self.size - self.short
        return self.size == other.size and self.start <= other.start and self.short <= other.short

    def compatible(self, other: IndexSet) -> bool:
        """Whether one of the two sets contains the other, so that their indices may be compared."""
        return self.contains(other) or other.contains(self)

    def __str__(self) -> str:
        """The interval, as in ``1..m``."""
        return f"{self.start}..{self.end}"

    @property
    def end(self) -> str:
        """The upper end, as in ``K-1``."""
        if isinstance(self.size, int):
            return str(self.size - self.short)
        return f"{self.size}-{self.short}" if self.short else self.size


@dataclass(frozen=True, slots=True)
class IndexVariable:
    """An index such as the i of ``x[i]``: free in a claim, or bound by a sum or a product."""

    name: str
    index_set: IndexSet


@dataclass(frozen=True, slots=True)
class IndexElement:
    """A concrete index such as the 2 of ``z_2``; it implies that the set reaches so far."""

    value: int
    index_set: IndexSet


@dataclass(frozen=True, slots=True)
class IndexFunction:
    """An index that depends on others, such as the class label ``y(i)`` of sample i."""

    name: str
    arguments: tuple[Index, ...]
    index_set: IndexSet


Index: TypeAlias = IndexVariable | IndexElement | IndexFunction


_LAST = "last of "


def last(index_set: IndexSet) -> IndexFunction:
    """The last element of a set that ends at a symbol: the K of ``z_K``, an index function of nothing."""
    return IndexFunction(f"{_LAST}{index_set.size}", (), IndexSet(index_set.size))


def is_last(index: Index) -> bool:
    """Whether `index` is the last element of its set."""
    return isinstance(index, IndexFunction) and not index.arguments and index.name.startswith(_LAST)


def index_variables(index: Index) -> Iterator[IndexVariable]:
    """The variables that occur in `index`."""
    if isinstance(index, IndexVariable):
        yield index
    elif isinstance(index, IndexFunction):
        for argument in index.arguments:
            yield from index_variables(argument)


def replace_in_index(index: Index, replacements: Mapping[str, Index]) -> Index:
    """`index` with variables replaced by name; indices bind nothing, so nothing can be captured."""
    if isinstance(index, IndexVariable):
        return replacements.get(index.name, index)
    if isinstance(index, IndexFunction):
        arguments = tuple(replace_in_index(a, replacements) for a in index.arguments)
        return IndexFunction(index.name, arguments, index.index_set)
    return index
