"""Each axiom on numbers: what the rule makes of an expression holds for matrices drawn, or listed, without the rule."""

from itertools import product

import numpy as np
import pytest
from scipy import integrate, special, stats
from sympy import Symbol, lambdify

from theory.letters import D, W, W_tied, h, v
from theory.proofs import bounds, moves
from theory.quantities import E, departure, norm, radius, smallest, squared_norm
from theory.symbols import T, gamma, i, n, s

RNG = np.random.default_rng(2024)
SIGMA = 0.7


def norm_of(matrix):
    return np.linalg.norm(matrix, 2)


def smallest_of(matrix):
    """min over unit u of ‖Mu‖: 0 for a matrix with fewer rows than columns."""
    return np.linalg.svd(matrix, compute_uv=False).min() if matrix.shape[0] >= matrix.shape[1] else 0.0


def radius_of(matrix):
    return abs(np.linalg.eigvals(matrix)).max()


def departure_of(matrix):
    return np.sqrt(max(0.0, np.linalg.norm(matrix) ** 2 - (abs(np.linalg.eigvals(matrix)) ** 2).sum()))


def jordan(size, value=0.8, above=3.0):
    return value * np.eye(size) + above * np.diag(np.ones(size - 1), 1)


SQUARE = [RNG.standard_normal((k, k)) / np.sqrt(k) for k in (1, 2, 3, 5, 8)] + [jordan(k) for k in (2, 3, 6)]
PAIRS = [(RNG.standard_normal((a, b)), RNG.standard_normal((b, c))) for a, b, c in product((1, 3, 4), repeat=3)]


def value_of(expression, names, **symbols):
    """The number of an expression, each of its quantities and symbols given one."""
    stands = {quantity: Symbol(f"q{k}") for k, quantity in enumerate(names)}
    numbers = {stands[quantity]: number for quantity, number in names.items()}
    everything = numbers | {
        symbol: symbols[symbol.name] for symbol in expression.xreplace(stands).free_symbols - numbers.keys()
    }
    return lambdify(list(everything), expression.xreplace(stands))(*everything.values())


def sign_matrices(size):
    """All sign patterns: the law of Rademacher weights, listed in full."""
    return np.array(list(product((-1.0, 1.0), repeat=size * size))).reshape(-1, size, size) * SIGMA / np.sqrt(size)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_isotropy_over_all_sign_patterns(size):
    moved = moves.isotropy(E(squared_norm(W(2) * h(1))))
    columns = RNG.standard_normal((size, 2))
    listed = np.mean(np.sum((sign_matrices(size) @ columns) ** 2, axis=(1, 2)))
    assert listed == pytest.approx(value_of(moved, {E(squared_norm(h(1))): np.sum(columns**2)}, sigma_w=SIGMA, n=size))


def test_isotropy_fails_where_the_weight_returns():
    """The same patterns, but W Wᵀ v: what the rule refuses is false."""
    matrices, unit = sign_matrices(2), np.array([0.6, 0.8])
    tied = np.mean(np.sum((matrices @ matrices.transpose(0, 2, 1) @ unit) ** 2, axis=1))
    assert tied > 1.2 * SIGMA**4


def test_second_moment_of_symmetric_weights():
    """E‖Wx‖² from the second moments of the entries, which a sum over the column gives for every x."""
    size, x = 4, RNG.standard_normal(4)
    moved = moves.symmetric_second_moment(E(squared_norm(W(2) * h(1)))).doit()
    variance = SIGMA**2 / size * (1 + np.eye(size))  # entries are uncorrelated but W_ij = W_ji
    listed = sum(variance[a, b] * x[b] ** 2 for a in range(size) for b in range(size))
    predicted = value_of(moved, {E(squared_norm(h(1))): np.sum(x**2)}, sigma_w=SIGMA, n=size, i=1)
    assert listed == pytest.approx(predicted)
    assert i not in moved.free_symbols


@pytest.mark.parametrize("degrees, power", [(1, 0.5), (3, 1), (4, 2), (7, 0.3), (8, 0.7j), (3, 1 + 2j)])
def test_chi_square_moment_by_quadrature(degrees, power):
    def part(take):
        return integrate.quad(lambda u: take(u**power) * stats.chi2.pdf(u, degrees), 0, np.inf, limit=400)[0]

    by_numbers = part(np.real) + 1j * part(np.imag)
    moment = moves.chi_square_moment(n, Symbol("p", positive=True)).doit()
    exact = lambdify((n, Symbol("p", positive=True)), moment, modules=[{"gamma": special.gamma}, "numpy"])
    assert exact(degrees, power + 0j) == pytest.approx(by_numbers, rel=1e-6)


def test_gaussian_gain_by_quadrature_in_the_plane():
    """E‖Wx‖^{2p} for 2 x 2 Gaussian W: ‖Wx‖² from the density of two normals, by polar coordinates."""
    power, x = 1.3, np.array([0.5, -1.2])
    deviation = SIGMA / np.sqrt(2) * np.linalg.norm(x)
    by_numbers = integrate.quad(
        lambda r: r ** (2 * power) * r / deviation**2 * np.exp(-((r / deviation) ** 2) / 2), 0, np.inf
    )[0]
    moment = 2**power * special.gamma(1 + power) / special.gamma(1)
    assert by_numbers == pytest.approx((SIGMA**2 / 2) ** power * moment * np.sum(x**2) ** power)


@pytest.mark.parametrize("levels", [0.2, 1.0, 2.5])
def test_markov_on_a_law_of_few_values(levels):
    values, weights = np.array([0.0, 0.5, 1.0, 4.0]), np.array([0.1, 0.4, 0.3, 0.2])
    assert weights[values >= levels].sum() <= (weights * values**2).sum() / levels**2


@pytest.mark.parametrize("a, b", PAIRS)
def test_products_of_norms(a, b):
    upper = bounds.submultiplicativity(norm(W(2) * W(1)))
    lower = bounds.smallest_product(smallest(W(2) * W(1)))
    slack = 1e-12 * norm_of(a) * norm_of(b)
    assert norm_of(a @ b) <= value_of(upper, {norm(W(2)): norm_of(a), norm(W(1)): norm_of(b)}) + slack
    assert (
        smallest_of(a @ b) >= value_of(lower, {smallest(W(2)): smallest_of(a), smallest(W(1)): smallest_of(b)}) - slack
    )
    assert smallest_of(a) <= norm_of(a) + slack
    assert norm_of(a) ** 2 <= np.sum(a**2) * (1 + 1e-12)


@pytest.mark.parametrize("matrix", SQUARE)
@pytest.mark.parametrize("steps", [1, 2, 3, 7, 20])
def test_powers(matrix, steps):
    power = np.linalg.matrix_power(matrix, steps)
    rho, size = radius_of(matrix), len(matrix)
    names = {radius(W_tied): rho, departure(W_tied): departure_of(matrix)}
    schur = value_of(bounds.schur_bound(norm(W_tied**T)), names, n=size, T=steps)
    assert norm_of(power) <= schur * (1 + 1e-9)
    mapped = value_of(bounds.spectral_mapping(radius(W_tied**T)), names, T=steps)
    condition = (
        1e-12 if size < 2 or departure_of(matrix) < 3 else 1e-2
    )  # a Jordan block's eigenvalues are ill-conditioned
    assert radius_of(power) == pytest.approx(mapped, rel=max(condition, 1e-9), abs=1e-12)
    assert radius_of(power) <= norm_of(power) * (1 + 1e-9)


@pytest.mark.parametrize("matrix", SQUARE)
def test_powers_of_symmetric_matrices(matrix):
    symmetric = matrix + matrix.T
    moved = value_of(bounds.symmetric_power(norm(W_tied**T)), {norm(W_tied): norm_of(symmetric)}, T=5)
    assert norm_of(np.linalg.matrix_power(symmetric, 5)) == pytest.approx(moved)


def test_power_of_a_jordan_block_is_not_the_power_of_its_norm():
    assert norm_of(np.linalg.matrix_power(jordan(3), 5)) < 0.5 * norm_of(jordan(3)) ** 5


def test_slopes_and_largest():
    slopes, matrix = np.diag(1 / np.cosh(RNG.standard_normal(4)) ** 2), RNG.standard_normal((4, 4))
    bound = value_of(
        bounds.slope_bound(E(squared_norm(D(2) * W(2) * v))), {E(squared_norm(W(2) * v)): np.sum(matrix**2)}, gamma=1.0
    )
    assert np.sum((slopes @ matrix) ** 2) <= bound
    assert norm_of(slopes) <= 1.0
    assert bounds.largest_bound(gamma * norm(W(3)), 3) == gamma * s
