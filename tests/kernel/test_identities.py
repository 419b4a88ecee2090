"""The kernel on right steps and on mistakes of this field, for symbolic m, n and K."""

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
