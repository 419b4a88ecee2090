"""For which values of an index a sentence speaks: "for $k = 1, \\dots, K-1$, ..." leaves out the class K.

Only ranges that leave something out matter; all of an index is what a claim speaks of anyway.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from derivations.language import IndexSet
from derivations.reading.drafts import Draft
from derivations.reading.pieces import Mathematics, Piece
from derivations.reading.sentences import Sentence
from derivations.reading.syntax import name_of

_OF_ALL = re.compile(
    r"\b(?:all|every|any|each|both)\b(?: [\w-]+){0,3} (?:class|categor|ind[ei]|outcome|component|entr)\w*",
    re.IGNORECASE,
)
"""Words that speak of all values of an index."""
_OF_NAMED = re.compile("\\b(?:all|every|any|each|both)\\b(?: [\\w-]+){0,2} \u27e6(\\d+)\u27e7", re.IGNORECASE)
"""The same before a formula."""

Ranges = tuple[tuple[str, IndexSet], ...]


@dataclass(frozen=True, slots=True)
class IndexRanges:
    """What sentences say of the ranges of indices.

    *Guarantees*: a claim is restricted only by the one thing that its own sentence says of the index; where
    it says two, the claim keeps the whole range, and its failure is no refutation.
    """

    said: Mapping[Sentence, Mapping[str, Sequence[IndexSet | None]]]
    """Sentence -> index -> the ranges that it is said to have, None for anything else that is said."""

    @classmethod
    def of(cls, drafts: Iterable[Draft], pieces: Sequence[Piece]) -> IndexRanges:
        """The ranges in a document."""
        found: dict[Sentence, dict[str, list[IndexSet | None]]] = defaultdict(lambda: defaultdict(list))
        for draft in drafts:
            name = name_of(draft.left.syntax) if draft.left.syntax is not None else None
            if name is not None:
                found[draft.sentence][name] += [said.index_range for said in draft.said] or [None]
        for sentence, said in found.items():
            others = set(said) if _OF_ALL.search(sentence.text) else set(_named(sentence, pieces))
            for name in others & said.keys():
                said[name].append(None)
        return cls(found)

    def of_claim(self, draft: Draft) -> tuple[Ranges, str | None]:
        """The ranges of free indices in a claim, and why its failure is no refutation, if so."""
        ranges: list[tuple[str, IndexSet]] = []
        doubt = None
        for name, said in sorted(self.said.get(draft.sentence, {}).items()):
            narrow = [one for one in said if one is not None and one != one.whole]
            if narrow and len(said) == 1:
                ranges.append((name, narrow[0]))
            elif narrow:
                doubt = f"its sentence says two things of the index {name}"
        return tuple(ranges), doubt


def _named(sentence: Sentence, pieces: Sequence[Piece]) -> Iterator[str]:
    """The letters of "for every $k$"."""
    for match in _OF_NAMED.finditer(sentence.text):
        piece = pieces[int(match[1])]
        for chain in piece.chains if isinstance(piece, Mathematics) else ():
            name = name_of(chain.sides[0].syntax) if chain.sides[0].syntax is not None else None
            if name is not None and not chain.relations:
                yield name
