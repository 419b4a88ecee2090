"""The names that every topic shares, so that an index or a size means the same in all of them.

SymPy renames no bound index when it differentiates a sum: an index that is bound in one place is therefore
never used free in another (i, c and `feature` are always bound; j and k are always free).
"""

from __future__ import annotations

import sympy

from derivations.language.declarations import Declaration, Domain, Part
from derivations.language.indices import IndexSet

SAMPLES, FEATURES, CLASSES = IndexSet("m"), IndexSet("n"), IndexSet("K")

m, n, K = sympy.symbols("m n K", integer=True, positive=True)
i, j, k, c = sympy.symbols("i j k c", integer=True, positive=True)
feature = sympy.Symbol("l", integer=True, positive=True)
z, y = sympy.symbols("z y", real=True)

sigma = sympy.Function("sigma", real=True)


def logistic(score: sympy.Expr) -> sympy.Expr:
    """The meaning of ``sigma(score)``."""
    return 1 / (1 + sympy.exp(-score))


def parameter(name: str, *index_sets: IndexSet) -> Declaration:
    """A real tensor by which one differentiates."""
    return Declaration(name, index_sets, part=Part.PARAMETER)


def data(name: str, *index_sets: IndexSet, domain: Domain = Domain.REAL) -> Declaration:
    """A tensor of data, constant under every derivative."""
    return Declaration(name, index_sets, domain=domain)
