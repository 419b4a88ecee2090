"""A first walk over a document's formulas: which letters are indices, which names are functions, how each
is used.

Nothing here needs shapes. It collects how names are written: with which scripts, applied to what,
transposed or not. `resolve` decides with it what ``x_i``, ``x^{(i)}`` and ``f(x)`` mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from derivations.reading.points import note_arguments
from derivations.reading.syntax import (
    is_transpose,
    letters,
    name_of,
    skeleton,
    superscript_parts,
    walk,
)
from derivations.reading.tree import (
    Big,
    Group,
    Juxtaposition,
    Numeral,
    Operator,
    Prefix,
    Related,
    Scripted,
    Symbol,
    Syntax,
    Terms,
    Word,
    children,
)

_KNOWN = "sigma sigmoid softmax logit softplus tanh sinh cosh logsumexp max min relu ReLU sign sgn"
KNOWN_FUNCTIONS = frozenset({*_KNOWN.split(), "normal_cdf", "normal_density"})
USUAL_FUNCTIONS = frozenset({"f", "g", "J", "L", "ell", "cal L", "cal J", "cal l", "E", "NLL"})
"""Letters that stand for functions when brackets with nothing but names follow them."""


NUMBER_FUNCTIONS = frozenset({"sigma", "sigmoid", "logit", "softplus", "tanh", "sinh", "cosh"})
INDEX_LETTERS = frozenset("acdijklmnpqrstu")
"""Letters that are taken for an index below a name though nothing binds them; w, x or h there are part of
the name.
"""


@dataclass
class Usage:
    """How one name is written across the document."""

    bare: int = 0
    lettered: int = 0
    """How often index letters are its subscripts."""
    doubled: int = 0
    """How often it has two subscripts."""
    transposed: int = 0
    raised: int = 0
    """How often a letter that a sum binds stands above it without brackets."""
    numbered: int = 0
    """How often a bracketed superscript with a letter indexes it."""
    numbers: set[object] = field(default_factory=set)
    """The numbers below it, without their places."""
    with_letters: set[str] = field(default_factory=set)
    """The letters that index it."""
    alone: int = 0
    """How often it is a whole side."""
    generic: int = 0
    """How often it stands alone in the argument of a function of numbers, or is what d/dz differentiates
    by.
    """
    applied: list[Group] = field(default_factory=list)


@dataclass
class Survey:
    """What the first walk found."""

    bound: set[str] = field(default_factory=set)
    superscripts: set[str] = field(default_factory=set)
    scripted: set[str] = field(default_factory=set)
    """Letters that stand below or above a name."""
    sizes: set[str] = field(default_factory=set)
    compared: set[str] = field(default_factory=set)
    """Letters below a Kronecker delta."""
    own_names: Set[tuple[str, str]] = frozenset()
    """Names with a letter below that an equation gives a meaning: (p, K) where ``p_K = ...`` stands."""
    functions: set[str] = field(default_factory=set)
    points: set[str] = field(default_factory=set)
    """Vectors of which w_0 and w_1 are values, not entries: the document has f(w) and f(w_0)."""
    samples: set[str] = field(default_factory=set)
    """Names x of which x^i is sample i, though x stands alone too: the document has h(x) and h(x^i)."""
    variables: set[str] = field(default_factory=set)
    """Names that something is differentiated by."""
    by_entries: set[str] = field(default_factory=set)
    """Names that something is differentiated by with a script below: by w_1."""
    of_numbers: set[tuple[str, str]] = field(default_factory=set)
    """Functions b with b(eta_i) and b(eta), each with its eta: there eta is any number."""
    standalone: set[str] = field(default_factory=set)
    usages: dict[str, Usage] = field(default_factory=dict)

    def usage(self, name: str) -> Usage:
        """The usage of `name`, empty if it was not seen."""
        return self.usages.setdefault(name, Usage())

    def is_index(self, name: str) -> bool:
        """Whether a letter in a script is an index: bound somewhere, or never a quantity of its own."""
        if name in self.bound or name in self.superscripts:
            return True
        if name in self.sizes:
            return False
        return name in INDEX_LETTERS and name in self.scripted and name not in self.standalone


def take_survey(formulas: Iterable[Syntax], own_names: Set[tuple[str, str]] = frozenset()) -> Survey:
    """The survey of all formulas of a document."""
    survey = Survey(own_names=own_names)
    everything = list(formulas)
    for formula in everything:
        for node in walk(formula):
            _note_indices(node, survey)
    survey.bound |= survey.compared - survey.sizes
    _note_compared(everything, survey)
    # What stands alone is known only after a first round, and decides which letters of a script are indices.
    for _ in range(2):
        survey.usages.clear()
        for formula in everything:
            _visit_side(formula, survey)
    note_arguments(survey, USUAL_FUNCTIONS)
    for formula in everything:
        if not isinstance(formula, Symbol):
            _note_generic(formula, survey, inside=False)
    survey.functions |= {name for name, usage in survey.usages.items() if _is_always_applied(usage)}
    return survey


def _is_always_applied(usage: Usage) -> bool:
    """Whether a name never stands without brackets, and once with nothing but a name in them: nobody writes
    products so.
    """
    alone = any(len(group.items) == 1 and _only_names(group.items[0]) for group in usage.applied)
    return alone and usage.bare <= len(usage.applied) and not usage.lettered


def _are_indices(nodes: tuple[Syntax, ...]) -> bool:
    """Whether a formula is but a few index letters, as in "the $(j,k)$ entry"."""
    return 1 < len(nodes) <= 3 and all(isinstance(n, Symbol) and n.name in INDEX_LETTERS for n in nodes)


def _note_generic(node: Syntax, survey: Survey, inside: bool) -> None:
    """Count the uses of names without scripts where only a number makes sense to everyone."""
    name = name_of(node)
    if name is not None:
        survey.usage(name).generic += inside
        return
    if isinstance(node, Scripted):
        if name_of(node.base) is None:
            _note_generic(node.base, survey, inside)
        if node.superscript is not None and not is_transpose(node.superscript):
            _note_generic(node.superscript, survey, name_of(node.base) == "e" or inside)
        return
    if isinstance(node, Juxtaposition):
        _note_generic_factors(node, survey, inside)
        return
    if isinstance(node, Operator):
        for variable in node.variables:
            _note_generic(variable, survey, not node.gradient)
        if node.operand is not None:
            _note_generic(node.operand, survey, inside)
        return
    deeper = inside or (isinstance(node, Prefix) and node.name in ("log", "exp", "tanh"))
    if isinstance(node, Group) and node.kind == "\\langle":
        deeper = False  # these are vectors
    for child in children(node):
        _note_generic(child, survey, deeper)


def _note_generic_factors(node: Juxtaposition, survey: Survey, inside: bool) -> None:
    head: Syntax | None = None
    # What stands beside a capital letter or a transposed name may be a vector.
    numbers = inside and not any(_is_capital(f) or _is_transposed(f) for f in node.factors)
    for factor in node.factors:
        group = factor.base if isinstance(factor, Scripted) else factor
        base = head.base if isinstance(head, Scripted) else head
        if isinstance(group, Group) and base is not None and _takes_numbers(base, group, survey):
            for item in group.items:
                _note_generic(item, survey, True)
        else:
            _note_generic(factor, survey, numbers)
        head = factor


def _takes_numbers(function: Syntax, group: Group, survey: Survey) -> bool:
    """Whether what stands in brackets behind a function is any number."""
    name = name_of(function)
    if name is None or name in NUMBER_FUNCTIONS:
        return name is not None
    return len(group.items) == 1 and (name, name_of(group.items[0])) in survey.of_numbers


def _is_capital(node: Syntax) -> bool:
    """Whether a factor may be a matrix."""
    base = node.base if isinstance(node, Scripted) else node
    return isinstance(base, Symbol) and base.name[:1].isupper()


def _is_transposed(node: Syntax) -> bool:
    """Whether a factor is written as a row."""
    above = superscript_parts(node.superscript) if isinstance(node, Scripted) else ()
    return any(map(is_transpose, above))


def _note_compared(formulas: list[Syntax], survey: Survey) -> None:
    """What is compared with an index is one: the l of ``k \\neq l``."""
    pairs = [
        {letter for side in node.sides for letter in letters(side)[:1]}
        for formula in formulas
        for node in walk(formula)
        if isinstance(node, Related) and all(isinstance(side, Symbol) for side in node.sides)
    ]
    for _ in pairs:
        for pair in pairs:
            if pair & (survey.bound | survey.superscripts | survey.scripted):
                survey.scripted |= pair


def _visit_side(formula: Syntax, survey: Survey) -> None:
    """A letter that is a whole side, as in "class $k$" or $i = j$, is used, but not as a quantity."""
    items: tuple[Syntax, ...] = (formula,)
    if (
        isinstance(formula, Group)
        and formula.kind in (",", "(")
        and (formula.kind == "," or _are_indices(formula.items))
    ):
        items = formula.items
    elif isinstance(formula, Juxtaposition) and _are_indices(formula.factors):
        items = formula.factors
    for item in items:
        if isinstance(item, Symbol):
            survey.usage(name_of(item) or "").bare += 1
            survey.usage(name_of(item) or "").alone += 1
        else:
            _visit(item, survey)


def _note_indices(node: Syntax, survey: Survey) -> None:
    if isinstance(node, Operator):
        for variable in node.variables:
            name = name_of(variable.base if isinstance(variable, Scripted) else variable)
            survey.variables.update(() if name is None else (name,))
            if isinstance(variable, Scripted) and variable.subscript is not None and name is not None:
                survey.by_entries.add(name)
    if isinstance(node, Big):
        lower = node.lower
        if isinstance(lower, Related):
            survey.bound.update(letters(lower.sides[0]))
        elif lower is not None:
            survey.bound.update(letters(lower))
        upper = node.upper.terms[0] if isinstance(node.upper, Terms) else node.upper
        if isinstance(upper, Symbol):
            survey.sizes.add(upper.name)
    if isinstance(node, Scripted):
        survey.scripted.update(letters(node.subscript))
        for part in superscript_parts(node.superscript):
            if isinstance(part, Group) and part.kind == "(" and len(part.items) == 1:
                survey.superscripts.update(n for n in letters(part.items[0]) if len(n) == 1 and n.islower())
        if name_of(node.base) == "delta":
            survey.compared.update(letters(node.subscript))


def _visit(node: Syntax, survey: Survey) -> None:
    """Note usages; scripts are not usages of the names in them."""
    if isinstance(node, Scripted):
        name = name_of(node.base)
        if name is None:
            _visit(node.base, survey)
        else:
            _note_scripted(node, name, survey)
        for part in superscript_parts(node.superscript):
            if not is_transpose(part) and not (isinstance(part, Group) and part.kind == "("):
                _visit(part, survey)
        return
    name = name_of(node)
    if name is not None:
        survey.usage(name).bare += 1
        survey.standalone.add(name)
        return
    if isinstance(node, Juxtaposition):
        for factor, following in zip(node.factors, node.factors[1:], strict=False):
            _note_application(factor, following, survey)
        _visit_factors(node, survey)
        return
    if isinstance(node, Big):
        _visit(node.body, survey)
        return
    if isinstance(node, Related):
        for side in node.sides:
            _visit_side(side, survey)
        return
    if isinstance(node, Operator):
        for variable in node.variables:
            _visit(variable, survey)
        if node.operand is not None:
            _visit(node.operand, survey)
        return
    for child in children(node):
        _visit(child, survey)


def _visit_factors(node: Juxtaposition, survey: Survey) -> None:
    """Factors; an index letter alone in brackets behind a name may be its index: ``p_\\theta(k)``."""
    before: Syntax | None = None
    for factor in node.factors:
        group = factor.base if isinstance(factor, Scripted) else factor
        named = before is not None and name_of(before.base if isinstance(before, Scripted) else before)
        if named and isinstance(group, Group) and group.kind == "(" and _are_letters(group.items):
            for item in group.items:
                _visit_side(item, survey)
        else:
            _visit(factor, survey)
        before = factor


def _are_letters(nodes: tuple[Syntax, ...]) -> bool:
    return all(isinstance(node, Symbol) and node.name in INDEX_LETTERS for node in nodes)


def _note_scripted(node: Scripted, name: str, survey: Survey) -> None:
    usage = survey.usage(name)
    subscripts = letters(node.subscript)
    indices = [s for s in subscripts if survey.is_index(s)]
    usage.lettered += bool(indices)
    if isinstance(node.subscript, Numeral):
        usage.numbers.add(skeleton(node.subscript))
    for part in (node.subscript, *superscript_parts(node.superscript)):
        inner = (
            part.items[0] if isinstance(part, Group) and part.kind == "(" and len(part.items) == 1 else part
        )
        usage.with_letters.update(letter for letter in letters(inner) if survey.is_index(letter))
    usage.doubled += len(indices) >= 2
    parts = superscript_parts(node.superscript)
    usage.transposed += node.subscript is None and is_transpose(parts[0]) if parts else 0
    usage.raised += any(isinstance(p, Symbol) and p.name in survey.bound and not p.accent for p in parts)
    usage.numbered += any(_is_letter_bracket(part) for part in parts)
    if node.subscript is None and not any(
        isinstance(part, Group) and part.kind == "(" for part in superscript_parts(node.superscript)
    ):
        usage.bare += 1
        if not isinstance(node.base, Symbol) or node.base.name != "e":
            survey.standalone.add(name)


def _is_letter_bracket(part: Syntax) -> bool:
    return (
        isinstance(part, Group)
        and part.kind in ("(", "[")
        and len(part.items) == 1
        and bool(letters(part.items[0]))
    )


def _note_application(factor: Syntax, following: Syntax, survey: Survey) -> None:
    group = following.base if isinstance(following, Scripted) else following
    base = factor.base if isinstance(factor, Scripted) else factor
    kinds = ("(", "[", "\\{") if isinstance(base, Word) else ("(", "[")
    if not isinstance(group, Group) or group.kind not in kinds:
        return
    name = name_of(base)
    if name is None:
        return
    survey.usage(name).applied.append(group)
    if name in KNOWN_FUNCTIONS or isinstance(base, Word):
        survey.functions.add(name)
    if isinstance(factor, Scripted) and group.kind == "(":
        decorated = factor.subscript is not None and not any(
            survey.is_index(letter) for letter in letters(factor.subscript)
        )
        if factor.primes or (decorated and not _is_number(factor.subscript)):
            survey.functions.add(name)
    if name in USUAL_FUNCTIONS and all(_only_names(item) for item in group.items):
        survey.functions.add(name)


def _is_number(node: Syntax | None) -> bool:
    return isinstance(node, Numeral)


def _only_names(node: Syntax) -> bool:
    base = node.base if isinstance(node, Scripted) else node
    return name_of(base) is not None
