"""Claims that were proved earlier: where one side of such an equality stands in a later claim, the other may.

The kernel proves a claim by itself where it can. What is too large for it, or needs a case split inside of a
sum, may fall to two steps, of which the author has shown the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace

from derivations.language.derivation import Claim
from derivations.language.functions import SCALAR_FUNCTIONS
from derivations.language.indices import Index, IndexVariable, index_variables
from derivations.language.nodes import (
    Abstraction,
    Add,
    Call,
    Exp,
    Expression,
    Log,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
)
from derivations.language.substitution import replace_indices
from derivations.language.traversal import free_indices, rebuild

OPEN = "?"
"""Begins the name of an index that may be any index of its set."""

Places = Mapping[str, Index]


@dataclass(frozen=True, slots=True)
class Lemma:
    """An equality that was proved under the context of the claim that it serves."""

    claim: Claim
    conditions: tuple[str, ...]
    """Where it holds; with none, it holds for all values of its free indices."""
    used: tuple[str, ...]
    """The assumptions that its proof needs."""
    text: str
    """How it is told: ``line 12``."""

    @property
    def general(self) -> bool:
        """Whether it may be put in for other indices than its own."""
        return not self.claim.assumptions and not self.conditions


def rewritten(claim: Claim, lemma: Lemma) -> Iterator[Claim]:
    """`claim` with one side of `lemma` put in for the other wherever that stands, in either direction.

    Guarantees: wherever the conditions of `lemma` hold, each has the sides of `claim` for sides, or is as
    undefined. What is differentiated stays as it is: that two numbers are equal says nothing of their
    derivatives where they are equal under assumptions only.
    """
    said = claim.assumptions
    if claim.relation != "=" or lemma.claim.relation != "=":
        return
    if any(assumption not in said for assumption in lemma.claim.assumptions):
        return
    left, right = lemma.claim.left, lemma.claim.right
    for old, new in ((left, right), (right, left)):
        rule = _Rule.of(old, new, lemma.general)
        if rule is not None:
            sides = (rule.applied(claim.left), rule.applied(claim.right))
            if sides != (claim.left, claim.right):
                yield replace(claim, left=sides[0], right=sides[1])


@dataclass(frozen=True, slots=True)
class _Rule:
    """``old -> new``; indices that are open stand for any."""

    old: Expression
    new: Expression
    held: frozenset[str]
    """The free indices that are themselves only: no binder may have their names."""

    @classmethod
    def of(cls, old: Expression, new: Expression, general: bool) -> _Rule | None:
        free, more = free_indices(old), free_indices(new)
        if isinstance(old, Number) or not more.keys() <= free.keys():
            return None
        if not general:
            return cls(old, new, frozenset(free))
        opening: dict[str, Index] = {n: IndexVariable(OPEN + n, v.index_set) for n, v in free.items()}
        return cls(replace_indices(old, opening), replace_indices(new, opening), frozenset())

    def applied(self, node: Expression) -> Expression:
        places = _matched(self.old, node, {})
        if places is not None:
            return replace_indices(self.new, places)
        if isinstance(node, Sum | Product) and node.index.name in self.held:
            return node
        inside = isinstance(node, Call) and node.name in SCALAR_FUNCTIONS and not node.indices
        if inside or isinstance(node, Add | Multiply | Power | Exp | Log | Sum | Product):
            return rebuild(node, self.applied)
        return node


def _matched(pattern: object, node: object, places: Places) -> Places | None:
    """The indices for which `pattern` is `node`, beside those that are known, or None if it is not."""
    if isinstance(pattern, IndexVariable) and pattern.name.startswith(OPEN):
        return _placed(pattern, node, places)
    if type(pattern) is not type(node):
        return None
    if isinstance(pattern, Sum | Product) and isinstance(node, Sum | Product):
        return _matched_below(pattern, node, places)
    if isinstance(pattern, Abstraction) and isinstance(node, Abstraction):
        found = _matched_all((pattern.indices, pattern.body), (node.indices, node.body), places)
        return _outside({v.name for v in node.indices}, found)
    if isinstance(pattern, tuple) and isinstance(node, tuple):
        return _matched_all(pattern, node, places)
    if is_dataclass(pattern) and is_dataclass(node):
        names = [field.name for field in fields(pattern)]
        return _matched_all(
            [getattr(pattern, name) for name in names], [getattr(node, name) for name in names], places
        )
    return places if pattern == node else None


def _matched_all(patterns: Sequence[object], nodes: Sequence[object], places: Places) -> Places | None:
    found: Places | None = places if len(patterns) == len(nodes) else None
    for pattern, node in zip(patterns, nodes, strict=False):
        found = None if found is None else _matched(pattern, node, found)
    return found


def _matched_below(pattern: Sum | Product, node: Sum | Product, places: Places) -> Places | None:
    """Below a binder, whatever it calls its index."""
    bound, name = node.index, node.index.name
    if pattern.index.index_set != bound.index_set or name in free_indices(pattern):
        return None
    found = _matched(pattern.excluding, node.excluding, places)
    body = replace_indices(pattern.body, {pattern.index.name: bound})
    return _outside({name}, None if found is None else _matched(body, node.body, found))


def _outside(bound: set[str], places: Places | None) -> Places | None:
    """`places` if none of them is bound inside of what was matched."""
    mentioned = {v.name for index in (places or {}).values() for v in index_variables(index)}
    return None if mentioned & bound else places


def _placed(pattern: IndexVariable, node: object, places: Places) -> Places | None:
    if not isinstance(node, Index) or not pattern.index_set.contains(node.index_set):
        return None
    known = places.get(pattern.name, node)
    return {**places, pattern.name: node} if known == node else None
