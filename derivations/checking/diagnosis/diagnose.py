"""What is told of a refuted step: that it jumps back to a chain's start, or a repair that is proved."""

from __future__ import annotations

from derivations.checking.diagnosis.chain import Chain
from derivations.checking.diagnosis.search import proves, repaired
from derivations.checking.diagnosis.telling import told, told_jump_back
from derivations.checking.notation import Notation
from derivations.checking.report import Diagnosis
from derivations.language import Claim, Context, Statement


def diagnosed(
    statement: Statement,
    context: Context,
    chain: Chain,
    notation: Notation,
    deadline: float | None = None,
) -> Diagnosis | None:
    """Why the refuted `statement` is wrong, or None.

    Guarantees: with a repair, the kernel proved the step with that right side; a jump-back, that the right
    side equals the start of the chain. None says nothing, and no exception leaves this function.
    """
    claim = statement.claim
    if claim is None or claim.relation != "=":
        return None
    try:
        if chain.start is not None and chain.to_mend is not None:
            start = Claim(chain.start, claim.right, "=", claim.assumptions)
            if proves(start, claim.right, context, deadline):
                return told_jump_back(chain.to_mend)
        repair = repaired(claim, context, deadline)
        return None if repair is None else told(repair, claim, statement, notation)
    except (MemoryError, RecursionError):
        return None
    except Exception:  # a step that cannot be explained is refuted all the same
        return None
