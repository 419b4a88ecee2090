"""The cell magic ``%%derivation``: a derivation in a cell is checked, and the report appears below it.

Nothing is registered before ``%load_ext derivations``, and IPython is needed by nobody else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from derivations.checking.report import Report, printable
from derivations.documents import DocumentError, check_text
from derivations.writing.html import html_fragment
from derivations.writing.text import TextWriter


class Shell(Protocol):
    """What is asked of an IPython shell."""

    def register_magic_function(
        self, function: Callable[[str, str], object], magic_kind: str, magic_name: str
    ) -> None:
        """Make `function` the magic `magic_name`."""
        ...


@dataclass(frozen=True, slots=True)
class CellReport:
    """The report on a cell, as the notebook shows it; `report` is there to work with."""

    report: Report

    def _repr_html_(self) -> str:
        """The report with formulas."""
        return html_fragment(self.report)

    def __repr__(self) -> str:
        """The report as text, for shells without pictures."""
        return TextWriter(show_proved=True).report(self.report).rstrip("\n")


def derivation(line: str, cell: str) -> CellReport | None:
    """``%%derivation [md|tex]``: the report on the cell; what cannot be checked is said in one line."""
    formats: dict[str, Literal["md", "tex"]] = {"": "md", "md": "md", "tex": "tex"}
    chosen = formats.get(line.strip())
    if chosen is None:
        _complain(f"unknown format {line.strip()!r}; write %%derivation md or %%derivation tex")
        return None
    try:
        return CellReport(check_text(cell, chosen))
    except DocumentError as error:
        _complain(str(error))
        return None


def _complain(reason: str) -> None:
    sys.stderr.write(f"derivations: {printable(reason)}\n")


def register(shell: Shell) -> None:
    """Make ``%%derivation`` known to a shell."""
    shell.register_magic_function(derivation, "cell", "derivation")
