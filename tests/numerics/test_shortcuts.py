"""The shortcuts are equal in law to dense draws, judged by verdicts; and to laws in closed form."""

from itertools import pairwise
from math import log, sqrt

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import polygamma
from scipy.stats import chi2, norm

from numerics import ensembles, shortcuts, spectra
from numerics.chain import Chain
from numerics.judges.law import design_law, halfwidth, judge_law
from numerics.judges.mean import design_mean, judge_mean
from numerics.judges.samples import judge_samples
from numerics.shortcuts.chi_model import _largest, _smallest, leading_block
from numerics.verdict import ALPHA

DENSE = ensembles.get("gaussian").draw
SEEDS = st.integers(0, 2**32 - 1)  # of what must hold for every draw: no statistics


def rngs(seed: int) -> tuple[np.random.Generator, np.random.Generator]:
    return tuple(map(np.random.default_rng, np.random.SeedSequence(seed).spawn(2)))  # type: ignore[return-value]


def dense_chain(rng: np.random.Generator, draws: int, widths: tuple[int, ...], sigma_w: float) -> Chain:
    return Chain(tuple(DENSE(rng, draws, b, a, sigma_w) for a, b in pairwise(widths)))


@pytest.mark.parametrize("widths", [(4, 4, 4), (3, 8, 2), (1, 1, 1, 1), (6, 2, 9, 4)])
def test_gains_are_those_of_dense_draws(widths: tuple[int, ...]) -> None:
    one, two = rngs(len(widths))
    dense = 2 * dense_chain(one, 40_000, widths, 0.9).push(np.eye(widths[0])[:1]).log_norm()
    assert judge_samples(dense, shortcuts.log_gains(two, 400_000, widths, 0.9)).outcome == "consistent"


def test_gains_of_one_layer_are_chi_squared() -> None:
    design = design_law()
    drawn = shortcuts.log_gains(np.random.default_rng(0), design.draws, (5, 7), 0.8)
    assert judge_law(np.exp(drawn) * 5 / 0.64, chi2(7).cdf, design).outcome == "consistent"
    wrong = shortcuts.log_gains(np.random.default_rng(0), design.draws, (7, 5), 0.8)  # the widths turned about
    assert judge_law(np.exp(wrong) * 7 / 0.64, chi2(7).cdf, design).outcome == "refuted"


def test_gains_of_two_layers_of_four_at_one() -> None:
    """P(‖Jv‖² <= 1) = 0.661052613568 at n = 4, L = 2, sigma_w = 1, from an independent computation."""
    below = shortcuts.log_gains(np.random.default_rng(1), 10**6, (4, 4, 4)) <= 0
    assert abs(below.mean() - 0.661052613568) <= halfwidth(10**6, ALPHA)


def test_gains_of_deep_networks_have_the_mean_and_variance_of_their_logarithm() -> None:
    """n = 8, L = 20: mean -2.6035, variance 5.676, from an independent computation; and no depth overflows."""
    variance = 20 * float(polygamma(1, 4))
    assert abs(variance - 5.676) < 5e-4
    design = design_mean(variance, 0.02, relative=False)
    drawn = shortcuts.log_gains(np.random.default_rng(2), design.draws, (8,) * 21)
    assert judge_mean(drawn, -2.60355, design, scale=1.0).outcome == "consistent"
    deep = shortcuts.log_gains(np.random.default_rng(3), 4, (100,) * 100_001, 10.0)
    expected = 100_000 * (log(2) + float(polygamma(0, 50)))
    assert np.abs(deep - expected).max() < 8 * sqrt(100_000 * float(polygamma(1, 50)))


@pytest.mark.parametrize("p", [1, 2, -0.7, 1.5])
def test_full_tilt_has_no_variance(p: float) -> None:
    for widths in ((8,) * 41, (3, 5, 2), (10,) * 2000):
        gains = shortcuts.tilted_log_gains(np.random.default_rng(0), 50, widths, 1.1, tilt=p)
        moment = shortcuts.log_moment(widths, 1.1, p)
        assert np.abs(p * gains.log_gain + gains.log_weight - moment).max() <= 1e-12 * (1 + abs(p) * len(widths))


def test_the_fourth_moment_at_n_8_and_depth_40_is_7523() -> None:
    """E‖Jv‖⁴ = (1 + 2/n)^L: by the full tilt exactly, while naive Monte Carlo reads several times low."""
    gains = shortcuts.tilted_log_gains(np.random.default_rng(0), 10, (8,) * 41, tilt=2.0)
    assert np.abs(np.exp(2 * gains.log_gain + gains.log_weight) / (1.25**40) - 1).max() < 1e-11
    naive = [np.exp(2 * shortcuts.log_gains(np.random.default_rng(k), 100_000, (8,) * 41)).mean() for k in range(5)]
    assert np.median(naive) < 1.25**40 / 2


@pytest.mark.parametrize(("tilt", "p"), [(0.0, 1.0), (0.5, 1.0), (1.5, 2.0), (2.5, 2.0), (-0.5, 0.3)])
def test_partial_tilts_are_unbiased(tilt: float, p: float) -> None:
    """E_Q of the square of the estimator is E‖Jv‖^{2(2p-tilt)} E‖Jv‖^{2 tilt}: its variance is known exactly."""
    widths, moment = (6, 5, 7, 4), shortcuts.log_moment
    square = moment(widths, 1.2, 2 * p - tilt) + moment(widths, 1.2, tilt)
    design = design_mean(float(np.expm1(square - 2 * moment(widths, 1.2, p))), 0.02)
    gains = shortcuts.tilted_log_gains(np.random.default_rng(5), design.draws, widths, 1.2, tilt=tilt)
    estimates = np.exp(p * gains.log_gain + gains.log_weight - moment(widths, 1.2, p))
    assert judge_mean(estimates, 1.0, design).outcome == "consistent"


def test_tilted_draws_follow_the_tilted_law() -> None:
    design = design_law()
    gains = shortcuts.tilted_log_gains(np.random.default_rng(6), design.draws, (3, 4), tilt=1.5)
    assert judge_law(3 * np.exp(gains.log_gain), chi2(7).cdf, design).outcome == "consistent"


@given(st.integers(1, 2000), st.lists(st.integers(1, 9), min_size=2, max_size=6), SEEDS)
def test_blocks_change_no_draw(draws: int, widths: list[int], seed: int) -> None:
    whole = shortcuts.log_gains(np.random.default_rng(seed), draws, widths)
    rng = np.random.default_rng(seed)
    layers = [np.log(rng.chisquare(n, draws)) - log(m) for m, n in pairwise(widths)]
    assert np.abs(whole - np.sum(layers, axis=0)).max() < 1e-12 * len(widths) * 10


@pytest.mark.parametrize(("n_out", "n_in"), [(4, 4), (6, 3), (3, 6)])
def test_bartlett_factors_are_those_of_dense_draws(n_out: int, n_in: int) -> None:
    design = design_law(0.02)
    factors = shortcuts.bartlett_factor(np.random.default_rng(n_out), design.draws, n_out, n_in, 0.7)
    unit = factors * sqrt(n_in) / 0.7
    for i in range(min(n_out, n_in)):
        assert judge_law(unit[:, i, i] ** 2, chi2(n_out - i).cdf, design).outcome == "consistent"
    assert judge_law(unit[:, 0, n_in - 1], norm.cdf, design).outcome == "consistent"
    dense = DENSE(np.random.default_rng(99), 40_000, n_out, n_in, 0.7)
    triangle = np.linalg.qr(dense, mode="r")
    turned = np.sign(np.diagonal(triangle, axis1=1, axis2=2))[:, :, None] * triangle
    for statistic in (lambda r: r.sum(axis=(1, 2)), lambda r: np.linalg.norm(r, 2, axis=(1, 2))):  # joint laws
        assert judge_samples(statistic(turned), statistic(factors)).outcome == "consistent"


def test_products_of_bartlett_factors_have_the_singular_values_of_dense_products() -> None:
    widths = (3, 5, 4, 4)
    one, two = rngs(7)
    pairs = list(pairwise(widths))
    triangles, rank = [], widths[0]
    for n_in, n_out in pairs:  # W Q is Gaussian again, of as many columns as Q has
        whole = shortcuts.bartlett_factor(two, 30_000, n_out, rank, 1.1) * sqrt(rank / n_in)
        triangles.append(whole)
        rank = min(rank, n_out)
    dense = spectra.log_singular_values(dense_chain(one, 30_000, widths, 1.1)).value
    short = spectra.log_singular_values(triangles).value
    for i in range(3):
        assert judge_samples(dense[:, i], short[:, i], 0.07).outcome == "consistent"


def test_log_diagonals_give_the_exponents_of_dense_products() -> None:
    """n = 5: Newman's exponents, from an independent computation."""
    logs = shortcuts.log_diagonals(np.random.default_rng(8), 500, (5,) * 201)
    truth = [-0.10656705, -0.24675320, -0.43990038, -0.74675320, -1.43990038]
    for i, exponent in enumerate(truth):
        variance = float(polygamma(1, (5 - i) / 2)) / 4
        design = design_mean(variance, 0.05, relative=False, limit=100_000)
        assert judge_mean(logs[:, :, i].ravel()[: design.draws], exponent, design, scale=1.0).outcome == "consistent"
    widths = (3, 6, 2, 4)
    one, two = rngs(9)
    dense = spectra.lyapunov_spectrum(dense_chain(one, 30_000, widths, 0.8)).exponents.sum(axis=1)
    short = shortcuts.log_diagonals(two, 200_000, widths, 0.8).mean(axis=1).sum(axis=1)
    assert judge_samples(dense, short, 0.06).outcome == "consistent"


@pytest.mark.parametrize(
    ("n_out", "n_in", "draws", "resolution"),
    [(4, 4, 40_000, 0.05), (5, 9, 40_000, 0.05), (9, 5, 40_000, 0.05), (1, 3, 40_000, 0.05), (32, 32, 6000, 0.11)],
)
def test_norms_are_those_of_dense_draws(n_out: int, n_in: int, draws: int, resolution: float) -> None:
    one, two = rngs(n_out)
    dense = np.linalg.svd(DENSE(one, draws, n_out, n_in, 0.7), compute_uv=False)
    norms = shortcuts.operator_norms(two, 3 * draws, n_out, n_in, 0.7)
    assert judge_samples(dense[:, 0], norms, resolution).outcome == "consistent"
    values = shortcuts.singular_values(two, 3 * draws, n_out, n_in, 0.7)
    for i in {0, min(n_out, n_in) // 2, min(n_out, n_in) - 1}:
        assert judge_samples(dense[:, i], values[:, i], resolution).outcome == "consistent"
    least = shortcuts.smallest_singular_values(two, 3 * draws, n_out, n_in, 0.7)
    found = spectra.smallest_singular_value(DENSE(one, draws, n_out, n_in, 0.7))
    assert judge_samples(found, least, resolution).outcome == "consistent"


@pytest.mark.slow
@pytest.mark.parametrize(("n_out", "n_in", "draws"), [(100, 100, 3000), (200, 200, 1600), (200, 50, 3000)])
def test_norms_are_those_of_large_dense_draws(n_out: int, n_in: int, draws: int) -> None:
    """The leading block alone, and the judge sees a Kolmogorov distance of 0.15."""
    one, two = rngs(n_out + n_in)
    assert leading_block(n_out, n_in) < min(n_out, n_in) or n_in == 50
    dense = np.concatenate([spectra.operator_norm(DENSE(one, 100, n_out, n_in, 1.0)) for _ in range(draws // 100)])
    assert judge_samples(dense, shortcuts.operator_norms(two, 50_000, n_out, n_in), 0.16).outcome == "consistent"
    wrong = shortcuts.operator_norms(two, 50_000, n_out, n_in, 1.02)
    assert judge_samples(dense, wrong, 0.16).outcome == "refuted"


@pytest.mark.parametrize(("n", "sigma_w", "probability"), [(2, 0.5, 0.935041000477), (5, 0.6, 0.572770837539)])
def test_norms_below_one_as_often_as_the_exact_law_says(n: int, sigma_w: float, probability: float) -> None:
    """Chiani 2014; the two values from an independent computation."""
    below = shortcuts.operator_norms(np.random.default_rng(n), 200_000, n, n, sigma_w) <= 1
    assert abs(below.mean() - probability) <= halfwidth(200_000, ALPHA)


@pytest.mark.parametrize(("n_out", "n_in"), [(60, 60), (1000, 1000), (10**6, 10**6), (300, 3000), (10**6, 1000)])
def test_twice_the_leading_block_changes_no_norm(n_out: int, n_in: int) -> None:
    rows = leading_block(n_out, n_in)
    twice = 2 * rows
    diagonal, below = shortcuts.bidiagonal(np.random.default_rng(0), 60, n_out, n_in, twice)
    for d, b in zip(diagonal, below, strict=True):
        whole, part = (_largest(d[:k], b[: k - 1]) for k in (len(d), rows))
        assert abs(whole - part) <= 1e-12 * whole


@given(SEEDS, st.integers(1, 40), st.integers(1, 40))
def test_singular_values_of_a_drawn_bidiagonal_matrix(seed: int, n_out: int, n_in: int) -> None:
    rng = np.random.default_rng
    diagonal, below = shortcuts.bidiagonal(rng(seed), 2, n_out, n_in)
    dense = np.array([np.diag(d) + np.diag(b, -1) for d, b in zip(diagonal, below, strict=True)]) / sqrt(n_in)
    plain, rounding = np.linalg.svd(dense, compute_uv=False), 1e-13 * sqrt(n_out + n_in)
    assert np.abs(shortcuts.singular_values(rng(seed), 2, n_out, n_in) - plain).max() < rounding
    if n_out >= n_in:
        assert np.abs(shortcuts.smallest_singular_values(rng(seed), 2, n_out, n_in) - plain[:, -1]).max() < rounding
    if leading_block(n_out, n_in) == min(n_out, n_in):
        assert np.abs(shortcuts.operator_norms(rng(seed), 2, n_out, n_in) - plain[:, 0]).max() < rounding


def test_the_smallest_singular_value_keeps_its_relative_digits() -> None:
    """Against mpmath at 60 digits, on a bidiagonal matrix whose singular values span fifteen orders of magnitude."""
    rng = np.random.default_rng(0)
    diagonal, below = 10.0 ** rng.uniform(-4, 4, 12), 10.0 ** rng.uniform(-4, 4, 11)
    with mpmath.workdps(60):
        exact = mpmath.svd_r(mpmath.matrix((np.diag(diagonal) + np.diag(below, -1)).tolist()), compute_uv=False)
        assert abs(_smallest(diagonal, below) / min(exact) - 1) < 1e-13


@given(SEEDS, st.sampled_from([1e-150, 0.5, 1e150]))
def test_sigma_w_is_a_scale(seed: int, sigma_w: float) -> None:
    rng = np.random.default_rng
    for draw in (shortcuts.operator_norms, shortcuts.singular_values, shortcuts.smallest_singular_values):
        assert np.allclose(draw(rng(seed), 2, 6, 4, sigma_w), sigma_w * draw(rng(seed), 2, 6, 4), rtol=1e-14)
    for draw in (shortcuts.log_gains, shortcuts.log_diagonals):
        shift = (draw(rng(seed), 2, (4, 6), sigma_w) - draw(rng(seed), 2, (4, 6))) / log(sigma_w)
        assert np.allclose(shift, 2.0 if draw is shortcuts.log_gains else 1.0, rtol=1e-13)


@pytest.mark.parametrize("draw", [shortcuts.operator_norms, shortcuts.smallest_singular_values])
def test_many_draws_are_made_in_blocks_of_bounded_memory(draw, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng
    first = draw(rng(0), 7, 6, 6)
    monkeypatch.setattr("numerics.shortcuts.chi_model.BLOCK", 45)  # rows: seven draws at a time
    found = draw(rng(0), 30, 6, 6)
    assert found.shape == (30,) and (found[:7] == first).all() and len(set(found)) == 30


def test_zero_sigma_w() -> None:
    rng = np.random.default_rng(0)
    assert (shortcuts.log_gains(rng, 3, (4, 4), 0.0) == -np.inf).all()
    assert not shortcuts.operator_norms(rng, 3, 4, 4, 0.0).any()


BAD = {
    r"widths=\(4,\): a network has an input and at least one layer": lambda rng: shortcuts.log_gains(rng, 1, (4,)),
    r"widths\[1\]=0: a width or a count is a whole number": lambda rng: shortcuts.log_diagonals(rng, 1, (4, 0)),
    r"sigma_w=-1: a standard deviation cannot be negative": lambda rng: shortcuts.operator_norms(rng, 1, 4, 4, -1),
    r"n_out=-3: a width or a count": lambda rng: shortcuts.operator_norms(rng, 1, -3, 4),
    r"widths=5: a network has a width a layer": lambda rng: shortcuts.log_gains(rng, 1, 5),
    r"widths=4,8: a network has a width a layer": lambda rng: shortcuts.log_gains(rng, 1, "4,8"),
    r"n=1000000000: a draw holds 1000000000 rows": lambda rng: shortcuts.smallest_singular_values(rng, 1, 10**9, 10**9),
    r"draws=0: a width or a count": lambda rng: shortcuts.singular_values(rng, 0, 4, 4),
    r"n_in=2.5: a width or a count": lambda rng: shortcuts.bartlett_factor(rng, 1, 4, 2.5),
    r"n_out=nan: a width or a count": lambda rng: shortcuts.smallest_singular_values(rng, 1, float("nan"), 4),
    r"tilt=-2.0: E‖Jv‖\^\(2 tilt\) is infinite or none; pass tilt > -2.0": lambda rng: shortcuts.tilted_log_gains(
        rng, 1, (8, 4), tilt=-2.0
    ),
    r"sigma_w=0: every gain is 0": lambda rng: shortcuts.tilted_log_gains(rng, 1, (4, 4), 0, tilt=1),
    r"sigma_w=-2: a standard deviation": lambda rng: shortcuts.tilted_log_gains(rng, 1, (4, 4), -2, tilt=1),
    r"block=0: a width or a count": lambda rng: shortcuts.bidiagonal(rng, 1, 4, 4, 0),
}


@pytest.mark.parametrize("message", BAD)
def test_bad_input_is_named(message: str) -> None:
    with pytest.raises(ValueError, match=message):
        BAD[message](np.random.default_rng(0))
