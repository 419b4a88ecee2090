"""The verdict ladder: a few instances, a proof, more instances. Only here is a claim called proved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from flint import ctx

from derivations.kernel.budget import Budget, BudgetExceeded, Clock, TimeExceeded, Unsupported
from derivations.kernel.conditions import Condition
from derivations.kernel.evaluation import Evaluation, Instance, NotDefined, Value
from derivations.kernel.inequalities.telling import told
from derivations.kernel.lemmas import Lemma, rewritten
from derivations.kernel.loewner import RELATIONS as BETWEEN_MATRICES
from derivations.kernel.loewner import forms
from derivations.kernel.missing import Missing, missing_assumption
from derivations.kernel.prove import Proof, prove
from derivations.kernel.question import Question, opened
from derivations.kernel.rational import Undefined
from derivations.kernel.refutation import PRECISIONS, Comparison, Outcome, Witness, compare, first_witness
from derivations.kernel.sampling import first_rounds, rounds
from derivations.kernel.used import NOT_ALL_ZERO, assumptions_used, proof_from_nothing
from derivations.kernel.verdict import Proved, ProvedWhereDefined, Refuted, Undecided, Verdict
from derivations.language.context import Context, ContextError
from derivations.language.derivation import Claim
from derivations.language.differentiation import DifferentiationError

QUICK, CHECKS, THOROUGH = 2, 8, 24
"""Rounds of instances: before a proof is tried, against a proof, and where there is no proof or a doubt."""


def judge(claim: Claim, context: Context, deadline: float | None = None) -> Verdict:
    """The verdict on `claim` under `context`; `deadline` is a time of `time.monotonic`, the backstop.

    Guarantees: `Proved` and `ProvedWhereDefined` only with a proof that no instance contradicts and with a
    model of the assumptions; `Refuted` only with a witness at which the claim certainly fails. Whatever goes
    wrong is `Undecided`. Without a deadline the same claim gets the same verdict everywhere.
    """
    try:
        if claim.relation in BETWEEN_MATRICES:
            return _between_matrices(claim, context, Clock(deadline))
        return _Ladder(opened(claim, context), Clock(deadline)).verdict()
    except TimeExceeded:
        return Undecided("the time limit was reached")
    except RecursionError:
        return Undecided("the claim is nested too deeply")
    except MemoryError:
        return Undecided("the claim needs too much memory")
    except (ContextError, DifferentiationError) as error:
        return Undecided(_one_line(str(error)))
    except Unsupported as error:
        return Undecided(_one_line(f"no rule covers {error}"))
    except Exception as error:  # whatever goes wrong in here is a doubt, never a verdict
        return Undecided(_one_line(f"internal error: {type(error).__name__}: {error}"))


def _between_matrices(claim: Claim, context: Context, clock: Clock) -> Verdict:
    """The verdict on an order between matrices: that on their quadratic forms, if they are symmetric."""
    found = forms(claim, context)
    verdict = _Ladder(opened(found.form, found.context), clock).verdict()
    if not isinstance(verdict, Proved | ProvedWhereDefined):
        return verdict
    symmetric = _Ladder(opened(found.symmetric, context), clock).verdict()
    if not isinstance(symmetric, Proved | ProvedWhereDefined):
        return Undecided("the quadratic form is as claimed, but the matrix was not shown to be symmetric")
    both = (verdict, symmetric)
    used = tuple(dict.fromkeys(text for one in both for text in one.assumptions_used))
    used = tuple(text for text in used if text != NOT_ALL_ZERO.format(found.vector))
    groups = (one.conditions for one in both if isinstance(one, ProvedWhereDefined))
    conditions = tuple(dict.fromkeys(condition for group in groups for condition in group))
    if conditions:
        return ProvedWhereDefined(conditions, used, verdict.certificate)
    return Proved(used, verdict.certificate)


def judge_after(
    claim: Claim, context: Context, lemmas: Sequence[Lemma], deadline: float | None = None
) -> Verdict:
    """The verdict on a `claim` that is undecided by itself, from `lemmas` that were proved under `context`.

    Guarantees: as those of `judge`, if each lemma was proved; its conditions and assumptions are told.
    """
    for lemma in lemmas:
        for other in rewritten(claim, lemma):
            found = judge(other, context, deadline)
            if isinstance(found, Proved | ProvedWhereDefined) and _has_model(claim, context, deadline):
                conditions = found.conditions if isinstance(found, ProvedWhereDefined) else ()
                conditions = tuple(dict.fromkeys((*conditions, *lemma.conditions)))
                used = tuple(dict.fromkeys((*found.assumptions_used, *lemma.used, lemma.text)))
                if conditions:
                    return ProvedWhereDefined(conditions, used, found.certificate)
                return Proved(used, found.certificate)
    return Undecided("no earlier claim decides it")


def _has_model(claim: Claim, context: Context, deadline: float | None) -> bool:
    """Whether no instance contradicts the claim, and one at which both its sides are defined agrees."""
    try:
        return _Ladder(opened(claim, context), Clock(deadline)).agrees()
    except Exception:  # whatever goes wrong in here is a doubt
        return False


def lemma(claim: Claim, verdict: Verdict, text: str) -> Lemma | None:
    """`claim` for the use of later claims, None unless it is an equality that `verdict` calls proved."""
    if claim.relation != "=" or not isinstance(verdict, Proved | ProvedWhereDefined):
        return None
    conditions = verdict.conditions if isinstance(verdict, ProvedWhereDefined) else ()
    return Lemma(claim, conditions, verdict.assumptions_used, text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class _Ladder:
    question: Question
    clock: Clock

    def verdict(self) -> Verdict:
        """The rungs in order."""
        first = first_rounds(self.question, QUICK)
        quick = first_witness(self.question, first, PRECISIONS[:1], self.clock)
        if quick is not None:
            return self._falsified(quick)
        alone = proof_from_nothing(self.question, self._context(), self.clock)
        if alone is not None:
            return self._certified(alone, used=())
        proof, obstacle = self._proof()
        if proof is not None:
            return self._certified(proof)
        rest = rounds(self.question, THOROUGH)
        witness = first_witness(self.question, rest, PRECISIONS, self.clock)
        if witness is not None:
            return self._falsified(witness)
        missing = self._missing()
        return Undecided(obstacle if missing is None else f"{obstacle}; {_would_hold(missing)}")

    def _falsified(self, witness: Witness) -> Verdict:
        """`refuted`, or a proof for larger sizes, if an inequality fails at a set of one element only."""
        told = dict(witness.assignment)
        single = [size for size in sorted(self.question.names.sizes) if told.get(size) == 1]
        if self.question.claim.relation == "=" or not single:
            return self._refuted(Refuted(witness))
        context = self.question.context
        for size in single:
            context = context.with_minimum_size(size, 2)
        verdict = _Ladder(opened(self.question.claim, context), self.clock).verdict()
        if not isinstance(verdict, Proved | ProvedWhereDefined):
            return self._refuted(Refuted(witness))
        known = verdict.conditions if isinstance(verdict, ProvedWhereDefined) else ()
        sizes = (f"{size} >= 2" for size in single)
        return ProvedWhereDefined((*known, *sizes), verdict.assumptions_used, verdict.certificate)

    def _refuted(self, refuted: Refuted) -> Verdict:
        """`refuted`, unless it rests on the derivative of a name of which nothing is known."""
        unknown = sorted(self.question.names.unknown)
        if unknown:
            return Undecided(f"nothing says what {unknown[0]} depends on")
        if self.question.unsolved:
            return Undecided(f"no rule covers the assumption {self.question.unsolved[0]}")
        missing = self._missing()
        return refuted if missing is None else Refuted(refuted.witness, _would_hold(missing), missing.domain)

    def _missing(self) -> Missing | None:
        """The usual assumption under which the claim would hold."""
        try:
            return missing_assumption(self.question, self._context(), self.clock)
        except Exception:  # a remark beside a verdict never stands in its way
            return None

    def _context(self) -> Context:
        """The context, with the sizes that the claim's own indices need."""
        context = self.question.context
        for size, least in sorted(self.question.names.sizes.items()):
            context = context.with_minimum_size(size, least)
        return context

    def _proof(self) -> tuple[Proof | None, str]:
        """A proof, or None and what stood against one."""
        try:
            budget = Budget(clock=self.clock)
            proof = prove(self.question.claim, self._context(), budget, self.question.opening)
        except BudgetExceeded as error:
            return None, _one_line(f"a proof would need more than the budget for {error}")
        except Undefined as error:
            return None, _one_line(f"a side may be undefined: {error}")
        except Unsupported as error:
            return None, _one_line(f"no rule covers {error}")
        return proof, "neither a proof nor a counterexample was found"

    def _certified(self, proof: Proof, used: tuple[str, ...] | None = None) -> Verdict:
        """The proof as a verdict, once instances agree with it and one shows that it speaks of something;
        `used` is what it needs, where that is known.
        """
        models = defined = 0
        for instance, comparison in self._compared(THOROUGH if proof.conditions else CHECKS):
            models += 1
            defined += comparison.outcome is Outcome.CONSISTENT
            if comparison.outcome is Outcome.FALSE:
                if comparison.witness is None or self._meets(instance, proof.conditions):
                    return Undecided("internal disagreement: a proof was found, and an instance against it")
                return self._refuted(Refuted(comparison.witness))
        if not models:
            return Undecided("no instance satisfies the assumptions")
        if not defined:
            return Undecided("no instance was found at which both sides are defined")
        if used is None:
            used = assumptions_used(self.question, self._context(), proof, self.clock)
        sizes = (f"{size} >= {least}" for size, least in sorted(self.question.names.implied.items()))
        conditions = tuple(dict.fromkeys((*(c.text for c in proof.conditions), *sizes)))
        certificate = None if proof.certificate is None else told(proof.certificate, self._names())
        if conditions:
            return ProvedWhereDefined(conditions, used, certificate)
        return Proved(used, certificate)

    def _names(self) -> set[str]:
        """What occurs in the claim."""
        names = self.question.names
        return {*names.tensors, *names.labels, *names.sizes, *self.question.free}

    def agrees(self) -> bool:
        """Whether no instance contradicts the claim and one agrees with it."""
        outcomes = [comparison.outcome for _, comparison in self._compared(CHECKS)]
        return Outcome.CONSISTENT in outcomes and Outcome.FALSE not in outcomes

    def _compared(self, count: int) -> Iterator[tuple[Instance, Comparison]]:
        """The sides at `count` instances, at more while none of them is defined."""
        defined = False
        for number, instance in enumerate(rounds(self.question, THOROUGH)):
            if number >= count and defined:
                return
            self.clock.check()
            comparison = compare(self.question, instance, PRECISIONS[0])
            if comparison.outcome is Outcome.UNDEFINED and not defined and number >= QUICK:
                comparison = compare(self.question, instance, PRECISIONS[-1])
            defined |= comparison.outcome is Outcome.CONSISTENT
            yield instance, comparison

    def _meets(self, instance: Instance, conditions: tuple[Condition, ...]) -> bool:
        """Whether all `conditions` certainly hold at `instance`."""
        with ctx.workprec(PRECISIONS[0]):
            evaluation = Evaluation(instance, self.question.sharing)
            return all(self._holds(condition, evaluation) for condition in conditions)

    def _holds(self, condition: Condition, evaluation: Evaluation) -> bool:
        expression = self.question.sharing.share(condition.expression)
        instance, names = evaluation.instance, [index.name for index in condition.indices]
        for values in product(*(instance.elements(index.index_set) for index in condition.indices)):
            environment = {**instance.indices, **dict(zip(names, values, strict=True))}
            try:
                if not all(evaluation.holds(guard, environment) for guard in condition.guards):
                    continue
                if not _has_sign(condition.kind, evaluation.value(expression, environment)):
                    return False
            except NotDefined:
                return False
        return True


def _has_sign(kind: str, value: Value) -> bool:
    if kind == "invertible":  # otherwise the entry of the inverse would have no value
        return True
    if kind == "nonzero":
        return bool(value > 0 or value < 0)
    return bool(value >= 0 if kind == "nonnegative" else value > 0)


def _would_hold(missing: Missing) -> str:
    return f"it would hold if {missing.text}"
