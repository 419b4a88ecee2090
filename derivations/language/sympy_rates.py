"""Derivatives of named quantities in SymPy, not yet taken: ``Rate(J, theta[j])``.

SymPy's own `Derivative` of a symbol by another one is 0 as soon as it is built; what a name stands for is
here said by definitions beside it. The language reads a `Rate` as the `Derivative` that it is.
"""

from __future__ import annotations

import sympy
from sympy.printing.printer import Printer

from derivations.language.nodes import Call, Derivative, Entry, Expression
from derivations.language.sympy_reading import BridgeError, Scope, read


class Rate(sympy.Function):
    """The derivative of its first argument by the others, one after the other."""

    @classmethod
    def eval(cls, *arguments: sympy.Expr) -> None:
        """Never evaluated."""

    @property
    def quantity(self) -> sympy.Expr:
        """What changes."""
        return self.args[0]

    @property
    def variables(self) -> tuple[sympy.Expr, ...]:
        """What it changes with."""
        return tuple(self.args[1:])

    def taken(self) -> sympy.Derivative:
        """SymPy's `Derivative`, for a quantity without names in it."""
        return sympy.Derivative(self.quantity, *self.variables)

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        quantity, *variables = (printer.doprint(part) for part in self.args)
        count = len(variables)
        above = "\\partial" if count == 1 else f"\\partial^{{{count}}}"
        below = " ".join(f"\\partial {variable}" for variable in variables)
        text = f"\\frac{{{above} {quantity}}}{{{below}}}"
        return text if exp is None else f"\\left({text}\\right)^{{{exp}}}"

    def _sympystr(self, printer: Printer) -> str:
        return f"Rate({', '.join(printer.doprint(part) for part in self.args)})"


@read.register
def _(expression: Rate, scope: Scope) -> Expression:
    body = read(expression.quantity, scope)
    for variable in expression.variables:
        by = read(variable, scope)
        if not isinstance(by, Entry | Call):
            raise BridgeError(f"cannot differentiate by {variable}")
        body = Derivative(body, by)
    return body
