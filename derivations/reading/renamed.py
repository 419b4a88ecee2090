"""Names that words give another meaning: "from now on $s$ denotes the loss", "we change $a$ to 4".

What such a name stands for from there on is said in words only, so that no claim with it can be judged until
an equation defines it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derivations.reading.heads import Head, head_of
from derivations.reading.pieces import Mathematics, Piece
from derivations.reading.sentences import Sentence

_F = "\u27e6(\\d+)\u27e7"
_FROM_HERE = (
    r"\b(?:from now on|from here on|henceforth|hereafter|now|instead|in the sequel|this time|later)\b"
)
_MEANS = r"(?:denotes?|stands? for|means?|represents?|refers? to|is used (?:for|as)|is short for)\b"
_OF_IT = r"(?:(?:sign|meaning|definition|roles?|names?|value|scale|letters?|symbols?|notation) )?"
RENAMED = re.compile(
    rf"{_FROM_HERE}[^.;\u27e6]{{0,30}}{_F},? (?:will |shall |should )?{_MEANS}|"
    rf"{_F} (?:now|henceforth|hereafter|instead|will now|from now on) {_MEANS}|"
    r"\b(?:renam\w*|redefin\w*|re-?us(?:e[sd]?|ing)|chang(?:e[sd]?|ing)|swap\w*|interchang\w*|exchang\w*|"
    rf"switch\w*|flip\w*|revers\w*|negat(?:e[sd]?|ing)|rescal\w*) (?:the )?{_OF_IT}(?:of )?{_F}"
    rf"(?:,? and {_F})?|"
    rf"\breplac(?:e[sd]?|ing) {_F} (?:by|with) (?:its|the|a|an) (?!definition|value|expression|formula)|"
    rf"{_F} (?:is|are|has|have|gets?|takes on) (?:now )?(?:something |a |an )?"
    r"(?:different|changed|redefined|renamed|another meaning|new meaning|other meaning)\b",
    re.IGNORECASE,
)
"""Sentences that give the names in them another meaning."""


def renamed_in(sentence: Sentence, pieces: Sequence[Piece]) -> Iterator[Head]:
    """The names to which a sentence gives another meaning."""
    for match in RENAMED.finditer(sentence.text):
        for number in match.groups():
            piece = pieces[int(number)] if number is not None else None
            if isinstance(piece, Mathematics) and piece.chains:
                head = head_of(piece.chains[0].sides[0].syntax)
                if head is not None:
                    yield head
