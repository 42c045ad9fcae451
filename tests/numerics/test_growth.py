"""Depth against time: theorems and draws by second roads, how steps are found, the stored tables, what is refused."""

import json
from math import exp, inf, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import digamma, k1
from scipy.stats import chi2, ks_2samp
from sympy import Integer

from numerics import depth_against_time, ensembles, overflow_gain
from numerics.chain import Chain
from numerics.crossings import thresholds
from numerics.growth import DTYPES, Logarithm, Stored, exact, measured, read, write
from numerics.growth.logarithm import median
from numerics.growth.reach import SeenTrend
from numerics.laws.inversion import inverted
from numerics.spectra import operator_norm
from theory import theorem
from theory.symbols import L, n, sigma_w

STORED = Path(__file__).parents[2] / "docs" / "depth_against_time.json"
GAUSSIAN, SYMMETRIC = ensembles.get("gaussian"), ensembles.get("symmetric")


def holds(found: Logarithm, value: float) -> bool:
    return found.low <= value <= found.high


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


# What theorems give.


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_ends_of_formats_are_numpys(dtype: str) -> None:
    held = np.finfo(dtype)
    assert DTYPES[dtype].largest == pytest.approx(log(float(held.max)), rel=1e-15)
    assert DTYPES[dtype].smallest == pytest.approx(log(float(held.smallest_normal)), rel=1e-15)


def test_bfloat16_has_the_exponents_of_float32_and_eight_digits() -> None:
    """Its largest number is 0x7F7F: 255/128 times 2^127."""
    assert DTYPES["bfloat16"].largest == pytest.approx(log(255 / 128) + 127 * log(2), rel=1e-15)
    assert DTYPES["bfloat16"].smallest == DTYPES["float32"].smallest == -126 * log(2)


@pytest.mark.parametrize("width", [1, 2, 3, 10, 1000])
def test_the_median_of_one_layer_is_that_of_chi_squared(width: int) -> None:
    assert exact.gaussian_median(width, 1) == pytest.approx(log(chi2.ppf(0.5, width) / width), abs=1e-9)


def test_the_median_of_two_layers_of_width_two() -> None:
    """‖Jv‖² is a product of two exponentials: P(XY > m) = 2 sqrt(m) K_1(2 sqrt(m))."""
    m = brentq(lambda m: 2 * sqrt(m) * k1(2 * sqrt(m)) - 0.5, 1e-3, 2, xtol=1e-15)
    assert exact.gaussian_median(2, 2) == pytest.approx(log(m), abs=1e-9)


@pytest.mark.parametrize(("width", "k"), [(1, 5), (3, 7), (8, 40)])
def test_the_median_is_where_the_law_of_the_gain_is_a_half(width: int, k: int) -> None:
    law = inverted(theorem("gain_law").formula, {n: Integer(width), L: Integer(k), sigma_w: Integer(1)})
    assert abs(float(law.cdf(exp(exact.gaussian_median(width, k)))) - 0.5) < law.error


@pytest.mark.parametrize("width", [1, 2, 5, 100])
def test_the_median_lies_above_the_mean_by_less_than_the_slack(width: int) -> None:
    rate = float(digamma(width / 2)) - log(width / 2)
    gaps = [exact.gaussian_median(width, k) - k * rate for k in (1, 2, 3, 10, 100, 1000, 10**5)]
    assert gaps == sorted(gaps) and gaps[0] > 0 and gaps[-1] < exact.SLACK


def test_means() -> None:
    """1 + 2/n² at T = 2: an independent computation; GOE has E‖Wv‖² = 1 + 1/n."""
    table = depth_against_time("gaussian", 10, 1.2, steps=(1, 2), draws=16)
    assert exp(table.rows[1].time.mean.value) == pytest.approx(1.2**4 * (1 + 2 / 100), rel=1e-14)
    assert exp(table.rows[1].depth.mean.value) == pytest.approx(1.2**4, rel=1e-14)
    symmetric = depth_against_time("symmetric", 10, 1.2, steps=(1, 2), draws=16).rows
    assert symmetric[1].time.mean is None and symmetric[0].time.mean == symmetric[0].depth.mean
    assert exp(symmetric[1].depth.mean.value) == pytest.approx(1.2**4 * 1.1**2, rel=1e-14)


def test_orthogonal_weights_know_no_difference() -> None:
    for name in ("haar", "permutation", "signed_permutation"):
        table = depth_against_time(name, 6, 0.8, steps=(3,), tolerance=0.2)
        row = table.rows[0]
        assert row.depth == row.time
        assert [row.time.per_factor(each, 3) for each in ("mean", "norm")] == pytest.approx([0.8, 0.8])
        assert table.horizon.time.value == 8 and 0.8**8 < 0.2 < 0.8**7
        assert table.underflow_step["float64"].time.value == next(
            k for k in range(9999) if k * log(0.8) < -1022 * log(2)
        )
        assert table.overflow_step["float16"].depth.value is None


# What is measured.


def test_fresh_factors_by_a_chain() -> None:
    own, drawn = rng().spawn(1)[0], []
    v = own.standard_normal((5, 4))
    drawn = [SYMMETRIC.draw(own, 5, 4, 4, 1.0) for _ in range(3)]
    found, chain = measured.fresh(SYMMETRIC, 4, (1, 3), 5, rng()), Chain(tuple(drawn))
    unit = v / np.linalg.norm(v, axis=1, keepdims=True)
    assert np.allclose(found.gains[:, 2], 2 * chain.push(unit).log_norm())
    assert np.allclose(found.norms[:, 1], np.log(operator_norm(chain.matrix().unscaled())))
    assert np.allclose(found.factors[:, 1], sum(np.log(operator_norm(W)) for W in drawn))


def test_powers_by_a_chain() -> None:
    own = rng().spawn(1)[0]
    W, v = GAUSSIAN.draw(own, 5, 4, 4, 1.0), own.standard_normal((5, 4))
    found, chain = measured.tied(GAUSSIAN, 4, (1, 6), 6, 5, rng()), Chain((W,) * 6)
    unit = v / np.linalg.norm(v, axis=1, keepdims=True)
    assert np.allclose(found.gains[:, 5], 2 * chain.push(unit).log_norm())
    assert np.allclose(found.norms[:, 1], np.log(operator_norm(chain.matrix().unscaled())))
    assert np.allclose(np.exp(found.radii), np.abs(np.linalg.eigvals(W)).max(axis=1))


def test_more_steps_change_no_earlier_one() -> None:
    few, many = (measured.fresh(GAUSSIAN, 8, steps, 20, rng()) for steps in ((2,), (2, 5)))
    assert np.array_equal(few.gains, many.gains[:, :2]) and np.array_equal(few.norms[:, 0], many.norms[:, 0])


def test_a_scalar_through_time_is_a_power() -> None:
    """At width 1 all of W^k is |w|^k, and the median of |w| is 0.6745."""
    for row in depth_against_time("gaussian", 1, 1.5, steps=(1, 7), draws=400).rows:
        truth = row.k * log(1.5 * 0.6744897501960817)
        assert holds(row.time.typical, 2 * truth)
        assert all(holds(each, truth) for each in (row.time.norm, row.time.radius, row.time.norms))


def test_gaussian_draws_and_theorems_agree() -> None:
    """Fresh factors: the law of the gain, and of one norm; deferred matrices and dense ones through time."""
    logs = measured.fresh(GAUSSIAN, 12, (1, 6), 400, rng())
    for k in range(1, 7):
        assert holds(median(logs.gains[:, k - 1]), exact.gaussian_median(12, k))
    truth = -log(thresholds(["gaussian"], [12])[0].norm.value)
    assert holds(median(logs.norms[:, 0]), truth) and holds(median(logs.factors[:, 0]), truth)
    wide = measured.wide_gaussian(12, (1, 9), 400, rng())
    dense = measured.tied(GAUSSIAN, 12, (1, 9), 9, 400, np.random.default_rng(1))
    for k in (1, 2, 5, 9):
        assert ks_2samp(wide.gains[:, k - 1], dense.gains[:, k - 1]).pvalue > 1e-4
    assert ks_2samp(wide.factors[:, 1], dense.factors[:, 1]).pvalue > 1e-4
    sums = measured.wide_gaussian_norms(12, (1, 6), 400, rng())
    assert ks_2samp(sums[:, 1], logs.factors[:, 1]).pvalue > 1e-4


def test_symmetric_matrices_have_one_norm_through_time() -> None:
    found = measured.tied(SYMMETRIC, 16, (1, 4, 30), 30, 20, rng())
    assert np.allclose(found.norms, found.factors, rtol=1e-10)
    assert np.allclose(found.radii, found.factors[:, 0], rtol=1e-10)


def test_wide_gaussian_weights_are_measured_without_a_matrix() -> None:
    row = depth_against_time("gaussian", 600, 0.9, steps=(1, 8), draws=64).rows[1]
    assert row.depth.norm is row.time.norm is row.time.radius is None
    assert row.time.typical.value == pytest.approx(16 * log(0.9), abs=0.2)
    assert exp(row.depth.norms.value / 8) == pytest.approx(1.8, rel=0.01)


def test_an_interval_by_what_each_draw_may_be_off() -> None:
    assert median(np.zeros(20), np.full(20, 0.5)).high == 0.5 and median(np.full(20, -inf)).value == -inf


# After how many steps.


@pytest.mark.parametrize(("gain", "end"), [(0.5, -3.0), (1.4, 30.0), (1.9, 2.0), (1.24, -9.0), (0.99, -1.4)])
def test_bisection_finds_the_first_step(gain: float, end: float) -> None:
    trend, shift = exact.depth_trend(GAUSSIAN, 3), 2 * log(gain)
    side = 1 if end > 0 else -1
    beyond = (k for k in range(1, 400) if side * (exact.gaussian_median(3, k) + k * shift) > abs(end))
    assert trend.first(shift, end).value == next(beyond, None)


def test_measured_steps_and_their_ends() -> None:
    line = np.arange(1.0, 6.0)
    trend = SeenTrend(line, line - 0.75, line + 0.75, (1.0, 0.5, 2.0), "a rate")
    inside = trend.first(0.0, 2.5)
    assert (inside.value, inside.low, inside.high, inside.how) == (3, 2, 4, "measured")
    beyond = trend.first(0.0, 10.0)  # 5 more at rate 1; 4.25 more at 2, 5.75 more at 0.5
    assert (beyond.value, beyond.low, beyond.high, beyond.how) == (10, 8, 17, "extrapolated")
    assert trend.first(0.0, -1.0).value is None and trend.first(-1.0, 3.0).high is None
    down = SeenTrend(-line, -line - 0.75, -line + 0.75, (-1.0, -2.0, -0.5), "a rate").first(0.0, -10.0)
    assert (down.value, down.low, down.high, down.side) == (10, 8, 17, "below")


def test_gradients_that_end() -> None:
    line = np.array([-1.0, -2.0])
    trend = SeenTrend(line, line, line, (-inf, -inf, -inf), "a rate")
    assert trend.first(0.0, -9.0).low == 3 and trend.first(0.0, -9.0).value is None
    assert "exactly 0" in trend.first(0.0, -9.0).source and trend.first(0.0, 9.0).low is None
    unsure = SeenTrend(line, line, line, (0.0, -inf, 0.5), "a rate").first(0.0, -9.0)  # the radius may be 0
    assert (unsure.value, unsure.low, unsure.high) == (None, 3, None)
    assert depth_against_time("sparse", 2, 1.0, steps=(40,), draws=32).rows[0].depth.typical.value == -inf


def test_steps_of_a_scalar() -> None:
    """|w|^k at width 1: the horizon of the median is exact by hand."""
    table = depth_against_time("gaussian", 1, 0.9, steps=(1,), draws=400, tolerance=0.01)
    by_hand = -log(100) / log(0.9 * 0.6744897501960817)
    assert table.horizon.time.low <= by_hand + 1 and by_hand <= table.horizon.time.high


def test_1019_steps() -> None:
    """float32's largest number is (2 - 2^-23) 2^127; its 1019-th root 1.0910."""
    asked = overflow_gain(1019, "float32", "gaussian", 100)
    assert asked.per_step == pytest.approx(float(np.finfo(np.float32).max) ** (1 / 1019), rel=1e-13)
    assert asked.depth.value == pytest.approx(asked.per_step * 1.00503, abs=2e-5) and asked.depth.theorem == "gain_law"
    assert asked.norm.high < 0.6 < 1.02 < asked.time.low < asked.time.high < asked.depth.value
    told = depth_against_time("gaussian", 100, asked.depth.value * 1.0001, steps=(1,), draws=16)
    assert told.overflow_step["float32"].depth.value <= 1019
    scalar = overflow_gain(50, "float16", "gaussian", 1).time
    assert scalar.low <= 65504 ** (1 / 50) / 0.6744897501960817 <= scalar.high
    assert json.dumps(asked.to_dict()) and "typical rate" in overflow_gain(9, "float16", "uniform", 4).depth.note


# The file.


def test_stored_tables_measured_anew_are_the_same() -> None:
    for table in read(STORED).tables:
        law = ensembles.get(table.ensemble)
        if exact.is_orthogonal(law):
            assert table == depth_against_time(table.ensemble)
            continue
        shift, draws = log(table.sigma_w), table.rows[0].time.typical.draws
        logs = measured.tied(law, table.n, (1, 2), 2, draws, measured.generator(law, table.n, 0, "time"))
        again = median(logs.gains[:, 1]).shifted(4 * shift), median(logs.norms[:, 1]).shifted(2 * shift)
        row = table.rows[1]
        for new, old in zip(again, (row.time.typical, row.time.norm), strict=True):
            assert (new.value, new.low, new.high) == pytest.approx((old.value, old.low, old.high), abs=1e-9)


def test_depth_and_time_part_as_the_theorems_say() -> None:
    """symmetric_weights: in depth below 1 gradients vanish, in time above 1/2 they explode."""
    tables = {table.ensemble: table for table in read(STORED).tables}
    symmetric = tables["symmetric"].horizon
    assert (
        symmetric.depth.side == "below" and symmetric.time.side == "above" and symmetric.time.high < symmetric.depth.low
    )
    assert tables["haar"].horizon.depth == tables["haar"].horizon.time
    last = tables["gaussian"].rows[-1]
    assert last.time.typical.low > last.depth.typical.value  # the radius is above sigma_w
    for table in tables.values():
        for row in table.rows:
            for product in (row.depth, row.time):
                assert product.norm.low <= product.norms.high + 1e-9
                assert product.typical.value <= 2 * product.norm.high


def test_the_norm_of_gaussian_products_is_near_its_wide_limit() -> None:
    """sigma_w^k sqrt((k+1)^(k+1)/k^k), fresh or not (product_edge, transient_hump); from below, as n^(-2/3)."""
    for row in read(STORED).tables[0].rows[:4]:
        limit = row.k * log(0.9) + ((row.k + 1) * log(row.k + 1) - row.k * log(row.k)) / 2
        for product in (row.depth, row.time):
            assert limit - 0.25 < product.norm.value < limit


def test_written_and_read_back(tmp_path: Path) -> None:
    held = read(STORED)
    assert read(write(tmp_path / "own.json", held)) == held
    assert (tmp_path / "own.json").read_bytes() == STORED.read_bytes()
    ended = Stored(0, {}, (depth_against_time("sparse", 2, 1.0, steps=(40,), draws=32),))
    assert read(write(tmp_path / "ended.json", ended)) == ended


def test_a_table_is_plain_data_and_says_itself() -> None:
    table = depth_against_time("haar", 4, 0.5, steps=(1, 2))
    assert json.dumps(table.to_dict(), allow_nan=False) and "sigma_w=0.5" in repr(table) and "0.5000" in repr(table)
    assert len(repr(table).splitlines()) == 5


WRONG = ("", "[]", "{}", '{"seed": 0, "versions": {}, "tables": [1]}', "[" * 10**5)


@pytest.mark.parametrize("text", WRONG)
def test_a_file_that_is_none_is_refused_with_its_remedy(text: str, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text(text)
    with pytest.raises(ValueError, match="remake"):
        read(file)


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ('"value": -0.', '"value": 9.'),
        ('"typical": {', '"typical": null, "x": {'),
        ('"how": "exact"', '"how": 1'),
        ('"n": 100', '"n": -1'),
    ],
)
def test_a_changed_file_is_refused(change: str, to: str, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    whole = STORED.read_text()
    at = whole.index('"ensemble": "low_rank"' if "value" in change else change)
    file.write_text(whole[:at] + whole[at:].replace(change, to))
    with pytest.raises(ValueError, match="remake"):
        read(file)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ensemble": "spike"}, "no theorem gives its mean-square gain"),
        ({"ensemble": "gausian"}, "did you mean gaussian"),
        ({"n": 0}, "n=0"),
        ({"n": 300, "ensemble": "uniform"}, "n=300: ensemble uniform is measured up to width 256"),
        ({"n": 10_001}, "n=10001: ensemble gaussian is measured up to width 10000"),
        ({"n": 300, "steps": (300,)}, "at most 256 steps"),
        ({"sigma_w": 0}, "sigma_w=0"),
        ({"sigma_w": -1}, "sigma_w=-1"),
        ({"sigma_w": float("nan")}, "sigma_w=nan"),
        ({"steps": ()}, "steps=()"),
        ({"steps": (0,)}, "steps=0"),
        ({"steps": (10**6,)}, "from 1 to 4096"),
        ({"tolerance": 0}, "tolerance=0"),
        ({"tolerance": 0.9}, "tolerance=0.9"),
        ({"draws": 3}, "draws=3"),
        ({"draws": 10**9}, "draws=1000000000"),
        ({"seed": -1}, "seed=-1"),
    ],
)
def test_bad_input_is_named(asked: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError) as refused:
        depth_against_time(**asked)
    assert said in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(("asked", "said"), [({"dtype": "float8"}, "float8"), ({"steps": -1}, "steps=-1")])
def test_bad_questions_of_overflow(asked: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        overflow_gain(**asked)
