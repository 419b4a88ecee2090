"""The kernel on right steps and on mistakes of this field, for symbolic m, n and K."""

import functions_met
import pytest
from false_identities import FALSE
from harder import HARDER
from kernel_notation import CONTEXT, claim
from traps import TRAPS
from true_identities import TRUE

from derivations.kernel import judge


@pytest.mark.parametrize("name", TRUE)
def test_a_right_step_is_proved(name):
    assert judge(claim(*TRUE[name]()), CONTEXT).kind == "proved"


@pytest.mark.parametrize("name", FALSE)
def test_a_mistake_is_refuted(name):
    assert judge(claim(*FALSE[name]()), CONTEXT).kind == "refuted"


@pytest.mark.parametrize("name", HARDER)
def test_a_hard_step_is_proved(name):
    assert judge(claim(*HARDER[name]()), CONTEXT).kind == "proved"


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_seen(name):
    allowed, sides = TRAPS[name]
    assert judge(claim(*sides()), CONTEXT).kind in allowed.split()


@pytest.mark.parametrize("name", functions_met.TRUE)
def test_a_right_step_with_a_known_function_is_proved(name):
    assert judge(claim(*functions_met.TRUE[name]()), CONTEXT).kind == "proved"


@pytest.mark.parametrize("name", functions_met.WHERE_DEFINED)
def test_a_step_that_needs_a_condition_names_it(name):
    assert judge(claim(*functions_met.WHERE_DEFINED[name]()), CONTEXT).kind == "proved-where-defined"


@pytest.mark.parametrize("name", functions_met.FALSE)
def test_a_mistake_with_a_known_function_is_refuted(name):
    assert judge(claim(*functions_met.FALSE[name]()), CONTEXT).kind == "refuted"
