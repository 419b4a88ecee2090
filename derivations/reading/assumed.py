"""What a chain of relations assumes as a whole: an index that has a value, a name with a range or a sign.

An assumption constrains a name that nothing gives a meaning. A relation about what the document defines, or
about a function that everyone knows, is a claim.
"""

from __future__ import annotations

from collections.abc import Callable

from derivations.reading.applications import arguments_of
from derivations.reading.chains import Chain
from derivations.reading.heads import Head, head_of, indices_of, is_formal
from derivations.reading.stated import Said, number_of, said_in
from derivations.reading.supposed_orders import ORDERS
from derivations.reading.survey import KNOWN_FUNCTIONS
from derivations.reading.syntax import name_of
from derivations.reading.tree import Numeral
from derivations.reading.vocabulary import Vocabulary
from derivations.reading.wordings import CONCLUDED, FOUND


def assumed(
    chain: Chain, words: str, vocabulary: Vocabulary, is_definable: Callable[[Head | None], bool]
) -> list[Said] | None:
    """What `chain` states behind `words` if it is an assumption as a whole, None where it claims.

    `is_definable` tells the heads that the document may define somewhere.
    """
    sides = [side.syntax for side in chain.sides]
    if len(sides) == 2 and chain.relations[0] in ("=", "!=", *ORDERS):
        left, right = sides
        name = name_of(left) if left is not None else None
        if name is not None and right is not None and vocabulary.survey.is_index(name):
            other = name_of(right)
            if isinstance(right, Numeral) or (other is not None and vocabulary.survey.is_index(other)):
                return []
    said = said_in(chain, vocabulary.survey)
    if said:
        heads = [head_of(one.target) for one in said if one.index_range is None]
        free = not any(is_definable(head) or _has_meaning(head, vocabulary) for head in heads)
        if chain.relations[-1] == "in" and len(chain.relations) > 1:
            return None
        if chain.relations[-1] != "in" and FOUND.search(words):
            return None
        return said if free or chain.relations[-1] == "in" else None
    if len(sides) == 2 and chain.relations[0] == "=" and number_of(sides[1]) is not None:
        head = head_of(sides[0])
        plain = head is not None and head.group is None and not head.primes
        if head is not None and head.base == "delta" and len(indices_of(head, vocabulary)) == 2:
            return None if "delta" not in vocabulary.unknown else []  # the Kronecker delta
        if plain and not is_definable(head) and not FOUND.search(words):
            return []
    return None


def doubt_of_conclusion(
    chain: Chain, words: str, vocabulary: Vocabulary, is_definable: Callable[[Head | None], bool]
) -> str | None:
    """Why the failure of a claim is no refutation: but for the words before it, it would be supposed."""
    if CONCLUDED.search(words) or assumed(chain, "", vocabulary, is_definable) is None:
        return None
    return "it may follow from what is not read"


def _has_meaning(head: Head | None, vocabulary: Vocabulary) -> bool:
    """Whether a head is the value of a function that everyone knows, or a product that looks like a value:
    ``\\sigma(z)``, ``h (1 - h)``.
    """
    if head is None or head.group is None:
        return False
    known = head.base in KNOWN_FUNCTIONS or head.base in vocabulary.known_as
    return known or not all(is_formal(item) for item in arguments_of(head.group))
