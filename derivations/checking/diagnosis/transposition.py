"""Shapes that do not fit, repaired in the source: a transposition put in or left out, two factors exchanged.

Such a line has no meaning yet that could be edited. So the text is, and the reader reads the document again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice, pairwise

from derivations import kernel
from derivations.kernel import Proved, ProvedWhereDefined
from derivations.language import Context, Derivation, Statement

Reread = Callable[[str], Derivation]
"""Reads a document with another text."""

MOST_READINGS = 16
"""How often a document is read again for one step."""

LARGEST = 20_000
"""Characters of a document that is read again."""

_NAME = (
    r"\\(?:mathbf|boldsymbol|bm|vec)\s*(?:\{\s*\\?[A-Za-z]+\s*\}|\\?[A-Za-z])"
    r"|\\(?:alpha|beta|gamma|theta|phi|mu|xi|eta|Phi|Theta|Sigma|Lambda)(?![A-Za-z])|(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])"
)
_INDICES = r"(?:_\{[^{}]*\}|_[A-Za-z0-9]|\^\{\([^{}]*\)\})*"
_SIGN = r"\^\s*(?:\{\s*)?(?:\\top|\\intercal|T|\\math(?:sf|rm)\s*\{?\s*T\s*\}?)(?![A-Za-z])(?:\s*\})?"
_FACTOR = re.compile(rf"(?P<inner>\((?:{_NAME}){_INDICES}\)|(?:{_NAME}){_INDICES})\s*(?P<sign>{_SIGN})?")
_GAP = re.compile(r"(?:\s|\\[,;!]|\\cdot)*")


@dataclass(frozen=True, slots=True)
class Factor:
    """A name in a formula with its indices, perhaps transposed."""

    start: int
    end: int
    inner: str
    sign: str

    def turned(self, sign: str) -> str:
        """The transpose of the factor."""
        if self.sign:
            bare = self.inner[1:-1] if self.inner.startswith("(") else self.inner
            return f"{bare} "
        wrapped = f"({self.inner})" if "^" in self.inner and not self.inner.startswith("(") else self.inner
        return f"{wrapped}{sign} "


def factors_in(latex: str, names: frozenset[str]) -> list[Factor]:
    """The factors whose name is one of `names`, in order."""
    found = (Factor(m.start(), m.end(), m["inner"], m["sign"] or "") for m in _FACTOR.finditer(latex))
    return [factor for factor in found if _letter(factor.inner) in names]


def _letter(inner: str) -> str:
    """The letter of a factor, fonts and indices aside."""
    bare = re.sub(r"\\(?:mathbf|boldsymbol|bm|vec)(?![A-Za-z])|[{}()\s\\]", "", inner)
    return re.split(r"[_^]", bare)[0]


def transpositions(latex: str, names: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Texts that may have been meant instead of `latex`, each with what was written and what is meant."""
    factors = factors_in(latex, names)
    sign = next((factor.sign for factor in factors if factor.sign), "^\\top")
    for factor in factors:
        yield _replaced(latex, (factor,), (factor.turned(sign),))
    for first, second in combinations(factors, 2):
        if _letter(first.inner) == _letter(second.inner):
            yield _replaced(latex, (first, second), (first.turned(sign), second.turned(sign)))
    for first, second in pairwise(factors):
        if _GAP.fullmatch(latex, first.end, second.start):
            yield _replaced(latex, (first, second), (second.turned(sign), first.turned(sign)))


def _replaced(latex: str, factors: tuple[Factor, ...], texts: tuple[str, ...]) -> tuple[str, str, str]:
    first, last = factors[0].start, factors[-1].end
    meant, done = "", first
    for factor, text in zip(factors, texts, strict=True):
        meant += latex[done : factor.start] + text
        done = factor.end
    meant = " ".join(meant.split())
    return f"{latex[:first]}{meant} {latex[last:].lstrip()}".strip(), latex[first:last].strip(), meant


def transposed(
    statement: Statement, number: int, context: Context, source: str, reread: Reread, deadline: float | None
) -> tuple[str, str, str] | None:
    """A right side with which statement `number` is proved, what was written in it, and what is meant.

    Guarantees: the kernel proved the step as it is read in the document with that right side.
    """
    begin, end = statement.location.start, statement.location.end
    at = source.rfind(statement.right_source, begin, end)
    if len(source) > LARGEST or at < 0:
        return None
    tried = transpositions(statement.right_source, _tensors(context))
    for repair, written, meant in islice(tried, MOST_READINGS):
        derivation = reread(source[:at] + repair + source[at + len(statement.right_source) :])
        again = derivation.statements[number : number + 1]
        if not again or again[0].claim is None or again[0].problem is not None:
            continue
        if again[0].left_source == statement.left_source:
            verdict = kernel.judge(again[0].claim, derivation.context_of(again[0]), deadline=deadline)
            if isinstance(verdict, Proved | ProvedWhereDefined):
                return repair, written, meant
    return None


def _tensors(context: Context) -> frozenset[str]:
    """The letters that stand for vectors and matrices."""
    declared = (name for name, row in context.declarations.items() if row.index_sets)
    defined = (name for name, row in context.definitions.items() if row.indices)
    return frozenset(name.rstrip("^") for names in (declared, defined) for name in names)
