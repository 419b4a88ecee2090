"""Walking over terms: what names occur in one, and which index letters it leaves free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass

from derivations.reading.terms import BigTerm, CallTerm, IndexTerm, NameTerm, StackTerm
from derivations.reading.tree import Span


def parts(term: object) -> Iterator[object]:
    """The direct parts of a term: terms, indices, bounds and tests."""
    for name in getattr(term, "__dataclass_fields__", ()):
        yield from _flat(getattr(term, name))


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    elif is_dataclass(value) and not isinstance(value, Span):
        yield value


def everything(term: object) -> Iterator[object]:
    """A term and all that it is made of, in no promised order."""
    waiting = [term]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(parts(part))


def names_in(term: object) -> set[str]:
    """The names of tensors, functions and labels in a term."""
    return {
        part.name
        for part in everything(term)
        if isinstance(part, NameTerm | CallTerm)
        or (isinstance(part, IndexTerm) and part.arguments is not None and part.size is None)
    }


def indices_of_name(term: object, name: str) -> set[tuple[str, ...]]:
    """The letters with which a name stands in a term."""
    named = (part for part in everything(term) if isinstance(part, NameTerm) and part.name == name)
    return {tuple(index.name for index in part.indices) for part in named}


def called_names(term: object) -> set[str]:
    """The names that a term applies to arguments."""
    return {part.name for part in everything(term) if isinstance(part, CallTerm)}


def free_letters(term: object) -> dict[str, None]:
    """The index letters that a term leaves free, in order of appearance."""
    if isinstance(term, IndexTerm):
        if term.arguments is not None:
            return {name: None for argument in term.arguments for name in free_letters(argument)}
        return {} if term.value is not None else {term.name: None}
    if isinstance(term, BigTerm | StackTerm):
        found = free_letters(term.body)
        found.pop(term.bounds.index, None)
        excluded = [name for index in term.bounds.excluding for name in free_letters(index)]
        return {**found, **dict.fromkeys(excluded)}
    return {name: None for part in parts(term) for name in free_letters(part)}


def bound_letters(term: object) -> set[str]:
    """The letters that sums and products in a term bind."""
    return {part.bounds.index for part in everything(term) if isinstance(part, BigTerm | StackTerm)}
