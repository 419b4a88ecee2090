"""What relations and sentences state of names, put into the vocabulary before anything is resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace

from derivations.language import Domain, IndexSet, Origin, Part
from derivations.reading.domains import PLAIN, together
from derivations.reading.facts_left_open import LOOSE
from derivations.reading.heads import Head, head_of, indices_of, is_power, key_of
from derivations.reading.pieces import Mathematics, Piece
from derivations.reading.places import Places
from derivations.reading.prose import ProseFact, sentence_facts
from derivations.reading.sentences import Sentence
from derivations.reading.stated import Said, element, number_of, sizes_of, subjects
from derivations.reading.syntax import is_transpose, name_of
from derivations.reading.tree import Scripted, Span, Syntax
from derivations.reading.vocabulary import Spec, Vocabulary


@dataclass
class Facts:
    """Puts what is stated into the vocabulary of one document."""

    vocabulary: Vocabulary
    pieces: list[Piece]
    places: Places
    defined: set[str] = field(default_factory=set)
    """The names that the document defines: what is said of them is a claim or follows from the definition."""
    layout: str | None = None
    """The layout of gradients, where a sentence states it."""
    conflicts: dict[str, str] = field(default_factory=dict)
    """Names of which two things are said that cannot both hold."""
    said_at: dict[tuple[str, str], Span] = field(default_factory=dict)
    """Where something was first said of a name: of its values, of its shape."""
    valued: list[tuple[str, Domain | None, Span]] = field(default_factory=list)
    """Everything that is said of the values of names, and where; None for what words define."""
    parts: dict[str, int] = field(default_factory=dict)
    """The part of the document in which something was first said of a name."""
    loose: dict[str, str] = field(default_factory=dict)
    """Names of which something is said that is not read exactly: what fails for them is no refutation."""

    # Relations ---------------------------------------------------------------------------------------

    def state(self, said: Said, line: int, part: int = 0) -> None:
        """Note one thing that a relation says."""
        head = head_of(said.target)
        if head is None or said.index_range is not None or is_power(head, self.vocabulary):
            return
        spec = self._spec(head)
        if spec.name in self.defined:
            return
        single = any(index.value is not None for index in indices_of(head, self.vocabulary))
        if said.loose or (single and not said.family):
            self.loose[spec.name] = f"what is said of {spec.name} is not read exactly"
            if not said.shape and (said.domain is None or single):
                return
        spec.line = spec.line or line
        spec.origin = Origin.STATED
        if said.label is not None:
            spec.label_values = said.label
            spec.index_sets = (None,) * len(indices_of(head, self.vocabulary))
            return
        real = said.shape == () and said.domain is None and said.label is None
        if (
            real
            and spec.domain is not None
            and spec.domain.finite
            and part != self.parts.get(spec.name, part)
        ):
            self._conflict(spec.name, "values", spec.domain.value, "real", said.target.span)
        self.parts.setdefault(spec.name, part)
        if said.shape is not None:
            self._shape(spec, head, said)
        if said.domain is not None and not (single and said.loose):
            self.domain(spec, self._of_all(said.domain, head), said.target.span)
            spec.sums_over = said.sums_over or spec.sums_over

    def restrict(self, said: Said, domains: dict[str, Domain]) -> bool:
        """Put what a condition says into `domains`, the values that names take under it; returns whether that
        is all that it says.

        Where it cannot hold together with what is known of the name, nothing is taken to hold.
        """
        name = self.name(said)
        if name is None or said.domain is None:
            return False
        spec = self.vocabulary.specs.get(name)
        declared = spec.domain if spec is not None and spec.domain is not None else Domain.REAL
        known = domains.get(name, declared)
        head = head_of(said.target)
        here = said.domain if head is None else self._of_all(said.domain, head)
        both = {known, here} - {Domain.REAL}
        merged = next(iter(both)) if len(both) == 1 else together(known, here)
        domains[name] = merged or Domain.REAL
        return merged is not None and not said.loose

    def name(self, said: Said) -> str | None:
        """The name that something is said of, None where it is said of one entry or of a defined name."""
        head = head_of(said.target)
        if head is None or said.index_range is not None or is_power(head, self.vocabulary):
            return None
        if any(index.value is not None for index in indices_of(head, self.vocabulary)):
            return None
        name = key_of(head, self.vocabulary)
        return None if name in self.defined else name

    def _spec(self, head: Head) -> Spec:
        return self.vocabulary.spec(key_of(head, self.vocabulary))

    def _of_all(self, domain: Domain, head: Head) -> Domain:
        """ "Not 0" of a name without indices, which may be a vector."""
        bare = domain is Domain.NONZERO and not indices_of(head, self.vocabulary)
        return Domain.NONZERO_ROW if bare else domain

    def _shape(self, spec: Spec, head: Head, said: Said) -> None:
        assert said.shape is not None
        written = (None,) * len(indices_of(head, self.vocabulary))
        known = spec.index_sets
        sets = (*written, *said.shape)
        turned = (spec.name, "shape") in self.said_at and spec.row_vector != said.row
        alike = known is None or len(known) == len(sets)
        if known is not None and (turned or not _fit(known, sets)) and (alike or not written):
            first, second = _shape_text(known, spec.row_vector), _shape_text(sets, said.row)
            self._conflict(spec.name, "shape", first, second, said.target.span)
        elif known is None or (alike and known.count(None) > sets.count(None)):
            spec.index_sets = sets
            spec.row_vector = said.row
        self.said_at.setdefault((spec.name, "shape"), said.target.span)

    def domain(self, spec: Spec, domain: Domain, span: Span) -> None:
        """Note the values that a name takes, as is said at `span`."""
        self.valued.append((spec.name, domain, span))
        known = spec.domain
        merged = domain if known is None else together(known, domain)
        if merged is None and known is not None and {known, domain} & PLAIN.keys():
            # No one domain says both: one limit is forgotten, and what fails without it is no refutation.
            self.loose.setdefault(spec.name, f"what is said of {spec.name} is not read exactly")
            merged = together(PLAIN.get(known) or known, PLAIN.get(domain) or domain) or known
        if merged is None and known is not None and Domain.NONZERO_ROW in (known, domain):
            self._left_open(spec)
            merged = known if domain is Domain.NONZERO_ROW else domain
        if merged is not None:
            spec.domain = merged
        elif known is not None:
            self._conflict(spec.name, "values", known.value, domain.value, span)
        self.said_at.setdefault((spec.name, "values"), span)
        if spec.domain is Domain.NONZERO_ROW and len(spec.index_sets or ()) > 1:
            self._left_open(spec)

    def _left_open(self, spec: Spec) -> None:
        self.loose.setdefault(spec.name, f"what is said of {spec.name} is not read exactly")

    def _conflict(self, name: str, aspect: str, first: str, second: str, span: Span) -> None:
        """Note that at `span` something else is said of a name than where it was said first."""
        before = self.said_at.get((name, aspect))
        first = first if before is None else f"{first} ({self.places.told(before)})"
        self.conflicts.setdefault(
            name, f"{name} is said to be {first} and to be {second} ({self.places.told(span)})"
        )

    # Sentences ---------------------------------------------------------------------------------------

    def tell(self, fact: ProseFact, line: int) -> None:
        """Note what a phrase says."""
        rule = _PHRASES.get(fact.kind)
        if rule is not None:
            rule(self, fact, line)

    def first_side(self, piece: int) -> Syntax | None:
        """What a formula in a phrase names: its first side."""
        found = self.pieces[piece]
        if not isinstance(found, Mathematics) or not found.chains:
            return None
        return found.chains[0].sides[0].syntax

    def named(self, piece: int) -> list[Head]:
        """The heads that a formula in a phrase names."""
        node = self.first_side(piece)
        if isinstance(node, Scripted) and node.superscript is not None and is_transpose(node.superscript):
            node = replace(node, superscript=None) if node.subscript is not None else node.base
        heads = [] if node is None else [h for h in map(head_of, subjects(node)) if h is not None]
        return [head for head in heads if not is_power(head, self.vocabulary)]


def _fit(known: tuple[IndexSet | None, ...], sets: tuple[IndexSet | None, ...]) -> bool:
    """Whether two statements of a shape can both hold: what one leaves open, the other may say."""
    return len(known) == len(sets) and all(
        first is None or second is None or first == second for first, second in zip(known, sets, strict=True)
    )


def _shape_text(sets: tuple[IndexSet | None, ...], row: bool) -> str:
    kind = ("a number", "a row" if row else "a vector", "a matrix", "a tensor")[min(len(sets), 3)]
    sizes = [axis.end if axis.start == 1 else str(axis) for axis in sets if axis is not None]
    return f"{kind} of size {' x '.join(sizes)}" if sizes and len(sizes) == len(sets) else kind


def _domain(domain: Domain) -> Callable[[Facts, ProseFact, int], None]:
    def rule(facts: Facts, fact: ProseFact, line: int) -> None:
        for head in facts.named(fact.formulas[0]):
            spec = facts._spec(head)
            if any(index.value is not None for index in indices_of(head, facts.vocabulary)):
                facts.loose.setdefault(spec.name, f"what is said of {spec.name} is not read exactly")
            elif spec.name not in facts.defined and spec.label_values is None and head.group is None:
                spec.line, spec.origin = spec.line or line, Origin.STATED
                facts.domain(spec, domain, head.node.span)

    return rule


def _arbitrary(facts: Facts, fact: ProseFact, line: int) -> None:
    """ "$a$ is arbitrary" after something else was said of a."""
    piece = facts.pieces[fact.formulas[0]]
    if isinstance(piece, Mathematics) and any(chain.relations for chain in piece.chains):
        return  # "for all $x > 0$"
    for head in facts.named(fact.formulas[0]):
        spec = facts._spec(head)
        if head.group is None and (spec.domain not in (None, Domain.REAL) or spec.name in facts.defined):
            facts.conflicts[spec.name] = f"{head.base} is said to be arbitrary, and to be something else"


def label_letters(vocabulary: Vocabulary, defined: Set[str]) -> list[str]:
    """The letters that "the labels" may speak of: those usual for labels that nothing defines."""
    used = []
    for name in ("y", "t", "r", "d"):
        usage = vocabulary.survey.usage(name)
        undefined = name not in defined and f"{name}^" not in defined
        if (usage.bare or usage.lettered or usage.numbered) and undefined:
            used.append(name)
    return used


def _labels(domain: Domain) -> Callable[[Facts, ProseFact, int], None]:
    """ "The labels are 0 or 1" speaks of the letter that the document uses for labels: y, or t where there
    is none.
    """

    def rule(facts: Facts, fact: ProseFact, line: int) -> None:
        if any(spec.domain is domain for spec in facts.vocabulary.specs.values()):
            return
        used = label_letters(facts.vocabulary, facts.defined)
        for name in used[:2]:
            if len(used) > 1:  # which of them are the labels?
                for key in (name, f"{name}^"):
                    facts.loose.setdefault(key, f"it is not said whether {name} are the labels")
            else:
                keys = [key for key in (name, f"{name}^") if key in facts.vocabulary.specs] or [name]
                for key in keys:
                    spec = facts.vocabulary.spec(key)
                    if spec.name not in facts.defined and spec.domain is None:
                        spec.domain, spec.line, spec.origin = domain, line, Origin.STATED
                        facts.valued.append((spec.name, domain, Span(0, 0)))

    return rule


def _part(facts: Facts, fact: ProseFact, line: int) -> None:
    for head in facts.named(fact.formulas[0]):
        spec = facts._spec(head)
        dependent = head.base in facts.vocabulary.dependent
        if spec.name not in facts.defined and head.group is None and not dependent:
            spec.part = Part.DATA


def _vector(facts: Facts, fact: ProseFact, line: int) -> None:
    for head in facts.named(fact.formulas[0]):
        spec = facts._spec(head)
        if spec.index_sets is None and head.group is None:
            spec.index_sets = (*(None,) * len(indices_of(head, facts.vocabulary)), None)
            facts.vocabulary.stated_vectors.add(head.base)


def _matrix(square: bool) -> Callable[[Facts, ProseFact, int], None]:
    """A capital letter that is called invertible is no number, whatever else is said of it."""

    def rule(facts: Facts, fact: ProseFact, line: int) -> None:
        for head in facts.named(fact.formulas[0]):
            spec = facts._spec(head)
            plain = head.group is None and not indices_of(head, facts.vocabulary)
            if plain and head.base[:1].isupper() and spec.index_sets is None and spec.label_values is None:
                spec.index_sets, spec.square = (None, None), square

    return rule


def _scalar(facts: Facts, fact: ProseFact, line: int) -> None:
    for head in facts.named(fact.formulas[0]):
        spec = facts._spec(head)
        if spec.index_sets is None and head.group is None:
            spec.index_sets = (None,) * len(indices_of(head, facts.vocabulary))


def _rest_zero(facts: Facts, fact: ProseFact, line: int) -> None:
    """ "$t_j = 1$ and all other $t_c = 0$" says that t is one-hot."""
    values = []
    for formula in fact.formulas:
        piece = facts.pieces[formula]
        chains = piece.chains if isinstance(piece, Mathematics) else ()
        if len(chains) == 1 and chains[0].relations == ("=",):
            values.append(number_of(chains[0].sides[1].syntax))
    heads = [head for formula in fact.formulas for head in facts.named(formula)]
    if values == [1, 0] and len(heads) == 2 and facts._spec(heads[0]) is facts._spec(heads[1]):
        _domain(Domain.ONE_HOT)(facts, fact, line)


def _member(facts: Facts, fact: ProseFact, line: int) -> None:
    """ "$p$ and $q$ in $(0, 1)$"."""
    where = facts.first_side(fact.formulas[-1])
    for formula in fact.formulas[:-1]:
        for head in facts.named(formula):
            said = None if where is None else element(head.node, where)
            if said is not None and said.label is None and head.group is None:
                facts.state(said, line)


def _sized(facts: Facts, fact: ProseFact, line: int) -> None:
    """ "Let $X$ be $N \\times D$", "the $N \\times D$ matrix $X$"."""
    first, second = (facts.first_side(formula) for formula in fact.formulas)
    for target, size in ((first, second), (second, first)):
        shape = None if size is None or target is None else sizes_of(size)
        if target is None or shape is None or len(shape) != 2:
            continue
        axes = tuple(axis for axis in shape if axis != IndexSet(1))
        row = len(axes) == 1 and shape[0] == IndexSet(1)
        for subject in subjects(target):
            if name_of(subject) != "I":  # the identity has the size that its neighbours have
                facts.state(Said(subject, shape=axes, row=row), line)


def _layout(layout: str) -> Callable[[Facts, ProseFact, int], None]:
    def rule(facts: Facts, fact: ProseFact, line: int) -> None:
        columns = {facts.layout, layout} == {"column", "denominator"}
        facts.layout = "denominator" if columns else facts.layout or layout

    return rule


_PHRASES: Mapping[str, Callable[[Facts, ProseFact, int], None]] = {
    "one-hot": _domain(Domain.ONE_HOT),
    "sum-one": _domain(Domain.SUM_ONE),
    "binary": _domain(Domain.BIT),
    "positive": _domain(Domain.POSITIVE),
    "binary-labels": _labels(Domain.BIT),
    "sign-labels": _labels(Domain.SIGN),
    "one-hot-labels": _labels(Domain.ONE_HOT),
    "constant": _part,
    "data": _part,
    "vector": _vector,
    "scalar": _scalar,
    "square": _matrix(square=True),
    "matrix": _matrix(square=False),
    "arbitrary": _arbitrary,
    **LOOSE,
    "rest-zero": _rest_zero,
    "member": _member,
    "sized": _sized,
    "row-layout": _layout("row"),
    "column-layout": _layout("column"),
    "denominator-layout": _layout("denominator"),
}
"""One row a kind of phrase; those that define something are read by `worded`."""


def told_in(sentences: Iterable[Sentence], facts: Facts) -> list[tuple[ProseFact, Sentence]]:
    """What the sentences of a document say of names, each with the sentence that says it."""

    def relates(formula: int) -> bool:
        piece = facts.pieces[formula]
        return isinstance(piece, Mathematics) and any(chain.relations for chain in piece.chains)

    return [
        (fact, sentence)
        for sentence in sentences
        for fact in sentence_facts(sentence.text)
        if not (fact.joined and relates(fact.formulas[0]))
    ]
