"""A chain ``a = b = c``: where it began, which of its lines is to be mended, and whether its end is right."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derivations import kernel
from derivations.checking.report import StatementReport
from derivations.kernel import Proved, ProvedWhereDefined, Refuted
from derivations.language import Claim, Context, Statement
from derivations.language.matrix_forms import axes_of
from derivations.language.substitution import replace_indices


@dataclass(frozen=True, slots=True)
class Chain:
    """The links so far; a chain that has not begun has no start."""

    start: Claim | None = None
    """The first link, of which the left side counts."""
    last: Statement | None = None
    to_mend: StatementReport | None = None
    """The first link that is not proved."""
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
        start = statement.claim if self.last is None else self.start
        refuted = number if report.verdict == "refuted" else None
        return Chain(
            start,
            statement,
            report if self.to_mend is None and not report.accepted else self.to_mend,
            self.wrong if self.wrong is not None else refuted,
            report.diagnosis.repair if report.diagnosis else None,
        )

    def back(self, claim: Claim) -> Claim | None:
        """That the right side of `claim` equals the start; None if that start is unknown.

        The row and the column of a vector or matrix, which nobody wrote, are named as `claim` names them.
        """
        if self.start is None:
            return None
        pairs = list(zip(axes_of(self.start), axes_of(claim), strict=True))
        if any((given and given.index_set) != (own and own.index_set) for given, own in pairs):
            return None
        named = {given.name: own for given, own in pairs if given is not None and own is not None}
        return replace(claim, left=replace_indices(self.start.left, named))

    def ending(self, line: int, context: Context, deadline: float | None = None) -> str | None:
        """Whether the end of the chain, in `line`, equals its start, in words; None where that is not sure.

        Guarantees: both answers are the kernel's.
        """
        if self.start is None or self.last is None or self.last.claim is None:
            return None
        end = self.back(self.last.claim)
        verdict = None if end is None else kernel.judge(end, context, deadline=deadline)
        if isinstance(verdict, Proved | ProvedWhereDefined):
            return f"the end of the chain, line {line}, equals its start all the same"
        if isinstance(verdict, Refuted):
            return f"the end of the chain, line {line}, differs from its start"
        return None
