"""The search for a proof of an inequality: rules are tried in order, deeper and deeper, within a budget.

The search only proposes: each step is a reduction by one rule, and each rule answers for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from derivations.kernel.atoms import FrozenRational
from derivations.kernel.budget import BudgetExceeded, Unsupported
from derivations.kernel.inequalities.absolute import by_bounds_of_roots, by_cases
from derivations.kernel.inequalities.bounds import by_bounds_of_exponentials, by_bounds_of_logarithms
from derivations.kernel.inequalities.calculus import by_monotonicity, by_tangent
from derivations.kernel.inequalities.cauchy import by_cauchy_schwarz
from derivations.kernel.inequalities.exponentiating import by_exponentiating
from derivations.kernel.inequalities.gaps import by_gaps
from derivations.kernel.inequalities.goal import Certificate, Goal, Later, Reduction, Rule
from derivations.kernel.inequalities.logarithms import by_logarithms
from derivations.kernel.inequalities.maxima import by_maxima
from derivations.kernel.inequalities.parts import by_parts
from derivations.kernel.inequalities.plausible import POINTS, Point, more_points, plausible
from derivations.kernel.inequalities.rank import by_rank
from derivations.kernel.inequalities.signs import by_factors, by_signs, by_values
from derivations.kernel.inequalities.squares import by_coefficients, by_completing_squares, by_roots
from derivations.kernel.inequalities.sums import by_terms
from derivations.kernel.workspace import Facts, Workspace

QUICK: tuple[Rule, ...] = (
    by_factors,
    by_roots,
    by_cases,
    by_bounds_of_roots,
    by_gaps,
    by_maxima,
    by_terms,
    by_rank,
    by_cauchy_schwarz,
    by_completing_squares,
    by_coefficients,
    by_exponentiating,
    by_bounds_of_logarithms,
    by_bounds_of_exponentials,
)
"""The first ones narrow a goal down and can lose nothing; the later ones may lead astray."""

SLOW: tuple[Rule, ...] = (by_tangent, by_monotonicity)

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
    rules: tuple[Rule, ...] = field(init=False)
    """Those of the table that are tried now."""

    def __post_init__(self) -> None:
        """The points are drawn once."""
        drawn = more_points(self.work)
        self.at = drawn[:POINTS] if self.work.facts == Facts() else []
        self.rules = (by_signs, by_values, by_logarithms, partial(by_parts, at=drawn), *QUICK)

    @property
    def _over(self) -> bool:
        return self.met >= self.work.meter.budget.goals

    def certificate(self, goal: Goal) -> Certificate | None:
        """A proof of `goal`, or None.

        Guarantees: a proof is given only if the goal holds wherever its value is defined, within the
        declarations and facts of the workspace. None says nothing.
        """
        for depth in (2, 4):
            found = self._prove(goal, depth)
            if found is not None or 3 * self.met >= self.work.meter.budget.goals:
                break
        else:
            found = None
        if found is not None:
            return found
        self.rules, self.failed = (*self.rules, *SLOW), {}
        for depth in range(2, DEEPEST + 1, 2):
            found = self._prove(goal, depth)
            if found is not None or self._over:
                return found
        return None

    def _prove(self, goal: Goal, depth: int) -> Certificate | None:
        key = goal.value.key, goal.strict
        if key in self.proven:
            return self.proven[key]
        if self.failed.get(key, -1) >= depth or self._over:
            return None
        if not plausible(goal, self.at):
            self.failed[key] = DEEPEST
            return None
        self.met += 1
        self.work.meter.goals += 1
        self.work.meter.budget.clock.check()
        self.failed[key] = depth  # a goal does not help to prove itself
        found = self._by_rules(goal, depth)
        if found is not None:
            self.proven[key] = found
        return found

    def _by_rules(self, goal: Goal, depth: int) -> Certificate | None:
        for rule in self.rules:
            if (depth <= 0 or self._over) and rule is not by_signs:
                return None
            found, alone = None, False
            for reduction in self._reductions(rule, goal):
                alone = reduction.alone
                parts = self._all(reduction, depth if alone else depth - 1)
                if parts is not None:
                    found = Certificate(reduction.lemma, goal, parts)
                    break
            if found is not None or alone:
                return found
        return None

    def _reductions(self, rule: Rule, goal: Goal) -> Iterator[Reduction]:
        """The reductions that the rule can make, one after another as they are asked for."""
        try:
            yield from rule(goal, self.work)
        except (Unsupported, BudgetExceeded):
            return

    def _all(self, reduction: Reduction, depth: int) -> tuple[Certificate, ...] | None:
        """The proofs of all goals of a reduction, None as soon as there is none."""
        goals = reduction.goals
        if reduction.later is not None:
            later = self._made(reduction.later) if all(plausible(goal, self.at) for goal in goals) else None
            if later is None:
                return None
            goals = (*goals, *later)
        parts = []
        for goal in goals:
            part = self._prove(goal, depth)
            if part is None:
                return None
            parts.append(part)
        return tuple(parts)

    def _made(self, later: Later) -> tuple[Goal, ...] | None:
        try:
            return later()
        except (Unsupported, BudgetExceeded):
            return None
