"""Inverse matrices: what is known of them, where they exist, and what must not be concluded from that."""

from __future__ import annotations

import mpmath
import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    TWO,
    WITH_INTERCEPT,
    Grid,
    Tensor,
    by,
    c,
    claim,
    cost,
    design,
    element,
    gradient,
    grid,
    half,
    hessian,
    i,
    j,
    k,
    labels,
    lam,
    mean,
    parameters,
    predictions,
    real,
    size,
    slopes,
    term,
    theta,
    total,
    u,
    vector,
    x,
    x0,
)
from kernel_oracle import Point, value

from derivations.kernel import judge
from derivations.language import (
    Assumption,
    Declaration,
    Domain,
    IndexCondition,
    Part,
    differentiate,
    matrices,
)

CONTEXT = CONTEXT.with_rows(
    Declaration("A", (FEATURES, FEATURES), part=Part.PARAMETER),
    Declaration("B", (FEATURES, FEATURES)),
    Declaration("C", (CLASSES, CLASSES)),
    Declaration("stack", (CLASSES, FEATURES, FEATURES)),
    Declaration("T", (TWO, TWO)),
    Declaration("t", (SAMPLES,)),
    Declaration("z", (FEATURES,)),
    Declaration("weight", (SAMPLES,), Domain.POSITIVE),
    Declaration("any", (SAMPLES,)),
)


def square(name, index_set=FEATURES):
    return grid(index_set, index_set, lambda row, column: Tensor(name)[row, column])


def scaled(factor, matrix):
    return matrix.map(lambda entry: factor * entry)


def identity(index_set=FEATURES):
    return Grid(matrices.identity(index_set))


A, B, C, T = square("A"), square("B"), square("C", CLASSES), square("T", TWO)
z, t = vector(Tensor("z"), FEATURES), vector(Tensor("t"), SAMPLES)
S, anyhow = (vector(Tensor(name), SAMPLES).diagonal for name in ("weight", "any"))
X, Xt = design, design.transposed
gram, weighted = Xt @ X, Xt @ S @ X
residual = predictions - labels
RANK = Assumption(matrices.full_column_rank(X.matrix), "X has full column rank")
A_EXISTS = Assumption(matrices.invertible(A.matrix), "A is invertible")
hat = X @ gram.inverse("X^T X") @ Xt
loss = size(SAMPLES) * cost


def newton(weights, of):
    """The Newton step of the logistic loss and the weighted least-squares step."""
    inverse, sign = (Xt @ of @ X).inverse("X^T S X"), residual
    return (
        parameters - inverse @ Xt @ sign,
        inverse @ Xt @ weights @ (X @ parameters - weights.inverse("S") @ sign),
    )


def verdict(sides, *assumptions):
    return judge(claim(*sides, *assumptions), CONTEXT)


symmetric = scaled(half, A + A.transposed)


def rank_one(sign):
    """``(A + z w^T)^-1`` by Sherman and Morrison, their sign being minus."""
    outer, inverse = z @ parameters.transposed, A.inverse("A")
    below = 1 + (parameters.transposed @ inverse @ z).number
    return (A + outer).inverse("A + z w^T"), inverse + scaled(sign / below, inverse @ outer @ inverse)


def left_out():
    """The inverse Gram matrix of all samples but one."""
    others = grid(FEATURES, FEATURES, lambda f, g: total(SAMPLES, lambda n: x[n, f] * x[n, g], i))
    row, inverse = grid(FEATURES, None, lambda f, _: x[i, f]), gram.inverse("X^T X")
    leverage = (row.transposed @ inverse @ row).number
    correction = scaled(1 / (1 - leverage), inverse @ row @ row.transposed @ inverse)
    return others.inverse("L"), inverse + correction


HOLDS_WHERE_INVERTIBLE = {
    "normal equation": lambda: (
        scaled(2, gram @ gram.inverse("X^T X") @ Xt @ t) - scaled(2, Xt @ t),
        (Xt @ t) - (Xt @ t),
    ),
    "a matrix and its inverse": lambda: (A @ A.inverse("A"), identity()),
    "an inverse and its matrix": lambda: (A.inverse("A") @ A, identity()),
    "inverse of a transpose": lambda: (A.transposed.inverse("A"), A.inverse().transposed),
    "inverse of a multiple": lambda: (scaled(2, A).inverse("A"), scaled(half, A.inverse())),
    "inverse of an inverse": lambda: (A.inverse("A").inverse(), A),
    "inverse of a product": lambda: ((A @ B).inverse("A B"), B.inverse("B") @ A.inverse("A")),
    "a symmetric inverse": lambda: (gram.inverse("X^T X"), gram.inverse().transposed),
    "the hat matrix is a projection": lambda: (hat @ hat, hat),
    "trace of the hat matrix": lambda: (hat.trace, size(FEATURES)),
    "Newton is IRLS": lambda: newton(S, S),
    "Newton is IRLS for the logistic loss": lambda: newton(slopes, slopes),
    "Newton's matrix is the Hessian": lambda: (
        hessian(loss).inverse("H") @ gradient(loss),
        (Xt @ slopes @ X).inverse("H") @ Xt @ residual,
    ),
    "over two classes": lambda: (T @ T.inverse("T"), identity(TWO)),
    "two by two": lambda: (T.inverse("T").trace * determinant_of_two(), T.trace),
    "a matrix of a class": lambda: (of_class(c) @ of_class(c).inverse("A_k"), identity()),
    "Sherman-Morrison": lambda: rank_one(-1),
    "a difference of inverses": lambda: (
        A.inverse("A") - B.inverse("B"),
        A.inverse() @ (B - A) @ B.inverse(),
    ),
    "one sample left out": left_out,
    "a symmetric matrix between two means": lambda: (
        (z.transposed @ symmetric.inverse("S") @ parameters).number,
        (parameters.transposed @ symmetric.inverse("S") @ z).number,
    ),
    "derivative of a quadratic form": lambda: (
        by((z.transposed @ A.inverse("A") @ z).number, Tensor("A")[j, k]),
        -(entry(A.transposed.inverse() @ z, j) * entry(A.inverse() @ z, k)),
    ),
}


def determinant_of_two():
    first, second = element(1, TWO), element(2, TWO)
    entries = Tensor("T")
    return entries[first, first] * entries[second, second] - entries[first, second] * entries[second, first]


def of_class(index):
    return grid(FEATURES, FEATURES, lambda row, column: Tensor("stack")[index, row, column])


def entry(matrix: Grid, index):
    return type(real)(matrix.matrix.entry(index, None))


@pytest.mark.parametrize("name", HOLDS_WHERE_INVERTIBLE)
def test_a_step_with_an_inverse_holds_where_there_is_one(name):
    found = verdict(HOLDS_WHERE_INVERTIBLE[name]())
    assert found.kind == "proved-where-defined"
    assert all(condition.endswith(("is invertible", "!= 0")) for condition in found.conditions)


def ridge(factor):
    return scaled(mean, gram) + scaled(factor, identity())


PROVED = {
    "ridge": lambda: (ridge(lam) @ ridge(lam).inverse() @ Xt @ t, Xt @ t),
    "push-through": lambda: (
        (gram + scaled(lam, identity())).inverse() @ Xt,
        Xt @ (X @ X.transposed + scaled(lam, identity(SAMPLES))).inverse(),
    ),
    "a diagonal of positive entries": lambda: (S.inverse(), vector_of_reciprocals().diagonal),
    "an inverse of the slopes": lambda: (slopes.inverse() @ slopes, identity(SAMPLES)),
    "the identity and a square": lambda: (
        (identity() + z @ z.transposed).inverse(),
        identity() - scaled(1 / (1 + (z.transposed @ z).number), z @ z.transposed),
    ),
    "a positive number": lambda: (scaled(u, identity()).inverse(), scaled(1 / u, identity())),
}


def vector_of_reciprocals():
    return grid(SAMPLES, None, lambda n, _: 1 / Tensor("weight")[n])


@pytest.mark.parametrize("name", PROVED)
def test_a_positive_definite_matrix_needs_no_condition(name):
    assert verdict(PROVED[name]()).kind == "proved"


@pytest.mark.parametrize(
    ("sides", "assumption"),
    [
        (lambda: (A @ A.inverse(), identity()), A_EXISTS),
        (lambda: (A.transposed @ A.transposed.inverse(), identity()), A_EXISTS),
        (lambda: (gram @ gram.inverse() @ Xt @ t, Xt @ t), RANK),
        (lambda: newton(S, S), RANK),
        (lambda: (hat.trace, size(FEATURES)), RANK),
    ],
)
def test_what_is_said_to_be_invertible_needs_no_condition(sides, assumption):
    found = verdict(sides(), assumption)
    assert found.kind == "proved"
    assert assumption.text in found.assumptions_used


@pytest.mark.parametrize(
    "sides",
    [
        lambda: (ridge(real) @ ridge(real).inverse("R") @ Xt @ t, Xt @ t),
        lambda: (anyhow.inverse("S") @ anyhow, identity(SAMPLES)),
        lambda: ((X @ Xt) @ (X @ Xt).inverse("X X^T") @ t, t),
        lambda: newton(anyhow, S),
    ],
)
def test_an_inverse_that_may_be_missing_asks_for_a_condition(sides):
    """The columns of X are independent, which says nothing of X X^T, of any weights or of any lambda."""
    found = verdict(sides(), RANK)
    assert found.kind in ("proved-where-defined", "refuted")
    assert found.kind == "refuted" or any("invertible" in condition for condition in found.conditions)


first, zeroth = element(1, WITH_INTERCEPT), element(0, WITH_INTERCEPT)
inner_gram = grid(FEATURES, FEATURES, lambda f, g: total(SAMPLES, lambda n: x0[n, f] * x0[n, g]))
outer_gram = grid(WITH_INTERCEPT, WITH_INTERCEPT, lambda f, g: total(SAMPLES, lambda n: x0[n, f] * x0[n, g]))


def row_times_inverse(index, matrix, column, index_set):
    """``sum over b of sum over i of x0[i, index] x0[i, b] matrix^-1[b, column]``."""
    inverse = matrix.inverse().matrix
    return total(
        index_set,
        lambda b: total(SAMPLES, lambda n: x0[n, index] * x0[n, b]) * type(real)(inverse.entry(b, column)),
    )


FALSE = {
    "twice the identity": lambda: (A @ A.inverse(), identity() + identity()),
    "another matrix": lambda: (A.inverse() @ B, identity()),
    "a matrix is not its transpose": lambda: (A.transposed @ A.inverse(), identity()),
    "an inverse is not symmetric": lambda: (A.inverse(), A.inverse().transposed),
    "a product the wrong way round": lambda: ((A @ B).inverse(), A.inverse() @ B.inverse()),
    "a sum": lambda: ((A + B).inverse(), A.inverse() + B.inverse()),
    "a multiple": lambda: (scaled(2, A).inverse(), scaled(2, A.inverse())),
    "an inverse by entries": lambda: (
        A.inverse(),
        grid(FEATURES, FEATURES, lambda f, g: 1 / Tensor("A")[f, g]),
    ),
    "a square": lambda: (A.inverse() @ A @ A, identity()),
    "weights forgotten": lambda: (weighted.inverse() @ gram, identity()),
    "weights twice": lambda: ((Xt @ S @ S @ X).inverse() @ weighted, identity()),
    "weights that the sum runs over": lambda: (gram.inverse() @ Xt @ S @ X, identity()),
    "Newton with a plus": lambda: (
        newton(S, S)[0],
        weighted.inverse() @ Xt @ S @ (X @ parameters + S.inverse() @ residual),
    ),
    "Newton without weights": lambda: (newton(S, S)[0], gram.inverse() @ Xt @ (X @ parameters - residual)),
    "Newton with other weights": lambda: newton(S, slopes),
    "the hat matrix is not the identity": lambda: (hat @ t, t),
    "trace of the hat matrix": lambda: (hat.trace, size(SAMPLES)),
    "a row outside the matrix": lambda: (
        row_times_inverse(zeroth, inner_gram, j, FEATURES),
        term(0),
    ),
    "a sum over a part of the matrix": lambda: (
        row_times_inverse(j, outer_gram, k, FEATURES),
        delta_of(j, k),
    ),
    "matrices of all classes": lambda: (
        total(CLASSES, lambda g: type(real)((of_class(c) @ of_class(g).inverse()).matrix.entry(j, k))),
        delta_of(j, k),
    ),
    "derivative of an inverse": lambda: (
        by(type(real)(A.inverse().matrix.entry(j, k)), Tensor("A")[j, k]),
        type(real)((-(A.inverse() @ A.inverse())).matrix.entry(j, k)),
    ),
    "two by two": lambda: (T.inverse().trace * determinant_of_two(), -T.trace),
    "Sherman-Morrison with a plus": lambda: rank_one(1),
    "a difference of inverses, turned": lambda: (
        A.inverse() - B.inverse(),
        A.inverse() @ (A - B) @ B.inverse(),
    ),
    "one sample left out, signed": lambda: (left_out()[0], left_out()[1] - gram.inverse()),
    "a matrix that is not symmetric between two means": lambda: (
        (z.transposed @ A.inverse() @ parameters).number,
        (parameters.transposed @ A.inverse() @ z).number,
    ),
    "a ridge that is missing": lambda: (ridge(lam).inverse() @ gram, identity()),
}


def delta_of(left, right):
    return type(real)(matrices.identity(FEATURES).entry(left, right))


@pytest.mark.parametrize("name", FALSE)
def test_a_mistake_with_an_inverse_is_refuted(name):
    assert verdict(FALSE[name]()).kind == "refuted"


def test_the_whole_set_of_a_matrix_counts():
    """Over 0..n the zeroth row belongs to the sum; the sum over 1..n is what is left of the identity."""
    whole = row_times_inverse(j, outer_gram, k, WITH_INTERCEPT)
    assert verdict((whole, delta_of(j, k))).kind == "proved-where-defined"
    inverse = outer_gram.inverse().matrix
    zero = total(SAMPLES, lambda n: x0[n, j] * x0[n, zeroth]) * type(real)(inverse.entry(zeroth, k))
    part = row_times_inverse(j, outer_gram, k, FEATURES)
    assert verdict((part, delta_of(j, k) - zero)).kind == "proved-where-defined"


def test_a_label_in_the_place_of_the_column_is_no_column_of_its_own():
    """In ``sum_{i,b} x[i,r] x[i,b] A^-1[b, f(i)]`` the sum over i does not make A."""
    odd = total(
        SAMPLES,
        lambda n: total(
            FEATURES,
            lambda b: x[n, j] * x[n, b] * type(real)(gram.inverse().matrix.entry(b, j)) * Tensor("t")[n],
        ),
    )
    assert verdict((odd, term(1))).kind == "refuted"


def test_a_particular_index_is_not_multiplied_away():
    """Under j = k only one entry is spoken of, so multiplying by A over all entries is not allowed."""
    same = Assumption(IndexCondition(j, k), "j = k")
    left, right = ((A @ B).inverse().matrix.entry(j, k), (A.inverse() @ B.inverse()).matrix.entry(j, k))
    assert verdict((type(real)(left), type(real)(right)), same).kind != "proved-where-defined"


def test_a_singular_matrix_has_no_model():
    nothing = grid(FEATURES, FEATURES, lambda f, g: theta[f] * theta[g] * 0)
    said = Assumption(matrices.invertible(nothing.matrix), "it is invertible")
    assert verdict((term(1), term(2)), said).kind == "undecided"
    assert verdict((term(1), term(1)), said).kind == "undecided"


def test_only_square_matrices_have_an_inverse():
    with pytest.raises(matrices.ShapeError):
        matrices.inverse(X.matrix)
    with pytest.raises(matrices.ShapeError):
        matrices.invertible(t.matrix)
    assert matrices.inverse(matrices.scalar(u.node)).is_scalar


def test_the_derivative_of_an_inverse_is_that_of_its_numbers():
    entry_of = A.inverse().matrix.entry(j, k)
    by_rule = differentiate(entry_of, Tensor("A")[j, j].node, CONTEXT)
    with mpmath.workdps(40):
        numbers = {"n": 2, "j": 1, "k": 2, "A[1,1]": 2, "A[1,2]": 1, "A[2,1]": 5, "A[2,2]": 3}
        point = Point({name: mpmath.mpf(number) for name, number in numbers.items()})
        numeric = value(by(type(real)(entry_of), Tensor("A")[j, j]).node, point)
        assert abs(value(by_rule, point) - numeric) < mpmath.mpf(10) ** -15
