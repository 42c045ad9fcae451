"""Mean squares of powers of one Gaussian matrix: the moves, and the rules that they are."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from sympy import Expr, Integer, Integral, MatPow, Matrix, MatrixExpr, Sum, binomial, exp, factorial, oo, symbols
from sympy import gamma as gamma_function
from sympy.core.basic import Basic

from theory.assumptions import BI_INVARIANT, COMPLEX_GAUSSIAN, GAUSSIAN
from theory.letters import W_tied, v
from theory.powers import pairing_sum
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import constant_and_rest
from theory.proofs.normal import same
from theory.proofs.rule import axiom, cited, computed
from theory.quantities import E, squared_norm, squared_trace
from theory.references import GINIBRE_1965
from theory.symbols import k, n, sigma_w, u

if TYPE_CHECKING:
    from theory.proofs.proof import Step


def uniform_start(expression: Basic) -> Basic:
    """E‖W^p v‖² = E‖W^p‖_F² E‖v‖²/n: W has the law of U W U*, and U* v is uniform on its sphere."""

    def change(node: Basic) -> Basic | None:
        constant, size = constant_and_rest(node.args[0])
        word = size.args[0] if isinstance(size, squared_norm) else None
        if word is None or not word.is_MatMul or len(word.args) != 2 or word.args[1] != v or not _steps(word.args[0]):
            return None
        return constant * E(squared_norm(word.args[0])) * E(squared_norm(v)) / n

    return everywhere(expression, E, change)


def isserlis(expression: Basic) -> Basic:
    """E‖W^p‖_F² = (sigma_w²/n)^p Σ over the pairings of tr W^p (Wᵀ)^p of n^(its loops)."""

    def change(node: Basic) -> Basic | None:
        constant, steps = _of_power(node, squared_norm)
        return None if steps is None else constant * (sigma_w**2 / n) ** steps * pairing_sum(steps, n)

    return everywhere(expression, E, change)


def by_parts(expression: Basic) -> Basic:
    """E|tr W^p|² = p (sigma_w²/n) E‖W^(p-1)‖_F² of complex normal entries, p >= 2.

    E W_ij F = (sigma_w²/n) E dF/dW̄_ij for the letter W of tr W W^(p-1), and d tr W^p/dW_ij = p (W^(p-1))_ji.
    """

    def change(node: Basic) -> Basic | None:
        constant, steps = _of_power(node, squared_trace)
        if steps is None or not (steps - 2).is_nonnegative:
            return None
        return constant * steps * sigma_w**2 / n * E(squared_norm(W_tied ** (steps - 1)))

    return everywhere(expression, E, change)


def power_sum(expression: Basic) -> Basic:
    """E|tr W^p|² = (sigma_w²/n)^p Σ_{k<=n} (E Γ_k^p - p! C(k-1, p)), Γ_k a Gamma variable of shape k.

    The eigenvalues of W sqrt(n)/sigma_w are determinantal with the functions f_k = z^{k-1}/sqrt(π (k-1)!), k <= n, of
    weight e^{-|z|²}: E|Σ z_i^p|² = Σ_k ‖z^p f_k‖² - Σ_{j,k} |<f_j, z^p f_k>|², as E Σ z_i^p = 0. ‖z^p f_k‖² is the
    moment, and z^p f_k = sqrt(p! C(k+p-1, p)) f_{k+p}, of which those with k + p <= n are subtracted.
    """

    def change(node: Basic) -> Basic | None:
        constant, steps = _of_power(node, squared_trace)
        if steps is None:
            return None
        moment = Integral(u ** (k + steps - 1) * exp(-u) / gamma_function(k), (u, 0, oo))
        return constant * (sigma_w**2 / n) ** steps * Sum(moment - factorial(steps) * binomial(k - 1, steps), (k, 1, n))

    return everywhere(expression, E, change)


def _of_power(mean: Basic, kind: type[Basic]) -> tuple[Expr, Expr | None]:
    """(constant c, p) of E[c kind(W^p)], p a positive integer; (1, None) of any other mean."""
    constant, size = constant_and_rest(mean.args[0])
    return (constant, _steps(size.args[0])) if isinstance(size, kind) else (Integer(1), None)


def _steps(word: MatrixExpr) -> Expr | None:
    """p of W^p, a positive integer."""
    base, power = word.args if isinstance(word, MatPow) else (word, Integer(1))
    return power if base == W_tied and power.is_integer and power.is_positive else None


def counts_pairings(step: Step) -> bool:
    """Whether the sides agree once every sum over the pairings of a whole number of steps is counted."""
    left, right = (everywhere(side, pairing_sum, lambda node: node.doit()) for side in (step.left, step.right))
    counted = (left, right) != (step.left, step.right)
    return step.op == "=" and counted and contractions_hold() and same(left, right)


@cache
def contractions_hold() -> bool:
    """The four loop equations of theory/loops.py for the basis matrices G = e_i e_jᵀ, and any A and B of size 2."""
    A, B = (Matrix(2, 2, symbols(f"{name}0:4")) for name in "ab")
    units = [Matrix(2, 2, lambda i, j, at=at: int((i, j) == at)) for at in product(range(2), repeat=2)]
    claims = (
        (sum((e * A * e.T * B).trace() for e in units), A.trace() * B.trace()),
        (sum((e * A * e * B).trace() for e in units), (A * B.T).trace()),
        (sum((e * A).trace() * (e.T * B).trace() for e in units), (A * B).trace()),
        (sum((e * A).trace() * (e * B).trace() for e in units), (A * B.T).trace()),
    )
    return all((left - right).expand() == 0 for left, right in claims)


LAW_OF_TURNED = "W has the law of U W U*, and U* v is uniform on the sphere; Muirhead 1982, 1.5"
uniform_start_real = axiom("uniform_start_real", LAW_OF_TURNED, "=", uniform_start, BI_INVARIANT)
uniform_start_complex = axiom("uniform_start_complex", LAW_OF_TURNED, "=", uniform_start, COMPLEX_GAUSSIAN)
pairings_of_power = axiom(
    "pairings_of_power",
    "Isserlis 1918: the mean of a product of normal numbers is the sum over all pairings; each index that is left free "
    "gives n",
    "=",
    isserlis,
    GAUSSIAN,
)
pairings_counted = computed(
    "pairings_counted", "the pairings counted by loop equations", lambda s, c: counts_pairings(s)
)
trace_by_parts = axiom(
    "trace_by_parts",
    "integration by parts in a complex normal number z of variance s: E z F = s E dF/dz̄; Isserlis 1918",
    "=",
    by_parts,
    COMPLEX_GAUSSIAN,
)
ginibre = cited(
    "ginibre",
    GINIBRE_1965,
    lambda step: same(power_sum(step.left), step.right) and power_sum(step.left) != step.left,
    COMPLEX_GAUSSIAN,
)
