"""Which function reads what begins with a command: one row a construct."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from derivations.reading.commands import ACCENTS, EVALUATED, FONTS, GREEK, OPENERS, PREFIXES, WRAPPERS
from derivations.reading.parse_brackets import read_bars_group, read_evaluated, read_group
from derivations.reading.parse_environments import read_environment
from derivations.reading.parse_signs import (
    read_big,
    read_binomial,
    read_extremum,
    read_fraction,
    read_nabla,
    read_package_derivative,
    read_partial,
    read_prefix,
    read_root,
)
from derivations.reading.parse_wrappers import (
    read_accent,
    read_colour,
    read_dots,
    read_font,
    read_word,
    read_wrapped,
)
from derivations.reading.scan import is_digit
from derivations.reading.scripts import PRIME
from derivations.reading.tree import Symbol, Syntax, Word

if TYPE_CHECKING:
    from derivations.reading.formula import Parser

Reader = Callable[["Parser"], Syntax]


def _symbol(name: str, font: str = "") -> Reader:
    return lambda parser: Symbol(parser.take().span, name, font=font)


def _word(name: str) -> Reader:
    return lambda parser: Word(parser.take().span, name)


_CONSTRUCTS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (tuple(OPENERS), read_group),
    (("|",), read_bars_group),
    ((EVALUATED,), read_evaluated),
    (("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"), read_fraction),
    (("\\binom", "\\dbinom", "\\tbinom"), read_binomial),
    (("\\sum", "\\prod"), read_big),
    (("\\partial",), read_partial),
    (("\\nabla",), read_nabla),
    (tuple(PREFIXES), read_prefix),
    (tuple(FONTS), read_font),
    (tuple(ACCENTS), read_accent),
    (tuple(WRAPPERS), read_wrapped),
    (
        (
            "\\operatorname",
            "\\operatorname*",
            "\\mathop",
            "\\text",
            "\\textrm",
            "\\textit",
            "\\textbf",
            "\\mbox",
        ),
        read_word,
    ),
    (("\\begin",), read_environment),
    (("\\sqrt",), read_root),
    (("\\dots", "\\ldots", "\\cdots", "\\vdots", "\\ddots"), read_dots),
    (("\\color", "\\textcolor"), read_colour),
    (("\\top", "\\intercal", "\\transposed"), _symbol("top")),
    (("\\primed",), _symbol("top", PRIME)),
    (("\\error",), _symbol("e (error)")),
    (("\\prime",), _symbol("prime")),
    (("\\star",), _symbol("star")),
    (("\\dagger",), _symbol("dagger")),
    (("\\pdv", "\\dv", "\\fdv", "\\odv"), read_package_derivative),
    (("\\max", "\\min", "\\argmax", "\\argmin"), read_extremum),
    (("\\infty",), _symbol("infty")),
    (("\\Pr",), _word("Pr")),
    (("\\Reals", "\\R"), _symbol("R", font="bb")),
    *((("\\" + name,), _symbol(name)) for name in sorted(GREEK)),
    *(((name, "\\" + name), _word(name)) for name in ("softmax", "sigmoid")),
)

ATOMS: Mapping[str, Reader] = {command: reader for commands, reader in _CONSTRUCTS for command in commands}
"""Command -> what reads the construct that begins with it."""

if len(ATOMS) != sum(len(commands) for commands, _ in _CONSTRUCTS):
    raise ValueError("a command stands in two rows of the table of constructs")


def sign_alone(parser: Parser) -> Syntax | None:
    """The sign of ``z_+`` or ``z_{-}``, which is part of a name; None where a number or a term belongs to it:
    ``x_{-1}``, also with its braces forgotten.
    """
    braced = parser.text == "{"
    ahead = [token.text for token in parser.tokens[parser.at + braced :][:2]]
    behind = ahead[1] if len(ahead) > 1 else ""
    if not ahead or ahead[0] not in ("+", "-") or (behind != "}" if braced else is_digit(behind)):
        return None
    if braced:
        parser.take()
    token = parser.take()
    if braced:
        parser.take("}")
    return Symbol(token.span, token.text)
