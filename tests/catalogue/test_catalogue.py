"""Every entry of the catalogue is right: calculus on concrete sizes agrees, and the kernel proves it."""

import subprocess
import sys
from itertools import cycle, pairwise, product

import pytest
import sympy
from sympy.core.function import AppliedUndef

import derivations
from derivations import catalogue
from derivations.catalogue.entry import Equation, opened
from derivations.deriving.proof import Detail
from derivations.language import Declaration, Domain
from derivations.language.sympy_rates import Rate

TOPICS = {
    "sigmoid-derivative",
    "sigmoid-second-derivative",
    "sigmoid-symmetry",
    "sigmoid-bound",
    "logit-inverse",
    "log-odds-linear",
    "decision-boundary",
    "bernoulli-log-likelihood",
    "log-loss-cases",
    "log-loss-nonnegative",
    "log-loss-cost-nonnegative",
    "log-loss-margin",
    "log-loss-chain",
    "log-loss-score-gradient",
    "log-loss-gradient",
    "log-loss-intercept-gradient",
    "log-loss-hessian",
    "log-loss-convex",
    "log-loss-l2-gradient",
    "log-loss-l2-hessian",
    "log-loss-l2-mean-gradient",
    "log-loss-l2-mean-hessian",
    "squared-error-gradient",
    "line-fit-gradient",
    "normal-equation",
    "squared-error-sigmoid-nonconvex",
    "softmax-jacobian",
    "softmax-cross-entropy-gradient",
    "softmax-cross-entropy-gradient-one-hot",
    "softmax-cross-entropy-hessian",
    "softmax-convex",
    "softmax-regression-gradient",
    "softmax-regression-gradient-indicator",
    "softmax-regression-hessian",
    "softmax-shift",
    "softmax-two-classes",
    "logsumexp-gradient",
    "logsumexp-hessian",
    "newton-step",
    "gradient-descent-step",
}
"""What people ask for."""

NAMES = tuple(catalogue.entries())
DERIVATIVES = tuple(
    (name, number)
    for name, entry in catalogue.entries().items()
    for number, part in enumerate(entry.parts)
    if isinstance(part.left, Rate | sympy.Derivative)
    and not part.when
    and all(line.relation == "=" for line in part.lines)
    and name != "softmax-regression-gradient-indicator"
)
"""Statements about a derivative; the one left out has labels for indices, which SymPy cannot sum over."""

SIZES = {"m": 2, "n": 3, "K": 3}
DIGITS = 40
PRIMES = tuple(sympy.primerange(700))


def concrete(expression, free):
    """`expression` with sizes and free indices as numbers, sigma opened and sums written out."""
    expression = expression.replace(
        lambda part: isinstance(part, AppliedUndef) and part.func.__name__ == "sigma",
        lambda part: 1 / (1 + sympy.exp(-part.args[0])),
    )
    expression = expression.subs({s: SIZES[s.name] for s in expression.free_symbols if s.name in SIZES})
    return expression.subs(free).doit(deep=True)


def sides(entry, part):
    """What is differentiated, by what, and what the result is, without any name that is not a variable."""
    by = part.left.variables
    names = {getattr(variable, "name", None) for variable in by}
    rows = [row for row in (*entry.definitions, *entry.names) if getattr(row.left, "name", None) not in names]
    body = part.left.quantity if isinstance(part.left, Rate) else part.left.expr
    return opened(body, rows), by, opened(part.result, rows)


def differentiated(body, variables, free):
    """The derivative by SymPy's calculus, once every sum is written out: no index is left to confuse."""
    body = concrete(body, free)
    for variable in variables:
        body = body.diff(variable.subs(free))
    return body


def point(expressions, entry):
    """Rational values for every entry, inside the declared domains."""
    places = set().union(*(e.atoms(sympy.Indexed) | e.atoms(sympy.Symbol) for e in expressions))
    bases = {part.base.label for part in places if isinstance(part, sympy.Indexed)}
    places = sorted((p for p in places if p not in bases), key=str)
    values = {p: sympy.Rational(PRIMES[n] % 31, 17) + sympy.Rational(1, 9) for n, p in enumerate(places)}
    domains = {row.name: row.domain for row in entry.declarations if isinstance(row, Declaration)}
    labels = sorted((p for p in places if str(p).startswith("y")), key=str)
    if domains.get("y") is Domain.ONE_HOT:
        values |= {p: sympy.Integer(n == 1) for n, p in enumerate(labels)}
    elif domains.get("y") is Domain.SUM_ONE:
        shares = (sympy.Rational(1, 2), sympy.Rational(1, 3), sympy.Rational(1, 6))
        values |= dict(zip(labels, cycle(shares), strict=False))
    elif domains.get("y") is Domain.SIGN:
        values |= dict.fromkeys(labels, sympy.Integer(-1))
    return values


def free_indices(*parts):
    used = set().union(*(part.free_symbols for part in parts))
    return sorted(
        (
            s
            for s in used
            if isinstance(s, sympy.Symbol) and s.name in ("i", "j", "k", "r", "t", "u") and s.is_integer
        ),
        key=str,
    )


def test_the_catalogue_has_the_entries_that_people_ask_for():
    assert set(NAMES) >= TOPICS


@pytest.mark.parametrize(("name", "number"), DERIVATIVES)
def test_calculus_agrees_with_every_derivative_on_concrete_sizes(name, number):
    """SymPy's own `diff`, with all sums written out, gives what the statement says."""
    entry = catalogue.get(name)
    body, variables, result = sides(entry, entry.parts[number])
    indices = free_indices(*variables, result)
    for choice in product((1, 2), repeat=len(indices)):
        free = dict(zip(indices, choice, strict=True))
        found, expected = concrete(result, free), differentiated(body, variables, free)
        values = point([expected, found], entry)
        assert abs((found - expected).xreplace(values).evalf(DIGITS)) < 10 ** (10 - DIGITS)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_certified_for_symbolic_sizes(proof_of, name):
    """Laying out an entry raises where the kernel does not prove a line."""
    assert proof_of(name).chains


@pytest.mark.parametrize("name", [name for name, number in DERIVATIVES if number == 0])
def test_a_wrong_result_is_not_certified(name):
    entry = catalogue.get(name)
    assert entry.certify().kind == "proved"
    assert entry.certify_line(-entry.result).kind == "refuted"


@pytest.mark.parametrize("name", NAMES)
def test_no_line_looks_like_the_one_before(proof_of, name):
    """And each shorter text is a part of the longer one, with the same two ends."""
    shown = [proof_of(name).shown(detail) for detail in Detail]
    for brief, normal, full in zip(*(proof.chains for proof in shown), strict=True):
        for chain in (brief, normal, full):
            written = [chain.left.latex, *(line.formula.latex for line in chain.lines)]
            assert all(a != b for a, b in pairwise(written))
            assert chain.result == full.result
        formulas = [[line.formula for line in chain.lines] for chain in (brief, normal, full)]
        assert set(formulas[0]) <= set(formulas[1]) <= set(formulas[2])


def test_steps_are_sympy_equations_that_end_at_the_result():
    entry = derivations.catalogue["log-loss-gradient"]
    assert [step.left for step in entry.steps] == [entry.steps[0].left] * len(entry.steps)
    assert sympy.simplify(entry.steps[-1].right.doit() - entry.parts[0].result) == 0
    assert "\\frac{1}{m} \\sum_{i=1}^{m} (h_{i} - y_{i}) x_{i j}" in entry._repr_latex_()
    assert isinstance(entry.statement.as_sympy(), sympy.Eq)


def test_a_statement_is_not_decided_while_it_is_built():
    statement = catalogue.get("sigmoid-derivative").statement.as_sympy()
    assert isinstance(statement, sympy.Eq)
    assert statement.rhs == catalogue.get("sigmoid-derivative").result


def test_a_name_is_opened_down_to_what_it_stands_for():
    a, b = sympy.symbols("a b")
    assert opened(a + 1, [Equation(b, sympy.Integer(2)), Equation(a, b + 3)]) == 6


def test_two_entries_of_one_name_are_refused():
    entry = catalogue.get("sigmoid-derivative")
    with pytest.raises(ValueError, match="two catalogue entries are called sigmoid-derivative"):
        catalogue.by_name([entry, entry])


@pytest.mark.parametrize(
    ("name", "advice"),
    [("sigmoid-derivativ", "sigmoid-derivative"), ("unheard of", "derivations list shows all of them")],
)
def test_an_unknown_name_is_answered_with_advice(name, advice):
    with pytest.raises(KeyError, match=advice):
        catalogue.get(name)


def test_importing_the_catalogue_does_not_load_sympy():
    code = "import derivations.catalogue, derivations.language, sys; print('sympy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
