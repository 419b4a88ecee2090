"""What a user asks to be differentiated: a loss that is typed or built in SymPy, with its names declared.

A formula that is typed is read by the same reader as a document, and never run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from derivations.deriving.indices import lettered
from derivations.deriving.products import Order
from derivations.language.context import Context
from derivations.language.declarations import Declaration, Definition
from derivations.language.derivation import Derivation
from derivations.language.functions import SCALAR_FUNCTIONS
from derivations.language.latex import expression_latex
from derivations.language.nodes import Call, Derivative, Entry
from derivations.language.spelling import name_latex
from derivations.language.substitution import replace_entries
from derivations.language.traversal import entry_names, free_indices, subexpressions

if TYPE_CHECKING:
    import sympy

NAMES = ("L", "J", "E", "F", "C", "Q")
"""What the loss is called: the first of these letters that it does not use itself."""


class LossError(ValueError):
    """A loss that cannot be read or differentiated; the message names the place and says what would help."""


@dataclass(frozen=True, slots=True)
class Question:
    """A loss that is defined in `context` as `name`, what it is differentiated by, and what is assumed."""

    name: str
    loss: Call
    variable: Entry
    context: Context
    given: tuple[str, ...]


# What is typed ------------------------------------------------------------------------------------------


def typed(loss: str, variable: str, given: Sequence[str]) -> Question:
    """A loss in LaTeX, or as Python writes formulas, read as the definition in a document."""
    from derivations.reading import read
    from derivations.reading.python_syntax import latex_of

    loss, variable = latex_of(loss), latex_of(variable)
    sentences = [_sentence(text) for text in given]
    name = next(letter for letter in NAMES if letter not in f"{loss} {variable}")
    quotient = f"\\frac{{\\partial {name}}}{{\\partial {variable}}}"
    text = " ".join(sentences) + f"\n\n$$\n{name} = {loss}\n$$\n\n$$\n{quotient} = 0\n$$\n"
    question = _question(read(text, "md"), name, tuple(sentences))
    _all_read(loss, question)
    return _as_typed(question, text)


def _as_typed(question: Question, text: str) -> Question:
    """`question` with the entries of a matrix X called x where they are typed so."""
    known = question.context
    small = {
        name: name.lower()
        for name, row in known.declarations.items()
        if len(row.index_sets) > 1 and name.isupper() and f"{name.lower()}_" in text
    }

    def renamed(entry: Entry) -> Entry | None:
        return Entry(small[entry.name], entry.indices) if entry.name in small else None

    declarations = {
        small.get(name, name): replace(row, name=small.get(name, name))
        for name, row in known.declarations.items()
    }
    definitions = {
        name: replace(row, body=replace_entries(row.body, renamed)) for name, row in known.definitions.items()
    }
    context = replace(
        known, declarations=MappingProxyType(declarations), definitions=MappingProxyType(definitions)
    )
    return replace(question, context=context)


def _sentence(text: str) -> str:
    """What is given as a sentence with formulas in dollar signs; raises `LossError` for anything else."""
    from derivations.reading.python_syntax import latex_of
    from derivations.writing.safe_latex import is_safe

    if "$" not in text:
        text = f"Let ${_MEMBER.sub(_membership, latex_of(text))}$."
    for number, part in enumerate(text.split("$")):
        if not (is_safe(part) if number % 2 else _WORDS.fullmatch(part)):
            raise LossError(
                f"what is given cannot be read: {text!r}; it should be words and formulas in $...$"
            )
    return text


_MEMBER = re.compile(r"^\s*(\w+)\s+in\s+\{([^{}]*)\}\s*$")
_WORDS = re.compile(r"[^\\{}%#&~^_]*")


def _membership(match: re.Match[str]) -> str:
    """``y in {0, 1}`` in LaTeX."""
    return f"{match[1]} \\in \\{{{match[2]}\\}}"


def _all_read(loss: str, question: Question) -> None:
    """Raise `LossError` where a name stands in the loss more often than in what was read of it.

    An argument that the reader takes for none, ``\\Phi(z)`` for a number, would be constant otherwise.
    """
    body = question.context.definition(question.name).body
    read = Counter(node.name for node in subexpressions(body) if isinstance(node, Entry))
    for name in question.context.declarations:
        written = name_latex(name)
        letter = re.escape(written) + "(?![A-Za-z])"
        typed = len(re.findall(letter if written.startswith("\\") else f"(?<![A-Za-z\\\\]){letter}", loss))
        if typed > read[name] and (len(name) == 1 or written.startswith("\\")):
            raise LossError(
                f"the loss cannot be read with certainty: {name} stands in it {typed} times and was read "
                f"{read[name]} times; say with --given what the functions in it are"
            )


def _question(derivation: Derivation, name: str, given: tuple[str, ...]) -> Question:
    """The question that the last statement of a document asks; raises `LossError` with what was not read."""
    statement = derivation.statements[-1]
    claim = statement.claim
    if claim is None or statement.problem is not None:
        raise LossError(f"the loss cannot be read: {_unplaced(statement.problem or 'it is not understood')}")
    left = lettered(claim.left, set())
    if not isinstance(left, Derivative) or not isinstance(left.variable, Entry):
        raise LossError("a loss is differentiated by a number or an entry such as w_j, by nothing else")
    if not isinstance(left.body, Call) or left.body.name != name:
        raise LossError("the loss cannot be read: it is not one formula")
    context = derivation.context_of(statement)
    for problem in (s.problem for s in derivation.statements if s.problem):
        raise LossError(f"what is given cannot be read: {_unplaced(problem)}")
    assumed = (*given, *_constant(context, left.variable, given))
    return Question(name, left.body, left.variable, context, assumed)


def _unplaced(problem: str) -> str:
    """A message of the reader without the place in a document that nobody has seen."""
    return (
        problem.partition(" could not be read: ")[2].partition(" (line")[0] or problem.partition(" (line")[0]
    )


def _constant(context: Context, variable: Entry, given: tuple[str, ...]) -> tuple[str, ...]:
    """The sentence that declares what nothing is said about."""
    said = " ".join(given)
    used = {name for row in context.definitions.values() for name in entry_names(row.body)}
    rows = [row for name, row in context.declarations.items() if name in used | {variable.name}]
    silent = [row for row in rows if expression_latex(Entry(row.name)) not in said]
    from derivations.catalogue.given import declared

    return (declared(silent),) if silent else ()


# SymPy ----------------------------------------------------------------------------------------------------


def from_sympy_loss(expr: sympy.Expr, wrt: sympy.Expr | str, given: Iterable[object]) -> Question:
    """A loss in SymPy, under what `given` says of its names."""
    from derivations.catalogue.given import declared
    from derivations.language.declarations import Given
    from derivations.language.sympy_bridge import FUNCTIONS, BridgeError, from_sympy
    from derivations.language.sympy_context import context_of
    from derivations.language.sympy_reading import free_indices as index_sets

    try:
        domains = [row for row in given if isinstance(row, Given)]
        context = context_of((expr, wrt), domains)
        context = context.with_rows(*(SCALAR_FUNCTIONS[name] for name in (*FUNCTIONS, "relu", "sigma")))
        sets = {**index_sets(expr, context), **index_sets(wrt, context)}
        body = Order(context).arranged(from_sympy(expr, context, sets))
        variable = from_sympy(wrt, context, sets)
    except BridgeError as error:
        raise LossError(f"the loss cannot be read: {error}") from error
    if not isinstance(variable, Entry):
        raise LossError(f"a loss is differentiated by a symbol or an entry such as w[j], not by {wrt}")
    taken = {*context.declarations, *context.labels, *context.definitions}
    name = next(letter for letter in NAMES if letter not in taken)
    indices = tuple(free_indices(body).values())
    context = context.with_rows(Definition(name, body, indices))
    rows: list[Declaration] = list(context.declarations.values())
    return Question(name, Call(name, indices), variable, context, (declared(rows),))
