"""What a formula means before its shapes are known: names told from functions, scripts told from powers.

Between the syntax tree, in which ``p(1-p)`` and ``f(1-p)`` are alike, and the language, in which every axis
has an index set. `resolve` makes terms, `infer` finds their shapes, `build` makes expressions of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derivations.reading.tree import Span


class Term:
    """A formula with names resolved; every term knows its place in the document."""

    __slots__ = ()
    span: Span


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """An index as written: a variable ``j``, a number ``2``, a size, a label ``y_i`` (with `arguments`)."""

    name: str
    value: int | None = None
    arguments: tuple[IndexTerm, ...] | None = None

    @property
    def size(self) -> str | None:
        """The size whose last element this is: the K of ``z_K``."""
        return self.name.removeprefix(_LAST) if self.name.startswith(_LAST) else None


_LAST = "last of "


def last_of(size: str) -> IndexTerm:
    """The index of the last element of what ends at `size`."""
    return IndexTerm(f"{_LAST}{size}", arguments=())


@dataclass(frozen=True, slots=True)
class NumberTerm(Term):
    """A rational constant."""

    span: Span
    value: Fraction


@dataclass(frozen=True, slots=True)
class SizeTerm(Term):
    """The symbol of a size, used as a number: the m of ``1/m``."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class NameTerm(Term):
    """A tensor, or its entry or slice: ``x``, ``x^{(i)}``, ``x_{ij}``; indices in the order of its axes."""

    span: Span
    name: str
    indices: tuple[IndexTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class CallTerm(Term):
    """A function or defined name with arguments: ``h(x)``, ``J(w)``, ``softmax(z)_k``."""

    span: Span
    name: str
    arguments: tuple[Term, ...]
    indices: tuple[IndexTerm, ...] = ()
    primes: int = 0


@dataclass(frozen=True, slots=True)
class AddTerm(Term):
    """A sum of terms."""

    span: Span
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class MultiplyTerm(Term):
    """A product: of numbers, of matrices, or of both; which one, the shapes decide."""

    span: Span
    factors: tuple[Term, ...]
    cross: bool = False
    """Whether a cross stands between two factors, which is another product for vectors."""


@dataclass(frozen=True, slots=True)
class InnerTerm(Term):
    """``a \\cdot b`` or an inner product in brackets: a dot product when both are vectors."""

    span: Span
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class HadamardTerm(Term):
    """``a \\odot b``."""

    span: Span
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class DivideTerm(Term):
    """A quotient."""

    span: Span
    numerator: Term
    denominator: Term


@dataclass(frozen=True, slots=True)
class PowerTerm(Term):
    """A power of a number."""

    span: Span
    base: Term
    exponent: Term


@dataclass(frozen=True, slots=True)
class InverseTerm(Term):
    """The inverse of a square matrix, of a number its reciprocal; `written` is the source of the matrix."""

    span: Span
    operand: Term
    written: str


@dataclass(frozen=True, slots=True)
class TransposeTerm(Term):
    """Rows and columns exchanged; `doubtful` where the sign may be a power."""

    span: Span
    operand: Term
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class EntryTerm(Term):
    """An entry of a bracketed expression, ``(P - Y)_{ik}``."""

    span: Span
    operand: Term
    indices: tuple[IndexTerm, ...]


@dataclass(frozen=True, slots=True)
class FunctionTerm(Term):
    """A function known to everyone, entry by entry: exp, log, sigma, tanh; or its derivative, with primes."""

    span: Span
    name: str
    argument: Term
    primes: int = 0


@dataclass(frozen=True, slots=True)
class OperatorTerm(Term):
    """A matrix operation by name: diag, trace, norm, squared-norm, softmax, logsumexp."""

    span: Span
    name: str
    argument: Term


@dataclass(frozen=True, slots=True)
class Bounds:
    """The range of a big operator: its index, the bounds as written, the values left out."""

    index: str
    lower: int | None = None
    upper: str | int | None = None
    excluding: tuple[IndexTerm, ...] = ()
    short: int = 0
    """How far below `upper` the range ends: 1 for ``K - 1``."""


@dataclass(frozen=True, slots=True)
class BigTerm(Term):
    """A sum, a product or an extremum over an index: `kind` is ``sum``, ``product``, ``max`` or ``min``."""

    span: Span
    kind: str
    bounds: Bounds
    body: Term


@dataclass(frozen=True, slots=True)
class IdentityTerm(Term):
    """The identity matrix, of the size that its neighbours have."""

    span: Span


@dataclass(frozen=True, slots=True)
class OnesTerm(Term):
    """The column vector of ones."""

    span: Span


@dataclass(frozen=True, slots=True)
class StackTerm(Term):
    """The column vector whose entries are `body` for all values of an index: ``(a_1, ..., a_m)``."""

    span: Span
    bounds: Bounds
    body: Term


@dataclass(frozen=True, slots=True)
class DeltaTerm(Term):
    """Kronecker's delta, or an indicator of two indices being equal."""

    span: Span
    left: IndexTerm
    right: IndexTerm


@dataclass(frozen=True, slots=True)
class RankTest:
    """A matrix of independent columns."""

    matrix: Term


@dataclass(frozen=True, slots=True)
class EquationTest:
    """``p + q = 1``, an equation between numbers that is assumed."""

    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class ValueTest:
    """A condition on a label that is a number: ``y = 1``."""

    name: NameTerm
    value: Fraction
    equal: bool = True


@dataclass(frozen=True, slots=True)
class IndexTest:
    """A condition on indices: ``i = j``."""

    left: IndexTerm
    right: IndexTerm
    equal: bool = True


@dataclass(frozen=True, slots=True)
class CasesTerm(Term):
    """Branches with conditions; None is "otherwise". An indicator ``1{y = 1}`` is one too."""

    span: Span
    branches: tuple[tuple[ValueTest | IndexTest | None, Term], ...]


@dataclass(frozen=True, slots=True)
class DerivativeTerm(Term):
    """The derivative of `operand` by a number, a vector (the gradient) or a matrix."""

    span: Span
    operand: Term
    variable: Term
    layout: str = "column"


@dataclass(frozen=True, slots=True)
class HessianTerm(Term):
    """The matrix of second derivatives of `operand` by a vector."""

    span: Span
    operand: Term
    variable: Term
