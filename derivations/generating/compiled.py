"""`derivations.compile`: a user's loss in SymPy, derived, proved, made stable and turned into functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy
import sympy
from numpy.typing import ArrayLike

from derivations.generating.stable_functions import HYPERBOLIC, is_sigmoid, opened, stable
from derivations.generating.standalone import Function, module_source
from derivations.language.context import Context
from derivations.language.declarations import Declaration, Domain, Part
from numeric import sigmoid, softplus
from numeric.arguments import Array, floating

if TYPE_CHECKING:
    from derivations.kernel import Verdict

VERBS = ("value", "gradient", "hessian")
"""The verbs by the order of the derivative that they compute."""

READABLE = "numbers, powers, exp, log, sigmoids, tanh, sinh and cosh"
"""What a loss is made of."""


class NotProvedError(ValueError):
    """A derivative or a rewriting that the kernel did not prove; nothing is generated from it."""


@dataclass(frozen=True, slots=True)
class CompiledLoss:
    """A loss of one score for each element, with the verbs of `numeric.log_loss`.

    The verbs take the score first, then the other symbols of the loss in the order of `arguments`; these
    broadcast, and float32 or float64 scores keep their type. `formulas` are what is computed and `verdicts`
    what the kernel said of them; `source` is a file that needs NumPy only.
    """

    arguments: tuple[str, ...]
    formulas: Mapping[str, sympy.Expr]
    verdicts: Mapping[str, Verdict]
    source: str
    functions: Mapping[str, Callable[..., Any]]

    def value(self, *arguments: ArrayLike) -> Array:
        """The loss of each element."""
        return self._computed("value", arguments)

    def gradient(self, *arguments: ArrayLike) -> Array:
        """The derivative of each element's loss by its score."""
        return self._computed("gradient", arguments)

    def hessian(self, *arguments: ArrayLike) -> Array:
        """The second derivative of each element's loss by its score: the diagonal of the Hessian."""
        return self._computed("hessian", arguments)

    def value_and_gradient(self, *arguments: ArrayLike) -> tuple[Array, Array]:
        """What `value` and `gradient` return."""
        return self.value(*arguments), self.gradient(*arguments)

    def _repr_html_(self) -> str:
        """The formulas with what the kernel said of them, for notebooks."""
        drawn = {verb: _mathml(self.formulas[verb]) for verb in VERBS}
        rows = "".join(
            f'<tr><th scope="row">{verb}</th><td><math>{drawn[verb]}</math></td>'
            f"<td>{self.verdicts[verb].kind}</td></tr>"
            for verb in VERBS
        )
        return f"<table><caption>of {escape(', '.join(self.arguments))}</caption>{rows}</table>"

    def _computed(self, verb: str, arguments: tuple[ArrayLike, ...]) -> Array:
        if len(arguments) != len(self.arguments):
            expected = ", ".join(self.arguments)
            raise TypeError(f"expected the arguments {expected}, given {len(arguments)} arguments")
        score = floating(self.arguments[0], arguments[0])
        pairs = zip(self.arguments[1:], arguments[1:], strict=True)
        arrays = [score, *(floating(name, argument, score.dtype) for name, argument in pairs)]
        try:
            shape = numpy.broadcast_shapes(*(array.shape for array in arrays))
        except ValueError:
            shapes = ", ".join(f"{n} {a.shape}" for n, a in zip(self.arguments, arrays, strict=True))
            raise ValueError(f"expected shapes that broadcast, given {shapes}") from None
        with numpy.errstate(all="ignore"):
            result = self.functions[verb](*arrays)
        return numpy.array(numpy.broadcast_to(result, shape), score.dtype)[()]


def compile_loss(loss: sympy.Expr, wrt: sympy.Symbol) -> CompiledLoss:
    """The loss and its first two derivatives by the score `wrt`, for arrays.

    Symbols of the loss are real, or positive where SymPy is told so; a float is the decimal number that it
    shows; the function ``sigma`` or ``sigmoid`` of one argument is the sigmoid. The loss is rewritten by
    proved rules so that sigmoids, softplus and hyperbolic functions keep their digits in the tails, and
    derived by rules that keep them.

    Raises `TypeError` for what is no expression and no symbol, `NotProvedError` for a derivative that the
    kernel does not prove, and `ValueError` for a loss that it cannot read or that has no code.
    """
    author, score = _readable(loss, wrt)
    others = sorted(author.free_symbols - {score}, key=str)
    formulas = {"value": stable(stable(author).doit())}
    for lower, verb in pairwise(VERBS):
        formulas[verb] = stable(sympy.diff(formulas[lower], score))
    verdicts = _verdicts(_meaning(author), formulas, score)
    names = tuple(map(str, (score, *others)))
    statements = tuple(
        f"d^{order}/d{score}^{order} ({author}) = {formulas[verb]}: {verdicts[verb].kind}"
        for order, verb in enumerate(VERBS)
    )
    source = module_source(
        f"The loss {author} and its derivatives by {score}.",
        statements,
        [Function(verb, names, formulas[verb]) for verb in VERBS],
    )
    functions = {verb: _lambdified((score, *others), formula) for verb, formula in formulas.items()}
    return CompiledLoss(
        names, MappingProxyType(formulas), MappingProxyType(verdicts), source, MappingProxyType(functions)
    )


def _lambdified(arguments: Sequence[sympy.Symbol], formula: sympy.Expr) -> Callable[..., Any]:
    """`formula` as a function; its arguments have names of their own, so that none hides NumPy's ``exp``."""
    renamed = {symbol: sympy.Dummy(f"argument_{number}") for number, symbol in enumerate(arguments)}
    known = [{"Sigmoid": sigmoid, "Softplus": softplus}, "numpy"]
    own = list(renamed.values())
    function: Callable[..., Any] = sympy.lambdify(own, formula.xreplace(renamed), modules=known, cse=True)
    return function


def _readable(loss: sympy.Expr, wrt: sympy.Symbol) -> tuple[sympy.Expr, sympy.Symbol]:
    """The loss in exact numbers and real symbols, and the score in it; raises as `compile_loss` does."""
    for name, given, kind in (("loss", loss, sympy.Expr), ("wrt", wrt, sympy.Symbol)):
        if not isinstance(given, kind):
            raise TypeError(f"{name}: expected a SymPy {kind.__name__}, given {type(given).__name__}")
    if wrt not in loss.free_symbols:
        raise ValueError(f"wrt: expected a symbol of the loss, given {wrt}")
    real = {s: s if s.is_real else sympy.Symbol(s.name, real=True) for s in loss.free_symbols}
    twice = {name for name, times in Counter(s.name for s in real).items() if times > 1}
    if twice:
        raise ValueError(
            f"loss: expected symbols of different names, given several {', '.join(sorted(twice))}"
        )
    exact = {number: sympy.Rational(repr(float(number))) for number in loss.atoms(sympy.Float)}
    return loss.xreplace({**real, **exact}), real[wrt]


def _mathml(formula: sympy.Expr) -> str:
    """`formula` for notebooks; SymPy puts names there as they are."""
    names = {symbol: sympy.Symbol(escape(symbol.name)) for symbol in formula.free_symbols}
    return str(sympy.mathml(formula.xreplace(names), printer="presentation"))


def _meaning(author: sympy.Expr) -> sympy.Expr:
    """The author's loss with its sigmoids in exponentials."""
    return author.replace(is_sigmoid, lambda part: 1 / (1 + sympy.exp(-part.args[0])))


def _verdicts(
    author: sympy.Expr, formulas: Mapping[str, sympy.Expr], score: sympy.Symbol
) -> dict[str, Verdict]:
    """The kernel's verdicts on the derivatives of what the author wrote; raises `NotProvedError`."""
    from derivations.kernel import judge
    from derivations.language.sympy_bridge import BridgeError, claim_from_sympy

    context = Context().with_rows(*HYPERBOLIC, *(_declared(s, score) for s in author.free_symbols))
    verdicts: dict[str, Verdict] = {}
    for order, verb in enumerate(VERBS):
        asked = sympy.Derivative(author, (score, order)) if order else author
        try:
            verdict = judge(claim_from_sympy(asked, opened(formulas[verb]), context), context)
        except BridgeError as error:
            raise ValueError(f"loss: expected {READABLE}: {error}") from None
        if verdict.kind not in ("proved", "proved-where-defined"):
            raise NotProvedError(f"{verb}: {verdict.kind}, so nothing is generated: {formulas[verb]}")
        verdicts[verb] = verdict
    return verdicts


def _declared(symbol: sympy.Symbol, score: sympy.Symbol) -> Declaration:
    domain = Domain.POSITIVE if symbol.is_positive else Domain.REAL
    domain = Domain.NONNEGATIVE if symbol.is_nonnegative and not symbol.is_positive else domain
    return Declaration(symbol.name, (), domain=domain, part=Part.PARAMETER if symbol == score else Part.DATA)
