"""Proving a claim: both sides have one normal form wherever they are defined."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.kernel.budget import Budget, BudgetExceeded, Unsupported
from derivations.kernel.conditions import Condition
from derivations.language.context import Context
from derivations.language.derivation import Claim

__all__ = ["Budget", "BudgetExceeded", "Condition", "Proof", "Unsupported", "prove"]


@dataclass(frozen=True, slots=True)
class Proof:
    """The claim holds wherever `conditions` do; with none, for all values that the declarations allow."""

    conditions: tuple[Condition, ...] = ()


def prove(claim: Claim, context: Context, budget: Budget | None = None) -> Proof | None:
    """A proof of `claim`, or None when the procedure finds none.

    Raises `BudgetExceeded` when the work grows too large, `Unsupported` where no rule covers what the claim
    uses, and the language's `ContextError` or `DifferentiationError` where its meaning is not certain.

    Guarantees: a proof is given only if the two sides agree at every point within the declarations and
    assumptions at which the conditions hold, and both sides are defined there. None says nothing.
    """
    raise Unsupported("equalities")
