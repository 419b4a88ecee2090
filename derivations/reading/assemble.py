"""From relations in terms to a `Derivation`: shapes inferred, names declared, claims built.

The last stage of reading. A relation that cannot be built is a claim with a problem; a definition that cannot
be built makes every claim that needs it unreadable, with the definition's reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from derivations.language import (
    Apply,
    Claim,
    Context,
    Declaration,
    Definition,
    Derivation,
    Domain,
    Expression,
    IndexSet,
    LabelDeclaration,
    NameReading,
    Origin,
    Parameter,
    Part,
    Role,
    ShapeError,
    Statement,
    reading_text,
    shown,
)
from derivations.language.functions import SCALAR_FUNCTIONS
from derivations.language.traversal import call_names, entry_names, free_indices, subexpressions
from derivations.reading.build import Builder
from derivations.reading.counted import count_letters
from derivations.reading.domains import of_rank
from derivations.reading.infer import Inference
from derivations.reading.matrix_orders import compared, of_one_shape
from derivations.reading.names import IndexCell, NameCell, Scope
from derivations.reading.relations import Relation
from derivations.reading.shapes import Axis, ShapeClash, SidesDiffer
from derivations.reading.suppositions import doubt_of, supposed
from derivations.reading.term_walk import names_in, parts
from derivations.reading.terms import (
    DerivativeTerm,
    EquationTest,
    HessianTerm,
    IndexTest,
    NameTerm,
    Term,
    ValueTest,
)
from derivations.reading.unreadable import Unreadable


def assemble(
    relations: list[Relation],
    make_names: Callable[[], dict[str, NameCell]],
    layout: str,
    remarks: Mapping[str, str] = MappingProxyType({}),
    whole: bool = False,
) -> tuple[Derivation, list[Relation]]:
    """The derivation of `relations`, read under what `make_names` says of the names and with one layout of
    derivatives by vectors, and the claims that could not be built so.

    `remarks` are conventions on names that the report tells with them. With `whole`, what occurs in sums to
    K - 1 only has an entry at K as well.
    """
    assembly = _Assembly(relations, make_names(), layout, remarks, whole)
    return assembly.derivation(), assembly.failures


class _Assembly:
    def __init__(
        self,
        relations: list[Relation],
        names: dict[str, NameCell],
        layout: str,
        remarks: Mapping[str, str],
        whole: bool,
    ) -> None:
        self.remarks, self.whole = remarks, whole
        self.relations = relations
        self.names = names
        self.layout = layout
        self.failures: list[Relation] = []
        self.broken: dict[str, str] = {
            r.defines: r.problem for r in relations if r.defines is not None and r.problem is not None
        }
        self.scopes: dict[int, Scope] = {}
        for relation in relations:
            scope = self.scopes.setdefault(relation.block, Scope())
            for name, index_set in relation.index_sets:
                scope.indices[name] = IndexCell(Axis(index_set, origin=f"the index {name}"), index_set)
        self.inference = Inference(names, layout)
        self.builder = Builder(self.inference)

    def derivation(self) -> Derivation:
        equations = [
            (*of_one_shape(r.left, r.relation, r.right), self.scopes[r.block])
            for r in self.relations
            if r.left is not None and r.right is not None and r.defines is None
        ]
        equations += [
            (a.test.left, a.test.right, self.scopes[r.block])
            for r in self.relations
            for a in r.assumptions
            if isinstance(a.test, EquationTest)
        ]
        comparisons = [
            (a.test.left, a.test.right, self.scopes[r.block])
            for r in self.relations
            for a in r.assumptions
            if isinstance(a.test, IndexTest)
        ]
        values = [
            (a.test.name, self.scopes[r.block])
            for r in self.relations
            for a in r.assumptions
            if isinstance(a.test, ValueTest)
        ]
        self.inference.run(equations, comparisons, values)
        for cell in self.names.values():
            if cell.rank is None:
                cell.guessed = cell.set_rank(len(cell.axes)) and not cell.axes
        self.inference.run(equations, comparisons, values)
        stated = {index_set for r in self.relations for _, index_set in r.index_sets}
        self.inference.complete(stated, every=self.whole)
        count_letters(self._terms(), self.inference)
        context = self._context()
        statements = tuple(self._statement(relation, context) for relation in self.relations)
        context = _added(context, list(self.builder.definitions.values()))
        for size, least in sorted(self.builder.minimum_sizes.items()):
            context = context.with_minimum_size(size, least)
        return Derivation(context, statements, self._readings(context, statements))

    def _terms(self) -> Iterator[Term]:
        """All terms of the document."""
        yield from (side for r in self.relations for side in (r.left, r.right) if side is not None)
        yield from (cell.definition.body for cell in self.names.values() if cell.definition is not None)

    # Names -------------------------------------------------------------------------------------------

    def _context(self) -> Context:
        rows: list[Declaration | LabelDeclaration | Definition] = [
            row for name, row in SCALAR_FUNCTIONS.items() if name not in self.names
        ]
        definitions: list[Definition] = []
        for cell in self.names.values():
            if "@" in cell.name or cell.counts is not None:
                continue
            if cell.definition is not None:
                try:
                    definitions.append(self._definition(cell))
                except (Unreadable, ShapeError, ShapeClash) as error:
                    self.broken[cell.name] = str(error)
            else:
                rows.append(self._declaration(cell))
        return _added(Context().with_rows(*rows), definitions)

    def _sets(self, cell: NameCell) -> tuple[IndexSet, ...]:
        return tuple(self.builder.index_set(cell.axis(position)) for position in range(cell.rank or 0))

    def _declaration(self, cell: NameCell) -> Declaration | LabelDeclaration:
        if cell.label_values is not None:
            return LabelDeclaration(cell.name, self._sets(cell), cell.label_values, cell.origin, cell.line)
        part = cell.part or Part.UNKNOWN
        domain = of_rank(cell.domain, cell.rank or 0)
        if domain.sums_to_one and not cell.rank:
            domain = Domain.REAL
        return Declaration(cell.name, self._sets(cell), domain, part, cell.origin, cell.line)

    def _rank(self, name: str) -> int:
        return (self.names[name].rank or 0) if name in self.names else 0

    def _definition(self, cell: NameCell) -> Definition:
        assert cell.definition is not None
        if cell.name in self.inference.clashes:
            raise ShapeClash(self.inference.clashes[cell.name])
        scope = self.inference.definition_scope(cell)
        indices = [self.builder.variable(name, scope.indices[name]) for name in cell.definition.indices]
        body = self.builder.build(cell.definition.body, scope).with_index_names({v.name for v in indices})
        indices += [v for v in (body.row, body.column) if v is not None]
        if len(indices) != cell.rank:
            raise Unreadable(cell.definition.body.span, f"{cell.name} is not used as it is defined")
        parameters = tuple(
            Parameter(name, self._sets(self.names[name])) for name in cell.definition.parameters
        )
        return Definition(cell.name, body.body, tuple(indices), parameters, cell.definition.line)

    def _readings(self, context: Context, statements: tuple[Statement, ...]) -> tuple[NameReading, ...]:
        declared = {*context.declarations, *context.labels}
        claims = [statement.claim for statement in statements if statement.claim is not None]
        used = {name for claim in claims for side in (claim.left, claim.right) for name in call_names(side)}
        known = (name for name in SCALAR_FUNCTIONS if name in used and name not in self.names)
        conventional = tuple(NameReading(name, "the usual function", "conventional", None) for name in known)
        told = tuple(
            NameReading(name, remark, "conventional", None)
            for name, remark in self.remarks.items()
            if name not in declared
        )
        return (
            conventional
            + told
            + tuple(
                NameReading(shown(cell.name), self._reading(cell), cell.origin.value, cell.line)
                for cell in self.names.values()
                if "@" not in cell.name and cell.definition is None and cell.name in declared
            )
        )

    def _reading(self, cell: NameCell) -> str:
        kind = {0: "scalar", 1: "vector", 2: "matrix"}.get(cell.rank or 0, "tensor")
        over = ", ".join(str(s.size) if s.start == 1 else str(s) for s in self._sets(cell))
        shape = f"{kind} over ({over})" if over else kind
        remark = f"; {self.remarks[cell.name]}" if cell.name in self.remarks else ""
        if cell.label_values is not None:
            return f"class label in {cell.label_values}" + (f" over ({over})" if over else "")
        return f"{shape}, {of_rank(cell.domain, cell.rank or 0).value}{remark}"

    # Statements --------------------------------------------------------------------------------------

    def _statement(self, relation: Relation, context: Context) -> Statement:
        self.builder.notes = list(relation.notes)
        blank = Statement(
            relation.location,
            relation.role,
            "is" if relation.worded else relation.relation,
            relation.left_source,
            relation.right_source,
            notes=relation.notes,
            doubt=relation.doubt,
            concluded=relation.concluded,
        )
        if relation.left is None or relation.right is None or relation.problem is not None:
            return _unread(blank, relation.problem)
        try:
            claim, reading = self._claim(relation)
        except (Unreadable, ShapeError, ShapeClash) as error:
            claimed = relation.role is Role.CLAIM
            if claimed:
                self.failures.append(relation)
            clash = claimed and isinstance(error, ShapeError) and self._is_certain(relation, error)
            blank = replace(blank, notes=tuple(self.builder.notes), shapes_clash=clash)
            return _unread(blank, str(error))
        except RecursionError:
            return _unread(blank, "this is nested too deeply; give a part of it a name")
        notes = tuple(self.builder.notes)
        if relation.role is not Role.CLAIM:
            return replace(blank, reading=reading, notes=notes)
        broken = self._broken_name(claim, context)
        if broken is not None:
            problem = f"{broken} could not be read: {self.broken[broken]}"
            return replace(blank, reading=reading, notes=notes, problem=problem)
        return replace(
            blank,
            reading=reading,
            notes=notes,
            claim=claim,
            doubt=relation.doubt or doubt_of(claim, relation.assumptions, context),
            undefined=relation.free,
            domains=tuple((name, of_rank(domain, self._rank(name))) for name, domain in relation.domains),
        )

    def _is_certain(self, relation: Relation, error: ShapeError) -> bool:
        """Whether a clash of shapes is one between shapes that the author stated, however gradients are
        laid out.
        """
        if not relation.settled:
            return False
        terms = self._clashing(relation, error)
        transposable = not isinstance(error, SidesDiffer) or error.transposed
        if transposable and any(self._differentiates(term) for term in terms):
            return False
        seen: set[str] = set()
        waiting: list[object] = list(terms)
        while waiting:
            for name in names_in(waiting.pop()) - seen:
                seen.add(name)
                cell = self.names.get(name)
                if cell is None:
                    return False
                if cell.definition is not None:
                    waiting.append(cell.definition.body)
                    waiting.extend(NameTerm(cell.definition.body.span, p) for p in cell.definition.parameters)
                elif not self._is_stated(cell):
                    return False
        return True

    def _clashing(self, relation: Relation, error: ShapeError) -> list[Term]:
        """The sides that a clash concerns: both, if they differ, or the one that cannot be built."""
        sides = [term for term in (relation.left, relation.right) if term is not None]
        if isinstance(error, SidesDiffer):
            return sides
        for term in sides:
            try:
                self.builder.build(term, self.scopes[relation.block])
            except (Unreadable, ShapeError, ShapeClash):
                return [term]
        return sides

    def _is_stated(self, cell: NameCell) -> bool:
        """Whether the author's own words fix the shape of a name; a number may be one by convention,
        or as the argument of a function.
        """
        if cell.rank == 0:
            return "@" in cell.name or cell.origin is not Origin.INFERRED
        sets = (cell.axis(position).known for position in range(cell.rank or 0))
        return cell.origin is Origin.STATED and all(known is not None for known in sets)

    def _differentiates(self, term: Term) -> bool:
        """Whether a term has a derivative by a vector or matrix in it, whose layout is a convention."""
        if isinstance(term, HessianTerm):
            return True
        if isinstance(term, DerivativeTerm):
            variable = term.variable
            cell = self.names.get(variable.name) if isinstance(variable, NameTerm) else None
            if cell is None or not isinstance(variable, NameTerm) or (cell.rank or 0) > len(variable.indices):
                return True
        return any(self._differentiates(part) for part in parts(term) if isinstance(part, Term))

    def _claim(self, relation: Relation) -> tuple[Claim, str]:
        assert relation.left is not None
        assert relation.right is not None
        defined = self.names.get(relation.defines or "")
        scope = self.scopes[relation.block]
        if defined is not None and defined.definition is not None:
            scope = self.inference.definition_scope(defined)
        left, right = self.builder.build(relation.left, scope), self.builder.build(relation.right, scope)
        span = relation.left.span
        left, sign, right = compared(left, relation.relation, right, self.builder, span)
        facts = [supposed(a, self.builder, scope, relation.left.span) for a in relation.assumptions]
        assumptions = tuple(fact for fact in facts if fact is not None)
        free = {**free_indices(left.body), **free_indices(right.body)}
        ranges = [f"{name} in {over}" for name, over in relation.index_sets if name in free]
        reading = " for ".join((reading_text(left.body, sign, right.body, left.row, left.column), *ranges))
        return Claim(left.body, right.body, sign, assumptions, left.axes), shown(reading)

    def _broken_name(self, claim: Claim, context: Context) -> str | None:
        """The first name that the claim needs and whose definition could not be read."""
        seen: set[str] = set()
        waiting: list[Expression] = [claim.left, claim.right]
        while waiting:
            expression = waiting.pop()
            opaque = {part.name for part in subexpressions(expression) if isinstance(part, Apply)}
            for name in sorted(call_names(expression) | entry_names(expression) | opaque):
                if name in self.broken:
                    return name
                definition = context.definitions.get(name)
                if definition is not None and name not in seen:
                    seen.add(name)
                    waiting.append(definition.body)
        return None


def _unread(statement: Statement, problem: str | None) -> Statement:
    """A statement that could not be read: an unreadable claim, or a definition with a note that says so."""
    if statement.role is Role.CLAIM or problem is None:
        return replace(statement, problem=problem)
    return replace(statement, notes=(*statement.notes, f"not read: {problem}"))


def _added(context: Context, definitions: list[Definition]) -> Context:
    """`context` with the definitions of names that have no meaning in it."""
    taken = {*context.declarations, *context.labels, *context.definitions}
    return context.with_rows(*(row for row in definitions if row.name not in taken))
