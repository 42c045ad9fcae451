"""The checks of what an ensemble declares: one function for the real ensembles and for the planted wrong ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from numpy.random import default_rng
from scipy import stats
from scipy.special import ndtr
from sympy import oo

from numerics.ensembles import Ensemble
from numerics.judges.law import design_law, judge_law
from numerics.judges.mean import design_mean, judge_mean
from numerics.verdict import Judgment, rounding
from theory import assumptions as a
from theory.symbols import n, n_in, n_out

WIDTH, DRAWS, SIGMA = 6, 100_000, 1.7
EIGHTH = 16.0  # bounds Var(X⁴)/(E X⁴)² of all combinations read here: 105/9 - 1 for a normal one
PRODUCT_EIGHTH = 36.0  # of a product of rank 5: 105 E(chi²_5/5)⁴/(3 (1 + 2/5))² - 1 = 32
CHARACTERISTIC = {"student_t": lambda t: (1 + np.abs(t)) * np.exp(-np.abs(t))}  # of an entry without fourth moment
LAWS = {"student_t": lambda x: stats.t(3).cdf(np.sqrt(3) * x)}

Finding = tuple[str, bool]  # what was looked at, and whether it holds


@dataclass(frozen=True)
class Drawn:
    """An ensemble, and draws of it in units in which an entry has variance 1."""

    ensemble: Ensemble
    x: np.ndarray

    def combined(self, form: np.ndarray) -> np.ndarray:
        return np.tensordot(self.x, form, 2)

    def value(self, declared: object) -> float:
        return float(declared.subs({n: WIDTH, n_in: WIDTH, n_out: WIDTH}))  # type: ignore[attr-defined]

    @property
    def heavy(self) -> bool:
        """Whether there is no fourth moment: then entries are judged by their law, not by their moments."""
        return self.ensemble.kurtosis == oo

    @property
    def eighth(self) -> float:
        return PRODUCT_EIGHTH if self.ensemble.name == "low_rank" else EIGHTH


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
    entry, pair = np.zeros((2, width, width))
    entry[0, 0] = pair[0, 1] = pair[1, 0] = 1
    u, v = default_rng(2).standard_normal((2, width))
    for form in (entry, pair, np.outer(u, v), *default_rng(3).standard_normal((2, width, width))):
        yield form / np.linalg.norm(form)


def squared_gains(x: np.ndarray, v: np.ndarray) -> np.ndarray:
    return np.square(np.abs(x @ v)).sum(axis=1) / x.shape[2]


def check_law(drawn: Drawn, shape: tuple[int, int]) -> Iterator[Finding]:
    """E cos<A,W> of independent entries is the product of their characteristic functions: no moment is needed."""
    f = CHARACTERISTIC[drawn.ensemble.name]
    weights = drawn.ensemble.draw(default_rng(7), DRAWS, *shape, SIGMA) * np.sqrt(shape[1]) / SIGMA
    for scale in (0.7, 2.0):
        for form in rectangular_forms(*shape):
            values = np.cos(scale * np.tensordot(weights, form, 2))
            yield f"law of <A,W>, {shape}", mean_is(values, float(np.prod(f(scale * form))), 1.0, 0.05)


def rectangular_forms(rows: int, columns: int) -> Iterator[np.ndarray]:
    entry, row, column, dense = np.zeros((4, rows, columns))
    entry[-1, -1] = row[0, :2] = column[:2, 0] = 1
    dense[:] = default_rng(3).standard_normal((rows, columns))
    yield from (form / np.linalg.norm(form) for form in (entry, row, column, dense))


def check_isotropic(drawn: Drawn) -> Iterator[Finding]:
    if drawn.heavy:  # independent entries of variance 1 are isotropic
        for shape in ((WIDTH, WIDTH), (3, 5), (5, 3)):
            yield from check_law(drawn, shape)
        return
    yield from isotropic("square", drawn.x, 2 * max(drawn.value(drawn.ensemble.gain_spread), 2 / WIDTH))
    for shape in ((3, 5), (5, 3)):
        try:
            weights = drawn.ensemble.draw(default_rng(7), len(drawn.x), *shape, SIGMA)
        except ValueError:  # a square ensemble says so
            continue
        yield from isotropic(str(shape), weights * np.sqrt(shape[1]) / SIGMA, RECTANGULAR)


RECTANGULAR = (
    5.0  # bounds the relative variance of ‖Wv‖² for 3 x 5 and 5 x 3: (1 + 2/3)(1 + 2/2) - 1 at rank 2 and 3 rows
)


def isotropic(name: str, x: np.ndarray, spread: float) -> Iterator[Finding]:
    rows, columns = x.shape[1:]
    for v in vectors(columns):
        yield f"E‖Wv‖², {name}", mean_is(squared_gains(x, v), rows / columns, spread, 0.08)
    for u in vectors(rows):
        yield f"E‖Wᵀu‖², {name}", mean_is(squared_gains(x.transpose(0, 2, 1), u) * rows / columns, 1.0, spread, 0.08)


def check_iid(drawn: Drawn) -> Iterator[Finding]:
    if drawn.heavy:
        yield from check_law(drawn, (WIDTH, WIDTH))
        return
    excess = drawn.value(drawn.ensemble.kurtosis) - 3
    for form in forms(WIDTH):
        y, fourth = drawn.combined(form), 3 + excess * (form**4).sum()
        yield "E<A,W>", mean_is(y, 0.0, 1.0, 0.05)
        yield "E<A,W>²", mean_is(y**2, 1.0, 4.0, 0.08)
        yield "E<A,W>⁴", mean_is(y**4, fourth, EIGHTH, 0.15)


def check_centered(drawn: Drawn) -> Iterator[Finding]:
    """Every linear form has mean 0: the coordinates, and flat ones, which see a mean shared by all entries."""
    for form in (*forms(WIDTH), np.ones((WIDTH, WIDTH)) / WIDTH, np.eye(WIDTH) / np.sqrt(WIDTH)):
        yield "E<A,W>", mean_is(drawn.combined(form), 0.0, 2.0, 0.08)


def check_bi_invariant(drawn: Drawn) -> Iterator[Finding]:
    fourth = drawn.value(drawn.ensemble.kurtosis)
    for u in list(vectors(WIDTH))[::4]:
        for v in list(vectors(WIDTH))[::5]:
            y = drawn.combined(np.outer(u, v))
            yield "E uᵀWv", mean_is(y, 0.0, 1.0, 0.05)
            yield "E (uᵀWv)²", mean_is(y**2, 1.0, drawn.eighth / 4, 0.08)
            yield "E (uᵀWv)⁴", mean_is(y**4, fourth, drawn.eighth, 0.15)


def check_gaussian(drawn: Drawn) -> Iterator[Finding]:
    """Every linear form is normal: by Cramér and Wold that is the law."""
    for form in forms(WIDTH):
        yield "law of <A,W>", is_normal(drawn.combined(form))


def check_complex_gaussian(drawn: Drawn) -> Iterator[Finding]:
    """Every real linear form of the real and imaginary parts is normal, of variance 1/2 for a unit form."""
    parts = np.concatenate([drawn.x.real, drawn.x.imag], axis=2)
    for form in (*forms(WIDTH), *default_rng(4).standard_normal((2, WIDTH, WIDTH))):
        for turned in (np.concatenate([form, 0 * form], axis=1), np.concatenate([form, form.T], axis=1)):
            unit = turned / np.linalg.norm(turned)
            yield "law of <A,W>", is_normal(np.sqrt(2) * np.tensordot(parts, unit, 2))


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
    """Moments of an entry chosen at random, the diagonal of GOE in its own units.

    Var ‖W‖_F² <= gain_spread·(E ‖W‖_F²)²: the triangle inequality over the columns, in the norm of second moments.
    """
    if drawn.heavy:
        entries = np.random.default_rng(8).permutation(drawn.x.ravel())[:DRAWS]
        design = design_law(0.02, limit=DRAWS)
        law = judge_law(entries[: design.draws], LAWS[drawn.ensemble.name], design)
        yield "law of an entry", law.outcome == "consistent"
        return
    units = np.ones((WIDTH, WIDTH)) + (np.eye(WIDTH) if a.GOE in drawn.ensemble.satisfies else 0)
    square = np.abs(drawn.x) ** 2 / units
    yield "E w²", mean_is(square.mean(axis=(1, 2)), 1.0, drawn.value(drawn.ensemble.gain_spread), 0.05)
    fourth = np.square(square).mean(axis=(1, 2))
    yield "kurtosis", mean_is(fourth, drawn.value(drawn.ensemble.kurtosis), drawn.eighth, 0.15)


def check_limit_spectrum(drawn: Drawn) -> Iterator[Finding]:
    """The singular values at two sizes: one law, to 0.03, below 2.5 sigma_w, a tenth of them above sigma_w/10."""
    rng = default_rng(9)
    small, large = (np.linalg.svd(drawn.ensemble.draw(rng, 4, k, k, SIGMA), compute_uv=False) for k in (100, 200))
    yield "bounded norm", bool(max(small.max(), large.max()) <= 2.5 * SIGMA)
    yield "not all at 0", bool(min((s > SIGMA / 10).mean() for s in (small, large)) >= 0.1)
    grid = np.linspace(0, 2.5 * SIGMA, 500)[1:] + 1e-9
    laws = [np.searchsorted(np.sort(s.ravel()), grid) / s.size for s in (small, large)]
    yield "one law", bool(np.abs(laws[0] - laws[1]).max() <= 0.03)


CHECKS: dict[a.Assumption, Callable[[Drawn], Iterator[Finding]]] = {
    a.ISOTROPIC: check_isotropic,
    a.IID: check_iid,
    a.CENTERED: check_centered,
    a.BI_INVARIANT: check_bi_invariant,
    a.GAUSSIAN: check_gaussian,
    a.GOE: check_goe,
    a.COMPLEX_GAUSSIAN: check_complex_gaussian,
    a.ORTHOGONAL: check_orthogonal,
    a.HAAR: check_haar,
    a.SYMMETRIC: check_symmetric,
    a.INVARIANT_SYMMETRIC: check_invariant_symmetric,
    a.FOURTH_MOMENT: check_fourth_moment,
    a.LIMIT_SPECTRUM: check_limit_spectrum,
}


def check_gain_spread(drawn: Drawn) -> Iterator[Finding]:
    """E‖Wv‖² is known where W is isotropic; GOE misses it by 1 + 1/n; elsewhere pairs of draws give its square."""
    if drawn.heavy:
        return  # oo bounds everything
    if a.BI_INVARIANT in a.closure(drawn.ensemble.satisfies):
        sizes = np.square(drawn.x).mean(axis=(1, 2))
        for v in list(vectors(WIDTH))[::4]:
            shares = squared_gains(drawn.x, v) / sizes
            yield (
                "gain_spread of W/‖W‖_F",
                at_most(shares**2, 1 + drawn.value(drawn.ensemble.gain_spread), EIGHTH, 0.15),
            )
    bound, satisfied = 1 + drawn.value(drawn.ensemble.gain_spread), a.closure(drawn.ensemble.satisfies)
    mean = 1.0 if satisfied & {a.ISOTROPIC, a.COMPLEX_GAUSSIAN} else 1 + 1 / WIDTH if a.GOE in satisfied else None
    for x in (drawn.x, drawn.x.transpose(0, 2, 1)):
        for v in list(vectors(WIDTH))[::2]:
            gains = squared_gains(x, v)
            if mean:
                yield "gain_spread", at_most((gains / mean) ** 2, bound, drawn.eighth, 0.15)
            else:
                excess = (gains[::2] ** 2 + gains[1::2] ** 2) / 2 - bound * gains[::2] * gains[1::2]
                yield "gain_spread", at_most(excess, 0.0, EIGHTH, 0.2)


def failing(ensemble: Ensemble, only: str | None = None) -> set[str]:
    """The names of the declarations that do not hold, of all or of one."""
    draws = 250_000 if ensemble.name == "low_rank" else DRAWS
    weights = ensemble.draw(default_rng(0), draws, WIDTH, WIDTH, SIGMA)
    drawn = Drawn(ensemble, weights * (np.sqrt(WIDTH) / SIGMA))
    checks = {assumption.name: CHECKS[assumption] for assumption in a.closure(ensemble.satisfies)}
    checks |= {"moments": check_fourth_moment, "gain_spread": check_gain_spread}
    looked_at = {only: checks[only]} if only else checks
    return {name for name, check in looked_at.items() if not all(holds for _, holds in check(drawn))}


@pytest.fixture
def failures() -> Callable[..., set[str]]:
    return failing
