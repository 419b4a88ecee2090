"""One row of a formula as statements: what separates them, what is said in words between and behind them.

A word in a formula is an annotation ("by the chain rule"), opens a condition ("if"), or binds backwards
("where").
Mathematics behind words that are none of these is a problem of the statement, never dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from derivations.reading.commands import IGNORED, RELATIONS, SIGNS
from derivations.reading.rows import words
from derivations.reading.scan import Token


@dataclass
class Segment:
    """A statement in the making; `kind` is plain, where, aside (a reason with a relation of its own, which
    no row continues), condition (before the statement) or after-condition.
    """

    kind: str = "plain"
    parts: list[list[Token]] = field(default_factory=lambda: [[]])
    relations: list[str] = field(default_factory=list)
    conditions: list[Segment] = field(default_factory=list)
    problem: str | None = None

    def add_relation(self, relation: str) -> None:
        """Begin the next side."""
        self.relations.append(relation)
        self.parts.append([])


_OPEN = frozenset({"{", "(", "[", "\\{", "\\lbrace"})
_CLOSE = frozenset({"}", ")", "]", "\\}", "\\rbrace"})
_WHERE = frozenset({"with", "where"})
_CONDITION = frozenset({"if", "for", "when", "case", "whenever", "unless"})
_EXCEPTED = frozenset({"not", "except", "without", "even", "never", "but", "unless"})
"""Words that turn a condition around, or take nothing from what is said."""
_CONNECTING_WORDS = (
    "and or by as since so hence thus therefore then also but because using from otherwise else similarly "
    "finally note const constant likewise"
)
_CONNECTING = _WHERE | _CONDITION | frozenset(_CONNECTING_WORDS.split())
"""Words that are no names wherever they stand."""
_REASON = re.compile(
    r"^[\W_]*(?:by|since|as|because|using|from|see|so|on|in|at|due|via|use[sd]?|thanks|recall|note|after|is|"
    r"chain|product|quotient|linearity|definition|def|eq|cf|symmetr\w+|step|the|we|that|this|each|per|ie|"
    r"simplif\w+|expand\w*|factor\w*|collect\w*|cancel\w*|and so|hence|thus|therefore|or equivalently)\b",
    re.IGNORECASE,
)
"""How words begin that give a reason, in which mathematics is a part of the reason."""

_CAUSE = re.compile(
    r"^[\W_]*(?:by|since|as|because|using|from|see|due|via|use[sd]?|thanks|recall|note)\b(?! long| soon)",
    re.IGNORECASE,
)
"""How words begin whose relation is the reason for the statement before, and no statement of the row."""

_CHANGING = re.compile(
    r"^[\W_]*(?:minus|plus|times|half|twice|thrice|negative|squared|cubed|mod|modulo|less|divided|over|not|never|"
    r"(?:is|are|does|do|need|holds?) (?:not|never)|(?:is|are|does|do)n't)\b|"
    r"\b(?:false|wrong|incorrect|untrue|nonsense|unless|except)\b",
    re.IGNORECASE,
)
"""Words that would change what the formula says, wherever they stand in it."""

_WITH_ARGUMENT = "tag label eqref ref hspace vspace phantom hphantom vphantom footnote cite"
_DROPPED = frozenset({"\\tag*"} | {"\\" + name for name in _WITH_ARGUMENT.split()})
"""Commands that are left out with their argument."""

TRAILING = frozenset({",", ".", ";", ":"}) | IGNORED
TEXTS = frozenset({"\\text", "\\textrm", "\\mbox", "\\textit", "\\textbf", "\\textnormal", "\\textsf"})


def meaningful(tokens: list[Token]) -> list[Token]:
    """Tokens without punctuation and spacing."""
    return [t for t in tokens if t.text not in TRAILING and t.text != "&"]


def segments_of(tokens: list[Token]) -> list[Segment]:
    """The statements of one row, annotations left out."""
    return _Row(tokens).segments()


@dataclass
class _Row:
    tokens: list[Token]
    found: list[Segment] = field(default_factory=lambda: [Segment()])
    position: int = 0
    depth: int = 0
    environments: int = 0

    def segments(self) -> list[Segment]:
        while self.position < len(self.tokens):
            self._step(self.tokens[self.position])
        return self.found

    @property
    def current(self) -> Segment:
        return self.found[-1]

    def _keep(self, token: Token) -> None:
        self.current.parts[-1].append(token)
        self.position += 1

    def _step(self, token: Token) -> None:
        text = token.text
        self.environments += {"\\begin": 1, "\\end": -1}.get(text, 0)
        if self.environments or text == "\\end":
            self._keep(token)
        elif text in _DROPPED:
            self.position = words(self.tokens, self.position)[1]
        elif text in TEXTS and self.depth == 0:
            self._text()
        elif text in ("\\forall", "\\because") and self.depth == 0:
            self._condition(self.position + 1)
        elif text in TEXTS and self._is_bracketed_remark():
            self.current.parts[-1].pop()
            self.depth -= 1
            self.position = words(self.tokens, self.position)[1] + 1
        elif text == "&" and self.depth == 0:
            self._column()
        else:
            self._mathematics(token)

    def _column(self) -> None:
        """An alignment mark; behind two of them stands a remark, if it is in words or in brackets."""
        position = self.position
        while position < len(self.tokens) and self.tokens[position].text in ("&", *IGNORED):
            position += 1
        double = sum(t.text == "&" for t in self.tokens[self.position : position]) > 1
        following = self.tokens[position].text if position < len(self.tokens) else ""
        if double and following == "(" and self.current.relations:
            self.position = len(self.tokens)
        else:
            self.position += 1

    def _bracketed_condition(self) -> bool:
        """``\\qquad (j = 1, \\dots, K)`` at the end of a row."""
        before = self.tokens[self.position - 1].text if self.position else ""
        if (
            self.tokens[self.position].text != "("
            or before not in ("\\quad", "\\qquad")
            or not self.current.relations
        ):
            return False
        depth, tokens = 0, self.tokens[self.position :]
        for place, token in enumerate(tokens):
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
            if depth == 0:
                closed = not meaningful(tokens[place + 1 :])
                return closed and any(t.text in RELATIONS for t in tokens[:place])
        return False

    def _mathematics(self, token: Token) -> None:
        text = token.text
        if self.depth == 0 and self._bracketed_condition():
            self.tokens = [t for t in self.tokens[:-1] if t is not self.tokens[self.position]]
            self._condition(self.position)
            return
        self.depth = max(self.depth + (text in _OPEN) - (text in _CLOSE), 0)
        if self.depth == 0 and text in RELATIONS:
            if RELATIONS[text] == "implies":
                self.current.add_relation("implies")
            else:
                self.current.add_relation(RELATIONS[text])
            self.position += 1
        elif self.depth == 0 and text in ("\\quad", "\\qquad", ",", ";") and self._separates():
            self.found.append(Segment())
            self.position += 1
        else:
            self._keep(token)

    def _is_bracketed_remark(self) -> bool:
        """Whether the text at hand stands alone in brackets: ``[\\\\text{by the chain rule}]``."""
        before = self.current.parts[-1]
        if self.depth != 1 or not before or before[-1].text not in ("[", "("):
            return False
        end = words(self.tokens, self.position)[1]
        return end < len(self.tokens) and self.tokens[end].text in ("]", ")")

    def _separates(self) -> bool:
        """Whether a gap or comma ends a statement: one stands before it, and another one after."""
        if not self.current.relations or not meaningful(self.current.parts[-1]):
            return False
        depth, seen = 0, False
        gap = self.tokens[self.position].text.startswith("\\q")
        for token in self.tokens[self.position + 1 :]:
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
            if depth <= 0 and token.text in RELATIONS:
                return seen
            if token.text in TRAILING or token.text == "&":
                continue
            if token.text in ("+", "-") and not seen and gap:
                return False
            seen = True
        return False

    def _text(self) -> None:
        """Words at the top level of a row."""
        said, end = words(self.tokens, self.position)
        if "$" in said and _CAUSE.match(said) and self.current.relations:
            # What holds because of something is claimed; that it holds by itself need not be so.
            self.current.conditions.append(Segment("after-condition", [self.tokens[self.position : end]]))
        elif "$" in said:
            self.current.problem = "mathematics in the words of a formula is not read"
        if _CHANGING.search(said):
            spoken_of = next((one for one in reversed(self.found) if one.relations), self.current)
            spoken_of.problem = self.current.problem = f"what is meant by the words {said!r} in this formula?"
        following = next((t.text for t in self.tokens[end:] if t.text not in IGNORED), "")
        if said.isalpha() and said.lower() not in _CONNECTING and self._is_name(following):
            self.current.parts[-1].extend(self.tokens[self.position : end])
            self.position = end
            return
        plain = [word.strip(",:();.") for word in said.lower().split()]
        first, last = (plain[0], plain[-1]) if plain else ("", "")
        closing = self._closing_words(said, end)
        if closing is not None and _REASON.match(said):
            self.position = closing
        elif last in _WHERE:
            self.found.append(Segment("where"))
            self.position = end
        elif (first in _CONDITION or last in _CONDITION) and meaningful(self.tokens[end:]):
            spoken_of = next((segment for segment in reversed(self.found) if segment.relations), self.current)
            if _EXCEPTED.intersection(plain):
                spoken_of.problem = f"what is meant by the words {said!r} in this formula?"
            self._condition(end)
        elif last in (
            "and",
            "or",
            "so",
            "hence",
            "thus",
            "therefore",
            "then",
            "also",
        ) and self._relation_behind(end):
            self.found.append(Segment())
            self.position = end
        else:
            self._remark(said, end)

    def _is_name(self, following: str) -> bool:
        """Whether a word stands where a formula needs a name: with scripts, or between signs."""
        if following in ("(", "_", "^"):
            return True
        before = next((t.text for t in reversed(self.tokens[: self.position]) if t.text not in IGNORED), "")
        if before in ("_", "^"):
            return True
        begins = before in ("", "&", "+", "-", *SIGNS, *RELATIONS)
        ends = following in ("", "&", "+", "-", ",", ".", *SIGNS, *RELATIONS)
        inside = before in ("+", "-", *SIGNS, *RELATIONS) or following in ("+", "-", *SIGNS, *RELATIONS)
        return begins and ends and inside

    def _closing_words(self, said: str, end: int) -> int | None:
        """Behind the words that close the bracket which `said` opens: ``\\text{(since }g' = g\\text{)}``."""
        while said.count("(") > said.count(")"):
            end = next(
                (i for i in range(end, len(self.tokens)) if self.tokens[i].text in TEXTS), len(self.tokens)
            )
            if end == len(self.tokens):
                return None
            more, end = words(self.tokens, end)
            said += more
            if said.count("(") <= said.count(")"):
                return end
        return None

    def _relation_behind(self, position: int) -> bool:
        return bool(self.current.relations) and any(t.text in RELATIONS for t in self.tokens[position:])

    def _remark(self, said: str, end: int) -> None:
        """Words that are no part of the statement; mathematics behind them may be none of it either."""
        behind = meaningful(self.tokens[end:])
        continues = bool(behind) and (behind[0].text in ("+", "-") or behind[0].text in SIGNS)
        if not meaningful(self.current.parts[-1]) and behind and self._goes_on(behind[0]):
            self.current.problem = f"what is meant by the words {said!r} in this formula?"
            self.position = end
        elif not meaningful(self.current.parts[-1]) or not behind:
            self.position = end
        elif self._relation_behind(end) and not continues:
            self.found.append(Segment("aside" if _CAUSE.match(said) else "plain"))
            self.position = end
        elif _REASON.match(said) and not continues:
            self.position = len(self.tokens)
        elif behind[0].text in TEXTS:
            self.position = end
        else:
            self.current.problem = f"what is meant by the words {said!r} in this formula?"
            self.position = len(self.tokens)

    def _goes_on(self, token: Token) -> bool:
        """Whether a sign makes the words before it a part of the formula; a minus may begin the next one."""
        return token.text == "+" or token.text in SIGNS

    def _condition(self, start: int) -> None:
        """What a row says something holds for, before the statement or behind it."""
        empty = not meaningful(self.current.parts[-1]) and not self.current.relations
        before = empty and not any(segment.relations for segment in self.found[:-1])
        rest = Segment("condition" if before else "after-condition")
        if empty:
            self.found[-1] = rest
        else:
            self.found.append(rest)
        position = start
        while position < len(self.tokens) and self.tokens[position].text not in ("&", ":"):
            token = self.tokens[position]
            if token.text in TEXTS:
                break
            if token.text == "," and any(t.text in RELATIONS for t in self.tokens[position + 1 :]):
                break
            if token.text in RELATIONS:
                rest.add_relation(RELATIONS[token.text])
            else:
                rest.parts[-1].append(token)
            position += 1
        self.found.append(Segment())
        self.position = position
