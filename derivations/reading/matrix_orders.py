"""The order between matrices, ``A \\preceq B``, and inequalities of vectors: what an order sign means for the
shapes of its sides.

Between square matrices ``\\preceq`` compares quadratic forms; the signs ``<=`` and ``<`` compare numbers, and
vectors entry by entry. Whatever has two meanings in the books is asked for: ``A \\geq B`` between matrices,
``x \\succeq 0`` of a vector.
"""

from __future__ import annotations

from derivations.language import Expression, Matrix
from derivations.reading.build import Builder
from derivations.reading.sides import aligned, is_zero
from derivations.reading.supposed_orders import CURVATURES, NUMERIC_ORDERS
from derivations.reading.terms import NumberTerm, Term
from derivations.reading.tree import Span
from derivations.reading.unreadable import Unreadable

LOEWNER = frozenset({"preceq", "succeq", "prec", "succ"})
"""The order of quadratic forms between symmetric matrices."""


def compared(
    left: Matrix, relation: str, right: Matrix, builder: Builder, span: Span
) -> tuple[Matrix, str, Matrix]:
    """Both sides by the same indices, with the relation that compares them.

    Raises `Unreadable` where authors differ on what the relation says of such sides.
    """
    if relation in CURVATURES:
        relation = CURVATURES[relation][not left.is_scalar]
    if relation in LOEWNER:
        left, right = _as_matrices(left, right, span)
        return left, relation, right
    if relation in NUMERIC_ORDERS:
        for side in (left, right):
            if side.row is not None and side.column is not None:
                raise Unreadable(
                    span,
                    "is this inequality between matrices one of entries or of quadratic forms? "
                    "Write \\preceq for the latter, or the entries with their indices",
                )
        if left.is_scalar != right.is_scalar:
            builder.note("the inequality is read entry by entry")
            left, right = _spread(left, right), _spread(right, left)
    left, right = aligned(left, right)
    return left, relation, right


def of_one_shape(left: Term, relation: str, right: Term) -> tuple[Term, Term]:
    """The sides of a relation that tell each other their shapes: a 0 beside a matrix tells none."""
    for side, other in ((left, right), (right, left)):
        if relation in (*LOEWNER, *CURVATURES) and isinstance(side, NumberTerm) and not side.value:
            return other, other
    return left, right


def _as_matrices(left: Matrix, right: Matrix, span: Span) -> tuple[Matrix, Matrix]:
    if left.is_scalar and right.is_scalar:
        raise Unreadable(span, "\\preceq compares matrices: write \\leq, or say what is a matrix")
    for side, other in ((left, right), (right, left)):
        if side.is_scalar and not is_zero(side):
            raise Unreadable(span, f"a number is compared with a {other.shape} matrix: write it times I")
        if not side.is_scalar and not side.is_square:
            raise Unreadable(span, f"\\preceq compares square matrices, and one side is {side.shape}")
    return aligned(left, right)


def _spread(side: Matrix, other: Matrix) -> Matrix:
    """A number as a vector like `other`."""
    body: Expression = side.body
    return Matrix(other.row, other.column, body) if side.is_scalar else side
