"""The house rules: which room may import which, how large a file may be, and what no module may do."""

from __future__ import annotations

import ast
import io
import statistics
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(p for top in ("derivations", "numeric") for p in (ROOT / top).rglob("*.py"))
WRITTEN = [p for p in SOURCES if "kernels" not in p.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

ARROWS = {
    "language": set(),
    "kernel": {"language"},
    "reading": {"language"},
    "checking": {"language", "kernel"},
    "deriving": {"language", "kernel"},
    "catalogue": {"language", "deriving"},
    "generating": {"language", "kernel", "deriving", "catalogue"},
    "writing": {"language", "checking", "deriving"},
}
"""Room -> the rooms that it may import. The modules above all rooms may import every one."""

INSIDE_FUNCTIONS = {"catalogue": {"kernel"}}
"""What a room asks only while it runs: the catalogue has its results certified by the kernel."""

OUTSIDE = {
    "language": {"sympy"},
    "kernel": {"flint"},
    "reading": {"markdown_it"},
    "checking": set(),
    "deriving": {"sympy"},
    "catalogue": {"sympy"},
    "generating": {"sympy", "numpy"},
    "writing": {"rich", "latex2mathml", "sympy"},
    "derivations": {"click", "sympy"},
    "numeric": {"numpy"},
}
"""Room -> the packages from elsewhere that it may import."""

FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "system", "popen", "parse_expr", "parse_latex"}
"""A document's text is data: no module of ours runs text, or hands it to a shell or to SymPy's parsers."""


STARTS_PROGRAMS = {ROOT / "derivations" / "writing" / "pdf.py"}
"""The module that runs TeX, with fixed arguments and without a shell."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def room(path: Path) -> str:
    """The folder of a module; the modules above all rooms, and `numeric`, are rooms of their own."""
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "derivations" and len(parts) > 2 else parts[0]


def imported(path: Path) -> Iterator[tuple[str, bool]]:
    """Every name that a module imports, and whether it does so inside of a function or for types only."""

    def walk(node: ast.AST, inner: bool) -> Iterator[tuple[str, bool]]:
        if isinstance(node, ast.Import):
            yield from ((alias.name, inner) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            assert node.module is not None
            whole = node.module == "derivations"
            yield from ((f"derivations.{a.name}" if whole else node.module, inner) for a in node.names)
        types_only = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        deeper = inner or types_only or isinstance(node, ast.FunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, deeper)

    return walk(tree(path), False)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The calls in a module by the last part of the called name; `re.compile` is not the built-in one."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) != "re.compile":
            yield ast.unparse(node.func).rpartition(".")[2], node


def misplaced(path: Path) -> Iterator[str]:
    """The imports of a module that its room does not allow."""
    here = room(path)
    for name, inner in imported(path):
        top, _, rest = name.partition(".")
        if top == "derivations":
            there = rest.split(".")[0]
            allowed = ARROWS.get(here, set()) | (INSIDE_FUNCTIONS.get(here, set()) if inner else set())
            if here != "derivations" and there != here and there not in allowed:
                yield name
        elif top == "numeric":
            if here not in ("numeric", "generating"):
                yield name
        elif top not in sys.stdlib_module_names and top not in OUTSIDE[here]:
            yield name


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_table_of_arrows_has_no_way_back() -> None:
    """The rooms stand on floors: each imports only rooms that do not lead to it."""
    floors: list[str] = []
    while len(floors) < len(ARROWS):
        ready = [name for name, below in ARROWS.items() if name not in floors and below <= set(floors)]
        assert ready
        floors += ready


def test_every_room_is_in_the_table() -> None:
    """A new room says first what it may import."""
    assert {room(path) for path in SOURCES} <= {*ARROWS, "derivations", "numeric"}


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_imports_run_downwards(path: Path) -> None:
    """No module imports a room above its own, or a package that its room does not need."""
    assert list(misplaced(path)) == []


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_no_module_runs_text(path: Path) -> None:
    """None of the forbidden calls, no subprocess; `sympify` only where it refuses strings."""
    assert {name for name, _ in calls(path)} & FORBIDDEN_CALLS == set()
    assert path in STARTS_PROGRAMS or "subprocess" not in {name for name, _ in imported(path)}
    for name, call in calls(path):
        assert "shell" not in {keyword.arg for keyword in call.keywords}
        assert name != "sympify" or "strict=True" in map(ast.unparse, call.keywords)


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=ids)
def test_every_module_says_why_it_exists(path: Path) -> None:
    """In its docstring."""
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", WRITTEN + TESTS, ids=ids)
def test_files_and_functions_stay_small(path: Path) -> None:
    """No file over 400 lines, no function over 60."""
    assert len(path.read_text("utf-8").splitlines()) <= 400
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60] == []


def test_the_median_file_is_small() -> None:
    """Under 180 lines."""
    assert statistics.median(len(path.read_text("utf-8").splitlines()) for path in WRITTEN) < 180


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=ids)
def test_no_check_is_silenced(path: Path) -> None:
    """No comment turns off the linter or the type checker."""
    comments = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        if token.type == tokenize.COMMENT
    ]
    assert [c for c in comments if "type: ignore" in c or "noqa" in c or "pragma" in c] == []
