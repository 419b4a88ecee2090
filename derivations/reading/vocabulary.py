"""What the names of one document stand for, decided once from how the document writes them.

A base letter with its scripts becomes a key: ``x_{ij}`` and ``x_i`` are one tensor, ``x^{(i)}`` another,
``w_{new}`` a name of its own. What the author states about a name is kept under its key; conventions fill
what is left, and every one that is applied is reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from derivations.language import Domain, IndexSet, Origin, Part
from derivations.reading.applications import Function, arguments_of
from derivations.reading.names import NUMBER_PI, DefinitionTerm, NameCell
from derivations.reading.scripts import ScriptReader, Scripts
from derivations.reading.shapes import Axis
from derivations.reading.survey import KNOWN_FUNCTIONS, NUMBER_FUNCTIONS, Survey
from derivations.reading.term_walk import names_in
from derivations.reading.terms import Term
from derivations.reading.tree import Group

_OF_LAYERS = frozenset({"a", "b", "h", "w", "W", "hat y"})
_NUMBERED = re.compile(r"(.+)_\d+")
_VERSION = re.compile(r" \(\d+\)$")
PARAMETERS = frozenset({"w", "b", "W", "theta", "beta", "phi", "omega", "v", "B", "Theta"})
"""Letters that the field uses for what a loss is differentiated by: independent of everything else."""
_DEPENDENT = "h p a z f g o s u q pi mu phi psi varphi sigma L J E C F Q R H P Z A G S V U ell xi NLL KL"
DEPENDENT = frozenset(_DEPENDENT.split())
"""Letters that the field uses for what depends on parameters: without a definition they are unknown."""


@dataclass(slots=True)
class Spec:
    """What was found out about one name before shapes are inferred."""

    name: str
    index_sets: tuple[IndexSet | None, ...] | None = None
    """Its axes as stated; None for one that is not named."""
    square: bool = False
    """Whether its two axes are one."""
    row_vector: bool = False
    domain: Domain | None = None
    sums_over: IndexSet | None = None
    """The range over which the entries are said to add up to 1."""
    part: Part | None = None
    origin: Origin = Origin.INFERRED
    line: int | None = None
    label_values: IndexSet | None = None
    definition: DefinitionTerm | None = None
    hidden: tuple[str, ...] = ()
    """Letters that a definition leaves free on its right: the j of ``L = -log p_j``."""

    def cell(self) -> NameCell:
        """A fresh cell for one run of inference."""
        cell = NameCell(
            self.name,
            domain=self.domain or Domain.REAL,
            sums_over=self.sums_over,
            part=self.part,
            origin=self.origin,
            line=self.line,
            label_values=self.label_values,
            definition=self.definition,
        )
        if self.index_sets is not None:
            cell.axes = [Axis(index_set, self.name) for index_set in self.index_sets]
            if self.square:
                cell.axes = cell.axes[:1] * 2
            cell.rank = len(cell.axes)
            cell.row_vector = self.row_vector
        return cell


@dataclass
class Vocabulary:
    """The names of one document."""

    survey: Survey
    functions: dict[str, Function] = field(default_factory=dict)
    applied: set[str] = field(default_factory=set)
    """Letters behind which brackets hold arguments, whatever their scripts."""
    known_as: dict[str, str] = field(default_factory=dict)
    """Names that the author says are functions everyone knows: g, "the logistic function"."""
    specs: dict[str, Spec] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    dependent: set[str] = field(default_factory=set)
    """Names that are differentiated, or said to depend on something, though nothing defines them."""
    aliases: dict[str, str] = field(default_factory=dict)
    indexed_aliases: dict[str, str] = field(default_factory=dict)
    """Aliases that hold where the name carries indices, for letters that also stand alone."""
    arities: dict[str, set[int]] = field(default_factory=dict)
    """How many arguments a function's definitions give it."""
    bare_heads: set[str] = field(default_factory=set)
    """Letters that an equation gives a meaning to without indices."""
    totals: set[str] = field(default_factory=set)
    """Letters that stand alone for the sum of what they are with indices: ``E = \\sum_n E_n``."""
    unsettled: dict[str, str] = field(default_factory=dict)
    """Names of which an equation may be the definition, and why it is not taken for one."""
    unknown: set[str] = field(default_factory=set)
    """Names that everyone knows and the author uses for something else."""
    by_entries: dict[str, str] = field(default_factory=dict)
    """Functions that are written with numbered parts of their argument: ``f(w) = w_0 + w_1 x`` -> w."""
    counts: bool = False
    """Whether the document speaks of integers, counts or labels, whose comparisons are not those of reals."""
    divisors: frozenset[str] = frozenset()
    """Letters for numbers of things that divide a sum: ``\\frac{1}{m} \\sum_i``."""
    coefficients: frozenset[str] = frozenset()
    """Letters for costs that only weigh something: ``C \\sum_i``."""
    versions: dict[str, int] = field(default_factory=dict)
    stated_vectors: set[str] = field(default_factory=set)
    gradients: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    """(J, w) -> the name under which an equation for dJ/dw is kept, and how many indices w has there."""
    reader: ScriptReader = field(init=False)

    def __post_init__(self) -> None:
        """Scripts are read with what the vocabulary knows of labels."""
        self.reader = ScriptReader(self.survey, lambda name: name in self.labels)

    def spec(self, key: str) -> Spec:
        """The row of a key, made if there is none."""
        return self.specs.setdefault(key, Spec(key))

    def elements(self, base: str) -> bool:
        """Whether a number below `base` is an index: it is one where letters index it too, or it is a
        vector.
        """
        usage = self.survey.usage(base)
        vector = bool(usage.lettered or usage.transposed) or base in self.stated_vectors
        return vector and base not in self.survey.points

    def numbered(self, base: str) -> bool:
        """Whether a bracketed number above `base` is an index."""
        return self.survey.usage(base).numbered > 0

    def key(self, base: str, scripts: Scripts) -> str:
        """The name of a tensor as written with `scripts`."""
        name = f"{base}_{scripts.decoration}" if scripts.decoration else base
        if base in self.labels:
            return base
        if scripts.indices and base in (*NUMBER_FUNCTIONS, "e"):
            # sigma_i is an abbreviation, e_i a residual: neither the function nor the number.
            return self.current(f"{base} (entry)")
        if scripts.indices and not scripts.decoration and base in self.indexed_aliases:
            return self.current(self.indexed_aliases[base])
        if not scripts.indices and not scripts.decoration and self.is_generic(base):
            return self.current(f"{base} (number)")
        if scripts.superscripted and self.survey.usage(base).bare:
            name += "^"
        return self.current(name)

    def is_generic(self, base: str) -> bool:
        """Whether a letter without indices is any number, though with indices it is an entry: z and z_i."""
        usage = self.survey.usage(base)
        if base in self.totals:
            return bool(usage.lettered)
        if base in self.bare_heads:
            return False
        argument = any(name == base for _, name in self.survey.of_numbers)
        most = 2 * usage.generic > usage.bare if argument else usage.generic >= usage.bare - usage.alone
        alone = usage.generic and most and not usage.transposed
        return bool(usage.lettered and alone and base not in self.stated_vectors)

    def current(self, name: str) -> str:
        """The key of `name` at this place of the document, aliases followed."""
        name = self.aliases.get(name, name)
        version = self.versions.get(name, 0)
        return f"{name} ({version + 1})" if version else name

    def of_arity(self, base: str, group: Group) -> str:
        """The name of a function that is defined with several numbers of arguments: H(p), H(p, q)."""
        arities = self.arities.get(base, set())
        count = len(arguments_of(group))
        return f"{base} of {count}" if len(arities) > 1 and count != min(arities) else base

    def renew(self, key: str) -> None:
        """From here on the name behind `key` has a new meaning."""
        name = _VERSION.sub("", key)
        self.versions[name] = self.versions.get(name, 0) + 1

    def is_function(self, name: str) -> bool:
        """Whether brackets behind `name` hold arguments."""
        return name in self.applied or self.known(name) is not None

    def known(self, name: str) -> str | None:
        """The function that everyone knows by `name`, unless the author uses the name otherwise."""
        known = self.known_as.get(name, name)
        return known if known in KNOWN_FUNCTIONS and name not in self.unknown else None

    def is_letter_a_number(self, name: str) -> bool:
        """Whether the document uses a letter as a quantity or a size as well."""
        return self.survey.usage(name).bare > 0 or name in self.survey.sizes

    def is_size(self, name: str) -> bool:
        """Whether a letter is the size of an index set."""
        return name in self.survey.sizes and name not in self.survey.bound

    def finish(self) -> None:
        """Fill in the parts that conventions give, once every statement has been resolved."""
        for key, spec in self.specs.items():
            base = key.split("^")[0].split("_")[0].split(" (")[0].split("@")[0]
            if spec.part is not None:
                continue
            known = spec.definition is None and spec.origin is not Origin.STATED
            number = key == NUMBER_PI or (key == "pi" and not self.has_entries("pi"))
            if number and known and "pi" not in self.unknown:
                # The number, unless the author says otherwise: what holds for every positive constant holds
                # for it.
                spec.part, spec.domain, spec.origin = Part.DATA, Domain.POSITIVE, Origin.CONVENTIONAL
                continue
            if key in self.divisors and known and spec.domain is None and not spec.index_sets:
                spec.domain, spec.origin = Domain.POSITIVE, Origin.CONVENTIONAL
            if base in self.dependent:
                spec.part = Part.UNKNOWN
            elif spec.origin is Origin.STATED or spec.label_values is not None:
                spec.part = Part.DATA if base not in PARAMETERS else Part.PARAMETER
            elif base not in DEPENDENT - self.coefficients and not base.startswith(
                ("hat ", "tilde ", "cal ")
            ):
                spec.part = Part.PARAMETER if base in PARAMETERS else Part.DATA
                spec.origin = Origin.CONVENTIONAL

    def has_entries(self, base: str) -> bool:
        """Whether a letter is written with indices or transposed: no number is."""
        usage = self.survey.usage(base)
        return bool(usage.lettered or usage.numbered or usage.transposed)

    def beside(self, names: Set[str]) -> set[str]:
        """The names that are numbered like those of `names`: z_2 beside z_1, two variables of one list.

        Not where other numbered names may number layers: z_2 then depends on z_1.
        """
        numbered = {key: found[1] for key in self.specs if (found := _NUMBERED.fullmatch(key))}
        bases = {numbered[name] for name in names if name in numbered}
        if _OF_LAYERS & set(numbered.values()) - bases:
            return set()
        return {key for key, base in numbered.items() if base in bases and not {key, base} & self.dependent}

    def cells(self) -> dict[str, NameCell]:
        """Fresh cells of all names."""
        cells = {key: spec.cell() for key, spec in self.specs.items()}
        for base, letter in sorted(self.survey.own_names):
            last, family = cells.get(f"{base}_{letter}"), cells.get(base)
            if last is None or last.definition is None or family is None or not self.is_size(letter):
                continue
            if family.definition is not None and family.definition.indices:
                family.axis(len(family.definition.indices) - 1).apart = letter
        return cells


def depends_on(term: Term, specs: dict[str, Spec], names: frozenset[str]) -> bool:
    """Whether `term` uses one of `names`, definitions opened."""
    return bool(used_names(term, specs) & names)


def free_names(term: Term, specs: Mapping[str, Spec]) -> set[str]:
    """The names that `term` is made of, definitions opened."""
    used = used_names(term, specs)
    return {name for name in used if (spec := specs.get(name)) is None or spec.definition is None}


def used_names(term: Term, specs: Mapping[str, Spec]) -> set[str]:
    """All names in `term`, and in the definitions of those."""
    seen: set[str] = set()
    waiting = [term]
    while waiting:
        for name in names_in(waiting.pop()) - seen:
            seen.add(name)
            spec = specs.get(name)
            if spec is not None and spec.definition is not None:
                waiting.append(spec.definition.body)
    return seen
