"""`derive`: a user's own loss, typed or in SymPy, gets derivatives with a proof that reads back."""

import pytest
import sympy
from click.testing import CliRunner
from sympy.core.function import AppliedUndef

import derivations
from derivations import check_text, derive
from derivations.cli import main
from derivations.deriving.proof import Detail
from derivations.loss_questions import LossError
from derivations.reading.python_syntax import latex_of
from derivations.writing.proof_latex import article
from derivations.writing.proof_markdown import markdown

DATA = r"Let $X \in \mathbb{R}^{m \times n}$, $y \in \mathbb{R}^m$ and $w \in \mathbb{R}^n$."
LABELS = r"$y \in \mathbb{R}^K$ with $\sum_{k=1}^K y_k = 1$"
SOFTMAX = r"Let $z \in \mathbb{R}^K$, $p_k = \frac{e^{z_k}}{\sum_{c=1}^K e^{z_c}}$"
WARM = r"Let $z \in \mathbb{R}^K$, $T > 0$, $q_k = \frac{e^{z_k/T}}{\sum_{c=1}^K e^{z_c/T}}$"
NORMAL = r"Let $\Phi$ be the standard normal distribution function and $\varphi$ its density."

LOSSES = {
    "focal loss": (
        r"-(1-\sigma(z))^\gamma \log(\sigma(z))",
        "z",
        [r"\gamma > 0"],
        r"(1 - \sigma(z))^{\gamma} (\sigma(z) - 1 + \gamma \sigma(z) \log(\sigma(z)))",
    ),
    "Poisson regression": (
        r"\sum_{i=1}^m (e^{z_i} - y_i z_i)",
        "w_j",
        [DATA, r"Write $z_i = \sum_{l=1}^n x_{il} w_l$."],
        r"\sum_{i=1}^{m} (e^{z_{i}} - y_{i}) x_{i j}",
    ),
    "probit": (
        r"-y \log(\Phi(z)) - (1-y) \log(1-\Phi(z))",
        "z",
        [NORMAL],
        r"\frac{\varphi(z) (\Phi(z) - y)}{\Phi(z) (1 - \Phi(z))}",
    ),
    "label smoothing": (
        r"-\sum_{k=1}^K ((1-\epsilon) y_k + \frac{\epsilon}{K}) \log(p_k)",
        "z_j",
        [rf"{SOFTMAX}, {LABELS} and $\epsilon > 0$."],
        r"p_{j} - y_{j} + \epsilon y_{j} - \frac{\epsilon}{K}",
    ),
    "temperature softmax": (
        r"-\sum_{k=1}^K y_k \log(q_k)",
        "z_j",
        [rf"{WARM}, {LABELS}."],
        r"\frac{q_{j} - y_{j}}{T}",
    ),
    "squared hinge": (r"\max(0, 1 - y z)^2", "z", ["y in {-1, 1}"], r"-2 y \max(0, 1 - y z)"),
    "two layers": (
        r"\frac{1}{2}(a - y)^2",
        "w",
        [r"Write $h = \sigma(w x)$ and $a = \sigma(v h)$."],
        r"a h v x (1 - a) (1 - h) (a - y)",
    ),
    "ridge": (
        r"\|X w - y\|^2 + \lambda \|w\|^2",
        "w",
        [DATA, r"\lambda > 0"],
        r"2 \sum_{i=1}^{m} \left(\sum_{l=1}^{n} w_{l} X_{i l} - y_{i}\right) X_{i j} + 2 \lambda w_{j}",
    ),
    "Python's syntax": (
        "-y*log(1/(1 + exp(-z))) - (1 - y)*log(1 - 1/(1 + exp(-z)))",
        "z",
        [],
        r"\sigma(z) - y",
    ),
    "SymPy's sums": (
        "Sum(log(1 + exp(-y[i]*w*x[i])), (i, 1, m))",
        "w",
        [],
        r"-\sum_{i=1}^{m} y_{i} (1 - \sigma(y_{i} w x_{i})) x_{i}",
    ),
}


def again(proof):
    """The verdicts on what `proof` writes that are not proofs, over all formats and levels of detail."""
    for detail in Detail:
        for text, markup in ((markdown(proof.shown(detail)), "md"), (article(proof.shown(detail)), "tex")):
            yield from (s for s in check_text(text, markup).statements if not s.accepted)


@pytest.mark.parametrize("name", LOSSES)
def test_a_gradient_is_derived_in_its_simplest_form_and_reads_back(name):
    loss, variable, given, gradient = LOSSES[name]
    derived = derive(loss, variable, given=given)
    assert derived.proof.chains[-1].result.latex == gradient
    assert list(again(derived.proof)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in LOSSES if name != "squared hinge"])
def test_a_hessian_is_derived_and_reads_back(name):
    loss, variable, given, _ = LOSSES[name]
    assert list(again(derive(loss, variable, 2, given).proof)) == []


def test_a_loss_in_sympy():
    """With what SymPy knows: the gradient agrees with `diff` at a point."""
    y, z = sympy.symbols("y z", real=True)
    loss = sympy.log(1 + sympy.exp(-y * z))
    for order in (1, 2):
        derived = derive(loss, z, order, [derivations.sign(y)])
        found = derived.result.replace(
            lambda part: isinstance(part, AppliedUndef), lambda part: 1 / (1 + sympy.exp(-part.args[0]))
        )
        values = {"y": sympy.Integer(-1), "z": sympy.Rational(3, 7)}
        difference = found - loss.diff(z, order)
        at = {symbol: values[symbol.name] for symbol in difference.free_symbols}
        assert abs(difference.xreplace(at).doit().evalf(30)) < 1e-25
    assert "aligned" in derived._repr_latex_()
    assert isinstance(derived.statement, sympy.Eq)
    assert derived.steps[-1] == derived.result


def test_a_loss_of_sums_in_sympy():
    m, n = sympy.symbols("m n", integer=True, positive=True)
    i, j, k = sympy.symbols("i j k", integer=True, positive=True)
    w, x, y = map(sympy.IndexedBase, "wxy")
    score = sympy.Sum(w[k] * x[i, k], (k, 1, n))
    derived = derive(sympy.Sum((score - y[i]) ** 2, (i, 1, m)), w[j])
    assert derived.proof.chains[-1].result.latex == (
        r"2 \sum_{i=1}^{m} \left(\sum_{k=1}^{n} w_{k} x_{i k} - y_{i}\right) x_{i j}"
    )


REFUSED = {
    "a corner": (("|w|", "w", []), "|w| has no derivative where w = 0"),
    "a maximum": ((r"\max(0, 1 - z)", "z", []), "has no derivative where 1 - z = 0"),
    "an unknown function": ((r"z^2 + \Phi(z)", "z", []), "stands in it 2 times and was read 1 times"),
    "half a formula": ((r"\frac{1}{", "z", []), "cannot be read"),
    "no formula": (("__import__('os').system('ls')", "z", []), "cannot be read"),
    "a sum as a variable": (("z^2", "z+1", []), "cannot be read"),
    "a command among the assumptions": (("z^2", "z", [r"\input{/etc/passwd}"]), "words and formulas"),
    "another order": (("z^2", "z", []), "there is no order 3"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_derived_is_said_with_the_reason(name):
    (loss, variable, given), reason = REFUSED[name]
    with pytest.raises(LossError) as error:
        derive(loss, variable, 3 if name == "another order" else 1, given)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_a_second_derivative_is_refused_where_the_first_has_a_corner():
    with pytest.raises(LossError, match="has no derivative where"):
        derive(r"\max(0, 1 - y z)^2", "z", 2)


@pytest.mark.parametrize(
    ("typed", "latex"),
    [
        ("log(1 + exp(-y*z))", r"\log(1 + e^{-y \cdot z})"),
        ("theta[i, j]**2/2", r"\frac{\theta_{i j}^{2}}{2}"),
        ("(a - b)*c", r"(a - b) \cdot c"),
        ("Max(0, 1 - z)", r"\max(0, 1 - z)"),
        ("Abs(w_1)", r"\left|w_{1}\right|"),
        (r"\frac{1}{2} z^2", r"\frac{1}{2} z^2"),
        ("lambda x: x", "lambda x: x"),
        ("'a' + 'b'", "'a' + 'b'"),
        ("f(x=1)", "f(x=1)"),
        ("(" * 5000, "(" * 5000),
    ],
)
def test_pythons_syntax_becomes_latex_and_is_never_run(typed, latex):
    assert latex_of(typed) == latex


def test_the_command_takes_a_loss_that_begins_with_a_minus(tmp_path):
    target = tmp_path / "proof.md"
    options = ["--wrt", "p", "--given", "0 < p < 1", "-o", str(target)]
    done = CliRunner().invoke(main, ["derive", "-y*log(p)", *options])
    assert done.exit_code == 0, done.stderr
    assert check_text(target.read_text("utf-8")).ok


def test_the_command_says_in_one_line_what_is_wrong():
    done = CliRunner().invoke(main, ["derive", "|w|", "--wrt", "w"])
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
