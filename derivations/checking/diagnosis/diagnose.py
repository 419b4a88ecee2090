"""What is told of a refuted step: that it jumps back to a chain's start, or a repair that is proved."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.checking.diagnosis.bounds import TURNED, bound_explained
from derivations.checking.diagnosis.chain import Chain
from derivations.checking.diagnosis.search import proves, repaired
from derivations.checking.diagnosis.telling import (
    told,
    told_jump_back,
    told_rewriting,
)
from derivations.checking.diagnosis.transposition import Reread, rewritten, with_right_side
from derivations.checking.notation import Notation
from derivations.checking.report import Diagnosis
from derivations.language import Claim, Context, Derivation, Statement
from derivations.language.matrix_forms import unwritten
from derivations.language.traversal import index_names


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
        try:
            return self._found(statement, number, chain, deadline)
        except (MemoryError, RecursionError):
            return None
        except Exception:  # a step that cannot be explained is refuted all the same
            return None

    def _found(
        self, statement: Statement, number: int, chain: Chain, deadline: float | None
    ) -> Diagnosis | None:
        """The jump-back, then an edit of the meaning, then one of the text where it has matrices."""
        context, claim = self.derivation.context_of(statement), statement.claim
        if claim is None or statement.shapes_clash:
            if chain.last is not None and chain.last.shapes_clash:  # then the left side is at fault
                return self._back_after_rewriting(number, chain, deadline)
            return self._rewritten(statement, number, context, deadline)
        if claim.relation in TURNED:
            return bound_explained(claim, statement, context, self.notation, deadline)
        if claim.relation != "=":
            return None
        if self._jumps_back(claim, context, chain, deadline):
            return told_jump_back(chain, statement)
        repair = repaired(claim, context, deadline)
        if repair is not None:
            return told(repair, claim, statement, self.notation)
        in_matrices = any(map(unwritten, index_names(claim.right)))
        return self._rewritten(statement, number, context, deadline) if in_matrices else None

    def _back_after_rewriting(self, number: int, chain: Chain, deadline: float | None) -> Diagnosis | None:
        """Whether the right side equals the chain's start once the line before, whose shapes clash, fits."""
        if self.reread is None or chain.last is None or chain.repair is None:
            return None
        mended = with_right_side(chain.last, chain.repair, self.notation.source)
        derivation = self.derivation if mended is None else self.reread(mended)
        statement = derivation.statements[number]
        if statement.claim is None or statement.problem:
            return None
        context = derivation.context_of(statement)
        back = self._jumps_back(statement.claim, context, chain, deadline)
        return told_jump_back(chain, statement) if back else None

    def _jumps_back(self, claim: Claim, context: Context, chain: Chain, deadline: float | None) -> bool:
        """Whether the right side of `claim` equals the start of a chain with a line to be mended."""
        back = None if chain.to_mend is None else chain.back(claim)
        return back is not None and proves(back, context, deadline)

    def _rewritten(
        self, statement: Statement, number: int, context: Context, deadline: float | None
    ) -> Diagnosis | None:
        if self.reread is None or statement.relation != "=":
            return None
        found = rewritten(statement, number, context, self.notation.source, self.reread, deadline)
        return None if found is None else told_rewriting(found)
