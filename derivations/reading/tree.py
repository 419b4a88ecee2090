"""The syntax tree of mathematics as written: every node with its place, and no meaning decided yet.

``f(x)`` and ``p(1-p)`` are both a juxtaposition here, ``X^T`` a superscript: only declarations tell what
they mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document, as offsets; the end is exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Syntax:
    """A node and its place."""

    span: Span


@dataclass(frozen=True, slots=True)
class Numeral(Syntax):
    """A number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Symbol(Syntax):
    """A letter or a named symbol: its name, an accent (hat, bar), a font that tells letters apart (cal,
    bb).
    """

    name: str
    accent: str = ""
    font: str = ""


@dataclass(frozen=True, slots=True)
class Word(Syntax):
    """An upright word: ``\\operatorname{softmax}``, ``\\text{Cost}``."""

    text: str


@dataclass(frozen=True, slots=True)
class Scripted(Syntax):
    """Something with a subscript, a superscript or primes."""

    base: Syntax
    subscript: Syntax | None = None
    superscript: Syntax | None = None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Group(Syntax):
    """Something in brackets; `items` are what commas, semicolons and bars separate, `marks` those signs."""

    kind: str
    items: tuple[Syntax, ...]
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Juxtaposition(Syntax):
    """Factors one after another; `signs` holds the sign before each (empty, cdot, times, slash, odot)."""

    factors: tuple[Syntax, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms(Syntax):
    """Terms with their signs, 1 or -1."""

    terms: tuple[Syntax, ...]
    signs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quotient(Syntax):
    """``\\frac``."""

    numerator: Syntax
    denominator: Syntax


@dataclass(frozen=True, slots=True)
class Root(Syntax):
    """A square root."""

    radicand: Syntax


@dataclass(frozen=True, slots=True)
class Big(Syntax):
    """``\\sum`` or ``\\prod`` with its body by the tight reading; `wide` when the index itself widened it."""

    kind: str
    lower: Syntax | None
    upper: Syntax | None
    body: Syntax
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Operator(Syntax):
    """A derivative sign: of what it stands in front of (`operand`), by each of `variables`."""

    variables: tuple[Syntax, ...]
    operand: Syntax | None
    gradient: bool = False
    order: int = 1
    """How often it differentiates where no variable is written."""


@dataclass(frozen=True, slots=True)
class Prefix(Syntax):
    """A known function without brackets, ``\\log p``, with its argument by the tight reading."""

    name: str
    argument: Syntax
    power: Syntax | None = None


@dataclass(frozen=True, slots=True)
class CaseRows(Syntax):
    """``cases``: values and conditions (None where no condition is written)."""

    rows: tuple[tuple[Syntax, Syntax | None], ...]


@dataclass(frozen=True, slots=True)
class Indicator(Syntax):
    """``1{...}``."""

    condition: Syntax


@dataclass(frozen=True, slots=True)
class Related(Syntax):
    """A relation inside brackets or a script: ``k \\neq i``, ``y = 1``."""

    sides: tuple[Syntax, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluated(Syntax):
    """What an expression is where its names have the values that stand below a bar."""

    body: Syntax
    point: Syntax


@dataclass(frozen=True, slots=True)
class Dots(Syntax):
    """An ellipsis."""


def children(node: Syntax) -> tuple[Syntax, ...]:
    """The direct parts of a node."""
    return tuple(part for name in node.__dataclass_fields__ for part in _syntax_in(getattr(node, name)))


def _syntax_in(value: object) -> list[Syntax]:
    if isinstance(value, Syntax):
        return [value]
    if isinstance(value, tuple):
        return [node for item in value for node in _syntax_in(item)]
    return []
