"""Opening definitions and taking derivatives: from what the author wrote to entries, sums, exp and log.

The derivative by a defined name, the dL/da of a chain rule with a = sigma(z), treats that name as free: L is
opened only down to it. That is certain only if L does not depend on the parameters in another way too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from derivations.language.context import Context, ContextError
from derivations.language.declarations import Declaration, Definition, Part
from derivations.language.differentiation import DifferentiationError, differentiate
from derivations.language.indices import Index, IndexVariable
from derivations.language.nodes import Abstraction, Call, Derivative, Entry, Expression
from derivations.language.substitution import (
    free_names,
    fresh_name,
    instantiate,
    rename_binders,
    replace_entries,
    replace_indices,
)
from derivations.language.traversal import entry_names, free_indices, index_names, rebuild

MAXIMUM_DEPTH = 30
"""Definitions may use each other so deeply; a circle of definitions runs into it."""
MAXIMUM_CALLS = 4_000
"""So many uses of definitions are opened for one expression."""


def unfold(expression: Expression, context: Context, keep: frozenset[str] = frozenset()) -> Expression:
    """`expression` with every call opened and every derivative taken, down to calls of names in `keep`.

    What is left of `Derivative` is only that of a name of unknown part. Raises `ContextError` for an unknown
    name, a wrong number of arguments or a circle; `DifferentiationError` where a derivative is not certain.
    """
    return _Unfolding(context, keep).open(expression)


def presuppositions(expression: Expression, context: Context) -> tuple[Expression, ...]:
    """The opened bodies of all derivatives in `expression`: it is defined only where they are."""
    found: list[Expression] = []
    _Unfolding(context, frozenset(), found).open(expression)
    return tuple(found)


@dataclass(frozen=True)
class _Unfolding:
    context: Context
    keep: frozenset[str]
    bodies: list[Expression] | None = None
    depth: int = 0
    opened: list[int] = field(default_factory=lambda: [0])
    """How many calls were opened so far, one count for all that belongs together."""

    def open(self, expression: Expression) -> Expression:
        if isinstance(expression, Call):
            return self._call(expression)
        if isinstance(expression, Derivative):
            return self._derivative(expression)
        return rebuild(expression, self.open)

    def _call(self, call: Call) -> Expression:
        arguments = tuple(Abstraction(a.indices, self.open(a.body)) for a in call.arguments)
        call = Call(call.name, call.indices, arguments)
        if call.name in self.keep:
            return call
        if self.depth >= MAXIMUM_DEPTH:
            raise ContextError("definitions go round in a circle")
        self.opened[0] += 1
        if self.opened[0] > MAXIMUM_CALLS:
            raise ContextError(f"more than {MAXIMUM_CALLS} uses of definitions are opened")
        definition = self.context.definition(call.name)
        inner: list[Expression] | None = None if self.bodies is None else []
        deeper = _Unfolding(self.context, self.keep, inner, self.depth + 1, self.opened)
        # The body is opened before the arguments go in: a derivative in it by a parameter is then taken.
        opened = put_arguments(call, deeper.open(definition.body), self.context)
        for body in inner or ():
            self._note(put_arguments(call, _apart(body, call, definition), self.context))
        return opened

    def _derivative(self, expression: Derivative) -> Expression:
        variable = expression.variable
        if isinstance(variable, Entry):
            body = self.open(expression.body)
            self._note(body)
            return differentiate(body, variable, self.context)
        return self._derivative_by_definition(expression.body, variable)

    def _note(self, body: Expression) -> None:
        if self.bodies is not None:
            self.bodies.append(body)

    def _derivative_by_definition(self, body: Expression, variable: Call) -> Expression:
        """d body / d variable, `body` opened only down to the definition that `variable` calls."""
        if variable.name in self.keep:
            raise DifferentiationError(f"the derivative by {variable.name} stands inside another one")
        stopping = _Unfolding(self.context, self.keep | {variable.name}, None, self.depth, self.opened)
        opened, target = stopping.open(body), stopping.open(variable)
        assert isinstance(target, Call)
        used = entry_names(opened) | set(self.context.declarations) | set(self.context.definitions)
        free = fresh_name(variable.name, used)
        as_entry = _freed(opened, target, free)
        self._check_other_ways(as_entry, variable, free)
        self._note(self.open(body))
        freed_context = self.context.with_rows(
            Declaration(free, tuple(i.index_set for i in target.indices), part=Part.PARAMETER)
        )
        derivative = differentiate(as_entry, Entry(free, target.indices), freed_context)

        def back(entry: Entry) -> Expression | None:
            return Call(target.name, entry.indices, target.arguments) if entry.name == free else None

        mentions = frozenset().union(*(free_names(a) for a in target.arguments)) or frozenset()
        return self.open(replace_entries(derivative, back, mentions))

    def _check_other_ways(self, opened: Expression, variable: Call, free: str) -> None:
        """Raise if `opened` depends on a parameter of `variable`'s definition other than through it."""
        definition = self.context.definition(variable.name)
        behind = entry_names(_Unfolding(self.context, self.keep, None, self.depth + 1).open(definition.body))
        behind -= {parameter.name for parameter in definition.parameters}
        for argument in variable.arguments:
            behind |= entry_names(self.open(argument.body))
        for name in sorted((entry_names(opened) - {free}) & behind):
            declaration = self.context.declarations.get(name)
            if declaration is not None and declaration.part is not Part.DATA:
                raise DifferentiationError(
                    f"the derivative by {variable.name} is not certain: {name} occurs beside it too"
                )


def put_arguments(call: Call, body: Expression, context: Context) -> Expression:
    """`body`, the meaning of what `call` names, with the call's indices and arguments in their places."""
    definition = context.definition(call.name)
    given = (len(call.indices), len(call.arguments))
    wanted = (len(definition.indices), len(definition.parameters))
    if given != wanted:
        raise ContextError(
            f"{call.name} takes {wanted[0]} indices and {wanted[1]} arguments, not {given[0]} and {given[1]}"
        )
    mentions = frozenset(name for a in call.arguments for name in free_names(a))
    indices, body = rename_binders(Abstraction(definition.indices, body), set(mentions))
    arguments = {p.name: a for p, a in zip(definition.parameters, call.arguments, strict=True)}

    def argument_entry(entry: Entry) -> Expression | None:
        argument = arguments.get(entry.name)
        return None if argument is None else instantiate(argument, entry.indices)

    body = replace_entries(body, argument_entry, mentions)
    return replace_indices(
        body, {variable.name: index for variable, index in zip(indices, call.indices, strict=True)}
    )


def _apart(body: Expression, call: Call, definition: Definition) -> Expression:
    """`body`, in which indices that sums of `definition` bound are free, named as no index of `call`."""
    used = index_names(call)
    formal = {variable.name for variable in definition.indices}
    bound = {name: v for name, v in free_indices(body).items() if name in used - formal}
    names = used | index_names(body)
    renamed: dict[str, Index] = {}
    for name, variable in bound.items():
        fresh = fresh_name(name, names)
        renamed[name] = IndexVariable(fresh, variable.index_set)
        names.add(fresh)
    return replace_indices(body, renamed)


def _freed(expression: Expression, target: Call, free: str) -> Expression:
    """`expression` with calls of `target`'s name as entries of the tensor `free`."""
    if isinstance(expression, Call) and expression.name == target.name:
        if expression.arguments != target.arguments:
            raise DifferentiationError(f"{target.name} occurs with other arguments too")
        return Entry(free, expression.indices)
    return rebuild(expression, lambda part: _freed(part, target, free))
