"""``derivations prove`` and ``derivations booklet``: certified proofs in formats for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from derivations.deriving.proof import Detail, Proof

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".tex": "latex",
        ".md": "markdown",
        ".html": "html",
        ".pdf": "pdf",
        ".txt": "text",
        ".py": "sympy",
        ".json": "json",
    }
)
"""The format that a file's suffix stands for."""

Chapters = Sequence[tuple[str, Sequence[Proof]]]
Questions = Sequence[tuple[str, str, Sequence[str]]]
"""A question, its answer, and the names of the theorems that prove it."""


def format_of(asked: str | None, target: str | None, default: str = "latex") -> str:
    """The format that is asked for, or else that of the target's name, or else `default`."""
    return asked or SUFFIXES.get(Path(target or "").suffix.lower(), default)


def proved(name: str, detail: str) -> Proof:
    """The certified proof of the entry `name`; raises `KeyError` for an unknown one, and `LineNotProved`."""
    from derivations import catalogue

    return catalogue.get(name.replace("_", "-")).proof().shown(Detail[detail.upper()])


def written(proof: Proof, to: str, *, fragment: bool = False) -> bytes:
    """`proof` in the format `to`, a whole document or a part of one; raises `NoPDF` where TeX is missing."""
    return (_FRAGMENTS if fragment and to in _FRAGMENTS else _WRITERS)[to](proof)


def booklet(to: str, all_chapters: Chapters) -> bytes:
    """What `chapters` found as one document in the format `to`, with answers; raises as `written`."""
    from derivations.catalogue.questions import QUESTIONS

    questions = [(row.text, row.answer, row.entries) for row in QUESTIONS]
    return _BOOKLETS[to](all_chapters, questions)


def chapters(detail: str) -> Chapters:
    """The certified proofs of all entries by topic, a topic titled as its module is; raises as `proved`."""
    from derivations import catalogue

    found = []
    for topic in catalogue.TOPICS:
        module = import_module(f"derivations.catalogue.{topic}")
        title = (module.__doc__ or topic).splitlines()[0].rstrip(".").partition(":")[0]
        found.append((title, [entry.proof().shown(Detail[detail.upper()]) for entry in module.ENTRIES]))
    return found


def shown(name: str) -> str:
    """The derivation of the entry `name` drawn by SymPy's pretty printer; raises as `proved`."""
    from derivations.writing.proof_pretty import pretty

    return pretty(proved(name, "normal"))


def _latex(proof: Proof) -> bytes:
    from derivations.writing.proof_latex import article

    return article(proof).encode()


def _latex_fragment(proof: Proof) -> bytes:
    from derivations.writing.proof_latex import fragment

    return fragment(proof).encode()


def _markdown(proof: Proof) -> bytes:
    from derivations.writing.proof_markdown import markdown

    return markdown(proof).encode()


def _markdown_fragment(proof: Proof) -> bytes:
    from derivations.writing.proof_markdown import markdown

    return markdown(proof, level=2).encode()


def _html(proof: Proof) -> bytes:
    from derivations.writing.proof_html import html

    return html([proof], proof.title).encode()


def _html_fragment(proof: Proof) -> bytes:
    from derivations.writing.proof_html import html_fragment

    return html_fragment(proof).encode()


def _pdf(proof: Proof) -> bytes:
    from derivations.writing.pdf import pdf

    return pdf(_latex(proof).decode())[0]


def _text(proof: Proof) -> bytes:
    from derivations.writing.proof_text import text

    return text(proof).encode()


def _sympy(proof: Proof) -> bytes:
    from derivations.writing.proof_sympy import source

    return source(proof).encode()


def _json(proof: Proof) -> bytes:
    from derivations.writing.proof_json import json_text

    return json_text(proof).encode()


_WRITERS: Mapping[str, Callable[[Proof], bytes]] = MappingProxyType(
    {
        "latex": _latex,
        "markdown": _markdown,
        "html": _html,
        "pdf": _pdf,
        "text": _text,
        "sympy": _sympy,
        "json": _json,
    }
)
_FRAGMENTS: Mapping[str, Callable[[Proof], bytes]] = MappingProxyType(
    {"latex": _latex_fragment, "markdown": _markdown_fragment, "html": _html_fragment}
)


def _latex_booklet(all_chapters: Chapters, questions: Questions) -> bytes:
    from derivations.writing.proof_latex import booklet

    return booklet(all_chapters, questions).encode()


def _markdown_booklet(all_chapters: Chapters, questions: Questions) -> bytes:
    from derivations.writing.proof_markdown import booklet

    return booklet(all_chapters, questions).encode()


def _html_booklet(all_chapters: Chapters, questions: Questions) -> bytes:
    from derivations.writing.proof_html import booklet

    return booklet(all_chapters, questions).encode()


def _pdf_booklet(all_chapters: Chapters, questions: Questions) -> bytes:
    from derivations.writing.pdf import pdf

    return pdf(_latex_booklet(all_chapters, questions).decode())[0]


_BOOKLETS: Mapping[str, Callable[[Chapters, Questions], bytes]] = MappingProxyType(
    {
        "latex": _latex_booklet,
        "markdown": _markdown_booklet,
        "html": _html_booklet,
        "pdf": _pdf_booklet,
    }
)
