"""Numbers within limits: what each is made of stays within them, and proofs use no more."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivations import check_text
from derivations.kernel.budget import Budget
from derivations.kernel.intervals import HALVES, INTERVALS
from derivations.kernel.sampling import ADMITS
from derivations.kernel.workspace import Facts, Workspace
from derivations.language import Context, Domain

NUMBERS = tuple(Fraction(n, 4) for n in range(-12, 13))

PAIRS = {
    Domain.CLOSED_UNIT: (
        r"$x \in [0, 1]$",
        (r"x^2 \le x", r"x \le 1 + x (1 - x)"),
        (r"x^2 < x", r"x (1 - x) > 0"),
    ),
    Domain.BELOW_ONE: (r"$0 \le x < 1$", (r"\frac{1}{1 - x} \ge 1", r"1 - x > 0"), (r"\frac{1}{1 - x} > 1",)),
    Domain.UP_TO_ONE: (
        r"$x \in (0, 1]$",
        (r"\log x \le 0", r"\frac1x \ge 1"),
        (r"\log x < 0", r"\frac1x > 1"),
    ),
    Domain.ABOVE_ONE: (r"$x > 1$", (r"\log x > 0", r"x^2 > x"), (r"\log x > \frac12", r"x^2 > 2x")),
    Domain.FROM_ONE: (r"$x \ge 1$", (r"\log x \ge 0", r"x^2 \ge x"), (r"\log x > 0", r"x^2 > x")),
    Domain.LESS_THAN_ONE: (r"$x < 1$", (r"\log(2 - x) > 0", r"e^x < e"), (r"x^2 < 1", r"e^x > 1")),
    Domain.AT_MOST_ONE: (
        r"$x \le 1$",
        (r"\log(2 - x) \ge 0", r"e^x \le e"),
        (r"\log(2 - x) > 0", r"x^2 \le 1"),
    ),
}
"""What says so, what follows, and what does not."""


@pytest.mark.parametrize("domain", INTERVALS)
def test_what_a_number_is_made_of_is_within_its_limits(domain: Domain) -> None:
    """At every value of the parameter that is one, and nowhere else."""
    row = INTERVALS[domain]
    work = Workspace(Context(), Facts(), Budget())
    for number in filter(ADMITS[row.domain], NUMBERS):
        value = row.value(work.field.constant(number), work.field.constant(1)).number
        assert value is not None
        assert ADMITS[domain](Fraction(value))


@pytest.mark.parametrize("domain", INTERVALS)
def test_a_number_within_limits_is_hit(domain: Domain) -> None:
    """Some value of the parameter makes it: the limit itself, too, if it is included."""
    row = INTERVALS[domain]
    work = Workspace(Context(), Facts(), Budget())
    one = work.field.constant(1)
    made = {
        row.value(work.field.constant(number), one).number
        for number in (*NUMBERS, Fraction(1, 3), Fraction(3))
        if ADMITS[row.domain](number)
    }
    limits = [number for number in (Fraction(0), Fraction(1)) if ADMITS[domain](number)]
    assert {Fraction(value) for value in made if value is not None} >= set(limits)


def test_the_halves_are_the_whole() -> None:
    """A number between 0 and 1 is in one of them, and nothing else is."""
    for number in NUMBERS:
        assert ADMITS[Domain.CLOSED_UNIT](number) == any(ADMITS[half](number) for half in HALVES)


@pytest.mark.parametrize(
    ("said", "step"), [(said, step) for said, steps, _ in PAIRS.values() for step in steps]
)
def test_what_follows_is_proved(said: str, step: str) -> None:
    """The limits are used."""
    assert check_text(f"Let {said}. $${step}$$", "md").statements[-1].verdict == "proved"


@pytest.mark.parametrize(
    ("said", "step"), [(said, step) for said, _, steps in PAIRS.values() for step in steps]
)
def test_what_does_not_follow_is_refuted(said: str, step: str) -> None:
    """By a number within them, which may be the limit itself."""
    assert check_text(f"Let {said}. $${step}$$", "md").statements[-1].verdict == "refuted"


FOUND = (
    r"We get $x \ge 1$. $$\log x \ge 0$$",
    r"Clearly $x \le 1$. $$e^x \le e$$",
    r"The claim is that $x < 1$. $$e^x < e$$",
    r"$$x \ge 1$$ $$\log x \ge 0$$",
    r"Let $x > 0$. We see that $0 < x \le 1$. $$\log x \le 0$$",
)


@pytest.mark.parametrize("text", FOUND)
def test_what_is_found_is_not_granted(text: str) -> None:
    """A comparison with 1 that may be a result proves nothing."""
    assert check_text(text, "md").statements[-1].verdict not in ("proved", "proved-where-defined")
