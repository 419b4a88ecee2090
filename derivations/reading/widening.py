"""The wide reading of a sum: its body goes on past a plus sign where its own index does.

``\\sum_i y_i \\log h_i + (1 - y_i) \\log(1 - h_i)`` has an index i outside of the tight body, which only
the sum can explain. The body then reaches to the last term that needs the index, and the report says so. A
sum is never widened for any other reason.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import replace

from derivations.reading.syntax import letters
from derivations.reading.tree import (
    Big,
    Dots,
    Group,
    Juxtaposition,
    Numeral,
    Operator,
    Prefix,
    Quotient,
    Related,
    Scripted,
    Span,
    Syntax,
    Terms,
    children,
)

NOTE = "the sum over {} is read to the last term that uses {}"


def index_letters(big: Big) -> list[str]:
    """The letters that a sum binds."""
    lower = big.lower
    if isinstance(lower, Related):
        lower = lower.sides[0]
    return [] if lower is None else letters(lower)


def used_letters(node: Syntax) -> set[str]:
    """The letters in scripts of `node` that no sum in it binds."""
    if isinstance(node, Big):
        return used_letters(node.body) - set(index_letters(node))
    found: set[str] = set()
    if isinstance(node, Scripted):
        for script in (node.subscript, node.superscript):
            if script is not None:
                found |= _script_letters(script)
        return found | used_letters(node.base)
    for child in children(node):
        found |= used_letters(child)
    return found


def is_number(node: Syntax) -> bool:
    """Whether a formula is certainly a number, whatever its names are: a sum of entries, its logarithm."""
    if isinstance(node, Numeral):
        return True
    if isinstance(node, Big):
        return is_number(node.body)
    if isinstance(node, Scripted):
        return node.superscript is None and bool(used_letters(node))
    if isinstance(node, Prefix | Terms | Juxtaposition | Quotient):
        inner = [child for child in children(node) if not isinstance(child, Dots)]
        return bool(inner) and all(is_number(child) for child in inner)
    return isinstance(node, Group) and node.kind in ("(", "[") and all(map(is_number, node.items))


def _script_letters(script: Syntax) -> set[str]:
    found = set(letters(script))
    for child in children(script):
        found |= _script_letters(child)
    return found


def widened(node: Terms, outer: Set[str], note: Callable[[str], None]) -> Terms:
    """`node` with the sums that need it read widely; `outer` are letters that have a meaning around it."""
    terms, signs = list(node.terms), list(node.signs)
    position = 0
    while position < len(terms) - 1:
        path = _trailing(terms[position])
        chosen = None
        for big in reversed(path):
            for letter in index_letters(big):
                last = _last_use(terms, position, letter)
                if letter not in outer and last is not None:
                    chosen = (big, letter, last)
                    break
            if chosen is not None:
                break
        if chosen is None:
            position += 1
            continue
        big, letter, last = chosen
        # A minus sign before the sum belongs to the sum; those of the joined terms stay as they are written.
        span = Span(big.body.span.start, terms[last].span.end)
        body = Terms(span, (big.body, *terms[position + 1 : last + 1]), (1, *signs[position + 1 : last + 1]))
        terms[position] = _rebuilt(
            terms[position], big, replace(big, body=widened(body, outer | {letter}, note), wide=True)
        )
        del terms[position + 1 : last + 1]
        del signs[position + 1 : last + 1]
        note(NOTE.format(letter, letter))
    return Terms(node.span, tuple(terms), tuple(signs))


def product_end(node: Big) -> int | None:
    """The first of the factors behind a product that do not know its index; None where there are none.

    ``\\prod_i a_i \\prod_i b_i`` and ``\\prod_i p_i \\cdot q``: of a sum such factors are factors anyway.
    """
    if node.kind != "product" or not isinstance(node.body, Juxtaposition):
        return None
    bound = set(index_letters(node))
    using = [n for n, factor in enumerate(node.body.factors) if bound & used_letters(factor)]
    end = using[-1] + 1 if using else 0
    return end if 0 < end < len(node.body.factors) else None


def _trailing(node: Syntax) -> list[Big]:
    """The sums at the end of a term, outermost first: what follows the term could belong to their bodies."""
    if isinstance(node, Big):
        return [node, *_trailing(node.body)]
    if isinstance(node, Juxtaposition) and node.factors:
        return _trailing(node.factors[-1])
    if isinstance(node, Operator) and node.operand is not None:
        return _trailing(node.operand)
    return []


def _last_use(terms: list[Syntax], position: int, letter: str) -> int | None:
    found = [n for n in range(position + 1, len(terms)) if letter in used_letters(terms[n])]
    return found[-1] if found else None


def _rebuilt(node: Syntax, old: Big, new: Big) -> Syntax:
    """`node` with the trailing sum `old` exchanged."""
    if node is old:
        return new
    if isinstance(node, Big):
        return replace(node, body=_rebuilt(node.body, old, new))
    if isinstance(node, Juxtaposition):
        return replace(node, factors=(*node.factors[:-1], _rebuilt(node.factors[-1], old, new)))
    if isinstance(node, Operator) and node.operand is not None:
        return replace(node, operand=_rebuilt(node.operand, old, new))
    return node
