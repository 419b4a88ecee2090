"""What an author supposes of a claim, as facts: equal indices, values, equations between numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from derivations.language import (
    Assumption,
    Claim,
    Context,
    Derivative,
    Entry,
    EntryFact,
    EquationFact,
    Expression,
    IndexCondition,
    ShapeError,
    matrices,
)
from derivations.language.traversal import call_names, entry_names, subexpressions
from derivations.reading.build import Builder
from derivations.reading.matrix_orders import compared
from derivations.reading.names import Scope
from derivations.reading.shapes import ShapeClash
from derivations.reading.terms import EquationTest, IndexTest, RankTest, ValueTest
from derivations.reading.tree import Span
from derivations.reading.unreadable import Unreadable


@dataclass(frozen=True, slots=True)
class AssumptionTerm:
    """A fact that holds for a claim, in the author's words."""

    test: IndexTest | ValueTest | EquationTest | RankTest
    text: str


def supposed(assumption: AssumptionTerm, builder: Builder, scope: Scope, span: Span) -> Assumption | None:
    """The fact, or None for an equation that is none between numbers, or columns of what is no matrix; raises
    `Unreadable` for another.
    """
    test = assumption.test
    if isinstance(test, EquationTest):
        try:
            left, right = builder.build(test.left, scope), builder.build(test.right, scope)
            left, _, right = compared(left, "=", right, builder, span)
        except (Unreadable, ShapeError, ShapeClash):
            return None
        everywhere = tuple(axis for axis in (left.row, left.column) if axis is not None)
        return Assumption(EquationFact(left.body, right.body, everywhere), assumption.text)
    if isinstance(test, RankTest):
        matrix = builder.build(test.matrix, scope)
        if matrix.row is None or matrix.column is None:
            return None
        return Assumption(matrices.full_column_rank(matrix), assumption.text)
    if isinstance(test, ValueTest):
        named = builder.build(test.name, scope)
        entry = named.body
        if not named.is_scalar:
            raise Unreadable(span, f"{assumption.text} of a {named.shape} is not read")
        if not isinstance(entry, Entry) or not test.equal:
            raise Unreadable(span, f"the assumption {assumption.text} is not understood")
        return Assumption(EntryFact(entry, test.value), assumption.text)
    left_index, right_index = builder.compared(test.left, test.right, scope, span)
    return Assumption(IndexCondition(left_index, right_index, test.equal), assumption.text)


def doubt_of(claim: Claim, stated: Iterable[AssumptionTerm], context: Context) -> str | None:
    """What makes a failure of `claim` no refutation: an equation of which it is not certain what it says.

    It may be none between numbers; or the claim differentiates by a number that it ties to others, so that
    the author may mean the derivative along the points at which it holds.
    """
    read = {assumption.text for assumption in claim.assumptions}
    missing = [assumption.text for assumption in stated if assumption.text not in read]
    if missing:
        return f"the condition {missing[0]} is not read"
    equations = [a for a in claim.assumptions if isinstance(a.fact, EquationFact)]
    if not equations:
        return None
    sides = list(_behind((claim.left, claim.right), context))
    variables = {n.variable.name for side in sides for n in subexpressions(side) if isinstance(n, Derivative)}
    for equation in equations:
        assert isinstance(equation.fact, EquationFact)
        parts = _behind((equation.fact.left, equation.fact.right), context)
        if variables & {name for part in parts for name in entry_names(part) | call_names(part)}:
            return f"the derivative may be meant along {equation.text}"
    return None


def _behind(expressions: Iterable[Expression], context: Context) -> Iterator[Expression]:
    """`expressions` and the definitions that they rest on."""
    waiting, seen = list(expressions), set[str]()
    while waiting:
        expression = waiting.pop()
        yield expression
        for name in sorted(call_names(expression) - seen):
            seen.add(name)
            definition = context.definitions.get(name)
            if definition is not None:
                waiting.append(definition.body)
