"""Which values a name takes of which two things are said: "positive", and "an entry of a distribution".

``v != 0`` says of a number that it is not 0, of a vector that not all its entries are 0, and of a matrix no
more than that. While it is not known what v is, it is a row that is not 0.
"""

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
    frozenset({Domain.NONZERO, Domain.NONZERO_ROW}): Domain.NONZERO,
    frozenset({Domain.NONZERO_ROW, Domain.POSITIVE}): Domain.POSITIVE,
    frozenset({Domain.NONZERO_ROW, Domain.NEGATIVE}): Domain.NEGATIVE,
    frozenset({Domain.NONZERO, Domain.NEGATIVE}): Domain.NEGATIVE,
    frozenset({Domain.NONZERO, Domain.NONPOSITIVE}): Domain.NEGATIVE,
}
"""Two things said of one name that hold together as one."""


def of_rank(domain: Domain, rank: int) -> Domain:
    """What is said of a name with so many axes, no more than that."""
    if domain is Domain.NONZERO_ROW:
        return {0: Domain.NONZERO, 1: domain}.get(rank, Domain.REAL)
    # The rows of a matrix that are said not to be 0, or all its entries: the rows are not in both cases.
    return Domain.NONZERO_ROW if domain is Domain.NONZERO and rank > 1 else domain
