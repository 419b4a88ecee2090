"""Equalities between SymPy expressions, decided by the kernel.

>>> import sympy
>>> from derivations import prove_equal
>>> z = sympy.Symbol("z", real=True)
>>> s = 1 / (1 + sympy.exp(-z))
>>> prove_equal(sympy.Derivative(s, z), s * (1 - s)).kind
'proved'
>>> prove_equal(sympy.Derivative(s, z), s * (1 + s)).witness.assignment
(('z', '-2'),)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from derivations.kernel import Refuted, Undecided, Verdict, judge
from derivations.language import Claim, Context, Domain


def prove_equal(lhs: object, rhs: object, *, given: Iterable[object] = ()) -> Verdict:
    """The verdict on ``lhs = rhs``, two SymPy expressions, for all real values and sizes that are allowed.

    Symbols are real numbers with SymPy's assumptions, upper ends of sums are sizes of at least 1, entries of
    an IndexedBase and of a MatrixSymbol are numbers of their own, undefined functions are any smooth ones.
    `given` holds what `binary`, `sign`, `one_hot`, `simplex` and `unit_interval` say of an array or a symbol,
    ``x > 0``, ``x >= 0``, ``Eq(i, j)`` and ``Ne(i, j)`` of indices, and ``Eq(t[j], 1)`` of an entry.

    Raises `BridgeError`, a ValueError that names it, for what has no counterpart, and `ShapeError` for
    matrices of different shapes.

    Guarantees: as the kernel's `judge`. A symbol that SymPy takes for an integer is a real number in a proof;
    a counterexample in which it is none does not refute.
    """
    claim, context, integers = _claim(lhs, rhs, given)
    verdict = judge(claim, context)
    if isinstance(verdict, Refuted):
        for name, value in verdict.witness.assignment:
            if name in integers and Fraction(value).denominator != 1:
                return Undecided(f"it fails where {name} is {value}, which is no integer")
    return verdict


def _claim(lhs: object, rhs: object, given: Iterable[object]) -> tuple[Claim, Context, frozenset[str]]:
    """The claim, its context, and the numbers that are integers: the place where LaTeX would be read, too."""
    from derivations.language.sympy_claims import claim_of

    for side in (lhs, rhs):
        if isinstance(side, str):
            raise TypeError("prove_equal takes SymPy expressions; LaTeX is read by check_text")
    return claim_of(lhs, rhs, given)


def _saying(domain: Domain, text: str) -> Callable[[object], object]:
    def say(array: object) -> object:
        from derivations.language.sympy_context import given_domain

        return given_domain(array, domain)

    say.__doc__ = f"For `prove_equal`: {text}"
    return say


binary = _saying(Domain.BIT, "every entry of an array, or a symbol, is 0 or 1.")
sign = _saying(Domain.SIGN, "every entry of an array, or a symbol, is -1 or 1.")
one_hot = _saying(Domain.ONE_HOT, "along its last index an array is 1 in one place and otherwise 0.")
simplex = _saying(Domain.PROBABILITIES, "along its last index an array is positive with sum 1.")
unit_interval = _saying(Domain.UNIT, "every entry of an array, or a symbol, is strictly between 0 and 1.")

__all__ = ["binary", "one_hot", "prove_equal", "sign", "simplex", "unit_interval"]
