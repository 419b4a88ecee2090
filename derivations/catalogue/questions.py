"""What people ask about these derivations, each answered by theorems of the catalogue.

An answer says in words what the theorems that it names prove; the booklet refers to them by their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its answer with formulas in dollar signs, and the entries that prove it."""

    text: str
    answer: str
    entries: tuple[str, ...]


QUESTIONS = (
    Question(
        "Is the gradient prediction minus label, or label minus prediction?",
        "The gradient of the cost is prediction minus label, and the cost is lowered by a step against it. "
        "Label minus prediction is the gradient of the log-likelihood, the negative of the cost, which is "
        "raised by a step along it.",
        ("log-loss-score-gradient", "bernoulli-log-likelihood", "gradient-descent-step"),
    ),
    Question(
        "Where does the factor 1/m come from, and where does it go?",
        "It comes from the mean in the cost and stays in front of every derivative. A cost without it has "
        "derivatives without it, and the same minimum.",
        ("log-loss-gradient", "log-loss-hessian"),
    ),
    Question(
        "Is the gradient of the penalty lambda times theta, or lambda over m times theta?",
        "Both: the first belongs to the penalty $\\frac{\\lambda}{2} \\sum_{l=1}^{n} \\theta_{l}^{2}$, "
        "the second to $\\frac{\\lambda}{2 m} \\sum_{l=1}^{n} \\theta_{l}^{2}$. An intercept is in "
        "neither of them.",
        ("log-loss-l2-gradient", "log-loss-l2-mean-gradient", "log-loss-intercept-gradient"),
    ),
    Question(
        "What is scikit-learn's C in terms of lambda?",
        "scikit-learn minimises `C` times the sum of the losses, plus half the sum of the squared weights. "
        "Divided by `C * m`, that is the mean of the losses plus the penalty above: lambda is `1 / (C * m)` "
        "in its first form, and `1 / C` in its second.",
        ("log-loss-l2-gradient", "log-loss-l2-mean-gradient"),
    ),
    Question(
        "Which product is elementwise, and which is a matrix product?",
        "Derivatives of functions that act on each score are multiplied element by element; a sum over "
        "samples or features is a matrix product. With `X` of shape (m, n) and `y`, `h` and "
        "`s = h * (1 - h)` of shape (m,), the gradient is `X.T @ (h - y) / m`, of shape (n,), and the "
        "Hessian is `X.T @ (s[:, None] * X) / m`, of shape (n, n).",
        ("log-loss-gradient", "log-loss-hessian", "softmax-regression-gradient"),
    ),
    Question(
        "Is the cost convex?",
        "The log-loss and the softmax cross-entropy are, since the quadratic form of the Hessian is a sum "
        "of squares with positive weights. The squared error of a sigmoid is not.",
        ("log-loss-convex", "softmax-convex", "squared-error-sigmoid-nonconvex"),
    ),
    Question(
        "What about 0 log 0?",
        "A sigmoid is never 0 or 1, so its logarithms are defined. Where a probability is given as 0 and "
        "its weight is 0 too, the term counts as 0, its limit; a program has to say so.",
        ("log-loss-cases", "sigmoid-bound"),
    ),
    Question(
        "Does the numeric derivative agree?",
        "Every derivative here is compared with SymPy's own at concrete sizes when the project is tested. "
        "For a program, `numeric.check_gradient` compares its gradient with differences of its value.",
        ("log-loss-gradient",),
    ),
)
"""In the order in which they come up."""
