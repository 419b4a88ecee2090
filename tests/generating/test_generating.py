"""Generated kernels are reproducible, and every rewriting in them is an equality that the kernel proves."""

from pathlib import Path

import mpmath
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Abs, Max, exp, log

import numeric.kernels
from derivations.catalogue.entry import Equation
from derivations.catalogue.symbols import z
from derivations.generating.modules import sources, write
from derivations.generating.recipes import MODULES, Recipe, both_signs
from derivations.generating.stability import ROWS, STABILITY, StabilityRow, by_name
from derivations.generating.straight_line import UnprintableError, straight_line

COMMITTED = Path(numeric.kernels.__file__).parent
VALUES = {"z": 0.7, "y": 1.0, "own": 0.3, "others": 2.5, "b": 1.5, "p": 0.6}


def test_committed_kernels_are_what_the_generator_writes(tmp_path):
    written = {path.name: path.read_bytes() for path in write(tmp_path)}
    committed = {path.name: path.read_bytes() for path in COMMITTED.glob("*.py")}
    del committed["__init__.py"]
    assert written == committed


def test_generated_modules_say_so_first():
    assert all("generated, do not edit" in source.splitlines()[0] for source in sources().values())


@pytest.mark.parametrize("name", STABILITY)
def test_every_stability_row_is_proved(name):
    assert STABILITY[name].certify().kind == "proved"


def test_a_false_row_is_not_proved():
    row = StabilityRow("wrong", log(1 + exp(z)), z + log(1 + exp(z)), "nowhere")
    assert row.certify().kind == "refuted"


def test_every_stability_row_is_used_or_states_what_blocks_rely_on():
    used = {row.name for recipes in MODULES.values() for recipe in recipes for row in recipe.rows}
    assert set(STABILITY) - used == {"softmax-shift", "logsumexp-shift"}


def meaning(expression):
    """`expression` with the sigmoid opened and sums over classes taken for two classes."""
    expression = expression.replace(sympy.Function("sigma", real=True), lambda v: 1 / (1 + exp(-v)))
    expression = expression.subs(sympy.Symbol("K", integer=True, positive=True), 2).doit()
    return expression.replace(sympy.Indexed, lambda base, index: 2 - index / sympy.Integer(3))


@pytest.mark.parametrize("name", STABILITY)
@pytest.mark.parametrize("label", [0, 1])
@pytest.mark.parametrize("sign", [-1, 1])
def test_every_stability_row_holds_in_numbers(name, sign, label):
    row = STABILITY[name]
    values = {**VALUES, "z": sign * 0.7, "y": label, "k": 1}
    sides = []
    for side in (row.left, row.written_out()):
        side = meaning(side)
        sides.append(side.subs({s: values[s.name] for s in side.free_symbols}).evalf(30))
    assert abs(sides[0] - sides[1]) < 1e-14


@given(st.floats(-30, 30), st.sampled_from([0.0, 0.25, 1.0]))
def test_both_signs_in_one_expression_mean_the_two_rows(score, label):
    for recipe in (recipe for recipes in MODULES.values() for recipe in recipes):
        for names in recipe.outputs.values():
            if len(names) == 2:
                rows = [STABILITY[name] for name in names]
                chosen = rows[score < 0].written_out()
                values = {z: mpmath.mpf(score), sympy.Symbol("y", real=True): mpmath.mpf(label)}
                difference = (both_signs(*rows) - chosen).subs(values)
                assert abs(difference.evalf(30)) < 1e-12


def test_rows_of_different_formulas_are_not_merged():
    with pytest.raises(ValueError, match="rewrite different formulas"):
        both_signs(STABILITY["softplus-nonnegative"], STABILITY["sigmoid-negative"])


def test_two_rows_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two stability rows are called sigmoid-bounded"):
        by_name([ROWS[0], ROWS[0]])


def test_what_is_shared_is_computed_once():
    code = straight_line({"value": log(1 + exp(z)), "gradient": exp(z) / (1 + exp(z))})
    assert sum(line.startswith("exp(") for line in code.lines) == 1


def test_scratch_is_used_again():
    code = straight_line({"out": exp(exp(exp(z)))})
    assert code.scratch == 1
    assert code.lines == ("exp(z, scratch_0)", "exp(scratch_0, scratch_0)", "exp(scratch_0, out)")


def test_log_of_one_plus_a_decaying_exponential_does_not_overflow():
    """SymPy's own rewriting rule would print ``log1p(exp(z)) - z``."""
    code = straight_line({"out": log(1 + exp(-Abs(z)))})
    assert code.lines[-2:] == ("exp(scratch_0, scratch_0)", "log1p(scratch_0, out)")


def test_maximum_names_its_output():
    """NumPy deprecates the third positional argument of maximum."""
    assert straight_line({"out": Max(z, 0)}).lines == ("maximum(z, 0, out=out)",)


@pytest.mark.parametrize("expression", [sympy.gamma(z), z**3, z + exp(z) + 1], ids=str)
def test_what_has_no_straight_line_raises(expression):
    with pytest.raises(UnprintableError):
        straight_line({"out": expression})


def test_an_abbreviation_that_is_an_input_stays():
    recipe = Recipe("probability", ("own", "total"), {"out": ("softmax-total",)}, "")
    assert {symbol.name for symbol in recipe.expressions()["out"].free_symbols} == {"own", "total"}


def test_abbreviations_are_written_out_from_the_last_to_the_first():
    t, q = sympy.symbols("t q", real=True)
    row = StabilityRow("nested", z, q, "", (Equation(t, exp(z)), Equation(q, t + 1)))
    assert row.written_out() == exp(z) + 1
