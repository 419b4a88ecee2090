"""What a claim in SymPy says of its names: shapes from sums and indices, domains from what is assumed.

A symbol is a real number of its own; the upper ends of sums are sizes, what stands in brackets is an index.
A base that stands in the place of an index is a label. Assumptions that have no counterpart are refused,
since a refutation must keep to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

from derivations.language.context import Context
from derivations.language.declarations import Declaration, Domain, Given, LabelDeclaration, Part
from derivations.language.indices import IndexSet
from derivations.language.sympy_reading import BridgeError, index_set_of

Place = tuple[str, int]

REFUSED = ("negative", "nonpositive", "zero", "imaginary", "even", "odd", "prime", "irrational", "infinite")
"""Assumptions of a symbol that no domain says."""


def given_domain(base: sympy.Basic, domain: Domain) -> Given:
    """All entries of `base`, an IndexedBase, a MatrixSymbol or a Symbol, lie in `domain`."""
    if isinstance(base, sympy.Indexed):
        base = base.base
    name = getattr(base, "name", None)
    if not isinstance(base, sympy.IndexedBase | sympy.MatrixSymbol | sympy.Symbol) or name is None:
        raise BridgeError(f"{base} is not the name of an array")
    return Given(name, domain)


def context_of(
    expressions: Iterable[sympy.Basic], given: Iterable[Given] = (), *, whole: bool = False
) -> Context:
    """The context of a claim: every name of `expressions` declared; raises `BridgeError`.

    With `whole`, what occurs in sums to K - 1 only has an entry at K as well.

    Guarantees: the values that the context allows are those that SymPy's assumptions and `given` allow,
    except that a symbol that SymPy takes for an integer may be any real number of its sign.
    """
    names = _Names()
    for expression in expressions:
        names.visit(expression, {})
    domains: dict[str, Domain] = {}
    for row in given:
        if domains.setdefault(row.name, row.domain) is not row.domain:
            raise BridgeError(f"{row.name} is given two domains")
    return names.context(domains, whole)


def plain_integers(expressions: Iterable[sympy.Basic]) -> frozenset[str]:
    """The symbols that stand for numbers and are assumed to be integers."""
    names = _Names()
    for expression in expressions:
        names.visit(expression, {})
    return frozenset(s.name for s in names.numbers.values() if s.is_integer)


def _is_number(side: sympy.Basic) -> bool:
    """Whether a side of an equation can be no index; a symbol is none if it is said to be real only."""
    if isinstance(side, sympy.Symbol):
        return bool(side.is_real) and not side.is_integer
    return isinstance(side, sympy.Add | sympy.Mul | sympy.Pow | sympy.Function | sympy.Sum | sympy.Product)


@dataclass(slots=True)
class _Names:
    """The names in a claim, and what is known of the index sets of their places."""

    sets: dict[Place, IndexSet] = field(default_factory=dict)
    free: dict[Place, list[str]] = field(default_factory=dict)
    """The free indices that stand in a place."""
    values: dict[str, list[Place | str]] = field(default_factory=dict)
    """The places in which a label stands, and the free indices that it is compared with."""
    value_sets: dict[str, IndexSet] = field(default_factory=dict)
    alike: list[tuple[str, str]] = field(default_factory=list)
    """Free indices that are compared with each other."""
    known_free: dict[str, IndexSet] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, sympy.Symbol] = field(default_factory=dict)
    sizes: set[str] = field(default_factory=set)
    matrices: set[str] = field(default_factory=set)

    def visit(self, part: sympy.Basic, bound: Mapping[str, IndexSet]) -> None:
        """Note everything in `part`, which stands under the sums that bind `bound`."""
        if isinstance(part, sympy.Indexed):
            self._entry(part.base.name, part.indices, bound)
        elif isinstance(part, MatrixElement):
            self._matrix(part.parent, 0)
            self._entry(part.parent.name, part.indices, bound)
        elif isinstance(part, sympy.MatrixSymbol):
            self._matrix(part, 1)
        elif isinstance(part, sympy.Sum | sympy.Product):
            inner = dict(bound)
            for limits in reversed(part.limits):
                name, index_set = index_set_of(limits)
                inner[name] = index_set
                self.sizes |= {index_set.size} if isinstance(index_set.size, str) else set()
            self.visit(part.function, inner)
        elif isinstance(part, sympy.KroneckerDelta):
            self._compared(part.args[0], part.args[1], bound)
        elif isinstance(part, sympy.Piecewise):
            for value, condition in part.args:
                self.visit(value, bound)
                self._condition(condition, bound)
        elif isinstance(part, sympy.Eq | sympy.Ne):
            self._condition(part, bound)
        elif isinstance(part, sympy.Symbol) and part.name not in bound:
            self.numbers[part.name] = part
        else:
            for inner_part in part.args:
                self.visit(inner_part, bound)

    def _condition(self, condition: sympy.Basic, bound: Mapping[str, IndexSet]) -> None:
        if isinstance(condition, sympy.Eq | sympy.Ne):
            left, right = condition.args
            if _is_number(left) or _is_number(right):
                self.visit(left, bound)
                self.visit(right, bound)
            elif isinstance(left, sympy.Indexed) and right.is_Integer and left.base.name not in self.values:
                self.visit(left, bound)
            elif isinstance(right, sympy.Indexed) and left.is_Integer and right.base.name not in self.values:
                self.visit(right, bound)
            else:
                self._compared(left, right, bound)

    def _matrix(self, matrix: sympy.Basic, start: int) -> None:
        if not isinstance(matrix, sympy.MatrixSymbol):
            raise BridgeError(f"an entry of {matrix}: name the matrix first")
        for position, size in enumerate(matrix.shape):
            name = int(size) if size.is_Integer else getattr(size, "name", None)
            if name is None:
                raise BridgeError(
                    f"{matrix.name} has a side of length {size}: it must be a symbol or a number"
                )
            self.sizes |= {name} if isinstance(name, str) else set()
            place = (matrix.name, position)
            known = self.sets.get(place)
            self.sets[place] = (
                IndexSet(name, 0, 1) if start == 0 or (known and known.short) else IndexSet(name)
            )
        self.ranks[matrix.name] = 2
        self.matrices.add(matrix.name)

    def _entry(self, name: str, indices: Iterable[sympy.Basic], bound: Mapping[str, IndexSet]) -> None:
        indices = tuple(indices)
        if self.ranks.setdefault(name, len(indices)) != len(indices):
            raise BridgeError(
                f"{name} has {self.ranks[name]} indices in one place and {len(indices)} in another"
            )
        for position, index in enumerate(indices):
            place = (name, position)
            if isinstance(index, sympy.Indexed):
                self._entry(index.base.name, index.indices, bound)
                self.values.setdefault(index.base.name, []).append(place)
            elif isinstance(index, sympy.Symbol | sympy.Idx):
                if index.name in bound:
                    self._widen(place, bound[index.name])
                else:
                    self.free.setdefault(place, []).append(index.name)
            elif not index.is_Integer:
                raise BridgeError(f"{index} cannot be read as an index")

    def _widen(self, place: Place, index_set: IndexSet) -> None:
        known = self.sets.get(place)
        if place[0] in self.matrices and known is not None:
            if not known.contains(index_set):
                raise BridgeError(f"the matrix {place[0]} has no entries for all of {index_set}")
            return
        self.sets[place] = _joined(known, index_set, place[0])

    def _compared(self, left: sympy.Basic, right: sympy.Basic, bound: Mapping[str, IndexSet]) -> None:
        for this, other in ((left, right), (right, left)):
            if isinstance(this, sympy.Indexed):
                name = this.base.name
                self._entry(name, this.indices, bound)
                self.values.setdefault(name, [])
                if isinstance(other, sympy.Symbol | sympy.Idx) and other.name in bound:
                    known = self.value_sets.get(name)
                    self.value_sets[name] = _joined(known, bound[other.name], name)
                elif isinstance(other, sympy.Symbol | sympy.Idx):
                    self.values[name].append(other.name)
            elif _is_index(this) and _is_index(other) and this.name not in bound:
                if other.name in bound:
                    known = self.known_free.get(this.name)
                    self.known_free[this.name] = _joined(known, bound[other.name], this.name)
                else:
                    self.alike.append((this.name, other.name))

    def _complete(self, domains: Mapping[str, Domain], every: bool) -> None:
        """Give arrays an entry at K that sums to K - 1 only show; what has the sum 1 sums so over all."""
        for (name, position), index_set in self.sets.items():
            sums = name in domains and domains[name].sums_to_one and position == self.ranks[name] - 1
            if name not in self.matrices and (every or sums):
                self.sets[name, position] = index_set.whole
        for known in (self.known_free, self.value_sets) if every else ():
            known.update({name: index_set.whole for name, index_set in known.items()})

    def _spread(self) -> None:
        """What is known of one place said of the others that the same free index connects."""
        while self._step():
            pass

    def _step(self) -> bool:
        before = (dict(self.sets), dict(self.known_free), dict(self.value_sets))
        for place, names in self.free.items():
            for name in names:
                if place in self.sets:
                    self.known_free.setdefault(name, self.sets[place])
                elif name in self.known_free:
                    self.sets[place] = self.known_free[name]
        for one, two in (*self.alike, *((b, a) for a, b in self.alike)):
            if one in self.known_free:
                self.known_free.setdefault(two, self.known_free[one])
        for label, uses in self.values.items():
            for use in uses:
                found = self.known_free.get(use) if isinstance(use, str) else self.sets.get(use)
                if found is not None:
                    self.value_sets.setdefault(label, found)
                elif label in self.value_sets and isinstance(use, str):
                    self.known_free[use] = self.value_sets[label]
        return before != (self.sets, self.known_free, self.value_sets)

    def context(self, domains: Mapping[str, Domain], whole: bool) -> Context:
        """The declarations of all names."""
        self._complete(domains, whole)
        self._spread()
        for place, names in self.free.items():
            if place not in self.sets and not set(names) <= self.sizes:
                self.known_free.setdefault(names[0], IndexSet(f"size of {place[0]}"))
                self._spread()
        unused = set(domains) - set(self.ranks) - set(self.numbers)
        if unused:
            raise BridgeError(f"{sorted(unused)[0]} does not occur in the claim")
        return Context().with_rows(*self._rows(domains))

    def _rows(self, domains: Mapping[str, Domain]) -> Iterator[Declaration | LabelDeclaration]:
        for name, rank in self.ranks.items():
            sets = tuple(self._set_of((name, position)) for position in range(rank))
            if name in self.values:
                if name not in self.value_sets:
                    raise BridgeError(f"nothing says over what the label {name} ranges")
                yield LabelDeclaration(name, sets, self.value_sets[name])
            else:
                yield Declaration(name, sets, domains.get(name, Domain.REAL), Part.PARAMETER)
        indices = {name for names in self.free.values() for name in names}
        indices |= {name for pair in self.alike for name in pair} | set(self.known_free)
        for name, symbol in self.numbers.items():
            if name not in self.sizes and name not in indices:
                yield Declaration(name, (), _both(symbol, domains.get(name)), Part.PARAMETER)

    def _set_of(self, place: Place) -> IndexSet:
        if place not in self.sets:
            raise BridgeError(f"nothing says over what the index number {place[1] + 1} of {place[0]} ranges")
        return self.sets[place]


def _is_index(part: sympy.Basic) -> bool:
    return isinstance(part, sympy.Symbol | sympy.Idx)


def _joined(known: IndexSet | None, index_set: IndexSet, name: str) -> IndexSet:
    if known is None:
        return index_set
    if known.size != index_set.size:
        raise BridgeError(f"an index of {name} ranges over {known} and over {index_set}")
    return IndexSet(known.size, min(known.start, index_set.start), min(known.short, index_set.short))


def _both(symbol: sympy.Symbol, given: Domain | None) -> Domain:
    """The domain that SymPy's assumptions and `given` say together; raises `BridgeError` if none does."""
    assumed = domain_of(symbol)
    within_positive = given is Domain.UNIT or (given is Domain.POSITIVE and assumed is not Domain.REAL)
    if given is None or given is assumed:
        return assumed
    if assumed is Domain.REAL or within_positive:
        return given
    raise BridgeError(f"{symbol} is {assumed.value} by itself and {given.value} as given")


def domain_of(symbol: sympy.Symbol) -> Domain:
    """What SymPy assumes of a symbol; raises `BridgeError` for what has no counterpart."""
    for assumption in REFUSED:
        if getattr(symbol, f"is_{assumption}"):
            raise BridgeError(f"the assumption that {symbol} is {assumption} has no counterpart")
    if symbol.is_extended_real is False:
        raise BridgeError(f"the assumption that {symbol} is not real has no counterpart")
    rows = ((symbol.is_positive, Domain.POSITIVE), (symbol.is_nonnegative, Domain.NONNEGATIVE))
    return next((d for holds, d in rows if holds), Domain.NONZERO if symbol.is_zero is False else Domain.REAL)
