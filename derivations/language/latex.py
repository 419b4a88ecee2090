"""Expressions as LaTeX, kept as they stand: what a repaired line is shown in.

How a name is spelled (``x^{(i)}_j`` or ``x_{ij}``) is for a `Spelling` to say.
"""

from __future__ import annotations

from functools import singledispatch

from derivations.language.comparisons import Comparison
from derivations.language.indices import Index, IndexElement, IndexVariable
from derivations.language.matrix_forms import (
    Diagonal,
    Entrywise,
    Gradient,
    Identity,
    Inverted,
    Jacobian,
    SquaredNorm,
    Trace,
    Transposed,
    Whole,
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
    Log,
    Maximum,
    Multiply,
    Number,
    Power,
    Product,
    Sum,
)
from derivations.language.spelling import DRAWN, LETTERS, TALL, PlainSpelling, Spelling, name_latex
from derivations.language.traversal import free_indices, subexpressions

SUM, PRODUCT, POWER, ATOM = range(4)
"""How tightly a formula binds; a part that binds less than its place asks for gets parentheses."""


def expression_latex(expression: Expression, spelling: Spelling | None = None) -> str:
    """`expression` as LaTeX."""
    return _latex(expression, SUM, spelling or PlainSpelling())


def index_latex(index: Index, spelling: Spelling) -> str:
    """An index as LaTeX."""
    if isinstance(index, IndexVariable):
        return spelling.index(index.name)
    if isinstance(index, IndexElement):
        return str(index.value)
    return spelling.name(index.name, tuple(index_latex(a, spelling) for a in index.arguments))


def _latex(expression: Expression, place: int, spelling: Spelling) -> str:
    text, binding = _written(expression, spelling)
    return bracketed(text) if binding < place else text


def bracketed(text: str) -> str:
    """`text` in parentheses, which grow only where they must."""
    tall = any(part in text for part in TALL)
    return f"\\left({text}\\right)" if tall else f"({text})"


@singledispatch
def _written(expression: Expression, spelling: Spelling) -> tuple[str, int]:
    raise TypeError(f"latex: unknown node {type(expression).__name__}")


@_written.register
def _number(expression: Number, spelling: Spelling) -> tuple[str, int]:
    value = abs(expression.value)
    text = str(value) if value.denominator == 1 else f"\\frac{{{value.numerator}}}{{{value.denominator}}}"
    return (f"-{text}", SUM) if expression.value < 0 else (text, ATOM if value.denominator == 1 else PRODUCT)


def _indices(indices: tuple[Index, ...], spelling: Spelling) -> tuple[str, ...]:
    return tuple(filter(None, (index_latex(index, spelling) for index in indices)))


@_written.register
def _entry(expression: Entry, spelling: Spelling) -> tuple[str, int]:
    return spelling.name(expression.name, _indices(expression.indices, spelling)), ATOM


@_written.register
def _add(expression: Add, spelling: Spelling) -> tuple[str, int]:
    text = ""
    for position, term in enumerate(expression.terms):
        positive = _without_minus(term)
        body = _latex(term if positive is None else positive, PRODUCT, spelling)
        if _reaches(term, expression.terms[position + 1 :]):
            body = bracketed(body)
        sign = "-" if positive is not None else "+" if text else ""
        text += f" {sign} {body}" if text else f"{sign}{body}"
    return text or "0", SUM


def _reaches(term: Expression, following: tuple[Expression, ...]) -> bool:
    """Whether a sum in `term` would seem to go on in the terms after it, which use its index."""
    bound = {n.index.name for n in subexpressions(term) if isinstance(n, Sum | Product)}
    return any(bound & set(free_indices(other)) for other in following)


def _without_minus(expression: Expression) -> Expression | None:
    """``b`` for ``-b``, None for what carries no minus in front."""
    if isinstance(expression, Number) and expression.value < 0:
        return Number(-expression.value)
    if isinstance(expression, Multiply) and expression.factors[:1] == (MINUS_ONE,):
        rest = expression.factors[1:]
        return rest[0] if len(rest) == 1 else Multiply(rest)
    return None


@_written.register
def _multiply(expression: Multiply, spelling: Spelling) -> tuple[str, int]:
    positive = _without_minus(expression)
    if positive is not None:
        return f"-{_latex(positive, PRODUCT, spelling)}", SUM
    written: list[str] = []
    above: Expression | None = None
    for position, factor in enumerate(expression.factors):
        below = _reciprocal(factor)
        if below is not None:
            top = "1" if above is None else _latex(above, SUM, spelling)
            written[-1 if above is not None else len(written) :] = [
                f"\\frac{{{top}}}{{{_latex(below, SUM, spelling)}}}"
            ]
            above = None
            continue
        last = position == len(expression.factors) - 1
        body = _latex(factor, PRODUCT, spelling)
        open_ended = any(_goes_on(part) for part in _right_end(factor))
        written.append(body if last or not open_ended else bracketed(body))
        above = factor
    return _joined(written), PRODUCT


def _right_end(expression: Expression) -> tuple[Expression, ...]:
    """`expression` and what stands at its right end without brackets."""
    if isinstance(expression, Multiply) and expression.factors:
        return (expression, *_right_end(expression.factors[-1]))
    return (expression,)


def _goes_on(part: Expression) -> bool:
    """Whether a factor would take what stands behind it for its own."""
    if isinstance(part, Derivative):
        return isinstance(part.body, Exp | Log | Derivative)
    return isinstance(part, Sum | Product)


def _joined(factors: list[str]) -> str:
    """Factors side by side, with a dot where two numbers would become one."""
    text = ""
    for factor in factors:
        dot = "\\cdot " if text and factor[:1].isdigit() else ""
        text += f" {dot}{factor}" if text else factor
    return text or "1"


def _reciprocal(expression: Expression) -> Expression | None:
    if not isinstance(expression, Power) or not isinstance(expression.exponent, Number):
        return None
    exponent = expression.exponent.value
    if exponent == -1:
        return expression.base
    return Power(expression.base, Number(-exponent)) if exponent < 0 and exponent.denominator == 1 else None


@_written.register
def _power(expression: Power, spelling: Spelling) -> tuple[str, int]:
    below = _reciprocal(expression)
    if below is not None:
        return f"\\frac{{1}}{{{_latex(below, SUM, spelling)}}}", PRODUCT
    exponent = _latex(expression.exponent, SUM, spelling)
    base = _latex(expression.base, ATOM, spelling)
    called = isinstance(expression.base, Call) and bool(expression.base.arguments)
    if (
        called
        or isinstance(expression.base, Apply | Log)
        or (isinstance(expression.base, Entry | Call) and ("^" in base or "'" in base))
    ):
        base = bracketed(base)
    return f"{base}^{exponent if len(exponent) == 1 else f'{{{exponent}}}'}", POWER


@_written.register
def _exp(expression: Exp, spelling: Spelling) -> tuple[str, int]:
    argument = _latex(expression.argument, SUM, spelling)
    if spelling.exponential == "e":
        return f"e^{{{argument}}}", POWER
    return f"{spelling.exponential}{bracketed(argument)}", ATOM


@_written.register
def _log(expression: Log, spelling: Spelling) -> tuple[str, int]:
    return spelling.logarithm + bracketed(_latex(expression.argument, SUM, spelling)), ATOM


@_written.register(Sum)
@_written.register(Product)
def _quantified(expression: Sum | Product, spelling: Spelling) -> tuple[str, int]:
    sign = "\\sum" if isinstance(expression, Sum) else "\\prod"
    index, index_set = index_latex(expression.index, spelling), expression.index.index_set
    size = str(index_set.size)
    plain = size.isalnum() and (len(size) == 1 or size.isdigit())
    if expression.excluding:
        without = ", ".join(f"{index} \\neq {index_latex(i, spelling)}" for i in expression.excluding)
        bounds = f"_{{{without}}}"
    else:
        bounds = f"_{{{index}={index_set.start}}}^{{{size}}}" if plain else f"_{{{index}}}"
    return f"{sign}{bounds} {_latex(expression.body, PRODUCT, spelling)}", PRODUCT


@_written.register
def _maximum(expression: Maximum, spelling: Spelling) -> tuple[str, int]:
    (index,), body = expression.function.indices, expression.function.body
    return f"\\max_{{{index_latex(index, spelling)}}} {_latex(body, PRODUCT, spelling)}", PRODUCT


@_written.register
def _delta(expression: Delta, spelling: Spelling) -> tuple[str, int]:
    left, right = (index_latex(i, spelling) for i in (expression.left, expression.right))
    if isinstance(expression.left, IndexVariable) and isinstance(expression.right, IndexVariable):
        return f"\\delta_{{{left} {right}}}", ATOM
    return f"1\\{{{left} = {right}\\}}", ATOM


@_written.register
def _cardinality(expression: Cardinality, spelling: Spelling) -> tuple[str, int]:
    index_set = expression.index_set
    if index_set.start == 1:
        return str(index_set.size), ATOM
    return bracketed(f"{index_set.size} + {1 - index_set.start}"), ATOM


def _condition(condition: Condition | None, spelling: Spelling) -> str:
    if condition is None:
        return "\\text{otherwise}"
    sign = "=" if condition.equal else "\\neq"
    if isinstance(condition, IndexCondition):
        left, right = (index_latex(i, spelling) for i in (condition.left, condition.right))
        return f"\\text{{if }} {left} {sign} {right}"
    return f"\\text{{if }} {_latex(condition.entry, ATOM, spelling)} {sign} {condition.value}"


@_written.register
def _cases(expression: Cases, spelling: Spelling) -> tuple[str, int]:
    rows = (f"{_latex(v, SUM, spelling)} & {_condition(c, spelling)}" for c, v in expression.branches)
    return "\\begin{cases} " + " \\\\ ".join(rows) + " \\end{cases}", ATOM


def _argument(argument: Abstraction, spelling: Spelling) -> str:
    """An argument; a vector ``j -> x[i, j]`` is its name with the other indices, ``x_{i}``."""
    bound, body = tuple(argument.indices), argument.body
    if bound and isinstance(body, Entry | Call) and body.indices[len(body.indices) - len(bound) :] == bound:
        return spelling.name(body.name, _indices(body.indices[: -len(bound)], spelling))
    return _latex(body, SUM, spelling)


@_written.register
def _call(expression: Call, spelling: Spelling) -> tuple[str, int]:
    indices = _indices(expression.indices, spelling)
    if not expression.arguments:
        return spelling.name(expression.name, indices), ATOM
    arguments = ", ".join(_argument(argument, spelling) for argument in expression.arguments)
    if expression.name in DRAWN:
        return DRAWN[expression.name].format(arguments), ATOM
    name = LETTERS.get(expression.name) or name_latex(expression.name.partition("[")[0])
    called = name + bracketed(arguments)
    return f"{called}_{{{' '.join(indices)}}}" if indices else called, ATOM


@_written.register
def _apply(expression: Apply, spelling: Spelling) -> tuple[str, int]:
    arguments = ", ".join(_latex(argument, SUM, spelling) for argument in expression.arguments)
    orders = "'" * expression.orders[0] if len(expression.orders) == 1 else ""
    return f"{name_latex(expression.name)}{orders}{bracketed(arguments)}", ATOM


@_written.register
def _derivative(expression: Derivative, spelling: Spelling) -> tuple[str, int]:
    d, variables = spelling.differential, list[str]()
    body: Expression = expression
    while isinstance(body, Derivative):
        variables.insert(0, _latex(body.variable, ATOM, spelling))
        body = body.body
    if _is_primed(body, expression):
        assert isinstance(body, Call)
        primes = "'" * len(variables)
        return f"{name_latex(body.name)}{primes}{bracketed(variables[0])}", ATOM
    order = f"^{{{len(variables)}}}" if len(variables) > 1 else ""
    below = _joined([f"{d} {variable}{power}" for variable, power in _repeated(variables)])
    if isinstance(body, Entry | Call):
        return f"\\frac{{{d}{order} {_latex(body, ATOM, spelling)}}}{{{below}}}", PRODUCT
    operator = f"\\frac{{{d}{order}}}{{{below}}}"
    if isinstance(body, Exp | Log):
        return f"{operator} {_latex(body, PRODUCT, spelling)}", PRODUCT
    return f"{operator}{bracketed(_latex(body, SUM, spelling))}", PRODUCT


def _is_primed(body: Expression, derivative: Derivative) -> bool:
    """Whether a derivative is that of a function by its only argument, as in ``\\sigma'(z)``."""
    if not isinstance(body, Call) or body.indices or len(body.arguments) != 1 or body.name in LETTERS:
        return False
    inner: Expression = derivative
    while isinstance(inner, Derivative):
        if inner.variable != body.arguments[0].body:
            return False
        inner = inner.body
    return True


def _repeated(variables: list[str]) -> list[tuple[str, str]]:
    """Each variable once, with how often it is differentiated by as a power."""
    counts = {variable: variables.count(variable) for variable in variables}
    return [(variable, f"^{{{count}}}" if count > 1 else "") for variable, count in counts.items()]


# Matrix notation -----------------------------------------------------------------------------------------


@_written.register
def _as_a_whole(expression: Whole, spelling: Spelling) -> tuple[str, int]:
    return _written(expression.name, spelling)


@_written.register
def _transposed(expression: Transposed, spelling: Spelling) -> tuple[str, int]:
    inner = _latex(expression.inner, ATOM, spelling)
    return f"{bracketed(inner) if '^' in inner else inner}^{spelling.transposed}", POWER


@_written.register
def _entrywise(expression: Entrywise, spelling: Spelling) -> tuple[str, int]:
    return " \\odot ".join(_latex(f, POWER, spelling) for f in expression.factors), SUM


@_written.register
def _squared_norm(expression: SquaredNorm, spelling: Spelling) -> tuple[str, int]:
    if spelling.norms:
        return f"\\|{_latex(expression.inner, SUM, spelling)}\\|^2", ATOM
    return _written(Multiply((Transposed(expression.inner), expression.inner)), spelling)


@_written.register(Trace)
@_written.register(Diagonal)
def _function_of_a_matrix(expression: Trace | Diagonal, spelling: Spelling) -> tuple[str, int]:
    name = "tr" if isinstance(expression, Trace) else "diag"
    return f"\\operatorname{{{name}}}{bracketed(_latex(expression.inner, SUM, spelling))}", ATOM


@_written.register
def _comparison(expression: Comparison, spelling: Spelling) -> tuple[str, int]:
    above, below = (_latex(side, SUM, spelling) for side in (expression.above, expression.below))
    return f"\\mathbb{{1}}\\{{{above} > {below}\\}}", ATOM


@_written.register
def _identity(expression: Identity, spelling: Spelling) -> tuple[str, int]:
    return "I", ATOM


@_written.register
def _gradient(expression: Gradient, spelling: Spelling) -> tuple[str, int]:
    twice = "^2" if expression.twice else ""
    body = _latex(expression.body, ATOM, spelling)
    return f"\\nabla_{{{_latex(expression.variable, SUM, spelling)}}}{twice} {body}", PRODUCT


@_written.register
def _inverted(expression: Inverted, spelling: Spelling) -> tuple[str, int]:
    inner = _latex(expression.inner, ATOM, spelling)
    return f"{bracketed(inner) if '^' in inner and inner[0] != '(' else inner}^{{-1}}", POWER


@_written.register
def _jacobian(expression: Jacobian, spelling: Spelling) -> tuple[str, int]:
    d, variable = spelling.differential, _latex(expression.variable, SUM, spelling)
    if isinstance(expression.body, Whole):
        return f"\\frac{{{d} {_latex(expression.body, SUM, spelling)}}}{{{d} {variable}}}", PRODUCT
    return f"\\frac{{{d}}}{{{d} {variable}}} {bracketed(_latex(expression.body, SUM, spelling))}", PRODUCT
