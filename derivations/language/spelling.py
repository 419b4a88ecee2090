"""How names look in LaTeX, and what may be written in more than one way.

The plain spelling writes every index as a subscript; that of an author is learnt from a document elsewhere.
"""

from __future__ import annotations

from typing import Protocol

GREEK = frozenset(
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta",
        "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "varpi", "rho", "varrho",
        "sigma", "varsigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega", "ell",
        "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
        "nabla",
    ]
)  # fmt: skip
"""Letters that LaTeX has commands for."""

FUNCTIONS = frozenset(["log", "exp", "tanh", "sinh", "cosh", "max", "min", "det", "arg"])
"""Functions that LaTeX has commands for."""

ACCENTS = frozenset(["hat", "bar", "tilde", "vec", "dot"])
FONTS = {"cal": "mathcal", "bb": "mathbb", "frak": "mathfrak"}


DRAWN = {"sqrt": "\\sqrt{{{}}}", "abs": "\\left|{}\\right|", "relu": "\\max(0, {})"}
"""Functions that are not written as a name before brackets."""

LETTERS = {"normal_cdf": "\\Phi", "normal_density": "\\varphi"}
"""The letters of functions that are called otherwise in here."""


TALL = ("\\frac", "\\sum", "\\prod", "\\begin", "\\left")
"""What brackets must grow around."""


def letter_latex(name: str) -> str:
    """A name without scripts: ``\\theta``, ``\\hat{y}``, ``\\mathcal{L}``, ``\\operatorname{odds}``."""
    first, _, rest = name.partition(" ")
    if rest and first in ACCENTS:
        return f"\\{first}{{{letter_latex(rest)}}}"
    if rest and first in FONTS:
        return f"\\{FONTS[first]}{{{rest}}}"
    if name in GREEK or name in FUNCTIONS:
        return f"\\{name}"
    return (
        name if len(name) <= 1 else f"\\operatorname{{{''.join(c for c in name if c.isalnum() or c == ' ')}}}"
    )


def name_latex(name: str) -> str:
    """A name with the scripts that belong to it, ``h_{w}``; marks that tell namesakes apart are left out."""
    bare = name.partition("@")[0].partition(" (")[0]
    primes = len(bare) - len(bare.rstrip("'"))
    bare = bare.rstrip("'").rstrip("^")
    base, _, script = bare.partition("_")
    if script.startswith("("):
        return f"{letter_latex(base)}^{{{script}}}" + "'" * primes
    under = f"_{{{letter_latex(script) if script.isalpha() else script}}}" if script else ""
    return letter_latex(base) + under + "'" * primes


class Spelling(Protocol):
    """How an author writes names and what has two spellings."""

    @property
    def exponential(self) -> str:
        """``e`` or ``\\exp``."""
        ...

    @property
    def logarithm(self) -> str:
        """``\\log`` or ``\\ln``."""
        ...

    @property
    def differential(self) -> str:
        """``\\partial`` or ``d``."""
        ...

    @property
    def transposed(self) -> str:
        """``\\top`` or ``T``."""
        ...

    @property
    def norms(self) -> bool:
        """Whether a vector times itself is its squared norm."""
        ...

    def name(self, name: str, indices: tuple[str, ...]) -> str:
        """`name` with the LaTeX of its indices."""
        ...

    def index(self, name: str) -> str:
        """An index variable; nothing for one that vector notation leaves out."""
        ...


class PlainSpelling:
    """Subscripts, ``e^x``, ``\\log`` and ``\\partial``."""

    exponential = "e"
    logarithm = "\\log"
    differential = "\\partial"
    transposed = "\\top"
    norms = False

    def name(self, name: str, indices: tuple[str, ...]) -> str:
        """`name` with all indices below; a superscripted name carries the first one in brackets above."""
        text = name_latex(name)
        if name.endswith("^") and indices:
            return f"{text}^{{({indices[0]})}}" + (f"_{{{' '.join(indices[1:])}}}" if indices[1:] else "")
        if not indices:
            return text
        joint = " " if all(len(i) == 1 or i.startswith("\\") for i in indices) else ", "
        return (
            f"{text}_{{{joint.join(indices)}}}" if "_" not in text else f"({text})_{{{joint.join(indices)}}}"
        )

    def index(self, name: str) -> str:
        """The name as it is."""
        return name_latex(name)
