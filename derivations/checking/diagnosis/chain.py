"""A chain ``a = b = c``: where it began, which of its lines is to be mended, and whether its end is right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations

from derivations import kernel
from derivations.checking.report import StatementReport
from derivations.kernel import Proved, ProvedWhereDefined, Refuted
from derivations.language import Claim, Context, Expression, Statement
from derivations.language.matrix_forms import open_indices
from derivations.language.substitution import replace_indices


@dataclass(frozen=True, slots=True)
class Chain:
    """The links so far; a chain that has not begun has no start."""

    start: Expression | None = None
    last: Statement | None = None
    to_mend: int | None = None
    """The line of the first link that is not proved."""
    wrong: int | None = None
    """The number of the first link that is refuted, among the statements of the document."""
    repair: str | None = None
    """The right side with which the last link is proved, where it is a wrong one."""

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
        """This chain with one more link, statement `number` of the document.

        A chain whose first link could not be read has no start: its later links do not tell what it was.
        """
        claim = statement.claim
        start = claim.left if self.last is None and claim is not None else self.start
        line = None if report.accepted else report.line_of_right
        refuted = number if report.verdict == "refuted" else None
        return Chain(
            start,
            statement,
            self.to_mend if self.to_mend is not None else line,
            self.wrong if self.wrong is not None else refuted,
            report.diagnosis.repair if report.diagnosis else None,
        )

    def back(self, claim: Claim) -> tuple[Claim, ...]:
        """What is to be proved for the right side of `claim` to equal the start; nothing if that is unknown.

        The open indices of a vector or matrix, which nobody wrote, are named as `claim` names them. Where it
        is not known which is the row and which the column, it must hold both ways.
        """
        if self.start is None:
            return ()
        own, given = (open_indices(side) for side in (claim.left, self.start))
        starts = (
            replace_indices(self.start, {v.name: w for v, w in zip(given, order, strict=True)})
            for order in permutations(own)
            if [v.index_set for v in given] == [w.index_set for w in order]
        )
        return tuple(replace(claim, left=start) for start in starts)

    def ending(self, line: int, context: Context, deadline: float | None = None) -> str | None:
        """Whether the end of the chain, in `line`, equals its start, in words; None where that is not sure.

        Guarantees: both answers are the kernel's.
        """
        if self.start is None or self.last is None or self.last.claim is None:
            return None
        ends = self.back(self.last.claim)
        found = [kernel.judge(end, context, deadline=deadline) for end in ends]
        if found and all(isinstance(verdict, Proved | ProvedWhereDefined) for verdict in found):
            return f"the end of the chain, line {line}, equals its start all the same"
        if found and all(isinstance(verdict, Refuted) for verdict in found):
            return f"the end of the chain, line {line}, differs from its start"
        return None
