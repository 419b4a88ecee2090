"""A proof in Markdown, which `derivations check` reads and proves again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from derivations.deriving.proof import Chain, Proof
from derivations.writing.proofs import (
    ASKED,
    BOOKLET,
    aligned_rows,
    certificates,
    definitions,
    introduction,
    statements,
)


def markdown(proof: Proof, *, level: int = 1) -> str:
    """`proof` as a section whose heading is of `level`."""
    return "\n\n".join(_blocks(proof, "#" * level)) + "\n"


def booklet(
    chapters: Sequence[tuple[str, Sequence[Proof]]], questions: Iterable[tuple[str, str, Sequence[str]]]
) -> str:
    """Chapters, each a title and its proofs, with a list of contents first and answers last."""
    titles = {proof.name: proof.title for _, proofs in chapters for proof in proofs}
    contents, body = "", ""
    for title, proofs in chapters:
        contents += f"- {title}\n" + "".join(f"    - [{p.title}](#{_anchor(p.title)})\n" for p in proofs)
        body += f"\n## {title}\n\n" + "\n".join(markdown(proof, level=3) for proof in proofs)
    asked = ""
    for text, answer, names in questions:
        links = ", ".join(f"[{titles[name]}](#{_anchor(titles[name])})" for name in names)
        asked += f"\n**{text}** {answer} See {links}.\n"
    return f"# {BOOKLET}\n\n{contents}- {ASKED}\n{body}\n## {ASKED}\n{asked}"


def _anchor(title: str) -> str:
    """The anchor that Markdown gives to a heading."""
    return "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c == "-")


def _blocks(proof: Proof, marks: str) -> Iterator[str]:
    yield f"{marks} {proof.title}"
    yield " ".join(proof.assumed)
    defined = definitions(proof)
    if defined:
        yield "Write"
        yield from map(_display, defined)
    yield "**Theorem.**"
    for condition, formulas in statements(proof):
        if condition:
            yield f"If {condition}, then"
        yield from map(_display, formulas)
    yield "**Proof.**"
    for chain in proof.chains:
        yield from _chain(chain)
    yield from certificates(proof)
    yield from (f"*Remark.* {remark}" for remark in proof.remarks)


def _chain(chain: Chain) -> Iterator[str]:
    intro = introduction(chain)
    if intro:
        yield intro
    left, *rows = aligned_rows(chain, lambda line: f"&& \\text{{{line.words}}}")
    yield _display(f"\\begin{{aligned}}\n{left}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}")


def _display(formula: str) -> str:
    return f"$$\n{formula}\n$$"
