"""Tokens of LaTeX mathematics, macros expanded, every token with its place in the document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from derivations.reading.tree import Span

MAXIMUM_TOKENS = 200_000
MAXIMUM_EXPANSIONS = 2_000


class FormulaError(ValueError):
    """Mathematics that cannot be read, and where."""

    def __init__(self, span: Span, message: str) -> None:
        """`message` says what was being read and what would help."""
        super().__init__(message)
        self.span = span


@dataclass(frozen=True, slots=True)
class Token:
    """A command with its backslash, a letter, a digit, a known word, or a sign."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Macro:
    """``\\newcommand``: the number of arguments, their delimiters for ``\\def``, and the body."""

    name: str
    pattern: tuple[str, ...]
    body: tuple[Token, ...]
    start: int = 0
    """Where it is defined: formulas before do not know it."""


WORDS = ("softmax", "sigmoid", "log", "exp", "ln", "tr", "max", "min", "diag", "tanh")
_GREEK_LETTERS = {
    **dict(zip("αβγδζηθικλμνξπρστυχψω", (
        "alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon chi psi omega"
    ).split(), strict=True)),
    **dict(zip("ΓΔΘΛΞΦΨΩ", "Gamma Delta Theta Lambda Xi Phi Psi Omega".split(), strict=True)),
    **dict.fromkeys("εϵ", "varepsilon"),
    **dict.fromkeys("φϕ", "phi"),
    "ℓ": "ell",
}  # fmt: skip
_SIGNS = {
    **dict.fromkeys("Σ∑", "sum"),
    **dict.fromkeys("Π∏", "prod"),
    **dict.fromkeys("·⋅∙", "cdot"),
    **dict.fromkeys("‖∥", "Vert"),
    **dict.fromkeys("⇒⟹", "implies"),
    **dict(zip("∂∇≤≥≠≈≡⊤∈×…⋯⊙ℝ√∞→←⟨⟩∝∀±", (
        "partial nabla le ge neq approx equiv transposed in times dots dots odot Reals sqrt infty to gets langle "
        "rangle propto forall pm"
    ).split(), strict=True)),
}  # fmt: skip
UNICODE = {letter: "\\" + name for letter, name in (_GREEK_LETTERS | _SIGNS).items()} | {
    **dict.fromkeys("−–‑", "-"),
    **dict.fromkeys("′’", "'"),
    "∣": "\\mid",
    "∗": "*",
    "∕": "/",
}
"""Signs as they are pasted into Markdown, and the commands that they stand for."""
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘ", "0123456789ijknm", strict=True))
"""Letters above and below the line, as they are pasted into Markdown."""
_TOKEN = re.compile(
    r"(?P<space>[\s~]+|%[^\n]*\n?)"
    rf"|(?P<raised>[{''.join(RAISED)}]+)|(?P<lowered>[{''.join(LOWERED)}]+)"
    r"|(?P<command>\\(?:[A-Za-z]+\*?|.|\n))"
    rf"|(?P<word>(?:{'|'.join(WORDS)})(?![a-zA-Z]))"
    r"|(?P<sign>:=|.[\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING TILDE}\N{COMBINING MACRON}]|.)",
    re.DOTALL,
)


def is_digit(text: str) -> bool:
    """Whether a token is a digit that numbers are written with."""
    return text.isascii() and text.isdigit()


def scan(text: str, start: int = 0) -> Iterator[Token]:
    """The tokens of `text`, which stands at offset `start` of its document; comments and spaces dropped."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "space":
            continue
        found = match.group()
        if found == "ᵀ":
            span = Span(start + match.start(), start + match.end())
            yield from (Token("^", span), Token("\\top", span))
            continue
        if found in ACCENTED:
            span = Span(start + match.start(), start + match.end())
            accent, letter = ACCENTED[found]
            yield from (Token(text, span) for text in (accent, "{", letter, "}"))
            continue
        if match.lastgroup in ("raised", "lowered"):
            yield from _script(found, match.lastgroup, Span(start + match.start(), start + match.end()))
            continue
        span = Span(start + match.start(), start + match.end())
        yield Token(UNICODE.get(found, found), span)


_MARKS = {
    "\N{COMBINING CIRCUMFLEX ACCENT}": "\\hat",
    "\N{COMBINING TILDE}": "\\tilde",
    "\N{COMBINING MACRON}": "\\bar",
}
ACCENTED = {
    letter + mark: (accent, letter)
    for mark, accent in _MARKS.items()
    for letter in "abcdefghijklmnopqrstuvwxyzθμσ"
} | {
    unicodedata.normalize("NFC", letter + mark): (accent, letter)
    for mark, accent in _MARKS.items()
    for letter in "abcdefghijklmnopqrstuvwxyz"
    if len(unicodedata.normalize("NFC", letter + mark)) == 1
}
"""Accented letters as they are pasted, with the accent's command and the letter."""


def _script(found: str, kind: str, span: Span) -> Iterator[Token]:
    mark, letters = ("^", RAISED) if kind == "raised" else ("_", LOWERED)
    for text in (mark, "{", *(letters[letter] for letter in found), "}"):
        yield Token(text, span)


class Expander:
    """Expands macros; an expansion's tokens carry the span of the call."""

    def __init__(self, macros: dict[str, Macro]) -> None:
        """Expands the macros of one document, counting expansions."""
        self.macros = macros
        self.count = 0

    def expand(self, tokens: list[Token]) -> list[Token]:
        """`tokens` with every known macro replaced; raises `FormulaError` for circles and bad arguments."""
        out: list[Token] = []
        stack = list(reversed(tokens))
        while stack:
            token = stack.pop()
            macro = self.macros.get(token.text)
            if macro is None:
                out.append(token)
                if len(out) > MAXIMUM_TOKENS:
                    raise FormulaError(token.span, "the formula is too long")
                continue
            self.count += 1
            if self.count > MAXIMUM_EXPANSIONS:
                raise FormulaError(token.span, f"the macro {token.text} expands without end")
            arguments, end = self._arguments(token, macro, stack)
            span = Span(token.span.start, max(end, token.span.end))
            stack.extend(reversed(list(_put(macro.body, arguments, span))))
        return out

    def _arguments(self, call: Token, macro: Macro, stack: list[Token]) -> tuple[list[list[Token]], int]:
        arguments: list[list[Token]] = []
        end = call.span.end
        for position, part in enumerate(macro.pattern):
            if not part.startswith("#"):
                if not stack or stack[-1].text != part:
                    raise FormulaError(call.span, f"{call.text} needs {part} here")
                end = stack.pop().span.end
                continue
            following = macro.pattern[position + 1] if position + 1 < len(macro.pattern) else "#"
            argument: list[Token] = []
            if following.startswith("#"):
                if not stack:
                    raise FormulaError(call.span, f"an argument of {call.text} is missing")
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
        if token.text == "#" and position < len(body) and body[position].text.isdigit():
            number = int(body[position].text)
            position += 1
            if 1 <= number <= len(arguments):
                yield from (Token(t.text, span) for t in arguments[number - 1])
            continue
        yield Token(token.text, span)


_DEFINING = re.compile(
    r"\\(?:re)?newcommand\*?\s*\{?\s*(?P<new>\\[A-Za-z]+)\s*\}?\s*(?:\[(?P<count>\d)\])?\s*\{"
    r"|\\def\s*(?P<def>\\[A-Za-z]+)(?P<pattern>[^{}]*)\{"
    r"|\\DeclareMathOperator\*?\s*\{?\s*(?P<operator>\\[A-Za-z]+)\s*\}?\s*\{"
)


def find_macros(text: str) -> tuple[list[Macro], list[tuple[int, int]]]:
    """The macros that `text` defines, and the stretches of text that define them."""
    macros: list[Macro] = []
    stretches = []
    for match in _DEFINING.finditer(text):
        depth, end = 1, match.end()
        while end < len(text) and depth:
            if text[end] == "\\":
                end += 1
            depth += (text[end : end + 1] == "{") - (text[end : end + 1] == "}")
            end += 1
        body = text[match.end() : end - 1]
        name = match["new"] or match["def"] or match["operator"]
        if match["operator"]:
            body = f"\\operatorname{{{body}}}"
        pattern = tuple(f"#{k + 1}" for k in range(int(match["count"] or 0)))
        if match["def"]:
            pattern = tuple(re.findall(r"#\d|\S", match["pattern"]))
        macros.append(Macro(name, pattern, tuple(scan(body)), match.start()))
        stretches.append((match.start(), end))
    return macros, stretches


def known_at(macros: list[Macro], position: int) -> dict[str, Macro]:
    """The macros that a formula at `position` knows: the last definition above it, then those of packages."""
    return _PACKAGES | {macro.name: macro for macro in macros if macro.start <= position}


def _macro(name: str, count: int, body: str) -> Macro:
    return Macro(name, tuple(f"#{n + 1}" for n in range(count)), tuple(scan(body)))


_PACKAGES = {
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
