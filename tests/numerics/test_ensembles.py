"""Every declaration of every ensemble is judged; wrong declarations, planted here, are caught by the same checks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from scipy.special import ndtr
from sympy import Integer

from numerics import ensembles
from numerics.ensembles import Ensemble
from numerics.judges.law import design_law, judge_law
from numerics.judges.mean import design_mean, judge_mean
from numerics.spectra import operator_norm
from numerics.verdict import Judgment, rounding
from theory import assumptions as a
from theory.symbols import n

WIDTH, DRAWS, SIGMA = 6, 100_000, 1.7
EIGHTH = 16.0  # bounds Var(X⁴)/(E X⁴)² of all combinations read here: 105/9 - 1 for a normal one

Finding = tuple[str, bool]  # what was looked at, and whether it holds


@dataclass(frozen=True)
class Drawn:
    """An ensemble, and draws of it in units in which an entry has variance 1."""

    ensemble: Ensemble
    x: np.ndarray

    def combined(self, form: np.ndarray) -> np.ndarray:
        return np.tensordot(self.x, form, 2)

    def value(self, declared: object) -> float:
        return float(declared.subs(n, WIDTH))  # type: ignore[attr-defined]


def judged(values: np.ndarray, predicted: float, spread: float, resolution: float) -> Judgment:
    """The mean of the values, in units of max(1, |predicted|); never blind."""
    scale = max(1.0, abs(predicted))
    design = design_mean(spread, resolution, relative=False, limit=len(values))
    assert design.detectable <= resolution, "too few draws: this check could not see"
    return judge_mean(values[: design.draws], predicted, design, scale=scale)


def mean_is(values: np.ndarray, predicted: float, spread: float, resolution: float) -> bool:
    return judged(values, predicted, spread, resolution).outcome == "consistent"


def at_most(values: np.ndarray, bound: float, spread: float, resolution: float) -> bool:
    judgment = judged(values, bound, spread, resolution)
    return judgment.measured - judgment.error <= bound


def vectors(width: int) -> Iterator[np.ndarray]:
    """Coordinate, sparse, flat and random unit vectors; with the first two kinds a quadratic form is known entirely."""
    yield from np.eye(width)
    yield from ((one + two) / np.sqrt(2) for one, two in combinations(np.eye(width), 2))
    yield np.ones(width) / np.sqrt(width)
    yield from (v / np.linalg.norm(v) for v in default_rng(1).standard_normal((3, width)))


def forms(width: int) -> Iterator[np.ndarray]:
    """Unit linear forms of a matrix: one entry, two entries, a rank-one form, dense ones."""
    unit = np.zeros((width, width))
    unit[0, 0] = 1
    yield unit
    unit = np.zeros((width, width))
    unit[0, 1] = unit[1, 0] = np.sqrt(0.5)
    yield unit
    u, v = default_rng(2).standard_normal((2, width))
    for form in (np.outer(u, v), *default_rng(3).standard_normal((2, width, width))):
        yield form / np.linalg.norm(form)


def squared_gains(x: np.ndarray, v: np.ndarray) -> np.ndarray:
    return np.square(x @ v).sum(axis=1) / x.shape[2]


def check_isotropic(drawn: Drawn) -> Iterator[Finding]:
    yield from isotropic("square", drawn.x, 2 * max(drawn.value(drawn.ensemble.gain_spread), 2 / WIDTH))
    for shape in ((3, 5), (5, 3)):
        try:
            weights = drawn.ensemble.draw(default_rng(7), DRAWS, *shape, SIGMA)
        except ValueError:  # a square ensemble says so
            continue
        yield from isotropic(str(shape), weights * np.sqrt(shape[1]) / SIGMA, 1.5)


def isotropic(name: str, x: np.ndarray, spread: float) -> Iterator[Finding]:
    rows, columns = x.shape[1:]
    for v in vectors(columns):
        yield f"E‖Wv‖², {name}", mean_is(squared_gains(x, v), rows / columns, spread, 0.08)
    for u in vectors(rows):
        yield f"E‖Wᵀu‖², {name}", mean_is(squared_gains(x.transpose(0, 2, 1), u) * rows / columns, 1.0, spread, 0.08)


def check_iid(drawn: Drawn) -> Iterator[Finding]:
    excess = drawn.value(drawn.ensemble.kurtosis) - 3
    for form in forms(WIDTH):
        y, fourth = drawn.combined(form), 3 + excess * (form**4).sum()
        yield "E<A,W>", mean_is(y, 0.0, 1.0, 0.05)
        yield "E<A,W>²", mean_is(y**2, 1.0, 4.0, 0.08)
        yield "E<A,W>⁴", mean_is(y**4, fourth, EIGHTH, 0.15)


def check_bi_invariant(drawn: Drawn) -> Iterator[Finding]:
    fourth = drawn.value(drawn.ensemble.kurtosis)
    for u in list(vectors(WIDTH))[::4]:
        for v in list(vectors(WIDTH))[::5]:
            y = drawn.combined(np.outer(u, v))
            yield "E uᵀWv", mean_is(y, 0.0, 1.0, 0.05)
            yield "E (uᵀWv)²", mean_is(y**2, 1.0, 4.0, 0.08)
            yield "E (uᵀWv)⁴", mean_is(y**4, fourth, EIGHTH, 0.15)


def check_gaussian(drawn: Drawn) -> Iterator[Finding]:
    """Every linear form is normal: by Cramér and Wold that is the law."""
    for form in forms(WIDTH):
        yield "law of <A,W>", is_normal(drawn.combined(form))


def check_goe(drawn: Drawn) -> Iterator[Finding]:
    for form in forms(WIDTH):
        deviation = np.sqrt(2) * np.linalg.norm(form + form.T) / 2
        yield "law of <A,W>", is_normal(drawn.combined(form) / deviation)


def is_normal(values: np.ndarray) -> bool:
    design = design_law(0.02, limit=len(values))
    return judge_law(values[: design.draws], ndtr, design).outcome == "consistent"


def check_orthogonal(drawn: Drawn) -> Iterator[Finding]:
    gram = drawn.x.transpose(0, 2, 1) @ drawn.x / WIDTH
    yield "WᵀW = sigma_w² I", bool(np.abs(gram - np.eye(WIDTH)).max() <= rounding(1.0))


def check_haar(drawn: Drawn) -> Iterator[Finding]:
    """Orthogonal and bi-invariant: no other law is both."""
    yield from check_orthogonal(drawn)
    yield from check_bi_invariant(drawn)


def check_symmetric(drawn: Drawn) -> Iterator[Finding]:
    yield "W = Wᵀ", bool((drawn.x == drawn.x.transpose(0, 2, 1)).all())


def check_invariant_symmetric(drawn: Drawn) -> Iterator[Finding]:
    first = drawn.x[:, 0, 0]
    for u in vectors(WIDTH):
        y = drawn.combined(np.outer(u, u))
        yield "E (uᵀWu)² = E W_11²", mean_is(y**2 - first**2, 0.0, 32.0, 0.25)
        yield "E (uᵀWu)⁴ = E W_11⁴", mean_is((y**4 - first**4) / 12, 0.0, 4 * EIGHTH, 0.35)


def check_fourth_moment(drawn: Drawn) -> Iterator[Finding]:
    declared = drawn.value(drawn.ensemble.kurtosis)
    square = drawn.x**2
    for index in ((0, 0), (0, 1), (4, 2)):
        second = 2.0 if a.GOE in drawn.ensemble.satisfies and index == (0, 0) else 1.0
        entry = square[:, *index] / second
        yield "E w²", mean_is(entry, 1.0, max(declared - 1, 0.0), 0.08)
        yield "kurtosis", mean_is(entry**2, declared, EIGHTH, 0.15)


CHECKS: dict[a.Assumption, Callable[[Drawn], Iterator[Finding]]] = {
    a.ISOTROPIC: check_isotropic,
    a.IID: check_iid,
    a.BI_INVARIANT: check_bi_invariant,
    a.GAUSSIAN: check_gaussian,
    a.GOE: check_goe,
    a.ORTHOGONAL: check_orthogonal,
    a.HAAR: check_haar,
    a.SYMMETRIC: check_symmetric,
    a.INVARIANT_SYMMETRIC: check_invariant_symmetric,
    a.FOURTH_MOMENT: check_fourth_moment,
}


def check_gain_spread(drawn: Drawn) -> Iterator[Finding]:
    """E‖Wv‖² is known exactly where W is isotropic; GOE misses it by 1 + 1/n."""
    bound = 1 + drawn.value(drawn.ensemble.gain_spread)
    mean = 1 + 1 / WIDTH if a.GOE in drawn.ensemble.satisfies else 1.0
    for x in (drawn.x, drawn.x.transpose(0, 2, 1)):
        for v in list(vectors(WIDTH))[::2]:
            yield "gain_spread", at_most((squared_gains(x, v) / mean) ** 2, bound, EIGHTH, 0.15)


def check_concentration(drawn: Drawn) -> Iterator[Finding]:
    if drawn.ensemble.concentration is None:
        return
    bound = drawn.value(drawn.ensemble.concentration)
    convex = [norm(drawn.x) for norm in (operator_norm, frobenius, longest_row)]
    for values in (*convex, *map(drawn.combined, forms(WIDTH))):
        yield "concentration", at_most((values[::2] - values[1::2]) ** 2 / 2, bound, 8.0, 0.15)


def frobenius(x: np.ndarray) -> np.ndarray:
    return np.linalg.norm(x, axis=(1, 2))


def longest_row(x: np.ndarray) -> np.ndarray:
    return np.linalg.norm(x, axis=2).max(axis=1)


def failures(ensemble: Ensemble, only: str | None = None) -> set[str]:
    """The names of the declarations that do not hold, of all or of one."""
    weights = ensemble.draw(default_rng(0), DRAWS, WIDTH, WIDTH, SIGMA)
    drawn = Drawn(ensemble, weights * (np.sqrt(WIDTH) / SIGMA))
    checks = {assumption.name: CHECKS[assumption] for assumption in a.closure(ensemble.satisfies)}
    checks |= {"moments": check_fourth_moment, "gain_spread": check_gain_spread, "concentration": check_concentration}
    looked_at = {only: checks[only]} if only else checks
    return {name for name, check in looked_at.items() if not all(holds for _, holds in check(drawn))}


@pytest.mark.parametrize("name", ensembles.names())
def test_each_declaration_holds(name: str) -> None:
    assert failures(ensembles.get(name)) == set()


def unsigned_haar(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    return sigma_w * np.linalg.qr(rng.standard_normal((draws, n_out, n_in)))[0]


def flat_goe(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    weights = ensembles.get("symmetric").draw(rng, draws, n_out, n_in, sigma_w)
    weights[:, range(n_in), range(n_in)] /= np.sqrt(2)
    return weights


def fan_out(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    return sigma_w / np.sqrt(n_out) * rng.standard_normal((draws, n_out, n_in))


def louder(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    return ensembles.get("gaussian").draw(rng, draws, n_out, n_in, np.sqrt(1.1) * sigma_w)


def declared(name: str, **changes: object) -> Ensemble:
    return replace(ensembles.get(name), **changes)  # type: ignore[arg-type]


def claiming(name: str, *satisfies: a.Assumption) -> Ensemble:
    return declared(name, satisfies=frozenset(satisfies))


WRONG = {
    "variance 10 % too large": (declared("gaussian", draw=louder), "ISOTROPIC"),
    "variance over n_out": (declared("gaussian", draw=fan_out), "ISOTROPIC"),
    "kurtosis too small": (declared("gaussian", kurtosis=Integer(2)), "moments"),
    "kurtosis too large": (declared("uniform", kurtosis=Integer(3)), "moments"),
    "gain_spread without the kurtosis": (declared("sparse", gain_spread=2 / n), "gain_spread"),
    "gain_spread of an isometry": (declared("gaussian", gain_spread=Integer(0)), "gain_spread"),
    "concentration of independent entries": (declared("symmetric", concentration=Integer(1)), "concentration"),
    "concentration halved": (declared("gaussian", concentration=Integer(1) / 2), "concentration"),
    "Haar without the signs": (declared("haar", draw=unsigned_haar), "HAAR"),
    "permutations as Haar": (claiming("signed_permutation", a.HAAR), "BI_INVARIANT"),
    "signs as bi-invariant": (claiming("rademacher", a.BI_INVARIANT), "BI_INVARIANT"),
    "uniform as Gaussian": (claiming("uniform", a.GAUSSIAN), "GAUSSIAN"),
    "Haar as independent": (claiming("haar", a.IID), "IID"),
    "Gaussian as orthogonal": (claiming("gaussian", a.ORTHOGONAL), "ORTHOGONAL"),
    "Gaussian as symmetric": (claiming("gaussian", a.SYMMETRIC), "SYMMETRIC"),
    "GOE as isotropic": (claiming("symmetric", a.ISOTROPIC), "ISOTROPIC"),
    "GOE with a quiet diagonal": (declared("symmetric", draw=flat_goe), "GOE"),
    "quiet diagonal as invariant": (declared("symmetric", draw=flat_goe), "INVARIANT_SYMMETRIC"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_declaration_is_caught(case: str) -> None:
    ensemble, name = WRONG[case]
    assert failures(ensemble, only=name) == {name}


@pytest.mark.parametrize("name", ensembles.names())
def test_draws_have_their_shape_and_scale_with_sigma_w(name: str) -> None:
    ensemble = ensembles.get(name)
    one, three = (ensemble.draw(default_rng(5), 4, WIDTH, WIDTH, sigma_w) for sigma_w in (1.0, 3.0))
    assert one.shape == (4, WIDTH, WIDTH) and one.dtype == np.float64
    np.testing.assert_allclose(three, 3 * one, rtol=1e-14)
    assert not ensemble.draw(default_rng(5), 4, WIDTH, WIDTH, 0.0).any()


@pytest.mark.parametrize(("n_out", "n_in"), [(3, 5), (5, 3), (1, 4), (4, 1), (1, 1)])
def test_rectangular_haar_is_exact(n_out: int, n_in: int) -> None:
    x = ensembles.get("haar").draw(default_rng(0), 50, n_out, n_in, SIGMA)
    across = x.transpose(0, 2, 1)
    gram, size = (across @ x, SIGMA**2 * n_out / n_in) if n_out >= n_in else (x @ across, SIGMA**2)
    assert np.abs(gram - size * np.eye(min(n_out, n_in))).max() <= rounding(size)


@pytest.mark.parametrize("name", ["symmetric", "signed_permutation"])
def test_square_ensembles_refuse_rectangles(name: str) -> None:
    with pytest.raises(ValueError, match=rf"ensemble {name}: W is 3 x 5.*pass equal widths"):
        ensembles.get(name).draw(default_rng(0), 2, 3, 5, 1.0)


@pytest.mark.parametrize("name", ensembles.names())
@pytest.mark.parametrize(
    ("shape", "sigma_w", "message"),
    [
        ((4, 4), -1, "sigma_w=-1: a standard deviation cannot be negative; pass sigma_w >= 0"),
        ((4, 4), float("nan"), "sigma_w=nan: a standard deviation is a finite number"),
        ((4, 4), float("inf"), "sigma_w=inf: a standard deviation is a finite number"),
        ((4, 4), "1", "sigma_w=1: a standard deviation is a finite number"),
        ((0, 4), 1.0, "n_out=0: a width or a count is a whole number; pass n_out >= 1"),
        ((4, 0), 1.0, "n_in=0: a width or a count is a whole number; pass n_in >= 1"),
        ((4, 2.5), 1.0, "n_in=2.5: a width or a count is a whole number"),
        ((True, 4), 1.0, "n_out=True: a width or a count is a whole number"),
    ],
)
def test_bad_input_names_value_place_and_remedy(
    name: str, shape: tuple[int, int], sigma_w: float, message: str
) -> None:
    with pytest.raises(ValueError) as caught:
        ensembles.get(name).draw(default_rng(0), 2, *shape, sigma_w)
    assert str(caught.value).startswith(message)


def test_names_are_the_files_and_an_unknown_one_is_answered_with_the_nearest() -> None:
    assert {"gaussian", "uniform", "rademacher", "haar", "symmetric", "sparse"} <= set(ensembles.names())
    assert all(ensembles.get(name).name == name for name in ensembles.names())
    with pytest.raises(ValueError, match=r"ensemble='gausian'.*did you mean gaussian\?"):
        ensembles.get("gausian")
    with pytest.raises(ValueError, match="no such file"):
        ensembles.get("../chain")
