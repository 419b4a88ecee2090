"""One law for the table of rules: what a rule keeps out is never proved, and what it grants is."""

import pytest
from kept_out import RULES

from derivations.kernel import judge


@pytest.mark.parametrize("name", RULES)
def test_a_rule_keeps_its_false_claim_out(name):
    asked = RULES[name].false
    assert judge(asked.claim, asked.context).kind in ("refuted", "undecided")


@pytest.mark.parametrize("name", RULES)
def test_what_the_rule_asks_for_is_enough(name):
    asked = RULES[name].granted
    assert judge(asked.claim, asked.context).kind == "proved"
