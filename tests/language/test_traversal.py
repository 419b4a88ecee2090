"""Walking over expressions: whatever names the parts of a node names the same ones, in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivations.language import Derivative, Expression
from derivations.language.traversal import parts, rebuild, subexpressions
from derivations.reading import read

DOCUMENTS = sorted(Path(__file__).parent.parent.joinpath("documents").glob("*.md"))


def rebuilt(expression: Expression) -> tuple[Expression, ...]:
    """The parts that are transformed where the node is put together again."""
    found: list[Expression] = []

    def note(part: Expression) -> Expression:
        found.append(part)
        return part

    assert rebuild(expression, note) == expression
    return tuple(found)


def nested(expression: Expression) -> list[Expression]:
    """Everything in `expression`, by plain recursion."""
    below = [*rebuilt(expression), *([expression.variable] if isinstance(expression, Derivative) else [])]
    return [expression, *(node for part in below for node in nested(part))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_walk_sees_the_same(path: Path) -> None:
    """In all claims of all documents."""
    claims = [s.claim for s in read(path.read_text("utf-8"), "md").statements if s.claim is not None]
    for expression in (side for claim in claims for side in (claim.left, claim.right)):
        assert list(subexpressions(expression)) == nested(expression)
        for node in subexpressions(expression):
            assert parts(node) == rebuilt(node)
