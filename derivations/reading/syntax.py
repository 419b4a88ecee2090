"""Small questions about a syntax tree: what a node is called, what is in it, what its scripts list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from derivations.reading.tree import (
    Group,
    Juxtaposition,
    Numeral,
    Span,
    Symbol,
    Syntax,
    Terms,
    Word,
    children,
)


def name_of(node: Syntax) -> str | None:
    """The name of a symbol or word, its accent and distinguishing font in front; None for anything else."""
    if isinstance(node, Symbol):
        return " ".join(part for part in (node.font, node.accent, node.name) if part)
    return node.text if isinstance(node, Word) else None


def skeleton(node: object) -> object:
    """A node without its places, for comparing what was written."""
    if isinstance(node, Syntax):
        parts = (getattr(node, f.name) for f in fields(node))
        return (type(node).__name__, *(skeleton(p) for p in parts if not isinstance(p, Span)))
    if isinstance(node, tuple):
        return tuple(skeleton(item) for item in node)
    return node


def walk(node: Syntax) -> Iterator[Syntax]:
    """A node and everything in it, outermost first."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(children(part)))


def letters(node: Syntax | None) -> list[str]:
    """The plain letters of a script such as ``ij`` or ``i,j``."""
    if isinstance(node, Symbol) and not node.accent:
        return [node.name]
    if isinstance(node, Juxtaposition):
        return [name for factor in node.factors for name in letters(factor)]
    if isinstance(node, Group) and node.kind in (",", "("):
        return [name for item in node.items for name in letters(item)]
    return []


def superscript_parts(node: Syntax | None) -> tuple[Syntax, ...]:
    """The parts of a superscript such as ``(k)\\top``."""
    if node is None:
        return ()
    if isinstance(node, Juxtaposition) and set(node.signs) <= {""}:
        return node.factors
    return (node,)


def is_transpose(node: Syntax) -> bool:
    """Whether a superscript is the sign of transposition."""
    return isinstance(node, Symbol) and node.name in ("top", "T") and not node.accent


def is_minus_one(node: Syntax) -> bool:
    """Whether a superscript is -1."""
    return (
        isinstance(node, Terms)
        and node.signs == (-1,)
        and isinstance(node.terms[0], Numeral)
        and node.terms[0].value == 1
    )
