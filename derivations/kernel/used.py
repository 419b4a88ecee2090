"""Which assumptions a proof needs: those without which there is none, found by dropping one after another.

Most steps need none, so a proof from nothing is tried first, and its claim needs no second one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derivations.kernel.budget import Budget, BudgetExceeded, Clock, Unsupported
from derivations.kernel.prove import Proof, prove
from derivations.kernel.question import Question
from derivations.kernel.rational import Undefined
from derivations.kernel.refutation import PRECISIONS, first_witness
from derivations.kernel.sampling import first_rounds
from derivations.language.context import Context, ContextError
from derivations.language.declarations import Declaration, Domain
from derivations.language.derivation import Claim

INSTANCES = 2
GOALS = 60
"""Goals of an inequality that a proof from nothing may look at; other attempts half as many, beyond twice
what the proof looked at.
"""
ALLOWANCE = 20_000
"""Products of monomials that every attempt may use, beyond four times what the proof took."""

SUMS = "sum over the last index of {} is 1"
NOT_ALL_ZERO = "{} is not 0"

WEAKER: Mapping[Domain, tuple[tuple[Domain, str], ...]] = {
    Domain.REAL: (),
    Domain.NONZERO: ((Domain.NONZERO, "{} != 0"),),
    Domain.NONNEGATIVE: ((Domain.NONNEGATIVE, "{} >= 0"),),
    Domain.POSITIVE: (
        (Domain.NONZERO, "{} != 0"),
        (Domain.NONNEGATIVE, "{} >= 0"),
        (Domain.POSITIVE, "{} > 0"),
    ),
    Domain.NONZERO_ROW: ((Domain.NONZERO_ROW, NOT_ALL_ZERO),),
    Domain.NONPOSITIVE: ((Domain.NONPOSITIVE, "{} <= 0"),),
    Domain.NEGATIVE: (
        (Domain.NONZERO, "{} != 0"),
        (Domain.NONPOSITIVE, "{} <= 0"),
        (Domain.NEGATIVE, "{} < 0"),
    ),
    Domain.UNIT: ((Domain.POSITIVE, "{} > 0"), (Domain.UNIT, "0 < {} < 1")),
    Domain.CLOSED_UNIT: (
        (Domain.NONNEGATIVE, "{} >= 0"),
        (Domain.CLOSED_UNIT, "0 <= {} <= 1"),
    ),
    Domain.BELOW_ONE: (
        (Domain.NONNEGATIVE, "{} >= 0"),
        (Domain.CLOSED_UNIT, "0 <= {} <= 1"),
        (Domain.BELOW_ONE, "0 <= {} < 1"),
    ),
    Domain.UP_TO_ONE: (
        (Domain.POSITIVE, "{} > 0"),
        (Domain.CLOSED_UNIT, "0 <= {} <= 1"),
        (Domain.UP_TO_ONE, "0 < {} <= 1"),
    ),
    Domain.ABOVE_ONE: (
        (Domain.POSITIVE, "{} > 0"),
        (Domain.FROM_ONE, "{} >= 1"),
        (Domain.ABOVE_ONE, "{} > 1"),
    ),
    Domain.LESS_THAN_ONE: ((Domain.AT_MOST_ONE, "{} <= 1"), (Domain.LESS_THAN_ONE, "{} < 1")),
    Domain.AT_MOST_ONE: ((Domain.AT_MOST_ONE, "{} <= 1"),),
    Domain.FROM_ONE: ((Domain.POSITIVE, "{} > 0"), (Domain.FROM_ONE, "{} >= 1")),
    Domain.BIT: ((Domain.BIT, "{} is 0 or 1"),),
    Domain.SIGN: ((Domain.NONZERO, "{} != 0"), (Domain.SIGN, "{} is -1 or 1")),
    Domain.ONE_HOT: ((Domain.SUM_ONE, SUMS), (Domain.BIT, "{} is 0 or 1"), (Domain.ONE_HOT, "{} is one-hot")),
    Domain.SUM_ONE: ((Domain.SUM_ONE, SUMS),),
    Domain.PROBABILITIES: (
        (Domain.SUM_ONE, SUMS),
        (Domain.POSITIVE, "{} > 0"),
        (Domain.PROBABILITIES, "{} is positive with sum 1 over its last index"),
    ),
}
"""What a declared domain says, from its weakest part to the whole; the first that is enough is reported."""


def proof_from_nothing(question: Question, context: Context, clock: Clock) -> Proof | None:
    """A proof that uses no assumption and no declared domain, and asks for no condition.

    None where there is nothing to leave out, where an instance shows at once that there is no such proof, and
    where a small budget finds none.

    Guarantees: a proof is one of the claim itself, all the more under its assumptions. None says nothing.
    """
    claim = replace(question.claim, assumptions=())
    narrow = narrow_rows(question)
    if not narrow and not question.claim.assumptions:
        return None
    for row in narrow:
        wide = replace(row, domain=Domain.REAL)
        context, question = context.redeclared(wide), question.redeclared(wide)
    if narrow and _fails(question, clock):
        return None
    try:
        found = prove(claim, context, Budget(products=ALLOWANCE, goals=GOALS, clock=clock), question.opening)
    except (BudgetExceeded, Unsupported, Undefined, ContextError):
        return None
    return None if found is None or found.conditions else found


def narrow_rows(question: Question) -> list[Declaration]:
    """What the claim mentions that is declared to be more than real, in the order of the names."""
    return [row for _, row in sorted(question.names.tensors.items()) if row.domain is not Domain.REAL]


def assumptions_used(question: Question, context: Context, proof: Proof, clock: Clock) -> tuple[str, ...]:
    """The assumptions that `proof` needs, in their author's words, then the declared domains that it needs.

    Guarantees: with these alone, and all names else real, there is a proof that asks for no more conditions.
    """
    budget = Budget(products=4 * proof.products + ALLOWANCE, goals=2 * proof.goals + GOALS // 2, clock=clock)

    def enough(claim: Claim, under: Context) -> bool:
        try:
            found = prove(claim, under, budget, question.opening)
        except (BudgetExceeded, Unsupported, Undefined, ContextError):
            return False
        return found is not None and set(found.conditions) <= set(proof.conditions)

    claim = question.claim
    for assumption in question.claim.assumptions:
        without = replace(claim, assumptions=tuple(a for a in claim.assumptions if a is not assumption))
        if enough(without, context):
            claim = without
    used = [assumption.text for assumption in claim.assumptions]
    narrow = narrow_rows(question)
    everything = context
    for row in narrow:
        everything = everything.redeclared(replace(row, domain=Domain.REAL))
    if len(narrow) > 1 and enough(claim, everything):
        return tuple(dict.fromkeys(used))
    for row in narrow:
        for domain, text in ((Domain.REAL, ""), *WEAKER[row.domain]):
            weaker = replace(row, domain=domain)
            if domain is not row.domain and _fails(question.redeclared(weaker), clock):
                continue
            if domain is row.domain or enough(claim, context.redeclared(weaker)):
                context, question = context.redeclared(weaker), question.redeclared(weaker)
                used += [text.format(row.name)] if text else []
                break
    return tuple(dict.fromkeys(used))


def _fails(question: Question, clock: Clock) -> bool:
    """Whether an instance shows at once that there is no proof to look for."""
    return first_witness(question, first_rounds(question, INSTANCES), PRECISIONS[:1], clock) is not None
