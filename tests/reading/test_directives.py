"""Comments that speak to the checker: what they do, that nothing is hidden by them, and what is told of those
that do nothing.
"""

from __future__ import annotations

import pytest

from derivations import check_text
from derivations.checking.report import StatementReport

SIGMOID = "Let $s(z) = \\frac{1}{1 + e^{-z}}$.\n\n"
RIGHT, WRONG, BROKEN = "$$ s(-z) = 1 - s(z) $$\n\n", "$$ s(z) = 2z $$\n\n", "$$ s(z) = \\foo $$\n\n"


def comment(order: str, format: str = "md") -> str:
    return {"md": f"<!-- derivations: {order} -->\n", "tex": f"% derivations: {order}\n"}[format]


def claims(text: str, format: str = "md") -> list[StatementReport]:
    report = check_text(text, format)
    return [s for s in report.statements if s.role == "claim"]


def verdicts(text: str, format: str = "md") -> list[str | None]:
    return [claim.verdict for claim in claims(text, format)]


@pytest.mark.parametrize("format", ["md", "tex"])
@pytest.mark.parametrize("display", [WRONG, BROKEN])
def test_an_ignored_display_is_not_judged_and_says_why(format: str, display: str) -> None:
    """Only the next one; its verdict is none, its reason is told."""
    ignored, judged = claims(SIGMOID + comment("ignore: a sketch", format) + display + WRONG, format)
    assert (ignored.verdict, ignored.notes) == (None, ("not checked: a sketch",))
    assert judged.verdict == "refuted"


def test_a_passage_is_ignored_from_its_beginning_to_its_end() -> None:
    """And nothing behind it."""
    passage = comment("begin ignore: a sketch") + WRONG + BROKEN + comment("end ignore")
    assert verdicts(SIGMOID + passage + WRONG) == [None, None, "refuted"]


def test_a_row_of_a_display_is_ignored_by_a_comment_in_it() -> None:
    """The rows around it are judged."""
    rows = "a + a &= 2a \\\\\n&= 3a \\\\ % derivations: ignore: a slip that we discuss\n&= 2a + a"
    assert verdicts(f"\\begin{{align}}\n{rows}\n\\end{{align}}\n", "tex") == ["proved", None, "proved"]


def test_an_order_that_hides_nothing_is_told() -> None:
    """A proved claim stays proved, with a note; an order without a claim is unreadable."""
    (proved,) = claims(SIGMOID + comment("ignore: a sketch") + RIGHT)
    assert proved.verdict == "proved"
    assert "not needed" in proved.notes[-1]
    (alone,) = claims(SIGMOID + comment("ignore: a sketch"))
    assert (alone.verdict, alone.line) == ("unreadable", 3)
    assert "no display behind it" in (alone.reason or "")


def test_a_definition_that_is_ignored_still_defines() -> None:
    """Otherwise an order could make a true claim look false."""
    text = comment("ignore: a sketch") + "$$ g = a + 1 $$\n\nSo $$ g + 1 = a + 2 $$"
    assert verdicts(text)[-1] == "proved"


def test_what_is_ignored_is_no_clean_report() -> None:
    """The summary counts it."""
    from derivations.writing.text import TextWriter

    report = check_text(SIGMOID + comment("ignore: a sketch") + WRONG)
    shown = TextWriter().report(report)
    assert "not checked: a sketch" in shown
    assert "1 claim: 1 not checked" in shown


@pytest.mark.parametrize("format", ["md", "tex"])
def test_a_sentence_in_a_comment_declares(format: str) -> None:
    """What holds for positive numbers only is proved with it, and not without."""
    claim = "We have $a + 1 > 0$."
    assert verdicts(claim, format) != ["proved"]
    assert verdicts(comment("Let $a > 0$.", format) + claim, format) == ["proved"]


def test_a_sentence_in_a_comment_interrupts_no_other() -> None:
    """The condition before it still holds for the claim behind it."""
    text = "If $i = j$, then\n" + comment("Let $\\lambda > 0$.") + "we have $\\delta_{ij} + 1 = 2$."
    assert verdicts(text) == ["proved"]


PROBLEMS = {
    "ingore: a sketch": 'did you mean "ignore"?',
    "ignore": '"ignore" needs a reason',
    "begin ignore": '"begin ignore" needs a reason',
    "begin ignore: a": 'no "end ignore" behind it',
    "end ignore": 'no "begin ignore" before it',
    "time limit": "a time limit is a number of seconds",
    "time limit: 1e9": "at most 60 seconds",
    "time limit: -3 s": "a time limit is a number of seconds",
    "time limit: 5 s": "no display behind it",
    "run rm": "this directive is not known",
    "": "this directive is not known",
    "The number $x$ is nice": "nothing in this sentence is understood",
    "Fish like $x$.": "nothing in this sentence is understood",
}


@pytest.mark.parametrize("format", ["md", "tex"])
@pytest.mark.parametrize("order", PROBLEMS)
def test_a_directive_that_means_nothing_is_one_clear_message(order: str, format: str) -> None:
    """At its place, with what is known; the rest is checked."""
    right, wrong = claims(SIGMOID + RIGHT + comment(order, format), format)
    assert right.verdict == "proved"
    assert (wrong.verdict, wrong.line, wrong.column) == ("unreadable", 5, 1)
    assert PROBLEMS[order] in (wrong.reason or "")


def test_a_time_limit_holds_for_its_display() -> None:
    """Too little time is a doubt, and only there."""
    hard = "$$ \\sum_{i=1}^n (x_i + a)^{9} = \\sum_{i=1}^n (a + x_i)^{8} (x_i + a) $$\n\n"
    limited, free = claims(comment("time limit: 0.000001 s") + hard + hard)
    assert (limited.verdict, free.verdict) == ("undecided", "proved")
    assert limited.reason == "the time limit was reached"


@pytest.mark.parametrize(
    "text",
    ["`<!-- derivations: foo -->`", "```\n<!-- derivations: foo -->\n```", "<!-- about derivations: foo -->"],
)
def test_code_and_other_comments_hold_no_directive(text: str) -> None:
    """Nothing is told of them."""
    assert [claim.verdict for claim in claims(f"{text}\n\n$a + a = 2a$")] == ["proved"]
