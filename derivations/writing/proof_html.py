"""A proof as one page of HTML with its formulas in MathML: no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from derivations.deriving.proof import Chain, Proof
from derivations.writing.html import PAGE, scrolled
from derivations.writing.mathml import NoMathML, mathml
from derivations.writing.proofs import ASKED, BOOKLET, RELATIONS, definitions, introduction, statements

STYLE = """:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
a { color: LinkText; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
.theorem { border-left: .3rem solid; padding: .1rem 1rem; }
.theorem > math { margin: .7rem 0; }
.wide { overflow-x: auto; }
.derivation td { padding: .3rem .4rem; vertical-align: middle; }
.derivation td:first-child { text-align: right; }
.reason { font-size: .9em; padding-left: 2rem; }
"""
"""What the page looks like."""


def html(proofs: Iterable[Proof], title: str) -> str:
    """`proofs` as a page called `title`, which is not said twice."""
    body = "\n".join("\n".join(_parts(proof, titled=proof.title != title)) for proof in proofs)
    return PAGE.format(title=escape(title), style=STYLE, body=body + "\n")


def booklet(
    chapters: Sequence[tuple[str, Sequence[Proof]]], questions: Iterable[tuple[str, str, Sequence[str]]]
) -> str:
    """Chapters, each a title and its proofs, as a page with a list of contents first and answers last."""
    titles = {proof.name: proof.title for _, proofs in chapters for proof in proofs}
    contents, body = "", ""
    for title, proofs in chapters:
        rows = "".join(f'<li><a href="#{escape(p.name)}">{escape(p.title)}</a></li>\n' for p in proofs)
        contents += f"<li>{escape(title)}\n<ul>\n{rows}</ul></li>\n"
        body += f"<h2>{escape(title)}</h2>\n" + "".join(html_fragment(proof) for proof in proofs)
    body += f"<h2>{ASKED}</h2>\n"
    for text, answer, names in questions:
        links = ", ".join(f'<a href="#{escape(name)}">{escape(titles[name])}</a>' for name in names)
        body += f"<p><strong>{escape(text)}</strong> {prose(answer)} See {links}.</p>\n"
    return PAGE.format(title=BOOKLET, style=STYLE, body=f"<nav><ul>\n{contents}</ul></nav>\n{body}")


def html_fragment(proof: Proof) -> str:
    """A proof as a part of another page."""
    return "\n".join(_parts(proof)) + "\n"


def formula(latex: str, *, block: bool = False) -> str:
    """A formula as MathML, or as the LaTeX that it is where that cannot be drawn."""
    try:
        return mathml(latex, block=block)
    except NoMathML:
        return f"<code>{escape(latex)}</code>"


def prose(sentence: str) -> str:
    """Words with formulas in dollar signs and code in backquotes."""
    found = []
    for number, part in enumerate(sentence.split("$")):
        if number % 2:
            found.append(formula(part))
            continue
        pieces = part.split("`")
        found += [f"<code>{escape(p)}</code>" if n % 2 else escape(p) for n, p in enumerate(pieces)]
    return "".join(found)


def _parts(proof: Proof, *, titled: bool = True) -> Iterator[str]:
    heading = f"<h2>{escape(proof.title)}</h2>\n" if titled else ""
    yield f'<section id="{escape(proof.name)}">\n{heading}'
    yield f'<div class="theorem wide" {scrolled("theorem")}>'
    yield f"<p>{prose(' '.join(proof.assumed))}</p>"
    yield from (formula(row, block=True) for row in definitions(proof))
    yield "<p><strong>Theorem.</strong></p>"
    for condition, formulas in statements(proof):
        yield f"<p>If {prose(condition)}, then</p>" if condition else ""
        yield from (formula(row, block=True) for row in formulas)
    yield "</div>\n<p><strong>Proof.</strong></p>"
    for chain in proof.chains:
        yield f"<p>{prose(introduction(chain))}</p>" if introduction(chain) else ""
        yield f'<div class="wide" {scrolled("derivation")}>\n<table class="derivation">'
        yield "\n".join(_rows(chain)) + "\n</table>\n</div>"
    yield from (f"<p><em>Remark.</em> {prose(remark)}</p>" for remark in proof.remarks)
    yield "</section>"


def _rows(chain: Chain) -> Iterator[str]:
    left = formula(chain.left.latex)
    for line in chain.lines:
        right = formula(f"{RELATIONS[line.relation]} {line.formula.latex}")
        yield f'<tr><td>{left}</td><td>{right}</td><td class="reason">{prose(line.words)}</td></tr>'
        left = ""
