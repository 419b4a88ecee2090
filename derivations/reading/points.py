"""Names that functions are applied to both bare and with a script: ``f(w)`` and ``f(w_0)``, ``h(x)`` and
``h(x^i)``, ``b(s)`` and ``b(s_i)``.

Such a w_0 is a value of w and no entry, such an x^i sample i and no power, such an s any number.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from derivations.reading.syntax import name_of, skeleton
from derivations.reading.tree import Numeral, Scripted, Symbol

if TYPE_CHECKING:
    from derivations.reading.survey import Survey


def note_arguments(survey: Survey, usual: Set[str]) -> None:
    """Note in `survey` the names that functions are applied to bare and with a script; points only of the
    functions in `usual`.
    """
    raised = any(usage.raised and usage.raised >= usage.bare for usage in survey.usages.values())
    for function, usage in list(survey.usages.items()):
        items = [group.items[0] for group in usage.applied if len(group.items) == 1]
        bare = {name_of(item) for item in items}
        for item in items:
            name = name_of(item.base) if isinstance(item, Scripted) else None
            if not isinstance(item, Scripted) or name is None or name not in bare:
                continue
            below, above = item.subscript, item.superscript
            if below is None and raised and isinstance(above, Symbol) and above.name in survey.bound:
                survey.samples |= {name} - survey.variables
            elif above is None and isinstance(below, Symbol) and survey.is_index(below.name):
                survey.of_numbers.add((function, name))
            elif above is None and isinstance(below, Numeral) and function in usual:
                entries = bool(survey.usage(name).lettered) or name in survey.by_entries
                at = {
                    skeleton(i.subscript)
                    for i in items
                    if isinstance(i, Scripted) and name_of(i.base) == name
                }
                if not entries and survey.usage(name).numbers <= at:
                    survey.points.add(name)
