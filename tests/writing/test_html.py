"""The page: complete in itself, readable without colours, and nothing in it is a document's markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations import check
from derivations.checking.report import (
    VERDICTS,
    DeclarationReport,
    Diagnosis,
    DocumentReport,
    Report,
    StatementReport,
)
from derivations.writing.html import SIGNS, html_fragment, html_page
from derivations.writing.macros import macros_of, opened
from derivations.writing.mathml import ATTRIBUTES, ELEMENTS, NoMathML, mathml

DOCUMENTS = Path(__file__).parent.parent / "documents"
CLAIM = StatementReport(6, 3, 6, 11, "claim", "=", "b", "c + d", reading="b = c + d", verdict="refuted")
DIAGNOSIS = Diagnosis("D102", "sign", "the sign of $d$ is wrong", "c - d")
PAGE_ELEMENTS = frozenset(
    [
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "ol", "li",
        "section", "span", "strong", "div", "code", "details", "summary", "dl", "dt", "dd", "table",
        "thead", "tbody", "tr", "th", "td", "nav", "a",
    ]
)  # fmt: skip
HOSTILE = [
    "<script>alert(1)</script>",
    "</code></li><img src=x onerror=alert(1)>",
    "\\text{<script>alert(1)</script>}",
    "\\href{javascript:alert(1)}{x}",
    "\\text{&lt;b&gt;}",
    '" onmouseover="alert(1)',
    '\\class{refuted" onclick="x}{y}',
    "$<b>$",
]


class Page(HTMLParser):
    """The elements, attributes and text of a page; unbalanced elements fail the test."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def page(*claims: StatementReport, path: str = "notes.md", source: str = "") -> str:
    name = DeclarationReport("x", "vector over n", "inferred", None)
    return html_page(Report((DocumentReport(path, (name,), claims, source),)))


def test_a_finding_is_told_with_all_that_is_known() -> None:
    """The verdict, the place, the diagnosis with its formulas drawn, the repair."""
    text = page(replace(CLAIM, diagnosis=DIAGNOSIS))
    assert "<strong>D102 sign</strong>: the sign of <math" in text
    assert "Proved instead: <math" in text
    shown = Page(text).text
    for part in ("refuted", "line 6", "is wrong", "b = c + d", "vector over n"):
        assert part in shown


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_is_a_sign_and_a_word(verdict: str) -> None:
    """Colours may be missing."""
    shown = Page(page(replace(CLAIM, verdict=verdict))).text
    assert SIGNS[verdict] in shown
    assert verdict.replace("-", " ") in shown


def test_the_page_needs_nothing_else() -> None:
    """No script, no link, no picture; it says so to the browser, too."""
    text = page(replace(CLAIM, diagnosis=DIAGNOSIS))
    found = Page(text)
    assert found.elements <= PAGE_ELEMENTS | ELEMENTS
    assert not found.attributes & {"src", "style", "onclick"}
    assert set(re.findall(r'href="(.)', text)) <= {"#"}
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text


def test_a_long_page_lists_its_findings() -> None:
    """Each leads to the step, which is there; a page that is seen at a glance has no list."""
    right = replace(CLAIM, verdict="proved")
    text = page(
        *[right] * 20, replace(CLAIM, diagnosis=DIAGNOSIS), right, replace(CLAIM, verdict="undecided")
    )
    assert re.findall(r'href="#(\w+)"', text) == ["d1s21", "d1s23"]
    assert all(f'id="{anchor}"' in text for anchor in ("d1s21", "d1s23"))
    assert "<nav" not in page(CLAIM)


def test_reports_in_one_notebook_keep_their_anchors_apart() -> None:
    """Links of one cell's report lead into that report."""
    reports = [Report((DocumentReport(name, (), (CLAIM,) * 9, ""),)) for name in "ab"]
    first, second = (set(re.findall(r'id="(\w+)"', html_fragment(report))) for report in reports)
    assert len(first) == len(second) == 9
    assert first.isdisjoint(second)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_document_cannot_write_into_the_page(hostile: str) -> None:
    """Whatever stands in any of its texts is shown or left out, never markup."""
    diagnosis = Diagnosis(hostile, hostile, hostile, hostile)
    claim = replace(
        CLAIM,
        lhs=hostile,
        rhs=hostile,
        relation=hostile,
        reading=hostile,
        notes=(hostile,),
        reason=hostile,
        diagnosis=diagnosis,
    )
    found = Page(page(claim, path=hostile))
    assert found.elements <= PAGE_ELEMENTS | ELEMENTS
    assert not any(name.startswith("on") or name == "src" for name in found.attributes)
    assert "href" not in found.attributes


@given(st.text(max_size=60))
def test_any_text_gives_a_page(text: str) -> None:
    """Balanced, with known elements only."""
    claim = replace(CLAIM, lhs=text, rhs=text, notes=(text,), diagnosis=replace(DIAGNOSIS, message=text))
    assert Page(page(claim, source=text)).elements <= PAGE_ELEMENTS | ELEMENTS


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("[ls]*.*")), ids=lambda path: path.name)
def test_what_people_write_is_drawn(path: Path) -> None:
    """Every statement of a document whose lines can be read is a formula, not its source."""
    if path.suffix == ".jsonl":
        return
    text = html_page(check(path))
    steps = re.findall(r'<div class="step".*?</div>', text)
    assert steps
    assert [step for step in steps if "<code>" in step] == []


# Formulas ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "latex",
    [
        "\\frac{a}{b}",
        "\\text{<b>}",
        "a < b",
        "\\color{red}{x}",
        "\\begin{cases} a & b \\\\ c & d \\end{cases}",
    ],
)
def test_mathml_is_well_formed_and_known(latex: str) -> None:
    """Elements and attributes from the two tables; less-than signs are escaped."""
    root = ElementTree.fromstring(mathml(latex))
    for element in root.iter():
        assert element.tag.rpartition("}")[2] in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES


@pytest.mark.parametrize("latex", ["\\frac{1}{", "\\unknown x", "x" * 5000, "\\left("])
def test_what_cannot_be_drawn_faithfully_is_not_drawn(latex: str) -> None:
    """The page then shows the source."""
    with pytest.raises(NoMathML):
        mathml(latex)


@pytest.mark.parametrize(
    ("source", "latex", "expected"),
    [
        ("\\newcommand{\\w}{\\mathbf{w}}", "\\w x", "{\\mathbf{w}} x"),
        ("\\newcommand\\d[2]{\\frac{#1}{#2}}", "\\d{a}b", "{\\frac{a}{b}}"),
        ("\\newcommand{\\m}[2][n]{#1_#2}", "\\m[k]{i} + \\m j", "{k_i} + {n_j}"),
        ("\\def\\p#1{(#1)}", "\\p{x}", "{(x)}"),
        ("\\DeclareMathOperator{\\sgm}{sigm}", "\\sgm(x)", "{\\operatorname{sigm}}(x)"),
        ("\\newcommand{\\a}{\\b}\\newcommand{\\b}{c}", "\\a", "{{c}}"),
        ("", "\\a", "\\a"),
    ],
)
def test_the_authors_commands_are_opened(source: str, latex: str, expected: str) -> None:
    """With arguments, defaults, and commands in commands."""
    assert opened(latex, macros_of(source)) == expected


def test_a_circular_command_ends() -> None:
    """After a few rounds, in a text of bounded length."""
    assert len(opened("\\a", macros_of("\\newcommand{\\a}{\\a\\a\\a\\a\\a\\a\\a\\a\\a\\a}"))) < 50_000
