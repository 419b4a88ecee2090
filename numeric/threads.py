"""Threads over ranges of rows, with BLAS held to one thread while they run.

NumPy lets other threads run while it computes, so plain threads use the cores. No thread outlives a call:
several threads may call at once, and a process may fork at any time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from typing import Any, TypeVar

from numeric.blocks import QUIETLY

WORTH = 500_000
"""Elements that one more thread must have to do before it pays."""

Result = TypeVar("Result")


Limit = Any
"""What threadpoolctl returns: a change of the numbers of threads that can be taken back."""


def set_threads(count: int) -> int:
    """Use at most `count` threads from now on, and return how many it was before.

    At first it is the number of ``OMP_NUM_THREADS`` where that is set, otherwise that of the cores that the
    process may use. Small problems always run in the calling thread. BLAS is held to one thread meanwhile if
    the package threadpoolctl is installed. Sums over samples may differ in the last digit between counts.

    Raises `TypeError` where `count` is no whole number and `ValueError` where it is below 1.
    """
    if isinstance(count, bool) or not isinstance(count, int):
        raise TypeError(f"count: expected a whole number of threads, given {type(count).__name__}")
    if count < 1:
        raise ValueError(f"count: expected at least one thread, given {count}")
    before, _STATE.count = _STATE.count, count
    return before


def over_rows(function: Callable[[int, int], Result], rows: int, step: int, elements: int) -> list[Result]:
    """The results of `function` for ranges that cover 0..rows, each of whole blocks of `step` rows.

    It is one range and this thread unless the problem's `elements` are worth more.
    """
    if elements < 2 * WORTH:
        return [function(0, rows)]
    workers = min(_STATE.count, elements // WORTH, -(-rows // step))
    if workers < 2:
        return [function(0, rows)]
    per_worker = -(-rows // (step * workers)) * step
    starts = range(0, rows, per_worker)
    stops = [min(start + per_worker, rows) for start in starts]
    from concurrent.futures import ThreadPoolExecutor

    with _STATE.one_blas_thread(), ThreadPoolExecutor(len(stops)) as pool:
        return list(pool.map(QUIETLY(function), starts, stops))


class _State:
    """How many threads to use, and how many calls hold BLAS to one thread at this moment."""

    def __init__(self) -> None:
        self.count = _at_first()
        self._controller: Any = None
        self.forget()

    def forget(self) -> None:
        """No call holds BLAS: so at first, and in a child process, which inherits no thread."""
        self._lock = Lock()
        self._holders = 0
        self._limit: Limit | None = None

    @contextmanager
    def one_blas_thread(self) -> Iterator[None]:
        """Hold BLAS to one thread; the last call that leaves gives back what the first one found."""
        with self._lock:
            self._holders += 1
            if self._holders == 1:
                self._limit = self._hold()
        try:
            yield
        finally:
            with self._lock:
                self._holders -= 1
                if self._holders == 0 and self._limit is not None:
                    self._limit.restore_original_limits()

    def _hold(self) -> Limit | None:
        try:
            self._controller = self._controller or import_module("threadpoolctl").ThreadpoolController()
        except ImportError:
            return None
        return self._controller.limit(limits=1, user_api="blas")


def _at_first() -> int:
    stated = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0].strip()
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


_STATE = _State()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_STATE.forget)
