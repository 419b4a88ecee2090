"""Subscripts and superscripts: which of them are indices, powers, transposes, or part of a name.

``x_j^{(i)}`` has the indices i, j; ``w_{new}`` is a name of its own; ``\\theta^{(k)\\top}`` is the
transpose of an entry; ``p_{y_i}`` is indexed by a class label.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derivations.reading.survey import Survey
from derivations.reading.syntax import is_transpose, name_of, superscript_parts, walk
from derivations.reading.terms import IndexTerm, last_of
from derivations.reading.tree import Group, Juxtaposition, Numeral, Scripted, Symbol, Syntax, Terms, Word

PRIME = "prime"
"""The font of a sign of transposition that is written as a prime."""
LARGEST = 100
"""The largest number that is read as an index."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """What surrounds a base, sorted by meaning."""

    indices: tuple[IndexTerm, ...] = ()
    """Indices in the order of the tensor's axes: those of the superscript first."""
    superscripted: bool = False
    """Whether a bracketed superscript gave indices: ``x^{(i)}`` is another tensor than ``x_i``."""
    decoration: str = ""
    """What makes the base another name: ``new`` in ``w_{new}``."""
    transposes: int = 0
    power: Syntax | None = None
    starred: bool = False
    doubt: str | None = None
    """Why these scripts cannot be read with certainty."""
    letter_transposed: bool = False
    """Whether a letter T transposes: it may be a power where the name is a number."""
    primed: bool = False
    """Whether a prime transposes."""


@dataclass(frozen=True, slots=True)
class ScriptReader:
    """Reads scripts with what a document's survey says of its letters."""

    survey: Survey
    is_label: Callable[[str], bool]
    """Whether a name is a class label, which may stand as an index."""

    def read(self, node: Scripted, *, elements: bool, numbered: bool) -> Scripts:
        """The scripts of `node`; numbers are elements below if `elements`, above in brackets if
        `numbered`.
        """
        above: tuple[IndexTerm, ...] = ()
        decoration: list[str] = []
        transposes, power, starred, doubt = 0, None, False, None
        by_letter = primed = False
        for part in superscript_parts(node.superscript):
            inner = (
                part.items[0]
                if isinstance(part, Group) and part.kind in ("(", "[") and len(part.items) == 1
                else None
            )
            found = None if inner is None else self.indices(inner)
            if is_transpose(part):
                transposes += 1
                by_letter |= isinstance(part, Symbol) and part.name == "T" and not part.font
                primed |= isinstance(part, Symbol) and part.font == PRIME
            elif inner is not None and found is None and self._computes(inner):
                doubt = "an index that is computed is not read"
            elif isinstance(part, Symbol) and self._is_raised_index(node, part):
                above += (IndexTerm(part.name),)
            elif found is not None and (numbered or any(i.value is None for i in found)):
                above += found
            elif isinstance(inner, Numeral | Symbol | Word):
                decoration.append(f"({_text(inner)})")
            elif isinstance(part, Symbol) and part.name in ("*", "star", "ast"):
                starred = True
            elif isinstance(part, Word):
                decoration.append(part.text)
            elif power is None:
                power = part
            else:
                power = node.superscript
        below: tuple[IndexTerm, ...] = ()
        if node.subscript is not None:
            found = self.indices(node.subscript, self._ends(node)) or self._letter(node)
            if found is not None and (elements or any(i.value is None for i in found)):
                below = found
            else:
                if found is None and self._computes(node.subscript):
                    doubt = "an index that is computed is not read; a class as an index must be declared"
                decoration.append(_text(node.subscript))
        if starred:
            decoration.append("*")
        every = (*above, *below)
        marks = (starred, doubt, by_letter, primed)
        return Scripts(every, bool(above), " ".join(decoration), transposes, power, *marks)

    def _ends(self, node: Scripted) -> bool:
        """Whether a size below a name is its last entry: the K of ``z_K`` beside ``z_k``."""
        name, letter = name_of(node.base), node.subscript
        if name is None or (isinstance(letter, Symbol) and (name, letter.name) in self.survey.own_names):
            return False
        return name == "delta" or self.survey.usage(name).lettered > 0

    def _letter(self, node: Scripted) -> tuple[IndexTerm, ...] | None:
        """A letter below a name that other letters index: the b of ``\\theta_b`` beside ``\\theta_k``."""
        name, letter = name_of(node.base), node.subscript
        if name is None or not isinstance(letter, Symbol) or letter.accent or letter.font:
            return None
        known = self.survey.standalone | self.survey.sizes
        usual = len(letter.name) == 1 and letter.name.islower() and letter.name not in known
        return (IndexTerm(letter.name),) if usual and self.survey.usage(name).lettered else None

    def _computes(self, node: Syntax) -> bool:
        """Whether a script that is no list of indices has an index in it: ``t + 1``, ``y_i``, ``\\pi(i)``."""
        known = self.survey.bound | self.survey.superscripts
        if isinstance(node, Symbol):
            return bool(node.accent) and node.name in known
        if isinstance(node, Numeral | Word):
            return isinstance(node, Word) and node.text in known
        names = {part.name for part in walk(node) if isinstance(part, Symbol)}
        return bool(names & known) or any(self.survey.is_index(name) for name in names)

    def _is_raised_index(self, node: Scripted, part: Symbol) -> bool:
        """Whether the n of ``y^n`` is the index of a sum: if no y stands without it, and no n as a number, or
        the document has h(x) and h(x^n).
        """
        name = name_of(node.base)
        usage = self.survey.usage(name or "")
        if name is None or part.name not in self.survey.bound:
            return False
        if self.survey.samples and (name in self.survey.samples or usage.raised >= usage.bare):
            return name != "e" and usage.raised > 0
        if part.name in self.survey.standalone:
            return False
        return name != "e" and usage.raised > 0 and usage.raised >= usage.bare

    def indices(self, node: Syntax, ends: bool = False) -> tuple[IndexTerm, ...] | None:
        """The indices that a script lists, None where it is something else; sizes are some if `ends`."""
        if isinstance(node, Symbol) and not node.accent and not node.font:
            if self.is_label(node.name):
                return (IndexTerm(node.name, arguments=()),)
            if self.survey.is_index(node.name):
                return (IndexTerm(node.name),)
            is_size = node.name in self.survey.sizes and node.name not in self.survey.bound
            return (last_of(node.name),) if ends and is_size else None
        if isinstance(node, Numeral) and abs(node.value) <= LARGEST:
            return (IndexTerm("", int(node.value)),) if node.value.denominator == 1 else None
        if isinstance(node, Scripted):
            name = name_of(node.base)
            if name is None or not self.is_label(name) or node.primes:
                return None
            inner = self.read(node, elements=True, numbered=True)
            if inner.decoration or inner.power is not None or inner.transposes:
                return None
            return (IndexTerm(name, arguments=inner.indices),)
        if isinstance(node, Juxtaposition):
            if set(node.signs) > {""} or (len(node.factors) > 2 and not self._all_bound(node)):
                return None
            return self._joined(node.factors, ends)
        if isinstance(node, Group) and node.kind in (",", "("):
            return self._joined(node.items, ends)
        return None

    def _all_bound(self, node: Juxtaposition) -> bool:
        known = self.survey.bound | self.survey.superscripts
        return all(isinstance(factor, Symbol) and factor.name in known for factor in node.factors)

    def _joined(self, nodes: tuple[Syntax, ...], ends: bool) -> tuple[IndexTerm, ...] | None:
        found: tuple[IndexTerm, ...] = ()
        for node in nodes:
            inner = self.indices(node, ends)
            if inner is None:
                return None
            found += inner
        return found


def _text(node: Syntax) -> str:
    """The letters of a decoration, for the name that it makes."""
    if isinstance(node, Numeral):
        return str(node.value)
    if isinstance(node, Juxtaposition):
        return "".join(_text(factor) for factor in node.factors)
    if isinstance(node, Group):
        return ",".join(_text(item) for item in node.items)
    if isinstance(node, Scripted):
        parts = (node.subscript, node.superscript)
        return _text(node.base) + "".join(f"_{_text(part)}" for part in parts if part is not None)
    if isinstance(node, Terms):
        signs = ("-" if sign < 0 else "+" for sign in node.signs)
        return "".join(sign + _text(term) for sign, term in zip(signs, node.terms, strict=True)).lstrip("+")
    return name_of(node) or type(node).__name__
