"""What reading costs: time in proportion to the document, limits where proportion is not enough, clear words
where a limit is reached.
"""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from derivations import check_text
from derivations.language import Role, Statement
from derivations.reading import read


def claims(text: str, format: str = "md") -> list[Statement]:
    return [s for s in read(text, format).statements if s.role is Role.CLAIM]


# Time in proportion --------------------------------------------------------------------------------------

STEP = (
    "Let $p = \\sigma(z)$. Then\n"
    "$$\n\\frac{\\partial L}{\\partial z_j} = p_j - y_j = \\sum_{i=1}^m x_{ij}\n$$\n"
    "where $y$ is one-hot for $k \\neq i$.\n\n"
)
FLOODS = {
    "prose": "Some words that say nothing of mathematics, then others. ",
    "one word": "a",
    "displays": STEP,
    "formulas": "we have $a = b$ and ",
    "open dollars": "$$ a = b\n\n",
    "open brackets": "\\[ a ",
    "open parentheses": "\\( a ",
    "open environments": "\\begin{align} a ",
    "dollars": "$a ",
    "quoted dollars": "$`a ",
    "backticks": "` `` ",
    "comments": "<!-- a ",
    "quotes": "> " * 50 + "a\n",
    "lists": "- a\n  - b\n    - c\n",
    "verbatim": "\\begin{verbatim} ",
    "verb": "\\verb|",
    "macros": "\\newcommand{\\a}{",
    "defs": "\\def\\a#1",
    "marks": "⟦1⟧ ",
    "percent": "% ",
    "backslashes": "\\",
    "emphasis": "*a **b ",
    "square brackets": "[",
    "braces": "{",
    "headings": "# a\n",
    "sections": "\\section{",
    "theorems": "\\begin{theorem}[a] b \\end{theorem}",
    "directives": "<!-- derivations: ignore: a -->\n",
    "math fences": "```math\na=b\n```\n",
    "names": "$x_{%d} = y$ ",
}
"""What a document may be flooded with."""


LATEX = frozenset(
    {"open parentheses", "open environments", "verbatim", "verb", "percent", "sections", "theorems"}
)
"""The floods that only LaTeX has; all are tried in both formats where there is time."""


def flood(unit: str, length: int) -> str:
    """About `length` characters of one thing."""
    count = length // len(unit)
    return "".join(unit % number for number in range(count)) if "%d" in unit else unit * count


@pytest.mark.parametrize("name", FLOODS)
def test_the_time_grows_no_faster_than_the_document(name: str) -> None:
    """Four times as much takes at most seven times as long: no part of the reader is quadratic."""

    def seconds(length: int) -> float:
        text = flood(FLOODS[name], length)
        started = time.process_time()
        read(text, "tex" if name in LATEX else "md")
        return time.process_time() - started

    small, large = (min(seconds(length), seconds(length)) for length in (4_000, 16_000))
    assert large < 7 * small + 0.2


@pytest.mark.slow
@pytest.mark.parametrize("format", ["md", "tex"])
@pytest.mark.parametrize("name", FLOODS)
def test_a_megabyte_of_anything_is_read(name: str, format: str) -> None:
    """At 3 milliseconds for every 12 characters that could be a statement."""
    started = time.process_time()
    read(flood(FLOODS[name], 1_000_000), format)
    assert time.process_time() - started < 250


HEAPS = {
    "terms": ("a + ", "b = c"),
    "relations": ("a = ", "b"),
    "rows": ("&= a + b \\\\\n", ""),
    "factors": ("x", ""),
    "slashes": ("a/", "b = 1"),
    "products": ("a \\cdot ", "b = 1"),
    "signs": ("a \\cdot -", "b = 1"),
    "opened braces": ("{", "= 1"),
    "opened parentheses": ("(", "= 1"),
    "fractions": ("\\frac{", "= 1"),
    "exponents": ("a^{", "= 1"),
    "subscripts": ("a_", "= 1"),
    "lefts": ("\\left(", "= 1"),
    "bars": ("|", " = 1"),
    "words": ("a = b \\text{for ", ""),
    "cases": ("a = \\begin{cases} 1 & a \\\\ ", ""),
    "digits": ("1", " = 1"),
    "primes": ("f'", "= 1"),
    "sums": ("\\sum_i ", "a = 1"),
    "logarithms": ("\\log ", "a = 1"),
    "derivatives": ("\\frac{d}{dx} ", "a = 1"),
    "minus signs": ("-", "a = 1"),
    "overs": ("{a \\over ", " = 1"),
    "conditions": ("a = b, \\quad \\text{if } i = j, ", ""),
    "commas": ("a, ", " = 1"),
    "hats": ("\\hat", "a = 1"),
    "boxes": ("\\boxed{", "a = 1"),
    "stacks": ("\\overset{", "a = 1"),
    "colours": ("\\color{red}{", "a = 1"),
    "calls": ("f(", "x = 1"),
    "arrays": ("\\begin{array}{c} ", "a=1"),
}
"""What one display may be made of: a sign again and again, and an end."""


@pytest.mark.parametrize("name", HEAPS)
@pytest.mark.parametrize("length", [2_000, 19_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_one_display_of_any_length_is_read_or_refused(name: str, length: int) -> None:
    """With a neighbour that is read all the same; closed or not."""
    unit, end = HEAPS[name]
    many = unit * (length // len(unit))
    for heap in (many + end, many + end + "}" * many.count("{") + ")" * many.count("(")):
        started = time.process_time()
        *_, last = claims(f"$$ {heap} $$\n\nand\n\n$$ q + q = 2 q $$\n")
        assert time.process_time() - started < 10
        assert (last.reading, last.problem) == ("q + q = 2*q", None)


# Bombs ---------------------------------------------------------------------------------------------------

MACROS = "\\newcommand{\\a}{xx}" + "".join(
    "\\newcommand{\\" + name + "}{" + f"\\{before}" * 10 + "}" for before, name in pairwise("abcdefgh")
)
BOMBS = {
    "macros that double each other": (f"{MACROS} $\\h = 1$", "expands"),
    "a macro that calls itself": ("\\def\\a{\\a b} $\\a = 1$", "expands"),
    "an argument that is doubled": (
        "\\newcommand{\\a}[1]{#1#1#1#1} $" + "\\a{" * 12 + "x" + "}" * 12 + "=1$",
        "expands",
    ),
    "a long number": (f"$a = {'1' * 4301}$", "4301 digits"),
    "a long decimal": (f"$a = 0.{'1' * 4301}$", "4303 digits"),
    "a superscript that is a digit elsewhere": (
        "$a = ③$",
        "the sign ③ is not known; write it in the digits 0 to 9",
    ),
    "digits of other scripts": ("$a = ٣$", "the sign ٣ is not known; write it in the digits 0 to 9"),
    "a derivative of a high order": ("$a = \\frac{d^{500}}{dx^{500}} e^x$", "order 500"),
    "a derivative of a huge order": ("$a = \\frac{d^{10^{9}} f}{dx^{10^{9}}}$", ""),
    "many primes": ("Let $f(x) = e^x$. $f" + "'" * 500 + "(x) = 1$", "500 primes"),
    "nested calls": ("$a = " + "f(" * 70 + "x" + ")" * 70 + "$", "more than 60 deep"),
    "nested braces": ("$a = " + "{" * 200 + "x" + "}" * 200 + "$", "braces are nested"),
    "a product without end": ("$a = x" + " \\cdot x" * 900 + "$", "100 factors"),
    "a display without end": ("$$ a = " + "x + " * 9_000 + "x $$", "too long"),
    "a sentence without end": ("$a = b + 1$ and " * 400, "longer than 2,000"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_clear_words(name: str) -> None:
    """At its place, in no time."""
    text, words = BOMBS[name]
    started = time.process_time()
    problems = [told for one in read(text, "md").statements for told in (one.problem, *one.notes) if told]
    assert time.process_time() - started < 2
    assert problems
    assert any(words in problem for problem in problems)


@pytest.mark.parametrize(
    "formula",
    [
        "10^{10^{9}} = a",
        "a^{99999999} = 1",
        "((a + b)^{999})^{999} = c",
        "x_{99999999} = y_{99999999999999999999}",
        "\\sum_{i=1}^{99999999999} x_i = \\sum_{i=1}^{99999999999} x_i",
        "(" + "1 + e^{" * 30 + "x" + "}" * 30 + ")^{2} = 1",
        "\\frac{1}{1 + " * 50 + "x" + "}" * 50 + " = 1",
    ],
)
def test_huge_numbers_take_no_time(formula: str) -> None:
    """To be read and to be judged; the verdict is the kernel's, who counts its work."""
    started = time.process_time()
    check_text(f"We have ${formula}$.", time_limit=5)
    assert time.process_time() - started < 20
