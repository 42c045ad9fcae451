"""The three thresholds: each by a second road, their limits, the stored table, and what is refused."""

import json
from math import exp, inf, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import digamma

from numerics import ensembles, thresholds
from numerics.crossings import WIDTHS, Threshold, ThresholdRow, judged, measured, read, write
from numerics.crossings import exact as exactly
from numerics.crossings.stored import Stored
from numerics.norms import norm_probability

STORED = Path(__file__).parents[2] / "docs" / "thresholds.json"
GAUSSIAN = ensembles.get("gaussian")


def row(name: str, n: int) -> ThresholdRow:
    return thresholds([name], [n])[0]


def stored(name: str, n: int) -> ThresholdRow:
    return next(each for each in read(STORED).rows if (each.ensemble, each.n) == (name, n))


def holds(threshold: Threshold, value: float) -> bool:
    return threshold.low <= value <= threshold.high


def mean_log(squares: list[float]) -> float:
    """E log Σ a_i z_i², z standard normal: the integral over t of (e^-t - Π (1 + 2 a_i t)^{-1/2})/t."""
    a = np.array(squares)

    def integrand(s: float) -> float:  # t = e^s
        return exp(-exp(s)) - exp(-0.5 * float(np.log1p(2 * a * exp(s)).sum()))

    return quad(integrand, -60, 200, limit=1000, points=[-5, 0, 5])[0]


@pytest.mark.parametrize("n", [4, 16, 64])
def test_gaussian_measured_and_exact_agree(n: int) -> None:
    exact = row("gaussian", n)
    assert holds(measured.norm(GAUSSIAN, n, 0), exact.norm.value)
    assert holds(measured.gaussian_norm(GAUSSIAN, n, 0), exact.norm.value)
    seen = measured.typical(GAUSSIAN, n, exact.mean, 0)
    assert holds(seen, exact.typical.value) and seen.uncertainty < 0.01 / sqrt(n)


def test_gaussian_values_from_outside() -> None:
    """n = 8 typical: an independent computation; n = 1: the median of |z| and E log|z| by hand; n = 2: e^{γ/2}."""
    one, two, eight = (row("gaussian", n) for n in (1, 2, 8))
    assert one.norm.value == pytest.approx(1 / 0.6744897501960817, rel=1e-12)
    assert one.typical.value == pytest.approx(exp((np.euler_gamma + log(2)) / 2), rel=1e-12)
    assert two.typical.value == pytest.approx(exp(np.euler_gamma / 2), rel=1e-14)
    assert eight.typical.value == pytest.approx(1.067253308, abs=5e-10)


def test_the_median_of_the_norm_at_width_two_by_quadrature() -> None:
    """The joint density of the two squared singular values of a 2 x 2 Gaussian matrix, integrated over the square."""
    from scipy.integrate import dblquad

    m = 2 / row("gaussian", 2).norm.value ** 2  # of the larger eigenvalue of n WWᵀ at sigma_w = 1

    def density(y: float, x: float) -> float:  # x > y > 0, with x = u², y = v² to take out the roots at 0
        return (x * x - y * y) * exp(-(x * x + y * y) / 2)

    below = dblquad(density, 0, sqrt(m), 0, lambda u: u)[0]
    whole = dblquad(density, 0, 40, 0, lambda u: u)[0]
    assert below / whole == pytest.approx(0.5, abs=1e-9)


@pytest.mark.parametrize("name", ["haar", "permutation", "signed_permutation"])
def test_orthogonal_weights_have_one_threshold(name: str) -> None:
    found = row(name, 16)
    assert (found.norm.value, found.typical.value, found.mean.value) == (1, 1, 1)
    law = ensembles.get(name)
    seen = measured.norm(law, 16, 0), measured.typical(law, 16, found.mean, 0)
    assert all(each.value == pytest.approx(1, abs=1e-12) for each in seen)


@pytest.mark.parametrize("n", [2, 8, 32])
def test_symmetric_and_prescribed_typical_by_quadrature(n: int) -> None:
    """Wu of a law that rotations keep does not depend on u: a quadratic form of normal numbers."""
    symmetric = mean_log([2 / n] + [1 / n] * (n - 1))
    prescribed = mean_log([(2 * i + 1) / n for i in range(n)]) - log(2) - float(digamma(n / 2))
    assert holds(stored("symmetric", n).typical, exp(-symmetric / 2))
    assert holds(stored("prescribed", n).typical, exp(-prescribed / 2))
    assert mean_log([1 / n] * n) == pytest.approx(log(2 / n) + float(digamma(n / 2)), abs=1e-9)


@pytest.mark.parametrize("n", [2, 8, 32])
def test_low_rank_typical_is_that_of_a_narrow_layer(n: int) -> None:
    low_rank = ensembles.get("low_rank")
    found, r = row("low_rank", n).typical, min(8, n - 1)
    by_hand = sqrt(n * r) / 2 * exp(-float(digamma(n / 2) + digamma(r / 2)) / 2)
    assert found.theorem == "log_gain" and found.value == pytest.approx(by_hand, rel=1e-13)
    assert holds(measured.typical(low_rank, n, exactly.mean(low_rank, n), 0), found.value)


def test_prescribed_norm_is_its_largest_singular_value() -> None:
    for n in (2, 16, 128):
        assert stored("prescribed", n).norm.value == pytest.approx(sqrt(n / (2 * n - 1)), rel=1e-12)


def test_atoms_of_the_norm() -> None:
    """Signs of width 2: ‖W‖ is 1 or √2, each half of the time, and every number between is a median. Sparse ones of
    width 4: the median is an atom, the golden ratio."""
    assert stored("rademacher", 2).norm.low == pytest.approx(sqrt(1 / 2)) and stored("rademacher", 2).norm.high == 1
    assert stored("sparse", 4).norm.value == pytest.approx((sqrt(5) - 1) / 2, rel=1e-12)


def test_the_mean_is_one_but_for_symmetric_weights() -> None:
    means = {name: row(name, 2).mean.value for name in judged() if name != "symmetric"}
    assert set(means.values()) == {1.0} and len(means) >= 11
    assert stored("symmetric", 2).mean.value == pytest.approx(sqrt(2 / 3), rel=1e-15)
    squares = (measured._draw(ensembles.get("symmetric"), 2, np.random.default_rng(0))[:, :, 0] ** 2).sum(axis=1)
    assert squares.mean() == pytest.approx(1.5, abs=4 * squares.std() / sqrt(len(squares)))


def test_as_width_grows_the_three_are_one_half_one_and_one() -> None:
    wide = row("gaussian", 10_000)
    assert abs(wide.norm.value - 0.5) < 1e-3 and wide.norm.low > 0.5
    assert wide.typical.value - 1 == pytest.approx(1 / 20_000, rel=1e-4) and wide.mean.value == 1
    series = [row("gaussian", n) for n in (16, 32, 64)]
    assert [each.norm.value for each in series] == sorted((each.norm.value for each in series), reverse=True)
    for each in series:
        assert each.typical.value == pytest.approx(1 + 1 / (2 * each.n) + 7 / (24 * each.n**2), abs=1 / each.n**3)


def test_a_wide_norm_is_where_the_limit_law_has_its_median() -> None:
    found = row("gaussian", 128).norm
    for end in (found.low, found.high):
        law = norm_probability(128, 1.0, 1 / end)
        assert law.theorem == "norm_fluctuation" and abs(law.value - 0.5) < law.error + 0.05


def test_the_folk_rule_is_wrong_between_the_first_two_everywhere() -> None:
    for each in read(STORED).rows:
        assert each.norm.value <= each.typical.value and each.mean.value <= each.typical.high


def test_narrow_discrete_laws_end_every_gradient() -> None:
    for name in ("rademacher", "rare", "sparse"):
        found = stored(name, 4).typical
        assert found.value == found.uncertainty == inf and "exactly 0" in found.note


def test_rows_are_stored_for_every_ensemble_and_width_and_measured_anew_are_the_same() -> None:
    held = read(STORED)
    assert [(each.ensemble, each.n) for each in held.rows] == [(name, n) for name in judged() for n in WIDTHS]
    cheap = [("gaussian", 32), ("gaussian", 128), ("haar", 8), ("uniform", 16), ("sparse", 4), ("symmetric", 64)]
    for name, n in cheap:
        again = thresholds([name], [n], held.seed)[0]
        for field in ("norm", "typical", "mean"):
            new, old = getattr(again, field), getattr(stored(name, n), field)
            assert (new.theorem, new.draws, new.note) == (old.theorem, old.draws, old.note)
            ends = [(each.value, each.low, each.high) for each in (new, old)]
            assert ends[0] == pytest.approx(ends[1], rel=1e-9)


def test_a_row_depends_on_its_seed_and_name_alone() -> None:
    alone, among = thresholds(["uniform"], [4]), thresholds(["sparse", "uniform"], [2, 4])
    assert alone[0] in among and thresholds(["uniform"], [4], seed=1) != alone


def test_written_and_read_back(tmp_path: Path) -> None:
    held = read(STORED)
    assert read(write(tmp_path / "own.json", held)) == held
    assert (tmp_path / "own.json").read_bytes() == STORED.read_bytes()


def test_plain_data() -> None:
    told = row("gaussian", 8).to_dict()
    assert told["typical"]["theorem"] == "typical_threshold" and json.dumps(told)
    assert repr(row("gaussian", 8).norm) == "0.577027 (theorem norm_law)"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ensembles": ["spike"]}, "no theorem gives its mean-square gain"),
        ({"ensembles": ["complex_gaussian"]}, "no theorem gives its mean-square gain"),
        ({"ensembles": ["gausian"]}, "did you mean gaussian"),
        ({"ensembles": ["gaussian"], "widths": [0]}, "width=0"),
        ({"ensembles": ["gaussian"], "widths": [2.5]}, "width=2.5"),
        ({"ensembles": ["uniform"], "widths": [2, 257]}, "n=257: ensemble uniform is measured up to width 256"),
        ({"ensembles": ["gaussian"], "widths": [10**6 + 1]}, "measured up to width 1000000"),
        ({"ensembles": ["haar"], "seed": -1}, "seed=-1"),
    ],
)
def test_bad_input_is_named(asked: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        thresholds(**asked)


EMPTY = {"seed": 0, "versions": {}, "rows": []}
EXACT = {"value": 1, "theorem": "x"}
WRONG = (
    1,
    {"value": 1},
    {"value": float("nan"), "theorem": "x"},
    {"value": 3, "low": 1, "high": 2, "draws": 5},
    {"value": 1, "low": 1, "high": 2, "draws": 5, "more": 1},
)
ROWS = [{"ensemble": "a", "n": 2, "norm": wrong, "typical": EXACT, "mean": EXACT} for wrong in WRONG]
FILES = [[], {}, EMPTY | {"seed": -1}, *(EMPTY | {"rows": [row]} for row in (1, *ROWS))]


@pytest.mark.parametrize("text", ["", *map(json.dumps, FILES)])
def test_a_file_that_is_none_is_refused_with_its_remedy(text: str, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text(text)
    with pytest.raises(ValueError, match="thresholds --store"):
        read(file)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        write(tmp_path / "none" / "own.json", Stored(0, {}, ()))
