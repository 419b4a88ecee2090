"""A Jupyter notebook as one text: its Markdown cells one after another, each with its number.

The format is JSON with a list of cells, so no package is needed for it. Code and outputs are left out.
"""

from __future__ import annotations

import json

from derivations.language import Fragment
from derivations.reading.sources import Source

BETWEEN = "\n\n"
"""Ends the paragraph of every cell."""


class NotebookError(ValueError):
    """A text that is no notebook; the message says what is wrong with it."""


def notebook_source(text: str) -> Source:
    """The Markdown of a notebook; raises `NotebookError`.

    Cells are counted from 1, code cells among them, as a notebook shows them from top to bottom.
    """
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" ({error.msg}, line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise NotebookError(f"not a notebook: it is not JSON{where}; save it again in Jupyter") from None
    parts: list[str] = []
    fragments: list[Fragment] = []
    length = 0
    for number, cell in enumerate(_cells(notebook), 1):
        content = _markdown(cell, number)
        if content is None:
            continue
        fragments.append(Fragment(length, f"cell {number}", content))
        parts += [content, BETWEEN]
        length += len(content) + len(BETWEEN)
    return Source("".join(parts), "md", tuple(fragments))


def _cells(notebook: object) -> list[object]:
    """The cells of a notebook; those of version 3 stand in worksheets."""
    if isinstance(notebook, dict):
        sheets = notebook.get("worksheets")
        if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict):
            notebook = sheets[0]
        cells = notebook.get("cells")
        if isinstance(cells, list):
            return cells
    raise NotebookError("not a notebook: it has no list of cells")


def _markdown(cell: object, number: int) -> str | None:
    """The text of a Markdown cell, None for every other cell."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
        return None
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        raise NotebookError(f"not a notebook: the source of cell {number} is no text")
    return "".join(lines).replace("\r\n", "\n").replace("\r", "\n")
