"""The table of report formats: one row a format, its writer imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from derivations.checking.report import Report


@dataclass(frozen=True, slots=True)
class Style:
    """What a person may ask of a report, whatever its format."""

    colour: bool = False
    width: int | None = None
    quiet: bool = False
    show_proved: bool = False
    show_reading: bool = False
    timings: bool = False


def _text(report: Report, style: Style) -> str:
    from derivations.writing.text import TextWriter

    return TextWriter(style.colour, style.width, style.quiet, style.show_proved, style.show_reading).report(
        report
    )


def _json(report: Report, style: Style) -> str:
    return report.to_json(timings=style.timings) + "\n"


def _github(report: Report, style: Style) -> str:
    from derivations.writing.github import github_annotations

    return github_annotations(report)


def _html(report: Report, style: Style) -> str:
    from derivations.writing.html import html_page

    return html_page(report)


def _latex(report: Report, style: Style) -> str:
    from derivations.writing.latex import latex_document

    return latex_document(report)


FORMATS: Mapping[str, Callable[[Report, Style], str]] = MappingProxyType(
    {"text": _text, "json": _json, "github": _github, "html": _html, "latex": _latex}
)
"""What writes a report, by the argument of ``--format``."""
