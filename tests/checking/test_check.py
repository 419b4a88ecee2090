"""Judging a derivation: what the kernel says is passed on, and whatever goes wrong is a doubt."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from derivations import check_text, kernel
from derivations.checking.check import Checker, Judge
from derivations.checking.report import VERDICTS, DocumentReport, Report, StatementReport, Witness
from derivations.language import (
    Claim,
    Context,
    Derivation,
    Entry,
    Location,
    NameReading,
    Role,
    Statement,
)

CLAIM = Claim(Entry("a", ()), Entry("b", ()))
WITNESS = kernel.Witness((("m", 2), ("x[1]", "3/2")), "0.5", "0.25")


def says(verdict: kernel.Verdict) -> Judge:
    """A judge with one answer."""
    return lambda claim, context, deadline=None: verdict


def statement(role: Role = Role.CLAIM, claim: Claim | None = CLAIM, **rest: object) -> Statement:
    return Statement(Location(3, 5, 3, 10), role, "=", "a", "b", claim=claim, **rest)


PROVED = says(kernel.Proved())


def report(*statements: Statement, judge: Judge = PROVED) -> DocumentReport:
    derivation = Derivation(Context(), statements, (NameReading("a", "scalar", "inferred", None),))
    return Checker(1.0, judge).document(derivation, "notes.md", "source")


def only(document: DocumentReport) -> StatementReport:
    (found,) = document.statements
    return found


def test_definitions_and_assumptions_are_not_judged() -> None:
    """They carry no verdict, whatever a judge would say."""
    document = report(statement(Role.DEFINITION), statement(Role.ASSUMPTION))
    assert [(s.role, s.verdict, s.seconds) for s in document.statements] == [
        ("definition", None, None),
        ("assumption", None, None),
    ]


@pytest.mark.parametrize(
    ("verdict", "parts"),
    [
        (kernel.Proved(("sum y = 1",)), {"assumptions_used": ("sum y = 1",)}),
        (
            kernel.ProvedWhereDefined(("a != 0",), ("y = 1",)),
            {"conditions": ("a != 0",), "assumptions_used": ("y = 1",)},
        ),
        (kernel.Refuted(WITNESS), {"witness": Witness((("m", 2), ("x[1]", "3/2")), "0.5", "0.25")}),
        (kernel.Undecided("no proof"), {"reason": "no proof"}),
    ],
)
def test_a_verdict_is_passed_on_with_all_its_parts(verdict: kernel.Verdict, parts: dict) -> None:
    """And with no others."""
    found = only(report(statement(), judge=says(verdict)))
    assert found.verdict == verdict.kind
    empty = {"conditions": (), "assumptions_used": (), "reason": None, "witness": None}
    assert {name: getattr(found, name) for name in empty} == empty | parts


@pytest.mark.parametrize(
    "error", [RecursionError(), MemoryError(), ZeroDivisionError("a\nb"), AssertionError()]
)
def test_an_exception_is_undecided_with_one_line(error: BaseException) -> None:
    """The claim is in doubt, and the claims after it are still judged."""
    calls = []

    def judge(claim: Claim, context: Context, deadline: float | None = None) -> kernel.Verdict:
        calls.append(claim)
        if len(calls) == 1:
            raise error
        return kernel.Proved()

    first, second = report(statement(), statement(), judge=judge).statements
    assert first.verdict == "undecided"
    assert first.reason
    assert "\n" not in first.reason
    assert second.verdict == "proved"


def test_an_unreadable_line_is_never_put_to_the_judge() -> None:
    """Its problem is the reason, even where the reader built a claim beside it."""

    def judge(*_: object, **__: object) -> kernel.Verdict:
        raise AssertionError

    found = only(report(statement(problem="what is h?"), judge=judge))
    assert (found.verdict, found.reason) == ("unreadable", "what is h?")
    assert only(report(statement(claim=None), judge=judge)).verdict == "unreadable"


def test_shapes_that_clash_refute_without_a_witness() -> None:
    """The reason names both shapes."""
    found = only(report(statement(claim=None, problem="n by m and m", shapes_clash=True)))
    assert (found.verdict, found.reason, found.witness) == ("refuted", "n by m and m", None)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_report_is_clean_exactly_when_nothing_is_left_to_do(verdict: str) -> None:
    """Proved and proved where defined are clean, everything else is a finding; the summary counts both."""
    document = report(statement(Role.DEFINITION), statement())
    definition, claim = document.statements
    whole = Report((replace(document, statements=(definition, replace(claim, verdict=verdict))),))
    assert whole.ok == (verdict in ("proved", "proved-where-defined"))
    assert whole.summary == {"definitions": 1, "assumptions": 0, "claims": 1} | {
        name: int(name == verdict) for name in VERDICTS
    }


def test_the_json_report_has_exactly_the_documented_keys() -> None:
    """In the documented order; ``seconds`` only with timings."""
    whole = Report((report(statement(), judge=says(kernel.Refuted(WITNESS))),))
    plain = json.loads(whole.to_json())
    assert list(plain) == ["version", "documents", "summary"]
    (document,) = plain["documents"]
    assert list(document) == ["path", "declarations", "statements"]
    assert document["declarations"] == [
        {"name": "a", "reading": "scalar", "origin": "inferred", "line": None}
    ]
    assert document["statements"] == [
        {
            "line": 3,
            "column": 5,
            "end_line": 3,
            "end_column": 10,
            "role": "claim",
            "relation": "=",
            "lhs": "a",
            "rhs": "b",
            "reading": "",
            "notes": [],
            "verdict": "refuted",
            "conditions": [],
            "assumptions_used": [],
            "reason": None,
            "witness": {"assignment": {"m": 2, "x[1]": "3/2"}, "lhs": "0.5", "rhs": "0.25"},
            "diagnosis": None,
        }
    ]
    (timed,) = json.loads(whole.to_json(timings=True))["documents"]
    assert list(timed["statements"][0]) == [*document["statements"][0], "seconds"]


def test_the_table_for_notebooks_is_escaped() -> None:
    """Nothing from the document becomes markup."""
    hostile = Statement(Location(1, 1, 1, 9), Role.CLAIM, "=", "<script>", "a & b", problem="<b>no</b>")
    html = Report((report(hostile),))._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html
    assert "a &amp; b" in html


def test_a_witness_of_a_vector_says_which_entry_differs() -> None:
    """The index that nobody wrote has a name that people know."""
    text = "Let $X \\in \\mathbb{R}^{m \\times n}$ and $w \\in \\mathbb{R}^n$.\n\n$$\n2 X w = X w\n$$\n"
    (slip,) = (s for s in check_text(text).statements if s.verdict == "refuted")
    assert slip.witness is not None
    names = [name for name, _ in slip.witness.assignment]
    assert "entry" in names
    assert not [name for name in names if name.startswith("_")]
