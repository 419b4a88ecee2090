"""Which values a name takes of which two things are said: "positive", and "an entry of a distribution"."""

from __future__ import annotations

from collections.abc import Mapping

from derivations.language import Domain

MERGED: Mapping[frozenset[Domain], Domain] = {
    frozenset({Domain.BIT, Domain.ONE_HOT}): Domain.ONE_HOT,
    frozenset({Domain.BIT, Domain.SUM_ONE}): Domain.ONE_HOT,
    frozenset({Domain.SUM_ONE, Domain.ONE_HOT}): Domain.ONE_HOT,
    frozenset({Domain.UNIT, Domain.SUM_ONE}): Domain.PROBABILITIES,
    frozenset({Domain.POSITIVE, Domain.SUM_ONE}): Domain.PROBABILITIES,
    frozenset({Domain.UNIT, Domain.PROBABILITIES}): Domain.PROBABILITIES,
    frozenset({Domain.POSITIVE, Domain.PROBABILITIES}): Domain.PROBABILITIES,
    frozenset({Domain.SUM_ONE, Domain.PROBABILITIES}): Domain.PROBABILITIES,
    frozenset({Domain.UNIT, Domain.POSITIVE}): Domain.UNIT,
    frozenset({Domain.NONNEGATIVE, Domain.POSITIVE}): Domain.POSITIVE,
    frozenset({Domain.NONZERO, Domain.POSITIVE}): Domain.POSITIVE,
    frozenset({Domain.NONZERO, Domain.NONNEGATIVE}): Domain.POSITIVE,
    frozenset({Domain.NONPOSITIVE, Domain.NEGATIVE}): Domain.NEGATIVE,
    frozenset({Domain.NONZERO, Domain.NEGATIVE}): Domain.NEGATIVE,
    frozenset({Domain.NONZERO, Domain.NONPOSITIVE}): Domain.NEGATIVE,
}
"""Two things said of one name that hold together as one."""
