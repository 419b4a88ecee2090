"""Equal subexpressions as one object, so that what occurs often is evaluated once.

A derivative repeats its parts many times over; without this an instance costs more than the proof.
"""

from __future__ import annotations

from dataclasses import dataclass

from derivations.language.indices import index_variables
from derivations.language.nodes import Derivative, Expression, Product, Sum
from derivations.language.traversal import abstractions, free_indices, own_indices, rebuild


@dataclass(frozen=True, slots=True)
class _Reference(Expression):
    """Stands for a shared part while a node is looked up, so that no hash goes deep."""

    number: int


class Sharing:
    """A table of expressions in which equal ones are one object; it keeps them alive."""

    def __init__(self) -> None:
        """Nothing shared yet."""
        self._numbers: dict[Expression, int] = {}
        self._expressions: list[Expression] = []
        self._free: list[tuple[str, ...]] = []
        self._number_of: dict[int, int] = {}

    def share(self, expression: Expression) -> Expression:
        """The one object that is equal to `expression`, shared parts included."""
        return self._expressions[self._number(expression)]

    def place(self, expression: Expression) -> tuple[int, tuple[str, ...]]:
        """The number of a shared expression and the names of the indices that are free in it."""
        number = self._number_of[id(expression)]
        return number, self._free[number]

    def _number(self, expression: Expression) -> int:
        numbers: list[int] = []

        def refer(part: Expression) -> Expression:
            numbers.append(self._number(part))
            return _Reference(numbers[-1])

        skeleton = rebuild(expression, refer)
        known = self._numbers.get(skeleton)
        if known is not None:
            return known
        parts = iter(numbers)
        shared = rebuild(expression, lambda _: self._expressions[next(parts)])
        number = self._numbers[skeleton] = len(self._expressions)
        self._expressions.append(shared)
        self._free.append(tuple(sorted(self._free_names(shared, numbers))))
        self._number_of[id(shared)] = number
        return number

    def _free_names(self, expression: Expression, parts: list[int]) -> set[str]:
        if isinstance(expression, Derivative):
            return set(free_indices(expression))
        names = {name for part in parts for name in self._free[part]}
        if isinstance(expression, Sum | Product):
            names.discard(expression.index.name)
        names -= {v.name for argument in abstractions(expression) for v in argument.indices}
        names.update(v.name for index in own_indices(expression) for v in index_variables(index))
        return names
