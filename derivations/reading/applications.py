"""Names with brackets behind them: how a function's arguments are to be understood, from all its uses.

``J(w)`` that is never written with anything else is the number J; ``s(v_i)`` is a family indexed by i;
``h(x)`` that is applied to x and to x^{(i)} takes an argument. The choice is made once, from how the whole
document writes the name, and never from what a step needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from derivations.reading.scripts import ScriptReader
from derivations.reading.syntax import name_of
from derivations.reading.terms import IndexTerm
from derivations.reading.tree import Group, Related, Scripted, Span, Symbol, Syntax

PLACE = "\N{WHITE SQUARE}"
"""Stands for an index where two ways of writing are compared."""


CLASSES = frozenset({"C", "cal C", "omega"})
"""Letters whose indexed selves, as arguments, are the classes by number."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What arguments look like once their indices are taken out, and those indices."""

    shape: tuple[object, ...]
    """One for each argument."""
    indices: tuple[IndexTerm, ...]


@dataclass(slots=True)
class Function:
    """A name that is applied: its definition's arguments, and every way in which it is written."""

    name: str
    definition: Pattern | None = None
    formals: tuple[Syntax, ...] = ()
    uses: list[Pattern] = field(default_factory=list)
    primed: bool = False
    called: bool = False
    """Whether another function calls it with its own argument."""

    @property
    def mode(self) -> str:
        """``name``, ``family``, ``parameters`` or ``opaque``."""
        patterns = [*self.uses, *([self.definition] if self.definition else [])]
        shapes = {pattern.shape for pattern in patterns}
        if (
            len(shapes) > 1
            or (self.called and self.definition is not None)
            or (self.primed and self.definition is None)
        ):
            return "opaque" if self.definition is None else "parameters"
        return "family" if any(index.value is None for p in patterns for index in p.indices) else "name"

    @property
    def varying(self) -> tuple[int, ...]:
        """The positions of the arguments that differ from use to use: not that of theta in
        ``p(y | x; \\theta)``.
        """
        patterns = [*self.uses, *([self.definition] if self.definition else [])]
        shapes = [pattern.shape for pattern in patterns]
        counts = {len(shape) for shape in shapes}
        positions = tuple(range(len(self.formals)))
        if self.called or counts != {len(positions)}:
            return positions
        fixed = {
            n for n in positions if len({shape[n] for shape in shapes}) == 1 and not _has_place(shapes[0][n])
        }
        return tuple(n for n in positions if n not in fixed) or positions

    def slots(self, pattern: Pattern) -> tuple[IndexTerm, ...] | None:
        """The indices of one use in the order of the family's; None where it is not written like the
        others.
        """
        model = self.definition or next(
            (p for p in self.uses if any(i.value is None for i in p.indices)), pattern
        )
        if len(model.indices) != len(pattern.indices):
            return None
        chosen: dict[IndexTerm, IndexTerm] = {}
        for ours, theirs in zip(model.indices, pattern.indices, strict=True):
            if chosen.setdefault(ours, theirs) != theirs:
                return None
        return tuple(chosen.values())


def _has_place(shape: object) -> bool:
    return shape == PLACE or (isinstance(shape, tuple) and any(map(_has_place, shape)))


def arguments_of(group: Group) -> tuple[Syntax, ...]:
    """The items in the brackets; what a semicolon sets off is an argument like the others."""
    return group.items


def pattern_of(items: tuple[Syntax, ...], reader: ScriptReader) -> Pattern:
    """The pattern of arguments: indices in scripts and behind ``=`` taken out."""
    indices: list[IndexTerm] = []

    def abstract_item(node: Syntax) -> object:
        found = (
            reader.indices(node) if isinstance(node, Symbol) and reader.survey.is_index(node.name) else None
        )
        if found is not None:
            indices.extend(found)
            return ("index", PLACE)
        return abstract(node)

    def abstract(node: object) -> object:
        if isinstance(node, Related):
            found = reader.indices(node.sides[-1])
            if found is not None and len(found) == 1 and len(node.sides) == 2:
                left = abstract(node.sides[0])
                indices.extend(found)
                return ("related", left, PLACE)
        if isinstance(node, Scripted):
            return _scripted(node)
        if isinstance(node, Syntax):
            parts = (getattr(node, f.name) for f in fields(node))
            return (type(node).__name__, *(abstract(p) for p in parts if not isinstance(p, Span)))
        if isinstance(node, tuple):
            return tuple(abstract(item) for item in node)
        return node

    def _scripted(node: Scripted) -> object:
        scripts = reader.read(node, elements=True, numbered=True)
        # A number below an argument is a part of its name: J(theta_0, theta_1); but P(C_1) is P(C = 1).
        classes = name_of(node.base) in CLASSES
        slots = [classes or index.value is None for index in scripts.indices]
        indices.extend(index for index, slot in zip(scripts.indices, slots, strict=True) if slot)
        places = tuple(PLACE if slot else index for index, slot in zip(scripts.indices, slots, strict=True))
        rest = (scripts.decoration, scripts.transposes, abstract(scripts.power), node.primes)
        return ("Scripted", abstract(node.base), places, *rest)

    return Pattern(tuple(abstract_item(item) for item in items), tuple(indices))
