"""Only the kernel's verdict ladder says proved: elsewhere the two words are asked about, never made.

A name that is imported under another one, subclassed, stored or handed on could be called out of sight of a
search for calls. So every place at which a word stands must be one at which nothing can be made of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_house import ROOT, SOURCES, calls, ids, tree

WORDS = {"Proved", "ProvedWhereDefined"}
JUDGE = ROOT / "derivations" / "kernel" / "judge.py"


def harmless(parent: ast.AST, child: ast.AST) -> bool:
    """Whether what stands in `child` is only asked about: a type, or a pattern to be matched."""
    if isinstance(parent, ast.Call):
        return ast.unparse(parent.func) == "isinstance" and child is parent.args[-1]
    if isinstance(parent, ast.MatchClass):
        return child is parent.cls
    if isinstance(parent, ast.AnnAssign):
        return child is parent.annotation or ast.unparse(parent.annotation) == "TypeAlias"
    annotated = ast.arg | ast.FunctionDef
    return isinstance(parent, annotated) and child in (
        getattr(parent, "annotation", None),
        getattr(parent, "returns", None),
    )


def speaking(module: ast.Module) -> Iterator[str]:
    """The places of a module at which one of the words could be made."""

    def walk(node: ast.AST, asked: bool) -> Iterator[str]:
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names if alias.name in WORDS and alias.asname)
        named = {getattr(node, "id", None), getattr(node, "attr", None)} & WORDS
        spelt = isinstance(node, ast.Constant) and node.value in WORDS
        if (named or spelt) and not asked:
            yield ast.unparse(node)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, asked or harmless(node, child) or exported(node))

    return walk(module, False)


def exported(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]


@pytest.mark.parametrize("path", [path for path in SOURCES if path != JUDGE], ids=ids)
def test_no_other_module_can_say_proved(path: Path) -> None:
    """Each word stands where it is asked about, or exported, and nowhere else."""
    assert list(speaking(tree(path))) == []


def test_the_verdict_ladder_says_both() -> None:
    """The search finds what it looks for."""
    assert {name for name, _ in calls(JUDGE)} >= WORDS
    assert set(speaking(tree(JUDGE))) >= WORDS


@pytest.mark.parametrize(
    "text",
    [
        "from derivations.kernel import Proved as Told\nTold()",
        "from derivations import kernel\nverdict = kernel.Proved()",
        "told = verdicts.ProvedWhereDefined\ntold(())",
        "class Mine(Proved): pass",
        "getattr(kernel, 'Proved')()",
        "make(Proved)",
        "KINDS = {'proved': Proved}",
        "def told(kind: str = Proved): return kind()",
        "isinstance(Proved(), Verdict)",
        "object.__new__(Proved)",
    ],
)
def test_a_way_round_is_seen(text: str) -> None:
    """None of these need have the word before a bracket."""
    assert list(speaking(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "from derivations.kernel import Proved",
        "def told(verdict: Proved | None) -> Proved: return verdict",
        "isinstance(verdict, Proved | ProvedWhereDefined)",
        "match verdict:\n    case Proved(used):\n        pass",
        "__all__ = ['Proved']",
    ],
)
def test_a_question_is_no_answer(text: str) -> None:
    """Nothing is made here."""
    assert not list(speaking(ast.parse(text)))
