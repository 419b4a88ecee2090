"""Sums over samples, features and classes as the BLAS calls that they stand for.

Each row says that a result of the catalogue is a sum of products of named tensors; the kernel proves it for
all sizes. The printer reads the indices of such a sum and looks up the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy
from sympy import IndexedBase, KroneckerDelta, Sum, exp, sqrt

from derivations import catalogue
from derivations.catalogue.entry import Entry, Equation
from derivations.catalogue.symbols import CLASSES, FEATURES, K, c, data, feature, i, j, k, m, n, sigma
from derivations.language.declarations import Declaration

if TYPE_CHECKING:
    from derivations.kernel import Verdict

theta, W, x, y, z, r, s, a, p, q = (
    IndexedBase(name) for name in ("theta", "W", "x", "y", "z", "r", "s", "a", "p", "q")
)
_e, _f = catalogue.get("softmax-regression-hessian").left.variables[1].indices
_g, _h = sympy.symbols("g h", integer=True, positive=True)

_SCORE = Equation(z[i], Sum(theta[feature] * x[i, feature], (feature, 1, n)))
_CLASS_SCORE = Equation(z[i, k], Sum(W[k, feature] * x[i, feature], (feature, 1, n)))
_PROBABILITY = Equation(q[i, k], exp(z[i, k]) / Sum(exp(z[i, c]), (c, 1, K)))
_SOFTMAX = (_PROBABILITY, _CLASS_SCORE)

_gradient = Sum(r[i] * x[i, j], (i, 1, m))
_class_gradient = Sum(r[i, k] * x[i, j], (i, 1, m))
_square = Sum(a[i, j] * a[i, k], (i, 1, m))

_same = KroneckerDelta(k, _e)
_class_hessian = (
    _same * Sum(q[i, k] * (1 - q[i, k]) * x[i, j] * x[i, _f], (i, 1, m))
    - (1 - _same) * Sum(a[i, k, j] * a[i, _e, _f], (i, 1, m))
) / m


@dataclass(frozen=True, slots=True)
class SumRow:
    """The result of `entry`, or `left` under its declarations, is `right` with the tensors of `where`."""

    entry: str
    right: sympy.Expr
    where: tuple[Equation, ...] = ()
    left: sympy.Expr | None = None
    more: tuple[Declaration, ...] = ()

    @property
    def source(self) -> Entry:
        """The entry of the catalogue."""
        return catalogue.get(self.entry)

    @property
    def claim(self) -> Equation:
        """The equality without abbreviations, as the kernel is asked."""
        right = self.right
        for row in self.where:
            right = opened(right, row)
        return Equation(self.source.result if self.left is None else self.left, right)

    def certify(self) -> Verdict:
        """The kernel's verdict on the equality, for symbolic m, n and K."""
        from derivations.kernel import judge
        from derivations.language.sympy_bridge import claim_from_sympy

        context = self.source.context().with_rows(*self.more)
        return judge(claim_from_sympy(self.claim.left, self.claim.right, context), context)


def opened(expression: sympy.Expr, row: Equation) -> sympy.Expr:
    """`expression` with the tensor of ``row.left`` replaced by what it stands for."""
    return expression.replace(
        lambda part: isinstance(part, sympy.Indexed) and part.base == row.left.base,
        lambda part: row.right.xreplace(dict(zip(row.left.indices, part.indices, strict=True))),
    )


def _hessian_times_direction() -> sympy.Expr:
    """``sum_k H_jk p_k`` of the log-loss."""
    return Sum(catalogue.get("log-loss-hessian").result * p[k], (k, 1, n))


def _class_hessian_times_direction() -> sympy.Expr:
    """``sum_ab H_kj,ab p_ab`` of softmax regression."""
    entry = catalogue.get("softmax-regression-hessian")
    return Sum(entry.result * p[_e, _f], (_e, 1, K), (_f, 1, n))


@dataclass(frozen=True, slots=True)
class SumFunction:
    """A generated function: the sum of products that it computes, its free indices in order, and its rows."""

    name: str
    summary: str
    summed: sympy.Expr
    free: tuple[sympy.Symbol, ...]
    rows: tuple[SumRow, ...] = ()


FUNCTIONS = (
    SumFunction("scores", "The scores of the samples.", _SCORE.right, (i,)),
    SumFunction(
        "gradient",
        "The samples' rows, weighted and summed; the mean divides by m.",
        _gradient,
        (j,),
        (
            SumRow("log-loss-gradient", _gradient / m, (Equation(r[i], sigma(z[i]) - y[i]), _SCORE)),
            SumRow("squared-error-gradient", _gradient / m, (Equation(r[i], z[i] - y[i]), _SCORE)),
            SumRow(
                "log-loss-hessian",
                _gradient / m,
                (
                    Equation(
                        r[i],
                        sigma(z[i]) * (1 - sigma(z[i])) * Sum(p[feature] * x[i, feature], (feature, 1, n)),
                    ),
                    _SCORE,
                ),
                left=_hessian_times_direction(),
                more=(data("p", FEATURES),),
            ),
        ),
    ),
    SumFunction("scaled", "The samples' rows, each times its factor.", s[i] * x[i, j], (i, j)),
    SumFunction(
        "hessian",
        "The product of a matrix with its own transpose; the mean divides by m.",
        _square,
        (j, k),
        (
            SumRow(
                "log-loss-hessian",
                _square / m,
                (
                    Equation(a[i, j], s[i] * x[i, j]),
                    Equation(s[i], sqrt(sigma(z[i]) * (1 - sigma(z[i])))),
                    _SCORE,
                ),
            ),
            SumRow("squared-error-hessian", _square / m, (Equation(a[i, j], x[i, j]),)),
            SumRow(
                "softmax-regression-hessian",
                _class_hessian,
                (Equation(a[i, k, j], q[i, k] * x[i, j]), *_SOFTMAX),
            ),
        ),
    ),
    SumFunction("class_scores", "The scores of the samples for each class.", _CLASS_SCORE.right, (i, k)),
    SumFunction(
        "class_gradient",
        "The samples' rows, weighted for each class and summed; the mean divides by m.",
        _class_gradient,
        (k, j),
        (
            SumRow(
                "softmax-regression-gradient",
                _class_gradient / m,
                (Equation(r[i, k], q[i, k] - y[i, k]), *_SOFTMAX),
            ),
            SumRow(
                "softmax-regression-hessian",
                _class_gradient / m,
                (
                    Equation(r[i, k], q[i, k] * (s[i, k] - Sum(q[i, _g] * s[i, _g], (_g, 1, K)))),
                    Equation(s[i, k], Sum(p[k, _h] * x[i, _h], (_h, 1, n))),
                    *_SOFTMAX,
                ),
                left=_class_hessian_times_direction(),
                more=(data("p", CLASSES, FEATURES),),
            ),
        ),
    ),
)
"""The functions of `numeric.kernels.linear`."""
