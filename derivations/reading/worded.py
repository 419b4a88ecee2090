"""Definitions that words make: "the diagonal matrix with entries $s_i$", "$W$ is symmetric", "$x_0 = 1$
for all examples".

Such a name is defined over a free tensor that carries what the author left open, so what is said of it
holds by its definition and nothing more is assumed: a symmetric W is ``(V + V^T)/2`` for any V.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from derivations.language import Role
from derivations.reading.definitions import Definitions
from derivations.reading.drafts import Draft
from derivations.reading.facts import Facts
from derivations.reading.heads import head_of, indices_of, key_of
from derivations.reading.names import FREE, DefinitionTerm
from derivations.reading.pieces import Mathematics
from derivations.reading.prose import ProseFact
from derivations.reading.resolve import Frame
from derivations.reading.scopes import is_conditional
from derivations.reading.stated import number_of
from derivations.reading.syntax import skeleton
from derivations.reading.term_walk import free_letters
from derivations.reading.terms import (
    AddTerm,
    CasesTerm,
    DeltaTerm,
    DivideTerm,
    IndexTerm,
    IndexTest,
    MultiplyTerm,
    NameTerm,
    NumberTerm,
    OperatorTerm,
    Term,
)
from derivations.reading.tree import Span, Syntax
from derivations.reading.unreadable import Unreadable

_COVARIANCE = re.compile(
    r"\b(?i:covariance)|\\(?:mathcal|mathrm|cal)\s*\{?\s*N\b\s*\}?[^$;.]{0,60},\s*(?:\\\w+\s*\{\s*)?\\Sigma\b"
)
"""The word, or what stands behind the mean of a normal distribution: ``\\mathcal{N}(m, \\Sigma)``."""


@dataclass(frozen=True, slots=True)
class Worded:
    """Adds the definitions that sentences make to those that relations make."""

    facts: Facts
    definitions: Definitions
    told: dict[str, tuple[object, ...]] = field(default_factory=dict)
    """What was said to define each name, without places."""

    def tell(self, fact: ProseFact, line: int) -> None:
        """Define what a phrase defines; what it does not settle is left undefined."""
        rule = _RULES.get(fact.kind)
        if rule is None:
            return
        names = self.facts.named(fact.formulas[0])
        if len(names) != 1 or names[0].group is not None:
            return
        name, place = key_of(names[0], self.facts.vocabulary), names[0].node.span
        said = (fact.kind, *(skeleton(self.facts.first_side(formula)) for formula in fact.formulas))
        if name in self.facts.defined:
            if self.told.get(name) == said:  # recalled
                self.facts.valued.append((name, None, place))
            return
        try:
            definition = rule(self, name, fact, line)
        except Unreadable:
            return
        if definition is not None:
            self.define(name, definition)
            self.facts.valued.append((name, None, place))
            self.told[name] = said

    def define(self, name: str, definition: DefinitionTerm) -> None:
        """Put a definition into the vocabulary."""
        self.facts.vocabulary.spec(name).definition = definition
        self.facts.defined.add(name)

    def free(self, name: str) -> str:
        """A free tensor of the same shape, values and part as `name`."""
        vocabulary = self.facts.vocabulary
        vocabulary.specs[name + FREE] = replace(vocabulary.spec(name), name=name + FREE, definition=None)
        return name + FREE

    def resolved(self, node: Syntax) -> Term:
        """The term of a formula in a sentence."""
        return self.definitions.resolver.resolve(node, Frame())

    def constant_entries(self, drafts: list[Draft]) -> None:
        """``x_0 = 1`` (the intercept's feature): true of every sample, so it belongs to what x is."""
        vocabulary = self.facts.vocabulary
        for draft in drafts:
            head, value = head_of(draft.left.syntax), number_of(draft.right.syntax)
            if is_conditional(draft):
                continue
            if draft.role is not Role.ASSUMPTION or draft.relation != "=" or head is None or value is None:
                continue
            values = [index.value for index in indices_of(head, vocabulary)]
            if not values or values[-1] != 0 or any(v is not None for v in values[:-1]):
                continue
            key = key_of(head, vocabulary)
            line = self.definitions.places.line(draft.left.span.start)
            for name, count in {key: len(values), f"{key}^": 2}.items():
                if name in vocabulary.specs and name not in self.facts.defined:
                    self.define(name, self._constant(name, count, value, draft.left.span, line))

    def covariances(self, text: str) -> None:
        """In a text that speaks of covariances, or of the law N(m, Sigma), Sigma is one: it is symmetric."""
        name = "Sigma"
        survey = self.facts.vocabulary.survey
        matrix = survey.usage(name).bare and not survey.usage(name).lettered and name not in survey.functions
        if matrix and name not in self.facts.defined and _COVARIANCE.search(text):
            self.define(name, _halves(self, name, Span(0, 0), 0))

    def _constant(self, name: str, count: int, value: Fraction, span: Span, line: int) -> DefinitionTerm:
        letters = ("i", "j")[2 - count :] if count <= 2 else tuple(f"i{n}" for n in range(count))
        indices = tuple(IndexTerm(letter) for letter in letters)
        test = IndexTest(indices[-1], IndexTerm("", 0))
        rest = NameTerm(span, self.free(name), indices)
        return DefinitionTerm(
            letters, (), CasesTerm(span, ((test, NumberTerm(span, value)), (None, rest))), line
        )


def _softmax(worded: Worded, name: str, fact: ProseFact, line: int) -> DefinitionTerm | None:
    scores = worded.facts.first_side(fact.formulas[1])
    if scores is None:
        return None
    return DefinitionTerm((), (), OperatorTerm(scores.span, "softmax", worded.resolved(scores)), line)


def _diagonal(worded: Worded, name: str, fact: ProseFact, line: int) -> DefinitionTerm | None:
    """Entries by name, by formula, or by an equation for ``S_{ii}``."""
    piece = worded.facts.pieces[fact.formulas[1]]
    assert isinstance(piece, Mathematics)
    sides = [side.syntax for side in piece.chains[0].sides] if piece.chains else []
    head = head_of(sides[0]) if sides else None
    own = head is not None and head.group is None and key_of(head, worded.facts.vocabulary) == name
    entries = sides[1] if own and len(sides) > 1 else sides[0] if sides else None
    if entries is None:
        return None
    body = worded.resolved(entries)
    letters = tuple(free_letters(body))
    if len(letters) != 1:
        return None
    other = next(letter for letter in "lkij" if letter != letters[0])
    delta = DeltaTerm(entries.span, IndexTerm(letters[0]), IndexTerm(other))
    return DefinitionTerm((letters[0], other), (), MultiplyTerm(entries.span, (delta, body)), line)


def _symmetric(worded: Worded, name: str, fact: ProseFact, line: int) -> DefinitionTerm | None:
    spec = worded.facts.vocabulary.spec(name)
    if spec.index_sets is not None and len(spec.index_sets) != 2:
        return None
    return _halves(worded, name, worded.facts.pieces[fact.formulas[0]].span, line)


def _halves(worded: Worded, name: str, span: Span, line: int) -> DefinitionTerm:
    """A symmetric matrix as half of the sum of any matrix and its transpose."""
    spec = worded.facts.vocabulary.spec(name)
    if spec.index_sets is None:
        spec.index_sets, spec.square = (None, None), True
    free = worded.free(name)
    i, j = IndexTerm("i"), IndexTerm("j")
    both = AddTerm(span, (NameTerm(span, free, (i, j)), NameTerm(span, free, (j, i))))
    return DefinitionTerm(("i", "j"), (), DivideTerm(span, both, NumberTerm(span, Fraction(2))), line)


_RULES: Mapping[str, Callable[[Worded, str, ProseFact, int], DefinitionTerm | None]] = {
    "softmax": _softmax,
    "diagonal": _diagonal,
    "symmetric": _symmetric,
}
"""One row a kind of phrase that defines a name."""
