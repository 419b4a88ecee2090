"""Offsets in a document's text as lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from derivations.language import Location
from derivations.reading.tree import Span


@dataclass(frozen=True, slots=True)
class Places:
    """The line starts of one text."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Places:
        """The places of `text`."""
        return cls(text, (0, *(n + 1 for n, letter in enumerate(text) if letter == "\n")))

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_right(self.starts, offset)

    def location(self, span: Span) -> Location:
        """The stretch `span` by lines and columns, both 1-based, the end exclusive."""
        first, last = self.line(span.start), self.line(span.end)
        return Location(
            first, span.start - self.starts[first - 1] + 1, last, span.end - self.starts[last - 1] + 1
        )

    def offset(self, line: int, column: int) -> int:
        """The offset of a place by line and column."""
        return self.starts[line - 1] + column - 1

    def line_of(self, offset: int) -> Span:
        """The whole line of an offset, its line break included."""
        line = self.line(offset)
        return Span(self.starts[line - 1], self.starts[line] if line < len(self.starts) else len(self.text))

    def slice(self, span: Span) -> str:
        """The source of `span`."""
        return self.text[span.start : span.end].strip()
