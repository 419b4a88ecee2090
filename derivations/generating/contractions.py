"""Sums of products of tensors printed as calls of NumPy: the indices of a sum choose the call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import sympy

from derivations.generating.straight_line import UnprintableError

CALLS: Mapping[str, str] = MappingProxyType(
    {
        "a,ba->b": "{1}.dot({0}, out)",
        "a,ab->b": "{0}.dot({1}, out)",
        "a,ab->ab": "numpy.multiply({0}[:, None], {1}, out)",
        "ab,cb->ca": "{1}.dot({0}.T, out)",
        "ab,ac->bc": "{0}.T.dot({1}, out)",
    }
)
"""The indices of two tensors and of the result, lettered in order of appearance -> the call.

``{0}`` and ``{1}`` stand for the tensors, ``out`` for the result.
"""


def contraction(summed: sympy.Expr, free: Sequence[sympy.Symbol]) -> tuple[str, tuple[str, ...]]:
    """The call that computes `summed` with its axes in the order of `free`, and its tensors' names.

    The tensor with fewer axes comes first. Raises `UnprintableError` for a sum that is no product of
    tensors, or that no call of the table computes.
    """
    product, bound = summed, set()
    if isinstance(summed, sympy.Sum):
        product, bound = summed.function, set(summed.bound_symbols)
    factors = sorted(sympy.Mul.make_args(product), key=lambda part: (len(part.args), str(part)))
    if not all(isinstance(part, sympy.Indexed) for part in factors):
        raise UnprintableError(f"{summed} is no sum of products of tensors")
    letters: dict[sympy.Symbol, str] = {}
    for part in factors:
        for index in part.indices:
            letters.setdefault(index, "abcdefgh"[len(letters)])
    if set(letters) - bound != set(free):
        raise UnprintableError(f"{summed} has other free indices than {', '.join(map(str, free))}")
    inputs = ",".join("".join(letters[index] for index in part.indices) for part in factors)
    pattern = f"{inputs}->{''.join(letters[index] for index in free)}"
    if pattern not in CALLS:
        raise UnprintableError(f"no call of NumPy is known for the sum {pattern}: {summed}")
    return CALLS[pattern], tuple(str(part.base) for part in factors)


def lines(summed: sympy.Expr, free: Sequence[sympy.Symbol]) -> Iterator[str]:
    """The body of a function that computes `summed` into ``out``."""
    call, tensors = contraction(summed, free)
    yield call.format(*tensors)
