"""The sigmoid and softplus as functions that SymPy differentiates into each other, and rules that find them.

A formula that is written with them, and derived by their own rules, loses no digits in the tails: 1 minus a
sigmoid becomes the sigmoid of the opposite score, never a difference. Every rule is an equality that the
kernel proves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import sympy
from sympy import cosh, exp, log, sinh, tanh
from sympy.core.function import AppliedUndef

from derivations.catalogue.symbols import data, parameter
from derivations.language.context import Context
from derivations.language.functions import SCALAR_FUNCTIONS

if TYPE_CHECKING:
    from derivations.kernel import Verdict


SymPyFunction = Any
"""A class of SymPy's, which has no types."""


def _positive_function(name: str, meaning: str, slope: Callable[[sympy.Expr], sympy.Expr]) -> SymPyFunction:
    """A SymPy function of one real argument with positive values and the derivative `slope`."""

    def fdiff(self: sympy.Function, argindex: int = 1) -> sympy.Expr:
        return slope(self.args[0])

    rows = {"__doc__": meaning, "nargs": 1, "is_extended_real": True, "is_positive": True, "fdiff": fdiff}
    return type(name, (sympy.Function,), rows)


Sigmoid: SymPyFunction = _positive_function(
    "Sigmoid", "``1 / (1 + exp(-z))``", lambda z: Sigmoid(z) * Sigmoid(-z)
)
Softplus: SymPyFunction = _positive_function("Softplus", "``log(1 + exp(z))``", lambda z: Sigmoid(z))


def opened(expression: sympy.Expr) -> sympy.Expr:
    """`expression` in exponentials and logarithms only, as the kernel is asked."""
    written = expression.replace(Softplus, lambda z: log(1 + exp(z)))
    return written.replace(Sigmoid, lambda z: 1 / (1 + exp(-z)))


@dataclass(frozen=True, slots=True)
class Rule:
    """``left = right`` for any real values of the wild symbols."""

    name: str
    left: sympy.Expr
    right: sympy.Expr
    rewrite: Callable[[sympy.Expr], sympy.Expr] | None = None
    """How the rule is applied where SymPy's own matching does not do."""

    def __call__(self, expression: sympy.Expr) -> sympy.Expr:
        """`expression` with what the rule matches rewritten."""
        return self.rewrite(expression) if self.rewrite else expression.replace(self.left, self.right)

    def certify(self) -> Verdict:
        """The kernel's verdict on the rule."""
        from derivations.kernel import judge
        from derivations.language.sympy_bridge import claim_from_sympy

        context = Context().with_rows(*HYPERBOLIC, parameter("z"), data("n"))
        left, right = (opened(side).xreplace(_CERTIFIED) for side in (self.left, self.right))
        return judge(claim_from_sympy(left, right, context), context)


HYPERBOLIC = tuple(SCALAR_FUNCTIONS[name] for name in ("tanh", "sinh", "cosh"))
"""The functions besides exponentials and logarithms that a loss may have."""

_a, _n = sympy.Wild("a"), sympy.Wild("n")
_CERTIFIED = dict(zip((_a, _n), sympy.symbols("z n", real=True), strict=True))


def _powers(expression: sympy.Expr) -> sympy.Expr:
    """``(1 + exp(a)) ** -n`` as a power of a sigmoid; a Wild for n would match 1 as well."""

    def matches(part: sympy.Basic) -> bool:
        if not (part.is_Pow and part.exp.could_extract_minus_sign() and part.base.is_Add):
            return False
        rest = part.base - 1
        return isinstance(rest, exp)

    return expression.replace(matches, lambda part: Sigmoid(-(part.base - 1).args[0]) ** -part.exp)


def _odds(expression: sympy.Expr) -> sympy.Expr:
    """``exp(a) sigmoid(-a)`` within a product of any factors."""

    def rewritten(*factors: sympy.Expr) -> sympy.Expr:
        for growth in factors:
            if isinstance(growth, exp) and Sigmoid(-growth.args[0]) in factors:
                rest = [f for f in factors if f not in (growth, Sigmoid(-growth.args[0]))]
                return sympy.Mul(Sigmoid(growth.args[0]), *rest)
        return sympy.Mul(*factors)

    return expression.replace(sympy.Mul, rewritten)


def _tangents(expression: sympy.Expr) -> sympy.Expr:
    """``sinh(a) / cosh(a)`` within a product of any factors and powers, whose quotient would be inf / inf."""

    def rewritten(*factors: sympy.Expr) -> sympy.Expr:
        for above in factors:
            base, power = above.as_base_exp()
            if isinstance(base, sinh):
                below = cosh(base.args[0])
                if any(factor.as_base_exp()[0] == below for factor in factors):
                    rest = sympy.Mul(*(factor for factor in factors if factor != above))
                    return tanh(base.args[0]) ** power * below**power * rest
        return sympy.Mul(*factors)

    return expression.replace(sympy.Mul, rewritten)


def _difference(name: str, taken: sympy.Expr, left_over: sympy.Expr) -> Rule:
    """The rule ``1 - taken = left_over``, applied to any multiple of it."""

    def is_difference(part: sympy.Basic) -> bool:
        return part.is_Add and len(part.args) == 2 and part.args[0].is_Number

    def rewritten(part: sympy.Expr) -> sympy.Expr:
        multiple, rest = part.args
        found = (-rest / multiple).match(taken)
        return part if found is None else multiple * left_over.xreplace(found)

    return Rule(name, 1 - taken, left_over, lambda expression: expression.replace(is_difference, rewritten))


RULES = (
    Rule("sigmoid", (1 + exp(_a)) ** -_n, Sigmoid(-_a) ** _n, _powers),
    Rule("odds", exp(_a) * Sigmoid(-_a), Sigmoid(_a), _odds),
    Rule("tangent", sinh(_a) / cosh(_a), tanh(_a), _tangents),
    _difference("complement", Sigmoid(_a), Sigmoid(-_a)),
    _difference("twice a sigmoid", 2 * Sigmoid(_a), tanh(-_a / 2)),
    _difference("below a tangent", -tanh(_a), 2 * Sigmoid(2 * _a)),
    _difference("above a tangent", tanh(_a), 2 * Sigmoid(-2 * _a)),
    _difference("slope of a tangent", tanh(_a) ** 2, 4 * Sigmoid(2 * _a) * Sigmoid(-2 * _a)),
    Rule("log-cosh", log(cosh(_a)), Softplus(2 * _a) - _a - log(2)),
    Rule("log-sigmoid", log(Sigmoid(_a)), -Softplus(-_a)),
    Rule("softplus", log(1 + exp(_a)), Softplus(_a)),
)
"""The rules in the order in which they are tried."""


def by_name(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    """`rules` keyed by name; raises `ValueError` where two share a name."""
    table: dict[str, Rule] = {}
    for rule in rules:
        if rule.name in table:
            raise ValueError(f"two rules are called {rule.name}")
        table[rule.name] = rule
    return MappingProxyType(table)


REWRITING = by_name(RULES)


def is_sigmoid(part: sympy.Basic) -> bool:
    """Whether `part` is the undefined function ``sigma`` or ``sigmoid`` of one argument."""
    named = isinstance(part, AppliedUndef) and part.func.__name__ in ("sigma", "sigmoid")
    return named and len(part.args) == 1


def stable(expression: sympy.Expr) -> sympy.Expr:
    """`expression` with every part that a rule matches rewritten, until no rule matches.

    Sigmoids of an undefined function ``sigma`` or ``sigmoid`` are the function itself.
    """
    expression = expression.replace(is_sigmoid, lambda part: Sigmoid(*part.args))
    while True:
        rewritten = expression
        for rule in REWRITING.values():
            rewritten = rule(rewritten)
        if rewritten == expression:
            return expression
        expression = rewritten
