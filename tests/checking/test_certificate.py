"""The certificate of an inequality in reports: in JSON always, as text where proofs are asked for."""

import json

from derivations import check_text
from derivations.checking.report import Report
from derivations.writing.text import TextWriter

TEXT = r"""Let $z \in \mathbb{R}$ and $\sigma(z) = \frac{1}{1 + e^{-z}}$.

$$\sigma(z) (1 - \sigma(z)) \le \frac14$$

$$1 - \sigma(z) = \sigma(-z)$$

$$\sigma(z) \ge \frac12$$
"""


def claims(report: Report) -> list[dict]:
    (document,) = json.loads(report.to_json())["documents"]
    return [row for row in document["statements"] if row["role"] == "claim"]


def test_json_has_the_certificate_of_an_inequality_and_of_nothing_else():
    bound, equation, wrong = claims(check_text(TEXT))
    assert bound["certificate"] == {
        "goal": "1/4*(exp(z) - 1)^2/(1 + exp(z))^2 >= 0",
        "lemma": "the signs of the factors",
        "where": [],
        "parts": [],
    }
    assert "certificate" not in equation
    assert wrong["verdict"] == "refuted"
    assert "certificate" not in wrong


def test_text_shows_it_with_proved_claims():
    report = check_text(TEXT)
    line = "  since 1/4*(exp(z) - 1)^2/(1 + exp(z))^2 >= 0, by the signs of the factors\n"
    assert line in TextWriter(show_proved=True).report(report)
    assert "since" not in TextWriter().report(report)


def test_numbers_of_the_certificate_are_told_with_their_signs():
    text = r"Let $q \in \mathbb{R}^K$. Then $$\log \sum_{k=1}^K e^{q_k} \ge q_j.$$"
    (claim,) = claims(check_text(text))
    step = claim["certificate"]
    while step["parts"]:
        (step,) = step["parts"]
    assert step["goal"] == "g_1 >= 0"
    assert step["where"] == ["g_1 >= 0"]
