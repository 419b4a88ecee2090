"""From an entry to its proof: what is written in SymPy becomes formulas in a person's order."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import sympy
from sympy.core.function import AppliedUndef

from derivations.catalogue.entry import By, Entry, Equation, Part
from derivations.catalogue.given import declared
from derivations.catalogue.symbols import parameter
from derivations.deriving.calculus import Lemma
from derivations.deriving.certifying import certified
from derivations.deriving.matrix_notation import matrix_formula
from derivations.deriving.products import Order
from derivations.deriving.proof import Chain, Detail, Formula, Line, Proof, Reason
from derivations.deriving.tracing import traced
from derivations.language.context import Context
from derivations.language.declarations import Declaration
from derivations.language.derivation import Assumption, EntryFact
from derivations.language.functions import SCALAR_FUNCTIONS
from derivations.language.indices import IndexSet
from derivations.language.latex import expression_latex
from derivations.language.nodes import Derivative, Expression, IndexCondition, Number
from derivations.language.nodes import Entry as TensorEntry
from derivations.language.sympy_bridge import from_sympy
from derivations.language.sympy_reading import free_indices, read_index_condition
from derivations.language.traversal import rebuild


def proof_of(entry: Entry) -> Proof:
    """The proof of `entry`, every line certified; raises `LineNotProved`."""
    return certified(laid_out(entry))


def laid_out(entry: Entry) -> Proof:
    """The proof of `entry` as its author and the rules propose it, not certified."""
    layout = Layout(entry)
    return Proof(
        entry.name,
        entry.title,
        layout.context,
        (declared(entry.declarations),),
        tuple(layout.definition(row) for row in (*entry.definitions, *entry.names)),
        tuple(layout.chain(part) for part in entry.parts),
        entry.remarks,
    )


class Layout:
    """How the formulas of one entry are read and written."""

    def __init__(self, entry: Entry) -> None:
        """In the context of `entry`."""
        self.entry = entry
        known = entry.context_of_parts()
        order = Order(known)
        rows = {name: replace(row, body=order.arranged(row.body)) for name, row in known.definitions.items()}
        self.context: Context = replace(known, definitions=MappingProxyType(rows))
        self.order = Order(self.context)

    def definition(self, row: Equation) -> tuple[Formula, Formula]:
        """A definition as its two sides."""
        sets = self._indices(row.left, row.right)
        if isinstance(row.left, AppliedUndef):
            return self._function(row.left, row.right)
        return self._formula(row.left, sets), self._formula(row.right, sets)

    def _function(self, left: AppliedUndef, right: sympy.Expr) -> tuple[Formula, Formula]:
        """The definition of a function, its argument called t where its name is taken."""
        (argument,) = left.args
        known = {*self.context.declarations, *self.context.definitions}
        if argument.name in known and self.context.declarations.get(argument.name) != parameter(
            argument.name
        ):
            free = sympy.Symbol("t", real=True)
            left, right, argument = left.xreplace({argument: free}), right.xreplace({argument: free}), free
        context = Context().with_rows(*SCALAR_FUNCTIONS.values(), Declaration(argument.name))
        first, second = (
            Formula(Order(context).arranged(from_sympy(side, context))) for side in (left, right)
        )
        return first, second

    def chain(self, part: Part) -> Chain:
        """A part with all its lines."""
        sets = self._indices(
            part.left, *(line.right for line in part.lines), *([part.right] if part.right is not None else [])
        )
        left = self._formula(part.left, sets)
        lines = list[Line]()
        if part.traced or not part.lines:
            goal = None if part.right is None else self._formula(part.right, sets)
            lines += traced(
                left.expression, self.context, self._lemmas(part), part.unknown, goal.latex if goal else None
            )
            if goal is not None and lines[-1].formula.latex != goal.latex:
                lines.append(Line(goal, (Reason("arrange"),), Detail.BRIEF))
        lines += [self._line(line, sets) for line in part.lines]
        return Chain(
            left, tuple(lines), part.intro, tuple(self._fact(fact) for fact in part.when), part.stated
        )

    def _indices(self, *sides: sympy.Basic) -> dict[str, IndexSet]:
        plain = [
            side for side in sides if isinstance(side, sympy.Expr) and not isinstance(side, sympy.MatrixExpr)
        ]
        return free_indices(sympy.Tuple(*plain), self.context)

    def _formula(self, side: sympy.Basic, sets: dict[str, IndexSet], arrange: bool = True) -> Formula:
        if isinstance(side, sympy.MatrixExpr):
            return matrix_formula(side, self.context)
        expression = from_sympy(side, self.context, sets)
        return Formula(self.order.arranged(expression) if arrange else expression)

    def _line(self, line: By, sets: dict[str, IndexSet]) -> Line:
        formula = self._formula(line.right, sets, not line.as_it_stands)
        if line.as_it_stands:
            formula = Formula(rebuild(formula.expression, self.order.arranged))
        return Line(
            formula, (Reason(line.rule, self._about(line, sets), line.said),), line.level, line.relation
        )

    def _about(self, line: By, sets: dict[str, IndexSet]) -> str:
        if line.about is None or isinstance(line.about, str):
            return line.about or ""
        if isinstance(line.about, sympy.MatrixExpr):
            return matrix_formula(line.about, self.context).latex
        if isinstance(line.about, sympy.Eq):
            return " = ".join(self._formula(side, sets).latex for side in line.about.args)
        return self._formula(line.about, {**self._indices(line.about), **sets}).latex

    def _lemmas(self, part: Part) -> tuple[Lemma, ...]:
        from derivations import catalogue

        return tuple(
            lemma_of(self.entry, number)
            if isinstance(number, int)
            else lemma_of(catalogue.get(number), 0, _called(catalogue.get(number).title), number)
            for number in part.lemmas
        )

    def _fact(self, fact: sympy.Basic) -> Assumption:
        """A condition: ``Eq(i, j)`` or ``Ne(i, j)`` of indices, ``Eq(y, 1)`` of a number."""
        left, right = fact.args
        sign = "=" if isinstance(fact, sympy.Eq) else "\\neq"
        text = f"{sympy.latex(left)} {sign} {sympy.latex(right)}"
        if getattr(left, "name", None) in self.context.declarations or isinstance(left, sympy.Indexed):
            entry, value = from_sympy(left, self.context), from_sympy(right, self.context)
            assert isinstance(entry, TensorEntry)
            assert isinstance(value, Number)
            return Assumption(EntryFact(entry, value.value), text)
        sets = {str(index): index_set for index, index_set in self._condition_sets().items()}
        condition = read_index_condition(fact, self.context, sets)
        assert isinstance(condition, IndexCondition)
        return Assumption(condition, text)

    def _condition_sets(self) -> dict[str, IndexSet]:
        return self._indices(*(side for part in self.entry.parts for side in (part.left, part.result)))


COMMON = frozenset(["Gradient", "Derivative", "Second", "Symmetry"])
"""Words that begin a title and are no names."""


def lemma_of(entry: Entry, number: int, said: str = "the formula above", theorem: str = "") -> Lemma:
    """A statement of `entry`, for use in the derivation of another; `said` is what it is called."""
    layout = Layout(entry)
    part = entry.parts[number]
    sets = layout._indices(part.left, part.result)
    left: Expression = from_sympy(part.left, layout.context, sets)
    assert isinstance(left, Derivative), expression_latex(left)
    return Lemma(left, layout.order.arranged(from_sympy(part.result, layout.context, sets)), said, theorem)


def _called(title: str) -> str:
    first, *rest = title.split(" ")
    return " ".join(["the", first.lower() if first in COMMON else first, *rest])
