"""Conditions of definedness: what a proof relied on and could not discharge, in the author's terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from derivations.language.indices import IndexVariable
from derivations.language.nodes import Expression, IndexCondition, Inverse, ValueCondition
from derivations.language.text import condition_text, index_text, inverted_text, lettered, told_text

SIGNS = {"nonzero": "!= 0", "positive": "> 0", "nonnegative": ">= 0", "invertible": "is invertible"}

Guard: TypeAlias = IndexCondition | ValueCondition


@dataclass(frozen=True, slots=True)
class Condition:
    """`expression` is nonzero, positive or nonnegative, for all values of the bound indices around it.

    Of an entry of an inverse: the matrix has an inverse.
    """

    kind: str
    expression: Expression
    indices: tuple[IndexVariable, ...] = ()
    """The bound indices in whose scope the expression stood, outermost first."""
    guards: tuple[Guard, ...] = ()
    """Where it stood: the conditions of the branches and sums around it."""

    @property
    def text(self) -> str:
        """Text for people, ``r[i] > 0 for all i in 1..m``."""
        text = f"{self._subject()} {SIGNS[self.kind]}"
        scopes = ", ".join(f"{index_text(i)} in {i.index_set}" for i in self.indices)
        guards = ", ".join(condition_text(guard) for guard in self.guards)
        text += f" for all {scopes}" if scopes else ""
        return lettered(f"{text} where {guards}" if guards else text)

    def _subject(self) -> str:
        if self.kind == "invertible" and isinstance(self.expression, Inverse):
            return inverted_text(self.expression)
        return told_text(self.expression)
