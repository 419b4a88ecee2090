"""The kernel beside plain SymPy, ``simplify((left - right).doit()) == 0``, on the right steps of its tests.

Run as ``python tests/benchmarks/against_sympy.py``; takes a few minutes, nearly all of them SymPy's.
"""

from __future__ import annotations

import signal
import statistics
import sys
import time
from pathlib import Path

import sympy

sys.path.insert(0, str(Path(__file__).parent.parent / "kernel"))

from functions_met import TRUE as FUNCTIONS
from harder import HARDER
from kernel_notation import CONTEXT, claim
from true_identities import TRUE

from derivations.kernel import judge
from derivations.language import Call
from derivations.language.definitions import put_arguments
from derivations.language.sympy_bridge import BridgeError, to_sympy
from derivations.language.traversal import rebuild

LIMIT = 10
"""Seconds that SymPy has for one claim."""

SUITES = {"identities": TRUE, "harder ones": HARDER, "functions": FUNCTIONS}


class TooLong(BaseException):
    """SymPy was stopped."""


def stop(*_):
    raise TooLong


def without_calls(expression):
    """Definitions opened and derivatives left for SymPy to take."""
    opened = rebuild(expression, without_calls)
    if isinstance(opened, Call):
        return without_calls(put_arguments(opened, CONTEXT.definition(opened.name).body, CONTEXT))
    return opened


def by_sympy(equality) -> str:
    """Whether SymPy shows the two sides to be equal."""
    try:
        left, right = (to_sympy(without_calls(side), CONTEXT) for side in (equality.left, equality.right))
    except BridgeError:
        return "no counterpart"
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT)
    try:
        return "proved" if sympy.simplify((left - right).doit()) == 0 else "not proved"
    except TooLong:
        return "too long"
    except Exception as error:
        return f"failed: {type(error).__name__}"
    finally:
        signal.alarm(0)


def by_kernel(equality) -> str:
    """Whether the kernel does."""
    return judge(equality, CONTEXT).kind


def measured(method, equalities):
    """The answers and seconds of a method."""
    answers, seconds = [], []
    for equality in equalities:
        started = time.perf_counter()
        answers.append(method(equality))
        seconds.append(time.perf_counter() - started)
    return answers, seconds


def main() -> None:
    for name, suite in SUITES.items():
        equalities = [claim(*sides()) for sides in suite.values()]
        for title, method in (("kernel", by_kernel), ("SymPy", by_sympy)):
            answers, seconds = measured(method, equalities)
            counts = ", ".join(f"{answers.count(a)} {a}" for a in sorted(set(answers)))
            slowest, middle = max(seconds), statistics.median(seconds)
            sys.stdout.write(
                f"{name}, {len(answers)} claims, {title}: {counts}; {sum(seconds):.1f} s in all, "
                f"median {1000 * middle:.0f} ms, slowest {slowest:.2f} s\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
