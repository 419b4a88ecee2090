"""``derivations kernel``: a file of NumPy functions from a catalogue entry or a document's proved lines."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from derivations.documents import FORMATS, derivation_of, load
from derivations.language.derivation import Role, Statement

if TYPE_CHECKING:
    from derivations.checking.report import StatementReport
    from derivations.generating.standalone import Function
    from derivations.language.context import Context


class NoKernelError(ValueError):
    """Nothing that was asked for can be computed; the message says why."""


def kernel_source(name: str) -> str:
    """The text of a file for the catalogue's entry `name`, or for the document in the file `name`.

    Raises `NoKernelError` where there is nothing to generate, `KeyError` for an unknown name, and what
    `derivations.check` raises for a document that cannot be read.
    """
    from derivations.generating.straight_line import UnprintableError

    if Path(name).suffix.lower() in FORMATS or os.sep in name:
        return _document_source(name)
    from derivations import catalogue
    from derivations.generating.standalone import entry_source

    try:
        return entry_source(catalogue.get(name.replace("_", "-")))
    except UnprintableError as error:
        raise NoKernelError(str(error)) from None


def _document_source(path: str) -> str:
    """The right sides of the document's proved equations, the last one of each line, as functions."""
    from derivations.checking.check import Checker
    from derivations.generating.standalone import module_source

    document = load(path)
    source = document.source()
    derivation = derivation_of(document, source)
    report = Checker().document(derivation, path, source.text)
    functions, statements = {}, {}
    for statement, judged in zip(derivation.statements, report.statements, strict=True):
        if (
            statement.role is Role.CLAIM
            and judged.relation == "="
            and judged.verdict in ("proved", "proved-where-defined")
        ):
            function = _function(statement, judged, derivation.context_of(statement))
            if function is not None:
                functions[function.name] = function
                statements[function.name] = (
                    f"line_{judged.line}: {judged.lhs} = {judged.rhs}: {judged.verdict}"
                )
    if not functions:
        raise NoKernelError(f"{path}: no proved equation whose right side can be computed")
    shown = (" ".join(text.split()) for text in statements.values())
    return module_source(f"Proved lines of {Path(path).name}.", shown, list(functions.values()))


def _function(statement: Statement, judged: StatementReport, context: Context) -> Function | None:
    """The right side of a proved claim, without its definitions, as a function; None where it has no code."""
    from derivations.generating.standalone import formula_function, module_source
    from derivations.generating.straight_line import UnprintableError
    from derivations.language.definitions import unfold
    from derivations.language.sympy_bridge import to_sympy

    if statement.claim is None:
        return None
    try:
        formula = to_sympy(unfold(statement.claim.right, context), context)
        tensors = {
            row.name: tuple(str(s.size) for s in row.index_sets) for row in context.declarations.values()
        }
        function = formula_function(f"line_{judged.line}", formula, tensors)
        module_source("", (), [function])
    except (UnprintableError, ValueError):
        return None
    return function
