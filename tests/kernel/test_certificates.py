"""Certificates: what a verdict on an inequality says of its proof is about that inequality, goal by goal."""

import inequality_claims as claims
import pytest
from kernel_notation import CONTEXT, Term, exp, node, p, quarter, r, s, sigma, u

from derivations.kernel import Proved, judge
from derivations.language import Claim, expression_text, negate, subtract

LOWER = {"<": True, "<=": True, ">": False, ">=": False}


def side(value):
    return node(value() if callable(value) and not isinstance(value, Term) else value)


@pytest.mark.parametrize("row", claims.TRUE[::3])
def test_a_certificate_begins_with_the_difference_of_the_sides(row):
    """Its first goal is equal to what has to be positive, strictly where the claim is strict."""
    left, relation, right = row
    claim = Claim(side(left), side(right), relation)
    verdict = judge(claim, CONTEXT)
    assert verdict.certificate is not None
    difference = subtract(claim.left, claim.right)
    difference = negate(difference) if LOWER[relation] else difference
    assert judge(Claim(verdict.certificate.value, difference), CONTEXT).kind in (
        "proved",
        "proved-where-defined",
    )
    assert verdict.certificate.strict is (relation in ("<", ">"))


def told(step, depth=0):
    value = None if step.value is None else expression_text(step.value)
    yield depth, value, step.relation, step.lemma
    for part in step.parts:
        yield from told(part, depth + 1)


def lines(left, relation, right):
    return list(told(judge(Claim(node(left), node(right), relation), CONTEXT).certificate))


def test_a_square_is_told_as_one():
    assert lines(sigma(r) * (1 - sigma(r)), "<=", quarter) == [
        (0, "1/4*(exp(r) - 1)^2/(1 + exp(r))^2", ">=", "the signs of the factors")
    ]


def test_a_tangent_is_told_with_what_it_asks_for():
    assert lines(exp(r), ">=", 1 + r) == [
        (0, "exp(r) - 1 - r", ">=", "e^r >= 1 + r"),
        (1, "0", ">=", "the signs of the terms"),
    ]


def test_parts_are_told_one_by_one():
    found = lines(exp(r) - 1 - r + 1 - p(claims.c), ">=", 0)
    assert [line[3] for line in found if line[0] == 0] == ["a sum of inequalities"]
    assert sorted(line[1] for line in found if line[0] == 1) == [
        "(sum_{k=1..K} exp(q[k]) - exp(q[c]))/(sum_{k=1..K} exp(q[k]))",
        "exp(r) - 1 - r",
    ]


def test_a_number_of_the_certificate_is_told_with_its_sign_and_a_name_of_its_own():
    verdict = judge(Claim(side(claims.lse()), node(claims.q[claims.c]), ">="), CONTEXT)
    step = verdict.certificate
    while step.parts:
        step = step.parts[0]
    assert expression_text(step.value) == "g_1"
    assert step.gaps == (("g_1", False),)


def test_equations_and_what_is_not_proved_have_no_certificate():
    equation = judge(Claim(node(u * u), node(u**2)), CONTEXT)
    assert isinstance(equation, Proved)
    assert equation.certificate is None
    assert not hasattr(judge(Claim(node(r), node(s), "<"), CONTEXT), "certificate")
