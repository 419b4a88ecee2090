"""From ``d f / d x`` to its derivation, one rule a line.

All outermost derivatives at which the earliest rule applies change in one line. What is then common to the
terms of a bracket is factored out before names are opened, as a person would; algebra follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derivations.deriving.algebra import Algebra
from derivations.deriving.calculus import Calculus, Lemma, variable_rule
from derivations.deriving.products import Order
from derivations.deriving.proof import Detail, Formula, Line, Reason
from derivations.language.context import Context
from derivations.language.latex import expression_latex
from derivations.language.nodes import Call, Derivative, Expression
from derivations.language.traversal import rebuild

LONGEST = 60
"""Lines of one derivation."""


@dataclass(frozen=True, slots=True)
class Step:
    """An expression and why it equals the one before."""

    expression: Expression
    reason: Reason
    more: tuple[Reason, ...] = ()
    """What goes without saying beside the reason."""


def traced(
    left: Expression,
    context: Context,
    lemmas: tuple[Lemma, ...] = (),
    unknown: frozenset[str] = frozenset(),
    goal: str | None = None,
) -> tuple[Line, ...]:
    """The lines from `left` to the simplest form that is found; raises `DifferentiationError`.

    `lemmas` are used where they apply; the derivatives of the functions `unknown` are not.
    The lines end early at the formula that is written `goal`.
    """
    proposed = _steps(left, Calculus(context, lemmas, unknown), Algebra(Order(context)))
    steps = list(_up_to(goal, _visible(left, proposed)))
    return tuple(_levelled(steps))


def _steps(left: Expression, calculus: Calculus, algebra: Algebra) -> Iterator[Step]:
    current = left
    for _ in range(LONGEST):
        step = _gathered(current, algebra) or _differentiated(current, calculus, algebra)
        if step is None:
            found = algebra.applied(current)
            step = None if found is None else Step(*found)
        if step is None:
            return
        yield step
        current = step.expression


def _gathered(current: Expression, algebra: Algebra) -> Step | None:
    """A common derivative factored out, once only derivatives of names are left."""
    open_ones = outermost(current)
    if not open_ones or not all(isinstance(d.body, Call) for d in open_ones):
        return None
    changed = algebra.order.arranged(algebra.derivatives(current))
    if changed == algebra.order.arranged(current):
        return None
    shared = max(set(open_ones), key=open_ones.count)
    return Step(changed, Reason("factor", expression_latex(shared)))


def _differentiated(current: Expression, calculus: Calculus, algebra: Algebra) -> Step | None:
    """The earliest rule at all derivatives that it applies to."""
    found = {derivative: calculus.applied(derivative) for derivative in outermost(current)}
    if not found:
        return None
    urgency = min(early for early, _ in found.values())
    chosen = {d: outcome for d, (early, outcome) in found.items() if early == urgency}

    def replace(node: Expression) -> Expression:
        if isinstance(node, Derivative):
            if node in chosen:
                return chosen[node].expression
            return (
                Derivative(replace(node.body), node.variable) if isinstance(node.body, Derivative) else node
            )
        return rebuild(node, replace)

    reason = next(iter(chosen.values())).reason
    taken = replace(current)
    known = algebra.order.arranged(_of_variables(taken, calculus))
    of_variables = (Reason("delta"),) if _of_variables(taken, calculus) != taken else ()
    return Step(known, reason, of_variables)


def _of_variables(expression: Expression, calculus: Calculus) -> Expression:
    """Derivatives of variables by variables as the numbers that they are, 1 or a delta."""
    if isinstance(expression, Derivative):
        outcome = variable_rule(calculus, expression)
        return expression if outcome is None else outcome.expression
    return rebuild(expression, lambda part: _of_variables(part, calculus))


def outermost(expression: Expression) -> list[Derivative]:
    """The derivatives in `expression` that stand in no other one, from left to right."""
    if isinstance(expression, Derivative):
        inner = expression.body
        return outermost(inner) if isinstance(inner, Derivative) else [expression]
    found: list[Derivative] = []

    def note(part: Expression) -> Expression:
        found.extend(outermost(part))
        return part

    rebuild(expression, note)
    return found


def _visible(left: Expression, steps: Iterator[Step]) -> Iterator[Step]:
    """The steps that change what is written."""
    written = expression_latex(left)
    for step in steps:
        shown = expression_latex(step.expression)
        if shown != written:
            yield step
        written = shown


def _up_to(goal: str | None, steps: Iterator[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        if expression_latex(step.expression) == goal:
            return


QUIET = frozenset(["sum", "linearity", "constant", "delta"])
"""Rules that a line is not given to unless everything is shown."""


def _levelled(steps: list[Step]) -> Iterator[Line]:
    """The lines, each at the least detail that shows it."""
    opened = _opened_for_linear(steps)
    for position, step in enumerate(steps):
        following = steps[position + 1].reason.rule if position + 1 < len(steps) else None
        if following is None:
            level = Detail.BRIEF
        elif (
            position in opened
            or following in ("delta", "powers")
            or (following in QUIET and step.reason.rule not in ("definition", "lemma"))
        ):
            level = Detail.FULL
        else:
            level = _level(position, steps)
        yield Line(Formula(step.expression), (step.reason, *step.more), level)


def _level(position: int, steps: list[Step]) -> Detail:
    """Brief is the first line without a derivative, where the calculus is done."""
    done = not outermost(steps[position].expression)
    before = position == 0 or bool(outermost(steps[position - 1].expression))
    return Detail.BRIEF if done and before else Detail.NORMAL


def _opened_for_linear(steps: list[Step]) -> set[int]:
    """The lines in which a linear quantity is opened, differentiated and gone: one step for people."""
    found: set[int] = set()
    for start, step in enumerate(steps):
        if step.reason.rule != "definition":
            continue
        end = start + 1
        while end < len(steps) and steps[end].reason.rule in QUIET | {"pick"}:
            end += 1
        last = steps[end - 1]
        if end > start + 1 and (last.more or last.reason.rule in ("pick", "delta")):
            found |= set(range(start, end - 1))
    return found
