"""What may be assumed of weights. A theorem lists the weakest it needs, an ensemble what it satisfies.

Each arrow of ``implies`` is tested on the ensembles that declare its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Assumption:
    """A property of the law of one weight matrix W (n_out x n_in); layers are independent unless tied by the system."""

    name: str
    meaning: str
    latex: str
    implies: tuple[Assumption, ...] = ()

    def __repr__(self) -> str:
        return self.name


ISOTROPIC = Assumption(
    "ISOTROPIC",
    "E[W Wᵀ] = sigma_w² I and E[Wᵀ W] = (n_out/n_in) sigma_w² I",
    r"\mathbb{E}[WW^{\mathsf T}]=\sigma_w^2 I,\ "
    r"\mathbb{E}[W^{\mathsf T}W]=\tfrac{n_{\mathrm{out}}}{n_{\mathrm{in}}}\sigma_w^2 I",
)
CENTERED = Assumption("CENTERED", "E W = 0", r"\mathbb{E}W=0")
BI_INVARIANT = Assumption(
    "BI_INVARIANT",
    "U W V has the law of W for all orthogonal U and V",
    r"UWV\overset{d}{=}W\ \text{for orthogonal }U,V",
    implies=(CENTERED,),  # -W has the law of W
)
IID = Assumption(
    "IID",
    "entries independent, one law, mean 0, variance sigma_w²/n_in",
    r"W_{ij}\ \text{i.i.d.},\ \mathbb{E}W_{ij}=0,\ \mathbb{E}W_{ij}^2=\sigma_w^2/n_{\mathrm{in}}",
    implies=(ISOTROPIC, CENTERED),
)
FOURTH_MOMENT = Assumption("FOURTH_MOMENT", "entries have a finite fourth moment", r"\mathbb{E}W_{ij}^4<\infty")
LIMIT_SPECTRUM = Assumption(
    "LIMIT_SPECTRUM",
    "as n grows the singular values have a limiting law on a bounded interval, that is not all at 0",
    r"\tfrac1n\textstyle\sum_i\delta_{s_i(W)}\to\mu\ne\delta_0,\ \sup_n\lVert W\rVert<\infty",
)
SYMMETRIC = Assumption("SYMMETRIC", "W = Wᵀ", r"W=W^{\mathsf T}")
INVARIANT_SYMMETRIC = Assumption(
    "INVARIANT_SYMMETRIC", "U W Uᵀ has the law of W for every orthogonal U", r"UWU^{\mathsf T}\overset{d}{=}W"
)
ORTHOGONAL = Assumption(
    "ORTHOGONAL",
    "WᵀW = (n_out/n_in) sigma_w² I, or WWᵀ = sigma_w² I where n_out < n_in",
    r"W^{\mathsf T}W=\tfrac{n_{\mathrm{out}}}{n_{\mathrm{in}}}\sigma_w^2 I,\ "
    r"\text{or}\ WW^{\mathsf T}=\sigma_w^2 I\ \text{where}\ n_{\mathrm{out}}<n_{\mathrm{in}}",
    implies=(ISOTROPIC, FOURTH_MOMENT, LIMIT_SPECTRUM),
)
GAUSSIAN = Assumption(
    "GAUSSIAN",
    "entries independent N(0, sigma_w²/n_in)",
    r"W_{ij}\sim\mathcal{N}(0,\sigma_w^2/n_{\mathrm{in}})\ \text{i.i.d.}",
    implies=(IID, FOURTH_MOMENT, BI_INVARIANT, LIMIT_SPECTRUM),
)
HAAR = Assumption(
    "HAAR",
    "W/sigma_w is uniform on the orthogonal group; rectangular: its columns, or rows, uniform and orthogonal, scaled",
    r"W/\sigma_w\ \text{Haar on }O(n)",
    implies=(ORTHOGONAL, BI_INVARIANT),
)
GOE = Assumption(
    "GOE",
    "symmetric Gaussian: variance sigma_w²/n off the diagonal, 2 sigma_w²/n on it",
    r"W=W^{\mathsf T},\ W_{ij}\sim\mathcal{N}(0,(1+\delta_{ij})\sigma_w^2/n)",
    implies=(SYMMETRIC, INVARIANT_SYMMETRIC, CENTERED, FOURTH_MOMENT, LIMIT_SPECTRUM),
)

COMPLEX_GAUSSIAN = Assumption(
    "COMPLEX_GAUSSIAN",
    "entries complex, real and imaginary parts independent N(0, sigma_w²/(2 n_in))",
    r"\sqrt{2}\,\mathrm{Re}\,W_{ij},\ \sqrt{2}\,\mathrm{Im}\,W_{ij}\sim\mathcal{N}(0,\sigma_w^2/n_{\mathrm{in}})\ "
    r"\text{i.i.d.}",
    implies=(FOURTH_MOMENT,),
)
REAL = Assumption("REAL", "entries are real numbers", r"W_{ij}\in\mathbb{R}")  # of every law but the complex one
DRAWN = Assumption(  # of every law; a given matrix is none
    "DRAWN",
    "W is drawn from a law of size sigma_w",
    r"W\ \text{is drawn, of size }\sigma_w",
)

GIVEN = Assumption("GIVEN", "W is the matrix that the statement writes: nothing is drawn", r"W\ \text{is given}")

LAWS = frozenset(
    {GAUSSIAN, HAAR, GOE, COMPLEX_GAUSSIAN, GIVEN}
)  # an assumption here names one law: one ensemble is enough to meet it


def tacit(assumptions: frozenset[Assumption]) -> frozenset[Assumption]:
    """What is meant though not said: a theorem that names no complex law speaks of real weights, and of weights that
    are drawn where it writes no matrix of its own.

    >>> tacit(frozenset({COMPLEX_GAUSSIAN})), tacit(frozenset({GIVEN}))
    (frozenset({DRAWN}), frozenset({REAL}))
    """
    known = closure(assumptions)
    meant = {REAL: COMPLEX_GAUSSIAN, DRAWN: GIVEN}
    return frozenset(tacitly for tacitly, exception in meant.items() if exception not in known)


def closure(assumptions: Iterable[Assumption]) -> frozenset[Assumption]:
    """The assumptions and all they imply.

    >>> IID in closure({GAUSSIAN}), GAUSSIAN in closure({IID})
    (True, False)
    """
    found: set[Assumption] = set()
    waiting = list(assumptions)
    while waiting:
        assumption = waiting.pop()
        if assumption not in found:
            found.add(assumption)
            waiting.extend(assumption.implies)
    return frozenset(found)
