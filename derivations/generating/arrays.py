"""Formulas in index notation as NumPy source: an index is an axis, a sum an `einsum` or a sum over an axis.

Guarantees. The code computes what the formula says for arrays whose axes are the indices of its tensors in
order, whatever their sizes; elementwise symbols broadcast. A formula that is not understood raises
`UnprintableError`. Softmax and log-sum-exp are shifted by their largest score (the rows ``softmax-shift`` and
``logsumexp-shift``), everything else is computed as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from keyword import iskeyword
from sys import float_info

import sympy
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.printing.numpy import NumPyPrinter

from derivations.generating.stable_functions import Sigmoid, Softplus
from derivations.generating.straight_line import UnprintableError

HELPERS: Mapping[str, str] = {
    "sigmoid": "def sigmoid(z):\n"
    "    t = numpy.exp(-numpy.abs(z))\n"
    "    return numpy.where(numpy.asarray(z) >= 0, 1, t) / (1 + t)\n",
    "softplus": "def softplus(z):\n    return numpy.maximum(z, 0) + numpy.log1p(numpy.exp(-numpy.abs(z)))\n",
    "softmax": "def softmax(z, axis):\n"
    "    t = numpy.exp(z - z.max(axis=axis, keepdims=True))\n"
    "    return t / t.sum(axis=axis, keepdims=True)\n",
    "logsumexp": "def logsumexp(z, axis):\n"
    "    top = z.max(axis=axis, keepdims=True)\n"
    "    return numpy.log(numpy.exp(z - top).sum(axis=axis)) + top.squeeze(axis)\n",
}
"""Functions that a file defines where it needs them: the stability rows of their names, without blocks."""

Axes = tuple[sympy.Basic, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Code for an array whose axes are indices in this order."""

    code: str
    axes: Axes = ()

    def along(self, axes: Sequence[sympy.Basic]) -> str:
        """The code for the array spread over `axes`, which hold its own; it must be a name or a call."""
        kept = [axis for axis in axes if axis in self.axes]
        order = [self.axes.index(axis) for axis in kept]
        code = self.code if order == sorted(order) else f"{self.code}.transpose({order})"
        if not self.axes or len(kept) == len(axes):
            return code
        return f"{code}[{', '.join(':' if axis in self.axes else 'None' for axis in axes)}]"


@dataclass
class ArrayWriter:
    """Writes formulas as lines of assignments; what occurs twice is computed once.

    `sizes` says how a size such as m is read off an argument, `names` what a symbol is called in the code.
    """

    sizes: Mapping[str, str]
    lines: list[str] = field(default_factory=list)
    helpers: set[str] = field(default_factory=set)
    known: dict[sympy.Basic, Part] = field(default_factory=dict)
    assigned: dict[str, str] = field(default_factory=dict)
    ranges: dict[sympy.Basic, str] = field(default_factory=dict)
    printer: NumPyPrinter = field(default_factory=NumPyPrinter)

    def written(self, expression: sympy.Expr, axes: Sequence[sympy.Basic]) -> str:
        """The code for `expression` with its free indices in the order of `axes`."""
        part = self.named(expression)
        if set(part.axes) != set(axes):
            raise UnprintableError(f"{expression} has other free indices than {', '.join(map(str, axes))}")
        return part.along(axes)

    def named(self, expression: sympy.Basic) -> Part:
        """A name for the value of `expression`, assigned once."""
        if expression in self.known:
            return self.known[expression]
        part = self.part(expression)
        if not (part.code.isidentifier() or isinstance(expression, sympy.Number | sympy.Symbol)):
            part = Part(self._assigned(part.code), part.axes)
        self.known[expression] = part
        return part

    def _assigned(self, code: str) -> str:
        """The name of the value of `code`, which the same code shares whatever its indices are called."""
        if code not in self.assigned:
            self.assigned[code] = f"part_{len(self.lines)}"
            self.lines.append(f"{self.assigned[code]} = {code}")
        return self.assigned[code]

    @singledispatchmethod
    def part(self, expression: sympy.Basic) -> Part:
        """The value of `expression`."""
        raise UnprintableError(f"no code is known for {type(expression).__name__}: {expression}")

    @part.register
    def _(self, expression: sympy.Number) -> Part:
        if expression.is_Rational and max(abs(expression.p), expression.q) > float_info.max:
            raise UnprintableError(f"a number of {len(str(expression))} digits is beyond all floats")
        code = str(self.printer.doprint(expression))
        return Part(code if code.isdecimal() else f"({code})")

    @part.register(sympy.NumberSymbol)
    def _(self, expression: sympy.Expr) -> Part:
        return Part(str(self.printer.doprint(expression)))

    @part.register
    def _(self, expression: sympy.Symbol) -> Part:
        return Part(self.sizes.get(expression.name) or python_name(expression.name))

    @part.register
    def _(self, expression: sympy.Indexed) -> Part:
        places = [self._place(index) for index in expression.indices]
        axes = tuple(index for index in expression.indices if isinstance(index, sympy.Symbol))
        if len(set(axes)) != len(axes):
            raise UnprintableError(f"{expression} takes a diagonal")
        name = python_name(str(expression.base))
        return Part(name if len(axes) == len(places) else f"{name}[{', '.join(places)}]", axes)

    @staticmethod
    def _place(index: sympy.Basic) -> str:
        if isinstance(index, sympy.Integer):
            return str(int(index) - 1)
        if isinstance(index, sympy.Symbol):
            return ":"
        raise UnprintableError(f"no code is known for the index {index}")

    @part.register
    def _(self, expression: sympy.KroneckerDelta) -> Part:
        first, second = expression.args
        if first not in self.ranges or second not in self.ranges:
            raise UnprintableError(f"nothing says over what the indices of {expression} range")
        return Part(f"numpy.eye({self.ranges[first]})", (first, second))

    @part.register
    def _(self, expression: sympy.Add) -> Part:
        first, *rest = sorted(expression.args, key=lambda term: term.could_extract_minus_sign())
        signs = ["-" if term.could_extract_minus_sign() else "+" for term in rest]
        sizes = [-term if sign == "-" else term for sign, term in zip(signs, rest, strict=True)]
        parts = [self.named(term) for term in (first, *sizes)]
        axes = joined(parts)
        code = parts[0].along(axes)
        for sign, part in zip(signs, parts[1:], strict=True):
            code += f" {sign} {part.along(axes)}"
        return Part(code, axes)

    @part.register
    def _(self, expression: sympy.Mul) -> Part:
        if expression.args[0] == -1:
            part = self.named(-expression)
            return Part(f"-{part.code}", part.axes)
        above, below = sympy.fraction(expression)
        if below != 1 and self._shares(expression) is None:
            parts = [self.named(above), self.named(below)]
            axes = joined(parts)
            return Part(" / ".join(part.along(axes) for part in parts), axes)
        parts = self._factors(expression)
        axes = joined(parts)
        return Part(" * ".join(part.along(axes) for part in parts), axes)

    def _factors(self, product: sympy.Expr) -> list[Part]:
        """The factors of `product`; an exponential over the sum of all of its kind is one, a softmax."""
        found = self._shares(product)
        if found is None:
            return [self.named(factor) for factor in sympy.Mul.make_args(product)]
        own, index, used = found
        scores = self.named(own.args[0])
        name = self._along_axis("softmax", scores, scores.axes.index(index))
        rest = sympy.Mul(*(factor for factor in product.args if factor not in used))
        return [Part(name, scores.axes), *([] if rest == 1 else self._factors(rest))]

    @staticmethod
    def _shares(product: sympy.Expr) -> tuple[sympy.Expr, sympy.Basic, tuple[sympy.Expr, ...]] | None:
        """An exponential of `product`, the index over which another factor sums all of its kind, and both."""
        for factor in sympy.Mul.make_args(product):
            if not (factor.is_Pow and factor.exp == -1 and isinstance(factor.base, sympy.Sum)):
                continue
            total, (bound, *_) = factor.base.function, factor.base.limits[0]
            for own in product.args if isinstance(total, sympy.exp) else ():
                for index in own.free_symbols if isinstance(own, sympy.exp) else ():
                    if total.args[0].xreplace({bound: index}) == own.args[0]:
                        return own, index, (own, factor)
        return None

    def _along_axis(self, helper: str, scores: Part, axis: int) -> str:
        self.helpers.add(helper)
        return self._assigned(f"{helper}({scores.code}, {axis})")

    @part.register
    def _(self, expression: sympy.Pow) -> Part:
        base = self.named(expression.base)
        if expression.exp == -1:
            return Part(f"1 / {base.code}", base.axes)
        power = self.named(expression.exp)
        axes = joined([base, power])
        if expression.exp == sympy.Rational(1, 2):
            return Part(f"numpy.sqrt({base.code})", base.axes)
        return Part(f"{base.along(axes)} ** {power.along(axes)}", axes)

    @part.register
    def _(self, expression: sympy.Sum) -> Part:
        (bound, *_), *others = expression.limits
        if others:
            return self._over_axes(self.named(sympy.Sum(expression.function, expression.limits[0])), others)
        factors = self._factors(expression.function)
        if not any(bound in part.axes for part in factors):
            size = Part(self.ranges[bound])
            return Part(" * ".join(p.along(joined(factors)) for p in (*factors, size)), joined(factors))
        if len(factors) == 1:
            axis = factors[0].axes.index(bound)
            return Part(
                f"{factors[0].code}.sum(axis={axis})", tuple(a for a in factors[0].axes if a != bound)
            )
        return einsum(factors, bound)

    def _over_axes(self, part: Part, limits: Iterable[sympy.Tuple]) -> Part:
        """The sum of `part` over the indices of `limits`, each of them an axis or a factor."""
        for bound, *_ in limits:
            if bound not in part.axes:
                part = Part(f"({part.code} * {self.ranges[bound]})", part.axes)
                continue
            axes = tuple(axis for axis in part.axes if axis != bound)
            part = Part(f"{part.code}.sum(axis={part.axes.index(bound)})", axes)
        return part

    @part.register
    def _(self, expression: sympy.log) -> Part:
        argument = expression.args[0]
        if isinstance(argument, sympy.Sum) and isinstance(argument.function, sympy.exp):
            scores = self.named(argument.function.args[0])
            ((bound, *_),) = argument.limits
            name = self._along_axis("logsumexp", scores, scores.axes.index(bound))
            return Part(name, tuple(axis for axis in scores.axes if axis != bound))
        if isinstance(argument, sympy.Mul):
            growth = [f for f in argument.args if isinstance(f, sympy.exp)]
            sums = [f for f in argument.args if f.is_Pow and f.exp == -1 and isinstance(f.base, sympy.Sum)]
            if len(growth) == len(sums) == 1 and len(argument.args) == 2:
                return self.part(growth[0].args[0] - sympy.log(sums[0].base, evaluate=False))
        constant, rest = argument.as_coeff_Add()
        inner = self.named(rest if constant == 1 else argument)
        return Part(f"numpy.{'log1p' if constant == 1 else 'log'}({inner.code})", inner.axes)

    @part.register
    def _(self, expression: sympy.Function) -> Part:
        arguments = [self.named(argument) for argument in expression.args]
        name = {Sigmoid: "sigmoid", Softplus: "softplus"}.get(expression.func)
        if name:
            self.helpers.add(name)
        else:
            name = self.printer.known_functions.get(expression.func.__name__, "")
        if not name.startswith(("numpy.", *HELPERS)) or len(arguments) != 1:
            raise UnprintableError(f"no function of NumPy is known for {expression}")
        return Part(f"{name}({arguments[0].code})", arguments[0].axes)


def einsum(factors: Sequence[Part], bound: sympy.Basic) -> Part:
    """The sum of a product over the index `bound`."""
    letters = {axis: "abcdefghijklmnopq"[n] for n, axis in enumerate(joined(factors))}
    axes = tuple(axis for axis in letters if axis != bound)
    inputs = ",".join("".join(letters[axis] for axis in part.axes) for part in factors)
    output = "".join(letters[axis] for axis in axes)
    operands = ", ".join(part.code for part in factors)
    return Part(f'numpy.einsum("{inputs}->{output}", {operands}, optimize=True)', axes)


def joined(parts: Iterable[Part]) -> Axes:
    """The axes of all parts, each once, in order of appearance."""
    return tuple(dict.fromkeys(axis for part in parts for axis in part.axes))


def python_name(name: str) -> str:
    """`name` as an identifier that the code does not use itself: ``lambda`` becomes ``lambda_``."""
    name = name.partition(" (")[0]
    plain = "".join(letter if letter.isalnum() else "_" for letter in name)
    plain = plain if plain[:1].isalpha() or plain[:1] == "_" else f"_{plain}"
    taken = iskeyword(plain) or plain in ("numpy", *HELPERS) or plain.startswith("part_")
    return f"{plain}_" if taken else plain


def index_ranges(expression: sympy.Basic) -> dict[sympy.Basic, sympy.Expr]:
    """The upper end of every bound index; raises `UnprintableError` for a sum that does not start at 1."""
    ends: dict[sympy.Basic, sympy.Expr] = {}
    for part in expression.atoms(ExprWithLimits):
        for bound, low, high in part.limits:
            if low != 1:
                raise UnprintableError(f"{part} does not start at 1")
            ends[bound] = high
    return ends
