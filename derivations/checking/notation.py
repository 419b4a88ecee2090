"""How an author spells names, learnt from the document's source: ``x^{(i)}_j`` and not ``x_{ij}``.

Spelling is a courtesy: whatever it says, the repaired line that the kernel proved is the same. What the
source does not show is spelled plainly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from derivations.language import Expression
from derivations.language.matrix_forms import unwritten
from derivations.language.spelling import PlainSpelling, letter_latex
from derivations.language.traversal import index_names

_SCRIPT = r"\s*[_^]\s*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\\[A-Za-z]+|[A-Za-z0-9])"
_GROUP = r"\s*\((?:[^()+\-*/&$]|\([^()+\-*/&$]{0,40}\)){0,60}\)"
LONGEST = 200_000
"""Characters of a document from which its spelling is learnt."""

_NO_INDEX = re.compile(r"\s*\^\s*(?:\{(?!\s*\()[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\\[A-Za-z]+|[A-Za-z0-9])")
"""A superscript that is a power or a transposition."""
_SLOT = re.compile(r"(?<![A-Za-z0-9])(?:[acdijklmnpqrstu]{1,3}|\d)(?![A-Za-z0-9])")
"""Letters that are indices when they stand alone or side by side, or a number."""

_COMMAND = re.compile(r"\\[A-Za-z]+")


@dataclass(frozen=True)
class Notation:
    """The spelling of the document with the text `source`."""

    source: str
    letters: Mapping[str, str] = field(default_factory=dict)
    """Letters for indices that the author did not write, those of matrices."""
    step: str = ""
    """The side of a step that is written anew, if one is."""
    _plain: PlainSpelling = field(default_factory=PlainSpelling)

    @cached_property
    def exponential(self) -> str:
        """``\\exp`` where the author writes it more often than ``e^``."""
        return (
            "\\exp"
            if self.source.count("\\exp") > len(re.findall(r"(?<![A-Za-z])e\s*\^", self.source))
            else "e"
        )

    @cached_property
    def logarithm(self) -> str:
        """``\\ln`` where the author writes no other."""
        return "\\ln" if "\\ln" in self.source and "\\log" not in self.source else "\\log"

    @cached_property
    def transposed(self) -> str:
        """``T`` where there is no ``\\top``."""
        return "\\top" if "\\top" in self.source else "T"

    @cached_property
    def norms(self) -> bool:
        """Where the author writes one in the step at hand."""
        return "\\|" in self.step or "Vert" in self.step

    @cached_property
    def differential(self) -> str:
        """``d`` where there is no ``\\partial``."""
        return "\\partial" if "\\partial" in self.source or "\\nabla" in self.source else "d"

    def name(self, name: str, indices: tuple[str, ...]) -> str:
        """`name` as the author writes it with as many indices."""
        template = _template(self.source, name, len(indices))
        if template is None and len(name) == 1 and indices:  # the entries of X may be written x_{ij}
            template = _template(self.source, name.lower(), len(indices))
        if template is None:
            return self._plain.name(name, indices)
        pieces, order = template
        text = pieces[0]
        for slot, piece in zip(order, pieces[1:], strict=True):
            text += indices[slot] + piece
        return text

    def index(self, name: str) -> str:
        """An index, the unwritten ones by letters that are not in use."""
        return self.letters[name] if name in self.letters else self._plain.index(name)

    def lettered(self, *expressions: Expression) -> Notation:
        """This notation with letters for the indices in `expressions` that have no name of their own."""
        names = sorted({name for expression in expressions for name in index_names(expression)})
        free = (letter for letter in "jkilrsabcd" if letter not in names)
        letters = dict(zip(filter(unwritten, names), free, strict=False))
        return replace(self, letters=letters)


Template = tuple[tuple[str, ...], tuple[int, ...]]
"""The text around the indices, and which index stands in which gap."""


@lru_cache(maxsize=4096)
def _template(source: str, name: str, count: int) -> Template | None:
    """The commonest way in which `source` writes `name` with `count` indices."""
    bare = name.partition("@")[0].partition(" (")[0].rstrip("^'")
    base, _, script = bare.partition("_")
    primes = "'" * (len(name) - len(name.rstrip("'")))
    found: Counter[str] = Counter()
    scripts, after = rf"(?P<scripts>{primes}(?:{_SCRIPT}){{0,3}})", rf"(?P<after>(?:{_SCRIPT}){{0,2}})"
    pattern = f"{_spelled(base)}{scripts}(?P<group>{_GROUP})?{after}"
    known: dict[str, Template] = {}
    for match in re.finditer(pattern, source[:LONGEST]):
        form = _form(match, script)
        template = _slots(form, script)
        if name.endswith("^") and "^" not in form:
            continue
        if template is not None and len(set(template[1])) == count:
            known.setdefault(form, template)
            found[form] += 1
    if not found or script.startswith("("):
        return None
    return known[max(found, key=lambda form: (found[form], -len(form)))]


def _form(match: re.Match[str], script: str) -> str:
    """An occurrence without powers, and without brackets that are no argument of the name.

    They are none behind indices, a power or a transposition, and none if they hold a product.
    """
    whole, given = match.group(0), match.group("scripts")
    scripts = _NO_INDEX.sub("", given)
    own = {f"_{script}", f"_{{{script}}}", f"_\\{script}", f"_{{\\{script}}}", ""}
    group = match.group("group") or ""
    factor = scripts != given or "\\odot" in group or "\\cdot" in group
    if group and (factor or scripts.replace("'", "").replace(" ", "") not in own):
        whole = whole[: match.start("group") - match.start()]
    return _NO_INDEX.sub("", whole).strip()


def _spelled(base: str) -> str:
    """A pattern for a name without scripts, in whatever font."""
    letter = letter_latex(base)
    accent = re.fullmatch(r"\\(\w+)\{(.*)\}", letter)
    if accent:
        inner = re.escape(accent[2])
        return rf"(?<!\\)\\(?:wide)?{accent[1]}\s*(?:\{{\s*{inner}\s*\}}|{inner}(?![A-Za-z]))"
    core = re.escape(letter) + r"(?![A-Za-z])" if letter.startswith("\\") else re.escape(letter)
    fonts = r"\\(?:mathbf|boldsymbol|bm|vec|mathrm|textbf|mathit)"
    return rf"(?<![A-Za-z\\_])(?<!_\{{)(?:{fonts}\s*\{{{core}\}}|{fonts}\s*{core}|{core})"


def _slots(form: str, script: str) -> Template | None:
    """`form` cut at its indices, those above before those below; None where a script is no index."""
    gaps: list[tuple[int, int, int]] = []
    own = bool(script)
    for found in re.finditer(r"=\s*([a-z])(?![A-Za-z])", form):
        gaps.append((1, found.start(1), found.end(1)))
    for found in re.finditer(_SCRIPT, form):
        inside = found.group(0)
        below = inside.lstrip().startswith("_")
        if own and below and inside.strip("_{} ").lstrip("\\") == script:
            own = False
            continue
        plain = _COMMAND.sub(lambda m: " " * len(m.group(0)), inside)
        letters = [at for m in _SLOT.finditer(plain) for at in range(m.start(), m.end())]
        if not letters:
            return None
        gaps += [(int(below), found.start() + at, found.start() + at + 1) for at in letters]
    if own:
        return None
    return _cut(form, gaps)


def _cut(form: str, gaps: list[tuple[int, int, int]]) -> Template:
    """`form` without its `gaps`; in brackets, the same letter is the same index."""
    letters = dict.fromkeys(form[start:end] for _, start, end in sorted(gaps))
    ranks = {letter: rank for rank, letter in enumerate(letters)} if "(" in form.partition("^{(")[0] else {}
    ranked = [start for _, start, _ in sorted(gaps)]
    pieces, order, last = [], [], 0
    for _, start, end in sorted(gaps, key=lambda gap: gap[1]):
        pieces.append(form[last:start])
        order.append(ranks.get(form[start:end], ranked.index(start)) if ranks else ranked.index(start))
        last = end
    return (*pieces, form[last:]), tuple(order)
