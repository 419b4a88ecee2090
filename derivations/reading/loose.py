"""What is said of names and was not read exactly: the failure of a claim about them refutes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor

from derivations.language import Derivation, Domain, Role
from derivations.reading.drafts import Draft
from derivations.reading.facts import Facts
from derivations.reading.heads import head_of, key_of
from derivations.reading.relations import Relation
from derivations.reading.scopes import is_conditional
from derivations.reading.stated import number_of
from derivations.reading.supposed_orders import CURVATURES, ORDERS
from derivations.reading.syntax import name_of
from derivations.reading.term_walk import called_names, everything, names_in, parts
from derivations.reading.terms import CallTerm, CasesTerm, FunctionTerm, NameTerm, OperatorTerm, Term
from derivations.reading.vocabulary import Vocabulary, free_names, used_names
from derivations.reading.wordings import NOT_GRANTED

KEPT = frozenset({Domain.UNIT, Domain.POSITIVE})
"""The domains in which the values of a function are that nothing defines."""


@dataclass(frozen=True, slots=True)
class Looseness:
    """Tells of a claim what is said of its names and is not read exactly."""

    facts: Facts
    valued: Mapping[str, set[int]] = field(default_factory=dict)
    """Names that equations give a value at which something is looked at, and in which parts."""

    def of(self, terms: Sequence[Term | None], draft: Draft) -> str | None:
        """Why a failure of the claim with the sides `terms` is no refutation, None where nothing is loose."""
        return next(self._found([term for term in terms if term is not None], draft), None)

    def problem(self, terms: Sequence[Term | None], draft: Draft) -> str | None:
        """Why a claim cannot be judged: second derivatives do not tell whether something is convex, or a
        function that is written with parts of its argument is taken at another one.
        """
        for call in (part for term in terms if term is not None for part in everything(term)):
            formal = self.facts.vocabulary.by_entries.get(call.name) if isinstance(call, CallTerm) else None
            if formal is not None and isinstance(call, CallTerm) and formal not in map(_name, call.arguments):
                return f"{call.name} is written with parts of {formal}: say what they are at another argument"
        if draft.relation not in CURVATURES:
            return None
        specs = self.facts.vocabulary.specs
        names = {name for term in terms if term is not None for name in used_names(term, specs)}
        bodies = [d.body for name in names if name in specs and (d := specs[name].definition) is not None]
        if any(_has_corner(term) for term in (*terms, *bodies)):
            return "what has corners is not known to be convex by its second derivatives"
        return None

    def _found(self, terms: Sequence[Term], draft: Draft) -> Iterator[str]:
        vocabulary = self.facts.vocabulary
        for term in terms if draft.relation == "=" else ():
            spec = vocabulary.specs.get(term.name) if isinstance(term, CallTerm) else None
            if spec is not None and spec.definition is None:
                yield f"nothing says what the function {spec.name} is, or this does"
        for term in terms:
            opaque = {name for name in names_in(term) if name in vocabulary.functions}
            for name in sorted(called_names(term) | opaque):
                spec = vocabulary.specs.get(name)
                if spec is None or (spec.definition is None and spec.domain not in KEPT):
                    yield f"nothing says what the function {name} is"
            for name in sorted(used_names(term, vocabulary.specs)):
                if name in self.facts.loose:
                    yield self.facts.loose[name]
            for name in sorted(names_in(term)):
                if name.endswith(("'", "_+", "_-")) and vocabulary.specs[name].definition is None:
                    yield f"nothing says what {name} is"
            for name in sorted(free_names(term, vocabulary.specs)):
                if _is_mean(name, vocabulary):
                    yield f"nothing says what {name} is"
                if draft.relation in ORDERS:
                    yield from self._of_an_order(name, draft)

    def _of_an_order(self, name: str, draft: Draft) -> Iterator[str]:
        """What tells in an inequality only: a number of things is no real number, a point is no variable."""
        vocabulary = self.facts.vocabulary
        spec = vocabulary.specs.get(name)
        if name in COUNTS and (spec is None or spec.domain is None or name in vocabulary.divisors):
            yield f"{name} may be a number of things"
        if draft.sentence.part in self.valued.get(name, ()):
            yield f"{name} has a value above, and may have it here"


COUNTS = frozenset("mnNMK")
"""Letters for how many things there are."""


def points_of(drafts: Sequence[Draft], vocabulary: Vocabulary) -> dict[str, set[int]]:
    """The names that get a value without being defined ("at $a = -6$"), and in which parts."""
    found: dict[str, set[int]] = {}
    for draft in drafts:
        head, value = head_of(draft.left.syntax), number_of(draft.right.syntax)
        plain = draft.role is Role.ASSUMPTION and draft.relation == "=" and not draft.said
        bare = head is not None and head.group is None and value is not None
        if plain and bare and head is not None and not is_conditional(draft):
            found.setdefault(key_of(head, vocabulary), set()).add(draft.sentence.part)
    return found


def _name(term: Term) -> str | None:
    return term.name if isinstance(term, NameTerm) else None


_CORNERED = frozenset({"abs", "relu", "absolute", "norm"})


def _has_corner(term: object) -> bool:
    cornered = isinstance(term, FunctionTerm | OperatorTerm) and term.name in _CORNERED
    return cornered or isinstance(term, CasesTerm) or any(_has_corner(part) for part in parts(term))


def with_stated_sizes(derivation: Derivation, drafts: Sequence[Draft], vocabulary: Vocabulary) -> Derivation:
    """`derivation` with the least sizes that its author states: "let $K \\ge 2$"."""
    context = derivation.context
    for draft in drafts:
        left, value = draft.left.syntax, number_of(draft.right.syntax)
        name = name_of(left) if left is not None else None
        stated = draft.role is Role.ASSUMPTION and draft.relation in (">", ">=") and not is_conditional(draft)
        if not stated or name is None or value is None or not vocabulary.is_size(name):
            continue
        if not NOT_GRANTED.search(draft.sentence.text):
            least = floor(value) + 1 if draft.relation == ">" else ceil(value)
            context = context.with_minimum_size(name, least)
    return replace(derivation, context=context)


def without_claims(text: str, relations: Iterable[Relation]) -> str:
    """`text` without the inequalities that are claimed in it: ``x^2 > 0`` says of no name what it is."""
    kept, start = [], 0
    for relation in relations:
        claimed = relation.role is Role.CLAIM and relation.relation in ORDERS
        if claimed and relation.doubt is None and relation.problem is None:
            kept.append(text[start : max(start, relation.location.start)])
            start = max(start, relation.location.end)
    return " ".join((*kept, text[start:]))


def _is_mean(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is a letter with a bar of which the document knows the entries: ``\\bar v`` beside v."""
    base = name.removeprefix("bar ")
    usage = vocabulary.survey.usage(base)
    return base != name and bool(usage.lettered or base in vocabulary.stated_vectors)
