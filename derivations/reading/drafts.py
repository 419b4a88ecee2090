"""Every relation of a document as a draft: its sides, the sentence it stands in, and what it is for.

Roles are settled here, in document order, by what the relation looks like and by what was defined before it;
never by whether it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from derivations.language import Role
from derivations.reading.applications import arguments_of
from derivations.reading.chains import Chain, Side
from derivations.reading.heads import Head, has_letters, head_of, is_formal, key_of
from derivations.reading.pieces import Mathematics, Piece
from derivations.reading.sentences import Sentence
from derivations.reading.stated import Said, number_of, said_in
from derivations.reading.survey import KNOWN_FUNCTIONS, name_of, skeleton, walk
from derivations.reading.tree import Numeral, Operator, Scripted, Syntax, children
from derivations.reading.vocabulary import PARAMETERS, Vocabulary

EQUATION_TO_SOLVE = re.compile(
    r"\bsetting\b|\bset\b[^.]*\b(?:zero|equal)|\bsolv(?:e|es|ed|ing)\b|first-order condition|\bstationar|"
    r"at the (?:minim\w+|optim\w+|maxim\w+|solution)|\boptimality\b|normal equations?|\bwe (?:need|require|want)\b|"
    r"\bmust (?:have|satisfy|hold|be)\b|\bconstraint",
    re.IGNORECASE,
)
"""Sentences whose equations are conditions on an unknown, not identities."""

BACKWARDS = re.compile(
    r"^\W*(?:where|with|here|in which|recall|as before|as usual|for|since|using)\b|^\W*$", re.IGNORECASE
)
UPDATE = re.compile(r"\b(?:updat\w+|step|iterat\w+|descent|replac\w+|assign\w*|new value)\b", re.IGNORECASE)
"""Sentences in which an equation with one name on both sides says what the name becomes."""
RESULT = re.compile(
    r"\b(?:then|thus|hence|so|therefore|it follows|we (?:get|obtain|find|have|see)|gives|yields|implies)\b[^⟧]*$",
    re.IGNORECASE,
)
"""Words before an equation that follows from what stands above."""
HYPOTHETICAL = re.compile(
    r"\b(?:either|would be|wrong to|for comparison|question|another choice|for example|for instance)\b|\?", re.IGNORECASE
)
DENIED = re.compile(r"\b(?:not|never|whether|could|might|incorrectly|mistake)\b[^⟧]*$|n't\b[^⟧]*$", re.IGNORECASE)
"""Sentences that mention an equation without saying that it holds."""
SUPPOSED = re.compile(r"\b(?:suppos\w+|assum\w+)\b[^⟧]*$", re.IGNORECASE)
TARGETS = frozenset({"y", "t", "d", "Y", "T"})
NOISE = frozenset({"epsilon", "varepsilon", "eta", "xi", "nu", "e", "u"})
"""Letters for labels, and for what a model adds to them."""
PARTIAL = re.compile(
    r"special case|\bin (?:the )?case of\b|two classes|\bdistinct\b|\bdiagonal,|off[- ](?:the[- ])?diagonal|\bas long as\b|"
    r"\bprovided\b|\bexcept\b|\bapproximat\w+|\basymptotic\w*|\bin expectation\b|\bin general\b|\balmost\b|\blarge\b|"
    r"\bsmall\b|\bconvex\b|\bskew|\bgeneric",
    re.IGNORECASE,
)
"""Words that restrict what a sentence claims in a way that is not read."""
ANNOUNCED = re.compile(
    r"\b(?:we|i) (?:will|shall|want to|are going to|now) (?:show|prove|derive|see)|\bclaim\b|\bto show\b|\btheorem\b|"
    r"\bproposition\b|\blemma\b|\bgoal\b",
    re.IGNORECASE,
)
SPECIAL = re.compile(r"\b(?:special case|may take|alternatives?|compare)\b[^⟧]*$", re.IGNORECASE)
CONCLUDED = re.compile(r"\b(?:conclude|follows|hence|thus|therefore|so|then)\b(?: that)?\W*$", re.IGNORECASE)
PREMISE = re.compile(r"\b(?:suppos\w+|assum\w+|let|given|from)(?: that)?\W*$", re.IGNORECASE)
"""Words before an equation that take it for granted."""
CONDITION = re.compile(r"(?<!look )(?<!arrive )\b(?:at|if|when|whenever|iff|unless|exactly for|only for|vanish\w* for)\b(?:\W+(?:we|had|the|it|is))*\W*$", re.IGNORECASE)
"""Words before an equation that make it a condition, not a definition."""
NEW_MEANING = re.compile(r"\b(?:redefine|now let|instead|let|define|denote)\b[^⟧]*$", re.IGNORECASE)
NEW_MEANING_IN_PART = re.compile(
    r"\b(?:let|define|set|denote|put|write|consider|take|add(?:s|ing)?|regulari[sz]\w+|penali[sz]\w+|now|becomes?|"
    r"instead|with|cost|loss|model|objective|suppose|here|this time)\b",
    re.IGNORECASE,
)


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
        return self.chain.kind == "where" or bool(BACKWARDS.match(self.sentence.text))


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
    uses: dict[str, set[str]] = field(default_factory=dict)
    """Key -> the keys that its definition uses."""
    stale: set[str] = field(default_factory=set)
    """Keys whose definitions use a name that has got a new meaning since."""
    ambiguous: dict[str, int] = field(default_factory=dict)
    """Keys of which a part of the document may mean something new -> that part."""
    last: tuple[int, Side] | None = None
    """The last side of the chain above, and its part."""
    blocks: int = 0

    def drafts(self, sentences: list[Sentence]) -> Iterator[Draft]:
        self.definable = self._heads(sentences)
        for number, sentence in enumerate(sentences):
            for formula in sentence.formulas:
                piece = self.pieces[formula]
                assert isinstance(piece, Mathematics)
                for chain in piece.chains:
                    chain = self._continued(chain, sentence)
                    parts = list(_implications(chain))
                    certain = True
                    for part in parts:
                        self.blocks += 1
                        premise = len(parts) > 1 and part is not parts[-1]
                        rows = list(self._chain(part, formula, sentence, number, premise))
                        claimed = any(row.role is Role.CLAIM and not row.restated for row in rows)
                        if len(parts) > 1 and (not certain or (part is parts[0] and claimed)):
                            _doubt_implication(rows)
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
        if head is None or right is None or number_of(right) is not None:
            return None
        name = name_of(left) if left is not None else None
        if name is not None and (
            self.vocabulary.survey.is_index(name) and name in self.vocabulary.survey.bound
        ):
            return None
        if head.group is not None and not all(is_formal(item) for item in arguments_of(head.group)):
            return None
        first = Chain(chain.sides[:2], chain.relations[:1])
        if head.primes or said_in(first, self.vocabulary.survey):
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
        said = self._assumed(chain, sentence.words_before(formula))
        if said is not None:
            for row in rows:
                row.role = Role.ASSUMPTION
            rows[0].said = said
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
                self._doubts(row)
        for row in rows:
            for side in (row.left, row.right):
                if side.syntax is not None:
                    heads = (head_of(part) for part in walk(side.syntax))
                    self.seen |= {key_of(head, self.vocabulary) for head in heads if head is not None}
        yield from (row for row in rows if row.relation not in ("propto", "sim", "to"))

    def _assumed(self, chain: Chain, words: str) -> list[Said] | None:
        """What the chain states if it is an assumption as a whole; what `words` say to follow is none."""
        sides = [side.syntax for side in chain.sides]
        if len(sides) == 2 and chain.relations[0] in ("=", "!=", ">=", ">", "<=", "<"):
            left, right = sides
            name = name_of(left) if left is not None else None
            if name is not None and right is not None and self.vocabulary.survey.is_index(name):
                other = name_of(right)
                if isinstance(right, Numeral) or (
                    other is not None and self.vocabulary.survey.is_index(other)
                ):
                    return []
        said = said_in(chain, self.vocabulary.survey)
        if said:
            free = not any(self._is_definable(head_of(one.target)) for one in said if one.index_range is None)
            if chain.relations[-1] == "in" and len(chain.relations) > 1:
                return None
            if chain.relations[-1] != "in" and CONCLUDED.search(words):
                return None
            return said if free or chain.relations[-1] == "in" else None
        if len(sides) == 2 and chain.relations[0] == "=" and number_of(sides[1]) is not None:
            head = head_of(sides[0])
            if head is not None and head.group is None and not head.primes and not self._is_definable(head):
                return []
        return None

    def _definition(self, row: Draft) -> None:
        """Make `row` a definition if its left side is a name that has no meaning yet, or gets a new one."""
        if row.relation not in ("=", ":="):
            return
        head = self._definable(row.chain)
        if head is None:
            return
        key, meaning = key_of(head, self.vocabulary), skeleton(row.right.syntax)
        before = self.defined.get(key)
        if meaning == skeleton(row.left.syntax):
            return
        words = row.sentence.words_before(row.piece)
        used = key in self.seen
        if before is None and self._is_condition(row, head, used):
            row.role = Role.ASSUMPTION
            return
        if before is not None and before[1] != meaning and CONDITION.search(words):
            self.ambiguous[key] = row.sentence.part
            row.role = Role.ASSUMPTION
            return
        if ANNOUNCED.search(words) and before is None:
            row.doubt = f"it is not said where {head.base} is defined"
            return
        if before is None and used and RESULT.search(words):
            row.problem = f"{head.base} is used above and defined nowhere: is this a definition or a result?"
            return
        if UPDATE.search(row.sentence.text) and (_mentions(row.right.syntax, head) or before is not None):
            if before is not None:
                self.ambiguous[key] = row.sentence.part
            row.problem = f"{head.base} stands on both sides: write a new name for what it becomes"
            return
        if self._is_model(row, head):
            row.role = Role.ASSUMPTION
            return
        if before is None and self._goes_round(key, row):
            return
        if _mentions(row.right.syntax, head):
            row.role = Role.DEFINITION if row.relation == ":=" else Role.CLAIM
            if row.relation == ":=" and before is not None:
                self.ambiguous[key] = row.sentence.part
            if head.base in KNOWN_FUNCTIONS or head.base in self.vocabulary.known_as:
                return
            if row.relation != ":=" and before is None:
                row.problem = f"{head.base} stands on both sides: write a new name for what it becomes"
            return
        if before is not None:
            part, known = before
            words = row.sentence.text
            conditional = bool(re.match(r"^\W*(?:for|if|when|in case)\b", words, re.IGNORECASE))
            other = part != row.sentence.part and known != meaning
            renewed = known != meaning and (
                row.relation == ":="
                or (other and bool(NEW_MEANING_IN_PART.search(words)))
                or (bool(NEW_MEANING.search(row.sentence.words_before(row.piece))) and not conditional)
            )
            row.restated = known == meaning
            if not renewed:
                if other and not RESULT.search(words):
                    self.ambiguous[key] = row.sentence.part
                return
            row.renewed = True
            self.stale |= {name for name in self.uses if self._reaches(name, key)}
        self.stale.discard(key)
        self.defined[key] = (row.sentence.part, meaning)
        self.uses[key] = self._keys(row.right.syntax)
        row.role, row.head = Role.DEFINITION, head

    def _keys(self, node: Syntax | None) -> set[str]:
        """The keys of the names in a formula."""
        heads = (head_of(part) for part in walk(node)) if node is not None else ()
        return {key_of(head, self.vocabulary) for head in heads if head is not None}

    def _goes_round(self, key: str, row: Draft) -> bool:
        """Whether `row` would define a name by something that is defined by that name."""
        return any(self._reaches(name, key) for name in self._keys(row.right.syntax) - {key})

    def _reaches(self, name: str, key: str) -> bool:
        """Whether the definition of `name` uses `key`, directly or not."""
        reached: set[str] = set()
        waiting = set(self.uses.get(name, ()))
        while waiting:
            used = waiting.pop()
            if used not in reached:
                reached.add(used)
                waiting |= self.uses.get(used, set())
        return key in reached

    def _is_model(self, row: Draft, head: Head) -> bool:
        """Whether an equation for a label has noise in it: ``y = X w + \\epsilon`` defines no y."""
        if head.base not in TARGETS or head.group is not None:
            return False
        right = row.right.syntax
        bases = (term.base if isinstance(term, Scripted) else term for term in getattr(right, "terms", ()))
        return any(name_of(base) in NOISE for base in bases)

    def _defined_along(self, rows: list[Draft]) -> None:
        """``\\hat y = a = \\sigma(z)`` gives both names their meaning."""
        for before, row in zip(rows, rows[1:], strict=False):
            inner = Chain(row.chain.sides[row.position :], row.chain.relations[row.position :])
            head = self._definable(inner) if before.role is Role.DEFINITION and row.relation == "=" else None
            if head is None or head.group is not None:
                return
            key = key_of(head, self.vocabulary)
            if key in self.defined or key in self.seen or _mentions(row.right.syntax, head):
                return
            self.defined[key] = (row.sentence.part, skeleton(row.right.syntax))
            self.uses[key] = self._keys(row.right.syntax)
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
        supposed = bool(PREMISE.search(words)) and not self._is_display(first)
        if supposed or (single and free and head is not None and head.base not in self.vocabulary.labels):
            first.role = Role.ASSUMPTION

    def _given_derivative(self, row: Draft) -> None:
        """``\\frac{\\partial J}{\\partial w_j} = ...`` of a J that nothing defines says what its
        derivative is.
        """
        left = row.left.syntax
        if row.role is not Role.CLAIM or row.relation != "=" or not isinstance(left, Operator):
            return
        if (
            number_of(row.right.syntax) is not None
            or row.right.syntax is None
            or len(left.variables) + left.order > 2
        ):
            return
        head = head_of(left.operand)
        if head is None or head.primes or self._is_definable(head) or head.base in self.vocabulary.known_as:
            return
        key = key_of(head, self.vocabulary)
        variable = left.variables[0] if left.variables else None
        name = f"{key} by {skeleton(variable)}"
        if head.base in KNOWN_FUNCTIONS or name in self.defined or _mentions(row.right.syntax, head):
            return
        self.defined[name] = (row.sentence.part, None)
        row.role, row.gradient = Role.DEFINITION, left

    def _is_condition(self, row: Draft, head: Head, used: bool) -> bool:
        """Whether an equation in the text is what something holds under: "at $p = q$" for a p of the
        document, or what nobody says to hold.
        """
        if head.group is not None:
            return False
        if SPECIAL.search(row.sentence.words_before(row.piece)):
            return True
        if head.base in PARAMETERS and used and not row.backwards and row.relation == "=":
            return True
        if self._is_display(row):
            return False
        words = row.sentence.words_before(row.piece)
        if HYPOTHETICAL.search(row.sentence.text) or DENIED.search(words):
            return True
        if row.premise or PARTIAL.search(words):
            return True
        bare = head_of(row.right.syntax) is not None
        if SUPPOSED.search(words) and bare:
            return True
        return bool(CONDITION.search(words)) and (used or bare)

    def _is_display(self, row: Draft) -> bool:
        piece = self.pieces[row.piece]
        return isinstance(piece, Mathematics) and piece.display

    def _doubts(self, row: Draft) -> None:
        """Claims that are no identities, and signs that are not judged."""
        if row.relation == "~":
            row.problem = "an approximation is not judged"
        elif row.relation == "solve":
            row.problem = "an equation that is asked for is not a claim that holds for all values"
        elif row.relation in ("preceq", "succeq", "in"):
            row.problem = "this relation is not judged yet"
        elif EQUATION_TO_SOLVE.search(row.sentence.text):
            row.doubt = row.doubt or "it may be an equation to be solved"
        if row.doubt is None:
            row.doubt = self._doubt(row)

    def _doubt(self, row: Draft) -> str | None:
        """What makes a failure of this claim no refutation."""
        stale = {key for key, part in self.ambiguous.items() if part == row.sentence.part} | self.stale
        for side in (row.left, row.right):
            for node in walk(side.syntax) if side.syntax is not None else ():
                head = head_of(node)
                if head is not None and key_of(head, self.vocabulary) in stale:
                    row.problem = row.problem or f"{head.base} may mean something else here than above: say so"
        if row.relation == "!=":
            return "it may say no more than that its sides are not always equal"
        if number_of(row.right.syntax) == 0 and row.relation == "=":
            return "it may be an equation to be solved"
        if PARTIAL.search(row.sentence.text):
            return "its sentence restricts it in words that are not read"
        return None


def _implications(chain: Chain) -> Iterator[Chain]:
    """A chain cut at its arrows of implication."""
    start = 0
    for position, relation in enumerate((*chain.relations, "implies")):
        if relation == "implies":
            if position > start or not chain.relations:
                yield replace(
                    chain, sides=chain.sides[start : position + 1], relations=chain.relations[start:position]
                )
            start = position + 1


def _doubt_implication(rows: list[Draft]) -> None:
    """What stands beside an arrow may hold only together; what can be proved without it is proved."""
    for row in rows:
        if row.role is Role.CLAIM and not row.restated:
            row.doubt = row.doubt or "it may hold only under what stands before the arrow"


def _mentions(node: Syntax | None, head: Head) -> bool:
    """Whether the head's own name stands in `node` as it stands in the head."""
    target = skeleton(head.node)

    def inside(part: Syntax) -> bool:
        if skeleton(part) == target:
            return True
        if isinstance(part, Scripted) and head_of(part) is not None:
            scripts = (part.subscript, part.superscript)
            return any(inside(script) for script in scripts if script is not None)
        return any(inside(child) for child in children(part))

    return node is not None and inside(node)
