"""The one way in which reading gives up on a formula: with its place and what would help."""

from __future__ import annotations

from derivations.reading.tree import Span


class Unreadable(ValueError):
    """A formula that cannot be read with certainty, and where."""

    def __init__(self, span: Span, message: str) -> None:
        """`message` says what is not certain and what would help."""
        super().__init__(message)
        self.span = span
