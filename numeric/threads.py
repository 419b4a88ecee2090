"""Threads over ranges of rows, with BLAS held to one thread while they run.

NumPy lets other threads run while it computes, so plain threads use the cores. Several threads may call at
once. No thread outlives a call, so a process may fork between calls; while another thread is inside of BLAS,
a fork may hang in OpenBLAS itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib import import_module
from operator import index
from threading import Lock
from typing import Any, TypeVar

from numeric.blocks import QUIETLY

WORTH = 1_000_000
"""Elements that one more thread must have to do before it pays: to start it takes as long as some 500,000."""

Result = TypeVar("Result")

Controller = Any
"""What threadpoolctl knows of the libraries that start threads."""


def set_threads(count: int) -> int:
    """Use at most `count` threads from now on, and return how many it was before.

    At first it is the number of ``OMP_NUM_THREADS`` where that is set, otherwise that of the cores that the
    process may use. Small problems always run in the calling thread, and so does what is called while
    another call uses several threads. BLAS is held to one thread meanwhile if the package threadpoolctl is
    installed. Sums over samples may differ in the last digit between counts.

    Raises `TypeError` where `count` is no whole number and `ValueError` where it is below 1.
    """
    if isinstance(count, bool) or not hasattr(count, "__index__"):
        raise TypeError(f"count: expected a whole number of threads, given {type(count).__name__}")
    if count < 1:
        raise ValueError(f"count: expected at least one thread, given {count}")
    before, _STATE.count = _STATE.count, index(count)
    return before


def over_rows(function: Callable[[int, int], Result], rows: int, step: int, elements: int) -> list[Result]:
    """The results of `function` for ranges that cover 0..rows, each of whole blocks of `step` rows.

    It is one range and this thread unless the problem's `elements` are worth more, and no other call has
    threads at this moment: BLAS can be held to one thread, and given back, by one thread at a time.
    """
    if elements < 2 * WORTH:
        return [function(0, rows)]
    workers = min(_STATE.count, elements // WORTH, -(-rows // step))
    if workers < 2 or not _STATE.alone.acquire(blocking=False):
        return [function(0, rows)]
    try:
        return _in_threads(QUIETLY(function), rows, step, workers)
    finally:
        _STATE.alone.release()


def _in_threads(function: Callable[[int, int], Result], rows: int, step: int, workers: int) -> list[Result]:
    from concurrent.futures import ThreadPoolExecutor

    per_worker = -(-rows // (step * workers)) * step
    starts = range(0, rows, per_worker)
    stops = [min(start + per_worker, rows) for start in starts]
    with _one_blas_thread(), ThreadPoolExecutor(len(stops)) as pool:
        return list(pool.map(function, starts, stops))


def _one_blas_thread() -> AbstractContextManager[object]:
    controller = _blas()
    return controller.limit(limits=1, user_api="blas") if controller else nullcontext()


@cache
def _blas() -> Controller | None:
    """What sets the number of threads of BLAS, None where threadpoolctl is not installed."""
    try:
        return import_module("threadpoolctl").ThreadpoolController()
    except ImportError:
        return None


class _State:
    """How many threads to use, and the lock of the call that uses several."""

    def __init__(self) -> None:
        self.count = _at_first()
        self.forget()

    def forget(self) -> None:
        """No call uses threads: so at first, and in a child process, which inherits none."""
        self.alone = Lock()


def _at_first() -> int:
    stated = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0].strip()
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


_STATE = _State()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_STATE.forget)
