"""Functions in SymPy as functions here: known ones by their definitions, undefined ones as opaque."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

import sympy
from sympy.core.function import AppliedUndef

from derivations.language.functions import LOG_FACTORIAL, NORMAL_DISTRIBUTION, PI, maximum, minimum
from derivations.language.nodes import (
    ONE,
    Abstraction,
    Add,
    Apply,
    Call,
    Exp,
    Expression,
    Multiply,
    Number,
    Power,
)
from derivations.language.sympy_reading import BridgeError, Scope, read

FUNCTIONS = ("tanh", "sinh", "cosh", "abs")
"""The functions of SymPy that are definitions here."""


@read.register
def _(expression: AppliedUndef, scope: Scope) -> Expression:
    name = expression.func.__name__
    arguments = tuple(read(argument, scope) for argument in expression.args)
    if name in (PI.name, NORMAL_DISTRIBUTION, LOG_FACTORIAL):
        raise BridgeError(f"an undefined function cannot be called {name}")
    if name in scope.context.definitions:
        return Call(name, (), tuple(Abstraction((), argument) for argument in arguments))
    return Apply(name, arguments, (0,) * len(arguments))


@read.register
def _(expression: sympy.Subs, scope: Scope) -> Expression:
    """``f'(2 r)``: a derivative of an undefined function, taken before its argument is put in."""
    derivative, names, points = expression.args
    places = dict(zip(names, points, strict=True))
    function = derivative.expr if isinstance(derivative, sympy.Derivative) else None
    if not isinstance(function, AppliedUndef) or function.func.__name__ in scope.context.definitions:
        raise BridgeError(f"only derivatives of undefined functions are read at a place, not {expression}")
    bare = [argument for argument in function.args if argument in places]
    orders = {variable: int(count) for variable, count in derivative.variable_count}
    elsewhere = any(argument.has(*names) for argument in function.args if argument not in places)
    if sorted(map(str, bare)) != sorted(map(str, names)) or elsewhere or not set(orders) <= set(places):
        raise BridgeError(f"which arguments of {function} are differentiated in {expression}?")
    arguments = tuple(read(places.get(argument, argument), scope) for argument in function.args)
    return Apply(function.func.__name__, arguments, tuple(orders.get(a, 0) for a in function.args))


@read.register(sympy.tanh)
@read.register(sympy.sinh)
@read.register(sympy.cosh)
@read.register(sympy.Abs)
def _(expression: sympy.Function, scope: Scope) -> Expression:
    return _call(type(expression).__name__.lower(), read(expression.args[0], scope), scope)


def _call(name: str, argument: Expression, scope: Scope) -> Expression:
    if name not in scope.context.definitions:
        raise BridgeError(f"{name} is not defined in the context")
    return Call(name, (), (Abstraction((), argument),))


@read.register(sympy.Max)
@read.register(sympy.Min)
def _(expression: sympy.Basic, scope: Scope) -> Expression:
    _call("abs", ONE, scope)
    choose = maximum if isinstance(expression, sympy.Max) else minimum
    return reduce(choose, [read(argument, scope) for argument in expression.args])


@read.register
def _(expression: sympy.erf, scope: Scope) -> Expression:
    """``erf(t) = 2 Phi(sqrt(2) t) - 1``."""
    root = Power(Number(Fraction(2)), Number(Fraction(1, 2)))
    normal = Apply(NORMAL_DISTRIBUTION, (Multiply((root, read(expression.args[0], scope))),), (0,))
    return Add((Multiply((Number(Fraction(2)), normal)), Number(Fraction(-1))))


@read.register
def _(expression: sympy.factorial, scope: Scope) -> Expression:
    return Exp(Apply(LOG_FACTORIAL, (read(expression.args[0], scope),), (0,)))


@read.register
def _(expression: sympy.gamma, scope: Scope) -> Expression:
    """``Gamma(t) = (t - 1)!``."""
    before = Add((read(expression.args[0], scope), Number(Fraction(-1))))
    return Exp(Apply(LOG_FACTORIAL, (before,), (0,)))


@read.register
def _(expression: sympy.loggamma, scope: Scope) -> Expression:
    before = Add((read(expression.args[0], scope), Number(Fraction(-1))))
    return Apply(LOG_FACTORIAL, (before,), (0,))


@read.register(type(sympy.pi))
def _(expression: sympy.Basic, scope: Scope) -> Expression:
    return PI
