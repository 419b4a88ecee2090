"""The source line of a step with carets under it, as compilers show their errors."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from derivations.checking.report import StatementReport, printable

NARROWEST = 20
"""Columns of source that are shown however narrow the terminal is."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of source, made safe to print, and the half-open range of its characters that is meant."""

    number: int
    text: str
    start: int
    end: int

    def lines(self, width: int) -> tuple[str, str, str]:
        """A blank gutter, the source and the carets, cut to `width` columns around the carets."""
        gutter = len(str(self.number))
        text, start, end = _window(self.text, self.start, self.end, max(width - gutter - 3, NARROWEST))
        before, under = _columns(text[:start]), max(_columns(text[start:end]), 1)
        blank = " " * gutter
        return f"{blank} |", f"{self.number} | {text}", f"{blank} | {' ' * before}{'^' * under}"


def excerpt(source: str, claim: StatementReport) -> Excerpt | None:
    """The line on which the right side of `claim` begins; None where the source does not have it."""
    lines = source.split("\n")
    if not 1 <= claim.line <= claim.end_line <= len(lines):
        return None
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    first = starts[claim.line - 1] + claim.column - 1
    last = starts[claim.end_line - 1] + claim.end_column - 1
    found = source.rfind(claim.rhs, first, last) if claim.rhs else -1
    begin, end = (found, found + len(claim.rhs)) if found >= 0 else (first, last)
    number = source.count("\n", 0, begin) + 1
    line = lines[number - 1]
    start = begin - starts[number - 1]
    return Excerpt(number, printable(line), start, min(end - starts[number - 1], len(line)))


def _window(text: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """At most `room` characters of `text` that show `start`, and the range's place among them."""
    if len(text) <= room:
        return text, start, end
    left = max(0, min(start - room // 4, len(text) - room))
    shown = text[left : left + room]
    if left:
        shown = ELLIPSIS + shown[1:]
    if left + room < len(text):
        shown = shown[:-1] + ELLIPSIS
    return shown, start - left, min(end - left, room)


def _columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)
