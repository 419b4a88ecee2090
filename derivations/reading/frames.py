"""Theorems, examples, exercises and proofs: where in a text they begin and end, and of what kind they are.

What is assumed in one holds in it, and in the proof or solution behind it. LaTeX and Markdown write them as
environments; Markdown also as a word in bold that begins a paragraph: "**Example 2.** Let ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from derivations.reading.tree import Span

_STATED = (
    "theorem lemma proposition corollary definition remark example claim fact note assumption exercise "
    "problem question solution answer observation conjecture property proof"
)
STATED = frozenset(_STATED.split())
"""Environments that state something, or prove it."""
CONTINUING = frozenset({"proof", "solution", "answer"})
"""Kinds that belong to what stands before them."""
_OTHERS = "center quote quotation abstract flushleft flushright frame"
"""Environments of running text that mean nothing here."""
_NEW_THEOREM = re.compile(
    r"\\newtheorem\*?\s*\{(?P<name>[A-Za-z]+)\*?\}(?:\[\w*\])?(?:\{(?P<title>\w+)[^{}\n]{0,80}\})?"
)
_ENVIRONMENT = (
    r"\\(?P<kind>begin|end)\{{(?P<name>{})\*?\}}"
    r"(?:\[[^\[\]\n]{{0,200}}\])?(?:\s*\\label\{{[^{{}}\n]{{0,200}}\}})?"
)
"""An environment of running text, with the title and the label that it may have."""
_LABEL = re.compile(
    rf"(?:\A|(?<=\n))[ \t]*(?P<mark>\*\*|__|\*|_)(?P<name>{'|'.join(sorted(STATED))})s?\b"
    r"[^*_\n$]{0,80}?(?:[.:](?P=mark)|(?P=mark)[.:])(?=[ \t]*\S)",
    re.IGNORECASE,
)
"""A word in bold or italics that begins a line, with more of the line behind it."""
_LABELLED = re.compile(r"\n[ \t]*\n[ \t]*\Z|\A\s*\Z")
"""What stands before the first line of a paragraph."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a theorem or proof begins or ends."""

    span: Span
    frame: int
    """The number of what stands behind the place: a theorem and its proof have one, running text has 0."""
    kind: str = ""
    """What stands behind the place, "theorem" or "example"."""


def environments(text: str, whole: str) -> tuple[list[Span], list[Edge]]:
    """The commands in `text` that begin and end environments of running text, and the edges of those that
    state something; `whole` may declare kinds of theorems.
    """
    kinds = {kind: kind for kind in STATED}
    for match in _NEW_THEOREM.finditer(whole):
        kinds[match["name"]] = (match["title"] or match["name"]).lower()
    pattern = re.compile(_ENVIRONMENT.format("|".join([*sorted(kinds), *_OTHERS.split()])))
    matches = list(pattern.finditer(text))
    edges = (
        (Span(*match.span()), kinds[match["name"]] if match["kind"] == "begin" else "")
        for match in matches
        if match["name"] in kinds
    )
    return [Span(*match.span()) for match in matches], list(_numbered(edges))


def labelled(text: str, headings: Iterable[Span], known: Iterable[Edge]) -> list[Edge]:
    """The edges in Markdown: environments, and words in bold that begin a paragraph; what such a word begins
    ends with the next one, or with the next heading.
    """
    found = [(edge.span, edge.kind) for edge in known]
    for match in _LABEL.finditer(text):
        if _LABELLED.search(text, max(match.start() - 80, 0), match.start()):
            found.append((Span(match.start(), match.start()), match["name"].lower()))
    if not found:
        return []
    found += [(Span(heading.start, heading.start), "") for heading in headings]
    found.sort(key=lambda edge: (edge[0].start, edge[1] != ""))
    return list(_numbered(found))


def _numbered(edges: Iterable[tuple[Span, str]]) -> Iterator[Edge]:
    """The edges with numbers; what continues another one has its number."""
    count, proved = 0, True
    for span, kind in edges:
        if not kind:
            yield Edge(span, 0)
            continue
        if kind not in CONTINUING or proved:
            count += 1
        proved = kind in CONTINUING
        yield Edge(span, count, kind)


def moved_on(found: Iterable[tuple[int, tuple[Edge, ...]]]) -> Iterator[Edge]:
    """The edges of texts that are put together, each with the offset at which it begins."""
    count = 0
    for start, edges in found:
        for edge in edges:
            span = Span(start + edge.span.start, start + edge.span.end)
            yield replace(edge, span=span, frame=edge.frame and edge.frame + count)
        count += max((edge.frame for edge in edges), default=0)
