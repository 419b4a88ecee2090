"""Sentences that give names a meaning: "$X$ has rows $x_i^\\top$", "$g$ is the logistic function".

They are read before roles are settled, for they decide under which name a letter is kept.
"""

from __future__ import annotations

import re

from derivations.reading.facts import Facts
from derivations.reading.prose import ProseFact
from derivations.reading.survey import KNOWN_FUNCTIONS, Usage
from derivations.reading.vocabulary import Vocabulary

OTHERWISE_USED = frozenset({"I", "delta", "e", "pi"})
"""Letters that everyone knows, and that some use for something else: a current, an error."""
LABEL_LETTERS = ("y", "t", "hat y", "p", "h", "a", "r")
ROW_LETTERS = frozenset({"x", "phi"})
"""Small letters that are taken for the rows of their capital without a word of the author's."""


def find_aliases(facts: Facts, told: list[ProseFact]) -> dict[str, str]:
    """Keep ``x_{ij}`` and ``X``, of which it is the entry, under one name; returns remarks on what was not
    stated.
    """
    vocabulary = facts.vocabulary
    remarks: dict[str, str] = {}
    rows = {
        (matrix.base, row.base)
        for fact in told
        if fact.kind == "rows"
        for matrix in facts.named(fact.formulas[0])
        for row in facts.named(fact.formulas[1])
    }
    columns = {head.base for fact in told if fact.kind == "columns" for head in facts.named(fact.formulas[0])}
    for matrix in columns:
        for name in (matrix, matrix.lower(), f"{matrix.lower()}^"):
            facts.loose[name] = f"the columns of {matrix} are said to be something, which is not read"
    for small in sorted(vocabulary.survey.usages):
        capital = _capital(small)
        usage = vocabulary.survey.usage(small)
        if capital is None or capital in columns or not (usage.lettered or usage.numbered):
            continue
        other = vocabulary.survey.usages.get(capital)
        if other is None or (not other.bare and not other.transposed) or other.doubled:
            continue
        stated = (capital, small) in rows
        if stated or usage.doubled or (small in ROW_LETTERS and _numbers_samples(usage, vocabulary)):
            _alias(vocabulary, small, capital, usage.bare > 0)
            if not stated:
                remarks[capital] = f"{small} with indices is its entry or row"
    for matrix, row in sorted(rows):
        usage = vocabulary.survey.usage(row)
        if matrix not in columns and (usage.lettered or usage.numbered):
            _alias(vocabulary, row, matrix, usage.bare > 0)
    return remarks


def _numbers_samples(usage: Usage, vocabulary: Vocabulary) -> bool:
    """Whether a name's indices are those of the labels: ``(p_i - y_i) x_i``, not ``w_k x_k``."""
    labels = (vocabulary.survey.usages.get(name) for name in LABEL_LETTERS)
    samples = set().union(*(label.with_letters for label in labels if label is not None))
    return bool(usage.with_letters) and usage.with_letters <= samples


def _alias(vocabulary: Vocabulary, small: str, capital: str, bare: bool) -> None:
    if bare:
        vocabulary.indexed_aliases[small] = capital
    else:
        vocabulary.aliases[small] = vocabulary.aliases[f"{small}^"] = capital


def _capital(name: str) -> str | None:
    if len(name) == 1 and name.islower():
        return name.upper()
    return {"phi": "Phi", "theta": "Theta", "pi": "Pi"}.get(name)


def says_something(facts: Facts, fact: ProseFact) -> bool:
    """Whether a phrase changes what is read: "$x$ is nice" does not, "$e$ is the error" does."""
    if fact.kind != "otherwise-used":
        return True
    return not OTHERWISE_USED.isdisjoint(head.base for head in facts.named(fact.formulas[0]))


def find_other_functions(facts: Facts, told: list[ProseFact]) -> None:
    """Note which names of functions everyone knows the author uses for something else."""
    normal = [fact.formulas for fact in told if fact.kind in ("normal-distribution", "normal-density")]
    for fact in told:
        if fact.kind == "other-function" and fact.formulas not in normal:
            facts.vocabulary.unknown |= {head.base for head in facts.named(fact.formulas[0])}
        if fact.kind == "otherwise-used":
            named = {head.base for head in facts.named(fact.formulas[0])}
            facts.vocabulary.unknown |= named & OTHERWISE_USED
    for name in KNOWN_FUNCTIONS & facts.vocabulary.bare_heads:
        facts.vocabulary.unknown.add(name)  # sigma = tanh
    for name in KNOWN_FUNCTIONS:
        usage = facts.vocabulary.survey.usage(name)
        if usage.bare and not usage.applied and name not in facts.vocabulary.survey.functions:
            facts.vocabulary.unknown.add(name)


_CALLED = {"sigmoid": "sigma", "normal-distribution": "normal_cdf", "normal-density": "normal_density"}
"""What an author's word makes a letter stand for."""


def find_known_functions(facts: Facts, told: list[ProseFact]) -> None:
    """Note which letters are said to be the logistic function, the normal distribution or its density."""
    called = dict(_CALLED)
    if any(fact.kind == "normal-distribution" for fact in told):
        called["its-density"] = "normal_density"
    for fact in told:
        if fact.kind in called:
            for head in facts.named(fact.formulas[0]):
                if head.base not in KNOWN_FUNCTIONS | facts.vocabulary.unknown:
                    facts.vocabulary.known_as[head.base] = called[fact.kind]
                elif fact.kind != "sigmoid":
                    facts.vocabulary.unknown.add(head.base)


def assume_functions(vocabulary: Vocabulary, text: str, defined: set[str]) -> dict[str, str]:
    """In a text on logistic regression, a g that nobody defines is the logistic function, in one on probit
    models Phi the normal distribution; a remark says so.
    """
    if _PROBIT.search(text) and "Phi" not in defined | vocabulary.unknown | set(vocabulary.known_as):
        vocabulary.known_as["Phi"] = "normal_cdf"
        return {"Phi": "the standard normal distribution function"}
    usage = vocabulary.survey.usage("g")
    if (
        "g" in defined
        or "g" in vocabulary.unknown
        or not usage.applied
        or usage.lettered
        or not _LOGISTIC.search(text)
    ):
        return {}
    vocabulary.known_as["g"] = "sigma"
    return {"g": "the logistic function"}


_PROBIT = re.compile(r"\bprobit\b", re.IGNORECASE)
_LOGISTIC = re.compile(r"\blogistic\b|\bsigmoid\b", re.IGNORECASE)
