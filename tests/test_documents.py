"""The labelled corpus: what the checker says of whole documents, against a person's verdicts.

The documents under ``tests/documents`` are written in the manner of forum answers, lecture notes and
appendices; about a third carry one wrong step. ``labels.jsonl`` names every step by its exact source slices
and says whether it is right.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import derivations

CORPUS = Path(__file__).parent / "documents"
PROVED = {"proved", "proved-where-defined"}

# The measured share less a little. It is a floor: raise it with every widening of the reader or the kernel,
# never lower it.
FLOOR = 0.95


@dataclass(frozen=True, slots=True)
class Step:
    """One labelled step and what the checker said of it (``missing`` if it saw no such claim)."""

    document: str
    lhs: str
    rhs: str
    expected: str
    verdict: str

    @property
    def decided_rightly(self) -> bool:
        return self.verdict in PROVED if self.expected == "correct" else self.verdict == "refuted"


def bare(latex: str | None) -> str:
    """A side without white space, alignment marks, row breaks and closing punctuation."""
    marks = r"\\(?:tag\*?|label)\{[^}]*\}|\\(?:qquad|quad|[,;:! ])|&|\\\\(?:\[[^\]]*\])?|\s+"
    return re.sub(marks, "", latex or "").rstrip(".,;")


def judged(record: dict) -> list[Step]:
    """The labelled steps in order, each with the verdict of the next claim that has the same two sides."""
    claims = [s for s in derivations.check(CORPUS / record["file"]).statements if s.role == "claim"]
    keys = [(bare(claim.lhs), bare(claim.rhs)) for claim in claims]
    steps, position = [], 0
    for label in record["steps"]:
        key = (bare(label["lhs"]), bare(label["rhs"]))
        verdict = "missing"
        if key in keys[position:]:
            position = keys.index(key, position) + 1
            verdict = claims[position - 1].verdict
        steps.append(Step(record["id"], label["lhs"], label["rhs"], label["verdict"], verdict))
    return steps


def records() -> list[dict]:
    """The rows of the label file."""
    return [json.loads(line) for line in (CORPUS / "labels.jsonl").read_text("utf-8").splitlines()]


@cache
def all_steps() -> tuple[Step, ...]:
    """Every labelled step, judged once for all tests of this module."""
    return tuple(step for record in records() for step in judged(record))


def test_no_wrong_step_is_proved() -> None:
    """A step that is labelled wrong is never proved."""
    assert [step for step in all_steps() if step.expected == "wrong" and step.verdict in PROVED] == []


def test_no_right_step_is_refuted() -> None:
    """A step that is labelled correct is never refuted."""
    assert [step for step in all_steps() if step.expected == "correct" and step.verdict == "refuted"] == []


def test_the_share_decided_rightly_does_not_fall() -> None:
    """Correct steps proved and wrong steps refuted, as a share of all labelled steps."""
    right = sum(step.decided_rightly for step in all_steps())
    missed = Counter(step.document for step in all_steps() if not step.decided_rightly)
    share = right / len(all_steps())
    assert share >= FLOOR, f"{right} of {len(all_steps())}; most missed: {missed.most_common(10)}"


@pytest.mark.parametrize("record", records(), ids=lambda record: record["id"])
def test_labels_quote_their_document(record: dict) -> None:
    """The sides of every label are exact slices of the document and stand there in the labels' order."""
    text = (CORPUS / record["file"]).read_text("utf-8")
    position = 0
    for step in record["steps"]:
        left = text.index(step["lhs"], position)
        position = text.index(step["rhs"], left + len(step["lhs"]))
