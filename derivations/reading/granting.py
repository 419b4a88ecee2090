"""Which inequalities in sentences are granted: "let $x > 0$", and not "we plot $x > 0$ in red".

Whoever mentions an inequality need not suppose it. It is granted where words say so, or where it stands
beside what a quantity is called ("with a temperature $T > 0$").

*Guarantees*: what no word grants proves nothing; what fails without it is no refutation.
"""

from __future__ import annotations

import re

from derivations.reading.drafts import Draft
from derivations.reading.pieces import Mathematics, Piece
from derivations.reading.prose import MARK
from derivations.reading.wordings import NOT_GRANTED

_GRANTING = re.compile(
    r"\b(?:let|suppos\w*|assum\w*|given|with|where|for|here|since|because|as|have|has|know|take|taking|fix\w*|"
    r"choos\w*|pick\w*|consider\w*|always|remember|note|all|every|each|any|if|when|set|put|satisf\w*|requir\w*|"
    r"positive|negative|hyper-?parameters?|of size|now|on|in|at|is|are|look at|domain)\b|"
    r"\b(?:weights?|probabilit(?:y|ies)|temperatures?|thresholds?|parameters?|constants?|variances?|rates?|"
    r"scales?|strengths?|precisions?|numbers?|scalars?|values?|sizes?|margins?|bandwidths?|degrees?|"
    r"coefficients?|penalt(?:y|ies)|levels?|radius|tolerances?|factors?|deviations?|lengths?|multipliers?)\W*$",
    re.IGNORECASE,
)
"""Words before an inequality that grant it."""
_BROUGHT_IN = re.compile(
    r"\b(?:let|suppos\w*|assum\w*|given|fix|take|consider|with)\b[^.;:]*$", re.IGNORECASE
)
"""Words of the clause that bring in what stands behind them: "let $z$ be a score, $T > 0$"."""
_MENTIONING = re.compile(
    r"\b(?:points?|samples?|examples?|inputs?|those|elements?|units?|pixels?|numbers|entries|neurons?|"
    r"cases?) (?:with|where|for which|in which)\W*$|"
    r"\b(?:set|region|half-?(?:line|plane|space)|half|part|side|area|event|inequality|quadrant|branch|range) "
    r"(?:of |where |in which |with )?(?:all )?\W*$|"
    r"\b(?:predict\w*|outputs?|classif\w*|assign\w*|fires?|active|select\w*|returns?|plot\w*|draw\w*|shows?|"
    r"leave|skip|treat|test\w*|check\w*|loop\w*|iterat\w*|while|as long as|until)\b"
    r"(?:(?!\b(?:let|suppos\w*|assum\w*|given|with)\b)[^.;:])*$|"
    r"\b(?:contrast|opposed|compared|unlike|beyond|outside|past|apart|aside|different)\b[^.;,]*$",
    re.IGNORECASE,
)
"""Words before an inequality that only mention it."""
_TAKEN_BACK = re.compile(
    r"^[\s,]*(?:is impossible|ceases?|stops?|would|cannot|can not|need not|fails)\b", re.I
)
"""Words behind one that do not let it hold."""
_JOINED = re.compile(r"^[\s,]*(?:and|or)?[\s,(]*$", re.IGNORECASE)


def grants(draft: Draft, piece: Piece) -> bool:
    """Whether words suppose an inequality in a piece; a displayed one is unless they mention it only."""
    if _TAKEN_BACK.match(draft.sentence.words_after(draft.piece)) or only_mentions(draft):
        return False
    words = draft.sentence.words_before(_first_joined(draft))
    display = isinstance(piece, Mathematics) and piece.display
    before = draft.sentence.text.partition(MARK.format(draft.piece))[0]
    return display or bool(_GRANTING.search(words) or _BROUGHT_IN.search(before))


def only_mentions(draft: Draft) -> bool:
    """Whether words around an inequality only mention it: "in contrast to the case $x > 0$"."""
    if NOT_GRANTED.search(draft.sentence.text):
        return True
    before = draft.sentence.text.partition(MARK.format(_first_joined(draft)))[0]
    return before.rstrip().endswith("|") or bool(_MENTIONING.search(before))


def _first_joined(draft: Draft) -> int:
    """The first of the formulas that only "and" joins to a draft's: "let $a > 0$ and $b > 0$"."""
    sentence = draft.sentence
    place = sentence.formulas.index(draft.piece)
    while place > 0 and _JOINED.match(sentence.words_before(sentence.formulas[place])):
        place -= 1
    return sentence.formulas[place]
