"""The README says only what is so: its report is printed anew, its Python is run, its options exist."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from derivations.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The README speaks from the root of the project."""
    monkeypatch.chdir(ROOT)


def test_the_picture_is_what_is_printed() -> None:
    """The excerpt stands in the report, line for line."""
    picture = blocks("text")[0]
    printed = CliRunner().invoke(main, ["check", "-q", "derivations/examples/spot-the-mistakes.md"]).stdout
    for part in picture.split("...\n"):
        assert part in printed


def test_a_command_prints_what_stands_below_it() -> None:
    """Every block that begins with a command, to the letter."""
    shown = [block[2:].partition("\n") for block in blocks("text") if block.startswith("$ ")]
    assert shown
    for command, _, printed in shown:
        assert CliRunner().invoke(main, shlex.split(command)[1:]).stdout == printed


@pytest.mark.parametrize("example", blocks("python"))
def test_the_python_examples_run(example: str) -> None:
    """With the results that are shown."""
    test = doctest.DocTestParser().get_doctest(example, {}, "README", "README.md", 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_options_exist() -> None:
    """Every option that the README names is in the help text, and the other way round."""
    told = CliRunner().invoke(main, ["check", "--help"]).stdout
    named = set(
        re.findall(r"(?<![\w-])--[a-z][a-z-]*", README.split("## The command line")[1].split("##")[0])
    )
    assert named == set(re.findall(r"--[a-z][a-z-]*", told)) - {"--help", "--quiet"}


def test_the_two_commands_come_first() -> None:
    """One line each, since they are copied and pasted."""
    assert [block.count("\n") for block in blocks("sh")] == [1, 1]
