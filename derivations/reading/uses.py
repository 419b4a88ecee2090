"""Which definitions of a document use which names: what goes round in circles, what a new meaning reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from derivations.reading.heads import head_of, key_of
from derivations.reading.pieces import Piece
from derivations.reading.renamed import renamed_in
from derivations.reading.sentences import Sentence
from derivations.reading.syntax import walk
from derivations.reading.tree import Syntax
from derivations.reading.vocabulary import Vocabulary


@dataclass
class Uses:
    """The names that each definition so far uses, by their keys."""

    vocabulary: Vocabulary
    found: dict[str, set[str]] = field(default_factory=dict)

    def note(self, key: str, body: Syntax | None) -> None:
        """Keep what the definition of `key` uses."""
        self.found[key] = self.keys(body)

    def keys(self, node: Syntax | None) -> set[str]:
        """The keys of the names in a formula."""
        heads = (head_of(part) for part in walk(node)) if node is not None else ()
        return {key_of(head, self.vocabulary) for head in heads if head is not None}

    def of(self, key: str) -> set[str]:
        """The names whose definitions use `key`, directly or not."""
        return {name for name in self.found if self._reaches(name, key)}

    def renamed(self, sentence: Sentence, pieces: Sequence[Piece]) -> set[str]:
        """The names to which words in a sentence give another meaning, and those that are made of them."""
        heads = renamed_in(sentence, pieces)
        # Indices are renamed without loss: "interchanging $j$ and $k$".
        keys = {key_of(h, self.vocabulary) for h in heads if not self.vocabulary.survey.is_index(h.base)}
        return keys.union(*map(self.of, keys))

    def goes_round(self, key: str, body: Syntax | None) -> bool:
        """Whether `body` would define `key` by something that is defined by it."""
        return any(self._reaches(name, key) for name in self.keys(body) - {key})

    def _reaches(self, name: str, key: str) -> bool:
        reached: set[str] = set()
        waiting = set(self.found.get(name, ()))
        while waiting:
            used = waiting.pop()
            if used not in reached:
                reached.add(used)
                waiting |= self.found.get(used, set())
        return key in reached
