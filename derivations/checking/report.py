"""The report: what was read of each document, and the verdict on every claim, as frozen data.

Field names and their order are those of the JSON report, version 1, so that the two cannot drift apart.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import Field, dataclass, field, fields, is_dataclass
from pathlib import PurePath

from derivations.checking.certificate import StepReport

VERSION = 1
"""The version of the JSON report."""

VERDICTS = ("proved", "proved-where-defined", "refuted", "undecided", "unreadable")
"""Every verdict, from the best news to the worst reading."""

ACCEPTED = frozenset(VERDICTS[:2])
"""The verdicts that ask nothing of the author."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A point at which the two sides of a claim certainly differ."""

    assignment: tuple[tuple[str, int | str], ...]
    """Sizes as integers, everything else as exact text such as ``3/2``."""
    lhs: str
    rhs: str

    @property
    def sentence(self) -> str:
        """The point, then both values, in words."""
        point = ", ".join(f"{name} = {value}" for name, value in self.assignment)
        return f"{f'at {point}: ' if point else ''}the left side is {self.lhs}, the right side {self.rhs}"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Which mistake explains a refuted step, with a right side that is proved."""

    code: str
    mistake: str
    message: str
    """In words, with formulas in LaTeX between dollar signs."""
    repair: str | None
    """The LaTeX of a right side with which the step is proved."""

    @property
    def sentence(self) -> str:
        """The message with its code, then the repair."""
        told = f"{self.code} {self.mistake}: {self.message}"
        return told if self.repair is None else f"{told}; proved with the right side ${self.repair}$"


@dataclass(frozen=True, slots=True)
class DeclarationReport:
    """How a name was understood."""

    name: str
    reading: str
    origin: str
    line: int | None
    part: str | None = field(default=None, metadata={"json": "if known"})
    """The cell or file that the line belongs to, None for the document itself."""

    @property
    def where(self) -> str:
        """The line in words, empty where there is none."""
        return "" if self.line is None else _counted(self.part, self.line)


@dataclass(frozen=True, slots=True)
class StatementReport:
    """One statement: its place, its source, how it was read, and for a claim the verdict."""

    line: int
    column: int
    end_line: int
    end_column: int
    role: str
    relation: str
    lhs: str
    rhs: str
    reading: str = ""
    notes: tuple[str, ...] = ()
    verdict: str | None = None
    conditions: tuple[str, ...] = ()
    assumptions_used: tuple[str, ...] = ()
    reason: str | None = None
    witness: Witness | None = None
    diagnosis: Diagnosis | None = None
    seconds: float | None = None
    part: str | None = field(default=None, metadata={"json": "if known"})
    """The cell or file in which lines are counted, None for the document itself."""
    certificate: StepReport | None = field(default=None, metadata={"json": "if known"})
    """How an inequality was proved."""

    @property
    def where(self) -> str:
        """The line of the right side, in words."""
        return _counted(self.part, self.line_of_right)

    @property
    def accepted(self) -> bool:
        """Whether the statement is no claim, or one that is proved wherever it is defined."""
        return self.verdict is None or self.verdict in ACCEPTED

    @property
    def line_of_right(self) -> int:
        """The line on which the right side begins, where a chain of several lines has this step."""
        return self.end_line - self.rhs.count("\n")

    def _repr_html_(self) -> str:
        """The statement for notebooks."""
        from derivations.checking.table import html_table

        return html_table(Report((DocumentReport("", (), (self,)),)))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know beside the verdict, one sentence each, the most telling first."""
        return (*((self.diagnosis.sentence,) if self.diagnosis else ()), *self.facts)

    @property
    def facts(self) -> tuple[str, ...]:
        """The remarks beside the diagnosis."""
        return (
            *((self.witness.sentence,) if self.witness else ()),
            *((self.reason,) if self.reason else ()),
            *(f"holds where {condition}" for condition in self.conditions),
            *(f"uses {assumption}" for assumption in self.assumptions_used),
            *(f"note: {note}" for note in self.notes),
        )


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document; `source` is its text, kept so that a writer can quote it."""

    path: str
    declarations: tuple[DeclarationReport, ...]
    statements: tuple[StatementReport, ...]
    source: str = field(default="", repr=False, metadata={"json": "never"})
    parts: tuple[tuple[str, str], ...] = field(default=(), repr=False, metadata={"json": "never"})
    """The name and the text of every cell or file that it was put together from."""

    def _repr_html_(self) -> str:
        """The document's table for notebooks."""
        from derivations.checking.table import html_table

        return html_table(Report((self,)))

    @property
    def claims(self) -> tuple[StatementReport, ...]:
        """The statements that were judged."""
        return tuple(s for s in self.statements if s.role == "claim")

    def source_of(self, part: str | None) -> str:
        """The text in which the lines of `part` are counted."""
        return dict(self.parts).get(part or "", self.source)

    def path_of(self, part: str | None) -> str:
        """The file of `part`, or the document with the cell."""
        if part is None:
            return self.path
        included = part.endswith(".tex")
        return str(PurePath(self.path).parent / part) if included else f"{self.path}:{part}"


@dataclass(frozen=True, slots=True)
class Report:
    """All documents of one run, in the order in which they were given."""

    documents: tuple[DocumentReport, ...]

    @property
    def statements(self) -> tuple[StatementReport, ...]:
        """The statements of all documents."""
        return tuple(s for document in self.documents for s in document.statements)

    @property
    def ok(self) -> bool:
        """Whether every claim is proved or proved where defined."""
        return all(statement.accepted for statement in self.statements)

    @property
    def summary(self) -> dict[str, int]:
        """How many statements there are of each role, and how many claims with each verdict."""
        roles = Counter(statement.role for statement in self.statements)
        verdicts = Counter(statement.verdict for statement in self.statements)
        counts = {f"{role}s": roles[role] for role in ("definition", "assumption", "claim")}
        return counts | {verdict: verdicts[verdict] for verdict in VERDICTS}

    def to_json(self, *, timings: bool = False) -> str:
        """The JSON report; without `timings` the same input gives the same bytes on every machine."""
        dropped = frozenset() if timings else frozenset({"seconds"})
        documents = [_plain(document, dropped) for document in self.documents]
        report = {"version": VERSION, "documents": documents, "summary": self.summary}
        return _visible(json.dumps(report, ensure_ascii=False, indent=1))

    def _repr_html_(self) -> str:
        """A table for notebooks."""
        from derivations.checking.table import html_table

        return html_table(self)


def _plain(value: object, dropped: frozenset[str]) -> object:
    """`value` as JSON knows it; a witness's assignment is an object, other tuples are lists."""
    if is_dataclass(value):
        shown = (f.name for f in fields(value) if f.name not in dropped and _is_told(f, value))
        plain = {name: _plain(getattr(value, name), dropped) for name in shown}
        return plain | {"assignment": dict(value.assignment)} if isinstance(value, Witness) else plain
    return [_plain(part, dropped) for part in value] if isinstance(value, tuple) else value


def _is_told(one: Field[object], value: object) -> bool:
    """Whether the JSON report has a field."""
    told = one.metadata.get("json", "always")
    return told == "always" or (told == "if known" and getattr(value, one.name) is not None)


def _counted(part: str | None, line: int) -> str:
    return f"line {line}" if part is None else f"{part}, line {line}"


def printable(text: str) -> str:
    """`text` with a space for every character that is not seen but steers: a document is shown, not obeyed.

    These are control characters, with which terminals are coloured and cleared, and the marks that turn the
    direction of a line round, so that it reads otherwise than it is.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_printable, text))


def _printable(character: str) -> str:
    return " " if _steers(character) else character


def _steers(character: str) -> bool:
    return unicodedata.category(character).startswith("C")


def _visible(text: str) -> str:
    """JSON in which what steers is written by its number; line breaks are JSON's own."""
    steering = {c for c in set(text) if c != "\n" and _steers(c)}
    return text.translate({ord(c): json.dumps(c)[1:-1] for c in steering})


def in_one_line(text: str, limit: int = 300) -> str:
    """`text` without line breaks, cut where it is very long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
