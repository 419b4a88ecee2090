"""What a search for a proof of an inequality works on: goals, and what they can be reduced to.

A goal says that a normal form is not negative, or positive, wherever it is defined. A rule replaces one goal
by others that together imply it, so a proof is a tree of reductions whose leaves need nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from derivations.kernel.rational import Rational
from derivations.kernel.sign import NONNEGATIVE, POSITIVE, Sign
from derivations.kernel.workspace import Workspace
from derivations.language.nodes import Expression


@dataclass(frozen=True, slots=True)
class Goal:
    """``value >= 0``, or ``value > 0`` where `strict`, at all points at which `value` is defined."""

    value: Rational
    strict: bool = False

    @property
    def allowed(self) -> Sign:
        """The signs that `value` may have."""
        return POSITIVE if self.strict else NONNEGATIVE


Later: TypeAlias = Callable[[], tuple[Goal, ...] | None]
"""Makes goals, or says that there is no such reduction; it may raise `Unsupported`, which says the same."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """Goals that together imply another one, and the name of the lemma that says so."""

    lemma: str
    goals: tuple[Goal, ...] = ()
    later: Later | None = None
    """Those that are dear to make, which is done only if no point speaks against the others."""
    alone: bool = False
    """Whether no other rule is worth a try: what is left is as hard as the goal, and simpler."""


Rule: TypeAlias = Callable[[Goal, Workspace], Iterator[Reduction]]
"""The reductions of a goal, the most promising first.

Guarantees: wherever all goals of a reduction hold, so does the goal that was given.
"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A proof of a goal: the lemma, and the proofs of what it needs."""

    lemma: str
    goal: Goal
    parts: tuple[Certificate, ...] = ()
    written: Expression | None = None
    """The value as its author wrote it, where the proof goes by that."""
