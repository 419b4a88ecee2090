"""A claim in SymPy as a claim here, with what SymPy and its author assume.

Guarantees: the claim means what the SymPy objects mean for real numbers; what has no counterpart is refused
with an error that names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import sympy

from derivations.language.context import Context
from derivations.language.declarations import Domain, Given
from derivations.language.derivation import Assumption, Claim, EntryFact, EquationFact, Fact
from derivations.language.functions import SCALAR_FUNCTIONS
from derivations.language.indices import IndexSet
from derivations.language.nodes import Entry
from derivations.language.sympy_bridge import FUNCTIONS, claim_from_sympy
from derivations.language.sympy_context import context_of, given_domain, plain_integers
from derivations.language.sympy_matrices import matrix_claim
from derivations.language.sympy_reading import (
    BridgeError,
    free_indices,
    from_sympy,
    read_index_condition,
)

DOMAINS = {
    sympy.StrictGreaterThan: Domain.POSITIVE,
    sympy.GreaterThan: Domain.NONNEGATIVE,
}
"""``x > 0`` and ``x >= 0`` as domains."""


def claim_of(
    left: object, right: object, given: Iterable[object], *, whole: bool = False
) -> tuple[Claim, Context, frozenset[str]]:
    """``left = right`` under `given`, its context, and the numbers that SymPy takes for integers.

    `given` holds what `given_domain` makes, ``x > 0`` and ``x >= 0`` for a symbol or an entry with any index,
    ``Eq(i, j)`` and ``Ne(i, j)`` for indices, ``Eq(t[j], 1)``, and ``Eq(p + q, 1)`` for
    numbers, which is never differentiated. Raises `BridgeError` for anything else.
    """
    sides = tuple(sympy.sympify(side, strict=True) for side in (left, right))
    domains, facts = list[Given](), list[sympy.Basic]()
    for stated in given:
        if isinstance(stated, Given):
            domains.append(stated)
            continue
        relation = sympy.sympify(stated, strict=True)
        if relation == sympy.true:
            continue
        domain = _as_domain(relation)
        if domain is None:
            facts.append(relation)
        else:
            domains.append(domain)
    context = context_of((*sides, *facts), domains, whole=whole)
    taken = {*context.declarations, *context.labels}
    for name in FUNCTIONS:
        if name in taken:
            raise BridgeError(f"{name} is a function and cannot be a name too")
    context = context.with_rows(*(SCALAR_FUNCTIONS[name] for name in FUNCTIONS))
    of_matrices = any(isinstance(side, sympy.MatrixExpr) for side in sides)
    claim = (matrix_claim if of_matrices else claim_from_sympy)(sides[0], sides[1], context)
    sets = free_indices(sympy.Tuple(*sides, *facts), context)
    assumptions = tuple(Assumption(_fact(fact, context, sets), str(fact)) for fact in facts)
    integers = plain_integers((*sides, *facts))
    return replace(claim, assumptions=assumptions), context, integers & context.declarations.keys()


def _as_domain(stated: sympy.Basic) -> Given | None:
    """``x > 0`` as a domain, None for what may be a fact."""
    domain = DOMAINS.get(type(stated))
    if domain is not None and stated.args[1] == 0:
        return given_domain(stated.args[0], domain)
    if not isinstance(stated, sympy.Eq | sympy.Ne):
        raise BridgeError(f"{stated} cannot be assumed")
    return None


def _fact(stated: sympy.Basic, context: Context, sets: dict[str, IndexSet]) -> Fact:
    """An equation between indices, the value of an entry, or an equation between numbers."""
    left, right = stated.args
    is_value = isinstance(stated, sympy.Eq) and isinstance(left, sympy.Indexed) and right.is_Rational
    if is_value and left.base.name in context.declarations:
        entry = from_sympy(left, context, sets)
        assert isinstance(entry, Entry)
        return EntryFact(entry, Fraction(int(right.p), int(right.q)))
    names = {symbol.name for symbol in stated.free_symbols}
    if isinstance(stated, sympy.Eq) and names & context.declarations.keys():
        return EquationFact(from_sympy(left, context, sets), from_sympy(right, context, sets))
    return read_index_condition(stated, context, sets)
