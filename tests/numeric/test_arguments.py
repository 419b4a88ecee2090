"""Wrong arguments raise one clear error that names the argument, what was expected and what was given."""

import numpy
import pytest

import numeric
from numeric import (
    least_squares,
    log_loss,
    logistic_regression,
    softmax_cross_entropy,
    softmax_regression,
)

X = numpy.ones((3, 2))
Y = numpy.array([0.0, 1.0, 1.0])
THETA = numpy.zeros(2)
Z = numpy.zeros((2, 3))
NAN = numpy.nan

REJECTED = {
    "labels coded -1 and +1": (
        lambda: log_loss.value([1.0, 2.0], [-1, 1]),
        ValueError,
        r"y: .*-1 and \+1.*0 and 1.*\(y \+ 1\) / 2",
    ),
    "labels coded -1 and +1 in a regression": (
        lambda: logistic_regression.value(THETA, X, [-1, 1, 1]),
        ValueError,
        r"y: .*\(y \+ 1\) / 2",
    ),
    "labels coded -1 and +1 for a Hessian": (
        lambda: logistic_regression.hessian(THETA, X, [-1, 1, 1]),
        ValueError,
        r"y: .*\(y \+ 1\) / 2",
    ),
    "a label above 1": (lambda: log_loss.gradient([1.0], [1.5]), ValueError, r"y: .*\[0, 1\].*1\.5"),
    "a label that is NaN": (lambda: log_loss.hessian([1.0], [NAN]), ValueError, "y: .*NaN"),
    "labels of another shape": (
        lambda: log_loss.value([1.0, 2.0], [1.0]),
        ValueError,
        r"y: expected shape \(2,\), given \(1,\)",
    ),
    "no scores": (lambda: log_loss.value([], []), ValueError, "z: expected at least one"),
    "text": (lambda: numeric.sigmoid(["a"]), TypeError, "z: expected real numbers"),
    "complex numbers": (lambda: numeric.softmax([1j, 2]), TypeError, "z: expected real numbers"),
    "ragged rows": (lambda: numeric.softmax([[1.0], [1.0, 2.0]]), ValueError, "z: .*rectangular"),
    "a scalar softmax": (lambda: numeric.softmax(1.0), ValueError, "z: expected at least one class"),
    "out of another shape": (
        lambda: numeric.sigmoid(Y, out=numpy.empty(2)),
        ValueError,
        r"out: expected shape \(3,\), given \(2,\)",
    ),
    "out of another type": (
        lambda: numeric.sigmoid(Y, out=numpy.empty(3, numpy.float32)),
        TypeError,
        "out: expected float64, given float32",
    ),
    "out that is a list": (lambda: numeric.sigmoid(Y, out=[0.0] * 3), TypeError, "out: .*given list"),
    "X without rows": (
        lambda: logistic_regression.value(THETA, X[:0], Y[:0]),
        ValueError,
        r"X: expected at least one row, given shape \(0, 2\)",
    ),
    "X with one dimension": (
        lambda: logistic_regression.value(THETA, Y, Y),
        ValueError,
        r"X: expected two dimensions, given shape \(3,\)",
    ),
    "theta without the intercept": (
        lambda: logistic_regression.gradient(THETA, X, Y, intercept=True),
        ValueError,
        r"theta: expected shape \(3,\), given \(2,\)",
    ),
    "X transposed": (
        lambda: logistic_regression.gradient(THETA, X.T, Y),
        ValueError,
        r"theta: expected shape \(3,\), given \(2,\)",
    ),
    "a direction of another size": (
        lambda: logistic_regression.hessian_product(THETA, Y, X, Y),
        ValueError,
        r"p: expected shape \(2,\), given \(3,\)",
    ),
    "a negative penalty": (
        lambda: logistic_regression.value(THETA, X, Y, l2=-1),
        ValueError,
        "l2: expected a finite number >= 0, given -1",
    ),
    "a penalty that is no number": (
        lambda: logistic_regression.value(THETA, X, Y, l2="strong"),
        TypeError,
        "l2: expected a number, given str",
    ),
    "negative weights": (
        lambda: logistic_regression.value(THETA, X, Y, sample_weight=[1, -1, 2]),
        ValueError,
        "sample_weight: expected finite weights >= 0",
    ),
    "weights that are NaN": (
        lambda: logistic_regression.value(THETA, X, Y, sample_weight=[1, NAN, 2]),
        ValueError,
        "sample_weight: expected finite weights >= 0",
    ),
    "weights that are all zero": (
        lambda: logistic_regression.value(THETA, X, Y, sample_weight=[0, 0, 0]),
        ValueError,
        "sample_weight: expected finite weights >= 0",
    ),
    "an infinite weight": (
        lambda: least_squares.value(THETA, X, Y, sample_weight=[1, numpy.inf, 2]),
        ValueError,
        "sample_weight: .*given inf",
    ),
    "weights of another length": (
        lambda: softmax_regression.value(numpy.zeros((2, 2)), X, [0, 1, 1], sample_weight=[1, 2]),
        ValueError,
        r"sample_weight: expected shape \(3,\), given \(2,\)",
    ),
    "a penalty that is NaN": (
        lambda: least_squares.gradient(THETA, X, Y, l2=NAN),
        ValueError,
        "l2: expected a finite number >= 0, given nan",
    ),
    "objects": (
        lambda: logistic_regression.value(THETA, X.astype(object), Y),
        TypeError,
        "X: expected real numbers, given an array of object",
    ),
    "a label that is infinite": (
        lambda: logistic_regression.gradient(THETA, X, [0, 1, numpy.inf]),
        ValueError,
        r"y: expected labels in \[0, 1\], given inf",
    ),
    "a target that is NaN": (
        lambda: least_squares.hessian(THETA, X, [0, 1, NAN]),
        ValueError,
        "y: expected real numbers, given NaN",
    ),
    "a theta for no number of classes": (
        lambda: softmax_regression.value(numpy.zeros(3), X, [0, 1, 1]),
        ValueError,
        r"theta: expected shape \(K, 2\) or K \* 2 entries, given \(3,\)",
    ),
    "a class that theta does not have": (
        lambda: softmax_regression.hessian(numpy.zeros((2, 2)), X, [0, 1, 2]),
        ValueError,
        r"y: expected class indices in 0\.\.1, given 2",
    ),
    "soft labels of other classes": (
        lambda: softmax_regression.gradient(numpy.zeros((2, 2)), X, numpy.eye(3)),
        ValueError,
        r"y: expected shape \(3, 2\), given \(3, 3\)",
    ),
    "a direction that is flat where theta is not": (
        lambda: softmax_regression.hessian_product(numpy.zeros((2, 2)), numpy.zeros(4), X, [0, 1, 1]),
        ValueError,
        r"p: expected shape \(2, 2\), given \(4,\)",
    ),
    "text for probabilities": (lambda: numeric.logit(["a"]), TypeError, "p: expected real numbers"),
    "no classes to add": (lambda: numeric.logsumexp([]), ValueError, "z: expected at least one class"),
    "a class beyond the last": (
        lambda: softmax_cross_entropy.value(Z, [0, 3]),
        ValueError,
        r"y: expected class indices in 0\.\.2, given 3",
    ),
    "a class below the first": (
        lambda: softmax_cross_entropy.value(Z, [-1, 0]),
        ValueError,
        r"y: expected class indices in 0\.\.2, given -1",
    ),
    "a class that overflows": (
        lambda: softmax_cross_entropy.value(Z, numpy.array([2**64 - 1, 0], numpy.uint64)),
        ValueError,
        r"y: expected class indices in 0\.\.2, given 18446744073709551615",
    ),
    "fractional classes": (lambda: softmax_cross_entropy.value(Z, [0.5, 1]), ValueError, "y: .*whole"),
    "classes that are NaN": (lambda: softmax_cross_entropy.value(Z, [NAN, 1]), ValueError, "y: .*whole"),
    "boolean classes": (
        lambda: softmax_cross_entropy.value(Z, [True, False]),
        TypeError,
        "y: expected class indices, given booleans",
    ),
    "rows that do not sum to 1": (
        lambda: softmax_cross_entropy.gradient(Z, [[0.5, 0.5, 0.5], [1, 0, 0]]),
        ValueError,
        "y: expected rows with sum 1.*0.5",
    ),
    "a negative probability": (
        lambda: softmax_cross_entropy.gradient(Z, [[1.5, -0.5, 0], [1, 0, 0]]),
        ValueError,
        r"y: expected labels in \[0, 1\]",
    ),
    "too few labels": (
        lambda: softmax_cross_entropy.hessian(Z, [0]),
        ValueError,
        r"y: expected shape \(2,\), given \(1,\)",
    ),
    "scores without rows": (
        lambda: softmax_cross_entropy.value(Z[:0], []),
        ValueError,
        "z: expected at least one row",
    ),
    "masked entries": (
        lambda: logistic_regression.value(THETA, numpy.ma.masked_equal(X, 1), Y),
        ValueError,
        "X: expected no masked entries",
    ),
    "masked labels": (
        lambda: softmax_cross_entropy.value(Z, numpy.ma.masked_equal([0, 1], 1)),
        ValueError,
        "y: expected no masked entries",
    ),
    "a sparse matrix, or what else is no array": (
        lambda: logistic_regression.value(THETA, {1.0, 2.0}, Y),
        TypeError,
        "X: expected real numbers, given set",
    ),
    "no direction": (
        lambda: logistic_regression.hessian_product(THETA, None, X, Y),
        TypeError,
        "p: expected real numbers, given NoneType",
    ),
    "no columns for classes": (
        lambda: softmax_regression.value(numpy.zeros((3, 0)), X[:, :0], [0, 1, 2]),
        ValueError,
        r"X: expected at least one column, given shape \(3, 0\)",
    ),
    "an intercept that is a word": (
        lambda: logistic_regression.value(THETA, X, Y, intercept="no"),
        TypeError,
        "intercept: expected True or False, given str",
    ),
    "a penalty written out": (
        lambda: logistic_regression.value(THETA, X, Y, l2="1"),
        TypeError,
        "l2: expected a number, given str",
    ),
    "a penalty beyond all floats": (
        lambda: logistic_regression.value(THETA, X, Y, l2=10**400),
        ValueError,
        "l2: expected a finite number >= 0, given inf",
    ),
    "a read-only out": (
        lambda: numeric.sigmoid(Y, out=numpy.broadcast_to(0.0, 3)),
        ValueError,
        "out: expected a writeable array",
    ),
    "a value that is no function": (
        lambda: numeric.check_gradient("f", numpy.ones_like, [1.0]),
        TypeError,
        "value: expected a function, given str",
    ),
    "complex values": (
        lambda: numeric.check_gradient(lambda x: 1j * x[0], numpy.ones_like, [1.0]),
        TypeError,
        r"value\(x\): expected real numbers, given complex",
    ),
    "a tolerance that is no number": (
        lambda: numeric.check_gradient(numpy.sum, numpy.ones_like, [1.0], tolerance="small"),
        TypeError,
        "tolerance: expected a number, given str",
    ),
    "scores without classes": (
        lambda: softmax_cross_entropy.value(Z[:, :0], [0, 0]),
        ValueError,
        "z: expected at least one class",
    ),
}


@pytest.mark.parametrize("case", REJECTED)
def test_wrong_arguments_are_named(case):
    call, error, message = REJECTED[case]
    with pytest.raises(error, match=message) as caught:
        call()
    assert "\n" not in str(caught.value)
