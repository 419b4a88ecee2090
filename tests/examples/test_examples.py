"""The shipped examples: what they promise their readers must be what the checker says."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import pytest

import derivations

EXAMPLES = files("derivations") / "examples"

# Section of spot-the-mistakes.md -> the right side of its one wrong step.
SLIPS = {
    1: r"\sigma(z)",
    2: r"\sum_{i=1}^m (h_i - y_i) x_{ij}",
    3: r"2 (h_i - y_i) x_{ij}",
    4: r"\sum_{i=1}^m (h_i - y_i) x_{ij}",
    5: r"\frac{1}{m} \sum_{i=1}^m h_i (1 - h_i) x_{ij} x_{ij}",
    6: r"\frac{1}{m} X (h - y)",
    7: r"\frac{\partial J}{\partial \theta_j} + \frac{\lambda}{2m} \theta_j",
    8: r"\log(1 + e^{-r u})",
    9: r"p_k (1 - p_l)",
    10: r"-t_l + t_l p_l + p_l \sum_{k=1}^K t_k",
}


@cache
def claims(name: str) -> tuple:
    """The judged claims of a shipped example."""
    report = derivations.check(str(EXAMPLES / name))
    return tuple(statement for statement in report.statements if statement.role == "claim")


def section(line: int) -> int:
    """The number of the section of spot-the-mistakes.md that a line stands in, 0 for the setting."""
    above = (EXAMPLES / "spot-the-mistakes.md").read_text("utf-8").splitlines()[:line]
    headings = [row for row in above if row.startswith("## ")]
    return int(headings[-1].split(".")[0].removeprefix("## ")) if headings else 0


def test_the_notes_are_proved_from_end_to_end() -> None:
    """Thirty claims and more, and each of them holds for all m, n and K."""
    found = claims("logistic-regression.md")
    assert [(claim.line, claim.rhs, claim.verdict) for claim in found if claim.verdict != "proved"] == []
    assert len(found) >= 30


def test_exactly_the_slips_are_refuted() -> None:
    """One step in each of the ten sections is refuted, the intended one, and every other step is proved."""
    found = claims("spot-the-mistakes.md")
    assert {section(c.line): c.rhs for c in found if c.verdict == "refuted"} == SLIPS
    assert sum(claim.verdict == "refuted" for claim in found) == len(SLIPS)
    assert {c.verdict for c in found if c.verdict != "refuted"} == {"proved"}


@pytest.mark.parametrize("number", SLIPS)
def test_a_refutation_shows_its_witness(number: int) -> None:
    """A refuted step has a point with two different values; two shapes that cannot fit are named instead."""
    refuted = [
        c for c in claims("spot-the-mistakes.md") if section(c.line) == number and c.verdict == "refuted"
    ]
    assert len(refuted) == 1
    witness = refuted[0].witness
    if witness is None:
        assert re.search(r"\bm x n\b.*\bm x 1\b", refuted[0].reason)
    else:
        assert witness.lhs != witness.rhs
