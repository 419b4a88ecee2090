"""From an opened expression to its normal form: one rule a node, conditions noted on the way."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derivations.kernel.atoms import ApplyAtom, CardinalityAtom
from derivations.kernel.branching import cases
from derivations.kernel.budget import Unsupported
from derivations.kernel.definedness import require
from derivations.kernel.definite import has_inverse
from derivations.kernel.deltas import apart, cardinality, check_indices, delta, entry
from derivations.kernel.exponentials import exponential, logarithm, rational_power, symbolic_power
from derivations.kernel.finite import interpolate
from derivations.kernel.known_functions import INNER, KNOWN
from derivations.kernel.maxima import maximum_over
from derivations.kernel.products import product_over
from derivations.kernel.rational import Rational
from derivations.kernel.reindexing import Mapped, reindex_key, remake
from derivations.kernel.rules import normal_form, rule
from derivations.kernel.sign import POSITIVE
from derivations.kernel.sums import sum_over
from derivations.kernel.workspace import Scope, Workspace, element
from derivations.language.declarations import Domain
from derivations.language.functions import LOG_FACTORIAL
from derivations.language.indices import Index, IndexSet, IndexVariable
from derivations.language.nodes import (
    Add,
    Apply,
    Cardinality,
    Cases,
    Delta,
    Derivative,
    Entry,
    Exp,
    Expression,
    IndexCondition,
    Log,
    Maximum,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
)


@rule.register
def _number(expression: Number, scope: Scope, work: Workspace) -> Rational:
    return work.field.constant(expression.value)


@rule.register
def _entry(expression: Entry, scope: Scope, work: Workspace) -> Rational:
    domain = check_indices(expression.name, expression.indices, work)
    indices = tuple(work.index(index, scope.environment) for index in expression.indices)
    return entry(expression.name, indices, domain, work)


@rule.register
def _derivative(expression: Derivative, scope: Scope, work: Workspace) -> Rational:
    """What is left of a derivative, that of a name of unknown part, is an opaque entry."""
    name, indices = _derivative_name(expression)
    return entry(name, tuple(work.index(index, scope.environment) for index in indices), Domain.REAL, work)


def _derivative_name(expression: Derivative) -> tuple[str, tuple[Index, ...]]:
    if not isinstance(expression.variable, Entry):
        raise Unsupported("a derivative by a definition")
    if isinstance(expression.body, Entry):
        name, indices = expression.body.name, expression.body.indices
    elif isinstance(expression.body, Derivative):
        name, indices = _derivative_name(expression.body)
    else:
        raise Unsupported("a derivative that was not taken")
    return f"d({name}) by {expression.variable.name}", (*indices, *expression.variable.indices)


@rule.register
def _delta(expression: Delta, scope: Scope, work: Workspace) -> Rational:
    left, right = (work.index(i, scope.environment) for i in (expression.left, expression.right))
    return delta(left, right, work)


@rule.register
def _cardinality(expression: Cardinality, scope: Scope, work: Workspace) -> Rational:
    return cardinality(expression.index_set, work)


@rule.register
def _add(expression: Add, scope: Scope, work: Workspace) -> Rational:
    total = work.field.constant(0)
    for term in expression.terms:
        total = total + normal_form(term, scope, work)
    return total


@rule.register
def _multiply(expression: Multiply, scope: Scope, work: Workspace) -> Rational:
    total = work.field.constant(1)
    for factor in expression.factors:
        total = total * normal_form(factor, scope, work)
    return total


@rule.register
def _exp(expression: Exp, scope: Scope, work: Workspace) -> Rational:
    return exponential(normal_form(expression.argument, scope, work), work)


@rule.register
def _log(expression: Log, scope: Scope, work: Workspace) -> Rational:
    argument = normal_form(expression.argument, scope, work)
    require("positive", argument, expression.argument, scope, work)
    return logarithm(argument, work)


@rule.register
def _power(expression: Power, scope: Scope, work: Workspace) -> Rational:
    base = normal_form(expression.base, scope, work)
    exponent = normal_form(expression.exponent, scope, work)

    def with_number(value: Rational) -> Rational:
        number = value.number
        if number is None:
            repeated = None if base.sign() == POSITIVE else _repeated(base, value, work)
            if repeated is not None:
                return repeated
            require("positive", base, expression.base, scope, work)
            return symbolic_power(base, value, work)
        _require_power(base, number, expression.base, scope, work)
        return rational_power(base, number, work)

    return interpolate(exponent, with_number, work)


def _repeated(base: Rational, exponent: Rational, work: Workspace) -> Rational | None:
    """``r^m`` and ``r^(2 m n + 1)`` for any r: as many equal factors; None for what is no such number."""
    if exponent.denominator != work.field.constant(1).numerator:
        return None
    total = work.field.constant(1)
    for monomial, coefficient in exponent.numerator.items():
        if coefficient.q != 1 or coefficient <= 0:
            return None
        part = base.power(int(coefficient.p))
        for atom, multiplicity in monomial:
            if not isinstance(atom, CardinalityAtom) or multiplicity != int(multiplicity) or multiplicity < 0:
                return None
            for _ in range(int(multiplicity)):
                part = product_over(work.open_index(IndexSet(atom.size)), part, (), work)
        total = total * part
    return total


def _require_power(
    base: Rational, exponent: Fraction, expression: Expression, scope: Scope, work: Workspace
) -> None:
    """The condition under which a power with this exponent is defined; 0^0 is not."""
    if exponent.denominator == 1:
        if exponent <= 0:
            require("nonzero", base, expression, scope, work)
    else:
        require("nonnegative" if exponent > 0 else "positive", base, expression, scope, work)


def _opened(
    index: IndexVariable, excluding: Iterable[Index], scope: Scope, work: Workspace
) -> tuple[IndexVariable, tuple[Index, ...], Scope]:
    """A binder with a fresh variable; a set that begins above 1 is the whole set without its beginning."""
    index_set = index.index_set
    excluded = [work.index(other, scope.environment) for other in excluding]
    guards = tuple(IndexCondition(index, other, equal=False) for other in excluding)
    if isinstance(index_set.size, str) and index_set.start > 1:
        if index_set.start + index_set.short > 1 + work.least_size(index_set.size):
            raise Unsupported(f"{index_set} may be empty in more than one way")
        excluded += [element(value, index_set) for value in range(1, index_set.start)]
        index_set = IndexSet(index_set.size, 1, index_set.short)
    fresh = work.open_index(index_set)
    inner = Scope(
        {**scope.environment, index.name: fresh},
        (*scope.binders, index),
        (*scope.guards, *guards),
        scope.depth,
    )
    return fresh, tuple(excluded), inner


@rule.register
def _sum(expression: Sum, scope: Scope, work: Workspace) -> Rational:
    """A sum without some values guards its body, multiplied out only where the body is defined anyway."""
    fresh, excluded, inner = _opened(expression.index, expression.excluding, scope, work)
    before = work.undischarged
    body = normal_form(expression.body, inner, work)
    lazy = work.undischarged > before
    for other in excluded:
        guard = apart(fresh, other, work)
        body = body * (guard if lazy else work.field.constant(1) - delta(fresh, other, work))
    return sum_over(fresh, body, work)


@rule.register
def _product(expression: Product, scope: Scope, work: Workspace) -> Rational:
    fresh, excluded, inner = _opened(expression.index, expression.excluding, scope, work)
    before = work.undischarged
    body = normal_form(expression.body, inner, work)
    if excluded and work.undischarged > before:
        raise Unsupported("a product whose factors need a condition, without one of them")
    return product_over(fresh, body, excluded, work)


@rule.register
def _maximum(expression: Maximum, scope: Scope, work: Workspace) -> Rational:
    (index,) = expression.function.indices
    fresh, excluded, inner = _opened(index, (), scope, work)
    if excluded:
        raise Unsupported(f"a maximum over {index.index_set}")
    return maximum_over(fresh, normal_form(expression.function.body, inner, work), work)


@rule.register
def _apply(expression: Apply, scope: Scope, work: Workspace) -> Rational:
    arguments = [normal_form(argument, scope, work) for argument in expression.arguments]
    if expression.name == LOG_FACTORIAL:
        require("nonnegative", arguments[0], expression.arguments[0], scope, work)
    if expression.name in KNOWN:
        return KNOWN[expression.name].normal(expression.orders, arguments, work)
    keys = tuple(argument.key for argument in arguments)
    return work.field.atom(work.field.table.make(ApplyAtom, expression.name, expression.orders, keys))


@remake.register
def _applied(atom: ApplyAtom, mapping: Mapped, work: Workspace) -> Rational:
    arguments = [reindex_key(argument, mapping, work) for argument in atom.arguments]
    if atom.name in INNER:
        return INNER[atom.name](atom.orders, arguments, work)
    keys = tuple(argument.key for argument in arguments)
    return work.field.atom(work.field.table.make(ApplyAtom, atom.name, atom.orders, keys))


rule.register(Cases)(cases)

__all__ = ["has_inverse", "normal_form"]
