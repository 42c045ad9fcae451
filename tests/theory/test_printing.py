"""What is printed: LaTeX that compiles, and a legend of every letter."""

import re
from collections.abc import Iterator

import pytest
from sympy import I as i
from sympy import Identity, MatMul, digamma, exp, gamma, sin, sqrt

from theory.catalog import theorem, theorems
from theory.legend import LEGEND, legend, letters
from theory.letters import J, W, W_tied, h, slopes_weights, v
from theory.printing import latex, text
from theory.proofs.facts import Fact
from theory.quantities import E, norm, over, radius, squared_norm
from theory.statement import Induction, Move
from theory.symbols import L, T, n


def lines(moves: tuple[Move, ...]) -> Iterator[Fact]:
    for move in moves:
        yield move.fact
        if isinstance(move, Induction):
            yield from lines((*move.base, *move.step))


def faults(line: str) -> list[str]:
    """Double scripts and braces without a partner: groups are folded from the inside out."""
    if line.count(r"\left") != line.count(r"\right") + line.count(r"\leftarrow"):
        return ["left without right"]
    bare = re.sub(r"\\[{}]", "", line)
    group = re.compile(r"\{[^{}]*\}")
    while found := group.search(bare):
        if re.search(DOUBLE, found[0]):
            return [found[0]]
        bare = bare[: found.start()] + "@" + bare[found.end() :]
    return [bare] if re.search(DOUBLE, bare) or set("{}") & set(bare) else []


SCRIPT = r"\s*(?:\\[a-zA-Z]+|[^\s\\])\s*"
DOUBLE = rf"\^{SCRIPT}\^|_{SCRIPT}_|\^{SCRIPT}_{SCRIPT}\^|_{SCRIPT}\^{SCRIPT}_"


@pytest.mark.parametrize("line", [r"a^{2}^{3}", r"x_{1}_{2}", r"a^2^3", r"\frac{a}{b", r"a^{b^{2}^{c}}", r"a_1^2_3"])
def test_what_does_not_compile_is_seen(line: str) -> None:
    assert faults(line)


@pytest.mark.parametrize("slug", theorems())
def test_latex_compiles(slug: str) -> None:
    found = theorem(slug)
    shown = [statement.latex() for statement in found.statements]
    shown += [latex(side) for fact in lines(found.proof) for side in (fact.left, fact.right)]
    assert [faults(line) for line in shown if faults(line)] == []


@pytest.mark.parametrize("slug", theorems())
def test_latex_is_read_by_matplotlib(slug: str) -> None:
    mathtext = pytest.importorskip("matplotlib.mathtext")
    parser, found = mathtext.MathTextParser("path"), theorem(slug)
    facts = (*(goal for s in found.statements for goal in s.goals()), *lines(found.proof))
    for known in {latex(side) for fact in facts for side in (fact.left, fact.right)}:
        for macro, like in ((r"\lVert", r"\Vert "), (r"\rVert", r"\Vert "), (r"\top", r"\mathrm{T}")):
            known = known.replace(macro, like)
        known = known.replace(r"\limits", "").replace(r"\substack{ \xi=0 }", r"\xi=0").replace(r"\!", "")
        parser.parse(f"${known}$")


@pytest.mark.parametrize("slug", theorems())
def test_every_letter_has_its_meaning(slug: str) -> None:
    found, known = theorem(slug), {letter for letter, _ in LEGEND}
    facts = [fact for statement in found.statements for fact in (*statement.goals(), *statement.given)]
    written = letters(*(side for fact in (*facts, *lines(found.proof)) for side in (fact.left, fact.right)))
    assert written <= known
    told = {entry.letter for entry in legend(found)}
    assert {entry.letter for letter, entry in LEGEND if letter in written} == told


def test_a_squared_norm() -> None:
    assert text(squared_norm(J)) == "‖J‖_F²" and text(squared_norm(J * v)) == "‖J*v‖²"
    assert r"\lVert J v \rVert^{2 i}" in latex(E(squared_norm(J * v) ** i))
    assert latex(sqrt(squared_norm(J))) == r"\lVert J \rVert_F" and latex(squared_norm(J) ** 2).endswith("_F^{4}")


def test_a_transpose() -> None:
    assert text(W(2).T * h(1)) == "W_2ᵀ*h_1" and text(J**2) == "J**2"
    assert text(slopes_weights().T) == "W_1ᵀ D_1 ... W_Lᵀ D_L"


def test_a_product_of_no_factors_is_shown_as_one() -> None:
    assert latex(slopes_weights().subs(L, 0)) == r"\prod_{l=1}^{0} D_{l} W_{l}"
    assert text(slopes_weights().subs(L, 0)) == "I"


def test_roots_and_functions_without_gaps() -> None:
    assert latex(norm(J) ** (1 / (2 * L))) == r"\lVert J \rVert^{1/(2 L)}"
    assert latex(exp(-n * L**2 / 2)) == r"e^{- L^{2} n/2}" and latex(exp(-digamma(n) / 2)).startswith(r"\exp\left(")
    assert latex(norm(W_tied**T) ** (1 / T)) == r"\lVert W^{T} \rVert^{1/T}"
    assert latex(radius(W_tied) ** T) == r"\rho\!\left(W\right)^{T}"
    assert latex(gamma(n / 2) ** 2) == r"\Gamma\!\left(\frac{n}{2}\right)^{2}"
    assert latex(MatMul(1, Identity(n), evaluate=False)) == latex(Identity(n))


def test_negative_powers_stand_below_a_bar() -> None:
    assert latex(n * sin(n) ** -L) == r"\frac{n}{\sin^{L}{\left(n \right)}}"  # sin^{-L} reads as an inverse sine
    assert latex(n * (L + 1) ** (-L - 1)) == r"\frac{n}{\left(L + 1\right)^{L + 1}}"
    assert latex(n * T ** (-i * L)) == r"T^{- i L} n"


def test_sums_begin_with_a_positive_term_and_share_a_bar() -> None:
    assert text(n / 2 - L / 2 + T / 2) == "(T + n - L)/2" and latex(L / 2 + n / 2) == r"\frac{L + n}{2}"
    assert text(digamma(n) - L) == "digamma(n) - L" and text(L - digamma(n)) == "L - digamma(n)"
    assert text(1 + L**2 * n**2) == "1 + L**2*n**2" and text(L + 1) == "L + 1"


def test_parentheses_stand_once() -> None:
    assert text(over(T, sqrt(n / 2) * exp(L))) == "T/(sqrt(n/2)*exp(L))"
    assert "((" not in text(theorem("typical_threshold").statements[0].goals()[0].right)
