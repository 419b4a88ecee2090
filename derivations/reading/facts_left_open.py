"""What words say of names and no domain expresses: "is definite", "with sums $A$ and $B$", "some $c$".

It proves nothing; a claim that fails without it is not refuted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from derivations.reading.heads import key_of
from derivations.reading.pieces import Mathematics
from derivations.reading.prose import ProseFact

if TYPE_CHECKING:
    from derivations.reading.facts import Facts


def _definite(facts: Facts, fact: ProseFact, line: int) -> None:
    """Definiteness is no value of entries: what fails without it is no refutation; it may be claimed, too."""
    piece = facts.pieces[fact.formulas[0]]
    claimed = isinstance(piece, Mathematics) and any(chain.kind == "worded" for chain in piece.chains)
    for head in facts.named(fact.formulas[0]):
        key = key_of(head, facts.vocabulary)
        if not (claimed and key in facts.defined):
            facts.loose[key] = f"{head.base} is said to be definite, which is not read"


def _property(facts: Facts, fact: ProseFact, line: int) -> None:
    """ "$Q$ is orthogonal", "$n$ is even": what fails without it is no refutation."""
    for head in facts.named(fact.formulas[0]):
        told = f"what is said of {head.base} is not read exactly"
        facts.loose.setdefault(key_of(head, facts.vocabulary), told)


def _measured(facts: Facts, fact: ProseFact, line: int) -> None:
    """ "with sums $A$ and $B$": what they are is told in words only, unless an equation tells it."""
    for head in facts.named(fact.formulas[0]):
        key = key_of(head, facts.vocabulary)
        if key not in facts.defined and head.group is None:
            facts.loose.setdefault(key, f"what {head.base} is is told in words that are not read")


def _some(facts: Facts, fact: ProseFact, line: int) -> None:
    """ "with some $c$ between 0 and 1": what fails for another c is no refutation."""
    for head in facts.named(fact.formulas[0]):
        key = key_of(head, facts.vocabulary)
        if key not in facts.defined and head.group is None:
            facts.loose.setdefault(key, f"it is said of some {head.base} only")


LOOSE: Mapping[str, Callable[[Facts, ProseFact, int], None]] = {
    "definite": _definite,
    "property": _property,
    "measured": _measured,
    "some": _some,
}
"""One row a kind of phrase."""
