"""LaTeX as MathML that is safe to put into a page: known elements and attributes only, everything escaped.

latex2mathml builds the tree. Its own output is not used, since it undoes the escaping of the text in it.
"""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

from latex2mathml.converter import convert_to_element

from derivations.checking.report import printable

ELEMENTS = frozenset(
    [
        "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup",
        "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded",
        "mphantom", "menclose", "mfenced", "mmultiscripts", "mprescripts", "none",
    ]
)  # fmt: skip
"""Elements that can only show something."""

ATTRIBUTES = frozenset(
    [
        "xmlns", "display", "stretchy", "fence", "form", "separator", "lspace", "rspace", "minsize",
        "maxsize", "mathvariant", "mathsize", "columnalign", "rowspacing", "columnspacing",
        "linethickness", "width", "height", "depth", "accent", "accentunder", "movablelimits",
        "displaystyle", "scriptlevel", "notation",
    ]
)  # fmt: skip
"""Attributes that can only change how it looks; no links, classes, colours or scripts."""

FUNCTIONS = frozenset(["log", "ln", "exp", "tanh", "sinh", "cosh", "max", "min", "det", "arg", "tr"])
"""Upright words that keep a distance from their argument."""

SIGNS = frozenset("-+\N{MINUS SIGN}\N{PLUS-MINUS SIGN}")
CLOSING = frozenset(")]}|!\N{PRIME}\N{DOUBLE VERTICAL LINE}")

LONGEST = 4_000
"""Characters of a formula that is drawn; a longer one is shown as it was typed."""

_VALUE = re.compile(r"[\w.%+-]*(?:://www\.w3\.org/1998/Math/MathML)?")
_NUMBERS = re.compile(
    r"\\(?:label|tag\*?|eqref|ref)\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle)(?![A-Za-z])"
)
_ENVIRONMENT = re.compile(r"\\begin\s*\{")
_ROWS = re.compile(r"\\\\(?:\[[^\]]*\])?|(?<!\\)&")


class NoMathML(ValueError):
    """The formula cannot be drawn; it is to be shown as it was typed."""


def tidied(latex: str) -> str:
    """`latex` without what belongs to a display: numbers, rows and alignment outside of environments."""
    latex = _NUMBERS.sub(" ", latex).strip()
    if latex.count("\\right") == latex.count("\\left") + 1 and latex.startswith(
        ("(", "[", "|", "\\{", "\\|")
    ):
        latex = f"\\left{latex}"  # the slice of a source begins behind it
    return latex if _ENVIRONMENT.search(latex) else _ROWS.sub(" ", latex)


def mathml(latex: str, *, block: bool = False) -> str:
    """`latex` as a ``math`` element; raises `NoMathML` for what it would not show faithfully."""
    if len(latex) > LONGEST:
        raise NoMathML("too long")
    try:
        element = convert_to_element(latex, display="block" if block else "inline")
        _clean(element)
    except NoMathML:
        raise
    except Exception as error:  # whatever a formula does to the converter, the report is written
        raise NoMathML(type(error).__name__) from error
    return ElementTree.tostring(element, encoding="unicode")


def _clean(element: ElementTree.Element) -> None:
    """Leave nothing in `element` but what is known; its text becomes characters, to be escaped once."""
    if element.tag not in ELEMENTS:
        raise NoMathML(f"the element {element.tag}")
    for name, value in list(element.attrib.items()):
        if name not in ATTRIBUTES or not _VALUE.fullmatch(value.removeprefix("http")):
            del element.attrib[name]
    element.text = printable(html.unescape(element.text or "")) or None
    element.tail = printable(html.unescape(element.tail or "")) or None
    if element.text and element.text.startswith("\\") and len(element.text) > 1:
        raise NoMathML(f"the command {element.text}")
    if element.tag in ("mi", "mo") and element.text in FUNCTIONS:
        element.tag, element.attrib = "mo", {"form": "prefix", "lspace": "0.17em", "rspace": "0.17em"}
    before: ElementTree.Element | None = None
    for inner in element:
        _clean(inner)
        if inner.tag == "mo" and inner.text in SIGNS and (before is None or _opens(before)):
            inner.set("form", "prefix")
        before = inner


def _opens(element: ElementTree.Element) -> bool:
    """Whether a minus behind `element` is a sign and no difference."""
    return element.tag == "mo" and element.text not in CLOSING
