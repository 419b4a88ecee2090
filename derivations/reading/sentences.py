"""The document as sentences: prose with its formulas as numbered marks, for `prose` to understand.

A display belongs to the sentence it stands in. Headings part the document; what is assumed in a part ends
with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivations.reading.pieces import Heading, Mathematics, Piece
from derivations.reading.prose import MARK

_MARKED = re.compile(MARK.format(r"(\d+)"))
_ABBREVIATED = r"(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\bw\.r\.t\.)(?<!\bs\.t\.)(?<!\bcf\.)(?<!\bresp\.)"
_END = re.compile(
    rf"{_ABBREVIATED}(?<=[.!?:])[*_)]*\s+(?=[*_#(]*[A-Z])|{_ABBREVIATED}(?<=[.!?])\s+(?=⟦)|\n\s*\n"
    r"|\\(?:begin|end)\{(?:proof|theorem|lemma|proposition|corollary|claim|example|remark|definition|quote)\*?\}"
)
_ITEM = re.compile(r"(?:^|\n)(?=[ \t]*(?:[-*+]|\d+[.)]|\([a-z\d]+\)|\\item\b)[ \t])")
"""Where an item of a list begins."""
_LIST_ENDS = re.compile(
    r"\n\s*\n(?![ \t]|[-*+] |\d+[.)] |\\item\b)|\\end\{(?:enumerate|itemize|description)\}"
)
"""Where no item goes on: behind an empty line that is followed by an ordinary one."""
_NEW_SENTENCE = re.compile(r"\s*\n\s*\n\s*[A-Z*#]")
_OPENING = r"^[\W_]*(?:\\\w+\*?\{)?\W*"
CASE = re.compile(
    rf"{_OPENING}(?:the )?(?:first|second|third|other) case\b|{_OPENING}case\b|^[-*]\s+(?:if|when|for)\b",
    re.IGNORECASE,
)
"""How a sentence begins that opens a case of its own."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words, and the numbers of the pieces that are its formulas."""

    text: str
    formulas: tuple[int, ...]
    part: int
    """Counts headings: two sentences of one part stand under one heading."""
    heading: bool = False
    item: int = 0
    """The item of a list that it stands in, counted through the part; 0 outside of lists."""

    @property
    def opens_case(self) -> bool:
        """Whether it opens a case of its own, which ends the one before."""
        return bool(CASE.match(self.text))

    def words_before(self, formula: int) -> str:
        """The words between the formula before (or the start) and `formula`."""
        before = self.text.partition(MARK.format(formula))[0]
        return _MARKED.split(before)[-1].lower()

    def words_after(self, formula: int) -> str:
        """The words between `formula` and the next one (or the end)."""
        after = self.text.partition(MARK.format(formula))[2]
        return _MARKED.split(after)[0].lower()


def sentences_of(pieces: list[Piece], text: str) -> Iterator[Sentence]:
    """The sentences of a document in order."""
    part = 0
    run: list[str] = []
    for number, piece in enumerate(pieces):
        if isinstance(piece, Heading):
            yield from _split("".join(run), part)
            run = [piece.text, " "]
            part += 1
        elif isinstance(piece, Mathematics):
            run.append(MARK.format(number))
            if piece.display:
                run[-2:-1] = [part_before.rstrip() + " " for part_before in run[-2:-1]]
                source = text[piece.span.start : piece.span.end].rstrip()
                following = text[piece.span.end : piece.span.end + 40]
                if source.endswith(".") or _NEW_SENTENCE.search(following.partition("⟧")[0]):
                    run.append("\n\n")
        else:
            after_display = run and run[-1].endswith("⟧") and _is_display(pieces, number - 1)
            run.append(" " + piece.text.lstrip() if after_display else piece.text)
    yield from _split("".join(run), part)


def _is_display(pieces: list[Piece], number: int) -> bool:
    piece = pieces[number] if number >= 0 else None
    return isinstance(piece, Mathematics) and piece.display


def _split(text: str, part: int) -> Iterator[Sentence]:
    for number, stretch in enumerate(_ITEM.split(text)):
        inside, *outside = _LIST_ENDS.split(stretch, maxsplit=1) if number else ("", stretch)
        for item, words in ((number, inside), *((0, rest) for rest in outside)):
            yield from _sentences(words, part, item)


def _sentences(text: str, part: int, item: int) -> Iterator[Sentence]:
    for sentence in _END.split(text):
        words = " ".join((sentence or "").split())
        if words:
            marks = tuple(int(found) for found in _MARKED.findall(words))
            heading = words.startswith(("#", "\\section", "\\sub", "\\paragraph"))
            yield Sentence(words, marks, part, heading, item)
