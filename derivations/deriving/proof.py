"""What a laid-out derivation is: a theorem, its context in words, and chains of equalities, one rule a line.

Writers, the checker and the command line all take this one type, so that nobody shows what was not certified.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TypeAlias

from derivations.deriving.rules import RULES, Rule
from derivations.kernel import Step
from derivations.language.context import Context
from derivations.language.derivation import Assumption
from derivations.language.latex import expression_latex
from derivations.language.nodes import Expression
from derivations.language.text import expression_text

Certificate: TypeAlias = Step
"""How the kernel proved an inequality, goal by goal."""


class Detail(IntEnum):
    """How much is shown: a line is left out where its own level is higher."""

    BRIEF = 1
    NORMAL = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class Formula:
    """One side of an equality: its entry, which the kernel judges, and how it is written.

    In matrix notation `written` is the matrix, and `expression` its entry at fresh indices; `matrix` is the
    SymPy expression that it was made from.
    """

    expression: Expression
    written: str = ""
    matrix: object = None
    typed: str = ""
    """The matrix as Python writes it."""

    @property
    def latex(self) -> str:
        """The formula as LaTeX."""
        return self.written or expression_latex(self.expression)

    @property
    def text(self) -> str:
        """The formula as plain text."""
        return self.typed or expression_text(self.expression)


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule by which a line follows, and the LaTeX of the name that it is about, if any."""

    rule: str
    about: str = ""
    said: str = ""
    """Words in place of the rule's own, such as the title of a theorem."""
    theorem: str = ""
    """The name of the theorem that is used, for references to it."""

    def __post_init__(self) -> None:
        """Raises `KeyError` for a rule that the table lacks."""
        RULES[self.rule]

    @property
    def row(self) -> Rule:
        """The row of the table."""
        return RULES[self.rule]

    @property
    def words(self) -> str:
        """The reason for people, with formulas in dollar signs."""
        if self.said:
            return self.said
        return f"{self.row.words} ${self.about}$" if self.about else self.row.alone


@dataclass(frozen=True, slots=True)
class Line:
    """``relation formula`` below the line before, by `reasons`; left out of a text of less detail."""

    formula: Formula
    reasons: tuple[Reason, ...]
    level: Detail = Detail.NORMAL
    relation: str = "="
    certificate: Certificate | None = None
    """How the kernel proved an inequality; shown in full detail only."""

    @property
    def words(self) -> str:
        """The reasons for people, each said once, those about a formula first."""
        said = dict.fromkeys(reason.words for reason in self.reasons)
        return ", ".join(sorted(said, key=lambda words: "$" not in words))


@dataclass(frozen=True, slots=True)
class Chain:
    """``left = line = line ...``; `intro` is said before it, `when` is assumed for it."""

    left: Formula
    lines: tuple[Line, ...]
    intro: str = ""
    when: tuple[Assumption, ...] = ()
    stated: bool = True
    """Whether the theorem says ``left = last line``; otherwise this chain is a step on the way."""

    @property
    def result(self) -> Formula:
        """The right side of the last line."""
        return self.lines[-1].formula

    def shown(self, detail: Detail) -> Chain:
        """The lines of `detail` alone; a line that is kept takes the reasons of those that are left out."""
        kept: list[Line] = []
        reasons: list[Reason] = []
        for position, line in enumerate(self.lines):
            reasons += line.reasons
            if line.level <= detail or position == len(self.lines) - 1 or self._turns(position):
                certificate = line.certificate if detail is Detail.FULL else None
                kept.append(replace(line, reasons=_telling(reasons), certificate=certificate))
                reasons = []
        return replace(self, lines=tuple(kept))

    def _turns(self, position: int) -> bool:
        """Whether an inequality follows: what it is about is always shown."""
        return self.lines[position].relation == "=" != self.lines[position + 1].relation


def _telling(reasons: list[Reason]) -> tuple[Reason, ...]:
    """The reasons that a reader needs where several steps are one line: the silent ones only if alone."""
    spoken = tuple(dict.fromkeys(reason for reason in reasons if not reason.row.silent))
    return spoken or tuple(dict.fromkeys(reasons[-1:]))


@dataclass(frozen=True, slots=True)
class Proof:
    """A theorem with its derivation: what `derivations prove` writes."""

    name: str
    title: str
    context: Context
    given: tuple[str, ...]
    """What is assumed and how names are declared, in sentences with formulas in dollar signs."""
    definitions: tuple[tuple[Formula, Formula], ...]
    chains: tuple[Chain, ...]
    remarks: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    """Where the result holds: conditions of definedness that the kernel found."""

    @property
    def assumed(self) -> tuple[str, ...]:
        """All that is assumed, in sentences: declarations, and where the formulas are defined."""
        shown = (c if "$" in c else f"`{c}`" for c in self.conditions)
        return (*self.given, *(f"Suppose that {condition}." for condition in shown))

    def shown(self, detail: Detail) -> Proof:
        """This proof with the lines of `detail` alone."""
        return replace(self, chains=tuple(chain.shown(detail) for chain in self.chains))

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """How the kernel proved the inequalities, in their order."""
        lines = (line for chain in self.chains for line in chain.lines)
        return tuple(line.certificate for line in lines if line.certificate is not None)
