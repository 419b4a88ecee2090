"""LaTeX to PDF by the TeX that is installed, in a folder of its own, without access to a shell.

The one module that starts a program: latexmk, tectonic or pdflatex, with fixed arguments.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

TIME_LIMIT = 300
"""Seconds for a document."""

COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "latexmk": (
        ("-pdf", "-latexoption=-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "proof.tex"),
    ),
    "tectonic": (("--untrusted", "proof.tex"),),
    "pdflatex": (("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "proof.tex"),) * 3,
}
"""Programs in the order in which they are tried, and the arguments of each run; contents need three runs."""

ADVICE = (
    "no TeX is installed: get latexmk (Debian: apt install latexmk texlive-latex-extra), or tectonic "
    "(tectonic-typesetting.github.io), or write LaTeX with --to latex"
)


class NoPDF(RuntimeError):
    """TeX is missing, or did not make a document; the message says what would help."""


def pdf(latex: str) -> tuple[bytes, str]:
    """The document in PDF and the log of its last run; raises `NoPDF`."""
    program = next((name for name in COMMANDS if shutil.which(name)), None)
    if program is None:
        raise NoPDF(ADVICE)
    with tempfile.TemporaryDirectory(prefix="derivations-") as folder:
        place = Path(folder)
        (place / "proof.tex").write_text(latex, "utf-8")
        for arguments in COMMANDS[program]:
            _run([program, *arguments], place)
        made = place / "proof.pdf"
        if not made.is_file():
            raise NoPDF(f"{program} made no document: {_complaint(place)}")
        log = place / "proof.log"
        return made.read_bytes(), log.read_text("utf-8", "replace") if log.is_file() else ""


def _run(command: list[str], place: Path) -> None:
    try:
        done = subprocess.run(command, cwd=place, capture_output=True, timeout=TIME_LIMIT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoPDF(f"{command[0]} did not end well: {type(error).__name__}") from error
    if done.returncode:
        raise NoPDF(f"{command[0]} stopped: {_complaint(place)}")


def _complaint(place: Path) -> str:
    """The first error in the log, in one line."""
    log = place / "proof.log"
    text = log.read_text("utf-8", "replace") if log.is_file() else ""
    return next((line[2:] for line in text.splitlines() if line.startswith("! ")), "no reason is given")
