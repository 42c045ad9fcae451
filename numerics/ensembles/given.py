"""The matrix that a statement writes, in place of a law: its system makes it of the entries, and nothing is drawn."""

from numpy.random import Generator
from sympy import Integer, oo

from numerics.arrays import Matrices
from numerics.ensembles import GIVEN, Ensemble
from theory import assumptions


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    raise ValueError("ensemble given: no law, its matrix is made of the entries a, b; pass an ensemble with sigma_w")


ENSEMBLE = Ensemble(
    name=GIVEN,
    title="The given matrix",
    satisfies=frozenset({assumptions.GIVEN}),
    kurtosis=oo,  # of entries that are not random nothing is said
    gain_spread=Integer(0),  # ‖Wv‖ is one number
    draw=draw,
    square=True,
)
