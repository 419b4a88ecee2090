"""One quantity written where another belongs: label and prediction, y and 1 - y, two codings of a label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from derivations.checking.diagnosis.algebra import complement, complemented, factors, negated
from derivations.checking.diagnosis.places import Place, put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import (
    MINUS_ONE,
    ONE,
    Add,
    Call,
    Cases,
    Domain,
    Entry,
    Exp,
    Expression,
    Multiply,
    Sum,
    divide,
    number,
    unfold,
)
from derivations.language.traversal import entry_names, rebuild, subexpressions


def difference(step: Step) -> Iterator[Edit]:
    """Target minus prediction where prediction minus target belongs.

    Not where a minus stands in front that the left side does not have: then that one is too many.
    """
    if _leads_with_minus(step.right) and not _leads_with_minus(step.left):
        return
    for place in step.places:
        if isinstance(place.node, Add) and len(place.node.terms) == 2:
            first, second = place.node.terms
            linear = step.differentiates and isinstance(negated(second), Sum)
            if _quantity(first) and negated(second) != second and (linear or _quantity(negated(second))):
                turned = Add((negated(second), negated(first)))
                yield Edit(put(step.right, place.path, turned), (place.node, turned))


def _leads_with_minus(expression: Expression) -> bool:
    return MINUS_ONE in factors(expression)


def _quantity(expression: Expression) -> bool:
    """Whether a formula may be a label or a prediction: a name, or a softmax written out."""
    if isinstance(expression, Entry | Call):
        return True
    return not isinstance(expression, Add) and any(isinstance(n, Exp) for n in subexpressions(expression))


def branches(step: Step) -> Iterator[Edit]:
    """The values of two cases exchanged."""
    for place in step.places:
        if isinstance(place.node, Cases) and len(place.node.branches) == 2:
            (first, one), (second, other) = place.node.branches
            turned = Cases(((first, other), (second, one)))
            yield Edit(put(step.right, place.path, turned), (one, other))


def names(step: Step) -> Iterator[Edit]:
    """Two quantities of the step exchanged throughout."""
    own = tuple(dict.fromkeys(p.node for p in step.places if isinstance(p.node, Entry | Call)))
    for position, first in enumerate(own):
        for second in own[position + 1 :]:
            if len(first.indices) == len(second.indices) and first.name != second.name:
                yield Edit(_mapped(step.right, _exchange(first, second)), (first, second))


Image = Callable[[Expression], Expression | None]


def _exchange(first: Expression, second: Expression) -> Image:
    images = {first: second, second: first}
    return lambda node: images.get(node) if isinstance(node, Entry | Call) else None


def _mapped(expression: Expression, image: Image) -> Expression:
    found = image(expression)
    return rebuild(expression, lambda part: _mapped(part, image)) if found is None else found


def complements(step: Step) -> Iterator[Edit]:
    """y where 1 - y belongs, or the other way round: at one place, then throughout."""
    for place in step.places:
        if complemented(place.node) is not None or (_named(place) and not _in_complement(place)):
            meant = complement(place.node)
            yield Edit(put(step.right, place.path, meant), (place.node, meant))
    for name in dict.fromkeys(p.node for p in step.places if _named(p)):
        yield Edit(_mapped(step.right, _complementing(name)), (name, complement(name)))
    for place, power in step.powers():
        if power.exponent == number(2) and isinstance(power.base, Entry | Call):
            meant = Multiply((power.base, complement(power.base)))
            yield Edit(put(step.right, place.path, meant), (power, meant))


def _named(place: Place) -> bool:
    return isinstance(place.node, Entry | Call)


def _in_complement(place: Place) -> bool:
    return place.parent is not None and complemented(place.parent) is not None


def _complementing(name: Expression) -> Image:
    def image(node: Expression) -> Expression | None:
        if node == name:
            return complement(name)
        return name if complemented(node) == name else None

    return image


def labels(step: Step) -> Iterator[Edit]:
    """One name throughout where another belongs, as with labels 0 and 1 and labels -1 and 1."""
    inside = [p.node for p in step.places if isinstance(p.node, Entry | Call) and not _arguments(p.node)]
    for present in dict.fromkeys(inside):
        for other in step.quantities:
            alike = other.name != present.name and len(other.indices) == len(present.indices)
            if alike and _coded(present, step) and _coded(other, step):
                meant = replace(other, indices=present.indices)
                yield Edit(_mapped(step.right, _renaming(present, meant)), (present, meant))
    for present in dict.fromkeys(inside):
        for recoded in _recoded(present, step):
            yield Edit(_mapped(step.right, _renaming(present, recoded)), (present, recoded))


def _recoded(label: Entry | Call, step: Step) -> Iterator[Expression]:
    """A label in the other coding: ``2 y - 1`` of 0 and 1, ``(1 + y)/2`` of -1 and 1."""
    row = step.context.declarations.get(label.name)
    if row is not None and row.domain is Domain.BIT:
        yield Add((Multiply((number(2), label)), MINUS_ONE))
    elif row is not None and row.domain is Domain.SIGN:
        yield divide(Add((ONE, label)), number(2))


def _renaming(present: Expression, meant: Expression) -> Image:
    return lambda node: meant if node == present else None


def _arguments(node: Expression) -> bool:
    return isinstance(node, Call) and bool(node.arguments)


def _coded(quantity: Entry | Call, step: Step) -> bool:
    """Whether a quantity is a label, or defined by one alone: then it is another coding of it."""
    names = {quantity.name}
    if isinstance(quantity, Call):
        names = set() if quantity.arguments else entry_names(unfold(quantity, step.context))
    rows = (step.context.declarations.get(name) for name in names)
    return bool(names) and all(row is not None and row.domain.finite for row in rows)


def one_for_another(step: Step) -> Iterator[Edit]:
    """One quantity at one place, where another of the step belongs."""
    for place in step.places:
        if isinstance(place.node, Entry | Call):
            for quantity in step.quantities:
                for form in step.forms(quantity, place):
                    if getattr(form, "name", "") != place.node.name:
                        yield Edit(put(step.right, place.path, form), (place.node, form))
