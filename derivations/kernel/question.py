"""A claim with its definitions opened, and all the names that a concrete instance must give values to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from derivations.kernel.assumptions import check_names
from derivations.kernel.budget import Unsupported
from derivations.kernel.equations import Opened, Solved, open_claim
from derivations.kernel.sharing import Sharing
from derivations.language.context import Context
from derivations.language.declarations import Declaration
from derivations.language.definitions import unfold
from derivations.language.derivation import Claim, EntryFact, EquationFact, Fact, InvertibleFact
from derivations.language.indices import (
    Index,
    IndexElement,
    IndexFunction,
    IndexSet,
    IndexVariable,
    index_variables,
    is_last,
)
from derivations.language.nodes import Abstraction, Cardinality, Derivative, Entry, Expression, Product, Sum
from derivations.language.text import claim_text
from derivations.language.traversal import (
    abstractions,
    entry_names,
    free_indices,
    own_indices,
    subexpressions,
)


@dataclass(slots=True)
class Names:
    """What occurs in a claim, collected node by node."""

    context: Context
    sizes: dict[str, int] = field(default_factory=dict)
    """The symbols of index sets, each with the least value it can have here."""
    implied: dict[str, int] = field(default_factory=dict)
    """The sizes that concrete indices imply beyond what is declared."""
    labels: dict[str, IndexFunction] = field(default_factory=dict)
    tensors: dict[str, Declaration] = field(default_factory=dict)
    binders: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    """Names whose derivative is symbolic: nothing says what they depend on."""

    def note_set(self, index_set: IndexSet) -> None:
        """An index set occurs."""
        if isinstance(index_set.size, str):
            declared = self.context.minimum_sizes.get(index_set.size, 1)
            self.sizes.setdefault(index_set.size, max(1, declared))

    def note_index(self, index: Index) -> None:
        """An index term occurs."""
        self.note_set(index.index_set)
        if isinstance(index, IndexFunction) and not is_last(index):
            if self.labels.setdefault(index.name, index).index_set != index.index_set:
                raise Unsupported(f"the label {index.name} has two ranges")
            for argument in index.arguments:
                self.note_index(argument)
        elif isinstance(index, IndexElement):
            self.at_least(index.index_set, index.value)

    def at_least(self, index_set: IndexSet, value: int) -> None:
        """An element of `index_set` is named, so the set reaches so far."""
        size = index_set.size
        if isinstance(size, int):
            if value not in range(index_set.start, size - index_set.short + 1):
                raise Unsupported(f"there is no {value} in {index_set}")
        elif value + index_set.short > self.sizes[size]:
            self.sizes[size] = self.implied[size] = value + index_set.short

    def not_empty(self, index_set: IndexSet) -> None:
        """The claim says something only where `index_set` has an element."""
        self.note_set(index_set)
        if isinstance(index_set.size, str):
            least = index_set.start + index_set.short
            self.sizes[index_set.size] = max(self.sizes[index_set.size], least)

    def note_tensor(self, name: str) -> None:
        """An entry of a tensor occurs; the kernel's own names and formal parameters have no declaration."""
        declaration = self.context.declarations.get(name)
        if declaration is not None and name not in self.tensors:
            self.tensors[name] = declaration
            for index_set in declaration.index_sets:
                self.note_set(index_set)

    def note(self, expression: Expression) -> None:
        """Everything in `expression` occurs."""
        for node in subexpressions(expression):
            for index in own_indices(node):
                self.note_index(index)
            if isinstance(node, Entry) and node.name in self.context.declarations:
                self._note_places(node)
            if isinstance(node, Sum | Product):
                self.note_set(node.index.index_set)
                self.binders.add(node.index.name)
            elif isinstance(node, Cardinality):
                self.note_set(node.index_set)
            elif isinstance(node, Derivative):
                self.unknown |= entry_names(node.body)
            for variable in (v for argument in abstractions(node) for v in argument.indices):
                self.note_set(variable.index_set)
                self.binders.add(variable.name)
        for name in sorted(entry_names(expression)):
            self.note_tensor(name)

    def _note_places(self, entry: Entry) -> None:
        """A concrete index stands in the place of a tensor: the tensor's own set reaches so far."""
        places = self.context.declarations[entry.name].index_sets
        for index, index_set in zip(entry.indices, places, strict=False):
            if isinstance(index, IndexElement) and isinstance(index_set.size, str):
                self.note_set(index_set)
                self.at_least(index_set, index.value)

    def note_fact(self, fact: Fact) -> None:
        """An assumption is made."""
        if isinstance(fact, EntryFact):
            self.note_tensor(fact.entry.name)
        for index in _indices_of(fact):
            self.note_index(index)


@dataclass(frozen=True, slots=True)
class Question:
    """An opened claim: what is to be equal, what must be defined, and over what it speaks."""

    claim: Claim
    context: Context
    left: Expression
    right: Expression
    supposed: tuple[Expression, ...]
    """The bodies of derivatives, in which free indices beyond the claim's own were bound."""
    free: Mapping[str, IndexVariable]
    everywhere: Mapping[str, IndexVariable]
    """The free indices of `supposed` that some sum bound: every value counts."""
    invertible: tuple[Abstraction, ...]
    """The opened matrices that are assumed to have an inverse."""
    names: Names
    sharing: Sharing
    solved: tuple[Solved, ...] = ()
    """The numbers that assumed equations determine, with their values."""
    unsolved: tuple[str, ...] = ()
    """The assumed equations that instances need not satisfy."""

    @property
    def opening(self) -> Opened | None:
        """The claim as it was opened, for proofs of it under any domains and with any of its assumptions.

        None where an equation is put in: which one, and for what, is a matter of the others.
        """
        if any(isinstance(assumption.fact, EquationFact) for assumption in self.claim.assumptions):
            return None
        return Opened(self.left, self.right, self.supposed)

    @property
    def text(self) -> str:
        """The claim as text: the seed of its instances."""
        return claim_text(self.claim.left, self.claim.relation, self.claim.right)

    def redeclared(self, row: Declaration) -> Question:
        """This question with other values for the entries of one tensor, which are no part of its opening."""
        tensors = {**self.names.tensors, row.name: row}
        names = replace(self.names, context=self.names.context.redeclared(row), tensors=tensors)
        return replace(self, context=self.context.redeclared(row), names=names)


def opened(claim: Claim, context: Context) -> Question:
    """`claim` opened under `context`.

    Raises the language's `ContextError` or `DifferentiationError` where its meaning is not certain, and
    `Unsupported` where its indices do not fit together.
    """
    raw, sharing = (claim.left, claim.right), Sharing()
    sides = open_claim(claim, context)
    left, right = sharing.share(sides.left), sharing.share(sides.right)
    supposed = tuple(dict.fromkeys(map(sharing.share, sides.supposed)))
    solved = tuple(replace(found, value=sharing.share(found.value)) for found in sides.solved)
    expressions = (left, right, *supposed, *(found.value for found in solved))
    check_names(expressions)
    names = Names(context)
    for expression in expressions:
        names.note(expression)
    own = _free([*raw, left, right])
    for assumption in claim.assumptions:
        names.note_fact(assumption.fact)
        own |= fact_indices(assumption.fact)
    bound = names.binders | _binders(raw)
    inside = _free(supposed)
    everywhere = {name: v for name, v in inside.items() if name not in own or name in bound}
    for variable in everywhere.values():
        names.note_set(variable.index_set)
    for variable in own.values():
        names.not_empty(variable.index_set)
    matrices = _invertible(claim, context, names, sharing)
    return Question(
        claim,
        context,
        left,
        right,
        supposed,
        own,
        everywhere,
        matrices,
        names,
        sharing,
        solved,
        sides.unsolved,
    )


def _invertible(claim: Claim, context: Context, names: Names, sharing: Sharing) -> tuple[Abstraction, ...]:
    """The matrices that are assumed to have an inverse, opened; what they mention is noted."""
    found = []
    for assumption in claim.assumptions:
        if isinstance(assumption.fact, InvertibleFact):
            matrix = assumption.fact.matrix
            body = sharing.share(unfold(matrix.body, context))
            names.note(body)
            for variable in matrix.indices:
                names.note_set(variable.index_set)
            found.append(Abstraction(matrix.indices, body))
    return tuple(found)


def _free(expressions: Iterable[Expression]) -> dict[str, IndexVariable]:
    return {name: v for expression in expressions for name, v in free_indices(expression).items()}


def _binders(expressions: Iterable[Expression]) -> set[str]:
    """The names that sums, products and arguments bind anywhere in `expressions`."""
    found: set[str] = set()
    for expression in expressions:
        for node in subexpressions(expression):
            if isinstance(node, Sum | Product):
                found.add(node.index.name)
            found.update(v.name for argument in abstractions(node) for v in argument.indices)
    return found


def fact_indices(fact: Fact) -> dict[str, IndexVariable]:
    """The index variables of an assumption, by name."""
    found = {v.name: v for index in _indices_of(fact) for v in index_variables(index)}
    if isinstance(fact, InvertibleFact):
        bound = {v.name for v in fact.matrix.indices}
        found |= {n: v for n, v in free_indices(fact.matrix.body).items() if n not in bound}
    return found


def _indices_of(fact: Fact) -> tuple[Index, ...]:
    """The index terms that an assumption relates."""
    if isinstance(fact, InvertibleFact | EquationFact):
        return ()
    return fact.entry.indices if isinstance(fact, EntryFact) else (fact.left, fact.right)
