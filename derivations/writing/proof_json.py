"""A proof as JSON for programs: every formula as LaTeX and as plain text, every line with its rule."""

from __future__ import annotations

import json

from derivations.deriving.proof import Certificate, Chain, Formula, Line, Proof

VERSION = 1
"""The version of this format."""


def json_text(proof: Proof) -> str:
    """`proof` as JSON; the same bytes on every machine."""
    return json.dumps({"version": VERSION, **plain(proof)}, ensure_ascii=False, indent=1) + "\n"


def plain(proof: Proof) -> dict[str, object]:
    """`proof` as JSON knows it."""
    return {
        "name": proof.name,
        "title": proof.title,
        "given": list(proof.assumed),
        "definitions": [{"left": _formula(a), "right": _formula(b)} for a, b in proof.definitions],
        "chains": [_chain(chain) for chain in proof.chains],
        "remarks": list(proof.remarks),
    }


def _chain(chain: Chain) -> dict[str, object]:
    return {
        "intro": chain.intro,
        "when": [assumption.text for assumption in chain.when],
        "stated": chain.stated,
        "left": _formula(chain.left),
        "lines": [_line(line) for line in chain.lines],
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "relation": line.relation,
        "right": _formula(line.formula),
        "rules": [reason.rule for reason in line.reasons],
        "reason": line.words,
        "detail": line.level.name.lower(),
        **({"certificate": _step(line.certificate)} if line.certificate is not None else {}),
    }


def _step(step: Certificate) -> dict[str, object]:
    """A goal of the proof of an inequality, and what it asks for."""
    value = None if step.value is None else _formula(Formula(step.value))
    known = [{"name": name, "positive": positive} for name, positive in step.gaps]
    parts = [_step(part) for part in step.parts]
    return {"value": value, "relation": step.relation, "lemma": step.lemma, "where": known, "parts": parts}


def _formula(formula: Formula) -> dict[str, str]:
    return {"latex": formula.latex, "text": formula.text}
