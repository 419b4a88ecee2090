"""The reader from top to bottom: a text becomes pieces, sentences, drafts with roles, terms, a derivation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derivations.language import Domain, Part, Role
from derivations.reading import standing
from derivations.reading.bernoulli import binary_labels, spell_out_labels
from derivations.reading.chains import Side
from derivations.reading.coincidences import coincidence, doubtful_reach
from derivations.reading.conditions import supposition
from derivations.reading.covering import covers
from derivations.reading.deep import whole_term
from derivations.reading.definitions import Definitions
from derivations.reading.diagonals import entry_letters
from derivations.reading.drafts import Draft
from derivations.reading.facts import Facts, told_in
from derivations.reading.functions import find_functions, one_argument, variable_of
from derivations.reading.granting import grants
from derivations.reading.habits import differentiated_names, find_habits, own_names, usual_variable
from derivations.reading.heads import head_of, key_of
from derivations.reading.introduced import values_of
from derivations.reading.introductions import introduced_again, is_settled
from derivations.reading.loose import Looseness, points_of
from derivations.reading.meanings import (
    assume_functions,
    find_aliases,
    find_known_functions,
    find_other_functions,
)
from derivations.reading.means import coefficients, divisors
from derivations.reading.own_notations import own_notations
from derivations.reading.parsed import Parsed, sides_in
from derivations.reading.pieces import Mathematics
from derivations.reading.places import Places
from derivations.reading.prose import ProseFact, speaks_of_counts
from derivations.reading.ranges import IndexRanges
from derivations.reading.ranks import ranks_of
from derivations.reading.relations import Relation
from derivations.reading.resolve import Frame, Resolver
from derivations.reading.roles import drafts_of
from derivations.reading.scopes import Scopes, Test, is_conditional, row_tests
from derivations.reading.sentences import LONGEST, Sentence
from derivations.reading.sight import Sight
from derivations.reading.supposed_orders import ORDERS, as_far_as_told, is_granted
from derivations.reading.suppositions import AssumptionTerm
from derivations.reading.survey import take_survey
from derivations.reading.term_walk import names_in
from derivations.reading.terms import RankTest, Term
from derivations.reading.unreadable import Unreadable
from derivations.reading.vocabulary import Vocabulary, used_names
from derivations.reading.widening import used_letters
from derivations.reading.worded import Worded
from derivations.reading.worded_claims import WORDED, with_worded_claims
from derivations.reading.wordings import DENIED, RESULT


class Document:
    """A text on its way to a derivation."""

    whole = False
    """Whether what occurs in sums to K - 1 only has an entry at K as well."""

    divided = True
    """Whether its sections may give names meanings of their own."""

    def __init__(self, text: Parsed, sight: Sight | None = None) -> None:
        """What one view sees of it, all of it without one."""
        self.text = text
        self.sight = sight
        self.places = text.places
        self.pieces = text.pieces
        self.sentences = text.sentences
        self.vocabulary = Vocabulary(
            take_survey(
                sides_in(self.mathematics()),
                own_names(chain for piece in self.stating() for chain in piece.chains),
            )
        )
        self.pieces = with_worded_claims(self.pieces, self.sentences, self.places.text)
        self.vocabulary.counts = speaks_of_counts(self.places.text)
        self.vocabulary.divisors = divisors(sides_in(self.mathematics()))
        self.vocabulary.coefficients = coefficients(sides_in(self.mathematics()))
        self.facts = Facts(self.vocabulary, self.pieces, self.places)
        self.resolver = Resolver(self.vocabulary, self.places.slice)
        chains = (chain for piece in self.mathematics() for chain in piece.chains)
        self.resolver.diagonals = entry_letters(chains, self.vocabulary.survey)
        self.conditional: set[Sentence] = set()
        """Sentences that say something of names under a condition."""
        self.frames: dict[int, Frame] = {}
        """What surrounds the formulas of each chain."""
        self.read_sides: dict[int, tuple[Term | None, str | None, tuple[str, ...]]] = {}

    def mathematics(self) -> Iterator[Mathematics]:
        """All formulas in order."""
        return (piece for piece in self.pieces if isinstance(piece, Mathematics))

    def stating(self) -> Iterator[Mathematics]:
        """The formulas that may give a name its meaning: all of them."""
        return self.mathematics()

    def roles(self) -> list[Draft]:
        """All relations with what each is for."""
        drafts = drafts_of(self.pieces, self.sentences, self.vocabulary)
        for draft in drafts:
            if self.sight is not None:
                self.sight.settle(draft)
        return drafts

    def names(self) -> list[tuple[ProseFact, Sentence]]:
        """Find what names stand for and what relations are for; returns what the sentences say."""
        find_habits([chain for piece in self.mathematics() for chain in piece.chains], self.vocabulary)
        told = told_in(self.sentences, self.facts)
        self.remarks = self._find_names([fact for fact, _ in told])
        self.facts.defined |= {key_of(d.head, self.vocabulary) for d in self.drafts if d.head is not None}
        return told

    def relations(self, told: list[tuple[ProseFact, Sentence]]) -> list[Relation]:
        """All relations with what their sides stand for, after `names`."""
        self._state_facts(told)
        definitions = self._define(told)
        self.again = introduced_again(self.drafts, told, self.facts)
        self.looseness = Looseness(self.facts, points_of(self.drafts, self.vocabulary))
        self.own = own_notations(self.drafts, self.sentences, self.pieces, self.places.text, self.vocabulary)
        self.standing = standing.standing_of(self.facts, self.drafts, self.sentences)
        self.ranks = ranks_of(self.facts, self.sentences)
        self.scopes = Scopes(self.vocabulary)
        self.scopes.collect(self.drafts, self.sentences)
        self.ranges = IndexRanges.of(self.drafts, self.pieces)
        self.defined_in = {
            key_of(draft.head, self.vocabulary): self.scopes.cases.get(draft.block, 0)
            for draft in self.drafts
            if draft.head is not None
        }
        found = list(self._relations(definitions))
        self._finish()
        return found

    def _find_names(self, told: list[ProseFact]) -> dict[str, str]:
        """What names stand for, by the words around them and by their roles; returns what to remark."""
        for fact in told:
            if fact.kind in ("vector", "one-hot", "sum-one"):
                self.vocabulary.stated_vectors.update(h.base for h in self.facts.named(fact.formulas[0]))
        words = [fact for fact in told if not fact.conditional]
        find_other_functions(self.facts, words)
        find_known_functions(self.facts, words)
        remarks = find_aliases(self.facts, words)
        self.drafts = self.roles()
        heads = {d.head.base for d in self.drafts if d.head is not None}
        remarks |= assume_functions(self.vocabulary, self.places.text, heads)
        self.vocabulary.dependent |= differentiated_names(sides_in(self.mathematics()))
        for fact in words:
            if fact.kind == "depends":
                self.vocabulary.dependent.update(h.base for h in self.facts.named(fact.formulas[0]))
        self.resolver.usual_variable = usual_variable(sides_in(self.mathematics()), self.drafts)
        spelt = spell_out_labels(self.drafts, set(binary_labels(self.drafts)))
        remarks |= dict.fromkeys(spelt, "a probability, that of a binary label by that of 1")
        find_functions(self.drafts, self.vocabulary)
        return remarks

    def _define(self, told: list[tuple[ProseFact, Sentence]]) -> Definitions:
        """The definitions that relations make, and those that words make."""
        for name, why in self.vocabulary.unsettled.items():
            self.facts.loose.setdefault(name, why)
        definitions = Definitions(self.vocabulary, self.resolver, self.places)
        definitions.read(self.drafts)
        definitions.leave_open(self.drafts)
        self.facts.loose |= definitions.opaque
        worded = Worded(self.facts, definitions)
        worded.constant_entries(self.drafts)
        for fact, sentence in told:
            withheld = self.sight is not None and self.sight.withholds_fact(fact, self.facts)
            if not fact.conditional and not withheld:
                worded.tell(fact, self._line(sentence))
        worded.covariances(self.places.text)
        return definitions

    def _state_facts(self, told: list[tuple[ProseFact, Sentence]]) -> None:
        for draft in self.drafts:
            if DENIED.search(draft.sentence.words_before(draft.piece)):
                continue
            for said in draft.said:
                sight, place = self.sight, draft.sentence.place
                withheld = sight is not None and sight.withholds([head_of(said.target)], values_of(said))
                if said.domain is not None and is_conditional(draft):
                    said = replace(said, domain=None, loose=False)
                line = self.places.line(self.pieces[draft.piece].span.start)
                if said.domain is not None and not grants(draft, self.pieces[draft.piece]):
                    said = replace(said, domain=None, loose=True)
                elif draft.relation in ORDERS and not is_granted(draft.sentence, draft.piece):
                    said = as_far_as_told(said)
                if withheld:
                    said = replace(said, domain=None, loose=False)
                if sight is None or place in sight.view.places or said.domain or said.shape:
                    self.facts.state(said, line, draft.sentence.part)
        for fact, sentence in told:
            if fact.conditional:
                self.conditional.add(sentence)
            elif self.sight is None or not self.sight.withholds_fact(fact, self.facts):
                self.facts.tell(fact, self._line(sentence))

    def _line(self, sentence: Sentence) -> int:
        return self.places.line(self.pieces[sentence.formulas[0]].span.start) if sentence.formulas else 1

    # Relations -----------------------------------------------------------------------------------------

    def _relations(self, definitions: Definitions) -> Iterator[Relation]:
        by_piece: dict[int, list[Draft]] = {}
        for draft in self.drafts:
            by_piece.setdefault(draft.piece, []).append(draft)
        for number, piece in enumerate(self.pieces):
            if not isinstance(piece, Mathematics):
                continue
            if piece.problem is not None:
                yield replace(self._unsplit(piece), piece=number)
            for draft in by_piece.get(number, ()):
                yield self._relation(draft, definitions)

    def _unsplit(self, piece: Mathematics) -> Relation:
        source, problem = self.places.slice(piece.span), piece.problem
        if piece.problem_span is not None:
            problem = f"{problem} ({self.places.told(piece.problem_span)})"
        return Relation(self.places.location(piece.span), Role.CLAIM, "=", "", source, problem=problem)

    def _relation(self, draft: Draft, definitions: Definitions) -> Relation:
        left, right = draft.left, draft.right
        span = replace(right.span, start=left.span.start) if left.span.end else right.span
        if not right.span.end:
            span = left.span
        blank = Relation(
            self.places.location(span),
            draft.role,
            "=" if draft.relation == ":=" else draft.relation,
            self.places.slice(left.span),
            self.places.slice(right.span),
            block=draft.block,
            worded=draft.chain.kind == WORDED,
            notes=tuple(definitions.notes.get(id(draft), ())),
            piece=draft.piece,
        )
        if draft.role is Role.ASSUMPTION:
            return blank
        if draft.role is Role.DEFINITION:
            return definitions.relation(draft, blank)
        return self._claim(draft, blank, definitions)

    def _claim(self, draft: Draft, blank: Relation, definitions: Definitions) -> Relation:
        self.vocabulary.versions = dict(definitions.versions.get(id(draft), {}))
        terms, problem, notes = [], draft.problem, blank.notes
        if draft.sentence.overlong:
            problem = f"its sentence is longer than {LONGEST:,} characters; end it with a full stop"
        for position in (draft.position, draft.position + 1):
            term, trouble, noted = self._side(draft, position)
            terms.append(term)
            problem = problem or trouble
            notes += tuple(n for n in noted if n not in notes)
        conflict = self._conflict(draft, terms) or self.looseness.problem(terms, draft)
        tests = [
            *self.scopes.tests.get(draft.block, ()),
            *row_tests(draft.chain, draft, self.vocabulary),
        ]
        lost = self.standing.at(draft, terms, self.vocabulary.specs)
        assumptions, domains, doubt = self._conditions(tests, terms, lost)
        columns, uncertain = self.ranks.of(draft, terms, self.vocabulary.specs)
        assumptions += tuple(
            AssumptionTerm(RankTest(self.resolver.resolve(one.matrix, Frame())), one.text) for one in columns
        )
        ranges, several = self.ranges.of_claim(draft)
        return replace(
            blank,
            left=terms[0],
            right=terms[1],
            index_sets=ranges,
            problem=problem
            or (self.sight and self.sight.doubt(draft))
            or conflict
            or standing.problem_of(lost)
            or self.own.problem(draft, terms, self.vocabulary),
            notes=notes,
            assumptions=assumptions,
            domains=domains,
            doubt=draft.doubt
            or doubt
            or uncertain
            or several
            or standing.doubt_of(lost)
            or self.looseness.of(terms, draft)
            or (self.sight and self.sight.looseness(draft))
            or self._unread_words(draft)
            or doubtful_reach(draft, self.resolver)
            or next(filter(None, (coincidence(term, self.vocabulary.specs) for term in terms)), None),
            free=definitions.not_yet(draft),
            settled=is_settled(terms, self.again, self.vocabulary.specs),
            concluded=not draft.position and bool(RESULT.search(draft.sentence.words_before(draft.piece))),
        )

    def _conditions(
        self, tests: list[Test], terms: list[Term | None], lost: Mapping[str, Domain | None]
    ) -> tuple[tuple[AssumptionTerm, ...], tuple[tuple[str, Domain], ...], str | None]:
        """What holds for a claim, the values that names take there, and the condition that is not read."""
        assumptions: list[AssumptionTerm] = []
        domains = {name: domain for name, domain in lost.items() if domain is not None}
        doubt = None
        for test in tests:
            text = self._text(test)
            try:
                if test.left is not None and test.right is not None:
                    found = supposition(test.left, test.relation, test.right, self.resolver, Frame())
                    assumptions.append(AssumptionTerm(found, text))
                    continue
            except Unreadable:
                doubt = f"the condition {text} is not read"
                continue
            if test.ended:
                if any(self.facts.name(said) in names_in(term) for said in test.said for term in terms):
                    doubt = f"the condition {text} may hold here"
                continue
            covered = [covers(one, self.facts.name(one), test, terms, self.vocabulary) for one in test.said]
            read = [all(covered) and self.facts.restrict(said, domains) for said in test.said]
            if not read or not all(read):
                doubt = f"the condition {text} is not read"
        return tuple(assumptions), tuple(domains.items()), doubt

    def _text(self, test: Test) -> str:
        if test.span is not None:
            return self.places.slice(test.span)
        left, right = (self.places.slice(side.span) for side in (test.draft.left, test.draft.right))
        return f"{left} {test.draft.relation} {right}".strip()

    def _unread_words(self, draft: Draft) -> str | None:
        return (
            "a condition in the words of its sentence is not read"
            if draft.sentence in self.conditional
            else None
        )

    def _side(self, draft: Draft, position: int) -> tuple[Term | None, str | None, tuple[str, ...]]:
        side = draft.chain.sides[position]
        if side.syntax is None:
            return None, _trouble(side, self.places), ()
        if id(side) not in self.read_sides:
            self.resolver.notes = []
            try:
                term = whole_term(side.syntax, self._frame(draft, position), self.resolver)
                self.read_sides[id(side)] = (term, None, tuple(self.resolver.notes))
            except Unreadable as error:
                self.read_sides[id(side)] = (
                    None,
                    f"{error} ({self.places.told(error.span)})",
                    tuple(self.resolver.notes),
                )
        return self.read_sides[id(side)]

    def _frame(self, draft: Draft, position: int) -> Frame:
        frame = self.frames.get(id(draft.chain))
        if frame is None:
            sides = [side.syntax for side in draft.chain.sides if side.syntax is not None]
            first = draft.chain.sides[0].syntax
            frame = self.frames[id(draft.chain)] = Frame(
                outer=frozenset(used_letters(first)) if first is not None else frozenset(),
                variable=variable_of(sides, self.vocabulary),
                arguments=one_argument(sides, self.vocabulary),
            )
        return frame if position else replace(frame, outer=frozenset())

    def _conflict(self, draft: Draft, terms: list[Term | None]) -> str | None:
        for term in terms:
            for name in sorted(used_names(term, self.vocabulary.specs)) if term is not None else ():
                if self.scopes.only_partly(name, draft):
                    return f"{name} is defined under a condition only: say what it is here"
            for name in sorted(names_in(term)):
                case = self.defined_in.get(name, 0)
                if case and case != self.scopes.cases.get(draft.block, 0):
                    return f"{name} is defined in a case only: say what it is here"
            for name in sorted(names_in(term)):
                if name in self.facts.conflicts:
                    return self.facts.conflicts[name]
        return None

    def _finish(self) -> None:
        differentiated = self.resolver.differentiated
        for name in {*differentiated, *self.vocabulary.beside(differentiated)}:
            spec = self.vocabulary.spec(name)
            base = name.split("_")[0].split("^")[0]
            if (
                spec.definition is None
                and spec.label_values is None
                and base not in self.vocabulary.dependent
            ):
                spec.part = Part.PARAMETER
        self.vocabulary.finish()


def _trouble(side: Side, places: Places) -> str:
    text = side.problem or "this was not understood"
    if side.problem_span is None:
        return text
    return f"{text} ({places.told(side.problem_span)})"
