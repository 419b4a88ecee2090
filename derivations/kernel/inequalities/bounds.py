"""Logarithms and exponentials replaced by their bounds: ``log u >= 1 - 1/u`` and ``e^r >= 1 + r``.

A multiple ``w log u`` with w >= 0 becomes ``w (1 - 1/u)``, in a sum term by term: that is Gibbs' inequality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flint import fmpq

from derivations.kernel.atoms import Atom, ExpAtom, Exponent, LogAtom, Monomial, SumAtom
from derivations.kernel.exponentials import exponential
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.inequalities.sums import merge
from derivations.kernel.polynomials import ONE, Polynomial, monomial_sign, polynomial_sign
from derivations.kernel.rational import Rational
from derivations.kernel.sign import NONNEGATIVE, NONPOSITIVE, within
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.indices import IndexSet

LARGEST_POWER = 6

Bound = Callable[[Polynomial, Workspace], Iterator[Rational]]
"""Lower bounds of a polynomial."""


def by_bounds_of_logarithms(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``w log u >= w (1 - 1/u)`` for w >= 0, and ``w log u >= w (u - 1)`` for w <= 0."""
    yield from _bounded(goal, LogAtom, _log_bound, "log u <= u - 1", work)


def by_bounds_of_exponentials(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``w e^r >= w (1 + r)`` for w >= 0."""
    yield from _bounded(goal, ExpAtom, _exp_bound, "e^r >= 1 + r", work)


def _bounded(
    goal: Goal, kind: type[LogAtom] | type[ExpAtom], bound: Bound, lemma: str, work: Workspace
) -> Iterator[Reduction]:
    """The goal, or a positive multiple, with its own atoms of a kind bounded, or those in a sum."""
    if goal.value.denominator is not ONE:
        return
    whole, nothing = goal.value.numerator, work.field.constant(0)
    for divisor in _divisors(whole, kind):
        factor = work.field.from_monomial(divisor).inverse()
        if _has(whole, kind):
            for lower in bound(work.field.inverse_form(goal.value * factor), work):
                yield Reduction(lemma, (Goal(lower, goal.strict),))
        for index_set in _sets_of(whole, kind):
            merged = merge(whole, index_set, work)
            shares = [(merged.body, merged.rest)]
            shares += [(merged.body + w * merged.rest, nothing) for w in merged.weights]
            for body, rest in shares:
                for lower in bound(work.field.inverse_form(body * factor), work):
                    value = sum_over(merged.index, lower, work) + rest * factor
                    yield Reduction(f"{lemma}, in every term", (Goal(value, goal.strict),))


def _divisors(polynomial: Polynomial, kind: type[LogAtom] | type[ExpAtom]) -> list[Monomial]:
    """The exponentials of negative terms, or nothing."""
    found: set[Monomial] = {()}
    if kind is ExpAtom:
        for monomial, coefficient in polynomial.items():
            if coefficient < 0:
                found.add(tuple(part for part in monomial if isinstance(part[0], ExpAtom)))
    return sorted(found)


def _sets_of(polynomial: Polynomial, kind: type[LogAtom] | type[ExpAtom]) -> list[IndexSet]:
    """The sets over which atoms of a kind are summed, or what they are multiplied by."""
    found = {
        index.index_set
        for monomial in polynomial
        for atom, exponent in monomial
        if isinstance(atom, SumAtom) and exponent == 1
        if _has({atom.body: fmpq(1)}, kind) or _has({monomial: fmpq(1)}, kind)
        for index in atom.indices
    }
    return sorted(found, key=str)


def _has(polynomial: Polynomial, kind: type[LogAtom] | type[ExpAtom]) -> bool:
    return any(isinstance(atom, kind) for monomial in polynomial for atom, _ in monomial)


Logs = list[tuple[LogAtom, fmpq]]


def _log_bound(polynomial: Polynomial, work: Workspace) -> Iterator[Rational]:
    """All multiples of logarithms by one factor are bounded together: their sum is one logarithm.

    What else is multiplied by that factor may be taken for the logarithm of an exponential.
    """
    groups: dict[Monomial, Logs] = {}
    rest: dict[Monomial, fmpq] = {}
    for monomial, coefficient in polynomial.items():
        logs = [part for part in monomial if isinstance(part[0], LogAtom)]
        if not logs:
            rest[monomial] = coefficient
        elif len(logs) > 1 or logs[0][1] != 1:
            return
        else:
            atom = logs[0][0]
            assert isinstance(atom, LogAtom)
            others = tuple(part for part in monomial if part[0] is not atom)
            groups.setdefault(others, []).append((atom, coefficient))
    for with_rest in (False, True):
        bounded = _all_bounded(groups, rest, with_rest, work)
        if bounded is not None:
            yield bounded


def _all_bounded(
    groups: Mapping[Monomial, Logs], rest: Polynomial, with_rest: bool, work: Workspace
) -> Rational | None:
    left, total = dict(rest), work.field.constant(0)
    for weight, logs in sorted(groups.items(), key=lambda item: item[0]):
        beside: dict[Monomial, fmpq] = {}
        if with_rest and weight:
            beside = {m: number for m, number in left.items() if _divides(weight, m)}
            left = {m: number for m, number in left.items() if m not in beside}
        bounded = _bound_of_group(weight, logs, beside, work)
        if bounded is None:
            return None
        total = total + bounded
    if with_rest and len(left) == len(rest):
        return None  # the same as without
    return total + work.field.from_inverse_form(left)


def _divides(weight: Monomial, monomial: Monomial) -> bool:
    powers: dict[Atom, Exponent] = dict(monomial)
    return monomial != weight and all(powers.get(atom, 0) >= exponent for atom, exponent in weight)


def _bound_of_group(weight: Monomial, logs: Logs, beside: Polynomial, work: Workspace) -> Rational | None:
    """``w (sum of c log u) + beside``, bounded: the sum is a multiple of one logarithm."""
    sign = monomial_sign(weight)
    size = min(abs(coefficient) for _, coefficient in logs)
    powers = [(atom, coefficient / size) for atom, coefficient in logs]
    if any(p.q != 1 or abs(p) > LARGEST_POWER for _, p in powers):
        return None
    one, factor = work.field.constant(1), work.field.from_monomial(weight)
    argument = exponential((work.field.from_inverse_form(beside) * factor.inverse()).scaled(1 / size), work)
    for atom, exponent in powers:
        argument = argument * work.field.thaw(atom.argument).power(int(exponent.p))
    if within(sign, NONNEGATIVE):
        return (one - argument.inverse()) * factor.scaled(size)
    if within(sign, NONPOSITIVE):
        return (argument - one) * factor.scaled(size)
    return None


def _exp_bound(polynomial: Polynomial, work: Workspace) -> Iterator[Rational]:
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
    if found:
        yield total + work.field.from_inverse_form(rest)
