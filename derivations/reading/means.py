"""Letters for numbers by their place: the m of ``\\frac{1}{m} \\sum_i``, the C of ``C \\sum_i``."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from derivations.reading.syntax import name_of, walk
from derivations.reading.tree import Big, Group, Juxtaposition, Quotient, Syntax, children

_LETTERS = frozenset("mnNMK")
"""Letters that stand for numbers of things where they divide a sum."""


def divisors(formulas: Iterable[Syntax]) -> frozenset[str]:
    """The letters for numbers that divide a sum right behind them."""
    return frozenset(name for formula in formulas for name in _divisors(formula))


def _divisors(formula: Syntax) -> Iterator[str]:
    for node in walk(formula):
        if not isinstance(node, Juxtaposition):
            continue
        for factor, following in itertools.pairwise(node.factors):
            if isinstance(factor, Quotient) and isinstance(following, Big) and following.kind == "sum":
                below = factor.denominator
                parts = below.factors if isinstance(below, Juxtaposition) else (below,)
                names = (name_of(part) for part in parts)
                yield from (name for name in names if name is not None and name in _LETTERS)


_COSTS = frozenset({"C"})
"""Letters for a cost and for how much a cost weighs."""


def coefficients(formulas: Iterable[Syntax]) -> frozenset[str]:
    """The letters that could stand for costs and only ever stand beside other factors, or in fractions."""
    found = [pair for formula in formulas for pair in _uses(formula, beside=False)]
    return frozenset(name for name, _ in found) - {name for name, beside in found if not beside}


def _uses(node: Syntax, *, beside: bool) -> Iterator[tuple[str, bool]]:
    """Every use of such a letter, and whether it is one of a coefficient."""
    name = name_of(node)
    if name is not None:
        if name in _COSTS:
            yield name, beside
        return
    if isinstance(node, Juxtaposition):
        for factor, following in itertools.zip_longest(node.factors, node.factors[1:]):
            applied = isinstance(following, Group) and all(map(name_of, following.items))
            yield from _uses(factor, beside=len(node.factors) > 1 and not applied)
        return
    for child in children(node):
        yield from _uses(child, beside=isinstance(node, Quotient))
