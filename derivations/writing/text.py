"""A report as text for people: a line a claim, what is wrong shown in its source line, and a summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derivations.checking.report import VERDICTS, DocumentReport, Report, StatementReport
from derivations.writing.excerpt import ELLIPSIS, excerpt, printable

PLAIN_WIDTH = 100
"""Columns of a source window where no terminal says how many it has."""

SHADES = {
    "proved": "\033[32m",
    "proved-where-defined": "\033[36m",
    "refuted": "\033[1;31m",
    "undecided": "\033[33m",
    "unreadable": "\033[35m",
}
"""The terminal's colour for each verdict."""
RESET = "\033[0m"


@dataclass(frozen=True, slots=True)
class TextWriter:
    """How a report is shown."""

    colour: bool = False
    width: int | None = None
    """Columns of the terminal; None for a file or a pipe, in which claims are not cut."""
    quiet: bool = False
    """Only what is neither proved nor proved where defined, and no summary."""

    def report(self, report: Report) -> str:
        """The whole report, ending in a line break unless it is empty."""
        lines = [line for document in report.documents for line in self._document(document)]
        if not self.quiet:
            lines += [""] * bool(lines) + [self._summary(report)]
        return "".join(f"{line}\n" for line in lines)

    def _document(self, document: DocumentReport) -> Iterator[str]:
        for statement in document.statements:
            if statement.role == "claim":
                if not (self.quiet and statement.accepted):
                    yield from self._claim(document, statement)
            elif statement.notes and not self.quiet:
                yield self._head(document.path, statement, statement.role)
                yield from self._remarks(statement)

    def _claim(self, document: DocumentReport, claim: StatementReport) -> Iterator[str]:
        verdict = claim.verdict or ""
        yield self._head(document.path, claim, verdict)
        shown = None if claim.accepted else excerpt(document.source, claim)
        if shown is not None:
            gutter, source, carets = shown.lines(self.width or PLAIN_WIDTH)
            bar = carets.index("|") + 1
            yield from (gutter, source, carets[:bar] + self._shaded(carets[bar:], verdict))
        if not claim.accepted and claim.reading:
            yield f"  read as: {printable(claim.reading)}"
        yield from self._remarks(claim)

    def _head(self, path: str, statement: StatementReport, label: str) -> str:
        place = f"{path}:{statement.line}:{statement.column}: "
        step = " ".join(f"{statement.lhs} {statement.relation} {statement.rhs}".split())
        room = (self.width or 0) - len(place) - len(label) - 2
        if self.width is not None and len(step) > room:
            step = step[: max(room - 1, 0)] + ELLIPSIS
        return f"{printable(place)}{self._shaded(label, label)}  {printable(step)}"

    @staticmethod
    def _remarks(statement: StatementReport) -> Iterator[str]:
        return (f"  {printable(remark)}" for remark in statement.remarks)

    def _shaded(self, text: str, verdict: str) -> str:
        shade = SHADES.get(verdict) if self.colour else None
        return f"{shade}{text}{RESET}" if shade else text

    def _summary(self, report: Report) -> str:
        counts = report.summary
        claims = f"{counts['claims']} claim{'s' * (counts['claims'] != 1)}"
        if len(report.documents) > 1:
            claims += f" in {len(report.documents)} documents"
        found = (self._shaded(f"{counts[v]} {v}", v) for v in VERDICTS if counts[v])
        return ": ".join(filter(None, (claims, ", ".join(found))))
