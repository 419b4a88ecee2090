"""One equality in LaTeX with what is given: read as a claim, whatever its left side looks like.

In a document ``h = \\sigma(z)`` gives h a meaning. Where somebody asks whether two formulas are equal it
does not, so that equation is kept out of the search for definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from derivations.language import Derivation, Role, ShapeError, Statement
from derivations.reading.document import Document
from derivations.reading.drafts import Draft
from derivations.reading.joining import derivation_of
from derivations.reading.parsed import Parsed
from derivations.reading.pieces import Mathematics
from derivations.reading.roles import drafts_of
from derivations.reading.sources import Source

_ENDS_FORMULA = re.compile(r"\$|\\[\[\]()]|(?<!\\)%|\\begin\{document\}|\\(?:re)?newcommand|\\def\b")
"""What would end the formula that a side is put into, or reach beyond it."""
_UNREAD = re.compile(r"\\(?:left|right|[bB]igg?[lrm]?|displaystyle)(?![A-Za-z])|\\[,;:! ]|~")
_PLACE = re.compile(r"\(line (\d+), column (\d+)\)")


class UnreadableEquality(ValueError):
    """An equality, or what is given with it, that cannot be read with certainty."""


def read_equality(
    left: str, right: str, given: Iterable[str] = (), *, whole: bool = False
) -> tuple[Derivation, Statement]:
    """The derivation that states `given` and asks for ``left = right``, and that last statement.

    `left` and `right` are formulas. What is given is a formula too, or a sentence with its formulas between
    dollar signs. With `whole`, what occurs in sums to K - 1 only has an entry at K as well. Raises
    `UnreadableEquality` for what is not understood and for what is given and cannot be
    assumed, `ShapeError` for sides of different shapes that are stated.
    """
    rows = [_sentence(one) for one in given]
    sides = [" ".join(side.split()) for side in (left, right)]
    for side in sides:
        if not side or _ENDS_FORMULA.search(side):
            raise UnreadableEquality(f"a side must be one formula without dollar signs: {side!r}")
    text = "".join(f"{row}\n\n" for row in rows) + f"$${sides[0]} = {sides[1]}$$\n"
    question = _Question(Parsed.of(Source(text, "md")))
    question.whole = whole
    derivation = derivation_of(question)
    last = 2 * len(rows) + 1
    told = list(takewhile(lambda s: s.location.line < last, derivation.statements))
    for statement in told:
        if statement.role is Role.CLAIM:
            said = f"{statement.left_source} {statement.relation} {statement.right_source}"
            raise UnreadableEquality(_place(statement.problem or f"{said} cannot be assumed", sides[0], last))
    if len(derivation.statements) != len(told) + 1:
        raise UnreadableEquality("a side must be one formula without a relation of its own")
    asked = derivation.statements[-1]
    if [_bare(asked.left_source), _bare(asked.right_source)] != [_bare(side) for side in sides]:
        raise UnreadableEquality("a side must be one formula, with nothing set beside it")
    if asked.shapes_clash:
        raise ShapeError(asked.problem or "the sides have different shapes")
    if asked.claim is None or asked.problem is not None:
        problem = asked.problem or "the equality was not understood"
        raise UnreadableEquality(_place(problem, sides[0], last))
    return derivation, asked


def _sentence(given: str) -> str:
    """What is given as a sentence of its own."""
    words = " ".join(given.split())
    return words.rstrip(".") + "." if "$" in words else f"Let ${words}$."


def _bare(source: str) -> str:
    """A side without what a statement's slice of the source may leave out at its ends."""
    return "".join(_UNREAD.sub("", source).split()).strip(".,;")


def _place(problem: str, left: str, last: int) -> str:
    """`problem` with its place in the sides, or in what is given."""

    def placed(found: re.Match[str]) -> str:
        line, column = int(found[1]), int(found[2]) - len("$$")
        if line < last:
            return f"(in what is given, number {(line + 1) // 2})"
        if column <= len(left):
            return f"(left side, character {column})"
        return f"(right side, character {column - len(left) - len(' = ')})"

    return _PLACE.sub(placed, problem)


class _Question(Document):
    """A document whose last formula is asked and states nothing."""

    divided = False

    def stating(self) -> Iterator[Mathematics]:
        """The formulas before the last."""
        return iter(list(self.mathematics())[:-1])

    def roles(self) -> list[Draft]:
        """Those of what is given, and a claim."""
        *stated, asked = self.sentences
        drafts = drafts_of(self.pieces, stated, self.vocabulary)
        for draft in drafts:
            if draft.supposed:
                draft.role = Role.CLAIM  # what is given is read, or told
        block, formula = 1 + max((draft.block for draft in drafts), default=0), asked.formulas[-1]
        piece = self.pieces[formula]
        assert isinstance(piece, Mathematics)
        chains = [chain for chain in piece.chains if chain.relations]
        return [
            *drafts,
            *(
                Draft(chain, position, block, formula, asked, len(stated))
                for chain in chains
                for position in range(len(chain.relations))
            ),
        ]
