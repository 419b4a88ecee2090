"""Which names are functions, and how every one of them is written across the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivations.reading.applications import Function, arguments_of, pattern_of
from derivations.reading.calls import application_of, holds_itself
from derivations.reading.drafts import Draft
from derivations.reading.heads import key_of
from derivations.reading.scripts import Scripts
from derivations.reading.survey import KNOWN_FUNCTIONS
from derivations.reading.syntax import skeleton, walk
from derivations.reading.tree import Group, Juxtaposition, Operator, Scripted, Syntax
from derivations.reading.vocabulary import Vocabulary


def function_key(base: str, node: Syntax, group: Group, vocabulary: Vocabulary) -> str:
    """The name of a function without the indices of its argument."""
    scripts = Scripts()
    if isinstance(node, Scripted):
        scripts = vocabulary.reader.read(node, elements=False, numbered=vocabulary.numbered(base))
    return vocabulary.key(vocabulary.of_arity(base, group), replace(scripts, superscripted=False))


def find_functions(drafts: list[Draft], vocabulary: Vocabulary) -> None:
    """Fill in the functions of `vocabulary`: their definitions' arguments and every way in which they are
    used.
    """
    for draft in drafts:
        if draft.head is not None and draft.head.group is not None:
            vocabulary.applied.add(draft.head.base)
    known = {name for name in vocabulary.survey.functions if vocabulary.known(name) is not None}
    vocabulary.applied |= vocabulary.survey.functions - known
    vocabulary.applied |= {name for name in vocabulary.unknown if vocabulary.survey.usage(name).applied}
    vocabulary.applied |= {name for name in _CAPITALS if _is_only_applied(name, vocabulary)}
    for draft in drafts:
        if draft.renewed and draft.head is not None:
            vocabulary.renew(key_of(draft.head, vocabulary))
        _define(draft, vocabulary)
        for side in (draft.left, draft.right):
            for node in walk(side.syntax) if side.syntax is not None else ():
                _use(node, vocabulary)
    vocabulary.versions.clear()
    _spread_calls(drafts, vocabulary)


_CAPITALS = ("Phi", "Psi", "F", "G", "H", "Q")
"""Letters that are hardly ever a factor: with nothing but brackets behind them they are functions."""


def _is_only_applied(name: str, vocabulary: Vocabulary) -> bool:
    usage = vocabulary.survey.usage(name)
    alone = usage.bare > len(usage.applied) or usage.lettered or usage.transposed
    return bool(usage.applied) and not alone


def _spread_calls(drafts: list[Draft], vocabulary: Vocabulary) -> None:
    """A function that another one calls with its own argument takes an argument too: p in ``odds(x) =
    p(x)/(1-p(x))``.
    """
    news = True
    while news:
        news = False
        for draft in drafts:
            if draft.head is None or draft.head.group is None or draft.right.syntax is None:
                continue
            function = vocabulary.functions[
                function_key(draft.head.base, draft.head.node, draft.head.group, vocabulary)
            ]
            if function.mode != "parameters":
                continue
            formals = {skeleton(item) for item in function.formals}
            for key, items in _applications(draft.right.syntax, vocabulary):
                called = vocabulary.functions.get(key)
                inner = {skeleton(part) for item in items for part in walk(item)}
                if called is not None and called is not function and not called.called and formals & inner:
                    called.called = news = True


def _applications(node: Syntax, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[Syntax, ...]]]:
    """The keys and arguments of all applications in `node`."""
    for part in walk(node):
        if not isinstance(part, Juxtaposition):
            continue
        for first, second in zip(part.factors, part.factors[1:], strict=False):
            found = application_of(first, second, vocabulary.is_function)
            if found is not None and not holds_itself(found.name, found.group):
                yield function_key(found.name, found.head, found.group, vocabulary), arguments_of(found.group)


def _define(draft: Draft, vocabulary: Vocabulary) -> None:
    head = draft.head
    if head is None or head.group is None:
        return
    key = function_key(head.base, head.node, head.group, vocabulary)
    function = vocabulary.functions.setdefault(key, Function(key))
    items = arguments_of(head.group)
    if function.definition is None:
        function.definition, function.formals = pattern_of(items, vocabulary.reader), items


def _use(node: Syntax, vocabulary: Vocabulary) -> None:
    pairs: list[tuple[Syntax, Syntax]] = []
    if isinstance(node, Juxtaposition):
        neighbours = zip(node.factors, node.factors[1:], node.signs[1:], strict=False)
        pairs = [(first, second) for first, second, sign in neighbours if not sign]
    for first, second in pairs:
        found = application_of(first, second, vocabulary.is_function)
        if found is None or (found.name in KNOWN_FUNCTIONS and found.name not in vocabulary.applied):
            continue
        if found.name in vocabulary.known_as or holds_itself(found.name, found.group):
            continue
        key = function_key(found.name, found.head, found.group, vocabulary)
        function = vocabulary.functions.setdefault(key, Function(key))
        pattern = pattern_of(arguments_of(found.group), vocabulary.reader)
        if pattern not in function.uses:
            function.uses.append(pattern)
        function.primed |= bool(found.primes)


def one_argument(sides: list[Syntax], vocabulary: Vocabulary) -> dict[str, tuple[Syntax, ...]]:
    """The functions that a statement writes with one and the same argument everywhere, with that argument."""
    found: dict[str, dict[object, tuple[Syntax, ...]]] = {}
    for side in sides:
        for key, items in _applications(side, vocabulary):
            found.setdefault(key, {})[skeleton(items)] = items
    return {key: next(iter(ways.values())) for key, ways in found.items() if len(ways) == 1}


def variable_of(sides: list[Syntax], vocabulary: Vocabulary) -> Syntax | None:
    """What a statement differentiates by: the variable of its first derivative sign, or the argument of a
    prime.
    """
    for side in sides:
        for node in walk(side):
            if isinstance(node, Operator) and node.variables:
                return node.variables[0]
            if isinstance(node, Juxtaposition):
                for first, second in zip(node.factors, node.factors[1:], strict=False):
                    found = application_of(first, second, vocabulary.is_function)
                    if found is not None and found.primes and len(found.group.items) == 1:
                        return found.group.items[0]
    return None
