"""Independent columns in words: granted where they are certainly supposed, a doubt where they may be."""

import pytest

from derivations import check_text

HEAD = "Let $X \\in \\mathbb{R}^{m \\times n}$ and $v \\in \\mathbb{R}^n$ with $v \\neq 0$.\n\n"
FORM = "\n$$v^\\top X^\\top X v > 0$$\n"


def verdicts(text: str) -> list[str | None]:
    report = check_text(HEAD + text)
    return [statement.verdict for statement in report.statements if statement.role == "claim"]


@pytest.mark.parametrize(
    "said",
    [
        "Suppose that $X$ has full column rank. Then",
        "Assume $X$ has linearly independent columns.\n\nThen",
        "Suppose that the columns of $X$ are linearly independent. It follows that",
        "If $X$ has full column rank, then",
        "Let $X$ be of full column rank.",
        "Suppose that $X$ has full column rank. For every such $v$,",
    ],
)
def test_independent_columns_make_a_form_positive(said):
    assert verdicts(said + FORM) == ["proved"]


def test_the_assumption_is_told():
    report = check_text(HEAD + "Suppose that $X$ has full column rank. Then" + FORM)
    (claim,) = (statement for statement in report.statements if statement.role == "claim")
    assert "X has independent columns" in claim.assumptions_used


@pytest.mark.parametrize(
    "said",
    [
        "Suppose that $X$ does not have full column rank. Then",
        "Suppose that $X$ has full column rank or is $0$. Then",
        "Suppose that $X$ has full column rank. Now drop this assumption. Then",
        "If $X$ has full column rank, all is well. In any case",
        "Unless $X$ has full column rank,",
        "Whether or not $X$ has full column rank,",
        "Suppose that $X$ has full row rank. Then",
        "Suppose that $X$ has rank 1. Then",
        "Some people require that $X$ be invertible. Here",
        "# One\n\nSuppose that $X$ has full column rank.\n\n# Two\n\nThen",
        "$X$ has full column rank in practice. Then",
    ],
)
def test_what_may_be_supposed_proves_nothing_and_refutes_nothing(said):
    assert verdicts(said + FORM) == ["undecided"]


def test_without_a_word_on_ranks_a_form_may_be_0():
    assert verdicts("Then" + FORM) == ["refuted"]


def test_a_wrong_equation_is_refuted_all_the_same():
    text = "Suppose that $X$ has full column rank. Then\n$$v^\\top X^\\top X v = 2 v^\\top X^\\top X v$$\n"
    assert verdicts(text) == ["refuted"]


def test_the_columns_of_another_matrix_prove_nothing():
    text = "Let $Z \\in \\mathbb{R}^{m \\times n}$. Suppose that $Z$ has full column rank. Then" + FORM
    assert verdicts(text) == ["refuted"]


def test_a_vector_that_is_not_0_may_have_entries_that_are():
    """ "v != 0" says of a vector that one of its entries is not 0, of a number that it is not."""
    assert verdicts("$$v^\\top v > 0$$") == ["proved"]
    assert verdicts("$$v_1^2 > 0$$") != ["proved"]
    assert verdicts("$$v_1 \\neq 0$$") != ["proved"]


@pytest.mark.parametrize(
    ("said", "claim", "verdict"),
    [
        ("Let $t \\in \\mathbb{R}$ with $t \\ne 0$.", "t^2 > 0", "proved"),
        ("Let $w \\in \\mathbb{R}^n$ with $w_j \\ne 0$ for all $j$.", "w_1^2 > 0", "proved"),
        (
            "Let $A \\in \\mathbb{R}^{m \\times n}$, $A \\ne 0$.",
            "\\sum_{j=1}^n A_{1j}^2 > 0",
            "undecided",
        ),
        ("Let $w \\in \\mathbb{R}^n$ with $w \\ge 0$ and $w \\ne 0$.", "w_1^2 > 0", "undecided"),
    ],
)
def test_not_0_is_read_by_what_it_is_said_of(said, claim, verdict):
    assert verdicts(f"{said}\n\n$${claim}$$") == [verdict]
