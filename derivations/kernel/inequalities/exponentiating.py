"""Logarithms compared by what they are logarithms of: ``log u >= 0`` says ``u >= 1``."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from flint import fmpq

from derivations.kernel.atoms import LogAtom, Monomial
from derivations.kernel.exponentials import exponential
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.polynomials import ONE, monomial_sign
from derivations.kernel.sign import POSITIVE
from derivations.kernel.workspace import Workspace

LARGEST_POWER = 24


def by_exponentiating(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``sum of c_i log u_i, plus r`` has the sign of ``prod of u_i^c_i, times e^r, minus 1``.

    The u_i are positive where the goal is defined. A positive factor of all logarithms is divided by first.
    """
    if goal.value.denominator is not ONE:
        return
    weights = {_without_log(monomial) for monomial in goal.value.numerator} - {None}
    if len(weights) != 1:
        return
    (weight,) = weights
    assert weight is not None
    if monomial_sign(weight) != POSITIVE:
        return
    below = work.field.from_monomial(weight).inverse()
    logs: list[tuple[LogAtom, fmpq]] = []
    rest = work.field.constant(0)
    for monomial, coefficient in goal.value.numerator.items():
        found = [atom for atom, _ in monomial if isinstance(atom, LogAtom)]
        if not found:
            rest = rest + work.field.polynomial({monomial: coefficient}) * below
        elif _without_log(monomial) is None:
            return
        else:
            logs.append((found[0], coefficient))
    scale = lcm(*(int(c.q) for _, c in logs))
    if any(abs(c * scale) > LARGEST_POWER for _, c in logs):
        return
    whole = exponential(rest.scaled(scale), work)
    for atom, coefficient in logs:
        whole = whole * work.field.thaw(atom.argument).power(int((coefficient * scale).p))
    yield Reduction("log u >= 0 for u >= 1", (Goal(whole - work.field.constant(1), goal.strict),))


def _without_log(monomial: Monomial) -> Monomial | None:
    """What one logarithm is multiplied by, None where there is none, or more."""
    logs = [(atom, exponent) for atom, exponent in monomial if isinstance(atom, LogAtom)]
    if len(logs) != 1 or logs[0][1] != 1:
        return None
    return tuple(part for part in monomial if part[0] is not logs[0][0])
