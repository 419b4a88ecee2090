"""The parser of mathematics: tokens to a syntax tree, by recursive descent with one function a construct.

What is not understood raises `FormulaError` with its place; nothing is skipped. Spacing and sizes are known
by table, so an unknown command is an error and never a silent gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derivations.reading.commands import (
    EVALUATED,
    IGNORED,
    MAXIMUM_DEPTH,
    MOST_FACTORS,
    OPENERS,
    PREFIXES,
    RELATIONS,
    SIGNS,
    STOPS,
    WRAPPERS,
)
from derivations.reading.ellipses import with_sum
from derivations.reading.parse_atoms import ATOMS, sign_alone
from derivations.reading.parse_brackets import bar_divides, read_group, read_numeral
from derivations.reading.parse_signs import MAXIMUM_ORDER, binomial, derivative_or_fraction
from derivations.reading.scan import FormulaError, Token, is_digit
from derivations.reading.tree import (
    Big,
    Evaluated,
    Group,
    Juxtaposition,
    Numeral,
    Operator,
    Prefix,
    Quotient,
    Related,
    Scripted,
    Span,
    Symbol,
    Syntax,
    Terms,
    Word,
)


class Parser:
    """Parses one stretch of tokens; `parse` takes it whole."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        """`end` is the offset after the last token, for errors at the end."""
        self.tokens = _without_signed_wrappers([t for t in _with_bars(tokens) if t.text not in IGNORED])
        self.at = 0
        self.end = end
        self.begun: list[str] = []
        """The first tokens of the constructs around the place, innermost last."""
        self.operands = 0
        """How many derivative signs are being read whose operands have not ended."""
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
        """The token at hand, empty at the end."""
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    @property
    def here(self) -> Span:
        """The place of the token at hand."""
        if self.at < len(self.tokens):
            return self.tokens[self.at].span
        return Span(max(self.end - 1, 0), self.end)

    @property
    def stops(self) -> bool:
        """Whether the next token ends a term; a bar does where one is open or it divides, else it opens."""
        if self.evaluates:
            return True
        if self.text in ("|", "\\|", "\\Vert"):
            innermost = self.inside[-1] if self.inside else ""
            if innermost == self.text:
                return True
            return innermost in (")", "]") and not self.operand_expected and bar_divides(self)
        return self.text in STOPS

    @property
    def operand_expected(self) -> bool:
        """Whether the token before is one that something must follow: ``(-|z|)``."""
        before = self.tokens[self.at - 1].text if self.at else ""
        return before in ("+", "-", ",", ";") or any(
            before in table for table in (OPENERS, SIGNS, RELATIONS, PREFIXES)
        )

    @property
    def evaluates(self) -> bool:
        """Whether a bar with a subscript comes next: what stands before it is taken at a point."""
        following = self.tokens[self.at + 1 : self.at + 2]
        bar = self.text in ("|", "\\vert", "\\rvert") and self.inside[-1:] != [self.text]
        return bar and bool(following) and following[0].text == "_"

    def take(self, wanted: str | None = None) -> Token:
        """The token at hand, which must be `wanted` where that is given; goes on to the next."""
        if self.at >= len(self.tokens) or (wanted is not None and self.text != wanted):
            found = repr(self.text) if self.text else "the end"
            raise FormulaError(self.here, f"{wanted or 'something'} is expected here, not {found}")
        self.at += 1
        return self.tokens[self.at - 1]

    def since(self, start: Span) -> Span:
        """The stretch from `start` to the last token taken."""
        return Span(
            start.start, max(self.tokens[self.at - 1].span.end if self.at else start.end, start.start)
        )

    # Relations, terms, factors ------------------------------------------------------------------------

    def related(self) -> Syntax:
        """Terms with relations between them."""
        start = self.here
        sides, relations = [self.terms()], []
        while self.text in RELATIONS:
            relations.append(RELATIONS[self.take().text])
            sides.append(self.terms())
        return sides[0] if not relations else Related(self.since(start), tuple(sides), tuple(relations))

    def terms(self) -> Syntax:
        """Terms with their signs."""
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
        return with_sum(Terms(self.since(start), tuple(found), tuple(signs)))

    def term(self) -> Syntax:
        """Factors one after another, up to what ends a term."""
        start = self.here
        factors: list[Syntax] = []
        signs: list[str] = []
        while True:
            self.count(factors)
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
        product = Juxtaposition(self.since(start), tuple(factors), tuple(signs))
        whole = factors[0] if len(factors) == 1 else product
        if not self.evaluates or self.inside[-1:] == [EVALUATED] or self.operands:
            return whole
        self.take()
        self.take("_")
        point = self.script()
        return Evaluated(self.since(start), whole, point)

    def count(self, factors: list[Syntax]) -> None:
        """Raise `FormulaError` where there are more factors than the later stages can multiply."""
        if len(factors) > MOST_FACTORS:
            raise FormulaError(self.here, f"a product of more than {MOST_FACTORS} factors is not read")

    def operand(self) -> Syntax:
        """What a derivative sign differentiates: a bar behind it speaks of the derivative."""
        self.operands += 1
        found = self.term()
        self.operands -= 1
        return found

    def factor(self) -> Syntax:
        """An atom with its scripts."""
        start = self.here
        base = self.atom()
        if isinstance(base, Big | Operator | Prefix):
            return base
        found = self.scripts(base, start)
        if self.text == "!":
            self.take()
            found = Prefix(self.since(start), "factorial", found)
        return found

    def scripts(self, base: Syntax, start: Span) -> Syntax:
        """`base` with the subscripts, superscripts and primes that follow."""
        subscript: Syntax | None = None
        superscript: Syntax | None = None
        primes = 0
        while self.text in ("_", "^", "'", "\\prime"):
            mark = self.take().text
            if mark in ("'", "\\prime"):
                primes += 1
            elif mark == "_":
                if subscript is not None:
                    raise FormulaError(self.here, "a second subscript: write a_{ij}, or brackets")
                subscript = sign_alone(self) or self.script()
            else:
                found = self.script()
                if isinstance(found, Symbol) and found.name == "prime":
                    primes += 1
                elif superscript is not None:
                    raise FormulaError(self.here, "a second superscript: write (a^{b})^{c} or a^{b^{c}}")
                else:
                    superscript = found
        if primes > MAXIMUM_ORDER:
            raise FormulaError(
                self.since(start), f"{primes} primes: derivatives up to order {MAXIMUM_ORDER} are read"
            )
        if subscript is None and superscript is None and not primes:
            return base
        return Scripted(self.since(start), base, subscript, superscript, primes)

    def script(self) -> Syntax:
        """What stands behind ``_`` or ``^``."""
        if self.text == "{":
            self.take()
            if self.text == "}":
                raise FormulaError(self.here, "an empty script")
            self.inside.append("}")
            found = self.items("}")
            self.inside.pop()
            self.take("}")
            return found[0] if len(found) == 1 else Group(found[0].span, ",", tuple(found))
        start = self.here
        if self.text in ("-", "+"):
            minus = self.take().text == "-"
            return Terms(self.since(start), (self.single(),), (-1 if minus else 1,))
        return self.single()

    def items(self, closing: str) -> list[Syntax]:
        """Formulas that commas or semicolons separate."""
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
            return read_group(self)
        if is_digit(self.text):
            token = self.take()
            return Numeral(token.span, Fraction(int(token.text)))
        if self.text == "*":
            token = self.take()
            return Symbol(token.span, "*")
        return self.atom()

    def braced(self) -> Syntax:
        """What stands in braces; with ``\\over`` a fraction."""
        start = self.take("{").span
        if self.text == "}":
            self.take()
            return Juxtaposition(self.since(start), (), ())
        if self._over_ahead():
            above = self.related()
            sign = self.take().text
            below = self.related()
            self.take("}")
            if sign == "\\choose":
                return binomial(above, below, self.since(start))
            return derivative_or_fraction(Quotient(self.since(start), above, below), self)
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
            elif token.text in ("\\over", "\\choose") and depth == 0:
                return True
        return False

    # Atoms -------------------------------------------------------------------------------------------

    def atom(self) -> Syntax:
        """What begins with the token at hand."""
        self.begun.append(self.text)
        if len(self.begun) > MAXIMUM_DEPTH:
            raise FormulaError(self.here, f"this is nested more than {MAXIMUM_DEPTH} deep; name a part of it")
        found = self._begun()
        self.begun.pop()
        return found

    def _begun(self) -> Syntax:
        text, start = self.text, self.here
        if is_digit(text):
            return read_numeral(self)
        if len(text) == 1 and text.isalpha():
            self.take()
            return Symbol(start, text)
        if text == "{":
            found = self.braced()
            if isinstance(found, Terms):
                raise FormulaError(
                    found.span, "braces are no brackets: use \\left( and \\right) around a sum"
                )
            return found
        if text in ATOMS:
            return ATOMS[text](self)
        if not text:
            raise FormulaError(start, "an expression is expected here, not the end")
        if text.isalpha():
            self.take()
            return Word(start, text)
        if text.startswith("\\"):
            raise FormulaError(start, f"the command {text} is not known")
        raise FormulaError(start, f"{text!r} is not expected here")


def _with_bars(tokens: list[Token]) -> Iterator[Token]:
    """``\\left.`` as one token, which opens what a bar with a subscript closes; ``\\right.`` as none."""
    behind = [*tokens[1:], None]
    skipped = False
    for token, following in zip(tokens, behind, strict=True):
        if skipped:
            skipped = False
        elif token.text in ("\\left", "\\right") and following is not None and following.text == ".":
            skipped = True
            if token.text == "\\left":
                yield Token(EVALUATED, token.span)
        else:
            yield token


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
