"""Strict definiteness: a matrix has a positive definite Gram matrix if its columns are independent."""

import pytest
from kernel_notation import (
    CONTEXT,
    FEATURES,
    SAMPLES,
    Tensor,
    Term,
    design,
    h,
    half,
    lam,
    node,
    slope,
    term,
    total,
    x,
    y,
)

from derivations.kernel import judge
from derivations.language import Assumption, Claim, Declaration, Domain, matrices

RANK = Assumption(matrices.full_column_rank(design.matrix), "X has full column rank")
w = Tensor("w")
NONZERO, ANY = (
    CONTEXT.with_rows(Declaration("w", (FEATURES,), domain)) for domain in (Domain.NONZERO_ROW, Domain.REAL)
)


def score(n) -> Term:
    return total(FEATURES, lambda f: x[n, f] * w[f])


def form(weight=lambda n: term(1)) -> Term:
    return total(SAMPLES, lambda n: weight(n) * score(n) ** 2)


def entries(weight=lambda n: term(1)) -> Term:
    """The same entry by entry."""
    return total(
        FEATURES,
        lambda f: total(
            FEATURES, lambda g: w[f] * w[g] * total(SAMPLES, lambda n: weight(n) * x[n, f] * x[n, g])
        ),
    )


def verdict(left, relation="> 0", context=NONZERO, assumptions=(RANK,)):
    return judge(Claim(left.node, node(0), relation.split()[0], assumptions), context)


@pytest.mark.parametrize(
    "left",
    [
        form(),
        entries(),
        entries(slope),
        entries(lambda n: half + h(n)),
        form(slope) + lam * total(FEATURES, lambda f: w[f] ** 2),
    ],
)
def test_with_independent_columns_a_form_is_positive(left):
    found = verdict(left)
    assert found.kind == "proved"


def test_the_certificate_names_the_lemma_and_the_verdict_the_assumption():
    found = verdict(entries(slope))
    assert RANK.text in found.assumptions_used
    lemma = "X v is not 0 where the columns of X are independent and v is not 0"
    assert lemma in [part.lemma for part in (found.certificate, *found.certificate.parts)]


@pytest.mark.parametrize(
    ("left", "context", "assumptions"),
    [
        (form(), NONZERO, ()),  # X may be 0
        (form(), ANY, (RANK,)),  # v may be 0
        (form(lambda n: y[n]), NONZERO, (RANK,)),  # all weights may be 0
        (form(lambda n: slope(n) - half), NONZERO, (RANK,)),  # negative weights
        (total(SAMPLES, score) ** 2, NONZERO, (RANK,)),  # a sum of entries of X v may be 0
        (total(SAMPLES, lambda n: score(n) ** 3), NONZERO, (RANK,)),
        (
            total(SAMPLES, lambda n: total(FEATURES, lambda f: x[n, f] ** 2 * w[f]) ** 2),
            NONZERO,
            (RANK,),
        ),  # the squares of independent columns may be dependent
    ],
)
def test_what_may_be_0_is_not_called_positive(left, context, assumptions):
    assert verdict(left, context=context, assumptions=assumptions).kind in ("refuted", "undecided")


def test_the_form_of_independent_columns_is_not_refuted():
    assert verdict(form(), ">= 0").kind == "proved"
    assert verdict(form(), "<= 0").kind == "refuted"


def test_a_matrix_is_positive_definite():
    gram = (design.transposed @ design).matrix
    claim = Claim(gram.body, node(0), "succ", (RANK,), axes=(gram.row.name, gram.column.name))
    assert judge(claim, CONTEXT).kind == "proved"
    assert judge(Claim(gram.body, node(0), "succ", (), axes=claim.axes), CONTEXT).kind == "refuted"
