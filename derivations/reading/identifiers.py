"""Names of several letters that authors write without a command: ``MSE``, ``loss``, ``net_{h1}``.

TeX sees a product of letters there, and so would a reader who did not know the document. A run of letters is
one name if the field uses it as one, or if it is long and its letters stand nowhere else in the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

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


def find_identifiers(formulas: Iterable[str]) -> frozenset[str]:
    """The runs of letters that are names of their own, from all formulas of a document."""
    runs = frozenset(match["run"] for text in formulas for match in _RUN.finditer(text) if match["run"])
    usual = {run for run in runs if run in USUAL} | {run[1:] for run in runs if run[1:] in USUAL}
    others = [run for run in runs if len(run) >= SHORTEST and not {run, run[1:]} & (usual | {*WORDS})]
    letters = Counter(letter for run in runs if run not in WORDS for letter in set(run))
    # A letter that stands in two runs, or alone, is a letter of its own: abc = cab, a bc.
    return frozenset(usual | {run for run in others if all(letters[letter] == 1 for letter in run)})


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
