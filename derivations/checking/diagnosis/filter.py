"""Which edits are worth a proof: those that agree with the left side at a few instances of the step.

*Guarantees:* none in either direction. What passes is put to the kernel, and what does not is not mentioned.
"""

from __future__ import annotations

from derivations.checking.diagnosis.step import Step
from derivations.kernel.evaluation import Evaluation, Instance, NotDefined, Value
from derivations.kernel.question import opened
from derivations.kernel.sampling import rounds
from derivations.kernel.sharing import Sharing
from derivations.language import (
    Call,
    Claim,
    Context,
    Derivative,
    Expression,
    Sum,
    add,
    unfold,
)
from derivations.language.traversal import free_indices, rebuild

INSTANCES, DRAWN = 3, 16
"""How many instances an edit must agree at, and among how many they are looked for."""

TELLING = 2
"""How many of them should be such that the wrong side is wrong there."""


class Filter:
    """The instances of one step, and what was evaluated there so far: most of an edit is old."""

    def __init__(self, step: Step) -> None:
        """Instances at which the left side is defined, with values for every quantity of the step.

        Most are such that the right side is wrong there: where i = j, or K = 2, many a wrong one is right.
        """
        self._opener = _Opener(step.context)
        self._points: list[Point] = []
        question = opened(_with_quantities(step), step.context)
        left, right = (self._opener.share(side) for side in (step.left, step.right))
        others: list[Point] = []
        for instance in rounds(question, DRAWN):
            evaluation = Evaluation(instance, self._opener.sharing)
            value = _value(evaluation, left, instance)
            if value is None:
                continue
            wrong = not _near(_value(evaluation, right, instance), value)
            (self._points if wrong else others).append((evaluation, instance, value))
            if len(self._points) >= TELLING and len(self._points) + len(others) >= INSTANCES:
                break
        self._points = [*self._points[:INSTANCES], *others[: INSTANCES - len(self._points)]]

    def agrees(self, candidate: Expression) -> bool:
        """Whether `candidate` may be equal to the left side."""
        shared = self._opener.share(candidate)
        return bool(self._points) and all(
            _near(_value(evaluation, shared, instance), value) for evaluation, instance, value in self._points
        )


Point = tuple[Evaluation, Instance, Value]
"""An instance, what evaluates expressions there, and the value of the left side."""


def _with_quantities(step: Step) -> Claim:
    """The step with all that an edit may mention at its right side, so that instances give it values."""
    mentioned = (*step.sizes, *step.quantities)
    return Claim(step.left, add(step.right, *map(_closed, mentioned)), "=", step.claim.assumptions)


def _closed(expression: Expression) -> Expression:
    for variable in free_indices(expression).values():
        expression = Sum(variable, expression)
    return expression


def _value(evaluation: Evaluation, expression: Expression, instance: Instance) -> Value | None:
    try:
        value = evaluation.value(expression, instance.indices)
    except (NotDefined, KeyError, ZeroDivisionError):
        return None
    return value if value * 0 == 0 else None  # not so for what is infinite or no number


def _near(value: Value | None, other: Value) -> bool:
    if value is None:
        return False
    difference = value - other
    return not (difference > 0 or difference < 0)


class _Opener:
    """Opens definitions and shares what it made; a part that was seen before costs nothing."""

    def __init__(self, context: Context) -> None:
        self.sharing = Sharing()
        self._context = context
        self._known: dict[int, tuple[Expression, Expression]] = {}

    def share(self, expression: Expression) -> Expression:
        """The opened and shared form of `expression`."""
        return self.sharing.share(self._opened(expression))

    def _opened(self, expression: Expression) -> Expression:
        known = self._known.get(id(expression))
        if known is None:
            if isinstance(expression, Call | Derivative):
                opened_form = unfold(expression, self._context)
            else:
                opened_form = rebuild(expression, self._opened)
            known = self._known[id(expression)] = (expression, opened_form)
        return known[1]
