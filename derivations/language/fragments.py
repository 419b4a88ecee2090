"""A text that was put together: from the cells of a notebook, or from the files of a LaTeX project.

Whoever is told a place is told it in the cell or file that they know, so a fragment remembers where its text
came from.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fragment:
    """From offset `start` of the whole on stands the text of `name` from `offset` on."""

    start: int
    name: str
    """``cell 3``, or a path below the document's folder; empty for the document itself."""
    text: str
    """All of the cell or file."""
    offset: int = 0
