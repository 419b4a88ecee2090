"""Comparisons, maxima and signs are shown as people write them, not by absolute values."""

from __future__ import annotations

import pytest

from derivations import check_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\\max(0, 1 - y z)", "max(0, 1 - y*z)"),
        ("\\min(y, z)", "min(y, z)"),
        ("y \\mathbb{1}\\{z > 0\\}", "y*1{z > 0}"),
        ("\\mathbb{1}\\{y z < 1\\}", "1{1 > y*z}"),
        ("\\operatorname{sign}(z)", "sign(z)"),
        ("\\frac{1}{2} (1 + |z|)", "1/2*(1 + abs(z))"),
        ("\\frac{z}{|y|}", "z/abs(y)"),
        ("\\frac{1}{2} (y + z + |y + z|)", "1/2*(y + z + abs(y + z))"),
    ],
)
def test_the_reading_shows_comparisons(written: str, shown: str) -> None:
    """And of what only looks like one nothing changes."""
    text = f"Let $y, z \\in \\mathbb{{R}}$. Then $y^2 = {written}$."
    assert check_text(text).statements[-1].reading == f"y^2 = {shown}"


def test_a_repair_shows_comparisons() -> None:
    step = "\\frac{d}{dz} \\max(0, 1 - y z) = y \\mathbb{1}\\{1 - y z > 0\\}"
    text = f"Let $y, z \\in \\mathbb{{R}}$. Then ${step}$."
    assert check_text(text).statements[-1].diagnosis.repair == "-y \\mathbb{1}\\{1 > y z\\}"
