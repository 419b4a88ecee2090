"""The text report: one line a claim, carets under the wrong step, and nothing that steers a terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.checking.report import (
    VERDICTS,
    DeclarationReport,
    Diagnosis,
    DocumentReport,
    Report,
    StatementReport,
    Witness,
)
from derivations.writing.excerpt import excerpt
from derivations.writing.text import TextWriter

SOURCE = "# Notes\n\n$$\n\\begin{aligned}\na &= b \\\\\n  &= c + d.\n\\end{aligned}\n$$\n"
CLAIM = StatementReport(6, 3, 6, 11, "claim", "=", "b", "c + d", reading="b = c + d", verdict="refuted")


def written(*claims: StatementReport, source: str = SOURCE, **style: object) -> str:
    return TextWriter(**style).report(Report((DocumentReport("notes.md", (), claims, source),)))


def test_a_refuted_step_is_shown_in_its_line_with_the_witness() -> None:
    """Place, verdict, the source line, carets exactly under the right side, the point and both values."""
    witness = Witness((("m", 2), ("c", "3/2")), "0.25", "1.75")
    assert written(replace(CLAIM, witness=witness)) == (
        "notes.md:6:3: refuted  b = c + d\n"
        "  |\n"
        "6 |   &= c + d.\n"
        "  |      ^^^^^\n"
        "  read as: b = c + d\n"
        "  at m = 2, c = 3/2: the left side is 0.25, the right side 1.75\n"
        "\n"
        "1 claim: 1 refuted\n"
    )


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_claim_has_a_line_and_is_counted(verdict: str) -> None:
    """Two claims are two lines with place and verdict, and the summary counts both."""
    text = written(replace(CLAIM, verdict=verdict), replace(CLAIM, verdict=verdict), show_proved=True)
    assert text.count(f"notes.md:6:3: {verdict}  b = c + d\n") == 2
    assert text.endswith(f"2 claims: 2 {verdict}\n")


def test_reasons_conditions_and_notes_are_told() -> None:
    """Whatever a reader should know stands below the claim."""
    text = written(
        replace(CLAIM, verdict="undecided", reason="no proof"),
        replace(CLAIM, verdict="proved-where-defined", conditions=("a != 0",), notes=("sum read wide",)),
        StatementReport(1, 1, 1, 2, "definition", "=", "h", "x", notes=("an odd definition",)),
    )
    for remark in ("no proof", "holds where a != 0", "note: sum read wide", "note: an odd definition"):
        assert f"\n  {remark}\n" in text


DIAGNOSIS = Diagnosis("D102", "sign", "the sign of $d$ is wrong", "c - d")


def test_a_diagnosis_stands_below_the_carets() -> None:
    """The code, the mistake, the message; then the right side that is proved."""
    text = written(replace(CLAIM, diagnosis=DIAGNOSIS))
    assert "^^^^^\n  D102 sign: the sign of $d$ is wrong\n  proved instead: c - d\n  read as:" in text


def test_a_jump_back_has_no_repair() -> None:
    """The message is all that there is."""
    jump = Diagnosis("D100", "jump-back", "the line to mend is line 5", None)
    assert "instead" not in written(replace(CLAIM, diagnosis=jump))


@pytest.mark.parametrize("width", [20, 40, 80])
def test_on_a_terminal_every_line_fits(width: int) -> None:
    """Long remarks go on in the next line; a word that is too long is broken."""
    claim = replace(CLAIM, diagnosis=replace(DIAGNOSIS, message="x " * 80), reason="y" * 200, reading="")
    lines = written(claim, width=width).splitlines()
    assert max(len(line) for line in lines[4:-2]) <= width


def test_the_plainly_proved_is_counted_and_shown_when_asked_for() -> None:
    """A proof tells what it uses; what has conditions or notes is told in any case."""
    proved = replace(CLAIM, verdict="proved", assumptions_used=("sum y = 1",))
    assert written(proved) == "1 claim: 1 proved\n"
    assert "uses sum y = 1" in written(proved, show_proved=True)
    assert "proved  b = c + d" in written(replace(proved, notes=("sum read wide",)))


def test_the_reading_of_everything_is_shown_when_asked_for() -> None:
    """Every name with where it came from, and every statement as it was understood."""
    name = DeclarationReport("x", "vector over n, real", "inferred", 3)
    proved = replace(CLAIM, verdict="proved", reading="b = c+d")
    report = Report((DocumentReport("notes.md", (name,), (proved,), SOURCE),))
    text = TextWriter(show_reading=True).report(report)
    assert text.startswith("notes.md:3: inferred  x: vector over n, real\n")
    assert "read as: b = c+d" in text


def test_quiet_tells_findings_only() -> None:
    """No summary, and nothing at all where nothing is wrong."""
    assert written(replace(CLAIM, verdict="proved"), quiet=True) == ""
    assert written(replace(CLAIM, verdict="proved"), CLAIM, quiet=True).startswith("notes.md:6:3: refuted")


def test_colours_change_nothing_but_colours() -> None:
    """Without its escape sequences a coloured report is the plain one."""
    coloured = written(CLAIM, colour=True)
    assert "\033[" in coloured
    assert re.sub(r"\033\[[0-9;]*m", "", coloured) == written(CLAIM)


def test_control_characters_of_a_document_are_not_printed() -> None:
    """A document cannot colour the report or move the cursor."""
    hostile = replace(CLAIM, lhs="\033[2Ja", reading="\033[31m", notes=("\a",))
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f]", written(hostile, source=SOURCE.replace("c + d", "\033[2J"))
    )


@given(
    before=st.text(alphabet="x é汉", max_size=300),
    step=st.text(alphabet="abc", min_size=1, max_size=300),
    after=st.text(alphabet="yz", max_size=300),
    width=st.integers(30, 200),
)
def test_carets_start_under_the_step_and_lines_fit(before: str, step: str, after: str, width: int) -> None:
    """In a line of any length, the window holds its beginning, and nothing is wider than asked."""
    line = before + step + after
    claim = StatementReport(1, 1, 1, len(line) + 1, "claim", "=", "", step, verdict="refuted")
    found = excerpt(line, claim)
    assert found is not None
    _, shown, carets = found.lines(width)
    assert max(len(shown), len(carets) - before.count("汉")) <= width
    columns = [c for c in shown[4:] for _ in range(2 if c == "汉" else 1)]
    assert columns[carets.index("^") - 4] == step[0]


@pytest.mark.parametrize(("line", "end_line"), [(0, 0), (3, 99), (9, 9)])
def test_a_place_outside_of_the_source_is_shown_without_an_excerpt(line: int, end_line: int) -> None:
    """A report without its source still says where and what."""
    claim = replace(CLAIM, line=line, end_line=end_line)
    assert "^" not in written(claim, source="x")
    assert "refuted  b = c + d" in written(claim, source="x")


def test_a_terminal_cuts_long_claims() -> None:
    """Every line about a long claim fits the width; off a terminal nothing is cut."""
    claim = replace(CLAIM, rhs="c + " * 100, verdict="proved", reading="")
    assert max(map(len, written(claim, width=60, show_proved=True).splitlines())) <= 60
    assert "c + " * 99 in written(claim, show_proved=True)
