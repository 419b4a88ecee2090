"""Every entry of the catalogue is right: calculus on concrete sizes agrees, and the kernel proves it."""

import subprocess
import sys
from itertools import cycle, product

import pytest
import sympy

from derivations import catalogue
from derivations.catalogue.entry import Equation
from derivations.language import Domain

NAMES = tuple(catalogue.entries())
KNOWN = tuple(name for name in NAMES if isinstance(catalogue.get(name).left, sympy.Derivative))
"""Entries whose first statement is a derivative."""
SIZES = {"m": 2, "n": 3, "K": 3}
DIGITS = 40
PRIMES = tuple(sympy.primerange(400))


def concrete(expression, entry, free):
    """`expression` with sizes and free indices as numbers, definitions opened and sums written out."""
    for row in reversed(entry.definitions):
        expression = opened(expression, row)
    expression = expression.subs({s: SIZES[s.name] for s in expression.free_symbols if s.name in SIZES})
    return expression.subs(free).doit(deep=True)


def opened(expression, row: Equation):
    if isinstance(row.left, sympy.Indexed):
        (index,) = row.left.indices
        return expression.replace(
            lambda part: isinstance(part, sympy.Indexed) and part.base == row.left.base,
            lambda part: row.right.xreplace({index: part.indices[0]}),
        )
    return expression.replace(row.left.func, lambda argument: row.right.subs(row.left.args[0], argument))


def differentiated(entry, free):
    """The left-hand side by SymPy's calculus, once every sum is written out: no index is left to confuse."""
    body = concrete(entry.left.expr, entry, free)
    for variable, count in entry.left.variable_count:
        body = body.diff(variable.subs(free), count)
    return body


def point(expressions, entry):
    """Rational values for every entry, inside the declared domains."""
    places = set().union(*(e.atoms(sympy.Indexed) or e.free_symbols for e in expressions))
    places = sorted((p for p in places if not isinstance(p, sympy.IndexedBase)), key=str)
    values = {p: sympy.Rational(PRIMES[n], 7) - 2 for n, p in enumerate(places)}
    domains = {row.name: row.domain for row in entry.declarations}
    labels = sorted((p for p in places if str(p).startswith("y")), key=str)
    if domains.get("y") is Domain.ONE_HOT:
        values |= {p: sympy.Integer(n == 1) for n, p in enumerate(labels)}
    elif domains.get("y") is Domain.SUM_ONE:
        shares = (sympy.Rational(1, 2), sympy.Rational(1, 3), sympy.Rational(1, 6))
        values |= dict(zip(labels, cycle(shares), strict=False))
    return values


def free_indices(entry):
    symbols = entry.left.free_symbols | entry.result.free_symbols
    used = [s for s in symbols if isinstance(s, sympy.Symbol) and s.name in ("j", "k", "e", "f")]
    return sorted(used, key=str)


def test_the_catalogue_has_the_entries_that_people_ask_for():
    assert set(NAMES) <= set(catalogue.entries())


@pytest.mark.parametrize("name", NAMES)
def test_every_line_agrees_with_calculus_on_concrete_sizes(name):
    entry = catalogue.get(name)
    indices = free_indices(entry)
    for choice in product((1, 2), repeat=len(indices)):
        free = dict(zip(indices, choice, strict=True))
        lines = [concrete(line, entry, free) for line in entry.lines]
        expected = differentiated(entry, free)
        values = point([expected, *lines], entry)
        for line in lines:
            assert abs((line - expected).xreplace(values).evalf(DIGITS)) < 10 ** (10 - DIGITS)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_certified_for_symbolic_sizes(name):
    entry = catalogue.get(name)
    assert entry.certify().kind == "proved"
    assert {entry.certify_line(line).kind for line in entry.lines} == {"proved"}


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_result_is_not_certified(name):
    entry = catalogue.get(name)
    assert entry.certify_line(-entry.result).kind == "refuted"


@pytest.mark.parametrize("name", NAMES)
def test_latex_shows_statement_lines_and_definitions(name):
    entry = catalogue.get(name)
    shown = entry.latex()
    assert shown.count("&=") == len(entry.lines)
    for part in (entry.left, *entry.lines, *(row.right for row in entry.definitions)):
        assert sympy.latex(part) in shown
    for opening, closing in (("{", "}"), (r"\left", r"\right"), (r"\begin", r"\end")):
        assert shown.count(opening) == shown.count(closing)


def test_a_statement_is_not_decided_while_it_is_built():
    statement = catalogue.get("sigmoid-derivative").statement.as_sympy()
    assert isinstance(statement, sympy.Eq)
    assert statement.rhs == catalogue.get("sigmoid-derivative").result


def test_two_entries_of_one_name_are_refused():
    entry = catalogue.get("sigmoid-derivative")
    with pytest.raises(ValueError, match="two catalogue entries are called sigmoid-derivative"):
        catalogue.by_name([entry, entry])


def test_an_unknown_name_is_answered_with_near_ones():
    with pytest.raises(KeyError, match="sigmoid-derivative"):
        catalogue.get("sigmoid-derivativ")


def test_importing_the_catalogue_does_not_load_sympy():
    code = "import derivations.catalogue, derivations.language, sys; print('sympy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
