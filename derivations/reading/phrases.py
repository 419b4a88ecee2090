"""The table of phrases that say something of names: what the words look like, and what they tell.

Formulas in a sentence are marks; ``<F>`` stands for one that is spoken of, ``<G>`` for another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

FORMULA = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}(\\d+)\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
"""A mark, with its number."""
_G = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}\\d+\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row: what the words look like, and what they say."""

    kind: str
    words: re.Pattern[str]
    joined: bool = False
    """Whether other formulas stand between the words and the one that they speak of."""


def _row(kind: str, words: str) -> Pattern:
    return Pattern(kind, re.compile(words.replace("<F>", FORMULA).replace("<G>", _G), re.IGNORECASE))


_IS = r"(?:is|are|be|denotes?|being|,)"
_CLAUSES = r"and|or|but|while|whereas|then|so|if|where|when|since|let|is|are|not"
"""Words behind which another thing is spoken of."""
_NOUN = rf"(?:(?!(?:{_CLAUSES})\b)\w+[- ]){{0,3}}?"
_OTHERS = (
    rf"{_CLAUSES}|be|has|have|with|given|of|by|to|as|in|on|for|from|at|an?|the|any|some|each|every|all|its"
)
_CALLED = rf"(?:(?!(?:{_OTHERS})\b)\w+[- ]){{0,3}}?"
"""Nouns between an adjective and the name that it is said of: "one-hot label vector $t$"."""
_NORMAL = r"standard (?:normal|Gaussian)"
_DISTRIBUTION = r"(?:c\.?d\.?f\.?|(?:cumulative )?distribution(?: function)?)"
_DENSITY = r"(?:p\.?d\.?f\.?|(?:probability )?density)"


def _said_of_all(kind: str, words: str) -> tuple[Pattern, ...]:
    """One row for each of up to three formulas before words that speak of all of them.

    "The norm of $x$ is positive" speaks of no x, "the entries of $x$ are positive" does.
    """
    one = _row(kind, rf"(?:(?<!of )(?<!between )|(?=<G> are\b))<F> {_IS} {words}")
    others = (r",?(?: and)? <G>", r",?(?: and)? <G>,?(?: and)? <G>")
    more = (_row(kind, rf"(?<!of )(?<!between )<F>{other} (?:are|be|both) {words}") for other in others)
    return one, *(replace(row, joined=True) for row in more)


def _called_all(kind: str, words: str) -> tuple[Pattern, ...]:
    """The same for formulas behind the words."""
    others = ("", r"<G>,?(?: and)? ", r"<G>,?(?: and)? <G>,?(?: and)? ")
    return tuple(replace(_row(kind, rf"\b{words} {other}<F>"), joined=bool(other)) for other in others)


_SQUARE = (
    r"(?:square(?! root| of)|invertible|non-?singular|singular|orthogonal|symmetric|(?:semi-?)?definite|"
    r"diagonali[sz]able)"
)
_OF_MATRICES = (
    r"(?:(?:positive|negative|semi-?definite|definite|real|invertible|non-?singular|square|constant|"
    r"and(?= \w)|matrix|matrices|weight|coefficient|kernel|covariance|precision)[- ])*"
)
"""What may stand between an adjective and the matrix that it is said of."""
_NO_OTHER = (
    r"(?![ -]*(?:loss|cost|risk|objective|regress|likelihood|log|model|error|deviance|entrop|score|kernel|"
    r"distribut|densit|law|map|growth|equation|cross|quantile|cdf|pdf|prior|belief|classif|function of))"
)
"""What is called logistic and is not the logistic function."""
_MATRIX = r"(?:matrix|matrices|full (?:column |row )?rank)"

_PROPERTY = (
    r"(?:orthogonal|orthonormal|skew\S*|projections?|idempotent|unit (?:vector|norm|length)|diagonal|"
    r"triangular|even|odd|integers?|permutation|stochastic)\b"
)
"""What names are called that is more than is read of them."""
_EXTREME = r"(?:minimi[sz]es?|maximi[sz]es?|attains?|solves?)\b"
_EXTREME_POINT = (
    r"(?:(?:mini|maxi)mi[sz]ers?|(?:mini|maxi)mum|optimum|solution|root|(?:stationary|critical|fixed|saddle) "
    r"point|eigen(?:value|vector)s?)"
)
"""What is said of points at which something is special, which is no statement on their values."""
_MEASURE = (
    r"(?:sums?|totals?|norms?|traces?|determinants?|largest \w+|smallest \w+|maxim(?:um|a)|minim(?:um|a)|"
    r"products?|lengths?|inverses?|eigenvalues?)"
)
"""What a name may be of others, in words only: "with sums $A$ and $B$"."""

_DERIVED = (
    r"(?:hessian|jacobian|gradient|derivative|(?:co)?variance|inverse|transpose|estimators?|estimates?|"
    r"average|mean|sum|product|norm|projection|information)\b"
)
"""What words make of something else."""

PATTERNS = (
    *_said_of_all("square", rf"(?:not )?(?:an? |the |both |all )?{_NOUN}{_SQUARE}\b"),
    *_called_all("square", rf"{_SQUARE}(?: matrix| matrices)?"),
    *_said_of_all("matrix", rf"(?:an? |both |all |any )?{_NOUN}{_MATRIX}\b"),
    _row("matrix", rf"<F> (?:ha[sv]e?|of|with) (?:an? )?{_MATRIX}\b"),
    *_called_all("matrix", "(?:matrix|matrices)"),
    _row("one-hot", rf"<F>,? (?:an? |the |its )?{_CALLED}one-?hot"),
    *_said_of_all("one-hot", rf"(?:an? |the |both |all )?{_NOUN}one-?hot"),
    _row("one-hot", rf"one-?hot(?: |-)?(?:encod\w+ )?{_CALLED}\(?<F>"),
    _row("one-hot", r"one-?hot rows? <G> of <F>"),
    _row("one-hot", r"<F> \([^()]*one-?hot"),
    *_said_of_all("sum-one", rf"(?:an? |both |all )?{_NOUN}probability (?:vector|distribution)"),
    *_called_all("sum-one", r"(?:\b(?:discrete|probability) distributions?|(?<!normal )\bdistributions)"),
    *_said_of_all("sum-one", r"(?:(?:two |both |all )?distributions|an? discrete distribution)\b"),
    *_said_of_all("binary", rf"(?:an? |the |both |all )?{_NOUN}(?:binary|0/1|0-1)\b"),
    _row("binary", rf"(?:binary|0/1|0-1) {_CALLED}<F>"),
    _row(
        "binary-labels",
        r"labels?(?: \w+)? (?:are|is|take[sn]?|in)(?: values?)?(?: either)? (?:0 (?:or|and) 1|binary|0/1)",
    ),
    _row("binary-labels", r"(?:binary|0/1|0-1) (?:labels?|targets?|responses?)"),
    _row(
        "one-hot-labels",
        r"(?:targets?|labels?|vectors?|variables?)[^.;\u27e6]{0,30}\b(?:1|one)-of-(?:<G>|[A-Z]\b)",
    ),
    _row("sign-labels", r"labels?(?: \w+)? (?:are|is|in) (?:-1 (?:or|and) \+?1|\+?1 (?:or|and) -1)"),
    _row("sigmoid", rf"<F> {_IS} (?:an? |the )?{_NOUN}(?:logistic|sigmoid)(?: function)?\b{_NO_OTHER}"),
    _row(
        "sigmoid",
        r"<F>,? the (?:(?:logistic|standard) )?(?:logistic|sigmoid)(?: function)?(?= *(?:[.,;:)]|$))",
    ),
    _row("sigmoid", r"(?:the |a )?(?:logistic|sigmoid)(?: function| activation)? <F>"),
    _row("normal-distribution", rf"<F>,? (?:{_IS} )?(?:the )?{_NORMAL} {_DISTRIBUTION}"),
    _row("normal-distribution", rf"<F>,? (?:{_IS} )?the {_DISTRIBUTION} of (?:the |a )?{_NORMAL}"),
    _row("normal-distribution", rf"<F> and <G> {_IS} the {_NORMAL} {_DISTRIBUTION} and {_DENSITY}"),
    _row(
        "normal-distribution",
        rf"<F> and <G> {_IS} the {_DISTRIBUTION} and (?:the )?{_DENSITY} of (?:the |a )?{_NORMAL}",
    ),
    _row(
        "normal-density",
        rf"<G> and <F> {_IS} the {_DISTRIBUTION} and (?:the )?{_DENSITY} of (?:the |a )?{_NORMAL}",
    ),
    _row("normal-density", rf"<F>,? (?:{_IS} )?(?:the )?{_NORMAL} {_DENSITY}"),
    _row("normal-density", rf"<F>,? (?:{_IS} )?the {_DENSITY} of (?:the |a )?{_NORMAL}"),
    _row("normal-density", rf"<G> and <F> {_IS} the {_NORMAL} {_DISTRIBUTION} and {_DENSITY}"),
    _row("its-density", rf"<F>,? (?:{_IS} )?its {_DENSITY}"),
    _row("softmax", rf"<F> {_IS} the softmax of (?:the \w+ )?<F>"),
    _row("rows", r"<F> (?:have|has|with|whose)(?: the)? rows(?: are)? <F>"),
    _row("rows", r"rows of <F> (?:are|be) <F>"),
    _row("rows", r"<F> (?:is|be|are) the \S+ rows? of <F>"),
    _row(
        "row-layout",
        r"written as (?:an? )?rows?\b|numerator[- ]layout|(?:gradients?|derivatives?)[^.]*\brow vectors?",
    ),
    _row("denominator-layout", r"denominator[- ]layout"),
    _row("column-layout", r"(?:gradient|derivative)[^.]*\bcolumn vectors?"),
    _row(
        "diagonal",
        r"<F>(?: for)? (?:be |is )?(?:the |a )?diagonal(?: matrix)? (?:with|whose)(?: \w+){0,3} <F>",
    ),
    _row("diagonal", r"diagonal matrix <F> (?:with|whose)(?: \w+){0,3} <F>"),
    *_said_of_all("symmetric", rf"(?:an? |both |all )?{_NOUN}symmetric"),
    *_called_all(
        "symmetric", r"(?<![\w-])symmetric(?: (?:real|square|invertible|positive definite|matrix|matrices))*"
    ),
    _row("symmetric", rf"(?<![\w-])symmetric {_OF_MATRICES}<F>"),
    _row("rest-zero", r"<F>,? and (?:\w+ ){0,2}others? (?:\w+ )?<F>"),
    _row("member", r"<F>,? (?:is |are |both |all |each |lies? |values? )*in <F>"),
    _row("member", r"<F> and <F>,? (?:are |both |all |lie )*in <F>"),
    _row("member", r"<F>[^<>.;]{0,30} and [^<>.;]{0,30}<F>, both in <F>"),
    _row(
        "constant", rf"<F> {_IS} (?:an? |held |kept |regarded as |treated as )*(?:constant|fixed|given data)"
    ),
    _row("constant", rf"<F> and <G> {_IS} (?:held |kept )?(?:constants?|fixed)\b"),
    _row("constant", r"(?:constants?|fixed|keep|hold|fix|any (?:real )?number) <F>"),
    _row("constant", r"(?:constants?|fixed|keep|hold|fix) <G> and <F>"),
    _row("constant", r"(?:logits?|raw scores?) (?:is |are |be )?<F>"),
    _row("constant", rf"<F> {_IS} (?:an? |the )?{_NOUN}(?:logits?|raw scores?)\b"),
    _row(
        "data",
        r"(?:targets?|labels?|data|inputs?|outputs?|observations?|features?|samples?|weights? of) "
        r"(?:is |are |be )?<F>",
    ),
    _row("data", r"\b(?:symmetric|square|definite|data|design|covariance) (?:\w+[- ]){0,3}matrix <F>"),
    _row("data", rf"<F>,? {_IS} (?:an? |the )?{_NOUN}(?:symmetric|matrix|covariance)\b"),
    _row("data", rf"\b(?:symmetric|definite) {_OF_MATRICES}<F>"),
    _row("data", r"<F> (?:have|has|with|whose)(?: the)? rows\b"),
    _row("sized", rf"<F>,? (?:{_IS} )?(?:an? |the )<F>"),
    _row("sized", rf"<F> {_IS} <F>"),
    _row("sized", r"<F> (?:\w+ ){0,2}matrix <F>"),
    _row(
        "depends",
        r"<F>(?: \w+){0,3}? (?:depends?|depending|evolves?|varies|vary|changes?) (?:on|with|over|through)\b",
    ),
    _row("depends", r"<F>,?(?: \w+){0,4}? (?:is|be|are|as) (?:an? )?(?:\w+ ){0,2}function of\b"),
    _row("depends", r"<F> an? (?:\w+ )?function of\b"),
    _row("depends", rf"<F>,? {_IS} (?:an? )?(?:piecewise|locally)\b"),
    *_said_of_all("vector", rf"(?:an? |the |both |all )?{_NOUN}(?:column )?vectors?\b"),
    _row("vector", r"(?:column |any |every |parameter |weight |feature )vectors? <F>"),
    *_said_of_all("scalar", rf"(?:an? |the |both |all )?{_NOUN}(?:scalars?|numbers?)\b"),
    _row("scalar", r"(?:single|one) (?:feature|input|parameter|weight),? <F>"),
    *_said_of_all("positive", rf"(?:an? |both |all )?{_NOUN}positive\b(?![- ](?:semi-?)?definite)"),
    _row("positive", rf"positive (?!(?:semi-?)?definite){_CALLED}<F>"),
    _row(
        "positive", r"<F>(?: on <G>)?,? with (?:strictly |all )?positive (?:entries|components|probabilities)"
    ),
    _row("definite", rf"<F>[^.;]{{0,40}}(?:semi-?)?definite\b(?! {_OF_MATRICES}\u27e6)"),
    _row("definite", r"(?:semi-?)?definite (?:\w+ ){0,2}<F>"),
    _row("property", rf"<F>,? {_IS} (?:an? |the )?{_NOUN}{_PROPERTY}"),
    _row("property", rf"<F>,? {_PROPERTY}"),
    _row("property", rf"\b{_PROPERTY} (?:\w+ ){{0,2}}<F>"),
    _row("measured", rf"<F>,? {_IS} (?:this|that|its|their|our|the)? ?{_NOUN}{_DERIVED}"),
    _row("measured", rf"(?:denote|write|call)(?: by)? <F>,?(?: for)? (?:this|its|the) {_NOUN}{_DERIVED}"),
    _row("property", rf"<F> (?:\w+ ){{0,2}}?{_EXTREME}"),
    _row("property", rf"\b{_EXTREME_POINT} <F>"),
    _row("property", rf"<F>,? {_IS} (?:an? |the |its )?{_NOUN}{_EXTREME_POINT}"),
    *(replace(row, joined=True) for row in _called_all("measured", rf"\b{_MEASURE}")),
    _row("some", r"\b(?:for (?:some|suitable)|there (?:is|are|exists?)(?: an?| some)?) (?:\w+ ){0,2}<F>"),
    replace(_row("some", r"\b(?:some|suitable) (?:\w+ ){0,2}<F>"), joined=True),
    _row("columns", r"columns? of <F>"),
    _row(
        "otherwise-used",
        rf"<F>,? {_IS} (?:an? |the |some |any )?"
        r"(?!the\b|an?\b|identity|unit|kronecker|base|euler|number)\w+(?![^.;]*identity)",
    ),
    _row("otherwise-used", r"\berrors? (?:be|is|are) <F>"),
    _row("arbitrary", r"<F>[^.;]{0,30}\barbitrary\b"),
    _row("arbitrary", rf"<F> {_IS} any\b"),
    _row("arbitrary", r"\bfor (?:all|every|any|each) (?:real )?<F>(?! *(?:in|with|such)\b)"),
    _row("arbitrary", r"\b(?:every|all|any|each|arbitrary) real (?:numbers? |values? )?<F>"),
    _row(
        "other-function",
        rf"<F>,? {_IS} (?:an? |the |some |any )?(?:(?!sigmoid|logistic|standard)\w+[- ]){{0,3}}?"
        r"(?:activation|nonlinearity|non-linearity|function|relu|link)\b(?! of)",
    ),
    _row("other-function", r"<F>,? maps\b"),
    _row("other-function", rf"<F>,? {_IS} (?:an? |the )?(?:hyperbolic|standard deviation|variance|noise)\b"),
    _row(
        "other-function", r"(?:arbitrary|any|general|generic|smooth|differentiable) (?:\w+ )?functions? <F>"
    ),
    _row("other-function", r"(?<!sigmoid )(?<!logistic )\b(?:activation|link) functions? <F>"),
)
"""One row a phrase; a kind may have several."""
