"""The commands of LaTeX mathematics by what they are: relations, spacing, fonts, accents, brackets, signs.

A command that stands in no table is an error where it is met, never a silent gap.
"""

from __future__ import annotations

MAXIMUM_DEPTH = 60
RELATIONS = {
    "=": "=", ":=": ":=", "\\triangleq": ":=", "\\coloneqq": ":=", "\\equiv": ":=", "\\doteq": ":=",
    "<": "<", ">": ">", "\\lt": "<", "\\gt": ">", "\\le": "<=", "\\leq": "<=", "\\leqslant": "<=", "\\ge": ">=",
    "\\geq": ">=", "\\geqslant": ">=", "\\ne": "!=", "\\neq": "!=", "\\in": "in", "\\approx": "~",
    "\\propto": "propto", "\\sim": "sim", "\\to": "to", "\\rightarrow": "to", "\\mapsto": "to",
    "\\gets": ":=", "\\leftarrow": ":=", "\\implies": "implies", "\\Rightarrow": "implies", "\\iff": "implies",
    "\\Leftrightarrow": "implies", "\\Longrightarrow": "implies", "\\preceq": "preceq", "\\succeq": "succeq",
}  # fmt: skip
IGNORED = frozenset(
    "\\, \\; \\! \\: \\> \\/ \\quad \\qquad \\displaystyle \\textstyle \\scriptstyle \\limits \\nolimits \\left "
    "\\right \\big \\Big \\bigg \\Bigg \\bigl \\bigr \\Bigl \\Bigr \\biggl \\biggr \\Biggl \\Biggr \\bigm \\middle "
    "\\nonumber \\notag \\thinspace \\medspace \\thickspace \\enspace \\rm \\bf \\hfill \\relax \\allowbreak".split()
) | {"\\ ", "\\\n"}
FONTS = {
    "\\mathbf": "", "\\boldsymbol": "", "\\bm": "", "\\mathrm": "", "\\mathit": "", "\\vec": "", "\\pmb": "",
    "\\overrightarrow": "", "\\mathsf": "", "\\mathcal": "cal", "\\mathscr": "cal", "\\mathbb": "bb",
    "\\mathfrak": "frak", "\\mathds": "bb", "\\underline": "", "\\symbf": "",
}  # fmt: skip
ACCENTS = {"\\hat": "hat", "\\widehat": "hat", "\\bar": "bar", "\\overline": "bar", "\\tilde": "tilde",
           "\\widetilde": "tilde", "\\dot": "dot", "\\check": "check"}  # fmt: skip
GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell".split()
)
PREFIXES = {"\\log": "log", "\\ln": "log", "\\exp": "exp", "log": "log", "ln": "log", "exp": "exp", "\\tanh": "tanh",
            "tanh": "tanh", "\\sinh": "sinh", "\\cosh": "cosh", "\\tr": "trace", "tr": "trace",
            "\\Tr": "trace", "\\diag": "diag", "diag": "diag"}  # fmt: skip
WORD_PREFIXES = {"tr": "trace", "trace": "trace", "Tr": "trace", "diag": "diag", "exp": "exp", "log": "log", "ln": "log",
                 "tanh": "tanh"}  # fmt: skip
OPENERS = {"(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "\\|": "\\|", "\\Vert": "\\Vert",
           "\\lVert": "\\rVert", "\\lvert": "\\rvert", "\\langle": "\\rangle", "\\lbrack": "\\rbrack"}  # fmt: skip
CLOSERS = frozenset({*OPENERS.values(), "}"})
KINDS = {"\\lbrace": "\\{", "\\Vert": "\\|", "\\lVert": "\\|", "\\lvert": "|", "\\lbrack": "["}
SIGNS = {"\\cdot": "cdot", "*": "cdot", "\\times": "times", "/": "slash", "\\odot": "odot", "\\circ": "odot",
         "\\ast": "cdot", "\\bullet": "cdot", "\\div": "slash"}  # fmt: skip
WRAPPERS = frozenset({"\\cancel", "\\bcancel", "\\xcancel", "\\boxed", "\\underbrace", "\\overbrace", "\\mbox@",
                      "\\fbox", "\\ensuremath"})  # fmt: skip
TRANSPOSES = frozenset({"\\top", "\\intercal", "\\transposed", "T", "\\mathsf T"})
STOPS = frozenset({"+", "-", ",", ";", ")", "]", "}", "\\}", "&", "\\\\", "|", "\\mid", "\\|", "\\rVert", "\\rvert", "\\rangle",
                   "\\rbrace", "\\Vert", "\\rbrack", "\\cr", "\\end", "\\pm", "\\mp", ":", "\\colon", "\\vert", "\\bigm|"})  # fmt: skip
