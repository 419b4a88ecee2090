"""The document as sentences: prose with its formulas as numbered marks, for `prose` to understand.

A display belongs to the sentence it stands in. Headings part the document; what is assumed in a part ends
with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from derivations.reading.pieces import Boundary, Heading, Mathematics, Piece, Prose
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
_OPENING = r"^[\W_]{0,20}(?:\\\w+\*?\{)?\W{0,10}"
LONGEST = 2_000
"""Characters of a sentence, each formula counted as a mark."""
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
    frame: int = 0
    """The theorem with its proof that it stands in, 0 outside of them."""
    overlong: bool = False
    """Whether it is a piece of a sentence that is too long to be understood."""

    @property
    def place(self) -> tuple[int, int]:
        """The section and the theorem that it stands in."""
        return self.part, self.frame

    @property
    def opens_case(self) -> bool:
        """Whether it opens a case of its own, which ends the one before."""
        return bool(CASE.match(self.text)) and not self.text.startswith("|")

    def renumbered(self, numbers: Mapping[int, int]) -> Sentence:
        """The sentence with other numbers for its formulas."""
        text = _MARKED.sub(lambda mark: MARK.format(numbers[int(mark[1])]), self.text)
        return replace(self, text=text, formulas=tuple(numbers[formula] for formula in self.formulas))

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
    part = frame = 0
    run: list[str] = []
    aside: list[str] = []
    for number, piece in enumerate(pieces):
        if isinstance(piece, Prose | Mathematics) and piece.aside:
            aside.append(piece.text if isinstance(piece, Prose) else MARK.format(number))
            continue
        if aside:
            yield from _split("".join(aside), part, frame)
            aside = []
        if isinstance(piece, Boundary):
            yield from _split("".join(run), part, frame)
            run = []
            frame = piece.frame
        elif isinstance(piece, Heading):
            yield from _split("".join(run), part, frame)
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
    yield from _split("".join(aside), part, frame)
    yield from _split("".join(run), part, frame)


def _is_display(pieces: list[Piece], number: int) -> bool:
    piece = pieces[number] if number >= 0 else None
    return isinstance(piece, Mathematics) and piece.display


def _split(text: str, part: int, frame: int) -> Iterator[Sentence]:
    for number, stretch in enumerate(_ITEM.split(text)):
        inside, *outside = _LIST_ENDS.split(stretch, maxsplit=1) if number else ("", stretch)
        for item, words in ((number, inside), *((0, rest) for rest in outside)):
            yield from _sentences(words, part, frame, item)


def _sentences(text: str, part: int, frame: int, item: int) -> Iterator[Sentence]:
    for sentence in _END.split(text):
        words = " ".join((sentence or "").split())
        heading = words.startswith(("#", "\\section", "\\sub", "\\paragraph"))
        for stretch in _stretches(words):
            marks = tuple(int(found) for found in _MARKED.findall(stretch))
            yield Sentence(stretch, marks, part, heading, item, frame, stretch is not words)


def _stretches(words: str) -> Iterator[str]:
    """A sentence as it is; one that is too long to be understood in pieces, no formula's mark cut."""
    start = 0
    while len(words) - start > LONGEST:
        cut = words.rfind("⟧", start, start + LONGEST) + 1
        if cut <= start:
            cut = words.find("⟦", start, start + LONGEST)
            cut = start + LONGEST if cut <= start else cut
        yield words[start:cut]
        start = cut
    if words[start:]:
        yield words[start:] if start else words
