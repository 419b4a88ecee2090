"""A repair in words: the message with its formulas as LaTeX, and the repaired right side."""

from __future__ import annotations

from dataclasses import replace

from derivations.checking.diagnosis.chain import Chain
from derivations.checking.diagnosis.mistakes import JUMP_BACK, MISSING_ASSUMPTION, Mistake
from derivations.checking.diagnosis.search import Repair
from derivations.checking.diagnosis.transposition import Rewritten
from derivations.checking.notation import Notation
from derivations.checking.report import Diagnosis
from derivations.language import Claim, Expression, Statement
from derivations.language.comparisons import folded
from derivations.language.latex import expression_latex
from derivations.language.matrix_forms import Axis, NoForm, axes_of, matrix_form, open_indices

WHOLE = "the right side"
"""What a message calls the side as a whole: to repeat it would not help."""

SIGNS = {"<": "<", ">": ">", "<=": "\\leq", ">=": "\\geq"} | {
    sign: f"\\{sign}" for sign in ("prec", "preceq", "succ", "succeq")
}
"""The inequalities in LaTeX."""


def told(repair: Repair, claim: Claim, statement: Statement, notation: Notation) -> Diagnosis:
    """The diagnosis that `repair` of `claim` is, in matrix notation where the step is."""
    right, parts = repair.edit.right, repair.edit.parts
    notation = replace(notation, step=statement.right_source)
    try:
        row, column = axes_of(claim)
        written = expression_latex(folded(matrix_form(right, row, column)), notation)
        named = [expression_latex(folded(part), notation) for part in _forms(parts, row, column)]
    except NoForm:
        notation = notation.lettered(claim.left, claim.right, right)
        written = expression_latex(folded(right), notation)
        named = [expression_latex(folded(part), notation) for part in parts]
    shown = [WHOLE if part == claim.right else f"${name}$" for part, name in zip(parts, named, strict=True)]
    mistake = repair.mistake
    return Diagnosis(mistake.code, mistake.word, mistake.message.format(*shown), written)


def _forms(parts: tuple[Expression, ...], row: Axis, column: Axis) -> list[Expression]:
    """The parts of a message; what stands under a sum is a vector or a matrix of its own."""
    own = {index.name: index for part in parts for index in open_indices(part)}
    if not set(own) <= {axis.name for axis in (row, column) if axis is not None}:
        row, column, *more = (*own.values(), None, None)
        if any(more):
            raise NoForm("too many open indices")
    return [matrix_form(part, *(_within(axis, part) for axis in (row, column))) for part in parts]


def _within(axis: Axis, part: Expression) -> Axis:
    return axis if axis is not None and axis in open_indices(part) else None


def told_jump_back(chain: Chain, statement: Statement) -> Diagnosis:
    """The diagnosis of `statement`, which is right again after a wrong one of its chain."""
    wrong = chain.to_mend
    assert wrong is not None
    place, source = str(wrong.line_of_right), wrong.rhs.strip()
    in_one_line = wrong.line_of_right == statement.location.end_line - statement.right_source.count("\n")
    if in_one_line and not set("$\n") & set(source):
        place += f", ${source}$"
    return Diagnosis(JUMP_BACK.code, JUMP_BACK.word, JUMP_BACK.message.format(place), None)


def told_assumption(note: str) -> Diagnosis:
    """The diagnosis of a line that the kernel proves under one more assumption, as it says in `note`."""
    row = MISSING_ASSUMPTION
    return Diagnosis(row.code, row.word, row.message.format(note), None)


def told_rewriting(found: Rewritten) -> Diagnosis:
    """The diagnosis of a line that is right with another text."""
    message = found.mistake.message.format(*(f"${part}$" for part in found.parts))
    return Diagnosis(found.mistake.code, found.mistake.word, message, found.text)


def told_inequality(relation: str, meant: str, row: Mistake) -> Diagnosis:
    """The diagnosis of a line that holds with another inequality: that `row` is its mistake."""
    message = row.message.format(*(f"${SIGNS[sign]}$" for sign in (relation, meant)))
    return Diagnosis(row.code, row.word, message, None)
