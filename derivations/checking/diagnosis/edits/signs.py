"""A minus that was lost, or that is too many."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.checking.diagnosis.algebra import negated
from derivations.checking.diagnosis.places import put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import Abstraction, Add, Call, Cases, Exp, Power


def overall(step: Step) -> Iterator[Edit]:
    """The whole side."""
    yield Edit(negated(step.right))


def of_a_term(step: Step) -> Iterator[Edit]:
    """One term of a sum, or one branch of cases; then all terms but the first."""
    for place in step.places:
        if isinstance(place.parent, Add | Cases) and not isinstance(place.node, Add):
            yield Edit(put(step.right, place.path, negated(place.node)), (place.node,))
    for place in step.places:
        if isinstance(place.node, Add) and len(place.node.terms) > 2:
            first, *rest = place.node.terms
            yield Edit(put(step.right, place.path, Add((first, *map(negated, rest)))), (Add(tuple(rest)),))


def in_an_exponent(step: Step) -> Iterator[Edit]:
    """The argument of an exponential, or an exponent: e^z where e^{-z} belongs."""
    for place in step.places:
        if isinstance(place.node, Exp):
            turned = Exp(negated(place.node.argument))
            yield Edit(put(step.right, place.path, turned), (place.node, turned))
    for place, power in step.powers():
        turned_power = Power(power.base, negated(power.exponent))
        yield Edit(put(step.right, place.path, turned_power), (power, turned_power))


def in_an_argument(step: Step) -> Iterator[Edit]:
    """The argument of a named function, such as the z of ``sigma(-z)``."""
    for place in step.places:
        node = place.node
        if isinstance(node, Call) and node.arguments and not any(a.indices for a in node.arguments):
            arguments = tuple(Abstraction((), negated(a.body)) for a in node.arguments)
            turned = Call(node.name, node.indices, arguments)
            if place.path or turned != step.left:  # else nothing but the left side would be said again
                yield Edit(put(step.right, place.path, turned), (node, turned))
