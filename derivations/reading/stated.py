"""What a relation states of a name: ``X \\in \\mathbb{R}^{m \\times n}``, ``0 < a < 1``, ``i = 1, \\dots,
m``.

One function a form, each returning what it found or None; nothing is known yet of definitions, and a form
that is not recognised is a claim or a definition, never dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from derivations.language import Domain, IndexSet
from derivations.reading.chains import Chain
from derivations.reading.heads import head_of
from derivations.reading.own_entries import last_of_own_entries
from derivations.reading.survey import Survey
from derivations.reading.syntax import letters, name_of
from derivations.reading.tree import (
    Big,
    Dots,
    Group,
    Juxtaposition,
    Numeral,
    Quotient,
    Related,
    Scripted,
    Symbol,
    Syntax,
    Terms,
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of one name."""

    target: Syntax
    domain: Domain | None = None
    shape: tuple[IndexSet | None, ...] | None = None
    """The axes that the name has beyond its written indices."""
    row: bool = False
    label: IndexSet | None = None
    index_range: IndexSet | None = None
    sums_over: IndexSet | None = None
    """The written range of a sum that is 1."""
    loose: bool = False
    """Whether more is said than this."""
    family: bool = False
    """Whether a number among its indices stands for all."""


UNIT_INTERVAL = (Fraction(0), Fraction(1))


def said_in(chain: Chain, survey: Survey) -> list[Said]:
    """What a chain of relations states; nothing where it states nothing."""
    sides = [side.syntax for side in chain.sides]
    if not chain.relations or any(side is None for side in sides):
        return []
    known = [side for side in sides if side is not None]
    for form in (_membership, _range, _order, _unit_sum, _unit_square, _entries):
        found = form(known, chain.relations, survey)
        if found:
            return found
    return []


def subjects(node: Syntax) -> list[Syntax]:
    """The names in a list such as ``x_i, \\beta``; dots between them are left out."""
    items = node.items if isinstance(node, Group) and node.kind in (",", "(") else (node,)
    named = [item for item in items if not isinstance(item, Dots)]
    if is_family(node):
        named = named[:1]
    return named if all(head_of(item) is not None for item in named) else []


def is_family(node: Syntax) -> bool:
    """Whether a list says one thing of a whole family: ``\\theta^{(1)}, \\dots, \\theta^{(K)}``."""
    items = node.items if isinstance(node, Group) and node.kind in (",", "(") else ()
    return len(items) > 2 and any(isinstance(item, Dots) for item in items)


# Membership --------------------------------------------------------------------------------------------


def _membership(sides: list[Syntax], relations: tuple[str, ...], survey: Survey) -> list[Said]:
    if relations[-1] != "in":
        return []
    found = []
    for target in subjects(sides[-2]) or subjects(sides[0]):
        name = name_of(target)
        if name is not None and survey.is_index(name):
            interval = _interval(sides[-1])
            return [] if interval is None else [Said(target, index_range=interval)]
        said = element(target, sides[-1])
        if said is None:
            return []
        family = is_family(sides[-2]) or is_family(sides[0])
        found.append(replace(said, family=family))
    return found


def element(target: Syntax, where: Syntax) -> Said | None:
    """What it says of `target` that it is an element of the set `where`."""
    power: Syntax | None = None
    base = where
    if isinstance(where, Scripted):
        base, power = where.base, where.superscript
        if where.subscript is not None:
            positive = isinstance(base, Symbol) and base.name == "R" and power is None
            return (
                Said(target, domain=Domain.POSITIVE) if positive and _says_positive(where.subscript) else None
            )
        if isinstance(power, Symbol) and power.name in ("+", "*"):
            return Said(target, domain=Domain.POSITIVE if power.name == "+" else Domain.NONZERO)
    shape = () if power is None else _shape(power)
    if shape is None:
        return None
    axes = tuple(axis for axis in shape if axis != IndexSet(1))
    row = len(shape) == 2 and shape[0] == IndexSet(1) and len(axes) == 1
    if isinstance(base, Symbol) and base.font == "bb" and base.name in ("R", "N", "Z"):
        return Said(target, shape=axes, row=row)
    if isinstance(base, Group) and base.kind == "(" and _numbers(base) == UNIT_INTERVAL:
        return Said(target, domain=Domain.UNIT, shape=axes)
    if isinstance(base, Group) and base.kind in ("(", "[", "(]", "[)") and len(base.items) == 2:
        return _in_interval(target, base, axes)
    domain = _finite(base)
    if domain is not None:
        return Said(target, domain=domain, shape=axes, row=row)
    least = _least_of_all(base)
    if least is not None:
        return Said(target, domain=domain_beside(">" if least else ">=", least), shape=axes)
    interval = _interval(base)
    if interval is not None and power is None:
        return Said(target, label=interval)
    return None


def _least_of_all(node: Syntax) -> Fraction | None:
    """The first of ``\\{0, 1, 2, \\dots\\}``, counts without an end; None for other sets, and below 0."""
    if not isinstance(node, Group) or node.kind != "\\{" or not isinstance(node.items[-1], Dots):
        return None
    numbers = [number_of(item) for item in node.items[:-1]]
    first = numbers[0] if numbers else None
    if first is None or first < 0 or numbers != [first + place for place in range(len(numbers))]:
        return None
    return first


def _in_interval(target: Syntax, interval: Group, axes: tuple[IndexSet, ...]) -> Said:
    """What an interval says of its elements; all that it says, if it is one that has a domain of its own."""
    first, last = interval.items
    above = ">=" if interval.kind.startswith("[") else ">"
    below = "<=" if interval.kind.endswith(("]", "[")) else "<"
    low, high = number_of(first), number_of(last)
    endless = isinstance(last, Symbol) and last.name == "infty"
    exact = exact_domain(above, low, below, high) if high is not None or endless else None
    if exact is not None:
        return Said(target, domain=exact, shape=axes)
    domain = domain_beside(above, low) if low is not None else None
    if domain is None and high is not None:
        domain = domain_beside(below, high)
    return Said(target, domain=domain, shape=axes, loose=True)


def _says_positive(script: Syntax) -> bool:
    """Whether a subscript of the real numbers is ``> 0`` or ``+``; a bare ``+`` is not a formula by
    itself.
    """
    return isinstance(script, Symbol) and script.name in ("+", "++")


def _shape(power: Syntax) -> tuple[IndexSet, ...] | None:
    """The index sets of ``m \\times n``; None where a factor is not a size."""
    factors = power.factors if isinstance(power, Juxtaposition) else (power,)
    signs = set(power.signs[1:]) if isinstance(power, Juxtaposition) else set()
    if signs - {"times", "cdot"}:
        return None
    sets = tuple(_size(factor) for factor in factors)
    return None if any(one is None for one in sets) else tuple(one for one in sets if one is not None)


def _size(node: Syntax) -> IndexSet | None:
    if isinstance(node, Numeral) and node.value.denominator == 1:
        return IndexSet(int(node.value))
    if isinstance(node, Group) and node.kind == "(" and len(node.items) == 1:
        return _size(node.items[0])
    if isinstance(node, Symbol):
        return IndexSet(name_of(node) or node.name)
    if isinstance(node, Terms) and len(node.terms) == 2 and node.signs == (1, 1):
        first, second = node.terms
        if isinstance(first, Symbol) and isinstance(second, Numeral) and second.value == 1:
            return IndexSet(first.name, 0)
    return None


def sizes_of(node: Syntax) -> tuple[IndexSet, ...] | None:
    """The index sets of ``m \\times n`` by itself; None for anything else."""
    crossed = isinstance(node, Juxtaposition) and set(node.signs[1:]) == {"times"}
    return _shape(node) if crossed else None


def _numbers(group: Group) -> tuple[Fraction, ...] | None:
    values = tuple(number_of(item) for item in group.items)
    return None if any(value is None for value in values) else tuple(v for v in values if v is not None)


def number_of(node: Syntax | None) -> Fraction | None:
    """The value of a numeral with its sign, None for anything else."""
    if isinstance(node, Numeral):
        return node.value
    if isinstance(node, Terms) and len(node.terms) == 1 and isinstance(node.terms[0], Numeral):
        return node.terms[0].value * node.signs[0]
    halves: tuple[Syntax, ...] = ()
    if isinstance(node, Quotient):
        halves = (node.numerator, node.denominator)
    if isinstance(node, Juxtaposition) and node.signs == ("", "slash"):
        halves = node.factors
    if halves:
        above, below = map(number_of, halves)
        return None if above is None or not below else above / below
    return None


_FINITE = {
    frozenset({Fraction(0), Fraction(1)}): Domain.BIT,
    frozenset({Fraction(-1), Fraction(1)}): Domain.SIGN,
}


def _finite(base: Syntax) -> Domain | None:
    if isinstance(base, Group) and base.kind == "\\{":
        if len(base.items) == 1 and isinstance(base.items[0], Terms):
            return None
        values = _numbers(base)
        return None if values is None else _FINITE.get(frozenset(values))
    return None


def _interval(node: Syntax) -> IndexSet | None:
    """The index set of ``\\{1, \\dots, K\\}``."""
    if not isinstance(node, Group) or node.kind not in ("\\{", ","):
        return None
    items = [item for item in node.items if not isinstance(item, Dots)]
    if len(items) == len(node.items) or len(items) < 2:
        return None
    start, end = number_of(items[0]), items[-1]
    if start is None or start.denominator != 1:
        return None
    if any(number_of(item) != start + n for n, item in enumerate(items[:-1])):
        return None
    if isinstance(end, Numeral) and end.value.denominator == 1:
        return IndexSet(int(end.value), int(start))
    if isinstance(end, Terms) and len(end.terms) == 2 and end.signs == (1, -1):
        whole, taken = end.terms
        if isinstance(whole, Symbol) and number_of(taken) == 1:
            return IndexSet(whole.name, int(start), 1)
    return IndexSet(end.name, int(start)) if isinstance(end, Symbol) else None


# Ranges, order, sums ------------------------------------------------------------------------------------


def _range(sides: list[Syntax], relations: tuple[str, ...], survey: Survey) -> list[Said]:
    if relations != ("=",):
        return []
    interval = _interval(sides[1])
    found = letters(sides[0])
    if interval is None or not found:
        return []
    items = sides[0].items if isinstance(sides[0], Group) else (sides[0],)
    return [Said(item, index_range=interval) for item in items]


_FLIPPED = {
    "<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!=",
    "prec": "succ", "preceq": "succeq", "succ": "prec", "succeq": "preceq",
}  # fmt: skip


def _order(sides: list[Syntax], relations: tuple[str, ...], survey: Survey) -> list[Said]:
    if not set(relations) <= set(_FLIPPED):
        return []
    if len(sides) == 3 and number_of(sides[0]) is not None and len({*map(_upwards, relations)}) == 1:
        return _between(sides, relations)
    if len(sides) != 2:
        return []
    left, relation, right = sides[0], relations[0], sides[1]
    if number_of(left) is not None:
        left, relation, right = right, _FLIPPED[relation], left
    limit = number_of(right)
    if limit is None and head_of(right) is None:
        return []
    domain = None if limit is None else domain_beside(relation, limit)
    exact = exact_domain(relation, limit, "", None)
    return [Said(target, domain=exact or domain, loose=exact is None) for target in subjects(left)]


def _between(sides: list[Syntax], relations: tuple[str, ...]) -> list[Said]:
    """``0 < p < 1``: what lies between two limits, one of which may be no number."""
    first, last = number_of(sides[0]), number_of(sides[2])
    exact = None
    if first is not None and last is not None:
        ends = (_FLIPPED[relations[0]], first), (relations[1], last)
        (above, low), (below, high) = ends if _upwards(relations[0]) else ends[::-1]
        exact = exact_domain(above, low, below, high)
    found = [
        domain_beside(relation, limit)
        for relation, limit in ((_FLIPPED[relations[0]], first), (relations[1], last))
        if limit is not None
    ]
    domain = exact or next((domain for domain in found if domain is not None), None)
    return [Said(target, domain=domain, loose=exact is None) for target in subjects(sides[1])]


def _upwards(relation: str) -> bool | None:
    return {"<": True, "<=": True, ">": False, ">=": False}.get(relation)


def exact_domain(above: str, low: Fraction | None, below: str, high: Fraction | None) -> Domain | None:
    """The domain that says all of ``x above low`` and ``x below high``; None if there is none. A limit that
    is None is none; `above` may be any relation where there is no other limit.
    """
    if high is None:
        return _EXACT.get((above, low))
    return _WITHIN.get((above, below)) if (low, high) == UNIT_INTERVAL else None


_EXACT: Mapping[tuple[str, Fraction | None], Domain] = {
    (">", Fraction(0)): Domain.POSITIVE,
    (">=", Fraction(0)): Domain.NONNEGATIVE,
    ("<", Fraction(0)): Domain.NEGATIVE,
    ("<=", Fraction(0)): Domain.NONPOSITIVE,
    ("!=", Fraction(0)): Domain.NONZERO,
    (">", Fraction(1)): Domain.ABOVE_ONE,
    (">=", Fraction(1)): Domain.FROM_ONE,
    ("<", Fraction(1)): Domain.LESS_THAN_ONE,
    ("<=", Fraction(1)): Domain.AT_MOST_ONE,
}
_WITHIN: Mapping[tuple[str, str], Domain] = {
    (">", "<"): Domain.UNIT,
    (">=", "<="): Domain.CLOSED_UNIT,
    (">=", "<"): Domain.BELOW_ONE,
    (">", "<="): Domain.UP_TO_ONE,
}


def domain_beside(relation: str, limit: Fraction) -> Domain | None:
    """What ``x relation limit`` says of the sign of x: no more than follows from it, None for nothing."""
    if relation == "!=":
        return Domain.NONZERO if limit == 0 else None
    if relation in (">", ">=") and limit >= 0:
        return Domain.NONNEGATIVE if limit == 0 and relation == ">=" else Domain.POSITIVE
    if relation in ("<", "<=") and limit <= 0:
        return Domain.NONPOSITIVE if limit == 0 and relation == "<=" else Domain.NEGATIVE
    return None


def _unit_sum(sides: list[Syntax], relations: tuple[str, ...], survey: Survey) -> list[Said]:
    if relations != ("=",) or number_of(sides[1]) != 1 or not isinstance(sides[0], Big):
        return []
    big = sides[0]
    body = big.body
    bound = letters(big.lower.sides[0] if isinstance(big.lower, Related) else big.lower)
    if big.kind != "sum" or not isinstance(body, Scripted) or head_of(body) is None:
        return []
    written = letters(body.subscript) or letters(body.superscript)
    lower = big.lower.sides[-1] if isinstance(big.lower, Related) else None
    plain = len(bound) == 1 and (lower is None or number_of(lower) == 1)
    plain = plain and not (isinstance(big.lower, Related) and big.lower.relations != ("=",))
    over = None if big.upper is None else _size(big.upper)
    if not plain or not written or written[-1] != bound[0] or (over is None and big.upper is not None):
        return [Said(body, loose=True)]
    return [Said(body, domain=Domain.SUM_ONE, sums_over=over)]


def _unit_square(sides: list[Syntax], relations: tuple[str, ...], survey: Survey) -> list[Said]:
    """``y_i^2 = 1``: the labels y are 1 or -1. An x that nobody counts may be a number to be found."""
    left = sides[0]
    squared = isinstance(left, Scripted) and number_of(left.superscript) == 2 and not left.primes
    if relations != ("=",) or len(sides) != 2 or number_of(sides[1]) != 1 or not squared:
        return []
    assert isinstance(left, Scripted)
    target = left.base if left.subscript is None else replace(left, superscript=None)
    head = head_of(target)
    counted = left.subscript is not None and bool(letters(left.subscript))
    return [Said(target, domain=Domain.SIGN)] if head is not None and (counted or head.base == "y") else []


def _entries(sides: list[Syntax], relations: tuple[str, ...], survey: Survey) -> list[Said]:
    """``p = (p_1, \\dots, p_K)``: p is a vector, and its entries have the names that everyone expects."""
    last = last_of_own_entries(sides[0], sides[1]) if relations == ("=",) else None
    size = None if last is None else _size(last)
    return [Said(sides[0], shape=(size,))] if size is not None and size.start == 1 else []
