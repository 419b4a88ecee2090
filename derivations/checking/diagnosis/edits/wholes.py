"""Terms that are lost or too many, and brackets that end in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.checking.diagnosis.algebra import complement, dropped, factors, inverse, negated, terms
from derivations.checking.diagnosis.places import put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import (
    MINUS_ONE,
    ONE,
    Add,
    Derivative,
    Entry,
    Exp,
    Expression,
    Log,
    Multiply,
    Power,
    Sum,
    add,
    divide,
    multiply,
    number,
)
from derivations.language.traversal import free_indices


def missing_term(step: Step) -> Iterator[Edit]:
    """A term of the left side."""
    for term in (*step.left_terms, *_penalties(step)):
        yield Edit(Add((*terms(step.right), term)), (term,))


def _penalties(step: Step) -> Iterator[Expression]:
    """Scalars times quantities, the derivatives of penalties: ``lambda theta_j``, ``lambda/m theta_j``."""
    scalars = [s for s in step.scalars if isinstance(s, Entry) and s.name not in step.inner]
    for scalar in scalars:
        for quantity in step.quantities:
            for form in step.forms(quantity) if quantity.indices else ():
                for constant in (scalar, *(divide(scalar, size) for size in step.sizes)):
                    yield from (Multiply((constant, form)), Multiply((number(2), constant, form)))


def missing_inside(step: Step) -> Iterator[Edit]:
    """A 1, or a quantity of the step, in a bracket."""
    for place in step.places:
        if isinstance(place.node, Add):
            for unit in (ONE, MINUS_ONE):
                yield Edit(put(step.right, place.path, Add((*place.node.terms, unit))), (unit, place.node))
    for place in step.places:
        if isinstance(place.node, Add):
            for quantity in step.quantities:
                for form in step.forms(quantity, place):
                    for term in (form, negated(form)):
                        yield Edit(
                            put(step.right, place.path, Add((*place.node.terms, term))), (term, place.node)
                        )


def extra_term(step: Step) -> Iterator[Edit]:
    """A term that should not be there."""
    for place in step.places:
        if isinstance(place.node, Add):
            for position, term in enumerate(place.node.terms):
                rest = add(*dropped(place.node.terms, position))
                yield Edit(put(step.right, place.path, rest), (term,))


def brackets(step: Step) -> Iterator[Edit]:
    """A factor, a function, a power or a sum that reaches too far or not far enough."""
    for place in step.places:
        for meant in _regrouped(place.node):
            yield Edit(put(step.right, place.path, meant), (place.node, meant))


def _regrouped(node: Expression) -> Iterator[Expression]:
    match node:
        case Add(parts):
            for position, part in enumerate(parts):
                rest = dropped(parts, position)
                yield from _taken_in(part, rest)
        case Multiply(parts):
            for position, part in enumerate(parts):
                others = dropped(parts, position)
                if isinstance(part, Add):
                    first, *more = part.terms
                    yield Add((multiply(*others, first), *more))
                elif isinstance(part, Power):
                    yield Power(multiply(*others, part.base), part.exponent)
                elif isinstance(part, Exp):
                    yield Exp(multiply(part.argument, *others))
        case Power(Multiply(parts), exponent) if exponent != MINUS_ONE:
            yield multiply(*parts[:-1], Power(parts[-1], exponent))
        case Log(Add(parts)):
            for position, part in enumerate(parts):
                yield Add((Log(add(*dropped(parts, position))), part))
        case Exp(Add(parts)):
            for position, part in enumerate(parts):
                yield Add((Exp(add(*dropped(parts, position))), part))
        case Sum(index, Add(parts)):
            for position, part in enumerate(parts):
                if index.name not in free_indices(part):
                    yield Add((Sum(index, add(*dropped(parts, position)), node.excluding), part))


def _taken_in(part: Expression, rest: tuple[Expression, ...]) -> Iterator[Expression]:
    """`part` with the other terms of its sum drawn into its last factor, its function or its sum."""
    if isinstance(part, Log | Exp):
        yield type(part)(add(part.argument, *rest))
    if isinstance(part, Sum):
        yield Sum(part.index, add(part.body, *rest), part.excluding)
    own = factors(part)
    for length in range(1, len(own)):
        front, back = own[:length], own[length:]
        if front != (MINUS_ONE,):
            yield multiply(*front, add(multiply(*back), *rest))
            if front[:1] == (MINUS_ONE,):
                yield multiply(*front, add(multiply(*back), *map(negated, rest)))


def functions(step: Step) -> Iterator[Edit]:
    """The rules of the logarithm, and the derivatives of log and exp, misremembered."""
    for place in step.places:
        for meant in _remembered(place.node):
            yield Edit(put(step.right, place.path, meant), (place.node, meant))


def derivative_forgotten(step: Step) -> Iterator[Edit]:
    """A derivative on the left of which the right side has only what is to be differentiated."""
    if isinstance(step.left, Derivative):
        taken = Derivative(step.right, step.left.variable)
        yield Edit(taken, (step.right, taken))


def _remembered(node: Expression) -> Iterator[Expression]:
    match node:
        case Multiply(parts):
            logs = [p for p in parts if isinstance(p, Log)]
            if len(logs) >= 2:
                yield multiply(*(p for p in parts if not isinstance(p, Log)), Add(tuple(logs)))
                ratio = _ratio(logs)
                yield multiply(*(p for p in parts if not isinstance(p, Log)), ratio)
        case Add(parts):
            logs = [p for p in parts if isinstance(p, Log)]
            if len(logs) >= 2:
                others = [p for p in parts if not isinstance(p, Log)]
                yield add(*others, Log(Add(tuple(p.argument for p in logs))))
        case Log(Add(parts)):
            yield Add(tuple(map(Log, parts)))
            yield from (Log(complement(node.argument)), inverse(node.argument))
        case Log(Multiply(parts)):
            yield Add(tuple(map(Log, parts)))
            yield inverse(node.argument)
        case Log(Sum(index, body, excluding)):
            yield Sum(index, Log(body), excluding)
        case Exp(Sum(index, body, excluding)):
            yield Sum(index, Exp(body), excluding)
        case Power(Sum(index, body, excluding), exponent) if exponent != MINUS_ONE:
            yield Sum(index, Power(body, exponent), excluding)
        case Sum(index, Log(body), excluding):
            yield Log(Sum(index, body, excluding))
        case Sum(index, Exp(body), excluding):
            yield Exp(Sum(index, body, excluding))
        case Sum(index, Power(body, exponent), excluding):
            yield Power(Sum(index, body, excluding), exponent)
        case Log(argument):
            yield inverse(argument)
        case Power(base, exponent) if exponent == MINUS_ONE:
            yield Log(base)
        case Exp(argument):
            yield Multiply((argument, node))


def _ratio(logs: list[Log]) -> Expression:
    """The difference of two logarithms where their quotient was written."""
    return Add((logs[0], *map(negated, logs[1:])))
