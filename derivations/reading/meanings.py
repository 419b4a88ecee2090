"""Sentences that give names a meaning: "$X$ has rows $x_i^\\top$", "$g$ is the logistic function".

They are read before roles are settled, for they decide under which name a letter is kept.
"""

from __future__ import annotations

from derivations.language import Part
from derivations.reading.facts import Facts
from derivations.reading.heads import Head, key_of
from derivations.reading.names import DefinitionTerm
from derivations.reading.prose import ProseFact
from derivations.reading.survey import KNOWN_FUNCTIONS
from derivations.reading.terms import DeltaTerm, IndexTerm, MultiplyTerm, NameTerm, OperatorTerm
from derivations.reading.vocabulary import Vocabulary

ROW_LETTERS = frozenset({"x", "phi"})
"""Small letters that are taken for the rows of their capital without a word of the author's."""


def find_aliases(facts: Facts, told: list[ProseFact]) -> list[str]:
    """Keep ``x_{ij}`` and ``X``, of which it is the entry, under one name; returns notes on what was not stated."""
    vocabulary, notes = facts.vocabulary, []
    rows = {
        (matrix.base, row.base)
        for fact in told
        if fact.kind == "rows"
        for matrix in facts.named(fact.formulas[0])
        for row in facts.named(fact.formulas[1])
    }
    for small in sorted(vocabulary.survey.usages):
        capital = _capital(small)
        usage = vocabulary.survey.usage(small)
        if capital is None or not (usage.lettered or usage.numbered):
            continue
        other = vocabulary.survey.usages.get(capital)
        if other is None or not other.bare and not other.transposed or other.doubled:
            continue
        stated = (capital, small) in rows
        if stated or usage.doubled or small in ROW_LETTERS:
            _alias(vocabulary, small, capital, usage.bare > 0)
            if not stated:
                notes.append(f"{small} with indices is an entry or row of {capital}")
    for capital, small in rows:
        if vocabulary.survey.usage(small).lettered or vocabulary.survey.usage(small).numbered:
            _alias(vocabulary, small, capital, vocabulary.survey.usage(small).bare > 0)
    return notes


def _alias(vocabulary: Vocabulary, small: str, capital: str, bare: bool) -> None:
    if bare:
        vocabulary.indexed_aliases[small] = capital
    else:
        vocabulary.aliases[small] = vocabulary.aliases[f"{small}^"] = capital


def _capital(name: str) -> str | None:
    if len(name) == 1 and name.islower():
        return name.upper()
    return {"phi": "Phi", "theta": "Theta", "pi": "Pi"}.get(name)


def find_known_functions(facts: Facts, told: list[ProseFact]) -> None:
    """Note which letters are said to be the logistic function."""
    for fact in told:
        if fact.kind == "sigmoid":
            for head in facts.named(fact.formulas[0]):
                if head.base not in KNOWN_FUNCTIONS:
                    facts.vocabulary.known_as[head.base] = "sigma"


def define_by_words(facts: Facts, told: list[ProseFact], line: int) -> None:
    """Definitions that a sentence makes: a softmax of scores, a diagonal matrix with given entries."""
    for fact in told:
        if fact.kind == "softmax":
            _softmax(facts, fact, line)
        if fact.kind == "diagonal":
            _diagonal(facts, fact, line)


def _softmax(facts: Facts, fact: ProseFact, line: int) -> None:
    left, right = (facts.named(piece) for piece in fact.formulas[:2])
    if len(left) != 1 or len(right) != 1:
        return
    name, scores = _plain(left[0], facts), _plain(right[0], facts)
    piece = facts.pieces[fact.formulas[1]]
    if name is None or scores is None or name in facts.defined:
        return
    facts.vocabulary.spec(scores)
    body = OperatorTerm(piece.span, "softmax", NameTerm(piece.span, scores))
    facts.vocabulary.spec(name).definition = DefinitionTerm((), (), body, line)
    facts.defined.add(name)


def _diagonal(facts: Facts, fact: ProseFact, line: int) -> None:
    left, right = (facts.named(piece) for piece in fact.formulas[:2])
    if len(left) != 1 or len(right) != 1 or right[0].base == left[0].base:
        return
    name, entries = key_of(left[0], facts.vocabulary), key_of(right[0], facts.vocabulary)
    if name in facts.defined:
        return
    facts.vocabulary.spec(entries)
    span = facts.pieces[fact.formulas[1]].span
    row, column = IndexTerm("i"), IndexTerm("j")
    body = MultiplyTerm(span, (DeltaTerm(span, row, column), NameTerm(span, entries, (row,))))
    spec = facts.vocabulary.spec(name)
    spec.definition = DefinitionTerm(("i", "j"), (), body, line)
    spec.part = Part.UNKNOWN
    facts.defined.add(name)


def _plain(head: Head, facts: Facts) -> str | None:
    return key_of(head, facts.vocabulary) if head.group is None else None
