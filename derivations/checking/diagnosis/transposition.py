"""Products of matrices, repaired in the source: one is transposed, exchanged with its neighbour, or put in.

Where shapes do not fit, a line has no meaning yet that could be edited. So the text is, and the reader reads
the document again. The same is tried where the shapes fit and no edit of the meaning helps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from time import monotonic

from derivations import kernel
from derivations.checking.diagnosis.mistakes import MATRIX_FACTOR, TRANSPOSITION, Mistake
from derivations.kernel import Proved, ProvedWhereDefined
from derivations.language import Context, Derivation, Statement

Reread = Callable[[str], Derivation]
"""Reads a document with another text."""

MOST_READINGS = 16
"""How often a document is read again for one step."""

MOST_CHARACTERS = 64_000
"""Characters that are read again for one step, so that a long document is read again less often."""

_NAME = (
    r"\\(?:mathbf|boldsymbol|bm|vec)\s*(?:\{\s*\\?[A-Za-z]+\s*\}|\\?[A-Za-z])"
    r"|\\(?:alpha|beta|gamma|theta|phi|mu|xi|eta|Phi|Theta|Sigma|Lambda)(?![A-Za-z])|[A-Za-z]"
)
_INDICES = r"(?:_\{[^{}]*\}|_[A-Za-z0-9]|\^\{\([^{}]*\)\})*"
_MARK = r"(?:\\top|\\intercal|T|\\math(?:sf|rm)\s*\{?\s*T\s*\}?)"
_SIGN = rf"\^\s*(?:\{{\s*{_MARK}\s*\}}|\\(?:top|intercal)(?![A-Za-z])|T)"
_FACTOR = re.compile(
    rf"(?P<inner>\((?:{_NAME}){_INDICES}\)|(?:{_NAME}){_INDICES})\s*(?P<sign>{_SIGN})?|\\[A-Za-z]+"
)
"""A name with its indices and perhaps transposed; other commands are passed over."""

_GAP = re.compile(r"(?:\s|\\[,;!]|\\cdot)*")
_BRACKET = re.compile(r"(?:\\left\s*|\\[Bb]igg?l?\s*)?\((?=[^()]*[-+])")
"""A bracket around a sum."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A name in a formula with its indices, perhaps transposed."""

    start: int
    end: int
    inner: str
    sign: str

    @property
    def written(self) -> str:
        """The factor as it stands."""
        return f"{self.inner}{self.sign} "

    def turned(self, sign: str) -> str:
        """The transpose of the factor."""
        if self.sign:
            bare = self.inner[1:-1] if self.inner.startswith("(") else self.inner
            return f"{bare} "
        wrapped = f"({self.inner})" if "^" in self.inner and not self.inner.startswith("(") else self.inner
        return f"{wrapped}{sign} "


def factors_in(latex: str, names: frozenset[str]) -> list[Factor]:
    """The factors whose name is one of `names`, in order."""
    matches = (m for m in _FACTOR.finditer(latex) if m["inner"])
    found = (Factor(m.start(), m.end(), m["inner"], m["sign"] or "") for m in matches)
    return [factor for factor in found if _letter(factor.inner) in names]


def _letter(inner: str) -> str:
    """The letter of a factor, fonts and indices aside."""
    bare = re.sub(r"\\(?:mathbf|boldsymbol|bm|vec)(?![A-Za-z])|[{}()\s\\]", "", inner)
    return re.split(r"[_^]", bare)[0]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A right side that may have been meant, with what tells of it: what was written, and what is meant."""

    text: str
    mistake: Mistake
    parts: tuple[str, ...]


def rewritings(latex: str, names: frozenset[str]) -> Iterator[Rewritten]:
    """Texts that may have been meant instead of `latex`, in which `names` are vectors and matrices.

    Both factors of ``X X^T`` turned, one factor turned, two of one name turned, neighbours exchanged; then a
    matrix put in.
    """
    factors = factors_in(latex, names)
    sign = next((factor.sign for factor in factors if factor.sign), "^\\top")
    neighbours = [pair for pair in pairwise(factors) if _GAP.fullmatch(latex, pair[0].end, pair[1].start)]
    alike = [pair for pair in combinations(factors, 2) if _letter(pair[0].inner) == _letter(pair[1].inner)]

    def both_turned(pair: tuple[Factor, Factor]) -> Rewritten:
        return _replaced(latex, pair, (pair[0].turned(sign), pair[1].turned(sign)))

    yield from (both_turned(pair) for pair in alike if pair in neighbours)
    yield from (_replaced(latex, (factor,), (factor.turned(sign),)) for factor in factors)
    yield from (both_turned(pair) for pair in alike if pair not in neighbours)
    yield from (_replaced(latex, (a, b), (b.turned(sign), a.turned(sign))) for a, b in neighbours)
    yield from (_replaced(latex, (a, b), (b.written, a.written)) for a, b in neighbours)
    yield from _with_a_factor(latex, factors, sign)


def _with_a_factor(latex: str, factors: list[Factor], sign: str) -> Iterator[Rewritten]:
    """A matrix of the formula, or its transpose, in front of a bracket or of a factor."""
    places = [m.start() for m in _BRACKET.finditer(latex)] + [factor.start for factor in factors]
    for inner in dict.fromkeys(factor.inner for factor in factors if _letter(factor.inner).isupper()):
        for at in dict.fromkeys(places):
            for put_in in (f"{inner}{sign} ", f"{inner} "):
                text = f"{latex[:at]}{put_in}{latex[at:]}"
                yield Rewritten(text, MATRIX_FACTOR, (put_in.strip(),))


def _replaced(latex: str, factors: tuple[Factor, ...], texts: tuple[str, ...]) -> Rewritten:
    first, last = factors[0].start, factors[-1].end
    meant, done = "", first
    for factor, text in zip(factors, texts, strict=True):
        meant += latex[done : factor.start] + text
        done = factor.end
    meant = " ".join(meant.split())
    whole = f"{latex[:first]}{meant} {latex[last:].lstrip()}".strip()
    return Rewritten(whole, TRANSPOSITION, (latex[first:last].strip(), meant))


def rewritten(
    statement: Statement, number: int, context: Context, source: str, reread: Reread, deadline: float | None
) -> Rewritten | None:
    """A right side with which statement `number` is proved, and what is to be told of it.

    Guarantees: the kernel proved the step as it is read in the document with that right side.
    """
    readings = min(MOST_READINGS, MOST_CHARACTERS // max(len(source), 1))
    for attempt in islice(rewritings(statement.right_source, _tensors(context)), readings):
        if deadline is not None and monotonic() > deadline:
            return None
        text = with_right_side(statement, attempt.text, source)
        if text is None:
            return None
        derivation = reread(text)
        again = derivation.statements[number : number + 1]
        if not again or again[0].claim is None or again[0].problem is not None:
            continue
        if again[0].left_source == statement.left_source:
            verdict = kernel.judge(again[0].claim, derivation.context_of(again[0]), deadline=deadline)
            if isinstance(verdict, Proved | ProvedWhereDefined):
                return attempt
    return None


def _tensors(context: Context) -> frozenset[str]:
    """The letters that stand for vectors and matrices."""
    declared = (name for name, row in context.declarations.items() if row.index_sets)
    defined = (name for name, row in context.definitions.items() if row.indices)
    return frozenset(name.rstrip("^") for names in (declared, defined) for name in names)


def with_right_side(statement: Statement, right: str, source: str) -> str | None:
    """`source` with another right side of `statement`, None where the source does not have its own."""
    at = source.rfind(statement.right_source, statement.location.start, statement.location.end)
    return None if at < 0 else source[:at] + right + source[at + len(statement.right_source) :]
