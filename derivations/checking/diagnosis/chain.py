"""A chain ``a = b = c`` while it is checked: where it began, and which of its lines is to be mended."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.checking.report import StatementReport
from derivations.language import Expression, Statement


@dataclass(frozen=True, slots=True)
class Chain:
    """The links so far; a chain that has not begun has no start."""

    start: Expression | None = None
    last: Statement | None = None
    to_mend: int | None = None
    """The line of the first link that is not proved."""

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

    def extended(self, statement: Statement, report: StatementReport) -> Chain:
        """This chain with one more link."""
        claim = statement.claim
        start = self.start if self.start is not None or claim is None else claim.left
        wrong = None if report.accepted else report.line_of_right
        return Chain(start, statement, self.to_mend if self.to_mend is not None else wrong)
