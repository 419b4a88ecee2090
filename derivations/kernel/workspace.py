"""What one proof attempt works with: its atoms, budget, facts and the conditions it could not discharge.

Everything that a result can depend on is in here and starts empty, so a claim has one result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from derivations.kernel.atoms import Atom
from derivations.kernel.budget import Budget, Meter
from derivations.kernel.conditions import Condition, Guard
from derivations.kernel.rational import Field, Rational
from derivations.language.context import Context
from derivations.language.indices import (
    Index,
    IndexElement,
    IndexFunction,
    IndexSet,
    IndexVariable,
    replace_in_index,
)
from derivations.language.nodes import Abstraction


@dataclass(frozen=True, slots=True)
class Facts:
    """The assumptions of a claim, as values of index functions and entries and as indices that differ."""

    indices: Mapping[Index, Index] = field(default_factory=dict)
    entries: Mapping[tuple[str, tuple[Index, ...]], Fraction] = field(default_factory=dict)
    apart: frozenset[frozenset[Index]] = frozenset()
    invertible: tuple[Abstraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What surrounds a subexpression: the meaning of its indices, the binders and guards it stands under."""

    environment: Mapping[str, Index] = field(default_factory=dict)
    binders: tuple[IndexVariable, ...] = ()
    guards: tuple[Guard, ...] = ()
    depth: int = 0


def element(value: int, index_set: IndexSet) -> IndexElement:
    """A concrete index, the same one whether its set was written with the intercept's 0 or without."""
    return IndexElement(value, IndexSet(index_set.size, min(1, value)))


class Workspace:
    """The state of one proof attempt."""

    def __init__(self, context: Context, facts: Facts, budget: Budget) -> None:
        """Nothing met yet."""
        self.context, self.facts = context, facts
        self.meter = Meter(budget)
        self.field = Field(self.meter)
        self.conditions: list[Condition] = []
        self.undischarged = 0
        """How often a condition was not discharged, known ones included."""
        self.substitutions: dict[tuple[Atom, tuple[tuple[str, Index], ...]], Rational] = {}
        self.shortened: frozenset[str] = frozenset()
        """The sizes K of which some index set of the claim ends at K - 1."""
        self.universal = True
        """Whether what is known of a free index is known of all its values, facts and conditions apart."""
        self.conditioned: set[object] = set()
        """The matrices of which a condition says that they have an inverse."""
        self.invertible: frozenset[object] | None = None
        """The matrices that are said to have an inverse, once they are looked for."""
        self.multiplied = 0
        """How often the claim was multiplied by a matrix."""
        self.rewritings = 0
        """How often ``A A^-1`` was replaced."""
        self._opened = 0

    def open_index(self, index_set: IndexSet) -> IndexVariable:
        """A variable that occurs nowhere yet."""
        self._opened += 1
        return IndexVariable(f"@{self._opened:06d}", index_set)

    def index(self, index: Index, environment: Mapping[str, Index]) -> Index:
        """`index` in terms of open variables, functions with a known value replaced by it."""
        return self.known(replace_in_index(index, environment))

    def known(self, index: Index) -> Index:
        """`index` with functions of known value replaced, inside out."""
        if isinstance(index, IndexFunction):
            arguments = tuple(self.known(argument) for argument in index.arguments)
            index = IndexFunction(index.name, arguments, index.index_set)
        elif isinstance(index, IndexElement):
            index = element(index.value, index.index_set)
        return self.facts.indices.get(index, index)

    def least_size(self, size: str) -> int:
        """The smallest value that the size can have."""
        return max(1, self.context.minimum_sizes.get(size, 1))
