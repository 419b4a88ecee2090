"""Random claims: expressions of this field, what is surely equal to them, and what mostly is not.

The numbers at which two sides are compared come from here too, so that nothing of it is the kernel's.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import mpmath
from functions_met import absolute, normal, relu
from kernel_notation import (
    CLASSES,
    FEATURES,
    SAMPLES,
    Term,
    Y,
    a,
    bit,
    by,
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
    log,
    pm,
    q,
    r,
    s,
    sigma,
    sign,
    size,
    soft,
    softplus,
    sqrt,
    summing,
    term,
    theta,
    total,
    u,
    x,
    y,
)
from kernel_oracle import Point, value
from random_facts import Supposed

from derivations.language import (
    Add,
    Apply,
    Cardinality,
    Cases,
    Derivative,
    Exp,
    IndexCondition,
    IndexSet,
    IndexVariable,
    Inverse,
    Log,
    Multiply,
    Power,
    Product,
    Sum,
    last,
)
from derivations.language.substitution import replace_indices
from derivations.language.traversal import rebuild, subexpressions

SETS = {"m": SAMPLES, "n": FEATURES, "K": CLASSES}
FREE = {"m": (i,), "n": (j, k), "K": (c, d)}
DIGITS = 50


def leaf(random: Random, scope) -> Term:
    def some(size_name):
        return random.choice(scope[size_name])

    makers = (
        lambda: term(random.choice((1, 2, -1, 3))),
        lambda: random.choice((r, s, u, a, bit, pm)),
        lambda: x[some("m"), some("n")],
        lambda: theta[some("n")],
        lambda: random.choice((y, sign))[some("m")],
        lambda: random.choice((q, hard, soft, summing))[some("K")],
        lambda: Y[some("m"), some("K")],
        lambda: delta(some("K"), class_of(some("m"))),
        lambda: delta(some("K"), some("K")),
        lambda: size(SETS[random.choice("mnK")]),
    )
    return random.choice(makers)()


def expression(random: Random, depth: int, scope) -> Term:
    """A random real number that is defined everywhere."""

    def inner(at_most=9) -> Term:
        return expression(random, min(depth - 1, at_most), scope)

    def summed() -> Term:
        name = random.choice("mnK")
        index = IndexVariable(f"{name.lower()}{depth}", SETS[name])
        body = expression(random, depth - 1, {**scope, name: (*scope[name], index, index)})
        return Term(Sum(index, body.node))

    def multiplied() -> Term:
        index = IndexVariable(f"p{depth}", FEATURES)
        body = expression(random, min(depth - 1, 1), {**scope, "n": (*scope["n"], index, index)})
        holes = (random.choice(scope["n"]),) if random.random() < 0.4 else ()
        return Term(Product(index, body.node, holes))

    if depth == 0:
        return leaf(random, scope)
    makers = (
        lambda: leaf(random, scope),
        lambda: inner() + inner(),
        lambda: inner() - inner(),
        lambda: inner() * inner(),
        lambda: inner() ** 2,
        lambda: inner(1) ** size(SETS[random.choice("mnK")]),
        summed,
        summed,
        lambda: exp(inner(1)),
        lambda: sigma(inner(1)),
        lambda: softplus(inner(1)),
        lambda: log(1 + inner(1) ** 2),
        lambda: inner() / (1 + exp(inner(1))),
        lambda: inner() / (1 + inner(1) ** 2),
        lambda: sqrt(1 + inner(1) ** 2),
        lambda: absolute(inner(1)),
        lambda: relu(inner(1)),
        lambda: normal(inner(1)),
        lambda: log(normal(inner(1))),
        lambda: opaque(random, inner),
        multiplied,
        lambda: chosen(random, scope, inner),
        lambda: all_but_one(random, scope, depth),
        lambda: all_but_the_last(random, scope, depth),
        lambda: inverted(random, scope),
    )
    return random.choice(makers)()


def opaque(random: Random, inner) -> Term:
    """A function of which nothing is known, or a derivative of it."""
    return Term(Apply(random.choice(("f", "ff")), (inner(1).node,), (random.randrange(2),)))


def differentiated(random: Random, depth: int, scope) -> Term:
    """The derivative of a random number by a parameter."""
    return by(expression(random, depth, scope), random.choice((r, s, theta[j], q[c])))


def chosen(random: Random, scope, inner) -> Term:
    """A case distinction."""
    name = random.choice("nK")
    left, right = (random.choice(scope[name]) for _ in range(2))
    condition = IndexCondition(left, right, random.random() < 0.5)
    return Term(Cases(((condition, inner(1).node), (None, inner(1).node))))


def all_but_one(random: Random, scope, depth: int) -> Term:
    """A sum with a hole."""
    index = IndexVariable(f"o{depth}", CLASSES)
    body = expression(random, min(depth - 1, 1), {**scope, "K": (*scope["K"], index, index)})
    return Term(Sum(index, body.node, (random.choice(scope["K"]),)))


def all_but_the_last(random: Random, scope, depth: int) -> Term:
    """A sum over the classes beside a reference class."""
    index = IndexVariable(f"l{depth}", IndexSet("K", 1, 1))
    body = expression(random, min(depth - 1, 1), {**scope, "K": (*scope["K"], index, index)})
    return Term(Sum(index, body.node)) + random.choice((0, 1)) * q[last(CLASSES)]


def inverted(random: Random, scope) -> Term:
    """An entry of the inverse of a positive definite matrix, perhaps times an entry of the matrix."""

    def entry(row, column) -> Term:
        gram = total(SAMPLES, lambda n: x[n, row] * x[n, column] * weight(n))
        return gram + u * delta(row, column)

    def weight(sample) -> Term:
        return {0: term(1), 1: sigma(r), 2: y[sample], 3: sigma(x[sample, k])}[kind]

    kind = random.randrange(4)
    inverse = grid(FEATURES, FEATURES, entry).inverse().matrix
    row, column = (random.choice(scope["n"]) for _ in range(2))
    if random.random() < 0.5:
        return Term(inverse.entry(row, column))
    ordered = random.random() < 0.8
    return total(
        FEATURES,
        lambda b: entry(row, b) * Term(inverse.entry(b, column) if ordered else inverse.entry(b, row)),
    )


def rewritten(node, random: Random):
    """An expression that is equal for certain."""
    parts = rebuild(node, lambda part: rewritten(part, random))
    if random.random() < 0.5:
        return parts
    written = Term(parts)
    match parts:
        case Add(terms):
            return Add(tuple(random.sample(terms, len(terms))))
        case Multiply((first, Add(terms))):
            return Add(tuple(Multiply((first, part)) for part in terms))
        case Multiply(factors):
            return Multiply(tuple(reversed(factors)))
        case Exp(argument):
            return (exp(Term(argument) / 2) ** 2).node
        case Log():
            return (-written + 2 * written).node
        case Power(base, Cardinality(index_set)):
            return Product(IndexVariable("times", index_set), base)
        case Product(index, Product(other, body, ()), ()) if index.name != other.name:
            return Product(other, Product(index, body))
        case Sum(index, Add(terms), ()):
            return Add(tuple(Sum(index, part) for part in terms))
        case Sum(index, Sum(other, body, ()), ()) if index.name != other.name:
            return Sum(other, Sum(index, body))
        case Sum(index, body, (hole,)):
            whole = Sum(index, body)
            return (Term(whole) - Term(replace_indices(body, {index.name: hole}))).node
        case Product(index, Multiply(factors), ()):
            return Multiply(tuple(Product(index, factor) for factor in factors))
        case Cases(((condition, value), (None, other))):
            turned = replace(condition, equal=not condition.equal)
            return Cases(((turned, other), (None, value)))
        case Inverse(matrix, (row, column)):
            return Inverse(matrix, (column, row))
    return ((written * 2 + written) / 3).node


def mutated(node, random: Random):
    """An expression that is usually another number."""
    written, choice = Term(node), random.randrange(9)
    if choice < 4:
        places = []
        rebuild(node, lambda part: places.append(part) or part)
        if places:
            at = iter(range(len(places)))
            chosen = random.randrange(len(places))
            return rebuild(node, lambda part: mutated(part, random) if next(at) == chosen else part)
    changes = (-written, 2 * written, written + 1, written * written, written / size(SAMPLES))
    return random.choice((*changes, leaf(random, FREE))).node


def numbers(random: Random) -> Point:
    """A point with values for every name of the notation that a random claim can use."""
    sizes = {name: random.randint(1, 3) for name in SETS}
    at = {name: range(1, sizes[name] + 1) for name in SETS}
    found: dict[str, object] = dict(sizes)
    found |= {v.name: random.choice(at[name]) for name, free in FREE.items() for v in free}

    def real():
        return random.randint(-15, 15) / mpmath.mpf(7)

    found |= {"r": real(), "s": real(), "u": abs(real()) + 1, "a": random.randint(1, 9) / mpmath.mpf(10)}
    found |= {"bit": random.randint(0, 1), "pm": random.choice((-1, 1))}
    classes = {n: random.choice(at["K"]) for n in (0, *at["m"])}
    for n in at["m"]:
        found |= {f"x[{n},{f}]": real() for f in at["n"]}
        found |= {f"y[{n}]": random.randint(0, 1), f"sign[{n}]": random.choice((-1, 1))}
        found |= {f"Y[{n},{g}]": int(g == classes[n]) for g in at["K"]}
        found[f"class({n})"] = random.choice(at["K"])
    found |= {f"theta[{f}]": real() for f in at["n"]}
    found["last of K()"] = sizes["K"]
    shares = {g: random.randint(1, 5) for g in at["K"]}
    sums = {g: real() for g in at["K"]}
    for g in at["K"]:
        found[f"soft[{g}]"] = mpmath.mpf(shares[g]) / sum(shares.values())
        found[f"summing[{g}]"] = sums[g] if g > 1 else 1 - sum(sums.values()) + sums[1]
        found |= {f"q[{g}]": real(), f"hard[{g}]": int(g == classes[0])}
    return Point({name: mpmath.mpf(number) for name, number in found.items()})


def differentiates(node) -> bool:
    """Whether differences stand for a derivative, which costs digits."""
    return any(isinstance(part, Derivative) for part in subexpressions(node))


def differs(left, right, seed: int, supposed: Supposed | None = None) -> bool:
    """Whether plain arithmetic tells the two apart at one of some points, where both are real numbers."""
    rough = differentiates(left) or differentiates(right)
    with mpmath.workdps(DIGITS):
        threshold = mpmath.mpf(10) ** (-12 if rough else -25)
        for number in range(12):
            point: Point | None = numbers(Random(f"{seed} {number}"))
            point = supposed.at(point) if supposed else point
            try:
                first, second = (value(left, point), value(right, point)) if point else (None, None)
            except ZeroDivisionError:
                continue
            real = isinstance(first, mpmath.mpf) and isinstance(second, mpmath.mpf)
            if real and abs(first - second) > threshold * (1 + abs(first)):
                return True
    return False
