"""Every declaration of every ensemble is judged; wrong declarations, planted here, are caught by the same checks."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.random import Generator
from sympy import Integer

from numerics import ensembles
from numerics.ensembles import Ensemble
from theory import assumptions as a
from theory.symbols import n

Failures = Callable[..., set[str]]


@pytest.mark.slow
@pytest.mark.parametrize("name", ensembles.names())
def test_each_declaration_holds(failures: Failures, name: str) -> None:
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


def five_degrees(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    return sigma_w / np.sqrt(n_in * 5 / 3) * rng.standard_t(5, (draws, n_out, n_in))


def fan_out_t(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    return sigma_w / np.sqrt(3 * n_out) * rng.standard_t(3, (draws, n_out, n_in))


def one_sided(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    """Prescribed singular values, and no uniform factor on the right."""
    values = np.linalg.svd(ensembles.get("prescribed").draw(rng, 1, n_out, n_in, sigma_w), compute_uv=False)[0]
    return ensembles.get("haar").draw(rng, draws, n_out, n_in, 1.0) * values


def unscaled_rank(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    left, right = rng.standard_normal((draws, n_out, 4)), rng.standard_normal((draws, 4, n_in))
    return sigma_w / np.sqrt(5 * n_in) * left @ right


def unbalanced(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    weights = ensembles.get("complex_gaussian").draw(rng, draws, n_out, n_in, sigma_w)
    return np.sqrt(1.2) * weights.real + 1j * np.sqrt(0.8) * weights.imag


def halved(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> np.ndarray:
    return ensembles.get("triangular").draw(rng, draws, n_out, n_in, sigma_w / np.sqrt(2))


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
    "Haar without the signs": (declared("haar", draw=unsigned_haar), "HAAR"),
    "permutations as centered": (claiming("permutation", a.CENTERED), "CENTERED"),
    "permutations as Haar": (claiming("signed_permutation", a.HAAR), "BI_INVARIANT"),
    "signs as bi-invariant": (claiming("rademacher", a.BI_INVARIANT), "BI_INVARIANT"),
    "uniform as Gaussian": (claiming("uniform", a.GAUSSIAN), "GAUSSIAN"),
    "Haar as independent": (claiming("haar", a.IID), "IID"),
    "Gaussian as orthogonal": (claiming("gaussian", a.ORTHOGONAL), "ORTHOGONAL"),
    "Gaussian as symmetric": (claiming("gaussian", a.SYMMETRIC), "SYMMETRIC"),
    "complex with louder real parts": (declared("complex_gaussian", draw=unbalanced), "COMPLEX_GAUSSIAN"),
    "complex with the kurtosis of real": (declared("complex_gaussian", kurtosis=Integer(3)), "moments"),
    "complex with too small a spread": (declared("complex_gaussian", gain_spread=Integer(0)), "gain_spread"),
    "GOE as isotropic": (claiming("symmetric", a.ISOTROPIC), "ISOTROPIC"),
    "one entry as isotropic": (claiming("spike", a.ISOTROPIC), "ISOTROPIC"),
    "GOE with a quiet diagonal": (declared("symmetric", draw=flat_goe), "GOE"),
    "five degrees of freedom as three": (declared("student_t", draw=five_degrees), "moments"),
    "five degrees as three, by forms": (declared("student_t", draw=five_degrees), "IID"),
    "Student t, variance over n_out": (declared("student_t", draw=fan_out_t), "ISOTROPIC"),
    "one uniform factor as bi-invariant": (declared("prescribed", draw=one_sided), "BI_INVARIANT"),
    "kurtosis of Haar for other singular values": (declared("prescribed", kurtosis=3 * n / (n + 2)), "BI_INVARIANT"),
    "a product scaled for another rank": (declared("low_rank", draw=unscaled_rank), "ISOTROPIC"),
    "a product with the kurtosis of a normal law": (declared("low_rank", kurtosis=Integer(3)), "moments"),
    "a product with the gain_spread of a normal law": (declared("low_rank", gain_spread=2 / n), "gain_spread"),
    "rank 8 as a spectrum with a limit": (claiming("low_rank", a.LIMIT_SPECTRUM), "LIMIT_SPECTRUM"),
    "one entry as a spectrum with a limit": (claiming("spike", a.LIMIT_SPECTRUM), "LIMIT_SPECTRUM"),
    "a Jordan block with the kurtosis of another": (declared("jordan", kurtosis=Integer(9)), "moments"),
    "triangular with the kurtosis of a normal law": (declared("triangular", kurtosis=Integer(3)), "moments"),
    "triangular with the variance of full matrices": (declared("triangular", draw=halved), "moments"),
    "nilpotent with the spread of full matrices": (declared("nilpotent", gain_spread=2 / n), "gain_spread"),
    "quiet diagonal as invariant": (declared("symmetric", draw=flat_goe), "INVARIANT_SYMMETRIC"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_declaration_is_caught(failures: Failures, case: str) -> None:
    ensemble, name = WRONG[case]
    assert failures(ensemble, only=name) == {name}
