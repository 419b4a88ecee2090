"""Things written one after another: applications told from products, and the signs between factors.

``h(x)(1 - h(x))`` is an application times a bracket, ``p(1-p)`` a product, ``a/b c`` is ambiguous. Only the
vocabulary tells the first two apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivations.reading.applications import Function, arguments_of, pattern_of
from derivations.reading.heads import is_formal
from derivations.reading.scripts import Scripts
from derivations.reading.survey import KNOWN_FUNCTIONS, name_of
from derivations.reading.terms import (
    CallTerm,
    DivideTerm,
    EntryTerm,
    FunctionTerm,
    HadamardTerm,
    IndexTerm,
    InnerTerm,
    MultiplyTerm,
    NumberTerm,
    OperatorTerm,
    SizeTerm,
    Term,
    TransposeTerm,
)
from derivations.reading.tree import (
    Big,
    Group,
    Juxtaposition,
    Numeral,
    Operator,
    Prefix,
    Quotient,
    Scripted,
    Span,
    Symbol,
    Syntax,
    Terms,
    children,
)
from derivations.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from derivations.reading.resolve import Frame, Resolver

SCALAR = {"sigma": "sigma", "sigmoid": "sigma", "softplus": "softplus", "logit": "logit", "tanh": "tanh",
          "sinh": "sinh", "cosh": "cosh"}  # fmt: skip
VECTOR = {"softmax": "softmax", "logsumexp": "logsumexp", "LSE": "logsumexp", "lse": "logsumexp"}
"""Functions that everyone knows, of numbers and of vectors; a document's own definition goes before."""


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


class Products:
    """The part of a resolver that reads juxtapositions and applications."""

    def __init__(self, resolver: Resolver) -> None:
        """Works for one resolver, whose vocabulary and notes it uses."""
        self.resolver = resolver

    # Runs of factors ---------------------------------------------------------------------------------

    def resolve(self, node: Juxtaposition, frame: Frame) -> Term:
        """The product, quotient or application that a run of factors denotes."""
        if not node.factors:
            raise Unreadable(node.span, "an expression is missing here")
        node = self.resolver.derivatives.with_slashed(node)
        if len(node.factors) == 1:
            return self.resolver.resolve(node.factors[0], frame)
        factors, signs = self.applied(node)
        result: Term | None = None
        run: list[Term] = []
        sign = ""
        for position, factor in enumerate(factors):
            self._check_argument_ends(factors, signs, position)
            term = (
                self.application(factor, frame)
                if isinstance(factor, Application)
                else self.resolver.resolve(factor, frame)
            )
            if position and signs[position]:
                result = self._combine(result, sign, run, node.span)
                run, sign = [], signs[position]
            elif run and sign == "slash":
                self._check_slash(run, factor, frame)
                result = self._combine(result, sign, run, node.span)
                run, sign = [], ""
            run.append(term)
        return self._combine(result, sign, run, node.span)

    def _check_argument_ends(
        self, factors: list[Application | Syntax], signs: list[str], position: int
    ) -> None:
        """``\\log 1/p``, ``\\log a \\exp(b)``: without brackets nobody knows where the argument ends."""
        factor = factors[position]
        behind = factors[position + 1] if position + 1 < len(factors) and not signs[position + 1] else None
        if isinstance(factor, Operator) and isinstance(behind, Group) and len(behind.items) == 1:
            at = behind.items[0]
            if isinstance(at, Numeral | Symbol) and behind.kind == "(":
                raise Unreadable(behind.span, "is this where the derivative is taken, or a factor?")
        if isinstance(factor, Numeral) and isinstance(behind, Numeral):
            raise Unreadable(factor.span, "two numbers one after another: write \\cdot, or no space in a number")
        if position and signs[position] == "odot" and not isinstance(factor, Application):
            before = factors[position - 1]
            bases = [part.base if isinstance(part, Scripted) else part for part in (before, factor) if isinstance(part, Syntax)]
            if any(self.resolver.vocabulary.is_function(name_of(base) or "") for base in bases):
                raise Unreadable(factor.span, "is this a composition of functions? Write f(g(x))")
        if isinstance(factor, Numeral) and isinstance(behind, Quotient) and isinstance(behind.numerator, Numeral):
            if isinstance(behind.denominator, Numeral):
                raise Unreadable(factor.span, "is this a mixed number or a product? Write \\cdot")
        if not isinstance(factor, Prefix) or isinstance(factor.argument, Group) or position + 1 == len(factors):
            return
        following, sign = factors[position + 1], signs[position + 1]
        if isinstance(following, Prefix) and following.name == factor.name and not sign:
            return
        if sign in ("", "slash", "cdot", "times"):
            raise Unreadable(
                factor.span, f"where does the argument of this {factor.name} end? Put it in brackets"
            )

    def applied(self, node: Juxtaposition) -> tuple[list[Application | Syntax], list[str]]:
        """The factors with functions joined to their brackets."""
        factors: list[Application | Syntax] = []
        signs: list[str] = []
        position = 0
        while position < len(node.factors):
            factor = node.factors[position]
            signs.append(node.signs[position])
            following = position + 1
            found = None
            if following < len(node.factors) and not node.signs[following]:
                found = application_of(factor, node.factors[following], self.resolver.vocabulary.is_function)
                if found is not None and holds_itself(found.name, found.group):
                    self.resolver.note(f"{found.name}(...) is read as a product")
                    found = None
            factors.append(found or factor)
            position += 2 if found else 1
        return factors, signs

    def _combine(self, left: Term | None, sign: str, run: list[Term], span: Span) -> Term:
        right = run[0] if len(run) == 1 else MultiplyTerm(span, tuple(run))
        if left is None:
            return right
        if sign == "slash":
            return DivideTerm(span, left, right)
        if sign == "odot":
            return HadamardTerm(span, left, right)
        if sign == "times":
            return MultiplyTerm(span, (left, right), cross=True)
        if sign == "cdot":
            return InnerTerm(span, left, right)
        if isinstance(left, MultiplyTerm) and not left.cross and sign == "":
            return MultiplyTerm(span, (*left.factors, *run))
        return MultiplyTerm(span, (left, right))

    @staticmethod
    def _is_group(factor: Application | Syntax) -> bool:
        base = factor.base if isinstance(factor, Scripted) else factor
        return isinstance(base, Group)

    def _check_slash(self, run: list[Term], factor: Application | Syntax, frame: Frame) -> None:
        """``1/m \\sum`` is read as a fraction before a sum; ``a/b c`` has two readings."""
        below = run[0]
        bracket = self._is_group(factor)
        if isinstance(factor, Big | Operator) or (bracket and isinstance(below, NumberTerm | SizeTerm)):
            self.resolver.note("a slash divides by the one factor behind it")
            return
        raise Unreadable(below.span, "a/b c can be read in two ways: use \\frac or brackets")

    # Applications ------------------------------------------------------------------------------------

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
        if head.power is not None and _is_minus_one(head.power):
            raise Unreadable(
                found.span, f"{found.name}^{{-1}} may be an inverse function or a reciprocal: write it out"
            )
        known = vocabulary.known(found.name) or found.name
        if function is None and known in (KNOWN_FUNCTIONS - vocabulary.unknown) | set(VECTOR):
            term = self._known(replace(found, name=known), indices, frame)
        else:
            term = self._defined(key, function or Function(key), found, indices, frame)
        term = resolver.scripted(term, replace(head, indices=()), found.span, frame)
        return resolver.scripted(term, replace(outer, indices=()), found.span, frame)

    def _known(self, found: Application, indices: tuple[IndexTerm, ...], frame: Frame) -> Term:
        items = arguments_of(found.group)
        if len(items) != 1:
            raise Unreadable(found.span, f"{found.name} takes one argument")
        argument = self.resolver.resolve(items[0], frame)
        if found.name in SCALAR:
            term: Term = FunctionTerm(found.span, SCALAR[found.name], argument, found.primes)
        elif found.primes:
            raise Unreadable(found.span, f"a prime on {found.name} is not understood")
        else:
            term = OperatorTerm(found.span, VECTOR[found.name], argument)
        return EntryTerm(found.span, term, indices) if indices else term

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

    # Arguments without brackets ----------------------------------------------------------------------

    def argument(self, node: Prefix, frame: Frame) -> Term:
        """The argument of ``\\log p``; of two factors without brackets it is not certain what belongs to
        it.
        """
        argument = node.argument
        if isinstance(argument, Juxtaposition):
            factors, _ = self.applied(argument)
            if len(factors) > 1 and node.name != "trace" and not self._is_one(factors, frame):
                raise Unreadable(argument.span, f"what belongs to the {node.name} here? Put it in brackets")
        return self.resolver.resolve(argument, frame)

    def _is_one(self, factors: list[Application | Syntax], frame: Frame) -> bool:
        """Whether factors belong together for everyone: ``w^T x``, a sum or product sign at the end."""
        if isinstance(factors[-1], Big) and len(factors) <= 2:
            return True
        if len(factors) == 2 and not any(isinstance(f, Application) for f in factors):
            first = factors[0]
            assert not isinstance(first, Application)
            if isinstance(first, Scripted):
                return isinstance(self.resolver.resolve(first, frame), TransposeTerm)
        return False


def _numbered(key: str, slots: tuple[IndexTerm, ...]) -> str:
    """The name of ``P(t = 1)``: its numbers are part of it."""
    numbers = ",".join(str(index.value) for index in slots if index.value is not None)
    return f"{key}({numbers})" if numbers else key


def _is_minus_one(node: Syntax) -> bool:
    return (
        isinstance(node, Terms)
        and node.signs == (-1,)
        and isinstance(node.terms[0], Numeral)
        and node.terms[0].value == 1
    )
