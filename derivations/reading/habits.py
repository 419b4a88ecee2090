"""How a document uses its letters, found from all its formulas before any of them is read.

Which letters are totals of their indexed selves, how many arguments its functions take, which names label
classes or are vectors, what depends on what, by what gradients are taken: what no line tells alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from derivations.reading.applications import arguments_of
from derivations.reading.chains import Chain
from derivations.reading.drafts import Draft
from derivations.reading.heads import head_of
from derivations.reading.stated import number_of, said_in
from derivations.reading.syntax import name_of, skeleton, walk
from derivations.reading.tree import Big, Operator, Scripted, Symbol, Syntax, Word
from derivations.reading.vocabulary import Vocabulary
from derivations.reading.wordings import LOSSES


def find_habits(chains: list[Chain], vocabulary: Vocabulary) -> None:
    """Note in `vocabulary` what all chains together tell of its letters."""
    for chain in chains:
        _find_labels(chain, vocabulary)
        if chain.relations[:1] in (("=",), (":=",)):
            _find_total(chain, vocabulary)
            _find_arity(chain, vocabulary)


def _find_labels(chain: Chain, vocabulary: Vocabulary) -> None:
    """Names whose kind decides how scripts are read: class labels, and vectors by the author's word."""
    for said in said_in(chain, vocabulary.survey):
        head = head_of(said.target)
        if said.label is not None and head is not None and head.group is None:
            vocabulary.labels.add(head.base)
        if said.shape is not None:
            sizes = (axis.size for axis in said.shape if axis is not None)
            vocabulary.survey.sizes.update(size for size in sizes if isinstance(size, str))
        if said.shape and head is not None and isinstance(said.target, Symbol | Word):
            vocabulary.stated_vectors.add(head.base)


def _find_total(chain: Chain, vocabulary: Vocabulary) -> None:
    """``E = \\sum_n E_n``: a letter alone for the sum of what it is with indices."""
    left, right = chain.sides[0].syntax, chain.sides[1].syntax
    name = name_of(left) if isinstance(left, Symbol) else None
    if not isinstance(left, Symbol) or name is None:
        return
    vocabulary.bare_heads.add(name)
    for big in (node for node in walk(right) if isinstance(node, Big)) if right is not None else ():
        bases = (node.base for node in walk(big.body) if isinstance(node, Scripted))
        if any(isinstance(base, Symbol) and base == replace(left, span=base.span) for base in bases):
            vocabulary.totals.add(name)


def _find_arity(chain: Chain, vocabulary: Vocabulary) -> None:
    """``H(p, q) = ...`` gives H two arguments."""
    head = head_of(chain.sides[0].syntax)
    if head is not None and head.group is not None and not head.primes:
        vocabulary.arities.setdefault(head.base, set()).add(len(arguments_of(head.group)))


def own_names(chains: Iterable[Chain]) -> set[tuple[str, str]]:
    """The names with one letter below that some equation gives a meaning, K where no p_k sums to K."""
    sides = [
        (chain.sides[0].syntax, chain.sides[1].syntax)
        for chain in chains
        if chain.relations[:1] in (("=",), (":=",))
    ]
    named = [
        (name_of(left.base), left.subscript.name, {p for p in walk(right) if isinstance(p, Big)})
        for left, right in sides
        if isinstance(left, Scripted) and isinstance(left.subscript, Symbol)
        if right is not None and number_of(right) is None
    ]
    reached = {
        (name, big.upper.name) for name, _, bigs in named for big in bigs if isinstance(big.upper, Symbol)
    }
    return {(name, letter) for name, letter, _ in named if name is not None} - reached


def differentiated_names(sides: Iterable[Syntax]) -> set[str]:
    """Names that are differentiated alone: they are no constants."""
    operands = (node.operand for side in sides for node in walk(side) if isinstance(node, Operator))
    return {head.base for head in map(head_of, operands) if head is not None}


def usual_variable(sides: Iterable[Syntax], drafts: list[Draft]) -> Syntax | None:
    """The one vector that all gradients of the document are taken by, as far as they say by which."""
    found: dict[object, Syntax] = {}
    for node in (node for side in sides for node in walk(side)):
        if not isinstance(node, Operator) or not node.gradient:
            continue
        head = head_of(node.operand)
        group = None if head is None else head.group
        argument = group.items if group is not None and len(group.items) == 1 else ()
        found.update({skeleton(variable): variable for variable in node.variables or argument})
    for draft in drafts:
        group = draft.head.group if draft.head is not None and draft.head.base in LOSSES else None
        if group is not None and len(group.items) == 1:
            found.setdefault(skeleton(group.items[0]), group.items[0])
    return next(iter(found.values())) if len(found) == 1 else None
