"""Proving a claim: one normal form for both sides, or one sign for their difference, wherever defined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

from derivations.kernel.assumptions import check_names, facts_of
from derivations.kernel.budget import Budget, BudgetExceeded, Unsupported
from derivations.kernel.conditions import Condition
from derivations.kernel.equations import Opened, open_claim
from derivations.kernel.inequalities.goal import Certificate
from derivations.kernel.intervals import HALVES, PLAIN
from derivations.kernel.normal_form import normal_form
from derivations.kernel.rational import Rational
from derivations.kernel.relations import RELATIONS, Shown, shown
from derivations.kernel.sets import shortened_sizes
from derivations.kernel.splitting import cases, same_terms
from derivations.kernel.strengthening import strengthened
from derivations.kernel.workspace import Facts, Scope, Workspace
from derivations.language.context import Context
from derivations.language.declarations import Declaration, Domain
from derivations.language.derivation import Claim
from derivations.language.nodes import Expression
from derivations.language.substitution import replace_indices
from derivations.language.traversal import entry_names

__all__ = ["Budget", "BudgetExceeded", "Condition", "Proof", "Unsupported", "prove"]


MOST_HALVED = 2
"""Numbers between 0 and 1, both included, of which both halves are looked at."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The claim holds wherever `conditions` do; with none, for all values that the declarations allow."""

    conditions: tuple[Condition, ...] = ()
    products: int = 0
    """The work it took, in products of monomials."""
    goals: int = 0
    """The goals that were looked at."""
    certificate: Certificate | None = None
    """How an inequality was proven."""


def prove(
    claim: Claim, context: Context, budget: Budget | None = None, opening: Opened | None = None
) -> Proof | None:
    """A proof of `claim`, or None when the procedure finds none; `opening` is the claim opened
    and its names checked, where that was done.

    Raises `BudgetExceeded` when the work grows too large, `Unsupported` where no rule covers what the claim
    uses, and the language's `ContextError` or `DifferentiationError` where its meaning is not certain.

    Guarantees: a proof is given only if the relation holds at every point within the declarations and
    assumptions at which the conditions hold, and both sides are defined there. None says nothing.
    """
    if claim.relation not in RELATIONS:
        raise Unsupported(f"the relation {claim.relation}")
    try:
        opened, budget = opening or _opened(claim, context), budget or Budget()
        rows = _limited(opened, context)
        if rows and claim.relation != "=":
            plain = [replace(row, domain=PLAIN[row.domain]) for row in rows]
            found = _prove(claim, _redeclared(context, plain), budget, opened)
            if found is not None and not found.conditions:
                return found
        return _by_halves(claim, context, budget, opened, rows)
    except RecursionError:
        raise BudgetExceeded("nesting") from None


def _limited(opened: Opened, context: Context) -> list[Declaration]:
    """What occurs and is declared to lie within limits."""
    sides = (opened.left, opened.right, *opened.supposed)
    names = {name for side in sides for name in entry_names(side)}
    rows = (context.declarations[name] for name in sorted(names & context.declarations.keys()))
    return [row for row in rows if row.domain in PLAIN]


def _redeclared(context: Context, rows: Iterable[Declaration]) -> Context:
    for row in rows:
        context = context.redeclared(row)
    return context


def _by_halves(
    claim: Claim, context: Context, budget: Budget, opened: Opened, rows: list[Declaration]
) -> Proof | None:
    """A proof for every number between 0 and 1, both included, both below 1 and above 0: in all ways."""
    closed = [row for row in rows if row.domain is Domain.CLOSED_UNIT and not row.index_sets][:MOST_HALVED]
    whole: Proof | None = None
    for domains in product(HALVES, repeat=len(closed)):
        halves = (replace(row, domain=domain) for row, domain in zip(closed, domains, strict=True))
        found = _prove(claim, _redeclared(context, halves), budget, opened)
        if found is None:
            return None
        whole = found if whole is None else _joined(whole, found)
    return whole


def _joined(first: Proof, second: Proof) -> Proof:
    """Proofs of two cases as one, which tells how neither was found."""
    conditions = tuple(dict.fromkeys((*first.conditions, *second.conditions)))
    return Proof(conditions, first.products + second.products, max(first.goals, second.goals))


def _opened(claim: Claim, context: Context) -> Opened:
    opening = open_claim(claim, context)
    check_names((opening.left, opening.right, *opening.supposed))
    return opening


def _prove(claim: Claim, context: Context, budget: Budget, opened: Opened) -> Proof | None:
    renaming, facts = facts_of(claim, context)
    left, right = (replace_indices(side, renaming) for side in (opened.left, opened.right))
    bodies = tuple(dict.fromkeys(replace_indices(body, renaming) for body in opened.supposed))
    opened_claim = _Relation(claim.relation, left, right, bodies, facts)
    found, work = opened_claim.attempt(context, budget)
    conditions, products, goals = tuple(work.conditions), work.meter.products, work.meter.goals
    if found is None and conditions:
        stronger, assumed = strengthened(context, conditions, (left, right, *bodies))
        if assumed:
            found, work = opened_claim.attempt(stronger, budget, universal=False)
            conditions, products = (*assumed, *work.conditions), products + work.meter.products
            goals = max(goals, work.meter.goals)
    if found is None:
        return opened_claim.by_cases(context, budget)
    return Proof(conditions, products, goals, found.certificate)


@dataclass(frozen=True, slots=True)
class _Relation:
    """An opened claim: its sides, what must be defined besides them, and its assumptions."""

    name: str
    left: Expression
    right: Expression
    supposed: tuple[Expression, ...]
    facts: Facts

    def _workspace(self, context: Context, budget: Budget) -> Workspace:
        work = Workspace(context, self.facts, budget)
        work.shortened = shortened_sizes((self.left, self.right, *self.supposed), context)
        return work

    def attempt(
        self, context: Context, budget: Budget, universal: bool = True
    ) -> tuple[Shown | None, Workspace]:
        """How the relation is proven under `context`, if it is, and the work with the conditions met."""
        work = self._workspace(context, budget)
        work.universal = universal

        def normal(expression: Expression) -> Rational:
            return normal_form(expression, Scope(), work)

        found = shown(self.name, self.left, self.right, normal, work)
        if found is None:
            return None, work
        for body in self.supposed:
            normal(body)
        return found, work

    def by_cases(self, context: Context, budget: Budget) -> Proof | None:
        """A proof of every case of the absolute values, on the conditions of the claim itself."""
        work = self._workspace(context, budget)
        normal = partial(normal_form, scope=Scope(), work=work)
        sides = (self.left, self.right) if self.facts != Facts() else same_terms(self.left, self.right)
        split = cases(*sides, normal) if self.name == "=" else ()
        for left, right in split:
            case = replace(self, left=left, right=right, supposed=())
            if case.attempt(context, budget, universal=False)[0] is None:
                return None
        if not split:
            return None
        for side in (self.left, self.right, *self.supposed):
            normal(side)
        return Proof(tuple(work.conditions), work.meter.products * (1 + len(split)))
