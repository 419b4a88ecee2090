"""Terms that are lost or too many, and brackets that end in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from derivations.checking.diagnosis.algebra import dropped, factors, negated, terms
from derivations.checking.diagnosis.places import Place, put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import (
    MINUS_ONE,
    ONE,
    Add,
    Call,
    Cardinality,
    Delta,
    Entry,
    Exp,
    Expression,
    Log,
    Multiply,
    Number,
    Power,
    Sum,
    add,
    divide,
    multiply,
    number,
)
from derivations.language.traversal import free_indices, subexpressions

MOST_PAIRED = 6
"""Terms of the left side of which two may be missing together."""


def missing_term(step: Step) -> Iterator[Edit]:
    """A term of the left side or two, a penalty's derivative, a quantity or a 1, a term of a Hessian."""
    own = step.left_terms
    pairs = (Add(pair) for pair in combinations(own[:MOST_PAIRED], 2) if len(own) > 2)
    for term in (
        *own,
        *_penalties(step),
        *pairs,
        *_single(step),
        *_of_two_indices(step),
        *_normalisers(step),
    ):
        yield Edit(Add((*terms(step.right), *terms(term))), (term,))


def _single(step: Step) -> Iterator[Expression]:
    for quantity in step.quantities:
        for form in step.forms(quantity):
            yield from _either_sign(form)
    yield from (ONE, MINUS_ONE)


def _penalties(step: Step) -> Iterator[Expression]:
    """Scalars times quantities, the derivatives of penalties: ``lambda theta_j``, ``lambda/m theta_j``."""
    scalars = [s for s in step.scalars if isinstance(s, Entry) and s.name not in step.inner]
    for scalar in scalars:
        for quantity in step.quantities:
            for form in step.forms(quantity) if quantity.indices else ():
                for constant in (scalar, *(divide(scalar, size) for size in step.sizes)):
                    yield from (Multiply((constant, form)), Multiply((number(2), constant, form)))


def _of_two_indices(step: Step) -> Iterator[Expression]:
    """Terms of second derivatives and Jacobians: ``lambda delta_jk``, ``p_j delta_jk``, ``-p_j p_k``."""
    if len(step.free) != 2 or not step.free[0].index_set.compatible(step.free[1].index_set):
        return
    first, second = step.free
    scalars = [s for s in step.scalars if isinstance(s, Entry)]
    single = [q for q in step.quantities if len(q.indices) == 1 and not (isinstance(q, Call) and q.arguments)]
    rows = [form for q in single for form in step.forms(q) if form.indices == (first,)]
    columns = [form for q in single for form in step.forms(q) if form.indices == (second,)]
    diagonal = (ONE, *scalars, *(divide(s, size) for s in scalars for size in step.sizes), *rows)
    for factor in diagonal:
        for constant in (ONE, number(2)):
            own = (f for f in (constant, factor) if f != ONE)
            yield from _either_sign(multiply(*own, Delta(first, second)))
    for row in rows:
        for column in columns:
            yield from _either_sign(Multiply((row, column)))


def _either_sign(term: Expression) -> Iterator[Expression]:
    yield from (term, negated(term))


def _normalisers(step: Step) -> Iterator[Expression]:
    """The logarithm of a sum of exponentials, as it stands below the line of a softmax."""
    free = {variable.name for variable in step.free}
    sums = (n for n in subexpressions(step.opened_left) if isinstance(n, Sum) and isinstance(n.body, Exp))
    for node in dict.fromkeys(sums):
        if set(free_indices(node)) <= free:
            yield from _either_sign(Log(node))


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
    for place in step.places:
        if isinstance(place.node, Multiply) and not isinstance(place.parent, Multiply):
            yield from _beside(step, place, factors(place.node))


def _beside(step: Step, place: Place, own: tuple[Expression, ...]) -> Iterator[Edit]:
    """A quantity beside the last factors of a product, as one term of a product rule is lost in a bracket."""
    for cut in range(1, len(own)):
        tail = multiply(*own[cut:])
        for quantity in step.quantities:
            for form in step.forms(quantity, place):
                meant = multiply(*own[:cut], Add((form, tail)))
                yield Edit(put(step.right, place.path, meant), (form, tail))


def extra_term(step: Step) -> Iterator[Edit]:
    """A term that should not be there."""
    for place in step.places:
        if isinstance(place.node, Add):
            for position, term in enumerate(place.node.terms):
                rest = add(*dropped(place.node.terms, position))
                yield Edit(put(step.right, place.path, rest), (term,))


def opened(step: Step) -> Iterator[Edit]:
    """A bracket of the left side that was multiplied out in part: the factor stands at some terms only."""
    for node in subexpressions(step.left):
        outer = factors(node) if isinstance(node, Multiply) else ()
        if any(isinstance(factor, Add) for factor in outer):
            for factor in outer:
                if not isinstance(factor, Number | Cardinality):
                    yield from _given_to_all(step, factor)


def _given_to_all(step: Step, factor: Expression) -> Iterator[Edit]:
    """`factor` at all terms of a sum in which it stands at some."""
    for place in step.places:
        if isinstance(place.node, Add):
            without = [factor not in factors(term) for term in place.node.terms]
            if any(without) and not all(without):
                rows = zip(place.node.terms, without, strict=True)
                meant = Add(tuple(_at_the_end(term, factor) if lacks else term for term, lacks in rows))
                yield Edit(put(step.right, place.path, meant), (factor, place.node))


def _at_the_end(term: Expression, factor: Expression) -> Expression:
    return multiply(*(term.factors if isinstance(term, Multiply) else (term,)), factor)


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
