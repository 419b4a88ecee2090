"""What conditions of definedness say of the entries in a claim: where log r is defined, r is positive.

A claim is to be proved where both sides are defined, and there its entries have these signs. So a proof may
take them for declared, as long as it hands the conditions over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from derivations.kernel.conditions import Condition
from derivations.language.context import Context
from derivations.language.declarations import Domain
from derivations.language.indices import IndexVariable
from derivations.language.nodes import ONE, Entry, Expression, Product, Sum, subtract
from derivations.language.traversal import abstractions, subexpressions

BELOW_ONE = "below one"

STRONGER: Mapping[tuple[Domain, str], Domain] = {
    (Domain.REAL, "positive"): Domain.POSITIVE,
    (Domain.REAL, "nonzero"): Domain.NONZERO,
    (Domain.REAL, "nonnegative"): Domain.NONNEGATIVE,
    (Domain.NONZERO, "positive"): Domain.POSITIVE,
    (Domain.NONZERO, "nonnegative"): Domain.POSITIVE,
    (Domain.NONNEGATIVE, "positive"): Domain.POSITIVE,
    (Domain.NONNEGATIVE, "nonzero"): Domain.POSITIVE,
    (Domain.SUM_ONE, "positive"): Domain.PROBABILITIES,
    (Domain.POSITIVE, BELOW_ONE): Domain.UNIT,
}
"""A domain and what is known besides: the domain that says both."""


def strengthened(
    context: Context, conditions: Iterable[Condition], expressions: Iterable[Expression]
) -> tuple[Context, tuple[Condition, ...]]:
    """`context` with the domains that hold wherever `conditions` do, and the conditions that say so.

    Guarantees: at every point within `context` at which those conditions hold, each entry that occurs in
    `expressions` is in its new domain.
    """
    occurring = [node for expression in expressions for node in subexpressions(expression)]
    entries = {node for node in occurring if isinstance(node, Entry)}
    bound = {node.index.name for node in occurring if isinstance(node, Sum | Product)}
    bound |= {v.name for node in occurring for argument in abstractions(node) for v in argument.indices}
    used: list[Condition] = []
    for condition in sorted(conditions, key=lambda c: not isinstance(c.expression, Entry)):
        entry, kind = _bound_on(condition)
        declaration = context.declarations.get(entry.name) if entry else None
        if entry is None or declaration is None or condition.guards:
            continue
        domain = STRONGER.get((declaration.domain, kind))
        if domain is not None and all(
            _covered(other, entry, condition, bound) for other in entries if other.name == entry.name
        ):
            context = context.redeclared(replace(declaration, domain=domain))
            used.append(condition)
    return context, tuple(used)


def _bound_on(condition: Condition) -> tuple[Entry | None, str]:
    """The entry that a condition bounds by itself, and how."""
    expression = condition.expression
    if isinstance(expression, Entry):
        return expression, condition.kind
    for entry in (node for node in subexpressions(expression) if isinstance(node, Entry)):
        if condition.kind == "positive" and expression == subtract(ONE, entry):
            return entry, BELOW_ONE
    return None, ""


def _covered(other: Entry, entry: Entry, condition: Condition, bound: set[str]) -> bool:
    """Whether a condition on `entry`, for all values of its bound indices, speaks of `other` too."""
    quantified = [index for index in entry.indices if index in condition.indices]
    if len(set(quantified)) != len(quantified) or len(other.indices) != len(entry.indices):
        return False
    for ours, theirs in zip(other.indices, entry.indices, strict=True):
        if theirs in quantified:
            if not theirs.index_set.contains(ours.index_set):
                return False
        elif ours != theirs or not isinstance(theirs, IndexVariable) or theirs.name in bound:
            return False
    return True
