"""What a diagnosis knows of a refuted step: its two sides, its places, and the quantities in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from derivations.checking.diagnosis.algebra import collected, expanded
from derivations.checking.diagnosis.places import Place, places
from derivations.language import (
    Apply,
    Call,
    Cardinality,
    Claim,
    Context,
    Derivative,
    Entry,
    Exp,
    Expression,
    Index,
    IndexElement,
    IndexSet,
    IndexVariable,
    Log,
    Power,
    Product,
    Sum,
    unfold,
)
from derivations.language.traversal import call_names, free_indices, own_indices, subexpressions

MOST_FORMS = 6
"""Index combinations that are tried of one quantity at one place."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A right side that may have been meant, and the parts of which its message speaks."""

    right: Expression
    parts: tuple[Expression, ...] = ()


@dataclass(frozen=True)
class Step:
    """A refuted claim ``left = right`` with what its edits are made of."""

    claim: Claim
    context: Context

    @property
    def left(self) -> Expression:
        """The left side, which is taken for right."""
        return self.claim.left

    @property
    def right(self) -> Expression:
        """The right side, in which the slip is looked for."""
        return self.claim.right

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places of the right side."""
        return tuple(places(self.right))

    @cached_property
    def opened_left(self) -> Expression:
        """The left side by entries, its derivatives taken."""
        return unfold(self.left, self.context)

    @cached_property
    def size(self) -> int:
        """The number of nodes of both sides, opened."""
        sides = (self.opened_left, unfold(self.right, self.context))
        return sum(1 for side in sides for _ in subexpressions(side))

    @cached_property
    def left_terms(self) -> tuple[Expression, ...]:
        """The terms of the left side with its brackets opened, then those with its names opened too."""
        sides = (self.left,) if self.differentiates else (self.left, self.opened_left)
        found = (terms for terms in (collected(expanded(side)) for side in sides) if len(terms) > 1)
        return tuple(dict.fromkeys(term for terms in found for term in terms))

    @cached_property
    def differentiates(self) -> bool:
        """Whether the left side has a derivative to be taken."""
        return any(isinstance(node, Derivative) for node in subexpressions(self.left))

    @cached_property
    def free(self) -> tuple[IndexVariable, ...]:
        """The indices that are free in the step."""
        found = {**free_indices(self.left), **free_indices(self.right)}
        return tuple(found.values())

    @cached_property
    def index_sets(self) -> tuple[IndexSet, ...]:
        """The sets with a size of its own name that indices of the step range over."""
        found: dict[IndexSet, None] = {}
        for node in self._nodes():
            if isinstance(node, Sum | Product):
                found[node.index.index_set] = None
            elif isinstance(node, Cardinality):
                found[node.index_set] = None
            for index in own_indices(node):
                found[index.index_set] = None
        return tuple(s for s in found if isinstance(s.size, str) and s.start <= 1)

    @cached_property
    def elements(self) -> tuple[IndexElement, ...]:
        """The concrete indices in the step, such as the 1 and 2 of ``z_1 - z_2``."""
        own = (index for node in self._nodes() for index in own_indices(node))
        return tuple(dict.fromkeys(index for index in own if isinstance(index, IndexElement)))

    @cached_property
    def sizes(self) -> tuple[Expression, ...]:
        """The sizes m, n, K of the step, one a symbol."""
        by_size = {s.size: Cardinality(IndexSet(s.size)) for s in self.index_sets}
        return tuple(by_size.values())

    @cached_property
    def scalars(self) -> tuple[Expression, ...]:
        """The entries and definitions without indices, in order of appearance."""
        nodes = (n for n in self._nodes() if isinstance(n, Entry | Call))
        return tuple(dict.fromkeys(n for n in nodes if not free_indices(n) and not n.indices))

    @cached_property
    def inner(self) -> frozenset[str]:
        """The names that occur inside of an exponential, a logarithm, a power or an opaque function."""
        functions = (n for n in subexpressions(self.opened_left) if isinstance(n, Exp | Log | Apply))
        return frozenset(n.name for f in functions for n in subexpressions(f) if isinstance(n, Entry))

    @cached_property
    def quantities(self) -> tuple[Entry | Call, ...]:
        """Entries and definitions of the step, one for each name and argument, in order of appearance."""
        found: dict[object, Entry | Call] = {}
        for node in self._nodes():
            if isinstance(node, Entry | Call):
                own = node if isinstance(node, Call) and node.arguments else None
                found.setdefault((node.name, len(node.indices), isinstance(node, Call), own), node)
        return tuple(found.values())

    @cached_property
    def behind(self) -> tuple[Expression, ...]:
        """What the names of the step without arguments stand for, layer by layer."""
        found: dict[str, Expression] = {}
        waiting = [self.left, self.right]
        while waiting:
            for name in sorted(call_names(waiting.pop(0)) - set(found)):
                definition = self.context.definitions.get(name)
                if definition is not None and not definition.parameters:
                    found[name] = definition.body
                    waiting.append(definition.body)
        return tuple(found.values())

    def _nodes(self) -> Iterator[Expression]:
        for side in (self.left, self.right, *self.behind, self.opened_left):
            for node in subexpressions(side):
                yield node
                if isinstance(node, Derivative):
                    yield node.variable

    def visible(self, place: Place | None = None) -> tuple[IndexVariable, ...]:
        """The indices that may be written at `place`: those bound around it, then the free ones."""
        return (*(reversed(place.scope) if place else ()), *self.free)

    def forms(self, quantity: Entry | Call, place: Place | None = None) -> Iterator[Entry | Call]:
        """`quantity` with the indices that fit it at `place`."""
        if isinstance(quantity, Call) and quantity.arguments:
            names = {v.name for v in self.visible(place)}
            if set(free_indices(quantity)) <= names:
                yield quantity
            return
        known: tuple[Index, ...] = (*self.visible(place), *self.elements)
        pools = [[v for v in known if v.index_set.compatible(i.index_set)] for i in quantity.indices]
        for indices in islice(product(*pools), MOST_FORMS):
            if isinstance(quantity, Entry):
                yield Entry(quantity.name, indices)
            else:
                yield Call(quantity.name, indices)

    def powers(self) -> Iterator[tuple[Place, Power]]:
        """The powers in the right side."""
        for place in self.places:
            if isinstance(place.node, Power):
                yield place, place.node
