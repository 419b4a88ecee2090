"""Equations that nobody claims: what something holds under, what is denied, what one entry is."""

from __future__ import annotations

from derivations.language import Role
from derivations.reading.drafts import Draft
from derivations.reading.heads import Head, head_of, is_power
from derivations.reading.stated import number_of
from derivations.reading.tree import Operator
from derivations.reading.vocabulary import Vocabulary
from derivations.reading.wordings import CONDITION, DENIED, HYPOTHETICAL, PARTIAL, SPECIAL, SUPPOSED


def is_condition(row: Draft, head: Head, *, used: bool, display: bool) -> bool:
    """Whether an equation for the new name `head` is what something holds under: "at $p = q$" for a p of the
    document, or what nobody says to hold.

    `used` is whether the name stands above; `display` whether the equation is displayed.
    """
    if head.group is not None:
        return False
    words = row.sentence.words_before(row.piece)
    if SPECIAL.search(words):
        return True
    bare = head_of(row.right.syntax) is not None
    if row.premise and bare:
        return True
    if display:
        return False
    if HYPOTHETICAL.search(row.sentence.text) or DENIED.search(words):
        return True
    if row.premise or PARTIAL.search(words):
        return True
    if SUPPOSED.search(words) and bare:
        return True
    return bool(CONDITION.search(words)) and (used or bare)


def given_derivative(row: Draft, vocabulary: Vocabulary) -> tuple[Operator, Head] | tuple[None, None]:
    """The derivative that a claim may give, and of what: ``\\frac{\\partial J}{\\partial w_j} = ...``."""
    left, right = row.left.syntax, row.right.syntax
    if row.role is not Role.CLAIM or row.relation != "=" or not isinstance(left, Operator):
        return None, None
    if number_of(right) is not None or right is None or len(left.variables) + left.order > 2:
        return None, None
    head = head_of(left.operand)
    return (None, None) if head is None or is_power(head, vocabulary) else (left, head)


def is_solution(row: Draft, vocabulary: Vocabulary) -> bool:
    """Whether an equation says of a name which number it is, as of what is solved for: "hence $x = 3$"."""
    head = head_of(row.left.syntax)
    if head is None or head.group is not None or is_power(head, vocabulary):
        return False
    return row.relation == "=" and number_of(row.right.syntax) is not None


def is_equation(row: Draft, vocabulary: Vocabulary) -> bool:
    """Whether a supposed equation says more than which number a name or an entry is: not ``x_0 = 1``."""
    if row.role is not Role.ASSUMPTION or row.relation != "=":
        return False
    head = head_of(row.left.syntax)
    named = head is not None and not is_power(head, vocabulary)
    return not named or number_of(row.right.syntax) is None
