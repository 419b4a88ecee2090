"""Why a step is wrong: what is told is proved, and every mistake is recognised in its example."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from derivations import check_text, kernel
from derivations.checking.check import Checker
from derivations.checking.diagnosis import search, transposition
from derivations.checking.diagnosis.mistakes import (
    BY_CODE,
    JUMP_BACK,
    MISTAKES,
    WORDS,
    Mistake,
    documentation,
)
from derivations.checking.diagnosis.search import repaired
from derivations.checking.diagnosis.transposition import rewritings
from derivations.checking.report import Report, StatementReport
from derivations.documents import FORMATS
from derivations.language import Claim, Derivation
from derivations.reading import read

DOCUMENTS = Path(__file__).parent.parent / "documents"
HEADINGS = ["What it is", "Why it happens", "Example", "How to fix"]
PROVED = ("proved", "proved-where-defined")
SIGN = "Let $\\sigma(z) = \\frac{1}{1 + e^{-z}}$. Then $$\\sigma(-z) = \\sigma(z) - 1.$$\n"


def blocks(mistake: Mistake) -> list[str]:
    """The documents that the documentation of a mistake shows: the wrong one, then the mended one."""
    return re.findall(r"```markdown\n(.*?)```", mistake.documentation, re.DOTALL)


def example(mistake: Mistake) -> str:
    """The document with the mistake."""
    return blocks(mistake)[0]


def refuted(report: Report) -> list[StatementReport]:
    return [s for s in report.statements if s.verdict == "refuted"]


def claims(derivation: Derivation) -> list[tuple[Claim, object]]:
    """The claims that the kernel refutes, each with its context."""
    judged = [(s.claim, derivation.context_of(s)) for s in derivation.statements if s.claim and not s.problem]
    return [(c, context) for c, context in judged if kernel.judge(c, context).kind == "refuted"]


def code(mistake: Mistake) -> str:
    return mistake.code


@pytest.mark.parametrize("mistake", MISTAKES, ids=code)
def test_the_documentation_has_its_headings(mistake: Mistake) -> None:
    """The code and the name first, then always the same four."""
    text = mistake.documentation
    assert text.startswith(f"# {mistake.code}: {mistake.name}\n")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS


@pytest.mark.parametrize("mistake", MISTAKES, ids=code)
def test_a_mistake_is_recognised_in_its_example(mistake: Mistake) -> None:
    """By its own code: no other row explains the example before it."""
    found = [s.diagnosis for s in refuted(check_text(example(mistake)))]
    assert mistake.code in [d.code for d in found if d is not None]


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m.edits is not JUMP_BACK.edits], ids=code)
def test_the_repair_of_an_example_is_proved(mistake: Mistake) -> None:
    """By the kernel, asked anew: a diagnosis is a theorem."""
    ((claim, context),) = claims(read(example(mistake), "md"))
    repair = repaired(claim, context)
    assert repair is not None
    assert kernel.judge(replace(claim, right=repair.edit.right), context).kind in PROVED


@pytest.mark.parametrize("mistake", MISTAKES, ids=code)
def test_the_mended_example_is_proved(mistake: Mistake) -> None:
    """Under the last heading the example stands again, and is right."""
    mended = check_text(blocks(mistake)[1])
    assert mended.ok
    assert any(s.verdict in PROVED for s in mended.statements)


@pytest.mark.parametrize(
    ("latex", "meant"),
    [
        ("X (h - y)", "X^\\top (h - y)"),
        ("y^T X", "X^T y"),
        ("X X^T b", "X^T X b"),
        ("(x^{(i)})^T x^{(i)}", "x^{(i)} (x^{(i)})^T"),
        ("\\mathbf{X} \\mathbf{S} \\mathbf{X}^\\top", "\\mathbf{X}^\\top \\mathbf{S} \\mathbf{X}"),
    ],
)
def test_transpositions_are_tried_in_the_authors_notation(latex: str, meant: str) -> None:
    """One factor turned, both factors of one name, or two neighbours exchanged."""
    assert meant in [found.text for found in rewritings(latex, frozenset("Xxyb"))]


def test_a_document_is_not_read_again_without_end() -> None:
    """Each reading costs as much as the first one, so they are few."""
    readings = []

    def counted(text: str) -> Derivation:
        readings.append(text)
        return read(text, "md")

    text = "Let $X \\in \\mathbb{R}^{m \\times n}$.\n\n$$\nX^T X = " + "X " * 30 + "\n$$\n"
    Checker().document(read(text, "md"), "notes.md", text, counted)
    assert 0 < len(readings) <= transposition.MOST_READINGS


def test_every_code_has_one_row_and_one_documentation() -> None:
    """And every kind of mistake is one of the report's words."""
    folder = Path(search.__file__).parent / "documentation"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(BY_CODE)
    assert len(MISTAKES) == len(BY_CODE)
    assert {m.word for m in MISTAKES} <= WORDS
    with pytest.raises(KeyError):
        documentation("D999")


def test_the_message_and_the_repair_are_in_the_authors_symbols() -> None:
    """Names with the scripts and brackets that the document writes."""
    text = (
        "Let $h_\\theta(x^{(i)}) = \\frac{1}{1 + e^{-\\theta x^{(i)}}}$.\n\n"
        "$$\n-y^{(i)} (1 - h_\\theta(x^{(i)})) + (1 - y^{(i)}) h_\\theta(x^{(i)})"
        " = y^{(i)} - h_\\theta(x^{(i)})\n$$\n"
    )
    ((found,),) = ([s.diagnosis for s in refuted(check_text(text))],)
    assert found is not None
    assert found.repair == "h_\\theta(x^{(i)}) - y^{(i)}"


def test_a_jump_back_names_the_line_to_mend_and_has_no_repair() -> None:
    """The right side equals the chain's start; the line before is the wrong one."""
    slip, back = refuted(check_text(example(JUMP_BACK)))
    assert slip.diagnosis is not None
    assert (slip.diagnosis.mistake, slip.line_of_right) == ("sign", 5)
    assert back.diagnosis is not None
    assert (back.diagnosis.mistake, back.diagnosis.repair) == ("jump-back", None)
    assert "line 5" in back.diagnosis.message


def test_a_jump_back_between_matrices_is_one() -> None:
    """Entries are compared with those of the same row and column, whatever the reader calls these."""
    text = "Let $A, B \\in \\mathbb{R}^{n \\times n}$.\n\n$$\n(A B)^T = A^T B^T = B^T A^T\n$$\n"
    slip, back = refuted(check_text(text))
    assert slip.diagnosis is not None
    assert slip.diagnosis.mistake == "transpose"
    assert slip.notes == ("the end of the chain, line 4, equals its start all the same",)
    assert back.diagnosis is not None
    assert back.diagnosis.mistake == "jump-back"


def test_the_transpose_of_the_start_is_no_jump_back() -> None:
    """Nor is a right end told of it."""
    text = "Let $A, B \\in \\mathbb{R}^{n \\times n}$.\n\n$$\n(A B)^T = A^T B^T = A B\n$$\n"
    slip, other = refuted(check_text(text))
    assert slip.notes == ("the end of the chain, line 4, differs from its start",)
    assert other.diagnosis is None or other.diagnosis.mistake != "jump-back"


def test_of_steps_in_one_line_the_one_to_mend_is_quoted() -> None:
    """Its line alone would name them all."""
    _, back = refuted(check_text("$$\n(a + b)^2 = a^2 + b^2 = a^2 + 2 a b + b^2\n$$\n"))
    assert back.diagnosis is not None
    assert "line 2, $a^2 + b^2$" in back.diagnosis.message


def test_a_wrong_middle_with_a_right_end_is_told() -> None:
    """With the first wrong line, and so is an end that is wrong too."""
    slip, _ = refuted(check_text(example(JUMP_BACK)))
    assert slip.notes == ("the end of the chain, line 6, equals its start all the same",)
    text = "$$\n\\begin{aligned}\n(a + b)^2 &= a^2 + b^2 \\\\ &= b^2 + a^2\n\\end{aligned}\n$$\n"
    (slip,) = refuted(check_text(text))
    assert slip.notes == ("the end of the chain, line 3, differs from its start",)


def test_a_step_after_a_wrong_one_is_explained_on_its_own() -> None:
    """Two slips in a chain are two diagnoses, where the second does not return to the start."""
    text = "$$\n(a + b)^2 = a^2 + a b + b^2 = a^2 + a b - b^2\n$$\n"
    assert [s.diagnosis.mistake for s in refuted(check_text(text)) if s.diagnosis] == ["factor", "sign"]


def test_nothing_is_told_where_nothing_is_proved() -> None:
    """No repair within reach: the step is refuted, and that is all."""
    (step,) = refuted(check_text("$$\n\\log(1 + x^2) = u^3 + 7 v\n$$\n"))
    assert step.diagnosis is None


def test_a_failure_of_the_search_leaves_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while an explanation is looked for."""

    def broken(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(search, "Filter", broken)
    (step,) = refuted(check_text(SIGN))
    assert step.diagnosis is None
    assert step.witness is not None


def test_the_search_is_bounded_by_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no edits allowed there is no diagnosis; the clock has no say."""
    monkeypatch.setattr(search, "MOST_EDITS", 0)
    assert [s.diagnosis for s in refuted(check_text(SIGN))] == [None]


# Labelled documents ------------------------------------------------------------------------------------


@cache
def labelled() -> list[tuple[str, str, StatementReport]]:
    """Every wrong step of the labelled documents that is refuted: document, label, what was found."""
    found = []
    for line in (DOCUMENTS / "labels.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        steps = [s for s in item["steps"] if s["verdict"] == "wrong"]
        wrong = {"".join(s["rhs"].split()): s.get("mistake") for s in steps}
        if wrong:
            path = DOCUMENTS / item["file"]
            report = check_text(path.read_text("utf-8"), FORMATS[path.suffix])
            named = ((wrong.get("".join(s.rhs.split())), s) for s in refuted(report))
            found += [(item["id"], mistake, step) for mistake, step in named if mistake is not None]
    return found


def test_most_wrong_steps_are_explained_as_a_person_would() -> None:
    """At least nine in ten have a diagnosis, and nine in ten of these are of the labelled kind."""
    told = [(mistake, step.diagnosis) for _, mistake, step in labelled() if step.diagnosis]
    agreed = Counter(found.mistake == mistake for mistake, found in told)
    assert len(told) >= 0.9 * len(labelled())
    assert agreed[True] >= 0.9 * len(told)


@pytest.mark.parametrize("position", range(len(labelled())))
def test_a_repaired_document_is_right_at_that_place(position: int) -> None:
    """The repair, read back in the place of the right side, is proved, unless it is in other notation."""
    name, _, step = labelled()[position]
    repair = step.diagnosis.repair if step.diagnosis else None
    if repair is None or name in ELSEWHERE:
        return
    (path,) = DOCUMENTS.glob(f"{name}.*")
    text = path.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    begin = sum(map(len, lines[: step.line - 1])) + step.column - 1
    end = sum(map(len, lines[: step.end_line - 1])) + step.end_column - 1
    at = text.rindex(step.rhs, begin, end)
    mended = check_text(text[:at] + repair + text[at + len(step.rhs) :], FORMATS[path.suffix])
    (same,) = [
        s for s in mended.statements if (s.line, s.column, s.role) == (step.line, step.column, "claim")
    ][:1]
    assert same.verdict in PROVED


ELSEWHERE = {"ridge-matrix-factor", "hessian-outer-row"}
"""Repairs of steps in matrix notation that are told entry by entry."""
