"""Assumptions of a part of the document: which claims "if $i = j$", "Case 2: $y = 1$", "for $k \\neq l$"
speak of.

A condition holds for the formulas of its sentence, forwards, or backwards where it follows one; a case
holds until the next case or heading. A condition that is not understood makes the claims under it
unreadable, for they may hold under it only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from derivations.language import Domain, Role
from derivations.reading.chains import Chain
from derivations.reading.drafts import Draft
from derivations.reading.heads import head_of, indices_of
from derivations.reading.stated import number_of
from derivations.reading.survey import name_of, skeleton
from derivations.reading.tree import Numeral, Syntax
from derivations.reading.vocabulary import Vocabulary

CONDITIONAL = re.compile(
    r"\b(?:if|when|whenever|case|unless|(?:provided|suppos\w+|assum\w+)(?: that)?)\W*(?:\w+\W+)?$",
    re.IGNORECASE,
)
"""Words before a formula that make it a condition, and nothing that holds throughout."""
LASTING = re.compile(
    r"\bsuppos\w+|\bassum\w+|\bnow let\b|\bfix\b|\bfrom now on\b|\bi\.e\.|\btrue class\b", re.IGNORECASE
)
OTHERS = re.compile(r"\bothers?\b", re.IGNORECASE)
FOLLOWING = re.compile(r"^[\s(,]*(?:for|if|when|whenever|and)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Test:
    """``left relation right`` that is assumed; None on the left where it was not understood."""

    left: Syntax | None
    relation: str
    right: Syntax | None
    draft: Draft


@dataclass
class Scopes:
    """The tests that hold for each chain, by its block."""

    vocabulary: Vocabulary
    tests: dict[int, list[Test]] = field(default_factory=lambda: defaultdict(list))

    def collect(self, drafts: list[Draft]) -> None:
        """Go through the document and note for every chain what is assumed there."""
        lasting: list[Test] = []
        case: list[Test] = []
        part, number = -1, -1
        for position, draft in enumerate(drafts):
            if draft.sentence.part != part:
                lasting, case = [], []
            if draft.number != number and draft.sentence.opens_case:
                case = []
            part, number = draft.sentence.part, draft.number
            test = self._test(draft)
            if test is not None:
                before = [d for d in drafts[:position] if d.number == number and d.piece < draft.piece]
                after = [d for d in drafts[position:] if d.number == number and d.piece > draft.piece]
                words = draft.sentence.words_before(draft.piece)
                if draft.sentence.opens_case or draft.sentence.heading:
                    case = [*case, test]
                elif LASTING.search(draft.sentence.text):
                    lasting = [*(one for one in lasting if not _same_subject(one, test)), test]
                elif before and before[-1].role is Role.CLAIM and FOLLOWING.match(words):
                    self._bind(test, [d for d in before if d.piece == before[-1].piece])
                else:
                    self._bind(test, after)
            for one in (*lasting, *case):
                self._bind(one, [draft])

    def _bind(self, test: Test, drafts: list[Draft]) -> None:
        for draft in drafts:
            if draft.role is Role.CLAIM and test not in self.tests[draft.block]:
                self.tests[draft.block].append(test)

    def _test(self, draft: Draft) -> Test | None:
        """The test that a draft states of a part of the document, None where it states none."""
        if draft.role is not Role.ASSUMPTION or draft.position:
            return None
        left, right = draft.left.syntax, draft.right.syntax
        conditional = bool(CONDITIONAL.search(draft.sentence.words_before(draft.piece)))
        if draft.said:
            ordered = any(
                s.domain in (Domain.POSITIVE, Domain.NONNEGATIVE, Domain.NONZERO) for s in draft.said
            )
            return Test(None, draft.relation, None, draft) if ordered and conditional else None
        if left is None or right is None:
            return None
        name = name_of(left)
        if name is not None and self.vocabulary.survey.is_index(name):
            return self._index_test(left, draft.relation, right, draft)
        if OTHERS.search(draft.sentence.words_before(draft.piece)):
            return None  # "all other t_c = 0" says that t is one-hot: see `facts`
        head = head_of(left)
        if draft.relation not in ("=", "!=") or head is None or number_of(right) is None:
            return Test(None, draft.relation, None, draft)
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


def _same_subject(one: Test, other: Test) -> bool:
    """Whether two tests speak of one thing, so that the later one takes the place of the earlier."""
    return one.left is not None and other.left is not None and skeleton(one.left) == skeleton(other.left)


def row_tests(chain: Chain, draft: Draft) -> list[Test]:
    """What a row says first, as in "if i = j:"."""
    condition = chain.condition
    if condition is None:
        return []
    if len(condition.sides) != 2 or condition.relations[0] not in ("=", "!="):
        return [Test(None, "", None, draft)]
    left, right = condition.sides[0].syntax, condition.sides[1].syntax
    if left is None or right is None:
        return [Test(None, "", None, draft)]
    return [Test(left, condition.relations[0], right, draft)]
