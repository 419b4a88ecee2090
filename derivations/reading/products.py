"""Things written one after another: applications told from products, and the signs between factors.

``h(x)(1 - h(x))`` is an application times a bracket, ``p(1-p)`` a product, ``a/b c`` is ambiguous. Only the
vocabulary tells the first two apart.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from derivations.reading.calls import Application, application_of, holds_itself
from derivations.reading.names import NUMBER_PI
from derivations.reading.syntax import name_of
from derivations.reading.terms import (
    DivideTerm,
    HadamardTerm,
    InnerTerm,
    MultiplyTerm,
    NumberTerm,
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
    Word,
)
from derivations.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from derivations.reading.resolve import Frame, Resolver


class Products:
    """The part of a resolver that reads juxtapositions."""

    def __init__(self, resolver: Resolver) -> None:
        """Works for one resolver, whose vocabulary and notes it uses."""
        self.resolver = resolver

    # Runs of factors ---------------------------------------------------------------------------------

    def resolve(self, node: Juxtaposition, frame: Frame) -> Term:
        """The product, quotient or application that a run of factors denotes."""
        if not node.factors:
            raise Unreadable(node.span, "an expression is missing here")
        node = self.resolver.derivatives.with_operator(self.resolver.derivatives.with_slashed(node))
        node = self._with_logged_density(self._with_number_pi(node))
        if len(node.factors) == 1:
            return self.resolver.resolve(node.factors[0], frame)
        self._check_neighbours(node)
        factors, signs = self.applied(node)
        result: Term | None = None
        run: list[Term] = []
        sign = ""
        for position, factor in enumerate(factors):
            self._check_argument_ends(factors, signs, position)
            term = (
                self.resolver.calls.application(factor, frame)
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

    def _with_number_pi(self, node: Juxtaposition) -> Juxtaposition:
        """The pi of ``2\\pi`` is the number, though the document has weights pi_k as well."""
        factors = node.factors
        if not self.resolver.vocabulary.has_entries("pi"):
            return node
        for position, (first, second) in enumerate(itertools.pairwise(factors)):
            bare = isinstance(first, Numeral) and first.value == 2 and isinstance(second, Symbol)
            if bare and name_of(second) == "pi" and not node.signs[position + 1]:
                number = Symbol(second.span, NUMBER_PI)
                factors = (*factors[: position + 1], number, *factors[position + 2 :])
        return replace(node, factors=factors)

    def _with_logged_density(self, node: Juxtaposition) -> Juxtaposition:
        """``\\log \\frac{1}{c} \\exp(-z^2/2)`` at the end of a product: the log of a whole density."""
        if len(node.factors) < 2 or node.signs[-1]:
            return node
        *before, first, last = node.factors
        if not isinstance(first, Prefix) or first.name != "log" or first.power is not None:
            return node
        if not _is_reciprocal(first.argument) or not _is_decay(last):
            return node
        self.resolver.note("the log before 1/c and an exponential is read as that of both")
        inner = Juxtaposition(node.span, (first.argument, last), ("", ""))
        logged = replace(first, argument=Group(node.span, "(", (inner,)))
        return replace(node, factors=(*before, logged), signs=node.signs[:-1])

    def _check_neighbours(self, node: Juxtaposition) -> None:
        """``\\Delta w`` is a name of two signs and ``\\operatorname{Var} y`` a value, unless the document
        says what Delta and Var are.
        """
        vocabulary = self.resolver.vocabulary
        for first, second, sign in zip(node.factors, node.factors[1:], node.signs[1:], strict=False):
            base = first.base if isinstance(first, Scripted) else first
            after = second.base if isinstance(second, Scripted) else second
            if sign or not isinstance(after, Symbol):
                continue
            own = vocabulary.specs.get(name_of(base) or "")
            unexplained = own is None or (own.definition is None and own.index_sets is None)
            if name_of(base) == "Delta" and (own is None or own.definition is None):
                raise Unreadable(first.span, "is this a product, or the change of what stands behind it?")
            if isinstance(base, Word) and unexplained and vocabulary.known(base.text) is None:
                raise Unreadable(first.span, f"is {base.text} a number here, or a function? Say what it is")

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
        if isinstance(behind, Syntax) and _looks_applied(factor, behind):
            raise Unreadable(
                behind.span, "is this a product, or the value of a function? Say what the name in front is"
            )
        if isinstance(factor, Numeral) and isinstance(behind, Numeral):
            raise Unreadable(
                factor.span, "two numbers one after another: write \\cdot, or no space in a number"
            )
        if position and signs[position] == "odot" and not isinstance(factor, Application):
            before = factors[position - 1]
            bases = [
                part.base if isinstance(part, Scripted) else part
                for part in (before, factor)
                if isinstance(part, Syntax)
            ]
            if any(self.resolver.vocabulary.is_function(name_of(base) or "") for base in bases):
                raise Unreadable(factor.span, "is this a composition of functions? Write f(g(x))")
        if (
            isinstance(factor, Numeral)
            and isinstance(behind, Quotient)
            and isinstance(behind.numerator, Numeral)
        ) and isinstance(behind.denominator, Numeral):
            raise Unreadable(factor.span, "is this a mixed number or a product? Write \\cdot")
        if (
            not isinstance(factor, Prefix)
            or factor.name == "factorial"
            or isinstance(factor.argument, Group)
            or position + 1 == len(factors)
        ):
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
        if sign in ("slash", "oslash"):
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


def _looks_applied(factor: Application | Syntax, behind: Syntax) -> bool:
    """Whether a name stands before brackets with nothing but a name in them: nobody writes products so."""
    base = factor.base if isinstance(factor, Scripted) else factor
    if not isinstance(base, Symbol | Word) or not isinstance(behind, Group) or behind.kind != "(":
        return False
    item = behind.items[0].base if isinstance(behind.items[0], Scripted) else behind.items[0]
    return len(behind.items) == 1 and isinstance(item, Symbol | Word)


def _is_reciprocal(node: Syntax) -> bool:
    return isinstance(node, Quotient) and isinstance(node.numerator, Numeral) and node.numerator.value == 1


def _is_decay(node: Syntax) -> bool:
    """Whether a factor is ``\\exp(-...)``."""
    if not isinstance(node, Prefix) or node.name != "exp" or node.power is not None:
        return False
    argument = node.argument.items[0] if isinstance(node.argument, Group) else None
    return isinstance(argument, Terms) and argument.signs == (-1,)
