"""What earlier claims of a document contribute to later ones: equalities, once they are proved."""

from __future__ import annotations

from dataclasses import dataclass, field

from derivations import kernel
from derivations.kernel import Lemma, Verdict
from derivations.language import Context, Statement

MOST = 6
"""How many of the nearest earlier claims are tried."""


@dataclass(slots=True)
class Earlier:
    """The equalities of a document that are proved so far, in order."""

    proved: list[tuple[Context, Lemma]] = field(default_factory=list)

    def learn(self, statement: Statement, context: Context, verdict: Verdict) -> None:
        """A claim was judged; what is not proved, or not to be judged, never serves."""
        if statement.claim is None or statement.ignored is not None:
            return
        place = statement.location
        text = f"line {place.line} of {place.part}" if place.part else f"line {place.line}"
        lemma = kernel.lemma(statement.claim, verdict, text)
        if lemma is not None:
            self.proved.append((context, lemma))

    def serving(self, statement: Statement, context: Context) -> tuple[Lemma, ...]:
        """The nearest earlier equalities that were proved with the same names known as `statement` has."""
        if statement.claim is None:
            return ()
        found = (lemma for known, lemma in reversed(self.proved) if known == context)
        return tuple(lemma for lemma, _ in zip(found, range(MOST), strict=False))
