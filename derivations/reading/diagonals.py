"""Diagonal matrices that are written by their entries: ``S = \\operatorname{diag}(h_i (1 - h_i))``.

The index is bound by the diagonal where it stands nowhere else in the statement. Where it does, as in
``\\operatorname{diag}(p_i) - p_i p_i^T``, what is on the diagonal is the vector of one i.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from derivations.reading.chains import Chain
from derivations.reading.survey import Survey
from derivations.reading.syntax import letters, superscript_parts, walk
from derivations.reading.tree import Group, Prefix, Scripted, Span, Syntax


def entry_letters(chains: Iterable[Chain], survey: Survey) -> dict[Span, str]:
    """The index of every diagonal that is written by its entries, by the place of the diagonal."""
    found: dict[Span, str] = {}
    for chain in chains:
        sides = [side.syntax for side in chain.sides if side.syntax is not None]
        everywhere = Counter(letter for side in sides for letter in _scripts(side))
        for node in (node for side in sides for node in walk(side)):
            if isinstance(node, Prefix) and node.name == "diag":
                inside = Counter(_scripts(node.argument))
                own = [name for name in inside if inside[name] == everywhere[name] and survey.is_index(name)]
                if len(own) == 1 == len(inside):
                    found[node.span] = own[0]
    return found


def _scripts(node: Syntax) -> Iterator[str]:
    """The letters below and in brackets above names, as often as they stand there."""
    for part in walk(node):
        if isinstance(part, Scripted):
            yield from letters(part.subscript)
            for script in superscript_parts(part.superscript):
                if isinstance(script, Group) and script.kind == "(":
                    yield from letters(script)
