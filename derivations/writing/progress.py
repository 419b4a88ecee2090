"""A progress bar for long documents, on a terminal only."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds after which a run is long enough for a bar."""


class ProgressBar:
    """Shows how many statements of a document are judged, once the run has lasted `PATIENCE` seconds."""

    def __init__(self) -> None:
        """Nothing is shown yet, and nothing loaded."""
        self._started = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        """Use as a context manager, so that the bar is cleared before the report is printed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear the bar."""
        if self._bar is not None:
            self._bar.stop()

    def advance(self, done: int, total: int) -> None:
        """Note that `done` of `total` statements are judged."""
        if self._bar is None and time.monotonic() - self._started >= PATIENCE:
            self._bar = _started_bar()
        if self._bar is not None:
            (task,) = self._bar.task_ids
            self._bar.update(task, completed=done, total=total)


def _started_bar() -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.add_task("judging")
    bar.start()
    return bar
