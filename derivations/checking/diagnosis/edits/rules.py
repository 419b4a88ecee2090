"""Rules of calculus and of the logarithm, misremembered: what was written is another rule's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from derivations.checking.diagnosis.algebra import complement, dropped, factors, inverse, negated
from derivations.checking.diagnosis.places import Place, put
from derivations.checking.diagnosis.step import Edit, Step
from derivations.language import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Call,
    Derivative,
    Entry,
    Exp,
    Expression,
    Log,
    Multiply,
    Power,
    Product,
    Sum,
    add,
    divide,
    multiply,
    number,
    subtract,
    unfold,
)
from derivations.language.traversal import free_indices, subexpressions

TWO = number(2)
UNITS = {ONE, MINUS_ONE}


def functions(step: Step) -> Iterator[Edit]:
    """The rules of the logarithm, and the derivatives of log and exp."""
    for place in step.places:
        if isinstance(place.node, Multiply) and isinstance(place.parent, Multiply):
            continue  # its factors are seen with those around it
        for meant in _remembered(place.node):
            yield Edit(put(step.right, place.path, meant), (place.node, meant))
    for place in _of_logarithms(step):
        meant = inverse(place.node)
        yield Edit(put(step.right, place.path, meant), (place.node, meant))


def derivative_forgotten(step: Step) -> Iterator[Edit]:
    """A derivative on the left of which the right side has only what is to be differentiated."""
    if isinstance(step.left, Derivative):
        taken = Derivative(step.right, step.left.variable)
        yield Edit(taken, (step.right, taken))


def products_and_quotients(step: Step) -> Iterator[Edit]:
    """The derivative of a product or a quotient by its rule, where each part was differentiated alone."""
    node = step.left
    if not isinstance(node, Derivative) or not isinstance(node.body, Multiply):
        return
    own = factors(node.body)
    below = [f.base for f in own if isinstance(f, Power) and f.exponent == MINUS_ONE]
    above = [f for f in own if not (isinstance(f, Power) and f.exponent == MINUS_ONE)]

    def taken(part: Expression) -> Expression:
        return unfold(Derivative(part, node.variable), step.context)

    if not below and sum(taken(part) != ZERO for part in above) < 2:
        return  # no quotient, and no product of what varies
    meant = _product(above, taken)
    if below:
        over, under = multiply(*above), multiply(*below)
        difference = subtract(Multiply((taken(over), under)), Multiply((over, taken(under))))
        meant = divide(difference, Power(under, TWO))
    yield Edit(meant, (step.right, meant))


def _product(parts: list[Expression], taken: Callable[[Expression], Expression]) -> Expression:
    """``f' g + f g'``."""
    return add(*(multiply(*parts[:k], taken(part), *parts[k + 1 :]) for k, part in enumerate(parts)))


def _of_logarithms(step: Step) -> Iterator[Place]:
    """Quantities above or below the line, where the left side differentiates a logarithm."""
    bodies = (n.body for n in subexpressions(step.left) if isinstance(n, Derivative))
    if any(isinstance(n, Log) for body in bodies for n in subexpressions(body)):
        for place in step.places:
            below = isinstance(place.node, Power) and place.node.exponent == MINUS_ONE
            if below or (place.linear and isinstance(place.node, Entry | Call)):
                yield place


def _remembered(node: Expression) -> Iterator[Expression]:
    """What may have been meant by a formula, one kind of node after another."""
    match node:
        case Multiply():
            yield from _products_of_logarithms(factors(node))
            yield from _powers_of_exponentials(factors(node))
        case Add(parts):
            logs = [p for p in parts if isinstance(p, Log)]
            if len(logs) >= 2:
                others = [p for p in parts if not isinstance(p, Log)]
                yield add(*others, Log(Add(tuple(p.argument for p in logs))))
        case Log():
            yield from _logarithms(node)
        case Exp(argument):
            if isinstance(argument, Sum):
                yield Sum(argument.index, Exp(argument.body), argument.excluding)
            yield Multiply((argument, node))
        case Power(base, exponent):
            yield from _powers(base, exponent)
        case Sum():
            yield from _sums(node)
        case Product(index, body, excluding):
            yield Sum(index, body, excluding)


def _products_of_logarithms(parts: tuple[Expression, ...]) -> Iterator[Expression]:
    """The logarithm of a product is a sum, that of a quotient a difference."""
    logs = [p for p in parts if isinstance(p, Log)]
    below = [p for p in parts if isinstance(p, Power) and p.exponent == MINUS_ONE]
    divisors = [p for p in below if isinstance(p.base, Log)]
    others = [p for p in parts if p not in logs]
    if len(logs) >= 2:
        yield multiply(*others, Add(tuple(logs)))
        yield multiply(*others, Add((logs[0], *map(negated, logs[1:]))))
        for cut in range(1, len(parts)):
            halves = parts[:cut], parts[cut:]
            if all(any(isinstance(p, Log) for p in half) for half in halves):
                yield Add(tuple(multiply(*half) for half in halves))
    if logs and divisors:
        rest = [p for p in others if p not in divisors]
        yield multiply(*rest, Add((*logs, *(negated(p.base) for p in divisors))))


def _powers_of_exponentials(parts: tuple[Expression, ...]) -> Iterator[Expression]:
    """``e^z`` where the rule for powers gave ``z e^{z - 1}``."""
    for at, part in enumerate(parts):
        inner = part.argument.terms if isinstance(part, Exp) and isinstance(part.argument, Add) else ()
        minus = [k for k, term in enumerate(inner) if MINUS_ONE in factors(term)]
        for one in (k for k in minus if set(factors(inner[k])) <= UNITS):
            argument = add(*dropped(inner, one))
            rest = [p for k, p in enumerate(parts) if k != at and p != argument]
            yield multiply(*rest, Exp(argument))


def _logarithms(node: Log) -> Iterator[Expression]:
    match node.argument:
        case Add(parts):
            yield Add(tuple(map(Log, parts)))
            yield Log(complement(node.argument))
        case Multiply(parts):
            yield Add(tuple(map(Log, parts)))
        case Sum(index, body, excluding):
            yield Sum(index, Log(body), excluding)
    yield inverse(node.argument)


def _powers(base: Expression, exponent: Expression) -> Iterator[Expression]:
    if exponent == MINUS_ONE:
        yield Log(base)
    elif isinstance(base, Sum):
        yield Sum(base.index, Power(base.body, exponent), base.excluding)
    elif isinstance(base, Log):
        yield Multiply((exponent, base))


def _sums(node: Sum) -> Iterator[Expression]:
    """A function of a sum where the sum of its values was written."""
    index, body, excluding = node.index, node.body, node.excluding
    match body:
        case Log(argument):
            yield Log(Sum(index, argument, excluding))
        case Exp(argument):
            yield Exp(Sum(index, argument, excluding))
        case Power(base, exponent):
            yield Power(Sum(index, base, excluding), exponent)
        case Multiply():
            parts = factors(body)
            carrying = [p for p in parts if index.name in free_indices(p)]
            root = _root(carrying)
            if root is not None:
                others = [p for p in parts if p not in carrying]
                yield multiply(*others, Power(Sum(index, root, excluding), TWO))
    yield Log(Sum(index, Exp(body), excluding))


def _root(parts: list[Expression]) -> Expression | None:
    """What the product of `parts` is the square of, where every factor stands squared or twice."""
    counted: Counter[Expression] = Counter()
    for part in parts:
        squared = isinstance(part, Power) and part.exponent == TWO
        counted[part.base if squared and isinstance(part, Power) else part] += 2 if squared else 1
    once = [part for part, count in counted.items() for _ in range(count // 2)]
    return None if any(count % 2 for count in counted.values()) else multiply(*once)
