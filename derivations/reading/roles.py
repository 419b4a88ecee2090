"""What every relation of a document is for: a definition, an assumption, or a claim to be checked.

Roles are settled, in document order, by what the relation looks like and by what was defined before it;
never by whether it holds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from derivations.language import Domain, Role
from derivations.reading.applications import arguments_of
from derivations.reading.assumed import assumed, doubt_of_conclusion
from derivations.reading.chains import Chain, Side
from derivations.reading.doubts import asks, doubt_of_total, note_doubts, speaks_of_another
from derivations.reading.drafts import Draft, doubt_implication, implications
from derivations.reading.heads import (
    Head,
    has_letters,
    head_of,
    is_formal,
    is_power,
    key_of,
    mentions,
    said_of,
)
from derivations.reading.listed import Listed
from derivations.reading.notations import abbreviates, is_model
from derivations.reading.pieces import Mathematics, Piece
from derivations.reading.premises import given_derivative, is_condition, is_equation, is_solution
from derivations.reading.sentences import Sentence
from derivations.reading.stated import Said, number_of, said_in
from derivations.reading.supposed_orders import goes_on, has_subject_in_words, is_supposed, spells_out
from derivations.reading.survey import KNOWN_FUNCTIONS
from derivations.reading.syntax import name_of, skeleton, walk
from derivations.reading.uses import Uses
from derivations.reading.vocabulary import PARAMETERS, Vocabulary
from derivations.reading.worded_claims import WORDED
from derivations.reading.wordings import (
    ANNOUNCED,
    CONDITION,
    CONDITIONAL,
    GIVEN_NAME,
    INTRODUCED,
    LABELLED,
    NEW_MEANING,
    NEW_MEANING_IN_PART,
    ONE_EXAMPLE,
    PREMISE,
    RESULT,
    UPDATE,
)

_BOTH_SIDES = "{} stands on both sides: write a new name for what it becomes"


def drafts_of(pieces: list[Piece], sentences: list[Sentence], vocabulary: Vocabulary) -> list[Draft]:
    """All relations of a document in order, with their roles."""
    return list(_Roles(vocabulary, pieces).drafts(sentences))


@dataclass
class _Roles:
    vocabulary: Vocabulary
    pieces: list[Piece]
    defined: dict[str, tuple[int, object]] = field(default_factory=dict)
    """Key -> the part in which it was defined, and the skeleton of what it stands for."""
    definable: set[str] = field(default_factory=set)
    """The keys that the document may define somewhere."""
    seen: set[str] = field(default_factory=set)
    """The keys that relations above have used."""
    constrained: set[str] = field(default_factory=set)
    """The keys that stand in equations that are supposed above, before they have a meaning."""
    uses: Uses = field(init=False)
    stale: set[str] = field(default_factory=set)
    """Keys whose definitions use a name that has got a new meaning since."""
    listed: Listed = field(default_factory=Listed)
    """What the list at hand has defined."""
    ambiguous: dict[str, int] = field(default_factory=dict)
    """Keys of which a part of the document may mean something new -> that part."""
    last: tuple[int, Side] | None = None
    """The last side of the chain above, and its part."""
    totals: dict[int, frozenset[str]] = field(default_factory=dict)
    """The part of a document that has begun to speak of one example -> what was defined before that."""
    blocks: int = 0
    claimed: int = -1
    """The sentence whose formula above is a claim: "and $x > 0$" behind it is one too."""
    stated: int = -1
    """The last sentence that claims something."""
    valued: set[str] = field(default_factory=set)
    """The keys of which it was said above what values they take."""
    asked: int = -1
    """The part in which an equation is to be solved: what is concluded there may rest on it."""

    def __post_init__(self) -> None:
        self.uses = Uses(self.vocabulary)

    def drafts(self, sentences: list[Sentence]) -> Iterator[Draft]:
        self.definable = self._heads(sentences)
        for number, sentence in enumerate(sentences):
            if not sentence.item:
                self.stale |= self.listed.leave()
            self.stale |= self.uses.renamed(sentence, self.pieces) & self.defined.keys()
            if ONE_EXAMPLE.search(sentence.text):
                self.totals[sentence.part] = frozenset(self.defined)
            for formula in sentence.formulas:
                piece = self.pieces[formula]
                assert isinstance(piece, Mathematics)
                for chain in piece.chains:
                    if has_subject_in_words(chain, piece, sentence, formula):
                        continue
                    chain = self._continued(chain, sentence)
                    parts = list(implications(chain))
                    certain = True
                    for part in parts:
                        self.blocks += 1
                        premise = len(parts) > 1 and part is not parts[-1]
                        rows = list(self._chain(part, formula, sentence, number, premise))
                        claimed = any(row.role is Role.CLAIM and not row.restated for row in rows)
                        if len(parts) > 1 and (not certain or (part is parts[0] and claimed)):
                            doubt_implication(rows)
                        certain &= not claimed
                        yield from rows

    def _continued(self, chain: Chain, sentence: Sentence) -> Chain:
        """A display that begins with a relation goes on from the last side of the chain above."""
        before = self.last
        if chain.relations:
            self.last = (sentence.part, chain.sides[-1])
        if chain.sides[0].span.end or not chain.relations or before is None or before[0] != sentence.part:
            return chain
        return replace(chain, sides=(before[1], *chain.sides[1:]))

    def _heads(self, sentences: list[Sentence]) -> set[str]:
        """The heads that stand on the left of some first relation: what the document may define."""
        found: set[str] = set()
        for sentence in sentences:
            for formula in sentence.formulas:
                piece = self.pieces[formula]
                assert isinstance(piece, Mathematics)
                for chain in piece.chains:
                    if chain.relations and chain.relations[0] in ("=", ":="):
                        head = self._definable(chain)
                        if head is not None:
                            found.add(key_of(head, self.vocabulary))
        return found

    def _definable(self, chain: Chain) -> Head | None:
        left, right = chain.sides[0].syntax, chain.sides[1].syntax
        head = head_of(left)
        if head is None or right is None or number_of(right) is not None or is_power(head, self.vocabulary):
            return None
        name = name_of(left) if left is not None else None
        if name is not None and (
            self.vocabulary.survey.is_index(name) and name in self.vocabulary.survey.bound
        ):
            return None
        if head.group is not None and not all(is_formal(item) for item in arguments_of(head.group)):
            return None
        first = Chain(chain.sides[:2], chain.relations[:1])
        if said_in(first, self.vocabulary.survey):
            return None
        if head.group is not None and not any(name_of(part) for part in walk(right)):
            return None  # sigma(z) = 1/2 is a value, not a meaning
        return head if has_letters(head, self.vocabulary) else None

    def _is_definable(self, head: Head | None) -> bool:
        return head is not None and key_of(head, self.vocabulary) in self.definable

    def _chain(
        self, chain: Chain, formula: int, sentence: Sentence, number: int, premise: bool
    ) -> Iterator[Draft]:
        rows = [
            Draft(chain, position, self.blocks, formula, sentence, number, premise=premise)
            for position in range(len(chain.relations))
        ]
        if not rows:
            return
        words = sentence.words_before(formula)
        concluded = goes_on(words) and sentence.formulas.index(formula) > 0 and self.claimed == number
        words = "then" if concluded else words
        said = assumed(chain, words, self.vocabulary, self._is_definable)
        if said is None:
            rows[0].doubt = doubt_of_conclusion(chain, words, self.vocabulary, self._is_definable)
        said = None if said and self._follows(chain, said, rows[0]) else said
        supposed = said is None and is_supposed(chain, sentence, formula)
        if supposed and self.stated == number and goes_on(words):
            # "$a = b$ for $x > 0$, and $c > d$" may suppose that, or claim it.
            for row in rows:
                row.supposed, row.doubt = True, "it may be supposed here and not claimed"
        elif said is not None or supposed:
            for row in rows:
                row.role, row.supposed = Role.ASSUMPTION, supposed
            rows[0].said = said or []
        elif rows[-1].relation == "in":
            rows[-1].role = Role.ASSUMPTION
            inner = Chain(chain.sides[:1] + chain.sides[-1:], ("in",))
            rows[-1].said = said_in(inner, self.vocabulary.survey)
        if rows[0].role is Role.CLAIM:
            self._definition(rows[0])
            self._given_derivative(rows[0])
            self._defined_along(rows)
            self._premise(rows)
        for row in rows:
            if row.role is Role.CLAIM:
                part = row.sentence.part
                changed = {key for key, where in self.ambiguous.items() if where == part} | self.stale
                if is_solution(row, self.vocabulary) and not self.defined.keys() & self._keys(row.left):
                    row.supposed = True
                    row.doubt = row.doubt or "it may follow from an equation to be solved"
                row.doubt = row.doubt or doubt_of_total(
                    row, self.totals.get(part, frozenset()), self.vocabulary
                )
                self.asked = part if asks(row) else self.asked
                note_doubts(row, frozenset(changed), self.vocabulary, asked=self.asked == part)
        self.claimed = number if rows[0].role is Role.CLAIM else -1
        self.stated = number if self.claimed == number else self.stated
        for row in rows:
            for side in (row.left, row.right):
                keys = self._keys(side)
                self.seen |= keys
                if is_equation(row, self.vocabulary):
                    self.constrained |= keys - self.defined.keys()
        yield from (row for row in rows if row.relation not in ("propto", "sim", "to"))

    def _keys(self, side: Side) -> set[str]:
        """The keys of the names in a side."""
        heads = (head_of(part) for part in walk(side.syntax)) if side.syntax is not None else ()
        return {key_of(head, self.vocabulary) for head in heads if head is not None}

    def _follows(self, chain: Chain, said: list[Said], row: Draft) -> bool:
        """Whether ``y^2 = 1`` is claimed: displayed, or behind what says which values y takes."""
        keys = {key_of(head, self.vocabulary) for one in said if (head := head_of(one.target)) is not None}
        known = keys <= self.valued
        self.valued |= {*keys} if any(one.domain is not None for one in said) else set()
        return (
            chain.relations == ("=",) and said[0].domain is Domain.SIGN and (known or self._is_display(row))
        )

    def _definition(self, row: Draft) -> None:
        """Make `row` a definition if its left side is a name that has no meaning yet, or gets a new one."""
        head = self._definable(row.chain) if row.relation in ("=", ":=") else None
        if head is None or skeleton(row.right.syntax) == skeleton(row.left.syntax):
            return
        meaning = said_of(head, row.right.syntax, self.vocabulary)
        key = key_of(head, self.vocabulary)
        before = self.defined.get(key)
        if before is None:
            gives = self._gives_meaning(row, head, key)
        else:
            gives = self._gives_new_meaning(row, head, key, before)
        if gives:
            self.stale.discard(key)
            self.listed.items[key] = row.sentence.item
            self.defined[key] = (row.sentence.part, meaning)
            self.uses.note(key, row.right.syntax)
            row.role, row.head = Role.DEFINITION, head

    def _gives_meaning(self, row: Draft, head: Head, key: str) -> bool:
        """Whether `row` defines a name that has no meaning yet; notes on the row what else it does."""
        words, used = row.sentence.words_before(row.piece), key in self.seen
        inside = mentions(row.right.syntax, head, self.vocabulary)
        if is_condition(row, head, used=used, display=self._is_display(row)):
            row.role = Role.ASSUMPTION
        elif ANNOUNCED.search(words) and not INTRODUCED.search(words) and not self._is_called(row, head):
            row.doubt = self.vocabulary.unsettled[key] = f"it is not said where {head.base} is defined"
        elif self._is_result(row, head, key, inside=inside) and not row.backwards:
            row.problem = f"{head.base} is used above and defined nowhere: is this a definition or a result?"
            self.vocabulary.unsettled[key] = row.problem
        elif UPDATE.search(row.sentence.text) and inside:
            row.problem = _BOTH_SIDES.format(head.base)
        elif is_model(row, head) or abbreviates(row, head, self.definable, self.vocabulary):
            row.role = Role.ASSUMPTION
        elif self.uses.goes_round(key, row.right.syntax):
            return False
        elif inside:
            self._about_itself(row, head)
        else:
            return True
        return False

    def _is_result(self, row: Draft, head: Head, key: str, *, inside: bool) -> bool:
        """Whether an equation may follow from what stands above: it gives a parameter a value, or another
        equation for its left side is supposed there.
        """
        words = row.sentence.words_before(row.piece)
        parameter = head.base in PARAMETERS and head.group is None
        unknown = row.relation == "=" and not inside and (parameter or key in self.constrained)
        certain = not unknown or GIVEN_NAME.search(words)
        return key in self.seen and (not certain or bool(RESULT.search(words)))

    def _is_called(self, row: Draft, head: Head) -> bool:
        """Whether what is announced is a property of the function: "Claim. $f(x) = x^2$ is convex."."""
        piece = self.pieces[row.piece]
        chains = piece.chains if isinstance(piece, Mathematics) else ()
        return head.group is not None and any(chain.kind == WORDED for chain in chains)

    def _gives_new_meaning(self, row: Draft, head: Head, key: str, before: tuple[int, object]) -> bool:
        """Whether `row` defines anew a name that has a meaning; doubts the name where that is not certain."""
        part, known = before
        words = row.sentence.text.partition("⟦")[0]
        other = known != said_of(head, row.right.syntax, self.vocabulary)
        inside = mentions(row.right.syntax, head, self.vocabulary)
        if other and CONDITION.search(row.sentence.words_before(row.piece)):
            self.ambiguous[key] = row.sentence.part
            row.role = Role.ASSUMPTION
        elif UPDATE.search(row.sentence.text if inside else row.sentence.words_before(row.piece)):
            self.ambiguous[key] = row.sentence.part
            row.problem = _BOTH_SIDES.format(head.base)
        elif is_model(row, head):
            row.role = Role.ASSUMPTION
        elif other and row.relation != ":=" and speaks_of_another(row):
            self.ambiguous[key] = row.sentence.part
            row.role = Role.ASSUMPTION
        elif inside:
            if row.relation == ":=":
                self.ambiguous[key] = row.sentence.part
            self._about_itself(row, head, known=True)
        elif other and self.listed.begins_other_item(row, head, key) and not LABELLED.match(words):
            self.stale.add(key)
        elif other and (self.listed.begins_other_item(row, head, key) or self._is_renewed(row, part)):
            row.renewed = True
            self.listed.note_again(row, head, key)
            self.stale |= self.uses.of(key)
            return True
        else:
            row.restated = not other
            if not other:  # what follows in this part speaks of the meaning that is recalled here
                self.defined[key] = (row.sentence.part, known)
            elif part != row.sentence.part and not RESULT.search(row.sentence.text):
                self.ambiguous[key] = row.sentence.part
        return False

    def _about_itself(self, row: Draft, head: Head, *, known: bool = False) -> None:
        """An equation with its own left side on the right: a property, or a step of an iteration."""
        row.role = Role.DEFINITION if row.relation == ":=" else Role.CLAIM
        usual = head.base in KNOWN_FUNCTIONS or head.base in self.vocabulary.known_as
        if row.relation != ":=" and not known and not usual:
            row.doubt = _BOTH_SIDES.format(head.base)
            self.vocabulary.unsettled.setdefault(key_of(head, self.vocabulary), row.doubt)

    def _is_renewed(self, row: Draft, part: int) -> bool:
        """Whether words or another part of the document say that a name gets a new meaning here."""
        words = row.sentence.text
        conditional = CONDITIONAL.match(words)
        in_words = NEW_MEANING.search(row.sentence.words_before(row.piece)) and not conditional
        elsewhere = part != row.sentence.part and NEW_MEANING_IN_PART.search(words)
        return row.relation == ":=" or bool(in_words) or bool(elsewhere)

    def _defined_along(self, rows: list[Draft]) -> None:
        """``\\hat y = a = \\sigma(z)`` gives both names their meaning."""
        for before, row in itertools.pairwise(rows):
            inner = Chain(row.chain.sides[row.position :], row.chain.relations[row.position :])
            head = self._definable(inner) if before.role is Role.DEFINITION and row.relation == "=" else None
            if head is None or head.group is not None:
                return
            key = key_of(head, self.vocabulary)
            if key in self.defined or key in self.seen or mentions(row.right.syntax, head, self.vocabulary):
                return
            self.defined[key] = (row.sentence.part, said_of(head, row.right.syntax, self.vocabulary))
            self.uses.note(key, row.right.syntax)
            row.role, row.head = Role.DEFINITION, head

    def _premise(self, rows: list[Draft]) -> None:
        """Equations that are supposed, or fix single entries: nothing rests on them but what fails."""
        first = rows[0]
        if first.role is not Role.CLAIM or first.relation not in ("=", "!="):
            return
        head = head_of(first.left.syntax)
        words = first.sentence.words_before(first.piece)
        single = head is not None and not has_letters(head, self.vocabulary) and head.group is None
        free = head is not None and key_of(head, self.vocabulary) not in self.defined
        supposed = bool(PREMISE.search(words) or CONDITION.search(words)) and not self._is_display(first)
        supposed |= spells_out(first.sentence, first.piece)
        if supposed or (single and free and head is not None and head.base not in self.vocabulary.labels):
            first.role = Role.ASSUMPTION

    def _given_derivative(self, row: Draft) -> None:
        """``\\frac{\\partial J}{\\partial w_j} = ...`` says of a J that nothing defines what its slope is."""
        left, head = given_derivative(row, self.vocabulary)
        if left is None or head is None or self._is_definable(head):
            return
        if head.base in self.vocabulary.known_as:
            return
        key = key_of(head, self.vocabulary)
        variable = left.variables[0] if left.variables else None
        name = f"{key} by {skeleton(variable)}"
        known = head.base in KNOWN_FUNCTIONS or name in self.defined
        if known or mentions(row.right.syntax, head, self.vocabulary):
            return
        self.defined[name] = (row.sentence.part, None)
        row.role, row.gradient = Role.DEFINITION, left

    def _is_display(self, row: Draft) -> bool:
        piece = self.pieces[row.piece]
        return isinstance(piece, Mathematics) and piece.display
