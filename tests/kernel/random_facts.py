"""Random assumptions: what each makes 0, what it is easily taken to make 0, and points at which it holds.

The points are drawn as for claims without assumptions, and then the assumption is made true by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

import mpmath
from kernel_notation import (
    CLASSES,
    FEATURES,
    SAMPLES,
    Term,
    c,
    class_of,
    d,
    delta,
    exp,
    grid,
    hard,
    i,
    j,
    k,
    q,
    r,
    s,
    soft,
    summing,
    term,
    theta,
    total,
    u,
    x,
    y,
)
from kernel_oracle import Point, value

from derivations.language import (
    Assumption,
    Derivative,
    EntryFact,
    EquationFact,
    Expression,
    Fact,
    IndexCondition,
    Inverse,
    Power,
    matrices,
)
from derivations.language.traversal import rebuild

GRAM = grid(FEATURES, FEATURES, lambda f, g: total(SAMPLES, lambda n: x[n, f] * x[n, g]))
INVERSE = GRAM.inverse().matrix


@dataclass(frozen=True)
class Supposed:
    """An assumption."""

    fact: Fact
    impose: Callable[[Point], Point]
    """The point, changed so that the assumption holds as far as that can be."""
    holds: Callable[[Point], bool]
    nothing: tuple[Term, ...]
    """What is 0 under it."""
    tempting: tuple[Term, ...]
    """What is 0 only at some of the points."""

    @property
    def assumption(self) -> Assumption:
        return Assumption(self.fact, "so it is supposed")

    def at(self, point: Point) -> Point | None:
        """The point with the assumption made true, or None where it cannot be."""
        try:
            changed = self.impose(point)
            return changed if self.holds(changed) else None
        except ZeroDivisionError:
            return None


def added(node: Expression, zeros: tuple[Term, ...], random: Random) -> Expression:
    """`node` with 0 added, or times 1, at some places, none of them in a derivative or an exponent."""
    match node:
        case Derivative() | Inverse():
            parts = node
        case Power(base, exponent):
            parts = Power(added(base, zeros, random), exponent)
        case _:
            parts = rebuild(node, lambda part: added(part, zeros, random))
    if random.random() < 0.8:
        return parts
    zero, written = random.choice(zeros), Term(parts)
    return random.choice((written + zero, written * (1 - zero), written - zero * r)).node


def equation(left: Term, right: Term, change: Callable[[Point], Point], *tempting: Term) -> Supposed:
    """Two numbers are equal, by a change of one of them."""

    def holds(point: Point) -> bool:
        return abs(value(left.node, point) - value(right.node, point)) < mpmath.mpf(10) ** -30

    zero = left - right
    nothing = (zero, zero * q[c], r * left - r * right, exp(left) - exp(right))
    return Supposed(EquationFact(left.node, right.node), change, holds, nothing, tempting)


def index(point: Point, name: str) -> int:
    return int(point.numbers[name])


def labelled(point: Point) -> Point:
    return point.put(f"class({index(point, 'i')})", point.numbers["c"])


def one_hot_at(point: Point) -> Point:
    for element in range(1, index(point, "K") + 1):
        point = point.put(f"hard[{element}]", mpmath.mpf(element == index(point, "c")))
    return point


def told(point: Point, name: str, at: str, number: int) -> Point:
    return point.put(f"{name}[{index(point, at)}]", mpmath.mpf(number))


def regular(point: Point) -> bool:
    """Whether X^T X certainly has an inverse."""
    size = range(1, index(point, "n") + 1)
    rows = [[value(GRAM.matrix.body, point.put("row", f).put("column", g)) for g in size] for f in size]
    return abs(mpmath.det(mpmath.matrix(rows))) > mpmath.mpf(10) ** -6


def product_with_inverse(row, column) -> Term:
    return total(FEATURES, lambda f: Term(GRAM.matrix.entry(row, f)) * Term(INVERSE.entry(f, column)))


def always(point: Point) -> bool:
    return True


def label_is(number: int) -> Supposed:
    return Supposed(
        EntryFact(y[i].node, Fraction(number)),
        lambda point: told(point, "y", "i", number),
        always,
        (y[i] - number, y[i] * r - number * r, y[i] ** 2 - number),
        (total(SAMPLES, lambda n: y[n] - number), y[i] - (1 - number)),
    )


def halved(point: Point) -> Point:
    return point.put("r", (point.numbers["s"] - point.numbers["u"]) / 2)


SUPPOSED = (
    Supposed(
        IndexCondition(c, d),
        lambda point: point.put("d", point.numbers["c"]),
        always,
        (q[c] - q[d], delta(c, d) - 1, soft[c] - soft[d], delta(c, class_of(i)) - delta(class_of(i), d)),
        (total(CLASSES, lambda g: q[g]) - q[c], hard[c] - 1, delta(c, class_of(i)) - 1),
    ),
    Supposed(
        IndexCondition(c, d, equal=False),
        lambda point: point,
        lambda point: point.numbers["c"] != point.numbers["d"],
        (delta(c, d), hard[c] * hard[d], delta(c, d) * q[c], delta(c, class_of(i)) * delta(d, class_of(i))),
        (q[c] - q[d], hard[c] + hard[d] - 1, delta(c, class_of(i)) + delta(d, class_of(i)) - 1),
    ),
    Supposed(
        IndexCondition(class_of(i), c),
        labelled,
        always,
        (delta(c, class_of(i)) - 1, total(CLASSES, lambda g: delta(g, class_of(i)) * q[g]) - q[c]),
        (
            delta(d, class_of(i)),
            total(SAMPLES, lambda n: delta(c, class_of(n)) - 1),
            hard[c] - 1,
        ),
    ),
    Supposed(
        EntryFact(hard[c].node, Fraction(1)),
        one_hot_at,
        always,
        (hard[c] - 1, total(CLASSES, lambda g: hard[g] * q[g]) - q[c], hard[d] - delta(c, d)),
        (hard[d] - 1, total(CLASSES, lambda g: hard[g] * q[g]) - q[d], total(CLASSES, lambda g: 1 - hard[g])),
    ),
    label_is(0),
    label_is(1),
    Supposed(
        EntryFact(theta[j].node, Fraction(1, 2)),
        lambda point: told(point, "theta", "j", 1).put(f"theta[{index(point, 'j')}]", mpmath.mpf(1) / 2),
        always,
        (2 * theta[j] - 1, theta[j] * x[i, j] - x[i, j] / 2),
        (2 * theta[k] - 1, total(FEATURES, lambda f: 2 * theta[f] - 1)),
    ),
    equation(r + s, term(1), lambda point: point.put("s", 1 - point.numbers["r"]), r - s, r * s, r + u - 1),
    equation(
        2 * r, s - u, lambda point: point.put("r", (point.numbers["s"] - point.numbers["u"]) / 2), r - s
    ),
    equation(s, term(3), lambda point: point.put("s", mpmath.mpf(3)), r - 3, s + 3),
    equation(
        r + total(CLASSES, lambda g: q[g]),
        s,
        lambda point: point.put(
            "r", point.numbers["s"] - sum(point.numbers[f"q[{g}]"] for g in range(1, index(point, "K") + 1))
        ),
        r + q[c] - s,
    ),
    equation(r**2, s**2, lambda point: point.put("s", -point.numbers["r"]), r - s, r + s),
    Supposed(
        matrices.invertible(GRAM.matrix),
        lambda point: point,
        regular,
        (
            product_with_inverse(j, k) - delta(j, k),
            total(FEATURES, lambda f: product_with_inverse(f, j) * theta[f]) - theta[j],
        ),
        (
            product_with_inverse(j, k) - 1,
            Term(INVERSE.entry(j, k)) * Term(GRAM.matrix.entry(j, k)) - delta(j, k),
        ),
    ),
)

SIMPLEX = (
    total(CLASSES, lambda g: soft[g]) - 1,
    total(CLASSES, lambda g: summing[g]) - 1,
    total(CLASSES, lambda g: hard[g] * (1 - hard[g])),
    q[c] * total(CLASSES, lambda g: summing[g] - soft[g]),
)
"""What is 0 by the declarations alone."""
