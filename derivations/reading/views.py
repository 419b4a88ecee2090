"""What each section of a document sees of the others: the lines whose letters mean the same in both.

Sections that see the same are read together, with names, shapes and definitions of their own. A document that
introduces no letter twice is one view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from derivations.reading.chains import Chain
from derivations.reading.heads import Head
from derivations.reading.inheritance import Inheritance
from derivations.reading.introduced import Introduction, Reader
from derivations.reading.outline import Place
from derivations.reading.parsed import Parsed
from derivations.reading.pieces import Piece
from derivations.reading.places import Places
from derivations.reading.sentences import Sentence
from derivations.reading.tree import Span


@dataclass(frozen=True)
class View:
    """What the sections at `places` see, and what of it is in doubt for them."""

    places: frozenset[Place]
    choices: Mapping[str, int | None]
    """What contested letters mean."""
    withheld: frozenset[tuple[str, object]]
    """What is supposed elsewhere of the values of letters and does not hold here."""
    doubtful: Mapping[str, str] = field(default_factory=dict)
    """Letters of which it is not certain what they mean here, and why."""
    loose: Mapping[str, str] = field(default_factory=dict)
    """Letters of which something is supposed elsewhere: what fails without it is no refutation."""
    made_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Letters in the definitions of letters, as they hold here."""
    reached: frozenset[str] = frozenset()
    """The letters that it uses, and those in their definitions."""

    @property
    def plain(self) -> bool:
        """Whether nothing is hidden from it or in doubt."""
        return not (self.choices or self.withheld or self.doubtful)

    def joined(self, other: View) -> View:
        """The view of the sections of both, for which everything means the same."""
        return replace(
            self,
            places=self.places | other.places,
            loose={**self.loose, **other.loose},
            made_of={**self.made_of, **other.made_of},
            reached=self.reached | other.reached,
        )

    def behind(self, letters: Iterable[str]) -> list[str]:
        """`letters` and those in their definitions, in a fixed order."""
        return sorted(_closure(letters, self.made_of))


def _closure(letters: Iterable[str], made_of: Mapping[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(letters)
    while waiting:
        letter = waiting.pop()
        if letter not in found:
            found.add(letter)
            waiting.extend(made_of.get(letter, ()))
    return found


@dataclass(frozen=True)
class Viewing:
    """Finds the views of a document."""

    inheritance: Inheritance
    places: Places

    def views(self) -> list[View]:
        """The views, in the order of their first sections."""
        found: dict[object, View] = {}
        for place in sorted(self.inheritance.used):
            view = self._view(place)
            key = (tuple(view.choices.items()), view.withheld, tuple(sorted(view.doubtful.items())))
            before = found.get(key)
            found[key] = view if before is None else before.joined(view)
        return list(found.values())

    def _view(self, place: Place) -> View:
        inheritance = self.inheritance
        choices, made_of = self._chosen(place)
        used = inheritance.used[place]
        reached = sorted(_closure(used, made_of))
        withheld = [one for letter in reached for one in inheritance.withheld(place, letter)]
        return View(
            frozenset({place}),
            choices,
            frozenset((one.letter, one.values) for one in withheld),
            {letter: why for letter in reached if (why := self._doubt(place, letter, choices))},
            {
                one.letter: f"{one.letter} is supposed to be something in another part "
                f"({self.places.told(one.span)})"
                for one in withheld
                if not inheritance.is_settled(place, one)
            },
            made_of,
            frozenset(reached),
        )

    def _chosen(self, place: Place) -> tuple[dict[str, int | None], dict[str, frozenset[str]]]:
        """What contested letters mean in a section, and what letters are made of there; one that it does not
        use itself means what it means where it is needed.
        """
        inheritance = self.inheritance
        choices = {letter: inheritance.choice(place, letter) for letter in inheritance.contested}
        made_of: dict[str, frozenset[str]] = {}
        waiting, seen = sorted(inheritance.used[place], reverse=True), set[str]()
        while waiting:
            letter = waiting.pop()
            if letter in seen:
                continue
            seen.add(letter)
            needed: dict[str, set[int | None]] = {}
            for one in self._chosen_introductions(letter, choices):
                made_of[letter] = made_of.get(letter, frozenset()) | one.made_of
                for other in one.made_of & choices.keys():
                    needed.setdefault(other, set()).add(inheritance.choice(one.place, other))
            for other, meanings in sorted(needed.items()):
                if choices[other] is None and other not in inheritance.used[place] and len(meanings) == 1:
                    choices[other] = meanings.pop()
            waiting.extend(sorted(made_of.get(letter, ()), reverse=True))
        return choices, made_of

    def _chosen_introductions(self, letter: str, choices: Mapping[str, int | None]) -> Iterator[Introduction]:
        meanings = self.inheritance.meanings.get(letter, {})
        for place, said in self.inheritance.spoken.get(letter, {}).items():
            if letter not in choices or meanings[place] == choices[letter]:
                yield from said

    def _doubt(self, place: Place, letter: str, choices: Mapping[str, int | None]) -> str | None:
        """Why it is not certain what a letter means, None where it is."""
        said = list(self._chosen_introductions(letter, choices))
        if letter in choices and choices[letter] is None:
            told = " and ".join(map(self.places.told, self._first(letter)))
            return f"{letter} means different things ({told}): say what it is here"
        written = self.inheritance.written.get(place, frozenset())
        heard = {
            one.base
            for one in self.inheritance.heard(place, letter)
            if one.anew and self.is_seen(one.place, one.beside, choices)
        }
        defining = [one for one in said if one.meaning is not None and one.base not in heard]
        if heard and not any(one.base in written for one in defining):
            return None
        if defining and not any(self.is_seen(one.place, one.beside, choices) for one in defining):
            one = defining[0]
            other = next(o for o in sorted(one.beside) if not self.is_seen(one.place, {o}, choices))
            return (
                f"{letter} is defined ({self.places.told(one.span)}) where {other} means something else: "
                "say what it is here"
            )
        return None

    def _first(self, letter: str) -> list[Span]:
        """Where the first two meanings of a letter are told."""
        found: dict[int, Span] = {}
        for place, meaning in self.inheritance.meanings[letter].items():
            found.setdefault(meaning, self.inheritance.spoken[letter][place][0].span)
        return list(found.values())[:2]

    def is_seen(self, place: Place, letters: Iterable[str], choices: Mapping[str, int | None]) -> bool:
        """Whether a line at `place` with `letters` means the same where contested ones mean `choices`."""
        return all(
            choices[letter] is not None and choices[letter] == self.inheritance.choice(place, letter)
            for letter in letters
            if letter in choices
        )


_ROOM = 200
"""Sentences that the views of a document may see in all, beside twice the number that there are; those behind
see only what they need.
"""


@dataclass(frozen=True)
class Restriction:
    """Cuts a document down to what its views see."""

    text: Parsed
    viewing: Viewing
    reader: Reader
    heads: Mapping[int, Head]
    """What is defined, by the identity of the left side."""
    speaking: frozenset[int]
    """The sentences that say something without a formula, by their numbers."""

    @cached_property
    def _lines(self) -> dict[int, list[tuple[Chain, frozenset[tuple[str, int | None]]]]]:
        """The chains of each sentence, with the contested letters in them and what they mean there."""
        inheritance = self.viewing.inheritance
        contested = set(inheritance.contested)
        found: dict[int, list[tuple[Chain, frozenset[tuple[str, int | None]]]]] = {}
        for order, sentence in enumerate(self.text.sentences):
            found[order] = []
            for number in sentence.formulas:
                for chain in self.text.formula(number).chains:
                    letters = self.reader.letters_of(chain, self.heads.get(id(chain.sides[0])))
                    meant = ((one, inheritance.choice(sentence.place, one)) for one in letters & contested)
                    found[order].append((chain, frozenset(meant)))
        return found

    def texts(self, views: list[View]) -> Iterator[tuple[Parsed, list[int]]]:
        """What each view sees, with the number that each of its pieces has in the whole."""
        seen = [self._seen(view) for view in views]
        room = _ROOM + 2 * len(self.text.sentences)
        for view, orders in zip(views, seen, strict=True):
            room -= len(orders)
            yield self._text(view, orders if room > 0 else self._needed(view, orders))

    def _seen(self, view: View) -> dict[int, frozenset[int]]:
        """The sentences that a view sees, each with the chains in it that mean there what they mean here."""
        found: dict[int, frozenset[int]] = {}
        for order, sentence in enumerate(self.text.sentences):
            own = sentence.place in view.places
            chains = frozenset(
                id(chain) for chain, meant in self._lines[order] if own or _alike(meant, view.choices)
            )
            if own or chains or order in self.speaking:
                found[order] = chains
        return found

    def _needed(self, view: View, orders: dict[int, frozenset[int]]) -> dict[int, frozenset[int]]:
        """Of these, the view's own and those that introduce what it uses."""
        inheritance = self.viewing.inheritance
        needed: set[int] = set()
        for letter in view.reached:
            heard = [inheritance.heard(place, letter) for place in view.places]
            said = heard if all(heard) else inheritance.spoken.get(letter, {}).values()
            needed.update(one.order for spoken in said for one in spoken)
        own = (order for order in orders if self.text.sentences[order].place in view.places)
        return {order: orders[order] for order in sorted({*own, *(needed & orders.keys())})}

    def _text(self, view: View, orders: dict[int, frozenset[int]]) -> tuple[Parsed, list[int]]:
        pieces: list[Piece] = []
        numbers: list[int] = []
        sentences: list[Sentence] = []
        for order, chains in orders.items():
            sentence = self.text.sentences[order]
            new: dict[int, int] = {}
            for number in sentence.formulas:
                piece = self.text.formula(number)
                if sentence.place not in view.places:
                    left = tuple(chain for chain in piece.chains if id(chain) in chains)
                    piece = replace(piece, chains=left, problem=None)
                new[number] = len(pieces)
                pieces.append(piece)
                numbers.append(number)
            sentences.append(sentence.renumbered(new))
        return replace(self.text, pieces=pieces, sentences=sentences), numbers


def _alike(meant: Iterable[tuple[str, int | None]], choices: Mapping[str, int | None]) -> bool:
    """Whether a line's contested letters mean what they mean for a view."""
    return all(meaning is not None and choices[letter] == meaning for letter, meaning in meant)
