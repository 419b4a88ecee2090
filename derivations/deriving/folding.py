"""Definitions seen again in a formula: exponentials over their sum are the softmax that was named p."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from derivations.deriving.products import Order
from derivations.deriving.rational import cancelled, collected, cost, factored, proposed, walk_regions
from derivations.language.context import Context
from derivations.language.functions import call_scalar
from derivations.language.indices import Index, IndexVariable
from derivations.language.nodes import (
    MINUS_ONE,
    ONE,
    Add,
    Call,
    Exp,
    Expression,
    Multiply,
    Power,
    Sum,
    divide,
    multiply,
    subtract,
)
from derivations.language.substitution import replace_indices
from derivations.language.text import expression_text
from derivations.language.traversal import free_indices, parts, rebuild, subexpressions


@dataclass(frozen=True, slots=True)
class Quotient:
    """A definition ``name_k = e^{z_k} / total``, or ``name_ik = e^{z_ik} / total_i`` for a given i."""

    name: str
    indices: tuple[Index, ...]
    """All indices but the last."""
    index: IndexVariable
    numerator: Exp
    total: Sum

    def put_into(self, node: Expression) -> Expression:
        """`node` with each numerator written as ``name_k total``."""
        if isinstance(node, Exp):
            for index in free_indices(node).values():
                if replace_indices(self.numerator, {self.index.name: index}) == node:
                    return multiply(Call(self.name, (*self.indices, index)), self.total)
        if isinstance(node, Add | Multiply | Power):
            return rebuild(node, self.put_into)
        return node


def quotients(node: Expression, context: Context) -> Iterator[Quotient]:
    """The definitions as exponentials over sums, at the indices at which that sum is in `node`."""
    totals = [part for part in between_sums(node) if isinstance(part, Sum)]
    for definition in context.definitions.values():
        if definition.parameters or not definition.indices:
            continue
        match definition.body:
            case Multiply((Exp() as numerator, Power(Sum() as total, exponent))) if exponent == MINUS_ONE:
                *others, index = definition.indices
                free = tuple(free_indices(node).values())
                for given in product(free, repeat=len(others)):
                    names: dict[str, Index] = {o.name: g for o, g in zip(others, given, strict=True)}
                    put = replace_indices(total, names)
                    if put in totals:
                        above = replace_indices(numerator, names)
                        assert isinstance(put, Sum)
                        assert isinstance(above, Exp)
                        yield Quotient(definition.name, given, index, above, put)


def with_sigmoid(expression: Expression, order: Order) -> Expression:
    """`expression` in terms of the sigmoid, where that is shorter: ``1/(1 + e^-u)`` is ``sigma(u)``.

    Every exponential of plus or minus one argument is ``sigma/(1 - sigma)`` or its reciprocal.
    """
    best = expression
    arguments = {_positive(node.argument) for node in subexpressions(expression) if isinstance(node, Exp)}
    for argument in sorted(arguments, key=expression_text):
        value = call_scalar("sigma", argument)
        odds = divide(value, subtract(ONE, value))

        def put(node: Expression, argument: Expression = argument, odds: Expression = odds) -> Expression:
            if isinstance(node, Exp) and _positive(node.argument) == argument:
                return odds if node.argument == argument else Power(odds, MINUS_ONE)
            return rebuild(node, put)

        def change(node: Expression) -> Expression:
            found = [
                order.arranged(candidate) for candidate in proposed(node, cancelled, collected, factored)
            ]
            return min([node, *found], key=cost)

        folded = order.arranged(walk_regions(put(best), change))
        if cost(folded) < cost(best):
            best = folded
    return best


def _positive(argument: Expression) -> Expression:
    """An argument without the minus in front of it."""
    if isinstance(argument, Multiply) and argument.factors[:1] == (MINUS_ONE,):
        return multiply(*argument.factors[1:])
    return argument


def between_sums(node: Expression) -> Iterator[Expression]:
    """The parts of a formula down to its sums, which are not entered."""
    yield node
    if isinstance(node, Add | Multiply | Power | Exp):
        for part in parts(node):
            yield from between_sums(part)


def exponentials(node: Expression) -> Counter[Expression]:
    """The exponentials between sums, and how often each occurs."""
    return Counter(part for part in between_sums(node) if isinstance(part, Exp))
