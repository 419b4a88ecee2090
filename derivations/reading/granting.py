"""Which inequalities in sentences are granted: "let $x > 0$", and not "we plot $x > 0$ in red".

Whoever mentions an inequality need not suppose it. It is granted where words say so, or where it stands
beside what a quantity is called ("with a temperature $T > 0$").

*Guarantees*: what no word grants proves nothing; what fails without it is no refutation.
"""

from __future__ import annotations

import re

from derivations.reading.drafts import Draft
from derivations.reading.pieces import Mathematics, Piece
from derivations.reading.prose import ELSEWHERE, MARK
from derivations.reading.supposed_orders import ORDERS
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
_NO_MEMBER = re.compile(
    r"\b(?:without|unless|instead of|whether|had|were|neither|nor|not (?:every|all)|few|"
    r"there (?:is|are|exists?)|(?:some|other) "
    r"(?:books?|textbooks?|authors?|people|libraries|papers?|choices?|conventions?) \w+)\b[^.;:]*$",
    re.IGNORECASE,
)
"""The same of a set's element."""
_TAKEN_BACK = re.compile(
    r"^[\s,]*(?:is impossible|ceases?|stops?|would|cannot|can not|need not|fails)\b", re.I
)
"""Words behind one that do not let it hold."""
_JOINED = re.compile(r"^[\s,]*(?:and|or)?[\s,(]*$", re.IGNORECASE)


def grants(draft: Draft, piece: Piece) -> bool:
    """Whether words suppose what a piece says of values: "$x > 0$", "$y \\in \\{0, 1\\}$".

    What is displayed, and that something is an element of a set, is supposed unless they mention it only.
    """
    if draft.relation not in ORDERS:
        return draft.relation != "in" or not only_mentions(draft)
    if _TAKEN_BACK.match(draft.sentence.words_after(draft.piece)) or only_mentions(draft):
        return False
    words = draft.sentence.words_before(_first_joined(draft))
    display = isinstance(piece, Mathematics) and piece.display
    before = draft.sentence.text.partition(MARK.format(draft.piece))[0]
    return display or bool(_GRANTING.search(words) or _BROUGHT_IN.search(before))


def only_mentions(draft: Draft) -> bool:
    """Whether words around it only mention what a draft says: "in contrast to the case $x > 0$"."""
    if draft.relation == "in":
        return _mentions_member(draft)
    if NOT_GRANTED.search(draft.sentence.text):
        return True
    before = draft.sentence.text.partition(MARK.format(_first_joined(draft)))[0]
    return before.rstrip().endswith("|") or bool(_MENTIONING.search(before))


def _mentions_member(draft: Draft) -> bool:
    """Whether words only mention that something lies in a set: "some books use $y \\in \\{0, 1\\}$"."""
    before = draft.sentence.text.partition(MARK.format(_first_joined(draft)))[0]
    asked = draft.sentence.text.rstrip().endswith("?") or draft.sentence.words_after(draft.piece).startswith(
        "?"
    )
    mentioned = _MENTIONING.search(before) or _NO_MEMBER.search(before)
    return asked or bool(mentioned) or bool(ELSEWHERE.search(draft.sentence.text))


def _first_joined(draft: Draft) -> int:
    """The first of the formulas that only "and" joins to a draft's: "let $a > 0$ and $b > 0$"."""
    sentence = draft.sentence
    place = sentence.formulas.index(draft.piece)
    while place > 0 and _JOINED.match(sentence.words_before(sentence.formulas[place])):
        place -= 1
    return sentence.formulas[place]
