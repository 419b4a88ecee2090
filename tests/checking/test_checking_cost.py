"""What judging costs: one proof where one is enough, and a long document in a few seconds."""

from __future__ import annotations

import time
from importlib import import_module, resources

import pytest

import derivations
from derivations import check_text

KERNEL = ("judge", "used", "missing")
"""The modules of the kernel that ask for proofs."""


def proofs_tried(monkeypatch: pytest.MonkeyPatch, text: str) -> tuple[str, int]:
    """The verdict on the last claim of `text`, and how many proofs of it were tried."""
    tried = []
    for name in KERNEL:
        module = import_module(f"derivations.kernel.{name}")
        monkeypatch.setattr(module, "prove", _noting(module.prove, tried), raising=False)
    report = check_text(text, format="md")
    return report.statements[-1].verdict, len(tried)


def _noting(prove, tried):
    def noted(*arguments):
        tried.append(arguments)
        return prove(*arguments)

    return noted


@pytest.mark.parametrize(
    "text",
    [
        "Let $z \\in \\mathbb{R}$. Then $\\frac{d}{dz} e^{2z} = 2 e^{2z}$.",
        "Let $y \\in \\{0, 1\\}$ and $0 < a < 1$. Then $y a + (1 - y) a = a$.",
        "Let $y \\in \\{0, 1\\}$. If $y = 1$, then $\\frac{d}{dz} (y z) = y$.",
    ],
)
def test_a_step_that_needs_no_assumption_is_proved_once(monkeypatch, text) -> None:
    assert proofs_tried(monkeypatch, text) == ("proved", 1)


def test_a_step_that_needs_an_assumption_is_not_tried_without(monkeypatch) -> None:
    """An instance shows that there is no such proof; then the proof, and y in {0, 1} is all that it has."""
    text = "Let $y \\in \\{0, 1\\}$. Then $y^2 = y$."
    assert proofs_tried(monkeypatch, text) == ("proved", 1)


@pytest.mark.slow
def test_two_hundred_claims_take_less_than_four_seconds() -> None:
    """The lecture notes that are shipped, four times: in a second or two on a quiet machine."""
    notes = resources.files("derivations.examples").joinpath("logistic-regression.md").read_text("utf-8")
    started = time.process_time()
    report = derivations.check_text("\n\n".join([notes] * 4), format="md")
    spent = time.process_time() - started
    assert sum(statement.role == "claim" for statement in report.statements) > 190
    assert report.ok
    assert spent < 4
