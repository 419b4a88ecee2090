"""Which defined functions are functions of a number, for a vector entry by entry: the sigmoid, a softplus.

Told from the formula alone and never from a use, so that a document may apply one function to numbers in
one place and to a vector in another.
"""

from __future__ import annotations

from collections.abc import Mapping

from derivations.reading.names import NameCell
from derivations.reading.term_walk import parts
from derivations.reading.terms import (
    AddTerm,
    CallTerm,
    DivideTerm,
    FunctionTerm,
    MultiplyTerm,
    NameTerm,
    NumberTerm,
    PowerTerm,
    Term,
)

_OF_NUMBERS = (AddTerm, CallTerm, DivideTerm, FunctionTerm, MultiplyTerm, NumberTerm, PowerTerm)
"""What a formula in one number is built of, besides that number."""


def numeric_functions(names: Mapping[str, NameCell]) -> set[str]:
    """The functions of one argument that are formulas in that argument and in constants alone.

    One of exp, log and their kin must be there: ``f(x) = x x`` may mean something else for a vector. What a
    capital letter stands for is a matrix.
    """
    found = {
        name
        for name, cell in names.items()
        if cell.definition is not None
        and len(cell.definition.parameters) == 1
        and not cell.definition.indices
        and not cell.definition.parameters[0][:1].isupper()
    }
    while True:
        kept = {name for name in found if _is_numeric(names[name], found)}
        if kept == found:
            return {name for name in found if _is_certain(names[name], found)}
        found = kept


def _is_numeric(cell: NameCell, functions: set[str]) -> bool:
    assert cell.definition is not None
    formal = cell.definition.parameters[0]

    def fits(term: object) -> bool:
        if isinstance(term, NameTerm):
            return term.name == formal and not term.indices
        if not isinstance(term, _OF_NUMBERS):
            return False
        if isinstance(term, CallTerm) and (term.name not in functions or term.indices):
            return False
        return all(fits(part) for part in parts(term) if isinstance(part, Term))

    return fits(cell.definition.body)


def _is_certain(cell: NameCell, functions: set[str]) -> bool:
    """Whether something in the formula has no other meaning for vectors."""
    assert cell.definition is not None

    def marked(term: object) -> bool:
        if isinstance(term, FunctionTerm) or (isinstance(term, CallTerm) and term.name in functions):
            return True
        return isinstance(term, Term) and any(marked(part) for part in parts(term))

    return marked(cell.definition.body)
