"""A proof as plain text for terminals and mail: one formula a line, the reason behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import fill

from derivations.deriving.proof import Certificate, Chain, Proof
from derivations.language.nodes import Expression
from derivations.language.text import expression_text
from derivations.writing.proofs import goals

WIDTH = 100
"""Columns of the sentences, and of a line with its reason."""

_WORDS = re.compile(r"\\(?:text|operatorname|mathbb|mathbf)\{([^{}]*)\}")
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_SIGNS = {
    "\\top": "T",
    "\\times": "x",
    "\\le": "<=",
    "\\ge": ">=",
    "\\neq": "!=",
    "\\in": "in",
    "\\dots": "...",
}


def text(proof: Proof) -> str:
    """`proof` as text."""
    return "\n".join(_blocks(proof)) + "\n"


def readable(sentence: str) -> str:
    """A sentence with formulas in dollar signs, its LaTeX taken off."""
    return "".join(_plain(part) if n % 2 else part for n, part in enumerate(sentence.split("$")))


def _plain(latex: str) -> str:
    latex = re.sub(r"\s*\\in\b\s*", " in ", latex)
    latex = _WORDS.sub(r"\1", latex)
    latex = re.sub(r"([_^])\{(\w|\\[a-z]+)\}", r"\1\2", latex)
    latex = re.sub(r"\^\{([^{}]*)\}", r"^(\1)", latex)
    while _FRACTION.search(latex):
        latex = _FRACTION.sub(r"(\1)/(\2)", latex)
    latex = re.sub(r"\((\w+)\)/\((\w+)\)", r"\1/\2", latex)
    latex = latex.replace("\\{", "\x00").replace("\\}", "\x01")
    latex = re.sub(r"\\[A-Za-z]+", lambda sign: _SIGNS.get(sign[0], sign[0][1:]), latex)
    return re.sub(r"[{}\\]", "", latex).replace("\x00", "{").replace("\x01", "}")


def _blocks(proof: Proof) -> Iterator[str]:
    title = readable(proof.title)
    yield title
    yield "=" * len(title) + "\n"
    yield from (fill(readable(sentence), WIDTH) for sentence in proof.assumed)
    yield from (f"    {left.text} = {right.text}" for left, right in proof.definitions)
    for chain in proof.chains:
        yield ""
        yield from _chain(chain)
    for certificate in proof.certificates:
        yield "\n" + fill(f"The certificate: {'; '.join(goals(certificate, _goal))}.".replace("`", ""), WIDTH)
    for remark in proof.remarks:
        yield "\n" + fill(readable(remark), WIDTH)


def _goal(value: Expression, step: Certificate) -> str:
    return f"{expression_text(value)} {step.relation} 0 by {step.lemma}"


def _chain(chain: Chain) -> Iterator[str]:
    if chain.when:
        yield f"If {' and '.join(_plain(assumption.text) for assumption in chain.when)}:"
    if chain.intro:
        yield fill(readable(chain.intro), WIDTH)
    yield f"    {chain.left.text}"
    for line in chain.lines:
        formula = f"      {line.relation} {line.formula.text}"
        reason = f"[{readable(line.words)}]"
        fits = len(formula) + len(reason) + 2 <= WIDTH
        yield (
            f"{formula}{' ' * (WIDTH - len(formula) - len(reason))}{reason}"
            if fits
            else f"{formula}\n{reason:>{WIDTH}}"
        )
