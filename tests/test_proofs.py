"""`prove` and `booklet`: every format, a file or nothing, and one line for what cannot be done."""

import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape

import pytest
import sympy
from click.testing import CliRunner

from derivations import catalogue, check_text, proofs
from derivations.catalogue.questions import QUESTIONS
from derivations.cli import main
from derivations.deriving.certifying import LineNotProved, certified
from derivations.deriving.proof import Chain, Detail, Formula, Line, Proof, Reason
from derivations.language import Context, Declaration, Entry, number
from derivations.writing import pdf
from derivations.writing.safe_latex import is_safe

needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
NAME = "log-loss-gradient"


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.mark.parametrize("suffix", proofs.SUFFIXES)
def test_a_file_is_written_in_the_format_of_its_name(suffix, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "pdf", lambda latex: (b"%PDF", ""))
    target = tmp_path / f"proof{suffix}"
    assert run("prove", NAME, "-o", target).exit_code == 0
    assert target.read_bytes()
    assert list(tmp_path.iterdir()) == [target]


def test_python_source_rebuilds_the_lines(tmp_path):
    """In Python that knows nothing but SymPy and this package; the last index line is the result."""
    target = tmp_path / "proof.py"
    assert run("prove", NAME, "-o", target).exit_code == 0
    code = f"import runpy; steps = runpy.run_path({str(target)!r})['steps']; print(steps[8][2])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(catalogue.get(NAME).parts[0].result)


@pytest.mark.slow
@pytest.mark.parametrize("name", catalogue.entries())
def test_python_source_of_every_entry_runs(name, tmp_path):
    target = tmp_path / "proof.py"
    assert run("prove", name, "-o", target).exit_code == 0
    subprocess.run([sys.executable, target], check=True)


def test_json_names_rules_and_formulas():
    report = json.loads(run("prove", NAME, "--to", "json").stdout)
    lines = report["chains"][0]["lines"]
    assert lines[0]["rules"] == ["definition"]
    assert lines[-1]["right"]["text"] == "1/m*(sum_{i=1..m} (h[i] - y[i])*x[i, j])"


@pytest.mark.parametrize("name", catalogue.entries())
def test_every_formula_is_safe_latex(proof_of, name):
    """A proof of any detail compiles: nothing but known commands, in formulas and in words."""
    proof = proof_of(name)
    formulas = [side.latex for pair in proof.definitions for side in pair]
    words = [*proof.assumed, *proof.remarks]
    for chain in proof.chains:
        formulas += [chain.left.latex, *(line.formula.latex for line in chain.lines)]
        words += [chain.intro, *(line.words for line in chain.lines)]
    formulas += [part for sentence in words for part in sentence.split("$")[1::2]]
    assert [formula for formula in formulas if not is_safe(formula)] == []


class Tags(html.parser.HTMLParser):
    """The tags of a page, of which each must be closed."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], set()

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        if tag not in ("meta", "mspace"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("meta", "mspace"):
            assert self.open.pop() == tag


def test_html_is_closed_and_without_script():
    tags = Tags()
    tags.feed(run("prove", NAME, "--to", "html").stdout)
    assert tags.open == []
    assert "math" in tags.seen
    assert not tags.seen & {"script", "link", "img", "iframe"}


def test_text_shows_every_line_with_its_reason():
    shown = run("prove", "sigmoid-derivative", "--to", "text").stdout
    assert "= sigma(z)*(1 - sigma(z))" in shown
    assert "[derivative of the exponential, chain rule]" in shown
    assert "\\" not in shown


def test_a_fragment_has_no_preamble():
    shown = run("prove", NAME, "--to", "latex", "--fragment").stdout
    assert shown.startswith("\\begin{theorem}")
    assert "documentclass" not in shown


def test_more_detail_is_more_lines():
    counts = [
        run("prove", NAME, "--detail", detail).stdout.count("&=") for detail in ("brief", "normal", "full")
    ]
    assert counts == sorted(set(counts))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("sigmoid-derivativ",), "did you mean: sigmoid-derivative"),
        ((NAME, "--to", "word"), "is not one of"),
        ((NAME, "-o", "/nowhere/proof.tex"), "No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments, says):
    done = run("prove", *arguments)
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_tex_advice_is_given_and_nothing_written(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("prove", NAME, "-o", tmp_path / "proof.pdf")
    assert done.exit_code == 2
    assert "no TeX is installed" in done.stderr
    assert "--to latex" in done.stderr
    assert os.listdir(tmp_path) == []


def test_a_wrong_line_stops_the_proof():
    """The command fails with the line: nothing that is not proved is shown."""
    wrong = Line(Formula(number(2)), (Reason("simplify"),))
    chain = Chain(Formula(Entry("a")), (wrong,))
    proof = Proof("wrong", "Wrong", Context().with_rows(Declaration("a")), (), (), (chain,))
    with pytest.raises(LineNotProved, match=re.escape("wrong: the line a = 2 is refuted")):
        certified(proof)


@needs_tex
@pytest.mark.slow
@pytest.mark.parametrize("detail", [detail.name.lower() for detail in Detail])
def test_the_booklet_compiles_without_overfull_lines(detail):
    """All topics, with every reference resolved."""
    made, log = pdf.pdf(proofs.booklet("latex", proofs.chapters(detail)).decode())
    assert made.startswith(b"%PDF")
    assert [line for line in log.splitlines() if line.startswith(("Overfull", "LaTeX Warning"))] == []


@needs_tex
def test_an_article_compiles_without_overfull_lines():
    made, log = pdf.pdf(proofs.written(proofs.proved(NAME, "full"), "latex").decode())
    assert made.startswith(b"%PDF")
    assert "Overfull" not in log


@pytest.fixture(scope="module")
def chapters():
    return proofs.chapters("normal")


@pytest.mark.parametrize("to", ["latex", "markdown", "html"])
def test_the_booklet_has_every_title_and_every_answer(chapters, to):
    written = unescape(proofs.booklet(to, chapters).decode())
    assert [entry.title for entry in catalogue.entries().values() if entry.title not in written] == []
    assert [row.text for row in QUESTIONS if row.text not in written] == []


@pytest.mark.parametrize(("to", "markup"), [("markdown", "md"), ("latex", "tex")])
def test_every_step_of_the_booklet_is_proved_again(chapters, to, markup):
    """Its sections introduce z, p and J anew, each with a meaning of its own."""
    report = check_text(proofs.booklet(to, chapters).decode(), markup)
    assert [s.verdict for s in report.statements if not s.accepted] == []
    assert report.summary["claims"] > 350


def test_every_question_is_answered_by_theorems():
    for row in QUESTIONS:
        assert row.entries
        assert set(row.entries) <= set(catalogue.entries())


def test_the_booklet_is_a_page_in_which_every_tag_is_closed_and_every_link_leads_somewhere(chapters):
    page = proofs.booklet("html", chapters).decode()
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert {*re.findall('href="#([^"]*)"', page)} <= {*re.findall('id="([^"]*)"', page)}


def test_the_command_writes_the_booklet(chapters, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(proofs, "chapters", lambda detail: asked.append(detail) or chapters)
    target = tmp_path / "booklet.tex"
    assert run("booklet", "-o", target, "--detail", "brief").exit_code == 0
    assert asked == ["brief"]
    assert target.read_bytes() == proofs.booklet("latex", chapters)


def test_the_catalogue_is_listed_and_shown(proof_of, monkeypatch):
    """Every name that is listed can be shown, with its title first."""
    monkeypatch.setattr(proofs, "proved", lambda name, detail: proof_of(name))
    rows = [row.split(maxsplit=1) for row in run("list").stdout.splitlines()]
    assert [name for name, _ in rows] == list(catalogue.entries())
    assert [name for name, title in rows if not run("show", name).stdout.startswith(title)] == []


def test_sympy_is_loaded_only_when_it_is_needed():
    code = "import sys, derivations.cli; print('sympy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_steps_have_sympy_objects():
    assert all(isinstance(step.right, sympy.Basic) for step in catalogue.get("sigmoid-derivative").steps)


def test_full_detail_shows_how_inequalities_were_proved():
    shown = run("prove", "sigmoid-bound", "--detail", "full", "--to", "latex").stdout
    assert (
        r"The certificate: $\frac{\frac{1}{4} (e^{z} - 1)^2}{(1 + e^{z})^2} \ge 0$ by "
        r"\texttt{the signs of the factors}."
    ) in shown
    assert "certificate" not in run("prove", "sigmoid-bound", "--to", "latex").stdout


def test_json_shows_how_inequalities_were_proved():
    report = json.loads(run("prove", "sigmoid-bound", "--detail", "full", "--to", "json").stdout)
    found = [line.get("certificate") for chain in report["chains"] for line in chain["lines"]]
    assert found[-1]["value"]["text"] == "1/4*(exp(z) - 1)^2/(1 + exp(z))^2"
    assert found[-2] is None
