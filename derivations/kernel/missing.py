"""What an author may have forgotten to say: would a claim hold if labels were 0 or 1, or a number positive?

It is told beside a verdict and never changes one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from derivations.kernel.budget import Budget, BudgetExceeded, Clock, Unsupported
from derivations.kernel.prove import prove
from derivations.kernel.question import Question
from derivations.kernel.refutation import PRECISIONS, first_witness
from derivations.kernel.sampling import first_rounds
from derivations.kernel.used import WEAKER
from derivations.language.context import Context, ContextError
from derivations.language.declarations import Declaration, Domain, Part
from derivations.language.differentiation import DifferentiationError

LABELS = (Domain.BIT, Domain.SIGN, Domain.SUM_ONE, Domain.ONE_HOT)
"""What only data is usually assumed to be."""

USUAL = {
    Domain.REAL: (Domain.POSITIVE, *LABELS),
    Domain.NONZERO: (Domain.POSITIVE, Domain.SIGN),
    Domain.NONNEGATIVE: (Domain.POSITIVE, Domain.BIT),
    Domain.POSITIVE: (Domain.UNIT, Domain.PROBABILITIES),
    Domain.BIT: (Domain.ONE_HOT,),
    Domain.SUM_ONE: (Domain.PROBABILITIES, Domain.ONE_HOT),
}
"""A declared domain and what a usual assumption would make of it, the weaker ones first."""

MOST_ATTEMPTS = 24
INSTANCES = 3
PRODUCTS = 60_000
"""Products of monomials that each attempt may use."""
GOALS = 30
"""Goals of an inequality that each attempt may look at."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An assumption under which a claim would hold: what a name would be."""

    domain: Domain
    text: str


def missing_assumption(question: Question, context: Context, clock: Clock) -> Missing | None:
    """The first usual assumption under which the claim is proved with no more conditions.

    Guarantees: with it there is a proof. None says nothing.
    """
    for number, (row, domain) in enumerate(_candidates(question)):
        if number == MOST_ATTEMPTS:
            return None
        clock.check()
        if _holds(question, context, replace(row, domain=domain), clock):
            return Missing(domain, WEAKER[domain][-1][1].format(row.name))
    return None


def _candidates(question: Question) -> Iterator[tuple[Declaration, Domain]]:
    for _, row in sorted(question.names.tensors.items()):
        for domain in USUAL.get(row.domain, ()):
            along_a_row = domain.sums_to_one and not row.index_sets
            if not along_a_row and (domain not in LABELS or row.part is Part.DATA):
                yield row, domain


def _holds(question: Question, context: Context, row: Declaration, clock: Clock) -> bool:
    """Whether the claim is proved with `row` declared; the opened claim is the same, whatever the domain."""
    try:
        narrower = question.redeclared(row)
        instances = list(first_rounds(narrower, INSTANCES))
        if not instances or first_witness(narrower, instances, PRECISIONS[:1], clock) is not None:
            return False
        budget = Budget(products=PRODUCTS, goals=GOALS, clock=clock)
        found = prove(question.claim, context.redeclared(row), budget, question.opening)
    except (BudgetExceeded, Unsupported, ContextError, DifferentiationError):
        return False
    return found is not None and not found.conditions
