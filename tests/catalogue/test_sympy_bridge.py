"""SymPy's expressions come in exactly as they stand, and what has no counterpart is refused."""

import pytest
import sympy
from sympy import Eq, IndexedBase, KroneckerDelta, Ne, Piecewise, Product, Rational, Sum, exp, log

from derivations.language import (
    Cardinality,
    Context,
    Declaration,
    Definition,
    Domain,
    Entry,
    IndexSet,
    IndexVariable,
    LabelDeclaration,
    expression_text,
    last,
    number,
)
from derivations.language import nodes as node
from derivations.language.functions import PI, SCALAR_FUNCTIONS
from derivations.language.sympy_bridge import (
    BridgeError,
    Rate,
    claim_from_sympy,
    definition_from_sympy,
    from_sympy,
    to_sympy,
)

M, K = IndexSet("m"), IndexSet("K")
CONTEXT = Context().with_rows(
    Declaration("a"),
    Declaration("b", domain=Domain.POSITIVE),
    Declaration("x", (M, K)),
    Declaration("z", (K,)),
    Declaration("t", (M,), domain=Domain.BIT),
    LabelDeclaration("c", (M,), K),
    Definition("p", Entry("z", (IndexVariable("k", K),)), (IndexVariable("k", K),)),
    Definition("J", number(2)),
    SCALAR_FUNCTIONS["sigma"],
    SCALAR_FUNCTIONS["tanh"],
)
a, b, J = sympy.symbols("a b J")
i, j, k = sympy.symbols("i j k", integer=True)
m, size = sympy.symbols("m K", integer=True)
x, z, t, p, c = map(IndexedBase, "xztpc")
sigma = sympy.Function("sigma")
f = sympy.Function("f")

READINGS = {
    "2*a + 1": (sympy.Add(1, sympy.Mul(2, a, evaluate=False), evaluate=False), "1 + 2*a"),
    "an unevaluated quotient": (sympy.Mul(a, sympy.Pow(a, -1), evaluate=False), "a/a"),
    "an undistributed product": (sympy.Mul(2, a + 1, evaluate=False), "2*(1 + a)"),
    "a rational": (Rational(1, 3) * a, "1/3*a"),
    "a size": (a / m * Sum(t[i], (i, 1, m)), None),
    "exp and log": (exp(a) + log(b), "exp(a) + log(b)"),
    "a sum": (Sum(x[i, j], (i, 1, m)), "sum_{i=1..m} x[i, j]"),
    "a double sum": (Sum(x[i, j], (i, 1, m), (j, 1, size)), "sum_{j=1..K} sum_{i=1..m} x[i, j]"),
    "a product": (Product(x[i, j], (i, 1, m)), "prod_{i=1..m} x[i, j]"),
    "an element": (z[2], "z[2]"),
    "a label": (x[i, c[i]], "x[i, c(i)]"),
    "a delta of a label": (KroneckerDelta(j, c[i]) * x[i, j], None),
    "a definition with an index": (p[j], "p[j]"),
    "a definition by name": (J * a, "J*a"),
    "a function": (sigma(-a), "sigma(-a)"),
    "tanh": (sympy.tanh(a), "tanh(a)"),
    "an opaque function": (f(a, b), "f(a, b)"),
    "a derivative": (sympy.Derivative(sigma(a), a), "d/da sigma(a)"),
    "a second derivative": (sympy.Derivative(f(a), (a, 2)), "d/da (d/da f(a))"),
    "e": (sympy.E * a, "exp(1)*a"),
}


@pytest.mark.parametrize("name", READINGS)
def test_expressions_are_read_as_they_stand(name):
    expression, text = READINGS[name]
    given = from_sympy(expression, CONTEXT)
    assert text is None or expression_text(given) == text


@pytest.mark.parametrize("name", READINGS)
def test_what_is_sent_out_comes_back_the_same(name):
    """Only the order of commuting parts may change on the way out, which the text sorted shows."""
    given = from_sympy(READINGS[name][0], CONTEXT)
    back = from_sympy(to_sympy(given, CONTEXT), CONTEXT)
    assert sorted(expression_text(back)) == sorted(expression_text(given))


def test_cases_over_indices_and_labels_are_read():
    by_index = Piecewise((z[i], Eq(i, j)), (-z[j], True))
    by_label = Piecewise((a, Ne(t[i], 1)), (b, True))
    given = from_sympy(by_index + z[i], CONTEXT)
    assert "i = j" in expression_text(given)
    assert from_sympy(by_label, CONTEXT).branches[0][0].equal is False


REFUSED = {
    "an undeclared name": (sympy.Symbol("unknown"), "neither declared nor defined"),
    "a float": (sympy.Float("0.1") * a, "Float"),
    "infinity": (sympy.oo, "Infinity"),
    "not a number": (sympy.nan, "NaN"),
    "the imaginary unit": (sympy.I * a, "ImaginaryUnit"),
    "a sign": (sympy.sign(sympy.Symbol("a", real=True)), "sign"),
    "an unknown function of SymPy": (sympy.zeta(a), "zeta"),
    "a shifted index": (z[i + 1], "cannot be read as an index"),
    "a wrong number of indices": (x[i], "2 indices"),
    "an index over two sets": (x[i, i], "ranges over"),
    "a computed bound": (Sum(z[k], (k, 1, size - 2)), "bounds must be"),
    "a sum that runs backwards": (Sum(z[k], (k, 1, -2)), "backwards"),
    "a sum that may run backwards": (Sum(z[k], (k, 3, size)), "backwards"),
    "an index as a number": (Sum(a * z[a], (a, 1, size)), "an index here"),
    "a free index as a number": (a * z[a], "an index here"),
    "two symbols of one name": (a + sympy.Symbol("a", positive=True), "two different SymPy symbols"),
    "a label as a number": (c[i] + 1, "is an index"),
    "a derivative by an expression": (sympy.Derivative(f(f(a)), f(a)), "cannot differentiate"),
    "a delta nobody places": (KroneckerDelta(i, j), "nothing says"),
    "an inequality as a case": (Piecewise((a, a > 0), (b, True)), "told apart"),
    "a substitution": (sympy.Subs(f(a), a, b), "Subs"),
    "a matrix": (sympy.MatrixSymbol("A", 2, 2), "MatrixSymbol"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_counterpart_is_refused(name):
    expression, message = REFUSED[name]
    with pytest.raises(BridgeError, match=message):
        from_sympy(expression, CONTEXT)


def test_an_index_means_the_same_on_both_sides_of_a_claim():
    claim = claim_from_sympy(z[i], Sum(KroneckerDelta(i, k) * z[k], (k, 1, size)), CONTEXT)
    assert expression_text(claim.right) == "sum_{k=1..K} z[k]*delta[i, k]"


def test_definitions_take_their_indices_and_parameters_from_both_sides():
    by_index = definition_from_sympy(IndexedBase("q")[k], exp(z[k]), CONTEXT)
    assert by_index.indices == (IndexVariable("k", K),)
    by_argument = definition_from_sympy(sympy.Function("g")(b), b + 1, CONTEXT)
    assert [parameter.name for parameter in by_argument.parameters] == ["b"]
    with pytest.raises(BridgeError, match="cannot define"):
        definition_from_sympy(a + b, a, CONTEXT)


def test_a_folded_definition_is_not_differentiated_to_zero():
    """SymPy takes a symbol for a constant: what a definition changes with is a `Rate`, never 0."""
    from derivations.language import Call, Derivative

    variable = IndexVariable("j", K)
    folded = Derivative(Call("p", (variable,)), Entry("z", (variable,)))
    written = to_sympy(folded, CONTEXT)
    assert isinstance(written, Rate)
    assert written.doit() == written
    assert from_sympy(written, CONTEXT) == folded


def test_a_set_that_ends_below_its_size_is_written_so():
    below, size = IndexSet("K", 1, 1), sympy.Symbol("K", integer=True, positive=True)
    index = IndexVariable("c", below)
    total = to_sympy(node.Sum(index, Entry("z", (index,))), CONTEXT)
    assert total.limits[0][2] == size - 1
    assert to_sympy(Entry("z", (last(below),)), CONTEXT).indices == (size,)
    assert to_sympy(Cardinality(below), CONTEXT) == size - 1
    assert to_sympy(PI, CONTEXT) == sympy.pi
