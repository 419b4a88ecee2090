"""Refutations that rest on what nobody said: the author may mean something that was not read.

A claim that fails as it is read may be right as it is meant, if a name in it was never introduced. What tells
is looked for here; whoever states the name gets the refutation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from derivations.checking.report import StatementReport
from derivations.kernel import Refuted
from derivations.language import (
    Call,
    Cardinality,
    Claim,
    Context,
    Derivation,
    Domain,
    Entry,
    Expression,
    IndexSet,
    Role,
    Statement,
    shown,
)
from derivations.language.declarations import Declaration, Origin
from derivations.language.definitions import unfold
from derivations.language.substitution import replace_entries
from derivations.language.traversal import entry_names, own_indices, subexpressions

PROBABILITIES = re.compile(r"(?:(?:hat|tilde|bar) )?(?:p|q|pi|P|Q)")
"""What authors call probabilities without a word on it."""

LABELS = frozenset({Domain.BIT, Domain.SIGN, Domain.SUM_ONE, Domain.ONE_HOT})
"""What labels are mostly taken for; that a number is positive is said where it is meant."""


CODES = frozenset({Domain.BIT, Domain.SIGN})
NO_LABELS = frozenset({"C", "w", "b", "theta", "beta", "lambda", "eta", "gamma"})
"""Letters that nobody codes two classes by."""

FAILS = "it fails as it is read, but "
"""How the reason begins why a claim is not refuted."""
NUMBERS_OF_THINGS = frozenset("mnMNKC")
"""Letters for sizes of index sets."""
NAMELESS = "size of "
"""How the size of an index set is called that nobody names."""


def doubt_of(refuted: Refuted, statement: Statement, context: Context, derivation: Derivation) -> str | None:
    """Why a claim may be right though it fails as it is read, None where nothing tells so.

    Guarantees: it only ever turns a refutation into a doubt.
    """
    claim = statement.claim
    if claim is None:
        return None
    alike = _written_alike(refuted)
    if alike is not None:
        return f"two names are written {alike}"
    unstated = _unstated(claim, context)
    if refuted.note is not None and refuted.missing in LABELS:
        words = set(re.findall(r"[^\s,]+", refuted.note))
        for row in unstated:
            if row.name in words and not (refuted.missing in CODES and row.name in NO_LABELS):
                return f"nothing says what {row.name} is: {refuted.note}"
    for row in unstated:
        if row.index_sets and row.domain is Domain.REAL and PROBABILITIES.fullmatch(row.name):
            return f"nothing says whether {row.name} adds up to 1"
    behind = _behind(claim, context)
    for row in unstated:
        small = row.name.lower()
        if len(row.name) == 1 and row.name != small and small in behind and _is_indexed(small, context):
            return f"nothing says how {row.name} and {small} go together"
    for row in unstated if claim.relation != "=" else ():
        if _stands_alone(row.name, claim, statement, derivation):
            return f"nothing says what {row.name} is"
    return None


NEAR = 4
"""A conclusion is taken to rest on so many of the claims right before it."""


def rests_on(
    statement: Statement, above: Sequence[tuple[Statement, StatementReport]], derivation: Derivation
) -> str | None:
    """Why a conclusion may hold though it fails for some values of its names: a line above says something of
    the same names, and it is not certain what.

    Guarantees: as `doubt_of`.
    """
    claims = [(before, report) for before, report in above if before.role is Role.CLAIM][-NEAR:]
    if not statement.concluded or statement.claim is None:
        return None
    ours = _free_names(statement.claim, derivation.context_of(statement))
    for before, report in reversed(claims):
        reason = report.reason or ""
        doubtful = report.verdict == "undecided" and reason.startswith(FAILS)
        if not doubtful or before.claim is None or before.section != statement.section:
            continue
        if ours & _free_names(before.claim, derivation.context_of(before)):
            return f"it may rest on line {report.line}: {reason.removeprefix(FAILS)}"
    return None


def _free_names(claim: Claim, context: Context) -> set[str]:
    """The names behind a claim that no definition gives a meaning."""
    return _behind(claim, context) & context.declarations.keys()


def counted(claim: Claim, context: Context) -> Iterator[tuple[str, Claim]]:
    """`claim` with a letter for numbers of things as the size of an index set that nobody names, in all ways;
    each with the doubt that it means, unless it fails as well.
    """
    letters = [row.name for row in _unstated(claim, context) if row.name in NUMBERS_OF_THINGS]
    letters = [letter for letter in letters if not context.declarations[letter].index_sets]
    if not letters:
        return
    sides = [unfold(side, context) for side in (claim.left, claim.right)]
    sizes = sorted({size for side in sides for size in _nameless_sizes(side)})
    for letter, size in product(letters, sizes):
        left, right = (_put(side, letter, Cardinality(IndexSet(size))) for side in sides)
        yield f"{letter} may be the {size}", replace(claim, left=left, right=right)


def _put(side: Expression, letter: str, count: Cardinality) -> Expression:
    return replace_entries(side, lambda entry: count if entry.name == letter else None)


def _nameless_sizes(expression: Expression) -> Iterator[str]:
    """The sizes of index sets that no author names."""
    for node in subexpressions(expression):
        for index in own_indices(node):
            size = index.index_set.size
            if isinstance(size, str) and size.startswith(NAMELESS):
                yield size


def _written_alike(refuted: Refuted) -> str | None:
    """A number that the witness has twice: two names are told apart that their author writes alike."""
    counted = Counter(shown(name) for name, _ in refuted.witness.assignment)
    return next((name for name, times in counted.items() if times > 1), None)


def _unstated(claim: Claim, context: Context) -> list[Declaration]:
    """The names behind a claim that were inferred from their use only, in order."""
    rows = (context.declarations.get(name) for name in sorted(_behind(claim, context)))
    return [row for row in rows if row is not None and row.origin is not Origin.STATED]


def _behind(claim: Claim, context: Context) -> set[str]:
    """The names of a claim and of all definitions that it uses."""
    found, opened, waiting = set[str](), set[str](), [claim.left, claim.right]
    while waiting:
        expression = waiting.pop()
        found |= entry_names(expression)
        for node in subexpressions(expression):
            if isinstance(node, Call) and node.name not in opened and node.name in context.definitions:
                opened.add(node.name)
                waiting.append(context.definitions[node.name].body)
    return found


def _is_indexed(name: str, context: Context) -> bool:
    """Whether a name has entries."""
    row, definition = context.declarations.get(name), context.definitions.get(name)
    return bool((row is not None and row.index_sets) or (definition is not None and definition.indices))


def _names(claim: Claim) -> set[str]:
    return entry_names(claim.left) | entry_names(claim.right)


def _stands_alone(name: str, claim: Claim, statement: Statement, derivation: Derivation) -> bool:
    """Whether a name is on one side of this claim and nowhere else in the document."""
    sides = (claim.left, claim.right)
    here, there = sides if name in entry_names(claim.left) else sides[::-1]
    if name in entry_names(there) or not (entry_names(there) or isinstance(here, Entry)):
        return False  # the argument of a function that is compared with a number is any number
    if any(name in entry_names(row.body) for row in derivation.context.definitions.values()):
        return False
    others = (s.claim for s in derivation.statements if s is not statement and s.claim is not None)
    return not any(name in _names(other) for other in others)
