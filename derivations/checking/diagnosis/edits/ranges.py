"""What sums and products range over: their bounds, a sum missing or too many, an index bound twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from derivations.checking.diagnosis.algebra import factors
from derivations.checking.diagnosis.places import Place, put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import (
    Cardinality,
    Expression,
    IndexSet,
    IndexVariable,
    Multiply,
    Power,
    Product,
    Sum,
    divide,
    multiply,
    number,
)
from derivations.language.substitution import replace_indices
from derivations.language.traversal import entry_names, free_indices, subexpressions


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
    """Sums and products that begin or end one earlier or later."""
    for place in step.places:
        node = place.node
        if not isinstance(node, Sum | Product) or not isinstance(node.index.index_set.size, str):
            continue
        old = node.index.index_set
        starts = (IndexSet(old.size, start, old.short) for start in (0, 1, 2))
        for meant in (*starts, IndexSet(old.size, old.start, 1 - min(old.short, 1))):
            if meant != old:
                index = IndexVariable(node.index.name, meant)
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
                break
    for place in step.places:
        for meant in _merged(place.node):
            yield _changed(step, place, meant)


def _merged(node: Expression) -> Iterator[Expression]:
    """One sum of products where a product of two sums was written."""
    if isinstance(node, Sum):
        own = factors(node.body)
        for position, inner in enumerate(own):
            if isinstance(inner, Sum) and inner.index.index_set == node.index.index_set:
                body = replace_indices(inner.body, {inner.index.name: node.index})
                yield Sum(node.index, multiply(*own[:position], body, *own[position + 1 :]), node.excluding)
    elif isinstance(node, Multiply):
        sums = [(at, f) for at, f in enumerate(node.factors) if isinstance(f, Sum)]
        for (_, first), (at, second) in pairwise(sums):
            if first.index.index_set == second.index.index_set:
                body = replace_indices(second.body, {second.index.name: first.index})
                both = Sum(first.index, multiply(*factors(first.body), *factors(body)), first.excluding)
                yield multiply(*(both if f is first else f for k, f in enumerate(node.factors) if k != at))
