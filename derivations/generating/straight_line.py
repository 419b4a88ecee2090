"""Expressions as straight-line NumPy: one ufunc call a line, each into a buffer that exists already.

SymPy's `cse` finds what is shared and its NumPy printer names the functions, as `lambdify` does; what is
added here is the choice of buffers, so that a kernel allocates nothing while it runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod

import sympy
from sympy.codegen.cfunctions import log1p
from sympy.printing.numpy import NumPyPrinter

KEYWORD_OUT = frozenset({"maximum"})
"""Ufuncs whose third positional argument NumPy deprecates."""

ONE = "one"
"""How code names the number 1: as an array, which NumPy adds faster than a number of Python's."""


class UnprintableError(ValueError):
    """An expression for which no straight-line code is known."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """``result = function(*operands)``; operands are names of values or literals."""

    function: str
    operands: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Code:
    """The lines of a function body, the NumPy functions they use, the number of scratch buffers, and whether
    `ONE` is an operand.
    """

    lines: tuple[str, ...]
    functions: frozenset[str]
    scratch: int
    uses_one: bool


def straight_line(outputs: Mapping[str, sympy.Expr]) -> Code:
    """Code that computes each of `outputs` into the buffer of its name.

    Raises `UnprintableError` for a function that has no ufunc here, and for a sum of more than two terms,
    because its order of rounding would be SymPy's and not its author's.
    """
    expressions = [expression.replace(sympy.log, _log) for expression in outputs.values()]
    shared, reduced = sympy.cse(expressions, symbols=sympy.numbered_symbols("shared_"), order="none")
    flat = Flattener()
    for symbol, expression in shared:
        flat.names[symbol] = flat.value(expression)
    results = [flat.value(expression) for expression in reduced]
    return _allocate(flat.instructions, dict(zip(results, outputs, strict=True)))


def _log(argument: sympy.Expr) -> sympy.Expr:
    """``log1p`` where the argument is 1 + x.

    SymPy's own `log1p_opt` turns log(1 + exp(-z)) into log1p(exp(z)) - z, which overflows.
    """
    constant, rest = argument.as_coeff_Add()
    return log1p(rest) if constant == 1 else sympy.log(argument)


@dataclass
class Flattener:
    """Turns expressions into instructions, operands first."""

    instructions: list[Instruction] = field(default_factory=list)
    names: dict[sympy.Symbol, str] = field(default_factory=dict)
    printer: NumPyPrinter = field(default_factory=lambda: NumPyPrinter({"fully_qualified_modules": False}))

    def emit(self, function: str, *operands: str) -> str:
        """Append an instruction and return the name of its value."""
        result = f"value {len(self.instructions)}"
        self.instructions.append(Instruction(function, operands, result))
        return result

    @singledispatchmethod
    def value(self, expression: sympy.Basic) -> str:
        """The name of the value of `expression`."""
        raise UnprintableError(f"no ufunc is known for {type(expression).__name__}: {expression}")

    @value.register
    def _(self, expression: sympy.Symbol) -> str:
        return self.names.get(expression) or str(expression.name)

    @value.register
    def _(self, expression: sympy.Number) -> str:
        return ONE if expression == 1 else str(self.printer.doprint(expression))

    @value.register(sympy.exp)
    @value.register(sympy.log)
    @value.register(log1p)
    def _(self, expression: sympy.Function) -> str:
        function = self.printer.known_functions[type(expression).__name__].removeprefix("numpy.")
        return self.emit(function, self.value(expression.args[0]))

    @value.register
    def _(self, expression: sympy.Abs) -> str:
        return self.emit("absolute", self.value(expression.args[0]))

    @value.register
    def _(self, expression: sympy.Max) -> str:
        number, other = sorted(expression.args, key=lambda argument: not argument.is_Number)
        return self.emit("maximum", self.value(other), self.value(number))

    @value.register
    def _(self, expression: sympy.Pow) -> str:
        if expression.exp == 2:
            return self.emit("square", self.value(expression.base))
        if expression.exp != -1:
            raise UnprintableError(f"no ufunc is known for the power {expression}")
        return self.emit("divide", ONE, self.value(expression.base))

    @value.register
    def _(self, expression: sympy.Add) -> str:
        if len(expression.args) != 2:
            raise UnprintableError(f"{expression} has no order of rounding: name a part of it")
        first, second = sorted(expression.args, key=lambda a: (a.could_extract_minus_sign(), a.is_Number))
        if second.could_extract_minus_sign():
            return self.emit("subtract", self.value(first), self.value(-second))
        return self.emit("add", self.value(first), self.value(second))

    @value.register
    def _(self, expression: sympy.Mul) -> str:
        if expression.args[0] == -1:
            return self.emit("negative", self.value(-expression))
        numerator, denominator = sympy.fraction(expression)
        if denominator != 1:
            operands = self.value(numerator), self.value(denominator)
            return self.emit("divide", *operands)
        *rest, last = sorted(expression.args, key=lambda argument: argument.is_Number)
        return self.emit("multiply", self.value(sympy.Mul(*rest)), self.value(last))

    @value.register
    def _(self, expression: sympy.core.relational.Relational) -> str:
        return str(expression)

    @value.register
    def _(self, expression: sympy.Piecewise) -> str:
        (first, condition), (second, _) = expression.args
        operands = self.value(first), self.value(second)
        return self.emit("where", self.value(condition), *operands)


def _allocate(instructions: Sequence[Instruction], outputs: Mapping[str, str]) -> Code:
    """Give every value a buffer: its own for an output, otherwise the first scratch buffer that is free."""
    remaining = Counter(operand for row in instructions for operand in row.operands)
    remaining.update(list(outputs))
    place: dict[str, str] = dict(outputs)
    free: list[str] = []
    lines, highest = [], 0
    for row in instructions:
        operands = [place.get(operand, operand) for operand in row.operands]
        for operand in row.operands:
            remaining[operand] -= 1
            if remaining[operand] == 0 and place.get(operand, "").startswith("scratch"):
                free.append(place[operand])
        free.sort()
        if row.result not in place:
            if not free:
                free.append(f"scratch_{highest}")
                highest += 1
            place[row.result] = free.pop(0)
        lines.append(_line(row, operands, place[row.result]))
    functions = frozenset(row.function for row in instructions)
    return Code(tuple(lines), functions, highest, any(ONE in row.operands for row in instructions))


def _line(row: Instruction, operands: Sequence[str], result: str) -> str:
    arguments = ", ".join(operands)
    if row.function == "where":
        return f"{result}[...] = where({arguments})"
    keyword = "out=" if row.function in KEYWORD_OUT else ""
    return f"{row.function}({arguments}, {keyword}{result})"
