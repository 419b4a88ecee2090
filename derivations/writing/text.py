"""A report as text for people: what is wrong in its source line, why, what would be right, a summary."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from derivations.checking.report import (
    VERDICTS,
    Diagnosis,
    DocumentReport,
    Report,
    StatementReport,
    printable,
)
from derivations.writing.excerpt import ELLIPSIS, excerpt

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
BOLD, RESET = "\033[1m", "\033[0m"


@dataclass(frozen=True, slots=True)
class TextWriter:
    """How a report is shown."""

    colour: bool = False
    width: int | None = None
    """Columns of the terminal; None for a file or a pipe, in which claims are not cut."""
    quiet: bool = False
    """Only what is neither proved nor proved where defined, and no summary."""
    show_proved: bool = False
    """Proved claims too, each with the assumptions that its proof needs, inequalities with a certificate."""
    show_reading: bool = False
    """How every name and every statement was understood."""

    def report(self, report: Report) -> str:
        """The whole report, ending in a line break unless it is empty."""
        lines = [line for document in report.documents for line in self._document(document)]
        if report.documents and not self.quiet:
            lines += [""] * bool(lines) + [self._summary(report)]
        return "".join(f"{line}\n" for line in lines)

    def _document(self, document: DocumentReport) -> Iterator[str]:
        if self.show_reading:
            for name in document.declarations:
                line = "" if name.line is None else f":{name.line}"
                yield printable(
                    f"{document.path_of(name.part)}{line}: {name.origin}  {name.name}: {name.reading}"
                )
        for statement in document.statements:
            if self._is_shown(statement):
                yield from self._statement(document, statement)

    def _is_shown(self, statement: StatementReport) -> bool:
        """Findings always; conditions and notes unless quiet; what is plainly right only when asked for."""
        if not statement.accepted or self.show_reading:
            return True
        if statement.role == "claim" and self.show_proved:
            return True
        return not self.quiet and (statement.verdict == "proved-where-defined" or bool(statement.notes))

    def _statement(self, document: DocumentReport, statement: StatementReport) -> Iterator[str]:
        label = statement.verdict or statement.role
        yield self._head(document.path_of(statement.part), statement, label)
        shown = None if statement.accepted else excerpt(document.source_of(statement.part), statement)
        if shown is not None:
            gutter, source, carets = shown.lines(self.width or PLAIN_WIDTH)
            bar = carets.index("|") + 1
            yield from (gutter, source, carets[:bar] + self._shaded(carets[bar:], label))
        if statement.diagnosis:
            yield from self._diagnosis(statement.diagnosis)
        if statement.reading and (self.show_reading or not statement.accepted):
            yield from self._wrapped("read as: ", statement.reading)
        for remark in statement.facts:
            yield from self._wrapped("", remark)
        if statement.certificate is not None and self.show_proved:
            for depth, sentence in statement.certificate.sentences():
                yield from self._wrapped("  " * depth + "since ", sentence)

    def _head(self, path: str, statement: StatementReport, label: str) -> str:
        place = f"{path}:{statement.line}:{statement.column}: "
        sides = (statement.lhs, statement.relation, statement.rhs) if statement.lhs else (statement.rhs,)
        step = " ".join(" ".join(sides).split())
        room = (self.width or 0) - len(place) - len(label) - 2
        if self.width is not None and len(step) > room:
            step = step[: max(room - 1, 0)] + ELLIPSIS
        return f"{printable(place)}{self._shaded(label, label)}  {printable(step)}"

    def _diagnosis(self, diagnosis: Diagnosis) -> Iterator[str]:
        """The mistake with its code, and the right side that is proved."""
        yield from self._wrapped(f"{diagnosis.code} {diagnosis.mistake}: ", diagnosis.message, BOLD)
        if diagnosis.repair is not None:
            yield from self._wrapped("proved instead: ", diagnosis.repair)

    def _wrapped(self, label: str, text: str, shade: str = "") -> Iterator[str]:
        """A remark below a statement, on a terminal in as many lines as it takes."""
        whole = printable(label + text)
        lines = [f"  {whole}"]
        if self.width is not None:
            room = max(self.width, 20)
            lines = textwrap.wrap(whole, room, initial_indent="  ", subsequent_indent="      ")
        if shade and self.colour and lines:
            lines[0] = lines[0].replace(label.rstrip(": "), f"{shade}{label.rstrip(': ')}{RESET}", 1)
        yield from lines

    def _shaded(self, text: str, verdict: str) -> str:
        shade = SHADES.get(verdict) if self.colour else None
        return f"{shade}{text}{RESET}" if shade else text

    def _summary(self, report: Report) -> str:
        counts = report.summary
        claims = f"{counts['claims']} claim{'s' * (counts['claims'] != 1)}"
        if len(report.documents) > 1:
            claims += f" in {len(report.documents)} documents"
        found = (self._shaded(f"{counts[v]} {v}", v) for v in VERDICTS if counts[v])
        unchecked = sum(s.role == "claim" and s.verdict is None for s in report.statements)
        told = ", ".join([*found, *([f"{unchecked} not checked"] if unchecked else [])])
        summary = ": ".join(filter(None, (claims, told)))
        if self.width is not None and any(statement.diagnosis for statement in report.statements):
            summary += "; derivations explain CODE says more"
        return summary
