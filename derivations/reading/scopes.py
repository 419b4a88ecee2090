"""Assumptions of a part of the document: which claims "if $i = j$", "Case 2: $y = 1$", "for $k \\neq l$"
speak of.

A condition holds for the formulas of its sentence, forwards, or backwards where it follows one; a case holds
until the next case or heading, or until words release it ("in general"). Under a condition that is not
understood what is proved without it stands, and what fails is no refutation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby

from derivations.language import Role
from derivations.reading.chains import Chain
from derivations.reading.drafts import Draft
from derivations.reading.granting import only_mentions
from derivations.reading.heads import head_of, indices_of, key_of, mentions
from derivations.reading.prose import MARK
from derivations.reading.renamed import RENAMED
from derivations.reading.sentences import Sentence
from derivations.reading.stated import Said, number_of, said_in
from derivations.reading.supposed_orders import ORDERS
from derivations.reading.syntax import name_of, skeleton, walk
from derivations.reading.tree import Numeral, Scripted, Span, Symbol, Syntax
from derivations.reading.vocabulary import Vocabulary

CONDITIONAL = re.compile(
    r"\b(?:if|when|whenever|case|unless|provided(?: that)?|as long as|needs?|requires?|only for|"
    r"under (?:the |this |an )?(?:assumption|condition|hypothesis|premise|constraint))"
    r"\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
"""Words before a formula that make it a condition, and nothing that holds throughout."""
_FOR = re.compile(
    r"\b(?:for|given|look at|without|unless|instead of \w+|than)\W*(?:\w+\W+){0,1}$", re.IGNORECASE
)
"""The same of inequalities: "for $x > 0$" speaks of what its sentence says."""
LASTING = re.compile(
    r"\bsuppos\w+|\bassum\w+|\blet\b|\bfix\b|\bfrom now on\b|\bi\.e\.|\btrue class\b", re.IGNORECASE
)
NEGATED = re.compile(r"\b(?:unless|not|whether|aside|even|except|regardless|either)\b|n't\b", re.IGNORECASE)
_ALTERNATIVE = re.compile(
    r"\u27e7[\s,]*(?:and/)?or \u27e6|\bneither\b|\bone of\b|\bexcluded\b|\bfalse\b", re.IGNORECASE
)
"""Sentences of which not all conditions hold at once."""
RELEASE = re.compile(
    r"\bin general\b|\bfor (?:all|every|any|each|general|arbitrary)\b|\baltogether\b|\bwithout\b|\bdrop\b|"
    r"\bregardless\b|\beither way\b|\bin (?:both|all|either) cases?\b|\bno longer\b|\bwhether\b|\boverall\b|"
    r"\bcombin\w+|\btogether\b|\barbitrary\b|\bgeneral case\b|\bnow (?:drop|let)\b|"
    r"\bthis (?:concludes|completes|ends)\b",
    re.IGNORECASE,
)
"""Words that end the cases and suppositions above."""
OTHERWISE = re.compile(r"\b(?:otherwise|else|(?:if|when) not)\b", re.IGNORECASE)
OPPOSITE = re.compile(r"^[\W\d_]*(?:otherwise|else|in the other)\b", re.IGNORECASE)
"""How a sentence begins that speaks of the other case than the one above."""
OTHERS = re.compile(r"\bothers?\b", re.IGNORECASE)
FOLLOWING = re.compile(
    r"^[\s(,]*(?:holds? )?(?:if and |and |exactly |precisely |just )?(?:only )?"
    r"(?:for|if|iff|when|whenever|and|as long as|provided(?: that)?)"
    r"\W*(?:all|every|any|each)?\W*$",
    re.IGNORECASE,
)
_UNDER = re.compile(r"\bunder (?:the |this |an )?\w+(?: that)?\W*$", re.IGNORECASE)
"""Words before a condition of its sentence only."""
_STRICTLY = re.compile(
    r"\b(?:if|when|whenever|unless|provided|as long as|in case)\b[^\u27e7]*$", re.IGNORECASE
)
"""Words before a condition that leave open what holds without it."""
_ALSO_FOR = re.compile(
    r"^\W*(?:and|or|but|as well as)?\W*(?:also |even |again |both )?(?:for|if|when)\W*$", re.IGNORECASE
)
"""Words between two conditions of one claim."""


@dataclass(frozen=True, slots=True)
class Test:
    """``left relation right`` that is assumed; without sides where it was not understood."""

    left: Syntax | None
    relation: str
    right: Syntax | None
    draft: Draft
    said: tuple[Said, ...] = ()
    """What it says of the values of names."""
    span: Span | None = None
    """Where a row says it, behind or before its statement."""
    ended: bool = False
    """Whether the item of a list in which it was said has ended: it may hold, and nothing is proved by it."""


@dataclass
class Scopes:
    """The tests that hold for each chain, by its block."""

    vocabulary: Vocabulary
    tests: dict[int, list[Test]] = field(default_factory=lambda: defaultdict(list))
    cases: dict[int, int] = field(default_factory=dict)
    """The case that each chain stands in, by its block; 0 is none."""
    partial: dict[str, Test] = field(default_factory=dict)
    """Names that are defined under a condition only, by their keys."""

    def collect(self, drafts: list[Draft], sentences: list[Sentence]) -> None:
        """Go through the document and note for every chain what is assumed there."""
        lasting: list[Test] = []
        case: list[Test] = []
        part, number, frame, inside = -1, 0, 0, False
        outside: dict[int, tuple[list[Test], list[Test]]] = {0: ([], [])}
        told = {key: list(group) for key, group in groupby(drafts, key=lambda draft: draft.number)}
        for place, sentence in enumerate(sentences):
            rows = told.get(place, [])
            if sentence.part != part:
                lasting, case, outside = [], [], {0: ([], [])}
            elif sentence.frame != frame:
                # What a theorem assumes holds in its proof, and not behind it.
                outside[frame] = lasting, case
                lasting, case = outside.get(sentence.frame, outside[0])
            frame = sentence.frame
            if inside and not sentence.item and not sentence.text.startswith("\u27e6"):
                case = [_left_behind(test) for test in case]
            inside = bool(sentence.item) and (inside or sentence.opens_case)
            if sentence.opens_case:
                case, number = [], number + 1
            elif RELEASE.search(sentence.text) or RENAMED.search(sentence.text):
                behind = not RELEASE.search(_before_claims(rows, sentence))
                self._bind_ended([*lasting, *case] if behind else [], rows)
                lasting, case = [], []
            elif case and OPPOSITE.match(sentence.text):
                case, number = [_opposite(case)], number + 1
            part = sentence.part
            for position, draft in enumerate(rows):
                test = self._test(draft)
                if test is None:
                    continue
                if sentence.opens_case or sentence.heading:
                    case = [*case, test]
                elif LASTING.search(sentence.text) and not _UNDER.search(sentence.words_before(draft.piece)):
                    self._note_partial(test, rows)
                    lasting = [*(one for one in lasting if not _same_subject(one, test)), test]
                else:
                    self._bind(test, _spoken_of(test, rows, position))
                    self._bind(*_otherwise(test, rows, position))
                    self._note_partial(test, rows)
            for test in (*lasting, *case):
                self._bind(test, rows)
            self.cases.update({draft.block: number if case else 0 for draft in rows})

    def only_partly(self, name: str, draft: Draft) -> bool:
        """Whether a name is defined under a condition only that does not hold for `draft`."""
        test = self.partial.get(name)
        if test is None or test.draft.number == draft.number:
            return False
        bound = self.tests.get(draft.block, ())
        return self._is_of_index(test) or not any(_same_subject(test, other) for other in bound)

    def _note_partial(self, test: Test, rows: list[Draft]) -> None:
        """Note the names that a sentence defines for some values only: "$c = a$ for $n > 1$".

        "$f(x) = \\log x$ for $x > 0$" tells the values of x; "$a = z$ if $z > 0$" leaves the others open.
        """
        draft = test.draft
        words = draft.sentence.words_before(draft.piece)
        strict = bool(_STRICTLY.search(words)) or self._is_of_index(test)
        subject = head_of(draft.left.syntax) or head_of(draft.right.syntax)
        for other in rows:
            if other.role is not Role.DEFINITION or other.head is None or other.piece == draft.piece:
                continue
            between = any(other.piece < row.piece < draft.piece for row in rows)
            follows = bool(FOLLOWING.match(words) or _STRICTLY.search(words)) and not between
            if not (follows if other.piece < draft.piece else strict) or not self._concerns(test, other):
                continue
            known = (
                not strict and mentions(other.right.syntax, subject, self.vocabulary) if subject else False
            )
            own = subject is not None and other.head.group is not None
            if not known and not own:
                self.partial.setdefault(key_of(other.head, self.vocabulary), test)

    def _concerns(self, test: Test, definition: Draft) -> bool:
        """Whether a definition has all the indices that a test compares: "let $y_i = a_i$ and $i \\ne j$"
        tells what every y_i is.
        """
        draft = test.draft
        sides = (draft.left, draft.right)
        compared = {name for side in sides if side.syntax is not None and (name := name_of(side.syntax))}
        compared = {name for name in compared if self.vocabulary.survey.is_index(name)}
        ours = (definition.left.syntax, definition.right.syntax)
        written = {
            name for side in ours if side is not None for part in walk(side) if (name := name_of(part))
        }
        return not self._is_of_index(test) or compared <= written

    def _is_of_index(self, test: Test) -> bool:
        """Whether a test is about an index."""
        left = test.draft.left.syntax
        name = name_of(left) if left is not None else None
        return name is not None and self.vocabulary.survey.is_index(name)

    def _bind(self, test: Test, drafts: Iterable[Draft]) -> None:
        for draft in drafts:
            if draft.role is Role.CLAIM and draft is not test.draft and test not in self.tests[draft.block]:
                self.tests[draft.block].append(test)

    def _bind_ended(self, tests: list[Test], rows: list[Draft]) -> None:
        """Words behind a claim that end what is supposed may speak of something else: it may hold for it."""
        for test in tests:
            self._bind(_ended(test), rows)

    def _test(self, draft: Draft) -> Test | None:
        """The test that a draft states of a part of the document, None where it states none."""
        if (draft.role is not Role.ASSUMPTION and not draft.supposed) or draft.position:
            return None
        left, right = draft.left.syntax, draft.right.syntax
        if draft.said:
            ordered = any(said.domain is not None for said in draft.said)
            if is_conditional(draft) and ordered:
                if draft.relation in (*ORDERS, "in") and only_mentions(draft):
                    return Test(None, draft.relation, None, draft)
                return Test(None, draft.relation, None, draft, tuple(draft.said))
            return None
        if left is None or right is None:
            return None
        if NEGATED.search(_around(draft)) or _ALTERNATIVE.search(draft.sentence.text):
            return Test(None, draft.relation, None, draft)
        name = name_of(left)
        if name is not None and self.vocabulary.survey.is_index(name):
            return self._index_test(left, draft.relation, right, draft)
        if OTHERS.search(draft.sentence.words_before(draft.piece)):
            return None  # "all other t_c = 0" says that t is one-hot: see `facts`
        return self._value_test(left, right, draft)

    def _value_test(self, left: Syntax, right: Syntax, draft: Draft) -> Test | None:
        head = head_of(left)
        if draft.relation not in ("=", "!="):
            return Test(None, draft.relation, None, draft)
        if head is None or number_of(right) is None:
            return Test(left, draft.relation, right, draft)
        if any(index.value == 0 for index in indices_of(head, self.vocabulary)):
            return None  # x_0 = 1 of an intercept belongs to what x is: see `worded`
        if self.vocabulary.is_size(head.base):
            return Test(None, draft.relation, None, draft)
        return Test(left, draft.relation, right, draft)

    def _index_test(self, left: Syntax, relation: str, right: Syntax, draft: Draft) -> Test | None:
        if relation in ("=", "!="):
            return Test(left, relation, right, draft)
        least, value = {">=": 1, ">": 0}.get(relation), number_of(right)
        if least is not None and value is not None and value == least:
            # Index sets begin at 0 or 1, so j >= 1 is j != 0.
            return Test(left, "!=", Numeral(right.span, Fraction(0)), draft)
        return Test(None, relation, None, draft)


def is_conditional(draft: Draft) -> bool:
    """Whether what a draft states is said under "if" or "when" only, or "for $x > 0$"."""
    words = draft.sentence.words_before(draft.piece)
    order = len(draft.chain.relations) == 1 and draft.relation in ORDERS
    return bool(CONDITIONAL.search(words)) or (order and bool(_FOR.search(words)))


def _around(draft: Draft) -> str:
    sentence: Sentence = draft.sentence
    return sentence.words_before(draft.piece) + " " + sentence.words_after(draft.piece)[:12]


def _spoken_of(test: Test, rows: list[Draft], position: int) -> list[Draft]:
    """The drafts of a sentence that a condition in it speaks of."""
    draft = test.draft
    before = [d for d in rows[:position] if d.piece < draft.piece]
    words = draft.sentence.words_before(draft.piece)
    forwards = bool(before) and before[0].role is Role.ASSUMPTION
    if before and before[-1].role is Role.CLAIM and FOLLOWING.match(words) and not forwards:
        return [d for d in before if d.piece == before[-1].piece]
    claims = [d for d in before if d.role is Role.CLAIM]
    ends = not any(other.role is Role.CLAIM for other in rows[position + 1 :])
    if claims and ends and not forwards and _ALSO_FOR.match(words):
        return [d for d in claims if d.piece == claims[-1].piece]  # "... for x > 0 and for x < 0"
    found = []
    for other in rows[position + 1 :]:
        again = other.role is Role.ASSUMPTION and other.left.syntax is not None and test.left is not None
        if again and skeleton(other.left.syntax) == skeleton(test.left):
            break  # "for i = j ..., and for i != j ..."
        words = other.sentence.words_before(other.piece)
        if OTHERWISE.search(words) or RELEASE.search(words):
            break
        if other.piece > draft.piece:
            found.append(other)
    return found


def _otherwise(test: Test, rows: list[Draft], position: int) -> tuple[Test, list[Draft]]:
    """The opposite of a test, and the drafts behind "otherwise"."""
    start = next(
        (
            n
            for n, d in enumerate(rows)
            if n > position and OTHERWISE.search(d.sentence.words_before(d.piece))
        ),
        len(rows),
    )
    return _opposite([test]), rows[start:]


def _opposite(tests: list[Test]) -> Test:
    """What holds where the tests do not all hold; one that is not understood where that is no test."""
    first = tests[0]
    opposite = {"=": "!=", "!=": "="}.get(first.relation)
    if len(tests) > 1 or first.left is None or opposite is None:
        return Test(None, first.relation, None, first.draft)
    return Test(first.left, opposite, first.right, first.draft)


def _left_behind(test: Test) -> Test:
    """What is left of an item's inequality behind its list."""
    return replace(test, ended=True) if test.said else test


def _ended(test: Test) -> Test:
    """What is left of a test of which it is not certain that it holds: nothing is proved by it."""
    return replace(test, ended=True) if test.said else Test(None, test.relation, None, test.draft)


def _before_claims(rows: list[Draft], sentence: Sentence) -> str:
    """The words of a sentence before the first thing that it claims."""
    first = next((row.piece for row in rows if row.role is Role.CLAIM), None)
    return sentence.text if first is None else sentence.text.partition(MARK.format(first))[0]


def _same_subject(one: Test, other: Test) -> bool:
    """Whether two tests speak of one thing, so that the later one takes the place of the earlier; of those
    that are not read, one speaks for all.
    """
    return _subject(one) == _subject(other)


def _subject(test: Test) -> object:
    if test.left is not None:
        return skeleton(test.left)
    return tuple(skeleton(said.target) for said in test.said)


def row_tests(chain: Chain, draft: Draft, vocabulary: Vocabulary) -> list[Test]:
    """What a row says it holds for, as in "if i = j:"."""
    found = []
    for condition in chain.conditions:
        sides = [side.syntax for side in condition.sides]
        if len(sides) == 1 and sides[0] is not None and name_of(sides[0]) is not None:
            continue  # "for all i"
        said = said_in(condition, vocabulary.survey)
        if any(one.index_range is not None for one in said) or _is_of_reals(condition):
            continue
        span = Span(condition.sides[0].span.start, condition.sides[-1].span.end)
        known = len(sides) == 2 and condition.relations[0] in ("=", "!=")
        left, relation, right = (sides[0], condition.relations[0], sides[1]) if known else (None, "", None)
        ordered = ORDERS.issuperset(condition.relations)
        found.append(Test(left, relation, right, draft, tuple(said) if ordered else (), span))
    return found


def _is_of_reals(condition: Chain) -> bool:
    """Whether a row says no more than that a name is real: ``z \\in \\mathbb{R}``."""
    where = condition.sides[-1].syntax
    power = where.superscript if isinstance(where, Scripted) and where.subscript is None else None
    base = where.base if power is not None and isinstance(where, Scripted) else where
    signed = isinstance(power, Symbol) and power.name in ("+", "*", "++")
    real = isinstance(base, Symbol) and (base.font, base.name) == ("bb", "R")
    return condition.relations == ("in",) and real and not signed
