"""What the kernel says of a claim. The first two are constructed by `judge` alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Literal, TypeAlias

from derivations.kernel.inequalities.telling import Step
from derivations.kernel.refutation import Witness
from derivations.language.declarations import Domain


class _Told:
    """How a verdict shows itself in a notebook: its kind, then what else it says, line by line."""

    __slots__ = ()
    kind: str

    @property
    def _remarks(self) -> tuple[str, ...]:
        return ()

    def _repr_html_(self) -> str:
        """The verdict for notebooks, everything escaped and nothing typeset."""
        rows = "".join(f"<br>{escape(remark)}" for remark in self._remarks)
        return f"<div class='mathjax_ignore tex2jax_ignore'><strong>{escape(self.kind)}</strong>{rows}</div>"


@dataclass(frozen=True, slots=True)
class Proved(_Told):
    """The relation holds for all values and sizes that the declarations and assumptions allow."""

    assumptions_used: tuple[str, ...] = ()
    """Without any one of them there is no proof."""
    certificate: Step | None = field(default=None, compare=False)
    """How an inequality was proven."""
    kind: Literal["proved"] = field(default="proved", init=False)

    @property
    def _remarks(self) -> tuple[str, ...]:
        return tuple(f"uses {assumption}" for assumption in self.assumptions_used)


@dataclass(frozen=True, slots=True)
class ProvedWhereDefined(_Told):
    """The relation holds wherever both sides are defined; the conditions say where that is."""

    conditions: tuple[str, ...]
    assumptions_used: tuple[str, ...] = ()
    certificate: Step | None = field(default=None, compare=False)
    kind: Literal["proved-where-defined"] = field(default="proved-where-defined", init=False)

    @property
    def _remarks(self) -> tuple[str, ...]:
        used = (f"uses {assumption}" for assumption in self.assumptions_used)
        return (*(f"holds where {condition}" for condition in self.conditions), *used)


@dataclass(frozen=True, slots=True)
class Refuted(_Told):
    """The relation fails at the witness, certainly."""

    witness: Witness
    note: str | None = None
    """Under which usual assumption it would hold, if there is one."""
    missing: Domain | None = None
    """What that assumption says a name to be."""
    kind: Literal["refuted"] = field(default="refuted", init=False)

    @property
    def _remarks(self) -> tuple[str, ...]:
        found = self.witness
        point = ", ".join(f"{name} = {value}" for name, value in found.assignment)
        told = f"at {point}: the left side is {found.left}, the right side {found.right}"
        return (told,) if self.note is None else (told, self.note)


@dataclass(frozen=True, slots=True)
class Undecided(_Told):
    """Neither; `reason` says why, in one line."""

    reason: str
    kind: Literal["undecided"] = field(default="undecided", init=False)

    @property
    def _remarks(self) -> tuple[str, ...]:
        return (self.reason,)


Verdict: TypeAlias = Proved | ProvedWhereDefined | Refuted | Undecided
