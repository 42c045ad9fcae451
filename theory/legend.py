"""What each letter means: the legend of a theorem, of exactly the letters that its statements and its proof write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from sympy import Dummy, MatrixSymbol, Symbol, polygamma
from sympy import gamma as gamma_function
from sympy.core.basic import Basic
from sympy.functions import KroneckerDelta
from sympy.matrices.expressions import Identity

from theory import distributions, free, memory, powers, quantities, resolvents, symbols
from theory.definitions import foreign_letter
from theory.meijer import meijer_law
from theory.products import Layer
from theory.proofs.derivatives import partial, rate
from theory.proofs.facts import Fact
from theory.statement import Induction, Move, Theorem
from theory.systems import System
from theory.widths import spread, spread_back, units


@dataclass(frozen=True)
class Entry:
    """A letter as text and LaTeX write it, and what it means; ``kinds``: the systems in which it means this."""

    letter: str
    latex: str
    meaning: str
    kinds: tuple[str, ...] = ("depth", "time", "matrix", "residual", "jordan", "memory")


DEPTH, TIME, MATRIX, RESIDUAL = ("depth",), ("time",), ("matrix",), ("residual",)
JORDAN, MEMORY = ("jordan",), ("memory",)

# In the order of a legend: what is measured, the letters of the network, sizes, quantities.
LEGEND: tuple[tuple[object, Entry], ...] = (
    ("J", Entry("J", "J", "dh_L/dh_0, the input-output Jacobian: D_L W_L ... D_1 W_1 (D_l = I where linear)", DEPTH)),
    ("J", Entry("J", "J", "dh_T/dh_0, the Jacobian of T steps: D_T W ... D_1 W (D_l = I where linear)", TIME)),
    ("J", Entry("J", "J", "the matrix W itself", MATRIX)),
    ("J", Entry("J", "J", "the product (I + a W_L) ... (I + a W_1) of layers x + a W_l x", RESIDUAL)),
    ("v", Entry("v", "v", "a fixed unit vector, independent of the weights")),
    ("u", Entry("u", "u", "a fixed unit vector, independent of the weights: the gradient dE/dh_L, held fixed", DEPTH)),
    ("g", Entry("g", "g", "dE/dh_L, the gradient of the loss by the output", DEPTH)),
    ("g", Entry("g", "g", "dE/dh_T, the gradient of the loss by the last state", TIME)),
    ("g_l", Entry("g_t", "g_{t}", "dE_t/dh_t, the gradient of the loss of step t by its own state; E = Σ_t E_t", TIME)),
    ("V", Entry("V", "V", "a fixed direction in the space of weights")),
    ("W_l", Entry("W_l", "W_{l}", "weight matrix of layer l (n x n; of any widths n_l x n_(l-1))")),
    ("W", Entry("W", "W", "the one weight matrix (n x n), the same at every step", TIME)),
    ("W", Entry("W", "W", "one weight matrix (n x n; of any widths n_1 x n_0)", MATRIX)),
    ("W", Entry("W", "W", "the given matrix, the 2 x 2 Jordan block [[a, b], [0, a]], the same at every step", JORDAN)),
    ("D_l", Entry("D_l", "D_{l}", "diag phi'(z_l), the slopes at layer l, z_l = W_l h_(l-1) + b_l", DEPTH)),
    ("D_l", Entry("D_l", "D_{l}", "diag phi'(z_l), the slopes at step l, z_l = W h_(l-1) + u_l + b", TIME)),
    ("h_l", Entry("h_l", "h_{l}", "activations phi(z_l), h_0 the input", DEPTH)),
    ("h_l", Entry("h_l", "h_{l}", "state phi(z_l) after step l, h_0 the first", TIME)),
    ("b_l", Entry("b_l", "b_{l}", "bias of layer l; its entries have standard deviation sigma_b", DEPTH)),
    ("delta_l", Entry("delta_l", r"\delta_{l}", "dE/dz_l, the error signal at layer l", DEPTH)),
    (Identity, Entry("I", r"\mathbb{I}", "the identity matrix")),
    (
        symbols.sigma_w,
        Entry(
            "sigma_w",
            r"\sigma_{w}",
            "a standard deviation: entries of a weight have variance sigma_w²/n_in, n_in its columns",
        ),
    ),
    (symbols.sigma_b, Entry("sigma_b", r"\sigma_{b}", "standard deviation of a bias")),
    (symbols.gamma, Entry("gamma", r"\gamma", "sup |phi'|, computed from the activation: 1 for tanh and linear")),
    (symbols.s, Entry("s", "s", "the largest of the norms ‖W_1‖, ..., ‖W_L‖")),
    (symbols.threshold, Entry("s", "s", "a threshold: where the distribution is taken")),
    (symbols.line, Entry("x", "x", "a number: where the distribution is taken")),
    (symbols.n, Entry("n", "n", "width of every layer")),
    (units, Entry("n_l", "n_{l}", "width of layer l, n_0 that of the input", DEPTH)),
    (units, Entry("n_l", "n_{l}", "width of the output n_1 (rows of W) and of the input n_0 (columns)", MATRIX)),
    (spread, Entry("c_l", "c_{l}", "relative variance of ‖W_l v‖² at most, as the ensemble declares it", DEPTH)),
    (spread_back, Entry("c'_l", "c'_{l}", "relative variance of ‖W_lᵀ u‖² at most, by the ensemble", DEPTH)),
    (memory.state, Entry("h_t", "h_{t}", "state after step t, lambda h_(t-1) + x_t, from h_0 = 0", MEMORY)),
    (memory.noise, Entry("x_t", "x_{t}", "input of step t: independent of the others, standard normal", MEMORY)),
    (
        memory.sensitivity,
        Entry(
            "dh_t/dlambda", r"\frac{\mathrm{d} h_{t}}{\mathrm{d}\lambda}", "how the state moves with the weight", MEMORY
        ),
    ),
    (symbols.memory, Entry("lambda", r"\lambda", "the one weight: the part of the state that a step keeps", MEMORY)),
    (symbols.T, Entry("T", "T", "number of steps", MEMORY)),
    (symbols.L, Entry("L", "L", "depth: the number of layers")),
    (
        symbols.T,
        Entry(
            "T", "T", "number of steps, each with the same W; as exponent a power, never a transpose", (*TIME, *JORDAN)
        ),
    ),
    (symbols.T, Entry("T", "T", "a number of factors W; as exponent a power, never a transpose", MATRIX)),
    (symbols.l, Entry("l", "l", "a layer, 1 <= l <= L", (*DEPTH, *RESIDUAL))),
    (symbols.l, Entry("l", "l", "a step, 1 <= l <= T", TIME)),
    ("m", Entry("m", "m", "the layer whose activations are the input, 0 <= m <= L")),
    ("r", Entry("r", "r", "a number of layers, the last ones, 0 <= r < L", DEPTH)),
    (symbols.i, Entry("i", "i", "a coordinate, 1 <= i <= n")),
    (symbols.j, Entry("j", "j", "a coordinate, 1 <= j <= n")),
    (symbols.k, Entry("k", "k", "index, from 1: of exponents, singular values or moments")),
    (symbols.a, Entry("a", "a", "scale of each residual branch", RESIDUAL)),
    (symbols.a, Entry("a", "a", "a scale of the weights, moved away from 1", (*DEPTH, *TIME))),
    (symbols.a, Entry("a", "a", "the entry on the diagonal, the one eigenvalue", JORDAN)),
    (symbols.b, Entry("b", "b", "the entry above the diagonal", JORDAN)),
    (symbols.x, Entry("x", "x", "a squared gain: where the distribution is taken")),
    (symbols.step, Entry("t", "t", "a step, from 1", (*TIME, *MEMORY))),
    (symbols.t, Entry("t", "t", "excess of the norm over its edge (square: 2 sigma_w), in units of sigma_w", MATRIX)),
    (symbols.eps, Entry("eps", r"\varepsilon", "a level")),
    (symbols.p, Entry("p", "p", "order of a moment of the squared gain")),
    (symbols.phi, Entry("phi", r"\phi", "the angle along the curve of the density, 0 at its right edge")),
    (symbols.y, Entry("y", "y", "how far the circle |z| = 1 + y lies outside the unit circle", MATRIX)),
    (symbols.z, Entry("z", "z", "argument of an S-transform")),
    (symbols.u, Entry("u", "u", "a chi-square variable, under an integral")),
    (symbols.xi, Entry("xi", r"\xi", "frequency: argument of a characteristic function")),
    (quantities.E, Entry("E[x]", r"\mathbb{E}", "expectation over the weights and all else that is random")),
    (quantities.P, Entry("P(x <= y)", r"\mathbb{P}", "probability")),
    (quantities.norm, Entry("‖M‖", r"\lVert M \rVert", "operator norm, the largest singular value")),
    ("‖v‖²", Entry("‖v‖²", r"\lVert v \rVert^{2}", "squared length of a vector")),
    ("‖M‖_F²", Entry("‖M‖_F²", r"\lVert M \rVert_F^{2}", "squared Frobenius norm, the sum of the squared entries")),
    (quantities.squared_trace, Entry("|tr M|²", r"|\operatorname{tr}M|^2", "squared modulus of the trace")),
    (quantities.smallest, Entry("σ_min(M)", r"\sigma_{\min}", "smallest singular value")),
    (quantities.singular, Entry("σ_k(M)", r"\sigma_k", "any one of the singular values")),
    (
        quantities.squared_pivot,
        Entry("r_k(M)²", r"r_k(M)^{2}", "squared distance of column k of M from the span of those before: r_kk² of QR"),
    ),
    (free.trace_moment, Entry("σ_i(M)", r"\sigma_i", "singular value number i; Σ_i of σ_i^(2k) is tr (M Mᵀ)^k")),
    (
        free.share,
        Entry(
            "share of σ_i(M)² <= x",
            r"\#\{i : \sigma_i^2 \le x\}",
            "number of squared singular values up to x, rising in straight lines between them",
        ),
    ),
    (
        free.inverse_s,
        Entry("S[M](z)", "S_M(z)", "S-transform of the limiting law of the squared singular values of M"),
    ),
    (free.coefficient, Entry("[z^(j)] f", "[z^j] f", "coefficient of z^j in the power series of f at 0")),
    (free.minimum, Entry("min", r"\min", "the least value over all positive values of the variable")),
    (quantities.radius, Entry("ρ(M)", r"\rho", "spectral radius, the largest modulus of an eigenvalue")),
    (
        quantities.departure,
        Entry("Δ(M)", r"\Delta", "Henrici's departure from normality, (‖M‖_F² - Σ|eigenvalue|²)^(1/2)"),
    ),
    (quantities.largest, Entry("max", r"\max", "the largest over the index")),
    (
        resolvents.largest_power,
        Entry(
            "sup ‖M^T‖", r"\sup_{T}\lVert M^{T} \rVert", "least upper bound of the norms of all powers, from T = 0 on"
        ),
    ),
    (
        resolvents.resolvent_norm,
        Entry(
            "max ‖(zI - M)^(-1)‖",
            r"\max_{|z|=r}\lVert (z\mathbb{I}-M)^{-1} \rVert",
            "the largest norm of the resolvent on a circle of complex z",
        ),
    ),
    (quantities.inner, Entry("<a, b>", r"\langle a, b \rangle", "inner product")),
    (quantities.sup_over, Entry("sup", r"\sup", "the least upper bound over all positive values of the variable")),
    (quantities.limit_of, Entry("lim", r"\lim", "the limit as the variable grows")),
    (partial, Entry("d(a)/d(b)", r"\partial a / \partial b", "the Jacobian matrix of a vector by another")),
    (
        rate,
        Entry(
            "d(a) along W + eps V", r"\partial_{W \to W + \varepsilon V}", "derivative by eps at 0, W moving along V"
        ),
    ),
    (
        distributions.eigenvalue_constant,
        Entry(
            "K",
            "K",
            "normalizes the density: π^(m/2) ∏_(i<=m) Γ(a+i-1)/(Γ((N-i+1)/2) Γ((m-i+1)/2)), N the larger width",
        ),
    ),
    (
        distributions.norm_cdf,
        Entry(
            "Pf A",
            r"\operatorname{Pf}A",
            "(det A)^(1/2), A antisymmetric, of incomplete gamma functions P_i(x), i <= m: "
            "P_i P_j - 2 ∫_0^x P_j dP_i, P_i of shape a+i-1; for odd m a border of the P_i",
        ),
    ),
    (
        distributions.gamma_product,
        Entry("P(k, x)", r"P(k, x)", "regularized incomplete gamma function, γ(k, x)/Γ(k)"),
    ),
    (
        powers.pairing_sum,
        Entry(
            "π in P_(2 T), ℓ(π)",
            r"\pi\in\mathcal{P}_{2T},\ \ell(\pi)",
            "a way to pair the 2T letters of tr W ... W Wᵀ ... Wᵀ, one of (2T-1)!!, and the number of loops of "
            "indices that it closes, those of paired letters being the same",
        ),
    ),
    (
        meijer_law,
        Entry(
            "G^(L,1)_(1,L+1)",
            "G^{L,1}_{1,L+1}",
            "Meijer's G-function (NIST DLMF 16.17)",
        ),
    ),
    (quantities.law_of_log, Entry("Im[...]", r"\operatorname{Im}", "imaginary part; i is the imaginary unit")),
    (gamma_function, Entry("gamma(x)", r"\Gamma", "Euler's gamma function (gamma without argument is another letter)")),
    (polygamma, Entry("polygamma(m, x)", r"\psi_m", "derivative m + 1 of log gamma(x); ψ for m = 0")),
    (KroneckerDelta, Entry("KroneckerDelta(i, j)", r"\delta_{i j}", "1 where i = j, otherwise 0")),
)


def legend(theorem: Theorem) -> tuple[Entry, ...]:
    """The entries of the letters that a theorem writes; a letter of several meanings once for each that it has there.

    >>> from theory.matrices.norm_edge import THEOREM
    >>> [entry.letter for entry in legend(THEOREM)]
    ['J', 'W', 'sigma_w', 'n', 'n_l', '‖M‖', 'lim']
    """
    stated, proved = _by_kind(theorem, _stated), _by_kind(theorem, _proved)
    found = []
    for letter, entry in LEGEND:
        spoken = stated if any(letter in written for written in stated.values()) else proved
        if any(letter in spoken.get(kind, ()) for kind in entry.kinds):
            found.append(entry)
    return tuple(found)


def _by_kind(theorem: Theorem, told: Callable[[Theorem, System], Iterable[Fact]]) -> dict[str, set[object]]:
    """The letters of the facts told of each kind of system."""
    found: dict[str, set[object]] = {}
    for system in theorem.systems:
        sides = [side for fact in told(theorem, system) for side in (fact.left, fact.right)]
        found[system.kind] = letters(*sides)
    return found


def _stated(theorem: Theorem, system: System) -> Iterator[Fact]:
    for statement in theorem.statements:
        if statement.system in (None, system):
            yield from (*statement.goals(), *statement.given)


def _proved(theorem: Theorem, system: System) -> Iterator[Fact]:
    """The facts of the proof that can speak of this system: none of their letters is foreign to it."""
    for fact in _facts(theorem.proof):
        if not any(foreign_letter(side, system) for side in (fact.left, fact.right)):
            yield fact


def _facts(moves: Iterable[Move]) -> Iterator[Fact]:
    for move in moves:
        yield move.fact
        if isinstance(move, Induction):
            yield from _facts((*move.base, *move.step))


def letters(*expressions: Basic) -> set[object]:
    """The letters written in expressions: symbols, names of matrices (W_l of a family), kinds of quantities.

    The shape of a matrix is not written, and so does not count; nor does the inner index of a long product.

    >>> from theory.letters import W, v
    >>> sorted(map(str, letters(W(2) * v)))
    ['W_l', 'l', 'v']
    """
    return set().union(*map(_written, expressions))


@cache
def _written(node: Basic) -> frozenset[object]:
    if isinstance(node, Layer):
        return frozenset({f"{node.name}_l", symbols.l}) | _written(node.index)
    if isinstance(node, MatrixSymbol):
        return frozenset({node.name})
    if isinstance(node, Symbol):
        return frozenset() if isinstance(node, Dummy) else frozenset({node if node in _SYMBOLS else node.name})
    if isinstance(node, quantities.squared_norm):
        own: object = "‖v‖²" if node.args[0].shape[1] == 1 else "‖M‖_F²"
    else:
        own = type(node)
    inner = () if isinstance(node, Identity) else node.args
    return frozenset({own} if own in _NODES else ()).union(*map(_written, inner))


_SYMBOLS = {letter for letter, _ in LEGEND if isinstance(letter, Symbol)}
_NODES = {letter for letter, _ in LEGEND}
