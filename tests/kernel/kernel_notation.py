"""Claims written as one would say them: operators over the language, and the names that the tables share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from derivations.language import (
    Abstraction,
    Assumption,
    Call,
    Cardinality,
    Claim,
    Context,
    Declaration,
    Delta,
    Derivative,
    Domain,
    Entry,
    Exp,
    Expression,
    Index,
    IndexElement,
    IndexFunction,
    IndexSet,
    IndexVariable,
    LabelDeclaration,
    Log,
    Maximum,
    Number,
    Part,
    Power,
    Product,
    Sum,
    add,
    divide,
    matrices,
    multiply,
    negate,
    subtract,
)
from derivations.language.functions import SCALAR_FUNCTIONS, call_scalar
from derivations.language.traversal import index_names

SAMPLES, FEATURES, CLASSES = IndexSet("m"), IndexSet("n"), IndexSet("K")
WITH_INTERCEPT, TWO = IndexSet("n", 0), IndexSet(2)


@dataclass(frozen=True)
class Term:
    """An expression with operators."""

    node: Expression

    def __add__(self, other: Term | int) -> Term:
        return Term(add(self.node, node(other)))

    def __radd__(self, other: int) -> Term:
        return term(other) + self

    def __sub__(self, other: Term | int) -> Term:
        return Term(subtract(self.node, node(other)))

    def __rsub__(self, other: int) -> Term:
        return term(other) - self

    def __mul__(self, other: Term | Grid | int) -> Term | Grid:
        if isinstance(other, Grid):
            return Grid(matrices.scaled(self.node, other.matrix))
        return Term(multiply(self.node, node(other)))

    def __rmul__(self, other: int) -> Term:
        return term(other) * self

    def __truediv__(self, other: Term | int) -> Term:
        return Term(divide(self.node, node(other)))

    def __rtruediv__(self, other: int) -> Term:
        return term(other) / self

    def __pow__(self, other: Term | int) -> Term:
        return Term(Power(self.node, node(other)))

    def __neg__(self) -> Term:
        return Term(negate(self.node))


def term(value: Term | int | Fraction) -> Term:
    return value if isinstance(value, Term) else Term(Number(Fraction(value)))


def node(value: Term | int | Fraction) -> Expression:
    return term(value).node


@dataclass(frozen=True)
class Tensor:
    """A declared name: ``x[i, j]`` is an entry."""

    name: str

    def __getitem__(self, indices: Index | tuple[Index, ...]) -> Term:
        return Term(Entry(self.name, indices if isinstance(indices, tuple) else (indices,)))

    @property
    def value(self) -> Term:
        return Term(Entry(self.name))


@dataclass(frozen=True)
class Grid:
    """A matrix with operators."""

    matrix: matrices.Matrix

    def __matmul__(self, other: Grid) -> Grid:
        return Grid(matrices.product(self.matrix, other.matrix))

    def __add__(self, other: Grid) -> Grid:
        return Grid(matrices.sum_of(self.matrix, other.matrix))

    def __sub__(self, other: Grid) -> Grid:
        return self + (-other)

    def __neg__(self) -> Grid:
        return self.map(lambda entry: -entry)

    def map(self, function: Callable[[Term], Term]) -> Grid:
        return Grid(matrices.entrywise(lambda body: function(Term(body)).node, self.matrix))

    @property
    def transposed(self) -> Grid:
        return Grid(matrices.transpose(self.matrix))

    @property
    def diagonal(self) -> Grid:
        return Grid(matrices.diagonal(self.matrix))

    def inverse(self, written: str = "") -> Grid:
        return Grid(matrices.inverse(self.matrix, written))

    @property
    def trace(self) -> Term:
        return Term(matrices.trace(self.matrix).body)

    @property
    def number(self) -> Term:
        assert self.matrix.is_scalar
        return Term(self.matrix.body)


def exp(argument: Term | int) -> Term:
    return Term(Exp(node(argument)))


def log(argument: Term | int) -> Term:
    return Term(Log(node(argument)))


def _function(name: str) -> Callable[[Term], Term]:
    return lambda argument: Term(call_scalar(name, node(argument)))


sigma, softplus, tanh, sqrt = (_function(name) for name in ("sigma", "softplus", "tanh", "sqrt"))


def total(index_set: IndexSet, body: Callable[[Index], Term], *excluding: Index) -> Term:
    """The sum of ``body(index)``, its index named as none inside."""
    index = _fresh(index_set, body)
    return Term(Sum(index, body(index).node, excluding))


def largest(index_set: IndexSet, body: Callable[[Index], Term]) -> Term:
    """The maximum of ``body(index)``."""
    index = _fresh(index_set, body)
    return Term(Maximum(Abstraction((index,), body(index).node)))


def running(index_set: IndexSet, body: Callable[[Index], Term], *excluding: Index) -> Term:
    """The product of ``body(index)``."""
    index = _fresh(index_set, body)
    return Term(Product(index, body(index).node, excluding))


def _fresh(index_set: IndexSet, body: Callable[[Index], Term]) -> IndexVariable:
    names = index_names(body(IndexVariable("b", index_set)).node)
    depth = next(d for d in range(100) if not any(name == f"b{d}" for name in names))
    return IndexVariable(f"b{depth}", index_set)


def delta(left: Index, right: Index) -> Term:
    return Term(Delta(left, right))


def size(index_set: IndexSet) -> Term:
    return Term(Cardinality(index_set))


def by(body: Term, *variables: Term) -> Term:
    """The derivative, not taken, by one variable after another."""
    for variable in variables:
        assert isinstance(variable.node, Entry | Call)
        body = Term(Derivative(body.node, variable.node))
    return body


def vector(tensor: Tensor, index_set: IndexSet) -> Grid:
    return grid(index_set, None, lambda i, _: tensor[i])


def grid(rows: IndexSet | None, columns: IndexSet | None, entry: Callable[..., Term]) -> Grid:
    """The matrix with the given entries."""
    row = IndexVariable("row", rows) if rows else None
    column = IndexVariable("column", columns) if columns else None
    return Grid(matrices.Matrix(row, column, entry(row, column).node))


def claim(left: Term | Grid, right: Term | Grid | int, *assumptions: Assumption) -> Claim:
    """``left = right``; matrices entry by entry, different shapes raise `matrices.ShapeError`."""
    if isinstance(left, Grid):
        assert isinstance(right, Grid)
        difference = (left - right).matrix  # names the indices of both sides alike, or raises
        row, column = difference.row, difference.column
        return Claim(left.matrix.entry(row, column), right.matrix.entry(row, column), "=", assumptions)
    assert not isinstance(right, Grid)
    return Claim(node(left), node(right), "=", assumptions)


def _parameter(name: str, *index_sets: IndexSet, domain: Domain = Domain.REAL) -> Declaration:
    return Declaration(name, index_sets, domain, Part.PARAMETER)


CONTEXT = Context().with_rows(
    *SCALAR_FUNCTIONS.values(),
    Declaration("x", (SAMPLES, FEATURES)),
    Declaration("x0", (SAMPLES, WITH_INTERCEPT)),
    Declaration("y", (SAMPLES,), Domain.BIT),
    Declaration("sign", (SAMPLES,), Domain.SIGN),
    Declaration("Y", (SAMPLES, CLASSES), Domain.ONE_HOT),
    Declaration("hard", (CLASSES,), Domain.ONE_HOT),
    Declaration("soft", (CLASSES,), Domain.PROBABILITIES),
    Declaration("summing", (CLASSES,), Domain.SUM_ONE),
    Declaration("weights", (CLASSES,)),
    Declaration("direction", (FEATURES,)),
    LabelDeclaration("class", (SAMPLES,), CLASSES),
    LabelDeclaration("kind", (SAMPLES,), TWO),
    _parameter("theta", FEATURES),
    _parameter("theta0", WITH_INTERCEPT),
    _parameter("W", CLASSES, FEATURES),
    _parameter("W2", TWO, FEATURES),
    _parameter("q", CLASSES),
    _parameter("r"),
    _parameter("s"),
    _parameter("intercept"),
    _parameter("a", domain=Domain.UNIT),
    _parameter("u", domain=Domain.POSITIVE),
    _parameter("v", domain=Domain.POSITIVE),
    Declaration("lambda", (), Domain.POSITIVE),
    Declaration("shift"),
    Declaration("bit", (), Domain.BIT),
    Declaration("real"),
    Declaration("pm", (), Domain.SIGN),
)

x, x0, y, sign, Y = (Tensor(name) for name in ("x", "x0", "y", "sign", "Y"))
hard, soft, summing, weights, direction = (
    Tensor(name) for name in ("hard", "soft", "summing", "weights", "direction")
)
theta, theta0, W, W2, q = (Tensor(name) for name in ("theta", "theta0", "W", "W2", "q"))
r, s, intercept, a, u, v, lam, shift, bit, real, pm = (
    Tensor(name).value
    for name in ("r", "s", "intercept", "a", "u", "v", "lambda", "shift", "bit", "real", "pm")
)
i, j, k = IndexVariable("i", SAMPLES), IndexVariable("j", FEATURES), IndexVariable("k", FEATURES)
c, d, e = (IndexVariable(name, CLASSES) for name in "cde")
half, quarter = term(Fraction(1, 2)), term(Fraction(1, 4))


def class_of(sample: Index) -> IndexFunction:
    return IndexFunction("class", (sample,), CLASSES)


def kind_of(sample: Index) -> IndexFunction:
    return IndexFunction("kind", (sample,), TWO)


def element(value: int, index_set: IndexSet) -> IndexElement:
    return IndexElement(value, index_set)


def score(sample: Index) -> Term:
    return total(FEATURES, lambda f: theta[f] * x[sample, f])


def h(sample: Index) -> Term:
    return sigma(score(sample))


def slope(sample: Index) -> Term:
    return h(sample) * (1 - h(sample))


def log_loss(prediction: Term, label: Term) -> Term:
    return -(label * log(prediction) + (1 - label) * log(1 - prediction))


mean = 1 / size(SAMPLES)
cost = mean * total(SAMPLES, lambda n: log_loss(h(n), y[n]))
ridge = cost + lam / (2 * size(SAMPLES)) * total(FEATURES, lambda f: theta[f] ** 2)
margin_loss = total(SAMPLES, lambda n: log(1 + exp(-sign[n] * score(n))))
normaliser = total(CLASSES, lambda g: exp(q[g]))


def p(index: Index) -> Term:
    """The softmax of q."""
    return exp(q[index]) / normaliser


def class_score(sample: Index, index: Index) -> Term:
    return total(FEATURES, lambda f: W[index, f] * x[sample, f])


def predicted(sample: Index, index: Index) -> Term:
    return exp(class_score(sample, index)) / total(CLASSES, lambda g: exp(class_score(sample, g)))


def cross_entropy(labels: Tensor) -> Term:
    return -total(CLASSES, lambda g: labels[g] * log(p(g)))


softmax_cost = -total(
    SAMPLES, lambda n: total(CLASSES, lambda g: delta(g, class_of(n)) * log(predicted(n, g)))
)
one_hot_cost = -total(SAMPLES, lambda n: total(CLASSES, lambda g: Y[n, g] * log(predicted(n, g))))

design, parameters, labels = (
    grid(SAMPLES, FEATURES, lambda n, f: x[n, f]),
    vector(theta, FEATURES),
    vector(y, SAMPLES),
)
predictions = (design @ parameters).map(sigma)
slopes = predictions.map(lambda entry: entry * (1 - entry)).diagonal


def gradient(body: Term) -> Grid:
    return grid(FEATURES, None, lambda f, _: by(body, theta[f]))


def hessian(body: Term) -> Grid:
    return grid(FEATURES, FEATURES, lambda f, g: by(body, theta[f], theta[g]))
