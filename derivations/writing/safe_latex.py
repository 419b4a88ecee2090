"""What of a document may stand in LaTeX that is compiled: formulas of known commands, and any text escaped.

A formula from a document is a program to TeX. One that uses anything else than what the tables know, or that
would not compile, is shown as the text that it is.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources

COMMANDS = frozenset(
    (resources.files("derivations.writing") / "safe_commands.txt").read_text("utf-8").split()
)
"""Commands that can only draw."""

ENVIRONMENTS = frozenset(["cases", "matrix", "pmatrix", "bmatrix", "vmatrix", "aligned", "array"])

_TOKEN = re.compile(r"\\(?:begin|end)\s*\{(\w+\*?)\}|\\([A-Za-z]+)|\\(.)|([{}])|([$%#~&^_])", re.DOTALL)
_TEXT = re.compile(r"\\(?:text|textrm|mbox|operatorname)\s*\{([^{}]*)\}")
_ARGUMENT = r"\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[^\s\\])\s*"
_SCRIPTS = re.compile(
    rf"[\^_]\s*(?:$|[}}&^_])|\^{_ARGUMENT}(?:_{_ARGUMENT})?\^|_{_ARGUMENT}(?:\^{_ARGUMENT})?_"
)
"""Scripts without an argument, and two in one place: TeX stops at them."""

_PLAIN = set(",;:!{}|>\\ ")
"""What may stand behind a backslash alone."""

ESCAPES = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "_": "\\_",
    "%": "\\%", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}",
    ">": "\\textgreater{}", "|": "\\textbar{}", '"': "\\textquotedbl{}", "`": "\\textasciigrave{}",
    "'": "\\textquotesingle{}", "≠": "$\\neq$", "≤": "$\\leq$", "≥": "$\\geq$", "…": "\\ldots{}",
    "–": "--", "—": "---", "-": "{-}",
}  # fmt: skip
"""How the characters that TeX would understand are written."""


def escaped(text: str) -> str:
    """`text` as LaTeX that shows it; a letter that TeX's fonts lack is shown by its name."""
    return "".join(map(_character, " ".join(text.split())))


def _character(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    if " " <= character <= "~" or (character.isalpha() and character < "\u0180" and character >= "\u00c0"):
        return character
    if "\u0370" <= character < "\u0400":
        greek = unicodedata.name(character, "").rpartition("LETTER ")[2].split(" ")[0].lower()
        name = greek.capitalize() if character.isupper() else greek
        if name in COMMANDS:
            return f"\\ensuremath{{\\{name}}}"
    return f"[{ord(character):04X}]"


def is_safe(latex: str) -> bool:
    """Whether `latex` may stand in a display: known commands, and brackets and environments that close."""
    visible = latex.isascii() and latex.replace("\n", " ").replace("\t", " ").isprintable()
    if not visible or not latex.strip() or _SCRIPTS.search(latex):
        return False
    if any(set(inside) & set("\\_^#%&$~") for inside in _TEXT.findall(latex)):
        return False
    nested: list[str] = []
    return all(_is_allowed(match, nested) for match in _TOKEN.finditer(latex)) and not nested


def _is_allowed(token: re.Match[str], nested: list[str]) -> bool:
    """Whether a token may stand where it does, inside of the brackets `nested`, which it opens or closes."""
    environment, command, sign, brace, special = token.groups()
    if environment is not None:
        return environment in ENVIRONMENTS and _nests(nested, token[0].startswith("\\b"), environment)
    if command in ("left", "right"):
        return _nests(nested, command == "left", "left")
    if command is not None:
        return command in COMMANDS
    if brace is not None:
        return _nests(nested, brace == "{", "{")
    if sign is not None:
        return sign in _PLAIN
    return special in "^_" or (special == "&" and bool(nested))


def _nests(nested: list[str], opens: bool, what: str) -> bool:
    """Open or close a bracket; whether it may close here."""
    if opens:
        nested.append(what)
        return True
    return bool(nested) and nested.pop() == what
