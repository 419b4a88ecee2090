"""From a file or a text to a judged report: the main job of the project, read from top to bottom.

Documents come from anywhere: what cannot be used is said in one line with its place, never by a traceback.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from derivations.checking.check import TIME_LIMIT, Checker
from derivations.checking.report import DocumentReport, Report, in_one_line

if TYPE_CHECKING:
    from derivations.language.derivation import Derivation
    from derivations.reading import Source

Format = Literal["md", "tex"]

FORMATS: dict[str, Format] = {
    ".md": "md",
    ".markdown": "md",
    ".txt": "md",
    ".tex": "tex",
    ".latex": "tex",
    ".ipynb": "md",
}
"""The format that a file's suffix stands for; the cells of a notebook are Markdown."""

LARGEST = 5_000_000
"""Bytes of the largest document that is read."""

_LATEX = re.compile(r"\\(?:documentclass|usepackage|begin\{document\}|(?:sub)*section\*?\{)")
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, those that turn the direction of writing, and half characters."""
_MATHEMATICS = re.compile(r"\$|\\\[|\\\(|\\begin\{")


class DocumentError(ValueError):
    """A document that cannot be checked at all; the message names the place and says what would help."""


class NoMathematics(DocumentError):
    """A document without a formula; among the files of a repository most are."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be checked, where it came from and how it is marked up."""

    path: str
    text: str
    format: Format
    in_folder: bool = False
    """Whether the path is a file's, so that the files beside it may be included."""

    def source(self) -> Source:
        """What is read of it: a notebook's cells, a LaTeX document with the files that it includes.

        Raises `DocumentError` for a notebook that is none.
        """
        from derivations.reading import NotebookError, Source, notebook_source, project_source

        piped = self.path == "<stdin>" and self.text.lstrip().startswith("{") and '"nbformat"' in self.text
        if piped or Path(self.path).suffix.lower() == ".ipynb":
            try:
                return notebook_source(self.text)
            except NotebookError as error:
                raise DocumentError(f"{self.path}: {error}") from None
        if self.format == "tex" and self.in_folder:
            return project_source(self.text, self.path, decoded, LARGEST)
        return Source(self.text, self.format)


def load(path: str | os.PathLike[str], format: Format | None = None) -> Document:
    """The document in the file at `path`; raises `OSError` or `DocumentError`."""
    name = os.fspath(path)
    markup = format or FORMATS.get(Path(name).suffix.lower())
    if markup is None:
        accepted = ", ".join(FORMATS)
        raise DocumentError(f"{name}: unknown kind of document; the name should end in one of {accepted}")
    with open(name, "rb") as file:
        data = file.read(LARGEST + 1)
    return Document(name, decoded(data, name), markup, in_folder=True)


def decoded(data: bytes, name: str) -> str:
    """The text of a document from its bytes; raises `DocumentError` for what is not text in UTF-8."""
    if len(data) > LARGEST:
        raise DocumentError(f"{name}: larger than {LARGEST // 1_000_000} MB; split it into parts")
    if b"\0" in data:
        at = data.index(b"\0")
        raise DocumentError(f"{name}: not a text file (a NUL byte at position {at}); save it as UTF-8 text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{data[error.start]:02x} at position {error.start}"
        raise DocumentError(f"{name}:{line}: not UTF-8 ({byte}); save it as UTF-8 text") from None
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n").replace("\r", "\n")


def guessed_format(text: str) -> Format:
    """The format of a text without a name: LaTeX where it has a LaTeX document's commands."""
    return "tex" if _LATEX.search(text) else "md"


def judged(document: Document, checker: Checker) -> DocumentReport:
    """The report on one document; raises `DocumentError` where there is nothing to judge."""
    from derivations.reading import read_source

    path, source = document.path, document.source()
    derivation = derivation_of(document, source)
    parts = tuple({fragment.name: fragment.text for fragment in source.fragments}.items())
    return checker.document(
        derivation, path, source.text, lambda text: read_source(source.edited(text)), parts
    )


def derivation_of(document: Document, source: Source) -> Derivation:
    """The derivation in a document; raises `DocumentError` where there is none."""
    from derivations.reading import read_source

    path = document.path
    if not source.text.strip():
        raise NoMathematics(f"{path}: the document is empty")
    hidden = _HIDDEN.search(source.text)
    if hidden is not None:
        letter = f"U+{ord(hidden.group()):04X}"
        place = source.told(hidden.start())
        raise DocumentError(
            f"{path}: {place}: a control character ({letter}), which hides what is written; delete it"
        )
    try:
        derivation = read_source(source)
    except RecursionError:
        raise DocumentError(f"{path}: nested too deeply to be read") from None
    except MemoryError:
        raise DocumentError(f"{path}: too large to be read in the memory that there is") from None
    except Exception as error:
        failure = in_one_line(f"{type(error).__name__}: {error}")
        raise DocumentError(
            f"{path}: the reader failed on this document ({failure}); please report it"
        ) from error
    if not derivation.statements and not _MATHEMATICS.search(source.text):
        raise NoMathematics(f"{path}: no mathematics found; formulas stand in $...$, $$...$$ or \\[...\\]")
    return derivation


def check(*paths: str | os.PathLike[str], time_limit: float = TIME_LIMIT) -> Report:
    """Check the derivations in the files at `paths`: Markdown or LaTeX, told apart by the suffix.

    Raises `OSError` for a file that cannot be opened and `DocumentError` for one that cannot be checked.
    """
    return _report((load(path) for path in paths), time_limit)


def check_text(text: str, format: Format = "md", time_limit: float = TIME_LIMIT) -> Report:
    """Check the derivation in `text`, which is Markdown (``md``) or LaTeX (``tex``).

    Raises `DocumentError` where there is nothing to check.
    """
    if format not in set(FORMATS.values()):
        raise ValueError(f"unknown format {format!r}; use 'md' or 'tex'")
    return _report([Document("<text>", text, format)], time_limit)


def _report(documents: Iterable[Document], time_limit: float) -> Report:
    checker = Checker(time_limit)
    return Report(tuple(judged(document, checker) for document in documents))
