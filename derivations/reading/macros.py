"""An author's own commands, expanded before a formula is read: ``\\newcommand``, ``\\def``, operators.

Expansion is the one place where a short document could become a long one. What it may produce is counted, for
a formula and for the document, so a chain of macros that double each other ends in a clear message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from derivations.reading.scan import FormulaError, Token, scan
from derivations.reading.tree import Span

MOST_TOKENS = 20_000
"""Tokens of one formula, once its macros are expanded."""

MOST_PRODUCED = 400_000
"""Tokens that all expansions of one document may produce together."""


@dataclass(frozen=True, slots=True)
class Macro:
    """``\\newcommand``: the number of arguments, their delimiters for ``\\def``, and the body."""

    name: str
    pattern: tuple[str, ...]
    body: tuple[Token, ...]
    start: int = 0
    """Where it is defined: formulas before do not know it."""
    default: tuple[Token, ...] | None = None
    """The first argument where a call has none in square brackets."""
    copied: str | None = None
    """The command that it is from its place on, for ``\\let``, whatever becomes of that one later."""


def _macro(name: str, count: int, body: str) -> Macro:
    return Macro(name, tuple(f"#{n + 1}" for n in range(count)), tuple(scan(body)))


_PACKAGES: dict[str, Macro] = {
    macro.name: macro
    for macro in (
        _macro("\\norm", 1, r"\lVert #1 \rVert"),
        _macro("\\abs", 1, r"\lvert #1 \rvert"),
        _macro("\\qty", 0, ""),
        _macro("\\bra", 1, r"\langle #1 |"),
        _macro("\\inner", 2, r"\langle #1, #2 \rangle"),
    )
}
"""Commands of packages that many preambles load, unless the document defines them."""


@dataclass
class Macros:
    """The macros of one document, and how much their expansion has produced."""

    found: list[Macro]
    """In the order of the document."""
    known: dict[str, Macro] = field(default_factory=lambda: dict(_PACKAGES))
    position: int = 0
    produced: int = 0

    def expanded(self, tokens: list[Token], place: int) -> list[Token]:
        """`tokens` of a formula at `place` with every macro replaced that is defined above it.

        Formulas come in the document's order. Raises `FormulaError` for circles and bad arguments. An
        expansion's tokens carry the span of the call.
        """
        while self.position < len(self.found) and self.found[self.position].start <= place:
            macro = self.found[self.position]
            before = self.known.get(macro.copied or "")
            self.known[macro.name] = macro if before is None else replace(before, name=macro.name)
            self.position += 1
        out: list[Token] = []
        stack = tokens[::-1]
        expanded = 0
        while stack:
            token = stack.pop()
            macro_called = self.known.get(token.text) or self.known.get(token.text.removesuffix("*"))
            if macro_called is None:
                out.append(token)
            elif macro_called.copied is not None:
                out.append(Token(macro_called.copied, token.span))
            else:
                length = len(stack)
                arguments, end = _arguments(token, macro_called, stack)
                span = Span(token.span.start, max(end, token.span.end))
                body = list(_put(macro_called.body, arguments, span))
                expanded += len(body) + length - len(stack) + 1
                stack.extend(reversed(body))
                self._count(token, len(body))
            if len(out) > MOST_TOKENS or expanded > MOST_TOKENS:
                what = f"the macro {token.text} expands" if macro_called else "the formula goes on"
                raise FormulaError(token.span, f"{what} without end, or to more than {MOST_TOKENS:,} signs")
        return out

    def _count(self, call: Token, produced: int) -> None:
        self.produced += produced
        if self.produced > MOST_PRODUCED:
            raise FormulaError(
                call.span, f"the macros of this document expand to more than {MOST_PRODUCED:,} signs"
            )


def _arguments(call: Token, macro: Macro, stack: list[Token]) -> tuple[list[list[Token]], int]:
    """The arguments of a call, taken from the stack, and where the last of them ends."""
    arguments: list[list[Token]] = []
    end = call.span.end
    for position, part in enumerate(macro.pattern):
        if position == 0 and macro.default is not None:
            argument, end = _optional(stack, macro.default, end)
            arguments.append(argument)
            continue
        if not part.startswith("#"):
            if not stack or stack[-1].text != part:
                raise FormulaError(
                    call.span, f"{call.text} is defined to be followed by {part}, which is missing"
                )
            end = stack.pop().span.end
            continue
        following = macro.pattern[position + 1] if position + 1 < len(macro.pattern) else "#"
        argument = []
        if following.startswith("#"):
            if not stack:
                count = sum(part.startswith("#") for part in macro.pattern)
                raise FormulaError(
                    call.span, f"{call.text} takes {count} arguments; number {len(arguments) + 1} is missing"
                )
            token = stack.pop()
            end = token.span.end
            argument = [token]
            if token.text == "{":
                argument, end = _braced(token, stack)
        else:
            depth = 0
            while stack and (depth or stack[-1].text != following):
                token = stack.pop()
                depth += (token.text == "{") - (token.text == "}")
                argument.append(token)
        arguments.append(argument)
    return arguments, end


def _optional(stack: list[Token], default: tuple[Token, ...], end: int) -> tuple[list[Token], int]:
    """The argument in square brackets, if one follows, and where it ends."""
    if not stack or stack[-1].text != "[":
        return list(default), end
    opening = stack.pop()
    found: list[Token] = []
    while stack and stack[-1].text != "]":
        found.append(stack.pop())
    if not stack:
        raise FormulaError(opening.span, "a bracket [ is not closed")
    return found, stack.pop().span.end


def _braced(opening: Token, stack: list[Token]) -> tuple[list[Token], int]:
    depth = 1
    found: list[Token] = []
    while stack:
        token = stack.pop()
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return found, token.span.end
        found.append(token)
    raise FormulaError(opening.span, "a brace { is not closed")


def _put(body: tuple[Token, ...], arguments: list[list[Token]], span: Span) -> Iterator[Token]:
    position = 0
    while position < len(body):
        token = body[position]
        position += 1
        if token.text == "#" and position < len(body) and body[position].text in "123456789":
            number = int(body[position].text)
            position += 1
            if number <= len(arguments):
                yield from (Token(t.text, span) for t in arguments[number - 1])
            continue
        yield Token(token.text, span)


_NAME = r"\*?\s*(?:\{\s*)?(?P<%s>\\[A-Za-z]+)\s*(?:\}\s*)?"
_DEFINING = re.compile(
    rf"\\(?:(?:re)?new|provide)command{_NAME % 'new'}"
    r"(?:\[(?P<count>\d)\]\s*)?(?:\[(?P<default>[^\]]{0,200})\]\s*)?\{"
    r"|\\def\s*(?P<def>\\[A-Za-z]+)(?P<pattern>[^{}\\]{0,40})\{"
    rf"|\\DeclareMathOperator{_NAME % 'operator'}\{{"
    rf"|\\DeclarePairedDelimiter{_NAME % 'pair'}\{{(?P<left>[^{{}}]{{1,20}})\}}\s*\{{"
)
_LET = re.compile(r"\\let\s*(?P<new>\\[A-Za-z]+)\s*=?\s*(?P<old>\\[A-Za-z]+)")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def find_macros(text: str) -> tuple[Macros, list[tuple[int, int]]]:
    """The macros that `text` defines, and the stretches of text that define them."""
    closing = _closing_braces(text) if _DEFINING.search(text) else {}
    macros: list[Macro] = []
    stretches: list[tuple[int, int]] = []
    for match in _DEFINING.finditer(text):
        end = closing.get(match.end() - 1)
        inside = stretches and match.start() < stretches[-1][1]
        if end is None or inside:
            continue  # a body that is not closed, or a definition made by another macro
        macros.append(_defined(match, text[match.end() : end]))
        stretches.append((match.start(), end + 1))
    for match in _LET.finditer(text):
        if not any(start <= match.start() < end for start, end in stretches):
            macros.append(Macro(match["new"], (), (), match.start(), copied=match["old"]))
            stretches.append((match.start(), match.end()))
    return Macros(sorted(macros, key=lambda macro: macro.start)), sorted(stretches)


def _defined(match: re.Match[str], body: str) -> Macro:
    """The macro that a match of `_DEFINING` with its `body` defines."""
    pattern = tuple(f"#{k + 1}" for k in range(int(match["count"] or 0)))
    default = None if match["default"] is None else tuple(scan(match["default"]))
    if match["def"]:
        pattern = tuple(re.findall(r"#\d|\S", match["pattern"]))
    elif match["operator"]:
        body = f"\\operatorname{{{body}}}"
    elif match["pair"]:
        pattern, body = ("#1",), f"\\left{match['left']} #1 \\right{body}"
    name = match["new"] or match["def"] or match["operator"] or match["pair"]
    return Macro(name, pattern, tuple(scan(body)), match.start(), default)


def _closing_braces(text: str) -> dict[int, int]:
    """Every opening brace of `text` that is closed, and where."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match.group() == "{":
            opened.append(match.start())
        elif match.group() == "}" and opened:
            found[opened.pop()] = match.start()
    return found
