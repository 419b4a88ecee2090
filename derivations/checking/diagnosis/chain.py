"""A chain ``a = b = c``: where it began, which of its lines is to be mended, and whether its end is right."""

from __future__ import annotations

from dataclasses import dataclass

from derivations import kernel
from derivations.checking.report import StatementReport
from derivations.kernel import Proved, ProvedWhereDefined, Refuted
from derivations.language import Claim, Context, Expression, Statement


@dataclass(frozen=True, slots=True)
class Chain:
    """The links so far; a chain that has not begun has no start."""

    start: Expression | None = None
    last: Statement | None = None
    to_mend: int | None = None
    """The line of the first link that is not proved."""
    wrong: int | None = None
    """The number of the first link that is refuted, among the statements of the document."""

    def reaching(self, statement: Statement) -> Chain:
        """This chain if `statement` goes on with it, a new one otherwise."""
        last = self.last
        if (
            last is not None
            and last.right_source == statement.left_source
            and last.relation == statement.relation == "="
        ):
            return self
        return Chain()

    def extended(self, statement: Statement, number: int, report: StatementReport) -> Chain:
        """This chain with one more link, statement `number` of the document."""
        claim = statement.claim
        start = self.start if self.start is not None or claim is None else claim.left
        line = None if report.accepted else report.line_of_right
        refuted = number if report.verdict == "refuted" else None
        return Chain(
            start,
            statement,
            self.to_mend if self.to_mend is not None else line,
            self.wrong if self.wrong is not None else refuted,
        )

    def ending(self, line: int, context: Context, deadline: float | None = None) -> str | None:
        """Whether the end of the chain, in `line`, equals its start, in words; None where that is not sure.

        Guarantees: both answers are the kernel's.
        """
        if self.start is None or self.last is None or self.last.claim is None:
            return None
        end = self.last.claim
        match kernel.judge(Claim(self.start, end.right, "=", end.assumptions), context, deadline=deadline):
            case Proved() | ProvedWhereDefined():
                return f"the end of the chain, line {line}, equals its start all the same"
            case Refuted():
                return f"the end of the chain, line {line}, differs from its start"
        return None
