"""The left sides that can be given a meaning: a name with scripts, or a function with formal arguments."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derivations.reading.applications import arguments_of, pattern_of
from derivations.reading.scripts import Scripts
from derivations.reading.syntax import is_transpose, name_of, skeleton, superscript_parts
from derivations.reading.terms import IndexTerm
from derivations.reading.tree import Group, Juxtaposition, Related, Scripted, Symbol, Syntax, Word, children
from derivations.reading.vocabulary import Vocabulary

NOT_NAMES = frozenset({"partial", "infty", "top", "*", "bb R", "bb E", "bb 1", "max", "min"})


@dataclass(frozen=True, slots=True)
class Head:
    """A name with its scripts, the brackets behind it, and the scripts of those."""

    base: str
    node: Syntax
    """The name with its own scripts."""
    group: Group | None = None
    outer: Scripted | None = None

    @property
    def primes(self) -> int:
        """Primes at the name."""
        return self.node.primes if isinstance(self.node, Scripted) else 0


def head_of(node: Syntax | None) -> Head | None:
    """The head that `node` is, None for any other formula."""
    if isinstance(node, Juxtaposition) and len(node.factors) == 2 and set(node.signs) <= {""}:
        first, second = node.factors
        named = _named(first)
        group = second.base if isinstance(second, Scripted) else second
        if named in (None, "d") or not isinstance(group, Group) or group.kind not in ("(", "["):
            return None
        if isinstance(second, Scripted) and (second.superscript is not None or second.primes):
            return None
        return Head(named, first, group, second if isinstance(second, Scripted) else None)
    if isinstance(node, Group) and node.kind == "(" and len(node.items) == 1:
        return None
    named = _named(node)
    return None if named is None or node is None else Head(named, node)


def _named(node: Syntax | None) -> str | None:
    base = node.base if isinstance(node, Scripted) else node
    if not isinstance(base, Symbol | Word):
        return None
    name = name_of(base)
    if name is None or name in NOT_NAMES:
        return None
    if name == "e" and (not isinstance(node, Scripted) or node.superscript is not None):
        return None
    if isinstance(node, Scripted):
        for part in superscript_parts(node.superscript):
            decoration = isinstance(part, Word | Group) or (
                isinstance(part, Symbol) and not is_transpose(part)
            )
            if not decoration:
                return None
    return name


def is_formal(item: Syntax) -> bool:
    """Whether an item in brackets can be a formal argument: a name, or ``y = 1`` of a probability."""
    if isinstance(item, Related):
        return len(item.sides) == 2 and item.relations[0] == "=" and is_formal(item.sides[0])
    base = item.base if isinstance(item, Scripted) else item
    return name_of(base) is not None


def scripts_of(head: Head, vocabulary: Vocabulary) -> Scripts:
    """The scripts at the head's name, in the meaning that the document gives them."""
    if not isinstance(head.node, Scripted):
        return Scripts()
    return vocabulary.reader.read(
        head.node, elements=vocabulary.elements(head.base), numbered=vocabulary.numbered(head.base)
    )


def is_power(head: Head, vocabulary: Vocabulary) -> bool:
    """Whether what stands above the name makes it a power or a derivative, and no name: ``p^y``, ``x'``."""
    scripts = scripts_of(head, vocabulary)
    return scripts.power is not None or head.primes > 0


def key_of(head: Head, vocabulary: Vocabulary) -> str:
    """The name under which the vocabulary keeps what `head` stands for, numbers of a probability included."""
    scripts = scripts_of(head, vocabulary)
    if head.group is None:
        return vocabulary.key(head.base, scripts)
    key = vocabulary.key(vocabulary.of_arity(head.base, head.group), replace(scripts, superscripted=False))
    numbers = [str(i.value) for i in slots_of(head, vocabulary) if i.value is not None]
    return f"{key}({','.join(numbers)})" if numbers else key


def slots_of(head: Head, vocabulary: Vocabulary) -> tuple[IndexTerm, ...]:
    """The indices in a head's arguments, each once."""
    if head.group is None:
        return ()
    return tuple(dict.fromkeys(pattern_of(arguments_of(head.group), vocabulary.reader).indices))


def indices_of(head: Head, vocabulary: Vocabulary) -> tuple[IndexTerm, ...]:
    """The indices at the head's name and behind its brackets."""
    indices = scripts_of(head, vocabulary).indices
    if head.outer is not None:
        indices += vocabulary.reader.read(head.outer, elements=True, numbered=True).indices
    return indices


def has_letters(head: Head, vocabulary: Vocabulary) -> bool:
    """Whether all indices of a head are different letters, so that it stands for a whole tensor."""
    indices = indices_of(head, vocabulary)
    letters = [index.name for index in indices if index.value is None and index.arguments is None]
    return len(letters) == len(indices) == len(set(letters))


def mentions(node: Syntax | None, head: Head, vocabulary: Vocabulary) -> bool:
    """Whether the head's own name stands in `node` as it stands in the head.

    ``P(C_1)`` does not mention ``P(C_2)``: numbered arguments are part of the name.
    """
    target = skeleton(head.node)
    key = key_of(head, vocabulary)

    def inside(part: Syntax) -> bool:
        if skeleton(part) == target:
            return True
        other = head_of(part)
        if other is not None and other.group is not None and key.endswith(")") and other.base == head.base:
            return key_of(other, vocabulary) == key or inside(other.group)
        if isinstance(part, Scripted) and other is not None:
            scripts = (part.subscript, part.superscript)
            return any(inside(script) for script in scripts if script is not None)
        return any(inside(child) for child in children(part))

    return node is not None and inside(node)


def said_of(head: Head, body: Syntax | None, vocabulary: Vocabulary) -> object:
    """What `body` says of a head, without places and whatever letters its indices and arguments have:
    ``f(x) = x^2`` and ``f(t) = t^2`` say the same.
    """
    own = [index.name for index in indices_of(head, vocabulary)]
    if head.group is not None:
        own += [name for item in arguments_of(head.group) if (name := name_of(item)) is not None]
    numbers = {name: f"@{number}" for number, name in enumerate(dict.fromkeys(own))}

    def renamed(node: object) -> object:
        if isinstance(node, tuple):
            return tuple(map(renamed, node))
        return numbers.get(node, node) if isinstance(node, str) else node

    return renamed(skeleton(body))
