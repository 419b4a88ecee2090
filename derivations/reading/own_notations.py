"""Signs that everyone knows and an author uses for something else: "$\\\\log$ is taken to base 2".

What such a sign means is said in words, or by an equation that is no definition of a name. Nothing that is
written with it can be judged.

*Guarantees*: no claim is judged by the usual meaning of a sign that its document gives another one in words
that are found here; where the words leave it open, it is not judged either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from derivations.language import Role
from derivations.reading.drafts import Draft
from derivations.reading.heads import key_of
from derivations.reading.pieces import Mathematics, Piece
from derivations.reading.sentences import Sentence
from derivations.reading.syntax import letters, name_of, skeleton, walk
from derivations.reading.terms import Term
from derivations.reading.tree import Group, Juxtaposition, Numeral, Operator, Prefix, Scripted, Syntax
from derivations.reading.vocabulary import Vocabulary, used_names

_BRINGS_IN = re.compile(
    r"\b(?:let|write|writing|denote|denoting|define|set|notation|meaning of)\b[^.;\u27e6]*$", re.IGNORECASE
)
_TELLS = re.compile(r"\b(?:where|here|with|all|our)\b[^.;\u27e6]*$|^\W*$", re.IGNORECASE)
_MEANS = re.compile(
    r"^[\s,]*(?:for|be|is|are|denotes?|stands? for|means?|represents?|as|to (?:denote|mean))\b", re.IGNORECASE
)
_USUAL = re.compile(
    r"\b(?:euclid\w*|usual|standard|natural|ordinary|absolute value|magnitude|modulus|inner|dot|scalar|"
    r"entry-?wise|element-?wise|hadamard|component-?wise|products?|multiplication|composition|2-norm|norms?|"
    r"gradient|derivative|logarithm|exponential|hyperbolic|factorial|length|diagonal|transpose|variance|"
    r"squared?|frobenius)\b",
    re.IGNORECASE,
)
_UNUSUAL = re.compile(
    r"\b(?:1-norm|one-norm|L_?1|max(?:imum)?|infinity|determinant|cardinality|sum of|laplac\w+|commutator|"
    r"bracket|poisson|lie|cross|kronecker|concatenat\w+|convolution|addition|subtraction|sum|power of|"
    r"sample|layer|example|observation|second|third|iterat\w+|component|entry|transposed?)\b|"
    r"\bbase[ -](?:2|two|10|ten)\b|\b(?:binary|decimal|common) logarithm",
    re.IGNORECASE,
)
"""Words that certainly tell another meaning."""
_BASE = re.compile("\\bbase \u27e6(\\d+)\u27e7", re.IGNORECASE)
_LOGARITHM = re.compile(r"\blogarithms?\b", re.IGNORECASE)
_LOGARITHMS = re.compile(
    r"\blogarithms?\b[^.;]{0,40}\bbase[ -](?:2|two|10|ten)\b|\bbase[ -](?:2|two|10|ten) logarithms?\b|"
    r"\b(?:binary|decimal|common) logarithms?\b",
    re.IGNORECASE,
)
_FUNCTIONS = {"log": "log", "ln": "log", "exp": "exp", "tanh": "tanh"}
"""Functions that may stand without an argument."""
_BRACKETS = frozenset({"|", "\\|", "\\langle"})
_DEFINING = re.compile(r"\b(?:let|write|define|denote|set)\b[^.;\u27e6]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnNotations:
    """The signs of a document that do not mean what they usually do, and the names made with them."""

    signs: Mapping[object, str]
    """Sign -> why what is written with it is not judged."""
    names: Mapping[str, str]

    def problem(self, draft: Draft, terms: Iterable[Term | None], vocabulary: Vocabulary) -> str | None:
        """Why a claim cannot be judged, None where all its signs mean what they usually do."""
        if not self.signs:
            return None
        found = [self.signs[sign] for sign in _signs_of(draft) if sign in self.signs]
        for term in terms:
            behind = used_names(term, vocabulary.specs) if term is not None else ()
            found += [self.names[name] for name in sorted(behind) if name in self.names]
        return found[0] if found else None


def own_notations(
    drafts: Sequence[Draft],
    sentences: Iterable[Sentence],
    pieces: Sequence[Piece],
    text: str,
    vocabulary: Vocabulary,
) -> OwnNotations:
    """The signs to which a document with a text gives a meaning of its own."""
    signs: dict[object, str] = {}
    for sentence in sentences:
        for sign in _told(sentence, pieces, text):
            signs.setdefault(sign, _why(sign))
    for draft in drafts:
        supposed = draft.role is Role.ASSUMPTION and draft.relation in ("=", ":=") and not draft.position
        sign = _sign(draft.left.syntax) if supposed else None
        if sign is None or not _DEFINING.search(draft.sentence.words_before(draft.piece)):
            continue
        if set(_letters(draft.left.syntax)) & set(_letters(draft.right.syntax)):
            signs.setdefault(sign, _why(sign))
    names = {
        key_of(draft.head, vocabulary): signs[sign]
        for draft in drafts
        if draft.head is not None
        for sign in _signs_of(draft)
        if sign in signs
    }
    return OwnNotations(signs, names)


def _told(sentence: Sentence, pieces: Sequence[Piece], text: str) -> Iterator[object]:
    """The signs of which a sentence tells another meaning."""
    base = _BASE.search(sentence.text)
    other = base is not None and not _is_e(pieces[int(base[1])])
    if _LOGARITHMS.search(sentence.text) or (other and _LOGARITHM.search(sentence.text)):
        yield "log"
    for formula in sentence.formulas:
        piece = pieces[formula]
        before, after = sentence.words_before(formula), sentence.words_after(formula)
        if not isinstance(piece, Mathematics) or piece.display or not _MEANS.match(after):
            continue
        chain = piece.chains[0] if len(piece.chains) == 1 else None
        sign = None if chain is None or chain.relations else _sign(chain.sides[0].syntax)
        sign = sign or _FUNCTIONS.get(text[piece.span.start : piece.span.end].strip("$\\() "))
        if sign is None:
            continue
        words = after.partition(".")[0].partition(";")[0]
        if _UNUSUAL.search(words) or (other and sign == "log"):
            if _BRINGS_IN.search(before) or _TELLS.search(before):
                yield sign
        elif _BRINGS_IN.search(before) and not _USUAL.search(words) and not isinstance(sign, tuple):
            yield sign


def _is_e(piece: Piece) -> bool:
    sides = piece.chains[0].sides if isinstance(piece, Mathematics) and piece.chains else ()
    return bool(sides) and sides[0].syntax is not None and name_of(sides[0].syntax) == "e"


def _sign(node: Syntax | None) -> object | None:
    """The sign that a formula shows the use of: bars, a product, a function, a power of one name."""
    match node:
        case Group(kind=kind) if kind in _BRACKETS:
            return kind
        case Juxtaposition(factors=(first, second), signs=(_, sign)) if sign:
            return sign if name_of(first) is not None and name_of(second) is not None else None
        case Prefix(name=name):
            return name
        case Operator(gradient=True):
            return "nabla"
        case Scripted(base=base, superscript=Numeral(), subscript=None):
            return ("power", skeleton(node)) if name_of(base) is not None else None
        case Scripted(base=base, primes=primes, superscript=None, subscript=None) if primes:
            return ("prime",) if name_of(base) is not None else None
    return None


def _signs_of(draft: Draft) -> Iterator[object]:
    """The signs in a relation."""
    for side in (draft.left, draft.right):
        for node in walk(side.syntax) if side.syntax is not None else ():
            if isinstance(node, Juxtaposition):
                yield from (sign for sign in node.signs if sign)
            elif isinstance(node, Scripted) and node.primes:
                yield ("prime",) if name_of(node.base) is None else None
            else:
                yield _sign(node)


def _letters(node: Syntax | None) -> Iterator[str]:
    for part in walk(node) if node is not None else ():
        yield from letters(part)


def _why(sign: object) -> str:
    shown = {"|": "the bars", "\\|": "the norm", "\\langle": "the angle brackets", "nabla": "the nabla"}
    what = shown.get(sign, f"the sign {sign}") if isinstance(sign, str) else "this notation"
    return f"{what} may not mean here what is usual: it is told in words that are not read"
