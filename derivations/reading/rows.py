"""The tokens of a formula as rows: outer environments opened, decoration around whole relations taken off.

``\\begin{align} a &= b \\\\ &= c \\end{align}`` is two rows; ``cases`` and matrices are parts of a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from derivations.reading.commands import COLOURS, RELATIONS, SOLVE, WRAPPERS
from derivations.reading.scan import FormulaError, Token
from derivations.reading.tree import Span

_INNER = frozenset(
    {"cases", "dcases", "rcases", "array", "matrix", "pmatrix", "bmatrix", "vmatrix", "smallmatrix"}
)
_NAMES = (
    "equation align gather multline flalign alignat eqnarray displaymath math aligned alignedat split "
    "gathered dmath dgroup subequations IEEEeqnarray IEEEeqnarraybox array tabular center "
    "proof multlined empheq"
)
_OUTER = frozenset(_NAMES.split())
"""Environments that are opened, so that their rows are rows of the formula."""
_WITH_COLUMNS = ("alignat", "array", "IEEEeqnarray", "tabular")
_OPENING = frozenset({"(", "[", "\\{", "\\lbrace", "\\left", "{"})
_STACKED = frozenset({"\\overset", "\\stackrel", "\\underset"})
_MEASURES = ("pt", "ex", "em", "mm", "cm", "in")


def rows_of(tokens: list[Token]) -> list[list[Token]]:
    """The rows of a formula, without the environments around them."""
    return _rows(_without_outer_environments(list(_with_plain_relations(tokens))))


def braced_end(tokens: list[Token], start: int) -> int:
    """The position behind the brace that closes the one at `start`; behind `start` if there is none there."""
    if start >= len(tokens) or tokens[start].text != "{":
        return min(start + 1, len(tokens))
    depth = 0
    for position in range(start, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[position].text, 0)
        if depth == 0:
            return position + 1
    return len(tokens)


def words(tokens: list[Token], position: int) -> tuple[str, int]:
    """The text of the argument behind the command at `position`, and where it ends."""
    end = braced_end(tokens, position + 1)
    found, last = "", None
    for token in tokens[position + 1 : end]:
        if token.text in ("{", "}"):
            continue
        if last is not None and token.span.start > last.end:
            found += " "
        last = token.span
        found += token.text
    return found.strip(), end


def _with_plain_relations(tokens: list[Token]) -> Iterator[Token]:
    """Relations under labels and in boxes: ``\\\\stackrel{(a)}{=}``, ``\\\\boxed{a = b}``, ``{=}``."""
    position = 0
    while position < len(tokens):
        token, end = tokens[position], braced_end(tokens, position + 1)
        inner = list(tokens[position + 2 : end - 1]) if end > position + 2 else []
        if token.text in _STACKED and position + 1 < len(tokens):
            last = braced_end(tokens, end)
            signs = [t for t in tokens[end:last] if t.text in RELATIONS]
            if len(signs) == 1 and last - end <= 3:
                yield _labelled(inner or tokens[position + 1 : end], signs[0], token.span.start)
                position = last
                continue
        if token.text in ("\\mathrel", "\\mathbin") and len(inner) == 1:
            yield inner[0]
            position = end
            continue
        following = [t.text for t in tokens[position + 1 : position + 3]]
        if token.text == "{" and following[1:] == ["}"] and following[0] in RELATIONS:
            yield tokens[position + 1]
            position += 3
            continue
        if token.text in WRAPPERS and _has_relation(inner):
            yield from _with_plain_relations(inner)
            position = end
            continue
        if token.text in COLOURS:
            last = braced_end(tokens, end)
            content = tokens[end + 1 : last - 1]
            if _has_relation(content) or (content and content[0].text in ("+", "-")):
                yield from _with_plain_relations(content)
                position = last
                continue
        yield token
        position += 1


def _labelled(label: list[Token], sign: Token, start: int) -> Token:
    """A relation with something above it: a reference changes nothing, "!" asks for it."""
    span = Span(start, sign.span.end)
    above = "".join(token.text for token in label)
    if above == "!":
        return Token(SOLVE, span)
    reference = above.startswith(("(", "\\text", "\\mathrm", "\\eqref", "*", "\\ref")) or above.isalnum()
    known = above in ("\\text{def}", "def", "\\mathrm{def}", "\\triangle", "\\Delta")
    if sign.text == "=" and known:
        return Token(":=", span)
    return Token(sign.text if reference and above not in ("d", "D", "a.s.") else "\\approx", span)


def _has_relation(tokens: list[Token]) -> bool:
    depth = 0
    for token in tokens:
        depth += (token.text in ("{", "(", "[", "\\{")) - (token.text in ("}", ")", "]", "\\}"))
        if depth == 0 and token.text in RELATIONS:
            return True
    return False


def _without_outer_environments(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    position = 0
    outer_arrays = 0
    while position < len(tokens):
        token = tokens[position]
        if token.text not in ("\\begin", "\\end"):
            out.append(token)
            position += 1
            continue
        name, end = words(tokens, position)
        begins = token.text == "\\begin"
        bracketed = any(t.text in _OPENING for t in out[-2:])
        if name == "array" and begins and not bracketed:
            outer_arrays += 1
            position = braced_end(tokens, end)
            continue
        if name == "array" and not begins and outer_arrays:
            outer_arrays -= 1
            position = end
            continue
        if name in _INNER:
            out.extend(tokens[position:end])
            position = end
            continue
        if name.rstrip("*") not in _OUTER:
            near = get_close_matches(name, [*_OUTER, *_INNER], 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise FormulaError(token.span, f"the environment {name} is not known in a formula{hint}")
        if begins and end < len(tokens) and tokens[end].text == "[":
            while end < len(tokens) and tokens[end].text != "]":
                end += 1
            end += 1
        if begins and name.startswith(_WITH_COLUMNS):
            end = braced_end(tokens, end)
        position = end
    return out


def _rows(tokens: list[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = [[]]
    depth = braces = position = 0
    while position < len(tokens):
        token = tokens[position]
        depth += {"\\begin": 1, "\\end": -1}.get(token.text, 0)
        braces += {"{": 1, "}": -1}.get(token.text, 0)
        position += 1
        if token.text in ("\\\\", "\\cr", "\\newline", "\\intertext", "\\shortintertext") and depth <= 0:
            if token.text.endswith("intertext"):
                position = braced_end(tokens, position)
            elif braces > 0:
                rows[-1].append(token)
                continue
            position = _behind_spacing(tokens, position)
            rows.append([])
            continue
        rows[-1].append(token)
    return rows


def _behind_spacing(tokens: list[Token], position: int) -> int:
    """Behind the star or the measure that may follow a row's end."""
    if position < len(tokens) and tokens[position].text == "*":
        position += 1
    if position < len(tokens) and tokens[position].text == "[":
        end = position
        while end < len(tokens) and tokens[end].text != "]" and end - position < 8:
            end += 1
        if "".join(t.text for t in tokens[position + 1 : end])[-2:] in _MEASURES:
            return end + 1
    return position
