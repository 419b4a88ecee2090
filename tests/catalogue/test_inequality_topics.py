"""The inequalities that the catalogue has to prove: each is stated by an entry, derived, and certified."""

import pytest

from derivations import catalogue
from derivations.writing.proofs import statements

TOPICS = [
    ("sigmoid-bound", "\\sigma(z) > 0"),
    ("sigmoid-bound", "\\sigma(z) < 1"),
    ("sigmoid-bound", "\\sigma'(z) = \\sigma(z) (1 - \\sigma(z)) \\le \\frac{1}{4}"),
    ("decision-boundary", "\\sigma(u) \\ge \\frac{1}{2}"),
    ("decision-boundary", "< 0"),
    ("log-loss-nonnegative", "\\ge 0"),
    ("log-loss-cost-nonnegative", "\\ge 0"),
    ("log-loss-convex", "s_{i} \\left(\\sum_{l=1}^{n} v_{l} x_{i l}\\right)^2 \\ge 0"),
    ("log-loss-convex", "\\frac{1}{4 m} v^{\\top} X^{\\top} X v"),
    ("softmax-convex", "p_{k} (v_{k} - \\mu)^2 \\ge 0"),
    ("squared-error-sigmoid-nonconvex", "\\frac{1}{8} > 0"),
    ("squared-error-sigmoid-nonconvex", "-\\frac{9}{128} < 0"),
]
"""An entry, and what one of its statements contains."""


@pytest.mark.parametrize(("name", "stated"), TOPICS)
def test_an_inequality_is_stated_and_derived(proof_of, name, stated):
    """It is part of the theorem, and of the lines behind it every inequality has the kernel's certificate."""
    proof = proof_of(name)
    formulas = [formula for _, group in statements(proof) for formula in group]
    assert any(stated in formula for formula in formulas)
    lines = [line for chain in proof.chains for line in chain.lines]
    assert all((line.relation == "=") is (line.certificate is None) for line in lines)


def test_no_entry_with_an_inequality_is_left_out():
    found = {
        name
        for name in catalogue.entries()
        for part in catalogue.get(name).parts
        if any(line.relation != "=" for line in part.lines)
    }
    assert found == {name for name, _ in TOPICS}
