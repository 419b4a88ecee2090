"""Derivative signs: what they differentiate, how far they reach, by what.

A sign reaches to the end of its term, unless the bracket behind it is what is differentiated; where both are
possible and differ, nothing is read.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivations.reading.applications import arguments_of
from derivations.reading.calls import Application, application_of
from derivations.reading.syntax import is_transpose, name_of, skeleton, superscript_parts, walk
from derivations.reading.term_walk import bound_letters, free_letters, names_in
from derivations.reading.terms import (
    CallTerm,
    DerivativeTerm,
    DivideTerm,
    EntryTerm,
    HessianTerm,
    MultiplyTerm,
    NameTerm,
    NumberTerm,
    PowerTerm,
    SizeTerm,
    Term,
    TransposeTerm,
)
from derivations.reading.tree import (
    Group,
    Juxtaposition,
    Operator,
    Scripted,
    Span,
    Symbol,
    Syntax,
)
from derivations.reading.unreadable import Unreadable
from derivations.reading.vocabulary import PARAMETERS, depends_on, free_names, used_names

if TYPE_CHECKING:
    from derivations.reading.resolve import Frame, Resolver


_LOSSES = frozenset({"J", "L", "ell", "E", "f", "cal L", "cal J"})
"""Letters for what is a number, whatever its argument."""


class Derivatives:
    """The part of a resolver that reads derivatives."""

    def __init__(self, resolver: Resolver) -> None:
        """Works for one resolver, whose vocabulary and notes it uses."""
        self.resolver = resolver

    def resolve(self, node: Operator, frame: Frame) -> Term:
        """The derivative that a sign and what stands behind it denote."""
        if node.operand is None or (isinstance(node.operand, Juxtaposition) and not node.operand.factors):
            raise Unreadable(node.span, "what is differentiated here?")
        transposed = self._transposed_gradient(node)
        if transposed is not None:
            return self.resolver.products.resolve(transposed, frame)
        variables = node.variables or (self.variable_of(node.operand, node.span),) * node.order
        reach = self.reach(node.operand, variables[0], frame)
        if reach is None and node.gradient and node.order == 2:
            reach = self._before_a_vector(node.operand, variables[0], frame)
        if reach is not None and isinstance(node.operand, Juxtaposition):
            within, beyond = _parted(node.operand, reach)
            parts = (replace(node, operand=within, variables=variables), *beyond.factors)
            return self.resolver.products.resolve(Juxtaposition(node.span, parts, ("", *beyond.signs)), frame)
        operand = self.resolver.resolve(node.operand, replace(frame, variable=variables[0]))
        if node.gradient:
            self._check_point(operand, variables[0], node, frame)
        return self.derivative(operand, variables, node.span, frame)

    def _check_point(self, operand: Term, variable: Syntax, node: Operator, frame: Frame) -> None:
        """The gradient of f at a point that f is made of is not that by this point: ``c^\\top x`` at c."""
        if not isinstance(operand, CallTerm):
            return
        vocabulary = self.resolver.vocabulary
        function = vocabulary.functions.get(operand.name)
        spec = vocabulary.specs.get(operand.name)
        if function is None or len(function.formals) != 1 or spec is None or spec.definition is None:
            return
        by = names_in(self.resolver.resolve(variable, frame))
        given = {name for argument in operand.arguments for name in names_in(argument)}
        if node.variables:
            fits = not _same(variable, function.formals[0]) or bool(by & given)
        else:
            body = used_names(spec.definition.body, vocabulary.specs)
            fits = _same(variable, function.formals[0]) or not by & body
        if not fits:
            raise Unreadable(node.span, "by what is this differentiated, and at which point? Write it out")

    def _transposed_gradient(self, node: Operator) -> Juxtaposition | None:
        """``\\nabla J(w)^\\top v`` as ``(\\nabla J(w))^\\top v``: J is a number, and has no transpose."""
        operand = node.operand
        if not node.gradient or not isinstance(operand, Juxtaposition) or len(operand.factors) < 2:
            return None
        first, *_ = self.resolver.products.applied(operand)[0]
        width = 2 if isinstance(first, Application) else 1
        last = operand.factors[width - 1]
        if not isinstance(last, Scripted) or last.superscript is None or not is_transpose(last.superscript):
            return None
        if not isinstance(first, Application) and name_of(last.base) not in _LOSSES:
            return None
        bare = (*operand.factors[: width - 1], replace(last, superscript=None))
        inner = replace(node, operand=Juxtaposition(operand.span, bare, operand.signs[:width]))
        turned = Scripted(node.span, Group(node.span, "(", (inner,)), None, last.superscript)
        rest = operand.factors[width:]
        return Juxtaposition(node.span, (turned, *rest), ("", *operand.signs[width:]))

    def derivative(self, operand: Term, variables: tuple[Syntax, ...], span: Span, frame: Frame) -> Term:
        """The derivative of `operand` by each of `variables`, the last one first."""
        terms = [self._variable(variable, frame) for variable in variables]
        for variable in terms:
            bare = variable.operand if isinstance(variable, TransposeTerm) else variable
            bare = bare.base if isinstance(bare, PowerTerm) else bare
            assert isinstance(bare, NameTerm)
            self._check_entry(operand, bare.name, span)
            self.resolver.differentiated.add(bare.name)
            for letter in free_letters(bare):
                if letter in bound_letters(operand):
                    self.resolver.note(
                        f"the index {letter} of the derivative is told apart from the one that is summed over"
                    )
        plain = [v.operand if isinstance(v, TransposeTerm) else v for v in terms]
        if len(terms) == 2 and (_same(variables[0], variables[1]) or isinstance(terms[1], TransposeTerm)):
            given = self._given(operand, plain[0], span, frame)
            return (
                HessianTerm(span, operand, plain[0])
                if given is None
                else DerivativeTerm(span, given, plain[0])
            )
        for variable in reversed(terms):
            if isinstance(variable, PowerTerm):
                operand = self._by_square(operand, variable, span)
                continue
            if isinstance(variable, TransposeTerm):
                raise Unreadable(span, "a derivative by a transposed name is read only in a Hessian")
            self._check_mixed(operand, variable, span)
            operand = self._given(operand, variable, span, frame) or DerivativeTerm(span, operand, variable)
        return operand

    def _check_entry(self, operand: Term, name: str, span: Span) -> None:
        """A theta_1 that stands nowhere in the operand, where theta does, may well be an entry of it."""
        base, _, number = name.rpartition("_")
        specs = self.resolver.vocabulary.specs
        if not base or not number.isdigit() or depends_on(operand, specs, frozenset({name})):
            return
        if depends_on(operand, specs, frozenset({base, f"{base}^"})):
            raise Unreadable(
                span, f"is {name} an entry of {base}, or a name of its own? Declare {base} as a vector"
            )

    def _by_square(self, operand: Term, variable: PowerTerm, span: Span) -> Term:
        """The derivative by ``\\sigma^2``, by the chain rule."""
        self.resolver.note("the derivative by a square is that by the number, over twice the number")
        twice = MultiplyTerm(span, (NumberTerm(span, Fraction(2)), variable.base))
        return DivideTerm(span, DerivativeTerm(span, operand, variable.base), twice)

    def primed_by(self, operand: Term, node: Scripted, frame: Frame) -> Syntax:
        """What a prime on a bracket differentiates by: the line's variable, or the one name in it."""
        if frame.variable is not None:
            by = names_in(self.resolver.resolve(frame.variable, frame))
            if depends_on(operand, self.resolver.vocabulary.specs, frozenset(by)):
                self.resolver.note("a prime on a bracket differentiates by what the line differentiates by")
                return frame.variable
        symbols = {name_of(part): part for part in walk(node.base) if isinstance(part, Symbol)}
        functions = self.resolver.vocabulary.is_function
        names = {n: s for n, s in symbols.items() if n not in ("e", None) and not functions(n or "")}
        if len(names) != 1:
            raise Unreadable(node.span, "by what does this prime differentiate? Write \\frac{d}{dz}")
        self.resolver.note("a prime on a bracket differentiates by the one name in it")
        return next(iter(names.values()))

    def by_the_one_name(self, term: Term, node: Scripted, frame: Frame) -> Term:
        """``y'`` of a y that a document defines: by the one name that y is made of."""
        names = free_names(term, self.resolver.vocabulary.specs)
        if len(names) != 1 or " " in (name := next(iter(names))):
            raise Unreadable(node.span, "by what does this prime differentiate? Write \\frac{d}{dz}")
        self.resolver.note(f"the prime differentiates by {name}")
        return self.derivative(term, (Symbol(node.span, name),), node.span, frame)

    def _check_mixed(self, operand: Term, variable: Term, span: Span) -> None:
        """Two equations for the derivatives of one name need not fit; a mixed derivative would tell."""
        gradients = self.resolver.vocabulary.gradients
        if not isinstance(operand, NameTerm) or not isinstance(variable, NameTerm):
            return
        if any(operand.name == name and variable.name != by for (_, by), (name, _) in gradients.items()):
            raise Unreadable(span, "a mixed derivative of a name that only equations explain is not read")

    def _given(self, operand: Term, variable: Term, span: Span, frame: Frame) -> Term | None:
        """The derivative of a name that only an equation for it explains."""
        if not isinstance(operand, NameTerm) or not isinstance(variable, NameTerm):
            return None
        name, count = self.resolver.vocabulary.gradients.get((operand.name, variable.name), ("", 0))
        if not name:
            return None
        if len(variable.indices) > count:
            return EntryTerm(
                span, self.resolver.reference(name, operand.indices, span, frame), variable.indices
            )
        return self.resolver.reference(name, (*operand.indices, *variable.indices), span, frame)

    def _variable(self, node: Syntax, frame: Frame) -> Term:
        found = self.resolver.resolve(node, frame)
        inner = found.operand if isinstance(found, TransposeTerm) else found
        if isinstance(inner, SizeTerm):
            raise Unreadable(node.span, f"{inner.name} is a size: it cannot be differentiated by")
        square = isinstance(inner, PowerTerm) and isinstance(inner.base, NameTerm)
        if square and isinstance(inner, PowerTerm) and isinstance(inner.exponent, NumberTerm):
            square = inner.exponent.value == 2
        if not isinstance(inner, NameTerm) and not square:
            raise Unreadable(node.span, "only a name or its square can be differentiated by")
        return found

    def with_slashed(self, node: Juxtaposition) -> Juxtaposition:
        """`node` with every ``dL/dz`` in it as one derivative."""
        factors: list[Syntax] = []
        signs: list[str] = []
        position = 0
        while position < len(node.factors):
            signs.append(node.signs[position])
            found, width = self._slashed_derivative(node, position)
            factors.append(found or node.factors[position])
            position += width
        return (
            node
            if len(factors) == len(node.factors)
            else Juxtaposition(node.span, tuple(factors), tuple(signs))
        )

    def with_operator(self, node: Juxtaposition) -> Juxtaposition:
        """`node` with ``D_\\theta J`` in it as a derivative, unless the document has a D of its own."""
        vocabulary = self.resolver.vocabulary
        for position, factor in enumerate(node.factors[:-1]):
            if (
                not isinstance(factor, Scripted)
                or name_of(factor.base) != "D"
                or factor.superscript is not None
            ):
                continue
            by, behind = factor.subscript, node.factors[position + 1]
            if by is None or vocabulary.specs.get("D") is not None or vocabulary.survey.usage("D").bare:
                continue
            base = by.base if isinstance(by, Scripted) else by
            if name_of(base) in PARAMETERS:
                rest = Juxtaposition(
                    node.span, node.factors[position + 1 :], ("", *node.signs[position + 2 :])
                )
                operand = rest.factors[0] if len(rest.factors) == 1 else rest
                factors = (*node.factors[:position], Operator(node.span, (by,), operand))
                return Juxtaposition(node.span, factors, node.signs[: position + 1])
            if vocabulary.is_function(name_of(behind) or ""):
                raise Unreadable(factor.span, "is this a derivative? Write \\frac{\\partial}{\\partial w_k}")
        return node

    def _slashed_derivative(self, node: Juxtaposition, start: int) -> tuple[Operator | None, int]:
        """The derivative that begins at factor `start`, and how many factors it takes."""
        factors, signs = node.factors, node.signs
        if not self._is_differential(factors[start]):
            return None, 1
        slash = next((n for n in range(start + 1, len(factors)) if signs[n] == "slash"), None)
        if slash is None or not 2 <= slash - start <= 3 or slash + 1 >= len(factors):
            return None, 1
        if not self._is_differential(factors[slash]) or any(signs[start + 1 : slash]) or signs[slash + 1]:
            return None, 1
        if slash + 2 < len(factors) and not signs[slash + 2]:
            raise Unreadable(node.span, "where does this derivative end? Write it with \\frac")
        above = factors[start + 1 : slash]
        span = Span(factors[start].span.start, factors[slash + 1].span.end)
        operand = above[0] if len(above) == 1 else Juxtaposition(span, above, ("",) * len(above))
        return Operator(span, (factors[slash + 1],), operand), slash + 2 - start

    def _is_differential(self, node: Syntax) -> bool:
        if not isinstance(node, Symbol) or node.name not in ("d", "partial") or node.accent:
            return False
        vocabulary = self.resolver.vocabulary
        return node.name == "partial" or not (vocabulary.is_size("d") or "d" in vocabulary.specs)

    def reach(self, operand: Syntax, variable: Syntax, frame: Frame) -> int | None:
        """How many factors of `operand` a derivative sign takes; None for all of them.

        A bracket behind the sign is what is differentiated, if it depends on the variable at all; factors
        that do not depend on it make no difference. Where two parts depend on it and nothing else tells,
        this raises.
        """
        if not isinstance(operand, Juxtaposition) or len(operand.factors) < 2:
            return None
        factors, signs = self.resolver.products.applied(operand)
        widths = [2 if isinstance(factor, Application) else 1 for factor in factors]
        depends = [self.depends(factor, variable, frame) for factor in factors]
        joined = [False, *(self._is_transposed(factor) for factor in factors[:-1])]
        if self._is_bracket(factors[0]) and depends[0] and len(factors) > 1 and not joined[1]:
            if not signs[1] and self._is_bracket(factors[1]) and depends[1]:
                raise Unreadable(
                    operand.span, "how far does this derivative reach? Put what is differentiated in brackets"
                )
            return widths[0]
        breaks = [
            n
            for n in range(1, len(factors))
            if not joined[n] and (signs[n] in ("cdot", "times") or self._is_bracket(factors[n]))
        ]
        for position in breaks:
            if any(depends[:position]) and any(depends[position:]):
                raise Unreadable(
                    operand.span, "how far does this derivative reach? Put what is differentiated in brackets"
                )
        return None

    def _before_a_vector(self, operand: Syntax, variable: Syntax, frame: Frame) -> int | None:
        """The Hessian of J in ``\\nabla^2 J(\\theta) v``: what does not depend on theta is multiplied."""
        if not isinstance(operand, Juxtaposition) or len(operand.factors) < 3:
            return None
        factors, signs = self.resolver.products.applied(operand)
        first, *rest = factors
        plain = isinstance(first, Application) and not any(signs[1:])
        return None if not plain or any(self.depends(f, variable, frame) for f in rest) else 2

    def _is_bracket(self, factor: Application | Syntax) -> bool:
        if isinstance(factor, Application):
            return False
        return isinstance(factor.base if isinstance(factor, Scripted) else factor, Group)

    def _is_transposed(self, factor: Application | Syntax) -> bool:
        """Whether a factor belongs to the next one: ``(Xw - y)^\\top (Xw - y)`` is one product."""
        if isinstance(factor, Application):
            return False
        return isinstance(factor, Scripted) and any(
            is_transpose(p) for p in superscript_parts(factor.superscript)
        )

    def depends(self, factor: Application | Syntax, variable: Syntax, frame: Frame) -> bool:
        """Whether a factor or term depends on the variable, as far as names tell."""
        resolver = self.resolver
        try:
            if isinstance(factor, Application):
                term = self.resolver.calls.application(factor, frame)
            else:
                term = resolver.resolve(factor, replace(frame, variable=variable))
            by = names_in(resolver.resolve(variable, frame))
        except Unreadable:
            return True
        return depends_on(term, resolver.vocabulary.specs, frozenset(by))

    def variable_of(self, operand: Syntax, span: Span) -> Syntax:
        """By what a nabla without subscript differentiates: the one argument of the function behind it."""
        if isinstance(operand, Operator) and operand.operand is not None:
            return operand.variables[0] if operand.variables else self.variable_of(operand.operand, span)
        if isinstance(operand, Juxtaposition) and len(operand.factors) >= 2:
            found = application_of(
                operand.factors[0], operand.factors[1], self.resolver.vocabulary.is_function
            )
            if found is not None and len(arguments_of(found.group)) == 1:
                return arguments_of(found.group)[0]
        base = operand.base if isinstance(operand, Scripted) else operand
        name = name_of(base)
        function = self.resolver.vocabulary.functions.get(self.resolver.vocabulary.current(name or ""))
        if function is not None and len(function.formals) == 1:
            return function.formals[0]
        if self.resolver.usual_variable is not None:
            self.resolver.note("the gradient is taken by what the document's other gradients are taken by")
            return self.resolver.usual_variable
        raise Unreadable(span, "by what is this differentiated? Write \\nabla_\\theta")


def _same(left: Syntax, right: Syntax) -> bool:
    return skeleton(left) == skeleton(right)


def _parted(node: Juxtaposition, count: int) -> tuple[Syntax, Juxtaposition]:
    """The first `count` factors, and the others."""
    first = (
        node.factors[0] if count == 1 else Juxtaposition(node.span, node.factors[:count], node.signs[:count])
    )
    return first, Juxtaposition(node.span, node.factors[count:], node.signs[count:])
