"""The inequality of Cauchy and Schwarz: ``(sum w) (sum w a^2) >= (sum w a)^2`` for weights w >= 0.

With probabilities for weights it says that a variance is not negative, with equal weights that the mean of
squares is at least the square of the mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from derivations.kernel.atoms import Exponent, InverseAtom, Monomial, SumAtom
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.polynomials import ONE, Polynomial, monomial_of, monomial_sign
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import reindex_monomial
from derivations.kernel.sign import NONNEGATIVE, Sign, opposite, within
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.indices import Index

MOST_FACTORS = 4
"""Factors of a sum's body of which some may be its weight."""


def by_cauchy_schwarz(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """A negative multiple of a squared sum is bounded by the sum of the weights and that of the squares."""
    if goal.value.denominator is not ONE:
        return
    for monomial, coefficient in goal.value.numerator.items():
        for atom, exponent in monomial:
            if not isinstance(atom, SumAtom) or exponent != 2:
                continue
            rest = tuple(part for part in monomial if part[0] is not atom)
            sign = monomial_sign(rest)
            if within(sign if coefficient < 0 else opposite(sign), NONNEGATIVE):
                outside: Polynomial = {rest: -coefficient}
                for bound in _bounds(atom, work):
                    left = goal.value - work.field.polynomial(outside) * bound
                    yield Reduction("Cauchy-Schwarz", (Goal(left, goal.strict),))


def _bounds(atom: SumAtom, work: Workspace) -> Iterator[Rational]:
    """``(sum w) (sum b^2/w) - (sum b)^2``, which is not negative, for the weights that b suggests."""
    fresh = [work.open_index(variable.index_set) for variable in atom.indices]
    names: dict[str, Index] = {old.name: new for old, new in zip(atom.indices, fresh, strict=True)}
    square = work.field.atom(atom).power(2)
    for weight in _weights(atom.body):
        body = reindex_monomial(atom.body, names, work)
        weights = reindex_monomial(weight, names, work)
        squares = body * body * weights.inverse()
        for index in fresh:
            weights, squares = sum_over(index, weights, work), sum_over(index, squares, work)
        yield weights * squares - square


def _weights(body: Monomial) -> Iterator[Monomial]:
    """Parts of a monomial, or their squares, that are never negative and whose quotient is a polynomial."""
    if len(body) > MOST_FACTORS or any(isinstance(a, InverseAtom) or e < 0 for a, e in body):
        return
    choices: list[tuple[Exponent, ...]] = []
    for atom, exponent in body:
        whole = range(1, int(exponent) + 1) if exponent.denominator == 1 else (exponent,)
        known: Sign = atom.sign
        own = [e for e in whole if within(known, NONNEGATIVE) or e % 2 == 0]
        choices.append((0, *own, *(2 * e for e in whole if e not in own and 2 * e <= 2 * exponent)))
    for chosen in product(*choices):
        yield monomial_of((atom, e) for (atom, _), e in zip(body, chosen, strict=True) if e)
