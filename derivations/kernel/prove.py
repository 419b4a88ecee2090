"""Proving a claim: both sides have one normal form wherever they are defined."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.kernel.assumptions import facts_of
from derivations.kernel.budget import Budget, BudgetExceeded, Unsupported
from derivations.kernel.chances import is_zero
from derivations.kernel.conditions import Condition
from derivations.kernel.normal_form import normal_form
from derivations.kernel.rational import Rational
from derivations.kernel.strengthening import strengthened
from derivations.kernel.workspace import Facts, Scope, Workspace
from derivations.language.context import Context
from derivations.language.definitions import presuppositions, unfold
from derivations.language.derivation import Claim
from derivations.language.nodes import Expression
from derivations.language.substitution import replace_indices

__all__ = ["Budget", "BudgetExceeded", "Condition", "Proof", "Unsupported", "prove"]


@dataclass(frozen=True, slots=True)
class Proof:
    """The claim holds wherever `conditions` do; with none, for all values that the declarations allow."""

    conditions: tuple[Condition, ...] = ()
    products: int = 0
    """The work it took, in products of monomials."""


def prove(claim: Claim, context: Context, budget: Budget | None = None) -> Proof | None:
    """A proof of `claim`, or None when the procedure finds none.

    Raises `BudgetExceeded` when the work grows too large, `Unsupported` where no rule covers what the claim
    uses, and the language's `ContextError` or `DifferentiationError` where its meaning is not certain.

    Guarantees: a proof is given only if the two sides agree at every point within the declarations and
    assumptions at which the conditions hold, and both sides are defined there. None says nothing.
    """
    if claim.relation != "=":
        raise Unsupported(f"the relation {claim.relation}")
    try:
        return _prove(claim, context, budget or Budget())
    except RecursionError:
        raise BudgetExceeded("nesting") from None


def _prove(claim: Claim, context: Context, budget: Budget) -> Proof | None:
    raw = (claim.left, claim.right)
    opened = [unfold(side, context) for side in raw]
    supposed = [body for side in raw for body in presuppositions(side, context)]
    renaming, facts = facts_of(claim, [*opened, *supposed], context)
    left, right = (replace_indices(side, renaming) for side in opened)
    bodies = tuple(dict.fromkeys(replace_indices(body, renaming) for body in supposed))
    equation = _Equation(left, right, bodies, facts)
    equal, work = equation.attempt(context, budget)
    conditions, products = tuple(work.conditions), work.meter.products
    if not equal and conditions:
        stronger, assumed = strengthened(context, conditions, (left, right, *bodies))
        if assumed:
            equal, work = equation.attempt(stronger, budget)
            conditions, products = (*assumed, *work.conditions), products + work.meter.products
    return Proof(conditions, products) if equal else None


@dataclass(frozen=True, slots=True)
class _Equation:
    """An opened claim: its sides, what must be defined besides them, and its assumptions."""

    left: Expression
    right: Expression
    supposed: tuple[Expression, ...]
    facts: Facts

    def attempt(self, context: Context, budget: Budget) -> tuple[bool, Workspace]:
        """Whether the sides have one normal form under `context`, and the conditions that were met."""
        work = Workspace(context, self.facts, budget)

        def normal(expression: Expression) -> Rational:
            return normal_form(expression, Scope(), work)

        if not is_zero(normal(self.left) - normal(self.right), work):
            return False, work
        for body in self.supposed:
            normal(body)
        return True, work
