"""What of a document is mathematics' to be, and where its parts begin: code and comments masked, headings
found.

Markdown is taken apart by markdown-it with its mathematics plugins, so that a minus sign at the start of a
row of a formula is no list and an equals sign no heading. Masking writes spaces and keeps every offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from derivations.reading.tree import Span


@dataclass(frozen=True, slots=True)
class Markup:
    """A document's text with everything masked that is not prose or mathematics, and its headings."""

    text: str
    headings: tuple[Span, ...]
    displays: tuple[Span, ...] = ()
    """Mathematics that the markup fences: its stretches."""


_INLINE_CODE = re.compile(r"(?<![`$])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|<!--.*?-->|\\\$", re.DOTALL)
_SILENT_HTML = re.compile(r"\s*<(?:script|style|pre|textarea)\b", re.IGNORECASE)
_QUOTE_MARKS = re.compile(r"^[ \t]*((?:>[ \t]?)+)", re.MULTILINE)
_BOLD_LINE = re.compile(r"^\*\*[^*\n$]+\*\*:?[ \t]*$", re.MULTILINE)
_LATEX_MASKS = re.compile(
    r"(?<!\\)%[^\n]*|\\begin\{(?P<verbatim>verbatim|lstlisting|comment|minted)\}.*?\\end\{(?P=verbatim)\}"
    r"|\\verb(?P<bar>[^A-Za-z\s]).*?(?P=bar)|\\\$",
    re.DOTALL,
)
_LATEX_HEADING = re.compile(r"\\(?:sub)*(?:section|paragraph|chapter)\*?\s*\{[^{}]*\}")


def markup_of(text: str, format: str) -> Markup:
    """The markup of a document in ``md`` or ``tex``."""
    return _FORMATS[format](text)


def without_comments(text: str, format: str) -> str:
    """A LaTeX document's text without its comments, which may hold anything; offsets are kept."""
    if format != "tex":
        return text
    return blank(text, [match.span() for match in re.finditer(r"(?<!\\)(?:\\\\)*%[^\n]*", text)])


def blank(text: str, stretches: list[tuple[int, int]]) -> str:
    """`text` with spaces for everything in `stretches` but line ends."""
    parts, position = [], 0
    for start, end in sorted(stretches):
        if end <= position:
            continue
        start = max(start, position)
        parts += [text[position:start], re.sub(r"[^\n]", " ", text[start:end])]
        position = end
    return "".join([*parts, text[position:]])


def _markdown(text: str) -> Markup:
    starts = [0, *(n + 1 for n, letter in enumerate(text) if letter == "\n"), len(text)]
    parser = MarkdownIt("commonmark").use(dollarmath_plugin, allow_labels=False).use(amsmath_plugin)
    masks: list[tuple[int, int]] = []
    headings: list[Span] = []
    fenced: list[Span] = []
    for token in parser.parse(text):
        if token.map is None:
            continue
        start, end = (starts[min(line, len(starts) - 1)] for line in token.map)
        silent = token.type == "html_block" and _SILENT_HTML.match(token.content)
        if token.type == "fence" and token.info.strip() == "math":
            fenced.append(_inside(text, start, end))
            masks += [(start, fenced[-1].start), (fenced[-1].end, end)]
        elif token.type in ("fence", "code_block") or silent:
            masks.append((start, end))
        elif token.type == "blockquote_open":
            masks += [m.span(1) for m in _QUOTE_MARKS.finditer(text, start, end)]
        elif token.type == "heading_open":
            headings.append(Span(start, end))
    masked = blank(text, masks)
    masked = blank(masked, [match.span() for match in _INLINE_CODE.finditer(masked)])
    headings += [Span(*match.span()) for match in _BOLD_LINE.finditer(masked)]
    return Markup(masked, tuple(sorted(headings, key=lambda span: span.start)), tuple(fenced))


def _inside(text: str, start: int, end: int) -> Span:
    """The stretch between a fence's first and last line."""
    first = text.find("\n", start, end) + 1
    last = text.rfind("\n", first, max(end - 1, first)) + 1
    return Span(first, max(last, first))


def _latex(text: str) -> Markup:
    masked = blank(text, [match.span() for match in _LATEX_MASKS.finditer(text)])
    if "\\begin{document}" in masked:
        body = masked.index("\\begin{document}") + len("\\begin{document}")
        end = masked.find("\\end{document}")
        masked = blank(masked, [(0, body), (end if end >= 0 else len(masked), len(masked))])
    return Markup(masked, tuple(Span(*match.span()) for match in _LATEX_HEADING.finditer(masked)))


_FORMATS: Mapping[str, Callable[[str], Markup]] = {"md": _markdown, "tex": _latex}
"""One row a format."""
