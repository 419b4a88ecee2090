"""An earlier claim serves a later one of its document only after it was proved, and says so."""

from __future__ import annotations

import pytest

from derivations import check_text

VECTORS = r"Let $a \in \mathbb{R}^m$ and $c \in \mathbb{R}^m$. "
FIRST = r"For every $i$, $$|2 a_i| = 2 |a_i|.$$ "
SECOND = r"$$\sum_{i=1}^m |2 a_i| c_i = 2 \sum_{i=1}^m |a_i| c_i.$$"


def last(text: str):
    return check_text(text, format="md").statements[-1]


def test_a_proved_line_serves_and_is_told() -> None:
    found = last(f"{VECTORS}\n{FIRST}\n{SECOND}")
    assert (found.verdict, found.assumptions_used) == ("proved", ("line 2",))


def test_without_it_the_line_is_undecided() -> None:
    assert last(VECTORS + SECOND).verdict == "undecided"


UNSERVED = {
    "stated below": VECTORS + SECOND + "\n\n" + FIRST,
    "refuted": VECTORS + r"For every $i$, $$|2 a_i| = 3 |a_i|.$$ " + SECOND.replace("= 2", "= 3"),
    "undecided": VECTORS + SECOND + "\n\n" + SECOND.replace("c_i", "c_i^2"),
    "not to be judged": VECTORS + "<!-- derivations: ignore: for later -->\n\n" + FIRST + "\n\n" + SECOND,
    "of another name": (
        VECTORS + r"Let $b \in \mathbb{R}^m$. For every $i$, $$|2 b_i| = 2 |b_i|.$$ " + SECOND
    ),
    "under a case": VECTORS + r"If $a_i = 1$, then $$|2 a_i| = 2 a_i.$$ In general, "
    r"$$\sum_{i=1}^m |2 a_i| c_i = 2 \sum_{i=1}^m a_i c_i.$$",
    "of labels, differentiated": r"Let $y \in \{0, 1\}$. Then $$y^2 = y.$$ Therefore "
    r"$$\frac{d}{dy} y^2 = 1.$$",
    "a sum of labels, differentiated": r"Let $t$ be one-hot. Then $$\sum_{k=1}^K t_k = 1.$$ Therefore "
    r"$$\frac{\partial}{\partial t_j} \sum_{k=1}^K t_k = 0.$$",
}


@pytest.mark.parametrize("name", UNSERVED)
def test_what_is_not_proved_before_proves_nothing(name: str) -> None:
    statements = check_text(UNSERVED[name], format="md").statements
    meant = [row for row in statements if row.role == "claim" and row.verdict is not None]
    later = meant[0] if name == "stated below" else meant[-1]
    assert later.verdict in ("refuted", "undecided", "unreadable")


def test_the_same_claim_on_other_ground_does_not_serve() -> None:
    """What is proved where x > 0 says nothing of every x."""
    text = r"""Let $x > 0$ here. Then $$\sqrt{x^2} = x.$$

## All numbers

Let $z$ be real. Then $$\sqrt{z^2} = z.$$"""
    assert last(text).verdict in ("refuted", "undecided")
