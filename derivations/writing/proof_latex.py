"""A proof as LaTeX: a theorem with its assumptions first, and a proof with a reason beside each line.

It needs amsmath and amsthm only, and `derivations check` reads it and proves it again. A reason is a tag, so
that TeX puts it below a line that is too long for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from derivations.deriving.proof import Chain, Line, Proof
from derivations.writing.proofs import (
    ASKED,
    BOOKLET,
    aligned_rows,
    certificates,
    definitions,
    introduction,
    statements,
)
from derivations.writing.safe_latex import escaped

PREAMBLE = r"""\documentclass[a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[margin=25mm]{geometry}
\usepackage{amsmath,amssymb,amsthm}
\newtheorem{theorem}{Theorem}
\newtheorem*{remark}{Remark}
\allowdisplaybreaks
\setlength{\emergencystretch}{3em}
\begin{document}
"""
"""What a complete article begins with."""


def article(proof: Proof) -> str:
    """A complete article."""
    return f"{PREAMBLE}\\section*{{{proof.title}}}\n{fragment(proof)}\\end{{document}}\n"


def booklet(
    chapters: Sequence[tuple[str, Sequence[Proof]]], questions: Iterable[tuple[str, str, Sequence[str]]]
) -> str:
    """Chapters, each a title and its proofs, and answers that refer to them, with contents first."""
    head = f"\\title{{{BOOKLET}}}\n\\author{{}}\n\\date{{}}\n\\maketitle\n\\tableofcontents\n"
    body, known = "", frozenset(_names(chapters))
    for title, proofs in chapters:
        body += f"\n\\section{{{title}}}\n"
        for proof in proofs:
            body += f"\n\\subsection{{{proof.title}}}\n{fragment(proof, known)}"
    asked = "".join(_question(*row) for row in questions)
    return f"{PREAMBLE}{head}{body}\n\\section{{{ASKED}}}\n{asked}\\end{{document}}\n"


def _question(text: str, answer: str, names: Sequence[str]) -> str:
    references = ", ".join(f"\\ref{{thm:{name}}}" for name in names)
    theorems = "Theorem" if len(names) == 1 else "Theorems"
    return f"\\paragraph{{{text}}} {prose(answer)} ({theorems}~{references})\n\n"


def _names(chapters: Iterable[tuple[str, Sequence[Proof]]]) -> Iterator[str]:
    return (proof.name for _, proofs in chapters for proof in proofs)


def fragment(proof: Proof, known: frozenset[str] = frozenset()) -> str:
    """The theorem and its proof, to be put in by ``\\input``; theorems in `known` are referred to."""
    return "\n".join(_parts(proof, known)) + "\n"


def _parts(proof: Proof, known: frozenset[str]) -> Iterator[str]:
    yield f"\\begin{{theorem}}[{proof.title}]\\label{{thm:{proof.name}}}"
    yield prose(" ".join(proof.assumed))
    defined = definitions(proof)
    if defined:
        yield "Write"
        yield _gather(defined)
    for condition, formulas in statements(proof):
        yield f"If {condition}, then" if condition else "Then"
        yield _gather(formulas)
    yield "\\end{theorem}"
    yield "\\begin{proof}"
    yield "\n\n".join("\n".join(_chain(chain, known)) for chain in proof.chains)
    yield from (f"\n{{\\footnotesize {prose(sentence)}\\par}}" for sentence in certificates(proof))
    yield "\\end{proof}"
    for remark in proof.remarks:
        yield f"\\begin{{remark}}\n{prose(remark)}\n\\end{{remark}}"


def prose(text: str) -> str:
    """Words with formulas in dollar signs and code in backquotes as LaTeX."""
    parts = text.split("`")
    return "".join(f"\\texttt{{{escaped(part)}}}" if n % 2 else part for n, part in enumerate(parts))


def _gather(rows: list[str]) -> str:
    return "\\begin{gather*}\n" + " \\\\\n".join(rows) + "\n\\end{gather*}"


def _chain(chain: Chain, known: frozenset[str]) -> Iterator[str]:
    intro = introduction(chain)
    if intro:
        yield intro
    left, *rows = aligned_rows(chain, lambda line: _reason(line, known))
    yield f"\\begin{{align*}}\n{left}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"


def _reason(line: Line, known: frozenset[str]) -> str:
    used = dict.fromkeys(reason.theorem for reason in line.reasons if reason.theorem in known)
    references = "".join(f" (Theorem~\\ref{{thm:{name}}})" for name in used)
    return f"\\tag*{{\\footnotesize {line.words}{references}}}"
