"""The parts of a proof that every writer needs: which statement a chain makes, and what stands where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from derivations.deriving.proof import Certificate, Chain, Formula, Line, Proof
from derivations.language.latex import expression_latex
from derivations.language.nodes import Expression

BOOKLET = "Derivations of logistic and softmax models"
"""The title of all topics together."""

ASKED = "What people ask"
"""The title of the last chapter of all topics together."""

RELATIONS = {"=": "=", "<": "<", "<=": "\\le", ">": ">", ">=": "\\ge"}
"""How a relation is written in LaTeX."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a chain shows as a whole, ``left = result``, or ``left = middle >= result``, if `when` holds."""

    sides: tuple[Formula, ...]
    relations: tuple[str, ...]
    when: tuple[str, ...] = ()

    @property
    def latex(self) -> str:
        """The statement as one formula."""
        text = self.sides[0].latex
        for relation, side in zip(self.relations, self.sides[1:], strict=True):
            text += f" {RELATIONS[relation]} {side.latex}"
        return text

    @property
    def condition(self) -> str:
        """The conditions in words, with formulas in dollar signs; empty where there are none."""
        return " and ".join(f"${text}$" for text in self.when)


def statement(chain: Chain) -> Statement:
    """The statement of a chain: its two ends, and what stands before each inequality."""
    sides, relations = [chain.left], list[str]()
    for position, line in enumerate(chain.lines):
        last = position == len(chain.lines) - 1
        if last or chain.lines[position + 1].relation != "=" or line.relation != "=":
            sides.append(line.formula)
            relations.append(line.relation)
    return Statement(tuple(sides), tuple(relations), tuple(assumption.text for assumption in chain.when))


def statements(proof: Proof) -> list[tuple[str, list[str]]]:
    """What the theorem says: a condition, or nothing, and the punctuated formulas that hold under it."""
    found: list[tuple[str, list[str]]] = []
    for chain in proof.chains:
        said = statement(chain)
        if not chain.stated:
            continue
        if not found or found[-1][0] != said.condition:
            found.append((said.condition, []))
        found[-1][1].append(said.latex)
    return [(condition, punctuated(formulas)) for condition, formulas in found]


def punctuated(formulas: list[str]) -> list[str]:
    """Formulas one below the other as parts of a sentence."""
    return [f"{formula}," for formula in formulas[:-1]] + [f"{formula}." for formula in formulas[-1:]]


def definitions(proof: Proof) -> list[str]:
    """The definitions as formulas with their punctuation, in the order in which they use each other."""
    return punctuated([f"{left.latex} = {right.latex}" for left, right in proof.definitions])


def aligned_rows(chain: Chain, say: Callable[[Line], str]) -> list[str]:
    """The rows of a chain: the left side, then a relation, a formula and what `say` tells of it."""
    rows = [chain.left.latex]
    for line in chain.lines:
        end = "." if line is chain.lines[-1] else ""
        rows.append(f"&{RELATIONS[line.relation]} {line.formula.latex}{end} {say(line)}")
    return rows


def certificates(proof: Proof) -> Iterator[str]:
    """How the kernel proved the inequalities, one sentence each; formulas in dollar signs, lemmas as code.

    A goal about numbers that the certificate alone knows is told by its lemma.
    """

    def say(value: Expression, step: Certificate) -> str:
        return f"${expression_latex(value)} {RELATIONS[step.relation]} 0$ by `{step.lemma}`"

    for certificate in proof.certificates:
        yield f"The certificate: {'; '.join(goals(certificate, say))}."


def goals(
    step: Certificate, say: Callable[[Expression, Certificate], str], told: bool = True
) -> Iterator[str]:
    """What `say` tells of the goals of a certificate; below a number that nobody knows, the lemmas alone."""
    told = told and step.value is not None and not step.gaps
    yield say(step.value, step) if told and step.value is not None else f"`{step.lemma}`"
    for part in step.parts:
        yield from goals(part, say, told)


def introduction(chain: Chain) -> str:
    """What is said before a chain; empty where nothing is."""
    condition = statement(chain).condition
    return " ".join(filter(None, (f"If {condition}, then" if condition else "", chain.intro)))
