"""What is not linear and does not commute: powers, exponentials and traces spread over their parts, and
``2 A B`` for ``A B + B A``.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.checking.diagnosis.algebra import dropped, factors
from derivations.checking.diagnosis.places import put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import (
    ONE,
    Add,
    Entry,
    Exp,
    Expression,
    IndexVariable,
    Log,
    Multiply,
    Number,
    Power,
    Sum,
    add,
    multiply,
    number,
)
from derivations.language.indices import index_variables
from derivations.language.substitution import fresh_name


def spread(step: Step) -> Iterator[Edit]:
    """A function of a whole where that of each part was written: ``e^u + e^v``, ``1/u + 1/v``, ``z + log 1``,
    ``tr A tr B``.
    """
    for place in step.places:
        for meant in _gathered(place.node):
            yield Edit(put(step.right, place.path, meant), (place.node, meant))


def _gathered(node: Expression) -> Iterator[Expression]:
    match node:
        case Add(parts):
            yield from _exponentials(parts)
            yield from _powers(parts)
            yield from _beside_a_logarithm(parts)
        case Multiply():
            yield from _traces(factors(node))


def _exponentials(parts: tuple[Expression, ...]) -> Iterator[Expression]:
    """``e^{u + v}``."""
    own = [part for part in parts if isinstance(part, Exp)]
    if len(own) >= 2:
        others = [part for part in parts if part not in own]
        yield add(*others, Exp(Add(tuple(part.argument for part in own))))


def _powers(parts: tuple[Expression, ...]) -> Iterator[Expression]:
    """``(u + v)^n``, for every exponent that several terms have."""
    plain = [multiply(*(f for f in factors(part) if f != ONE)) for part in parts]
    for exponent in dict.fromkeys(part.exponent for part in plain if isinstance(part, Power)):
        own = [part for part in plain if isinstance(part, Power) and part.exponent == exponent]
        if len(own) >= 2:
            others = [part for part in plain if part not in own]
            yield add(*others, Power(Add(tuple(part.base for part in own)), exponent))


def _beside_a_logarithm(parts: tuple[Expression, ...]) -> Iterator[Expression]:
    """``log(e^z + u)`` for ``z + log u``, the logarithm of a sum being taken term by term."""
    for position, part in enumerate(parts):
        if isinstance(part, Log):
            others = tuple(Exp(other) for other in dropped(parts, position))
            yield Log(Add((part.argument, *others)))


def _traces(parts: tuple[Expression, ...]) -> Iterator[Expression]:
    """``tr(A B)``."""
    traced = [(part, matrix) for part in parts if (matrix := _diagonal(part)) is not None]
    for position, (first, (a, i)) in enumerate(traced):
        for second, (b, k) in traced[position + 1 :]:
            if i.index_set == k.index_set:
                others = [part for part in parts if part not in (first, second)]
                k = IndexVariable(fresh_name(k.name, {i.name}), k.index_set)
                inner = Sum(k, Multiply((Entry(a, (i, k)), Entry(b, (k, i)))))
                yield multiply(*others, Sum(i, inner))


def _diagonal(node: Expression) -> tuple[str, IndexVariable] | None:
    """The name of a matrix and the index of the sum over its diagonal."""
    if not isinstance(node, Sum) or not isinstance(node.body, Entry) or node.excluding:
        return None
    return (node.body.name, node.index) if node.body.indices == (node.index, node.index) else None


def commuting(step: Step) -> Iterator[Edit]:
    """``A B + B A`` where ``2 A B`` was written, and ``A B A B`` for ``A^2 B^2``, as numbers would allow."""
    for place in step.places:
        if isinstance(place.node, Sum):
            for meant in (*_both_orders(place.node), *_in_turns(place.node)):
                yield Edit(put(step.right, place.path, meant), (place.node, meant))


def _both_orders(node: Sum) -> Iterator[Expression]:
    """Half of ``2 A B`` in either order."""
    numbers = [f for f in factors(node.body) if isinstance(f, Number) and f != ONE]
    chain = _chain(node)
    if len(numbers) == 1 and numbers[0].value % 2 == 0 and len(chain) == 2 and _square(chain):
        first, second = chain
        k = node.index
        swapped = (Entry(second.name, first.indices), Entry(first.name, second.indices))
        half = () if numbers[0].value == 2 else (number(numbers[0].value / 2),)
        yield Add(tuple(Sum(k, Multiply((*half, *pair))) for pair in (chain, swapped)))


def _in_turns(node: Sum) -> Iterator[Expression]:
    """``A B A B`` for ``A A B B``."""
    chain = _chain(node)
    if len(chain) == 4 and _square(chain):
        first, second, third, fourth = (entry.name for entry in chain)
        if first == second != third == fourth:
            inner: list[IndexVariable] = []
            used = {v.name for entry in chain for index in entry.indices for v in index_variables(index)}
            for _ in range(3):
                inner.append(IndexVariable(fresh_name(node.index.name, used), node.index.index_set))
                used.add(inner[-1].name)
            ends = (chain[0].indices[0], *inner, chain[3].indices[1])
            names = (first, third, first, third)
            meant: Expression = Multiply(
                tuple(Entry(name, ends[at : at + 2]) for at, name in enumerate(names))
            )
            for variable in inner:
                meant = Sum(variable, meant)
            yield meant


def _chain(node: Expression) -> tuple[Entry, ...]:
    """The matrices of a product in their order, numbers apart; none where it is no such product."""
    if isinstance(node, Entry):
        return (node,) if len(node.indices) == 2 else ()
    if not isinstance(node, Sum) or node.excluding:
        return ()
    parts = [_chain(f) for f in factors(node.body) if not isinstance(f, Number)]
    if len(parts) != 2 or not all(parts):
        return ()
    left, right = parts
    joined = left[-1].indices[1] == right[0].indices[0] == node.index
    return (*left, *right) if joined else ()


def _square(chain: tuple[Entry, ...]) -> bool:
    """Whether all the matrices have the same index set for rows and columns."""
    return len({index.index_set for entry in chain for index in entry.indices}) == 1
