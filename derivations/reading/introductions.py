"""Where names are introduced: a document whose parts introduce z anew may mean another z, of another shape.

Lecture notes state a theorem a section, each with its own z and J. What does not fit in shape between two
such sections is no mistake of the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from derivations.reading.drafts import Draft
from derivations.reading.facts import Facts
from derivations.reading.heads import head_of
from derivations.reading.prose import ProseFact
from derivations.reading.sentences import Sentence
from derivations.reading.terms import Term
from derivations.reading.vocabulary import Spec, used_names

_LETTER = re.compile(r"[^_^(@ ]+")


def introduced_again(
    drafts: Iterable[Draft], told: Iterable[tuple[ProseFact, Sentence]], facts: Facts
) -> frozenset[str]:
    """The letters that more than one part of a document defines or says something of."""
    parts: dict[str, set[int]] = {}
    for draft in drafts:
        heads = [draft.head, *(head_of(said.target) for said in draft.said)]
        if draft.restated:
            heads.append(head_of(draft.left.syntax))
        for head in heads:
            if head is not None:
                parts.setdefault(head.base, set()).add(draft.sentence.part)
    for fact, sentence in told:
        for head in facts.named(fact.formulas[0]) if fact.formulas else ():
            parts.setdefault(head.base, set()).add(sentence.part)
    return frozenset(base for base, found in parts.items() if len(found) > 1)


def is_settled(terms: Iterable[Term | None], again: frozenset[str], specs: Mapping[str, Spec]) -> bool:
    """Whether no name in `terms`, or in the definitions of those, is introduced in several parts."""
    names = {name for term in terms if term is not None for name in used_names(term, specs)}
    letters = (_LETTER.match(name) for name in names)
    return again.isdisjoint(letter.group() for letter in letters if letter is not None)
