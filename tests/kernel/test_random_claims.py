"""Random claims: what is rewritten soundly is never refuted, what is wrong in numbers is never proved."""

from __future__ import annotations

from random import Random

import mpmath
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    Term,
    Y,
    a,
    bit,
    c,
    claim,
    class_of,
    d,
    delta,
    exp,
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
    softplus,
    sqrt,
    term,
    theta,
    u,
    x,
    y,
)
from kernel_oracle import Point, value

from derivations.kernel import judge
from derivations.language import Add, Exp, IndexVariable, Log, Multiply, Sum
from derivations.language.traversal import rebuild

PROVED = {"proved", "proved-where-defined"}
DRAWN = settings(max_examples=150, deadline=None)
SETS = {"m": SAMPLES, "n": FEATURES, "K": CLASSES}
FREE = {"m": (i,), "n": (j, k), "K": (c, d)}


def leaf(random: Random, scope) -> Term:
    def some(size_name):
        return random.choice(scope[size_name])

    makers = (
        lambda: term(random.choice((1, 2, -1, 3))),
        lambda: random.choice((r, s, u, a, bit, pm)),
        lambda: x[some("m"), some("n")],
        lambda: theta[some("n")],
        lambda: random.choice((y, sign))[some("m")],
        lambda: random.choice((q, hard))[some("K")],
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

    if depth == 0:
        return leaf(random, scope)
    makers = (
        lambda: leaf(random, scope),
        lambda: inner() + inner(),
        lambda: inner() - inner(),
        lambda: inner() * inner(),
        lambda: inner() ** 2,
        summed,
        summed,
        lambda: exp(inner(1)),
        lambda: sigma(inner(1)),
        lambda: softplus(inner(1)),
        lambda: log(1 + inner(1) ** 2),
        lambda: inner() / (1 + exp(inner(1))),
        lambda: inner() / (1 + inner(1) ** 2),
        lambda: sqrt(1 + inner(1) ** 2),
    )
    return random.choice(makers)()


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
        case Sum(index, Add(terms), ()):
            return Add(tuple(Sum(index, part) for part in terms))
        case Sum(index, Sum(other, body, ()), ()) if index.name != other.name:
            return Sum(other, Sum(index, body))
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
    for g in at["K"]:
        found |= {f"q[{g}]": real(), f"hard[{g}]": int(g == classes[0])}
    return Point({name: mpmath.mpf(number) for name, number in found.items()})


def differs(left, right, seed: int) -> bool:
    """Whether plain arithmetic tells the two apart at one of some points, where both are real numbers."""
    with mpmath.workdps(40):
        for number in range(8):
            point = numbers(Random(f"{seed} {number}"))
            try:
                first, second = value(left, point), value(right, point)
            except ZeroDivisionError:
                continue
            real = isinstance(first, mpmath.mpf) and isinstance(second, mpmath.mpf)
            if real and abs(first - second) > mpmath.mpf(10) ** -25 * (1 + abs(first)):
                return True
    return False


@DRAWN
@given(st.integers(0, 10**9))
def test_what_is_rewritten_soundly_is_not_refuted(seed):
    random = Random(seed)
    left = expression(random, 3, FREE).node
    right = rewritten(left, random)
    assert judge(claim(Term(left), Term(right)), CONTEXT).kind != "refuted"


@DRAWN
@given(st.integers(0, 10**9))
def test_what_differs_in_numbers_is_not_proved(seed):
    random = Random(seed)
    left = expression(random, 3, FREE).node
    right = mutated(rewritten(left, random), random)
    kind = judge(claim(Term(left), Term(right)), CONTEXT).kind
    different = differs(left, right, seed)
    assert not (different and kind in PROVED)


def test_most_sound_rewritings_are_proved():
    """The laws above could not fail if nothing were proved."""
    kinds = []
    for seed in range(60):
        random = Random(seed)
        left = expression(random, 3, FREE).node
        kinds.append(judge(claim(Term(left), Term(rewritten(left, random))), CONTEXT).kind)
    assert kinds.count("proved") >= 50
