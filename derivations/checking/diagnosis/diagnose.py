"""What is told of a refuted step: that it jumps back to a chain's start, or a repair that is proved."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.checking.diagnosis.chain import Chain
from derivations.checking.diagnosis.search import proves, repaired
from derivations.checking.diagnosis.telling import told, told_jump_back, told_transposition
from derivations.checking.diagnosis.transposition import Reread, transposed
from derivations.checking.notation import Notation
from derivations.checking.report import Diagnosis
from derivations.language import Claim, Context, Derivation, Statement


@dataclass(frozen=True, slots=True)
class Diagnosing:
    """What the diagnoses of one document have in common."""

    derivation: Derivation
    notation: Notation
    reread: Reread | None = None
    """Reads the document with another text; without it, shapes that do not fit are not explained."""

    def diagnosed(self, number: int, chain: Chain, deadline: float | None = None) -> Diagnosis | None:
        """Why the refuted statement `number` is wrong, or None.

        Guarantees: with a repair, the kernel proved the step with that right side; a jump-back, that the
        right side equals the start of the chain. None says nothing, and no exception leaves this method.
        """
        statement = self.derivation.statements[number]
        context = self.derivation.context_of(statement)
        try:
            if statement.claim is None or statement.shapes_clash:
                return self._transposed(statement, number, context, deadline)
            return self._repaired(statement, statement.claim, context, chain, deadline)
        except (MemoryError, RecursionError):
            return None
        except Exception:  # a step that cannot be explained is refuted all the same
            return None

    def _repaired(
        self, statement: Statement, claim: Claim, context: Context, chain: Chain, deadline: float | None
    ) -> Diagnosis | None:
        if claim.relation != "=":
            return None
        if chain.start is not None and chain.to_mend is not None:
            start = Claim(chain.start, claim.right, "=", claim.assumptions)
            if proves(start, claim.right, context, deadline):
                return told_jump_back(chain.to_mend)
        repair = repaired(claim, context, deadline)
        return None if repair is None else told(repair, claim, statement, self.notation)

    def _transposed(
        self, statement: Statement, number: int, context: Context, deadline: float | None
    ) -> Diagnosis | None:
        if self.reread is None or statement.relation != "=":
            return None
        found = transposed(statement, number, context, self.notation.source, self.reread, deadline)
        return None if found is None else told_transposition(*found)
