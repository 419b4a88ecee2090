"""Whatever a document holds, the reader comes back soon, with a derivation: no exception, no hang, and
nothing in it is ever run.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derivations.language import Role, Statement
from derivations.reading import read

CORPUS = Path(__file__).parent.parent / "documents"
FORMATS = {".md": "md", ".tex": "tex"}
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|[A-Za-z]+|.", re.DOTALL)

NASTY = (
    *"{}[]()^_&$\\%#~`<>|'\"²③⟦⟧ᵀ∂∇Σ٣",
    *(
        "\\\\",
        "$$",
        "\\[",
        "\\]",
        "\\(",
        "\n\n",
        "\\left",
        "\\right.",
        "\\frac",
        "\\sum_",
        "\\text{",
        "\\tag{",
    ),
    *(
        "\\begin{cases}",
        "\\end{cases}",
        "\\begin{align}",
        "\\end{align*}",
        "\\newcommand{\\a}[1]{#1#1}",
        "\\a",
    ),
    *(
        "x_{99999999}",
        "10^{10^{9}}",
        "\\frac{d^{500}f}{dx^{500}}",
        "f" + "'" * 500,
        "1" * 4301,
        "_{-1}",
        "^{(0)}",
    ),
    *(
        "<!-- derivations: ",
        "-->",
        "% derivations: ignore: x\n",
        "\\input{/dev/zero}",
        "⟦7⟧",
        "\\mathbb{R}^{",
    ),
)
"""Tokens that a document is not expected to have where they are put."""


def claims(text: str, format: str = "md") -> list[Statement]:
    return [s for s in read(text, format).statements if s.role is Role.CLAIM]


# Any text ------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=300), st.sampled_from(["md", "tex"]))
def test_any_text_is_read(text: str, format: str) -> None:
    """Letters of all kinds, halves of surrogate pairs among them."""
    read(text, format)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*NASTY, "a", "b", " ", "=", "+", "2", "\\sigma", "i", "."]), max_size=40),
    st.sampled_from(["md", "tex"]),
)
def test_any_sequence_of_signs_is_read(tokens: list[str], format: str) -> None:
    """In a formula and outside of one."""
    read("".join(tokens), format)
    read(f"Let $a = 1$.\n\n$$ {' '.join(tokens)} $$\n", format)


@cache
def documents() -> tuple[tuple[str, str], ...]:
    """The texts of the corpus with their formats."""
    files = sorted(path for path in CORPUS.iterdir() if path.suffix in FORMATS)
    return tuple((path.read_text("utf-8"), FORMATS[path.suffix]) for path in files)


def mutated(text: str, chance: random.Random, spare: list[str]) -> str:
    """`text` with a few tokens left out, doubled, exchanged, or put in from elsewhere."""
    tokens = TOKEN.findall(text)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        place, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        match chance.randrange(6):
            case 0 if len(tokens) > 1:
                del tokens[place]
            case 1:
                tokens.insert(place, tokens[other])
            case 2:
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case 3:
                tokens.insert(place, chance.choice(spare))
            case 4:
                tokens[place] = chance.choice(spare)
            case _:
                tokens[place:place] = tokens[other : other + chance.randrange(1, 30)]
    return "".join(tokens)


def mutations(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """`count` documents of the corpus with slips of the hand; the same for the same seed."""
    spare = [*sorted({token for text, _ in documents() for token in TOKEN.findall(text)}), *NASTY]
    for number in range(count):
        chance = random.Random(seed + number)
        text, format = chance.choice(documents())
        yield mutated(text, chance, spare), format


@pytest.mark.parametrize("seed", range(0, 200, 100))
def test_a_document_with_slips_is_read_in_time(seed: int) -> None:
    """Every document of the corpus takes a few hundredths of a second; none may take seconds."""
    for text, format in mutations(seed, 100):
        started = time.perf_counter()
        read(text, format)
        assert time.perf_counter() - started < 5, text


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10_000, 30_000, 1_000))
def test_many_documents_with_slips_are_read(seed: int) -> None:
    """The same at length."""
    for text, format in mutations(seed, 1_000):
        read(text, format)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_a_display_with_slips_spoils_no_other(seed: int) -> None:
    """Whatever happens inside of one display, the one behind it is read as before."""
    chance = random.Random(seed)
    inside = "".join(chance.choice([*NASTY[:24], "a", "=", "\\frac{a}{b}", "&", " "]) for _ in range(12))
    for closing in ("$$", "\\]"):
        inside = inside.replace(closing, "")
    text = f"Here\n\n$$ {inside} $$\n\nand there\n\n$$ q + q = 2 q $$\n"
    assert [(c.reading, c.problem) for c in claims(text)][-1:] == [("q + q = 2*q", None)], text


# Nothing is run ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["md", "tex"])
def test_a_document_runs_and_opens_nothing(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python, shell, TeX's own way to a shell, and files that are there."""
    trap = tmp_path / "trap"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.tex").write_text("$s + s = 3 s$")
    orders = (
        f"__import__('os').system('touch {trap}')",
        f"\\immediate\\write18{{touch {trap}}}",
        f"\\directlua{{os.execute('touch {trap}')}}",
        f"\\newwrite\\x \\immediate\\openout\\x={trap} \\immediate\\write\\x{{a}}",
        "\\input{secret}",
        "\\openin\\x=secret.tex",
        "\\lstinputlisting{secret.tex}",
        "{{ 7 * 7 }} ${__import__('os')}$ `touch trap`",
    )
    for order in orders:
        for text in (order, f"$a = {order}$", f"$$ {order} $$", f"\\newcommand{{\\a}}{{{order}}} $\\a = 1$"):
            found = read(text, format)
            assert all("s + s" not in statement.reading for statement in found.statements)
    assert not trap.exists()
