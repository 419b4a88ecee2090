"""One relation of a document as a draft: its sides, the sentence it stands in, and what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from derivations.language import Role
from derivations.reading.chains import Chain, Side
from derivations.reading.heads import Head
from derivations.reading.sentences import Sentence
from derivations.reading.stated import Said
from derivations.reading.tree import Operator
from derivations.reading.wordings import ANNOUNCED, APPENDED, BACKWARDS, LISTED


@dataclass(slots=True)
class Draft:
    """One relation and what is known of it so far."""

    chain: Chain
    position: int
    block: int
    piece: int
    sentence: Sentence
    number: int
    """Counts sentences."""
    role: Role = Role.CLAIM
    head: Head | None = None
    """What a definition defines."""
    gradient: Operator | None = None
    """The derivative that an equation gives of a name that the document does not define."""
    said: list[Said] = field(default_factory=list)
    renewed: bool = False
    """Whether a definition gives a name a new meaning."""
    restated: bool = False
    """Whether it says again what a definition said."""
    problem: str | None = None
    doubt: str | None = None
    """Why a failure would be no refutation."""
    supposed: bool = False
    """Whether it is a condition by its words only, or may be one; it is not read, and what fails is no
    refutation.
    """
    premise: bool = False
    """Whether it stands before an arrow."""

    @property
    def left(self) -> Side:
        """The side before the relation."""
        return self.chain.sides[self.position]

    @property
    def right(self) -> Side:
        """The side behind the relation."""
        return self.chain.sides[self.position + 1]

    @property
    def relation(self) -> str:
        """The relation's sign."""
        return self.chain.relations[self.position]

    @property
    def announced(self) -> bool:
        """Whether a claim is told before what it speaks of."""
        return bool(ANNOUNCED.search(self.sentence.text))

    @property
    def backwards(self) -> bool:
        """Whether a definition is told after its use: "where ..."."""
        return self.chain.kind == "where" or _is_appended(self.sentence, self.piece)


def _is_appended(sentence: Sentence, formula: int) -> bool:
    """Whether "where" or "with" brings in a formula, or one of a list that ends with it."""
    words = sentence.words_before(formula)
    if BACKWARDS.match(sentence.text) or APPENDED.search(words):
        return True
    place = sentence.formulas.index(formula)
    return place > 0 and bool(LISTED.match(words)) and _is_appended(sentence, sentence.formulas[place - 1])


def implications(chain: Chain) -> Iterator[Chain]:
    """A chain cut at its arrows of implication."""
    start = 0
    for position, relation in enumerate((*chain.relations, "implies")):
        if relation == "implies":
            if position > start or not chain.relations:
                yield replace(
                    chain, sides=chain.sides[start : position + 1], relations=chain.relations[start:position]
                )
            start = position + 1


def doubt_implication(rows: list[Draft]) -> None:
    """What stands beside an arrow may hold only together; what can be proved without it is proved."""
    for row in rows:
        if row.role is Role.CLAIM and not row.restated:
            row.doubt = row.doubt or "it may hold only under what stands before the arrow"
