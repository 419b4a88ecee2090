"""One rule of differentiation at a time: what a derivative that is not yet taken becomes in the next line.

Each proposer looks at the body of a `Derivative` and answers with the next expression, or None where its
rule does not apply. The kernel judges what comes of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derivations.deriving.known_derivatives import KNOWN, KNOWN_LATEX
from derivations.deriving.products import terms_of
from derivations.deriving.proof import Reason
from derivations.language.context import Context
from derivations.language.declarations import Definition
from derivations.language.definitions import put_arguments, unfold
from derivations.language.differentiation import DifferentiationError, differentiate
from derivations.language.functions import NORMAL_DISTRIBUTION, call_scalar
from derivations.language.indices import Index, IndexElement, IndexVariable
from derivations.language.latex import expression_latex
from derivations.language.nodes import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Call,
    Cases,
    Delta,
    Derivative,
    Entry,
    Exp,
    Expression,
    Log,
    Multiply,
    Number,
    Power,
    Sum,
    add,
    divide,
    multiply,
    negate,
    number,
    subtract,
)
from derivations.language.substitution import fresh_name, replace_indices
from derivations.language.traversal import free_indices, index_names, subexpressions


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a derivative becomes, and why."""

    expression: Expression
    reason: Reason


@dataclass(frozen=True, slots=True)
class Lemma:
    """The derivative of a name, known by the theorem that people call `title`; its indices stand for any."""

    derivative: Derivative
    value: Expression
    title: str
    theorem: str = ""
    """The theorem's name, if it is another one than that which is shown."""


@dataclass(frozen=True)
class Calculus:
    """The rules in one context; `lemmas` are derivatives of names that were shown before."""

    context: Context
    lemmas: tuple[Lemma, ...] = ()
    unknown: frozenset[str] = frozenset()
    """Functions of which the derivative is not known yet: it is what is to be shown."""

    def applied(self, derivative: Derivative) -> tuple[int, Outcome]:
        """The first rule that applies to `derivative`, and how early it comes in the table."""
        for urgency, rule in enumerate(RULES):
            outcome = rule(self, derivative)
            if outcome is not None:
                return urgency, outcome
        variable = derivative.variable
        if not isinstance(variable, Entry):
            raise DifferentiationError(f"no rule differentiates by {expression_latex(variable)}")
        opened = differentiate(unfold(derivative.body, self.context), variable, self.context)
        return len(RULES), Outcome(opened, Reason("calculus"))

    def depends(self, expression: Expression, variable: Entry | Call) -> bool:
        """Whether `expression` may change with `variable`."""
        if isinstance(variable, Call):
            opened = unfold(expression, self.context, frozenset([variable.name]))
            return any(isinstance(n, Call) and n.name == variable.name for n in subexpressions(opened))
        opened = unfold(expression, self.context)
        return any(
            isinstance(n, Entry) and n.name == variable.name and not _certainly_apart(n, variable)
            for n in subexpressions(opened)
        )

    def knows(self, name: str) -> bool:
        """Whether the derivative of the function `name` may be used."""
        return name in KNOWN and name not in self.unknown

    def definition(self, call: Call) -> Definition:
        """What `call` names."""
        return self.context.definition(call.name)


def _certainly_apart(first: Entry, second: Entry) -> bool:
    pairs = zip(first.indices, second.indices, strict=True)
    return any(isinstance(a, IndexElement) and isinstance(b, IndexElement) and a != b for a, b in pairs)


def _constant(rules: Calculus, derivative: Derivative) -> Outcome | None:
    if rules.depends(derivative.body, derivative.variable):
        return None
    return Outcome(ZERO, Reason("constant"))


def _lemma(rules: Calculus, derivative: Derivative) -> Outcome | None:
    for lemma in rules.lemmas:
        known = _instance(lemma, derivative)
        if known is not None:
            return Outcome(known, Reason("lemma", said=f"by {lemma.title}", theorem=lemma.theorem))
    return None


def _instance(lemma: Lemma, derivative: Derivative) -> Expression | None:
    """A lemma with other indices, ``dp_k/dz_j`` for ``dp_i/dz_j``; None where it speaks of something else."""
    if lemma.derivative == derivative:
        return lemma.value
    names: dict[str, Index] = {}
    pairs: list[tuple[Expression, Expression]] = [(lemma.derivative, derivative)]
    while pairs:
        pattern, actual = pairs.pop()
        if isinstance(pattern, Derivative) and isinstance(actual, Derivative):
            pairs += [(pattern.body, actual.body), (pattern.variable, actual.variable)]
            continue
        if not isinstance(pattern, Entry | Call) or type(pattern) is not type(actual):
            return None
        assert isinstance(actual, Entry | Call)
        if pattern.name != actual.name or (isinstance(pattern, Call) and pattern.arguments):
            return None
        for formal, given in zip(pattern.indices, actual.indices, strict=True):
            if not isinstance(formal, IndexVariable) or names.setdefault(formal.name, given) != given:
                return None
    return replace_indices(lemma.value, names)


def _add(rules: Calculus, derivative: Derivative) -> Outcome | None:
    if not isinstance(derivative.body, Add):
        return None
    variable = derivative.variable
    varying = [term for term in terms_of(derivative.body) if rules.depends(term, variable)]
    return Outcome(add(*(_pulled(rules, term, variable) for term in varying)), Reason("linearity"))


def _pulled(rules: Calculus, body: Expression, variable: Entry | Call) -> Expression:
    """The derivative of `body`, its constant factors in front."""
    constant, varying = _parted(rules, body, variable)
    inner = Derivative(multiply(*varying), variable)
    return multiply(*constant, inner) if constant else inner


def _parted(
    rules: Calculus, body: Expression, variable: Entry | Call
) -> tuple[list[Expression], list[Expression]]:
    """The factors that do not depend on `variable`, and those that do."""
    factors = _factors(body)
    varying = [factor for factor in factors if rules.depends(factor, variable)]
    return [factor for factor in factors if factor not in varying], varying


def _factors(body: Expression) -> tuple[Expression, ...]:
    if not isinstance(body, Multiply):
        return (body,)
    return tuple(inner for factor in body.factors for inner in _factors(factor))


def _linear(rules: Calculus, derivative: Derivative) -> Outcome | None:
    constant, _ = _parted(rules, derivative.body, derivative.variable)
    if not constant:
        return None
    return Outcome(_pulled(rules, derivative.body, derivative.variable), Reason("linearity"))


def _sum(rules: Calculus, derivative: Derivative) -> Outcome | None:
    body, variable = derivative.body, derivative.variable
    if not isinstance(body, Sum):
        return None
    index, inner = body.index, body.body
    mentioned = set(free_indices(variable))
    if index.name in mentioned:
        renamed = IndexVariable(other_index(index.name, mentioned | index_names(inner)), index.index_set)
        index, inner = renamed, replace_indices(inner, {index.name: renamed})
    return Outcome(Sum(index, _pulled(rules, inner, variable), body.excluding), Reason("sum"))


def other_index(name: str, used: set[str]) -> str:
    """A letter near `name` for a bound index, as a person would choose it."""
    free = [letter for letter in "lrsuvk" if letter not in used]
    return free[0] if free else fresh_name(name, used)


def _quotient(rules: Calculus, derivative: Derivative) -> Outcome | None:
    factors, variable = _factors(derivative.body), derivative.variable
    below = [factor for factor in factors if _is_reciprocal(factor)]
    above = [factor for factor in factors if not _is_reciprocal(factor)]
    if not below or not above:
        return None
    numerator = multiply(*above)
    denominator = multiply(*(_inverted(factor) for factor in below))
    change = subtract(
        multiply(Derivative(numerator, variable), denominator),
        multiply(numerator, Derivative(denominator, variable)),
    )
    return Outcome(divide(change, Power(denominator, number(2))), Reason("quotient"))


def _is_reciprocal(factor: Expression) -> bool:
    if not isinstance(factor, Power) or not isinstance(factor.exponent, Number):
        return False
    return factor.exponent.value < 0


def _inverted(factor: Expression) -> Expression:
    assert isinstance(factor, Power)
    assert isinstance(factor.exponent, Number)
    exponent = -factor.exponent.value
    return factor.base if exponent == 1 else Power(factor.base, number(exponent))


def _product(rules: Calculus, derivative: Derivative) -> Outcome | None:
    factors, variable = _factors(derivative.body), derivative.variable
    if len(factors) < 2:
        return None
    terms = [
        multiply(Derivative(factor, variable), *factors[:position], *factors[position + 1 :])
        for position, factor in enumerate(factors)
    ]
    return Outcome(add(*terms), Reason("product"))


def _hinge(rules: Calculus, derivative: Derivative) -> Outcome | None:
    """``(relu(f)^a)' = a relu(f)^(a-1) f'`` for a whole a of at least 2: there is no corner at 0."""
    body = derivative.body
    if not isinstance(body, Power) or not isinstance(body.exponent, Number):
        return None
    base, exponent = body.base, body.exponent.value
    if not isinstance(base, Call) or base.name != "relu" or exponent < 2 or exponent.denominator != 1:
        return None
    lowered = base if exponent == 2 else Power(base, number(exponent - 1))
    inner = Derivative(base.arguments[0].body, derivative.variable)
    return Outcome(multiply(number(exponent), lowered, inner), Reason("hinge"))


def _power(rules: Calculus, derivative: Derivative) -> Outcome | None:
    body, variable = derivative.body, derivative.variable
    if not isinstance(body, Power) or rules.depends(body.exponent, variable):
        return None
    base, exponent, inner = body.base, body.exponent, Derivative(body.base, variable)
    if exponent == MINUS_ONE:
        return Outcome(negate(divide(inner, Power(base, number(2)))), Reason("reciprocal"))
    if isinstance(exponent, Number):
        lowered = number(exponent.value - 1)
        outer = base if lowered == ONE else Power(base, lowered)
    else:
        outer = Power(base, subtract(exponent, ONE))
    return Outcome(multiply(exponent, outer, inner), Reason("power"))


def _exp(rules: Calculus, derivative: Derivative) -> Outcome | None:
    if not isinstance(derivative.body, Exp):
        return None
    inner = Derivative(derivative.body.argument, derivative.variable)
    return Outcome(multiply(derivative.body, inner), Reason("exp"))


def _log(rules: Calculus, derivative: Derivative) -> Outcome | None:
    if not isinstance(derivative.body, Log):
        return None
    argument = derivative.body.argument
    inner = Derivative(argument, derivative.variable)
    return Outcome(multiply(Power(argument, MINUS_ONE), inner), Reason("log"))


def variable_rule(rules: Calculus, derivative: Derivative) -> Outcome | None:
    """``dx_i/dx_j = delta_ij``; None for the derivative of anything but the variable."""
    body, variable = derivative.body, derivative.variable
    if not isinstance(body, Entry | Call) or body.name != variable.name:
        return None
    if isinstance(body, Call) and body.arguments:
        return None
    pairs = zip(body.indices, variable.indices, strict=True)
    deltas = [Delta(ours, theirs) for ours, theirs in pairs if ours != theirs]
    return Outcome(multiply(*deltas), Reason("delta"))


def _cases(rules: Calculus, derivative: Derivative) -> Outcome | None:
    if not isinstance(derivative.body, Cases):
        return None
    branches = ((c, Derivative(value, derivative.variable)) for c, value in derivative.body.branches)
    return Outcome(Cases(tuple(branches)), Reason("linearity"))


def _known_function(rules: Calculus, derivative: Derivative) -> Outcome | None:
    """The derivative of a function that everyone knows, ``sigma(u)' = sigma(u) (1 - sigma(u)) u'``."""
    body = derivative.body
    if not isinstance(body, Call) or len(body.arguments) != 1 or not rules.knows(body.name):
        return None
    argument = body.arguments[0].body
    inner = Derivative(argument, derivative.variable)
    outer = KNOWN[body.name](body, argument)
    return Outcome(multiply(outer, inner), Reason("lemma", KNOWN_LATEX[body.name]))


def _named_function(rules: Calculus, derivative: Derivative) -> Outcome | None:
    """``h_i' = h_i (1 - h_i) z_i'`` for ``h_i = sigma(z_i)``: the chain rule, the name kept."""
    body = derivative.body
    if not isinstance(body, Call) or body.arguments:
        return None
    meaning = put_arguments(body, rules.definition(body).body, rules.context)
    if not isinstance(meaning, Call) or len(meaning.arguments) != 1 or not rules.knows(meaning.name):
        return None
    argument = meaning.arguments[0].body
    outer = KNOWN[meaning.name](body, argument)
    inner = Derivative(argument, derivative.variable)
    return Outcome(multiply(outer, inner), Reason("lemma", KNOWN_LATEX[meaning.name]))


def _definition(rules: Calculus, derivative: Derivative) -> Outcome | None:
    body = derivative.body
    if not isinstance(body, Call):
        return None
    meaning = put_arguments(body, rules.definition(body).body, rules.context)
    return Outcome(Derivative(meaning, derivative.variable), Reason("definition", called_latex(body)))


def called_latex(call: Call) -> str:
    """What is said to be defined: ``h_i``, ``\\sigma``."""
    return expression_latex(Call(call.name)) if call.arguments else expression_latex(call)


def _opaque(rules: Calculus, derivative: Derivative) -> Outcome | None:
    body = derivative.body
    if not isinstance(body, Apply) or len(body.arguments) != 1:
        return None
    (argument,) = body.arguments
    inner = Derivative(argument, derivative.variable)
    if body.name == NORMAL_DISTRIBUTION and body.orders == (0,):
        return Outcome(multiply(call_scalar("normal_density", argument), inner), Reason("chain"))
    outer = Apply(body.name, body.arguments, (body.orders[0] + 1,))
    return Outcome(multiply(outer, inner), Reason("chain"))


Proposer = Callable[[Calculus, Derivative], Outcome | None]

RULES: tuple[Proposer, ...] = (
    _constant,
    variable_rule,
    _sum,
    _linear,
    _add,
    _cases,
    _hinge,
    _quotient,
    _product,
    _power,
    _exp,
    _log,
    _opaque,
    _lemma,
    _known_function,
    _named_function,
    _definition,
)
"""The rules in the order in which they are tried; all places of the earliest one change at once."""
