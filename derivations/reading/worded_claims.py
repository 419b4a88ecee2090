"""Claims that are made in words: "$H$ is positive semidefinite", "$J$ is convex in $\\theta$".

Each becomes a chain of the formula that it speaks of: convexity says that the second derivatives, a number or
a Hessian, are not negative. Read are plain statements only, of a formula whose subject and variable are
certain; what is supposed, denied, asked or restricted stays prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from derivations.reading.applications import arguments_of
from derivations.reading.chains import Chain, Side, split_chains
from derivations.reading.heads import head_of
from derivations.reading.pieces import Mathematics, Piece
from derivations.reading.scan import scan
from derivations.reading.sentences import Sentence
from derivations.reading.syntax import name_of, skeleton, walk
from derivations.reading.tree import Numeral, Operator, Span, Syntax

WORDED = "worded"
"""The kind of a chain that words make."""

_MARK = "\u27e6(\\d+)\u27e7"
_ADVERBS = r"(?:(?:therefore|thus|hence|also|always|indeed|then|clearly|symmetric and|symmetric) )*"
_DEFINITE = re.compile(
    rf"{_MARK},? is {_ADVERBS}(?P<words>(?P<sign>positive|negative) (?P<semi>semi-? ?)?definite)\b|"
    rf"{_MARK},? is {_ADVERBS}(?P<short>PSD|PD)\b"
)
_CONVEX = re.compile(
    rf"{_MARK},? is {_ADVERBS}(?:an? )?(?P<words>(?P<strict>strictly )?(?P<shape>convex|concave))\b"
    rf"(?: function)?(?: (?:in|of|with respect to|as a function of) {_MARK})?"
)
_OF_A_HESSIAN = re.compile(r"\bhessian(?: matrix)? of (?:the (?:\w+ ){1,3})?$", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:if|when|whenever|whether|suppos\w*|assum\w*|let|unless|would|could|may|might|until|once|provided|"
    r"such|iff|show|prove|want|need|must|question|claims|exercise|given|require\w*|should|cannot|why)\b",
    re.IGNORECASE,
)
"""Words of a sentence that supposes or asks."""
_BEFORE = re.compile(
    r"\b(?:not|neither|nor|while|any|every|some|each|no|where|is|are|but|were)\b|n't\b", re.IGNORECASE
)
"""Words of a clause with which nothing is claimed of its subject."""
_CLAUSE = re.compile(
    r"[;:]|,? (?:so|hence|thus|therefore) |, and (?:so |thus |hence |therefore )?|^so ", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\b(?:of|between|at|by|with|from|minus|plus|for|to|than|on|and|or|times|inverse|square|root|sum|product|"
    r"negative|composition|block|entry|submatrix|restriction)\W*(?:of (?:the )?)?$",
    re.IGNORECASE,
)
"""Words right before a formula that is a part of the subject only."""
_BEHIND = re.compile(
    r"^[\W_]*(?:on|over|if|only|unless|near|around|except|when|whenever|but|in|at|iff|exactly|just|along|"
    r"where|inside|within|almost|as long|provided|or|nor|and not|for (?!all|every|any|each)|case)\b|^-",
    re.IGNORECASE,
)
"""Words behind a property that restrict it."""
_JOINTLY = re.compile("^[\\s,]*(?:and|or|,)?[\\s,]*\u27e6")
"""Words behind a variable that name another one."""
_ASKED = re.compile(r"\?|\biff\b|\bif and only if\b|\bcontradict\w*|\bfalse\b|\bwrong\b", re.IGNORECASE)
RELATIONS = {
    ("convex", False): "convex",
    ("convex", True): "strictly convex",
    ("concave", False): "concave",
    ("concave", True): "strictly concave",
}


@dataclass(frozen=True, slots=True)
class _Claim:
    piece: int
    words: str
    relation: str
    variable: int | None = None
    of_hessian: bool = False


def with_worded_claims(pieces: Sequence[Piece], sentences: Iterable[Sentence], text: str) -> list[Piece]:
    """`pieces` with the claims that sentences make of formulas as chains of these."""
    found = list(pieces)
    for sentence in sentences:
        for claim in _claims(sentence):
            piece = pieces[claim.piece]
            chain = _chain(claim, piece, pieces, text) if isinstance(piece, Mathematics) else None
            if chain is not None and isinstance(piece, Mathematics) and not piece.display:
                plain = tuple(one for one in piece.chains if one.relations)
                found[claim.piece] = replace(piece, chains=(*plain, chain))
    return found


def _claims(sentence: Sentence) -> Iterator[_Claim]:
    for match in (*_DEFINITE.finditer(sentence.text), *_CONVEX.finditer(sentence.text)):
        before = sentence.text[: match.start()]
        clause = _CLAUSE.split(before)[-1]
        near = clause.rpartition("\u27e7")[2]
        hessian = bool(_OF_A_HESSIAN.search(near))
        denied = _ASKED.search(sentence.text) or _SUPPOSED.search(before) or _BEFORE.search(clause)
        if (
            denied
            or _BEHIND.match(sentence.text[match.end() :])
            or _JOINTLY.match(sentence.text[match.end() :])
            or (_ANOTHER.search(near) and not hessian)
        ):
            continue
        groups, numbers = match.groupdict(), [int(n) for n in match.groups() if n and n.isdigit()]
        if "shape" in groups:
            relation = RELATIONS[groups["shape"], bool(groups["strict"])]
            variable = numbers[1] if len(numbers) > 1 else None
            if not hessian:
                yield _Claim(numbers[0], groups["words"], relation, variable)
            continue
        words = groups["words"] or groups["short"]
        below = groups["sign"] == "negative"
        semi = bool(groups["semi"]) or groups["short"] == "PSD"
        if hessian:
            yield _Claim(numbers[0], words, RELATIONS["concave" if below else "convex", not semi], None, True)
        else:
            yield _Claim(numbers[0], words, ("prec" if below else "succ") + ("eq" if semi else ""))


def _chain(claim: _Claim, piece: Mathematics, pieces: Sequence[Piece], text: str) -> Chain | None:
    """What `claim` says, None where its subject or its variable is not certain."""
    if len(piece.chains) != 1:
        return None
    own = piece.chains[0]
    subject = own.sides[0]
    if (own.relations and own.relations[0] not in ("=", ":=")) or subject.syntax is None:
        return None
    start = text.find(claim.words.split()[0], piece.span.end)
    if start < 0 or start > piece.span.end + 120:
        return None
    # The words may be broken over lines.
    spelt = re.compile(r"\s+".join(map(re.escape, claim.words.split()))).match(text, start)
    if spelt is None:
        return None
    zero = Side(Span(start, spelt.end()), Numeral(Span(start, spelt.end()), Fraction(0)))
    if claim.relation not in RELATIONS.values():
        return Chain((subject, zero), (claim.relation,), WORDED)
    curvature = _curvature(claim, subject, pieces, text)
    return None if curvature is None else Chain((curvature, zero), (claim.relation,), WORDED)


def _curvature(claim: _Claim, subject: Side, pieces: Sequence[Piece], text: str) -> Side | None:
    """The second derivatives of the subject by its variable."""
    quantity = text[subject.span.start : subject.span.end]
    head = head_of(subject.syntax)
    if head is None or subject.syntax is None:
        return None
    applied = subject.syntax if head.group is not None else _applied(head.base, pieces)
    variable: str | None = None
    if claim.variable is not None:
        piece = pieces[claim.variable]
        plain = isinstance(piece, Mathematics) and len(piece.chains) == 1 and not piece.chains[0].relations
        if (
            not plain
            or not isinstance(piece, Mathematics)
            or name_of(piece.chains[0].sides[0].syntax or subject.syntax) is None
        ):
            return None
        side = piece.chains[0].sides[0]
        variable = text[side.span.start : side.span.end]
    elif applied is not None:
        group = head_of(applied)
        items = arguments_of(group.group) if group is not None and group.group is not None else ()
        if len(items) != 1 or name_of(items[0]) is None:
            return None
        variable = text[items[0].span.start : items[0].span.end]
    if variable is None:
        return None
    if applied is not None and head.group is None:
        quantity = text[applied.span.start : applied.span.end]
    written = split_chains(list(scan(f"\\nabla_{{{variable}}}^2 {quantity}", subject.span.start)))
    if len(written) != 1 or written[0].relations or not isinstance(written[0].sides[0].syntax, Operator):
        return None
    return replace(written[0].sides[0], span=subject.span)


def _is_name(node: Syntax | None) -> bool:
    return node is not None and name_of(node) is not None


def _applied(base: str, pieces: Sequence[Piece]) -> Syntax | None:
    """``J(\\theta)`` as the document writes it, None where it writes J of several things."""
    found: dict[object, Syntax] = {}
    for piece in pieces:
        for chain in piece.chains if isinstance(piece, Mathematics) else ():
            for side in chain.sides:
                for node in walk(side.syntax) if side.syntax is not None else ():
                    head = head_of(node)
                    if head is not None and head.base == base and head.group is not None and not head.primes:
                        found.setdefault(skeleton(node), node)
    return next(iter(found.values())) if len(found) == 1 else None
