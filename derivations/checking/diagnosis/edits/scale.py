"""A constant factor that is missing, spurious or another: 2 and 1/2, 1/m, a parameter, an exponent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from derivations.checking.diagnosis.algebra import inverse, scaled
from derivations.checking.diagnosis.places import Place, put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import (
    MINUS_ONE,
    Abstraction,
    Add,
    Call,
    Entry,
    Exp,
    Expression,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
    add,
    number,
)

SMALL = (Fraction(2), Fraction(1, 2))
RARE = (Fraction(4), Fraction(1, 4), Fraction(3), Fraction(1, 3))


def _targets(step: Step) -> Iterator[Place]:
    """Where a constant may have been lost: the whole, its terms, then terms further inside."""
    for place in step.places:
        whole = not place.path
        if whole or (isinstance(place.parent, Add) and not isinstance(place.node, Number)):
            yield place


def _scalings(step: Step, constants: Iterable[Expression]) -> Iterator[Edit]:
    constants = tuple(constants)
    for place in _targets(step):
        for constant in constants:
            yield Edit(put(step.right, place.path, scaled(place.node, constant)), (constant, place.node))


def by_a_number(step: Step) -> Iterator[Edit]:
    """2 or 1/2, at the whole or at one term; 3, 4 and their inverses at the whole."""
    yield from _scalings(step, map(number, SMALL))
    for rare in map(number, RARE):
        yield Edit(scaled(step.right, rare), (rare, step.right))


def by_a_size(step: Step) -> Iterator[Edit]:
    """A size or its inverse, or one size where another belongs; with 2 at its side at the last."""
    ones = [c for size in step.sizes for c in (inverse(size), size)]
    pairs = [Multiply((a, inverse(b))) for a in step.sizes for b in step.sizes if a != b]
    twos = [Multiply((number(two), one)) for one in ones for two in SMALL]
    yield from _scalings(step, ones)
    yield from _scalings(step, [*pairs, *twos])
    for place in step.places:
        if isinstance(place.parent, Add) and isinstance(place.node, Number) and abs(place.node.value) == 1:
            for size in step.sizes:
                meant = scaled(place.node, size) if place.node == MINUS_ONE else size
                yield Edit(put(step.right, place.path, meant), (size, place.node))


def by_a_parameter(step: Step) -> Iterator[Edit]:
    """A scalar of the step, such as lambda or gamma, or its inverse."""
    outer = [s for s in step.scalars if isinstance(s, Entry) and not _chained(s, step)]
    yield from _scalings(step, [c for scalar in outer for c in (scalar, inverse(scalar))])


def _chained(scalar: Expression, step: Step) -> bool:
    """Whether a scalar would come from an inner derivative."""
    return isinstance(scalar, Entry) and step.differentiates and scalar.name in step.inner


def in_an_argument(step: Step) -> Iterator[Edit]:
    """2 or 1/2 at the argument of a function, as in ``tanh(x/2)``."""
    for place in step.places:
        for constant in map(number, SMALL):
            meant = _rescaled(place.node, constant)
            if meant is not None:
                yield Edit(put(step.right, place.path, meant), (place.node, meant))


def _rescaled(node: Expression, constant: Expression) -> Expression | None:
    """A function of one number at `constant` times its argument."""
    if isinstance(node, Exp):
        return Exp(scaled(node.argument, constant))
    if isinstance(node, Call) and len(node.arguments) == 1 and not node.arguments[0].indices:
        body = scaled(node.arguments[0].body, constant)
        return Call(node.name, node.indices, (Abstraction((), body),))
    return None


def of_an_exponent(step: Step) -> Iterator[Edit]:
    """An exponent that is one too large or too small, or a square that is missing."""
    for place, power in step.powers():
        if power.exponent == MINUS_ONE:
            continue
        for change in (-1, 1):
            exponent = _shifted(power.exponent, change)
            changed = power.base if exponent == number(1) else Power(power.base, exponent)
            yield Edit(put(step.right, place.path, changed), (power, changed))
    for place in step.places:
        if isinstance(place.node, Entry | Call) and isinstance(place.parent, Multiply | Add | Sum | Product):
            square = Power(place.node, number(2))
            yield Edit(put(step.right, place.path, square), (place.node, square))


def of_a_denominator(step: Step) -> Iterator[Edit]:
    """A denominator of a quotient's derivative that is not squared, or squared without need."""
    for place, power in step.powers():
        for given, meant in ((-1, -2), (-2, -1)):
            if power.exponent == number(given):
                changed = Power(power.base, number(meant))
                yield Edit(put(step.right, place.path, changed), (power.base,))


def _shifted(exponent: Expression, change: int) -> Expression:
    if isinstance(exponent, Number):
        return number(exponent.value + change)
    if isinstance(exponent, Add):
        numbers = [t for t in exponent.terms if isinstance(t, Number)]
        if numbers:
            rest = [t for t in exponent.terms if t is not numbers[0]]
            value = numbers[0].value + change
            return add(*rest, *((number(value),) if value else ()))
    return Add((exponent, number(change)))
