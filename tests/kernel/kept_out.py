"""Every rule of what may be taken for known, with a false claim that it keeps out.

Beside each stands the claim that is right: the same one where what the rule asks for is granted. So the false
claim is kept out by the rule beside it, and not because the kernel could not follow it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    WITH_INTERCEPT,
    Grid,
    Tensor,
    Term,
    a,
    bit,
    by,
    c,
    cost,
    cross_entropy,
    d,
    delta,
    element,
    grid,
    h,
    hard,
    i,
    j,
    k,
    log,
    mean,
    node,
    p,
    q,
    r,
    running,
    s,
    score,
    sigma,
    size,
    soft,
    sqrt,
    summing,
    term,
    theta,
    theta0,
    total,
    u,
    v,
    x,
    y,
)

from derivations.language import (
    Apply,
    Assumption,
    Claim,
    Context,
    Declaration,
    Domain,
    EntryFact,
    EquationFact,
    IndexCondition,
    IndexSet,
    Part,
    Sum,
    matrices,
)

UNKNOWN_ROWS = (
    Declaration("g", part=Part.UNKNOWN),
    Declaration("M", (FEATURES, FEATURES), part=Part.UNKNOWN),
)
UNKNOWN = CONTEXT.with_rows(*UNKNOWN_ROWS)
KNOWN = CONTEXT.with_rows(*(replace(row, part=Part.DATA) for row in UNKNOWN_ROWS))
LABELLED = CONTEXT.with_rows(
    Declaration("flag", (), Domain.BIT, Part.PARAMETER),
    Declaration("mark", (), Domain.SIGN, Part.PARAMETER),
    Declaration("share", (CLASSES,), Domain.SUM_ONE, Part.PARAMETER),
)
REAL_BIT = CONTEXT.redeclared(replace(CONTEXT.declaration("bit"), domain=Domain.REAL))
g, flag, mark = (Tensor(name).value for name in ("g", "flag", "mark"))
M, share = Tensor("M"), Tensor("share")
M_entries = grid(FEATURES, FEATURES, lambda f, e: M[f, e]).matrix
M_inverse, M_INVERTIBLE = Grid(matrices.inverse(M_entries)), matrices.invertible(M_entries)
ZEROTH = element(0, WITH_INTERCEPT)


@dataclass(frozen=True)
class Asked:
    """A claim and where it stands."""

    left: Callable[[], Term]
    right: Callable[[], Term | int]
    facts: tuple[object, ...] = ()
    relation: str = "="
    context: Context = CONTEXT

    @property
    def claim(self) -> Claim:
        said = tuple(Assumption(fact, f"fact {number}") for number, fact in enumerate(self.facts))
        return Claim(node(self.left()), node(self.right()), self.relation, said)


@dataclass(frozen=True)
class Rule:
    """What keeps `false` out, and what is right instead."""

    false: Asked
    granted: Asked


def opaque(argument: Term) -> Term:
    return Term(Apply("f", (argument.node,), (0,)))


def vanishing():
    """A product that is 0 at every number that comes to mind."""
    values = [Fraction(sign * above, 2) for sign in (1, -1) for above in range(9)]
    factors = [r - term(value) for value in sorted(set(values))]
    whole = factors[0]
    for factor in factors[1:]:
        whole = whole * factor
    return whole


def held(left, right, context=KNOWN, relation="="):
    return Asked(left, right, context=context, relation=relation)


TRUE_CLASS, LABEL_ONE = EntryFact(hard[c].node, Fraction(1)), EntryFact(y[i].node, Fraction(1))
EQUAL, APART = IndexCondition(c, d), IndexCondition(c, d, equal=False)
SUM = EquationFact((r + s).node, term(1).node)

NAMES = {
    "a name of which nothing is said is not constant": Rule(
        held(lambda: by(g * g, r), lambda: 0, UNKNOWN), held(lambda: by(g * g, r), lambda: 0)
    ),
    "nor is it as a factor": Rule(
        held(lambda: by(g * r, r), lambda: g, UNKNOWN), held(lambda: by(g * r, r), lambda: g)
    ),
    "nor in an opaque function": Rule(
        held(lambda: by(opaque(g), r), lambda: 0, UNKNOWN), held(lambda: by(opaque(g), r), lambda: 0)
    ),
    "nor is a matrix": Rule(
        held(lambda: by(M[j, k], r), lambda: 0, UNKNOWN), held(lambda: by(M[j, k], r), lambda: 0)
    ),
    "nor is an inverse": Rule(
        held(lambda: by(Term(M_inverse.matrix.entry(j, k)), r), lambda: 0, UNKNOWN),
        Asked(lambda: by(Term(M_inverse.matrix.entry(j, k)), r), lambda: 0, (M_INVERTIBLE,), context=KNOWN),
    ),
    "the variable itself is not constant": Rule(
        Asked(lambda: by(theta[j], theta[k]), lambda: 0), Asked(lambda: by(theta[j], r), lambda: 0)
    ),
}

ASSUMED = {
    "a case of indices ends": Rule(
        Asked(lambda: by(p(c), q[d]), lambda: p(c) * (1 - p(c))),
        Asked(lambda: by(p(c), q[d]), lambda: p(c) * (1 - p(c)), (EQUAL,)),
    ),
    "so does the other case": Rule(
        Asked(lambda: by(p(c), q[d]), lambda: -p(c) * p(d)),
        Asked(lambda: by(p(c), q[d]), lambda: -p(c) * p(d), (APART,)),
    ),
    "a case is not the other": Rule(
        Asked(lambda: by(p(c), q[d]), lambda: p(c) * (1 - p(c)), (APART,)),
        Asked(lambda: by(p(c), q[d]), lambda: -p(c) * p(d), (APART,)),
    ),
    "a label's value ends": Rule(
        Asked(lambda: y[i] * r, lambda: r), Asked(lambda: y[i] * r, lambda: r, (LABEL_ONE,))
    ),
    "what an equation says ends": Rule(
        Asked(lambda: r**2 - s**2, lambda: r - s), Asked(lambda: r**2 - s**2, lambda: r - s, (SUM,))
    ),
    "a declared domain holds where it is declared": Rule(
        held(lambda: bit**2, lambda: bit, REAL_BIT), held(lambda: bit**2, lambda: bit, CONTEXT)
    ),
    "what contradicts itself proves nothing": Rule(
        Asked(lambda: r, lambda: r + 1, (LABEL_ONE, EntryFact(y[i].node, Fraction(0)))),
        Asked(lambda: r * y[i], lambda: r, (LABEL_ONE,)),
    ),
    "nor do indices that are equal and are not": Rule(
        Asked(lambda: r, lambda: r + 1, (EQUAL, APART)), Asked(lambda: q[c], lambda: q[d], (EQUAL,))
    ),
    "nor do two equations": Rule(
        Asked(lambda: r, lambda: s, (SUM, EquationFact((r + s).node, term(2).node))),
        Asked(lambda: r, lambda: 1 - s, (SUM,)),
    ),
    "a true class is not every class": Rule(
        Asked(lambda: total(CLASSES, lambda e: hard[e] * q[e]), lambda: q[d], (TRUE_CLASS,)),
        Asked(lambda: total(CLASSES, lambda e: hard[e] * q[e]), lambda: q[c], (TRUE_CLASS,)),
    ),
    "a label of one sample is not that of all": Rule(
        Asked(lambda: total(SAMPLES, lambda n: y[n]), lambda: size(SAMPLES), (LABEL_ONE,)),
        Asked(lambda: y[i] + total(SAMPLES, lambda n: r - r), lambda: 1, (LABEL_ONE,)),
    ),
    "the derivative by another class is not that by the true one": Rule(
        Asked(lambda: by(cross_entropy(hard), q[d]), lambda: p(d) - 1, (TRUE_CLASS,)),
        Asked(lambda: by(cross_entropy(hard), q[c]), lambda: p(c) - 1, (TRUE_CLASS,)),
    ),
    "a claim that was refuted is not known": Rule(
        Asked(lambda: 2 * r, lambda: 2 * u),
        Asked(lambda: 2 * r, lambda: 2 * u, (EquationFact(r.node, u.node),)),
    ),
}

DIFFERENTIATED = {
    "an equation that is assumed has no derivative": Rule(
        Asked(lambda: by(r * s, s), lambda: 1 - 2 * s, (SUM,)),
        Asked(lambda: by((1 - s) * s, s), lambda: 1 - 2 * s, (SUM,)),
    ),
    "nor has a value": Rule(
        Asked(lambda: by(r**2, r), lambda: 0, (EquationFact(r.node, term(3).node),)),
        Asked(lambda: by(r**2, r), lambda: 6, (EquationFact(r.node, term(3).node),)),
    ),
    "a bit's square has the derivative of a square": Rule(
        held(lambda: by(flag**2, flag), lambda: 1, LABELLED),
        held(lambda: by(flag**2, flag), lambda: 2 * flag, LABELLED),
    ),
    "so has a sign's": Rule(
        held(lambda: by(mark**2, mark), lambda: 0, LABELLED),
        held(lambda: by(mark**2, mark), lambda: 2 * mark, LABELLED),
    ),
    "a sum of one has the derivative of a sum": Rule(
        held(lambda: by(total(CLASSES, lambda e: share[e]), share[c]), lambda: 0, LABELLED),
        held(lambda: by(total(CLASSES, lambda e: share[e]), share[c]), lambda: 1, LABELLED),
    ),
}

UNDEFINED = {
    "zero to the zero": Rule(
        Asked(lambda: bit**bit, lambda: 1), Asked(lambda: (1 + bit) ** bit, lambda: 1 + bit)
    ),
    "a bit divided by itself": Rule(Asked(lambda: bit / bit, lambda: 1), Asked(lambda: u / u, lambda: 1)),
    "a bit times its logarithm": Rule(
        Asked(lambda: bit * log(bit), lambda: 0), Asked(lambda: bit * log(2 - bit), lambda: 0)
    ),
}

TRAPS = {
    "the logarithm of a negative": Rule(
        Asked(lambda: log(-u), lambda: -log(u)), Asked(lambda: log(1 / u), lambda: -log(u))
    ),
    "the logarithm of a product": Rule(
        Asked(lambda: log(r * s), lambda: log(r) - log(s)), Asked(lambda: log(u * v), lambda: log(u) + log(v))
    ),
    "the root of a square": Rule(Asked(lambda: sqrt(r**2), lambda: r), Asked(lambda: sqrt(u**2), lambda: u)),
    "a free index captured": Rule(
        Asked(lambda: Term(Sum(i, (y[i] * h(i)).node)), lambda: h(i) * total(SAMPLES, lambda n: y[n])),
        Asked(lambda: total(SAMPLES, lambda n: y[n] * h(i)), lambda: h(i) * total(SAMPLES, lambda n: y[n])),
    ),
    "a bound index as that of the derivative": Rule(
        Asked(
            lambda: by(Term(Sum(j, (theta[j] * x[i, j]).node)), theta[j]),
            lambda: total(FEATURES, lambda f: x[i, f]),
        ),
        Asked(lambda: by(Term(Sum(j, (theta[j] * x[i, j]).node)), theta[j]), lambda: x[i, j]),
    ),
    "bounds off by one": Rule(
        Asked(lambda: total(IndexSet("K", 2), lambda e: q[e]), lambda: total(CLASSES, lambda e: q[e])),
        Asked(
            lambda: total(IndexSet("K", 2), lambda e: q[e]) + q[element(1, CLASSES)],
            lambda: total(CLASSES, lambda e: q[e]),
        ),
    ),
    "a missing 1/m": Rule(
        Asked(lambda: by(cost, theta[j]), lambda: total(SAMPLES, lambda n: (h(n) - y[n]) * x[n, j])),
        Asked(lambda: by(cost, theta[j]), lambda: mean * total(SAMPLES, lambda n: (h(n) - y[n]) * x[n, j])),
    ),
    "a wrong free index": Rule(
        Asked(lambda: by(score(i), theta[k]), lambda: x[i, j]),
        Asked(lambda: by(score(i), theta[k]), lambda: x[i, k]),
    ),
    "a delta outside its range": Rule(
        Asked(lambda: total(WITH_INTERCEPT, lambda f: delta(f, ZEROTH) * theta0[f]), lambda: 0),
        Asked(lambda: total(FEATURES, lambda f: delta(f, ZEROTH) * theta0[f]), lambda: 0),
    ),
    "one name for two kinds of labels": Rule(
        Asked(lambda: summing[c] ** 2, lambda: summing[c]), Asked(lambda: hard[c] ** 2, lambda: hard[c])
    ),
    "a small number in a logarithm": Rule(
        Asked(lambda: log(a), lambda: log(a + term(Fraction(1, 10**12)))),
        Asked(lambda: log(a), lambda: log(a + term(Fraction(1, 10**12)) - term(Fraction(1, 10**12)))),
    ),
    "true of one sample only": Rule(
        Asked(lambda: total(SAMPLES, lambda n: y[n]), lambda: y[i]),
        Asked(lambda: total(SAMPLES, lambda n: y[n] * delta(n, i)), lambda: y[i]),
    ),
    "true of two classes only": Rule(
        Asked(lambda: total(CLASSES, lambda e: p(e) * (1 - p(e))), lambda: 2 * p(c) * (1 - p(c))),
        Asked(
            lambda: total(CLASSES, lambda e: p(e) * (1 - p(e))),
            lambda: 1 - total(CLASSES, lambda e: p(e) ** 2),
        ),
    ),
    "true at special points only": Rule(
        Asked(vanishing, lambda: 0), Asked(lambda: vanishing() - vanishing(), lambda: 0)
    ),
    "true to ninety digits only": Rule(
        Asked(lambda: by(sigma(r), r), lambda: sigma(r) * sigma(-r) + term(Fraction(1, 10**90))),
        Asked(lambda: by(sigma(r), r), lambda: sigma(r) * sigma(-r)),
    ),
    "a product as if it were a sum": Rule(
        Asked(lambda: running(SAMPLES, lambda n: 2 * h(n)), lambda: 2 * running(SAMPLES, h)),
        Asked(
            lambda: running(SAMPLES, lambda n: 2 * h(n)),
            lambda: term(2) ** size(SAMPLES) * running(SAMPLES, h),
        ),
    ),
    "labels that only sum to one": Rule(
        Asked(lambda: log(summing[c] ** 2), lambda: log(summing[c]) + log(2 * summing[c])),
        Asked(lambda: log(soft[c] ** 2), lambda: 2 * log(soft[c])),
    ),
}

RULES = {**NAMES, **ASSUMED, **DIFFERENTIATED, **UNDEFINED, **TRAPS}
