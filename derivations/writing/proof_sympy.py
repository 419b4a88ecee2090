"""A proof as Python source that rebuilds its lines in SymPy."""

from __future__ import annotations

from collections.abc import Iterator

import sympy
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.matexpr import MatrixSymbol

from derivations.deriving.matrix_notation import MatrixPrinter
from derivations.deriving.proof import Formula, Proof
from derivations.language.context import Context
from derivations.language.sympy_bridge import to_sympy

HEADER = '''"""{title}: the lines of its derivation as SymPy expressions, written by `derivations prove`."""

from sympy import *
from sympy.matrices.expressions.diagonal import DiagMatrix

from derivations.deriving.matrix_notation import CostGradient, CostHessian
from derivations.language.sympy_rates import Rate

{names}

steps = [
{steps}
]
"""Left side, relation, right side and reason of every line."""
'''


def source(proof: Proof) -> str:
    """`proof` as a module with the list `steps`."""
    rows = list(_rows(proof))
    parts = [side for left, _, right, _ in rows for side in (left, right)]
    shown = _Printer().doprint
    steps = "\n".join(f"    ({shown(row[0])}, {row[1]!r}, {shown(row[2])}, {row[3]!r})," for row in rows)
    return HEADER.format(title=proof.title, names="\n".join(_names(parts)), steps=steps)


class _Printer(MatrixPrinter):
    """Vectors under names of their own: ``theta`` is the array whose entries are ``theta[j]``."""

    def _print_Symbol(self, expression: sympy.Symbol) -> str:
        return _python_name(expression.name)

    def _print_MatrixSymbol(self, expression: MatrixSymbol) -> str:
        return _matrix_name(expression)


def _matrix_name(matrix: MatrixSymbol) -> str:
    return f"{matrix.name}_vector" if matrix.shape[1] == 1 else matrix.name


Row = tuple[sympy.Basic, str, sympy.Basic, str]


def _rows(proof: Proof) -> Iterator[Row]:
    for chain in proof.chains:
        left = _object(chain.left, proof.context)
        for line in chain.lines:
            right = _object(line.formula, proof.context)
            yield left, line.relation, right, line.words
            left = right


def _object(formula: Formula, context: Context) -> sympy.Basic:
    if isinstance(formula.matrix, sympy.Basic):
        return formula.matrix
    return to_sympy(formula.expression, context)


def _names(parts: list[sympy.Basic]) -> Iterator[str]:
    """The definitions of all names that occur."""
    found: dict[str, str] = {}
    for part in parts:
        bases = {entry.base.label for entry in part.atoms(sympy.Indexed)}
        for node in sympy.preorder_traversal(part):
            if isinstance(node, sympy.Indexed):
                found[str(node.base)] = f"IndexedBase({str(node.base)!r})"
            elif isinstance(node, MatrixSymbol):
                rows, columns = node.shape
                found[_matrix_name(node)] = f"MatrixSymbol({node.name!r}, {rows}, {columns})"
            elif isinstance(node, AppliedUndef):
                found[node.func.__name__] = f"Function({node.func.__name__!r}, real=True)"
            elif isinstance(node, sympy.Dummy):
                continue
            elif isinstance(node, sympy.Symbol) and node not in bases:
                found.setdefault(node.name, _symbol(node))
    late = [name for name, made in found.items() if made.startswith("MatrixSymbol")]
    for name in (*(name for name in found if name not in late), *late):
        yield f"{_python_name(name)} = {found[name]}"


def _symbol(symbol: sympy.Symbol) -> str:
    known = ", ".join(
        f"{key}={value}" for key, value in sorted(symbol.assumptions0.items()) if key in _TOLD and value
    )
    return f"Symbol({symbol.name!r}{', ' if known else ''}{known})"


_TOLD = frozenset(["integer", "positive", "real", "nonnegative"])


def _python_name(name: str) -> str:
    """A name as SymPy prints it; ``lambda`` is a word of Python's own."""
    return f"{name}_" if name == "lambda" else name
