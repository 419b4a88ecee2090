"""Refuting a claim: an instance within its assumptions at which the two sides are certainly different."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import TypeGuard

from flint import arb, ctx, fmpq

from derivations.kernel.boundary import equal_at
from derivations.kernel.budget import Clock, Unsupported
from derivations.kernel.decimals import Unreadable, decimals
from derivations.kernel.evaluation import Evaluation, Instance, NotDefined, Value
from derivations.kernel.functions import polynomial_text
from derivations.kernel.known_functions import KNOWN
from derivations.kernel.question import Question, opened
from derivations.kernel.sampling import rounds, solved_entries
from derivations.language.context import Context
from derivations.language.derivation import Claim
from derivations.language.nodes import Apply, Expression
from derivations.language.substitution import fresh_name
from derivations.language.traversal import subexpressions

PRECISIONS = (64, 128, 256)
"""In bits; a doubtful instance is looked at again with more of them."""

DIGITS = 8
"""So many of a number are told that is none of the fractions that are drawn."""

FALSIFIES: Mapping[str, Callable[[Value, Value], bool]] = {
    "=": lambda left, right: _apart(left, right),
    "<": lambda left, right: bool(left >= right),
    "<=": lambda left, right: bool(left > right),
    ">": lambda left, right: bool(left <= right),
    ">=": lambda left, right: bool(left < right),
    "!=": lambda left, right: isinstance(left, fmpq) and isinstance(right, fmpq) and bool(left == right),
}
"""When a relation certainly fails. A comparison of two balls holds only if it does for all their points."""


class Outcome(Enum):
    """What an instance says about a claim."""

    UNDEFINED = "a side is not defined, or not certainly"
    CONSISTENT = "the sides may be as claimed"
    FALSE = "the sides are certainly not as claimed"


@dataclass(frozen=True, slots=True)
class Witness:
    """An instance that refutes: its numbers by name, and the two sides in digits that are right."""

    assignment: tuple[tuple[str, int | str], ...]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides of a claim at one instance."""

    outcome: Outcome
    witness: Witness | None = None


def refute(claim: Claim, context: Context, count: int = 24) -> Witness | None:
    """A witness against `claim` among its first `count` instances, or None.

    Raises the language's `ContextError` or `DifferentiationError` where the meaning of the claim is not
    certain, and `Unsupported` for a relation that is none between numbers.

    Guarantees: a witness is within the declarations and assumptions, both sides and every body that was
    differentiated are certainly defined there, and the relation certainly fails: no true claim is refuted.
    None says nothing.
    """
    question = opened(claim, context)
    return first_witness(question, rounds(question, count), PRECISIONS, Clock())


def first_witness(
    question: Question, instances: Iterable[Instance], precisions: Iterable[int], clock: Clock
) -> Witness | None:
    """The first of `instances` that refutes, each looked at with all `precisions` before the next."""
    for instance in instances:
        for precision in precisions:
            clock.check()
            witness = compare(question, instance, precision).witness
            if witness is not None:
                return witness
    return None


def compare(question: Question, instance: Instance, precision: int) -> Comparison:
    """The two sides at `instance`, in balls of `precision` bits. Guarantees: as `refute`."""
    try:
        falsifies = FALSIFIES[question.claim.relation]
    except KeyError:
        raise Unsupported(f"the relation {question.claim.relation}") from None
    with ctx.workprec(precision):
        evaluation = Evaluation(instance, question.sharing)
        try:
            left, right = (
                evaluation.value(side, instance.indices) for side in (question.left, question.right)
            )
            _suppose(question, evaluation)
        except NotDefined:
            return Comparison(Outcome.UNDEFINED)
        if not (_finite(left) and _finite(right)):
            return Comparison(Outcome.UNDEFINED)
        if not falsifies(left, right):
            return _at_boundary(question, evaluation, left, right)
        try:
            shown = decimals(left, right)
        except Unreadable:
            return Comparison(Outcome.FALSE)
        return Comparison(Outcome.FALSE, Witness(_assignment(question, evaluation), *shown))


def _at_boundary(question: Question, evaluation: Evaluation, left: Value, right: Value) -> Comparison:
    """What an instance says that does not falsify: a strict relation fails where the sides are equal."""
    strict = question.claim.relation in ("<", ">", "!=") and not _apart(left, right)
    if not strict or not equal_at(question.left, question.right, evaluation, evaluation.instance.indices):
        return Comparison(Outcome.CONSISTENT)
    told = str(right) if isinstance(right, fmpq) else right.str(DIGITS, radius=False)
    return Comparison(Outcome.FALSE, Witness(_assignment(question, evaluation), told, told))


def _suppose(question: Question, evaluation: Evaluation) -> None:
    """Raise `NotDefined` unless every body that was differentiated is defined, under its binders too."""
    instance = evaluation.instance
    names = list(question.everywhere)
    ranges = [instance.elements(question.everywhere[name].index_set) for name in names]
    if not question.supposed:
        return
    for values in product(*ranges):
        environment = {**instance.indices, **dict(zip(names, values, strict=True))}
        for body in question.supposed:
            if not _finite(evaluation.value(body, environment)):
                raise NotDefined("the body of a derivative")


def _finite(value: Value) -> bool:
    return isinstance(value, fmpq) or bool(value.is_finite())


def _apart(left: Value, right: Value) -> bool:
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return bool(left != right)
    return not arb(left).overlaps(arb(right))


def _assignment(question: Question, evaluation: Evaluation) -> tuple[tuple[str, int | str], ...]:
    """The numbers of the instance that the claim uses: sizes, free indices, labels, entries, functions."""
    instance = evaluation.instance
    sizes = [(name, instance.sizes[name]) for name in sorted(question.names.sizes)]
    axes = _axes(question)
    indices = [(name, instance.indices[name]) for name in sorted(question.free.keys() - axes.keys())]
    indices += [(told, instance.indices[name]) for name, told in axes.items()]
    labels = [(_place(name, at, "()"), instance.labels[name, at]) for name, at in sorted(evaluation.labels)]
    entries = [
        (_place(name, at, "[]"), str(instance.entries[name, at])) for name, at in sorted(evaluation.entries)
    ]
    determined = (entry for found in question.solved for entry in solved_entries(found, evaluation))
    values = ((_place(name, at, "[]"), value) for (name, at), value in determined)
    solved = [
        (name, str(value) if isinstance(value, fmpq) else value.str(DIGITS, radius=False))
        for name, value in values
    ]
    functions = sorted({polynomial_text(f.name, len(f.arguments)) for f in _functions(question)})
    return (*sizes, *indices, *labels, *entries, *solved, *functions)


def _axes(question: Question) -> dict[str, str]:
    """What the indices of an entry that nobody wrote are called: its row and column, or only its place."""
    row, column = question.claim.axes
    called = {row: "row", column: "column"} if row and column else {row or column or "": "entry"}
    names = question.names
    taken = {*names.sizes, *names.tensors, *names.labels, *question.free} - called.keys()
    return {name: fresh_name(told, taken) for name, told in called.items() if name in question.free}


def _place(name: str, indices: tuple[int, ...], brackets: str) -> str:
    return f"{name}{brackets[0]}{','.join(map(str, indices))}{brackets[1]}" if indices else name


def _functions(question: Question) -> list[Apply]:
    sides: tuple[Expression, ...] = (question.left, question.right)
    return [node for side in sides for node in subexpressions(side) if _is_opaque(node)]


def _is_opaque(node: Expression) -> TypeGuard[Apply]:
    return isinstance(node, Apply) and node.name not in KNOWN
