"""Exponentials and products compared by their logarithms: ``e^s >= e^t`` says ``s >= t``.

The contrary of `exponentiating`: what is multiplied, or stands in exponents, becomes a sum again.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.kernel.atoms import EntryAtom, ExpAtom, Monomial
from derivations.kernel.exponentials import logarithm
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.polynomials import ONE, monomial_sign
from derivations.kernel.sign import POSITIVE
from derivations.kernel.workspace import Workspace


def by_logarithms(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``P - Q`` has the sign of ``log P - log Q``, where all terms of P and Q are positive."""
    if goal.value.denominator is not ONE:
        return
    whole = goal.value.numerator
    if any(monomial_sign(monomial) != POSITIVE for monomial in whole):
        return
    above = {monomial: number for monomial, number in whole.items() if number > 0}
    below = {monomial: -number for monomial, number in whole.items() if number < 0}
    exponents = [atom.argument for monomial in whole for atom, _ in monomial if isinstance(atom, ExpAtom)]
    products = len(above) == len(below) == 1
    composite = any(_composite(argument) for argument in exponents)
    if not above or not below or not exponents or not (products or composite):
        return
    larger, smaller = (logarithm(work.field.polynomial(side), work) for side in (above, below))
    yield Reduction("e^s >= e^t for s >= t", (Goal(larger - smaller, goal.strict),))


def _composite(monomial: Monomial) -> bool:
    """Whether an exponent is no product of entries."""
    return any(not isinstance(atom, EntryAtom) for atom, _ in monomial)
