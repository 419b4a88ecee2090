"""What `prove` writes is read by `check`, and every step is proved again: writer, reader and kernel agree."""

import pytest

from derivations import catalogue, check_text
from derivations.deriving.proof import Detail
from derivations.writing.proof_latex import article
from derivations.writing.proof_markdown import markdown

WRITERS = {"md": markdown, "tex": article}
EVERY = [
    pytest.param(name, detail, markup, marks=() if detail is Detail.NORMAL else pytest.mark.slow)
    for name in catalogue.entries()
    for detail in Detail
    for markup in WRITERS
]


@pytest.mark.parametrize(("name", "detail", "markup"), EVERY)
def test_every_written_step_is_read_and_proved_again(proof_of, name, detail, markup):
    """No claim is less than proved, and there are as many as the proof has lines and statements."""
    proof = proof_of(name).shown(detail)
    report = check_text(WRITERS[markup](proof), markup)
    assert [s.verdict for s in report.statements if not s.accepted] == []
    lines = sum(len(chain.lines) for chain in proof.chains)
    statements = sum(chain.stated for chain in proof.chains)
    claims = [s for s in report.statements if s.role == "claim"]
    assert len(claims) >= lines + statements


def test_a_wrong_statement_is_refuted_when_it_is_read(proof_of):
    """The round trip could fail: a sign changed in a theorem is seen."""
    text = markdown(proof_of("log-loss-gradient"))
    right = (
        "\\frac{\\partial J}{\\partial \\theta_{j}} = \\frac{1}{m} \\sum_{i=1}^{m} (h_{i} - y_{i}) x_{i j}"
    )
    assert text.count(right) == 1
    report = check_text(text.replace(right, right.replace("h_{i} - y_{i}", "h_{i} + y_{i}")))
    assert [s.verdict for s in report.statements if not s.accepted] == ["refuted"]
