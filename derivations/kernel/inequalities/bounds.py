"""Logarithms and exponentials replaced by their bounds: ``log u >= 1 - 1/u`` and ``e^r >= 1 + r``.

A multiple ``w log u`` with w >= 0 becomes ``w (1 - 1/u)``, in a sum term by term: that is Gibbs' inequality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flint import fmpq

from derivations.kernel.atoms import ExpAtom, LogAtom, Monomial, SumAtom
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.inequalities.sums import merge
from derivations.kernel.polynomials import ONE, Polynomial, monomial_sign, polynomial_sign
from derivations.kernel.rational import Rational
from derivations.kernel.sign import NONNEGATIVE, NONPOSITIVE, within
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace

LARGEST_POWER = 6

Bound = Callable[[Polynomial, Workspace], Rational | None]
"""A lower bound of a polynomial, None where there is none."""


def by_bounds_of_logarithms(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``w log u >= w (1 - 1/u)`` for w >= 0, and ``w log u >= w (u - 1)`` for w <= 0."""
    yield from _bounded(goal, LogAtom, _log_bound, "log u <= u - 1", work)


def by_bounds_of_exponentials(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``w e^r >= w (1 + r)`` for w >= 0."""
    yield from _bounded(goal, ExpAtom, _exp_bound, "e^r >= 1 + r", work)


def _bounded(
    goal: Goal, kind: type[LogAtom] | type[ExpAtom], bound: Bound, lemma: str, work: Workspace
) -> Iterator[Reduction]:
    """The goal with its own atoms of a kind bounded, or those in a sum."""
    if goal.value.denominator is not ONE:
        return
    whole = goal.value.numerator
    if _has(whole, kind):
        lower = bound(whole, work)
        if lower is not None:
            yield Reduction(lemma, (Goal(lower, goal.strict),))
    sets = {
        index.index_set
        for monomial in whole
        for atom, exponent in monomial
        if isinstance(atom, SumAtom) and exponent == 1 and _has({atom.body: fmpq(1)}, kind)
        for index in atom.indices
    }
    for index_set in sorted(sets, key=str):
        merged = merge(whole, index_set, work)
        shares = [(merged.body, merged.rest)]
        shares += [(merged.body + w * merged.rest, work.field.constant(0)) for w in merged.weights]
        for body, rest in shares:
            lower = bound(_form(body, work), work)
            if lower is not None:
                value = sum_over(merged.index, lower, work) + rest
                yield Reduction(f"{lemma}, in every term", (Goal(value, goal.strict),))


def _form(value: Rational, work: Workspace) -> Polynomial:
    return work.field.inverse_form(value)


def _has(polynomial: Polynomial, kind: type[LogAtom] | type[ExpAtom]) -> bool:
    return any(isinstance(atom, kind) for monomial in polynomial for atom, _ in monomial)


def _log_bound(polynomial: Polynomial, work: Workspace) -> Rational | None:
    """Each multiple of logarithms of one sign bounded together: their sum is one logarithm."""
    groups: dict[Monomial, list[tuple[LogAtom, fmpq]]] = {}
    rest: dict[Monomial, fmpq] = {}
    for monomial, coefficient in polynomial.items():
        logs = [part for part in monomial if isinstance(part[0], LogAtom)]
        if not logs:
            rest[monomial] = coefficient
        elif len(logs) > 1 or logs[0][1] != 1:
            return None
        else:
            atom = logs[0][0]
            assert isinstance(atom, LogAtom)
            others = tuple(part for part in monomial if part[0] is not atom)
            groups.setdefault(others, []).append((atom, coefficient))
    total = work.field.from_inverse_form(rest)
    for weight, logs_of_weight in sorted(groups.items(), key=lambda item: item[0]):
        bounded = _log_group(weight, logs_of_weight, work)
        if bounded is None:
            return None
        total = total + bounded
    return total


def _log_group(weight: Monomial, logs: list[tuple[LogAtom, fmpq]], work: Workspace) -> Rational | None:
    sign = monomial_sign(weight)
    size = min((abs(coefficient) for _, coefficient in logs), default=fmpq(1))
    powers = [(atom, coefficient / size) for atom, coefficient in logs]
    if any(p.q != 1 or abs(p) > LARGEST_POWER for _, p in powers):
        return None
    argument = work.field.constant(1)
    for atom, exponent in powers:
        argument = argument * work.field.thaw(atom.argument).power(int(exponent.p))
    one = work.field.constant(1)
    if within(sign, NONNEGATIVE):
        bound = one - argument.inverse()
    elif within(sign, NONPOSITIVE):
        bound = argument - one
    else:
        return None
    return bound * work.field.from_monomial(weight).scaled(size)


def _exp_bound(polynomial: Polynomial, work: Workspace) -> Rational | None:
    """Each multiple of one exponential that is not negative is bounded; there must be one."""
    rest: dict[Monomial, fmpq] = {}
    total = work.field.constant(0)
    found = False
    for monomial, coefficient in polynomial.items():
        exps = [part for part in monomial if isinstance(part[0], ExpAtom)]
        others = tuple(part for part in monomial if not isinstance(part[0], ExpAtom))
        sign = polynomial_sign({others: coefficient})
        if not exps or not within(sign, NONNEGATIVE):
            rest[monomial] = coefficient
            continue
        found = True
        argument = work.field.constant(1)
        for atom, exponent in exps:
            assert isinstance(atom, ExpAtom)
            inner = work.field.from_monomial(atom.argument)
            argument = argument + inner.scaled(fmpq(exponent.numerator, exponent.denominator))
        total = total + argument * work.field.from_monomial(others).scaled(coefficient)
    return total + work.field.from_inverse_form(rest) if found else None

