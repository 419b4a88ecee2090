"""How an inequality was proved, as part of a report: goal after goal, each with the lemma that reduces it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from derivations.kernel import Step
from derivations.language import expression_text, shown


@dataclass(frozen=True, slots=True)
class StepReport:
    """One goal of a certificate: it holds by `lemma` if all `parts` do."""

    goal: str | None
    """In plain text; None where there is no formula for it."""
    lemma: str
    where: tuple[str, ...] = ()
    """What is known of the numbers that are new in the goal."""
    parts: tuple[StepReport, ...] = field(default=())

    @property
    def sentence(self) -> str:
        """The goal and its lemma in words."""
        known = f", where {' and '.join(self.where)}" if self.where else ""
        return f"by {self.lemma}" if self.goal is None else f"{self.goal}{known}, by {self.lemma}"

    def sentences(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """All goals with their depths, what is asked for below what asks for it."""
        yield depth, self.sentence
        for part in self.parts:
            yield from part.sentences(depth + 1)


def step_report(step: Step) -> StepReport:
    """The report on one goal and on all that it asks for."""
    goal = None if step.value is None else f"{shown(expression_text(step.value))} {step.relation} 0"
    where = tuple(f"{name} {'>' if positive else '>='} 0" for name, positive in step.gaps)
    return StepReport(goal, step.lemma, where, tuple(map(step_report, step.parts)))
