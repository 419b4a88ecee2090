"""Plain sentences that carry meaning: "$y$ is one-hot", "the labels are 0 or 1", "$X$ has rows
$x_i^\\top$".

A sentence comes in with its formulas replaced by numbered marks, and is matched against the table of
`phrases`. A phrase says only what its words say; which names the marks stand for is for `facts` to find out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from derivations.language import Domain
from derivations.reading.phrases import FORMULA, PATTERNS

MARK = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}{}\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"


@dataclass(frozen=True, slots=True)
class ProseFact:
    """What a phrase says: a kind from the table, and the numbers of the formulas it speaks of."""

    kind: str
    formulas: tuple[int, ...]
    conditional: bool = False
    """Whether it is said under "if" or "when" only."""
    joined: bool = False
    """Whether other formulas stand between the words and the one that they speak of: an equation is none."""


_DENIED = re.compile(
    r"\b(?:half|most|few|at least|exactly one|one of|rarely|seldom|hardly)\b|"
    r"\b(?:not|never|no|non(?!-?(?:negative|zero|empty|trivial))|none|neither|nor|unlike|without|instead|"
    r"rather|except|arbitrary|would|could|may|might|"
    r"replac\w+|contrast|unnormali[sz]ed|multi-label|skew\w*|anti\w*|either|whether|question|unless|some|plus|"
    r"hop(?:e|ed|ing)|wish\w*|unclear|doubt\w*)\b|"
    r"n't\b|\bnon-(?!negative|zero|empty|trivial)",
    re.IGNORECASE,
)
"""Words that take back, or leave open, what a phrase beside them says."""
ELSEWHERE = re.compile(
    r"\b(?:treated|studied|discussed|considered|covered) (?:elsewhere|above|before|earlier|later|below|in )|"
    r"\b(?:next|last|previous|other) (?:chapter|section|lecture)\b|\bours? differs?\b|\bchapter \d",
    re.IGNORECASE,
)
"""Sentences that speak of what is done in another place."""
_WEAKENED = re.compile(
    r"\b(?:rarely|seldom|hardly|ever|sometimes|often|almost|nearly|far|block|half|most|few|least|similar|products?|"
    r"sums?|mean|differences?|factors?|submatri\w+|times|scaled by|up to|in the limit|average|complement|"
    r"twice|scaled|minus|expectation|with probability|or zero|derivative|inverse|hard|bipolar|any|"
    r"such as|shifted|approximat\w+|"
    r"hyperbolic|deviation|first row|only in)\b",
    re.IGNORECASE,
)
"""Words between a name and what it is called, or behind that, with which it is called something else."""
_NEAR = 40
"""How many characters behind a phrase may speak of it."""
_EXACT = frozenset(
    {
        "symmetric",
        "one-hot",
        "binary",
        "positive",
        "sum-one",
        "sigmoid",
        "normal-distribution",
        "normal-density",
    }
)
"""Kinds that a word beside them changes into something else."""
_FUNCTIONS = frozenset({"sigmoid", "normal-distribution", "normal-density"})
_FORMULAS = re.compile("\u27e6\\d+\u27e7")
_LEFT_OPEN = re.compile(r",? *(?:but )?\bnot (?:necessarily|yet|always) (?:an? )?\w+", re.IGNORECASE)
"""What a sentence says by saying nothing: "$n \\times n$, not necessarily symmetric"."""
_UNDER = re.compile(r"\b(?:if|when|whenever|once|provided|as long as)\b", re.IGNORECASE)
_UNDER_BEHIND = re.compile(
    r"^\W*(?:only |just |at least |precisely |exactly )?"
    r"(?:if|when|whenever|once|provided|unless|as long as|in case)\b|^\W*only (?:for|in|at|where)\b",
    re.IGNORECASE,
)
"""Words behind a phrase under which it holds."""
_PART_OF = re.compile(
    r"\b(?:means?|averages?|sums?|products?|numbers?|fractions?|proportions?|shares?|counts?|differences?|"
    r"mixtures?|combinations?|interpolations?) (?:of|between) (?:(?:the|all|these|several|many|two) )*$",
    re.IGNORECASE,
)
"""Words before a phrase about labels that speak of something made of them."""
_EXAMPLE = re.compile(r"^,? *(?:such as|like|for example|for instance|e\.g\.)", re.IGNORECASE)
"""Words behind what names only a kind of function."""
_CLAUSE = re.compile(r"[.;:\u2014]|, (?:and|but|while|whereas) ")


_WHOLE = re.compile(rf"\b(?:of|between) {FORMULA.replace('(', '(?:')},?(?: and)? $")
_SINGULAR = re.compile(rf"{FORMULA} is\b")
"""``the product of $a$ and $b$ is``: neither of the two is."""


def sentence_facts(sentence: str) -> list[ProseFact]:
    """Everything that the table finds in a sentence, in the order of the table; nothing that it denies."""
    found: list[ProseFact] = []
    sentence = _LEFT_OPEN.sub("", sentence)
    for pattern in PATTERNS:
        for match in pattern.words.finditer(sentence):
            before = _CLAUSE.split(sentence[: match.start()])[-1]
            behind = _CLAUSE.split(sentence[match.end() :])[0]
            near = behind if len(behind) <= _NEAR else behind[:_NEAR].rpartition(" ")[0]
            close = "" if pattern.kind == "constant" else near  # "the constant $C$ does not matter"
            if _DENIED.search(before + match.group() + close) and pattern.kind not in _UNDENIED:
                continue
            if pattern.kind == "depends" and _DENIED.search(match.group()):
                continue
            kind = pattern.kind
            if kind in _EXACT and ELSEWHERE.search(sentence):
                continue
            if kind.endswith("labels") and _PART_OF.search(before):
                continue
            called = _FORMULAS.sub(" ", match.group()) + near.partition(",")[0]
            if kind in _EXACT and _WEAKENED.search(called):
                if kind not in _FUNCTIONS:
                    continue
                kind = "other-function"
            if kind in _FUNCTIONS and _EXAMPLE.match(behind):
                kind = "other-function"
            if _WHOLE.search(before) and _SINGULAR.match(match.group()):
                continue
            numbers = tuple(int(number) for number in match.groups() if number)
            fact = ProseFact(
                kind,
                numbers,
                bool(_UNDER.search(before) or _UNDER_BEHIND.match(sentence[match.end() :]))
                and pattern.kind != "square",
                pattern.joined,
            )
            if fact not in found:
                found.append(fact)
    return found


_UNDENIED = frozenset(
    {
        "row-layout",
        "column-layout",
        "depends",
        "other-function",
        "otherwise-used",
        "arbitrary",
        "square",
        "some",
        "measured",
    }
)
"""Kinds that a "not" nearby does not take back."""

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
