"""Indices, deltas and the ranges of sums."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.checking.diagnosis.algebra import negated, scaled
from derivations.checking.diagnosis.places import Place, put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import (
    ONE,
    Add,
    Call,
    Cardinality,
    Delta,
    Entry,
    Expression,
    Index,
    IndexSet,
    IndexVariable,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
    divide,
    number,
)
from derivations.language.substitution import replace_indices
from derivations.language.traversal import entry_names, free_indices, own_indices, subexpressions


def transposed(step: Step) -> Iterator[Edit]:
    """The inner product ``x^T x`` for the outer product, or an entry with rows and columns exchanged."""
    for place in step.places:
        if isinstance(place.node, Sum):
            yield from _outer(step, place, place.node)
    for place in step.places:
        if isinstance(place.node, Entry) and len(place.node.indices) == 2:
            first, second = place.node.indices
            if first != second and first.index_set.compatible(second.index_set):
                turned = Entry(place.node.name, (second, first))
                yield Edit(put(step.right, place.path, turned), (place.node, turned))


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
    """One index of an entry, a definition or a delta; or one of the two in a square."""
    for place in step.places:
        if isinstance(place.node, Entry | Call | Delta):
            for other in _reindexed(place.node, step.visible(place)):
                yield Edit(put(step.right, place.path, other), (place.node, other))
    for place, power in step.powers():
        if power.exponent == number(2) and isinstance(power.base, Entry | Call):
            for other in _reindexed(power.base, step.visible(place)):
                pair = Multiply((power.base, other))
                yield Edit(put(step.right, place.path, pair), (power, pair))


def _reindexed(node: Expression, visible: tuple[IndexVariable, ...]) -> Iterator[Expression]:
    """`node` with one of its indices replaced by another of the same set."""
    if isinstance(node, Call) and node.arguments:
        for name, present in free_indices(node).items():
            for other in visible:
                if other.name != name and other.index_set.compatible(present.index_set):
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


def delta(step: Step) -> Iterator[Edit]:
    """A delta that is missing at a term or stands as a 1, or that should not be there."""
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


def _term(place: Place) -> bool:
    """Whether `place` is the whole, a term or a sum's body, in the numerator and no number."""
    term = not place.path or isinstance(place.parent, Sum | Add)
    return term and place.linear and not isinstance(place.node, Number)


def _pairs(visible: tuple[IndexVariable, ...]) -> Iterator[Delta]:
    for position, first in enumerate(visible):
        for second in visible[position + 1 :]:
            if first != second and first.index_set.compatible(second.index_set):
                yield Delta(first, second)


def intercept(step: Step) -> Iterator[Edit]:
    """A penalty, a sum of squares, that counts the intercept with index 0."""
    for edit, place in _starts(step):
        if (
            isinstance(place.node, Sum)
            and place.node.index.index_set.start == 0
            and _squares(place.node.body)
        ):
            yield edit


def _squares(body: Expression) -> bool:
    return isinstance(body, Power) and body.exponent == number(2) and bool(entry_names(body))


def bounds(step: Step) -> Iterator[Edit]:
    """The first value of a sum's index, or a value that is left out."""
    for edit, _ in _starts(step):
        yield edit
    for place in step.places:
        node = place.node
        if not isinstance(node, Sum | Product):
            continue
        if node.excluding:
            yield _changed(step, place, type(node)(node.index, node.body))
        else:
            for other in step.visible(place):
                if other.index_set.compatible(node.index.index_set):
                    yield _changed(step, place, type(node)(node.index, node.body, (other,)))


def idle(step: Step) -> Iterator[Edit]:
    """A sum over an index that its term does not use."""
    for place in step.places:
        if isinstance(place.node, Sum) and place.node.index.name not in free_indices(place.node.body):
            yield _changed(step, place, place.node.body)


def _changed(step: Step, place: Place, meant: Expression) -> Edit:
    return Edit(put(step.right, place.path, meant), (place.node, meant))


def _starts(step: Step) -> Iterator[tuple[Edit, Place]]:
    """Sums and products that begin one earlier or later."""
    for place in step.places:
        node = place.node
        if not isinstance(node, Sum | Product):
            continue
        for start in (0, 1, 2):
            old = node.index.index_set
            if start != old.start and isinstance(old.size, str):
                index = IndexVariable(node.index.name, IndexSet(old.size, start))
                body = replace_indices(node.body, {index.name: index})
                yield _changed(step, place, type(node)(index, body, node.excluding)), place


def missing_sum(step: Step) -> Iterator[Edit]:
    """A sum over an index that the left side does not have."""
    known = free_indices(step.left)
    for place in step.places:
        if place.linear:
            for name, variable in free_indices(place.node).items():
                if name not in known and variable in step.free:
                    total = Sum(variable, place.node)
                    yield _changed(step, place, total)
                    yield _changed(step, place, divide(total, Cardinality(variable.index_set)))


def single_term(step: Step) -> Iterator[Edit]:
    """A sum of which one term only belongs there."""
    for place in step.places:
        if isinstance(place.node, Sum):
            bound = place.node.index
            for other in step.visible(place):
                if other.index_set.compatible(bound.index_set):
                    yield _changed(step, place, replace_indices(place.node.body, {bound.name: other}))


def reused(step: Step) -> Iterator[Edit]:
    """An index that a sum binds and that means another one outside."""
    for place in step.places:
        if isinstance(place.node, Sum):
            inner = [n for n in subexpressions(place.node.body) if isinstance(n, Sum)]
            if any(n.index.name == place.node.index.name for n in inner):
                yield from single_term(step)
                return
