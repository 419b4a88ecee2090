"""The rewritings that make a formula safe in floating point: each row is an equality that the kernel proves.

A row says nothing about rounding in its equality; `range_of_use` says where floating point wants it. Rows for
nonnegative and for negative scores are separate claims, so no absolute value enters a proof.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import sympy
from sympy import IndexedBase, Sum, exp, log

from derivations import catalogue
from derivations.catalogue.entry import Equation
from derivations.catalogue.least_squares import loss as squared_error
from derivations.catalogue.log_loss import loss
from derivations.catalogue.softmax import probability
from derivations.catalogue.symbols import CLASSES, K, c, data, k, parameter, sigma, y, z
from derivations.language.context import Context
from derivations.language.declarations import Declaration, Domain
from derivations.language.functions import SCALAR_FUNCTIONS

if TYPE_CHECKING:
    from derivations.kernel import Verdict

t, s, q, r, u, w, a = sympy.symbols("t s q r u w a", real=True)
"""Abbreviations: t for the exponential, s for the sign of a label, u for 1 - y."""
p = sympy.Symbol("p", positive=True)
own, total = sympy.symbols("own total", positive=True)
others = sympy.Symbol("others", nonnegative=True)
"""The exponential of one class, the sum of both, and the sum of all the others', 0 for a single class."""

_shift = sympy.Symbol("b", real=True)
_scores = IndexedBase("z")

BOUNDED = "scores whose size is below the logarithm of the largest float"
NONNEGATIVE = "any score z >= 0"
NEGATIVE = "any score z < 0"
EVERYWHERE = "any scores"


@dataclass(frozen=True, slots=True)
class StabilityRow:
    """``left = right``, where `right` uses the abbreviations in `where`."""

    name: str
    left: sympy.Expr
    right: sympy.Expr
    range_of_use: str
    where: tuple[Equation, ...] = ()
    declarations: tuple[Declaration, ...] = (parameter("z"),)

    def written_out(self, keep: Collection[str] = ()) -> sympy.Expr:
        """`right` without its abbreviations, those in `keep` excepted; the kernel is asked without any."""
        expression = self.right
        for row in reversed(self.where):
            if row.left.name not in keep:
                expression = expression.xreplace({row.left: row.right})
        return expression

    def certify(self) -> Verdict:
        """The kernel's verdict on the row."""
        from derivations.kernel import judge
        from derivations.language.sympy_bridge import claim_from_sympy

        context = Context().with_rows(SCALAR_FUNCTIONS["sigma"], *self.declarations)
        return judge(claim_from_sympy(self.left, self.written_out(), context), context)


def _result(name: str) -> sympy.Expr:
    return catalogue.get(name).result


_RESIDUAL = _result("log-loss-score-gradient")
_LOSS = loss(sigma(z), y)
_SOFTPLUS = log(1 + exp(z))
_LOG_SIGMOID = log(sigma(z))

_RISING = Equation(t, exp(z))
_FALLING = Equation(t, exp(-z))
_COMPLEMENT = Equation(u, 1 - y)
_MARGIN = (_COMPLEMENT, Equation(s, u - y), Equation(t, exp(s * z)))
_HARD = (parameter("z"), data("y", domain=Domain.BIT))
_SOFT = (parameter("z"), data("y"))
_PROBABILITY = (data("p", domain=Domain.UNIT),)
_LOGIT = log(p / (1 - p))
_ODDS = Equation(u, 1 - p)
_CLASS_SUMS = (data("own", domain=Domain.POSITIVE), data("others", domain=Domain.NONNEGATIVE))


def _by_sign(
    name: str,
    left: sympy.Expr,
    right: sympy.Expr,
    nonnegative: tuple[Equation, ...],
    negative: tuple[Equation, ...],
    declarations: tuple[Declaration, ...] = (parameter("z"),),
) -> tuple[StabilityRow, StabilityRow]:
    """Two rows with one right-hand side, whose abbreviations differ with the sign of the score."""
    return (
        StabilityRow(f"{name}-nonnegative", left, right, NONNEGATIVE, nonnegative, declarations),
        StabilityRow(f"{name}-negative", left, right, NEGATIVE, negative, declarations),
    )


ROWS = (
    StabilityRow("sigmoid-bounded", sigma(z), t / (1 + t), BOUNDED, (_RISING,)),
    *_by_sign(
        "sigmoid",
        sigma(z),
        q / (1 + t),
        nonnegative=(_FALLING, Equation(q, sympy.Integer(1))),
        negative=(_RISING, Equation(q, t)),
    ),
    StabilityRow("logit-outer", _LOGIT, log(p / u), "p below 1/4 or above 3/4", (_ODDS,), _PROBABILITY),
    StabilityRow(
        "logit-middle",
        _LOGIT,
        log(1 + (2 * p - 1) / u),
        "p between 1/4 and 3/4, where the numerator is exact",
        (_ODDS,),
        _PROBABILITY,
    ),
    *_by_sign(
        "sigmoid-derivative",
        _result("sigmoid-derivative"),
        t / (1 + t * (2 + t)),
        nonnegative=(_FALLING,),
        negative=(_RISING,),
    ),
    StabilityRow("softplus-bounded", _SOFTPLUS, log(1 + t), BOUNDED, (_RISING,)),
    *_by_sign(
        "softplus",
        _SOFTPLUS,
        a + log(1 + t),
        nonnegative=(_FALLING, Equation(a, z)),
        negative=(_RISING, Equation(a, sympy.Integer(0))),
    ),
    StabilityRow("log-sigmoid-bounded", _LOG_SIGMOID, -log(1 + t), BOUNDED, (_FALLING,)),
    *_by_sign(
        "log-sigmoid",
        _LOG_SIGMOID,
        -(a + log(1 + t)),
        nonnegative=(_FALLING, Equation(a, sympy.Integer(0))),
        negative=(_RISING, Equation(a, -z)),
    ),
    StabilityRow("log-loss-hard", _LOSS, log(1 + t), BOUNDED, _MARGIN, _HARD),
    StabilityRow("residual-hard", _RESIDUAL, s * (t / (1 + t)), BOUNDED, _MARGIN, _HARD),
    StabilityRow(
        "log-loss-soft",
        _LOSS,
        u * log(1 + t) + y * log(1 + 1 / t),
        BOUNDED,
        (_RISING, _COMPLEMENT),
        _SOFT,
    ),
    StabilityRow("residual-soft", _RESIDUAL, (u * t - y) / (1 + t), BOUNDED, (_RISING, _COMPLEMENT), _SOFT),
    *_by_sign(
        "log-loss",
        _LOSS,
        w * a + log(1 + t),
        nonnegative=(_FALLING, Equation(a, z), Equation(w, 1 - y)),
        negative=(_RISING, Equation(a, -z), Equation(w, y)),
        declarations=_SOFT,
    ),
    *_by_sign(
        "residual",
        _RESIDUAL,
        (q * u - r * y) / (1 + t),
        nonnegative=(_FALLING, Equation(q, sympy.Integer(1)), Equation(r, t), _COMPLEMENT),
        negative=(_RISING, Equation(q, t), Equation(r, sympy.Integer(1)), _COMPLEMENT),
        declarations=_SOFT,
    ),
    StabilityRow(
        "squared-error",
        squared_error(z, y),
        r**2 / 2,
        EVERYWHERE,
        (Equation(r, z - y),),
        _SOFT,
    ),
    StabilityRow(
        "squared-error-residual", _result("squared-error-score-gradient"), z - y, EVERYWHERE, (), _SOFT
    ),
    StabilityRow(
        "softmax-shift",
        probability(k),
        exp(_scores[k] - _shift) / Sum(exp(_scores[c] - _shift), (c, 1, K)),
        EVERYWHERE,
        declarations=(parameter("z", CLASSES), data("b")),
    ),
    StabilityRow(
        "logsumexp-shift",
        log(Sum(exp(_scores[c]), (c, 1, K))),
        _shift + log(Sum(exp(_scores[c] - _shift), (c, 1, K))),
        EVERYWHERE,
        declarations=(parameter("z", CLASSES), data("b")),
    ),
    StabilityRow(
        "logsumexp-others",
        log(exp(z) * (1 + others)),
        z + log(1 + others),
        EVERYWHERE,
        declarations=(parameter("z"), data("others", domain=Domain.NONNEGATIVE)),
    ),
    StabilityRow(
        "softmax-total",
        own / (own + others),
        own / total,
        EVERYWHERE,
        (Equation(total, own + others),),
        _CLASS_SUMS,
    ),
    StabilityRow(
        "cross-entropy-others",
        -log(own / (own + others)),
        log(1 + others / own),
        EVERYWHERE,
        declarations=_CLASS_SUMS,
    ),
    StabilityRow(
        "class-residual-others",
        own / (own + others) - 1,
        -others / (own + others),
        EVERYWHERE,
        declarations=_CLASS_SUMS,
    ),
    StabilityRow(
        "log-softmax-others",
        log(exp(z) / (1 + others)),
        z - log(1 + others),
        EVERYWHERE,
        declarations=(parameter("z"), data("others", domain=Domain.NONNEGATIVE)),
    ),
)


def by_name(rows: Iterable[StabilityRow]) -> Mapping[str, StabilityRow]:
    """`rows` keyed by name; raises `ValueError` where two share a name."""
    table: dict[str, StabilityRow] = {}
    for row in rows:
        if row.name in table:
            raise ValueError(f"two stability rows are called {row.name}")
        table[row.name] = row
    return MappingProxyType(table)


STABILITY = by_name(ROWS)
