"""What of a document is mathematics' to be, and where its parts begin: code and comments masked, headings
found.

Markdown is taken apart by markdown-it with its mathematics plugins, so that a minus sign at the start of a
row of a formula is no list and an equals sign no heading. Masking writes spaces and keeps every offset. Every
sign is looked at once: the time is proportional to the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from derivations.reading.displays import Displays
from derivations.reading.frames import Edge, environments, labelled
from derivations.reading.tree import Span

Stretch = tuple[int, int]

_LATEX_HEADING = re.compile(r"\\(?:sub)*(?:section|paragraph|chapter)\*?\s*\{[^{}]{0,300}\}")
"""A heading in LaTeX, which people write in Markdown too."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A document's text with everything masked that is not prose or mathematics, and its headings."""

    text: str
    commands: str
    """The text in which an author's commands are looked for: a LaTeX preamble is part of it."""
    headings: tuple[Span, ...]
    displays: tuple[Span, ...] = ()
    """Mathematics that the markup fences: its stretches."""
    comments: tuple[Span, ...] = ()
    """What stands in comments, which may hold directives."""
    frames: tuple[Edge, ...] = ()
    """Where theorems and proofs begin and end."""


def markup_of(text: str, format: str) -> Markup:
    """The markup of a document in ``md`` or ``tex``."""
    return _FORMATS[format](text)


def blank(text: str, stretches: Iterable[Stretch], with_break: frozenset[Stretch] = frozenset()) -> str:
    """`text` with spaces for all in `stretches` but line ends; those in `with_break` end a paragraph."""
    parts, position = [], 0
    for start, end in sorted(stretches):
        if end <= position:
            continue
        masked = re.sub(r"[^\n]", " ", text[max(start, position) : end])
        if (start, end) in with_break and start >= position:
            masked = "\n\n" + masked[2:]
        parts += [text[position : max(start, position)], masked]
        position = end
    return "".join([*parts, text[position:]])


def without_lines(text: str, comments: Iterable[Stretch]) -> str:
    """`text` with spaces for comments, line ends among them: a line that is a comment ends no paragraph."""
    parts, position = [], 0
    for start, end in comments:
        before = text.rfind("\n", position, start)
        if before >= 0 and not text[before:start].strip():
            start = before
        parts += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*parts, text[position:]])


# Markdown ----------------------------------------------------------------------------------------------

_SILENT_HTML = re.compile(r"\s*<(?:script|style|pre|textarea)\b", re.IGNORECASE)
_QUOTE_MARKS = re.compile(r"^[ \t]*((?:>[ \t]?)+)", re.MULTILINE)
_BOLD_LINE = re.compile(r"^\*\*[^*\n$]+\*\*:?[ \t]*$", re.MULTILINE)
_MARKDOWN_SIGN = re.compile(r"(?P<ticks>(?<!\$)`+)|(?P<comment><!--)|\\\$|\\`|\n")


def _markdown(text: str) -> Markup:
    starts = [0, *(n + 1 for n, letter in enumerate(text) if letter == "\n"), len(text)]
    parser = _block_parser(Displays(text.replace("\r\n", "\n").replace("\r", "\n")))
    masks: list[Stretch] = []
    headings: list[Span] = []
    fenced: list[Span] = []
    quoted = 0
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
        elif token.type == "blockquote_open" and start >= quoted:
            masks += [m.span(1) for m in _QUOTE_MARKS.finditer(text, start, end)]
            quoted = end
        elif token.type == "heading_open":
            headings.append(Span(start, end))
    masked = blank(text, masks)
    inline = list(_inline_masks(masked))
    opening, closing = len("<!--"), len("-->")
    remarks = [match for match in inline if masked.startswith("<!--", match[0])]
    comments = [Span(start + opening, end - closing) for start, end in remarks]
    masked = without_lines(blank(masked, inline), remarks)
    headings += [Span(*match.span()) for match in _BOLD_LINE.finditer(masked)]
    headings += [Span(*match.span()) for match in _LATEX_HEADING.finditer(masked)]
    headings.sort(key=lambda span: span.start)
    frames = labelled(masked, headings, environments(masked, masked)[1])
    return Markup(masked, masked, tuple(headings), tuple(fenced), tuple(comments), tuple(frames))


def _block_parser(displays: Displays) -> MarkdownIt:
    """A parser of blocks for which a display that begins a line is one block."""

    def display(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        begin = state.bMarks[start_line] + state.tShift[start_line]
        end = displays.end(begin)
        if end is None or end > state.eMarks[end_line - 1]:
            return False
        line = start_line
        while state.eMarks[line] < end:
            line += 1
        if state.src[end : state.eMarks[line]].strip(" \t.,;:"):
            return False  # words go on behind it
        if not silent:
            state.line = line + 1
            state.push("display", "", 0).map = [start_line, line + 1]
        return True

    parser = MarkdownIt("commonmark")
    parser.core.ruler.disable("inline")
    interrupted = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("blockquote", "display", display, {"alt": interrupted})
    return parser


def _inside(text: str, start: int, end: int) -> Span:
    """The stretch between a fence's first and last line."""
    first = text.find("\n", start, end) + 1
    last = text.rfind("\n", first, max(end - 1, first)) + 1
    return Span(first, max(last, first))


def _inline_masks(text: str) -> Iterator[Stretch]:
    """Code between backticks of one line, comments, and escaped dollars."""
    closed = text.rfind("-->")
    runs = _Runs(text)
    position = 0
    while (match := _MARKDOWN_SIGN.search(text, position)) is not None:
        position = match.end()
        if match["ticks"]:
            end = runs.closing(match)
            if end is not None:
                yield match.start(), end
                position = end
        elif match["comment"]:
            if match.end() <= closed:
                position = text.index("-->", match.end()) + 3
                yield match.start(), position
        elif match.group() == "\\$":
            yield match.span()


@dataclass
class _Runs:
    """The runs of backticks of one line after another: which run closes which."""

    text: str
    line_end: int = -1
    ends: dict[int, list[int]] = field(default_factory=dict)
    """Length of a run -> where runs of that length end in the line, last first."""

    def closing(self, opening: re.Match[str]) -> int | None:
        """The end of the next run that is as long as `opening`, in its line."""
        if opening.end() > self.line_end:
            end = self.text.find("\n", opening.end())
            self.line_end = end if end >= 0 else len(self.text)
            self.ends = {}
            runs = list(re.finditer("`+", self.text[opening.start() : self.line_end]))
            for run in reversed(runs):
                self.ends.setdefault(run.end() - run.start(), []).append(opening.start() + run.end())
        known = self.ends.get(opening.end() - opening.start(), [])
        while known and known[-1] <= opening.end():
            known.pop()
        return known[-1] if known else None


# LaTeX -------------------------------------------------------------------------------------------------

_LATEX_SIGN = re.compile(
    r"\\begin\{(?P<silent>verbatim\*?|Verbatim|lstlisting|comment|minted|filecontents\*?|tikzpicture)\}"
    r"|\\(?:verb\*?|lstinline)(?P<bar>[^A-Za-z\s*{\[])"
    r"|(?P<iffalse>\\iffalse\b)|(?P<dollar>\\\$)|\\.|(?P<comment>%[^\n]*)",
    re.DOTALL,
)


def _latex(text: str) -> Markup:
    masks, comments = _latex_masks(text)
    remarks = [(comment.start - 1, comment.end) for comment in comments]
    masked = commands = without_lines(blank(text, masks), remarks)
    if "\\begin{document}" in masked:
        body = masked.index("\\begin{document}") + len("\\begin{document}")
        end = masked.find("\\end{document}")
        masked = blank(masked, [(0, body), (end if end >= 0 else len(masked), len(masked))])
    headings = tuple(Span(*match.span()) for match in _LATEX_HEADING.finditer(masked))
    stretches, frames = environments(masked, text)
    spans = [(one.start, one.end) for one in stretches]
    masked = blank(masked, spans, frozenset(spans))
    return Markup(masked, commands, headings, (), tuple(comments), tuple(frames))


def without_comments(text: str) -> str:
    """LaTeX without its comments and verbatim text."""
    return blank(text, _latex_masks(text)[0])


def _latex_masks(text: str) -> tuple[list[Stretch], list[Span]]:
    """Comments, verbatim text and escaped dollars; and what stands in the comments of one line."""
    masks: list[Stretch] = []
    comments: list[Span] = []
    position = 0
    while (match := _LATEX_SIGN.search(text, position)) is not None:
        position = match.end()
        if match["comment"]:
            comments.append(Span(match.start() + 1, position))
        elif match["silent"] or match["iffalse"] or match["bar"]:
            closing = (
                f"\\end{{{match['silent']}}}"
                if match["silent"]
                else "\\fi"
                if match["iffalse"]
                else match["bar"]
            )
            limit = len(text) if not match["bar"] else text.find("\n", position) % (len(text) + 1)
            end = text.find(closing, position, limit)
            if end < 0 and match["bar"]:
                continue
            position = len(text) if end < 0 else end + len(closing)
        elif not match["dollar"]:
            continue
        masks.append((match.start(), position))
    return masks, comments


_FORMATS: Mapping[str, Callable[[str], Markup]] = {"md": _markdown, "tex": _latex}
"""One row a format."""
