"""Two numbers as decimals that differ where the numbers do, every digit of them certainly right."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

LARGEST_EXPONENT = 4_000
"""Binary; nobody reads larger numbers than that."""

FEWEST, MOST = 10, 60
"""Significant digits."""


class Unreadable(Exception):
    """No digits of the number are certain, or there are too many."""


def decimals(left: fmpq | arb, right: fmpq | arb) -> tuple[str, str]:
    """Both numbers with as many digits as it takes to tell them apart; raises `Unreadable`.

    Guarantees: each text is the number, exactly or correctly rounded to the digits that are shown.
    """
    bounds = _bounds(left), _bounds(right)
    for digits in range(FEWEST, MOST):
        try:
            shown = _rounded(*bounds[0], digits), _rounded(*bounds[1], digits)
        except Unreadable:
            continue
        if shown[0] != shown[1] or bounds[0] == bounds[1]:
            return shown
    raise Unreadable


def _bounds(value: fmpq | arb) -> tuple[Fraction, Fraction]:
    """Rational numbers between which the value lies."""
    if isinstance(value, fmpq):
        number = Fraction(int(value.p), int(value.q))
        return number, number
    (middle, exponent), (radius, error) = value.mid().man_exp(), value.rad().man_exp()
    if max(abs(int(exponent)), abs(int(error))) > LARGEST_EXPONENT:
        raise Unreadable
    centre, distance = int(middle) * Fraction(2) ** int(exponent), int(radius) * Fraction(2) ** int(error)
    return centre - distance, centre + distance


def _rounded(low: Fraction, high: Fraction, digits: int) -> str:
    if low <= 0 <= high:
        if max(-low, high) * 10**digits >= Fraction(1, 2):
            raise Unreadable
        return "0" if low == high else f"0.{'0' * digits}"
    exponent = _exponent(max(abs(low), abs(high)))
    unit = Fraction(10) ** (exponent - digits + 1)
    rounded = round(low / unit)
    if rounded != round(high / unit):
        raise Unreadable
    return _written(rounded, exponent - digits + 1, exact=low == high == rounded * unit)


def _exponent(value: Fraction) -> int:
    """The power of ten of the first digit."""
    guess = len(str(value.numerator)) - len(str(value.denominator))
    return guess if value >= Fraction(10) ** guess else guess - 1


def _written(number: int, power: int, exact: bool) -> str:
    """``number * 10**power`` in positional notation, or with an exponent where that is too long."""
    sign, text = "-" * (number < 0), str(abs(number))
    point = len(text) + power
    if not -5 <= point <= 15:
        text, suffix, point = text, f"e{point - 1:+d}", 1
    else:
        suffix = ""
    if point <= 0:
        text, point = "0" * (1 - point) + text, 1
    whole, part = text[:point].ljust(point, "0"), text[point:]
    if exact:
        part = part.rstrip("0")
    return f"{sign}{whole}.{part}{suffix}" if part else f"{sign}{whole}{suffix}"
