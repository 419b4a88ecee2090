"""What is known about a name: its shape, the values it may take, and what it stands for.

Everything that an author states (or that a reader infers and reports) about a name is in one frozen row.
A claim is always judged under a `Context` of such rows, so one name cannot have two meanings in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from derivations.language.indices import IndexSet, IndexVariable
from derivations.language.nodes import Expression


class Domain(Enum):
    """The values that an entry may take.

    The last three, and `NONZERO_ROW`, constrain each row (the last index) as a whole.
    """

    REAL = "real"
    NONZERO = "nonzero"
    NONNEGATIVE = "nonnegative"
    POSITIVE = "positive"
    NONPOSITIVE = "nonpositive"
    NEGATIVE = "negative"
    NONZERO_ROW = "real, not all 0 along the last index"
    UNIT = "strictly between 0 and 1"
    CLOSED_UNIT = "between 0 and 1, both included"
    BELOW_ONE = "at least 0 and below 1"
    UP_TO_ONE = "above 0 and at most 1"
    ABOVE_ONE = "above 1"
    FROM_ONE = "at least 1"
    LESS_THAN_ONE = "below 1"
    AT_MOST_ONE = "at most 1"
    BIT = "0 or 1"
    SIGN = "-1 or 1"
    ONE_HOT = "one-hot along the last index"
    SUM_ONE = "real, with sum 1 along the last index"
    PROBABILITIES = "positive, with sum 1 along the last index"

    @property
    def finite(self) -> bool:
        """Whether an entry has finitely many values."""
        return self in (Domain.BIT, Domain.SIGN, Domain.ONE_HOT)

    @property
    def sums_to_one(self) -> bool:
        """Whether the entries along the last index add up to 1."""
        return self in (Domain.ONE_HOT, Domain.SUM_ONE, Domain.PROBABILITIES)


class Part(Enum):
    """What a name stands for: what a derivative may hold constant."""

    DATA = "data"
    PARAMETER = "parameter"
    UNKNOWN = "unknown"
    """Nothing says what it depends on: its derivative stays symbolic."""


class Origin(Enum):
    """How a declaration came about."""

    STATED = "stated"
    INFERRED = "inferred"
    CONVENTIONAL = "conventional"


@dataclass(frozen=True, slots=True)
class Given:
    """The values of a name lie in `domain`."""

    name: str
    domain: Domain


@dataclass(frozen=True, slots=True)
class Declaration:
    """A tensor (a scalar has no index sets): ``x`` over (m, n), real, data."""

    name: str
    index_sets: tuple[IndexSet, ...] = ()
    domain: Domain = Domain.REAL
    part: Part = Part.DATA
    origin: Origin = Origin.STATED
    line: int | None = None


@dataclass(frozen=True, slots=True)
class LabelDeclaration:
    """An index-valued function: the class label ``y(i)`` in ``values`` of sample i."""

    name: str
    index_sets: tuple[IndexSet, ...]
    values: IndexSet
    origin: Origin = Origin.STATED
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A formal argument of a definition: the x of ``h(x) = ...``, a tensor over `index_sets`."""

    name: str
    index_sets: tuple[IndexSet, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """``name[indices](parameters) = body``; in `body` a parameter is an `Entry` of its name."""

    name: str
    body: Expression
    indices: tuple[IndexVariable, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    line: int | None = None
