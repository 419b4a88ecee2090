"""One rule of algebra at a time: what the next line of a formula without open derivatives may be.

Structural rules (cancel a factor, pick with a delta, take a constant out of a sum) are our own; SymPy
proposes how to collect and factor. Each rule is one idea, so that each line is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from derivations.deriving.folding import between_sums, exponentials, quotients
from derivations.deriving.products import CONSTANT, Order, Powers, powers_of, terms_of
from derivations.deriving.proof import Reason
from derivations.deriving.rational import (
    Proposal,
    cancelled,
    collected,
    cost,
    factored,
    powers_combined,
    proposed,
    walk_regions,
)
from derivations.deriving.signs import negated, turned_over
from derivations.language.indices import IndexVariable
from derivations.language.latex import expression_latex
from derivations.language.nodes import (
    ONE,
    Add,
    Call,
    Cardinality,
    Delta,
    Derivative,
    Entry,
    Expression,
    Multiply,
    Power,
    Sum,
    add,
    multiply,
)
from derivations.language.substitution import replace_indices
from derivations.language.traversal import call_names, free_indices, rebuild, subexpressions


@dataclass(frozen=True)
class Algebra:
    """The rules in one context."""

    order: Order

    def applied(self, expression: Expression) -> tuple[Expression, Reason] | None:
        """The next line by the first rule that changes something, and the rule."""
        for key, rule in RULES:
            changed = self.order.arranged(rule(self, expression))
            if changed != self.order.arranged(expression):
                return changed, self._reason(key, expression, changed)
        return None

    def _reason(self, key: str, before: Expression, after: Expression) -> Reason:
        """The reason, with the name or the sum that it is about."""
        if key == "assumption":
            known = (n for n in subexpressions(before) if isinstance(n, Sum) and self.sums_to_one(n))
            return _about(key, *(f"{expression_latex(total)} = 1" for total in known))
        if key == "cancel" and not any(exponent < 0 for _, exponent in _all_powers(before)):
            return Reason("powers")
        if key == "fold":
            old = call_names(before)
            new = (n for n in subexpressions(after) if isinstance(n, Call) and n.name not in old)
            return _about(key, *map(expression_latex, new))
        return Reason(key)

    def sums_to_one(self, total: Sum) -> bool:
        """Whether `total` is the sum of labels or probabilities that is said to be 1."""
        body = total.body
        if not isinstance(body, Entry) or body.indices[-1:] != (total.index,) or total.excluding:
            return False
        row = self.order.context.declarations.get(body.name)
        return (
            row is not None
            and row.domain.sums_to_one
            and row.index_sets[-1] == total.index.index_set
            and total.index not in body.indices[:-1]
        )

    # Structural rules -----------------------------------------------------------------------------------

    def pick(self, expression: Expression) -> Expression:
        """``sum_i f_i delta_ij = f_j``."""
        return _bottom_up(expression, self._pick)

    def _pick(self, node: Expression) -> Expression:
        if not isinstance(node, Sum) or node.excluding:
            return node
        factors = powers_of(node.body)
        for base, exponent in factors.factors:
            if isinstance(base, Delta) and exponent == 1:
                others = Powers(factors.coefficient, tuple(f for f in factors.factors if f[0] != base))
                for index, other in ((base.left, base.right), (base.right, base.left)):
                    if index == node.index and isinstance(other, IndexVariable) and other != index:
                        body = self.order.product(others)
                        return replace_indices(body, {node.index.name: other})
        return node

    def count(self, expression: Expression) -> Expression:
        """``sum_i a = m a`` where a has no i in it."""

        def change(node: Expression) -> Expression:
            if not isinstance(node, Sum) or node.excluding or node.index.name in free_indices(node.body):
                return node
            return multiply(Cardinality(node.index.index_set), node.body)

        return _bottom_up(expression, change)

    def spread(self, expression: Expression) -> Expression:
        """A sum over a product with a delta in a bracket, multiplied out, one sum a term."""
        return _bottom_up(expression, self._spread)

    def _spread(self, node: Expression) -> Expression:
        if not isinstance(node, Sum) or not _mentions_delta_of(node.body, node.index.name):
            return node
        for expanded in proposed(node.body, collected):
            terms = terms_of(expanded)
            if len(terms) > 1:
                sums = (self.order.arranged(Sum(node.index, term, node.excluding)) for term in terms)
                return add(*(self._outside(total) for total in sums))
        return node

    def constants(self, expression: Expression) -> Expression:
        """``sum_i a b_i = a sum_i b_i`` where the sum is then known, or shorter."""
        return _bottom_up(expression, self._outside)

    def _outside(self, node: Expression) -> Expression:
        """Constant factors in front of a sum."""
        if not isinstance(node, Sum) or node.excluding:
            return node
        body = powers_of(node.body)
        inside = tuple(f for f in body.factors if node.index.name in free_indices(f[0]))
        outside = tuple(f for f in body.factors if f not in inside)
        if not inside or (not outside and abs(body.coefficient) == 1 and body.coefficient > 0):
            return node
        total = Sum(node.index, self.order.product(Powers(Fraction(1), inside)))
        return self.order.product(Powers(body.coefficient, (*outside, (total, Fraction(1)))))

    def assumption(self, expression: Expression) -> Expression:
        """``sum_k y_k = 1`` where that is given."""

        def replace(node: Expression) -> Expression:
            return ONE if isinstance(node, Sum) and self.sums_to_one(node) else node

        return _bottom_up(expression, replace)

    def derivatives(self, expression: Expression) -> Expression:
        """A derivative that every term has, in front of a bracket."""

        def gather(node: Expression) -> Expression:
            if not isinstance(node, Add):
                return node
            terms = [powers_of(term) for term in terms_of(node)]
            shared = [
                base
                for base, exponent in terms[0].factors
                if isinstance(base, Derivative) and all((base, exponent) in term.factors for term in terms)
            ]
            if len(terms) < 2 or not shared:
                return node
            rest = [
                self.order.product(Powers(t.coefficient, tuple(f for f in t.factors if f[0] != shared[0])))
                for t in terms
            ]
            return multiply(self.order.total(rest), shared[0])

        return _bottom_up(expression, gather)

    def cancel(self, expression: Expression) -> Expression:
        """Factors above against equal ones below, also those of the terms of a bracket."""
        return walk_regions(expression, self._cancel)

    def _cancel(self, node: Expression) -> Expression:
        if isinstance(node, Add):
            return add(*(self._cancel(term) for term in node.terms))
        if not isinstance(node, Multiply):
            return node
        merged = powers_of(node).merged()
        if merged.factors != powers_of(node).factors:
            node = self.order.product(merged)
        return self._into_bracket(powers_of(node).merged()) or node

    def _into_bracket(self, product: Powers) -> Expression | None:
        """``(a/b + c/d) b d = a d + c b``: a bracket of quotients takes in the factors that cancel."""
        for bracket, exponent in product.factors:
            if not isinstance(bracket, Add) or exponent != 1:
                continue
            terms = [powers_of(term) for term in terms_of(bracket)]
            below = {base for term in terms for base, power in term.factors if power < 0}
            others = [factor for factor in product.factors if factor[0] != bracket]
            taken = [(b, e) for b, e in others if e > 0 and b in below]
            if not taken:
                continue
            inner = [self.order.product(Powers(t.coefficient, (*t.factors, *taken)).merged()) for t in terms]
            rest = tuple(factor for factor in others if factor not in taken)
            new = self.order.total(inner)
            return self.order.product(Powers(product.coefficient, ((new, Fraction(1)), *rest)))
        return None

    def sign(self, expression: Expression) -> Expression:
        """A minus in front goes into a bracket that has more minus signs than others."""

        def change(node: Expression) -> Expression:
            if not isinstance(node, Multiply | Power):
                return node
            powers = powers_of(node)
            turned = tuple((turned_over(base), e) for base, e in powers.factors)
            flips = sum(
                e % 2 for (base, e), (new, _) in zip(powers.factors, turned, strict=True) if base != new
            )
            if any(e.denominator != 1 for _, e in powers.factors):
                return node
            if turned != powers.factors:
                powers = Powers(powers.coefficient * (-1) ** int(flips), turned)
                node = self.order.product(powers)
            if powers.coefficient >= 0:
                return self.order.product(powers)
            for base, exponent in powers.factors:
                inner = negated(base) if exponent == 1 else None
                if inner is not None:
                    factors = tuple((inner if b == base else b, e) for b, e in powers.factors)
                    return self.order.product(Powers(-powers.coefficient, factors))
            return node

        return _bottom_up(expression, change)

    def fold(self, expression: Expression) -> Expression:
        """``e^{z_k} / sum_c e^{z_c} = p_k`` where that is a definition, and the sum goes for good."""
        return walk_regions(expression, self._folded)

    def _folded(self, node: Expression) -> Expression:
        if not isinstance(node, Add | Multiply | Power):
            return node
        for quotient in quotients(node, self.order.context):
            put = quotient.put_into(node)
            candidates = [
                self.sign(self.order.arranged(found))
                for found in proposed(put, cancelled, factored, collected)
            ]
            folded = [found for found in candidates if quotient.total not in set(between_sums(found))]
            if folded:
                return min(folded, key=_preference)
        return node

    # SymPy's proposals ----------------------------------------------------------------------------------

    def collect(self, expression: Expression) -> Expression:
        """Each bracket multiplied out where that makes it shorter."""

        def change(node: Expression) -> Expression:
            total, product = (self._shorter(node, proposal, Add) for proposal in (collected, factored))
            return node if _preference(product) < _preference(total) else total

        return _bottom_up(expression, change)

    def factor(self, expression: Expression) -> Expression:
        """Each bracket as a product where that is shorter."""

        def change(node: Expression) -> Expression:
            product = self._shorter(node, factored, Add)
            return node if self._constants_only(node, product) else product

        return _bottom_up(expression, change)

    def _constants_only(self, node: Expression, product: Expression) -> bool:
        """Whether all that was factored out of sums are constants, which people leave with each sum."""
        if not any(isinstance(part, Sum) for part in subexpressions(node)):
            return False
        factors = [base for base, _ in powers_of(product).factors]
        return all(isinstance(f, Add) or self.order.rank(f) == CONSTANT for f in factors)

    def simplify(self, expression: Expression) -> Expression:
        """The shortest of what SymPy makes of each formula between sums."""
        return walk_regions(expression, self._simplest)

    def _simplest(self, node: Expression) -> Expression:
        if not isinstance(node, Add | Multiply | Power):
            return node
        best = self.order.arranged(node)
        for candidate in proposed(node, cancelled, collected, factored, powers_combined):
            arranged = self.sign(self.order.arranged(candidate))
            before, after = exponentials(node), exponentials(arranged)
            if after - before and after.total() >= before.total():
                continue  # e^z in place of e^-z says nothing new
            if _preference(arranged) < _preference(best) and not self._constants_only(node, arranged):
                best = arranged
        return best

    def _shorter(self, node: Expression, proposal: Proposal, kind: type[Expression]) -> Expression:
        if not isinstance(node, kind):
            return node
        for candidate in proposed(node, proposal):
            arranged = self.sign(self.order.arranged(candidate))
            if cost(arranged) < cost(self.order.arranged(node)):
                return arranged
        return node


def _all_powers(expression: Expression) -> Iterator[tuple[Expression, Fraction]]:
    for node in subexpressions(expression):
        if isinstance(node, Multiply | Power):
            yield from (
                factor for factor in powers_of(node).factors if not isinstance(factor[0], Cardinality)
            )


def _about(key: str, *names: str) -> Reason:
    """A reason about the first of `names`, if there is one."""
    return Reason(key, *names[:1])


def _preference(expression: Expression) -> tuple[int, bool]:
    """The shorter formula first, of two as long a product before a sum."""
    return cost(expression), isinstance(expression, Add)


def _mentions_delta_of(body: Expression, name: str) -> bool:
    return any(isinstance(node, Delta) and name in free_indices(node) for node in subexpressions(body))


def _bottom_up(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """`change` applied to every part, the innermost first; derivatives stay as they are."""
    if isinstance(expression, Derivative):
        return expression
    return change(rebuild(expression, lambda part: _bottom_up(part, change)))


RULES: tuple[tuple[str, Callable[[Algebra, Expression], Expression]], ...] = (
    ("pick", Algebra.pick),
    ("assumption", Algebra.assumption),
    ("count", Algebra.count),
    ("cancel", Algebra.cancel),
    ("collect", Algebra.collect),
    ("factor", Algebra.factor),
    ("fold", Algebra.fold),
    ("sign", Algebra.sign),
    ("expand", Algebra.spread),
    ("simplify", Algebra.simplify),
    ("constant-factor", Algebra.constants),
)
"""The rules in the order in which they are tried."""
