"""A repair in words: the message with its formulas as LaTeX, and the repaired right side."""

from __future__ import annotations

from derivations.checking.diagnosis.algebra import negated, scaled
from derivations.checking.diagnosis.chain import Chain
from derivations.checking.diagnosis.mistakes import INEQUALITY, JUMP_BACK, MISSING_ASSUMPTION
from derivations.checking.diagnosis.search import Repair
from derivations.checking.diagnosis.transposition import Rewritten
from derivations.checking.notation import Notation
from derivations.checking.report import Diagnosis
from derivations.language import Claim, Expression, Statement, Sum
from derivations.language.latex import expression_latex, unwritten
from derivations.language.traversal import free_indices, subexpressions

WHOLE = "the right side"
"""What a message calls the side as a whole: to repeat it would not help."""

SIGNS = {"<": "<", ">": ">", "<=": "\\leq", ">=": "\\geq"}
"""The inequalities in LaTeX."""


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


def told_jump_back(chain: Chain) -> Diagnosis:
    """The diagnosis of a line that is right again after a wrong one of its chain."""
    return Diagnosis(JUMP_BACK.code, JUMP_BACK.word, JUMP_BACK.message.format(chain.to_mend), None)


def told_assumption(note: str) -> Diagnosis:
    """The diagnosis of a line that the kernel proves under one more assumption, as it says in `note`."""
    row = MISSING_ASSUMPTION
    return Diagnosis(row.code, row.word, row.message.format(note), None)


def told_rewriting(found: Rewritten) -> Diagnosis:
    """The diagnosis of a line that is right with another text."""
    message = found.mistake.message.format(*(f"${part}$" for part in found.parts))
    return Diagnosis(found.mistake.code, found.mistake.word, message, found.text)


def told_inequality(relation: str, meant: str) -> Diagnosis:
    """The diagnosis of a line that holds with the other inequality."""
    message = INEQUALITY.message.format(*(f"${SIGNS[sign]}$" for sign in (relation, meant)))
    return Diagnosis(INEQUALITY.code, INEQUALITY.word, message, None)
