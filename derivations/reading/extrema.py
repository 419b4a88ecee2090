"""Extrema over an index set: ``\\max_k z_k``, where k is an index of what stands behind the sign.

What is largest by the choice of a number, ``\\max_\\theta L(\\theta)``, is not read.
"""

from __future__ import annotations

from collections.abc import Sequence

from derivations.language import Abstraction, IndexVariable, Maximum, negate
from derivations.language.matrices import Matrix
from derivations.reading.term_walk import free_letters
from derivations.reading.terms import BigTerm, Bounds, Term
from derivations.reading.unreadable import Unreadable

EXTREMA = frozenset({"max", "min"})


def ranges_over(bounds: Sequence[Bounds], body: Term) -> bool:
    """Whether the letter below an extremum is one index of what stands behind it, without exceptions."""
    return len(bounds) == 1 and not bounds[0].excluding and bounds[0].index in free_letters(body)


def extremum(term: BigTerm, index: IndexVariable, body: Matrix) -> Matrix:
    """The largest value of a number, or the smallest one."""
    if not body.is_scalar:
        raise Unreadable(term.span, f"a {term.kind} over matrices")
    if term.kind == "max":
        return Matrix(None, None, Maximum(Abstraction((index,), body.body)))
    return Matrix(None, None, negate(Maximum(Abstraction((index,), negate(body.body)))))
