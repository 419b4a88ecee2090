"""What every catalogue entry holds: definitions, statements and derivations in SymPy, and their context.

SymPy proposes the lines; nothing here is true because SymPy says so. `Entry.certify` and `Entry.proof` ask
the kernel. An entry is written with names (h_i, p_k); `left` and `result` are the same without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from derivations.deriving.proof import Detail
from derivations.language.context import Context
from derivations.language.declarations import Declaration, LabelDeclaration
from derivations.language.functions import SCALAR_FUNCTIONS
from derivations.language.sympy_rates import Rate

if TYPE_CHECKING:
    from derivations.deriving.proof import Proof
    from derivations.kernel import Verdict


@dataclass(frozen=True, slots=True)
class Equation:
    """``left = right`` as its author wrote it; `sympy.Eq` may decide an equation while it is built."""

    left: sympy.Expr
    right: sympy.Expr

    def as_sympy(self) -> sympy.Eq:
        """The equation as an unevaluated SymPy object."""
        return sympy.Eq(self.left, self.right, evaluate=False)


@dataclass(frozen=True, slots=True)
class By:
    """A line of an author: ``relation right`` by a rule of the table, which may be about a name."""

    right: sympy.Basic
    rule: str
    about: sympy.Basic | str | None = None
    level: Detail = Detail.NORMAL
    relation: str = "="
    said: str = ""
    """Words in place of the rule's own."""
    as_it_stands: bool = False
    """Whether factors keep SymPy's order: what was built unevaluated is to be seen so."""


@dataclass(frozen=True, slots=True)
class Part:
    """One statement, ``left = right``, and how it is derived.

    Without `lines` the rules of `derivations.deriving` lay it out; with them, they are its derivation. Where
    `traced`, the rules go first, and the lines follow.
    """

    left: sympy.Basic
    right: sympy.Basic | None = None
    lines: tuple[By, ...] = ()
    traced: bool = False
    lemmas: tuple[str | int, ...] = ()
    """What may be used: entries by name (their first statement), and earlier parts by number."""
    unknown: frozenset[str] = frozenset()
    """Functions whose derivative is to be shown here and may not be used."""
    intro: str = ""
    when: tuple[sympy.Basic, ...] = ()
    """Equations between indices, or of a label and its value, under which the statement holds."""
    stated: bool = True

    @property
    def result(self) -> sympy.Basic:
        """What `left` is equal to."""
        if self.lines:
            return self.lines[-1].right
        assert self.right is not None, self.left
        return self.right


@dataclass(frozen=True, slots=True)
class Entry:
    """A result of the catalogue; the first of its `parts` is the one that it is known for."""

    name: str
    title: str
    parts: tuple[Part, ...]
    declarations: tuple[Declaration | LabelDeclaration, ...]
    definitions: tuple[Equation, ...] = ()
    """Names that the results keep: sigma, p_k."""
    names: tuple[Equation, ...] = ()
    """Names for people only, such as z_i, h_i and J, each defined by those before it."""
    remarks: tuple[str, ...] = ()
    """What people ask about it, answered; formulas in dollar signs."""

    @property
    def left(self) -> sympy.Expr:
        """What is asked, without names: a derivative not yet taken."""
        left = opened(self.parts[0].left, (*self.definitions, *self.names))
        return left.replace(lambda part: isinstance(part, Rate), lambda part: part.taken())

    @property
    def result(self) -> sympy.Expr:
        """The right-hand side of the statement, in terms of `definitions`."""
        return opened(self.parts[0].result, self.names)

    @property
    def statement(self) -> Equation:
        """What the entry claims: `left` equals `result`."""
        return Equation(self.left, self.result)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What is assumed beyond real numbers, as LaTeX."""
        from derivations.catalogue.given import assumptions

        return assumptions(self.declarations)

    @property
    def steps(self) -> tuple[Equation, ...]:
        """The derivation of the first part as SymPy equations, line by line, with the names in it."""
        from derivations.language.sympy_bridge import to_sympy

        proof = self.proof()
        chain = proof.chains[0]
        sides = [chain.left, *(line.formula for line in chain.lines)]
        written = [to_sympy(side.expression, proof.context) for side in sides]
        return tuple(Equation(written[0], right) for right in written[1:])

    def latex(self, detail: Detail = Detail.NORMAL) -> str:
        """The derivation of the first part as one ``aligned`` block."""
        chain = self.proof().shown(detail).chains[0]
        steps = " \\\\\n  ".join(f"&{line.relation} {line.formula.latex}" for line in chain.lines)
        return f"\\begin{{aligned}}\n  {chain.left.latex}\n  {steps}\n\\end{{aligned}}"

    def _repr_latex_(self) -> str:
        """The derivation for notebooks."""
        return f"$\\displaystyle {self.latex()}$"

    def context(self) -> Context:
        """The declarations and definitions under which `left` and `result` are to be read."""
        known = (SCALAR_FUNCTIONS["sigma"], SCALAR_FUNCTIONS["tanh"])
        return _defining(Context().with_rows(*known, *self.declarations), self.definitions)

    def context_of_parts(self) -> Context:
        """The same with the names in which the parts are written."""
        return _defining(self.context(), self.names)

    def certify(self) -> Verdict:
        """The kernel's verdict on the statement, for symbolic m, n and K."""
        return self.certify_line(self.result)

    def certify_line(self, line: sympy.Expr) -> Verdict:
        """The kernel's verdict on ``left = line``."""
        from derivations.kernel import judge
        from derivations.language.sympy_bridge import claim_from_sympy

        context = self.context()
        return judge(claim_from_sympy(self.left, line, context), context)

    def proof(self) -> Proof:
        """All parts laid out line by line, every line certified; raises `LineNotProved`."""
        from derivations.catalogue.laying import proof_of

        return proof_of(self)


def _defining(context: Context, rows: Iterable[Equation]) -> Context:
    from derivations.language.sympy_bridge import definition_from_sympy

    for row in rows:
        if getattr(row.left, "name", None) not in SCALAR_FUNCTIONS:
            context = context.with_rows(definition_from_sympy(row.left, row.right, context))
    return context


def opened(expression: sympy.Expr, rows: Iterable[Equation]) -> sympy.Expr:
    """`expression` with names replaced by what `rows` define them to be, the last ones first."""
    for row in reversed(tuple(rows)):
        left, right = row.left, row.right
        if isinstance(left, sympy.Indexed):
            expression = expression.replace(
                lambda part, left=left: isinstance(part, sympy.Indexed) and part.base == left.base,
                lambda part, row=row: row.right.xreplace(
                    dict(zip(row.left.indices, part.indices, strict=True))
                ),
            )
        elif isinstance(left, sympy.Symbol):
            expression = expression.xreplace({left: right})
    return expression
