"""Claims that cannot be judged, or whose failure would be no refutation: what their signs and words tell."""

from __future__ import annotations

import re
from collections.abc import Set

from derivations.reading.drafts import Draft
from derivations.reading.heads import head_of, key_of
from derivations.reading.stated import number_of
from derivations.reading.supposed_orders import is_beside
from derivations.reading.syntax import walk
from derivations.reading.vocabulary import Vocabulary
from derivations.reading.worded_claims import WORDED
from derivations.reading.wordings import EQUATION_TO_SOLVE, LOSSES, OTHER_CASE, PARTIAL, RESULT, VARIANT

_CONVEXITY = re.compile(r"\bconvex\b", re.IGNORECASE)
"""A word that restricts what a sentence says, unless it is what it says."""
_UNJUDGED = {
    "~": "an approximation is not judged",
    "solve": "an equation that is asked for is not a claim that holds for all values",
    "in": "this relation is not judged yet",
}


def asks(row: Draft) -> bool:
    """Whether the words around a relation say that it is an equation to be solved."""
    return bool(EQUATION_TO_SOLVE.search(row.sentence.text))


def speaks_of_another(row: Draft) -> bool:
    """Whether the words before an equation say that it is about another case than the one above."""
    words = row.sentence.words_before(row.piece)
    first = row.sentence.text.partition("\u27e6")[0]
    return bool(VARIANT.match(first)) or (not RESULT.search(words) and bool(OTHER_CASE.search(words)))


def doubt_of_total(row: Draft, totals: Set[str], vocabulary: Vocabulary) -> str | None:
    """What makes a claim doubtful that speaks of a loss which was defined before one example came into view;
    `totals` are the keys that were.
    """
    sides = (side.syntax for side in (row.left, row.right) if side.syntax is not None)
    heads = (head for side in sides for head in map(head_of, walk(side)) if head is not None)
    if any(head.base in LOSSES and key_of(head, vocabulary) in totals for head in heads):
        return "it may speak of one example, and not of the sum over all of them"
    return None


def note_doubts(row: Draft, changed: frozenset[str], vocabulary: Vocabulary, *, asked: bool = False) -> None:
    """Note on a claim why it is not judged, or why its failure is no refutation; `changed` are the keys that
    may mean something else here than above; `asked` is whether this part of the document has come to an
    equation that is to be solved.
    """
    row.problem = _UNJUDGED.get(row.relation, row.problem)
    if row.relation not in _UNJUDGED and asks(row):
        row.doubt = row.doubt or "it may be an equation to be solved"
    elif asked and RESULT.search(row.sentence.words_before(row.piece)):
        row.doubt = row.doubt or "it may rest on an equation to be solved"
    row.problem = row.problem or _ambiguity(row, changed, vocabulary)
    row.doubt = row.doubt or _doubt(row)


def _ambiguity(row: Draft, changed: frozenset[str], vocabulary: Vocabulary) -> str | None:
    for side in (row.left, row.right):
        for node in walk(side.syntax) if side.syntax is not None else ():
            head = head_of(node)
            if head is not None and key_of(head, vocabulary) in changed:
                return f"{head.base} may mean something else here than above: say so"
    return None


def _doubt(row: Draft) -> str | None:
    if row.relation == "!=":
        return "it may say no more than that its sides are not always equal"
    if row.relation == "=" and 0 in (number_of(row.left.syntax), number_of(row.right.syntax)):
        return "it may be an equation to be solved"
    if is_beside(row.relation, row.sentence, row.piece):
        return "it may be supposed here and not claimed"
    if row.relation.startswith("strictly"):
        return "it may be so though its second derivatives are 0 somewhere"
    words = _CONVEXITY.sub("", row.sentence.text) if row.chain.kind == WORDED else row.sentence.text
    if PARTIAL.search(words):
        return "its sentence restricts it in words that are not read"
    return None
