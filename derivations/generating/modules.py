"""Whole generated modules as text: header, imports, one function a recipe or a sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import fill

import sympy

from derivations import catalogue
from derivations.catalogue.entry import Equation
from derivations.generating.contractions import contraction, lines
from derivations.generating.recipes import MODULES, Recipe
from derivations.generating.straight_line import ONE, Code, straight_line
from derivations.generating.sums import FUNCTIONS, SumFunction

HEADER = '''"""{title}: generated, do not edit.

Printed from proved formulas by ``python -m derivations.generating``; each function names the equalities
that the kernel certified. Arguments are arrays of one floating type, float32 or float64, of shapes
that broadcast to that of the result; results go to the given buffers, and nothing is checked or raised.
Accuracies are in units in the last place (ulp) of float64.
"""
'''
KERNELS = Path("numeric") / "kernels"
"""Where the modules are committed, seen from the project's root."""

WIDTH = 100
"""The longest line of generated code."""


def sources() -> dict[str, str]:
    """The text of every generated file by its name."""
    texts = {f"{name}.py": _module(name, recipes) for name, recipes in MODULES.items()}
    return {**texts, "linear.py": _sums_module(FUNCTIONS)}


def write(folder: Path) -> list[Path]:
    """Write every generated file into `folder` and return their paths."""
    paths = []
    for name, source in sources().items():
        path = folder / name
        path.write_text(source, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def _module(name: str, recipes: Sequence[Recipe]) -> str:
    codes = [straight_line(recipe.expressions()) for recipe in recipes]
    functions = sorted(frozenset().union(*(code.functions for code in codes)))
    ones = f"from numeric.blocks import {ONE.upper()}\n" if any(code.uses_one for code in codes) else ""
    parts = (
        HEADER.format(title=f"Kernels of {name}"),
        "from __future__ import annotations\n",
        "from collections.abc import Sequence\n",
        f"from numpy import {', '.join(functions)}\n",
        f"from numeric.arguments import Array\n{ones}",
        f"SCRATCH = {max(code.scratch for code in codes)}\n"
        '"""Scratch buffers that the functions need at most."""\n',
    )
    bodies = (_function(recipe, code) for recipe, code in zip(recipes, codes, strict=True))
    return "\n".join(parts) + "\n\n" + "\n\n".join(bodies)


def _function(recipe: Recipe, code: Code) -> str:
    buffers = [f"scratch_{number}" for number in range(code.scratch)]
    parameters = [f"{name}: Array" for name in (*recipe.inputs, *recipe.outputs)]
    parameters += ["scratch: Sequence[Array]"] if buffers else []
    body = _signature(recipe.name, parameters)
    body += _docstring(recipe)
    body += [f"    {ONE} = {ONE.upper()}[{recipe.inputs[0]}.dtype]"] if code.uses_one else []
    body += [f"    {name} = scratch[{number}]" for number, name in enumerate(buffers)]
    body += [f"    {line}" for line in code.lines]
    return "\n".join(body) + "\n"


def _sums_module(functions: Sequence[SumFunction]) -> str:
    parts = (
        HEADER.format(title="Sums of linear models"),
        "from __future__ import annotations\n",
        "import numpy\n",
        "from numeric.arguments import Array\n",
    )
    return "\n".join(parts) + "\n\n" + "\n\n".join("\n".join(_sum_function(row)) + "\n" for row in functions)


def _sum_function(function: SumFunction) -> Iterator[str]:
    _, tensors = contraction(function.summed, function.free)
    parameters = [f"{name}: Array" for name in (*dict.fromkeys(tensors), "out")]
    yield from _signature(function.name, parameters)
    indices = ", ".join(map(str, function.free))
    computed = f"out[{indices}] = {function.summed}"
    if not function.rows:
        yield f'    """{function.summary}\n\n    {computed}\n    """'
    else:
        yield f'    """{function.summary}\n\n    {computed}\n'
        for row in function.rows:
            name = row.entry if row.left is None else f"{row.entry}, times p"
            yield _filled(f"{name}: {row.right}{_where(row.where)}")
        yield '    """'
    yield from (f"    {line}" for line in lines(function.summed, function.free))


def _signature(name: str, parameters: Sequence[str]) -> list[str]:
    line = f"def {name}({', '.join(parameters)}) -> None:"
    if len(line) <= WIDTH:
        return [line]
    return [f"def {name}(", f"    {', '.join(parameters)}", ") -> None:"]


def _docstring(recipe: Recipe) -> Iterator[str]:
    ranges = dict.fromkeys(row.range_of_use for row in recipe.rows)
    yield f'    """For {"; ".join(ranges)}.\n'
    for row in recipe.rows:
        yield _filled(f"{row.name}: {row.left} = {row.right}{_where(row.where)}")
    yield _filled(f"Accuracy: {recipe.accuracy}.")
    sources = dict.fromkeys(name for row in recipe.rows for name in _entries_of(row.left))
    if sources:
        yield _filled(f"Proved in the catalogue: {', '.join(sources)}.")
    yield '    """'


def _entries_of(formula: sympy.Expr) -> Iterator[str]:
    """The names of the catalogue's entries whose result `formula` is."""
    return (entry.name for entry in catalogue.entries().values() if entry.result == formula)


def _filled(text: str) -> str:
    return fill(text, WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 8)


def _where(abbreviations: Iterable[Equation]) -> str:
    shown = ", ".join(f"{row.left} = {row.right}" for row in abbreviations)
    return f" with {shown}" if shown else ""
