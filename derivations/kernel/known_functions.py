"""Functions that are opaque to the normal form and yet have a value: pi, the normal distribution, factorials.

``Phi`` is a number strictly between 0 and 1 with ``Phi(-t) = 1 - Phi(t)``: its odds are an atom that turns
over with the sign of its argument. ``Phi'(t) = exp(-t^2/2) / sqrt(2 pi)``, and further by Hermite.
Of ``log t!`` only the values at small whole numbers are known; its derivatives stay opaque.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from types import MappingProxyType

from flint import arb, fmpq

from derivations.kernel.atoms import ApplyAtom, FrozenRational
from derivations.kernel.exponentials import exponential, logarithm, rational_power
from derivations.kernel.finite import interpolate
from derivations.kernel.rational import Rational
from derivations.kernel.sign import POSITIVE
from derivations.kernel.workspace import Workspace
from derivations.language.functions import LOG_FACTORIAL, NORMAL_DISTRIBUTION, PI

LARGEST_FACTORIAL = 20
ODDS = f"odds of {NORMAL_DISTRIBUTION}"


@dataclass(frozen=True, slots=True)
class KnownFunction:
    """A function, or a derivative of one: its value, and its normal form at normal forms."""

    value: Callable[[Sequence[int], Sequence[arb]], arb]
    normal: Callable[[Sequence[int], Sequence[Rational], Workspace], Rational]


def pi(orders: Sequence[int], arguments: Sequence[Rational], work: Workspace) -> Rational:
    """The number pi."""
    return work.field.atom(work.field.table.make(ApplyAtom, PI.name, (), (), sign=POSITIVE))


def normal_distribution(orders: Sequence[int], arguments: Sequence[Rational], work: Workspace) -> Rational:
    """Phi of one argument, or its derivative of order ``orders[0]``."""
    (order,), (argument,) = orders, arguments
    if order:
        return interpolate(argument, lambda branch: _density(branch, order - 1, work), work)
    return interpolate(argument, lambda branch: _share(branch, work), work)


def _share(argument: Rational, work: Workspace) -> Rational:
    odds = odds_of_normal((), (argument,), work)
    return odds * (odds + work.field.constant(1)).inverse()


def odds_of_normal(orders: Sequence[int], arguments: Sequence[Rational], work: Workspace) -> Rational:
    """``Phi(t) / Phi(-t)``."""
    (argument,) = arguments
    here, turned = argument.key, argument.scaled(-1).key
    if argument.is_zero:
        return work.field.constant(1)
    return _odds_atom(turned, work).inverse() if turned < here else _odds_atom(here, work)


def _odds_atom(argument: FrozenRational, work: Workspace) -> Rational:
    return work.field.atom(work.field.table.make(ApplyAtom, ODDS, (), (argument,), sign=POSITIVE))


def _density(argument: Rational, order: int, work: Workspace) -> Rational:
    """The derivative of the given order of ``exp(-t^2/2) / sqrt(2 pi)``."""
    square = (argument * argument).scaled(Fraction(-1, 2))
    scale = rational_power(pi((), (), work).scaled(2), Fraction(-1, 2), work)
    before, factor = work.field.constant(0), work.field.constant(1)
    for n in range(order):
        before, factor = factor, (argument * factor + before.scaled(n)).scaled(-1)
    return factor * exponential(square, work) * scale


def log_factorial(orders: Sequence[int], arguments: Sequence[Rational], work: Workspace) -> Rational:
    """``log t!``, or its derivative of order ``orders[0]``."""
    (order,), (argument,) = orders, arguments

    def atom(branch: Rational) -> Rational:
        number = branch.number
        if not order and number is not None and number.denominator == 1 and 0 <= number <= LARGEST_FACTORIAL:
            return logarithm(work.field.constant(factorial(int(number))), work)
        return work.field.atom(work.field.table.make(ApplyAtom, LOG_FACTORIAL, (order,), (branch.key,)))

    return interpolate(argument, atom, work)


def _log_factorial_value(orders: Sequence[int], arguments: Sequence[arb]) -> arb:
    """Not a number where the argument is -1 or less, and for derivatives."""
    return arb("nan") if any(orders) else (arguments[0] + 1).lgamma()


def _pi_value(orders: Sequence[int], arguments: Sequence[arb]) -> arb:
    return arb.pi()


def _normal_value(orders: Sequence[int], arguments: Sequence[arb]) -> arb:
    (order,), (argument,) = orders, arguments
    if not order:
        return (-argument / arb(2).sqrt()).erfc() / 2
    before, factor = arb(0), arb(1)
    for n in range(order - 1):
        before, factor = factor, -(argument * factor + before * n)
    return factor * (-(argument**2) / 2).exp() / (2 * arb.pi()).sqrt()


KNOWN: Mapping[str, KnownFunction] = MappingProxyType(
    {
        PI.name: KnownFunction(_pi_value, pi),
        NORMAL_DISTRIBUTION: KnownFunction(_normal_value, normal_distribution),
        LOG_FACTORIAL: KnownFunction(_log_factorial_value, log_factorial),
    }
)

INNER: Mapping[str, Callable[[Sequence[int], Sequence[Rational], Workspace], Rational]] = MappingProxyType(
    {PI.name: pi, ODDS: odds_of_normal, LOG_FACTORIAL: log_factorial}
)
"""How the atoms that these functions become are made anew."""


def known_value(name: str, orders: Sequence[int], arguments: Sequence[fmpq | arb]) -> arb:
    """The value of a known function."""
    return KNOWN[name].value(orders, [arb(argument) for argument in arguments])
