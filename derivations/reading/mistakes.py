"""What to say of a formula that does not parse: a table of mistakes that people make drives the messages.

A row has example formulas. They are parsed with the parser itself, and where one stops (which construct is
being read, behind which token, before which one) is what a real formula is compared with. So a message cannot
drift apart from the grammar, and a new mistake is a new example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from derivations.reading.commands import FONTS, IGNORED, RELATIONS, SIGNS
from derivations.reading.formula import Parser
from derivations.reading.parse_atoms import ATOMS
from derivations.reading.scan import FormulaError, Token, is_digit, scan

_TABLE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("\\frac", "\\frac{a}", "\\frac a", "\\frac{a}{"), "\\frac takes two arguments: \\frac{a}{b}"),
    (("\\sqrt", "\\sqrt{"), "\\sqrt takes an argument: \\sqrt{a}"),
    (("a +", "a + b -", "(a +)"), "a term is missing behind this sign"),
    (("a \\cdot", "a *", "a \\times", "a /", "a \\odot"), "a factor is missing behind this sign"),
    (("a^", "a^2 b^"), "the exponent is missing: a^{b}"),
    (("a_", "a^2 b_"), "the index is missing: a_{i}"),
    (("a^{}", "a_{}"), "the braces of a script are empty: write a^{b}, a_{i}, or nothing"),
    (
        ("\\sum_{i=1}^n", "\\sum_i", "\\prod_{i=1}^n"),
        "what the sum or product runs over is missing: \\sum_{i=1}^{n} a_i",
    ),
    (
        ("\\log", "\\exp", "\\tanh"),
        "write the argument of the function behind it: \\log a, \\exp(a)",
    ),
    (("\\hat", "\\bar", "\\tilde"), "the letter is missing: \\hat{a}"),
    (("\\hat{a + b}",), "an accent belongs on one letter; give the formula below it a name"),
    (("f()", "f(a,)", "f(,a)"), "an argument is missing in these brackets: f(a, b)"),
    (("\\nabla", "\\nabla_a", "\\partial_a"), "what is differentiated is missing: \\nabla_w L"),
    (("a \\pm b", "\\pm a"), "\\pm says two things at once; write them one after the other"),
    (
        ("a . . . b", "a_1 ... a_n", "a + ... + b"),
        "an ellipsis is written \\dots, a sum with \\sum; a number has one point",
    ),
    (("a ? b", "a @ b", "a # b", 'a " b'), "this sign has no meaning in a formula"),
    (("\\sqrt[3]{a}",), "only square roots are read; write a^{1/3}"),
    (("|a", "|a + b", "\\left| a"), "this bar is not closed: |a|; a condition is written with \\mid"),
)
"""Examples of one mistake each, and what would help."""

_UNREAD = {
    "\\int": "integrals are not read",
    "\\oint": "integrals are not read",
    "\\lim": "limits are not read",
    "\\binom": "binomial coefficients are not read; give this number a name",
    "\\pmod": "congruences are not read",
    "\\mod": "congruences are not read",
    "\\bmod": "congruences are not read",
    "\\forall": 'write "for all" in the sentence',
    "\\exists": '"there is" is not read',
    "\\cup": "sets are not read",
    "\\cap": "sets are not read",
    "\\otimes": "the Kronecker product is not read; write the entries with their indices",
}
"""Commands that have a meaning and are not read."""

_WRITTEN = {
    ("-", ">"): "write \\to for ->",
    ("=", "="): "= stands twice: write one, or \\equiv",
    ("<", "="): "write \\le for <=",
    (">", "="): "write \\ge for >=",
    ("=", ">"): "write \\implies for =>",
    ("=", "<"): "write \\le for =<",
}
"""Two signs with nothing between, as they are typed on a keyboard."""


def explained(error: FormulaError, parser: Parser) -> str:
    """The message for an error of `parser`: the table's where it has the mistake, else what was expected."""
    found = parser.text
    if found.startswith("\\") and f"the command {found} is not known" == str(error):
        return _unknown_command(found)
    if str(error) == f"{found!r} is not expected here":
        if found in _CLOSING:
            return f"{found} closes nothing: {_CLOSING[found]} is missing before it"
        if not found.isascii():
            written = "in the digits 0 to 9" if found.isnumeric() else "as a command of LaTeX"
            return f"the sign {found} is not known; write it {written}"
    table = _signatures_of_examples()
    return next((table[s] for s in _signatures(parser, error) if s in table), str(error))


def between(first: str, second: str) -> str:
    """What is wrong where nothing stands between two relations."""
    return _WRITTEN.get((first, second), "a side of the relation is empty")


def unbalanced(tokens: list[Token]) -> tuple[Token, str] | None:
    """The first bracket or brace without its partner, and what to say of it; an interval may be half open."""
    opened: list[Token] = []
    for token in tokens:
        if token.text in _PAIRS:
            opened.append(token)
        elif token.text in _CLOSING:
            if not opened:
                return token, f"{token.text} closes nothing: {_CLOSING[token.text]} is missing before it"
            last = opened.pop()
            wanted = _PAIRS[last.text]
            if wanted != token.text and "}" in (wanted, token.text):
                return last, f"{last.text} is not closed: {wanted} is expected before {token.text}"
    if not opened:
        return None
    return opened[-1], f"{opened[-1].text} is not closed: {_PAIRS[opened[-1].text]} is missing"


_PAIRS = {"{": "}", "(": ")", "[": "]", "\\{": "\\}"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}


def _unknown_command(command: str) -> str:
    if command in _UNREAD:
        return f"the command {command} is not known here: {_UNREAD[command]}"
    known = {name for table in (ATOMS, FONTS, RELATIONS, SIGNS, IGNORED) for name in table}
    if command in known:
        return f"the command {command} has no meaning here"
    words = sorted(name for name in known if name[:1] == "\\" and name[1:].isalpha())
    near = get_close_matches(command, words, 1, 0.75)
    help_ = f"did you mean {near[0]}?" if near else f"define it with \\newcommand{{{command}}}{{...}}"
    return f"the command {command} is not known; {help_}"


Signature = tuple[str, ...]
_QUOTED = re.compile(r"'[^']*'|the end")


def _signatures(parser: Parser, error: FormulaError) -> Iterator[Signature]:
    """How and where a parser stopped, the most telling first."""
    kind = _QUOTED.sub("something", str(error))
    begun = [text for text in parser.begun if text and text not in ("{", "(")]
    inside = begun[-1] if begun else ""
    before = _kind(parser.tokens[parser.at - 1].text) if parser.at else ""
    found = _kind(parser.text)
    yield kind, inside, before, found
    if inside:
        yield kind, inside, found
    yield kind, before, found


def _kind(text: str) -> str:
    """A token, letters and digits by their kind."""
    if len(text) == 1 and text.isalpha():
        return "letter"
    return "digit" if is_digit(text) else text


@lru_cache(maxsize=1)
def _signatures_of_examples() -> Mapping[Signature, str]:
    """Where the parser stops in every example, with its row's message; the first row to stop there counts."""
    found: dict[Signature, str] = {}
    for examples, message in _TABLE:
        for example in examples:
            parser = Parser(list(scan(example)), len(example))
            try:
                parser.parse()
            except FormulaError as error:
                for signature in _signatures(parser, error):
                    found.setdefault(signature, message)
    return MappingProxyType(found)
