"""Logarithms compared by what they are logarithms of: ``log u >= 0`` says ``u >= 1``."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from flint import fmpq

from derivations.kernel.atoms import LogAtom, Monomial
from derivations.kernel.exponentials import exponential
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.polynomials import ONE
from derivations.kernel.workspace import Workspace

LARGEST_POWER = 24


def by_exponentiating(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``sum of c_i log u_i, plus r`` has the sign of ``prod of u_i^c_i, times e^r, minus 1``.

    The u_i are positive where the goal is defined.
    """
    if goal.value.denominator is not ONE:
        return
    logs: list[tuple[LogAtom, fmpq]] = []
    rest: dict[Monomial, fmpq] = {}
    for monomial, coefficient in goal.value.numerator.items():
        if len(monomial) == 1 and isinstance(monomial[0][0], LogAtom) and monomial[0][1] == 1:
            logs.append((monomial[0][0], coefficient))
        elif any(isinstance(atom, LogAtom) for atom, _ in monomial):
            return
        else:
            rest[monomial] = coefficient
    scale = lcm(*(int(c.q) for _, c in logs)) if logs else 1
    if not logs or any(abs(c * scale) > LARGEST_POWER for _, c in logs):
        return
    whole = exponential(work.field.polynomial(rest).scaled(scale), work)
    for atom, coefficient in logs:
        whole = whole * work.field.thaw(atom.argument).power(int((coefficient * scale).p))
    yield Reduction("log u >= 0 for u >= 1", (Goal(whole - work.field.constant(1), goal.strict),))
