"""The commands of LaTeX mathematics by what they are: relations, spacing, fonts, accents, brackets, signs.

A command that stands in no table is an error where it is met, never a silent gap.
"""

from __future__ import annotations

MAXIMUM_DEPTH = 40
"""How deeply a formula may be nested."""
MOST_FACTORS = 100
"""Factors of one product."""

SOLVE = "\\overset{!}{=}"
"""A relation that is asked for, not claimed."""

EVALUATED = "\\left."
"""Opens what is taken at a point, which a bar with a subscript tells."""

COLOURS = frozenset({"\\color", "\\textcolor", "\\colorbox"})

RELATIONS = {
    sign: meaning
    for meaning, signs in {
        "=": ("=",),
        ":=": (":=", "\\triangleq", "\\coloneqq", "\\equiv", "\\doteq", "\\gets", "\\leftarrow"),
        "=:": ("=:", "\\eqqcolon"),
        "<": ("<", "\\lt"),
        ">": (">", "\\gt"),
        "<=": ("\\le", "\\leq", "\\leqslant", "\\leqq"),
        ">=": ("\\ge", "\\geq", "\\geqslant", "\\geqq"),
        "!=": ("\\ne", "\\neq"),
        "in": ("\\in",),
        "~": ("\\approx",),
        "propto": ("\\propto",),
        "sim": ("\\sim",),
        "to": ("\\to", "\\rightarrow", "\\mapsto"),
        "implies": ("\\implies", "\\Rightarrow", "\\Longrightarrow", "\\iff", "\\Leftrightarrow"),
        "prec": ("\\prec",),
        "preceq": ("\\preceq", "\\preccurlyeq"),
        "succ": ("\\succ",),
        "succeq": ("\\succeq", "\\succcurlyeq"),
        "solve": (SOLVE,),
    }.items()
    for sign in signs
}
"""A relation's sign and its meaning."""

_SPACING = (
    "quad qquad displaystyle textstyle scriptstyle limits nolimits left right big Big bigg Bigg bigl bigr "
    "Bigl Bigr biggl biggr Biggl Biggr bigm middle nonumber notag thinspace medspace thickspace enspace rm "
    "bf hfill relax allowbreak qedhere qed Box square blacksquare therefore because displaylimits"
)
IGNORED = frozenset(
    {"\\,", "\\;", "\\!", "\\:", "\\>", "\\/", "\\ ", "\\\n"} | {"\\" + name for name in _SPACING.split()}
)
"""Spacing, sizes and styles, which mean nothing."""

_FONTS = {
    "": "mathbf boldsymbol bm mathrm mathit vec pmb overrightarrow mathsf underline symbf",
    "cal": "mathcal mathscr",
    "bb": "mathbb mathds",
    "frak": "mathfrak",
}
FONTS = {"\\" + name: font for font, names in _FONTS.items() for name in names.split()}
"""A font's command, and what it adds to a letter's name; bold and upright letters are the letters."""

_ACCENTS = {
    "hat": "hat widehat",
    "bar": "bar overline",
    "tilde": "tilde widetilde",
    "dot": "dot",
    "ddot": "ddot",
    "check": "check",
}
ACCENTS = {"\\" + name: accent for accent, names in _ACCENTS.items() for name in names.split()}

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi "
    "rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma "
    "Upsilon Phi Psi Omega ell"
)
GREEK = frozenset(_GREEK.split())

WORD_PREFIXES = {
    "tr": "trace",
    "trace": "trace",
    "Tr": "trace",
    "diag": "diag",
    "exp": "exp",
    "log": "log",
    "ln": "log",
    "tanh": "tanh",
}
"""Functions that take what follows as their argument, by the word that stands for them."""

PREFIXES = {
    **{"\\" + word: WORD_PREFIXES[word] for word in ("log", "ln", "exp", "tanh", "tr", "Tr", "diag")},
    **{word: WORD_PREFIXES[word] for word in ("log", "ln", "exp", "tanh", "tr", "diag")},
    "\\sinh": "sinh",
    "\\cosh": "cosh",
}
"""The same by their commands, and by the bare words that `scan` knows."""

OPENERS = {
    "(": ")",
    "[": "]",
    "\\{": "\\}",
    "\\lbrace": "\\rbrace",
    "\\|": "\\|",
    "\\Vert": "\\Vert",
    "\\lVert": "\\rVert",
    "\\lvert": "\\rvert",
    "\\langle": "\\rangle",
    "\\lbrack": "\\rbrack",
}
CLOSERS = frozenset({*OPENERS.values(), "}"})
KINDS = {"\\lbrace": "\\{", "\\Vert": "\\|", "\\lVert": "\\|", "\\lvert": "|", "\\lbrack": "["}
"""Brackets with more than one command, and the kind that they are."""

SIGNS = {
    "\\cdot": "cdot",
    "*": "cdot",
    "\\ast": "cdot",
    "\\bullet": "cdot",
    "\\times": "times",
    "/": "slash",
    "\\div": "slash",
    "\\odot": "odot",
    "\\oslash": "oslash",
    "\\circ": "odot",
}
"""Signs between factors."""

_WRAPPERS = "cancel bcancel xcancel boxed underbrace overbrace fbox ensuremath"
WRAPPERS = frozenset("\\" + name for name in _WRAPPERS.split())
"""Decoration around a part of a formula."""

_STOPPING = "} \\ mid parallel | rVert rvert rangle rbrace Vert rbrack cr end pm mp colon vert over choose"
STOPS = frozenset(
    {"+", "-", ",", ";", ".", ")", "]", "}", "&", "|", ":"} | {"\\" + name for name in _STOPPING.split()}
)
"""What ends a term."""
