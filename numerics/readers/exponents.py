"""How fast the columns of the product grow, layer by layer, so that none drowns in the rounding of a larger one."""

from __future__ import annotations

import numpy as np

from numerics.measurement import Reading, flat
from numerics.readers.layers import slopes
from numerics.systems import Sample


def lyapunov_exponent(sample: Sample) -> Reading:
    """(1/L) Σ_l log (R_l)_kk for each k, where W_l Q_{l-1} = Q_l R_l, Q_0 = I; -inf where a layer is too narrow for k.

    Exact to rounding of each layer, whatever their number: the product is never formed.
    Source: Benettin, Galgani, Giorgilli & Strelcyn, Meccanica 15 (1980).
    """
    chain = sample.chain
    width = chain.weights[0].shape[2]
    basis, logs = np.broadcast_to(np.eye(width), (sample.draws, width, width)), np.zeros((sample.draws, width))
    for weight, slope in zip(chain.weights, slopes(chain), strict=True):
        image = weight @ basis
        basis, upper = np.linalg.qr(image if slope is None else slope[:, :, None] * image)
        found = np.abs(np.diagonal(upper, axis1=1, axis2=2))
        with np.errstate(divide="ignore"):
            logs[:, : found.shape[1]] += np.log(found)
        logs[:, found.shape[1] :] = -np.inf
    values = logs / len(chain.weights)
    return flat(values, 1 + np.abs(values))
