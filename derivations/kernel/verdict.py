"""What the kernel says of a claim. The first two are constructed by `judge` alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from derivations.kernel.refutation import Witness
from derivations.language.declarations import Domain


@dataclass(frozen=True, slots=True)
class Proved:
    """The relation holds for all values and sizes that the declarations and assumptions allow."""

    assumptions_used: tuple[str, ...] = ()
    """Without any one of them there is no proof."""
    kind: Literal["proved"] = field(default="proved", init=False)


@dataclass(frozen=True, slots=True)
class ProvedWhereDefined:
    """The relation holds wherever both sides are defined; the conditions say where that is."""

    conditions: tuple[str, ...]
    assumptions_used: tuple[str, ...] = ()
    kind: Literal["proved-where-defined"] = field(default="proved-where-defined", init=False)


@dataclass(frozen=True, slots=True)
class Refuted:
    """The relation fails at the witness, certainly."""

    witness: Witness
    note: str | None = None
    """Under which usual assumption it would hold, if there is one."""
    missing: Domain | None = None
    """What that assumption says a name to be."""
    kind: Literal["refuted"] = field(default="refuted", init=False)


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither; `reason` says why, in one line."""

    reason: str
    kind: Literal["undecided"] = field(default="undecided", init=False)


Verdict: TypeAlias = Proved | ProvedWhereDefined | Refuted | Undecided
