"""Random inequalities: sound combinations of lemmas at random arguments, and mutations of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

import mpmath
from inequality_claims import TURNED, soft_mean
from kernel_notation import (
    CLASSES,
    SAMPLES,
    Term,
    a,
    bit,
    c,
    d,
    exp,
    i,
    j,
    log,
    log_loss,
    normaliser,
    p,
    pm,
    q,
    r,
    s,
    sigma,
    soft,
    softplus,
    sqrt,
    tanh,
    term,
    theta,
    total,
    u,
    v,
    weights,
    x,
)
from kernel_oracle import Point, value
from random_claims import DIGITS, numbers

TINY = mpmath.mpf(10) ** -30


@dataclass(frozen=True)
class Inequality:
    """``left relation right``."""

    left: Term
    relation: str
    right: Term


def argument(random: Random) -> Term:
    """A real number."""
    makers = (
        lambda: random.choice((r, s, r, q[c], x[i, j])),
        lambda: random.choice((r, s)) + random.choice((s, u, term(1), term(-1))),
        lambda: random.choice((r, u, a)) * random.choice((s, term(2), term(Fraction(1, 2)), pm)),
        lambda: random.choice((r - s, u - v, 2 * r, -s, r * s)),
        lambda: theta[j] * x[i, j],
    )
    return random.choice(makers)()


def positive(random: Random) -> Term:
    """A number above 0."""
    makers = (
        lambda: random.choice((u, v, a, 1 - a)),
        lambda: exp(argument(random)),
        lambda: sigma(argument(random)),
        lambda: random.choice((u * v, u / v, u + v, 1 + u, p(c), soft[d])),
        lambda: 1 + argument(random) ** 2,
    )
    return random.choice(makers)()


def fact(random: Random) -> tuple[Term, Term, bool]:
    """A larger number, a smaller one, and whether the first is always strictly larger."""
    one, two, above, other = argument(random), argument(random), positive(random), positive(random)
    facts = (
        (exp(one), 1 + one, False),
        (above - 1, log(above), False),
        (log(above), 1 - 1 / above, False),
        (softplus(one), one, True),
        (softplus(one), term(0), True),
        (term(1), sigma(one), True),
        (term(Fraction(1, 4)), sigma(one) * (1 - sigma(one)), False),
        (one**2 + two**2, 2 * one * two, False),
        (sqrt(one**2), one, False),
        (one**2, term(0), False),
        (above, term(0), True),
        (above / other + other / above, term(2), False),
        (softplus(one), softplus(two) + sigma(two) * (one - two), False),
        (log((above + other) / 2), (log(above) + log(other)) / 2, False),
        (exp(one) + exp(two), 2 * exp((one + two) / 2), False),
        (log_loss(sigma(one), bit), term(0), True),
        (term(1), tanh(one) ** 2, True),
        (log(normaliser), q[c], False),
        (term(1), p(c), False),
        (soft_mean(lambda g: weights[g] ** 2), soft_mean(lambda g: weights[g]) ** 2, False),
        (soft_mean(lambda g: log(soft[g] / p(g))), term(0), False),
        (total(SAMPLES, lambda n: x[n, j] ** 2), term(0), False),
        (total(CLASSES, lambda g: exp(q[g])), total(CLASSES, lambda g: 1 + q[g]), False),
    )
    return random.choice(facts)


def combined(random: Random) -> Inequality:
    """A true inequality: facts multiplied by what is positive, added, and moved from side to side."""
    larger, smaller, strict = fact(random)
    for _ in range(random.choice((0, 0, 1, 2))):
        more, less, also = fact(random)
        larger, smaller, strict = larger + more, smaller + less, strict or also
    if random.random() < 0.4:
        factor = positive(random)
        larger, smaller = larger * factor, smaller * factor
    if random.random() < 0.3:
        moved = argument(random)
        larger, smaller = larger - moved, smaller - moved
    if random.random() < 0.2:
        larger, smaller = exp(larger), exp(smaller)
    relation = ">" if strict and random.random() < 0.6 else ">="
    if random.random() < 0.5:
        return Inequality(larger, relation, smaller)
    return Inequality(smaller, TURNED_SIDES[relation], larger)


TURNED_SIDES = {">": "<", ">=": "<="}
STRICTER = {">=": ">", "<=": "<", ">": ">", "<": "<"}


def changed(random: Random) -> Inequality:
    """An inequality that may be false."""
    true = combined(random)
    left, relation, right = true.left, true.relation, true.right
    step = term(random.choice((Fraction(1, 10), Fraction(1, 2), 1)))
    towards = 1 if relation in ("<", "<=") else -1
    changes = (
        lambda: Inequality(left, TURNED[relation], right),
        lambda: Inequality(left, STRICTER[relation], right),
        lambda: Inequality(left + towards * step, relation, right),
        lambda: Inequality(left, relation, right * term(Fraction(9, 10))),
        lambda: Inequality(left * term(Fraction(11, 10)), relation, right),
        lambda: Inequality(-left, relation, -right),
        lambda: Inequality(left**2, relation, right**2),
        lambda: Inequality(1 / left, relation, 1 / right),
        lambda: Inequality(left * r, relation, right * r),
        lambda: Inequality(left - argument(random), relation, right),
    )
    return random.choice(changes)()


SPECIAL = tuple(mpmath.mpf(number) for number in (0, 1, -1, "0.001", 12, -12, 3))


def point(random: Random) -> Point:
    """Numbers for the names that occur here, some of them special or the same."""
    found = numbers(random)
    fixed = dict(found.numbers)
    if random.random() < 0.4:
        for name in ("r", "s", "v", *(n for n in fixed if n[:2] in ("q[", "x["))):
            fixed[name] = random.choice(SPECIAL)
    fixed["v"] = abs(fixed.get("v", mpmath.mpf(random.randint(1, 12)) / 5)) or mpmath.mpf(1)
    fixed["u"] = random.choice((fixed["u"], fixed["v"], mpmath.mpf(1), mpmath.mpf("0.05")))
    shares = [mpmath.mpf(random.randint(1, 5)) for _ in range(int(fixed["K"]))]
    for g, share in enumerate(shares, 1):
        fixed[f"soft[{g}]"] = share / sum(shares)
        fixed[f"weights[{g}]"] = mpmath.mpf(random.randint(-9, 9)) / 4
    return Point(fixed)


FAILS = {
    "<": lambda left, right, slack: left >= right + slack,
    "<=": lambda left, right, slack: left > right + slack,
    ">": lambda left, right, slack: left <= right - slack,
    ">=": lambda left, right, slack: left < right - slack,
}


def fails_at(claim: Inequality, at: Point, least: int = 1) -> bool | None:
    """Whether plain arithmetic finds the relation violated, beyond rounding; None where it is undefined.

    Rounding is a share of the sides, and of `least`: sides that cancel may differ from 0 by that.
    """
    with mpmath.workdps(DIGITS):
        try:
            left, right = value(claim.left.node, at), value(claim.right.node, at)
        except (ZeroDivisionError, ValueError, OverflowError):
            return None
        if not (isinstance(left, mpmath.mpf) and isinstance(right, mpmath.mpf)):
            return None
        return FAILS[claim.relation](left, right, TINY * (least + abs(left) + abs(right)))


def fails_somewhere(claim: Inequality, seed: int) -> bool:
    """Whether the relation is violated at one of some points."""
    return any(fails_at(claim, point(Random(f"{seed} {number}"))) for number in range(12))
