"""The search for the smallest repair of a refuted step that the kernel proves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from time import monotonic

from derivations import kernel
from derivations.checking.diagnosis.filter import Filter
from derivations.checking.diagnosis.mistakes import MISTAKES, Mistake
from derivations.checking.diagnosis.step import Edit, Step
from derivations.kernel import Proved, ProvedWhereDefined
from derivations.language import Claim, Context, Expression
from derivations.language.matrix_forms import NoForm, axes_of, matrix_form

MOST_EDITS = 4_000
"""Edits that are looked at for one step."""

MOST_NODES = 600_000
"""Nodes of all these edits together: of a large step fewer edits are looked at."""

MOST_PROOFS = 6
"""Edits that are put to the kernel for one step."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A mistake that explains a step, and the edit of its right side that the kernel proved."""

    mistake: Mistake
    edit: Edit


def repaired(claim: Claim, context: Context, deadline: float | None = None) -> Repair | None:
    """The most plausible repair of the refuted `claim`, or None.

    Guarantees: the left side equals the repaired right side wherever both are defined, by the kernel's word.
    None says nothing. The work is bounded by counts, so the answer is the same everywhere. Of a step in
    matrix notation a repair in that notation is preferred.
    """
    if claim.relation != "=":
        return None
    step = Step(claim, context)
    in_matrices, by_entries = _has_form(claim, claim.right), None
    sieve, proofs = Filter(step), 0
    for mistake, edit in islice(_edits(step), min(MOST_EDITS, MOST_NODES // step.size)):
        if (deadline is not None and monotonic() > deadline) or proofs == MOST_PROOFS:
            break
        if not sieve.agrees(edit.right):
            continue
        proofs += 1
        if proves(replace(claim, right=edit.right), context, deadline):
            found = Repair(mistake, edit)
            if not in_matrices or _has_form(claim, edit.right):
                return found
            by_entries = by_entries or found
    return by_entries


def _has_form(claim: Claim, side: Expression) -> bool:
    """Whether `side` of a claim on matrices can be written in their notation."""
    try:
        return any(claim.axes) and matrix_form(side, *axes_of(claim)) is not None
    except NoForm:
        return False


def _edits(step: Step) -> Iterator[tuple[Mistake, Edit]]:
    return ((mistake, edit) for mistake in MISTAKES for edit in mistake.edits(step))


def proves(claim: Claim, context: Context, deadline: float | None = None) -> bool:
    """Whether the kernel proves `claim`, at least where both sides are defined."""
    return isinstance(kernel.judge(claim, context, deadline=deadline), Proved | ProvedWhereDefined)
