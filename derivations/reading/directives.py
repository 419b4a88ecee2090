"""Comments that speak to this program: ``% derivations: ...`` and ``<!-- derivations: ... -->``.

A directive leaves a block unchecked, with a reason, sets a time limit, or is a sentence that declares
something ("Let $X \\in \\mathbb{R}^{m \\times n}$."). One that is none of these is told in one message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from derivations.reading.tree import Span

LONGEST_LIMIT = 60.0
"""Seconds for one claim that a document may ask for."""

_ADDRESSED = re.compile(r"\s*derivations\s*:\s*", re.IGNORECASE)
_FORMULA = re.compile(r"\$|\\\(")
_VERBS = ("ignore", "begin ignore", "end ignore", "time limit")
_ORDER = re.compile(
    r"(?P<verb>ignore|begin[ -]ignore|end[ -]ignore|time[ -]limit)\b\s*:?\s*(?P<argument>.*)",
    re.DOTALL | re.IGNORECASE,
)
_SECONDS = re.compile(r"(?P<number>\d{1,6}(?:\.\d{1,6})?)\s*(?:s|seconds?)?")
_EXAMPLES = '"ignore: REASON", "time limit: 30 s" or a sentence such as "Let $\\lambda > 0$."'


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: its place, and what it orders or what is wrong with it."""

    span: Span
    verb: str = ""
    reason: str = ""
    """Why a block is ignored."""
    seconds: float = 0.0
    sentence: Span | None = None
    problem: str | None = None


def directives_in(text: str, comments: tuple[Span, ...], format: str) -> Iterator[Directive]:
    """The directives in the comments of a document."""
    for comment in comments:
        addressed = _ADDRESSED.match(text, comment.start, comment.end)
        if addressed is None:
            continue
        inside = Span(addressed.end(), comment.start + len(text[comment.start : comment.end].rstrip()))
        span = Span(comment.start - len(_OPENING[format]), comment.end + len(_CLOSING[format]))
        yield _directive(text[inside.start : inside.end], inside, span)


_OPENING = {"md": "<!--", "tex": "%"}
_CLOSING = {"md": "-->", "tex": ""}


def _directive(order: str, inside: Span, span: Span) -> Directive:
    match = _ORDER.fullmatch(order)
    if match is None:
        if _FORMULA.search(order):
            return Directive(span, "declare", sentence=inside)
        return Directive(span, problem=_unknown(order))
    verb, argument = match["verb"].lower().replace("-", " "), " ".join(match["argument"].split())
    if verb == "end ignore":
        return Directive(span, verb)
    if verb == "time limit":
        seconds = _SECONDS.fullmatch(argument)
        if seconds is None or not 0 < float(seconds["number"]) <= LONGEST_LIMIT:
            most = f"at most {LONGEST_LIMIT:g} seconds for one claim"
            return Directive(span, problem=f'a time limit is a number of seconds, {most}: "time limit: 30 s"')
        return Directive(span, verb, seconds=float(seconds["number"]))
    if not argument:
        return Directive(span, problem=f'"{verb}" needs a reason: "{verb}: REASON"')
    return Directive(span, verb, reason=argument)


def _unknown(order: str) -> str:
    words = " ".join(order.split()[:2]).strip(":").lower()
    near = get_close_matches(words, _VERBS, 1) or get_close_matches(words.split(" ")[0], _VERBS, 1)
    hint = f'did you mean "{near[0]}"? ' if near else ""
    return f"this directive is not known; {hint}Known are {_EXAMPLES}"
