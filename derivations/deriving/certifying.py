"""Every line of a derivation put to the kernel: what it does not prove is not shown to anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from derivations.deriving.proof import Chain, Formula, Proof
from derivations.kernel import Refuted, Undecided, Verdict, judge
from derivations.language.context import Context
from derivations.language.derivation import Claim


class LineNotProved(ValueError):
    """A line of a derivation that the kernel does not prove; the message shows the line and the reason."""


def certified(proof: Proof, judging: Callable[[Claim, Context], Verdict] = judge) -> Proof:
    """`proof` with the conditions of definedness that its lines need; raises `LineNotProved`.

    Guarantees: every line of what is returned was proved, or proved where defined, by the kernel, as the
    right side of an equality with the line before it; and so was ``left = result`` of each chain, as a whole.
    """
    conditions: dict[str, None] = {}
    chains = []
    for chain in proof.chains:
        lines = []
        for line, left in zip(chain.lines, _lefts(chain), strict=True):
            verdict = _proved(proof, chain, (left, line.relation, line.formula), judging)
            conditions |= dict.fromkeys(getattr(verdict, "conditions", ()))
            lines.append(replace(line, certificate=getattr(verdict, "certificate", None)))
        for statement in _whole(chain):
            verdict = _proved(proof, chain, statement, judging)
            conditions |= dict.fromkeys(getattr(verdict, "conditions", ()))
        chains.append(replace(chain, lines=tuple(lines)))
    return replace(proof, chains=tuple(chains), conditions=tuple(conditions))


def _proved(
    proof: Proof,
    chain: Chain,
    statement: tuple[Formula, str, Formula],
    judging: Callable[[Claim, Context], Verdict],
) -> Verdict:
    """The verdict on one statement of a chain; raises `LineNotProved`."""
    left, relation, right = statement
    verdict = judging(Claim(left.expression, right.expression, relation, chain.when), proof.context)
    if isinstance(verdict, Refuted | Undecided):
        line = f"{left.latex} {relation} {right.latex}"
        raise LineNotProved(f"{proof.name}: the line {line} is {verdict.kind}: {_why(verdict)}")
    return verdict


def _why(verdict: Refuted | Undecided) -> str:
    if isinstance(verdict, Undecided):
        return verdict.reason
    point = ", ".join(f"{name} = {value}" for name, value in verdict.witness.assignment)
    return f"at {point} the sides are {verdict.witness.left} and {verdict.witness.right}"


def _lefts(chain: Chain) -> Iterator[Formula]:
    """The formula before each line."""
    yield chain.left
    yield from (line.formula for line in chain.lines[:-1])


def _whole(chain: Chain) -> Iterator[tuple[Formula, str, Formula]]:
    """The statement of a chain of several equalities, judged apart from its steps."""
    if len(chain.lines) > 1 and all(line.relation == "=" for line in chain.lines):
        yield chain.left, "=", chain.result
