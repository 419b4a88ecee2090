"""The commands, thin: options in, text out, and an exit status that scripts can rely on.

Only click is imported at the top; SymPy is loaded by ``show`` and ``list`` alone.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from derivations import __version__

if TYPE_CHECKING:
    from derivations.checking.check import Checker
    from derivations.checking.report import Report
    from derivations.documents import Document, Format

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2

FAILING = {
    "refuted": frozenset({"refuted"}),
    "undecided": frozenset({"refuted", "undecided"}),
    None: frozenset({"refuted", "undecided", "unreadable"}),
}
"""The verdicts that make a run fail, by the argument of ``--fail-on``."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="derivations")
def main() -> None:
    """Check hand-written derivations step by step, and show proved ones."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter must not end the run
            stream.reconfigure(errors="backslashreplace")


def _seconds(context: click.Context, parameter: click.Parameter, value: float) -> float:
    if not value > 0:
        raise click.BadParameter("must be a positive number of seconds")
    return value


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to report.  [text]"
)
@click.option(
    "--input-format", type=click.Choice(["md", "tex"]), help="What the documents are, if not by name."
)
@click.option("--fail-on", type=click.Choice(["refuted", "undecided"]), help="What makes the exit status 1.")
@click.option(
    "--time-limit", type=float, default=10.0, callback=_seconds, help="Seconds for one claim at most.  [10]"
)
@click.option("--timings", is_flag=True, help="Report the seconds that each claim took (JSON).")
@click.option("-q", "--quiet", is_flag=True, help="Only what is neither proved nor proved where defined.")
def check(
    files: tuple[str, ...],
    output: str,
    input_format: Format | None,
    fail_on: str | None,
    time_limit: float,
    timings: bool,
    quiet: bool,
) -> None:
    """Check every step of the derivations in Markdown or LaTeX files; - is standard input.

    Exit status: 0 every claim is proved or proved where defined, 1 some claim is not, 2 a file or an option
    cannot be used.
    """
    with _progress(quiet) as advance:
        from derivations.checking.check import Checker

        report, usable = _judged(files, input_format, Checker(time_limit, progress=advance))
    if output == "json":
        click.echo(report.to_json(timings=timings).encode("utf-8", "backslashreplace"))
    else:
        click.echo(_text(report, quiet), nl=False)
    failing = FAILING[fail_on]
    found = any(statement.verdict in failing for statement in report.statements)
    sys.exit(UNUSABLE if not usable else FINDINGS if found else CLEAN)


def _judged(files: tuple[str, ...], markup: Format | None, checker: Checker) -> tuple[Report, bool]:
    """The files' reports, and whether all could; what could not is said on standard error."""
    from derivations.checking.report import Report
    from derivations.documents import DocumentError, judged

    documents, usable = [], True
    for path in files:
        try:
            document = judged(_loaded(path, markup), checker)
        except DocumentError as error:
            usable = False
            click.echo(f"derivations: {error}", err=True)
        except OSError as error:
            usable = False
            click.echo(f"derivations: {path}: {error.strerror or error}", err=True)
        else:
            documents.append(document)
            if not document.claims:
                click.echo(f"derivations: {path}: no claim found, nothing to check", err=True)
    return Report(tuple(documents)), usable


def _loaded(path: str, markup: Format | None) -> Document:
    from derivations.documents import LARGEST, Document, decoded, guessed_format, load

    if path != "-":
        return load(path, markup)
    data = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b""
    text = decoded(data, "<stdin>")
    return Document("<stdin>", text, markup or guessed_format(text))


def _text(report: Report, quiet: bool) -> str:
    from derivations.writing.text import TextWriter

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return TextWriter(colour, width, quiet).report(report)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """What to call after every statement: a progress bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from derivations.writing.progress import ProgressBar

    with ProgressBar() as bar:
        yield bar.advance


@main.command()
@click.argument("name")
def show(name: str) -> None:
    """Show a proved result of the catalogue in LaTeX; `derivations list` gives the names."""
    from derivations import catalogue

    try:
        entry = catalogue.get(name.replace("_", "-"))
    except KeyError as error:
        click.echo(f"derivations: {error.args[0]}", err=True)
        sys.exit(UNUSABLE)
    click.echo(entry.latex())


@main.command()
@click.argument("name", metavar="NAME|FILE")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Where to write.  [standard output]")
def kernel(name: str, output: str | None) -> None:
    """Write NumPy functions for a proved result of the catalogue, or for the proved lines of a document.

    The file needs NumPy only; its header states what was proved. Exit status: 0 written, 2 not.
    """
    from derivations.kernel_files import kernel_source

    try:
        source = kernel_source(name)
        if output is None:
            click.echo(source, nl=False)
        else:
            with open(output, "w", encoding="utf-8", newline="\n") as file:
                file.write(source)
    except KeyError as error:
        click.echo(f"derivations: {error.args[0]}", err=True)
        sys.exit(UNUSABLE)
    except OSError as error:
        click.echo(f"derivations: {error.filename or name}: {error.strerror or error}", err=True)
        sys.exit(UNUSABLE)
    except ValueError as error:
        click.echo(f"derivations: {error}", err=True)
        sys.exit(UNUSABLE)


@main.command("list")
def list_entries() -> None:
    """List the results that the catalogue holds."""
    from derivations import catalogue

    entries = catalogue.entries()
    width = max(map(len, entries), default=0)
    for name, entry in entries.items():
        click.echo(f"{name:<{width}}  {entry.title}")
