"""The context of a claim: declarations, definitions and the smallest sizes that the notation implies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from derivations.language.declarations import Declaration, Definition, LabelDeclaration, Part
from derivations.language.nodes import Apply, Entry, Expression


class ContextError(ValueError):
    """A second meaning for a name that has one, or a name that nothing explains."""


@dataclass(frozen=True)
class Context:
    """Everything that is known while a claim is judged; made by adding rows, never changed in place."""

    declarations: Mapping[str, Declaration] = field(default_factory=lambda: MappingProxyType({}))
    labels: Mapping[str, LabelDeclaration] = field(default_factory=lambda: MappingProxyType({}))
    definitions: Mapping[str, Definition] = field(default_factory=lambda: MappingProxyType({}))
    minimum_sizes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Sizes that a concrete index implies: ``z_2`` means K >= 2."""

    def with_rows(self, *rows: Declaration | LabelDeclaration | Definition) -> Context:
        """This context with `rows` added; raises `ContextError` for a second meaning of a name."""
        declarations, labels = dict(self.declarations), dict(self.labels)
        definitions = dict(self.definitions)
        for row in rows:
            known = declarations.get(row.name) or labels.get(row.name) or definitions.get(row.name)
            if known is not None and known != row:
                raise ContextError(f"{row.name} already has another meaning")
            if isinstance(row, Declaration):
                declarations[row.name] = row
            elif isinstance(row, LabelDeclaration):
                labels[row.name] = row
            else:
                definitions[row.name] = row
        return replace(
            self,
            declarations=MappingProxyType(declarations),
            labels=MappingProxyType(labels),
            definitions=MappingProxyType(definitions),
        )

    def with_minimum_size(self, size: str, least: int) -> Context:
        """This context, in which `size` is at least `least`."""
        sizes = dict(self.minimum_sizes)
        sizes[size] = max(least, sizes.get(size, 1))
        return replace(self, minimum_sizes=MappingProxyType(sizes))

    def redeclared(self, row: Declaration) -> Context:
        """This context with one declaration exchanged, for asking what a step really uses."""
        return replace(self, declarations=MappingProxyType({**self.declarations, row.name: row}))

    def with_free(self, names: frozenset[str]) -> Context:
        """This context, in which the defined `names` may stand for anything; functions of vectors lose all
        meaning.
        """
        definitions, declarations = dict(self.definitions), dict(self.declarations)
        for name in sorted(names & set(definitions)):
            known = definitions.pop(name)
            free = f"{name} (any)"
            if any(parameter.index_sets for parameter in known.parameters) or (
                known.parameters and known.indices
            ):
                continue
            if known.parameters:
                arguments = tuple(Entry(parameter.name) for parameter in known.parameters)
                body: Expression = Apply(free, arguments, (0,) * len(arguments))
            else:
                sets = tuple(variable.index_set for variable in known.indices)
                declarations[free] = Declaration(free, sets, part=Part.UNKNOWN)
                body = Entry(free, known.indices)
            definitions[name] = replace(known, body=body)
        return replace(
            self, declarations=MappingProxyType(declarations), definitions=MappingProxyType(definitions)
        )

    def declaration(self, name: str) -> Declaration:
        """The declaration of the tensor `name`; raises `ContextError` when there is none."""
        try:
            return self.declarations[name]
        except KeyError:
            raise ContextError(f"{name} is not declared") from None

    def definition(self, name: str) -> Definition:
        """The definition called `name`; raises `ContextError` when there is none."""
        try:
            return self.definitions[name]
        except KeyError:
            raise ContextError(f"{name} is not defined") from None
