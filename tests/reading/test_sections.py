"""Names have the meaning that their own section gives them: laws in both directions of error."""

from __future__ import annotations

from importlib import resources

import pytest

from derivations import check_text
from derivations.language import Role
from derivations.reading import read

ACCEPTED = ("proved", "proved-where-defined")

FALSE = {
    "an example's values": "**Example.** Let $x > 0$. Then $|x| = x$.\n\n**Exercise.** $$|x| = x$$",
    "a theorem's values": "**Theorem 1.** Suppose $x > 0$.\n\n**Theorem 2.** $$|x| = x$$",
    "behind an environment": r"\begin{example} Let $x > 0$. \end{example} Now $$|x| = x$$",
    "an example under a heading": "## Example\nLet $x > 0$.\n\n## Exercise\n$$|x| = x$$",
    "LaTeX's headings": "\\section{One} Suppose $x > 0$.\n\\section{Two} $$|x| = x$$",
    "a later section's values": "$$|x| = x$$\n\n## Later\nLet $x > 0$.",
    "declared anew": "## A\nLet $x > 0$.\n\n## B\nLet $x \\in \\mathbb{R}$. $$|x| = x$$",
    "declared anew elsewhere": "## A\nLet $x > 0$.\n## B\nLet $x \\in \\mathbb{R}$.\n## C\n$$|x| = x$$",
    "other labels": "## A\nLet $y \\in \\{0,1\\}$.\n\n## B\nLet $y \\in \\{-1,1\\}$. $$y^2 = y$$",
    "two kinds of labels": "## A\nLet $y \\in \\{0,1\\}$.\n## B\nLet $y \\in \\{-1,1\\}$.\n## C\n$$y^2 = y$$",
    "symmetric in an example": "**Example.** Let $A$ be symmetric.\n\n**Exercise.** $$A^\\top = A$$",
    "labels of an example": "## Example\nThe labels are 0 or 1: $$y^2 = y$$\n\n## Exercise\n$$y^2 = y$$",
    "two definitions": "## A\nLet $J = w^2$.\n## B\nLet $J = w^3$.\n## C\n$$\\frac{dJ}{dw} = 3 w^2$$",
    "made of what is new": "## A\nLet $z = w^2$. Let $M = z^2$.\n## B\nLet $z \\in \\mathbb{R}$. $$M = z^2$$",
    "constant by omission": "## A\nLet $z = w^2$.\n\n## B\nLet $z \\in \\mathbb{R}$. $$\\frac{dz}{dw} = 0$$",
    "an equation of an example": "**Example.** Let $a = 1$.\n\n**Exercise.** $$a^2 = a$$",
    "a step under the old meaning": "## A\nLet $z = w^2$. Let $J = z^2$.\n\n"
    "## B\nLet $z = w$. Let $J = z^2$. $$\\frac{dJ}{dw} = 4 w^3$$",
    "supposed around": "## A\nSuppose $x > 0$.\n\n### Below\n$$|x| = x$$",
}
"""Documents whose last claim is false, or true under a meaning only that another section gives."""

TRUE = {
    "a setup for all": "## Setup\nLet $x > 0$.\n\n## A\n$$|x| = x$$\n\n## B\n$$|x| = x$$",
    "the only section that says it": "## Data\nLet $y \\in \\{0,1\\}$.\n\n## Loss\n$$y^2 = y$$",
    "a proof of its theorem": "**Lemma.** Let $x \\ge 0$.\n\n*Proof.* We have $$|x| = x$$",
    "a solution of its problem": "**Problem.** Let $x \\in \\mathbb{R}$.\n\n**Problem.** Let $x > 0$.\n\n"
    "**Solution.** $$|x| = x$$",
    "a definition for all": "**Definition.** Let $f(x) = x^2$.\n\n**Claim.** $$f'(x) = 2 x$$",
    "a notation against a section": "## Notation\nLet $y \\in \\{0,1\\}$.\n\n"
    "## A\nLet $y \\in \\{-1,1\\}$.\n\n## B\n$$y^2 = y$$",
    "own labels": "## A\nLet $y \\in \\{0,1\\}$.\n\n## B\nLet $y \\in \\{-1,1\\}$. $$y^2 = 1$$",
    "own definitions": "## A\nLet $z = w^2$. Let $J = z^2$.\n\n## B\nLet $z = w$. Let $J = z^2$. "
    "$$\\frac{dJ}{dw} = 2 w$$",
    "another argument": "## A\nLet $s(z) = z^2$.\n\n## B\nLet $s(t) = t^2$.\n\n## C\n$$s'(z) = 2 z$$",
    "own shapes": "## A\nLet $p = \\sigma(z)$.\n\n## B\nLet $z \\in \\mathbb{R}^K$ "
    "and $p_k = \\frac{e^{z_k}}{\\sum_j e^{z_j}}$. "
    "$$\\frac{\\partial p_k}{\\partial z_j} = p_k (\\delta_{kj} - p_j)$$",
    "a section's meaning below it": "## A\nLet $z = w^2$.\n\n### Below\n$$\\frac{dz}{dw} = 2 w$$\n\n"
    "## B\nLet $z = w^3$.",
    "before a new meaning": "## A\nLet $J = w^2$.\n\n## B\n$$\\frac{dJ}{dw} = 2 w$$\n\n## C\nLet $J = w^3$.",
}
"""Documents whose last claim is true by what its section sees."""


def last_verdict(text: str) -> str | None:
    """The verdict on the last claim of a document in Markdown."""
    return next((s.verdict for s in reversed(check_text(text).statements) if s.verdict), None)


@pytest.mark.parametrize("name", FALSE)
def test_no_proof_rests_on_another_section(name: str) -> None:
    """What an example, a theorem or a contradicting section says proves nothing elsewhere."""
    assert last_verdict(FALSE[name]) not in ACCEPTED


@pytest.mark.parametrize("name", TRUE)
def test_what_a_section_sees_holds_in_it(name: str) -> None:
    """What is said around a section, for all, or by itself, is used."""
    assert last_verdict(TRUE[name]) in ACCEPTED


def test_a_false_step_in_a_section_of_its_own_is_refuted() -> None:
    """Another section's meaning does not hide a mistake."""
    text = "## A\nLet $y \\in \\{0,1\\}$.\n\n## B\nLet $y \\in \\{-1,1\\}$. $$y^2 = y$$"
    assert last_verdict(text) == "refuted"


def test_two_meanings_are_told_with_their_places() -> None:
    """A section that uses what two others give different meanings is asked which one it means."""
    text = "## A\nLet $J = w^2$.\n\n## B\nLet $J = w^3$.\n\n## C\n$$\\frac{dJ}{dw} = 2 w$$"
    reason = check_text(text).statements[-1].reason
    assert reason == "J means different things (line 2, column 6 and line 5, column 6): say what it is here"


@pytest.mark.parametrize("line", ["J = 7 w", "\\frac{dJ}{dw} = 7", "J = w^2"])
def test_no_equation_gives_a_meaning_to_what_has_one_that_is_not_seen(line: str) -> None:
    """What J is made of means something else in B: an equation for J there is no definition."""
    text = f"## A\nLet $z = w^2$. Let $J = z^2$.\n\n## B\nLet $z = w$.\n\n$${line}$$"
    assert last_verdict(text) == "unreadable"


def test_statements_keep_their_order_and_their_contexts() -> None:
    """Sections are read one by one, and reported as one document."""
    text = "## A\nLet $y \\in \\{0,1\\}$. $$y^2 = y$$\n\n## B\nLet $y \\in \\{-1,1\\}$. $$y^2 = 1$$"
    derivation = read(text, "md")
    places = [statement.location.start for statement in derivation.statements]
    assert places == sorted(places)
    domains = {derivation.context_of(s).declarations["y"].domain.value for s in derivation.statements}
    assert domains == {"0 or 1", "-1 or 1"}


def test_what_is_written_twice_is_defined_once() -> None:
    """A definition that is recalled stays one: what follows it is a step, and no other definition."""
    notes = resources.files("derivations.examples").joinpath("logistic-regression.md").read_text("utf-8")
    defined = [
        [one.left_source for one in read(text, "md").statements if one.role is Role.DEFINITION]
        for text in (notes, f"{notes}\n\n{notes}")
    ]
    assert defined[0] == defined[1] != []


def test_what_is_written_twice_is_proved_twice() -> None:
    notes = resources.files("derivations.examples").joinpath("logistic-regression.md").read_text("utf-8")
    assert check_text(f"{notes}\n\n{notes}").ok


def test_behind_a_recalled_definition_a_wrong_step_is_refuted() -> None:
    text = "The cost is $J = (1 - t)^2$. In full the cost is $$J = 1 - 2 t {} t^2.$$"
    report = check_text(f"## A\n{text.format('+')}\n\n## B\n{text.format('-')}")
    claims = [one.verdict for one in report.statements if one.role == "claim"]
    assert claims == ["proved", "proved", "refuted"]
