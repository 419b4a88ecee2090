"""From a derivation to its report: every claim is put to the kernel, and whatever goes wrong is a doubt."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from derivations import kernel
from derivations.checking.certificate import StepReport, step_report
from derivations.checking.diagnosis.chain import Chain
from derivations.checking.diagnosis.diagnose import Diagnosing
from derivations.checking.diagnosis.telling import told_assumption
from derivations.checking.diagnosis.transposition import Reread
from derivations.checking.earlier import Earlier
from derivations.checking.misread import FAILS, counted, doubt_of, rests_on
from derivations.checking.notation import Notation
from derivations.checking.report import (
    DeclarationReport,
    DocumentReport,
    StatementReport,
    Witness,
    in_one_line,
)
from derivations.kernel import Proved, ProvedWhereDefined, Refuted, Step, Undecided, Verdict
from derivations.language import (
    Claim,
    Context,
    ContextError,
    Derivation,
    DifferentiationError,
    Domain,
    Role,
    Statement,
    shown,
)

TIME_LIMIT = 10.0
"""Seconds for one claim. Work budgets decide verdicts; this is the backstop behind them."""


class Judge(Protocol):
    """What decides a claim: the kernel, or a stand-in for it in a test."""

    def __call__(self, claim: Claim, context: Context, deadline: float | None = None) -> Verdict:
        """The verdict; `deadline` is a time of `time.monotonic`."""
        ...


@dataclass(frozen=True, slots=True)
class Checker:
    """How a derivation is judged."""

    time_limit: float = TIME_LIMIT
    judge: Judge = kernel.judge
    progress: Callable[[int, int], None] = lambda done, total: None
    """Told after every statement how many of how many are done."""

    def document(
        self,
        derivation: Derivation,
        path: str,
        source: str = "",
        reread: Reread | None = None,
        parts: tuple[tuple[str, str], ...] = (),
    ) -> DocumentReport:
        """The report on `derivation`, the document at `path` with the text `source`.

        `reread` reads the document with another text, for diagnoses that only a change of the text explains;
        `parts` are the cells or files that the text was put together from.
        """
        names = tuple(
            DeclarationReport(n.name, n.reading, n.origin, n.line, n.part or None) for n in derivation.names
        )
        diagnosing = Diagnosing(derivation, Notation(source), reread)
        return DocumentReport(path, names, self._statements(derivation, diagnosing), source, parts)

    def _statements(self, derivation: Derivation, diagnosing: Diagnosing) -> tuple[StatementReport, ...]:
        reports: list[StatementReport] = []
        chain, known = Chain(), Earlier()
        for number, statement in enumerate(derivation.statements):
            following = chain.reaching(statement)
            if following is not chain:
                self._close(chain, reports, derivation)
            chain = following
            report = self._statement(statement, derivation, known)
            report = self._resting(report, number, derivation, reports)
            if report.verdict == "refuted" and statement.ignored is None:
                report = self._explained(report, number, chain, diagnosing)
            reports.append(report)
            chain = chain.extended(statement, number, report)
            self.progress(number + 1, len(derivation.statements))
        self._close(chain, reports, derivation)
        return tuple(_without_ignored(derivation, reports))

    def _close(self, chain: Chain, reports: list[StatementReport], derivation: Derivation) -> None:
        """Tell with the first wrong line of a chain whether the end of the chain is right all the same."""
        if chain.wrong is None or chain.last is None or chain.wrong == len(reports) - 1:
            return
        context, deadline = derivation.context_of(chain.last), time.monotonic() + self.time_limit
        ending = chain.ending(reports[-1].line_of_right, context, deadline)
        if ending is not None:
            wrong = reports[chain.wrong]
            reports[chain.wrong] = replace(wrong, notes=(*wrong.notes, ending))

    def _explained(
        self, report: StatementReport, number: int, chain: Chain, diagnosing: Diagnosing
    ) -> StatementReport:
        """`report` with a diagnosis, if there is one."""
        started = time.monotonic()
        found = diagnosing.diagnosed(number, chain, started + self.time_limit)
        if found is None and report.witness and report.reason:  # then the kernel knows what is missing
            found, report = told_assumption(report.reason), replace(report, reason=None)
        spent = (report.seconds or 0.0) + time.monotonic() - started
        return replace(report, diagnosis=found, seconds=round(spent, 6))

    def _statement(self, statement: Statement, derivation: Derivation, known: Earlier) -> StatementReport:
        blank = _unjudged(statement)
        if statement.role is not Role.CLAIM:
            return blank
        if statement.shapes_clash and statement.doubt is None:
            return replace(blank, verdict="refuted", reason=statement.problem)
        if statement.claim is None or statement.problem is not None:
            return replace(
                blank, verdict="unreadable", reason=statement.problem or "this line was not understood"
            )
        started = time.monotonic()
        context = derivation.context_of(statement)
        limit = statement.time_limit or self.time_limit
        verdict = self._judged(statement.claim, context, started + limit)
        if isinstance(verdict, Undecided) and statement.doubt is None:
            verdict = self._after(known, statement, context, started + limit) or verdict
        known.learn(statement, context, verdict)
        if isinstance(verdict, Refuted):
            doubt = statement.doubt or doubt_of(verdict, statement, context, derivation)
            doubt = doubt or self._miscounted(statement.claim, context, started + limit)
            verdict = _doubted(verdict, doubt, derivation.hints)
        return replace(_with_verdict(blank, verdict), seconds=round(time.monotonic() - started, 6))

    def _miscounted(self, claim: Claim, context: Context, deadline: float) -> str | None:
        """Which letter may be the size of an index set, so that a refuted `claim` would not be refuted."""
        try:
            for doubt, meant in counted(claim, context):
                if not isinstance(self._judged(meant, context, deadline), Refuted):
                    return doubt
        except (ContextError, DifferentiationError) as error:
            return in_one_line(str(error))
        return None

    def _resting(
        self, report: StatementReport, number: int, derivation: Derivation, reports: list[StatementReport]
    ) -> StatementReport:
        """`report`, a doubt where a refuted conclusion may rest on a line that was not understood."""
        if report.verdict != "refuted":
            return report
        above = [(derivation.statements[n], earlier) for n, earlier in enumerate(reports)]
        doubt = rests_on(derivation.statements[number], above, derivation)
        if doubt is None:
            return report
        left = Undecided(FAILS + doubt)
        return replace(_with_verdict(_unjudged(derivation.statements[number]), left), seconds=report.seconds)

    def _after(
        self, known: Earlier, statement: Statement, context: Context, deadline: float
    ) -> Verdict | None:
        """The verdict with the help of an earlier claim, None if there is none that helps."""
        lemmas = known.serving(statement, context)
        if not lemmas or statement.claim is None:
            return None

        def with_lemmas(claim: Claim, context: Context, deadline: float | None = None) -> Verdict:
            return kernel.judge_after(claim, context, lemmas, deadline)

        found = replace(self, judge=with_lemmas)._judged(statement.claim, context, deadline)
        return None if isinstance(found, Undecided) else found

    def _judged(self, claim: Claim, context: Context, deadline: float) -> Verdict:
        """The kernel's verdict.

        Guarantees: proved and refuted come from the kernel only; an exception of any kind is undecided.
        """
        try:
            return self.judge(claim, context, deadline=deadline)
        except RecursionError:
            reason = "this claim is nested too deeply"
        except MemoryError:
            reason = "this claim needs too much memory"
        except Exception as error:  # whatever happens to one claim, the rest of the document is checked
            reason = in_one_line(f"the check stopped: {type(error).__name__}: {error}")
        return Undecided(reason)


def _doubted(refuted: Refuted, doubt: str | None, hints: frozenset[Domain]) -> Verdict:
    """What is left of a refutation where the author says something that was not understood."""
    if doubt is None and refuted.missing in hints:
        doubt = f"{refuted.note}, and the document speaks of that"
    return refuted if doubt is None else Undecided(FAILS + doubt)


def _without_ignored(derivation: Derivation, reports: list[StatementReport]) -> Iterator[StatementReport]:
    """The reports, in which no verdict is told that the author does not want; an order that hides nothing is
    told itself.
    """
    pairs = list(zip(derivation.statements, reports, strict=True))
    needed = {statement.ignored for statement, report in pairs if not report.accepted}
    for statement, report in pairs:
        order = statement.ignored
        if order is None or report.verdict is None:
            yield report
        elif not report.accepted:
            note = f"not checked: {order.reason}"
            yield replace(_unjudged(statement), reading=report.reading, notes=(note,), seconds=report.seconds)
        elif order not in needed:
            note = f"{order.place} orders to ignore this, which is not needed: it is {report.verdict}"
            yield replace(report, notes=(*report.notes, note))
        else:
            yield report


def _unjudged(statement: Statement) -> StatementReport:
    place = statement.location
    return StatementReport(
        place.line,
        place.column,
        place.end_line,
        place.end_column,
        statement.role.value,
        statement.relation,
        statement.left_source,
        statement.right_source,
        statement.reading,
        statement.notes,
        part=place.part or None,
    )


def _told(certificate: Step | None) -> StepReport | None:
    return None if certificate is None else step_report(certificate)


def _with_verdict(blank: StatementReport, verdict: Verdict) -> StatementReport:
    """`blank` with all that `verdict` carries."""
    blank = replace(blank, verdict=verdict.kind)
    match verdict:
        case Proved(used, certificate):
            return replace(blank, assumptions_used=used, certificate=_told(certificate))
        case ProvedWhereDefined(conditions, used, certificate):
            told = tuple(map(shown, conditions))
            return replace(blank, conditions=told, assumptions_used=used, certificate=_told(certificate))
        case Refuted(found, note, _):
            point = tuple((shown(name), value) for name, value in found.assignment)
            witness = Witness(point, found.left, found.right)
            return replace(blank, witness=witness, reason=None if note is None else shown(note))
        case Undecided(reason):
            return replace(blank, reason=shown(reason))
