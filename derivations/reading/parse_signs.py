"""Signs with arguments: fractions, roots, sums, derivatives, known functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.reading.commands import (
    OPENERS,
    PREFIXES,
    RELATIONS,
    SIGNS,
    WORD_PREFIXES,
)
from derivations.reading.parse_brackets import read_group
from derivations.reading.scan import FormulaError
from derivations.reading.tree import (
    Big,
    Group,
    Juxtaposition,
    Numeral,
    Operator,
    Prefix,
    Quotient,
    Root,
    Scripted,
    Span,
    Symbol,
    Syntax,
    Terms,
    Word,
)

if TYPE_CHECKING:
    from derivations.reading.formula import Parser


MAXIMUM_ORDER = 4


def read_fraction(parser: Parser) -> Syntax:
    """``\\frac``, or a derivative written as one."""
    start = parser.take().span
    above = parser.single()
    below = parser.single()
    return derivative_or_fraction(Quotient(parser.since(start), above, below), parser)


def read_binomial(parser: Parser) -> Syntax:
    """``\\binom{n}{k}``."""
    start = parser.take().span
    above = parser.single()
    return binomial(above, parser.single(), parser.since(start))


def binomial(above: Syntax, below: Syntax, span: Span) -> Syntax:
    """``n! / (k! (n - k)!)``: what the log of a binomial coefficient is taken apart into."""
    rest = Group(span, "(", (Terms(span, (above, below), (1, -1)),))
    factors = tuple(Prefix(span, "factorial", argument) for argument in (below, rest))
    return Quotient(span, Prefix(span, "factorial", above), Juxtaposition(span, factors, ("", "")))


def read_root(parser: Parser) -> Syntax:
    """A square root."""
    start = parser.take().span
    if parser.text == "[":
        raise FormulaError(parser.here, "only square roots are read")
    return Root(parser.since(start), parser.single())


def read_big(parser: Parser) -> Syntax:
    """A sum or product sign with its bounds and its body, read tightly."""
    start = parser.here
    kind = "sum" if parser.take().text == "\\sum" else "product"
    lower: Syntax | None = None
    upper: Syntax | None = None
    while parser.text in ("_", "^"):
        if parser.take().text == "_":
            lower = parser.script()
        else:
            upper = parser.script()
    while (
        parser.text == "{"
        and parser.tokens[parser.at + 1 : parser.at + 2]
        and parser.tokens[parser.at + 1].text == "}"
    ):
        parser.take()
        parser.take()
    return Big(parser.since(start), kind, lower, upper, _signed_term(parser))


def _signed_term(parser: Parser) -> Syntax:
    """A term, with the minus sign that some write behind a sum sign without brackets."""
    start = parser.here
    if parser.text != "-":
        return parser.term()
    parser.take()
    return Terms(parser.since(start), (parser.term(),), (-1,))


def read_extremum(parser: Parser) -> Syntax:
    """``\\max_k z_k``: it binds its index like a sum."""
    start = parser.here
    kind = parser.take().text.lstrip("\\")
    if parser.text != "_":
        return Word(parser.since(start), kind)
    parser.take()
    lower = parser.script()
    return Big(parser.since(start), kind, lower, None, parser.term())


def read_package_derivative(parser: Parser) -> Syntax:
    """``\\pdv[n]{f}{x}`` and ``\\dv{x}`` of the package physics."""
    start = parser.take().span
    order = 1
    if parser.text == "[":
        parser.take()
        power = parser.related()
        parser.take("]")
        if not isinstance(power, Numeral) or power.value not in (1, 2, 3):
            raise FormulaError(power.span, "only derivatives of a small order are read")
        order = int(power.value)
    first = parser.single()
    variables = [parser.single()] if parser.text == "{" else []
    while parser.text == "{":
        variables.append(parser.single())
    if not variables:
        return Operator(parser.since(start), (first,) * order, parser.operand())
    return Operator(
        parser.since(start), tuple(variables) if len(variables) > 1 else tuple(variables) * order, first
    )


def read_partial(parser: Parser) -> Syntax:
    """``\\partial_x`` with what it differentiates, or a lone differential sign."""
    start = parser.take().span
    if parser.text == "_":
        parser.take()
        variable = parser.script()
        return Operator(parser.since(start), (variable,), parser.operand())
    return Symbol(start, "partial")


def read_nabla(parser: Parser) -> Syntax:
    """``\\nabla_w`` with what it differentiates."""
    start = parser.take().span
    variable: Syntax | None = None
    order = 1
    while parser.text in ("_", "^"):
        if parser.take().text == "_":
            variable = parser.script()
        else:
            power = parser.script()
            if not isinstance(power, Numeral) or power.value not in (1, 2):
                raise FormulaError(power.span, "only the first and second derivative are read here")
            order = int(power.value)
    variables = (variable,) * order if variable is not None else ()
    operand = parser.operand()
    return Operator(parser.since(start), variables, operand, gradient=True, order=order)


def read_prefix(parser: Parser) -> Syntax:
    """A known function by its command."""
    start = parser.here
    name = PREFIXES[parser.take().text]
    if name in WORD_PREFIXES and parser.text in ("'", "\\prime"):
        # \tanh'(x): the name of a function, as \sigma is.
        return Word(start, name)
    return read_applied(parser, name, start)


def read_applied(parser: Parser, name: str, start: Span) -> Syntax:
    """A known function with its argument, in brackets or without."""
    power: Syntax | None = None
    if parser.text == "^":
        parser.take()
        power = parser.script()
    if parser.text == "_":
        raise FormulaError(
            parser.here, "a logarithm to another base is not read: write \\frac{\\log a}{\\log b}"
        )
    opening = parser.here
    argument = read_group(parser) if parser.text in OPENERS else read_tight_argument(parser)
    if parser.text == "!" and isinstance(argument, Group):
        parser.take()
        argument = Prefix(parser.since(opening), "factorial", argument)
    return Prefix(parser.since(start), name, argument, power)


def read_tight_argument(parser: Parser) -> Syntax:
    """The argument of a function without brackets: up to the next sign."""
    start = parser.here
    factors: list[Syntax] = []
    while parser.text and not parser.stops and parser.text not in RELATIONS and parser.text not in SIGNS:
        parser.count(factors)
        if factors and parser.text in PREFIXES:
            break
        factors.append(parser.factor())
        if isinstance(factors[-1], Big | Operator):
            break
    if not factors:
        raise FormulaError(parser.here, "the argument of a function is missing")
    if len(factors) == 1:
        return factors[0]
    return Juxtaposition(parser.since(start), tuple(factors), ("",) * len(factors))


def derivative_or_fraction(fraction: Quotient, parser: Parser) -> Syntax:
    """A fraction that is a derivative, with its operand; any other fraction as it is."""
    above = _factors(fraction.numerator)
    below = _factors(fraction.denominator)
    sign = _differential(above[0]) if above else None
    if sign is None or not below or _differential(below[0]) is None:
        if sign is not None and isinstance(above[0], Symbol) and above[0].name == "partial":
            message = "the denominator of this derivative has no \\partial: \\frac{\\partial f}{\\partial x}"
            raise FormulaError(fraction.denominator.span, message)
        return fraction
    order = sign
    if order > MAXIMUM_ORDER:
        raise FormulaError(fraction.span, f"a derivative of order {order} is too high to be read")
    variables: list[Syntax] = []
    position = 0
    while position < len(below):
        if _differential(below[position]) != 1 or position + 1 >= len(below):
            raise FormulaError(fraction.denominator.span, "by what is this differentiated?")
        variable = below[position + 1]
        if isinstance(variable, Scripted) and isinstance(variable.superscript, Numeral) and order > 1:
            count = min(int(variable.superscript.value), MAXIMUM_ORDER + 1)
            plain = (
                variable.base
                if variable.subscript is None
                else Scripted(variable.span, variable.base, variable.subscript)
            )
            variables += [plain] * count
        else:
            variables.append(variable)
        position += 2
        while position < len(below) and _differential(below[position]) is None:
            extra = below[position]
            if not isinstance(extra, Group) or not variables:
                raise FormulaError(extra.span, "by what is this differentiated?")
            variables[-1] = Juxtaposition(variables[-1].span, (variables[-1], extra), ("", ""))
            position += 1
    if len(variables) != order:
        raise FormulaError(
            fraction.span,
            f"a derivative of order {order} by {len(variables)}: the order above counts the variables below",
        )
    rest = above[1:]
    if not rest:
        return Operator(fraction.span, tuple(variables), parser.operand())
    signs = ("",) * len(rest)
    operand = rest[0] if len(rest) == 1 else Juxtaposition(fraction.numerator.span, tuple(rest), signs)
    return Operator(fraction.span, tuple(variables), operand)


def _factors(node: Syntax) -> list[Syntax]:
    if isinstance(node, Juxtaposition):
        return list(node.factors) if set(node.signs) <= {""} else [node]
    return [node]


def _differential(node: Syntax) -> int | None:
    """The order of a differential sign d or partial, None for anything else."""
    if isinstance(node, Symbol) and node.name in ("d", "partial") and not node.accent:
        return 1
    scripted = isinstance(node, Scripted) and _differential(node.base) == 1 and node.subscript is None
    if scripted and isinstance(node, Scripted) and isinstance(node.superscript, Numeral):
        order = node.superscript.value
        return int(order) if order.denominator == 1 else None
    return None
