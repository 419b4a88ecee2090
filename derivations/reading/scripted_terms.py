"""Names and brackets with scripts: powers, transposes, inverses, primes, norms, and e with an exponent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.reading.scripts import Scripts
from derivations.reading.syntax import is_minus_one, name_of
from derivations.reading.terms import (
    DeltaTerm,
    EntryTerm,
    FunctionTerm,
    IndexTerm,
    InverseTerm,
    OperatorTerm,
    PowerTerm,
    Term,
    TransposeTerm,
)
from derivations.reading.tree import Group, Numeral, Scripted, Span
from derivations.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from derivations.reading.resolve import Frame, Resolver


class ScriptedTerms:
    """The part of a resolver that reads scripts."""

    def __init__(self, resolver: Resolver) -> None:
        """Works for one resolver, whose vocabulary and notes it uses."""
        self.resolver = resolver

    def resolve(self, node: Scripted, frame: Frame) -> Term:
        """The term of a name, a bracket or a fraction with scripts."""
        base, name = node.base, name_of(node.base)
        if name == "e" and node.subscript is None and node.superscript is not None:
            group = node.superscript
            numbered = isinstance(group, Group) and group.kind == "(" and isinstance(group.items[0], Numeral)
            if "e" in self.resolver.vocabulary.unknown or numbered:
                raise Unreadable(node.span, "is this a power of the number e, or a name? Write \\exp")
        if (
            name == "e"
            and node.subscript is None
            and node.superscript is not None
            and "e" not in self.resolver.vocabulary.specs
        ):
            return FunctionTerm(node.span, "exp", self.resolver.resolve(node.superscript, frame))
        if name is None:
            return self._scripted_expression(node, frame)
        vocabulary = self.resolver.vocabulary
        scripts = vocabulary.reader.read(
            node, elements=vocabulary.elements(name), numbered=vocabulary.numbered(name)
        )
        if scripts.doubt is not None:
            raise Unreadable(node.span, scripts.doubt)
        if len(scripts.indices) == 2 and name in ("delta", "I") and self._is_everyones(name):
            found: Term = DeltaTerm(node.span, *scripts.indices)
        elif node.primes and vocabulary.is_function(name):
            found = self.resolver.calls.primed(name, scripts, node, frame)
        elif node.primes and self._is_defined_without(name, node.primes):
            found = self.resolver.name(name, scripts, base.span, frame)
            for _ in range(node.primes):
                found = self.resolver.derivatives.by_the_one_name(found, node, frame)
        else:
            found = self.resolver.name(name + "'" * node.primes, scripts, base.span, frame)
        return self.scripted(found, scripts, node.span, frame)

    def _is_everyones(self, name: str) -> bool:
        """Whether ``\\delta_{ij}`` and ``I_{ij}`` are what everyone calls so."""
        known = name not in self.resolver.vocabulary.unknown and name not in self.resolver.vocabulary.specs
        if known and name == "I":
            self.resolver.note("I is the identity matrix")
        return known

    def _is_defined_without(self, name: str, primes: int) -> bool:
        """Whether the document defines y, and no y' that would be a name of its own."""
        specs = self.resolver.vocabulary.specs
        plain, primed = (specs.get(self.resolver.vocabulary.current(n)) for n in (name, name + "'" * primes))
        return (
            plain is not None
            and plain.definition is not None
            and (primed is None or primed.definition is None)
        )

    def scripted(self, term: Term, scripts: Scripts, span: Span, frame: Frame) -> Term:
        """`term` with the transposes and the power of `scripts`."""
        if scripts.power is not None:
            if scripts.transposes:
                raise Unreadable(span, "a power and a transpose in one superscript")
            if is_minus_one(scripts.power):
                return InverseTerm(span, term, self.resolver.written(term.span))
            return PowerTerm(span, term, self.resolver.resolve(scripts.power, frame))
        if scripts.primed:
            self.resolver.note("a prime is read as the sign of transposition, as elsewhere in the document")
        doubtful = scripts.letter_transposed and self.resolver.vocabulary.is_letter_a_number("T")
        for _ in range(scripts.transposes):
            term = TransposeTerm(span, term, doubtful)
        return term

    def _scripted_expression(self, node: Scripted, frame: Frame) -> Term:
        """A bracket or a fraction with scripts."""
        scripts = self.resolver.vocabulary.reader.read(node, elements=True, numbered=True)
        norm = isinstance(node.base, Group) and node.base.kind == "\\|"
        if norm and isinstance(node.base, Group):
            return self.norm(node.base, scripts, node.span, frame)
        if scripts.decoration not in ("", "+"):
            raise Unreadable(node.span, f"the script {scripts.decoration} on a bracket is not understood")
        found = self.resolver.resolve(node.base, frame)
        if scripts.decoration:
            self.resolver.note("(u)_+ is the larger one of u and 0")
            found = FunctionTerm(node.span, "relu", found)
        if node.primes:
            variable = self.resolver.derivatives.primed_by(found, node, frame)
            for _ in range(node.primes):
                found = self.resolver.derivatives.derivative(found, (variable,), node.span, frame)
        if scripts.indices:
            found = EntryTerm(node.span, found, scripts.indices)
        return self.scripted(found, scripts, node.span, frame)

    def norm(self, group: Group, scripts: Scripts, span: Span, frame: Frame) -> Term:
        """The Euclidean norm of what stands in double bars, or its square."""
        euclidean = scripts.decoration in ("", "2", "F") or scripts.indices == (IndexTerm("", 2),)
        if not euclidean or (scripts.indices and scripts.indices != (IndexTerm("", 2),)):
            raise Unreadable(span, "only the Euclidean norm is read")
        if scripts.transposes or len(group.items) != 1:
            raise Unreadable(span, "this norm is not understood")
        argument = self.resolver.resolve(group.items[0], frame)
        kind = "frobenius" if scripts.decoration == "F" else "norm"
        if isinstance(scripts.power, Numeral) and scripts.power.value == 2:
            return OperatorTerm(span, f"squared-{kind}", argument)
        return self.scripted(OperatorTerm(span, kind, argument), scripts, span, frame)
