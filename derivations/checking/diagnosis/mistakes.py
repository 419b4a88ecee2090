"""The table of mistakes: one row a mistake, the most plausible first: the first proved repair is told.

The documentation of a code is a file of its own, ``documentation/D101.md``, with the headings *What it is*,
*Why it happens*, *Example* and *How to fix*. A test checks the example of every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from derivations.checking.diagnosis.edits import (
    chain_rule,
    letters,
    linearity,
    ranges,
    rules,
    scale,
    signs,
    swaps,
    wholes,
)
from derivations.checking.diagnosis.step import Edit, Step

WORDS = frozenset(
    {
        "sign", "factor", "chain-factor", "index", "bounds", "swap", "transpose", "dropped-term",
        "extra-term", "parenthesis", "structure", "jump-back", "domain", "shape", "other",
    }
)  # fmt: skip
"""The words of the report, version 1, for kinds of mistakes."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One way to go wrong: how its edits are made, and how they are told."""

    code: str
    word: str
    name: str
    message: str
    """With ``{0}``, ``{1}`` for the parts of an edit."""
    edits: Callable[[Step], Iterator[Edit]]

    @property
    def documentation(self) -> str:
        """What it is, why it happens, an example, how to fix it."""
        return documentation(self.code)


def _no_edits(step: Step) -> Iterator[Edit]:
    return iter(())


JUMP_BACK = Mistake(
    "D100",
    "jump-back",
    "wrong middle, right end",
    "this line equals the start of the chain again; the line to mend is line {0}",
    _no_edits,
)

TRANSPOSITION = Mistake("D132", "transpose", "transposition", "{0} should be {1}", _no_edits)

MATRIX_FACTOR = Mistake("D133", "chain-factor", "matrix missing", "the factor {0} is missing", _no_edits)

INEQUALITY = Mistake("D147", "sign", "inequality turned round", "{0} should be {1}", _no_edits)

STRICT = Mistake("D148", "sign", "strict inequality", "{0} should be {1}: both sides may be equal", _no_edits)

BOUND = Mistake("D149", "factor", "constant of a bound", "{0} should be {1}", _no_edits)

MISSING_ASSUMPTION = Mistake("D181", "domain", "assumption missing", "{0}", _no_edits)

MISTAKES: tuple[Mistake, ...] = (
    JUMP_BACK,
    TRANSPOSITION,
    MATRIX_FACTOR,
    INEQUALITY,
    STRICT,
    BOUND,
    MISSING_ASSUMPTION,
    Mistake("D141", "swap", "difference turned round",
            "{0} is turned round: it should be {1}", swaps.difference),
    Mistake("D101", "sign", "overall sign", "the overall sign is flipped", signs.overall),
    Mistake("D102", "sign", "sign of a term", "the sign of {0} is wrong", signs.of_a_term),
    Mistake("D104", "sign", "sign of an argument", "{0} should be {1}", signs.in_an_argument),
    Mistake("D111", "chain-factor", "inner derivative",
            "the inner derivative {0} is missing", chain_rule.inner),
    Mistake("D103", "sign", "sign in an exponent", "{0} should be {1}", signs.in_an_exponent),
    Mistake("D146", "swap", "cases exchanged", "{0} and {1} stand in each other's case", swaps.branches),
    Mistake("D162", "parenthesis", "bracket multiplied out in part",
            "the factor {0} belongs to every term of {1}", wholes.opened),
    Mistake("D143", "swap", "labels of two codings", "{0} is written where {1} belongs", swaps.labels),
    Mistake("D105", "factor", "numerical factor", "a factor {0} is missing at {1}", scale.by_a_number),
    Mistake("D126", "bounds", "sum over an unused index",
            "{0} should be {1}: its term does not depend on the index", ranges.idle),
    Mistake("D106", "factor", "factor of a size", "a factor {0} is missing at {1}", scale.by_a_size),
    Mistake("D107", "factor", "parameter as a factor",
            "a factor {0} is missing at {1}", scale.by_a_parameter),
    Mistake("D131", "transpose", "transposed product", "{0} should be {1}", letters.transposed),
    Mistake("D134", "structure", "matrices exchanged", "{0} should be {1}", linearity.commuting),
    Mistake("D128", "index", "index dropped", "{0} should be {1}", letters.sample_index),
    Mistake("D121", "index", "wrong index", "{0} should be {1}", letters.wrong_index),
    Mistake("D124", "bounds", "intercept penalised",
            "{0} should be {1}: it counts the intercept", ranges.intercept),
    Mistake("D123", "bounds", "range of a sum", "{0} should be {1}", ranges.bounds),
    Mistake("D125", "index", "bound index used twice", "the index of {0} is bound twice", ranges.reused),
    Mistake("D127", "bounds", "sum missing", "{0} should be {1}", ranges.missing_sum),
    Mistake("D153", "extra-term", "sum for one term", "{0} should be {1}", ranges.single_term),
    Mistake("D122", "structure", "delta missing",
            "{0} should be {1}: the case of equal indices only", letters.delta),
    Mistake("D152", "extra-term", "term too many", "the term {0} should not be there", wholes.extra_term),
    Mistake("D151", "dropped-term", "term dropped", "the term {0} is missing", wholes.missing_term),
    Mistake("D161", "parenthesis", "misplaced bracket", "{0} should be {1}", wholes.brackets),
    Mistake("D171", "structure", "rule misremembered", "{0} should be {1}", rules.functions),
    Mistake("D174", "structure", "function taken part by part", "{0} should be {1}", linearity.spread),
    Mistake("D108", "factor", "exponent", "{0} should be {1}", scale.of_an_exponent),
    Mistake("D110", "factor", "factor of an argument", "{0} should be {1}", scale.in_an_argument),
    Mistake("D109", "structure", "denominator's power",
            "the power of the denominator {0} is wrong", scale.of_a_denominator),
    Mistake("D113", "chain-factor", "factor too many",
            "the factor {0} should not be there", chain_rule.spurious),
    Mistake("D112", "chain-factor", "chain factor missing",
            "the factor {0} is missing at {1}", chain_rule.missing),
    Mistake("D142", "swap", "quantity and its complement", "{0} should be {1}", swaps.complements),
    Mistake("D144", "swap", "two quantities exchanged", "{0} and {1} are exchanged", swaps.names),
    Mistake("D154", "dropped-term", "term of a bracket dropped",
            "{0} is missing in {1}", wholes.missing_inside),
    Mistake("D172", "structure", "derivative forgotten",
            "{0} is not differentiated yet: it should be {1}", rules.derivative_forgotten),
    Mistake("D145", "swap", "one quantity for another", "{0} should be {1}", swaps.one_for_another),
    Mistake("D173", "structure", "rule for products and quotients",
            "{0} should be {1}", rules.products_and_quotients),
)  # fmt: skip
"""One row a mistake, in the order in which explanations are tried."""


def _by_code() -> Mapping[str, Mistake]:
    table: dict[str, Mistake] = {}
    for row in MISTAKES:
        if row.code in table or row.word not in WORDS:
            raise ValueError(f"{row.code}: a second row, or the unknown word {row.word}")
        table[row.code] = row
    return MappingProxyType(table)


BY_CODE = _by_code()
"""The rows by their codes."""


def documentation(code: str) -> str:
    """The documentation of `code`; raises `KeyError` for a code that is not in the table."""
    path = resources.files("derivations.checking.diagnosis") / "documentation" / f"{BY_CODE[code].code}.md"
    return path.read_text("utf-8")
