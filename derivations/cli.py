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


def _put(content: str | bytes, target: str | None) -> bool:
    """Print `content` or put it into the file `target`; whether that could be done."""
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    if target is None or target == "-":
        _print(content, data)
        return True
    from derivations.writing.files import write_atomically

    try:
        write_atomically(target, data)
    except OSError as error:
        _complain(f"{target}: {error.strerror or error}")
        return False
    return True


def _print(content: str | bytes, data: bytes) -> None:
    """Print a report; raises `OSError` where that cannot be done."""
    if sys.stdout is None:
        raise OSError("closed")
    if isinstance(content, str) and _foreign(sys.stdout):
        sys.stdout.write(content)
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


PROOF_FORMATS = ("latex", "markdown", "html", "pdf", "text", "sympy", "json")
DETAIL = click.option(
    "--detail",
    type=click.Choice(["brief", "normal", "full"]),
    default="normal",
    help="How many lines.  [normal]",
)
TARGET = click.option("-o", "--output", "target", metavar="FILE", help="Where to write.  [standard output]")


@main.command()
@click.argument("name")
@click.option("--to", type=click.Choice(PROOF_FORMATS), help="The format.  [by FILE's name, or latex]")
@click.option("--fragment", is_flag=True, help="A part for another document, not a whole one.")
@DETAIL
@TARGET
def prove(name: str, to: str | None, fragment: bool, detail: str, target: str | None) -> None:
    """Derive a result of the catalogue line by line; every line is proved before anything is written.

    Exit status: 0 written, 1 a line is not proved, 2 an option or a file cannot be used.
    """
    from derivations.proofs import format_of, proved, written

    to = format_of(to, target)
    _put_proof(lambda: written(proved(name, detail), to, fragment=fragment), to, target)


@main.command()
@click.option("--to", type=click.Choice(PROOF_FORMATS[:4]), help="The format.  [by FILE's name, or latex]")
@DETAIL
@TARGET
def booklet(to: str | None, detail: str, target: str | None) -> None:
    """Write the derivations of all results of the catalogue as one document with contents."""
    from derivations.proofs import booklet, chapters, format_of

    to = format_of(to, target)
    _put_proof(lambda: booklet(to, chapters(detail)), to, target)


class _WithFormula(click.Command):
    """A command whose argument may begin with a minus sign."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, a formula such as ``-y*log(p)`` put behind the options."""
        formulas = [a for a in args if a.startswith("-") and not a.startswith(("--", "-o", "-h"))]
        return super().parse_args(
            ctx, [a for a in args if a not in formulas] + ["--", *formulas] * bool(formulas)
        )


@main.command(cls=_WithFormula)
@click.argument("loss")
@click.option("--wrt", "variable", required=True, metavar="w_j", help="What the loss is differentiated by.")
@click.option(
    "--given", multiple=True, help="What is assumed: a formula, or sentences with formulas in $...$."
)
@click.option("--order", type=click.Choice(["1", "2"]), default="1", help="1: gradient, 2: Hessian.  [1]")
@click.option("--to", type=click.Choice(PROOF_FORMATS), help="The format.  [by FILE's name, or text]")
@click.option("--fragment", is_flag=True, help="A part for another document, not a whole one.")
@DETAIL
@TARGET
def derive(
    loss: str,
    variable: str,
    given: tuple[str, ...],
    order: str,
    to: str | None,
    fragment: bool,
    detail: str,
    target: str | None,
) -> None:
    """Derive the gradient or the Hessian of a LOSS of your own, in LaTeX or as SymPy writes it.

    Exit status: 0 written, 1 a line is not proved, 2 the loss or a file cannot be used.
    """
    from derivations.deriving.proof import Detail
    from derivations.own_losses import derive
    from derivations.proofs import format_of, written

    to = format_of(to, target, "text")

    def make() -> bytes:
        proof = derive(loss, variable, int(order), given).proof
        return written(proof.shown(Detail[detail.upper()]), to, fragment=fragment)

    _put_proof(make, to, target)


def _put_proof(make: Callable[[], bytes], to: str, target: str | None) -> None:
    """Write what `make` returns, or say in one line why there is nothing to write."""
    from derivations.deriving.certifying import LineNotProved
    from derivations.writing.pdf import NoPDF

    if to == "pdf" and target in (None, "-") and sys.stdout.isatty():
        _complain("a PDF is nothing for a terminal; -o FILE says where to put it")
        sys.exit(UNUSABLE)
    try:
        data = make()
    except KeyError as error:
        _complain(str(error.args[0]))
        sys.exit(UNUSABLE)
    except (NoPDF, ValueError) as error:
        _complain(str(error))
        sys.exit(FINDINGS if isinstance(error, LineNotProved) else UNUSABLE)
    if not _put(data if to == "pdf" else data.decode(), target):
        sys.exit(UNUSABLE)


@main.command()
@click.argument("name")
def show(name: str) -> None:
    """Show a derivation of the catalogue in this terminal; `derivations list` gives the names."""
    from derivations.proofs import shown

    _put_proof(lambda: shown(name).encode(), "text", None)


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
