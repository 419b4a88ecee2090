"""What the whole document tells of its tokens: names of several letters, primes that transpose.

TeX sees a product of letters in ``MSE``, ``loss`` and ``net_{h1}``, and so would a reader who did not know
the document. A run of letters is one name if the field uses it as one, or if it is long and its letters stand
nowhere else in the document. A prime transposes where one stands between factors, ``X'X``, and none makes a
derivative.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from derivations.reading.scan import WORDS, Token
from derivations.reading.tree import Span

_USUAL = (
    "MSE SSE RSS RMSE MAE ESS TSS NLL BCE CCE CE KL LL ELBO MLE Loss LOSS loss Cost cost Error error err Err "
    "logloss logit logits odds net out pred target total obj Pr Var Cov ReLU relu sgn sign"
)
USUAL = frozenset(_USUAL.split())
"""Runs of letters that are names wherever they stand."""
SHORTEST = 3
"""The length from which a run may be a name that is not in the table."""

_RUN = re.compile(
    r"\\(?:text\w*|operatorname\*?|math(?:rm|it|sf|tt|op)|mbox|begin|end|label|tag\*?|(?:eq)?ref|color|\w?hspace\*?)"
    r"\s*\{[^{}]*\}"
    r"|\\[A-Za-z]+|\\."
    r"|_\{[^{}]*\}|_[A-Za-z]"
    r"|(?P<run>[A-Za-z]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TokenHabits:
    """How one document uses its tokens."""

    identifiers: frozenset[str]
    derived: frozenset[str] | None
    """The names whose primes are derivatives, where all other primes transpose."""
    has_errors: bool
    """Whether e is a name, such as that of an error."""

    @classmethod
    def of(cls, text: str, formulas: list[Span]) -> TokenHabits:
        """The habits of a document whose formulas stand at `formulas`."""
        sources = [text[span.start : span.end] for span in formulas]
        return cls(find_identifiers(sources), derived_names(sources), names_an_error(text, formulas))

    def applied(self, tokens: list[Token]) -> list[Token]:
        """The tokens of one formula, read with these habits."""
        tokens = joined(tokens, self.identifiers)
        if self.derived is not None:
            tokens = list(transposed(tokens, self.derived))
        return with_errors(tokens) if self.has_errors else tokens


def find_identifiers(formulas: Iterable[str]) -> frozenset[str]:
    """The runs of letters that are names of their own, from all formulas of a document."""
    runs = frozenset(match["run"] for text in formulas for match in _RUN.finditer(text) if match["run"])
    usual = {run for run in runs if run in USUAL} | {run[1:] for run in runs if run[1:] in USUAL}
    others = [run for run in runs if len(run) >= SHORTEST and not {run, run[1:]} & (usual | {*WORDS})]
    letters = Counter(letter for run in runs if run not in WORDS for letter in set(run))
    # A letter that stands in two runs, or alone, is a letter of its own: abc = cab, a bc.
    return frozenset(usual | {run for run in others if all(letters[letter] == 1 for letter in run)})


_TRANSPOSING = re.compile(
    r"(?:[A-Z)]|[xzXZ]_(?:\{[^{}]*\}|\w))'\s*"
    r"(?:[A-Za-z]|\\(?:beta|theta|gamma|hat|mathbf|bm|varepsilon|epsilon)\b|\\inv\b)"
    r"|\\partial\s*\\(?:beta|theta|gamma)\s*(?:\\,|\s)*\\partial\s*\\(?:beta|theta|gamma)\s*'"
)
"""A prime between two factors, the first of them a matrix or a vector of data."""
_OTHER_SIGNS = re.compile(
    r"\^\s*\{?\s*(?:T\b|\\top|\\intercal|\\rm\s*T)|\\transposed|\N{MODIFIER LETTER CAPITAL T}"
)
"""Other signs of transposition."""
_DERIVATIVE = re.compile(
    r"(\\[A-Za-z]+|[A-Za-z])\s*'+\s*(?:\\left|\\bigl?)?\s*[(\[]|(\\[A-Za-z]+|[A-Za-z])\s*''"
)


def derived_names(formulas: Iterable[str]) -> frozenset[str] | None:
    """The names whose primes are derivatives, in a document that transposes by primes; None in any other."""
    text = "\n".join(formulas)
    if not _TRANSPOSING.search(text) or _OTHER_SIGNS.search(text):
        return None
    return frozenset(match[1] or match[2] for match in _DERIVATIVE.finditer(text))


_ALONE = re.compile(
    r"=[^=]*[+-]\s*e\s*(?:$|[,.])|"
    r"(?:^|\\\\|\n)\s*e\s*(?:\^\s*\{?\s*\(\s*\w\s*\)\s*\}?\s*)?(?:&\s*=|=|>|<|\\equiv|\\neq?\b|\\in\b|\\sim|:=|$)(?!\s*(?:2\.7|\\lim|\\sum|\\exp))"
)
_NUMBER = re.compile(
    r"\b(?:base|number|euler\S*|constant|exponential|logarithm)\W*(?:\w+\W+){0,2}$", re.IGNORECASE
)


def names_an_error(text: str, formulas: Iterable[Span]) -> bool:
    """Whether a document calls something e: in a formula by itself, or on the left of an equation."""
    return any(
        _ALONE.search(text[span.start : span.end])
        and not _NUMBER.search(text[max(span.start - 60, 0) : span.start].rstrip("$\\( "))
        for span in formulas
    )


def with_errors(tokens: list[Token]) -> list[Token]:
    """`tokens` with e as a name wherever no exponent makes it the number."""
    behind = [*tokens[1:], None]
    return [
        Token("\\error", token.span)
        if token.text == "e" and not (after is not None and after.text == "^" and _is_exponent(tokens, n + 2))
        else token
        for n, (token, after) in enumerate(zip(tokens, behind, strict=True))
    ]


_NO_EXPONENTS = ("2", "(", "T", "\\top", "\\intercal", "\\transposed", "\\primed", "*")
"""What above an e makes a square, a transpose or the number of a sample, and no power of the number e."""


def _is_exponent(tokens: list[Token], position: int) -> bool:
    """Whether what stands at `position`, behind ``e^``, is an exponent of the number e."""
    inner = [token.text for token in tokens[position : position + 2] if token.text != "{"][:1]
    return bool(inner) and inner[0] not in _NO_EXPONENTS


def transposed(tokens: Iterable[Token], derived: frozenset[str]) -> Iterator[Token]:
    """`tokens` with every prime as a sign of transposition, but those at the names `derived`."""
    before = ""
    for token in tokens:
        if token.text == "'" and before not in derived:
            yield from (Token("^", token.span), Token("\\primed", token.span))
        else:
            yield token
        before = token.text if token.text != "'" else before


def joined(tokens: Iterable[Token], identifiers: frozenset[str]) -> list[Token]:
    """`tokens` with the letters of every identifier as one token; the d of ``dMSE`` stays by itself."""
    out: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        if run and not (_is_letter(token) and token.span.start == run[-1].span.end):
            out += _named(run, identifiers)
            run = []
        if _is_letter(token):
            run.append(token)
        else:
            out.append(token)
    return out + _named(run, identifiers)


def _is_letter(token: Token) -> bool:
    return len(token.text) == 1 and token.text.isascii() and token.text.isalpha()


def _named(run: list[Token], identifiers: frozenset[str]) -> list[Token]:
    text = "".join(token.text for token in run)
    for front in (0, 1):
        if text[front:] in identifiers and (not front or text[0] == "d"):
            return [*run[:front], Token(text[front:], Span(run[front].span.start, run[-1].span.end))]
    return run
