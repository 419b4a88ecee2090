"""Walking over terms: what names occur in one, and which index letters it leaves free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from derivations.reading.terms import BigTerm, CallTerm, IndexTerm, NameTerm, StackTerm
from derivations.reading.tree import Span


def parts(term: object) -> Iterator[object]:
    """The direct parts of a term: terms, indices, bounds and tests."""
    if not is_dataclass(term):
        return
    for one in fields(term):
        yield from _flat(getattr(term, one.name))


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    elif is_dataclass(value) and not isinstance(value, Span):
        yield value


def names_in(term: object) -> set[str]:
    """The names of tensors, functions and labels in a term."""
    found: set[str] = set()
    if isinstance(term, NameTerm | CallTerm):
        found.add(term.name)
    if isinstance(term, IndexTerm) and term.arguments is not None and term.size is None:
        found.add(term.name)
    for part in parts(term):
        found |= names_in(part)
    return found


def called_names(term: object) -> set[str]:
    """The names that a term applies to arguments."""
    found = {term.name} if isinstance(term, CallTerm) else set()
    for part in parts(term):
        found |= called_names(part)
    return found


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
    found = {term.bounds.index} if isinstance(term, BigTerm | StackTerm) else set()
    for part in parts(term):
        found |= bound_letters(part)
    return found
