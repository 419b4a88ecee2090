"""Claims in words: what is convex or definite is claimed, what is supposed, denied or restricted is not."""

from __future__ import annotations

import pytest

from derivations import check_text

MODEL = (
    "Let $f(z) = \\log(1 + e^z)$, $g(z) = z^3$ and $a(z) = |z|$. Let $X \\in \\mathbb{R}^{m \\times n}$, "
    "$J(\\theta) = \\sum_{i=1}^m \\log(1 + e^{-y_i \\theta^T x_i})$ with $y_i \\in \\{-1, 1\\}$, and "
    "$H = X^T X$.\n\n"
)


def claims(text: str) -> list[tuple[str, str, str]]:
    """The claims of a document behind its model: what is claimed, how it is read, the verdict."""
    found = [s for s in check_text(MODEL + text, "md").statements if s.role == "claim"]
    return [(f"{s.lhs} {s.relation} {s.rhs}", s.reading, s.verdict or "") for s in found]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("The function $f$ is convex.", "d/dz (d/dz f) >= 0"),
        ("So $f$ is convex in $z$.", "d/dz (d/dz f) >= 0"),
        ("Hence $f(z)$ is a convex function of $z$.", "d/dz (d/dz f) >= 0"),
        ("The loss $f$ is strictly convex.", "d/dz (d/dz f) > 0"),
        ("Therefore $J$ is convex in $\\theta$.", "Hessian_theta J succeq 0"),
        ("The Hessian of $J$ is positive semidefinite.", "Hessian_theta J succeq 0"),
        ("The matrix $H$ is symmetric and positive semi-definite.", "H succeq 0"),
        ("So $H$ is PSD.", "H succeq 0"),
        ("Thus $-H$ is negative semidefinite.", "-H preceq 0"),
        ("We see that $X^T X$ is positive definite.", "X^T*X succ 0"),
    ],
)
def test_a_plain_statement_is_a_claim(text: str, reading: str) -> None:
    """About the second derivatives, or about the matrix."""
    assert [read for _, read, _ in claims(text)] == [reading]


def test_a_claim_in_words_is_shown_in_words() -> None:
    """The sides are slices of the document."""
    assert claims("The function $g$ is concave.") == [("g is concave", "d/dz (d/dz g) <= 0", "refuted")]


@pytest.mark.parametrize(
    "text",
    [
        "If $g$ is convex, we stop.",
        "Suppose that $g$ is convex.",
        "Assume $H$ is positive definite.",
        "The function $g$ is not convex.",
        "The function $g$ isn't convex.",
        "Neither $g$ is convex nor is $a$.",
        "Is it true that $g$ is convex?",
        "The function $g$ is convex on $(0, \\infty)$.",
        "The function $g$ is convex for $z > 0$.",
        "The function $g$ is convex only where it is positive.",
        "The sum of $g$ and $f$ is convex.",
        "The square of $g$ is convex.",
        "Show that $g$ is convex.",
        "The Hessian of $g$ is positive if $g$ is convex.",
        "It is wrong that $g$ is convex.",
        "The cost would be fine, would $g$ be convex.",
        "Some $u$ is convex.",
    ],
)
def test_what_is_not_claimed_is_not_judged(text: str) -> None:
    """Each of these is true, or nobody says that it is."""
    assert [verdict for *_, verdict in claims(text) if verdict in ("proved", "refuted")] == []


@pytest.mark.parametrize("shape", ["convex", "concave"])
def test_corners_are_not_seen_by_second_derivatives(shape: str) -> None:
    """The absolute value has the second derivative 0 wherever it has one, and is not concave."""
    ((_, _, verdict),) = claims(f"The function $a$ is {shape}.")
    assert verdict == "unreadable"


def test_strict_convexity_is_not_refuted_by_a_point() -> None:
    """The fourth power is strictly convex, though its second derivative is 0 somewhere."""
    ((_, _, verdict),) = claims("The function $u(z) = z^4$ is strictly convex.")
    assert verdict == "undecided"


def test_primes_make_no_other_argument() -> None:
    """The slopes of a function are those of one function."""
    text = "Let $u(x) = e^x$. Then $u'(x) = e^x$ and $u''(x) = e^x$. So $u$ is convex."
    assert claims(text)[-1] == ("u is convex", "d/dx (d/dx u) >= 0", "proved")
