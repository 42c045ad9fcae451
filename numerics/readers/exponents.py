"""How fast the columns of the product grow, layer by layer, so that none drowns in the rounding of a larger one."""

from __future__ import annotations

import numpy as np

from numerics.measurement import Reading, flat
from numerics.spectra.lyapunov import step_logs
from numerics.systems import Sample


def lyapunov_exponent(sample: Sample) -> Reading:
    """(1/L) Σ_l log (R_l)_kk for each k, where W_l Q_{l-1} = Q_l R_l, Q_0 = I; -inf where a layer is too narrow for k.

    Exact to rounding of each layer, whatever their number: the product is never formed.
    Source: Benettin, Galgani, Giorgilli & Strelcyn, Meccanica 15 (1980).
    """
    found = step_logs(sample.chain).mean(axis=1)
    missing = sample.chain.weights[0].shape[2] - found.shape[1]
    values = np.pad(found, ((0, 0), (0, missing)), constant_values=-np.inf)
    return flat(values, 1 + np.abs(values))
