"""One relation of a document on its way from words and formulas to a claim that can be judged."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.language import Domain, IndexSet, Location, Role
from derivations.reading.suppositions import AssumptionTerm
from derivations.reading.terms import Term


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the document with its sides resolved, or with the problem that prevented it."""

    location: Location
    role: Role
    relation: str
    left_source: str
    right_source: str
    left: Term | None = None
    right: Term | None = None
    problem: str | None = None
    notes: tuple[str, ...] = ()
    block: int = 0
    assumptions: tuple[AssumptionTerm, ...] = ()
    index_sets: tuple[tuple[str, IndexSet], ...] = ()
    """Ranges of free indices that the author stated for it."""
    defines: str | None = None
    free: frozenset[str] = frozenset()
    """Names that are defined only later: the claim must hold whatever they stand for."""
    domains: tuple[tuple[str, Domain], ...] = ()
    """Values that names take under the claim's conditions."""
    doubt: str | None = None
    """Why a failure would be no refutation."""
    worded: bool = False
    """Whether words make it: "is convex"."""
    settled: bool = True
    """Whether every name in it is introduced in one part of the document only: its shape is certain then."""
    piece: int = 0
    """The formula that it stands in."""
    concluded: bool = False
    """Whether words say that it follows from what stands above."""
