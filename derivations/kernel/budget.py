"""Limits on work, counted in steps and never in seconds: the same claim gives the same answer everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic


class BudgetExceeded(Exception):
    """The claim needs more work than its budget allows; says which limit was met."""


class Unsupported(Exception):
    """The claim uses something that no rule covers; nothing is concluded from that."""


class TimeExceeded(Exception):
    """The wall clock's limit was reached: the backstop behind the budgets."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A wall-clock limit, a time of `time.monotonic`. It stops work and never decides a claim otherwise."""

    deadline: float | None = None

    def check(self) -> None:
        """Raise `TimeExceeded` when the limit is reached."""
        if self.deadline is not None and monotonic() > self.deadline:
            raise TimeExceeded


@dataclass(frozen=True, slots=True)
class Budget:
    """What one proof attempt may use."""

    monomials: int = 3_000
    """Monomials in one polynomial."""
    factored: int = 600
    """Monomials in a polynomial that is factored."""
    variables: int = 60
    """Variables of a common factor, those that go together counted once."""
    products: int = 1_500_000
    """Products of two monomials, in all."""
    atoms: int = 3_000
    """Different atoms, in all."""
    depth: int = 150
    """Levels of nesting in an expression."""
    bound_indices: int = 6
    """Nested sums that belong together; their orders are tried one by one."""
    digits: int = 100_000
    """Binary digits in one number."""
    rewritings: int = 400
    """Products of a matrix and its inverse that are replaced."""
    goals: int = 160
    """Goals that a search for an inequality looks at."""
    degree: int = 64
    """The largest integer power that is multiplied out."""
    clock: Clock = field(default=Clock(), compare=False)


class Meter:
    """The use of one budget in one proof attempt."""

    def __init__(self, budget: Budget) -> None:
        """Start counting at zero."""
        self.budget = budget
        self.products = 0
        self.goals = 0
        """Goals that searches looked at."""

    def multiply(self, count: int) -> None:
        """Note `count` products of monomials."""
        self.products += count
        if self.products > self.budget.products:
            raise BudgetExceeded("products of monomials")
        self.budget.clock.check()

    @staticmethod
    def hold(name: str, amount: int, limit: int) -> None:
        """Raise unless `amount` is within `limit`."""
        if amount > limit:
            raise BudgetExceeded(name)
