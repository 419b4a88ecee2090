"""The public table says what the kernel says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from decided import ROWS
from kernel_notation import claim
from test_index_sets import CONTEXT as WITH_SETS
from test_inverses import CONTEXT as WITH_MATRICES

import derivations.kernel
from derivations.kernel import judge
from derivations.language import Claim

TABLE = Path(derivations.kernel.__file__).with_name("README.md").read_text("utf-8")
CONTEXT = WITH_MATRICES.with_rows(
    *(row for name, row in WITH_SETS.declarations.items() if name not in WITH_MATRICES.declarations)
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.topic)
def test_a_row_has_its_verdict(row):
    equality = claim(*row.sides())
    found = judge(Claim(equality.left, equality.right, row.relation, row.assumptions), CONTEXT)
    assert found.kind == row.verdict


def test_the_table_is_that_of_the_readme():
    """``| topic | verdict |``, row by row."""
    whole = TABLE.split("## Matrices")[0]
    lines = [line for line in whole.splitlines() if line.startswith("| ")]
    assert lines[1:] == [f"| {row.topic} | {row.verdict} |" for row in ROWS]


def test_the_docstring_names_every_module():
    """Whoever audits the kernel reads there what each part is trusted with."""
    modules = {path.stem for path in Path(derivations.kernel.__file__).parent.glob("*.py")} - {"__init__"}
    named = set(re.findall(r"`(\w+)", derivations.kernel.__doc__ or ""))
    assert modules <= named
