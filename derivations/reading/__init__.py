"""From Markdown or LaTeX to a `Derivation`: what people write, with its meaning and its place.

The way through: `pieces` (prose and formulas), `chains` (relations), `formula` (syntax), `drafts` (roles),
`resolve` (terms), `infer` (shapes), `assemble` (the derivation). No guess that is not reported: what has
two readings is unreadable.
"""

from derivations.reading.document import read
from derivations.reading.equality import UnreadableEquality, read_equality

__all__ = ["UnreadableEquality", "read", "read_equality"]
