"""What a letter means in a section: its own meaning, that of the sections around it, or the only one before.

Lecture notes introduce z, p and J anew in every section. A letter that two sections give different meanings
is contested; a third section that uses it without a word has one of them only if the outline says which. What
a section supposes of values holds in it and below it, and behind it where nothing else is said of the letter.

*Guarantees*: no section takes over values that an example, a theorem or a later section supposes; where a
letter may mean several things, or what it is made of means something else, that is told and nothing chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from derivations.reading.introduced import Introduction
from derivations.reading.outline import ROOT, Outline, Place
from derivations.reading.tree import Span

_ROUNDS = 6
"""How often meanings are told apart by the meanings of what they are made of."""


@dataclass(frozen=True)
class Inheritance:
    """The meanings of the letters of one document, section by section."""

    outline: Outline
    introductions: tuple[Introduction, ...]
    used: Mapping[Place, Set[str]]
    """The letters in the formulas of each section."""
    written: Mapping[Place, Set[str]]
    """The same as they are written."""

    @cached_property
    def spoken(self) -> dict[str, dict[Place, list[Introduction]]]:
        """Letter -> the sections that say something of it, in order, with what they say."""
        found: dict[str, dict[Place, list[Introduction]]] = defaultdict(lambda: defaultdict(list))
        for one in self.introductions:
            found[one.letter][one.place].append(one)
        return {letter: dict(sorted(places.items())) for letter, places in found.items()}

    @cached_property
    def meanings(self) -> dict[str, dict[Place, int]]:
        """Letter -> the meaning that each section gives it, by a number."""
        found = self._told_apart({})
        for _ in range(_ROUNDS):
            again = self._told_apart(found)
            if again == found:
                break
            found = again
        return found

    @cached_property
    def contested(self) -> tuple[str, ...]:
        """The letters with several meanings."""
        return tuple(sorted(letter for letter, m in self.meanings.items() if len(set(m.values())) > 1))

    def _told_apart(self, known: Mapping[str, Mapping[Place, int]]) -> dict[str, dict[Place, int]]:
        """The meanings, those of what they are made of being `known`."""
        contested = {letter for letter, meanings in known.items() if len(set(meanings.values())) > 1}
        choosing = _Choosing(self, known)
        found: dict[str, dict[Place, int]] = {}
        for letter, places in self.spoken.items():
            freed = _freed(places)
            groups: list[list[_Saying]] = []
            numbers: dict[_Saying, int] = {}
            found[letter] = {}
            for place, said in places.items():
                made_of = frozenset[str]().union(*(one.made_of for one in said)) & contested - {letter}
                parts = frozenset((other, choosing.choice(place, other)) for other in made_of)
                saying = _Saying(frozenset(map(_bare, said)), parts)
                if saying not in numbers:
                    fitting = [
                        n for n, group in enumerate(groups) if all(o.fits(saying, freed) for o in group)
                    ]
                    if len(fitting) != 1:
                        groups.append([])
                        fitting = [len(groups) - 1]
                    groups[fitting[0]].append(saying)
                    numbers[saying] = fitting[0]
                found[letter][place] = numbers[saying]
        return found

    def choice(self, place: Place, letter: str) -> int | None:
        """The meaning of a letter in a section, None where it is not certain."""
        return self._choosing.choice(place, letter)

    @cached_property
    def _choosing(self) -> _Choosing:
        return _Choosing(self, self.meanings)

    @cached_property
    def _voiced(self) -> dict[str, dict[Place, list[Introduction]]]:
        """Letter -> section -> what is said of the letter by it, or for it by a general section below it."""
        found: dict[str, dict[Place, list[Introduction]]] = defaultdict(lambda: defaultdict(list))
        for one in self.introductions:
            for place in self.outline.voiced(one.place):
                found[one.letter][place].append(one)
        return found

    def heard(self, place: Place, letter: str) -> list[Introduction]:
        """What is said of a letter for a section, in it first."""
        return [one for said in self._levels(place, letter) for one in said]

    def _levels(self, place: Place, letter: str) -> Iterator[list[Introduction]]:
        """What each section around says of a letter, the innermost first."""
        voiced = self._voiced.get(letter, {})
        home = self.outline.home(place)
        for here in self.outline.around(place):
            yield [
                one for one in voiced.get(here, ()) if not one.here or self.outline.home(one.place) == home
            ]

    def granted(self, place: Place, letter: str) -> frozenset[object]:
        """The suppositions of the values of a letter that hold in a section: those of the sections around, up
        to one that brings the letter in anew.
        """
        values: set[object] = set()
        heard = False
        for said in self._levels(place, letter):
            heard = heard or bool(said)
            values |= {one.values for one in said if one.values}
            if any(one.anew and one.axes is not None for one in said):
                break
        if heard:
            return frozenset(values)
        open_values, first = self._open.get(letter, (frozenset(), None))
        return open_values if first is not None and first < place else frozenset()

    @cached_property
    def _open(self) -> dict[str, tuple[frozenset[object], Place | None]]:
        """Letter -> what is said of its values, if it is one thing everywhere, and the first section behind
        which that holds.
        """
        found: dict[str, tuple[frozenset[object], Place | None]] = {}
        for letter, places in self.spoken.items():
            said = [one for spoken in places.values() for one in spoken if one.values and not one.here]
            values = frozenset(one.values for one in said)
            first = min((one.place for one in said if not self._alone(one.place)), default=None)
            if len(values) == 1 and not any(map(_is_free, places.values())):
                found[letter] = values, first
        return found

    @cached_property
    def _values(self) -> dict[str, dict[object, Introduction]]:
        """Letter -> what is said of its values -> where it is said first."""
        found: dict[str, dict[object, Introduction]] = defaultdict(dict)
        for one in self.introductions:
            if one.values:
                found[one.letter].setdefault(one.values, one)
        return found

    def withheld(self, place: Place, letter: str) -> list[Introduction]:
        """What is supposed of the values of a letter elsewhere, and does not hold in the section."""
        values = self._values.get(letter)
        if not values:
            return []
        granted = self.granted(place, letter)
        return [one for value, one in values.items() if value not in granted]

    def is_settled(self, place: Place, other: Introduction) -> bool:
        """Whether a section says anew what a letter is of which something is supposed elsewhere, so that this
        certainly does not concern it.
        """
        said = [one for one in self.heard(place, other.letter) if one.anew]
        if any(one.axes == () or (one.axes is not None and one.values) for one in said):
            return True
        declared = any(one.axes is not None or one.meaning is not None for one in said)
        meanings = self.meanings[other.letter]
        return declared and (
            self._alone(other.place) or meanings[other.place] != self.choice(place, other.letter)
        )

    def _alone(self, place: Place) -> bool:
        return any(self.outline.sections[here].alone for here in self.outline.around(place))


@dataclass(frozen=True)
class _Choosing:
    """Finds the meaning of a letter in a section."""

    inheritance: Inheritance
    meanings: Mapping[str, Mapping[Place, int]]
    found: dict[tuple[Place, str], int | None] = field(default_factory=dict)
    voices: dict[str, dict[Place, set[int]]] = field(default_factory=dict)
    """Letter -> section -> the meanings that general sections give it there."""
    first: dict[str, dict[Place, dict[int, Place]]] = field(default_factory=dict)
    """Letter -> section -> the meanings given in it or below it, and where first."""

    def choice(self, place: Place, letter: str) -> int | None:
        """The meaning of a letter in a section, None where it is not certain."""
        if letter not in self.meanings:
            return None
        if (place, letter) not in self.found:
            self.found[place, letter] = self._choice(place, letter)
        return self.found[place, letter]

    def _choice(self, place: Place, letter: str) -> int | None:
        self._prepare(letter)
        known, voices, first = self.meanings[letter], self.voices[letter], self.first[letter]
        around = list(self.inheritance.outline.around(place))
        for here in around:
            if here in known:
                return known[here]
            if here in voices:
                return next(iter(voices[here])) if len(voices[here]) == 1 else None
        for earlier in (True, False):
            for here in around[1:]:
                inside = {m for m, p in first.get(here, {}).items() if p < place or not earlier}
                if inside:
                    return inside.pop() if len(inside) == 1 else None
        return None

    def _prepare(self, letter: str) -> None:
        if letter in self.first:
            return
        outline = self.inheritance.outline
        voices: dict[Place, set[int]] = defaultdict(set)
        first: dict[Place, dict[int, Place]] = defaultdict(dict)
        for place, meaning in self.meanings[letter].items():
            for here in outline.voiced(place):
                if here != place:
                    voices[here].add(meaning)
            for here in outline.around(place):
                first[here].setdefault(meaning, place)
        self.voices[letter], self.first[letter] = dict(voices), dict(first)


def _is_free(said: list[Introduction]) -> bool:
    """Whether a section brings a letter in anew and says nothing of its values."""
    return any(one.anew and one.axes is not None for one in said) and not any(one.values for one in said)


@dataclass(frozen=True, slots=True)
class _Saying:
    """What one section says of a letter, and the meanings of what it makes it of."""

    said: frozenset[Introduction]
    parts: frozenset[tuple[str, int | None]]

    def fits(self, after: _Saying, freed: Set[str]) -> bool:
        """Whether what another section says may be said of the same thing; `freed` are names that stand for
        something given in some sections, though others define them.
        """
        if self.parts and after.parts and self.parts != after.parts:
            return False
        for key in freed:
            defined = [any(one.key == key and one.meaning for one in by.said) for by in (self, after)]
            given = [any(one.key == key and one.anew for one in by.said) for by in (self, after)]
            if defined[0] != defined[1] and all(given):
                return False
        return not any(_differ(one, other) for one in self.said for other in after.said)


def _bare(one: Introduction) -> Introduction:
    """An introduction without its place."""
    return replace(one, place=ROOT, order=0, span=Span(0, 0), beside=frozenset())


def _differ(one: Introduction, other: Introduction) -> bool:
    if one.key != other.key:
        return False
    if one.meaning is not None and other.meaning is not None:
        return one.meaning != other.meaning
    if one.axes is not None and other.axes is not None and not _fit(one.axes, other.axes):
        return True
    if one.labels != other.labels and one.axes is not None and other.axes is not None:
        return True
    for defined, declared in ((one, other), (other, one)):
        if defined.meaning is not None and declared.axes is not None and defined.indices > len(declared.axes):
            return True
    return False


def _fit(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two shapes can be one: what one leaves open, the other may say."""
    return len(one) == len(other) and all(
        first is None or second is None or first == second for first, second in zip(one, other, strict=True)
    )


def _freed(places: Mapping[Place, list[Introduction]]) -> frozenset[str]:
    """The names that a section brings in as something given, though one before has defined them."""
    defined: set[str] = set()
    freed: set[str] = set()
    for said in places.values():
        here = {one.key for one in said if one.meaning is not None}
        freed |= {one.key for one in said if one.anew and one.key in defined - here}
        defined |= here
    return frozenset(freed)
