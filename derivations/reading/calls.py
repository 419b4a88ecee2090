"""Functions with their arguments: known ones, those that a document defines, those without brackets.

A document's own definition goes before what everyone knows; a name without its brackets gets the argument
that it has elsewhere, with a note, or is not read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivations.reading.applications import Function, arguments_of, pattern_of
from derivations.reading.heads import is_formal
from derivations.reading.scripts import Scripts
from derivations.reading.survey import KNOWN_FUNCTIONS
from derivations.reading.syntax import is_minus_one, name_of
from derivations.reading.terms import (
    AddTerm,
    CallTerm,
    EntryTerm,
    FunctionTerm,
    IndexTerm,
    MultiplyTerm,
    NumberTerm,
    OperatorTerm,
    Term,
)
from derivations.reading.thresholds import difference_of, sign_of
from derivations.reading.tree import (
    Group,
    Juxtaposition,
    Operator,
    Scripted,
    Span,
    Syntax,
    children,
)
from derivations.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from derivations.reading.resolve import Frame, Resolver

SCALAR = {"sigma": "sigma", "sigmoid": "sigma", "softplus": "softplus", "logit": "logit", "tanh": "tanh",
          "sinh": "sinh", "cosh": "cosh", "relu": "relu", "ReLU": "relu", "normal_cdf": "normal_cdf",
          "normal_density": "normal_density"}  # fmt: skip
VECTOR = {"softmax": "softmax", "logsumexp": "logsumexp", "LSE": "logsumexp", "lse": "logsumexp"}
"""Functions that everyone knows, of numbers and of vectors; a document's own definition goes before."""
_EXTREMA = ("max", "min")
_SIGNS = ("sign", "sgn")


@dataclass(frozen=True, slots=True)
class Application:
    """A function's name with its scripts, the bracket behind it and that bracket's scripts."""

    name: str
    head: Scripted | Syntax
    group: Group
    outer: Scripted | None
    span: Span

    @property
    def primes(self) -> int:
        """Primes at the name."""
        return self.head.primes if isinstance(self.head, Scripted) else 0


def application_of(head: Syntax, behind: Syntax, is_function: Callable[[str], bool]) -> Application | None:
    """The application that two neighbours form, if the first is a function's name and the second a
    bracket.
    """
    base = head.base if isinstance(head, Scripted) else head
    name = name_of(base)
    group = behind.base if isinstance(behind, Scripted) else behind
    if name is None or not isinstance(group, Group) or group.kind not in ("(", "[", "\\{"):
        return None
    if not is_function(name):
        return None
    outer = behind if isinstance(behind, Scripted) else None
    return Application(name, head, group, outer, Span(head.span.start, behind.span.end))


def holds_itself(name: str, group: Group) -> bool:
    """Whether brackets hold the name before them without brackets of its own: ``\\sigma(1 - \\sigma)`` is
    a product.
    """

    def bare(node: Syntax) -> bool:
        base = node.base if isinstance(node, Scripted) else node
        if name_of(base) == name:
            return True
        if isinstance(node, Juxtaposition):
            position = 0
            while position < len(node.factors):
                following = node.factors[position + 1 : position + 2]
                applied = following and application_of(
                    node.factors[position], following[0], lambda n: n == name
                )
                if not applied and bare(node.factors[position]):
                    return True
                position += 2 if applied else 1
            return False
        if isinstance(node, Operator):
            return False
        return any(bare(child) for child in children(node))

    return any(bare(item) for item in group.items)


class Calls:
    """The part of a resolver that reads applications of functions."""

    def __init__(self, resolver: Resolver) -> None:
        """Works for one resolver, whose vocabulary and notes it uses."""
        self.resolver = resolver

    def application(self, found: Application, frame: Frame) -> Term:
        """The term of an application, with the scripts around it."""
        resolver, vocabulary = self.resolver, self.resolver.vocabulary
        head = Scripts()
        if isinstance(found.head, Scripted):
            head = vocabulary.reader.read(
                found.head, elements=False, numbered=vocabulary.numbered(found.name)
            )
        outer = Scripts()
        if found.outer is not None:
            outer = vocabulary.reader.read(found.outer, elements=True, numbered=True)
            if outer.decoration or found.outer.primes:
                raise Unreadable(found.span, "the scripts behind these brackets are not understood")
        key = vocabulary.key(vocabulary.of_arity(found.name, found.group), replace(head, superscripted=False))
        indices = head.indices + outer.indices
        function = vocabulary.functions.get(key)
        if head.power is not None and is_minus_one(head.power):
            raise Unreadable(
                found.span, f"{found.name}^{{-1}} may be an inverse function or a reciprocal: write it out"
            )
        known = vocabulary.known(found.name) or found.name
        if function is None and known in (KNOWN_FUNCTIONS - vocabulary.unknown) | set(VECTOR):
            term = self._known(replace(found, name=known), indices, frame)
        else:
            term = self._defined(key, function or Function(key), found, indices, frame)
        term = resolver.scripts.scripted(term, replace(head, indices=()), found.span, frame)
        return resolver.scripts.scripted(term, replace(outer, indices=()), found.span, frame)

    def _known(self, found: Application, indices: tuple[IndexTerm, ...], frame: Frame) -> Term:
        items = arguments_of(found.group)
        if found.name in _EXTREMA:
            return self._extremum(found, items, frame)
        if len(items) != 1:
            raise Unreadable(found.span, f"{found.name} takes one argument")
        argument = self.resolver.resolve(items[0], frame)
        if found.name in _SIGNS and not found.primes:
            return sign_of(argument, found.span)
        if found.name in SCALAR:
            term: Term = FunctionTerm(found.span, SCALAR[found.name], argument, found.primes)
        elif found.primes:
            raise Unreadable(found.span, f"a prime on {found.name} is not understood")
        else:
            term = OperatorTerm(found.span, VECTOR[found.name], argument)
        return EntryTerm(found.span, term, indices) if indices else term

    def _extremum(self, found: Application, items: tuple[Syntax, ...], frame: Frame) -> Term:
        """``max(a, b) = (a + b + |a - b|)/2``, entry by entry."""
        if len(items) != 2 or found.primes:
            raise Unreadable(found.span, f"{found.name} is read of two numbers only")
        span = found.span
        left, right = (self.resolver.resolve(item, frame) for item in items)
        minus, half = NumberTerm(span, Fraction(-1)), NumberTerm(span, Fraction(1, 2))
        difference = difference_of(left, right, span)
        distance = FunctionTerm(span, "abs", difference)
        last = distance if found.name == "max" else MultiplyTerm(span, (minus, distance))
        return MultiplyTerm(span, (half, AddTerm(span, (left, right, last))))

    def _defined(
        self, key: str, function: Function, found: Application, indices: tuple[IndexTerm, ...], frame: Frame
    ) -> Term:
        items = arguments_of(found.group)
        mode = function.mode
        if mode in ("name", "family"):
            slots = function.slots(pattern_of(items, self.resolver.vocabulary.reader))
            if slots is None:
                raise Unreadable(found.span, f"{key} is not written here as it is elsewhere")
            name = _numbered(key, slots) if mode == "name" else key
            own = slots if mode == "family" else ()
            term: Term = self.resolver.reference(name, (*indices, *own), found.span, frame)
            for _ in range(found.primes):
                if len(items) != 1:
                    raise Unreadable(found.span, f"by which argument of {key} does the prime differentiate?")
                term = self.resolver.derivatives.derivative(term, (items[0],), found.span, frame)
            return term
        if mode == "parameters" and len(items) == len(function.formals):
            items = tuple(items[position] for position in function.varying)
        arguments = tuple(self.resolver.resolve(item, frame) for item in items)
        return CallTerm(
            found.span,
            key,
            arguments,
            (*self.resolver.hidden(key, found.span, frame), *indices),
            found.primes,
        )

    def bare(self, key: str, scripts: Scripts, span: Span, frame: Frame) -> Term:
        """A function's name without brackets: with the argument that it always has."""
        function = self.resolver.vocabulary.functions[key]
        mode = function.mode
        if mode == "name":
            pattern = function.definition or (function.uses[0] if function.uses else None)
            name = key if pattern is None else _numbered(key, function.slots(pattern) or ())
            return self.resolver.reference(name, scripts.indices, span, frame)
        if mode == "family" and function.definition is not None:
            own = function.slots(function.definition) or ()
            if not scripts.indices:
                self.resolver.note(
                    f"{key} stands for {key}[{', '.join(i.name or str(i.value) for i in own)}]"
                )
                return self.resolver.reference(key, own, span, frame)
        items = frame.arguments.get(key)
        if items is not None and not all(is_formal(item) for item in items):
            raise Unreadable(span, f"{key} stands here without its argument")
        if items is None and function.formals:
            items = function.formals
        if items is None:
            raise Unreadable(span, f"{key} stands here without its argument")
        self.resolver.note(f"{key} is read with the argument that it has elsewhere")
        arguments = tuple(self.resolver.resolve(item, frame) for item in items)
        return CallTerm(span, key, arguments, (*self.resolver.hidden(key, span, frame), *scripts.indices))

    def known_alone(self, base: str, scripts: Scripts, span: Span, frame: Frame) -> Term | None:
        """``\\sigma(1 - \\sigma)``: a function that everyone knows, of what the statement takes it of."""
        known = self.resolver.vocabulary.known(base)
        if known not in SCALAR or scripts.indices or scripts.decoration:
            return None
        items = frame.arguments.get(base) or (() if frame.variable is None else (frame.variable,))
        if len(items) != 1 or not is_formal(items[0]):
            raise Unreadable(span, f"{base} stands here without its argument")
        self.resolver.note(f"{base} is read with the argument that the statement has elsewhere")
        return FunctionTerm(span, SCALAR[known], self.resolver.resolve(items[0], frame))

    def primed(self, base: str, scripts: Scripts, node: Scripted, frame: Frame) -> Term:
        """``\\sigma'`` without brackets: with the argument that the statement has elsewhere."""
        key = self.resolver.vocabulary.key(base, replace(scripts, superscripted=False))
        items = frame.arguments.get(key) or frame.arguments.get(base)
        function = self.resolver.vocabulary.functions.get(key)
        if items is None and function is not None:
            items = function.formals or None
        if items is None or len(items) != 1:
            raise Unreadable(node.span, f"{base}' stands here without its argument")
        self.resolver.note(f"{base}' is read with the argument that {base} has elsewhere")
        group = Group(node.span, "(", items)
        bare = replace(node, superscript=None)
        return self.application(Application(base, bare, group, None, node.span), frame)


def _numbered(key: str, slots: tuple[IndexTerm, ...]) -> str:
    """The name of ``P(t = 1)``: its numbers are part of it."""
    numbers = ",".join(str(index.value) for index in slots if index.value is not None)
    return f"{key}({numbers})" if numbers else key
