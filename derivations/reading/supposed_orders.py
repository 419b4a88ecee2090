"""Inequalities that are supposed and not claimed: "we predict 1 if $h(x) \\ge 0.5$".

An inequality about a free name is an assumption as it is; one about what the document defines would be a
claim. Words that make a condition tell the difference.
"""

from __future__ import annotations

import re
from dataclasses import replace

from derivations.reading.chains import Chain
from derivations.reading.domains import PLAIN
from derivations.reading.pieces import Mathematics
from derivations.reading.prose import MARK
from derivations.reading.sentences import Sentence
from derivations.reading.stated import Said

NUMERIC_ORDERS = frozenset({"<", "<=", ">", ">="})
CURVATURES = {
    "convex": (">=", "succeq"),
    "strictly convex": (">", "succ"),
    "concave": ("<=", "preceq"),
    "strictly concave": ("<", "prec"),
}
"""What words say of second derivatives: of a number, and of a Hessian."""
ORDERS = NUMERIC_ORDERS | {"prec", "preceq", "succ", "succeq", *CURVATURES}
"""The signs of inequalities, those between matrices included."""

_SUPPOSED = re.compile(
    r"(?:\b(?:if|when|whenever|iff|unless|once|until|while|provided|as long as|suppos\w+|assum\w+|given|such|"
    r"satisf\w+|requir\w+|region)\b(?: that)?(?:[^\w,;:.]+\w+){0,3}|\b(?:for|let)\b)"
    r"[^\w,;:.]*$",
    re.IGNORECASE,
)
"""The end of what stands before a supposition; commas end its reach."""
_SPELT_OUT = re.compile(r"^\W*(?:suppos\w+|assum\w+)(?: that)?(?: \w[\w'-]*){3}[^:;.]*:\s*$", re.IGNORECASE)
_GRANTED = re.compile(
    r"\b(?:suppos\w+|assum\w+|given|provided|such|let|fix|take|with|where|for|if|when)"
    r"(?: (?:that|also|now|further))*\W*$",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"\b(?:gets?|got|obtain\w*|finds?|found|sees?|seen|knows?|known|shows?|shown|that|is|are|have|has|gives?|"
    r"yields?|impl\w+|means?|so|then|hence|thus|therefore|since|because|as|clearly|obviously|indeed|always|"
    r"and|or|also|but|conclud\w+|follows)\W*$",
    re.IGNORECASE,
)
"""Words before an inequality that tell it, whether it is found or recalled."""
_WORD_BEFORE = re.compile(r"\w\W*$")
_BROUGHT_IN = re.compile(r"\b(?:suppos\w+|assum\w+|given|let|fix|take|with|where|for)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"^[\s,]*(?:which is|so|hence|thus|therefore)?[\s,]*$", re.IGNORECASE)
_ALSO = re.compile(r"^\W*(?:and|or)\W*$", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:with|where)\b[^\w,;:.]*$", re.IGNORECASE)


def is_supposed(chain: Chain, sentence: Sentence, formula: int) -> bool:
    """Whether a chain of inequalities is a condition by the words before it; what does not parse is none."""
    if any(side.syntax is None for side in chain.sides):
        return False
    return ORDERS.issuperset(chain.relations) and _is_condition(sentence, formula)


def has_subject_in_words(chain: Chain, piece: Mathematics, sentence: Sentence, formula: int) -> bool:
    """Whether words say what an order sign without a left side speaks of: "both exponents are $\\le 0$".

    "... $= a$, which is $\\le b$" goes on from the formula before.
    """
    if piece.display or chain.sides[0].span.end or not ORDERS.issuperset(chain.relations[:1]):
        return False
    place = sentence.formulas.index(formula)
    return not chain.relations or place == 0 or not _GOES_ON.match(sentence.words_before(formula))


def spells_out(sentence: Sentence, formula: int) -> bool:
    """Whether a formula behind a colon is what is supposed before in words: "Suppose that the classes are
    separated with margin $c$: $y_i s_i \\ge c$".
    """
    before = sentence.text.partition(MARK.format(formula))[0]
    return bool(_SPELT_OUT.search(before))


def is_granted(sentence: Sentence, formula: int) -> bool:
    """Whether words say that an inequality is granted, "a temperature $t \\ge 1$", and not that it is found,
    "we get $t \\ge 1$".
    """
    words = sentence.words_before(formula)
    place = sentence.formulas.index(formula)
    if place > 0 and _ALSO.match(words):
        return is_granted(sentence, sentence.formulas[place - 1])
    if _GRANTED.search(words):
        return True
    if _FOUND.search(words):
        return False
    if _WORD_BEFORE.search(words):
        return True
    before = sentence.text.partition(MARK.format(formula))[0]
    return bool(_BROUGHT_IN.search(before))


def as_far_as_told(said: Said) -> Said:
    """What is left of a comparison with 1 that may be a result: the sign."""
    if said.domain is None or said.domain not in PLAIN:
        return said
    return replace(said, domain=PLAIN[said.domain], loose=True)


def goes_on(words: str) -> bool:
    """Whether words only join a formula to the one before it: "... and $x > 0$"."""
    return bool(_ALSO.match(words))


def is_beside(relation: str, sentence: Sentence, formula: int) -> bool:
    """Whether an inequality stands behind "with" or "where", which tell as well as suppose."""
    return relation in ORDERS and bool(_BESIDE.search(sentence.words_before(formula)))


def _is_condition(sentence: Sentence, formula: int) -> bool:
    words = sentence.words_before(formula)
    if _SUPPOSED.search(words) or spells_out(sentence, formula):
        return True
    place = sentence.formulas.index(formula)
    return place > 0 and bool(_ALSO.match(words)) and _is_condition(sentence, sentence.formulas[place - 1])
