"""Rules answer for themselves: a false goal has no reduction whose goals all hold, plausible or not."""

import pytest
from kernel_notation import CONTEXT, Tensor, log

from derivations.kernel.budget import Budget
from derivations.kernel.inequalities.calculus import by_tangent
from derivations.kernel.inequalities.goal import Goal
from derivations.kernel.inequalities.signs import by_signs
from derivations.kernel.normal_form import normal_form
from derivations.kernel.workspace import Facts, Scope, Workspace
from derivations.language import Declaration, Domain

t, at = Tensor("t").value, Tensor("at").value


def settled(body, domain: Domain) -> bool:
    """Whether a tangent settles ``body >= 0`` by goals that signs show."""
    work = Workspace(CONTEXT.with_rows(*(Declaration(n, (), domain) for n in ("t", "at"))), Facts(), Budget())
    goal = Goal(normal_form(body.node, Scope(), work))
    reductions = list(by_tangent(goal, work))
    return any(all(list(by_signs(part, work)) for part in found.goals) for found in reductions)


@pytest.mark.parametrize(
    ("domain", "holds"), [(Domain.POSITIVE, True), (Domain.NONZERO, False), (Domain.REAL, False)]
)
def test_a_tangent_is_below_a_function_that_is_convex_on_an_interval_only(domain, holds):
    """``-log t^2`` has a positive second derivative at all t != 0, and at -1 it is below its tangent at 1."""
    tangent = -log(at**2) - 2 * (t - at) / at
    assert settled(-log(t**2) - tangent, domain) is holds
