"""What the reader reads: a text, and where its parts came from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derivations.language import Fragment
from derivations.reading.places import Places
from derivations.reading.tree import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A document's text, put together from fragments where it has any."""

    text: str
    format: str
    """``md`` or ``tex``."""
    fragments: tuple[Fragment, ...] = ()
    """In the order of the text; empty for a text that is one file."""
    problems: tuple[tuple[Span, str], ...] = ()
    """Places of the text at which something could not be put in, and why."""

    @property
    def breaks(self) -> tuple[int, ...]:
        """Where the cells of a notebook begin, which no formula crosses; an included file is no break."""
        return tuple(fragment.start for fragment in self.fragments) if self.format == "md" else ()

    def told(self, offset: int) -> str:
        """Where a letter of the text stands, in words."""
        return Places.of(self.text, self.fragments).told(Span(offset, offset + 1))

    def edited(self, text: str) -> Source:
        """This source with one stretch of its text changed, so that the whole is `text`."""
        pairs = enumerate(zip(self.text, text, strict=False))
        change = next((n for n, (old, new) in pairs if old != new), min(len(self.text), len(text)))
        longer = len(text) - len(self.text)
        fragments = (replace(f, start=f.start + longer) if f.start > change else f for f in self.fragments)
        return replace(self, text=text, fragments=tuple(fragments))
