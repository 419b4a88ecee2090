"""A derivation: a context and its statements in order, whoever wrote it.

A student's notes and a derivation that the catalogue lays out are this one type, so one checker judges both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction

from derivations.language.context import Context
from derivations.language.declarations import Domain
from derivations.language.indices import IndexVariable
from derivations.language.nodes import Abstraction, Entry, Expression, IndexCondition


@dataclass(frozen=True, slots=True)
class EntryFact:
    """One entry has one value: ``t_j = 1``. It never speaks of a bound index."""

    entry: Entry
    value: Fraction


@dataclass(frozen=True, slots=True)
class InvertibleFact:
    """A square matrix, a function of two indices, has an inverse."""

    matrix: Abstraction


@dataclass(frozen=True, slots=True)
class EquationFact:
    """Two numbers are equal: ``p + q = 1``. It holds where the claim speaks, and is never differentiated."""

    left: Expression
    right: Expression
    everywhere: tuple[IndexVariable, ...] = ()
    """The free indices for all values of which it holds: those of the entries of vectors and matrices."""


Fact = IndexCondition | EntryFact | InvertibleFact | EquationFact


@dataclass(frozen=True, slots=True)
class Assumption:
    """A fact that holds in a part of the document, in the author's words."""

    fact: Fact
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """``left relation right`` for all values of the free indices, under assumptions."""

    left: Expression
    right: Expression
    relation: str = "="
    assumptions: tuple[Assumption, ...] = ()
    axes: tuple[str | None, str | None] = (None, None)
    """Between matrices, the free indices of rows and of columns: nobody wrote them, so that a refutation
    must say which entry it speaks of.
    """


class Role(Enum):
    """What a statement is for."""

    DEFINITION = "definition"
    ASSUMPTION = "assumption"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a statement stands: 1-based lines and columns, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    part: str = ""
    """The cell or file of a document that was put together."""
    start: int = 0
    """The place as offsets in the whole text."""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Ignored:
    """The author's order not to judge a block: why, and where it stands."""

    reason: str
    place: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One relation of the document, with the exact source of its sides and how it was read."""

    location: Location
    role: Role
    relation: str
    left_source: str
    right_source: str
    reading: str = ""
    notes: tuple[str, ...] = ()
    claim: Claim | None = None
    problem: str | None = None
    """Why a claim is unreadable."""
    shapes_clash: bool = False
    """The author stated two shapes, named in `problem`, that cannot fit: that alone refutes."""
    undefined: frozenset[str] = frozenset()
    """Names that are defined only later in the document: the claim must hold whatever they stand for."""
    domains: tuple[tuple[str, Domain], ...] = ()
    """Values that names take here only, under a condition of this part of the document."""
    doubt: str | None = None
    """Why a failure is no refutation: something that the author says of this claim was not understood."""
    concluded: bool = False
    """Whether its author says that it follows from what stands above."""
    ignored: Ignored | None = None
    """Why the author does not want the verdict on a claim."""
    time_limit: float | None = None
    """Seconds that the author grants the claim."""
    section: int = 0
    """Which of the contexts of the document's sections it stands in."""


@dataclass(frozen=True, slots=True)
class NameReading:
    """How a name was understood: ``X`` is a matrix over (m, n), stated in line 3."""

    name: str
    reading: str
    origin: str
    line: int | None
    part: str = ""
    """The cell or file that the line belongs to."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """The context and the statements of one document, in order."""

    context: Context
    statements: tuple[Statement, ...]
    names: tuple[NameReading, ...] = field(default=())
    hints: frozenset[Domain] = frozenset()
    """What the document's words say some name to be, though not which: a claim that would hold under it is
    not refuted.
    """
    sections: tuple[Context, ...] = ()
    """Where sections give names other meanings, the contexts of all of them, that of the first one too."""

    def context_of(self, statement: Statement) -> Context:
        """What is known where `statement` stands: names that are defined later are free there."""
        context = self.sections[statement.section] if self.sections else self.context
        context = context.with_free(statement.undefined)
        for name, domain in statement.domains:
            if name in context.declarations:
                context = context.redeclared(replace(context.declarations[name], domain=domain))
        return context
