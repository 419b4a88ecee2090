"""The sections of a document as a tree: which one encloses which, and what kind each is.

What a section says holds in the sections below it. A section called "Notation" or "Setup" speaks for the one
that encloses it; an example or a theorem assumes for itself only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from derivations.reading.frames import CONTINUING, STATED
from derivations.reading.pieces import Boundary, Heading, Piece

Place = tuple[int, int]
"""A section, counted by headings, and in it the theorem or example, 0 for the running text."""

ROOT: Place = (0, 0)
"""What stands before the first heading."""

_LATEX = {"chapter": 0, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4, "subparagraph": 5}
_COMMAND = re.compile(r"\s*\\(\w+)\*?\s*\{(.*)\}", re.DOTALL)
_BOLD = 7
"""The level of a paragraph in bold, below all others."""
_GENERAL = re.compile(
    r"^\W*(?:\d[\d.]*\W*)?(?:(?:the|our|some|basic|general|mathematical|problem|model|data) ){0,2}"
    r"(?:notations?|set-?up|setting|conventions?|preliminar\w+|prerequisites?|definitions|assumptions|"
    r"problem statement|symbols|glossary)\b",
    re.IGNORECASE,
)
_KINDS = "|".join(sorted(STATED | {"case", "task", "quiz", "homework"}))
_ALONE = re.compile(rf"^\W*(?:\d[\d.]*\W*)?(?:worked )?(?:{_KINDS})s?\b", re.IGNORECASE)
"""The title of an example, a theorem and the like."""
_DECLARING = frozenset({"definition", "assumption", "note", "notation", "convention", "setting", "setup"})
"""Environments that declare for what follows them."""


@dataclass(slots=True)
class Section:
    """One section, or one theorem or example in it."""

    place: Place
    level: int
    title: str
    parent: Place | None

    @property
    def general(self) -> bool:
        """Whether it speaks for the whole that it is a part of."""
        return bool(_GENERAL.search(self.title))

    @property
    def alone(self) -> bool:
        """Whether what it assumes holds in it only."""
        if self.place[1]:
            return not self.declares
        return bool(_ALONE.match(self.title)) and not self.general and not self.declares

    @property
    def declares(self) -> bool:
        """Whether it is an environment that declares for what follows."""
        return self.title.lower() in _DECLARING

    @property
    def continues(self) -> bool:
        """Whether it is a proof or solution of what stands before it."""
        found = _ALONE.match(self.title)
        return found is not None and any(kind in found.group().lower() for kind in CONTINUING)


@dataclass(slots=True)
class Outline:
    """All sections of a document, by their places."""

    sections: dict[Place, Section]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Outline:
        """The outline of a document."""
        outline = cls({ROOT: Section(ROOT, -1, "", None)})
        part, frames, last = 0, list[tuple[int, str]](), ROOT
        for piece in pieces:
            if isinstance(piece, Heading):
                part += 1
                level, title = heading(piece.text)
                last = outline._add((part, 0), level, title, last)
                frames = frames[-1:]
            elif isinstance(piece, Boundary):
                frames.append((piece.frame, piece.kind))
            for frame, kind in frames:
                place = (part, frame)
                if frame and place not in outline.sections:
                    outline.sections[place] = Section(place, _BOLD + 1, kind, (part, 0))
            frames = frames[-1:]
        return outline

    def _add(self, place: Place, level: int, title: str, last: Place) -> Place:
        """Put a section behind `last`, below the nearest one of a higher level."""
        before = self.sections[last]
        section = Section(place, level, title, None)
        while before.level >= level:
            if section.continues and before.level == level and before.alone and not before.continues:
                break  # a proof lies in its theorem
            assert before.parent is not None
            before = self.sections[before.parent]
        section.parent = before.place
        self.sections[place] = section
        return place

    def around(self, place: Place) -> Iterator[Place]:
        """A section and those that enclose it, the innermost first."""
        here: Place | None = place
        while here is not None:
            yield here
            here = self.sections[here].parent

    def voiced(self, place: Place) -> Iterator[Place]:
        """The sections that the text at `place` speaks for: its own one, and those around that it or a
        general section with it in it belongs to.
        """
        yield place
        for here in self.around(place):
            section = self.sections[here]
            if section.parent is not None and (section.general or section.declares):
                yield section.parent

    def home(self, place: Place) -> Place:
        """The section under a heading of its own that a theorem or a paragraph in bold stands in."""
        return next(here for here in self.around(place) if self.sections[here].level < _BOLD)


def heading(text: str) -> tuple[int, str]:
    """The level and the title of a heading as it is written."""
    words = text.strip()
    command = _COMMAND.match(words)
    if command is not None:
        return _LATEX.get(command[1], 1), command[2].strip()
    marks = len(words) - len(words.lstrip("#"))
    if marks:
        return marks, words.strip("# \t\n")
    lines = words.splitlines()
    if len(lines) > 1 and set(lines[-1].strip()) in ({"="}, {"-"}):
        return (1 if "=" in lines[-1] else 2), " ".join(lines[:-1]).strip()
    return _BOLD, words.strip("*: \t\n")
