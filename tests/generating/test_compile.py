"""A user's own loss becomes NumPy functions with proved derivatives that keep their digits in the tails."""

from functools import cache

import numpy
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from written_modules import functions

import derivations
from derivations import NotProvedError
from derivations.generating.stable_functions import REWRITING, RULES, Sigmoid, by_name, opened, stable
from numeric import check_gradient, log_loss

z, y, gamma = sympy.Symbol("z", real=True), sympy.Symbol("y", real=True), sympy.Symbol("gamma", positive=True)
p = 1 / (1 + sympy.exp(-z))
LOSSES = {
    "log-loss": -y * sympy.log(p) - (1 - y) * sympy.log(1 - p),
    "log-loss by logits": sympy.log(1 + sympy.exp(z)) - y * z,
    "log-loss by odds": -y * sympy.log(sympy.exp(z) / (1 + sympy.exp(z)))
    + (1 - y) * sympy.log(1 + sympy.exp(z)),
    "Poisson": sympy.exp(z) - y * z,
    "focal": -y * (1 - p) ** 2 * sympy.log(p) - (1 - y) * p**2 * sympy.log(1 - p),
    "focal with gamma": -((1 - p) ** gamma) * sympy.log(p),
    "pseudo-Huber": sympy.sqrt(1 + (z - y) ** 2) - 1,
    "exponential": sympy.exp(-y * z),
    "Brier": (p - y) ** 2,
    "hyperbolic tangent": (sympy.tanh(z) - y) ** 2,
    "log-cosh": sympy.log(sympy.cosh(z - y)),
    "squared secant": y / sympy.cosh(z) ** 2,
    "log of a tangent": -sympy.log((1 + sympy.tanh(z)) / 2) - y * sympy.log((1 - sympy.tanh(z)) / 2),
    "floats": 0.1 * z**2 + 0.5 * sympy.log(1 + sympy.exp(-y * z)),
    "a slope to be taken": sympy.Derivative(sympy.Function("sigma")(z), z),
    "named sigmoid": -y * sympy.log(sympy.Function("sigma")(z)),
    "undeclared symbols": (sympy.Symbol("z") - sympy.Symbol("y")) ** 4,
}
SETTINGS = {"z": 0.7, "y": 0.3, "gamma": 1.7}


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_every_rule_is_proved(name):
    assert REWRITING[name].certify().kind == "proved"


def test_two_rules_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two rules are called odds"):
        by_name([REWRITING["odds"]] * 2)


@pytest.mark.parametrize("name", LOSSES)
def test_every_verb_is_proved_and_agrees_with_differences(name):
    score = next(s for s in LOSSES[name].free_symbols if s.name == "z")
    compiled = derivations.compile(LOSSES[name], wrt=score)
    assert {verdict.kind for verdict in compiled.verdicts.values()} <= {"proved", "proved-where-defined"}
    scores = numpy.array([-3.0, -0.4, 0.2, 2.5])
    others = [SETTINGS[argument] for argument in compiled.arguments[1:]]
    for lower, verb in (("value", "gradient"), ("gradient", "hessian")):
        below, above = getattr(compiled, lower), getattr(compiled, verb)
        check = check_gradient(
            lambda at, below=below: below(at, *others), lambda at, above=above: above(at, *others), scores
        )
        assert check, str(check)


@pytest.mark.parametrize("name", ["log-cosh", "squared secant", "log of a tangent", "hyperbolic tangent"])
def test_hyperbolic_functions_do_not_overflow(name):
    compiled = derivations.compile(LOSSES[name], wrt=z)
    scores = numpy.array([-800.0, -40.0, 40.0, 800.0])
    for verb in ("value", "gradient", "hessian"):
        assert numpy.isfinite(getattr(compiled, verb)(scores, 0.5)).all()
    if name == "log of a tangent":
        assert compiled.gradient(40.0, 0.0) == pytest.approx(-2 * numpy.exp(-80.0))


@pytest.mark.parametrize(
    "other",
    ["exp", "sigmoid", "numpy", "lambda", "part_0", "two words", "", 'a"""b', "\\theta", "line\nbreak"],
)
def test_a_symbol_may_have_any_name(other):
    symbol = sympy.Symbol(other, real=True)
    compiled = derivations.compile(symbol * sympy.log(1 + sympy.exp(z)) / (1 + z**2), wrt=z)
    expected = 3 * numpy.log(2)
    assert compiled.value(0.0, 3.0) == pytest.approx(expected)
    assert functions(compiled.source)["value"](0.0, 3.0) == pytest.approx(expected)


@pytest.mark.parametrize("name", LOSSES)
def test_the_source_stands_alone_and_computes_the_same(name):
    score = next(s for s in LOSSES[name].free_symbols if s.name == "z")
    compiled = derivations.compile(LOSSES[name], wrt=score)
    names = functions(compiled.source)
    arguments = [numpy.array([-2.0, 0.5]), *(SETTINGS[a] for a in compiled.arguments[1:])]
    for verb in ("value", "gradient", "hessian"):
        expected = getattr(compiled, verb)(*arguments)
        numpy.testing.assert_allclose(names[verb](*arguments), expected, rtol=1e-13)


@given(st.floats(-700, 700), st.sampled_from([0.0, 1.0]))
def test_a_textbook_log_loss_keeps_its_digits(score, label):
    compiled = compiled_log_loss()
    for verb in ("value", "gradient", "hessian"):
        given_result = getattr(compiled, verb)(numpy.array([score]), label)[0]
        expected = getattr(log_loss, verb)(numpy.array([score]), numpy.array([label]))[0]
        assert given_result == pytest.approx(expected, rel=1e-14, abs=1e-320)


@cache
def compiled_log_loss():
    return derivations.compile(LOSSES["log-loss"], wrt=z)


def test_arguments_broadcast_and_the_scores_type_is_kept():
    compiled = compiled_log_loss()
    scores = numpy.zeros((3, 2), numpy.float32)
    assert compiled.arguments == ("z", "y")
    assert compiled.gradient(scores, [0, 1]).shape == (3, 2)
    assert compiled.gradient(scores, [0, 1]).dtype == numpy.float32
    value, gradient = compiled.value_and_gradient(scores, 1)
    numpy.testing.assert_allclose(value, numpy.log(2), rtol=1e-6)
    numpy.testing.assert_allclose(gradient, -0.5)


def test_wrong_arguments_of_the_verbs_are_named():
    compiled = compiled_log_loss()
    with pytest.raises(TypeError, match="expected the arguments z, y, given 1"):
        compiled.value([0.0])
    with pytest.raises(ValueError, match=r"broadcast, given z \(2,\), y \(3,\)"):
        compiled.value([0.0, 1.0], [1, 1, 1])
    with pytest.raises(TypeError, match="y: expected real numbers"):
        compiled.value([0.0], ["a"])


@pytest.mark.parametrize(
    ("loss", "wrt", "error"),
    [
        ("z**2", z, TypeError),
        (z**2, "z", TypeError),
        (y**2, z, ValueError),
        (sympy.gamma(z) * y, z, ValueError),
        (sympy.Abs(z), z, ValueError),
        (sympy.erf(z), z, ValueError),
        (sympy.Function("f")(z), z, ValueError),
        (sympy.Function("sigma")(z, y), z, ValueError),
        (z * sympy.Symbol("z"), z, ValueError),
        (sympy.Symbol("a b") * sympy.Symbol("a_b") * z, z, ValueError),
        (10**400 * z**2, z, ValueError),
        (z**2 / 10**400, z, ValueError),
        (sympy.I * z, z, ValueError),
        (sympy.Pow(-2, y) * z, z, NotProvedError),
    ],
    ids=str,
)
def test_what_cannot_be_compiled_raises(loss, wrt, error):
    with pytest.raises(error) as caught:
        derivations.compile(loss, wrt=wrt)
    assert "\n" not in str(caught.value)


def test_what_a_loss_is_made_of_is_said():
    with pytest.raises(ValueError, match=r"^loss: expected numbers, powers, exp, .*: sin has no counterpart"):
        derivations.compile(sympy.sin(z), wrt=z)
    with pytest.raises(ValueError, match="loss: expected symbols of different names, given several z"):
        derivations.compile(z * sympy.Symbol("z"), wrt=z)
    with pytest.raises(TypeError, match="wrt: expected a SymPy Symbol, given str"):
        derivations.compile(z**2, wrt="z")


def test_rewriting_finds_powers_products_and_complements():
    assert stable((1 + sympy.exp(-z)) ** -3) == Sigmoid(z) ** 3
    assert stable(y * sympy.exp(z) / (1 + sympy.exp(z))) == y * Sigmoid(z)
    assert stable(1 - p) == Sigmoid(-z)
    assert stable(3 - 3 * p) == 3 * Sigmoid(-z)
    assert stable(p - 1) == -Sigmoid(-z)
    assert stable(2 - 2 * sympy.tanh(z) ** 2) == 8 * Sigmoid(2 * z) * Sigmoid(-2 * z)
    assert stable(y * sympy.sinh(z) / sympy.cosh(z) ** 3) == y * sympy.tanh(z) / sympy.cosh(z) ** 2
    assert opened(Sigmoid(z)) == p
