"""Both ways between SymPy and the language. Imported only where it is needed: SymPy is slow to load.

`from_sympy` takes an author's SymPy expression as it stands; what `to_sympy` sends out is for printing and
deriving and never comes back into a claim.
"""

from __future__ import annotations

import sympy
from sympy.core.function import AppliedUndef

from derivations.language.context import Context
from derivations.language.declarations import Declaration, Definition, Parameter
from derivations.language.derivation import Claim
from derivations.language.indices import IndexSet, IndexVariable
from derivations.language.sympy_functions import FUNCTIONS
from derivations.language.sympy_rates import Rate
from derivations.language.sympy_reading import BridgeError, free_indices, from_sympy
from derivations.language.sympy_writing import to_sympy

__all__ = [
    "FUNCTIONS",
    "BridgeError",
    "Rate",
    "claim_from_sympy",
    "definition_from_sympy",
    "from_sympy",
    "to_sympy",
]


def claim_from_sympy(left: sympy.Expr, right: sympy.Expr, context: Context) -> Claim:
    """``left = right`` as a claim, in which an index means the same on both sides; raises `BridgeError`."""
    indices = free_indices(sympy.Tuple(left, right), context)
    return Claim(from_sympy(left, context, indices), from_sympy(right, context, indices))


def definition_from_sympy(left: sympy.Expr, right: sympy.Expr, context: Context) -> Definition:
    """``left = right`` as a definition of `left`: a name, ``p[k]``, or ``f(t)`` with scalar symbols.

    Raises `BridgeError` where `left` is none of them, or `right` does not say over what its index ranges.
    """
    if isinstance(left, sympy.Symbol):
        return Definition(left.name, from_sympy(right, context))
    if isinstance(left, sympy.Indexed):
        indices = tuple(_variable(index, right, context) for index in left.indices)
        return Definition(left.base.name, from_sympy(right, context), indices)
    if isinstance(left, AppliedUndef) and all(a.is_Symbol for a in left.args):
        parameters = tuple(Parameter(argument.name) for argument in left.args)
        undeclared = [p.name for p in parameters if p.name not in context.declarations]
        inner = context.with_rows(*(Declaration(name) for name in undeclared))
        return Definition(left.func.__name__, from_sympy(right, inner), (), parameters)
    raise BridgeError(f"cannot define {left}")


def _variable(index: sympy.Basic, right: sympy.Expr, context: Context) -> IndexVariable:
    sets: dict[str, IndexSet] = dict(free_indices(right, context))
    name = getattr(index, "name", None)
    if name not in sets:
        raise BridgeError(f"nothing says over what the index {index} ranges")
    return IndexVariable(name, sets[name])
