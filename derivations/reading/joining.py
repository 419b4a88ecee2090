"""A document from its text to its derivation: every view read by itself, all of them put together.

Most documents are one view. Where sections introduce a letter anew, each is read with what it sees of the
others, and its statements keep the context that it is judged in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain as chained

from derivations.language import Context, Derivation, Role, Statement, definition_text, shown
from derivations.reading.assemble import assemble
from derivations.reading.document import Document
from derivations.reading.heads import Head
from derivations.reading.inheritance import Inheritance
from derivations.reading.introduced import Reader, defined_by, names_of
from derivations.reading.loose import with_stated_sizes, without_claims
from derivations.reading.meanings import says_something
from derivations.reading.orders import idle_directives, with_orders
from derivations.reading.outline import Outline, Place
from derivations.reading.parsed import Parsed
from derivations.reading.prose import ProseFact, hints_in
from derivations.reading.relations import Relation
from derivations.reading.sentences import Sentence
from derivations.reading.sight import Sight
from derivations.reading.sources import Source
from derivations.reading.views import Restriction, Viewing

Told = list[tuple[ProseFact, Sentence]]


def read(text: str, format: str) -> Derivation:
    """The derivation in a document; what cannot be read is a claim with a problem, never an exception."""
    return read_source(Source(text, format))


def read_source(source: Source) -> Derivation:
    """The derivation in a document that may consist of several files or cells."""
    return derivation_of(Document(Parsed.of(source)))


def derivation_of(document: Document) -> Derivation:
    """Names first, then roles, then what everything stands for, in every view."""
    told = document.names()
    parts = list(_parts(document, told))
    joined = _joined(_laid_out(parts), document.text)
    text = document.text
    displays = [piece.span for piece in text.mathematics() if piece.display]
    speaking = [draft.sentence for draft in document.drafts]
    speaking += [sentence for fact, sentence in told if says_something(document.facts, fact)]
    idle = idle_directives(text.directives, speaking, text.pieces)
    ordered = with_orders(joined, text.directives, displays, text.places, idle, text.source.problems)
    return text.places.with_own_lines(ordered)


@dataclass(frozen=True)
class _Part:
    """One view of a document, with all relations that it sees."""

    document: Document
    relations: tuple[Relation, ...]
    numbers: list[int]
    """The number that each of its pieces has in the whole."""
    places: Mapping[int, Place]
    """The sections of the formulas of the whole."""

    def assembled(self, layout: str) -> tuple[Derivation, int]:
        """Its derivation, and how many of its claims could not be built."""
        document = self.document
        found, failures = assemble(
            list(self.relations), document.vocabulary.cells, layout, document.remarks, document.whole
        )
        statements = tuple(
            _as_defined(statement, relation, found.context)
            for statement, relation in zip(found.statements, self.relations, strict=True)
        )
        return replace(found, statements=statements), sum(map(self.is_own, failures))

    def is_own(self, relation: Relation) -> bool:
        """Whether a relation stands in a section that the view is of."""
        sight = self.document.sight
        return sight is None or self.places[self.numbers[relation.piece]] in sight.view.places


def _parts(document: Document, told: Told) -> Iterator[_Part]:
    """The document in each of its views."""
    reader = Reader(document.vocabulary, document.facts)
    heads = {id(draft.left): head for draft in document.drafts if (head := defined_by(draft)) is not None}
    viewing = _viewing(document, told, reader, heads)
    views = viewing.views() if document.divided else []
    if len(views) <= 1 and all(view.plain for view in views):
        yield _Part(document, tuple(document.relations(told)), list(range(len(document.pieces))), {})
        return
    places = {number: sentence.place for sentence in document.sentences for number in sentence.formulas}
    orders = {id(sentence): order for order, sentence in enumerate(document.sentences)}
    speaking = frozenset(orders[id(sentence)] for fact, sentence in told if not fact.formulas)
    restriction = Restriction(document.text, viewing, reader, heads, speaking)
    for view, (text, numbers) in zip(views, restriction.texts(views), strict=True):
        part = Document(text, Sight(view, reader))
        yield _Part(part, tuple(part.relations(part.names())), numbers, places)


def _viewing(document: Document, told: Told, reader: Reader, heads: Mapping[int, Head]) -> Viewing:
    """How the sections of a document see each other."""
    used: dict[Place, set[str]] = {}
    written: dict[Place, set[str]] = {}
    for sentence in document.sentences:
        found = used.setdefault(sentence.place, set())
        for number in sentence.formulas:
            for chain in document.text.formula(number).chains:
                found |= reader.letters_of(chain, heads.get(id(chain.sides[0])))
                written.setdefault(sentence.place, set()).update(names_of(chain))
    introductions = tuple(reader.introductions(document.drafts, told, document.sentences))
    inheritance = Inheritance(Outline.of(document.pieces), introductions, used, written)
    return Viewing(inheritance, document.places)


def _laid_out(parts: list[_Part]) -> list[tuple[_Part, Derivation]]:
    """The derivations of all parts, with one layout of derivatives by vectors in all of them: as stated,
    otherwise columns, unless more of the document fits rows.
    """
    stated = next((p.document.facts.layout for p in parts if p.document.facts.layout is not None), None)
    found = [part.assembled(stated or "column") for part in parts]
    failures = sum(failed for _, failed in found)
    if stated is None and failures:
        other = [part.assembled("row") for part in parts]
        if sum(failed for _, failed in other) < failures:
            found = other
    return [
        (part, with_stated_sizes(derivation, part.document.drafts, part.document.vocabulary))
        for part, (derivation, _) in zip(parts, found, strict=True)
    ]


def _joined(parts: list[tuple[_Part, Derivation]], text: Parsed) -> Derivation:
    """One derivation of which each section is a part."""
    own = (relation for part, _ in parts for relation in part.relations if part.is_own(relation))
    relations = sorted(own, key=lambda relation: relation.location.start)
    hints = hints_in(without_claims(text.places.text, relations))
    if len(parts) == 1:
        return replace(parts[0][1], hints=hints)
    found: list[tuple[int, Statement]] = []
    for number, (part, derivation) in enumerate(parts):
        for statement, relation in zip(derivation.statements, part.relations, strict=True):
            if part.is_own(relation):
                found.append((part.numbers[relation.piece], replace(statement, section=number)))
    found.sort(key=lambda pair: pair[0])
    contexts: tuple[Context, ...] = tuple(derivation.context for _, derivation in parts)
    names = dict.fromkeys(chained.from_iterable(derivation.names for _, derivation in parts))
    return Derivation(contexts[0], tuple(statement for _, statement in found), tuple(names), hints, contexts)


def _as_defined(statement: Statement, relation: Relation, context: Context) -> Statement:
    """`statement`; one that defines a name is shown as the definition that came of it."""
    definition = context.definitions.get(relation.defines or "")
    if statement.role is not Role.DEFINITION or definition is None:
        return statement
    return replace(statement, reading=shown(definition_text(definition)))
