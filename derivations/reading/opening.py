"""Definitions by way of other names: ``y(x; w) = \\sigma(a)`` where ``a = w^\\top x`` stands elsewhere.

The brackets of y would not reach the x inside of a. So a is opened, and its x becomes the argument.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from derivations.reading.terms import BigTerm, CallTerm, IndexTerm, NameTerm, StackTerm, Term
from derivations.reading.tree import Span
from derivations.reading.unreadable import Unreadable
from derivations.reading.vocabulary import Spec, depends_on

MAXIMUM_DEPTH = 12
Formals = Mapping[tuple[str, tuple[IndexTerm, ...]], str]
T = TypeVar("T")


def opened(term: Term, formals: Formals, specs: dict[str, Spec]) -> Term:
    """`term` with every name that rests on a formal argument opened, and that argument put in.

    Raises `Unreadable` where a name with arguments of its own rests on it, or where letters would be caught.
    """
    names = frozenset(name for name, _ in formals)
    return _Opening(formals, names, specs).part(term, 0)


class _Opening:
    def __init__(self, formals: Formals, names: frozenset[str], specs: dict[str, Spec]) -> None:
        self.formals = formals
        self.names = names
        self.specs = specs

    def part(self, term: T, depth: int) -> T:
        """`term`, a term or anything inside of one, opened."""
        if isinstance(term, NameTerm):
            return cast(T, self._name(term, depth))
        if isinstance(term, CallTerm):
            spec = self.specs.get(term.name)
            if spec is not None and spec.definition is not None and self._rests(spec):
                raise Unreadable(term.span, f"{term.name} depends on this argument by itself: write it out")
        return _rebuilt(term, lambda inner: self.part(inner, depth))

    def _rests(self, spec: Spec) -> bool:
        return spec.definition is not None and depends_on(spec.definition.body, self.specs, self.names)

    def _name(self, term: NameTerm, depth: int) -> Term:
        for (name, own), formal in self.formals.items():
            if term.name == name and term.indices[: len(own)] == own:
                return NameTerm(term.span, formal, term.indices[len(own) :])
        spec = self.specs.get(term.name)
        if spec is None or spec.definition is None or not self._rests(spec):
            return term
        definition = spec.definition
        if depth > MAXIMUM_DEPTH or definition.parameters or len(definition.indices) != len(term.indices):
            raise Unreadable(term.span, "it depends on its argument through another name: write it out")
        letters = dict(zip(definition.indices, term.indices, strict=True))
        return self.part(_with_letters(definition.body, letters, term.span), depth + 1)


def _with_letters(term: T, letters: Mapping[str, IndexTerm], span: Span) -> T:
    """`term` with free index letters replaced; raises `Unreadable` where a sum would catch one."""
    if isinstance(term, IndexTerm) and term.value is None and term.arguments is None:
        return cast(T, letters.get(term.name, term))
    if isinstance(term, BigTerm | StackTerm):
        letters = {name: index for name, index in letters.items() if name != term.bounds.index}
        if any(index.name == term.bounds.index for index in letters.values()):
            raise Unreadable(span, f"the index {term.bounds.index} means two things here: rename one")
    return _rebuilt(term, lambda inner: _with_letters(inner, letters, span))


def _rebuilt(term: T, change: Callable[[object], object]) -> T:
    """`term` with its direct parts changed."""
    if not is_dataclass(term) or isinstance(term, type | Span):
        return term

    def changed(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(changed(item) for item in value)
        return change(value) if is_dataclass(value) and not isinstance(value, Span) else value

    return replace(term, **{f.name: changed(getattr(term, f.name)) for f in fields(term)})
