"""From syntax to terms: every name, script and bracket gets its meaning from the document's vocabulary.

Nothing is chosen here by what a step needs. What has two readings raises `Unreadable` with its place; what a
convention settles leaves a note.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import singledispatchmethod

from derivations.reading.bounds import bounds_of
from derivations.reading.calls import Calls
from derivations.reading.conditions import test_of
from derivations.reading.derivatives import Derivatives
from derivations.reading.evaluations import evaluated
from derivations.reading.extrema import EXTREMA, ranges_over
from derivations.reading.lists import stacked
from derivations.reading.products import Products
from derivations.reading.quotient_rule import with_factors_apart
from derivations.reading.scripted_terms import ScriptedTerms
from derivations.reading.scripts import Scripts
from derivations.reading.syntax import name_of
from derivations.reading.terms import (
    AddTerm,
    BigTerm,
    Bounds,
    CasesTerm,
    DeltaTerm,
    DivideTerm,
    FunctionTerm,
    IdentityTerm,
    IndexTerm,
    IndexTest,
    InnerTerm,
    MultiplyTerm,
    NameTerm,
    NumberTerm,
    OnesTerm,
    OperatorTerm,
    PowerTerm,
    SizeTerm,
    StackTerm,
    Term,
)
from derivations.reading.thresholds import compares, piecewise, threshold
from derivations.reading.tree import (
    Big,
    CaseRows,
    Dots,
    Evaluated,
    Group,
    Indicator,
    Juxtaposition,
    Numeral,
    Operator,
    Prefix,
    Quotient,
    Related,
    Root,
    Scripted,
    Span,
    Symbol,
    Syntax,
    Terms,
    Word,
)
from derivations.reading.unreadable import Unreadable
from derivations.reading.vocabulary import Vocabulary
from derivations.reading.widening import index_letters, product_end, widened

SIZES = frozenset("NMDKCPQTnmdpq")
"""Letters that are sizes below the sign of the identity matrix."""
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a formula: formal arguments, letters that have a meaning, the statement's variable."""

    formals: Mapping[tuple[str, tuple[IndexTerm, ...]], str] = field(default_factory=dict)
    """A tensor with the indices that are part of the formal argument -> the name of its own that it gets."""
    bound: frozenset[str] = frozenset()
    outer: frozenset[str] = frozenset()
    variable: Syntax | None = None
    """What the statement differentiates by, for a prime on a bracket."""
    arguments: Mapping[str, tuple[Syntax, ...]] = field(default_factory=dict)
    """Functions that the statement writes with one and the same argument everywhere."""


class Resolver:
    """Resolves formulas against a vocabulary; collects notes and the names that are differentiated by."""

    def __init__(self, vocabulary: Vocabulary, written: Callable[[Span], str]) -> None:
        """Nothing noted yet; `written` gives the source of a stretch."""
        self.vocabulary = vocabulary
        self.written = written
        self.products = Products(self)
        self.calls = Calls(self)
        self.scripts = ScriptedTerms(self)
        self.derivatives = Derivatives(self)
        self.notes: list[str] = []
        self.differentiated: set[str] = set()
        self.diagonals: Mapping[Span, str] = {}
        """The indices of diagonals that are written by their entries, by the places of the diagonals."""
        self.usual_variable: Syntax | None = None
        """What all gradients of the document are taken by that say so."""

    def note(self, text: str) -> None:
        """Keep a note about the statement at hand, once."""
        if text not in self.notes:
            self.notes.append(text)

    @singledispatchmethod
    def resolve(self, node: Syntax, frame: Frame) -> Term:
        """The term that `node` stands for; raises `Unreadable` with the place."""
        raise Unreadable(node.span, "this is not understood here")

    # Leaves ------------------------------------------------------------------------------------------

    @resolve.register
    def _(self, node: Numeral, frame: Frame) -> Term:
        return NumberTerm(node.span, node.value)

    @resolve.register
    def _(self, node: Dots, frame: Frame) -> Term:
        raise Unreadable(node.span, "an ellipsis is not read inside a formula; write the sum out with \\sum")

    @resolve.register
    def _(self, node: Related, frame: Frame) -> Term:
        raise Unreadable(node.span, "a relation stands where an expression belongs")

    @resolve.register(Symbol)
    @resolve.register(Word)
    def _(self, node: Symbol | Word, frame: Frame) -> Term:
        name = name_of(node)
        assert name is not None
        return self.name(name, Scripts(), node.span, frame)

    def name(self, base: str, scripts: Scripts, span: Span, frame: Frame) -> Term:
        """A name with its indices, without power and transpose."""
        vocabulary = self.vocabulary
        key = vocabulary.key(base, scripts)
        formal = self._formal(key, scripts.indices, span, frame)
        if formal is not None:
            return formal
        if key in vocabulary.functions and key == vocabulary.current(base):
            return self.calls.bare(key, scripts, span, frame)
        spec = vocabulary.specs.get(key)
        if spec is None:
            constant = self._constant(base, scripts, span) or self.calls.known_alone(
                base, scripts, span, frame
            )
            if constant is not None:
                return constant
        if base in ("max", "min", "argmax", "argmin", "lim", "sup", "inf") and spec is None:
            raise Unreadable(span, f"{base} is not read here")
        explained = spec is not None and (spec.definition is not None or spec.index_sets is not None)
        if not scripts.indices and not explained:
            if vocabulary.is_size(base) and not scripts.decoration:
                return SizeTerm(span, base)
            if base == "e" and base in vocabulary.unknown:
                raise Unreadable(span, "is e a name here, or the number?")
            if base == "e" and not scripts.decoration:
                return FunctionTerm(span, "exp", NumberTerm(span, ONE))
            if vocabulary.survey.is_index(base) and base in vocabulary.survey.bound:
                raise Unreadable(span, f"the index {base} stands where a number belongs")
            if base == "d" and vocabulary.survey.usage("d").alone:
                return self.reference(key, scripts.indices, span, frame)
            if base in ("d", "partial", "infty", "max", "min", "argmax", "argmin") or base.startswith("bb "):
                raise Unreadable(span, f"{base.removeprefix('bb ')} is not explained here")
        return self.reference(key, scripts.indices, span, frame)

    def _constant(self, base: str, scripts: Scripts, span: Span) -> Term | None:
        """The identity matrix and the vector of ones, which nobody defines."""
        sized = all(self.vocabulary.is_size(i.name) or i.name in SIZES for i in scripts.indices) and (
            not scripts.decoration
            or self.vocabulary.is_size(scripts.decoration)
            or scripts.decoration in SIZES
        )
        if (
            base in ("I", "bb I")
            and sized
            and base not in self.vocabulary.unknown
            and not self.vocabulary.survey.usage(base).applied
        ):
            self.note("I is the identity matrix")
            return IdentityTerm(span)
        if base == "bb 1" and sized:
            return OnesTerm(span)
        return None

    def reference(self, key: str, indices: tuple[IndexTerm, ...], span: Span, frame: Frame) -> NameTerm:
        """A reference to a tensor, with the letters that its definition leaves free."""
        hidden = self.hidden(key, span, frame)
        if {index.name for index in hidden} & {index.name for index in indices}:
            raise Unreadable(span, f"{key} depends on an index that has another meaning here")
        return NameTerm(span, key, (*hidden, *indices))

    def hidden(self, key: str, span: Span, frame: Frame) -> tuple[IndexTerm, ...]:
        """The letters that the definition of `key` leaves free, as indices of its use."""
        spec = self.vocabulary.spec(key)
        for letter in spec.hidden:
            if letter in frame.bound:
                raise Unreadable(
                    span, f"{key} depends on {letter}, which is summed over here: give {key} an index"
                )
        return tuple(IndexTerm(letter) for letter in spec.hidden)

    def _formal(self, key: str, indices: tuple[IndexTerm, ...], span: Span, frame: Frame) -> NameTerm | None:
        for (name, own), formal in frame.formals.items():
            if name == key and indices[: len(own)] == own:
                return NameTerm(span, formal, indices[len(own) :])
        return None

    @resolve.register
    def _(self, node: Scripted, frame: Frame) -> Term:
        return self.scripts.resolve(node, frame)

    # Brackets, sums, products ------------------------------------------------------------------------

    @resolve.register
    def _(self, node: Group, frame: Frame) -> Term:
        if node.kind == "\\langle" and len(node.items) == 2:
            left, right = (self.resolve(item, frame) for item in node.items)
            return InnerTerm(node.span, left, right)
        if node.kind == "\\|":
            return self.scripts.norm(node, Scripts(), node.span, frame)
        if node.kind == "|" and not (name_of(node.items[0]) or "").istitle():  # |A| may be a determinant
            return OperatorTerm(node.span, "absolute", self.resolve(node.items[0], frame))
        if node.kind == "[" and len(node.items) == 1 and isinstance(node.items[0], Related):
            self.note("brackets around a condition are 1 where it holds, and 0 where not")
            return self.resolve(Indicator(node.span, node.items[0]), frame)
        if node.kind not in ("(", "[", "\\{") or len(node.items) != 1:
            if any(isinstance(item, Dots) for item in node.items):
                return stacked(self, node, frame)
            raise Unreadable(node.span, "these brackets are not understood here")
        return self.resolve(node.items[0], frame)

    @resolve.register
    def _(self, node: Terms, frame: Frame) -> Term:
        wide = widened(node, frame.outer | frame.bound, self.note)
        found = []
        for sign, part in zip(wide.signs, wide.terms, strict=True):
            term = self.resolve(part, frame)
            minus = NumberTerm(part.span, -ONE)
            found.append(term if sign > 0 else MultiplyTerm(part.span, (minus, term)))
        return found[0] if len(found) == 1 else AddTerm(node.span, tuple(found))

    @resolve.register
    def _(self, node: Juxtaposition, frame: Frame) -> Term:
        return self.products.resolve(node, frame)

    @resolve.register
    def _(self, node: Quotient, frame: Frame) -> Term:
        apart = with_factors_apart(node)
        if apart is not node:
            self.note("the bracket that is squared below is a factor above")
            node = apart
        return DivideTerm(
            node.span, self.resolve(node.numerator, frame), self.resolve(node.denominator, frame)
        )

    @resolve.register
    def _(self, node: Root, frame: Frame) -> Term:
        return FunctionTerm(node.span, "sqrt", self.resolve(node.radicand, frame))

    @resolve.register
    def _(self, node: Big, frame: Frame) -> Term:
        if node.kind not in ("sum", "product"):
            return self._extremum(node, frame)
        end = product_end(node)
        if end is not None:
            return self._product_and_more(node, end, frame)
        every = bounds_of(node, self.vocabulary)
        inner = replace(frame, bound=frame.bound | {bounds.index for bounds in every})
        found = self.resolve(node.body, inner)
        for number, bounds in reversed(list(enumerate(every))):
            # Two sums of one sign are told apart by their places: the second lies one further on.
            span = Span(node.span.start + number, node.span.end)
            found = BigTerm(span, node.kind, bounds, found)
        return found

    def _extremum(self, node: Big, frame: Frame) -> Term:
        """``\\max_k z_k``, where k is an index of what stands behind it and no number to be chosen."""
        every = bounds_of(node, self.vocabulary) if node.kind in EXTREMA else ()
        if len(every) == 1:
            inner = replace(frame, bound=frame.bound | {every[0].index})
            body = self.resolve(node.body, inner)
            if ranges_over(every, body):
                return BigTerm(node.span, node.kind, every[0], body)
        raise Unreadable(node.span, f"{node.kind} over an index is not read")

    def _product_and_more(self, node: Big, end: int, frame: Frame) -> Term:
        """``\\prod_i a_i \\prod_i b_i``: two products, since the second one binds the index anew."""
        assert isinstance(node.body, Juxtaposition)
        factors, signs = node.body.factors, node.body.signs
        following = factors[end]
        anew = isinstance(following, Big) and set(index_letters(following)) == set(index_letters(node))
        if not anew or signs[end] not in ("", "cdot", "times"):
            raise Unreadable(following.span, "how far does this product reach? Put its factors in brackets")
        inside = Juxtaposition(node.body.span, factors[:end], signs[:end])
        outside = Juxtaposition(node.body.span, factors[end:], ("", *signs[end + 1 :]))
        parts = (self.resolve(replace(node, body=inside), frame), self.resolve(outside, frame))
        return MultiplyTerm(node.span, parts)

    @resolve.register
    def _(self, node: Prefix, frame: Frame) -> Term:
        letter = self.diagonals.get(node.span)
        if letter is not None:
            frame = replace(frame, bound=frame.bound | {letter})
        argument = self.products.argument(node, frame)
        if letter is not None:
            self.note(f"the diagonal has these entries for all {letter}")
            argument = StackTerm(node.span, Bounds(letter), argument)
        kind = OperatorTerm if node.name in ("trace", "diag") else FunctionTerm
        found: Term = kind(node.span, node.name, argument)
        if node.power is None:
            return found
        if isinstance(node.power, Numeral) and node.power.value > 0:
            return PowerTerm(node.span, found, NumberTerm(node.power.span, node.power.value))
        raise Unreadable(node.power.span, f"this superscript of {node.name} is not understood")

    # Cases and indicators ----------------------------------------------------------------------------

    @resolve.register
    def _(self, node: CaseRows, frame: Frame) -> Term:
        if any(compares(condition) for _, condition in node.rows):
            return piecewise(node.rows, node.span, self, frame)
        rows = []
        for value, condition in node.rows:
            test = None if condition is None else test_of(condition, self, frame)
            rows.append((test, self.resolve(value, frame)))
        return CasesTerm(node.span, tuple(rows))

    @resolve.register
    def _(self, node: Indicator, frame: Frame) -> Term:
        if compares(node.condition):
            return threshold(node.condition, self, frame)
        test = test_of(node.condition, self, frame)
        one, zero = NumberTerm(node.span, ONE), NumberTerm(node.span, Fraction(0))
        if isinstance(test, IndexTest) and test.equal:
            return DeltaTerm(node.span, test.left, test.right)
        return CasesTerm(node.span, ((test, one), (None, zero)))

    @resolve.register
    def _(self, node: Evaluated, frame: Frame) -> Term:
        return evaluated(self, node, frame)

    # Derivatives -------------------------------------------------------------------------------------

    @resolve.register
    def _(self, node: Operator, frame: Frame) -> Term:
        return self.derivatives.resolve(node, frame)
