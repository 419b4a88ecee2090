"""What surrounds formulas: code and comments are none, theorems have assumptions of their own."""

from __future__ import annotations

import pytest

from derivations import check_text
from derivations.reading import read

HIDDEN = {
    "tex": (
        "% $h + h = 3h$",
        "a % $h + h = 3h$ and $",
        "\\begin{comment}\n$h + h = 3h$\n\\end{comment}",
        "\\begin{verbatim}\n$h + h = 3h$ $\n\\end{verbatim}",
        "\\begin{lstlisting}[language=Python]\nh = '$$'\n\\end{lstlisting}",
        "\\begin{minted}{python}\n# $h + h = 3h$\n\\end{minted}",
        "\\verb|$h + h = 3h$| and \\verb+$+",
        "\\iffalse $h + h = 3h$ \\fi",
        "It costs 3\\$ or 4\\$.",
        "100\\% of",
    ),
    "md": (
        "<!-- $h + h = 3h$ -->",
        "<!-- $h + h\n\n = 3h$ $ -->",
        "```python\nh = '$h + h = 3h$ $'\n```",
        "~~~\n$$ h + h = 3h\n~~~",
        "`$h + h = 3h$` and ``a ` $``",
        "    $h + h = 3h$",
        "It costs \\$3 or \\$4.",
    ),
}
"""Stretches in which no formula is, whatever they look like."""


@pytest.mark.parametrize(("format", "stretch"), [(f, s) for f, rows in HIDDEN.items() for s in rows])
def test_code_and_comments_hold_no_formula(format: str, stretch: str) -> None:
    """And the formulas around them are read."""
    text = f"First $a + a = 2a$.\n\n{stretch}\n\nThen $b + b = 2b$.\n"
    assert [s.reading for s in read(text, format).statements] == ["a + a = 2*a", "b + b = 2*b"]


@pytest.mark.parametrize(
    ("format", "comment"),
    [("tex", "% a remark\n"), ("tex", "  % one\n% two\n"), ("md", "<!-- a remark -->\n")],
)
def test_a_line_that_is_a_comment_ends_no_sentence(format: str, comment: str) -> None:
    """The condition before it holds for the claim behind it."""
    text = f"If $i = j$, then\n{comment}we have $\\delta_{{ij}} + 1 = 2$."
    verdicts = [s.verdict for s in check_text(text, format).statements if s.role == "claim"]
    assert verdicts == ["proved"]


SUPPOSED = "\\begin{lemma} Suppose $i = j$. \\end{lemma}"
CLAIM = "We have $\\delta_{ij} + 1 = 2$."


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (f"\\begin{{lemma}} Suppose $i = j$. {CLAIM} \\end{{lemma}}", ["proved"]),
        (
            f"{SUPPOSED} \\begin{{proof}} {CLAIM} \\end{{proof}}",
            ["proved"],
        ),
        (f"\\begin{{lemma}} Suppose $i = j$. {CLAIM} \\end{{lemma}} {CLAIM}", ["proved", "refuted"]),
        (
            f"{SUPPOSED} \\begin{{proof}} {CLAIM} \\end{{proof}} {CLAIM}",
            ["proved", "refuted"],
        ),
        (
            f"\\newtheorem{{satz}}{{Satz}} \\begin{{satz}}[Titel] Suppose $i = j$. \\end{{satz}} {CLAIM}",
            ["refuted"],
        ),
        (
            f"{SUPPOSED} \\begin{{lemma}} {CLAIM} \\end{{lemma}}",
            ["refuted"],
        ),
        (f"Suppose $i = j$. \\begin{{lemma}} {CLAIM} \\end{{lemma}} {CLAIM}", ["proved", "proved"]),
    ],
)
def test_what_a_theorem_assumes_holds_in_it_and_in_its_proof(text: str, verdicts: list[str]) -> None:
    """And not behind them; what was assumed before still holds behind."""
    found = [s.verdict for s in check_text(text, "tex").statements if s.role == "claim"]
    assert found == verdicts


def test_what_a_theorem_defines_is_known_behind_it() -> None:
    """A name keeps its meaning."""
    text = "\\begin{definition} Let $g = a + 1$. \\end{definition}\nSo $g + 1 = a + 2$."
    assert [s.verdict for s in check_text(text, "tex").statements if s.role == "claim"] == ["proved"]
