"""Three thresholds of sigma_w: where ‖W‖ is 1, where the typical gradient stands still, where the mean does.

Exact where a theorem says so; else measured, with an interval that holds the truth but for a stated probability.
"""

from numerics.crossings.rows import NAMES, WIDTHS, ThresholdRow, judged, thresholds
from numerics.crossings.stored import Stored, read, write
from numerics.crossings.threshold import MISS, Threshold

__all__ = ["MISS", "NAMES", "WIDTHS", "Stored", "Threshold", "ThresholdRow", "judged", "read", "thresholds", "write"]
