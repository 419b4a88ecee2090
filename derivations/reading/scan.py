"""Tokens of LaTeX mathematics, every token with its place in the document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from derivations.reading.tree import Span


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


WORDS = ("softmax", "sigmoid", "log", "exp", "ln", "tr", "max", "min", "diag", "tanh")
_GREEK_NAMES = (
    "alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon chi psi omega "
    "Gamma Delta Theta Lambda Xi Phi Psi Omega"
)
_GREEK_LETTERS = {
    **dict(zip("αβγδζηθικλμνξπρστυχψωΓΔΘΛΞΦΨΩ", _GREEK_NAMES.split(), strict=True)),
    **dict.fromkeys("εϵ", "varepsilon"),
    **dict.fromkeys("φϕ", "phi"),
    "ℓ": "ell",
}
_SIGN_NAMES = (
    "partial nabla neq approx equiv transposed in times dots dots odot Reals sqrt infty to gets langle "
    "rangle propto forall pm"
)
_SIGNS = {
    **dict.fromkeys("Σ∑", "sum"),
    **dict.fromkeys("Π∏", "prod"),
    **dict.fromkeys("·⋅∙", "cdot"),
    **dict.fromkeys("‖∥", "Vert"),
    **dict.fromkeys("⇒⟹", "implies"),
    **dict.fromkeys("≤⩽≦", "le"),
    **dict.fromkeys("≥⩾≧", "ge"),
    **dict.fromkeys("⪯≼", "preceq"),
    **dict.fromkeys("⪰≽", "succeq"),
    **dict(zip("≺≻", ("prec", "succ"), strict=True)),
    **dict(zip("∂∇≠≈≡⊤∈×…⋯⊙ℝ√∞→←⟨⟩∝∀±", _SIGN_NAMES.split(), strict=True)),
}
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
    r"|(?P<sign>:=|=:|.[\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING TILDE}\N{COMBINING MACRON}]|.)",
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
