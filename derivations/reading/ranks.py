"""Independent columns that are supposed in words: "suppose that $X$ has full column rank".

They make quadratic forms positive, so strict inequalities rest on them. What is said with "if" holds for its
sentence; what is supposed, until its section ends or words speak of ranks again, or take something back.

*Guarantees*: a claim is judged with independent columns only where they are certainly supposed. Where they
may be, the failure of a strict inequality is no refutation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from derivations.reading.drafts import Draft
from derivations.reading.facts import Facts
from derivations.reading.heads import key_of
from derivations.reading.names import FREE
from derivations.reading.prose import MARK
from derivations.reading.sentences import Sentence
from derivations.reading.syntax import name_of
from derivations.reading.terms import Term
from derivations.reading.tree import Syntax
from derivations.reading.vocabulary import Spec, used_names

NOT_STRICT = frozenset({"=", ":=", "<=", ">=", "preceq", "succeq", "convex", "concave"})
"""Relations that independent columns do not decide."""

_RANK = re.compile(
    r"\branks?\b|\bindependen\w+|\bdependent\b|\binvertible\b|\b(?:non-?)?singular\b", re.IGNORECASE
)
_F = MARK.format(r"(\d+)")
_FULL = r"(?:full column[- ]rank|(?:linearly )?independent columns)"
_SAID = re.compile(
    rf"{_F}(?: ha[sv]e?| is of| be of| is| be| with| of)(?: a)? {_FULL}\b|"
    rf"\bcolumns of {_F} (?:are|be) (?:linearly )?independent\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(r"\b(?:suppos\w+|assum\w+|let|where|given)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|when|whenever|provided|as long as|once)\b", re.IGNORECASE)
_UNCERTAIN = re.compile(
    r"\b(?:not|no|nor|or|neither|unless|either|whether|except|even|only|without|instead|contradict\w*|"
    r"otherwise|else|iff|false|drop\w*|regardless|remov\w*|relax\w*|lift\w*|longer|arbitrary|general|"
    r"whatever|irrespective|may|might|could|cannot)\b|n't\b",
    re.IGNORECASE,
)
"""Words with which a sentence may say something else, or take something back."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A matrix whose columns are independent."""

    matrix: Syntax
    text: str


@dataclass(frozen=True, slots=True)
class _Said:
    """Where something is said of the rank of a name."""

    name: str
    number: int
    sentence: Sentence
    columns: Columns | None = None
    """What it certainly says."""
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Ranks:
    """What a document says of ranks, in its order."""

    said: tuple[_Said, ...]
    sentences: Sequence[Sentence]

    def of(
        self, draft: Draft, terms: Iterable[Term | None], specs: Mapping[str, Spec]
    ) -> tuple[tuple[Columns, ...], str | None]:
        """What is supposed of the columns of the names behind a claim, or why it is not certain."""
        if not self.said or draft.relation in NOT_STRICT:
            return (), None
        used = {name for term in terms if term is not None for name in used_names(term, specs)}
        names = {name.removesuffix(FREE) for name in used}
        found: dict[str, Columns | None] = {}
        for one in self.said:
            if one.name in names:
                standing = one.columns if self._stands(one, draft) else None
                found[one.name] = found.get(one.name) or standing
        doubtful = sorted(name for name, columns in found.items() if columns is None)
        doubt = f"the columns of {doubtful[0]} may be supposed to be independent" if doubtful else None
        return tuple(columns for columns in found.values() if columns is not None), doubt

    def _stands(self, one: _Said, draft: Draft) -> bool:
        if one.columns is None or one.number > draft.number:
            return False
        if one.number == draft.number:
            return True
        here = self.sentences[draft.number]
        if not one.lasting or one.sentence.place != here.place or one.sentence.item:
            return False
        between = self.sentences[one.number + 1 : draft.number + 1]
        return not any(_RANK.search(later.text) or _UNCERTAIN.search(later.text) for later in between)


def ranks_of(facts: Facts, sentences: Sequence[Sentence]) -> Ranks:
    """What sentences say of ranks."""
    found = (_said(facts, number, sentence) for number, sentence in enumerate(sentences))
    return Ranks(tuple(one for group in found for one in group), sentences)


def _said(facts: Facts, number: int, sentence: Sentence) -> Iterator[_Said]:
    if not _RANK.search(sentence.text):
        return
    uncertain = bool(_UNCERTAIN.search(sentence.text))
    certain = {int(match[1] or match[2]): match for match in _SAID.finditer(sentence.text)}
    for formula in sentence.formulas:
        match, node = certain.get(formula), facts.first_side(formula)
        before = sentence.text[: match.start()] if match else ""
        lasting, supposed = bool(_SUPPOSED.search(before)), bool(_IF.search(before))
        columns = None
        named = node is not None and name_of(node) is not None
        if match and node is not None and named and (lasting or supposed) and not uncertain:
            columns = Columns(node, f"{name_of(node)} has independent columns")
        for head in facts.named(formula):
            name = key_of(head, facts.vocabulary)
            yield _Said(name, number, sentence, columns, lasting and not supposed)
