"""What every section says of names: what it defines, which shapes and values it gives them.

Names are told apart by their letters here, `x_i` and `x` by one: where a letter gets another meaning, all
that is written with it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from derivations.language import IndexSet, Role
from derivations.reading.applications import arguments_of
from derivations.reading.chains import Chain
from derivations.reading.drafts import Draft
from derivations.reading.facts import Facts, label_letters
from derivations.reading.heads import Head, head_of, indices_of, is_power, key_of, said_of
from derivations.reading.outline import Place
from derivations.reading.prose import ProseFact
from derivations.reading.scopes import is_conditional
from derivations.reading.sentences import Sentence
from derivations.reading.stated import Said, said_in
from derivations.reading.supposed_orders import ORDERS
from derivations.reading.syntax import is_transpose, name_of, superscript_parts
from derivations.reading.tree import Big, Group, Scripted, Span, Syntax, children
from derivations.reading.vocabulary import Vocabulary
from derivations.reading.wordings import ANEW, HERE_ONLY

_ASSUMING = (
    "one-hot sum-one binary positive binary-labels sign-labels one-hot-labels member rest-zero symmetric "
    "diagonal arbitrary definite property"
)
ASSUMING = frozenset(_ASSUMING.split())
"""Kinds of phrases that say which values a name takes."""
_RANKS = {"scalar": 0, "vector": 1, "matrix": 2, "square": 2, "sized": 2}
_FUNCTIONS = frozenset({"sigmoid", "normal-distribution", "normal-density", "softmax", "other-function"})
_VERSION = re.compile(r" \((?:\d+|number|entry)\)$")


@dataclass(frozen=True, slots=True)
class Introduction:
    """One thing that one sentence says of one letter."""

    letter: str
    base: str
    """The letter as it is written: x, where `letter` is the X of which it is a row."""
    key: str
    """The name with its scripts, as far as they are no indices."""
    place: Place
    order: int
    """Counts sentences."""
    span: Span
    meaning: object | None = None
    """What it is defined as, without places; letters of indices and arguments numbered."""
    made_of: frozenset[str] = frozenset()
    """The letters in its meaning."""
    beside: frozenset[str] = frozenset()
    """All letters of the line that says so."""
    indices: int = 0
    """How many indices are written at it."""
    axes: tuple[object, ...] | None = None
    """Its shape, written indices included; None where nothing is said."""
    values: object | None = None
    """What is said of the values that it takes."""
    anew: bool = False
    """Whether words such as "let" bring it in."""
    here: bool = False
    """Whether it is supposed for its own section only."""

    @property
    def labels(self) -> bool:
        """Whether it makes the name a class label."""
        return isinstance(self.values, IndexSet)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what a document says of names off its drafts and phrases."""

    vocabulary: Vocabulary
    facts: Facts

    def letter(self, base: str) -> str:
        """The letter that stands for a name: X for x, if x_i are its rows."""
        aliases = (self.vocabulary.aliases, self.vocabulary.indexed_aliases)
        return next((known[base] for known in aliases if base in known), base)

    def letters(self, node: Syntax | None) -> frozenset[str]:
        """The letters in a formula."""
        return frozenset(map(self.letter, _names(node))) if node is not None else frozenset()

    def letters_of(self, chain: Chain, head: Head | None) -> frozenset[str]:
        """The letters in a chain that mean something outside of it: not the arguments of the function that
        it defines.
        """
        found = frozenset[str]().union(*(self.letters(side.syntax) for side in chain.sides))
        return found - self._formal(head)

    def _formal(self, head: Head | None) -> frozenset[str]:
        if head is None or head.group is None:
            return frozenset()
        return frozenset[str]().union(*map(self.letters, arguments_of(head.group)))

    def introductions(
        self, drafts: Iterable[Draft], told: Iterable[tuple[ProseFact, Sentence]], sentences: list[Sentence]
    ) -> Iterator[Introduction]:
        """All introductions of a document."""
        for draft in drafts:
            yield from self._drafted(draft)
        orders = {id(sentence): number for number, sentence in enumerate(sentences)}
        for fact, sentence in told:
            if not fact.conditional:
                yield from self._told(fact, sentence, orders[id(sentence)])

    def _drafted(self, draft: Draft) -> Iterator[Introduction]:
        sentence = draft.sentence
        head = defined_by(draft)
        if head is not None:
            yield Introduction(
                self.letter(head.base),
                head.base,
                self._key(head),
                sentence.place,
                draft.number,
                draft.left.span,
                said_of(head, draft.right.syntax, self.vocabulary),
                self.letters(draft.right.syntax) - self._formal(head) - {self.letter(head.base)},
                self.letters_of(draft.chain, head),
                len(indices_of(head, self.vocabulary)),
                anew=True,
            )
            return
        words = sentence.words_before(draft.piece)
        anew = bool(ANEW.search(_before(sentence, draft.piece)))
        said = draft.said
        if not said and anew and draft.position == 0 and draft.role is Role.CLAIM:
            said = said_in(draft.chain, self.vocabulary.survey)
        here = draft.relation in ORDERS and bool(HERE_ONLY.search(words))
        for one in said:
            if not is_conditional(draft):
                yield from self._said(one, draft, anew, here)

    def _said(self, said: Said, draft: Draft, anew: bool, here: bool) -> Iterator[Introduction]:
        head = head_of(said.target)
        if head is None or said.index_range is not None or is_power(head, self.vocabulary):
            return
        count = len(indices_of(head, self.vocabulary))
        ordered = anew and draft.relation in ORDERS and head.group is None
        axes: tuple[object, ...] | None = None
        if said.shape is not None:
            axes = (*(None,) * count, *said.shape)
        elif ordered or said.label is not None:
            axes = (None,) * count
        yield Introduction(
            self.letter(head.base),
            head.base,
            self._key(head),
            draft.sentence.place,
            draft.number,
            said.target.span,
            beside=self.letters_of(draft.chain, None),
            indices=count,
            axes=axes,
            values=values_of(said),
            anew=anew,
            here=here,
        )

    def _told(self, fact: ProseFact, sentence: Sentence, order: int) -> Iterator[Introduction]:
        place = sentence.place
        values = fact.kind if fact.kind in ASSUMING else None
        if not fact.formulas:
            for letter in label_letters(self.vocabulary, self.facts.defined)[:2]:
                yield Introduction(letter, letter, letter, place, order, Span(0, 0), values=values)
            return
        rank = _RANKS.get(fact.kind)
        if values is None and rank is None and fact.kind not in _FUNCTIONS:
            return
        for head in self.facts.named(fact.formulas[0]):
            count = len(indices_of(head, self.vocabulary))
            yield Introduction(
                self.letter(head.base),
                head.base,
                self._key(head),
                place,
                order,
                head.node.span,
                meaning=(fact.kind,) if fact.kind in _FUNCTIONS else None,
                made_of=frozenset[str]().union(
                    *(self.letters(self.facts.first_side(formula)) for formula in fact.formulas[1:])
                ),
                indices=count,
                axes=None if rank is None else (None,) * (rank if rank == 2 else count + rank),
                values=values,
                anew=bool(ANEW.search(_before(sentence, fact.formulas[0]))),
            )

    def _key(self, head: Head) -> str:
        return _VERSION.sub("", key_of(head, self.vocabulary))


def names_of(chain: Chain) -> frozenset[str]:
    """The names in a chain as they are written."""
    return frozenset(name for side in chain.sides if side.syntax is not None for name in _names(side.syntax))


def _names(node: Syntax) -> Iterator[str]:
    """The names in a formula that are no indices of others."""
    name = name_of(node)
    if name is not None:
        yield name
    elif isinstance(node, Scripted):
        yield from _names(node.base)
        for part in superscript_parts(node.superscript):
            if not is_transpose(part) and not (isinstance(part, Group) and part.kind == "("):
                yield from _names(part)
    else:
        for child in (node.body,) if isinstance(node, Big) else children(node):
            yield from _names(child)


def defined_by(draft: Draft) -> Head | None:
    """The head that a draft defines, now or again."""
    return draft.head or (head_of(draft.left.syntax) if draft.restated else None)


def values_of(said: Said) -> object | None:
    """What is said of the values that a name takes, None where nothing is."""
    return said.domain or said.label or ("more" if said.loose else None)


def _before(sentence: Sentence, formula: int) -> str:
    """The words of a sentence up to a formula, other formulas among them."""
    return sentence.text.partition(f"⟦{formula}⟧")[0]
