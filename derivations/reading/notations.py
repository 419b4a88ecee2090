"""Equations that define nothing: models with noise in them, and abbreviations of what has brackets."""

from __future__ import annotations

from collections.abc import Set

from derivations.reading.drafts import Draft
from derivations.reading.heads import Head, head_of, key_of
from derivations.reading.survey import KNOWN_FUNCTIONS
from derivations.reading.syntax import name_of
from derivations.reading.tree import Scripted
from derivations.reading.vocabulary import Vocabulary
from derivations.reading.wordings import NOISE, TARGETS


def is_model(row: Draft, head: Head) -> bool:
    """Whether an equation for a label has noise in it: ``y = X w + \\epsilon`` defines no y."""
    if head.base not in TARGETS or head.group is not None:
        return False
    terms = getattr(row.right.syntax, "terms", ())
    bases = (term.base if isinstance(term, Scripted) else term for term in terms)
    return any(name_of(base) in NOISE for base in bases)


def abbreviates(row: Draft, head: Head, definable: Set[str], vocabulary: Vocabulary) -> bool:
    """Whether an equation says how something is written, and nothing of what it is: ``\\phi_n =
    \\phi(x_n)`` of a phi that the document never defines.
    """
    other = head_of(row.right.syntax)
    if other is None or other.group is None or other.base != head.base or head.base in KNOWN_FUNCTIONS:
        return False
    indexed = head.group is None and isinstance(head.node, Scripted)
    return indexed and key_of(other, vocabulary) not in definable
