"""Checks hand-written derivations of logistic and softmax models step by step.

>>> import derivations
>>> report = derivations.check_text(r"Let $s(z) = \\frac{1}{1 + e^{-z}}$. Then $$s'(z) = s(z)(1 - s(z)).$$")
>>> report.ok
True

Names are imported when they are first used, so that this import stays fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivations.checking.report import Report
    from derivations.documents import DocumentError, check, check_text
    from derivations.equalities import binary, one_hot, prove_equal, sign, simplex, unit_interval
    from derivations.generating.compiled import CompiledLoss, NotProvedError
    from derivations.generating.compiled import compile_loss as compile
    from derivations.notebook import Shell
    from derivations.own_losses import derive

__version__ = "0.1.0"
__all__ = [
    "CompiledLoss",
    "DocumentError",
    "NotProvedError",
    "Report",
    "binary",
    "check",
    "check_text",
    "compile",
    "derive",
    "one_hot",
    "prove_equal",
    "sign",
    "simplex",
    "unit_interval",
]

_HOMES = {
    "CompiledLoss": "derivations.generating.compiled",
    "DocumentError": "derivations.documents",
    "NotProvedError": "derivations.generating.compiled",
    "Report": "derivations.checking.report",
    "check": "derivations.documents",
    "check_text": "derivations.documents",
    **dict.fromkeys(
        ("binary", "one_hot", "prove_equal", "sign", "simplex", "unit_interval"), "derivations.equalities"
    ),
    "compile": "derivations.generating.compiled",
    "derive": "derivations.own_losses",
}

_NAMES_THERE = {"compile": "compile_loss"}
"""What a name is called in its home, where that differs: `compile` is Python's own as well."""


def __getattr__(name: str) -> object:
    if name == "catalogue":
        return import_module("derivations.catalogue")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), _NAMES_THERE.get(name, name))


def load_ipython_extension(shell: Shell) -> None:
    """What ``%load_ext derivations`` calls: makes the cell magic ``%%derivation`` known."""
    from derivations.notebook import register

    register(shell)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
