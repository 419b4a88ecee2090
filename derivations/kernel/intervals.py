"""Numbers within limits, as what is free in them: a number between 0 and 1 is ``o/(1 + o)`` for odds o > 0.

*Guarantees*: each row takes the values of its parameter to the values of its domain, and hits all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from derivations.kernel.rational import Rational
from derivations.language.declarations import Domain


@dataclass(frozen=True, slots=True)
class Interval:
    """How a number of one domain is made of a parameter of another."""

    parameter: str
    domain: Domain
    value: Callable[[Rational, Rational], Rational]
    """Of the parameter and of 1."""


def _share(odds: Rational, one: Rational) -> Rational:
    return odds * (odds + one).inverse()


def _other_share(odds: Rational, one: Rational) -> Rational:
    return (odds + one).inverse()


def _above(excess: Rational, one: Rational) -> Rational:
    return one + excess


def _below(distance: Rational, one: Rational) -> Rational:
    return one - distance


def _opposite(value: Rational, one: Rational) -> Rational:
    return value.scaled(-1)


INTERVALS: Mapping[Domain, Interval] = {
    Domain.UNIT: Interval("odds of", Domain.POSITIVE, _share),
    Domain.BELOW_ONE: Interval("odds of", Domain.NONNEGATIVE, _share),
    Domain.UP_TO_ONE: Interval("odds against", Domain.NONNEGATIVE, _other_share),
    Domain.ABOVE_ONE: Interval("excess of", Domain.POSITIVE, _above),
    Domain.FROM_ONE: Interval("excess of", Domain.NONNEGATIVE, _above),
    Domain.LESS_THAN_ONE: Interval("distance of", Domain.POSITIVE, _below),
    Domain.AT_MOST_ONE: Interval("distance of", Domain.NONNEGATIVE, _below),
    Domain.NEGATIVE: Interval("opposite of", Domain.POSITIVE, _opposite),
    Domain.NONPOSITIVE: Interval("opposite of", Domain.NONNEGATIVE, _opposite),
}
"""One row a domain; what is between 0 and 1, both included, is in one of two domains: see `HALVES`."""

HALVES = (Domain.BELOW_ONE, Domain.UP_TO_ONE)
"""The domains that are together `Domain.CLOSED_UNIT`."""

PLAIN: Mapping[Domain, Domain] = {
    Domain.UNIT: Domain.POSITIVE,
    Domain.CLOSED_UNIT: Domain.NONNEGATIVE,
    Domain.BELOW_ONE: Domain.NONNEGATIVE,
    Domain.UP_TO_ONE: Domain.POSITIVE,
    Domain.ABOVE_ONE: Domain.POSITIVE,
    Domain.FROM_ONE: Domain.POSITIVE,
    Domain.LESS_THAN_ONE: Domain.REAL,
    Domain.AT_MOST_ONE: Domain.REAL,
}
"""What a number within limits is besides, by its sign alone."""
