"""What a view says of the drafts and phrases of its document: what is withheld, doubtful or loose there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from derivations.language import Role
from derivations.reading.drafts import Draft
from derivations.reading.facts import Facts
from derivations.reading.heads import Head
from derivations.reading.introduced import ASSUMING, Reader
from derivations.reading.prose import ProseFact
from derivations.reading.views import View


@dataclass(frozen=True, slots=True)
class Sight:
    """A view at work, with the reader that tells its letters."""

    view: View
    reader: Reader

    def withholds(self, heads: Iterable[Head | None], values: object) -> bool:
        """Whether what is supposed of the values of names does not hold in this view."""
        letters = (self.reader.letter(head.base) for head in heads if head is not None)
        return any((letter, values) in self.view.withheld for letter in letters)

    def withholds_fact(self, fact: ProseFact, facts: Facts) -> bool:
        """Whether what a phrase supposes of values does not hold in this view."""
        if fact.kind not in ASSUMING:
            return False
        if not fact.formulas:
            return any(values == fact.kind for _, values in self.view.withheld)
        return self.withholds(facts.named(fact.formulas[0]), fact.kind)

    def doubt(self, draft: Draft) -> str | None:
        """Why it is not certain what a letter in a claim means here, None where it is."""
        return next(filter(None, map(self.view.doubtful.get, self._behind(draft))), None)

    def looseness(self, draft: Draft) -> str | None:
        """What is supposed elsewhere of a letter in a claim, so that its failure is no refutation."""
        return next(filter(None, map(self.view.loose.get, self._behind(draft))), None)

    def _behind(self, draft: Draft) -> list[str]:
        letters = self.reader.letters(draft.left.syntax) | self.reader.letters(draft.right.syntax)
        return self.view.behind(letters)

    def settle(self, draft: Draft) -> None:
        """Let nothing give a meaning to a letter that has one which this view does not see: it is a claim."""
        if draft.role is not Role.DEFINITION:
            return
        unseen = set(self.view.doubtful)
        letters = {self.reader.letter(draft.head.base)} if draft.head is not None else set[str]()
        if draft.gradient is not None:
            unseen |= self.view.choices.keys()
            letters |= self.reader.letters(draft.left.syntax)
        if letters & unseen:
            draft.role, draft.head, draft.gradient = Role.CLAIM, None, None
