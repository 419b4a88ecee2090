"""Letters for numbers of things that no sum is written up to: the n of ``\\frac{1}{n} \\sum_i a_i``, the K
beside sums over k.

Such a letter is the size of the index set that it counts, if nothing else says what it is, nothing else names
that set, and all its places agree. This is a convention, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from derivations.language import Domain, IndexSet, Origin
from derivations.reading.infer import Inference
from derivations.reading.names import NameCell
from derivations.reading.shapes import Axis
from derivations.reading.term_walk import names_in, parts
from derivations.reading.terms import BigTerm, DivideTerm, MultiplyTerm, NameTerm, NumberTerm, Term

MEANS = frozenset("mnNM")
"""Letters that divide a sum by the number of its terms."""
CLASSES = {"K": "k", "C": "c", "N": "n", "M": "m"}
"""Letters for the number of what the small letter counts."""


@dataclass(slots=True)
class _Places:
    """The axes that each letter counts by the places at which it stands."""

    inference: Inference
    found: dict[str, list[Axis]] = field(default_factory=dict)

    def note(self, letter: str, big: BigTerm) -> None:
        cell = self.inference.bound.get((big.span, big.bounds.index))
        if cell is not None:
            self.found.setdefault(letter, []).append(cell.axis)


def count_letters(terms: Iterable[Term], inference: Inference) -> None:
    """Let the letters that count make the sizes of the index sets that they count."""
    places, every = _Places(inference), list(terms)
    used = {name for term in every for name in names_in(term)}
    counting = [name for name in sorted(used & {*MEANS, *CLASSES}) if _is_open(inference.names.get(name))]
    if not counting:
        return
    for term in every:
        for letter, big in _means(term):
            places.note(letter, big)
        for letter in counting:
            for big in _sums_over(CLASSES.get(letter, ""), term):
                places.note(letter, big)
    _name_sets(counting, places.found, inference)


def _name_sets(counting: list[str], found: dict[str, list[Axis]], inference: Inference) -> None:
    roots = {letter: {axis.root for axis in found.get(letter, ())} for letter in counting}
    for letter, axes in roots.items():
        others = set[Axis]().union(*(roots[other] for other in counting if other != letter))
        (axis, *more) = axes or (None,)
        if axis is None or more or axis in others or axis.known is not None:
            continue
        axis.learn(IndexSet(letter))
        inference.names[letter].counts = IndexSet(letter)


def _is_open(cell: NameCell | None) -> bool:
    """Whether nothing says what a letter is."""
    return (
        cell is not None
        and cell.definition is None
        and cell.label_values is None
        and cell.origin is not Origin.STATED
        and cell.domain in (Domain.REAL, Domain.POSITIVE)
        and not cell.axes
    )


def _means(term: object) -> Iterator[tuple[str, BigTerm]]:
    """The sums of a term that a letter divides: ``\\frac1n \\sum_i``, ``\\frac{\\sum_i}{n}``."""
    if isinstance(term, MultiplyTerm):
        for first, second in zip(term.factors, term.factors[1:], strict=False):
            if isinstance(first, DivideTerm) and isinstance(first.numerator, NumberTerm):
                yield from _divided(second, first.denominator)
    elif isinstance(term, DivideTerm):
        yield from _divided(term.numerator, term.denominator)
    for part in parts(term):
        yield from _means(part)


def _divided(whole: Term, divisor: Term) -> Iterator[tuple[str, BigTerm]]:
    factors = divisor.factors if isinstance(divisor, MultiplyTerm) else (divisor,)
    letters = [part.name for part in factors if isinstance(part, NameTerm) and part.name in MEANS]
    if len(letters) == 1 and isinstance(whole, BigTerm) and whole.kind == "sum":
        yield letters[0], whole


def _sums_over(index: str, term: object) -> Iterator[BigTerm]:
    if isinstance(term, BigTerm) and term.bounds.index == index:
        yield term
    for part in parts(term):
        yield from _sums_over(index, part)
