"""The reasons that a line may have: a row a rule, with formula, side conditions and a reference.

A rule explains a line to people. That the line is right is for the kernel to say, every time anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CALCULUS = "Spivak, Calculus, chapters 10 and 18"
ALGEBRA = "elementary algebra"
SUMS = "Graham, Knuth and Patashnik, Concrete Mathematics, chapter 2"
MATRICES = "Magnus and Neudecker, Matrix Differential Calculus, chapters 1 and 2"
LEARNING = "Bishop, Pattern Recognition and Machine Learning, chapter 4"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: the key, the words (before a name, and alone), the formula in LaTeX, conditions, a reference."""

    key: str
    alone: str
    formula: str
    conditions: str = ""
    reference: str = CALCULUS
    before_name: str = ""
    silent: bool = False
    """Whether it goes without saying beside another rule."""

    @property
    def words(self) -> str:
        """What is said before the name of what the rule is about."""
        return self.before_name or f"by {self.alone},"


def by_key(*rows: Rule) -> Mapping[str, Rule]:
    """The rows keyed; raises `ValueError` where two share a key."""
    table: dict[str, Rule] = {}
    for row in rows:
        if row.key in table:
            raise ValueError(f"two rules are called {row.key}")
        table[row.key] = row
    return MappingProxyType(table)


RULES = by_key(
    Rule("definition", "by definition", r"f := g,\ f = g", reference=ALGEBRA, before_name="by definition of"),
    Rule("fold", "by definition", r"f := g,\ g = f", reference=ALGEBRA, before_name="by definition of"),
    Rule("lemma", "shown before", r"f' = g", reference="an earlier theorem", before_name="since"),
    Rule(
        "sum", "a sum is differentiated term by term",
        r"(\sum_i f_i)' = \sum_i f_i'", "a finite sum", silent=True
    ),
    Rule(
        "linearity", "linearity of the derivative",
        r"(a f + b g)' = a f' + b g'", "a and b constant", silent=True
    ),
    Rule(
        "constant", "the derivative of a constant is 0",
        r"a' = 0", "a does not depend on the variable", silent=True
    ),
    Rule("product", "product rule", r"(f g)' = f' g + f g'"),
    Rule("quotient", "quotient rule", r"(f/g)' = (f' g - f g')/g^2", "g is not 0"),
    Rule("power", "power and chain rule", r"(f^a)' = a f^{a-1} f'", "f > 0, or a is a positive integer"),
    Rule("reciprocal", "derivative of the reciprocal, chain rule", r"(1/f)' = -f'/f^2", "f is not 0"),
    Rule("exp", "derivative of the exponential, chain rule", r"(e^f)' = e^f f'"),
    Rule("log", "derivative of the logarithm, chain rule", r"(\log f)' = f'/f", "f > 0"),
    Rule("hinge", "derivative of the squared hinge, chain rule", r"(\max(0, f)^2)' = 2 \max(0, f) f'"),
    Rule("chain", "chain rule", r"(f(g))' = f'(g) g'"),
    Rule("delta", "derivative of a variable", r"\partial x_i / \partial x_j = \delta_{ij}", silent=True),
    Rule("calculus", "differentiating", r"f'", reference=CALCULUS),
    Rule("count", "equal terms", r"\sum_{i=1}^m a = m a", "a does not depend on i", SUMS),
    Rule(
        "pick", "the delta picks one term", r"\sum_i f_i \delta_{ij} = f_j", "j is in the range of i",
        SUMS, silent=True
    ),
    Rule(
        "constant-factor", "constant factors", r"\sum_i a b_i = a \sum_i b_i",
        "a does not depend on i", SUMS
    ),
    Rule("assumption", "by assumption", "", "what is given", "the statement", before_name="since"),
    Rule(
        "factor", "factoring out", "a b + a c = a (b + c)",
        reference=ALGEBRA, before_name="by factoring out"
    ),
    Rule("cancel", "cancelling", r"a b / b = a", "b is not 0", ALGEBRA),
    Rule("powers", "collecting powers", r"a^b a^c = a^{b+c}", reference=ALGEBRA),
    Rule("expand", "multiplying out", "a (b + c) = a b + a c", reference=ALGEBRA),
    Rule("collect", "collecting like terms", "a + a = 2 a", reference=ALGEBRA),
    Rule("simplify", "simplifying", "", reference=ALGEBRA),
    Rule("sign", "taking the minus sign inside", "-(a - b) = b - a", reference=ALGEBRA),
    Rule("fraction", "one fraction", "a + b = (a c + b c)/c", "c is not 0", ALGEBRA),
    Rule("as-product", "as a product", "a/(b c) = (1/b) (a/c)", "b and c are not 0", ALGEBRA),
    Rule("square", "a square is not negative", r"a^2 \ge 0", reference=ALGEBRA),
    Rule(
        "variance", "the variance written in two ways",
        r"E v^2 - (E v)^2 = E (v - E v)^2", "a probability", LEARNING
    ),
    Rule("positive", "the sign of each part", r"e^a > 0", reference=ALGEBRA),
    Rule(
        "multiply", "multiplying above and below", "a/b = (a c)/(b c)", "c is not 0",
        ALGEBRA, "by multiplying above and below by"
    ),
    Rule("arrange", "in another order", "a + b = b + a", reference=ALGEBRA, silent=True),
    Rule("exp-sum", "powers of e", r"e^{a+b} = e^a e^b"),
    Rule("log-product", "logarithm of a product", r"\log(a b) = \log a + \log b", "a, b > 0"),
    Rule("log-power", "logarithm of a power", r"\log(a^b) = b \log a", "a > 0"),
    Rule("log-exp", "logarithm and exponential undo each other", r"\log e^a = a"),
    Rule("apart", "the delta is 0", r"\delta_{ij} = 0", "i and j differ", SUMS),
    Rule("case", "case by case", "", reference=ALGEBRA, before_name="since"),
    Rule("cases", "in both cases", "", "all cases", ALGEBRA),
    Rule("matrix", "in matrix notation", r"\sum_i x_{ij} r_i = (X^T r)_j", "shapes fit", MATRICES),
    Rule("distribute", "matrix products are linear", "A (b + c) = A b + A c", "shapes fit", MATRICES),
    Rule("transpose", "transposing a product", "(A b)^T = b^T A^T", "shapes fit", MATRICES),
    Rule("inverse", "a matrix and its inverse", r"A^{-1} A = I", "A is invertible", MATRICES),
    Rule("symmetry", "symmetry of the sigmoid", r"1 - \sigma(z) = \sigma(-z)", reference=LEARNING),
)  # fmt: skip
"""Every rule by its key."""
