"""A proof for a terminal, its formulas drawn by SymPy's pretty printer."""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from derivations.deriving.proof import Chain, Formula, Proof
from derivations.language.context import Context
from derivations.language.sympy_bridge import to_sympy
from derivations.writing.proof_text import readable

WIDTH = 200
"""Columns before a formula is broken."""


def pretty(proof: Proof) -> str:
    """`proof` as text of several lines a formula."""
    return "\n".join(_blocks(proof)) + "\n"


def _blocks(proof: Proof) -> Iterator[str]:
    yield proof.title + "\n"
    yield from (readable(sentence) for sentence in proof.assumed)
    yield ""
    for left, right in proof.definitions:
        yield _drawn(left, right, "=", proof.context) + "\n"
    for chain in proof.chains:
        yield from _chain(chain, proof.context)


def _chain(chain: Chain, context: Context) -> Iterator[str]:
    if chain.when:
        yield f"If {' and '.join(readable(f'${assumption.text}$') for assumption in chain.when)}:"
    if chain.intro:
        yield readable(chain.intro)
    yield ""
    left: Formula | None = chain.left
    for line in chain.lines:
        yield f"{_drawn(left, line.formula, line.relation, context)}\n        [{readable(line.words)}]\n"
        left = None


RELATIONS = {"=": sympy.Eq, "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge}


def _drawn(left: Formula | None, right: Formula, relation: str, context: Context) -> str:
    first = sympy.Symbol(" ", real=True) if left is None else _object(left, context)
    related = RELATIONS[relation](first, _object(right, context), evaluate=False)
    return str(sympy.pretty(related, num_columns=WIDTH))


def _object(formula: Formula, context: Context) -> sympy.Basic:
    if isinstance(formula.matrix, sympy.Basic):
        return formula.matrix
    return to_sympy(formula.expression, context)
