"""The derivatives of the functions that everyone knows, one row a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from derivations.language.functions import call_scalar
from derivations.language.nodes import ONE, Expression, Power, multiply, negate, number, subtract

Outer = Callable[[Expression, Expression], Expression]

KNOWN: Mapping[str, Outer] = MappingProxyType(
    {
        "sigma": lambda value, argument: multiply(value, subtract(ONE, value)),
        "softplus": lambda value, argument: call_scalar("sigma", argument),
        "tanh": lambda value, argument: subtract(ONE, Power(value, number(2))),
        "sinh": lambda value, argument: call_scalar("cosh", argument),
        "cosh": lambda value, argument: call_scalar("sinh", argument),
        "normal_cdf": lambda value, argument: call_scalar("normal_density", argument),
        "normal_density": lambda value, argument: negate(multiply(argument, value)),
    }
)
"""The outer derivative of a function, from its value and its argument."""

KNOWN_LATEX = MappingProxyType(
    {
        "sigma": r"\sigma' = \sigma (1 - \sigma)",
        "softplus": r"\operatorname{softplus}' = \sigma",
        "tanh": r"\tanh' = 1 - \tanh^2",
        "sinh": r"\sinh' = \cosh",
        "cosh": r"\cosh' = \sinh",
        "normal_cdf": r"\Phi' = \varphi",
        "normal_density": r"\varphi'(t) = -t \varphi(t)",
    }
)
"""The same for people."""
