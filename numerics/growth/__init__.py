"""How products of k factors grow, fresh ones through depth and the same one through time, side by side.

Every number is a natural logarithm with the interval in which it lies, and says how it was obtained.
"""

from numerics.growth.dtypes import DTYPES
from numerics.growth.logarithm import Logarithm
from numerics.growth.overflow import OverflowGain, overflow_gain
from numerics.growth.reach import Reach
from numerics.growth.rows import STEPS, Both, DepthAgainstTime, Product, Row
from numerics.growth.stored import ENSEMBLES, Stored, read, remake, write
from numerics.growth.tabulating import depth_against_time

__all__ = [
    "DTYPES",
    "ENSEMBLES",
    "STEPS",
    "Both",
    "DepthAgainstTime",
    "Logarithm",
    "OverflowGain",
    "Product",
    "Reach",
    "Row",
    "Stored",
    "depth_against_time",
    "overflow_gain",
    "read",
    "remake",
    "write",
]
