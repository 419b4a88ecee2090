"""The search for a proof of an inequality: rules are tried in order, deeper and deeper, within a budget.

The search only proposes: each step is a reduction by one rule, and each rule answers for itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from derivations.kernel.atoms import FrozenRational
from derivations.kernel.budget import BudgetExceeded, Unsupported
from derivations.kernel.inequalities.absolute import by_cases
from derivations.kernel.inequalities.bounds import by_bounds_of_exponentials, by_bounds_of_logarithms
from derivations.kernel.inequalities.calculus import by_monotonicity, by_tangent
from derivations.kernel.inequalities.cauchy import by_cauchy_schwarz
from derivations.kernel.inequalities.exponentiating import by_exponentiating
from derivations.kernel.inequalities.gaps import by_gaps
from derivations.kernel.inequalities.goal import Certificate, Goal, Reduction, Rule
from derivations.kernel.inequalities.plausible import Point, plausible, points
from derivations.kernel.inequalities.signs import by_factors, by_signs, by_values
from derivations.kernel.inequalities.squares import by_coefficients, by_completing_squares, by_roots
from derivations.kernel.inequalities.sums import by_terms
from derivations.kernel.workspace import Workspace

RULES: tuple[Rule, ...] = (
    by_signs,
    by_values,
    by_factors,
    by_roots,
    by_cases,
    by_gaps,
    by_terms,
    by_cauchy_schwarz,
    by_completing_squares,
    by_coefficients,
    by_exponentiating,
    by_tangent,
    by_bounds_of_logarithms,
    by_bounds_of_exponentials,
    by_monotonicity,
)
"""The first ones narrow a goal down and can lose nothing; the later ones may lead astray."""

SURE = frozenset({by_values, by_factors})
"""Rules after which no other one is tried: what they leave is as hard as the goal, and simpler."""

DEEPEST = 12
"""So many reductions may follow each other."""


@dataclass(slots=True)
class Search:
    """One search, with what it knows of the goals that it has met."""

    work: Workspace
    met: int = 0
    proven: dict[tuple[FrozenRational, bool], Certificate] = field(default_factory=dict)
    failed: dict[tuple[FrozenRational, bool], int] = field(default_factory=dict)
    """The depth that was left when a goal was given up."""
    at: list[Point] = field(init=False)

    def __post_init__(self) -> None:
        """The points are drawn once."""
        self.at = points(self.work)

    @property
    def _over(self) -> bool:
        return self.met >= self.work.meter.budget.goals

    def certificate(self, goal: Goal) -> Certificate | None:
        """A proof of `goal`, or None.

        Guarantees: a proof is given only if the goal holds wherever its value is defined, within the
        declarations and facts of the workspace. None says nothing.
        """
        for depth in count(2, 2):
            found = self._prove(goal, depth)
            if found is not None or depth >= DEEPEST or self._over:
                return found
        return None

    def _prove(self, goal: Goal, depth: int) -> Certificate | None:
        key = goal.value.key, goal.strict
        if key in self.proven:
            return self.proven[key]
        if self.failed.get(key, -1) >= depth or self._over:
            return None
        self.met += 1
        if not plausible(goal, self.at):
            self.failed[key] = DEEPEST
            return None
        self.work.meter.budget.clock.check()
        self.failed[key] = depth  # a goal does not help to prove itself
        found = self._by_rules(goal, depth)
        if found is not None:
            self.proven[key] = found
        return found

    def _by_rules(self, goal: Goal, depth: int) -> Certificate | None:
        for rule in RULES:
            if depth <= 0 and rule is not by_signs:
                return None
            reductions = self._reductions(rule, goal)
            for reduction in reductions:
                parts = self._all(reduction, depth if rule in SURE else depth - 1)
                if parts is not None:
                    return Certificate(reduction.lemma, goal, parts)
            if reductions and rule in SURE:
                return None
        return None

    def _reductions(self, rule: Rule, goal: Goal) -> tuple[Reduction, ...]:
        try:
            return tuple(rule(goal, self.work))
        except (Unsupported, BudgetExceeded):
            return ()

    def _all(self, reduction: Reduction, depth: int) -> tuple[Certificate, ...] | None:
        """The proofs of all goals of a reduction, None as soon as there is none."""
        parts = []
        for goal in reduction.goals:
            part = self._prove(goal, depth)
            if part is None:
                return None
            parts.append(part)
        return tuple(parts)
