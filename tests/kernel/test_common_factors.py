"""Common factors in many variables: the same as FLINT finds in all of them at once."""

from __future__ import annotations

import pytest
from flint import fmpq_mpoly, fmpq_mpoly_ctx
from hypothesis import given
from hypothesis import strategies as st

from derivations.kernel.budget import Budget, BudgetExceeded
from derivations.kernel.common_factors import FEW, common_factor

RING = fmpq_mpoly_ctx.get([f"v{place}" for place in range(FEW + 2)], "degrevlex")
VARIABLES = RING.gens()

powers = st.lists(st.integers(0, 2), min_size=3, max_size=3)
polynomials = st.lists(st.tuples(powers, st.integers(-3, 3)), min_size=1, max_size=3)
monomials = st.lists(st.integers(0, 2), min_size=len(VARIABLES), max_size=len(VARIABLES))


def monomial(exponents: list[int]) -> fmpq_mpoly:
    return RING.from_dict({tuple(exponents): 1})


def joined(drawn: list[tuple[list[int], int]]) -> fmpq_mpoly:
    """A polynomial in three products of powers of the variables: a third of them each."""
    parts = [
        [0 if place % 3 != part else 1 + place // 3 for place in range(len(VARIABLES))] for part in range(3)
    ]
    total = RING.from_dict({})
    for exponents, coefficient in drawn:
        row = [
            sum(e * part[place] for e, part in zip(exponents, parts, strict=True))
            for place in range(len(VARIABLES))
        ]
        total += coefficient * monomial(row)
    return total


@given(polynomials, polynomials, polynomials, monomials, monomials)
def test_the_factor_is_the_one_of_all_variables(first, second, shared, above, below) -> None:
    numerator = joined(first) * joined(shared) * monomial(above)
    denominator = joined(second) * joined(shared) * monomial(below)
    if not numerator or not denominator:
        return
    found, expected = common_factor(numerator, denominator, Budget()), numerator.gcd(denominator)
    ratio, rest = divmod(found, expected)
    assert rest == 0
    assert ratio.is_constant()


def test_variables_that_do_not_go_together_are_limited() -> None:
    total = sum(VARIABLES, start=RING.from_dict({}))
    with pytest.raises(BudgetExceeded, match="variables of a common factor"):
        common_factor(total, total + 1, Budget(variables=FEW))


def test_powers_of_hundreds_of_variables_are_reduced() -> None:
    """A claim of the random ones that FLINT alone does not end: 8 and 6 terms in 157 variables."""
    ring = fmpq_mpoly_ctx.get([f"v{place}" for place in range(150)], "degrevlex")
    bases = [
        ring.from_dict({tuple((place % 5 + 1) * (place % 9 == part) for place in range(150)): 1})
        for part in range(9)
    ]
    first, second = sum(bases, start=ring.from_dict({})) + 1, bases[0] * bases[1] + bases[2] - 3
    shared = bases[3] ** 2 + 2 * bases[4] - bases[5]
    found = common_factor(first * shared, second * shared, Budget())
    assert divmod(found, shared)[0].is_constant()
