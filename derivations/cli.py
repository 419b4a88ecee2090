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


class _Commands(click.Group):
    """Commands whose errors are one line each."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it."""
        with _in_one_line():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """As click does it."""
        with _in_one_line():
            return super().invoke(ctx)


@contextmanager
def _in_one_line() -> Iterator[None]:
    """What was asked for wrongly, and output that nobody takes, is said in one line, with exit status 2."""
    try:
        yield
    except OSError as error:  # what concerns a file is said where the file is known
        _mute()
        _complain(f"standard output: {error.strerror or error}")
        sys.exit(UNUSABLE)
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.ClickException as error:
        _complain(" ".join(error.format_message().split()))
        sys.exit(UNUSABLE)


def _mute() -> None:
    """Turn standard output into nothing, so that the flush at exit does not fail again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> None:
    from derivations.checking.report import printable

    click.echo(f"derivations: {printable(message)}", err=True)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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


FORMATS = ("text", "json", "github", "html", "latex")
"""The names of the formats; their writers are loaded when they are used."""


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--format", "output", type=click.Choice(FORMATS), default="text", help="How to report.  [text]")
@click.option("-o", "--output", "target", metavar="FILE", help="Where to put the report.  [standard output]")
@click.option(
    "--input-format", type=click.Choice(["md", "tex"]), help="What the documents are, if not by name."
)
@click.option("--fail-on", type=click.Choice(["refuted", "undecided"]), help="What makes the exit status 1.")
@click.option(
    "--time-limit", type=float, default=10.0, callback=_seconds, help="Seconds for one claim at most.  [10]"
)
@click.option("--timings", is_flag=True, help="Report the seconds that each claim took (JSON).")
@click.option("--show-proved", is_flag=True, help="Show proved claims too (text).")
@click.option("--show-reading", is_flag=True, help="Show how everything was understood (text).")
@click.option("--skip-prose", is_flag=True, help="Pass over files in which nothing is to be checked.")
@click.option("-q", "--quiet", is_flag=True, help="Only what is neither proved nor proved where defined.")
def check(
    files: tuple[str, ...],
    output: str,
    target: str | None,
    input_format: Format | None,
    fail_on: str | None,
    time_limit: float,
    timings: bool,
    show_proved: bool,
    show_reading: bool,
    skip_prose: bool,
    quiet: bool,
) -> None:
    """Check every step of the derivations in Markdown or LaTeX files; - is standard input.

    Exit status: 0 every claim is proved or proved where defined, 1 some claim is not, 2 a file or an option
    cannot be used.
    """
    with _progress(quiet) as advance:
        from derivations.checking.check import Checker
        from derivations.writing.formats import FORMATS, Style

        report, usable = _judged(files, input_format, Checker(time_limit, progress=advance), skip_prose)
    colour, width = _terminal() if target is None and output == "text" else (False, None)
    style = Style(colour, width, quiet, show_proved, show_reading, timings)
    usable &= _put(FORMATS[output](report, style), target)
    failing = FAILING[fail_on]
    found = any(statement.verdict in failing for statement in report.statements)
    sys.exit(UNUSABLE if not usable else FINDINGS if found else CLEAN)


def _put(text: str, target: str | None) -> bool:
    """Print `text` or put it into the file `target`; whether that could be done."""
    data = text.encode("utf-8", "backslashreplace")
    if target is None or target == "-":
        _print(text, data)
        return True
    from derivations.writing.files import write_atomically

    try:
        write_atomically(target, data)
    except OSError as error:
        _complain(f"{target}: {error.strerror or error}")
        return False
    return True


def _print(text: str, data: bytes) -> None:
    """Print a report; raises `OSError` where that cannot be done."""
    if sys.stdout is None:
        raise OSError("closed")
    if _foreign(sys.stdout):
        sys.stdout.write(text)
    else:
        click.echo(data, nl=False)
    sys.stdout.flush()


def _foreign(stream: object) -> bool:
    """Whether a stream is not in UTF-8, so that letters that it lacks are to be escaped."""
    return str(getattr(stream, "encoding", "utf-8")).lower().replace("-", "") != "utf8"


def _judged(
    files: tuple[str, ...], markup: Format | None, checker: Checker, skip_prose: bool
) -> tuple[Report, bool]:
    """The files' reports, and whether all could; what could not is said on standard error."""
    from derivations.checking.report import Report
    from derivations.documents import DocumentError, NoMathematics, judged

    documents, usable = [], True
    for path in files:
        try:
            document = judged(_loaded(path, markup), checker)
        except DocumentError as error:
            if not (skip_prose and isinstance(error, NoMathematics)):
                usable = False
                _complain(str(error))
        except OSError as error:
            usable = False
            _complain(f"{path}: {error.strerror or error}")
        else:
            documents.append(document)
            if not document.claims and not skip_prose:
                _complain(f"{path}: no claim found, nothing to check")
    return Report(tuple(documents)), usable


def _loaded(path: str, markup: Format | None) -> Document:
    from derivations.documents import LARGEST, Document, decoded, guessed_format, load

    if path != "-":
        return load(path, markup)
    data = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b""
    text = decoded(data, "<stdin>")
    return Document("<stdin>", text, markup or guessed_format(text))


def _terminal() -> tuple[bool, int | None]:
    """Whether to colour, and how wide the terminal is; None where there is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return False, None
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return colour, shutil.get_terminal_size().columns


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """What to call after every statement: a progress bar on a terminal, nothing elsewhere."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from derivations.writing.progress import ProgressBar

    with ProgressBar() as bar:
        yield bar.advance


@main.command()
@click.argument("code", metavar="[CODE|KIND]", required=False)
def explain(code: str | None) -> None:
    """Explain a mistake by its code, such as D101; list those of one kind, such as sign, or all of them."""
    from derivations.checking.diagnosis.mistakes import BY_CODE

    rows = [BY_CODE[known] for known in sorted(BY_CODE) if code in (None, BY_CODE[known].word)]
    if rows:
        for row in rows:
            click.echo(f"{row.code}  {row.word:<12}  {row.name}")
        return
    assert code is not None
    try:
        click.echo(BY_CODE[code.upper()].documentation, nl=False)
    except KeyError:
        _complain(f"{code}: there is no such code; derivations explain lists them")
        sys.exit(UNUSABLE)


@main.command()
@click.argument("name")
def show(name: str) -> None:
    """Show a proved result of the catalogue in LaTeX; `derivations list` gives the names."""
    from derivations import catalogue

    try:
        entry = catalogue.get(name.replace("_", "-"))
    except KeyError as error:
        _complain(str(error.args[0]))
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
    except KeyError as error:
        _complain(str(error.args[0]))
    except OSError as error:
        _complain(f"{error.filename or name}: {error.strerror or error}")
    except ValueError as error:
        _complain(str(error))
    else:
        if output is None or os.path.realpath(output) != os.path.realpath(name):
            sys.exit(CLEAN if _put(source, output) else UNUSABLE)
        _complain(f"{output}: is the document itself; give --output another name")
    sys.exit(UNUSABLE)


@main.command("list")
def list_entries() -> None:
    """List the results that the catalogue holds."""
    from derivations import catalogue

    entries = catalogue.entries()
    width = max(map(len, entries), default=0)
    for name, entry in entries.items():
        click.echo(f"{name:<{width}}  {entry.title}")
