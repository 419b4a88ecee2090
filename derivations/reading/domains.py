"""Several things said of the values of one name, as one domain: ``q > 0`` and ``q \\le 1``.

``v != 0`` says of a number that it is not 0, of a vector that not all its entries are 0, and of a matrix no
more than that. While it is not known what v is, it is a row that is not 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derivations.language import Domain


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of an interval; None where there is none."""

    low: int | None = None
    with_low: bool = False
    high: int | None = None
    with_high: bool = False

    def both(self, other: Limits) -> Limits:
        """What is in both intervals."""
        low, with_low = self.low, self.with_low
        if low is None or (other.low is not None and other.low > low):
            low, with_low = other.low, other.with_low
        elif other.low == low:
            with_low = with_low and other.with_low
        high, with_high = self.high, self.with_high
        if high is None or (other.high is not None and other.high < high):
            high, with_high = other.high, other.with_high
        elif other.high == high:
            with_high = with_high and other.with_high
        return Limits(low, with_low, high, with_high)

    def without_zero(self) -> Limits | None:
        """The interval less the number 0, None if that is none."""
        inside = (self.low is None or self.low < 0) and (self.high is None or self.high > 0)
        with_low = self.with_low and self.low != 0
        with_high = self.with_high and self.high != 0
        return None if inside else Limits(self.low, with_low, self.high, with_high)


LIMITS: Mapping[Domain, Limits] = {
    Domain.POSITIVE: Limits(low=0),
    Domain.NONNEGATIVE: Limits(low=0, with_low=True),
    Domain.NEGATIVE: Limits(high=0),
    Domain.NONPOSITIVE: Limits(high=0, with_high=True),
    Domain.UNIT: Limits(low=0, high=1),
    Domain.CLOSED_UNIT: Limits(low=0, with_low=True, high=1, with_high=True),
    Domain.BELOW_ONE: Limits(low=0, with_low=True, high=1),
    Domain.UP_TO_ONE: Limits(low=0, high=1, with_high=True),
    Domain.ABOVE_ONE: Limits(low=1),
    Domain.FROM_ONE: Limits(low=1, with_low=True),
    Domain.LESS_THAN_ONE: Limits(high=1),
    Domain.AT_MOST_ONE: Limits(high=1, with_high=True),
}
DOMAINS: Mapping[Limits, Domain] = {limits: domain for domain, limits in LIMITS.items()}
"""The domain of each interval that has one."""

PLAIN: Mapping[Domain, Domain | None] = {
    Domain.CLOSED_UNIT: Domain.NONNEGATIVE,
    Domain.BELOW_ONE: Domain.NONNEGATIVE,
    Domain.UP_TO_ONE: Domain.POSITIVE,
    Domain.ABOVE_ONE: Domain.POSITIVE,
    Domain.FROM_ONE: Domain.POSITIVE,
    Domain.LESS_THAN_ONE: None,
    Domain.AT_MOST_ONE: None,
}
"""The sign alone of what is compared with 1."""

_LABELS: Mapping[frozenset[Domain], Domain] = {
    frozenset({Domain.BIT, Domain.ONE_HOT}): Domain.ONE_HOT,
    frozenset({Domain.BIT, Domain.SUM_ONE}): Domain.ONE_HOT,
    frozenset({Domain.SUM_ONE, Domain.ONE_HOT}): Domain.ONE_HOT,
    frozenset({Domain.UNIT, Domain.SUM_ONE}): Domain.PROBABILITIES,
    frozenset({Domain.UP_TO_ONE, Domain.SUM_ONE}): Domain.PROBABILITIES,
    frozenset({Domain.POSITIVE, Domain.SUM_ONE}): Domain.PROBABILITIES,
    frozenset({Domain.SUM_ONE, Domain.PROBABILITIES}): Domain.PROBABILITIES,
    **{
        frozenset({domain, labels}): labels
        for labels in (Domain.BIT, Domain.ONE_HOT)
        for domain in (Domain.CLOSED_UNIT, Domain.NONNEGATIVE, Domain.AT_MOST_ONE)
    },
    **{
        frozenset({domain, Domain.PROBABILITIES}): Domain.PROBABILITIES
        for domain in (
            Domain.UNIT,
            Domain.POSITIVE,
            Domain.CLOSED_UNIT,
            Domain.UP_TO_ONE,
            Domain.AT_MOST_ONE,
            Domain.NONNEGATIVE,
            Domain.NONZERO,
        )
    },
}
"""Two things said of labels and probabilities that hold together as one."""


def together(first: Domain, second: Domain) -> Domain | None:
    """The domain that says as much as two do, None if there is none."""
    if first is second:
        return first
    for one, other in ((first, second), (second, first)):
        limits = LIMITS.get(other)
        if one is Domain.NONZERO and limits is not None:
            rest = limits.without_zero()
            return None if rest is None else DOMAINS.get(rest)
        if one is Domain.NONZERO_ROW and (
            limits is not None or other in (Domain.NONZERO, Domain.PROBABILITIES)
        ):
            return other if limits is None or limits.without_zero() == limits else None
    if first in LIMITS and second in LIMITS:
        return DOMAINS.get(LIMITS[first].both(LIMITS[second]))
    return _LABELS.get(frozenset({first, second}))


def of_rank(domain: Domain, rank: int) -> Domain:
    """What is said of a name with so many axes, no more than that."""
    if domain is Domain.NONZERO_ROW:
        return {0: Domain.NONZERO, 1: domain}.get(rank, Domain.REAL)
    # The rows of a matrix that are said not to be 0, or all its entries: the rows are not in both cases.
    return Domain.NONZERO_ROW if domain is Domain.NONZERO and rank > 1 else domain
