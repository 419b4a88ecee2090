"""What cannot fit has no value to be compared: shapes raise, and an index of another kind proves nothing."""

from __future__ import annotations

import pytest
from kernel_notation import (
    CLASSES,
    CONTEXT,
    FEATURES,
    SAMPLES,
    W,
    by,
    c,
    claim,
    class_of,
    cost,
    delta,
    design,
    gradient,
    hessian,
    j,
    labels,
    mean,
    parameters,
    predicted,
    predictions,
    slopes,
    soft,
    softmax_cost,
    total,
    x,
    y,
)

from derivations.kernel import judge
from derivations.language.matrices import ShapeError

residual = predictions - labels

CLASHES = {
    "the design from the left": lambda: (gradient(cost), mean * (design @ residual)),
    "a row for a column": lambda: (gradient(cost), mean * (residual.transposed @ design)),
    "X S X^T for a Hessian": lambda: (hessian(cost), mean * (design @ slopes @ design.transposed)),
    "labels of samples for parameters": lambda: (design @ labels, design @ labels),
    "parameters turned": lambda: (design @ parameters.transposed, design @ parameters),
}

INDICES = {
    "labels summed over features": lambda: (total(FEATURES, lambda f: y[f]), 0),
    "labels summed over features, twice": lambda: (
        total(FEATURES, lambda f: y[f]),
        total(SAMPLES, lambda n: y[n]),
    ),
    "a feature that is a class": lambda: (delta(j, c), 0),
    "a feature that is a label": lambda: (
        by(softmax_cost, W[c, j]),
        -total(SAMPLES, lambda n: x[n, j] * (delta(j, class_of(n)) - predicted(n, c))),
    ),
    "probabilities summed over features": lambda: (total(FEATURES, lambda f: soft[f]), 1),
    "probabilities of features": lambda: (
        total(CLASSES, lambda g: soft[g]),
        total(FEATURES, lambda f: soft[f]),
    ),
}


@pytest.mark.parametrize("name", CLASHES)
def test_shapes_that_do_not_fit_are_no_claim(name):
    with pytest.raises(ShapeError):
        claim(*CLASHES[name]())


@pytest.mark.parametrize("name", INDICES)
def test_an_index_of_another_kind_proves_nothing(name):
    assert judge(claim(*INDICES[name]()), CONTEXT).kind in ("refuted", "undecided")
