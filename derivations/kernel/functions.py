"""Values for what has none of its own: an opaque smooth function is a polynomial, a free number some number.

A claim about every smooth function holds for polynomials too, so one for which it fails refutes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import product
from math import perm

from flint import arb, fmpq

DEGREE = 3
"""The highest power of each argument."""


class Stream:
    """Numbers drawn from a seed, the same in every version of Python."""

    def __init__(self, seed: str) -> None:
        """Begin with the first number."""
        self._seed, self._block = seed, 0
        self._bytes = iter(b"")

    def below(self, bound: int) -> int:
        """The next number, at least 0 and below `bound`, which is small."""
        digits = [self._next() for _ in range(4)]
        return int.from_bytes(bytes(digits), "big") % bound

    def shuffled(self, values: Sequence[Fraction]) -> list[Fraction]:
        """`values` in another order."""
        rest, order = list(values), []
        while rest:
            order.append(rest.pop(self.below(len(rest))))
        return order

    def _next(self) -> int:
        for byte in self._bytes:
            return byte
        self._bytes = iter(sha256(f"{self._seed} {self._block}".encode()).digest())
        self._block += 1
        return next(self._bytes)


def free_value(name: str) -> Fraction:
    """A small number that is not 0 and that depends on `name` alone."""
    stream = Stream(name)
    return Fraction((1, -1)[stream.below(2)] * (1 + stream.below(9)), 1 + stream.below(4))


def coefficients(name: str, arguments: int) -> dict[tuple[int, ...], Fraction]:
    """The polynomial that stands for the function `name`: its coefficients by exponents."""
    return {e: free_value(f"{name} {e}") for e in product(range(DEGREE + 1), repeat=arguments)}


def polynomial_value(name: str, orders: Sequence[int], arguments: Sequence[fmpq | arb]) -> fmpq | arb:
    """The derivative of the orders `orders` of that polynomial, at `arguments`."""
    total: fmpq | arb = fmpq(0)
    for exponents, coefficient in coefficients(name, len(arguments)).items():
        term: fmpq | arb = fmpq(coefficient.numerator, coefficient.denominator)
        for exponent, order, argument in zip(exponents, orders, arguments, strict=True):
            if order > exponent:
                break
            term = term * perm(exponent, order) * argument ** (exponent - order)
        else:
            total = total + term
    return total


def polynomial_text(name: str, arguments: int) -> tuple[str, str]:
    """The function and the polynomial that stands for it, for people: ``f(t)``, ``1 + 2*t^2``."""
    variables = (
        [f"t{position}" for position in range(1, arguments + 1)] if arguments > 1 else ["t"][:arguments]
    )
    terms = []
    for exponents, coefficient in coefficients(name, arguments).items():
        powers = [f"{v}^{e}" if e > 1 else v for v, e in zip(variables, exponents, strict=True) if e]
        terms.append("*".join((f"({coefficient})", *powers)))
    return f"{name}({', '.join(variables)})", " + ".join(terms)
