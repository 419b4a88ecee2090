"""The table of rules: each row says what people need, and every rule that is used is in it."""

import re

import pytest

from derivations import catalogue
from derivations.deriving.proof import Reason
from derivations.deriving.rules import RULES, Rule, by_key
from derivations.writing.safe_latex import is_safe


def test_two_rules_of_one_key_are_refused():
    with pytest.raises(ValueError, match="two rules are called sum"):
        by_key(RULES["sum"], RULES["sum"])


def test_a_reason_without_a_rule_is_refused():
    with pytest.raises(KeyError, match="magic"):
        Reason("magic")


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rule_has_words_and_a_reference(rule: Rule):
    """And a formula that LaTeX can draw, where there is one."""
    assert rule.alone
    assert rule.reference
    assert not rule.formula or is_safe(rule.formula)


def test_reasons_about_a_formula_begin_as_reasons_do(proof_of):
    """The reader takes a formula in a reason for a reason after "by" and "since" only."""
    for name in catalogue.entries():
        for chain in proof_of(name).chains:
            for line in chain.lines:
                assert "$" not in line.words or re.match("by |since ", line.words)


def test_every_rule_is_used(proof_of):
    """By a line of the catalogue; hinges, counts, constants and the rest come with users' losses."""
    used = {
        reason.rule
        for name in catalogue.entries()
        for chain in proof_of(name).chains
        for line in chain.lines
        for reason in line.reasons
    }
    assert set(RULES) - used <= {"hinge", "calculus", "constant", "count"}
