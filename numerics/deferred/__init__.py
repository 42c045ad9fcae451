"""Random matrices that are revealed only where they are asked: exact in law, and never stored.

A product with a vector costs O(n) for each direction asked before, where a dense matrix costs n² to draw and to read.
"""

from numerics.deferred.depth import FreshLayers
from numerics.deferred.gradients import Gradients
from numerics.deferred.matrices import GaussianMatrices, HaarMatrices
from numerics.deferred.operators import DeferredGaussian, DeferredHaar
from numerics.deferred.time import TiedSteps

__all__ = [
    "DeferredGaussian",
    "DeferredHaar",
    "FreshLayers",
    "GaussianMatrices",
    "Gradients",
    "HaarMatrices",
    "TiedSteps",
]
