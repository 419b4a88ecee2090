"""Functions that every item of a list defines anew: "Sigmoid: $f(x) = ...$", "Tanh: $f(x) = ...$"."""

from __future__ import annotations

from dataclasses import dataclass, field

from derivations.reading.drafts import Draft
from derivations.reading.heads import Head
from derivations.reading.survey import KNOWN_FUNCTIONS


@dataclass(slots=True)
class Listed:
    """What the list at hand has defined so far."""

    items: dict[str, int] = field(default_factory=dict)
    """Key -> the item that defined it last."""
    again: set[str] = field(default_factory=set)
    """Keys that several items define."""

    def begins_other_item(self, row: Draft, head: Head, key: str) -> bool:
        """Whether an item of the list begins with a function that another item has defined."""
        item, first = row.sentence.item, row.sentence.formulas[:1] == (row.piece,)
        own = head.group is not None and head.base not in KNOWN_FUNCTIONS
        return own and first and item > 0 and 0 < self.items.get(key, 0) != item

    def note_again(self, row: Draft, head: Head, key: str) -> None:
        """Note that an item defines anew what another one defined, if it does."""
        if self.begins_other_item(row, head, key):
            self.again.add(key)

    def leave(self) -> set[str]:
        """The keys of which nobody knows, behind the list, which item's function they stand for."""
        found = set(self.again)
        self.again.clear()
        self.items.clear()
        return found
