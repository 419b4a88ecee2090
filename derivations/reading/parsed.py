"""A document's text as it is before anything is understood: pieces with their syntax, sentences, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from derivations.reading.directives import Directive
from derivations.reading.pieces import Mathematics, Piece, read_pieces
from derivations.reading.places import Places
from derivations.reading.sentences import Sentence, sentences_of
from derivations.reading.sources import Source
from derivations.reading.tree import Syntax


@dataclass(frozen=True)
class Parsed:
    """The pieces and sentences of one source."""

    source: Source
    places: Places
    pieces: list[Piece]
    sentences: list[Sentence]
    directives: tuple[Directive, ...]

    @classmethod
    def of(cls, source: Source) -> Parsed:
        """The source with its formulas parsed and its sentences found."""
        found = read_pieces(source.text, source.format, source.breaks)
        pieces = list(found.pieces)
        sentences = list(sentences_of(pieces, source.text))
        return cls(source, Places.of(source.text, source.fragments), pieces, sentences, found.directives)

    def mathematics(self) -> Iterator[Mathematics]:
        """All formulas in order."""
        return (piece for piece in self.pieces if isinstance(piece, Mathematics))

    def formula(self, number: int) -> Mathematics:
        """The formula with a number among the pieces."""
        piece = self.pieces[number]
        assert isinstance(piece, Mathematics)
        return piece


def sides_in(formulas: Iterable[Mathematics]) -> list[Syntax]:
    """The sides that were understood."""
    return [
        side.syntax
        for piece in formulas
        for chain in piece.chains
        for side in chain.sides
        if side.syntax is not None
    ]
