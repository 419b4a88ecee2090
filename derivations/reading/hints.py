"""What the words of a document may say of some name, without saying so in a way that is read."""

from __future__ import annotations

import re

from derivations.language import Domain

_HINTS: tuple[tuple[re.Pattern[str], tuple[Domain, ...]], ...] = tuple(
    (re.compile(words, re.IGNORECASE), domains)
    for words, domains in (
        (
            r"one-?\s?hot|\b1-of-|one-of-|indicator|\bcoding\b|exactly one|true class|correct class",
            (Domain.ONE_HOT, Domain.SUM_ONE, Domain.BIT),
        ),
        (
            r"probabilit|distribution|sums? to (?:one|1|\$1)|simplex|normali[sz]|softmax|"
            r"(?<!_\{[a-z])=\s*1\b",  # but not the bound of a sum
            (Domain.SUM_ONE, Domain.PROBABILITIES),
        ),
        (
            r"\bpositive|> ?0|\\gt ?0|probabilit|variance|rate\b|exponential|\bexp\b",
            (Domain.POSITIVE, Domain.UNIT),
        ),
        (r"\bbinary|0/1|\\\{\s*0\s*,\s*1\s*\\\}|\b0 (?:or|and) 1\b|Bernoulli", (Domain.BIT,)),
        (
            r"\\pm|-1\s*,\s*\+?1|\+?1\s*,\s*-1|\xb1|-1 (?:or|and)|unit (?:norm|variance)|standardi[sz]",
            (Domain.SIGN,),
        ),
    )
)
"""Words that may say of some name what it is, and what that would be."""


_COUNTS = re.compile(
    r"\\mathbb\s*\{?\s*[NZ]\b|\binteger|\bcounts?\b|\bvotes?\b|\branks?\b|\brounds?\b|\bratings?\b|"
    r"\bties\b|\bdice?\b|"
    r"Poisson|Bernoulli|\bbinary|\beither 0|\bnumber of\b|\\\{\s*-?\d\s*,|\bclassif\w+|\bpredict\b",
    re.IGNORECASE,
)


def speaks_of_counts(text: str) -> bool:
    """Whether a document may have names that take whole numbers only."""
    return bool(_COUNTS.search(text))


def hints_in(text: str) -> frozenset[Domain]:
    """What the words of a document may say of a name, without saying so in a way that is read."""
    return frozenset(domain for words, domains in _HINTS if words.search(text) for domain in domains)
