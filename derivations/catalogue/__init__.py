"""Results of logistic and softmax models, derived by SymPy's calculus and certified by the kernel.

One module a topic, each with a table `ENTRIES`; here they are found by name. SymPy is imported when the
first entry is asked for, not before.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivations.catalogue.entry import Entry

TOPICS = (
    "sigmoid",
    "likelihood",
    "log_loss",
    "least_squares",
    "softmax",
    "softmax_regression",
    "optimisation",
)
"""The modules of this folder that hold entries, in the order in which they build on each other."""


def by_name(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    """`entries` keyed by name; raises `ValueError` where two share a name."""
    table: dict[str, Entry] = {}
    for entry in entries:
        if entry.name in table:
            raise ValueError(f"two catalogue entries are called {entry.name}")
        table[entry.name] = entry
    return MappingProxyType(table)


@cache
def entries() -> Mapping[str, Entry]:
    """Every entry by its name."""
    topics = (import_module(f"derivations.catalogue.{topic}") for topic in TOPICS)
    return by_name(entry for topic in topics for entry in topic.ENTRIES)


def get(name: str) -> Entry:
    """The entry called `name`; raises `KeyError` with the nearest names where there is none."""
    try:
        return entries()[name]
    except KeyError:
        near = get_close_matches(name, entries(), n=3)
        advice = f"did you mean: {', '.join(near)}?" if near else "derivations list shows all of them"
        raise KeyError(f"no catalogue entry {name!r}; {advice}") from None


class Catalogue(ModuleType):
    """This module as a mapping: ``derivations.catalogue["log-loss-gradient"]``."""

    def __getitem__(self, name: str) -> Entry:
        """As `get`."""
        return get(name)

    def __iter__(self) -> Iterator[str]:
        """The names of all entries."""
        return iter(entries())

    def __len__(self) -> int:
        """How many entries there are."""
        return len(entries())


sys.modules[__name__].__class__ = Catalogue
