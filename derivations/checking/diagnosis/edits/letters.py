"""Indices, deltas and the ranges of sums."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.checking.diagnosis.algebra import complemented, negated, scaled
from derivations.checking.diagnosis.places import Place, put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import (
    ONE,
    Add,
    Call,
    Delta,
    Entry,
    Expression,
    Index,
    IndexVariable,
    Multiply,
    Number,
    Power,
    Sum,
    number,
)
from derivations.language.substitution import replace_indices
from derivations.language.traversal import free_indices, own_indices


def transposed(step: Step) -> Iterator[Edit]:
    """The inner product ``x^T x`` for the outer product, or an entry with rows and columns exchanged."""
    for place in step.places:
        if isinstance(place.node, Sum):
            yield from _outer(step, place, place.node)
    for place in step.places:
        turned = _turned(place.node)
        if turned is not None:
            yield Edit(put(step.right, place.path, turned), (place.node, turned))
    yield from _symmetric(step)


def _turned(node: Expression) -> Expression | None:
    """An entry with its two indices exchanged, where these are of one set."""
    if not isinstance(node, Entry) or len(node.indices) != 2:
        return None
    first, second = node.indices
    alike = first != second and first.index_set.compatible(second.index_set)
    return Entry(node.name, (second, first)) if alike else None


def _symmetric(step: Step) -> Iterator[Edit]:
    """``A + A^T`` where ``2 A`` was written, as if A were symmetric."""
    nodes = {place.path: place.node for place in step.places}
    twos = [p for p in step.places if p.linear and isinstance(p.node, Number) and p.node.value % 2 == 0]
    for place in step.places:
        turned = _turned(place.node)
        for two in twos if turned is not None else ():
            if turned is not None and _multiplies(two.path, place.path, nodes):
                both = Add((place.node, turned))
                one = number(two.node.value / 2) if isinstance(two.node, Number) else ONE
                right = put(put(step.right, place.path, both), two.path, one)
                yield Edit(right, (Multiply((number(2), place.node)), both))


Path = tuple[int, ...]


def _multiplies(factor: Path, other: Path, nodes: dict[Path, Expression]) -> bool:
    """Whether what stands at the path `factor` is a factor of a product in which `other` stands."""
    shared = next((k for k, (a, b) in enumerate(zip(factor, other, strict=False)) if a != b), 0)
    return all(isinstance(nodes[factor[:k]], Multiply | Sum) for k in range(shared, len(factor)))


def _outer(step: Step, place: Place, node: Sum) -> Iterator[Edit]:
    """The two factors of an inner product with two free indices in the place of the bound one."""
    bound = node.index
    pair = [v for v in step.free if v.index_set == bound.index_set]
    whole = node.body.factors if isinstance(node.body, Multiply) else ()
    carrying = [p for p, f in enumerate(whole) if bound.name in free_indices(f)]
    if len(carrying) == 2 and len(pair) >= 2:
        replaced = list(whole)
        for position, variable in zip(carrying, pair, strict=False):
            replaced[position] = replace_indices(whole[position], {bound.name: variable})
        outer = Multiply(tuple(replaced))
        yield Edit(put(step.right, place.path, outer), (node, outer))


def wrong_index(step: Step) -> Iterator[Edit]:
    """One index of an entry, a definition or a delta; or one of the two in a square.

    What stands last is tried first: the names in front are more often copied from the line above.
    """
    for place in sorted(step.places, key=lambda place: place.path, reverse=True):
        if isinstance(place.node, Entry | Call | Delta):
            for other in _reindexed(place.node, (*step.visible(place), *step.elements)):
                yield Edit(put(step.right, place.path, other), (place.node, other))
    for place, power in step.powers():
        if power.exponent == number(2) and isinstance(power.base, Entry | Call):
            for other in _reindexed(power.base, step.visible(place)):
                pair = Multiply((power.base, other))
                yield Edit(put(step.right, place.path, pair), (power, pair))


def _reindexed(node: Expression, visible: tuple[Index, ...]) -> Iterator[Expression]:
    """`node` with one of its indices replaced by another of the same set."""
    if isinstance(node, Call) and node.arguments:
        for name, present in free_indices(node).items():
            for other in visible:
                if other != present and other.index_set.compatible(present.index_set):
                    yield replace_indices(node, {name: other})
        return
    own = own_indices(node)
    for position, index in enumerate(own):
        for other in visible:
            if other != index and other.index_set.compatible(index.index_set):
                yield _with_indices(node, (*own[:position], other, *own[position + 1 :]))


def _with_indices(node: Expression, indices: tuple[Index, ...]) -> Expression:
    if isinstance(node, Entry):
        return Entry(node.name, indices)
    return Delta(*indices) if isinstance(node, Delta) else Call(getattr(node, "name", ""), indices)


def sample_index(step: Step) -> Iterator[Edit]:
    """An entry without the index that others of its letter have: x where x_i or x^{(i)} belongs."""
    for place in step.places:
        if isinstance(place.node, Entry | Call) and not place.node.indices:
            for quantity in step.quantities:
                if quantity.indices and _letter(quantity) == _letter(place.node):
                    for form in step.forms(quantity, place):
                        yield Edit(put(step.right, place.path, form), (place.node, form))


def _letter(quantity: Entry | Call) -> str:
    """The name without the marks that tell namesakes apart."""
    return quantity.name.partition(" (")[0].rstrip("^")


def delta(step: Step) -> Iterator[Edit]:
    """A delta that is missing at a term or stands as a 1, or that should not be there."""
    for place in step.places:
        for meant in _one_case(place.node, step.visible(place)):
            yield Edit(put(step.right, place.path, meant), (place.node, meant))
    for place in step.places:
        for pair in _pairs(step.visible(place)):
            if place.node == ONE and not isinstance(place.parent, Multiply | Power):
                yield Edit(put(step.right, place.path, pair), (place.node, pair))
            elif _term(place):
                meant = scaled(place.node, pair)
                yield Edit(put(step.right, place.path, meant), (place.node, meant))
    for place in step.places:
        if isinstance(place.node, Delta):
            yield Edit(put(step.right, place.path, ONE), (place.node, ONE))
    for place in step.places:
        if isinstance(place.parent, Multiply) and place.linear and not isinstance(place.node, Number):
            for pair in _pairs(step.visible(place)):
                for meant in (Add((place.node, negated(pair))), Add((place.node, pair))):
                    yield Edit(put(step.right, place.path, meant), (place.node, meant))


def _one_case(node: Expression, visible: tuple[IndexVariable, ...]) -> Iterator[Expression]:
    """``delta_{ij} - p_j`` where ``1 - p_i`` was written, what holds for i = j only."""
    subtracted = complemented(node)
    if isinstance(subtracted, Entry | Call):
        for name, present in free_indices(subtracted).items():
            for other in visible:
                if other != present and other.index_set.compatible(present.index_set):
                    turned = replace_indices(subtracted, {name: other})
                    yield Add((Delta(present, other), negated(turned)))


def _term(place: Place) -> bool:
    """Whether `place` is the whole, a term or a sum's body, in the numerator and no number."""
    term = not place.path or isinstance(place.parent, Sum | Add)
    return term and place.linear and not isinstance(place.node, Number)


def _pairs(visible: tuple[IndexVariable, ...]) -> Iterator[Delta]:
    for position, first in enumerate(visible):
        for second in visible[position + 1 :]:
            if first != second and first.index_set.compatible(second.index_set):
                yield Delta(first, second)
