"""Extrema over an index are read with their index; by the choice of a number they are not."""

import pytest

from derivations import check_text

HEAD = "Let $z \\in \\mathbb{R}^K$, $X \\in \\mathbb{R}^{m \\times n}$ and $c \\in \\mathbb{R}$. Then\n"


def verdicts(formula: str) -> list[str | None]:
    report = check_text(f"{HEAD}$${formula}$$")
    return [statement.verdict for statement in report.statements if statement.role == "claim"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("\\max_k z_k \\le \\log \\sum_{k=1}^K e^{z_k} \\le \\max_k z_k + \\log K", ["proved"] * 2),
        ("\\min_k z_k \\le \\frac1K \\sum_{k=1}^K z_k \\le \\max_k z_k", ["proved"] * 2),
        ("\\max_k (z_k + c) = \\max_k z_k + c", ["proved"]),
        ("\\max_k z_k + c \\ge z_j + c", ["proved"]),
        ("\\min_k z_k = -\\max_k (-z_k)", ["proved"]),
        ("\\sum_{i=1}^m \\max_j X_{ij} \\ge \\sum_{i=1}^m X_{il}", ["proved"]),
        ("\\max_k z_k \\le \\sum_{k=1}^K z_k", ["refuted"]),
        ("\\max_k c z_k = c \\max_k z_k", ["refuted"]),
        ("\\min_k z_k \\ge z_j", ["refuted"]),
        ("\\max_c c^2 \\ge 0", ["unreadable"]),
        ("\\max_{k \\ne j} z_k \\le \\max_k z_k", ["unreadable"]),
        ("\\arg\\max_k z_k = j", ["unreadable"]),
    ],
)
def test_an_extremum(formula, expected):
    assert verdicts(formula) == expected


def test_it_is_told_as_it_is_read():
    (claim,) = (s for s in check_text(f"{HEAD}$$\\max_k z_k \\ge z_j$$").statements if s.role == "claim")
    assert claim.reading == "max_{k=1..K} z[k] >= z[j]"
