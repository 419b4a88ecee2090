"""Vectors that are written out by the entries that they have anyway: ``p = (p_1, \\dots, p_K)``."""

from __future__ import annotations

from derivations.reading.syntax import is_transpose, name_of
from derivations.reading.tree import Dots, Group, Numeral, Scripted, Syntax


def last_of_own_entries(left: Syntax, right: Syntax) -> Syntax | None:
    """The last subscript of a list that is made of a name's own entries from 1 on, None for any other."""
    if isinstance(right, Scripted) and right.subscript is None and right.superscript is not None:
        right = right.base if is_transpose(right.superscript) else right
    base = name_of(left)
    if base is None or not isinstance(right, Group) or right.kind not in ("(", "["):
        return None
    *firsts, dots, last = (None, None, *right.items)
    found = [_subscript(item, base) for item in firsts if item is not None]
    counted = [isinstance(n, Numeral) and n.value == place for place, n in enumerate(found, start=1)]
    return _subscript(last, base) if isinstance(dots, Dots) and counted and all(counted) else None


def _subscript(entry: Syntax | None, base: str) -> Syntax | None:
    """What stands below a name that has nothing else."""
    plain = isinstance(entry, Scripted) and entry.superscript is None and not entry.primes
    return entry.subscript if plain and isinstance(entry, Scripted) and name_of(entry.base) == base else None
