"""The chain rule: an inner derivative that was forgotten, or a factor that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from derivations.checking.diagnosis.algebra import (
    complement,
    dropped,
    expanded,
    factors,
    inverse,
    negated,
    scaled,
)
from derivations.checking.diagnosis.places import Place, put
from derivations.checking.diagnosis.step import MOST_FORMS, Edit, Step
from derivations.language import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Call,
    Cardinality,
    Cases,
    Derivative,
    Entry,
    Exp,
    Expression,
    Log,
    Multiply,
    Number,
    Power,
    Sum,
    add,
    multiply,
    number,
    unfold,
)
from derivations.language.substitution import replace_indices
from derivations.language.traversal import free_indices, subexpressions


def inner(step: Step) -> Iterator[Edit]:
    """The number c of ``f(c x)``, or the exponential of ``log(1 + e^x)``, in the derivative of f."""
    found: dict[Expression, None] = {}
    for node in subexpressions(step.left):
        if isinstance(node, Derivative):
            for call in subexpressions(node.body):
                arguments = call.arguments if isinstance(call, Call) else ()
                for argument in arguments:
                    numbers = [f for f in factors(argument.body) if isinstance(f, Number) and f != MINUS_ONE]
                    found.update(dict.fromkeys(numbers))
    for constant in found:
        yield Edit(scaled(step.right, constant), (constant, step.right))
    for exponential in _inner_exponentials(step):
        for factor in (exponential, negated(exponential)):
            yield Edit(scaled(step.right, factor), (factor, step.right))
    for derivative in _of_arguments(step):
        for factor in (derivative, negated(derivative)):
            yield Edit(scaled(step.right, factor), (factor, step.right))
    for derivative in _of_quantities(step):
        yield Edit(Multiply((*factors(step.right), derivative)), (derivative, step.right))


def _of_arguments(step: Step) -> Iterator[Expression]:
    """The derivatives of the scalar arguments of functions in what is differentiated."""
    for node in subexpressions(step.left):
        if isinstance(node, Derivative) and isinstance(node.variable, Entry):
            calls = (n for n in subexpressions(node.body) if isinstance(n, Call))
            scalars = [a.body for call in calls for a in call.arguments if not a.indices]
            for argument in dict.fromkeys(scalars):
                taken = add(*expanded(unfold(Derivative(argument, node.variable), step.context)))
                if {v.name for v in step.free} >= set(free_indices(taken)) and taken not in (ZERO, ONE):
                    yield taken


def _of_quantities(step: Step) -> Iterator[Expression]:
    """The derivatives of the quantities in what is differentiated, where that is a function of them."""
    for node in subexpressions(step.left):
        if isinstance(node, Derivative) and not isinstance(node.body, Call):
            own = (n for n in subexpressions(node.body) if isinstance(n, Call) and not n.arguments)
            names = {v.name for v in step.free}
            for quantity in dict.fromkeys(n for n in own if set(free_indices(n)) <= names):
                if quantity != node.variable:
                    yield Derivative(quantity, node.variable)


def _inner_exponentials(step: Step) -> Iterator[Expression]:
    """The exponentials inside of a logarithm that is differentiated, at the free indices of the step."""
    bodies = (n.body for n in subexpressions(step.left) if isinstance(n, Derivative))
    logs = (n for body in bodies for n in subexpressions(unfold(body, step.context)) if isinstance(n, Log))
    found = dict.fromkeys(n for log in logs for n in subexpressions(log) if isinstance(n, Exp))
    for exponential in found:
        inside = free_indices(exponential)
        bound = [v for name, v in inside.items() if name not in {f.name for f in step.free}]
        pools = ([f for f in step.free if f.index_set.compatible(v.index_set)] for v in bound)
        for chosen in islice(product(*pools), MOST_FORMS):
            places = {v.name: f for v, f in zip(bound, chosen, strict=True)}
            yield replace_indices(exponential, places)


def _targets(step: Step) -> Iterator[Place]:
    """The whole, the bodies of sums, and terms, as long as they stand in the numerator."""
    for place in step.places:
        term = not place.path or isinstance(place.parent, Sum | Add | Cases)
        if place.linear and term and not isinstance(place.node, Number | Cardinality):
            yield place


def missing(step: Step) -> Iterator[Edit]:
    """A quantity, its complement to 1 or the product of both, or factors of the left side."""
    targets = tuple(_targets(step))
    for place in targets:
        for run in _runs(step, place):
            yield Edit(put(step.right, place.path, scaled(place.node, run)), (run, place.node))
    for place in targets:
        for factor in _factors(step, place):
            yield Edit(put(step.right, place.path, scaled(place.node, factor)), (factor, place.node))


def _factors(step: Step, place: Place) -> Iterator[Expression]:
    for quantity in step.quantities:
        for form in step.forms(quantity, place):
            yield form
            if not isinstance(form, Entry) or not form.indices:
                yield inverse(form)
                yield complement(form)
                yield Multiply((form, complement(form)))
                yield Multiply((number(2), form, complement(form)))


def _runs(step: Step, place: Place) -> Iterator[Expression]:
    """One or two neighbours among the factors of the left side, as far as they may stand at `place`."""
    names = {v.name for v in step.visible(place)}
    products = (n for n in subexpressions(step.left) if isinstance(n, Multiply))
    for node in products:
        own = [f for f in factors(node) if f not in (ONE, MINUS_ONE)]
        for length in (2, 1):
            for start in range(len(own) - length + 1):
                run = multiply(*own[start : start + length])
                if set(free_indices(run)) <= names and not isinstance(run, Number | Cardinality):
                    yield run


def spurious(step: Step) -> Iterator[Edit]:
    """A factor that should not be there."""
    for place in step.places:
        if isinstance(place.node, Multiply):
            for position, factor in enumerate(place.node.factors):
                if not isinstance(factor, Number | Add):
                    rest = multiply(*dropped(place.node.factors, position))
                    yield Edit(put(step.right, place.path, rest), (factor,))
    for place in step.places:
        own = factors(place.node) if isinstance(place.node, Multiply) else ()
        for start in range(len(own) - 2):
            pair = multiply(*own[start : start + 2])
            yield Edit(put(step.right, place.path, multiply(*own[:start], *own[start + 2 :])), (pair,))
        if len(own) > 2:
            yield Edit(put(step.right, place.path, multiply(*own[:-2])), (multiply(*own[-2:]),))
    for place in step.places:
        if isinstance(place.node, Multiply):
            for position, factor in enumerate(place.node.factors):
                if isinstance(factor, Add | Power):
                    rest = multiply(*dropped(place.node.factors, position))
                    yield Edit(put(step.right, place.path, rest), (factor,))
