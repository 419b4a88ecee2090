"""From Markdown or LaTeX to a `Derivation`: what people write, with its meaning and its place.

The way through: `pieces` (prose and formulas), `chains` (relations), `formula` (syntax), `drafts` (roles),
`resolve` (terms), `infer` (shapes), `assemble` (the derivation), `joining` (its sections). No guess that is
not reported: what has two readings is unreadable.
"""

from derivations.reading.equality import UnreadableEquality, read_equality
from derivations.reading.joining import read, read_source
from derivations.reading.notebooks import NotebookError, notebook_source
from derivations.reading.projects import project_source
from derivations.reading.sources import Source

__all__ = [
    "NotebookError",
    "Source",
    "UnreadableEquality",
    "notebook_source",
    "project_source",
    "read",
    "read_equality",
    "read_source",
]
