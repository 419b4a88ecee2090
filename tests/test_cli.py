"""The commands: what they print, their exit status, and that no input ends in a traceback or a hang."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from derivations import __version__
from derivations.cli import main
from derivations.writing.files import write_atomically

RIGHT = "Let $s(z) = \\frac{1}{1 + e^{-z}}$. Then\n\n$$\ns(-z) = 1 - s(z).\n$$\n"
WRONG = RIGHT.replace("1 - s(z)", "1 + s(z)")
UNREADABLE = RIGHT.replace("1 - s(z)", "\\frac{1}{")
DEFINITION = "Let $s(z) = \\frac{1}{1 + e^{-z}}$.\n"
HEAVY = {"sympy", "numpy", "flint", "rich", "mpmath"}


def run(*arguments: str | Path, **options: object) -> Result:
    """The commands in this process; an exception that escapes them fails the test."""
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False, **options)


def python(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """The commands in a process of their own."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


@pytest.fixture
def write(tmp_path: Path):
    """A function that puts a document into a file and returns its path."""

    def write_document(content: str | bytes, name: str = "notes.md") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_document


# Exit status ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "fail_on", "status"),
    [
        (RIGHT, None, 0),
        (RIGHT, "undecided", 0),
        (WRONG, None, 1),
        (WRONG, "refuted", 1),
        (WRONG, "undecided", 1),
        (UNREADABLE, None, 1),
        (UNREADABLE, "refuted", 0),
        (UNREADABLE, "undecided", 0),
    ],
)
def test_the_exit_status_says_what_was_found(write, document: str, fail_on: str | None, status: int) -> None:
    """0 for clean, 1 for findings of the chosen kind."""
    options = ["--fail-on", fail_on] if fail_on else []
    assert run("check", write(document), *options).exit_code == status


def test_a_document_without_a_claim_is_clean_and_said(write) -> None:
    """There is nothing wrong with definitions alone, but the author may have expected a check."""
    result = run("check", write(DEFINITION))
    assert result.exit_code == 0
    assert "no claim" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("check",),
        ("check", "--time-limit", "0", "x.md"),
        ("check", "--time-limit", "nan", "x.md"),
        ("check", "--fail-on", "proved", "x.md"),
        ("check", "--format", "xml", "x.md"),
        ("show", "no-such-result"),
        ("explain", "D999"),
        ("nonsense",),
        ("check", "--nonsense"),
    ],
)
def test_unusable_options_are_status_2_with_one_line(options: tuple[str, ...]) -> None:
    """Nothing is checked, and standard error says why."""
    result = run(*options)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("derivations: ")


# Bad input --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("notes.pdf", b"%PDF", ".md"),
        ("notes", b"$a = b$", ".md"),
        ("empty.md", b"", "empty"),
        ("blank.tex", b" \n\n", "empty"),
        ("prose.md", b"No formula here.\n", "no mathematics"),
        ("binary.md", b"$a\0b$", "position 2"),
        ("latin.md", "$a = b$\ncaf\xe9".encode("latin-1"), "0xe9 at position 11"),
        ("large.md", b"$a = b$\n" * 700_000, "5 MB"),
    ],
)
def test_unusable_files_are_one_line_on_standard_error(
    write, name: str, content: bytes, message: str
) -> None:
    """Path and reason, exit status 2, no report."""
    path = write(content, name)
    result = run("check", path)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert str(path) in line
    assert message in line


def test_files_without_formulas_are_passed_over_when_asked(write) -> None:
    """A hook is given every file of a repository; what cannot be read at all is said all the same."""
    prose, empty, definition = write("Prose.\n", "a.md"), write("", "b.md"), write(DEFINITION, "c.md")
    result = run("check", "-q", "--skip-prose", prose, empty, definition)
    assert (result.exit_code, result.output) == (0, "")
    assert run("check", "--skip-prose", prose, write(b"\xff", "d.md")).exit_code == 2
    assert run("check", "--skip-prose", prose, write(WRONG)).exit_code == 1


def test_missing_files_and_folders_are_said(tmp_path: Path) -> None:
    """In the words of the operating system."""
    missing, folder = run("check", tmp_path / "none.md"), run("check", tmp_path, "--input-format", "md")
    assert (missing.exit_code, folder.exit_code) == (2, 2)
    assert missing.stderr == f"derivations: {tmp_path}/none.md: No such file or directory\n"
    assert folder.stderr == f"derivations: {tmp_path}: Is a directory\n"


HOSTILE = {
    "unbalanced braces": "$$\\frac{a}{b = c$$\n\n",
    "a hundred nested fractions": "$$x = " + "\\frac{1}{1 + " * 100 + "x" + "}" * 100 + "$$\n\n",
    "a thousand brackets": "$$x = " + "(" * 1000 + "x" + ")" * 1000 + "$$\n\n",
    "a circular macro": "\\newcommand{\\loop}{\\loop\\loop}\n$$\\loop = 1$$\n\n",
    "a tower of powers": "$$x = " + "2^{" * 60 + "2" + "}" * 60 + "$$\n\n",
    "a huge number": "$$x = 10^{10^{10}}$$\n\n",
    "python": "$$x = \\text{__import__('os').abort()}$$\n\n",
    "an unclosed display": "$$a = b\n\n",
    "an unclosed environment": "\\begin{align}a &= b\n\n",
    "a row of commands": "$$\\foo \\bar = \\baz$$\n\n",
    "a thousand terms": "$$x = " + " + ".join(f"x^{{{k}}}" for k in range(1000)) + "$$\n\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_mathematics_is_survived(write, kind: str) -> None:
    """It ends soon in a report or in one message with the place; none of it is proved."""
    result = run("check", write(HOSTILE[kind]), "--format", "json", "--time-limit", "2")
    if result.exit_code == 2:
        assert len(result.stderr.splitlines()) == 1
    else:
        assert json.loads(result.stdout)["summary"]["proved"] == 0


@pytest.mark.parametrize("kind", [k for k in HOSTILE if not k.startswith("an unclosed")])
def test_the_rest_of_the_document_is_still_checked(write, kind: str) -> None:
    """What follows hostile mathematics is judged as if it stood alone."""
    result = run("check", write(HOSTILE[kind] + WRONG), "--format", "json", "--time-limit", "2")
    (document,) = json.loads(result.stdout)["documents"]
    last = document["statements"][-1]
    assert (last["rhs"], last["verdict"]) == ("1 + s(z)", "refuted")


def test_a_megabyte_of_latex_ends_in_time(write) -> None:
    """Within a minute, and not in a traceback."""
    path = write("\\begin{align}\n" + "a &= a + b_{1} \\\\\n" * 60_000 + "\\end{align}\n", "long.tex")
    started = time.monotonic()
    assert run("check", path, "--format", "json").exit_code in (1, 2)
    assert time.monotonic() - started < 60


# Where a report goes ----------------------------------------------------------------------------------


def test_a_report_is_put_into_a_file(write, tmp_path: Path) -> None:
    """The same as is printed; nothing is printed then, and no other file is left behind."""
    path, target = write(WRONG), tmp_path / "out" / "report.json"
    target.parent.mkdir()
    result = run("check", path, "--format", "json", "-o", target)
    assert (result.exit_code, result.output) == (1, "")
    assert target.read_text() == run("check", path, "--format", "json").stdout
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("target", ["missing/report.txt", "."])
def test_an_output_that_cannot_be_written_is_one_line(write, tmp_path: Path, target: str) -> None:
    """With the reason of the operating system and exit status 2."""
    result = run("check", write(RIGHT), "-o", tmp_path / target)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"derivations: {tmp_path / target}: ")


def test_a_failure_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is exchanged as a whole or not at all."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "report.txt"
    target.write_text("old")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"new")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


# Explanations -----------------------------------------------------------------------------------------


def test_every_listed_code_is_explained() -> None:
    """In capitals or not."""
    codes = [line.split()[0] for line in run("explain").stdout.splitlines()]
    assert len(codes) > 20
    for code in codes:
        assert run("explain", code.lower()).stdout.startswith(f"# {code}: ")


# Several files and standard input ---------------------------------------------------------------------


def test_several_files_make_one_report_in_their_order(write) -> None:
    """Each with its own path and verdicts."""
    first, second = write(WRONG, "b.md"), write(RIGHT, "a.tex")
    result = run("check", first, second, "--format", "json")
    report = json.loads(result.stdout)
    assert [d["path"] for d in report["documents"]] == [str(first), str(second)]
    assert (report["summary"]["refuted"], report["summary"]["proved"]) == (1, 1)
    assert result.exit_code == 1


def test_an_unusable_file_does_not_stop_the_others(write, tmp_path: Path) -> None:
    """It is said on standard error and in the exit status; the rest is reported."""
    result = run("check", tmp_path / "none.md", write(RIGHT), "--format", "json")
    assert result.exit_code == 2
    assert "none.md" in result.stderr
    assert json.loads(result.stdout)["summary"]["proved"] == 1


@pytest.mark.parametrize("options", [[], ["--input-format", "md"]])
def test_standard_input_is_a_document(options: list[str]) -> None:
    """Its format is guessed or given."""
    result = run("check", "-", *options, input=WRONG)
    assert result.exit_code == 1
    assert result.stdout.startswith("<stdin>:4:1: refuted")


def test_a_latex_document_on_standard_input_is_recognised() -> None:
    """By its preamble: its comments are not mathematics."""
    body = "\\documentclass{article}\\begin{document}\n% $x = x + 1$\n\\[ 2 + 2 = 4 \\]\n\\end{document}\n"
    result = run("check", "-", "--format", "json", input=body)
    assert [s["verdict"] for s in json.loads(result.stdout)["documents"][0]["statements"]] == ["proved"]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_no_place(newline: str) -> None:
    """Line and column are those of the same document with plain line feeds."""
    plain = run("check", "-", input=WRONG)
    assert run("check", "-", input=WRONG.replace("\n", newline).encode()).stdout == plain.stdout
    assert run("check", "-", input=b"\xef\xbb\xbf" + WRONG.encode()).stdout == plain.stdout


# What is printed --------------------------------------------------------------------------------------


def test_a_refuted_step_is_pointed_at(write) -> None:
    """Place, verdict, the source line with carets under the step, the witness with both values."""
    path = write(WRONG)
    lines = run("check", path).stdout.splitlines()
    assert lines[0] == f"{path}:4:1: refuted  s(-z) = 1 + s(z)"
    assert lines[2:4] == ["4 | s(-z) = 1 + s(z).", "  |         ^^^^^^^^"]
    assert lines[4].startswith("  D102 sign: the sign of $s(z)$ is wrong")
    assert "the left side is" in lines[7]
    assert lines[-1] == "1 claim: 1 refuted"


def test_timings_are_printed_only_when_asked_for(write) -> None:
    """Without them the report is the same on every machine."""
    path = write(WRONG)
    assert "seconds" not in run("check", path, "--format", "json").stdout
    (document,) = json.loads(run("check", path, "--format", "json", "--timings").stdout)["documents"]
    assert document["statements"][-1]["seconds"] >= 0


def test_quiet_leaves_findings_only(write) -> None:
    """A clean document prints nothing at all."""
    assert run("check", "-q", write(RIGHT)).output == ""
    assert "refuted" in run("check", "-q", write(WRONG)).stdout


def test_the_report_is_the_same_byte_for_byte_in_every_process(write) -> None:
    """Whatever the seed of Python's hashes, and in every order of files."""
    wrong, right = write(WRONG, "b.md"), write(RIGHT, "a.md")

    def report(seed: str, *paths: Path) -> dict:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return json.loads(
            python("-m", "derivations", "check", "--format", "json", *paths, env=environment).stdout
        )

    first, second = report("1", wrong, right), report("2", right, wrong)
    assert json.dumps(first["documents"]) == json.dumps(second["documents"][::-1])


# Speed of the start -----------------------------------------------------------------------------------


def loaded(*arguments: str | Path) -> set[str]:
    """The heavy packages that a command loads."""
    script = (
        "import sys\nfrom derivations.cli import main\n"
        f"try: main({[str(a) for a in arguments]!r})\nexcept SystemExit: pass\n"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    return set(python("-c", script).stderr.split()) & HEAVY


def test_help_is_quick() -> None:
    """Nothing heavy is loaded for it; the time bound is generous because machines are busy."""
    assert loaded("--help") == set()
    started = time.monotonic()
    assert python("-m", "derivations", "--help").returncode == 0
    assert time.monotonic() - started < 1.0


def test_a_check_loads_neither_sympy_nor_numpy(write) -> None:
    """The kernel computes with python-flint, so that a check starts at once."""
    assert loaded("check", write(RIGHT)) <= {"flint"}


def test_the_package_loads_nothing_before_it_is_used() -> None:
    """The import alone costs nothing."""
    script = "import sys, derivations; print([m for m in sys.modules if m.startswith('derivations.')])"
    assert python("-c", script).stdout == "[]\n"


def test_the_version_is_told() -> None:
    """The same as the package's."""
    assert __version__ in run("--version").stdout


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ("check {path} --format json | exec 0<&- sleep 1", "Broken pipe"),
        ("explain | exec 0<&- sleep 1", "Broken pipe"),
        ("check {path} > /dev/full", "No space left on device"),
        ("check {path} --format html > /dev/full", "No space left on device"),
        ("explain D101 > /dev/full", "No space left on device"),
        ("list > /dev/full", "No space left on device"),
        ("--help > /dev/full", "No space left on device"),
        ("check {path} >&-", "closed"),
    ],
)
def test_output_that_nobody_takes_is_one_line(write, command: str, complaint: str) -> None:
    """A closed pipe, a full disk, no standard output at all: status 2 and never a traceback."""
    script = f'set -o pipefail; "{sys.executable}" -m derivations {command.format(path=write(WRONG * 400))}'
    run = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert run.stderr == f"derivations: standard output: {complaint}\n"
    assert run.returncode == 2


def test_mistakes_of_one_kind_are_listed() -> None:
    """By the word that reports say."""
    lines = run("explain", "sign").stdout.splitlines()
    assert len(lines) > 1
    assert {line.split()[1] for line in lines} == {"sign"}


def test_a_terminal_without_greek_letters_is_served(write) -> None:
    """A letter that cannot be shown is escaped."""
    path = write("$$\nα = α + 1\n$$\n")
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    result = python("-m", "derivations", "check", path, env=environment)
    assert "Traceback" not in result.stderr
    assert "\\u03b1" in result.stdout
