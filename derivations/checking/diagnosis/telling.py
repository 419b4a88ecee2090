"""A repair in words: the message with its formulas as LaTeX, and the repaired right side."""

from __future__ import annotations

from derivations.checking.diagnosis.algebra import negated, scaled
from derivations.checking.diagnosis.mistakes import JUMP_BACK, TRANSPOSITION
from derivations.checking.diagnosis.search import Repair
from derivations.checking.notation import Notation
from derivations.checking.report import Diagnosis
from derivations.language import Claim, Expression, Statement, Sum
from derivations.language.latex import expression_latex, unwritten
from derivations.language.traversal import free_indices, subexpressions

WHOLE = "the right side"
"""What a message calls the side as a whole: to repeat it would not help."""


def told(repair: Repair, claim: Claim, statement: Statement, notation: Notation) -> Diagnosis:
    """The diagnosis that `repair` of `claim` is."""
    notation = notation.lettered(claim.left, claim.right, repair.edit.right)

    def latex(part: Expression) -> str:
        return WHOLE if part == claim.right else f"${expression_latex(part, notation)}$"

    mistake = repair.mistake
    message = mistake.message.format(*map(latex, repair.edit.parts))
    wrapped = _wrapped(repair, claim, statement, notation)
    return Diagnosis(
        mistake.code, mistake.word, message, wrapped or expression_latex(repair.edit.right, notation)
    )


def _wrapped(repair: Repair, claim: Claim, statement: Statement, notation: Notation) -> str | None:
    """The author's own right side with a factor in front, where it is written without its indices."""
    edit = repair.edit
    names = [n.index.name for n in subexpressions(claim.right) if isinstance(n, Sum)]
    if not any(map(unwritten, (*free_indices(claim.right), *names))):
        return None
    if edit.right == negated(claim.right):
        return f"-\\left({statement.right_source}\\right)"
    if edit.parts and edit.right == scaled(claim.right, edit.parts[0]):
        return f"{expression_latex(edit.parts[0], notation)} \\left({statement.right_source}\\right)"
    return None


def told_jump_back(line: int) -> Diagnosis:
    """The diagnosis of a line that is right again after the wrong one in `line`."""
    return Diagnosis(JUMP_BACK.code, JUMP_BACK.word, JUMP_BACK.message.format(line), None)


def told_transposition(repair: str, written: str, meant: str) -> Diagnosis:
    """The diagnosis of shapes that fit once a transposition is put right."""
    message = TRANSPOSITION.message.format(f"${written}$", f"${meant}$")
    return Diagnosis(TRANSPOSITION.code, TRANSPOSITION.word, message, repair)
