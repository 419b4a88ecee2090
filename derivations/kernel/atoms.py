"""Atoms: the indeterminates of normal forms, each a real number at every point, made once for each structure.

An atom's order is a text made from its structure alone, so what comes first in a polynomial never depends on
what was met first. Names of bound indices begin with ``@`` (open) or ``#`` (closed by a sum); they come last
in the order, after a shape that leaves them out, so that renaming seldom reorders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias, TypeVar

from flint import fmpq

from derivations.kernel.budget import Meter
from derivations.kernel.sign import REAL, Sign
from derivations.language.declarations import Domain
from derivations.language.indices import Index, IndexElement, IndexFunction, IndexVariable

Exponent: TypeAlias = int | Fraction
Monomial: TypeAlias = "tuple[tuple[Atom, Exponent], ...]"
FrozenPolynomial: TypeAlias = tuple[tuple[Monomial, fmpq], ...]
"""A polynomial as a key: its monomials in order, with their coefficients."""
FrozenRational: TypeAlias = tuple[FrozenPolynomial, FrozenPolynomial]


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """An indeterminate; two atoms of one table are the same object exactly if their structures agree."""

    order: str = field(repr=False)
    free: frozenset[str] = field(repr=False)
    """The names of the free indices in it."""
    height: int = field(repr=False)
    """How deep the sums in it are nested."""
    sign: Sign = field(repr=False)

    def __lt__(self, other: Atom) -> bool:
        """Structural order."""
        return self.order < other.order

    @property
    def values(self) -> tuple[int, ...]:
        """The values of an atom that has finitely many, otherwise nothing."""
        return ()


@dataclass(frozen=True, slots=True, eq=False)
class EntryAtom(Atom):
    """An entry of a tensor, the odds ``a/(1 - a)`` of one, or its derivative by another entry."""

    name: str
    indices: tuple[Index, ...]
    domain: Domain

    @property
    def values(self) -> tuple[int, ...]:
        """0 and 1, or -1 and 1, for labels."""
        return {Domain.BIT: (0, 1), Domain.SIGN: (-1, 1)}.get(self.domain, ())


@dataclass(frozen=True, slots=True, eq=False)
class DeltaAtom(Atom):
    """Kronecker's delta of two indices; `apart`, its complement: 1 where the two differ.

    A complement keeps guard over what is undefined where the two agree: it is not multiplied out.
    """

    left: Index
    right: Index
    apart: bool

    @property
    def values(self) -> tuple[int, ...]:
        """0 and 1."""
        return (0, 1)


@dataclass(frozen=True, slots=True, eq=False)
class CardinalityAtom(Atom):
    """The symbolic size K of ``1..K``."""

    size: str


@dataclass(frozen=True, slots=True, eq=False)
class ExpAtom(Atom):
    """The exponential of a monomial with coefficient 1."""

    argument: Monomial


@dataclass(frozen=True, slots=True, eq=False)
class LogAtom(Atom):
    """The logarithm of a rational function."""

    argument: FrozenRational


@dataclass(frozen=True, slots=True, eq=False)
class RootAtom(Atom):
    """The nonnegative root of a rational function whose sign is not known."""

    argument: FrozenRational
    degree: int


@dataclass(frozen=True, slots=True, eq=False)
class InverseAtom(Atom):
    """``1/f`` for a polynomial f of two or more terms; occurs inside sums and exponentials only."""

    polynomial: FrozenPolynomial


@dataclass(frozen=True, slots=True, eq=False)
class InverseEntryAtom(Atom):
    """The entry at (row, column) of the inverse of the matrix with the entries `body` over `bound`."""

    row: Index
    column: Index
    bound: tuple[IndexVariable, IndexVariable]
    body: FrozenRational


@dataclass(frozen=True, slots=True, eq=False)
class SumAtom(Atom):
    """The sum of a monomial over `indices`, each over its whole set ``1..size``."""

    indices: tuple[IndexVariable, ...]
    body: Monomial


@dataclass(frozen=True, slots=True, eq=False)
class ProductAtom(Atom):
    """The product of a rational function over `index`, without the values in `excluding`."""

    index: IndexVariable
    body: FrozenRational
    excluding: tuple[Index, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MaximumAtom(Atom):
    """The largest value of a rational function over `index`."""

    index: IndexVariable
    body: FrozenRational


@dataclass(frozen=True, slots=True, eq=False)
class ApplyAtom(Atom):
    """An opaque function, or a partial derivative of one, at rational functions."""

    name: str
    orders: tuple[int, ...]
    arguments: tuple[FrozenRational, ...]


@dataclass(frozen=True, slots=True, eq=False)
class GapAtom(Atom):
    """A number of which nothing but its sign is known: what `origin` exceeds by, or, under a name, any."""

    origin: FrozenRational | str
    signs: Sign


AnyAtom = TypeVar("AnyAtom", bound=Atom)


class AtomTable:
    """The atoms of one proof attempt."""

    def __init__(self, meter: Meter) -> None:
        """An empty table."""
        self._meter = meter
        self._atoms: dict[tuple[object, ...], Atom] = {}

    def make(
        self,
        kind: type[AnyAtom],
        *parts: object,
        sign: Sign | Callable[[], Sign] = REAL,
        closed: frozenset[str] = frozenset(),
    ) -> AnyAtom:
        """The atom of this structure; the names in `closed` are bound by it."""
        key = (kind, *parts)
        known = self._atoms.get(key)
        if known is None:
            self._meter.hold("atoms", len(self._atoms), self._meter.budget.atoms)
            summary = _Summary()
            for part in parts:
                summary.visit(part)
            height = summary.height + len(closed)
            order = summary.order(kind.__name__, height)
            sign = sign() if callable(sign) else sign
            known = kind(order, frozenset(summary.free - closed), height, sign, *parts)
            self._atoms[key] = known
        assert isinstance(known, kind)
        return known


class _Summary:
    """What the structure of an atom comes to: a shape without bound names, an exact text, free indices."""

    def __init__(self) -> None:
        self.shape: list[str] = []
        self.exact: list[str] = []
        self.free: set[str] = set()
        self.height = 0

    def order(self, kind: str, height: int) -> str:
        texts = []
        for pieces in (self.shape, self.exact):
            text = " ".join(pieces)
            texts.append(text if len(text) <= 48 else hashlib.sha256(text.encode()).hexdigest())
        return f"{height:03d}{kind} {texts[0]}|{texts[1]}"

    def visit(self, part: object) -> None:
        if isinstance(part, Atom):
            shape, _, exact = part.order.partition("|")
            self._note(shape, exact)
            self.free |= part.free
            self.height = max(self.height, part.height)
        elif isinstance(part, tuple):
            self._note("(", "(")
            for piece in part:
                self.visit(piece)
            self._note(")", ")")
        elif isinstance(part, IndexVariable | IndexElement | IndexFunction):
            self._index(part)
        else:
            self._note(str(part), "")

    def _index(self, index: Index) -> None:
        where = str(index.index_set)
        if isinstance(index, IndexVariable):
            bound = index.name[0] in "@#"
            self._note(f"?:{where}" if bound else f"{index.name}:{where}", index.name if bound else "")
            self.free.add(index.name)
        elif isinstance(index, IndexElement):
            self._note(f"{index.value}:{where}", "")
        else:
            self._note(f"{index.name}:{where}", "")
            self.visit(index.arguments)

    def _note(self, shape: str, exact: str) -> None:
        self.shape.append(shape)
        self.exact.append(exact)
