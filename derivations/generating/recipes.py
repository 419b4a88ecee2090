"""Which kernels are printed: for every output the stability rows that make a proved formula safe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy
from sympy import Abs, Max, Piecewise

from derivations.catalogue.entry import Equation
from derivations.catalogue.symbols import z
from derivations.generating.stability import STABILITY, StabilityRow


@dataclass(frozen=True, slots=True)
class Recipe:
    """A function of a generated module: its inputs, and for each output the names of its rows.

    One row is used as it stands; two are those for nonnegative and for negative scores. `accuracy` is what
    the tests of `numeric` hold the function to against 60 digits.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: Mapping[str, tuple[str, ...]]
    accuracy: str

    @property
    def rows(self) -> tuple[StabilityRow, ...]:
        """The rows of all outputs, in order."""
        return tuple(STABILITY[name] for names in self.outputs.values() for name in names)

    def expressions(self) -> dict[str, sympy.Expr]:
        """What is to be computed for each output."""
        return {
            output: self._expression(*(STABILITY[name] for name in names))
            for output, names in self.outputs.items()
        }

    def _expression(self, row: StabilityRow, negative: StabilityRow | None = None) -> sympy.Expr:
        return row.written_out(self.inputs) if negative is None else both_signs(row, negative)


def both_signs(row: StabilityRow, negative: StabilityRow) -> sympy.Expr:
    """The right-hand side of `row` for z >= 0 and of `negative` for z < 0 in one expression.

    Raises `ValueError` where the two rows are not two forms of one formula.
    """
    if (row.left, row.right) != (negative.left, negative.right):
        raise ValueError(f"{row.name} and {negative.name} rewrite different formulas")
    expression = row.right
    for above, below in zip(reversed(row.where), reversed(negative.where), strict=True):
        expression = expression.xreplace({above.left: _by_sign(above, below)})
    return expression


def _by_sign(above: Equation, below: Equation) -> sympy.Expr:
    """``above.right`` where z >= 0 and ``below.right`` where z < 0, without branches where there is a way."""
    if above.right == below.right:
        return above.right
    if above.right.xreplace({z: -z}) == below.right:
        return above.right.xreplace({z: Abs(z)})
    if {above.right, below.right} in ({z, sympy.Integer(0)}, {-z, sympy.Integer(0)}):
        return Max(above.right + below.right, 0)
    return Piecewise((above.right, z >= 0), (below.right, True))


def _variants(
    value: tuple[str, ...], gradient: tuple[str, ...], suffix: str, ulps: tuple[str, str]
) -> tuple[Recipe, Recipe, Recipe]:
    """The three verbs of a loss for one range of scores and labels; u is 1 - y, which the check made."""
    inputs = ("z", "y") if len(value) == 2 else ("z", "y", "u")
    return (
        Recipe(f"value_{suffix}", inputs, {"value": value}, f"the value {ulps[0]}"),
        Recipe(f"gradient_{suffix}", inputs, {"gradient": gradient}, f"the gradient {ulps[1]}"),
        Recipe(
            f"value_and_gradient_{suffix}",
            inputs,
            {"value": value, "gradient": gradient},
            f"the value {ulps[0]}, the gradient {ulps[1]}",
        ),
    )


def _elementary(name: str, ulps: str) -> tuple[Recipe, Recipe]:
    """An elementary function for bounded and for all scores."""
    return (
        Recipe(f"{name}_bounded", ("z",), {"out": (f"{name.replace('_', '-')}-bounded",)}, ulps),
        Recipe(name, ("z",), {"out": _signs(name.replace("_", "-"))}, ulps),
    )


def _signs(name: str) -> tuple[str, str]:
    return f"{name}-nonnegative", f"{name}-negative"


_HARD = ("1.5 ulp", "2.1 ulp")
_SOFT = ("4 ulp", "4 ulp of the larger of its two terms")
_EXACT = "one rounding an operation"

MODULES: Mapping[str, tuple[Recipe, ...]] = {
    "sigmoid": (
        *_elementary("sigmoid", "2.1 ulp"),
        Recipe("sigmoid_derivative", ("z",), {"out": _signs("sigmoid-derivative")}, "2.5 ulp"),
        *_elementary("softplus", "1.5 ulp"),
        *_elementary("log_sigmoid", "1.5 ulp"),
        Recipe("logit_outer", ("p",), {"out": ("logit-outer",)}, "3.5 ulp"),
        Recipe("logit_middle", ("p",), {"out": ("logit-middle",)}, "3.5 ulp"),
    ),
    "log_loss": (
        *_variants(("log-loss-hard",), ("residual-hard",), "hard", _HARD),
        *_variants(("log-loss-soft",), ("residual-soft",), "soft", _SOFT),
        *_variants(_signs("log-loss"), _signs("residual"), "unbounded", _SOFT),
    ),
    "squared_error": (
        Recipe("value", ("z", "y"), {"value": ("squared-error",)}, "3 ulp"),
        Recipe("gradient", ("z", "y"), {"gradient": ("squared-error-residual",)}, "0.5 ulp"),
        Recipe(
            "value_and_gradient",
            ("z", "y"),
            {"value": ("squared-error",), "gradient": ("squared-error-residual",)},
            "the value 3 ulp, the gradient 0.5 ulp",
        ),
    ),
    "softmax": (
        Recipe("probability", ("own", "total"), {"out": ("softmax-total",)}, _EXACT),
        Recipe("log_probability", ("z", "others"), {"out": ("log-softmax-others",)}, _EXACT),
        Recipe("logarithm_of_sum", ("z", "others"), {"out": ("logsumexp-others",)}, _EXACT),
        Recipe("value", ("own", "others"), {"out": ("cross-entropy-others",)}, _EXACT),
        Recipe("class_gradient", ("own", "others"), {"out": ("class-residual-others",)}, _EXACT),
    ),
}
"""The generated modules and their functions."""
