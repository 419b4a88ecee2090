"""What an author is told of a formula that is not read: where, what is wrong, what would help."""

from __future__ import annotations

import re

import pytest

from derivations import check_text
from derivations.reading import read
from derivations.reading.formula import Parser
from derivations.reading.mistakes import _TABLE, explained
from derivations.reading.scan import FormulaError, scan

PLACE = re.compile(r" \(line (\d+), column (\d+)\)$")

MISTAKES = {
    # a formula, words that must be told, and the column in it at which the mistake stands
    r"\frac{a} = c": (r"\frac takes two arguments: \frac{a}{b}", 8),
    r"\frac = c": (r"\frac takes two arguments", 5),
    r"\sqrt = b": (r"\sqrt{a}", 5),
    r"\frac{a}{b = c": ("{ is not closed: } is missing", 9),
    r"(a + b = c": ("( is not closed: ) is missing", 1),
    r"\left( a + b = c": ("( is not closed", 6),
    r"\{a + b = c": (r"\{ is not closed", 1),
    r"a + b) = c": (") closes nothing: ( is missing before it", 6),
    r"e^{-x = b": ("{ is not closed", 3),
    r"a + = b": ("a term is missing", 3),
    r"a = b +": ("a term is missing", 7),
    r"a \cdot = b": ("a factor is missing", 7),
    r"a = * b": ("has nothing on its left", 5),
    r"a^ = b": ("the exponent is missing: a^{b}", 2),
    r"a_ = b": ("the index is missing: a_{i}", 2),
    r"a^{} = b": ("the braces of a script are empty", 4),
    r"a^2^3 = b": ("write (a^{b})^{c} or a^{b^{c}}", 5),
    r"a_i_j = b": ("write a_{ij}", 5),
    r"\sum_{i=1}^n = b": (r"\sum_{i=1}^{n} a_i", 12),
    r"\log = b": (r"\log a", 4),
    r"\log_2 a = b": (r"write \frac{\log a}{\log b}", 5),
    r"\sqrt[3]{a} = b": ("write a^{1/3}", 6),
    r"\hat = b": (r"\hat{a}", 4),
    r"\hat{a + b} = c": ("an accent belongs on one letter", 1),
    r"f(a,) = b": ("an argument is missing", 5),
    r"\nabla = b": (r"\nabla_w L", 6),
    r"\frac{\partial f}{x} = b": (r"\frac{\partial f}{\partial x}", 19),
    r"\frac{\partial^2 f}{\partial x} = b": ("the order above counts the variables below", 1),
    r"{a + b} c = d": (r"\left( and \right)", 2),
    r"|a = b": ("this bar is not closed: |a|", 2),
    r"a \pm b = c": (r"\pm says two things at once", 3),
    r"\frc{a}{b} = c": (r"did you mean \frac?", 1),
    r"\sigm(z) = b": (r"did you mean \sigma?", 1),
    r"\foo{a} = b": (r"define it with \newcommand{\foo}", 1),
    r"\int_0^1 f = b": ("integrals are not read", 1),
    r"\lim_{x \to 0} f(x) = b": ("limits are not read", 1),
    r"\begin{case} 1 \end{case} = c": ("did you mean cases?", 1),
    r"\begin{pmatrix} a \\ b \end{pmatrix} = c": ("name the entries: A_{ij} = ...", 1),
    r"a # b = c": ("this sign has no meaning in a formula", 3),
    r"∫ f = b": ("the sign ∫ is not known", 1),
    r"a_1 + ... + a_n = b": (r"an ellipsis is written \dots", 7),
}


def told(formula: str) -> str:
    """The problem of the one statement with `formula`, which stands in the third line of a document."""
    statements = read(f"We take\n\n$${formula}$$\n", "md").statements
    return next(filter(None, (s.problem or next(iter(s.notes), None) for s in statements)))


@pytest.mark.parametrize("formula", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_what_would_help(formula: str) -> None:
    """In one line, with the column of the mistake itself."""
    words, column = MISTAKES[formula]
    problem = told(formula)
    place = PLACE.search(problem)
    assert words in problem
    assert "\n" not in problem
    assert place is not None
    assert (int(place[1]), int(place[2])) == (3, column + len("$$"))


SIGNS = {
    "a == b": "= stands twice",
    "a <= b": r"write \le for <=",
    "a >= b": r"write \ge for >=",
    "a => b": r"write \implies for =>",
    "a -> b": r"write \to for ->",
    "= b": "a side of the relation is empty",
    r"\text{twice the mean} + a = c": "what is meant by the words",
}


@pytest.mark.parametrize("formula", SIGNS)
def test_signs_of_the_keyboard_are_told_with_the_command_that_is_meant(formula: str) -> None:
    """Nothing is guessed."""
    assert SIGNS[formula] in told(formula)


@pytest.mark.parametrize("examples", [examples for examples, _ in _TABLE])
def test_every_example_of_the_table_is_told_with_its_own_message(examples: tuple[str, ...]) -> None:
    """No row stands in the way of another one, and no example parses after all."""
    message = dict(_TABLE)[examples]
    for example in examples:
        parser = Parser(list(scan(example)), len(example))
        with pytest.raises(FormulaError) as caught:
            parser.parse()
        assert explained(caught.value, parser) == message, example


UNCLOSED = {
    "$$ a = b\n\nand": "$$ is not closed: $$ is expected before the paragraph ends",
    "\\[ a = b\n\nand": "\\[ is not closed: \\] is expected",
    "\\begin{align} a = b\n\nand": "\\begin{align} is not closed: \\end{align} is expected",
    "\\begin{align} a = b \\end{align*}\n\nand": "\\begin{align} is closed by \\end{align*}",
    "a = b \\end{align}\n\nand": "\\end{align} closes nothing: \\begin{align} is missing",
    "If $a = b then\n\nand": "this $ has no partner in its paragraph",
    "If $a = b then $q + q = 2q$ is\n\nand": "this $ has no partner in its paragraph",
}


@pytest.mark.parametrize("format", ["md", "tex"])
@pytest.mark.parametrize("text", UNCLOSED)
def test_a_formula_that_does_not_end_spoils_no_other(text: str, format: str) -> None:
    """It is told, and the formulas behind it are read."""
    statements = read(f"{text}\n\n$$ q + q = 2q $$\n\nor $r + r = 2r$.", format).statements
    assert any(UNCLOSED[text] in (s.problem or "") for s in statements)
    assert [s.reading for s in statements if s.problem is None][-2:] == ["q + q = 2*q", "r + r = 2*r"]


@pytest.mark.parametrize(
    "text",
    ["It costs $5 or $7.", "Between $5 and 6 dollars.", "\\(not mathematics\\)", "see \\[1\\]", "a $ sign"],
)
def test_a_price_and_an_escaped_bracket_are_no_formulas(text: str) -> None:
    """Nothing is told of them."""
    assert [s.problem for s in read(text, "md").statements if s.problem] == []


def test_one_bad_row_leaves_the_others() -> None:
    """The rows above and below it are judged, the last one from the row that is not read."""
    rows = "a + a &= 2a \\\\ &= \\foo{a} \\\\ &= a + a + b - b \\\\ b + b &= 2b"
    text = f"$$\n\\begin{{aligned}} {rows} \\end{{aligned}}\n$$"
    verdicts = [s.verdict for s in check_text(text).statements if s.role == "claim"]
    assert verdicts == ["proved", "unreadable", "unreadable", "proved"]


@pytest.mark.parametrize(
    ("display", "told", "column"),
    [
        (r"\frac{a}{", "{ is not closed: } is missing", 9),
        (r"\frac{a}{b} + c )", ") closes nothing: ( is missing before it", 17),
        (r"x^2 + \foo{y}", r"define it with \newcommand{\foo}", 7),
        (r"x^2 +", "a term is missing", 5),
    ],
)
def test_a_display_without_relation_says_what_is_wrong_with_it(display: str, told: str, column: int) -> None:
    """Nobody could check it otherwise, and "no claim found" would be the last that is heard of it."""
    (claim,) = check_text(f"Then\n\n$$\n{display}\n$$\n").statements
    assert claim.verdict == "unreadable"
    assert told in claim.reason
    assert PLACE.search(claim.reason).groups() == ("4", str(column))


@pytest.mark.parametrize("display", [r"\frac{a}{b}", r"\sigma(z)", r"x^2 + y", r"\text{a remark}"])
def test_a_display_without_relation_that_is_a_formula_claims_nothing(display: str) -> None:
    assert check_text(f"Then\n\n$$\n{display}\n$$\n").statements == ()
