"""The parser of mathematics: tokens to a syntax tree, by recursive descent with one function a construct.

What is not understood raises `FormulaError` with its place; nothing is skipped. Spacing and sizes are known by
table, so an unknown command is an error and never a silent gap.
"""

from __future__ import annotations

from fractions import Fraction

from derivations.reading.scan import FormulaError, Token
from derivations.reading.tree import (
    Big,
    CaseRows,
    Dots,
    Fraction_,
    Group,
    Indicator,
    Juxtaposition,
    Numeral,
    Operator,
    Prefix,
    Related,
    Root,
    Scripted,
    Span,
    Symbol,
    Syntax,
    Terms,
    Word,
)

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


class Parser:
    """Parses one stretch of tokens; `parse` takes it whole."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        """`end` is the offset after the last token, for errors at the end."""
        self.tokens = _without_signed_wrappers([t for t in tokens if t.text not in IGNORED])
        self.at = 0
        self.end = end
        self.depth = 0
        self.inside: list[str] = []
        """The closing signs of the bars and brackets around the place, innermost last."""

    def parse(self) -> Syntax:
        """The whole stretch as one expression or relation."""
        found = self.items("")
        if self.at < len(self.tokens):
            raise FormulaError(self.here, f"{self.text!r} is not expected here")
        if len(found) == 1:
            return found[0]
        return Group(Span(found[0].span.start, found[-1].span.end), ",", tuple(found))

    # Tokens ------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    @property
    def here(self) -> Span:
        if self.at < len(self.tokens):
            return self.tokens[self.at].span
        return Span(max(self.end - 1, 0), self.end)

    @property
    def stops(self) -> bool:
        """Whether the next token ends a term; a bar does where one is open, and otherwise opens."""
        if self.text in ("|", "\\|", "\\Vert"):
            return bool(self.inside) and (self.inside[-1] == self.text or self.inside[-1] in ")]")
        return self.text in STOPS

    def take(self, wanted: str | None = None) -> Token:
        if self.at >= len(self.tokens) or (wanted is not None and self.text != wanted):
            found = repr(self.text) if self.text else "the end"
            raise FormulaError(self.here, f"{wanted or 'something'} is expected here, not {found}")
        self.at += 1
        return self.tokens[self.at - 1]

    def since(self, start: Span) -> Span:
        return Span(start.start, max(self.tokens[self.at - 1].span.end if self.at else start.end, start.start))

    # Relations, terms, factors ------------------------------------------------------------------------

    def related(self) -> Syntax:
        start = self.here
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise FormulaError(start, "the formula is nested too deeply")
        sides, relations = [self.terms()], []
        while self.text in RELATIONS:
            relations.append(RELATIONS[self.take().text])
            sides.append(self.terms())
        self.depth -= 1
        return sides[0] if not relations else Related(self.since(start), tuple(sides), tuple(relations))

    def terms(self) -> Syntax:
        start = self.here
        found: list[Syntax] = []
        signs: list[int] = []
        sign = 1
        while True:
            leading = False
            while self.text in ("+", "-"):
                sign = -sign if self.take().text == "-" else sign
                leading = True
            if found and not leading:
                break
            found.append(self.term())
            signs.append(sign)
            sign = 1
            if self.text not in ("+", "-"):
                break
        if signs == [1]:
            return found[0]
        return Terms(self.since(start), tuple(found), tuple(signs))

    def term(self) -> Syntax:
        start = self.here
        factors: list[Syntax] = []
        signs: list[str] = []
        while True:
            sign = ""
            if self.text in SIGNS:
                if not factors:
                    raise FormulaError(self.here, f"{self.text} has nothing on its left")
                sign = SIGNS[self.take().text]
                if self.text in ("-", "+"):
                    signed = self.here
                    minus = self.take().text == "-"
                    factor = self.factor()
                    factors.append(Terms(self.since(signed), (factor,), (-1 if minus else 1,)))
                    signs.append(sign)
                    continue
            elif not self.text or self.stops or self.text in RELATIONS:
                break
            factor = self.factor()
            if isinstance(factor, Juxtaposition) and not factor.factors and not sign:
                continue
            factors.append(factor)
            signs.append(sign)
        if not factors:
            found = f"{self.text!r}" if self.text else "the end"
            raise FormulaError(self.here, f"an expression is expected here, not {found}")
        if len(factors) == 1:
            return factors[0]
        return Juxtaposition(self.since(start), tuple(factors), tuple(signs))

    def factor(self) -> Syntax:
        start = self.here
        base = self.atom()
        if isinstance(base, Big | Operator | Prefix):
            return base
        base = self.scripts(base, start)
        return base

    def scripts(self, base: Syntax, start: Span) -> Syntax:
        subscript: Syntax | None = None
        superscript: Syntax | None = None
        primes = 0
        while self.text in ("_", "^", "'", "\\prime"):
            mark = self.take().text
            if mark in ("'", "\\prime"):
                primes += 1
            elif mark == "_":
                if subscript is not None:
                    raise FormulaError(self.here, "a second subscript")
                subscript = self.script()
            else:
                found = self.script()
                if isinstance(found, Symbol) and found.name == "prime":
                    primes += 1
                elif superscript is not None:
                    raise FormulaError(self.here, "a second superscript")
                else:
                    superscript = found
        if subscript is None and superscript is None and not primes:
            return base
        return Scripted(self.since(start), base, subscript, superscript, primes)

    def script(self) -> Syntax:
        if self.text == "{":
            self.take()
            if self.text == "}":
                raise FormulaError(self.here, "an empty script")
            found = self.items("}")
            self.take("}")
            return found[0] if len(found) == 1 else Group(found[0].span, ",", tuple(found))
        start = self.here
        if self.text in ("-", "+"):
            minus = self.take().text == "-"
            return Terms(self.since(start), (self.single(),), (-1 if minus else 1,))
        return self.single()

    def items(self, closing: str) -> list[Syntax]:
        found = [self.related()]
        while self.text in (",", ";"):
            self.take()
            if self.text == closing:
                break
            found.append(self.related())
        return found

    def single(self) -> Syntax:
        """One token's worth: what an unbraced script or argument takes."""
        if self.text == "{":
            return self.braced()
        if self.text == "(":
            return self.group()
        if self.text.isdigit():
            token = self.take()
            return Numeral(token.span, Fraction(int(token.text)))
        if self.text == "*":
            token = self.take()
            return Symbol(token.span, "*")
        return self.atom()

    def braced(self) -> Syntax:
        start = self.take("{").span
        if self.text == "}":
            self.take()
            return Juxtaposition(self.since(start), (), ())
        if self._over_ahead():
            above = self.related()
            self.take("\\over")
            below = self.related()
            self.take("}")
            return _derivative(Fraction_(self.since(start), above, below), self)
        found = self.related()
        self.take("}")
        return found

    def _over_ahead(self) -> bool:
        depth = 0
        for token in self.tokens[self.at :]:
            if token.text == "{":
                depth += 1
            elif token.text == "}":
                depth -= 1
                if depth < 0:
                    return False
            elif token.text == "\\over" and depth == 0:
                return True
        return False

    # Atoms -------------------------------------------------------------------------------------------

    def atom(self) -> Syntax:
        text, start = self.text, self.here
        if text.isdigit():
            return self.numeral()
        if len(text) == 1 and text.isalpha():
            self.take()
            return Symbol(start, text)
        if text == "{":
            return self.braced()
        if text in OPENERS:
            return self.group()
        if text == "|":
            return self.bars_group()
        for table, method in (
            (("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"), self.fraction),
            (("\\sum", "\\prod"), self.big),
            (("\\partial",), self.partial),
            (("\\nabla",), self.nabla),
            (PREFIXES, self.prefix),
            (FONTS, self.font),
            (ACCENTS, self.accent),
            (WRAPPERS, self.wrapped),
            (("\\operatorname", "\\text", "\\mathop", "\\textrm", "\\textit", "\\mbox", "\\textbf", "\\operatorname*"), self.word),
            (("\\begin",), self.environment),
            (("\\sqrt",), self.root),
            (("\\dots", "\\ldots", "\\cdots", "\\vdots", "\\ddots"), self.dots),
            (("\\color", "\\textcolor"), self.colour),
        ):
            if text in table:
                return method()
        if text.startswith("\\") and text[1:] in GREEK:
            self.take()
            return Symbol(start, text[1:])
        if text in ("softmax", "sigmoid", "max", "min", "\\max", "\\min", "\\softmax", "\\sigmoid"):
            self.take()
            return Word(start, text.lstrip("\\"))
        if text in ("\\top", "\\intercal", "\\transposed"):
            self.take()
            return Symbol(start, "top")
        if text in ("\\prime", "\\infty"):
            self.take()
            return Symbol(start, text[1:])
        if text in ("\\Reals", "\\R"):
            self.take()
            return Symbol(start, "R", font="bb")
        if not text:
            raise FormulaError(start, "an expression is expected here, not the end")
        if text.startswith("\\"):
            raise FormulaError(start, f"the command {text} is not known")
        raise FormulaError(start, f"{text!r} is not expected here")

    def numeral(self) -> Syntax:
        start = self.here
        text = self.take().text
        while self.text.isdigit() and self.tokens[self.at].span.start == self.tokens[self.at - 1].span.end:
            text += self.take().text
        following = self.tokens[self.at + 1].text if self.at + 1 < len(self.tokens) else ""
        if self.text == "." and following.isdigit():
            text += self.take().text
            while self.text.isdigit():
                text += self.take().text
        number = Numeral(self.since(start), Fraction(text))
        if text == "1" and self.text in ("\\{", "\\lbrace"):
            return self.indicator(start)
        return number

    def indicator(self, start: Span) -> Syntax:
        group = self.group()
        assert isinstance(group, Group)
        if len(group.items) != 1:
            raise FormulaError(group.span, "an indicator needs one condition")
        return Indicator(self.since(start), group.items[0])

    def group(self) -> Syntax:
        start = self.here
        opening = self.take().text
        closing = OPENERS[opening]
        kind = KINDS.get(opening, opening)
        self.inside.append(closing)
        items, marks = [self.related()], ""
        while self.text in (",", ";", "|", "\\mid", "\\vert") and self.text != closing:
            mark = self.take().text
            marks += mark if len(mark) == 1 else "|"
            items.append(self.related())
        self.inside.pop()
        if self.text == closing or (kind in ("[", "(") and self.text in (")", "]")):
            self.take()
        else:
            raise FormulaError(start, f"{opening} is not closed: {closing} is expected before {self.text or 'the end'!r}")
        return Group(self.since(start), kind, tuple(items), marks)

    def bars_group(self) -> Syntax:
        start = self.take().span
        double = self.text == "|"
        if double:
            self.take()
        self.inside.append("|")
        found = self.related()
        self.inside.pop()
        self.take("|")
        if double:
            self.take("|")
            return Group(self.since(start), "\\|", (found,))
        return Group(self.since(start), "|", (found,))

    def fraction(self) -> Syntax:
        start = self.take().span
        above = self.single()
        below = self.single()
        return _derivative(Fraction_(self.since(start), above, below), self)

    def root(self) -> Syntax:
        start = self.take().span
        if self.text == "[":
            raise FormulaError(self.here, "only square roots are read")
        return Root(self.since(start), self.single())

    def big(self) -> Syntax:
        start = self.here
        kind = "sum" if self.take().text == "\\sum" else "product"
        lower: Syntax | None = None
        upper: Syntax | None = None
        while self.text in ("_", "^"):
            if self.take().text == "_":
                lower = self.script()
            else:
                upper = self.script()
        while self.text == "{" and self.tokens[self.at + 1 : self.at + 2] and self.tokens[self.at + 1].text == "}":
            self.take()
            self.take()
        body = self.term()
        return Big(self.since(start), kind, lower, upper, body)

    def operand(self) -> Syntax:
        """What a derivative sign stands in front of: the rest of the term. How much of it is meant, meaning decides."""
        return self.term()

    def partial(self) -> Syntax:
        start = self.take().span
        if self.text == "_":
            self.take()
            variable = self.script()
            return Operator(self.since(start), (variable,), self.operand())
        return Symbol(start, "partial")

    def nabla(self) -> Syntax:
        start = self.take().span
        variable: Syntax | None = None
        order = 1
        while self.text in ("_", "^"):
            if self.take().text == "_":
                variable = self.script()
            else:
                power = self.script()
                if not isinstance(power, Numeral) or power.value not in (1, 2):
                    raise FormulaError(power.span, "only the first and second derivative are read here")
                order = int(power.value)
        variables = (variable,) * order if variable is not None else ()
        operand = self.operand()
        return Operator(self.since(start), variables, operand, gradient=True, order=order)

    def prefix(self) -> Syntax:
        start = self.here
        name = PREFIXES[self.take().text]
        return self.applied(name, start)

    def applied(self, name: str, start: Span) -> Syntax:
        power: Syntax | None = None
        if self.text == "^":
            self.take()
            power = self.script()
        if self.text == "_":
            raise FormulaError(self.here, "a logarithm to another base is not read")
        if self.text in OPENERS:
            argument = self.group()
        else:
            argument = self.tight_argument()
        return Prefix(self.since(start), name, argument, power)

    def tight_argument(self) -> Syntax:
        start = self.here
        factors: list[Syntax] = []
        while self.text and not self.stops and self.text not in RELATIONS and self.text not in SIGNS:
            if factors and self.text in PREFIXES:
                break
            factors.append(self.factor())
            if isinstance(factors[-1], Big | Operator):
                break
        if not factors:
            raise FormulaError(self.here, "the argument of a function is missing")
        if len(factors) == 1:
            return factors[0]
        return Juxtaposition(self.since(start), tuple(factors), ("",) * len(factors))

    def font(self) -> Syntax:
        start = self.here
        command = self.take().text
        font = FONTS[command]
        content = self._plain_content()
        if font == "bb" and content in ("1", "I"):
            if self.text in ("\\{", "[", "(", "\\lbrace"):
                return self.indicator(start)
            if self.text == "_":
                mark = self.at
                self.take()
                condition = self.script()
                if isinstance(condition, Related):
                    return Indicator(self.since(start), condition)
                self.at = mark
            return Symbol(self.since(start), "1", font="bb")
        if command in ("\\mathbf", "\\boldsymbol", "\\bm") and content == "1":
            if self.text == "\\{" or (self.text in ("[", "(") and self._relation_ahead()):
                return self.indicator(start)
            return Symbol(self.since(start), "1", font="bb")
        if content is not None and command == "\\mathrm" and len(content) > 1:
            return self._named(content, start)
        if content is not None and len(content) == 1 and content.isalpha():
            return Symbol(self.since(start), content, font=font)
        inner = self.single() if content is None else None
        if inner is None:
            if content is not None and content.isdigit():
                return Numeral(self.since(start), Fraction(content))
            raise FormulaError(start, f"the name {content} is not read")
        if isinstance(inner, Symbol):
            return Symbol(inner.span, inner.name, inner.accent, font or inner.font)
        return inner

    def _relation_ahead(self) -> bool:
        """Whether the bracket that opens here holds a relation of its own."""
        depth = 0
        for token in self.tokens[self.at :]:
            depth += (token.text in OPENERS or token.text == "{") - (token.text in CLOSERS)
            if depth == 1 and token.text in RELATIONS:
                return True
            if depth == 0:
                return False
        return False

    def _plain_content(self) -> str | None:
        """The letters of a braced argument or the one letter that follows, None if there is more to it."""
        if self.text != "{":
            if len(self.text) == 1 and self.text.isalnum():
                return self.take().text
            return None
        position = self.at + 1
        letters = ""
        while position < len(self.tokens) and len(self.tokens[position].text) >= 1:
            text = self.tokens[position].text
            if text == "}":
                self.at = position + 1
                return letters if letters else None
            if not text.isalnum():
                return None
            letters += text
            position += 1
        return None

    def _named(self, content: str, start: Span) -> Syntax:
        if content in WORD_PREFIXES:
            return self.applied(WORD_PREFIXES[content], start)
        return Word(self.since(start), content)

    def word(self) -> Syntax:
        start = self.here
        self.take()
        content = self._plain_content()
        if content is None:
            raise FormulaError(start, "text that stands inside a formula")
        return self._named(content, start)

    def accent(self) -> Syntax:
        start = self.here
        accent = ACCENTS[self.take().text]
        base = self.single()
        if not isinstance(base, Symbol):
            raise FormulaError(start, "an accent on something that is not a letter")
        return Symbol(self.since(start), base.name, accent, base.font)

    def wrapped(self) -> Syntax:
        command = self.take().text
        if self.text == "{" and self.tokens[self.at + 1 : self.at + 2] and self.tokens[self.at + 1].text in ("+", "-"):
            raise FormulaError(self.here, f"{command} around a signed term")
        found = self.single()
        if command in ("\\underbrace", "\\overbrace") and self.text in ("_", "^"):
            self.take()
            self.skip_argument()
        return Group(found.span, "(", (found,)) if isinstance(found, Terms) else found

    def skip_argument(self) -> None:
        if self.text != "{":
            self.take()
            return
        depth = 0
        while True:
            depth += {"{": 1, "}": -1}.get(self.take().text, 0)
            if depth == 0:
                return

    def colour(self) -> Syntax:
        self.take()
        self.skip_argument()
        return self.single()

    def dots(self) -> Syntax:
        return Dots(self.take().span)

    def environment(self) -> Syntax:
        start = self.take().span
        name = self._environment_name()
        if name not in ("cases", "dcases", "rcases"):
            raise FormulaError(start, f"the environment {name} is not read inside a formula")
        rows: list[tuple[Syntax, Syntax | None]] = []
        while self.text != "\\end":
            value = self.related()
            condition: Syntax | None = None
            if self.text in ("&", ","):
                while self.text in ("&", ","):
                    self.take()
                condition = self.condition()
            rows.append((value, condition))
            if self.text in (",", ".", ";"):
                self.take()
            while self.text in ("\\\\", "\\cr"):
                self.take()
                if self.text == "[":
                    while self.take().text != "]":
                        pass
        self.take("\\end")
        self._environment_name()
        return CaseRows(self.since(start), tuple(rows))

    def condition(self) -> Syntax | None:
        if self.text in ("\\text", "\\mbox", "\\textrm"):
            self.take()
            words = self._text_content().strip().lower()
            if words in ("otherwise", "else", "otherwise.", "sonst"):
                return None
            if words not in ("if", "for", "when", "if ", "for all"):
                raise FormulaError(self.here, f"the condition {words!r} is not understood")
        return self.related()

    def _text_content(self) -> str:
        self.take("{")
        depth, found = 1, ""
        while True:
            text = self.take().text
            depth += {"{": 1, "}": -1}.get(text, 0)
            if depth == 0:
                return found
            found += text

    def _environment_name(self) -> str:
        return self._text_content()


def _without_signed_wrappers(tokens: list[Token]) -> list[Token]:
    """``\\cancel{- b}`` is ``- b``: a wrapper around a signed term leaves the term where it stands."""
    out: list[Token] = []
    closing: list[bool] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        ahead = [t.text for t in tokens[position + 1 : position + 3]]
        if token.text in WRAPPERS and ahead[:1] == ["{"] and ahead[1:] and ahead[1] in ("+", "-"):
            closing.append(True)
            position += 2
            continue
        if token.text == "{":
            closing.append(False)
        elif token.text == "}" and closing and closing.pop():
            position += 1
            continue
        out.append(token)
        position += 1
    return out


def _derivative(fraction: Fraction_, parser: Parser) -> Syntax:
    """A fraction that is a derivative, with its operand; any other fraction as it is."""
    above = _factors(fraction.numerator)
    below = _factors(fraction.denominator)
    sign = _differential(above[0]) if above else None
    if sign is None or not below or _differential(below[0]) is None:
        return fraction
    order = sign
    variables: list[Syntax] = []
    position = 0
    while position < len(below):
        if _differential(below[position]) != 1 or position + 1 >= len(below):
            raise FormulaError(fraction.denominator.span, "by what is this differentiated?")
        variable = below[position + 1]
        if isinstance(variable, Scripted) and isinstance(variable.superscript, Numeral) and order > 1:
            count = int(variable.superscript.value)
            plain = variable.base if variable.subscript is None else Scripted(
                variable.span, variable.base, variable.subscript
            )
            variables += [plain] * count
        else:
            variables.append(variable)
        position += 2
        while position < len(below) and _differential(below[position]) is None:
            extra = below[position]
            if not isinstance(extra, Group) or not variables:
                raise FormulaError(extra.span, "by what is this differentiated?")
            variables[-1] = Juxtaposition(variables[-1].span, (variables[-1], extra), ("", ""))
            position += 1
    if len(variables) != order:
        raise FormulaError(fraction.span, f"a derivative of order {order} by {len(variables)} variables")
    rest = above[1:]
    if not rest:
        return Operator(fraction.span, tuple(variables), parser.operand())
    signs = ("",) * len(rest)
    operand = rest[0] if len(rest) == 1 else Juxtaposition(fraction.numerator.span, tuple(rest), signs)
    return Operator(fraction.span, tuple(variables), operand)


def _factors(node: Syntax) -> list[Syntax]:
    if isinstance(node, Juxtaposition):
        return list(node.factors) if set(node.signs) <= {""} else [node]
    return [node]


def _differential(node: Syntax) -> int | None:
    """The order of a differential sign d or partial, None for anything else."""
    if isinstance(node, Symbol) and node.name in ("d", "partial") and not node.accent:
        return 1
    if isinstance(node, Scripted) and _differential(node.base) == 1 and node.subscript is None:
        if isinstance(node.superscript, Numeral) and node.superscript.value.denominator == 1:
            return int(node.superscript.value)
    return None
