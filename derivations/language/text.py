"""Canonical plain text of expressions: how a statement was read, echoed so that a misreading shows."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from functools import singledispatch

from derivations.language.comparisons import Comparison, folded
from derivations.language.declarations import Definition
from derivations.language.indices import Index, IndexElement, IndexSet, IndexVariable, is_last
from derivations.language.matrix_forms import (
    Axis,
    Diagonal,
    Entrywise,
    Gradient,
    Identity,
    Inverted,
    Jacobian,
    NoForm,
    SquaredNorm,
    Trace,
    Transposed,
    Whole,
    matrix_form,
    unwritten,
)
from derivations.language.nodes import (
    MINUS_ONE,
    Abstraction,
    Add,
    Apply,
    Call,
    Cardinality,
    Cases,
    Condition,
    Delta,
    Derivative,
    Entry,
    Exp,
    Expression,
    IndexCondition,
    Inverse,
    Log,
    Maximum,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
    number,
)

SUM, PRODUCT, POWER, ATOM = range(4)
"""How tightly a text binds; a part that binds less than its place asks for gets parentheses."""


def index_text(index: Index) -> str:
    """An index as text."""
    if isinstance(index, IndexVariable):
        return index.name
    if isinstance(index, IndexElement):
        return str(index.value)
    if is_last(index):
        return str(index.index_set.size)
    return f"{index.name}({', '.join(map(index_text, index.arguments))})"


def set_text(index_set: IndexSet) -> str:
    """An index set as text."""
    return str(index_set)


def expression_text(expression: Expression, place: int = SUM) -> str:
    """`expression` as text, in parentheses where it binds less than `place` asks for."""
    text, binding = _text(expression)
    return f"({text})" if binding < place else text


def claim_text(left: Expression, relation: str, right: Expression) -> str:
    """A whole statement as text, by entries."""
    return f"{expression_text(left)} {relation} {expression_text(right)}"


def told_text(expression: Expression) -> str:
    """A number as its author sees it: one that is made of vectors and matrices in their notation."""
    with suppress(NoForm):
        expression = matrix_form(expression)
    return expression_text(expression)


def reading_text(left: Expression, relation: str, right: Expression, row: Axis, column: Axis) -> str:
    """A whole statement as its author sees it: one between vectors or matrices in their notation."""
    with suppress(NoForm):
        left, right = matrix_form(left, row, column), matrix_form(right, row, column)
    return lettered(claim_text(folded(left), relation, folded(right)))


def definition_text(definition: Definition) -> str:
    """A definition as text: the name with its indices and arguments, and what it stands for."""
    arguments = ", ".join(parameter.name for parameter in definition.parameters)
    name = f"{definition.name}({arguments})" if arguments else definition.name
    axes = tuple(v for v in definition.indices if unwritten(v.name))
    written = tuple(v for v in definition.indices if v not in axes)
    with suppress(NoForm):
        row, column, *_ = (*axes, None, None)
        body = matrix_form(definition.body, row, column)
        return f"{_indexed(name, written)} = {expression_text(body)}"
    return lettered(f"{_indexed(name, definition.indices)} = {expression_text(definition.body)}")


_UNWRITTEN = re.compile(r"(?<![A-Za-z0-9_'}])_\d+'*(?!\w)")
_LETTERS = "ijklrsabcd"


def lettered(text: str) -> str:
    """`text` with a letter that is not in use for every index that nobody wrote, as far as letters go."""
    words = set(re.findall(r"[A-Za-z]+", text))
    names = dict.fromkeys(_UNWRITTEN.findall(text))
    letters = dict(zip(names, (one for one in _LETTERS if one not in words), strict=False))
    return _UNWRITTEN.sub(lambda found: letters.get(found[0], found[0]), text)


_MARKS = re.compile(r"@[^@]*@| \((?:number|free|any|entry|error|at \d+)\)")


def shown(text: str) -> str:
    """`text` without the marks that tell namesakes apart: a formal argument, a number beside entries of
    its name.
    """
    return _MARKS.sub("", text)


@singledispatch
def _text(expression: Expression) -> tuple[str, int]:
    raise TypeError(f"text: unknown node {type(expression).__name__}")


@_text.register
def _number(expression: Number) -> tuple[str, int]:
    value = expression.value
    if value < 0:
        return str(value), SUM
    return str(value), ATOM if value.denominator == 1 else PRODUCT


def _indexed(name: str, indices: tuple[Index, ...]) -> str:
    return f"{name}[{', '.join(map(index_text, indices))}]" if indices else name


@_text.register
def _entry(expression: Entry) -> tuple[str, int]:
    return _indexed(expression.name, expression.indices), ATOM


@_text.register
def _add(expression: Add) -> tuple[str, int]:
    text = ""
    for term in expression.terms:
        negative = _without_minus(term)
        if negative is None:
            text += f" + {expression_text(term, PRODUCT)}" if text else expression_text(term, SUM)
        else:
            body = expression_text(negative, PRODUCT)
            text += f" - {body}" if text else f"-{body}"
    return text or "0", SUM


def _without_minus(expression: Expression) -> Expression | None:
    """``b`` for ``-b``, None for what carries no minus in front."""
    if isinstance(expression, Number) and expression.value < 0:
        return Number(-expression.value)
    if isinstance(expression, Multiply) and expression.factors[:1] == (MINUS_ONE,):
        rest = expression.factors[1:]
        return rest[0] if len(rest) == 1 else Multiply(rest)
    return None


@_text.register
def _multiply(expression: Multiply) -> tuple[str, int]:
    positive = _without_minus(expression)
    if positive is not None:
        return f"-{expression_text(positive, PRODUCT)}", SUM
    above = ""
    for factor in expression.factors:
        inverse = _reciprocal(factor)
        if inverse is not None:
            above = f"{above or '1'}/{expression_text(inverse, POWER)}"
        else:
            reaches_on = isinstance(factor, Sum | Product) and factor is not expression.factors[-1]
            body = expression_text(factor, POWER if above or reaches_on else PRODUCT)
            above = f"{above}*{body}" if above else body
    return above or "1", PRODUCT


def _reciprocal(expression: Expression) -> Expression | None:
    if isinstance(expression, Power) and expression.exponent == MINUS_ONE:
        return expression.base
    return None


@_text.register
def _power(expression: Power) -> tuple[str, int]:
    inverse = _reciprocal(expression)
    if inverse is not None:
        return f"1/{expression_text(inverse, POWER)}", PRODUCT
    if isinstance(expression.base, SquaredNorm) and expression.exponent == number(Fraction(1, 2)):
        return f"|{expression_text(expression.base.inner)}|", ATOM
    base, exponent = (
        expression_text(expression.base, ATOM),
        expression_text(expression.exponent, ATOM),
    )
    return f"{base}^{exponent}", POWER


@_text.register
def _exp(expression: Exp) -> tuple[str, int]:
    return f"exp({expression_text(expression.argument)})", ATOM


@_text.register
def _log(expression: Log) -> tuple[str, int]:
    return f"log({expression_text(expression.argument)})", ATOM


def _quantified(name: str, expression: Sum | Product) -> tuple[str, int]:
    index, excluding = expression.index, expression.excluding
    without = "".join(f", {index.name} != {index_text(i)}" for i in excluding)
    bounds = f"{index.name}={set_text(index.index_set)}{without}"
    return f"{name}_{{{bounds}}} {expression_text(expression.body, PRODUCT)}", PRODUCT


@_text.register
def _sum(expression: Sum) -> tuple[str, int]:
    return _quantified("sum", expression)


@_text.register
def _product(expression: Product) -> tuple[str, int]:
    return _quantified("prod", expression)


@_text.register
def _delta(expression: Delta) -> tuple[str, int]:
    return f"delta[{index_text(expression.left)}, {index_text(expression.right)}]", ATOM


@_text.register
def _cardinality(expression: Cardinality) -> tuple[str, int]:
    index_set = expression.index_set
    if index_set.start == 1 and not index_set.short:
        return str(index_set.size), ATOM
    return f"|{set_text(index_set)}|", ATOM


def condition_text(condition: Condition | None) -> str:
    """The condition of a branch as text."""
    if condition is None:
        return "otherwise"
    sign = "=" if condition.equal else "!="
    if isinstance(condition, IndexCondition):
        return f"{index_text(condition.left)} {sign} {index_text(condition.right)}"
    return f"{expression_text(condition.entry)} {sign} {condition.value}"


@_text.register
def _cases(expression: Cases) -> tuple[str, int]:
    branches = (f"{expression_text(v)} if {condition_text(c)}" for c, v in expression.branches)
    return f"{{{'; '.join(branches)}}}", ATOM


def _argument_text(argument: Abstraction) -> str:
    names = [v.name for v in argument.indices]
    if not names:
        return expression_text(argument.body)
    return f"{','.join(names)} -> {expression_text(argument.body)}"


@_text.register
def _call(expression: Call) -> tuple[str, int]:
    arguments = "; ".join(_argument_text(argument) for argument in expression.arguments)
    called = f"{expression.name}({arguments})" if expression.arguments else expression.name
    return _indexed(called, expression.indices), ATOM


def inverted_text(expression: Inverse) -> str:
    """The matrix that is inverted."""
    return expression.written or f"[{_argument_text(expression.matrix)}]"


@_text.register
def _inverse(expression: Inverse) -> tuple[str, int]:
    written = inverted_text(expression)
    name = f"{written}^-1" if written.isidentifier() or written[0] == "[" else f"({written})^-1"
    return _indexed(name, expression.indices), ATOM


@_text.register
def _maximum(expression: Maximum) -> tuple[str, int]:
    (index,), body = expression.function.indices, expression.function.body
    bounds = f"{index.name}={set_text(index.index_set)}"
    return f"max_{{{bounds}}} {expression_text(body, PRODUCT)}", PRODUCT


@_text.register
def _apply(expression: Apply) -> tuple[str, int]:
    arguments = ", ".join(expression_text(argument) for argument in expression.arguments)
    primes = "'" * expression.orders[0] if len(expression.orders) == 1 else ""
    orders = "" if primes or not any(expression.orders) else str(list(expression.orders))
    return f"{expression.name}{primes}{orders}({arguments})", ATOM


@_text.register
def _derivative(expression: Derivative) -> tuple[str, int]:
    variable = expression_text(expression.variable, ATOM)
    return f"d/d{variable} {expression_text(expression.body, ATOM)}", SUM


# Matrix notation -----------------------------------------------------------------------------------------


@_text.register
def _as_a_whole(expression: Whole) -> tuple[str, int]:
    return _text(expression.name)


@_text.register
def _transposed(expression: Transposed) -> tuple[str, int]:
    return f"{expression_text(expression.inner, ATOM)}^T", POWER


@_text.register
def _entrywise(expression: Entrywise) -> tuple[str, int]:
    return " .* ".join(expression_text(factor, POWER) for factor in expression.factors), PRODUCT


@_text.register
def _squared_norm(expression: SquaredNorm) -> tuple[str, int]:
    return f"|{expression_text(expression.inner)}|^2", POWER


@_text.register
def _comparison(expression: Comparison) -> tuple[str, int]:
    return f"1{{{expression_text(expression.above)} > {expression_text(expression.below)}}}", ATOM


@_text.register(Trace)
@_text.register(Diagonal)
def _function_of_a_matrix(expression: Trace | Diagonal) -> tuple[str, int]:
    name = "trace" if isinstance(expression, Trace) else "diag"
    return f"{name}({expression_text(expression.inner)})", ATOM


@_text.register
def _identity(expression: Identity) -> tuple[str, int]:
    return "I", ATOM


@_text.register
def _gradient(expression: Gradient) -> tuple[str, int]:
    name = "Hessian" if expression.twice else "gradient"
    return f"{name}_{expression_text(expression.variable)} {expression_text(expression.body, ATOM)}", SUM


@_text.register
def _inverted(expression: Inverted) -> tuple[str, int]:
    return f"{expression_text(expression.inner, ATOM)}^-1", POWER


@_text.register
def _jacobian(expression: Jacobian) -> tuple[str, int]:
    return f"d/d{expression_text(expression.variable)} {expression_text(expression.body, ATOM)}", SUM
