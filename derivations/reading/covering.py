"""How far a condition on an entry reaches: "if $x_i > 0$" says nothing of x_j."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derivations.reading.heads import head_of, indices_of
from derivations.reading.scopes import Test
from derivations.reading.stated import Said
from derivations.reading.term_walk import indices_of_name, names_in
from derivations.reading.terms import Term
from derivations.reading.vocabulary import Vocabulary, used_names

_FOR_ALL = re.compile(r"^\W*for (?:all|every|each|any)\b", re.IGNORECASE)


def covers(
    said: Said, name: str | None, test: Test, terms: Sequence[Term | None], vocabulary: Vocabulary
) -> bool:
    """Whether what a condition says of ``x_i`` is said of every x in a claim with the sides `terms`.

    *Guarantees*: not where x stands with other letters, or in the definition of another name.
    """
    head = head_of(said.target)
    own = () if head is None else tuple(index.name for index in indices_of(head, vocabulary))
    if name is None or not own or _FOR_ALL.match(test.draft.sentence.words_after(test.draft.piece)):
        return True
    used = {one for term in terms if term is not None for one in used_names(term, vocabulary.specs)}
    definitions = (vocabulary.specs[one].definition for one in used if one in vocabulary.specs)
    if any(name in names_in(definition.body) for definition in definitions if definition is not None):
        return False
    return all(letters[: len(own)] == own for term in terms for letters in indices_of_name(term, name))
