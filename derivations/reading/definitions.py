"""Definitions of a document: what each defined name stands for, and from where on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from derivations.language import Role
from derivations.reading.applications import arguments_of, pattern_of
from derivations.reading.deep import whole_term
from derivations.reading.drafts import Draft
from derivations.reading.functions import function_key, one_argument
from derivations.reading.heads import Head, head_of, indices_of, key_of, scripts_of
from derivations.reading.names import DefinitionTerm
from derivations.reading.opening import opened
from derivations.reading.places import Places
from derivations.reading.relations import Relation
from derivations.reading.resolve import Frame, Resolver
from derivations.reading.term_walk import free_letters, names_in
from derivations.reading.terms import CallTerm, IndexTerm, NameTerm, Term
from derivations.reading.tree import Operator, Syntax
from derivations.reading.unreadable import Unreadable
from derivations.reading.vocabulary import Vocabulary
from derivations.reading.widening import is_number, used_letters

FORMAL = "@"
"""Joins a formal argument to the function whose it is; never part of a name that an author writes."""


@dataclass
class Definitions:
    """Reads the definitions among the drafts into the vocabulary."""

    vocabulary: Vocabulary
    resolver: Resolver
    places: Places
    versions: dict[int, dict[str, int]] = field(default_factory=dict)
    """The versions of names at every draft."""
    notes: dict[int, list[str]] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    """The names that derivatives given by equations are kept under."""
    terms: dict[int, tuple[Term, Term]] = field(default_factory=dict)
    opaque: dict[str, str] = field(default_factory=dict)
    """Numbers whose definitions could not be read, and why: claims may hold whatever they are."""
    first_uses: dict[str, tuple[int, bool]] = field(default_factory=dict)
    """Name -> the sentence that defines it, and whether the definition also holds for what stands before."""

    def read(self, drafts: list[Draft]) -> None:
        """All definitions in document order, twice: a name's hidden letters are known after the first
        time.
        """
        for _ in range(2):
            self.vocabulary.versions.clear()
            for draft in drafts:
                if draft.renewed and draft.head is not None:
                    self.vocabulary.renew(key_of(draft.head, self.vocabulary))
                    self.notes[id(draft)] = [f"{draft.head.base} has a new meaning from here on"]
                self.versions[id(draft)] = dict(self.vocabulary.versions)
                if draft.role is Role.DEFINITION and (draft.head is not None or draft.gradient is not None):
                    self._read(draft)

    def leave_open(self, drafts: list[Draft]) -> None:
        """Let names whose definitions are certainly numbers, but could not be read, stand for any number that
        may depend on anything.
        """
        for draft in drafts:
            head, right = draft.head, draft.right.syntax
            if id(draft) not in self.problems or head is None or head.group is not None or right is None:
                continue
            key = key_of(head, self.vocabulary)
            if not indices_of(head, self.vocabulary) and is_number(right) and not used_letters(right):
                self.opaque[key] = f"what {head.base} is could not be read: {self.problems[id(draft)]}"
                self.vocabulary.dependent.add(head.base)

    def _read(self, draft: Draft) -> None:
        self.resolver.notes = []
        try:
            if draft.head is not None:
                self._define(draft, draft.head)
            elif draft.gradient is not None:
                self._define_derivative(draft, draft.gradient)
            self.problems.pop(id(draft), None)
        except Unreadable as error:
            self.problems[id(draft)] = f"{error} ({self.places.told(error.span)})"
        self.notes[id(draft)] = (
            [*self.notes.get(id(draft), ())[:1], *self.resolver.notes]
            if draft.renewed
            else list(self.resolver.notes)
        )

    def _define(self, draft: Draft, head: Head) -> None:
        vocabulary = self.vocabulary
        right = draft.right
        key = key_of(head, vocabulary)
        spec = vocabulary.spec(key)
        self.first_uses[key] = (draft.number, draft.backwards)
        if right.syntax is None:
            raise Unreadable(right.problem_span or right.span, right.problem or "this was not understood")
        own = indices_of(head, vocabulary)
        formals: dict[tuple[str, tuple[IndexTerm, ...]], str] = {}
        call = False
        if head.group is not None:
            function = vocabulary.functions[function_key(head.base, head.node, head.group, vocabulary)]
            items = arguments_of(head.group)
            if function.mode == "parameters":
                varying = tuple(items[position] for position in function.varying)
                formals, call = self._formals(varying, function.name), True
            elif function.mode == "family":
                slots = function.slots(pattern_of(items, vocabulary.reader)) or ()
                own = (*own, *slots)
        if any(index.value is not None or index.arguments is not None for index in own):
            raise Unreadable(head.node.span, f"{head.base} is defined here for one index only")
        letters = tuple(index.name for index in own)
        sides = [side.syntax for side in draft.chain.sides if side.syntax is not None]
        frame = Frame(formals, outer=frozenset(letters), arguments=one_argument(sides[1:2], vocabulary))
        body = whole_term(right.syntax, frame, self.resolver)
        formal_letters = {i.name for _, indices in formals for i in indices}
        for (argument, _), formal in formals.items():
            numbered = re.compile(rf"{re.escape(argument)}_\d+")
            if formal not in names_in(body) and any(map(numbered.fullmatch, names_in(body))):
                vocabulary.by_entries[key] = argument
        if formals:
            body = opened(body, formals, self.vocabulary.specs)
            inside = set(free_letters(body)) & {key for key, _ in formals}
            if inside:
                raise Unreadable(right.span, f"the argument {min(inside)} stands as an index here")
        if scripts_of(head, vocabulary).doubt is not None:
            raise Unreadable(head.node.span, scripts_of(head, vocabulary).doubt or "")
        hidden = tuple(
            name for name in free_letters(body) if name not in letters and name not in formal_letters
        )
        spec.hidden = hidden
        spec.line = spec.line or self.places.line(draft.left.span.start)
        spec.definition = DefinitionTerm((*hidden, *letters), tuple(formals.values()), body, spec.line)
        indices = tuple(IndexTerm(name) for name in (*hidden, *letters))
        left: Term = NameTerm(draft.left.span, key, indices)
        if call:
            arguments = tuple(NameTerm(draft.left.span, name) for name in formals.values())
            left = CallTerm(draft.left.span, key, arguments, indices)
        self.terms[id(draft)] = (left, body)

    def _define_derivative(self, draft: Draft, gradient: Operator) -> None:
        """Keep what an equation says of a derivative under a name of its own."""
        vocabulary = self.vocabulary
        head, right = head_of(gradient.operand), draft.right.syntax
        assert head is not None
        if right is None:
            raise Unreadable(draft.right.span, draft.right.problem or "this was not understood")
        assert gradient.operand is not None
        variable = (
            gradient.variables[0]
            if gradient.variables
            else self.resolver.derivatives.variable_of(gradient.operand, gradient.span)
        )
        by = self.resolver.resolve(variable, Frame())
        of = self.resolver.resolve(gradient.operand, Frame(variable=variable))
        if not isinstance(by, NameTerm) or not isinstance(of, NameTerm):
            raise Unreadable(gradient.span, "this derivative is not of one name by another")
        if any(i.value is not None or i.arguments is not None for i in (*by.indices, *of.indices)):
            raise Unreadable(gradient.span, "this derivative is given for one index only")
        name = f"d{of.name}/d{by.name}"
        letters = tuple(dict.fromkeys(i.name for i in (*of.indices, *by.indices)))
        if len(letters) != len(of.indices) + len(by.indices):
            raise Unreadable(gradient.span, "this derivative is given where two indices agree")
        self.resolver.differentiated.add(by.name)
        body = self.resolver.resolve(right, Frame(outer=frozenset(letters), variable=variable))
        hidden = tuple(letter for letter in free_letters(body) if letter not in letters)
        spec = vocabulary.spec(name)
        spec.hidden, spec.line = hidden, self.places.line(draft.left.span.start)
        spec.definition = DefinitionTerm((*hidden, *letters), (), body, spec.line)
        vocabulary.gradients[of.name, by.name] = (name, len(by.indices))
        indices = tuple(IndexTerm(letter) for letter in (*hidden, *letters))
        self.names[id(draft)] = name
        self.first_uses[name] = (draft.number, draft.backwards)
        self.terms[id(draft)] = (NameTerm(draft.left.span, name, indices), body)

    def _formals(
        self, items: tuple[Syntax, ...], function: str
    ) -> dict[tuple[str, tuple[IndexTerm, ...]], str]:
        found: dict[tuple[str, tuple[IndexTerm, ...]], str] = {}
        for item in items:
            head = head_of(item)
            if head is None or head.group is not None:
                raise Unreadable(item.span, f"an argument of {function} is not a name here")
            scripts = scripts_of(head, self.vocabulary)
            if any(index.value is not None for index in scripts.indices):
                raise Unreadable(item.span, f"{function} is defined for one argument only")
            key = self.vocabulary.key(head.base, scripts)
            formal = f"{key}{FORMAL}{function}{FORMAL}"
            self.vocabulary.spec(formal)
            found[key, scripts.indices] = formal
        return found

    def not_yet(self, draft: Draft) -> frozenset[str]:
        """The names that are defined only after `draft`, which must hold whatever they stand for."""
        if draft.announced:
            return frozenset()
        return frozenset(
            name
            for name, (number, backwards) in self.first_uses.items()
            if number > draft.number and not backwards
        )

    def relation(self, draft: Draft, blank: Relation) -> Relation:
        """The relation of a definition, for the report."""
        key = self.names.get(id(draft)) or (key_of(draft.head, self.vocabulary) if draft.head else None)
        if id(draft) in self.problems or id(draft) not in self.terms:
            problem = self.problems.get(id(draft), "this was not understood")
            return replace(blank, problem=problem, defines=None if key in self.opaque else key)
        left, right = self.terms[id(draft)]
        return replace(blank, left=left, right=right, defines=key)
