"""The table of inequalities: what is true is proved, what is false is refuted, each by the public judge."""

import inequality_claims as claims
import pytest
from kernel_notation import CONTEXT, Term, node

from derivations.kernel import judge
from derivations.language import Claim, Expression


def side(value) -> Expression:
    return node(value() if callable(value) and not isinstance(value, Term) else value)


def verdict(row):
    left, relation, right = row
    return judge(Claim(side(left), side(right), relation), CONTEXT)


@pytest.mark.parametrize("row", claims.TRUE)
def test_a_true_inequality_is_proved(row):
    assert verdict(row).kind == "proved"


@pytest.mark.parametrize("row", claims.FALSE)
def test_a_false_inequality_is_refuted(row):
    assert verdict(row).kind == "refuted"


TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@pytest.mark.parametrize("row", claims.TRUE)
def test_the_contrary_of_a_true_inequality_is_never_proved(row):
    left, relation, right = row
    assert verdict((left, TURNED[relation], right)).kind in ("refuted", "undecided")
