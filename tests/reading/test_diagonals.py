"""Diagonal matrices by their entries: the index is bound where it stands nowhere else."""

from __future__ import annotations

import pytest

from derivations import check_text

DATA = "Let $X \\in \\mathbb{R}^{m \\times n}$ have rows $x_i^\\top$ and let $h_i = \\sigma(\\theta^T x_i)$. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $S = \\operatorname{diag}(h_i)$. Then $X^T S X = \\sum_{i=1}^m h_i x_i x_i^T$.", "proved"),
        ("Let $S = \\operatorname{diag}(h_i)$. Then $X^T S X = \\sum_{i=1}^m h_i^2 x_i x_i^T$.", "refuted"),
        ("Let $S = \\operatorname{diag}(h_i (1 - h_i))$. Then $S_{ii} = h_i - h_i^2$.", "proved"),
    ],
)
def test_the_entries_of_a_diagonal(text: str, expected: str) -> None:
    """All of them, not those of one i."""
    verdicts = [s.verdict for s in check_text(DATA + text, "md").statements if s.role == "claim"]
    assert verdicts == [expected]


def test_a_vector_of_one_sample_stays_one() -> None:
    """Where the index stands beside the diagonal, it is not bound there."""
    text = (
        "Let $P \\in \\mathbb{R}^{m \\times K}$ have rows $p_i^\\top$. Then "
        "$v^T (\\operatorname{diag}(p_i) - p_i p_i^T) v = \\sum_{k=1}^K p_{ik} v_k^2 - (p_i^T v)^2$."
    )
    assert [s.verdict for s in check_text(text, "md").statements if s.role == "claim"] == ["proved"]
