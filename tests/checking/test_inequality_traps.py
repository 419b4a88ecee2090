"""What people get wrong about inequalities: none of it is proved, what has a counterexample is refuted."""

import pytest

from derivations import check_text

HEAD = (
    "Let $x, y, z \\in \\mathbb{R}$, $v \\in \\mathbb{R}^n$, $X \\in \\mathbb{R}^{m \\times n}$, "
    "$q \\in \\mathbb{R}^K$ and $\\sigma(z) = \\frac{1}{1 + e^{-z}}$.\n"
    "Let $p_k = \\frac{e^{q_k}}{\\sum_c e^{q_c}}$.\n\n"
)
WITH_U = "Let $u > 0$.\n\n"
PROVED, REFUTED = ["proved"], ["refuted"]


def verdicts(text: str) -> list[str | None]:
    report = check_text(HEAD + text)
    return [statement.verdict for statement in report.statements if statement.role == "claim"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # strict for not strict, and equality at one point
        ("\\sigma(z)(1 - \\sigma(z)) < \\frac14", REFUTED),
        ("\\sigma(z)(1 - \\sigma(z)) \\le \\frac14", PROVED),
        ("e^z > 1 + z", REFUTED),
        ("\\log u < u - 1", REFUTED),
        # v may be 0, and so may X v
        ("v^\\top X^\\top X v \\ge 0", PROVED),
        ("v^\\top X^\\top X v > 0", REFUTED),
        ("X^\\top X \\succ 0", REFUTED),
        # a wrong constant
        ("\\sigma(z)(1 - \\sigma(z)) \\le \\frac15", REFUTED),
        ("\\log(1 + e^z) \\ge \\frac{z}{2} + 1", REFUTED),
        # true for two classes only
        ("\\sum_k p_k^2 \\ge \\frac12", REFUTED),
        ("-\\sum_k p_k \\log p_k \\le \\log 2", REFUTED),
        ("-\\sum_k p_k \\log p_k \\le \\log K", PROVED),
        # Jensen, both ways round
        ("e^{\\frac{x + y}{2}} \\le \\frac{e^x + e^y}{2}", PROVED),
        ("e^{\\frac{x + y}{2}} \\ge \\frac{e^x + e^y}{2}", REFUTED),
        # squares of what may be undefined or negative
        ("\\sqrt{x^2} \\le x", REFUTED),
        ("(x - y)^2 \\ge 0", PROVED),
        ("(x - y)^3 \\ge 0", REFUTED),
        ("x^2 + y^2 \\ge 2 x y", PROVED),
        ("(x + y)^2 \\le x^2 + y^2", REFUTED),
        # multiplied by what may be negative, divided by what may be 0
        ("x e^z \\ge x (1 + z)", REFUTED),
        ("u e^z \\ge u (1 + z)", PROVED),
        ("\\frac{e^z}{x} \\ge \\frac{1 + z}{x}", REFUTED),
        # chains mix relations
        ("0 < \\sigma(z) < 1", [*PROVED, *PROVED]),
        ("0 \\le (x - y)^2 = x^2 - 2 x y + y^2 < x^2 + y^2", [*PROVED, *PROVED, *REFUTED]),
    ],
)
def test_a_trap(formula, expected):
    assert verdicts(f"{WITH_U if 'u' in formula.replace('sum', '') else ''}$${formula}$$") == expected


@pytest.mark.parametrize(
    "text",
    [
        "If $x y \\le x z$, then $$y \\le z.$$",
        "If $x \\le y$, then $$x^2 \\le y^2.$$",
        "If $x \\le y$, then $$\\frac1y \\le \\frac1x.$$",
        "Suppose that $x \\le y$ and $z \\le q_1$. Then $$x z \\le y q_1.$$",
    ],
)
def test_no_false_step_between_inequalities_is_proved(text):
    assert "proved" not in verdicts(text)


def test_the_edge_of_a_domain_is_told():
    """``log x <= x - 1`` holds for x > 0; at 0 its left side has no value."""
    report = check_text("Let $x \\ge 0$. $$\\log x \\le x - 1$$")
    (claim,) = (statement for statement in report.statements if statement.role == "claim")
    assert claim.verdict == "proved-where-defined"
    assert claim.conditions == ("x > 0",)
