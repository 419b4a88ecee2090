"""Where the formulas of a text begin and end, and what to say of one that does not end.

A formula that is not closed ends with its paragraph, so that it cannot swallow its neighbours. Every closing
sign is looked for once, however many formulas wait for it: a document is read in time proportional to its
length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from derivations.reading.tree import Span

_ENVIRONMENTS = (
    "equation align gather multline flalign alignat eqnarray displaymath math aligned split gathered dmath "
    "subequations IEEEeqnarray"
)
_NAMED = "|".join(_ENVIRONMENTS.split())
_OPENER = re.compile(
    rf"\$\$|\\?\\[\[(]|\\[\])]|\\(?P<kind>begin|end)\{{(?P<name>(?:{_NAMED})\*?)\}}"
    r"|(?<!\\)\$`(?=[^`\n]+`\$)|(?<!\\)\$"
)
_BOUNDARY = re.compile(rf"\\(?P<kind>begin|end)\{{(?P<name>(?:{_NAMED})\*?)\}}")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_WORDS = re.compile(r"[A-Za-z]{2,}[,;]? +[a-z]{2,}[,;]? +[a-z]{2,}")
_SETTING = re.compile(r"\\(?:text\w*|mbox|intertext|operatorname\*?|label|tag)\s*\{[^{}]*\}")
_MATHEMATICAL = re.compile(r"[\\=^_]")
_SHOWN = 60
"""Characters that are shown behind a sign without its partner."""
_CLOSERS = {"$$": "$$", "\\[": "\\]", "\\(": "\\)", "$`": "`$"}
_SIGNS = {sign: re.compile(re.escape(sign)) for sign in ("$", *_CLOSERS.values())}
_SIGNS |= {sign: re.compile(rf"(?<!\\){re.escape(sign)}") for sign in ("\\[", "\\(", "$`")}
"""How a sign is found; a row's end and its spacing, ``\\\\[2pt]``, begin no formula."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula's inside, all of it with its delimiters, and what is wrong with them."""

    inside: Span
    whole: Span
    display: bool
    problem: str | None = None


class Displays:
    """Where displays end that begin a line, for the block parser of Markdown."""

    def __init__(self, text: str) -> None:
        """Displays of the whole of `text`."""
        self._finder = _Finder(text, 0, len(text), "md")

    def end(self, position: int) -> int | None:
        """The end of the display that begins at `position`; None where none does, or none that is closed."""
        opener = _OPENER.match(self._finder.text, position)
        if opener is None or opener.group() in ("$", "$`"):
            return None
        found = self._finder.formula(opener)
        return None if found is None or found.problem is not None or not found.display else found.whole.end


def formulas_in(text: str, start: int, end: int, format: str) -> Iterator[Formula]:
    """The formulas of ``text[start:end]`` in order."""
    finder = _Finder(text, start, end, format)
    position = start
    while (found := finder.next(position)) is not None:
        yield found
        position = found.whole.end


@dataclass
class _Finder:
    text: str
    start: int
    end: int
    format: str
    blank_lines: list[int] = field(init=False)
    environments: dict[int, int] = field(init=False)
    """Where each environment that is closed ends: the start of its ``\\end``."""
    ahead: dict[str, tuple[int, int]] = field(default_factory=dict)
    """For a sign, since where it was looked for, and its first place from there on."""
    doubles: list[int] | None = None
    """Where double dollars stand, once that was asked for."""
    stray: dict[int, bool] = field(default_factory=dict)
    """For every paragraph that was asked for, whether its dollar signs do not come in pairs."""

    def __post_init__(self) -> None:
        self.blank_lines = [m.start() for m in _BLANK_LINE.finditer(self.text, self.start, self.end)]
        self.environments = {}
        opened: dict[str, list[int]] = {}
        for match in _BOUNDARY.finditer(self.text, self.start, self.end):
            waiting = opened.setdefault(match["name"], [])
            if match["kind"] == "begin":
                waiting.append(match.start())
            elif waiting:
                self.environments[waiting.pop()] = match.start()

    def next(self, position: int) -> Formula | None:
        """The first formula at `position` or behind it."""
        while (opener := _OPENER.search(self.text, position, self.end)) is not None:
            found = self.formula(opener)
            if found is not None:
                return found
            position = opener.end()
        return None

    def formula(self, opener: re.Match[str]) -> Formula | None:
        """The formula that begins with `opener`, None where it begins none after all."""
        sign = opener.group()
        if opener["kind"] == "end" or sign in ("\\]", "\\)"):
            return self._unopened(opener)
        if opener["name"]:
            return self._environment(opener)
        if sign == "$":
            return self._dollar(opener)
        if sign.startswith("\\\\"):
            if self.format == "tex":
                return None  # a line break with its spacing
            sign = sign[1:]
        return self._delimited(opener, sign)

    def _delimited(self, opener: re.Match[str], sign: str) -> Formula | None:
        """A formula between signs that come in pairs."""
        display, closer = sign in ("$$", "\\["), _CLOSERS[sign]
        begin = opener.end()
        close = self._find(closer, begin)
        paragraph = self._paragraph_end(begin)
        nested = sign != closer and self._find(sign, begin) < close
        broken = close > paragraph and not (display and self._is_mathematics(begin, close))
        broken |= sign == closer and close > paragraph and self._has_odd(opener.start())
        if close < self.end and not nested and not broken:
            doubled = closer.startswith("\\") and self.text[close - 1] == "\\" and opener.group() != sign
            return Formula(Span(begin, close - doubled), Span(opener.start(), close + len(closer)), display)
        if sign == "$`" or (self.format == "md" and not _MATHEMATICAL.search(self.text, begin, paragraph)):
            return None  # an escaped bracket, or a price
        last = min(paragraph, self._find(sign, begin)) if sign != closer else paragraph
        message = f"{sign} is not closed: {closer} is expected before the paragraph ends"
        return Formula(Span(begin, last), Span(opener.start(), last), display, message)

    def _environment(self, opener: re.Match[str]) -> Formula:
        name, begin = opener["name"], opener.end()
        close = self.environments.get(opener.start())
        if close is not None:
            return Formula(Span(begin, close), Span(opener.start(), close + len(f"\\end{{{name}}}")), True)
        paragraph = self._paragraph_end(begin)
        other = _BOUNDARY.search(self.text, begin, paragraph)
        expected = f"\\end{{{name}}} is expected"
        if other is not None and other["kind"] == "end":
            message = f"\\begin{{{name}}} is closed by {other.group()}: {expected}"
            return Formula(Span(begin, other.start()), Span(opener.start(), other.end()), True, message)
        last = other.start() if other is not None else paragraph
        message = f"\\begin{{{name}}} is not closed: {expected} before the paragraph ends"
        return Formula(Span(begin, last), Span(opener.start(), last), True, message)

    def _unopened(self, closer: re.Match[str]) -> Formula | None:
        """A closing sign whose formula does not begin; in Markdown a bracket may be an escaped one."""
        sign, name = closer.group(), closer["name"]
        if not name and self.format == "md":
            return None
        opener = f"\\begin{{{name}}}" if name else {"\\]": "\\[", "\\)": "\\("}[sign]
        span = Span(*closer.span())
        return Formula(span, span, name is not None, f"{sign} closes nothing: {opener} is missing before it")

    def _dollar(self, opener: re.Match[str]) -> Formula | None:
        """A formula in the running text; a dollar that has no partner is a price or a mistake."""
        begin = opener.end()
        paragraph = self._paragraph_end(begin)
        close = self._find("$", begin)
        spaced = self.text[begin : begin + 1].isspace()
        before_display = self.text.startswith("$$", close)
        if (before_display or self._has_stray(begin)) and self.text[close - 1].isspace() and not spaced:
            close = self.end
        if begin < close < paragraph and not self.text[close + 1 : close + 2].isdigit():
            return Formula(Span(begin, close), Span(opener.start(), close + 1), display=False)
        last = min(paragraph, self._find("$", begin), begin + _SHOWN)
        if not _MATHEMATICAL.search(self.text, begin, last) or self.text[begin : begin + 1].isdigit():
            return None
        message = "this $ has no partner in its paragraph"
        return Formula(Span(opener.start(), last), Span(opener.start(), last), False, message)

    def _has_odd(self, position: int) -> bool:
        """Whether an odd number of double dollars stand from `position` on, so that one has no partner."""
        if self.doubles is None:
            self.doubles = [m.start() for m in re.finditer(r"\$\$", self.text[self.start : self.end])]
        return (len(self.doubles) - bisect_left(self.doubles, position - self.start)) % 2 == 1

    def _has_stray(self, position: int) -> bool:
        """Whether the paragraph has an odd number of dollar signs: one of them is alone."""
        number = bisect_left(self.blank_lines, position)
        if number not in self.stray:
            start = self.blank_lines[number - 1] if number else self.start
            self.stray[number] = self.text.count("$", start, self._paragraph_end(position)) % 2 == 1
        return self.stray[number]

    def _find(self, sign: str, position: int) -> int:
        """The next place of `sign`, the end where there is none."""
        since, known = self.ahead.get(sign, (self.end, self.end))
        if not since <= position <= known:
            match = _SIGNS[sign].search(self.text, position, self.end)
            known = self.end if match is None else match.start()
            self.ahead[sign] = position, known
        return known

    def _paragraph_end(self, position: int) -> int:
        """The next empty line, the end where there is none."""
        number = bisect_left(self.blank_lines, position)
        return self.blank_lines[number] if number < len(self.blank_lines) else self.end

    def _is_mathematics(self, start: int, end: int) -> bool:
        """Whether a stretch with empty lines in it is a formula all the same: it has no sentences in it."""
        if end - start > 4_000 or "$" in self.text[start:end]:
            return False
        return not _WORDS.search(_SETTING.sub("", self.text[start:end]))
