"""A LaTeX project as one text: the files that ``\\input`` and ``\\include`` name, each in its place.

*Guarantees.* Only regular files below the folder of the document are opened, wherever links and ``..`` lead;
what is refused, missing or goes round in circles is told at the place that asks for it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from derivations.language import Fragment
from derivations.reading.markup import without_comments
from derivations.reading.sources import Source
from derivations.reading.tree import Span

DEEPEST = 10
"""Files may include each other so deeply."""
MOST_FILES = 200
"""Files that one document may consist of, each counted as often as it is put in."""

_INCLUDE = re.compile(
    r"\\(?:input|include|subfile)(?:\s*\{(?P<braced>[^{}\n]{1,300})\}|[ \t]+(?P<bare>[^\s{}\\%]{1,300}))"
)
_SILENT = frozenset({".pgf", ".tikz", ".bbl", ".sty", ".cls", ".def", ".cfg", ".pdf_tex", ".toc", ".ind"})
"""Endings of files that hold no derivation."""
_BODY = re.compile(r"\\begin\{document\}(?P<body>.*?)(?:\\end\{document\}|\Z)", re.DOTALL)

Decode = Callable[[bytes, str], str]
"""From the bytes of a file and its name to its text; raises ValueError."""


class RefusedError(ValueError):
    """A file that is not put in; the message says why."""


def project_source(text: str, path: str, decode: Decode, largest: int) -> Source:
    """The document at `path` with the text `text`, with the files that it includes.

    `largest` bounds the characters of the whole.
    """
    assembly = _Assembly(Path(path), decode, largest)
    assembly.add("", text, 0, len(text), ())
    if len(assembly.fragments) == 1:
        return Source(text, "tex", problems=tuple(assembly.problems))
    return Source("".join(assembly.parts), "tex", tuple(assembly.fragments), tuple(assembly.problems))


@dataclass
class _Assembly:
    document: Path
    decode: Decode
    largest: int
    parts: list[str] = field(default_factory=list)
    fragments: list[Fragment] = field(default_factory=list)
    problems: list[tuple[Span, str]] = field(default_factory=list)
    length: int = 0
    files: int = 0

    def add(self, name: str, text: str, start: int, end: int, above: tuple[str, ...]) -> None:
        """Put in ``text[start:end]`` of the file `name`, which the files `above` include."""
        position = start
        for match in self._includes(text, start, end):
            wanted = (match["braced"] or match["bare"]).strip()
            if Path(wanted).suffix in _SILENT:
                continue
            try:
                own, content = self._included(wanted, (*above, name))
            except RefusedError as error:
                place = self.length + match.start() - position
                self.problems.append((Span(place, place + match.end() - match.start()), str(error)))
                continue
            self._put(name, text, position, match.start())
            position = match.end()
            if content:
                body = _BODY.search(without_comments(content))
                inside = body.span("body") if body is not None else (0, len(content))
                self.add(own, content, *inside, (*above, name))
        self._put(name, text, position, end)

    def _includes(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        return _INCLUDE.finditer(without_comments(text), start, end)

    def _put(self, name: str, text: str, start: int, end: int) -> None:
        if start == end and self.fragments:
            return
        self.fragments.append(Fragment(self.length, name, text, start))
        self.parts.append(text[start:end])
        self.length += end - start

    def _included(self, wanted: str, above: tuple[str, ...]) -> tuple[str, str]:
        """The name and the text of an included file; raises `RefusedError`."""
        path = self._path(wanted)
        name = path.as_posix()
        if name in (*above, self.document.name):
            raise RefusedError(f"{wanted} includes itself")
        self.files += 1
        if len(above) > DEEPEST:
            raise RefusedError(f"{wanted} is not put in: files include each other more than {DEEPEST} deep")
        if self.files > MOST_FILES:
            raise RefusedError(f"{wanted} is not put in: the document has more than {MOST_FILES} files")
        try:
            data = _regular_file(self.document.parent, path, self.largest)
            content = self.decode(data, name)
        except RefusedError:
            raise
        except (OSError, RuntimeError) as error:  # a circle of links is a RuntimeError
            reason = getattr(error, "strerror", None) or error
            raise RefusedError(f"{wanted} cannot be opened: {reason}") from None
        except ValueError as error:
            raise RefusedError(str(error)) from None
        if self.length + len(content) > self.largest:
            raise RefusedError(
                f"{wanted} is not put in: the document would have more than {self.largest:,} letters"
            )
        return name, content

    def _path(self, wanted: str) -> Path:
        """The path below the folder that `wanted` names; raises `RefusedError` for any other."""
        path = Path(wanted)
        outside = path.is_absolute() or ".." in path.parts or wanted.startswith("~")
        if outside or not wanted.isprintable() or set(wanted) & set("|<>\"'*?:$`\\"):
            raise RefusedError(f"{wanted!r} is not put in: only files below the folder of the document are")
        return path if path.suffix == ".tex" else path.with_name(f"{path.name}.tex")


def _regular_file(folder: Path, path: Path, largest: int) -> bytes:
    """The bytes of a regular file that really lies below `folder`; raises `RefusedError` and `OSError`."""
    root = folder.resolve()
    real = (root / path).resolve(strict=True)
    if not real.is_relative_to(root):
        raise RefusedError(f"{path} is not put in: it leads out of the folder of the document")
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(real, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise RefusedError(f"{path} is not put in: it is no regular file")
    with os.fdopen(descriptor, "rb") as file:
        return file.read(largest + 1)
