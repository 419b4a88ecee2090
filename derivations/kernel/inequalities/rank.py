"""Sums of squares that are positive because columns are independent: ``X v`` is not 0 for v that is not 0.

The columns of X are independent exactly where ``X^T X`` has an inverse.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.kernel.atoms import Atom, EntryAtom, SumAtom
from derivations.kernel.definite import has_inverse
from derivations.kernel.inequalities.goal import Goal, Reduction
from derivations.kernel.inequalities.sums import Merged, index_sets, merge
from derivations.kernel.inverses import SquareMatrix
from derivations.kernel.polynomials import ONE, UNIT, Polynomial, factor_sign, factors
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import reindex_monomial
from derivations.kernel.sign import POSITIVE
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Workspace
from derivations.language.declarations import Domain
from derivations.language.indices import index_variables


def by_rank(goal: Goal, work: Workspace) -> Iterator[Reduction]:
    """``sum_i w_i (u_i^T v)^2 > 0`` for positive w_i and v that is not 0, where ``sum_i u_i u_i^T`` has an
    inverse: it is then positive definite.
    """
    if not goal.strict or goal.value.denominator is not ONE:
        return
    for index_set in sorted(index_sets(goal.value.numerator), key=str):
        merged = merge(goal.value.numerator, index_set, work)
        form = _form(merged.body, work)
        if form is not None and _is_independent(form, merged, work):
            goals = () if merged.rest.is_zero else (Goal(merged.rest),)
            yield Reduction("X v is not 0 where the columns of X are independent and v is not 0", goals)


def _form(body: Rational, work: Workspace) -> SumAtom | None:
    """The sum of which `body` is a positive multiple of the square."""
    found: list[SumAtom] = []
    for whole in (body.numerator, body.denominator):
        if not whole:
            return None
        size, parts = factors(whole, work.meter.budget)
        if size < 0:
            return None
        for part, multiplicity in parts:
            atom = _alone(part)
            if isinstance(atom, SumAtom) and multiplicity == 2 and whole is body.numerator:
                found.append(atom)
            elif factor_sign(part, whole) != POSITIVE:
                return None
    return found[0] if len(found) == 1 else None


def _alone(polynomial: Polynomial) -> Atom | None:
    """The atom that a polynomial consists of."""
    if len(polynomial) != 1:
        return None
    ((monomial, coefficient),) = polynomial.items()
    alone = coefficient == 1 and len(monomial) == 1 and monomial[0][1] == 1
    return monomial[0][0] if alone and monomial != UNIT else None


def _is_independent(form: SumAtom, merged: Merged, work: Workspace) -> bool:
    """Whether `form` is ``sum_j u_j v_j`` with v not 0, and products of the u make an invertible matrix."""
    if len(form.indices) != 1:
        return False
    (bound,) = form.indices
    first, second = (work.open_index(bound.index_set) for _ in range(2))
    for place, (atom, exponent) in enumerate(form.body):
        if not isinstance(atom, EntryAtom) or atom.domain is not Domain.NONZERO_ROW or exponent != 1:
            continue
        others = form.body[:place] + form.body[place + 1 :]
        whole = work.context.declaration(atom.name).index_sets[-1]
        ends = atom.indices[-1] == bound and whole == bound.index_set
        before = {variable.name for index in atom.indices[:-1] for variable in index_variables(index)}
        if not ends or bound.name in before or merged.index.name in atom.free:
            continue
        gram = reindex_monomial(others, {bound.name: first}, work) * reindex_monomial(
            others, {bound.name: second}, work
        )
        gram = sum_over(merged.index, gram, work)
        if has_inverse(SquareMatrix(first, second, gram), work):
            return True
    return False
