"""Entries, Kronecker deltas and cardinalities: how the leaves of an expression become atoms.

A one-hot entry ``Y[i, k]`` is ``delta(k, c(i))`` with an index function c, which brings its sum 1 with it; a
number strictly between 0 and 1 is ``t/(1 + t)`` with t > 0; probabilities over a set of known size are
``t_k / (t_1 + ... + 1)``. Over a set of known size the last indicator is 1 minus the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from derivations.kernel.atoms import CardinalityAtom, DeltaAtom, EntryAtom
from derivations.kernel.budget import Unsupported
from derivations.kernel.intervals import INTERVALS
from derivations.kernel.rational import Rational
from derivations.kernel.sign import DOMAIN_SIGNS, NONNEGATIVE, POSITIVE
from derivations.kernel.workspace import Workspace, element
from derivations.language.declarations import Domain
from derivations.language.indices import Index, IndexElement, IndexFunction, IndexSet, is_last, last
from derivations.language.text import index_text

LARGEST_SET = 8


def elements(index_set: IndexSet) -> list[IndexElement] | None:
    """The elements of a set of known size, None when the size is a symbol."""
    if index_set.elements is None:
        return None
    if len(index_set.elements) > LARGEST_SET:
        raise Unsupported(f"the set {index_set} is spelled out only up to {LARGEST_SET} elements")
    return [element(value, index_set) for value in index_set.elements]


def entry(name: str, indices: tuple[Index, ...], domain: Domain, work: Workspace) -> Rational:
    """The normal form of an entry of the tensor `name`, its indices already known."""
    fact = work.facts.entries.get((name, indices))
    if fact is not None:
        return work.field.constant(fact)
    if domain is Domain.ONE_HOT:
        label = IndexFunction(f"class of {name}", indices[:-1], indices[-1].index_set)
        return delta(indices[-1], work.known(_widest(label, name, work)), work)
    for place, index in enumerate(indices):
        known = None if isinstance(index, IndexElement) else elements(index.index_set)
        if known is not None:
            total = work.field.constant(0)
            for value in known:
                at_value = (*indices[:place], value, *indices[place + 1 :])
                total = total + delta(index, value, work) * entry(name, at_value, domain, work)
            return total
    interval = INTERVALS.get(domain)
    if interval is not None:
        free = _atom(f"{interval.parameter} {name}", indices, interval.domain, work)
        return interval.value(work.field.atom(free), work.field.constant(1))
    if domain is Domain.PROBABILITIES and indices[-1].index_set.elements is not None:
        return _share(name, indices, work)
    return work.field.atom(_atom(name, indices, domain, work))


def _atom(name: str, indices: tuple[Index, ...], domain: Domain, work: Workspace) -> EntryAtom:
    return work.field.table.make(EntryAtom, name, indices, domain, sign=DOMAIN_SIGNS[domain])


def _widest(label: IndexFunction, name: str, work: Workspace) -> IndexFunction:
    """The label with the declared set of its values, whatever index it is compared with."""
    values = work.context.declaration(name).index_sets[-1]
    return IndexFunction(label.name, label.arguments, values)


def _share(name: str, indices: tuple[Index, ...], work: Workspace) -> Rational:
    """A probability over a declared set of known size, in terms of free positive numbers; the last is 1."""
    values = elements(work.context.declaration(name).index_sets[-1])
    assert values is not None
    last = indices[-1]
    total = own = work.field.constant(0)
    for value in values:
        weight = work.field.constant(1)
        if value is not values[-1]:
            weight = work.field.atom(_atom(f"odds of {name}", (*indices[:-1], value), Domain.POSITIVE, work))
        total = total + weight
        if isinstance(last, IndexElement) and last.value == value.value:
            own = weight
    if own.is_zero:
        raise Unsupported(f"{index_text(last)} is not an index of {name}")
    return own * total.inverse()


def delta(left: Index, right: Index, work: Workspace) -> Rational:
    """The normal form of Kronecker's delta."""
    one, zero = work.field.constant(1), work.field.constant(0)
    if left == right:
        return one
    if not left.index_set.compatible(right.index_set):
        raise Unsupported(f"{index_text(left)} and {index_text(right)} range over different sets")
    if isinstance(left, IndexElement) and isinstance(right, IndexElement):
        return one if left.value == right.value else zero
    for this, other in ((left, right), (right, left)):
        if isinstance(this, IndexElement) and not _may_be(other.index_set, this.value):
            return zero
        if is_last(this) and _never_last(other, work):
            return zero
    if frozenset((left, right)) in work.facts.apart:
        return zero
    return _over_known_set(left, right, work) or work.field.atom(delta_atom(left, right, False, work))


def _may_be(index_set: IndexSet, value: int) -> bool:
    within = index_set.elements
    return value in within if within is not None else value >= index_set.start


def _never_last(index: Index, work: Workspace) -> bool:
    """Whether an index is certainly not the last element of the sets of its size."""
    if isinstance(index, IndexElement):
        return index.value < work.least_size(str(index.index_set.size))
    return index.index_set.short > 0


def _over_known_set(left: Index, right: Index, work: Workspace) -> Rational | None:
    """A delta over sets of known size in terms of the indicators of all elements but the last."""
    for this, other in ((left, right), (right, left)):
        known = elements(other.index_set)
        if known is None:
            continue
        if isinstance(this, IndexElement):
            if this.value != known[-1].value:
                return work.field.atom(delta_atom(this, other, False, work))
            total = work.field.constant(1)
            for value in known[:-1]:
                total = total - delta(value, other, work)
            return total
        if not isinstance(other, IndexElement) and elements(this.index_set) is not None:
            total = work.field.constant(0)
            for value in known:
                total = total + delta(value, other, work) * delta(value, this, work)
            return total
    return None


def delta_atom(left: Index, right: Index, apart: bool, work: Workspace) -> DeltaAtom:
    """The atom of a delta or of its complement, the two indices in order."""
    left, right = sorted((left, right), key=index_key)
    return work.field.table.make(DeltaAtom, left, right, apart, sign=NONNEGATIVE)


def index_key(index: Index) -> tuple[str, str]:
    """An order of index terms."""
    return type(index).__name__, repr(index)


def apart(left: Index, right: Index, work: Workspace) -> Rational:
    """``1 - delta``, as a guard that is not multiplied out while an index of it is bound."""
    equal = delta(left, right, work)
    if equal.number is not None or not any(name[0] in "@#" for name in equal.free):
        return work.field.constant(1) - equal
    return work.field.atom(delta_atom(left, right, True, work))


def indicator(index: Index, index_set: IndexSet, work: Workspace) -> Rational:
    """1 where `index` lies in `index_set`, otherwise 0."""
    theirs = index.index_set
    if isinstance(index, IndexElement):
        known = index_set.elements
        if known is not None:
            return work.field.constant(int(index.value in known))
        if index.value > work.least_size(str(index_set.size)) - index_set.short:
            raise Unsupported(f"{index_set} may be too small to contain {index.value}")
        return work.field.constant(int(index.value >= index_set.start))
    if index_set.contains(theirs):
        return work.field.constant(1)
    if not theirs.contains(index_set) or theirs.size != index_set.size:
        raise Unsupported(f"{index_text(index)} may lie outside {index_set}")
    total = work.field.constant(1)
    for value in range(theirs.start, index_set.start):
        total = total - delta(index, element(value, theirs), work)
    if index_set.short > theirs.short:
        if (index_set.short, theirs.short) != (1, 0) or theirs.start > work.least_size(str(theirs.size)):
            raise Unsupported(f"{index_text(index)} may lie outside {index_set}")
        total = total - delta(index, last(theirs), work)
    return total


def cardinality(index_set: IndexSet, work: Workspace) -> Rational:
    """The number of elements of a set."""
    if isinstance(index_set.size, int):
        return work.field.constant(max(0, index_set.size - index_set.short + 1 - index_set.start))
    if index_set.start + index_set.short > 1 + work.least_size(index_set.size):
        raise Unsupported(f"{index_set} may be empty in more than one way")
    size = work.field.table.make(CardinalityAtom, index_set.size, sign=POSITIVE)
    return work.field.atom(size) + work.field.constant(1 - index_set.start - index_set.short)


def check_indices(name: str, indices: Sequence[Index], work: Workspace) -> Domain:
    """The domain of a declared tensor; raises `Unsupported` unless the indices fit its shape."""
    declaration = work.context.declaration(name)
    if len(indices) != len(declaration.index_sets):
        raise Unsupported(f"{name} has {len(declaration.index_sets)} indices, not {len(indices)}")
    for index, index_set in zip(indices, declaration.index_sets, strict=True):
        fits = (
            _may_be(index_set, index.value) and index.index_set.compatible(index_set)
            if isinstance(index, IndexElement)
            else index_set.contains(index.index_set)
        )
        if not fits:
            raise Unsupported(f"the index {index_text(index)} of {name} does not range over {index_set}")
    return declaration.domain
