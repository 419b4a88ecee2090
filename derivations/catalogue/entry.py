"""What every catalogue entry holds: a statement in SymPy, the lines that lead to its result, and its context.

SymPy proposes the lines; nothing here is true because SymPy says so. `Entry.certify` asks the kernel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from derivations.language.context import Context
from derivations.language.declarations import Declaration, Domain
from derivations.language.functions import SCALAR_FUNCTIONS

if TYPE_CHECKING:
    from derivations.kernel import Verdict

DOMAIN_LATEX = {
    Domain.BIT: r"{} \in \{{0, 1\}}",
    Domain.SIGN: r"{} \in \{{-1, 1\}}",
    Domain.UNIT: r"0 < {} < 1",
    Domain.POSITIVE: r"{} > 0",
    Domain.NONNEGATIVE: r"{} \ge 0",
    Domain.ONE_HOT: r"{} \text{{ one-hot}}",
    Domain.SUM_ONE: r"{0}_1 + \dots + {0}_K = 1",
    Domain.PROBABILITIES: r"{0} > 0,\ {0}_1 + \dots + {0}_K = 1",
}
"""How a declared domain is written; a real number needs no words."""


@dataclass(frozen=True, slots=True)
class Equation:
    """``left = right`` as its author wrote it; `sympy.Eq` may decide an equation while it is built."""

    left: sympy.Expr
    right: sympy.Expr

    def as_sympy(self) -> sympy.Eq:
        """The equation as an unevaluated SymPy object."""
        return sympy.Eq(self.left, self.right, evaluate=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A result of the catalogue.

    `left` is what is asked (a derivative not yet taken), `lines` are expressions equal to it in the order
    of the derivation, the last one being the result. `definitions` are the abbreviations used in them.
    """

    name: str
    title: str
    left: sympy.Expr
    lines: tuple[sympy.Expr, ...]
    declarations: tuple[Declaration, ...]
    definitions: tuple[Equation, ...] = ()

    @property
    def result(self) -> sympy.Expr:
        """The right-hand side of the statement."""
        return self.lines[-1]

    @property
    def statement(self) -> Equation:
        """What the entry claims: `left` equals `result`."""
        return Equation(self.left, self.result)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What is assumed beyond real numbers, as LaTeX."""
        rows = (row for row in self.declarations if row.domain in DOMAIN_LATEX)
        return tuple(DOMAIN_LATEX[row.domain].format(_symbol(row)) for row in rows)

    def latex(self) -> str:
        """The derivation as one ``aligned`` block, followed by its definitions and assumptions."""
        steps = " \\\\\n  ".join(f"&= {sympy.latex(line)}" for line in self.lines)
        shown = f"\\begin{{aligned}}\n  {sympy.latex(self.left)}\n  {steps}\n\\end{{aligned}}"
        given = [f"{sympy.latex(row.left)} = {sympy.latex(row.right)}" for row in self.definitions]
        conditions = ",\\quad ".join((*given, *self.assumptions))
        return f"{shown}\n\\qquad \\text{{where }} {conditions}" if conditions else shown

    def _repr_latex_(self) -> str:
        """The derivation for notebooks."""
        return f"$\\displaystyle {self.latex()}$"

    def context(self) -> Context:
        """The declarations and definitions under which the lines are to be read."""
        from derivations.language.sympy_bridge import definition_from_sympy

        context = Context().with_rows(SCALAR_FUNCTIONS["sigma"], *self.declarations)
        for row in self.definitions:
            if getattr(row.left, "name", None) not in SCALAR_FUNCTIONS:
                context = context.with_rows(definition_from_sympy(row.left, row.right, context))
        return context

    def certify(self) -> Verdict:
        """The kernel's verdict on the statement, for symbolic m, n and K."""
        return self.certify_line(self.result)

    def certify_line(self, line: sympy.Expr) -> Verdict:
        """The kernel's verdict on ``left = line``."""
        from derivations.kernel import judge
        from derivations.language.sympy_bridge import claim_from_sympy

        context = self.context()
        return judge(claim_from_sympy(self.left, line, context), context)


def _symbol(row: Declaration) -> str:
    indices = "ijkl"[: len(row.index_sets)]
    summed = row.domain.sums_to_one
    return row.name if summed or not indices else f"{row.name}_{{{indices}}}"
