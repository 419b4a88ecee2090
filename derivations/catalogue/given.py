"""What an entry assumes, in the words that stand before a theorem."""

from __future__ import annotations

from collections.abc import Iterable

from derivations.language.declarations import Declaration, Domain, LabelDeclaration
from derivations.language.spelling import name_latex

SCALARS = {
    Domain.BIT: r"{0} \in \{{0, 1\}}",
    Domain.SIGN: r"{0} \in \{{-1, 1\}}",
    Domain.UNIT: r"0 < {0} < 1",
    Domain.CLOSED_UNIT: r"0 \le {0} \le 1",
    Domain.BELOW_ONE: r"0 \le {0} < 1",
    Domain.UP_TO_ONE: r"0 < {0} \le 1",
    Domain.ABOVE_ONE: r"{0} > 1",
    Domain.FROM_ONE: r"{0} \ge 1",
    Domain.LESS_THAN_ONE: r"{0} < 1",
    Domain.AT_MOST_ONE: r"{0} \le 1",
    Domain.POSITIVE: r"{0} > 0",
    Domain.NONNEGATIVE: r"{0} \ge 0",
    Domain.NONPOSITIVE: r"{0} \le 0",
    Domain.NEGATIVE: r"{0} < 0",
    Domain.REAL: r"{0} \in \mathbb{{R}}",
}
"""How a number is declared."""

VECTORS = {
    Domain.BIT: r"{0} \in \{{0, 1\}}^{{{1}}}",
    Domain.SIGN: r"{0} \in \{{-1, 1\}}^{{{1}}}",
}
"""How a vector of labels is declared; any other is one of real numbers."""


def declared(rows: Iterable[Declaration | LabelDeclaration]) -> str:
    """The sentence that declares `rows`, with formulas in dollar signs."""
    parts = [_declared(row) for row in rows]
    if len(parts) > 1:
        parts[-1] = f"and {parts[-1]}"
    return f"Let {(', ' if len(parts) > 2 else ' ').join(parts)}."


def _declared(row: Declaration | LabelDeclaration) -> str:
    if isinstance(row, LabelDeclaration):
        return f"${row.name}_{{i}} \\in \\{{1, \\dots, {row.values.size}\\}}$"
    if not row.index_sets:
        return f"${SCALARS[row.domain].format(name_latex(row.name))}$"
    sizes = [str(index_set.size) for index_set in row.index_sets]
    name = name_latex(row.name.upper() if len(sizes) > 1 and len(row.name) == 1 else row.name)
    space = VECTORS.get(row.domain, r"{0} \in \mathbb{{R}}^{{{1}}}").format(name, r" \times ".join(sizes))
    more = _more(row)
    return f"${space}$ {more}" if more else f"${space}$"


def _more(row: Declaration) -> str:
    """What is said of the rows of a tensor of labels."""
    if row.domain is Domain.ONE_HOT:
        return "one-hot"
    return f"with ${total(row)}$" if row.domain.sums_to_one else ""


def total(row: Declaration) -> str:
    """``\\sum_k y_{ik} = 1``."""
    rows = "i" if len(row.index_sets) > 1 else ""
    return f"\\sum_{{k=1}}^{{{row.index_sets[-1].size}}} {row.name}_{{{rows} k}} = 1".replace("{ k}", "{k}")


def assumptions(rows: Iterable[Declaration | LabelDeclaration]) -> tuple[str, ...]:
    """What is assumed beyond real numbers, as LaTeX, one formula a row."""
    found = []
    for row in rows:
        if isinstance(row, LabelDeclaration):
            continue
        if row.domain is Domain.ONE_HOT:
            found.append(rf"{name_latex(row.name)} \text{{ one-hot}}")
        elif row.domain.sums_to_one:
            found.append(total(row))
        elif row.domain is not Domain.REAL:
            index = f"_{{{'ijkl'[: len(row.index_sets)]}}}" if row.index_sets else ""
            found.append(SCALARS[row.domain].format(name_latex(row.name) + index))
    return tuple(found)
