"""`derivations.derive` and ``derivations derive``: a user's own loss, differentiated line by line and proved.

A formula that is typed is read by the same reader as a document, and never run. What the loss is not
differentiated by is held constant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from derivations.deriving.algebra import Algebra
from derivations.deriving.calculus import Lemma
from derivations.deriving.certifying import certified
from derivations.deriving.folding import with_sigmoid
from derivations.deriving.hinges import hinged, smooth_or_raise
from derivations.deriving.indices import lettered, other_entry
from derivations.deriving.products import Order
from derivations.deriving.proof import Chain, Detail, Formula, Line, Proof, Reason
from derivations.deriving.tracing import traced
from derivations.language.context import Context
from derivations.language.declarations import Part
from derivations.language.differentiation import DifferentiationError
from derivations.language.functions import SCALAR_FUNCTIONS, call_scalar
from derivations.language.latex import expression_latex
from derivations.language.nodes import Call, Derivative, Entry, Expression
from derivations.language.traversal import call_names
from derivations.loss_questions import LossError, Question, from_sympy_loss, typed

if TYPE_CHECKING:
    import sympy

ORDERS: Mapping[int, str] = MappingProxyType({1: "Gradient", 2: "Hessian"})
"""What a derivative of each order is called."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The derivatives of a loss with their proof; `order` is that of the last one."""

    proof: Proof
    order: int

    @property
    def result(self) -> sympy.Expr:
        """The derivative in the simplest form that was found, in the names of the loss."""
        return self._sympy(self.proof.chains[-1].result)

    @property
    def statement(self) -> sympy.Eq:
        """The derivative, not yet taken, and the result."""
        import sympy

        return sympy.Eq(self._sympy(self.proof.chains[-1].left), self.result, evaluate=False)

    @property
    def steps(self) -> tuple[sympy.Expr, ...]:
        """The lines from the first derivative to the last result."""
        return tuple(self._sympy(line.formula) for chain in self.proof.chains for line in chain.lines)

    def latex(self) -> str:
        """The derivation as one ``aligned`` block."""
        chain = self.proof.shown(Detail.NORMAL).chains[-1]
        steps = " \\\\\n  ".join(f"&= {line.formula.latex}" for line in chain.lines)
        return f"\\begin{{aligned}}\n  {chain.left.latex}\n  {steps}\n\\end{{aligned}}"

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"

    def _sympy(self, formula: Formula) -> sympy.Expr:
        from derivations.language.sympy_bridge import to_sympy

        return to_sympy(formula.expression, self.proof.context)


def derive(
    expr: sympy.Expr | str,
    wrt: sympy.Expr | str,
    order: int = 1,
    given: Iterable[object] = (),
) -> Derived:
    """The gradient of the loss `expr` by `wrt`, or with `order` 2 its Hessian, with a certified derivation.

    `expr` and `wrt` are SymPy expressions, `given` what `prove_equal` takes; or they are LaTeX, and `given`
    holds sentences. Raises `LossError` for a loss that cannot be read or has no derivative, and
    `LineNotProved` where the kernel does not prove a line.

    >>> import sympy
    >>> y, z = sympy.symbols("y z", real=True)
    >>> derive(sympy.log(1 + sympy.exp(-y * z)), z).result
    -y/(exp(y*z) + 1)
    """
    if order not in ORDERS:
        raise LossError(f"there is no order {order}: 1 is the gradient, 2 the Hessian")
    try:
        if isinstance(expr, str):
            question = typed(expr, str(wrt), [str(sentence) for sentence in given])
        else:
            question = from_sympy_loss(expr, wrt, given)
        return Derived(certified(_proof(question, order)), order)
    except DifferentiationError as error:
        raise LossError(str(error)) from error


def _proof(question: Question, order: int) -> Proof:
    """The derivation of the gradient, and of the Hessian after it, not certified."""
    context = _prepared(question)
    smooth_or_raise(context.definition(question.name).body, question.variable, context)
    first = Derivative(question.loss, question.variable)
    lines = _simplest(traced(first, context), context)
    chains = [Chain(Formula(first), lines)]
    if order == 2:
        smooth_or_raise(lines[-1].formula.expression, question.variable, context)
        second = Derivative(first, other_entry(question.variable))
        lemma = Lemma(first, lines[-1].formula.expression, "the gradient")
        chains.append(
            Chain(
                Formula(second),
                _simplest(traced(second, context, (lemma,)), context),
                "Differentiating once more gives",
            )
        )
    given = question.given + _normal(question.given, chains)
    title = f"{ORDERS[order]} by ${expression_latex(question.variable)}$"
    return Proof("derived", title, context, given, _definitions(question, context, chains), tuple(chains))


def _simplest(lines: tuple[Line, ...], context: Context) -> tuple[Line, ...]:
    """`lines`, and one more where the sigmoid makes the result shorter."""
    last = lines[-1].formula.expression
    order = Order(context)
    folded = with_sigmoid(last, order)
    if folded == last:
        return lines
    folded = order.arranged(Algebra(order).sign(folded))
    return (*lines, Line(Formula(folded), (Reason("definition", "\\sigma"),), Detail.BRIEF))


def _normal(given: tuple[str, ...], chains: list[Chain]) -> tuple[str, ...]:
    """The sentence that says what the density of the normal distribution is called."""
    used = any("normal_density" in call_names(e) for e in _expressions(chains))
    if not used or "varphi" in " ".join(given):
        return ()
    return ("Let $\\Phi$ be the standard normal distribution function and $\\varphi$ its density.",)


def _expressions(chains: Iterable[Chain]) -> Iterator[Expression]:
    return (line.formula.expression for chain in chains for line in chain.lines)


def _prepared(question: Question) -> Context:
    """The context with all but the variable constant, and letters for all indices."""
    known = question.context
    declarations = {
        name: replace(row, part=Part.PARAMETER if name == question.variable.name else Part.DATA)
        for name, row in known.declarations.items()
    }
    definitions = {
        name: row
        if name in SCALAR_FUNCTIONS
        else replace(row, body=lettered(hinged(row.body), {i.name for i in row.indices}))
        for name, row in known.definitions.items()
    }
    return replace(
        known, declarations=MappingProxyType(declarations), definitions=MappingProxyType(definitions)
    )


def _definitions(
    question: Question, context: Context, chains: list[Chain]
) -> tuple[tuple[Formula, Formula], ...]:
    """That of the loss, and of the sigmoid where nobody spoke of it; the other ones are given."""
    row = context.definition(question.name)
    loss = (Formula(Call(row.name, row.indices)), Formula(row.body))
    used = any("sigma" in call_names(e) for e in (row.body, *_expressions(chains)))
    if not used or "\\sigma" in " ".join(question.given):
        return (loss,)
    argument = Entry("t")
    return (Formula(call_scalar("sigma", argument)), Formula(SCALAR_FUNCTIONS["sigma"].body)), loss
