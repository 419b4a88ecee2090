"""Formulas as Python and SymPy write them, turned into LaTeX for the reader: ``log(1 + exp(-y*z))``.

The text becomes a syntax tree of Python's and is never run. What the tree may hold is a table; anything else
is left to the reader as it was typed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType

from derivations.language.spelling import GREEK

LONGEST = 4_000
"""Characters of a formula that is looked at."""


class _NoFormula(ValueError):
    """Python, but no formula."""


def latex_of(text: str) -> str:
    """The LaTeX of a formula in Python's syntax; a text in any other syntax as it is."""
    if len(text) > LONGEST or any(sign in text for sign in "\\^${}"):
        return text
    try:
        return _written(ast.parse(text.strip(), mode="eval").body, 0)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text


def _written(node: ast.expr, place: int) -> str:
    """`node` as LaTeX, in brackets where it binds less than `place` asks for."""
    for kind, write in WRITERS.items():
        if isinstance(node, kind):
            text, binding = write(node)
            return f"({text})" if binding < place else text
    raise _NoFormula(type(node).__name__)


SUM, PRODUCT, POWER, ATOM = range(4)
Written = tuple[str, int]


def _number(node: ast.expr) -> Written:
    assert isinstance(node, ast.Constant)
    if type(node.value) not in (int, float):
        raise _NoFormula("a constant that is no number")
    return str(node.value), ATOM


def _name(node: ast.expr) -> Written:
    assert isinstance(node, ast.Name)
    base, _, script = node.id.partition("_")
    base = "lambda" if node.id in ("lamda", "lambda_") else base
    under = f"_{{{_letter(script)}}}" if script else ""
    return _letter(base) + under, ATOM


def _letter(name: str) -> str:
    return f"\\{name}" if name in GREEK else name if len(name) == 1 else f"\\operatorname{{{name}}}"


def _entry(node: ast.expr) -> Written:
    assert isinstance(node, ast.Subscript)
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    indices = " ".join(_written(index, ATOM) for index in inner)
    return f"{_written(node.value, ATOM)}_{{{indices}}}", ATOM


def _signed(node: ast.expr) -> Written:
    assert isinstance(node, ast.UnaryOp)
    sign = {ast.USub: "-", ast.UAdd: ""}.get(type(node.op))
    if sign is None:
        raise _NoFormula("a sign that is none of a number")
    return f"{sign}{_written(node.operand, PRODUCT)}", SUM


def _operation(node: ast.expr) -> Written:
    assert isinstance(node, ast.BinOp)
    left, right = node.left, node.right
    match node.op:
        case ast.Add():
            return f"{_written(left, SUM)} + {_written(right, PRODUCT)}", SUM
        case ast.Sub():
            return f"{_written(left, SUM)} - {_written(right, PRODUCT)}", SUM
        case ast.Mult() if isinstance(left, ast.UnaryOp):
            return f"{_written(left, SUM)} \\cdot {_written(right, POWER)}", SUM
        case ast.Mult():
            return f"{_written(left, PRODUCT)} \\cdot {_written(right, POWER)}", PRODUCT
        case ast.Div():
            return f"\\frac{{{_written(left, SUM)}}}{{{_written(right, SUM)}}}", PRODUCT
        case ast.Pow():
            return f"{_written(left, ATOM)}^{{{_written(right, SUM)}}}", POWER
    raise _NoFormula(type(node.op).__name__)


def _call(node: ast.expr) -> Written:
    assert isinstance(node, ast.Call)
    if not isinstance(node.func, ast.Name) or node.keywords:
        raise _NoFormula("a call of what is no name")
    name = node.func.id
    if name in ("Sum", "Product"):
        return _quantified(name, node.args)
    if name == "exp":
        return f"e^{{{_written(node.args[0], SUM)}}}", POWER
    if name == "sqrt":
        return f"\\sqrt{{{_written(node.args[0], SUM)}}}", ATOM
    if name in ("Abs", "abs"):
        return f"\\left|{_written(node.args[0], SUM)}\\right|", ATOM
    arguments = ", ".join(_written(argument, SUM) for argument in node.args)
    return f"{FUNCTIONS.get(name) or _letter(name)}({arguments})", ATOM


def _quantified(name: str, arguments: list[ast.expr]) -> Written:
    """``Sum(f, (i, 1, m))``."""
    body, *limits = arguments
    text = f"({_written(body, SUM)})"
    for limit in limits:
        if not isinstance(limit, ast.Tuple) or len(limit.elts) != 3:
            raise _NoFormula("limits")
        index, start, end = (_written(part, SUM) for part in limit.elts)
        text = f"\\{'sum' if name == 'Sum' else 'prod'}_{{{index}={start}}}^{{{end}}} {text}"
    return text, PRODUCT


def _relation(node: ast.expr) -> Written:
    assert isinstance(node, ast.Compare)
    signs = {ast.Gt: ">", ast.Lt: "<", ast.GtE: "\\ge", ast.LtE: "\\le", ast.Eq: "="}
    text = _written(node.left, SUM)
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if type(operator) not in signs:
            raise _NoFormula("a relation")
        text += f" {signs[type(operator)]} {_written(right, SUM)}"
    return text, SUM


FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "log": "\\log",
        "ln": "\\ln",
        "tanh": "\\tanh",
        "sinh": "\\sinh",
        "cosh": "\\cosh",
        "Max": "\\max",
        "max": "\\max",
    }
)

WRITERS: Mapping[type[ast.expr], Callable[[ast.expr], Written]] = MappingProxyType(
    {
        ast.Constant: _number,
        ast.Name: _name,
        ast.Subscript: _entry,
        ast.UnaryOp: _signed,
        ast.BinOp: _operation,
        ast.Call: _call,
        ast.Compare: _relation,
    }
)
"""What a formula may be made of."""
