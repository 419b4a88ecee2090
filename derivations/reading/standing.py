"""Which suppositions of values stand where a claim is made.

What is said of the values that a name takes holds for its section. Not so behind a sentence that takes it
back ("we no longer assume that $a$ is positive", "let $a \\in \\mathbb{R}$" behind "let $a > 0$"), nor before
one that supposes it from there on ("now suppose that $x > 0$").

*Guarantees*: a claim is judged with no more than what certainly stands there; where something may not stand,
a failure is no refutation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from derivations.language import Domain, Role
from derivations.reading.domains import together
from derivations.reading.drafts import Draft
from derivations.reading.facts import Facts
from derivations.reading.heads import head_of, key_of
from derivations.reading.names import FREE
from derivations.reading.pieces import Mathematics
from derivations.reading.prose import MARK
from derivations.reading.scopes import is_conditional
from derivations.reading.sentences import Sentence
from derivations.reading.terms import Term
from derivations.reading.vocabulary import Spec, used_names

_SUPPOSED = (
    r"(?:assum\w*|suppos\w*|hypothes[ie]s|restrict\w*|conditions?|constraints?|requirements?|positiv\w*|"
    r"negativ\w*|nonneg\w*|symmetr\w*|signs?|binary|one-?hot|normali[sz]ation)"
)
_BACK = (
    r"(?:no longer|any ?more|drop(?:s|ped|ping)?|relax\w*|remov\w+|lift(?:s|ed|ing)?|discard\w*|abandon\w*|"
    r"dispens\w+|without|waiv\w+|forget\w*|forgotten|omit\w*|withdraw\w*|retract\w*|undo|cancel\w*|give up|"
    r"unnecessary|not need\w*|n't need|never (?:used|needed)|regardless|whatever|irrespective|"
    r"independent(?:ly)? of)"
)
_ALL = re.compile(
    rf"\b{_BACK}\b[^.;]{{0,60}}\b{_SUPPOSED}\b|\b{_SUPPOSED}\b[^.;]{{0,60}}\b{_BACK}\b|"
    r"\bin (?:any|every|the (?:general|other|negative|opposite)|either|both|all) cases?\b|\bgeneral case\b|"
    r"\b(?:other|negative|opposite|remaining) case\b|^\W*(?:\d+\W+)?otherwise\b|"
    r"\bneed(?:s)? not hold\b|\b(?:soft|noisy|fractional|non-?binary|continuous) (?:labels?|targets?)\b|"
    r"\bmulti-?label\b|\bun-?normali[sz]ed\b|\b(?:non-?|a|un)symmetric\b|"
    r"\brelax(?:es|ed|ing)?\b (?:this|that|it)\b|\b(?:any|arbitrary|either|general|both|all) signs?\b",
    re.IGNORECASE,
)
"""Sentences that take a supposition back; all of them, if it names none."""
_NAMED = re.compile(
    r"\bno longer\b|\bnot necessarily\b|\bneed(?:s|ed)? not\b|\bunrestricted\b|\bunconstrained\b|"
    r"\bmay (?:also |now |well |even )*(?:be |become |take )(?:also |now |well |even )*"
    r"(?:negative|zero|0|nonpositive|any|real|arbitrary|either)|\ballow(?:s|ed|ing)?\b|"
    r"\b(?:real|continuous|arbitrary|general|signed|negative|soft|noisy|smoothed) \u27e6|"
    r"\u27e7 (?:is|are|be) (?:merely |only |just |now |any |an? )*"
    r"(?:real|continuous|arbitrary|general|signed|negative|soft|noisy|smoothed|square)\b",
    re.IGNORECASE,
)
"""Sentences that take back what is supposed of the names in them."""
_KEPT = re.compile(r"\bwithout (?:any )?loss\b|\bw\.?l\.?o\.?g\b|\bunder\b[^.;]*\bassum", re.IGNORECASE)
"""Sentences that suppose with the same words."""
_BRIEF = re.compile(
    r"\b(?:only|just) (?:here|for now|in this|for this|for the moment|for a moment)\b|\bin this \w+ only\b|"
    r"\bfor (?:the|a) moment\b|\btemporarily\b|\bfor the time being\b",
    re.IGNORECASE,
)
"""Sentences that suppose for themselves and the next one."""
_FROM_HERE = re.compile(r"\b(?:now|next|henceforth|from here on|suppose|assume|let)\b", re.IGNORECASE)
"""Sentences whose suppositions do not hold for what stands above."""
_ANEW = re.compile(
    r"\b(?:let|suppose|assume|consider|fix|take|pick|choose|given|for)\W+(?:(?:now|that|any|an?|arbitrary|"
    r"another|the|all|every|each|real|general|vectors?|matrix|matrices|numbers?|scalars?|values?|labels?|"
    r"targets?|instead|some)\W+){0,4}$",
    re.IGNORECASE,
)
"""Words right before a name that bring it in."""
_BRINGS_IN = re.compile(r"^\W*(?:be|denote|range|stand|vary)\b", re.IGNORECASE)


Order = tuple[int, int]
"""A sentence, and a formula in it; -1 is the sentence as a whole."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """What one formula says of the values of a name."""

    domain: Domain | None
    """None for what words define: a symmetric matrix."""
    order: Order
    part: int
    ahead: bool
    """Whether it holds from its formula on only."""
    brief: bool = False
    """Whether it ends with the sentence behind its own."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Where a name loses what was supposed of it above."""

    order: Order
    part: int | None
    """The part of the document in which it does, None for all behind it."""


@dataclass(frozen=True)
class Standing:
    """What is supposed of each name in order, and where it is taken back."""

    suppositions: Mapping[str, Sequence[Supposition]]
    withdrawals: Mapping[str, Sequence[Withdrawal]]

    def at(
        self, draft: Draft, terms: Iterable[Term | None], specs: Mapping[str, Spec]
    ) -> dict[str, Domain | None]:
        """The names behind a claim of which something does not certainly stand there, with what does stand;
        None where a definition by words does not.
        """
        found: dict[str, Domain | None] = {}
        for name in sorted({name for term in terms if term is not None for name in used_names(term, specs)}):
            free = name.removesuffix(FREE)
            said = self.suppositions.get(free, ())
            left = [one.domain for one in said if self._stands(free, one, draft)]
            if len(left) < len(said):
                lost = any(one.domain is None for one in said) and None not in left
                found[name] = None if lost else _together(left)
        return found

    def _stands(self, name: str, one: Supposition, draft: Draft) -> bool:
        here, part = (draft.number, draft.piece), draft.sentence.part
        if one.ahead and one.order > here and one.part == part:
            return False
        if one.brief and draft.number > one.order[0] + 1:
            return False
        return not any(
            one.order < lost.order <= here and lost.part in (None, part)
            for lost in self.withdrawals.get(name, ())
        )


def doubt_of(found: Mapping[str, Domain | None]) -> str | None:
    """Why the failure of a claim is no refutation: something that may be meant is not supposed."""
    return f"it is not certain what is supposed of {min(found)} here" if found else None


def problem_of(found: Mapping[str, Domain | None]) -> str | None:
    """Why a claim cannot be judged: what words define of a name may not hold."""
    lost = [name.removesuffix(FREE) for name, domain in found.items() if domain is None]
    return f"it is not certain what holds of {min(lost)} here: say so" if lost else None


def _together(domains: Iterable[Domain | None]) -> Domain:
    """What several things say of the values of a name."""
    merged = Domain.REAL
    for domain in domains:
        if domain in (None, Domain.REAL, merged):
            continue
        merged = domain if merged is Domain.REAL else together(merged, domain) or Domain.REAL
    return merged


def standing_of(facts: Facts, drafts: Iterable[Draft], sentences: Sequence[Sentence]) -> Standing:
    """What is supposed in a document, and where it is taken back."""
    drafted: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        drafted[draft.piece].append(draft)
    return _Course(facts, drafted, _said(facts, sentences)).standing(sentences)


def _said(facts: Facts, sentences: Sequence[Sentence]) -> dict[int, list[tuple[str, Domain | None]]]:
    """What each formula says of the values of names; -1 are words without one."""
    formulas = sorted((facts.pieces[f].span.start, f) for sentence in sentences for f in sentence.formulas)
    starts = [start for start, _ in formulas]
    found: dict[int, list[tuple[str, Domain | None]]] = defaultdict(list)
    for name, domain, span in facts.valued:
        position = bisect_right(starts, span.start) - 1
        found[formulas[position][1] if position >= 0 and span.end else -1].append((name, domain))
    return found


@dataclass
class _Course:
    """Goes through a document and notes what stands."""

    facts: Facts
    drafted: Mapping[int, Sequence[Draft]]
    said: Mapping[int, Sequence[tuple[str, Domain | None]]]
    suppositions: dict[str, list[Supposition]] = field(default_factory=lambda: defaultdict(list))
    withdrawals: dict[str, list[Withdrawal]] = field(default_factory=lambda: defaultdict(list))
    live: dict[str, set[tuple[Domain | None, int]]] = field(default_factory=dict)
    """What stands at the place at hand, and since which part."""

    def standing(self, sentences: Sequence[Sentence]) -> Standing:
        for name, domain in self.said.get(-1, ()):
            self._suppose(name, Supposition(domain, (-1, -1), -1, ahead=False))
        for number, sentence in enumerate(sentences):
            for name in sorted(_taken_back(sentence, self.live.keys(), self.facts)):
                self.withdrawals[name].append(Withdrawal((number, -1), None))
                del self.live[name]
            for formula in sentence.formulas:
                self._formula(sentence, number, formula)
        return Standing(self.suppositions, self.withdrawals)

    def _formula(self, sentence: Sentence, number: int, formula: int) -> None:
        here = (number, formula)
        said: dict[str, list[Domain | None]] = defaultdict(list)
        for name, domain in self.said.get(formula, ()):
            said[name].append(domain)
        for name in sorted(_brought_in(sentence, formula, self.drafted.get(formula, ()), self.facts)):
            above = [domain for domain, _ in self.live.get(name, ())]
            if above and _is_weaker(said.get(name, []), above):
                # Sections that bring a name in for themselves are told apart by `inheritance`.
                self.withdrawals[name].append(Withdrawal(here, sentence.part))
        ahead = bool(_FROM_HERE.search(sentence.text.partition(MARK.format(formula))[0]))
        brief = bool(_BRIEF.search(sentence.text))
        for name, domains in said.items():
            for domain in domains:
                self._suppose(name, Supposition(domain, here, sentence.part, ahead, brief))

    def _suppose(self, name: str, one: Supposition) -> None:
        live, known = self.live.setdefault(name, set()), (one.domain, one.part)
        lost = self.withdrawals.get(name)
        if known not in live or (lost and lost[-1].order >= self.suppositions[name][-1].order):
            live.add(known)
            self.suppositions[name].append(one)


def _taken_back(sentence: Sentence, above: Set[str], facts: Facts) -> Set[str]:
    """The names of which a sentence takes back what was supposed."""
    if not above or _KEPT.search(sentence.text):
        return set()
    everything, some = _ALL.search(sentence.text), _NAMED.search(sentence.text)
    if not everything and not some:
        return set()
    spoken_of = (formula for formula in sentence.formulas if not _is_display(formula, facts))
    named = {name for formula in spoken_of for name in _names(formula, facts)} & above
    return named if named or not everything else above


def _brought_in(sentence: Sentence, formula: int, drafts: Iterable[Draft], facts: Facts) -> set[str]:
    """The names that a formula brings in as if nothing were said of them."""
    if not _ANEW.search(sentence.words_before(formula)):
        return set()
    found: set[str] = set()
    for draft in drafts:
        if draft.role is Role.ASSUMPTION and not _restricts(draft):
            heads = (head_of(said.target) for said in draft.said)
            found |= {key_of(head, facts.vocabulary) for head in heads if head is not None}
    piece = facts.pieces[formula]
    bare = isinstance(piece, Mathematics) and not any(chain.relations for chain in piece.chains)
    if bare and _BRINGS_IN.match(sentence.words_after(formula)):
        found |= _names(formula, facts)
    return found


def _restricts(draft: Draft) -> bool:
    """Whether a draft narrows down for its sentence what stands: "for $h < 1$" behind h > 0."""
    return is_conditional(draft) and any(said.domain is not None for said in draft.said)


def _is_weaker(said: Sequence[Domain | None], above: Sequence[Domain | None]) -> bool:
    """Whether what is said of a name that is brought in is less than what was said above."""
    if None in said or None in above:
        return None not in said
    before, anew = _together(above), _together(said)
    return anew is not before and (together(anew, before) or before) is before


def _names(formula: int, facts: Facts) -> set[str]:
    """The names that a formula in a sentence speaks of."""
    return {key_of(head, facts.vocabulary) for head in facts.named(formula)}


def _is_display(formula: int, facts: Facts) -> bool:
    piece = facts.pieces[formula]
    return isinstance(piece, Mathematics) and piece.display
