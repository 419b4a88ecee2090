"""A display or an inline formula as chains of relations: rows split and joined, annotations set aside.

``a &= b \\\\ &= c`` is the chain a = b = c. Each side keeps its own stretch of the source; what could not be
parsed is a problem of that side only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from derivations.reading.commands import IGNORED, RELATIONS
from derivations.reading.formula import Parser
from derivations.reading.scan import FormulaError, Token
from derivations.reading.tree import Span, Syntax


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: its source stretch, and its syntax or the problem with it."""

    span: Span
    syntax: Syntax | None
    problem: str | None = None
    problem_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """``side relation side relation ...``; `kind` is plain, where (binds backwards) or condition."""

    sides: tuple[Side, ...]
    relations: tuple[str, ...]
    kind: str = "plain"
    condition: Chain | None = None
    """What a row says first, as in "if i = j:"."""


@dataclass
class _Segment:
    kind: str = "plain"
    parts: list[list[Token]] = field(default_factory=lambda: [[]])
    relations: list[str] = field(default_factory=list)


_OPEN = {"{": 1, "(": 1, "[": 1, "\\{": 1, "\\lbrace": 1}
_CLOSE = {"}": 1, ")": 1, "]": 1, "\\}": 1, "\\rbrace": 1}
_INNER = frozenset({"cases", "dcases", "rcases", "array", "matrix", "pmatrix", "bmatrix", "vmatrix"})
_WHERE = ("with", "where")
_CONDITION = ("if", "for", "when", "case")
_WITH_ARGUMENT = (
    "tag label eqref ref intertext shortintertext hspace vspace phantom hphantom vphantom footnote cite"
)
_DROPPED = frozenset({"\\tag*"} | {"\\" + name for name in _WITH_ARGUMENT.split()})
"""Commands that are left out with their argument."""
_TRAILING = frozenset({",", ".", ";", ":"}) | IGNORED
_TEXTS = frozenset({"\\text", "\\textrm", "\\mbox", "\\textit", "\\textbf"})


def split_chains(tokens: list[Token]) -> list[Chain]:
    """The chains of a display's tokens, in order."""
    rows = _rows(_without_outer_environments(tokens))
    chains: list[Chain] = []
    open_segment: _Segment | None = None
    finished: list[_Segment] = []
    condition: Chain | None = None
    conditions: dict[int, Chain | None] = {}
    for row in rows:
        segments = _segments(row)
        for number, segment in enumerate(segments):
            if segment.kind == "condition":
                condition = _chain(segment)
                continue
            starts_open = not _meaningful(segment.parts[0]) and bool(segment.relations)
            follows = number == 0 and segment.kind == "plain" and condition is None
            if follows and open_segment is not None and _continues(open_segment, segment, starts_open):
                continue
            if not segment.relations and not _meaningful(segment.parts[0]):
                continue
            if number and starts_open and finished:
                _continues(finished[-1], segment, True)
                continue
            finished.append(segment)
            conditions[len(finished) - 1] = condition
            condition = None
            if segment.kind == "plain":
                open_segment = segment
    for number, segment in enumerate(finished):
        chains.append(_chain(segment, conditions.get(number)))
    return chains


def _continues(open_segment: _Segment, segment: _Segment, starts_open: bool) -> bool:
    """Append a row to the chain above where it begins with a relation or a sign, or that one ended with
    one.
    """
    ended_open = bool(open_segment.relations) and not _meaningful(open_segment.parts[-1])
    if ended_open:
        if starts_open and segment.relations[0] == open_segment.relations[-1]:
            open_segment.relations.pop()
            open_segment.parts.pop()
            open_segment.parts += segment.parts[1:]
            open_segment.relations += segment.relations
        else:
            open_segment.parts[-1:] = segment.parts
            open_segment.relations += segment.relations
        return True
    if starts_open:
        open_segment.parts += segment.parts[1:]
        open_segment.relations += segment.relations
        return True
    first = _meaningful(segment.parts[0])
    if first and first[0].text in ("+", "-", "\\cdot", "\\times") and open_segment.relations:
        open_segment.parts[-1] = open_segment.parts[-1] + segment.parts[0]
        open_segment.parts += segment.parts[1:]
        open_segment.relations += segment.relations
        return True
    return False


def _meaningful(tokens: list[Token]) -> list[Token]:
    return [t for t in tokens if t.text not in _TRAILING]


def _without_outer_environments(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    position = depth = 0
    while position < len(tokens):
        token = tokens[position]
        if token.text in ("\\begin", "\\end"):
            end = position + 1
            while end < len(tokens) and tokens[end].text != "}":
                end += 1
            name = "".join(t.text for t in tokens[position + 2 : end])
            inner = name in _INNER
            depth += inner and (1 if token.text == "\\begin" else -1)
            if inner:
                out.extend(tokens[position : end + 1])
            elif token.text == "\\begin" and end + 1 < len(tokens) and tokens[end + 1].text == "{":
                while (
                    end < len(tokens)
                    and name.startswith(("alignat", "array"))
                    and tokens[end + 1].text != "}"
                ):
                    end += 1
            elif token.text == "\\begin" and end + 1 < len(tokens) and tokens[end + 1].text == "[":
                while end < len(tokens) and tokens[end].text != "]":
                    end += 1
            position = end + 1
            continue
        out.append(token)
        position += 1
    return out


def _rows(tokens: list[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = [[]]
    depth = braces = position = 0
    while position < len(tokens):
        token = tokens[position]
        depth += {"\\begin": 1, "\\end": -1}.get(token.text, 0)
        braces += {"{": 1, "}": -1}.get(token.text, 0)
        position += 1
        if token.text in ("\\\\", "\\cr", "\\newline") and depth <= 0 and braces <= 0:
            if position < len(tokens) and tokens[position].text == "*":
                position += 1
            if position < len(tokens) and tokens[position].text == "[":
                end = position
                while end < len(tokens) and tokens[end].text != "]" and end - position < 8:
                    end += 1
                measure = "".join(t.text for t in tokens[position + 1 : end])
                if measure[-2:] in ("pt", "ex", "em", "mm", "cm"):
                    position = end + 1
            rows.append([])
            continue
        rows[-1].append(token)
    return rows


def _words(tokens: list[Token], position: int) -> tuple[str, int]:
    """The text of a braced argument after `position`, and where it ends."""
    end, depth, found = position + 1, 0, ""
    last: Span | None = None
    while end < len(tokens):
        text = tokens[end].text
        depth += {"{": 1, "}": -1}.get(text, 0)
        if last is not None and tokens[end].span.start > last.end:
            found += " "
        last = tokens[end].span
        end += 1
        if depth == 0:
            break
        found += text if text not in "{}" else ""
    return found.strip(), end


def _segments(tokens: list[Token]) -> list[_Segment]:
    """The statements of one row, annotations left out."""
    segments = [_Segment()]
    depth = environments = position = 0
    while position < len(tokens):
        token = tokens[position]
        text = token.text
        current = segments[-1]
        environments += {"\\begin": 1, "\\end": -1}.get(text, 0)
        if environments or text == "\\end":
            current.parts[-1].append(token)
            position += 1
            continue
        if text in _DROPPED:
            _, position = _words(tokens, position)
            continue
        if text in _TEXTS and depth == 0:
            position = _annotation(tokens, position, segments)
            continue
        if (
            text in _TEXTS
            and depth == 1
            and _meaningful(current.parts[-1])[-1:]
            and current.parts[-1][-1].text in ("[", "(")
        ):
            end = _words(tokens, position)[1]
            if end < len(tokens) and tokens[end].text in ("]", ")"):
                current.parts[-1].pop()
                depth -= 1
                position = end + 1
                continue
        if text == "&" and depth == 0:
            position += 1
            continue
        depth = max(depth + (text in _OPEN) - (text in _CLOSE), 0)
        if depth == 0 and text in RELATIONS:
            if RELATIONS[text] == "implies":
                segments.append(_Segment())
            else:
                current.parts.append([])
                current.relations.append(RELATIONS[text])
            position += 1
            continue
        if (
            depth == 0
            and text in ("\\quad", "\\qquad", ",", ";", "\\text")
            and _separates(tokens, position, current)
        ):
            segments.append(_Segment())
            position += 1
            continue
        current.parts[-1].append(token)
        position += 1
    return segments


def _separates(tokens: list[Token], position: int, current: _Segment) -> bool:
    """Whether a gap or comma ends a statement: one stands before it, and another with its own left side
    after.
    """
    if not current.relations or not _meaningful(current.parts[-1]):
        return False
    depth = 0
    seen = False
    for token in tokens[position + 1 :]:
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if depth <= 0 and token.text in RELATIONS:
            return seen
        if token.text not in _TRAILING and token.text != "&":
            if token.text in ("+", "-") and not seen and tokens[position].text.startswith("\\q"):
                return False
            seen = True
    return False


def _annotation(tokens: list[Token], position: int, segments: list[_Segment]) -> int:
    """Handle ``\\text{...}`` at the top level of a row; returns where to go on."""
    words, end = _words(tokens, position)
    current = segments[-1]
    following = next((t.text for t in tokens[end:] if t.text not in IGNORED), "")
    if (
        words.isalpha()
        and following in ("(", "_", "^")
        and words.lower() not in (*_WHERE, *_CONDITION, "and", "by")
    ):
        current.parts[-1].extend(tokens[position:end])
        return end
    first = words.lower().split()[0].strip(",:(") if words.split() else ""
    last = words.lower().split()[-1].strip(",:(") if words.split() else ""
    if last in _WHERE:
        segments.append(_Segment("where"))
        return end
    if first in _CONDITION and _meaningful(tokens[end:]):
        if _meaningful(current.parts[-1]):
            segments.append(_Segment("after-condition"))
        else:
            current.kind = "condition"
        stop = end
        rest = segments[-1]
        while stop < len(tokens) and tokens[stop].text not in ("&", ":", ","):
            rest_text = tokens[stop].text
            if rest_text in RELATIONS:
                rest.parts.append([])
                rest.relations.append(RELATIONS[rest_text])
            else:
                rest.parts[-1].append(tokens[stop])
            stop += 1
        segments.append(_Segment())
        return stop
    if last in ("and", "or") and current.relations:
        segments.append(_Segment())
        return end
    if not any(t.text in RELATIONS for t in tokens[end:]):
        return len(tokens) if _meaningful(current.parts[-1]) else end
    return end


def _chain(segment: _Segment, condition: Chain | None = None) -> Chain:
    sides = tuple(_side(part) for part in segment.parts)
    return Chain(sides, tuple(segment.relations), segment.kind, condition)


def _side(tokens: list[Token]) -> Side:
    while tokens and tokens[0].text in _TRAILING:
        tokens = tokens[1:]
    while tokens and tokens[-1].text in _TRAILING:
        tokens = tokens[:-1]
    if not tokens:
        return Side(Span(0, 0), None, "a side of the relation is empty")
    span = Span(min(t.span.start for t in tokens), max(t.span.end for t in tokens))
    try:
        return Side(span, Parser(tokens, span.end).parse())
    except FormulaError as error:
        return Side(span, None, str(error), error.span)
    except RecursionError:
        return Side(span, None, "the formula is nested too deeply")
