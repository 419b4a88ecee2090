"""Equations that are assumed: solved for one number, or for all entries of a tensor at once, which is put in
once all derivatives are taken.

``p + q = 1`` holds at the points that the claim speaks of and says nothing of those around them, so it is
never differentiated: the raw sides are, and then p becomes ``1 - q`` everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations
from math import prod

from derivations.kernel.budget import Unsupported
from derivations.language.context import Context, ContextError
from derivations.language.declarations import Declaration, Domain
from derivations.language.definitions import presuppositions, unfold
from derivations.language.derivation import Claim, EntryFact, EquationFact, InvertibleFact
from derivations.language.differentiation import DifferentiationError
from derivations.language.indices import IndexVariable
from derivations.language.nodes import (
    Abstraction,
    Add,
    Derivative,
    Entry,
    Expression,
    Multiply,
    Number,
    add,
    multiply,
    number,
    subtract,
)
from derivations.language.substitution import instantiate, replace_entries, replace_indices
from derivations.language.traversal import entry_names, free_indices, subexpressions


@dataclass(frozen=True, slots=True)
class Solved:
    """What an equation determines: every entry of a name, the entry at `indices` is `value`."""

    row: Declaration
    indices: tuple[IndexVariable, ...]
    value: Expression


@dataclass(frozen=True, slots=True)
class Opened:
    """The sides of a claim and what its derivatives and those in its equations presuppose, opened, with the
    equations put in.
    """

    left: Expression
    right: Expression
    supposed: tuple[Expression, ...]
    solved: tuple[Solved, ...] = ()
    """What equations determine: it must lie in its domain all the same."""
    unsolved: tuple[str, ...] = ()
    """Equations that determine no number: a proof needs none of them, a counterexample may violate them."""


def open_claim(claim: Claim, context: Context) -> Opened:
    """`claim` opened; raises as `unfold` does.

    Guarantees: at every point within the declarations and assumptions the opened sides have the values of the
    sides as they are written.
    """
    raw = (claim.left, claim.right)
    left, right = (unfold(side, context) for side in raw)
    supposed = tuple(dict.fromkeys(body for side in raw for body in presuppositions(side, context)))
    opened, held = Opened(left, right, supposed), _held(claim, context)
    for assumption in claim.assumptions:
        if isinstance(assumption.fact, EquationFact):
            try:
                opened = _with(assumption.fact, assumption.text, opened, context, held)
            except (Unsupported, ContextError, DifferentiationError):
                opened = replace(opened, unsolved=(*opened.unsolved, assumption.text))
    return opened


def _held(claim: Claim, context: Context) -> frozenset[str]:
    """The names that other assumptions speak of: put in for, they would keep no hold on its value."""
    found: set[str] = set()
    for assumption in claim.assumptions:
        if isinstance(assumption.fact, EntryFact):
            found.add(assumption.fact.entry.name)
        elif isinstance(assumption.fact, InvertibleFact):
            found |= entry_names(unfold(assumption.fact.matrix.body, context))
    return frozenset(found)


def _with(fact: EquationFact, text: str, opened: Opened, context: Context, held: frozenset[str]) -> Opened:
    """`opened` with one equation more."""
    difference = subtract(unfold(fact.left, context), unfold(fact.right, context))
    if free_indices(difference).keys() - {variable.name for variable in fact.everywhere}:
        raise Unsupported(f"the assumption {text}, which speaks of an index")
    named = {
        v.name: IndexVariable(f"any {v.name} {len(opened.solved)}", v.index_set) for v in fact.everywhere
    }
    difference = _all_put(replace_indices(difference, named), opened.solved)
    found = _solved(difference, text, context, held, tuple(named.values()))
    solved = (*(replace(other, value=_put(other.value, found)) for other in opened.solved), found)
    left, right = (_put(side, found) for side in (opened.left, opened.right))
    bodies = (
        *opened.supposed,
        *(b for side in (fact.left, fact.right) for b in presuppositions(side, context)),
    )
    supposed = tuple(dict.fromkeys(_all_put(body, solved) for body in bodies))
    return Opened(left, right, supposed, solved, opened.unsolved)


def _solved(
    difference: Expression,
    text: str,
    context: Context,
    held: frozenset[str],
    everywhere: tuple[IndexVariable, ...],
) -> Solved:
    """What is determined where `difference` is 0: a number of any sign before one of which more is known, or
    a tensor of any real numbers with an index for each one of `everywhere`.
    """
    names = entry_names(difference) & context.declarations.keys() - held
    rows = [context.declarations[name] for name in sorted(names)]
    for row in sorted(rows, key=lambda row: row.domain is not Domain.REAL):
        if everywhere and row.domain is not Domain.REAL:
            continue
        for indices in permutations(everywhere):
            found = None
            if row.index_sets == tuple(index.index_set for index in indices):
                found = _linear(difference, Entry(row.name, indices))
            if found is not None and found[0]:
                terms = sorted(
                    _scaled(found[1], -1 / found[0]), key=lambda term: not isinstance(term, Number)
                )
                return Solved(row, indices, add(*terms) if terms else number(0))
    raise Unsupported(f"the assumption {text}, which gives no number by the others")


def _linear(expression: Expression, entry: Entry) -> tuple[Fraction, tuple[Expression, ...]] | None:
    """The number times `entry` and the other terms, without its name, that `expression` is the sum of, None
    if it is none.
    """
    match expression:
        case Entry() if expression == entry:
            return Fraction(1), ()
        case Add(terms):
            parts = [_linear(term, entry) for term in terms]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                return None
            return sum((factor for factor, _ in known), Fraction(0)), tuple(
                t for _, rest in known for t in rest
            )
        case Multiply(factors):
            numbers = [factor.value for factor in factors if isinstance(factor, Number)]
            others = [factor for factor in factors if not isinstance(factor, Number)]
            inner = _linear(others[0], entry) if len(others) == 1 else None
            scale = prod(numbers, start=Fraction(1))
            if not others:
                return Fraction(0), (number(scale),)
            if inner is not None:
                return scale * inner[0], _scaled(inner[1], scale)
    return None if entry.name in entry_names(expression) else (Fraction(0), (expression,))


def _scaled(terms: Iterable[Expression], scale: Fraction) -> tuple[Expression, ...]:
    """`terms` times a number, numbers multiplied out."""
    return tuple(
        number(scale * term.value)
        if isinstance(term, Number)
        else term
        if scale == 1
        else multiply(number(scale), term)
        for term in terms
        if term != number(0)
    )


def _all_put(expression: Expression, solved: Iterable[Solved]) -> Expression:
    """`expression` with everything put in that is solved."""
    for found in solved:
        expression = _put(expression, found)
    return expression


def _put(expression: Expression, found: Solved) -> Expression:
    """`expression` with every entry that is solved replaced."""
    name, value = found.row.name, Abstraction(found.indices, found.value)
    if name not in entry_names(expression):
        return expression
    if any(name in entry_names(node) for node in _derivatives(expression)):
        raise Unsupported(f"an assumption on {name}, of which a derivative is not known")
    replaced = replace_entries(
        expression, lambda entry: instantiate(value, entry.indices) if entry.name == name else None
    )
    if name in entry_names(replaced):
        raise Unsupported(f"an assumption on {name}, which tells cases apart")
    return replaced


def _derivatives(expression: Expression) -> Iterable[Expression]:
    return (node for node in subexpressions(expression) if isinstance(node, Derivative))
