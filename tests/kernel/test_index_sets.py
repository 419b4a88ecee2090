"""Sums with shifts and holes: an intercept's 0, sets that begin at 2, K - 1 classes beside a reference."""

from __future__ import annotations

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    WITH_INTERCEPT,
    Tensor,
    Term,
    by,
    c,
    claim,
    class_of,
    delta,
    design,
    element,
    exp,
    grid,
    hard,
    i,
    log,
    node,
    normaliser,
    p,
    q,
    r,
    running,
    size,
    soft,
    term,
    theta0,
    total,
    weights,
)

from derivations.kernel import judge
from derivations.language import (
    Assumption,
    Claim,
    Declaration,
    IndexCondition,
    IndexSet,
    IndexVariable,
    Part,
    index_text,
    last,
    matrices,
)

BUT_LAST, FROM_SECOND, BETWEEN = IndexSet("K", 1, 1), IndexSet("K", 2), IndexSet("K", 2, 1)
CONTEXT = CONTEXT.with_rows(
    Declaration("eta", (BUT_LAST,), part=Part.PARAMETER),
    Declaration("M", (BUT_LAST, BUT_LAST)),
    Declaration("N", (CLASSES, CLASSES)),
)
eta, reference = Tensor("eta"), last(CLASSES)
f, g = (IndexVariable(name, BUT_LAST) for name in "fg")
odds = 1 + total(BUT_LAST, lambda b: exp(eta[b]))
zeroth = element(0, WITH_INTERCEPT)


def share(index):
    """The probability of a class that is not the reference class."""
    return exp(eta[index]) / odds


def loss(labels):
    return -total(BUT_LAST, lambda b: labels[b] * log(share(b))) - labels[reference] * log(1 / odds)


def square(name, index_set):
    return grid(index_set, index_set, lambda row, column: Tensor(name)[row, column])


TRUE = {
    "shares add up": lambda: (total(BUT_LAST, share) + 1 / odds, term(1)),
    "derivative of a share": lambda: (by(share(f), eta[g]), share(f) * (delta(f, g) - share(g))),
    "log-odds": lambda: (log(share(f) * odds), eta[f]),
    "the last term apart": lambda: (
        total(CLASSES, lambda b: q[b]),
        total(BUT_LAST, lambda b: q[b]) + q[reference],
    ),
    "all but the last probability": lambda: (total(BUT_LAST, lambda b: soft[b]), 1 - soft[reference]),
    "all but the last label": lambda: (total(BUT_LAST, lambda b: hard[b]), 1 - hard[reference]),
    "softmax against the reference": lambda: (
        exp(q[f]) / normaliser,
        exp(q[f] - q[reference]) / (1 + total(BUT_LAST, lambda b: exp(q[b] - q[reference]))),
    ),
    "softmax adds up beside it": lambda: (total(BUT_LAST, p), 1 - p(reference)),
    "softmax adds up": lambda: (
        total(CLASSES, p) + 0 * total(BUT_LAST, p),
        term(1),
    ),
    "their number": lambda: (total(BUT_LAST, lambda b: term(1)), size(CLASSES) - 1),
    "loss": lambda: (loss(soft), log(odds) - total(BUT_LAST, lambda b: soft[b] * eta[b])),
    "gradient, soft labels": lambda: (by(loss(soft), eta[g]), share(g) - soft[g]),
    "gradient, hard labels": lambda: (by(loss(hard), eta[g]), share(g) - hard[g]),
    "Hessian": lambda: (by(log(odds), eta[f], eta[g]), share(f) * (delta(f, g) - share(g))),
    "the reference picked": lambda: (total(CLASSES, lambda b: delta(b, reference) * q[b]), q[reference]),
    "the reference not among the others": lambda: (
        total(BUT_LAST, lambda b: delta(b, reference) * q[b]),
        0 * r,
    ),
    "a label among the others": lambda: (
        total(BUT_LAST, lambda b: delta(b, class_of(i))),
        1 - delta(class_of(i), reference),
    ),
    "a product apart": lambda: (
        running(CLASSES, lambda b: q[b]),
        running(BUT_LAST, lambda b: q[b]) * q[reference],
    ),
    "a product of exponentials": lambda: (
        running(BUT_LAST, lambda b: exp(q[b])),
        exp(total(BUT_LAST, lambda b: q[b])),
    ),
    "features shifted by one": lambda: (
        total(IndexSet("n", 0, 1), lambda b: theta0[b]),
        total(WITH_INTERCEPT, lambda b: theta0[b]) - theta0[last(FEATURES)],
    ),
    "the intercept apart": lambda: (
        total(WITH_INTERCEPT, lambda b: theta0[b] ** 2) - theta0[zeroth] ** 2,
        total(FEATURES, lambda b: theta0[b] ** 2),
    ),
    "from the second": lambda: (
        total(CLASSES, lambda b: q[b]) - q[element(1, CLASSES)],
        total(FROM_SECOND, lambda b: q[b]),
    ),
    "all but one": lambda: (
        total(CLASSES, lambda b: q[b] * weights[b], c),
        total(CLASSES, lambda b: q[b] * weights[b]) - q[c] * weights[c],
    ),
    "all others but one": lambda: (
        total(BUT_LAST, lambda b: q[b], f) + q[f] + q[reference],
        total(CLASSES, lambda b: q[b]),
    ),
    "a one-vs-rest sum": lambda: (
        total(CLASSES, lambda b: exp(q[b]) / normaliser, c),
        1 - p(c),
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_right_step_over_shifted_sets_is_proved(name):
    assert judge(claim(*TRUE[name]()), CONTEXT).kind == "proved"


FALSE = {
    "the last term forgotten": lambda: (total(CLASSES, lambda b: q[b]), total(BUT_LAST, lambda b: q[b])),
    "shares without the reference": lambda: (total(BUT_LAST, share), term(1)),
    "softmax without the reference": lambda: (total(BUT_LAST, p), term(1)),
    "gradient without the reference's loss": lambda: (
        by(-total(BUT_LAST, lambda b: soft[b] * log(share(b))), eta[g]),
        share(g) - soft[g],
    ),
    "labels that have any sum": lambda: (by(loss(weights), eta[g]), share(g) - weights[g]),
    "all of them counted": lambda: (total(BUT_LAST, lambda b: term(1)), size(CLASSES)),
    "a label is never the reference": lambda: (total(BUT_LAST, lambda b: delta(b, class_of(i))), term(1)),
    "probabilities but the last": lambda: (total(BUT_LAST, lambda b: soft[b]), term(1)),
    "twice the last": lambda: (
        total(BUT_LAST, lambda b: q[b]) + 2 * q[reference],
        total(CLASSES, lambda b: q[b]),
    ),
    "the first for the last": lambda: (
        total(CLASSES, lambda b: q[b]) - q[element(1, CLASSES)],
        total(BUT_LAST, lambda b: q[b]),
    ),
    "both ends, were there one class only": lambda: (
        total(BETWEEN, lambda b: q[b]) + q[element(1, CLASSES)] + q[reference],
        total(CLASSES, lambda b: q[b]),
    ),
    "the intercept as the last feature": lambda: (
        total(WITH_INTERCEPT, lambda b: theta0[b]) - theta0[zeroth],
        total(IndexSet("n", 0, 1), lambda b: theta0[b]),
    ),
    "a product without its last factor": lambda: (
        running(CLASSES, lambda b: q[b]),
        running(BUT_LAST, lambda b: q[b]),
    ),
    "all but one, twice": lambda: (
        total(CLASSES, lambda b: q[b], c),
        total(CLASSES, lambda b: q[b]) - 2 * q[c],
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_mistake_over_shifted_sets_is_refuted(name):
    assert judge(claim(*FALSE[name]()), CONTEXT).kind == "refuted"


def test_both_ends_differ_where_there_are_two():
    left, right = FALSE["both ends, were there one class only"]()
    assert judge(claim(left, right), CONTEXT.with_minimum_size("K", 2)).kind == "proved"


def test_a_sum_over_other_classes_may_be_empty():
    others = total(BUT_LAST, lambda b: exp(q[b]))
    assert judge(Claim(others.node, node(0), ">"), CONTEXT).conditions == ("K >= 2",)
    assert judge(Claim(others.node, node(0), ">="), CONTEXT).kind == "proved"
    assert judge(claim(others / others, 1), CONTEXT).kind == "proved-where-defined"


def test_a_concrete_class_beside_a_reference_needs_one_more():
    second = eta[element(2, BUT_LAST)]
    assert judge(claim(second, second), CONTEXT).conditions == ("K >= 3",)


def test_a_label_may_be_the_reference_class():
    is_reference = Assumption(IndexCondition(class_of(i), reference), "y_i = K")
    left = total(CLASSES, lambda b: delta(b, class_of(i)) * q[b])
    assert judge(claim(left, q[reference], is_reference), CONTEXT).kind == "proved"
    assert judge(claim(left, q[reference]), CONTEXT).kind == "refuted"


def test_an_inverse_over_all_classes_knows_its_last_column():
    """Were the last term of the sum forgotten, the inverse of a matrix over 1..K would be one over 1..K-1."""
    smaller, inverse = square("M", BUT_LAST), square("N", CLASSES).inverse("N").matrix

    def product(index_set):
        return total(index_set, lambda b: Tensor("N")[f, b] * Term(inverse.entry(b, g)))

    identity = Term(matrices.identity(BUT_LAST).entry(f, g))
    assert judge(claim(product(CLASSES), identity), CONTEXT).kind == "proved-where-defined"
    assert judge(claim(product(BUT_LAST), identity), CONTEXT).kind == "refuted"
    rest = Tensor("N")[f, reference] * Term(inverse.entry(reference, g))
    assert judge(claim(product(BUT_LAST) + rest, identity), CONTEXT).kind == "proved-where-defined"
    unit = Term(matrices.product(smaller.matrix, smaller.inverse("M").matrix).entry(f, g))
    assert judge(claim(unit, identity), CONTEXT).kind == "proved-where-defined"


def test_two_below_a_size_is_not_supported():
    far = IndexSet("K", 1, 2)
    found = judge(claim(total(far, lambda b: q[b]), total(far, lambda b: q[b]) + 0 * r), CONTEXT)
    assert found.kind == "undecided"


def test_shifted_sets_are_written_as_people_do():
    assert str(BUT_LAST) == "1..K-1"
    assert str(IndexSet(5, 0, 1)) == "0..4"
    assert index_text(reference) == "K"
    assert design.matrix.shape == "m x n"
