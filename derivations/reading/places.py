"""Offsets in a document's text as lines and columns, in the cell or file where its author knows them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from derivations.language import Derivation, Fragment, Location
from derivations.reading.tree import Span


@dataclass(frozen=True, slots=True)
class Places:
    """The line starts of one text, and of the fragments that it was put together from."""

    text: str
    starts: tuple[int, ...]
    fragments: tuple[Fragment, ...]
    own_starts: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, text: str, fragments: tuple[Fragment, ...] = ()) -> Places:
        """The places of `text`."""
        known = fragments or (Fragment(0, "", text),)
        starts = {name: _line_starts(own) for name, own in {f.name: f.text for f in known}.items()}
        return cls(text, _line_starts(text), known, starts)

    def line(self, offset: int) -> int:
        """The 1-based line of an offset in the whole text."""
        return bisect_right(self.starts, offset)

    def line_of(self, offset: int) -> Span:
        """The whole line of an offset, its line break included."""
        line = self.line(offset)
        return Span(self.starts[line - 1], self.starts[line] if line < len(self.starts) else len(self.text))

    def location(self, span: Span) -> Location:
        """The stretch `span` by lines and columns, both 1-based, the end exclusive; one that reaches over the
        end of a fragment ends with it.
        """
        number = self._fragment(span.start)
        following = self.fragments[number + 1].start if number + 1 < len(self.fragments) else len(self.text)
        name = self.fragments[number].name
        first = self._own(number, span.start)
        last = self._own(number, max(min(span.end, following), span.start))
        return Location(*first, *last, name, span.start, span.end)

    def told(self, span: Span) -> str:
        """Where `span` begins, in words."""
        place = self.location(span)
        part = f"{place.part}, " if place.part else ""
        return f"{part}line {place.line}, column {place.column}"

    def _fragment(self, offset: int) -> int:
        return max(bisect_right(self.fragments, offset, key=lambda fragment: fragment.start) - 1, 0)

    def _own(self, number: int, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the text of a fragment."""
        fragment = self.fragments[number]
        own = min(offset - fragment.start + fragment.offset, len(fragment.text))
        starts = self.own_starts[fragment.name]
        line = bisect_right(starts, own)
        return line, own - starts[line - 1] + 1

    def slice(self, span: Span) -> str:
        """The source of `span`."""
        return self.text[span.start : span.end].strip()

    def with_own_lines(self, derivation: Derivation) -> Derivation:
        """`derivation`, in which names are told with lines of their fragments and not of the whole."""
        names = []
        for name in derivation.names:
            if name.line is not None:
                start = self.starts[min(name.line, len(self.starts)) - 1]
                number = self._fragment(start)
                name = replace(name, line=self._own(number, start)[0], part=self.fragments[number].name)
            names.append(name)
        return replace(derivation, names=tuple(names))


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(n + 1 for n, letter in enumerate(text) if letter == "\n"))
