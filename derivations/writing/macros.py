"""An author's own commands, opened: what draws a formula elsewhere does not know them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

DEPTH = 5
"""Commands may use each other so deeply."""

LONGEST = 20_000
"""Characters that an opened formula may have."""

_DEFINITION = re.compile(
    r"\\(?:(?P<operator>DeclareMathOperator\*?)|(?:re)?newcommand\*?|providecommand\*?|def)\s*"
    r"\{?\s*(?P<name>\\[A-Za-z]+)\s*\}?\s*(?:\[(?P<count>\d)\])?(?:\[(?P<default>[^\]]*)\])?\s*(?P<formal>(?:#\d)*)"
)


@dataclass(frozen=True, slots=True)
class Macro:
    """``\\name`` with `count` arguments, of which the first may be left out where there is a default."""

    body: str
    count: int = 0
    default: str | None = None


def macros_of(source: str) -> dict[str, Macro]:
    """The commands that a document defines, by name."""
    found: dict[str, Macro] = {}
    for match in _DEFINITION.finditer(source):
        body, _ = _group(source, match.end())
        if body is not None:
            operator = f"\\operatorname{{{body}}}" if match["operator"] else body
            count = int(match["count"] or len(match["formal"]) // 2)
            found[match["name"]] = Macro(operator, count, match["default"])
    return found


def _group(text: str, start: int) -> tuple[str | None, int]:
    """What stands in the braces that open at `start`, blanks aside, and where they end."""
    while start < len(text) and text[start].isspace():
        start += 1
    if text[start : start + 1] != "{":
        return None, start
    depth, position = 0, start
    while position < len(text):
        if text[position] == "\\":
            position += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        position += 1
        if depth == 0:
            return text[start + 1 : position - 1], position
    return None, start


def opened(latex: str, macros: Mapping[str, Macro]) -> str:
    """`latex` with the commands of `macros` replaced by what they stand for, as far as that ends."""
    for _ in range(DEPTH):
        once = _once(latex, macros)
        if once == latex or len(once) > LONGEST:
            break
        latex = once
    return latex


def _once(latex: str, macros: Mapping[str, Macro]) -> str:
    done, last = "", 0
    for match in re.finditer(r"\\[A-Za-z]+", latex):
        macro = macros.get(match.group())
        if macro is None or match.start() < last:
            continue
        arguments, end = _arguments(latex, match.end(), macro)
        body = _filled(macro.body, arguments)
        done += latex[last : match.start()] + f"{{{body}}}"
        last = end
    return done + latex[last:]


def _filled(body: str, given: list[str]) -> str:
    """`body` with the arguments in their places; one that is not there is empty."""

    def argument(match: re.Match[str]) -> str:
        number = int(match[1])
        return given[number - 1] if 0 < number <= len(given) else ""

    return re.sub(r"#(\d)", argument, body)


def _arguments(latex: str, position: int, macro: Macro) -> tuple[list[str], int]:
    """The arguments behind a command, and where they end."""
    found: list[str] = []
    if macro.default is not None:
        optional = re.compile(r"\s*\[([^\]]*)\]").match(latex, position)
        found.append(macro.default if optional is None else optional[1])
        position = position if optional is None else optional.end()
    while len(found) < macro.count:
        group, end = _group(latex, position)
        if group is None:
            single = re.compile(r"\s*(\\[A-Za-z]+|\S)").match(latex, position)
            if single is None:
                break
            group, end = single[1], single.end()
        found.append(group)
        position = end
    return found, position
