"""Index sets in a proof: which of them are taken apart, so that all sums of one size run over one set.

The sum over ``0..n`` is its zeroth term and the sum over ``1..n``. Where a claim speaks of ``1..K-1``, as
with a reference class, the sum over ``1..K`` is that over ``1..K-1`` and its last term.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivations.kernel.budget import Unsupported
from derivations.kernel.workspace import Workspace, element
from derivations.language.context import Context
from derivations.language.indices import Index, IndexSet, last
from derivations.language.nodes import Cardinality, Entry, Expression, Product, Sum
from derivations.language.traversal import abstractions, own_indices, subexpressions

LARGEST_SHORTAGE = 1


def shortened_sizes(expressions: Iterable[Expression], context: Context) -> frozenset[str]:
    """The sizes K of which some index set of `expressions` ends at K - 1."""
    sets = {index_set for expression in expressions for index_set in _index_sets(expression, context)}
    if any(isinstance(s.size, str) and s.short > LARGEST_SHORTAGE for s in sets):
        raise Unsupported("an index set that ends two or more below a size")
    return frozenset(s.size for s in sets if s.short and isinstance(s.size, str))


def _index_sets(expression: Expression, context: Context) -> Iterator[IndexSet]:
    for node in subexpressions(expression):
        yield from (index.index_set for index in own_indices(node))
        if isinstance(node, Sum | Product):
            yield node.index.index_set
        elif isinstance(node, Cardinality):
            yield node.index_set
        elif isinstance(node, Entry) and node.name in context.declarations:
            yield from context.declarations[node.name].index_sets
        for argument in abstractions(node):
            yield from (variable.index_set for variable in argument.indices)


def base_set(index_set: IndexSet, work: Workspace) -> IndexSet:
    """The set over which sums of this size run."""
    return IndexSet(index_set.size, 1, int(index_set.size in work.shortened))


def taken_apart(index_set: IndexSet, work: Workspace) -> tuple[list[Index], IndexSet]:
    """The elements of a set of unknown size beside its base set; raises `Unsupported` if it is no such set.

    Guarantees: the elements differ from each other and from those of the base set, and together they are all,
    for every size that the context allows.
    """
    base = base_set(index_set, work)
    if index_set.start > 1 or index_set.short > base.short:
        raise Unsupported(f"a sum over {index_set}")
    beside: list[Index] = [element(value, index_set) for value in range(index_set.start, 1)]
    if index_set.short < base.short:
        beside.append(last(index_set))
    return beside, base
