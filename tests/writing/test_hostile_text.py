"""Document text is shown and never obeyed: by a browser, by TeX, by a terminal, by whoever reads a log."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from derivations import check_text
from derivations.checking.report import DeclarationReport, DocumentReport, Report, StatementReport, Witness
from derivations.cli import main
from derivations.kernel import Undecided
from derivations.writing.formats import FORMATS, Style
from derivations.writing.html import html_fragment

STEERING = [
    "\x1b[31m", "\x1b]0;title\x07", "\x9b31m", "\x00", "\x08", "\x7f", "\u202e", "\u2066", "\u200f", "\ufeff",
    "\u2028", "\r",
]  # fmt: skip
"""Colours, titles and deletions of terminals; marks that turn a line's direction round; breaks of lines."""

LIVE = [
    "<script>alert(1)</script>", "]]>", "<![CDATA[", "</style><svg onload=alert(1)>", "\\input{/etc/passwd}",
    "\\write18{ls}", "\\catcode`\\%=12 %", "%", "\\href{javascript:alert(1)}{x}", "\\def\\x{\\x}\\x",
    "&lt;script&gt;", "::error::x",
]  # fmt: skip


def filled(text: str) -> Report:
    """A report in which every text is `text`."""
    claim = StatementReport(
        1, 1, 1, 2, "claim", "=", text, text, text, (text,), "refuted", (text,), (text,), text,
        Witness(((text, text),), text, text),
    )  # fmt: skip
    name = DeclarationReport(text, text, "stated", 1)
    return Report((DocumentReport(f"{text}.md", (name,), (claim,), text),))


def steering(text: str) -> set[str]:
    return {c for c in text if unicodedata.category(c).startswith("C")} - {"\n"}


@pytest.mark.parametrize("name", sorted(FORMATS))
@given(text=st.text(max_size=30) | st.sampled_from(STEERING))
def test_nothing_that_steers_is_printed(name: str, text: str) -> None:
    """In no format, from no text; but line breaks, which are ours."""
    assert steering(FORMATS[name](filled(text), Style(show_reading=True))) == set()


@given(text=st.text(max_size=30) | st.sampled_from(STEERING))
def test_json_loses_nothing(text: str) -> None:
    """What steers is there by its number."""
    (document,) = json.loads(FORMATS["json"](filled(text), Style()))["documents"]
    assert document["statements"][0]["rhs"] == text


@pytest.mark.parametrize("text", STEERING)
def test_notebooks_are_not_steered(text: str) -> None:
    """Neither by the table of a report nor by the report on a cell."""
    assert steering(filled(text)._repr_html_()) == set()


@pytest.mark.parametrize("text", ["$\\href{javascript:alert(1)}{x}$", "\\(\\require{html}\\)"])
def test_notebooks_do_not_typeset_a_document(text: str) -> None:
    """What MathJax would run stands where it is told to look at nothing."""
    report = filled(text)
    for page in (report._repr_html_(), html_fragment(report), Undecided(text)._repr_html_()):
        assert {"mathjax_ignore", "tex2jax_ignore"} <= set(re.findall(r"\w+", page.partition(">")[0]))


class Elements(HTMLParser):
    """The elements that a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


@pytest.mark.parametrize("text", LIVE)
def test_a_document_adds_no_element_to_a_page(text: str) -> None:
    """In all places at once and through a whole check."""
    report = check_text(
        f"# {text}\n\n{text} $$\\log(a b) = \\log a - {text} + \\text{{{text}}}$$\n\n$a = {text}$"
    )
    pages = [FORMATS["html"](r, Style()) for r in (filled(text), report)] + [filled(text)._repr_html_()]
    for page in pages:
        found = Elements(page).found
        assert {"script", "svg", "img"}.isdisjoint(tag for tag, _ in found)
        assert {"onload", "onerror", "src"}.isdisjoint(name for _, names in found for name in names)


@pytest.mark.parametrize("text", LIVE)
def test_a_document_adds_no_command_to_a_file_of_latex(text: str) -> None:
    """Commands that do more than draw stand there as text, or not at all."""
    latex = FORMATS["latex"](filled(text), Style())
    body = latex.partition("\\begin{document}")[2]
    for command in ("\\input", "\\write", "\\catcode", "\\href", "\\def", "\\csname"):
        assert command not in body
    assert "%" not in body.replace("\\%", "")


def test_the_name_of_a_file_does_not_colour_a_complaint(tmp_path: Path) -> None:
    """What is said on standard error is as safe as the report."""
    result = CliRunner().invoke(main, ["check", str(tmp_path / "a\x1b[31m\u202e.md")], color=True)
    assert (result.exit_code, result.stdout) == (2, "")
    assert steering(result.stderr) == set()
