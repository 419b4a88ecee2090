"""Equalities in SymPy or in LaTeX, decided by the kernel.

>>> import sympy
>>> from derivations import prove_equal
>>> z = sympy.Symbol("z", real=True)
>>> s = 1 / (1 + sympy.exp(-z))
>>> prove_equal(sympy.Derivative(s, z), s * (1 - s)).kind
'proved'
>>> prove_equal(sympy.Derivative(s, z), s * (1 + s)).witness.assignment
(('z', '-2'),)
>>> prove_equal(r"\\frac{d}{dz} \\log(1 + e^z)", r"\\frac{1}{1 + e^{-z}}").kind
'proved'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from derivations.kernel import Refuted, Undecided, Verdict, judge
from derivations.language import Claim, Context, Domain, Given


def prove_equal(lhs: object, rhs: object, *, given: Iterable[object] = ()) -> Verdict:
    """The verdict on ``lhs = rhs``, two SymPy expressions or two strings of LaTeX.

    In SymPy, symbols are real numbers with SymPy's assumptions, upper ends of sums are sizes of at least 1,
    entries of an IndexedBase and of a MatrixSymbol are numbers of their own, undefined functions are any
    smooth ones. `given` holds what `binary`, `sign`, `one_hot`, `simplex` and `unit_interval` say of an array
    or a symbol, ``x > 0``, ``x >= 0``, ``Eq(i, j)`` and ``Ne(i, j)`` of indices, ``Eq(t[j], 1)``, and
    equations between numbers such as ``Eq(p + q, 1)``, which hold after all derivatives were taken.

    LaTeX is read as in a document, `given` before it: formulas that define or assume something, or sentences
    with formulas between dollar signs, and what `binary` and its kin say of a name.

    Raises `BridgeError` and `UnreadableEquality`, ValueErrors that name it, for what has no counterpart or is
    not understood, and `ShapeError` for matrices of different shapes.

    Guarantees: as the kernel's `judge`. A symbol that SymPy takes for an integer is a real number in a proof;
    a counterexample in which it is none does not refute, nor does one that rests on a doubtful reading.
    """
    if isinstance(lhs, str) and isinstance(rhs, str):
        return _of_latex(lhs, rhs, given)
    if isinstance(lhs, str) or isinstance(rhs, str):
        raise TypeError("prove_equal takes two SymPy expressions or two strings of LaTeX")
    from derivations.language.sympy_claims import claim_of

    given = tuple(given)

    def read(whole: bool) -> _Reading:
        claim, context, integers = claim_of(lhs, rhs, given, whole=whole)
        return _Reading(claim, context, integers=integers)

    return _decided(read)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What an equality says, and what a counterexample must not rest on."""

    claim: Claim
    context: Context
    doubt: str | None = None
    integers: frozenset[str] = frozenset()

    def verdict(self) -> Verdict:
        """The kernel's, where no doubt stands against it."""
        verdict = judge(self.claim, self.context)
        if isinstance(verdict, Refuted):
            if self.doubt is not None:
                return Undecided(f"it fails as it is read, but {self.doubt}")
            for name, value in verdict.witness.assignment:
                if name in self.integers and Fraction(value).denominator != 1:
                    return Undecided(f"it fails where {name} is {value}, which is no integer")
        return verdict


def _decided(read: Callable[[bool], _Reading]) -> Verdict:
    """The verdict, where arrays that show up in sums to K - 1 only may have an entry at K or not."""
    whole = read(True)
    verdict = whole.verdict()
    if not isinstance(verdict, Refuted):
        return verdict
    narrow = read(False)
    if narrow.context != whole.context and not isinstance(narrow.verdict(), Refuted):
        return Undecided("it is not said how far the indices run that occur in a part of a sum only")
    return verdict


def _of_latex(left: str, right: str, given: Iterable[object]) -> Verdict:
    from derivations.reading import read_equality

    sentences, domains = list[str](), list[Given]()
    for one in given:
        if isinstance(one, str):
            sentences.append(one)
        elif isinstance(one, Given):
            domains.append(one)
        else:
            raise TypeError("with LaTeX, LaTeX is given, or what binary and its kin say of a name")

    def read(whole: bool) -> _Reading:
        derivation, asked = read_equality(left, right, sentences, whole=whole)
        assert asked.claim is not None
        return _Reading(asked.claim, _given_too(derivation.context_of(asked), domains), asked.doubt)

    return _decided(read)


def _given_too(context: Context, domains: Iterable[Given]) -> Context:
    """`context` with the values that names are given."""
    from derivations.reading import UnreadableEquality

    for row in domains:
        known = context.declarations.get(row.name)
        if known is None or (row.domain.sums_to_one and not known.index_sets):
            raise UnreadableEquality(f"{row.name} has no entries here that could be {row.domain.value}")
        if known.domain not in (Domain.REAL, row.domain):
            raise UnreadableEquality(f"{row.name} is given two domains")
        index_sets = known.index_sets
        if row.domain.sums_to_one:
            index_sets = (*index_sets[:-1], index_sets[-1].whole)
        context = context.redeclared(replace(known, domain=row.domain, index_sets=index_sets))
    return context


def _saying(domain: Domain, text: str) -> Callable[[object], Given]:
    def say(array: object) -> Given:
        if isinstance(array, str):
            return Given(array, domain)
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
