"""The two sides of a relation brought to the same indices, or told not to fit."""

from __future__ import annotations

from derivations.language import Matrix, expression_text
from derivations.language.traversal import index_names
from derivations.reading.shapes import SidesDiffer


def aligned(left: Matrix, right: Matrix) -> tuple[Matrix, Matrix]:
    """Both sides by the same indices; a 0 stands for the zero vector or matrix."""
    if is_zero(right):
        right = Matrix(left.row, left.column, right.body)
    elif is_zero(left):
        left = Matrix(right.row, right.column, left.body)
    if (left.rows, left.columns) != (right.rows, right.columns):
        swapped = (left.rows, left.columns) == (right.columns, right.rows)
        raise SidesDiffer(f"the left side is {left.shape}, the right side {right.shape}", swapped)
    used = index_names(right.body)
    left = left.with_index_names(used)
    return left, Matrix(left.row, left.column, right.entry(left.row, left.column))


def is_zero(side: Matrix) -> bool:
    """Whether a side is the number 0."""
    return side.is_scalar and expression_text(side.body) == "0"
