"""Rules answer for themselves: a false goal has no reduction whose goals can all be proved, plausible or not.

Each row is a rule, a goal that it settles, and false goals beside it that a careless rule would let through.
"""

from dataclasses import dataclass
from functools import partial

import pytest
from inequality_claims import fifth, quarter, soft_mean
from kernel_notation import (
    CLASSES,
    CONTEXT,
    SAMPLES,
    Tensor,
    Term,
    bit,
    c,
    d,
    exp,
    half,
    j,
    largest,
    log,
    node,
    pm,
    q,
    r,
    s,
    sigma,
    size,
    soft,
    softplus,
    sqrt,
    tanh,
    total,
    u,
    weights,
    x,
)

from derivations.kernel.budget import Budget
from derivations.kernel.inequalities.absolute import by_bounds_of_roots, by_cases
from derivations.kernel.inequalities.bounds import by_bounds_of_exponentials, by_bounds_of_logarithms
from derivations.kernel.inequalities.calculus import by_monotonicity, by_tangent
from derivations.kernel.inequalities.cauchy import by_cauchy_schwarz
from derivations.kernel.inequalities.exponentiating import by_exponentiating
from derivations.kernel.inequalities.gaps import by_gaps
from derivations.kernel.inequalities.goal import Goal, Reduction, Rule
from derivations.kernel.inequalities.logarithms import by_logarithms
from derivations.kernel.inequalities.maxima import by_maxima
from derivations.kernel.inequalities.parts import by_parts
from derivations.kernel.inequalities.plausible import more_points
from derivations.kernel.inequalities.rank import by_rank
from derivations.kernel.inequalities.search import Search
from derivations.kernel.inequalities.signs import by_factors, by_signs, by_values
from derivations.kernel.inequalities.squares import by_coefficients, by_completing_squares, by_roots
from derivations.kernel.inequalities.sums import by_terms
from derivations.kernel.normal_form import normal_form
from derivations.kernel.workspace import Facts, Scope, Workspace
from derivations.language import Declaration, Domain
from derivations.language.definitions import unfold

t, at, length = (Tensor(name).value for name in ("t", "at", "length"))
NAMES = CONTEXT.with_rows(
    Declaration("t", ()), Declaration("at", ()), Declaration("length", (), Domain.NONNEGATIVE)
)


@dataclass(frozen=True)
class At:
    """``body >= 0``, or ``body > 0``."""

    body: Term
    strict: bool = False


def above(body: Term | int) -> At:
    return At(Term(node(body)), strict=True)


def workspace(context=NAMES) -> Workspace:
    return Workspace(context, Facts(), Budget())


def reductions(rule: Rule, goal: At, work: Workspace) -> list[Reduction]:
    value = normal_form(unfold(goal.body.node, work.context), Scope(), work)
    if rule is by_parts:
        rule = partial(by_parts, at=more_points(work))
    return list(rule(Goal(value, goal.strict), work))


def is_proven(reduction: Reduction, work: Workspace) -> bool:
    """Whether all goals are proved by a search that looks at no numbers."""
    later = reduction.later() if reduction.later is not None else ()
    if later is None:
        return False

    def proven(goal: Goal) -> bool:
        search = Search(work)
        search.at = []
        return search.certificate(goal) is not None

    return all(proven(goal) for goal in (*reduction.goals, *later))


def settles(rule: Rule, goal: At, work: Workspace) -> bool:
    return any(is_proven(reduction, work) for reduction in reductions(rule, goal, work))


SETTLED = [
    (by_signs, above(1 + t**2)),
    (by_values, At(1 - bit)),
    (by_values, At(1 + pm)),
    (by_factors, At(u * (t - 1) ** 2 / (1 + t**2))),
    (by_factors, At((1 - t) ** 2)),
    (by_roots, above(t**2 - t + 1)),
    (by_roots, above(length**3 + 1)),
    (by_cases, At(sqrt(t**2) - t)),
    (by_bounds_of_roots, At(sqrt((r * s) ** 2) - r * s)),
    (by_bounds_of_roots, At(sqrt((r * s) ** 2) + r * s)),
    (by_gaps, At(exp(t**2) - 1)),
    (by_gaps, above(exp(u) - 1)),
    (by_gaps, At(total(CLASSES, lambda g: exp(q[g])) - exp(q[c]))),
    (by_gaps, At(1 - soft[d])),
    (by_maxima, At(largest(CLASSES, lambda g: q[g]) - q[c])),
    (by_maxima, above(largest(CLASSES, lambda g: exp(q[g])))),
    (by_terms, At(soft_mean(lambda g: weights[g] ** 2) - 2 * soft_mean(lambda g: weights[g]) + 1)),
    (by_terms, At(total(SAMPLES, lambda n: x[n, j] ** 2 - 2 * x[n, j]) + size(SAMPLES))),
    (
        by_cauchy_schwarz,
        At(soft_mean(lambda g: weights[g] ** 2) - soft_mean(lambda g: weights[g]) ** 2),
    ),
    (by_completing_squares, At(r**2 + r * s + s**2)),
    (by_coefficients, At(u * (r - 1) ** 2 + (s + 1) ** 2)),
    (by_exponentiating, At(log(1 + t**2))),
    (by_exponentiating, At(u * log(2 + t**2) - u * log(1 + t**2))),
    (by_logarithms, At(exp(r**2 + s**2) - exp(2 * r * s))),
    (by_logarithms, above(exp(u * softplus(r)) - 1)),
    (by_parts, above(softplus(r) - r + 1 - sigma(s))),
    (by_parts, At(quarter - sigma(s) * (1 - sigma(s)) + exp(r) - 1 - r)),
    (by_bounds_of_logarithms, At(u - 1 - log(u))),
    (by_bounds_of_logarithms, At(u * log(u) + 1 - u)),
    (by_bounds_of_exponentials, At(exp(t) - 1 - t)),
    (by_tangent, At(softplus(r) - softplus(s) - sigma(s) * (r - s))),
    (by_monotonicity, At(length - tanh(length))),
    (by_monotonicity, above(u - tanh(u))),
    (by_monotonicity, At(t * exp(t) - t)),
]

UNSETTLED = [
    # a square, a label or a root may be 0
    (by_signs, above(t**2)),
    (by_values, above(bit)),
    (by_values, At(pm)),
    (by_factors, above((t - 1) ** 2)),
    (by_cases, above(sqrt(t**2))),
    # two factors of unknown sign, and what is divided by
    (by_factors, At(r * s)),
    (by_factors, At(1 / t)),
    (by_factors, At((t - 1) / t**2)),
    (by_factors, At(-u * (t - 1) ** 2)),
    # roots at the border of what the number may be, and among the numbers that it may be
    (by_roots, At(t**2 - t)),
    (by_roots, above(length)),
    (by_roots, above(length**2 - length)),
    (by_roots, At(t**3 + 1)),
    # an absolute value with a wrong multiple, or on the side where no bound helps
    (by_cases, At(sqrt(t**2) - 2 * t)),
    (by_bounds_of_roots, At(r * s - sqrt((r * s) ** 2))),
    (by_bounds_of_roots, At(t * sqrt((r * s) ** 2) - t * r * s)),
    (by_bounds_of_roots, above(sqrt((r * s) ** 2) - r * s)),
    # exponents of unknown sign or that may be 0, terms of unknown sign, one class only
    (by_gaps, At(exp(t) - 1)),
    (by_gaps, above(exp(t**2) - 1)),
    (by_gaps, At(total(CLASSES, lambda g: q[g]) - q[c])),
    (by_gaps, above(total(CLASSES, lambda g: exp(q[g])) - exp(q[c]))),
    (by_gaps, above(1 - soft[d])),
    (by_gaps, At(half - soft[d])),
    # the largest value may be that at the index, is no larger than itself, and is not the sum of two others
    (by_maxima, above(largest(CLASSES, lambda g: q[g]) - q[c])),
    (by_maxima, At(q[c] - largest(CLASSES, lambda g: q[g]))),
    (
        by_maxima,
        At(
            largest(CLASSES, lambda g: q[g] + weights[g])
            - largest(CLASSES, lambda g: q[g])
            - largest(CLASSES, lambda g: weights[g])
        ),
    ),
    (by_maxima, At(largest(CLASSES, lambda g: q[g]) - total(CLASSES, lambda g: q[g]))),
    # shares that are too small, the shares of a sum that is not 1, terms that may be 0
    (by_terms, At(soft_mean(lambda g: weights[g] ** 2) - 2 * soft_mean(lambda g: weights[g]) + half)),
    (by_terms, At(total(SAMPLES, lambda n: x[n, j] ** 2 - 2 * x[n, j]) + 1)),
    (by_terms, above(total(SAMPLES, lambda n: x[n, j] ** 2))),
    # the other way round, without the number of terms, with weights of any sign
    (
        by_cauchy_schwarz,
        At(soft_mean(lambda g: weights[g]) ** 2 - soft_mean(lambda g: weights[g] ** 2)),
    ),
    (
        by_cauchy_schwarz,
        At(total(SAMPLES, lambda n: x[n, j] ** 2) - total(SAMPLES, lambda n: x[n, j]) ** 2),
    ),
    (
        by_cauchy_schwarz,
        At(
            total(CLASSES, lambda g: q[g]) * total(CLASSES, lambda g: q[g] * weights[g] ** 2)
            - total(CLASSES, lambda g: q[g] * weights[g]) ** 2
        ),
    ),
    (by_completing_squares, At(r**2 + 3 * r * s + s**2)),
    (by_completing_squares, above(r**2 + 2 * r * s + s**2)),
    (by_completing_squares, At(t * r**2 + t)),
    (by_coefficients, At(u * r**2 - u + 1)),
    (by_coefficients, At(t * r**2 + 1)),
    (by_coefficients, above(length * (1 + r**2))),
    # logarithms of what is not above 1, and multiples of unknown sign
    (by_exponentiating, At(log(u))),
    (by_exponentiating, above(log(1 + t**2))),
    (by_exponentiating, At(t * log(1 + u))),
    (by_logarithms, At(exp(t**2) - exp(t))),
    (by_logarithms, At(2 * exp(t**2) - 3)),
    (by_logarithms, At(t * exp(u) - t)),
    (by_logarithms, above(exp(r**2 + s**2) - exp(2 * r * s))),
    # parts that hold with more than there is, and strict ones of which none is strict
    (by_parts, At(fifth - sigma(s) * (1 - sigma(s)) + exp(r) - 1 - r)),
    (by_parts, At(exp(r) - r + s**2 - 1 - fifth)),
    (by_parts, above(r**2 + s**2)),
    (by_parts, At(r * (exp(s) - 1 - s) + r * (u - log(u) - 1))),
    (by_parts, At((exp(s) - 1 - s + u - log(u) - 1) / r)),
    # multiples of a bound that are wrong, or of unknown sign
    (by_bounds_of_logarithms, At(u - 1 - 2 * log(u))),
    (by_bounds_of_logarithms, above(u - 1 - log(u))),
    (by_bounds_of_logarithms, At(t * log(u) - t * (1 - 1 / u))),
    (by_bounds_of_exponentials, At(exp(t) - 1 - 2 * t)),
    (by_bounds_of_exponentials, At(r * exp(s) - r * (1 + s))),
    (by_bounds_of_exponentials, above(exp(t) - 1 - t)),
    (by_tangent, At(softplus(s) + sigma(s) * (r - s) - softplus(r))),
    (by_tangent, above(softplus(r) - softplus(s) - sigma(s) * (r - s))),
    (by_tangent, At(tanh(r) - r)),
    # a function that falls on one side, or is least where it is not looked at
    (by_monotonicity, At(t - tanh(t))),
    (by_monotonicity, above(length - tanh(length))),
    (by_monotonicity, At(exp(t) - 1)),
    (by_monotonicity, At(log(t**2) - 1 + 1 / t**2 + fifth * t)),
]


@pytest.mark.parametrize(("rule", "goal"), SETTLED)
def test_a_rule_settles_a_goal(rule, goal):
    assert settles(rule, goal, workspace())


@pytest.mark.parametrize(("rule", "goal"), UNSETTLED)
def test_a_rule_lets_no_false_goal_through(rule, goal):
    assert not settles(rule, goal, workspace())


def test_every_rule_is_in_the_table():
    """All but the one that needs an assumption, see `test_rank`."""
    work = workspace()
    search = Search(work)
    search.certificate(Goal(work.field.constant(-1)))
    rules = {getattr(rule, "func", rule) for rule in search.rules}
    search.at = []
    search.certificate(Goal(normal_form((-u).node, Scope(), work)))
    rules |= {getattr(rule, "func", rule) for rule in search.rules}
    assert {rule for rule, _ in SETTLED} == {rule for rule, _ in UNSETTLED} == rules - {by_rank}


@pytest.mark.parametrize(
    ("domain", "holds"), [(Domain.POSITIVE, True), (Domain.NONZERO, False), (Domain.REAL, False)]
)
def test_a_tangent_is_below_a_function_that_is_convex_on_an_interval_only(domain, holds):
    """``-log t^2`` has a positive second derivative at all t != 0, and at -1 it is below its tangent at 1."""
    work = workspace(CONTEXT.with_rows(*(Declaration(name, (), domain) for name in ("t", "at"))))
    tangent = -log(at**2) - 2 * (t - at) / at
    assert settles(by_tangent, At(-log(t**2) - tangent), work) is holds


def test_a_number_that_is_shared_out_is_not_shared_out_twice():
    """Each part takes what it needs of the number."""
    whole = 1 - sigma(r) - sigma(s) * (1 - sigma(s))
    assert not settles(by_parts, At(whole), workspace())
    assert settles(by_parts, At(whole + quarter), workspace())
