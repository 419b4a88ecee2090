"""Substitution never captures: replacing indices is evaluating elsewhere, whatever the bound ones are called.

Names are drawn from a letter and its primes, which is what fresh names are made of, so that they collide.
"""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.language.indices import IndexSet, IndexVariable
from derivations.language.nodes import Abstraction, Add, Entry, Expression, Inverse, Multiply, Sum
from derivations.language.substitution import rename_binders, replace_indices

NAMES = ("i", "i'", "i''", "i'''")
SIZE = 3
SET = IndexSet(SIZE)

names = st.sampled_from(NAMES)
variables = names.map(lambda name: IndexVariable(name, SET))
entries = st.tuples(variables, variables).map(lambda indices: Entry("A", indices))


def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """Sums, products and functions of two indices, taken at two."""
    functions = st.tuples(variables, variables, inner).map(lambda t: Abstraction((t[0], t[1]), t[2]))
    return st.one_of(
        st.tuples(inner, inner).map(Add),
        st.tuples(inner, inner).map(Multiply),
        st.tuples(variables, inner).map(lambda t: Sum(*t)),
        st.tuples(
            functions.filter(lambda f: f.indices[0] != f.indices[1]), st.tuples(variables, variables)
        ).map(lambda t: Inverse(*t)),
    )


expressions = st.recursive(entries, larger, max_leaves=6)


def value(expression: Expression, at: Mapping[str, int]) -> int:
    """The value where A[r, c] = 5 r + c**2; `Inverse` stands for any function of a matrix and two indices."""
    match expression:
        case Entry(_, (row, column)):
            assert isinstance(row, IndexVariable)
            assert isinstance(column, IndexVariable)
            return 5 * at[row.name] + at[column.name] ** 2
        case Add(terms):
            return sum(value(term, at) for term in terms)
        case Multiply((left, right)):
            return value(left, at) * value(right, at) % 10_007
        case Sum(index, body):
            return sum(value(body, {**at, index.name: number}) for number in range(1, SIZE + 1))
        case Inverse(Abstraction((first, second), body), (row, column)):
            assert isinstance(row, IndexVariable)
            assert isinstance(column, IndexVariable)
            places = [(r, c) for r in range(1, SIZE + 1) for c in range(1, SIZE + 1)]
            total = sum((7 * r + c) * value(body, {**at, first.name: r, second.name: c}) for r, c in places)
            return (total + 11 * at[row.name] + at[column.name]) % 10_007
    raise TypeError(expression)


@settings(max_examples=600)
@given(expressions, st.dictionaries(names, variables, max_size=3), st.tuples(*[st.integers(1, SIZE)] * 4))
def test_replacing_indices_is_evaluating_them_elsewhere(
    expression: Expression, replaced: dict[str, IndexVariable], numbers: tuple[int, ...]
) -> None:
    """All at once: ``{i -> i', i' -> i}`` exchanges two indices."""
    at = dict(zip(NAMES, numbers, strict=True))
    elsewhere = {name: at[replaced[name].name] if name in replaced else at[name] for name in NAMES}
    assert value(replace_indices(expression, replaced), at) == value(expression, elsewhere)


@given(variables, variables, expressions, st.sets(names), st.tuples(*[st.integers(1, SIZE)] * 4))
def test_renaming_the_indices_of_a_function_leaves_the_function(
    first: IndexVariable,
    second: IndexVariable,
    body: Expression,
    clashing: set[str],
    numbers: tuple[int, ...],
) -> None:
    """And none of its indices is called as one that clashes."""
    if first == second:
        return
    at = dict(zip(NAMES, numbers, strict=True))
    indices, renamed = rename_binders(Abstraction((first, second), body), clashing)
    assert not clashing & {index.name for index in indices}
    for row in range(1, SIZE + 1):
        inside = {**at, first.name: row, second.name: 1}
        outside = {**at, indices[0].name: row, indices[1].name: 1}
        assert value(renamed, outside) == value(body, inside)
