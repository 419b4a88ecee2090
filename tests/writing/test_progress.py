"""The progress bar: nothing for a short run, a bar for a long one."""

from __future__ import annotations

import sys

import pytest

from derivations.writing import progress


def test_a_short_run_shows_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And does not load the package that draws the bar."""
    monkeypatch.setattr(progress, "_started_bar", lambda: pytest.fail("a bar was drawn"))
    with progress.ProgressBar() as bar:
        bar.advance(1, 2)
    assert capsys.readouterr() == ("", "")


def test_a_long_run_shows_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On standard error, so that the report stays clean."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    with progress.ProgressBar() as bar:
        bar.advance(1, 4)
    printed = capsys.readouterr()
    assert "25%" in printed.err
    assert printed.out == ""
    assert "rich" in sys.modules
