"""What is told of a wrong inequality: the sign or the bound with which the kernel proves it."""

from __future__ import annotations

import pytest

from derivations import check_text


@pytest.mark.parametrize(
    ("line", "code", "repair"),
    [
        ("\\sigma(z) (1 - \\sigma(z)) < \\frac14", "D148", None),
        ("x^2 > 0", "D148", None),
        ("\\sigma(z) (1 - \\sigma(z)) \\le \\frac15", "D149", "\\frac{1}{4}"),
        ("\\sigma(z) (1 - \\sigma(z)) < \\frac1{10}", "D149", "\\frac{1}{3}"),
        ("x y \\le \\frac14 (x^2 + y^2)", "D149", "\\frac{2}{4} (x^2 + y^2)"),
        ("\\sigma(z) (1 - \\sigma(z)) \\ge \\frac13", "D147", None),
        ("e^z < 0", "D147", None),
        ("\\sigma(z) \\ge 1", "D147", None),
    ],
)
def test_a_wrong_inequality_is_explained(line: str, code: str, repair: str | None) -> None:
    """With the weakest change first: the sign's strictness, its direction, the constant."""
    last = check_text(f"$${line}$$", "md").statements[-1]
    assert last.verdict == "refuted"
    assert last.diagnosis is not None
    assert (last.diagnosis.code, last.diagnosis.repair) == (code, repair)


def test_a_bound_that_grows_with_the_classes_is_told() -> None:
    """It was forgotten how many terms there are."""
    text = "Let $v \\in \\mathbb{R}^K$. $$\\Big(\\sum_{k=1}^K v_k\\Big)^2 \\le \\sum_{k=1}^K v_k^2$$"
    diagnosis = check_text(text, "md").statements[-1].diagnosis
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.repair) == ("D149", "K \\sum_{k=1}^{K} v_k^2")


@pytest.mark.parametrize("line", ["x^2 \\le y^2", "x \\ge y"])
def test_what_no_sign_mends_is_not_explained(line: str) -> None:
    """No repair is guessed."""
    last = check_text(f"$${line}$$", "md").statements[-1]
    assert last.diagnosis is None or last.diagnosis.code == "D181"
