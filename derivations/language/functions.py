"""The functions that everyone knows, as definitions over exp and log: folded for people, open for proof."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from derivations.language.declarations import Definition, Parameter
from derivations.language.indices import IndexSet, IndexVariable
from derivations.language.nodes import (
    MINUS_ONE,
    ONE,
    Abstraction,
    Add,
    Apply,
    Call,
    Entry,
    Exp,
    Expression,
    Log,
    Multiply,
    Power,
    Sum,
    add,
    divide,
    negate,
    number,
    subtract,
)

_t = Entry("t")
_HALF = number(Fraction(1, 2))

PI = Apply("pi (number)", (), ())
"""The number pi, of which the kernel knows the value."""

NORMAL_DISTRIBUTION = "normal_cdf"
"""The opaque function of one argument of which the kernel knows that it is the normal distribution."""

LOG_FACTORIAL = "log_factorial"
"""The opaque function of one argument of which the kernel knows that it is ``log t!``, for ``t > -1``."""


def _scalar(name: str, body: Expression) -> Definition:
    return Definition(name, body, parameters=(Parameter("t"),))


SCALAR_FUNCTIONS: Mapping[str, Definition] = MappingProxyType(
    {
        row.name: row
        for row in (
            _scalar("sigma", Power(Add((ONE, Exp(negate(_t)))), MINUS_ONE)),
            _scalar("softplus", Log(Add((ONE, Exp(_t))))),
            _scalar("logit", Log(divide(_t, subtract(ONE, _t)))),
            _scalar("sinh", Multiply((_HALF, subtract(Exp(_t), Exp(negate(_t)))))),
            _scalar("cosh", Multiply((_HALF, add(Exp(_t), Exp(negate(_t)))))),
            _scalar(
                "tanh",
                divide(subtract(Exp(_t), Exp(negate(_t))), add(Exp(_t), Exp(negate(_t)))),
            ),
            _scalar("sqrt", Power(_t, _HALF)),
            _scalar("abs", Power(Power(_t, number(2)), _HALF)),
            _scalar("relu", Multiply((_HALF, add(_t, Power(Power(_t, number(2)), _HALF))))),
            _scalar(
                "normal_density",
                divide(
                    Exp(Multiply((number(Fraction(-1, 2)), _t, _t))), Power(Multiply((number(2), PI)), _HALF)
                ),
            ),
            _scalar(NORMAL_DISTRIBUTION, Apply(NORMAL_DISTRIBUTION, (_t,), (0,))),
            _scalar("factorial", Exp(Apply(LOG_FACTORIAL, (_t,), (0,)))),
        )
    }
)
"""One row a function: its name and its meaning, with the argument called t."""


def softmax(index_set: IndexSet) -> Definition:
    """``softmax(t)[k] = exp(t[k]) / sum_c exp(t[c])`` over `index_set`."""
    k, c = IndexVariable("k", index_set), IndexVariable("c", index_set)
    body = divide(Exp(Entry("t", (k,))), Sum(c, Exp(Entry("t", (c,)))))
    return Definition(f"softmax[{index_set}]", body, (k,), (Parameter("t", (index_set,)),))


def logsumexp(index_set: IndexSet) -> Definition:
    """``logsumexp(t) = log sum_c exp(t[c])`` over `index_set`."""
    c = IndexVariable("c", index_set)
    body = Log(Sum(c, Exp(Entry("t", (c,)))))
    return Definition(f"logsumexp[{index_set}]", body, (), (Parameter("t", (index_set,)),))


def maximum(left: Expression, right: Expression) -> Expression:
    """The larger one of two numbers, ``(a + b + abs(a - b))/2``; has no derivative where they are equal."""
    return Multiply((_HALF, add(left, right, call_scalar("abs", subtract(left, right)))))


def minimum(left: Expression, right: Expression) -> Expression:
    """The smaller one of two numbers, ``(a + b - abs(a - b))/2``; has no derivative where they are equal."""
    return Multiply((_HALF, add(left, right, negate(call_scalar("abs", subtract(left, right))))))


def call_scalar(name: str, argument: Expression) -> Call:
    """The folded ``name(argument)``."""
    return Call(name, (), (Abstraction((), argument),))
