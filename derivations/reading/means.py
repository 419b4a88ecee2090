"""Letters for numbers of things by their place: the m of ``\\frac{1}{m} \\sum_i``, whatever i is."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from derivations.reading.syntax import name_of, walk
from derivations.reading.tree import Big, Juxtaposition, Quotient, Syntax

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
