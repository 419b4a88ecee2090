"""Wrong steps of every kind in the settings of this field: each is named as a person would, and mended."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from derivations import check_text
from derivations.checking.report import ACCEPTED, StatementReport

TABLE = tomllib.loads(Path(__file__).with_name("wrong-steps.toml").read_text("utf-8"))
SETTINGS, STEPS = TABLE["settings"], TABLE["step"]
KINDS = (
    "sign", "factor", "chain", "swap", "index", "bounds", "dropped", "extra", "parenthesis", "transpose",
    "labels", "delta", "derivative of log", "derivative of exp", "quotient", "log of product", "log of sum",
    "reused", "intercept", "softplus", "sample index", "inequality", "exchanged matrices", "part by part",
)  # fmt: skip
"""What goes wrong in derivations of logistic and softmax models."""


def document(step: dict[str, str], equation: str) -> str:
    """The text of a step: its setting, what it adds, and the equation."""
    said = " ".join(filter(None, (SETTINGS.get(step.get("in", ""), "").strip(), step.get("with"))))
    return f"{said}\n\nThen\n\n$$\n{equation}.\n$$\n"


@cache
def judged(text: str) -> StatementReport:
    """The last claim of a document."""
    return [s for s in check_text(text).statements if s.role == "claim"][-1]


def about(step: dict[str, str]) -> str:
    return step["about"]


@pytest.mark.parametrize("step", STEPS, ids=about)
def test_a_wrong_step_is_named(step: dict[str, str]) -> None:
    """It is refuted, and its diagnosis is of the kind that a person names."""
    found = judged(document(step, step["step"]))
    assert found.verdict == "refuted"
    assert found.diagnosis is not None
    assert found.diagnosis.mistake == step["mistake"]


@pytest.mark.parametrize("step", STEPS, ids=about)
def test_the_mended_step_is_proved(step: dict[str, str]) -> None:
    """The repair, read in the place of the right side as if its author had written it."""
    found = judged(document(step, step["step"]))
    assert found.diagnosis is not None
    if found.diagnosis.repair is not None:
        head, wrong, tail = step["step"].rpartition(found.rhs)
        assert wrong
        assert judged(document(step, head + found.diagnosis.repair + tail)).verdict in ACCEPTED


def test_every_kind_is_seen_in_several_settings() -> None:
    """At least two each, and none that is not in the table of kinds."""
    counted = Counter(kind for step in STEPS for kind in KINDS if step["about"].startswith(kind))
    assert set(KINDS) == {kind for kind, count in counted.items() if count >= 2}
    assert all(step["about"].startswith(KINDS) for step in STEPS)
